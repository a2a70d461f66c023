// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/books.h"
#include "storage/patients/reach.h"
#include "storage/records.h"

namespace clinic::storage {

// An invoice with its payments and credits. A draft's totals are those of its lines.
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
// Newest first, of patients in scope; the limit counts only these.
[[nodiscard]] Result<QList<InvoiceView>> invoiceViews(Connection &connection, const InvoiceFilter &filter,
                                                      const Reach &reach);
// The number of unpaid invoices of a branch, including drafts, of patients in scope. Reads the table unpaid,
// not every invoice.
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
// The balance over all issued invoices; negative = credit.
[[nodiscard]] Result<qint64> patientBalance(Connection &connection, const Id &patient);

// One line of a statement, oldest first: an invoice raises the balance, a payment or credit note lowers it.
struct StatementLine
{
    qint64 at = 0;
    QString number;
    enum class Kind { Invoice, Payment, Refund, CreditNote } kind{};
    qint64 amountMinor = 0; // signed effect on the balance
};
[[nodiscard]] Result<QList<StatementLine>> statement(Connection &connection, const Id &patient, qint64 from,
                                                     qint64 to);

// This PC's open drawer in a branch; CashClosed when there is none. Other PCs have drawers of their own. A
// session of the device that this file was before (it was restored from a copy) goes on, unless that device
// is still in use.
[[nodiscard]] Result<domain::CashSession> openCashSession(Connection &connection, const Id &branch);
// Cash that should be in the drawer: float + cash payments - cash refunds.
[[nodiscard]] Result<qint64> expectedCash(Connection &connection, const domain::CashSession &session);
struct DayTakings
{
    qint64 byMethod[4] = {0, 0, 0, 0}; // in PaymentMethod's order
    int payments = 0;
};
[[nodiscard]] Result<DayTakings> takings(Connection &connection, const Id &branch, qint64 from, qint64 to);

} // namespace clinic::storage
