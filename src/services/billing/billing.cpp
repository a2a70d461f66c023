// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/billing/billing.h"

#include "core/crypto.h"
#include "core/money.h"
#include "domain/appointments/entities.h"
#include "domain/billing/rules.h"
#include "domain/patients/entities.h"
#include "domain/patients/rules.h"
#include "domain/setup/settings.h"
#include "services/admin/scope.h"
#include "services/admin/standing.h"
#include "services/setup/setup.h"

namespace clinic::services {
namespace billingservice {

using namespace domain;

Result<Hospital> hospital(storage::Connection &c)
{
    const auto rows = storage::select<Hospital>(c, "LIMIT 1");
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("hospital"));
    return rows->first();
}

// Stores a draft with its lines; the sums are ours, whatever was sent.
Result<Invoice> saveDraft(WorkUnit &unit, Invoice invoice, const QList<InvoiceLine> &typed)
{
    if (typed.isEmpty())
        return fail(ErrorCode::NothingToDo, QStringLiteral("lines"));
    if (typed.size() > 200)
        return fail(ErrorCode::TooLong, QStringLiteral("lines"), {QStringLiteral("200")});
    const bool isNew = !invoice.isStored();
    if (isNew) {
        const auto patient = unit.tx.get<Patient>(invoice.patientId);
        if (!patient)
            return fail(patient);
        const auto ours = hospital(unit.tx.connection());
        if (!ours)
            return fail(ours);
        invoice.currency = ours->currency;
        invoice.pricesIncludeTax = ours->pricesIncludeTax;
        invoice.state = InvoiceState::Draft;
        invoice.number.clear();
        if (invoice.id.isNull())
            invoice.id = Id::create(unit.now());
    } else {
        const auto stored = unit.tx.get<Invoice>(invoice.id);
        if (!stored)
            return stored;
        if (stored->state != InvoiceState::Draft)
            return fail(ErrorCode::Frozen, QStringLiteral("invoice"));
        const QString note = invoice.note;
        invoice = *stored;
        invoice.note = note;
    }
    const auto note = cleanText(invoice.note, QStringLiteral("note"), 1000, true);
    if (!note)
        return fail(note);
    invoice.note = *note;
    QList<InvoiceLine> lines;
    for (InvoiceLine line : typed) {
        const auto description = cleanText(line.description, QStringLiteral("description"), 200);
        if (!description)
            return fail(description);
        if (description->isEmpty())
            return fail(ErrorCode::Required, QStringLiteral("description"));
        line.description = *description;
        line.invoiceId = invoice.id;
        line.position = static_cast<int>(lines.size()) + 1;
        line.active = true;
        const auto priced = domain::priced(line, invoice.pricesIncludeTax);
        if (!priced)
            return fail(priced);
        lines << *priced;
    }
    sumUp(invoice, lines);
    if (invoice.totalMinor > money::maximum)
        return fail(ErrorCode::AmountTooLarge, QStringLiteral("total_minor"));
    if (auto done = isNew ? unit.tx.insert(invoice) : unit.tx.update(invoice); !done)
        return fail(done);
    QSet<Id> kept;
    for (InvoiceLine &line : lines) {
        if (auto done = line.isStored() ? unit.tx.update(line) : unit.tx.insert(line); !done)
            return fail(done);
        kept.insert(line.id);
    }
    auto stored = unit.tx.all<InvoiceLine>("WHERE invoice_id=? AND active=1", invoice.id);
    if (!stored)
        return fail(stored);
    for (InvoiceLine &line : *stored) {
        if (kept.contains(line.id))
            continue;
        line.active = false;
        if (auto done = unit.tx.update(line); !done)
            return fail(done);
    }
    unit.tx.setSubject("invoice", invoice.id);
    return invoice;
}

Result<Invoice> issuedInvoice(WorkUnit &unit, const Id &id)
{
    auto invoice = unit.tx.get<Invoice>(id);
    if (invoice && invoice->state != InvoiceState::Issued)
        return fail(ErrorCode::Invalid, QStringLiteral("invoice"));
    return invoice;
}

} // namespace billingservice

Result<domain::Invoice> perform(WorkUnit &unit, const SaveInvoice &intent)
{
    return billingservice::saveDraft(unit, intent.invoice, intent.lines);
}

Result<domain::Invoice> perform(WorkUnit &unit, const IssueInvoice &intent)
{
    auto invoice = billingservice::saveDraft(unit, intent.invoice, intent.lines);
    if (!invoice)
        return invoice;
    const auto number = unit.tx.nextNumber(u"I", unit.session.branchCode);
    if (!number)
        return fail(number);
    invoice->number = *number;
    invoice->state = domain::InvoiceState::Issued;
    invoice->issuedAt = unit.now();
    if (auto done = unit.tx.update(*invoice); !done)
        return fail(done);
    return invoice;
}

Result<domain::Payment> perform(WorkUnit &unit, const TakePayment &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    if (intent.amountMinor <= 0)
        return fail(ErrorCode::BadAmount, QStringLiteral("amount"));
    const auto sums = storage::invoiceSums(unit.tx.connection(), invoice->id);
    if (!sums)
        return fail(sums);
    const qint64 owed = balance(invoice->totalMinor, sums->paidMinor, sums->creditedMinor);
    if (intent.amountMinor > owed)
        return fail(ErrorCode::MoreThanOwed, QStringLiteral("amount"),
                    {QString::number(owed), invoice->currency});
    const auto reference = cleanText(intent.reference, QStringLiteral("reference"), 100);
    if (!reference)
        return fail(reference);
    Payment payment;
    payment.invoiceId = invoice->id;
    payment.patientId = invoice->patientId;
    payment.amountMinor = intent.amountMinor;
    payment.currency = invoice->currency;
    payment.method = intent.method;
    payment.reference = *reference;
    payment.paidAt = unit.now();
    const auto session = storage::openCashSession(unit.tx.connection(), unit.session.branch);
    if (session)
        payment.cashSessionId = session->id;
    else if (intent.method == PaymentMethod::Cash)
        return fail(session);
    const auto number = unit.tx.nextNumber(u"R", unit.session.branchCode);
    if (!number)
        return fail(number);
    payment.number = *number;
    if (auto done = unit.tx.insert(payment); !done)
        return fail(done);
    return payment;
}

Result<domain::Payment> perform(WorkUnit &unit, const RefundPayment &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    if (intent.amountMinor <= 0)
        return fail(ErrorCode::BadAmount, QStringLiteral("amount"));
    const auto reason = cleanText(intent.reason, QStringLiteral("reason"), 300);
    if (!reason)
        return fail(reason);
    if (reason->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    const auto sums = storage::invoiceSums(unit.tx.connection(), invoice->id);
    if (!sums)
        return fail(sums);
    if (intent.amountMinor > sums->paidMinor)
        return fail(ErrorCode::MoreThanPaid, QStringLiteral("amount"),
                    {QString::number(sums->paidMinor), invoice->currency});
    if (!intent.line.isNull()) {
        const auto line = unit.tx.get<InvoiceLine>(intent.line);
        if (!line)
            return fail(line);
        if (line->invoiceId != invoice->id)
            return fail(ErrorCode::NotFound, QStringLiteral("line"));
        storage::Query q = unit.tx.connection().query(
            "SELECT coalesce(-sum(amount_minor),0) FROM payment WHERE invoice_id=? AND line_id=?",
            invoice->id, line->id);
        const qint64 refunded = q.next() ? q.integer(0) : 0;
        if (intent.amountMinor > line->totalMinor - refunded)
            return fail(ErrorCode::MoreThanPaid, QStringLiteral("amount"),
                        {QString::number(line->totalMinor - refunded), invoice->currency});
    }
    Payment refund;
    ReadUnit reading{unit.tx.connection(), unit.session, unit.now(), unit.tx.identity().sealer};
    const auto settings = answer(reading, ReadSettings{});
    if (!settings)
        return fail(settings);
    // Whoever is named has to have said yes, also where nobody had to be named.
    if (intent.isApproved() || settings->value(QString::fromLatin1(setting::refundApproval)) != u"false") {
        const auto approver = approval::check(unit, intent.approver, "billing.approve");
        if (!approver)
            return fail(approver);
        refund.approvedBy = *approver;
    }
    refund.invoiceId = invoice->id;
    refund.patientId = invoice->patientId;
    refund.lineId = intent.line;
    refund.amountMinor = -intent.amountMinor;
    refund.currency = invoice->currency;
    refund.method = intent.method;
    refund.reason = *reason;
    refund.paidAt = unit.now();
    const auto session = storage::openCashSession(unit.tx.connection(), unit.session.branch);
    if (session)
        refund.cashSessionId = session->id;
    else if (intent.method == PaymentMethod::Cash)
        return fail(session);
    const auto number = unit.tx.nextNumber(u"R", unit.session.branchCode);
    if (!number)
        return fail(number);
    refund.number = *number;
    if (auto done = unit.tx.insert(refund); !done)
        return fail(done);
    return refund;
}

Result<domain::CreditNote> perform(WorkUnit &unit, const IssueCreditNote &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    const auto reason = cleanText(intent.reason, QStringLiteral("reason"), 300);
    if (!reason)
        return fail(reason);
    if (reason->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    const auto sums = storage::invoiceSums(unit.tx.connection(), invoice->id);
    if (!sums)
        return fail(sums);
    if (intent.amountMinor <= 0)
        return fail(ErrorCode::BadAmount, QStringLiteral("amount"));
    const qint64 left = invoice->totalMinor - sums->creditedMinor;
    if (intent.amountMinor > left)
        return fail(ErrorCode::MoreThanOwed, QStringLiteral("amount"),
                    {QString::number(left), invoice->currency});
    CreditNote note;
    note.invoiceId = invoice->id;
    note.patientId = invoice->patientId;
    note.lineId = intent.line;
    note.amountMinor = intent.amountMinor;
    note.currency = invoice->currency;
    note.reason = *reason;
    const auto number = unit.tx.nextNumber(u"C", unit.session.branchCode);
    if (!number)
        return fail(number);
    note.number = *number;
    if (auto done = unit.tx.insert(note); !done)
        return fail(done);
    return note;
}

Result<domain::CashSession> perform(WorkUnit &unit, const OpenCashDrawer &intent)
{
    if (intent.floatMinor < 0 || intent.floatMinor > money::maximum)
        return fail(ErrorCode::BadAmount, QStringLiteral("float"));
    if (storage::openCashSession(unit.tx.connection(), unit.session.branch))
        return fail(ErrorCode::Duplicate, QStringLiteral("cash_session"));
    domain::CashSession session;
    session.branchId = unit.session.branch;
    session.drawer = unit.session.branchCode + u'-' + unit.tx.identity().deviceCode;
    session.openedBy = unit.session.user;
    session.openedAt = unit.now();
    session.floatMinor = intent.floatMinor;
    if (auto done = unit.tx.insert(session); !done)
        return fail(done);
    return session;
}

Result<domain::CashSession> perform(WorkUnit &unit, const CloseCashDrawer &intent)
{
    auto session = storage::openCashSession(unit.tx.connection(), unit.session.branch);
    if (!session)
        return session;
    if (intent.countedMinor < 0 || intent.countedMinor > money::maximum)
        return fail(ErrorCode::BadAmount, QStringLiteral("counted"));
    const auto expected = storage::expectedCash(unit.tx.connection(), *session);
    if (!expected)
        return fail(expected);
    const auto note = domain::cleanText(intent.note, QStringLiteral("note"), 500, true);
    if (!note)
        return fail(note);
    if (*expected != intent.countedMinor && note->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("note"));
    session->closedAt = unit.now();
    session->expectedMinor = *expected;
    session->countedMinor = intent.countedMinor;
    session->note = *note;
    if (auto done = unit.tx.update(*session); !done)
        return fail(done);
    return session;
}

Result<QList<storage::InvoiceView>> answer(ReadUnit &unit, const Invoices &question)
{
    storage::InvoiceFilter filter = question.filter;
    if (filter.patient.isNull() && filter.branch.isNull())
        filter.branch = unit.session.branch;
    const storage::Reach reach = scope::reachOf(unit);
    if (reach.isEverybody())
        return storage::invoiceViews(unit.connection, filter);
    if (auto reached = scope::checkRow(unit.connection, reach, "patient", filter.patient); !reached)
        return fail(reached);
    if (filter.patient.isNull() && reach.scope == domain::DataScope::Branch)
        filter.branch = unit.session.branch;
    auto views = storage::invoiceViews(unit.connection, filter);
    if (!views || !filter.patient.isNull() || reach.scope == domain::DataScope::Branch)
        return views;
    QList<storage::InvoiceView> own;
    for (const auto &view : std::as_const(*views)) {
        const auto reached = storage::reaches(unit.connection, reach, view.invoice.patientId);
        if (!reached)
            return fail(reached);
        if (*reached)
            own << view;
    }
    return own;
}

Result<storage::InvoiceDetail> answer(ReadUnit &unit, const ReadInvoice &question)
{
    return storage::invoiceDetail(unit.connection, question.invoice);
}

Result<storage::InvoiceDetail> answer(ReadUnit &unit, const InvoiceForAppointment &question)
{
    {
        storage::Query q = unit.connection.query(
            "SELECT id FROM invoice WHERE appointment_id=? ORDER BY rid DESC LIMIT 1", question.appointment);
        if (q.next())
            return storage::invoiceDetail(unit.connection, q.id(0));
    }
    const auto appointment = storage::find<domain::Appointment>(unit.connection, question.appointment);
    if (!appointment)
        return fail(appointment);
    const auto patient = storage::find<domain::Patient>(unit.connection, appointment->patientId);
    if (!patient)
        return fail(patient);
    const auto ours = billingservice::hospital(unit.connection);
    if (!ours)
        return fail(ours);
    storage::InvoiceDetail detail;
    detail.view.patientName = patient->displayName();
    detail.view.patientNumber = patient->number;
    detail.view.invoice.patientId = patient->id;
    detail.view.invoice.appointmentId = appointment->id;
    detail.view.invoice.currency = ours->currency;
    detail.view.invoice.pricesIncludeTax = ours->pricesIncludeTax;
    if (!appointment->serviceId.isNull()) {
        const auto service = storage::find<domain::Service>(unit.connection, appointment->serviceId);
        if (service) {
            domain::InvoiceLine line;
            line.serviceId = service->id;
            line.description = service->name;
            line.unitMinor = service->priceMinor;
            line.taxBasisPoints = service->taxBasisPoints;
            const auto priced = domain::priced(line, ours->pricesIncludeTax);
            if (priced)
                detail.lines << *priced;
        }
    }
    domain::sumUp(detail.view.invoice, detail.lines);
    return detail;
}

Result<QList<storage::StatementLine>> answer(ReadUnit &unit, const ReadStatement &question)
{
    return storage::statement(unit.connection, question.patient, question.from, question.to);
}

Result<DrawerState> answer(ReadUnit &unit, const ReadDrawer &)
{
    DrawerState state;
    const auto session = storage::openCashSession(unit.connection, unit.session.branch);
    if (!session && session.error().code != ErrorCode::CashClosed)
        return fail(session);
    if (session) {
        state.open = true;
        state.session = *session;
        const auto expected = storage::expectedCash(unit.connection, *session);
        if (!expected)
            return fail(expected);
        state.expectedMinor = *expected;
    }
    const QDate today = unit.today();
    const auto day = storage::takings(unit.connection, unit.session.branch,
                                      today.startOfDay(unit.session.zone()).toMSecsSinceEpoch(),
                                      today.addDays(1).startOfDay(unit.session.zone()).toMSecsSinceEpoch());
    if (!day)
        return fail(day);
    state.today = *day;
    return state;
}

} // namespace clinic::services
