// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/books.h"
#include "storage/patients/reach.h"
#include "storage/records.h"

namespace clinic::storage {

// An invoice with what was paid and credited against it. The sums of a draft are those of its lines.
struct InvoiceView
{
    domain::Invoice invoice;
    QString patientName;
    QString patientNumber;
    QString practitionerName;
    qint64 paidMinor = 0;
    qint64 creditedMinor = 0;
    [[nodiscard]] qint64 balanceMinor() const { return invoice.totalMinor - paidMinor - creditedMinor; }
};

struct InvoiceFilter
{
    Id branch{};
    Id patient{};
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max();
    bool unpaidOnly = false;
    int limit = 500;
};
// Newest first, of people who are reached; the limit is of those.
[[nodiscard]] Result<QList<InvoiceView>> invoiceViews(Connection &connection, const InvoiceFilter &filter,
                                                      const Reach &reach);
// How many invoices of a branch are not paid, drafts counted, of people who are reached. However many there
// are: they are kept as a list (table unpaid).
[[nodiscard]] Result<qint64> unpaidCount(Connection &connection, const Id &branch, const Reach &reach);

struct InvoiceDetail
{
    InvoiceView view;
    QList<domain::InvoiceLine> lines; // active ones, in order
    QList<domain::Payment> payments;
    QList<domain::CreditNote> credits;
    [[nodiscard]] QList<Id> lineIds() const;
};
[[nodiscard]] Result<InvoiceDetail> invoiceDetail(Connection &connection, const Id &id);
[[nodiscard]] Result<domain::Books> booksOf(Connection &connection, const domain::Invoice &invoice);
// What the patient owes over all issued invoices; negative = credit.
[[nodiscard]] Result<qint64> patientBalance(Connection &connection, const Id &patient);

// One line of a statement, oldest first: an invoice raises, a payment or credit note lowers.
struct StatementLine
{
    qint64 at = 0;
    QString number;
    enum class Kind { Invoice, Payment, Refund, CreditNote } kind{};
    qint64 amountMinor = 0; // signed effect on what is owed
};
[[nodiscard]] Result<QList<StatementLine>> statement(Connection &connection, const Id &patient, qint64 from,
                                                     qint64 to);

// What this PC has open of its drawer in a branch; CashClosed when nothing is. Other PCs have drawers of
// their own. What the file opened before it became another device (it was put back from a copy) goes on,
// unless the PC of that name is still at work itself.
[[nodiscard]] Result<domain::CashSession> openCashSession(Connection &connection, const Id &branch);
// Cash that should be in the drawer now: float + cash payments - cash refunds.
[[nodiscard]] Result<qint64> expectedCash(Connection &connection, const domain::CashSession &session);
struct DayTakings
{
    qint64 byMethod[4] = {0, 0, 0, 0}; // in PaymentMethod's order
    int payments = 0;
};
[[nodiscard]] Result<DayTakings> takings(Connection &connection, const Id &branch, qint64 from, qint64 to);

} // namespace clinic::storage
