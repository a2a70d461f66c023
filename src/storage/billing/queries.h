// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/entities.h"
#include "storage/records.h"

namespace clinic::storage {

// An invoice with what was paid and credited against it.
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
// Newest first.
[[nodiscard]] Result<QList<InvoiceView>> invoiceViews(Connection &connection, const InvoiceFilter &filter);

struct InvoiceDetail
{
    InvoiceView view;
    QList<domain::InvoiceLine> lines; // active ones, in order
    QList<domain::Payment> payments;
    QList<domain::CreditNote> credits;
};
[[nodiscard]] Result<InvoiceDetail> invoiceDetail(Connection &connection, const Id &id);
// Paid minus refunded, and credited, against one invoice.
struct InvoiceSums
{
    qint64 paidMinor = 0;
    qint64 creditedMinor = 0;
};
[[nodiscard]] Result<InvoiceSums> invoiceSums(Connection &connection, const Id &invoice);
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

// The open session of a drawer in a branch; NotFound when none is open.
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
