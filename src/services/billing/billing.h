// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/billing/entities.h"
#include "domain/setup/entities.h"
#include "services/admin/approval.h"
#include "services/workunit.h"
#include "storage/billing/queries.h"

namespace clinic::services {

// A draft with its lines, new or changed. Lines left out of a stored draft are taken off it, if they are
// among those that were shown; where nobody says what was shown, all were. A stored draft without any lines
// is gone.
struct SaveInvoice
{
    using Outcome = domain::Invoice;
    static constexpr auto intention = domain::IntentionId::SaveInvoice;
    domain::Invoice invoice{};
    QList<domain::InvoiceLine> lines{};
    std::optional<QList<Id>> shown{};
};
[[nodiscard]] Result<domain::Invoice> perform(WorkUnit &unit, const SaveInvoice &intent);

// Issues these lines as an invoice with a number, which nothing joins or changes any more. It is a row of its
// own, also where a draft was stored; the draft is empty afterwards but for lines that were not shown.
struct IssueInvoice
{
    using Outcome = domain::Invoice;
    static constexpr auto intention = domain::IntentionId::IssueInvoice;
    domain::Invoice invoice{};
    QList<domain::InvoiceLine> lines{};
    std::optional<QList<Id>> shown{};
};
[[nodiscard]] Result<domain::Invoice> perform(WorkUnit &unit, const IssueInvoice &intent);

// Money taken against an issued invoice, never more than is owed: of cash, what is due is recorded, the rest
// is change. Cash needs an open drawer.
struct TakePayment
{
    using Outcome = domain::Payment;
    static constexpr auto intention = domain::IntentionId::TakePayment;
    Id invoice{};
    qint64 amountMinor = 0;
    domain::PaymentMethod method{};
    QString reference;
};
[[nodiscard]] Result<domain::Payment> perform(WorkUnit &unit, const TakePayment &intent);

// Money given back for one item, or all that is left, never more than was paid for the invoice nor than the
// item cost. What is not in the patient's favour already is credited in the same step, so that nobody owes it
// again. With a reason and, where the settings say so, a second person who may approve and gives his
// password.
struct RefundPayment
{
    using Outcome = domain::Payment;
    static constexpr auto intention = domain::IntentionId::RefundPayment;
    Id invoice{};
    Id line{};
    qint64 amountMinor = 0; // positive
    domain::PaymentMethod method{};
    QString reason;
    Approver approver{};
    // By somebody else, who stands in for the proof that it is still oneself.
    [[nodiscard]] bool isApproved() const { return approver.isNamed(); }
};
[[nodiscard]] Result<domain::Payment> perform(WorkUnit &unit, const RefundPayment &intent);

// Takes something off an item of an issued invoice, at most what has not been credited yet; without an item,
// all that is left.
struct IssueCreditNote
{
    using Outcome = domain::CreditNote;
    static constexpr auto intention = domain::IntentionId::IssueCreditNote;
    Id invoice{};
    Id line{};
    qint64 amountMinor = 0;
    QString reason;
};
[[nodiscard]] Result<domain::CreditNote> perform(WorkUnit &unit, const IssueCreditNote &intent);

struct OpenCashDrawer
{
    using Outcome = domain::CashSession;
    static constexpr auto intention = domain::IntentionId::OpenCashDrawer;
    qint64 floatMinor = 0;
};
[[nodiscard]] Result<domain::CashSession> perform(WorkUnit &unit, const OpenCashDrawer &intent);

struct CloseCashDrawer
{
    using Outcome = domain::CashSession;
    static constexpr auto intention = domain::IntentionId::CloseCashDrawer;
    qint64 countedMinor = 0;
    QString note; // required when the count differs
};
[[nodiscard]] Result<domain::CashSession> perform(WorkUnit &unit, const CloseCashDrawer &intent);

struct Invoices
{
    using Outcome = QList<storage::InvoiceView>;
    static constexpr const char *permission = "billing.view";
    storage::InvoiceFilter filter{}; // a null branch without a patient means the session's
};
[[nodiscard]] Result<QList<storage::InvoiceView>> answer(ReadUnit &unit, const Invoices &question);

// How many invoices of the session's branch are not paid, drafts counted.
struct UnpaidInvoices
{
    using Outcome = qint64;
    static constexpr const char *permission = "billing.view";
};
[[nodiscard]] Result<qint64> answer(ReadUnit &unit, const UnpaidInvoices &question);

struct ReadInvoice
{
    using Outcome = storage::InvoiceDetail;
    static constexpr const char *permission = "billing.view";
    Id invoice{};
};
[[nodiscard]] Result<storage::InvoiceDetail> answer(ReadUnit &unit, const ReadInvoice &question);

// A draft for an appointment: its service at today's price, or the draft or invoice it has already.
struct InvoiceForAppointment
{
    using Outcome = storage::InvoiceDetail;
    static constexpr const char *permission = "billing.view";
    Id appointment{};
};
[[nodiscard]] Result<storage::InvoiceDetail> answer(ReadUnit &unit, const InvoiceForAppointment &question);

struct ReadStatement
{
    using Outcome = QList<storage::StatementLine>;
    static constexpr const char *permission = "billing.view";
    Id patient{};
    qint64 from = 0;
    qint64 to = std::numeric_limits<qint64>::max();
};
[[nodiscard]] Result<QList<storage::StatementLine>> answer(ReadUnit &unit, const ReadStatement &question);

// The drawer of this branch and what was taken today.
struct DrawerState
{
    bool open = false;
    domain::CashSession session{};
    qint64 expectedMinor = 0;
    storage::DayTakings today{};
};
struct ReadDrawer
{
    using Outcome = DrawerState;
    static constexpr const char *permission = "billing.view";
};
[[nodiscard]] Result<DrawerState> answer(ReadUnit &unit, const ReadDrawer &question);

} // namespace clinic::services
