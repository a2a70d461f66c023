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

// Stores a draft with its lines. Lines left out are removed from a stored draft if they are in `shown`;
// without `shown`, all are. A stored draft without lines is gone.
struct SaveInvoice
{
    using Outcome = domain::Invoice;
    static constexpr auto intention = domain::IntentionId::SaveInvoice;
    domain::Invoice invoice{};
    QList<domain::InvoiceLine> lines{};
    std::optional<QList<Id>> shown{};
};
[[nodiscard]] Result<domain::Invoice> perform(WorkUnit &unit, const SaveInvoice &intent);

// Issues these lines as an invoice with a number, and freezes it. The invoice is a new row, also when a
// draft was stored; the draft then keeps only lines that were not shown.
struct IssueInvoice
{
    using Outcome = domain::Invoice;
    static constexpr auto intention = domain::IntentionId::IssueInvoice;
    domain::Invoice invoice{};
    QList<domain::InvoiceLine> lines{};
    std::optional<QList<Id>> shown{};
};
[[nodiscard]] Result<domain::Invoice> perform(WorkUnit &unit, const IssueInvoice &intent);

// Takes a payment for an issued invoice, never more than is owed: of cash, the amount due is recorded, the
// rest is change. Cash needs an open drawer.
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

// Refunds one item, or all that is left, never more than was paid for the invoice nor than the item cost.
// Credits in the same step what is not in the patient's favour already. Needs a reason and, if the settings
// say so, an approver with a password.
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
    // An approval by another user replaces the proof.
    [[nodiscard]] bool isApproved() const { return approver.isNamed(); }
};
[[nodiscard]] Result<domain::Payment> perform(WorkUnit &unit, const RefundPayment &intent);

// Credits an item of an issued invoice, at most what has not been credited yet; without an item, all that is
// left.
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

// The number of unpaid invoices of the session's branch, including drafts.
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

// For an appointment: a draft with its service at today's price, or its existing draft or invoice.
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

// This PC's drawer in the branch, and the branch's takings of today.
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
