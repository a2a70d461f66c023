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
#include "services/billing/printed.h"
#include "services/setup/setup.h"
#include "storage/billing/printed.h"

namespace clinic::services {
namespace billingservice {

using namespace domain;

// A stored draft with this many lines and its invoice fit into one group.
constexpr int mostLines = 190;

Result<Hospital> hospital(storage::Connection &c)
{
    const auto rows = storage::select<Hospital>(c, "LIMIT 1");
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("hospital"));
    return rows->first();
}

// The draft to store: a new one, or the stored one with a new note.
Result<Invoice> prepared(WorkUnit &unit, Invoice invoice)
{
    const auto note = cleanText(invoice.note, QStringLiteral("note"), 1000, true);
    if (!note)
        return fail(note);
    if (invoice.isStored()) {
        const auto stored = unit.tx.get<Invoice>(invoice.id);
        if (!stored)
            return stored;
        // Issued, here or since the form was opened: these lines were billed already.
        if (stored->state != InvoiceState::Draft || stored->number != invoice.number)
            return fail(ErrorCode::Frozen, QStringLiteral("invoice"));
        invoice = *stored;
    } else {
        const auto patient = unit.tx.get<Patient>(invoice.patientId);
        if (!patient)
            return fail(patient);
        const auto ours = hospital(unit.tx.connection());
        if (!ours)
            return fail(ours);
        invoice.currency = ours->currency;
        invoice.pricesIncludeTax = ours->pricesIncludeTax;
        invoice.state = InvoiceState::Draft;
        if (invoice.id.isNull())
            invoice.id = Id::create(unit.now());
    }
    invoice.note = *note;
    invoice.number.clear();
    return invoice;
}

// The lines in order, with totals calculated here, whatever was sent.
Result<QList<InvoiceLine>> sumsOf(Invoice &invoice, const QList<InvoiceLine> &typed, bool mayBeEmpty = false)
{
    if (typed.isEmpty() && !mayBeEmpty)
        return fail(ErrorCode::NothingToDo, QStringLiteral("lines"));
    if (typed.size() > mostLines)
        return fail(ErrorCode::TooLong, QStringLiteral("lines"), {QString::number(mostLines)});
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
    return lines;
}

// Removes lines from a draft, except those in `kept` and those that the user has not seen.
Result<void> takeOff(WorkUnit &unit, const Id &draft, const QSet<Id> &kept,
                     const std::optional<QList<Id>> &shown)
{
    auto stored = unit.tx.all<InvoiceLine>("WHERE invoice_id=? AND active=1", draft);
    if (!stored)
        return fail(stored);
    for (InvoiceLine &line : *stored) {
        if (kept.contains(line.id) || (shown && !shown->contains(line.id)))
            continue;
        line.active = false;
        if (auto done = unit.tx.update(line); !done)
            return done;
    }
    return {};
}

// Stores a draft with its lines. Its totals are not stored: two PCs that add lines would conflict about
// them.
Result<Invoice> saveDraft(WorkUnit &unit, const SaveInvoice &intent)
{
    auto invoice = prepared(unit, intent.invoice);
    if (!invoice)
        return invoice;
    auto lines = sumsOf(*invoice, intent.lines, invoice->isStored());
    if (!lines)
        return fail(lines);
    Invoice row = *invoice;
    sumUp(row, {});
    if (auto done = row.isStored() ? unit.tx.update(row) : unit.tx.insert(row); !done)
        return fail(done);
    static_cast<Row &>(*invoice) = row;
    QSet<Id> kept;
    for (InvoiceLine &line : *lines) {
        if (auto done = line.isStored() ? unit.tx.update(line) : unit.tx.insert(line); !done)
            return fail(done);
        kept.insert(line.id);
    }
    if (auto done = takeOff(unit, invoice->id, kept, intent.shown); !done)
        return fail(done);
    unit.tx.setSubject("invoice", invoice->id);
    return invoice;
}

// Issues the shown lines as new rows: a line that another PC adds to the draft meanwhile does not join the
// issued invoice. A stored draft loses these lines and keeps the invoice's number; lines that were not shown
// stay on it.
Result<Invoice> issue(WorkUnit &unit, const IssueInvoice &intent)
{
    auto draft = prepared(unit, intent.invoice);
    if (!draft)
        return draft;
    Invoice invoice = *draft;
    if (draft->isStored()) {
        static_cast<Row &>(invoice) = Row{};
        invoice.id = Id::create(unit.now());
        invoice.branchId = draft->branchId;
    }
    auto lines = sumsOf(invoice, intent.lines);
    if (!lines)
        return fail(lines);
    if (auto done = unit.tx.insert(invoice); !done)
        return fail(done);
    for (InvoiceLine &line : *lines) {
        static_cast<Row &>(line) = Row{};
        if (auto done = unit.tx.insert(line); !done)
            return fail(done);
    }
    const auto number = unit.tx.nextNumber(u"I", unit.session.branchCode);
    if (!number)
        return fail(number);
    invoice.number = *number;
    invoice.state = InvoiceState::Issued;
    invoice.issuedAt = unit.now();
    if (auto done = unit.tx.update(invoice); !done)
        return fail(done);
    if (draft->isStored()) {
        if (auto done = takeOff(unit, draft->id, {}, intent.shown); !done)
            return fail(done);
        draft->number = *number;
        sumUp(*draft, {});
        if (auto done = unit.tx.update(*draft); !done)
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

// This PC's open drawer in the branch; CashClosed when there is none.
Result<domain::CashSession> drawer(WorkUnit &unit)
{
    return storage::openCashSession(unit.tx.connection(), unit.session.branch);
}

// Stores money received, or paid out when negative: in this PC's open drawer, which cash needs.
Result<void> receive(WorkUnit &unit, const Invoice &invoice, Payment &payment)
{
    payment.invoiceId = invoice.id;
    payment.patientId = invoice.patientId;
    payment.currency = invoice.currency;
    payment.paidAt = unit.now();
    const auto session = drawer(unit);
    if (session)
        payment.cashSessionId = session->id;
    else if (payment.method == PaymentMethod::Cash || session.error().code != ErrorCode::CashClosed)
        return fail(session);
    const auto number = unit.tx.nextNumber(u"R", unit.session.branchCode);
    if (!number)
        return fail(number);
    payment.number = *number;
    return unit.tx.insert(payment);
}

Result<CreditNote> creditNote(WorkUnit &unit, const Invoice &invoice, const Id &line, qint64 amountMinor,
                              const QString &reason)
{
    CreditNote note;
    note.invoiceId = invoice.id;
    note.patientId = invoice.patientId;
    note.lineId = line;
    note.amountMinor = amountMinor;
    note.currency = invoice.currency;
    note.reason = reason;
    const auto number = unit.tx.nextNumber(u"C", unit.session.branchCode);
    if (!number)
        return fail(number);
    note.number = *number;
    if (auto done = unit.tx.insert(note); !done)
        return fail(done);
    return note;
}

Result<QString> reasonOf(const QString &typed)
{
    const auto reason = cleanText(typed, QStringLiteral("reason"), 300);
    if (reason && reason->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    return reason;
}

// The invoice's sums, for an amount about one of its items.
Result<Books> booksFor(WorkUnit &unit, const Invoice &invoice, const Id &line, qint64 amountMinor)
{
    if (amountMinor <= 0)
        return fail(ErrorCode::BadAmount, QStringLiteral("amount"));
    if (!line.isNull()) {
        const auto named = unit.tx.get<InvoiceLine>(line);
        if (!named)
            return fail(named);
        if (named->invoiceId != invoice.id || !named->active)
            return fail(ErrorCode::NotFound, QStringLiteral("line"));
    }
    return storage::booksOf(unit.tx.connection(), invoice);
}

} // namespace billingservice

Result<domain::Invoice> perform(WorkUnit &unit, const SaveInvoice &intent)
{
    return billingservice::saveDraft(unit, intent);
}

Result<domain::Invoice> perform(WorkUnit &unit, const IssueInvoice &intent)
{
    return billingservice::issue(unit, intent);
}

Result<domain::Payment> perform(WorkUnit &unit, const TakePayment &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    if (intent.amountMinor <= 0)
        return fail(ErrorCode::BadAmount, QStringLiteral("amount"));
    const auto books = storage::booksOf(unit.tx.connection(), *invoice);
    if (!books)
        return fail(books);
    const qint64 owed = qMax<qint64>(0, books->owedMinor());
    // Cash may be more than the amount due: the change is handed back and not recorded.
    const bool givesChange = intent.method == PaymentMethod::Cash && owed > 0;
    if (intent.amountMinor > owed && !givesChange)
        return fail(ErrorCode::MoreThanOwed, QStringLiteral("amount"),
                    {QString::number(owed), invoice->currency});
    const auto reference = cleanText(intent.reference, QStringLiteral("reference"), 100);
    if (!reference)
        return fail(reference);
    Payment payment;
    payment.amountMinor = qMin(intent.amountMinor, owed);
    payment.method = intent.method;
    payment.reference = *reference;
    if (auto done = billingservice::receive(unit, *invoice, payment); !done)
        return fail(done);
    return payment;
}

Result<domain::Payment> perform(WorkUnit &unit, const RefundPayment &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    const auto reason = billingservice::reasonOf(intent.reason);
    if (!reason)
        return fail(reason);
    const auto books = billingservice::booksFor(unit, *invoice, intent.line, intent.amountMinor);
    if (!books)
        return fail(books);
    const qint64 most = books->mostToPayBack(intent.line);
    if (intent.amountMinor > most)
        return fail(ErrorCode::MoreThanPaid, QStringLiteral("amount"),
                    {QString::number(most), invoice->currency});
    Payment refund;
    ReadUnit reading{unit.tx.connection(), unit.session, unit.now(), unit.tx.identity().sealer};
    const auto settings = answer(reading, ReadSettings{});
    if (!settings)
        return fail(settings);
    // A named approver must have approved, also when none is required.
    if (intent.isApproved() || settings->value(QString::fromLatin1(setting::refundApproval)) != u"false") {
        const auto approver = approval::check(unit, intent.approver, "billing.approve");
        if (!approver)
            return fail(approver);
        refund.approvedBy = *approver;
    }
    const qint64 credit = books->creditWith(intent.amountMinor);
    if (credit > 0 && !books->saysWhat(intent.line, intent.amountMinor, most))
        return fail(ErrorCode::Required, QStringLiteral("line_id"));
    refund.lineId = books->itemOf(intent.line);
    refund.amountMinor = -intent.amountMinor;
    refund.method = intent.method;
    refund.reason = *reason;
    if (auto done = billingservice::receive(unit, *invoice, refund); !done)
        return fail(done);
    // Refunded money is not owed again: a refund includes its credit note.
    if (credit > 0) {
        if (auto note = billingservice::creditNote(unit, *invoice, refund.lineId, credit, *reason); !note)
            return fail(note);
    }
    return refund;
}

Result<domain::CreditNote> perform(WorkUnit &unit, const IssueCreditNote &intent)
{
    using namespace domain;
    const auto invoice = billingservice::issuedInvoice(unit, intent.invoice);
    if (!invoice)
        return fail(invoice);
    const auto reason = billingservice::reasonOf(intent.reason);
    if (!reason)
        return fail(reason);
    const auto books = billingservice::booksFor(unit, *invoice, intent.line, intent.amountMinor);
    if (!books)
        return fail(books);
    const qint64 most = books->mostToCredit(intent.line);
    if (intent.amountMinor > most)
        return fail(ErrorCode::MoreThanOwed, QStringLiteral("amount"),
                    {QString::number(most), invoice->currency});
    if (!books->saysWhat(intent.line, intent.amountMinor, most))
        return fail(ErrorCode::Required, QStringLiteral("line_id"));
    return billingservice::creditNote(unit, *invoice, books->itemOf(intent.line), intent.amountMinor,
                                      *reason);
}

Result<domain::CashSession> perform(WorkUnit &unit, const OpenCashDrawer &intent)
{
    if (intent.floatMinor < 0 || intent.floatMinor > money::maximum)
        return fail(ErrorCode::BadAmount, QStringLiteral("float"));
    if (billingservice::drawer(unit))
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
    auto session = billingservice::drawer(unit);
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
    const storage::Reach reach = scope::reachOf(unit);
    if (!reach.isEverybody()) {
        if (auto reached = scope::checkRow(unit.connection, reach, "patient", filter.patient); !reached)
            return fail(reached);
    }
    if (filter.patient.isNull() && (filter.branch.isNull() || reach.scope == domain::DataScope::Branch))
        filter.branch = unit.session.branch;
    return storage::invoiceViews(unit.connection, filter, reach);
}

Result<qint64> answer(ReadUnit &unit, const UnpaidInvoices &)
{
    return storage::unpaidCount(unit.connection, unit.session.branch, scope::reachOf(unit));
}

Result<QSet<Id>> answer(ReadUnit &unit, const PrintedPapers &question)
{
    return storage::printedPapers(unit.connection, question.invoice);
}

Result<storage::InvoiceDetail> answer(ReadUnit &unit, const ReadInvoice &question)
{
    return storage::invoiceDetail(unit.connection, question.invoice);
}

Result<storage::InvoiceDetail> answer(ReadUnit &unit, const InvoiceForAppointment &question)
{
    {
        storage::Query q = unit.connection.query(
            "SELECT id FROM invoice i WHERE appointment_id=? AND (state='issued' OR EXISTS (SELECT 1 FROM "
            "invoice_line l WHERE l.invoice_id=i.id AND l.active=1)) ORDER BY state='issued' DESC, rid DESC "
            "LIMIT 1",
            question.appointment);
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
                                      walltime::startOfDay(today, unit.session.zone()),
                                      walltime::startOfDay(today.addDays(1), unit.session.zone()));
    if (!day)
        return fail(day);
    state.today = *day;
    return state;
}

} // namespace clinic::services
