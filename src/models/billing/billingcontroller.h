// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"

namespace clinic::models {

using services::DrawerState;
using storage::InvoiceDetail;
using storage::InvoiceFilter;
using storage::InvoiceView;
using storage::StatementLine;

// The questions and intentions about money, for screens.
class BillingController
{
public:
    explicit BillingController(services::Clinic &clinic) : m_clinic(clinic) {}

    void list(QObject *context, const InvoiceFilter &filter, Then<QList<InvoiceView>> then)
    {
        m_clinic.ask(context, services::Invoices{filter}, std::move(then));
    }
    void unpaidCount(QObject *context, Then<qint64> then)
    {
        m_clinic.ask(context, services::UnpaidInvoices{}, std::move(then));
    }
    void detail(QObject *context, const Id &invoice, Then<InvoiceDetail> then)
    {
        m_clinic.ask(context, services::ReadInvoice{invoice}, std::move(then));
    }
    void forAppointment(QObject *context, const Id &appointment, Then<InvoiceDetail> then)
    {
        m_clinic.ask(context, services::InvoiceForAppointment{appointment}, std::move(then));
    }
    void statement(QObject *context, const Id &patient, Then<QList<StatementLine>> then)
    {
        m_clinic.ask(context, services::ReadStatement{patient}, std::move(then));
    }
    void drawer(QObject *context, Then<DrawerState> then)
    {
        m_clinic.ask(context, services::ReadDrawer{}, std::move(then));
    }
    // `shown`: the draft when the form was opened; lines added since stay on it.
    void saveDraft(QObject *context, const InvoiceDetail &shown, const QList<domain::InvoiceLine> &lines,
                   Then<domain::Invoice> then)
    {
        m_clinic.run(context, services::SaveInvoice{shown.view.invoice, lines, shown.lineIds()},
                     std::move(then));
    }
    void issue(QObject *context, const InvoiceDetail &shown, const QList<domain::InvoiceLine> &lines,
               Then<domain::Invoice> then)
    {
        m_clinic.run(context, services::IssueInvoice{shown.view.invoice, lines, shown.lineIds()},
                     std::move(then));
    }
    void pay(QObject *context, const services::TakePayment &payment, Then<domain::Payment> then)
    {
        m_clinic.run(context, payment, std::move(then));
    }
    void refund(QObject *context, const services::RefundPayment &refund, Then<domain::Payment> then)
    {
        m_clinic.run(context, refund, std::move(then));
    }
    void credit(QObject *context, const services::IssueCreditNote &note, Then<domain::CreditNote> then)
    {
        m_clinic.run(context, note, std::move(then));
    }
    void openDrawer(QObject *context, qint64 floatMinor, Then<domain::CashSession> then)
    {
        m_clinic.run(context, services::OpenCashDrawer{floatMinor}, std::move(then));
    }
    void closeDrawer(QObject *context, qint64 countedMinor, const QString &note,
                     Then<domain::CashSession> then)
    {
        m_clinic.run(context, services::CloseCashDrawer{countedMinor, note}, std::move(then));
    }
    void noteStatementPrinted(const Id &patient)
    {
        m_clinic.run(&m_clinic,
                     services::NoteOutput{domain::IntentionId::PrintBillingDocument, "patient", patient},
                     [](const auto &) {});
    }
    void noteReceiptPrinted(const Id &payment)
    {
        m_clinic.run(&m_clinic,
                     services::NoteOutput{domain::IntentionId::PrintBillingDocument, "payment", payment},
                     [](const auto &) {});
    }
    void notePrinted(const Id &invoice)
    {
        m_clinic.run(&m_clinic,
                     services::NoteOutput{domain::IntentionId::PrintBillingDocument, "invoice", invoice},
                     [](const auto &) {});
    }

private:
    services::Clinic &m_clinic;
};

} // namespace clinic::models
