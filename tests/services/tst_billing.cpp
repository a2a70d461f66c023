// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/accounts.h"
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/billing/printed.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <random>

using namespace clinic;
using namespace clinic::test;

class TstBilling : public QObject
{
    Q_OBJECT

    static domain::InvoiceLine line(const domain::Service &service, int quantity = 1)
    {
        domain::InvoiceLine l;
        l.serviceId = service.id;
        l.description = service.name;
        l.unitMinor = service.priceMinor;
        l.taxBasisPoints = service.taxBasisPoints;
        l.quantity = quantity;
        return l;
    }
    static domain::Invoice issue(TestClinic &t, const Id &patient, const QList<domain::InvoiceLine> &lines)
    {
        services::IssueInvoice intent;
        intent.invoice.patientId = patient;
        intent.lines = lines;
        return t.clinic->performNow(intent).value_or(domain::Invoice{});
    }
    static services::RefundPayment refund(const Id &invoice, qint64 amount)
    {
        services::RefundPayment r;
        r.invoice = invoice;
        r.amountMinor = amount;
        r.method = domain::PaymentMethod::Card;
        r.reason = QStringLiteral("charged twice");
        r.approver.userName = QStringLiteral("administrator");
        r.approver.password = QStringLiteral("correct horse");
        return r;
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void aDeskDayOfMoney()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation), line(t.dressing, 2)});
        QCOMPARE(invoice.totalMinor, 21500);
        QCOMPARE(invoice.taxMinor, 1500);
        QCOMPARE(invoice.number.section(u'-', 2, 2), QStringLiteral("I1"));
        services::TakePayment cash{invoice.id, 10000, domain::PaymentMethod::Cash, {}};
        QCOMPARE(t.clinic->performNow(cash).error().code, ErrorCode::CashClosed);
        QVERIFY(t.clinic->performNow(services::OpenCashDrawer{50000}));
        QVERIFY(t.clinic->performNow(cash));
        QCOMPARE(
            t.clinic->performNow(services::TakePayment{invoice.id, 11501, domain::PaymentMethod::Card, {}})
                .error()
                .code,
            ErrorCode::MoreThanOwed);
        QVERIFY(t.clinic->performNow(
            services::TakePayment{invoice.id, 11500, domain::PaymentMethod::Card, QStringLiteral("slip 7")}));
        QCOMPARE(t.clinic->answerNow(services::ReadInvoice{invoice.id})->view.balanceMinor(), 0);
        const auto drawer = t.clinic->answerNow(services::ReadDrawer{});
        QCOMPARE(drawer->expectedMinor, 60000);
        QCOMPARE(drawer->today.byMethod[int(domain::PaymentMethod::Card)], 11500);
        QCOMPARE(t.clinic->performNow(services::CloseCashDrawer{59000, {}}).error().code,
                 ErrorCode::NeedsReason);
        const auto closed = t.clinic->performNow(
            services::CloseCashDrawer{59000, QStringLiteral("10 missing, counted twice")});
        QVERIFY(closed.has_value());
        QCOMPARE(closed->expectedMinor - closed->countedMinor, 1000);
        // A clerk does not give money back.
        QCOMPARE(t.clinic->performNow(refund(invoice.id, 100)).error().code, ErrorCode::Forbidden);
    }

    void refundsNeverExceedWhatWasPaid()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation), line(t.dressing)});
        QVERIFY(
            t.clinic->performNow(services::TakePayment{invoice.id, 16500, domain::PaymentMethod::Card, {}}));
        t.signIn(QStringLiteral("finance"));
        QCOMPARE(t.clinic->performNow(refund(invoice.id, 16501)).error().code, ErrorCode::MoreThanPaid);
        auto own = refund(invoice.id, 100);
        own.approver.userName = QStringLiteral("finance");
        QCOMPARE(t.clinic->performNow(own).error().field, QStringLiteral("approver_login"));
        auto wrong = refund(invoice.id, 100);
        wrong.approver.password = QStringLiteral("guess");
        QCOMPARE(t.clinic->performNow(wrong).error().code, ErrorCode::WrongPassword);
        // Nobody guesses the password of whoever approves: it costs time, and is in the audit.
        for (int i = 0; i < 4; ++i)
            static_cast<void>(t.clinic->performNow(wrong));
        QCOMPARE(t.clinic->performNow(refund(invoice.id, 100)).error().code, ErrorCode::WaitBeforeLogin);
        QVERIFY(t.number("SELECT count(*) FROM audit_event WHERE intention='refund-payment' AND "
                         "outcome='failed'") >= 4);
        t.clock.advanceMinutes(60);
        auto item = refund(invoice.id, 5001);
        item.line = t.clinic->answerNow(services::ReadInvoice{invoice.id})->lines.at(1).id;
        QCOMPARE(t.clinic->performNow(item).error().code, ErrorCode::MoreThanPaid); // the dressing cost 50.00
        item.amountMinor = 5000;
        QVERIFY(t.clinic->performNow(item));
        QCOMPARE(t.clinic->performNow(item).error().code, ErrorCode::MoreThanPaid); // once is all of it
        const auto detail = t.clinic->answerNow(services::ReadInvoice{invoice.id});
        QCOMPARE(detail->view.paidMinor, 11500);
        QVERIFY(!detail->payments.last().approvedBy.isNull());
    }

    // What is given back is not asked for again, on no paper, in no list and by no desk; and nothing is given
    // back or credited above what it was.
    void aRefundMakesNoDebtor()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation), line(t.dressing)});
        QVERIFY(
            t.clinic->performNow(services::TakePayment{invoice.id, 16500, domain::PaymentMethod::Card, {}}));
        t.signIn(QStringLiteral("finance"));
        auto item = refund(invoice.id, 5000);
        item.line = t.clinic->answerNow(services::ReadInvoice{invoice.id})->lines.at(1).id;
        QVERIFY(t.clinic->performNow(item));
        auto detail = *t.clinic->answerNow(services::ReadInvoice{invoice.id});
        QCOMPARE(detail.view.balanceMinor(), 0);
        QCOMPARE(detail.view.creditedMinor, 5000);
        QCOMPARE(detail.credits.first().lineId, item.line);
        QCOMPARE(detail.credits.first().reason, item.reason);
        QCOMPARE(*storage::patientBalance(t.database->writerConnection(), ann.id), 0);
        storage::InvoiceFilter unpaid;
        unpaid.unpaidOnly = true;
        QVERIFY(t.clinic->answerNow(services::Invoices{unpaid})->isEmpty());
        QCOMPARE(t.clinic->performNow(services::TakePayment{invoice.id, 100, domain::PaymentMethod::Card, {}})
                     .error()
                     .code,
                 ErrorCode::MoreThanOwed);
        // The same item once more: by its line, without one, and as a credit note.
        QCOMPARE(t.clinic->performNow(item).error().code, ErrorCode::MoreThanPaid);
        QCOMPARE(t.clinic->performNow(refund(invoice.id, 5000)).error().field, QStringLiteral("line_id"));
        QCOMPARE(t.clinic->performNow(services::IssueCreditNote{invoice.id, item.line, 1, item.reason})
                     .error()
                     .code,
                 ErrorCode::MoreThanOwed);
        QCOMPARE(
            t.clinic->performNow(services::IssueCreditNote{invoice.id, {}, 1, item.reason}).error().field,
            QStringLiteral("line_id"));
        // All that is left may be given back in one go.
        QVERIFY(t.clinic->performNow(refund(invoice.id, 11500)));
        detail = *t.clinic->answerNow(services::ReadInvoice{invoice.id});
        QCOMPARE(detail.view.paidMinor, 0);
        QCOMPARE(detail.view.balanceMinor(), 0);
        QCOMPARE(t.clinic->performNow(refund(invoice.id, 1)).error().code, ErrorCode::MoreThanPaid);
    }

    void creditNotesStayWithinTheirItem()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation), line(t.dressing)});
        const auto other = issue(t, ann.id, {line(t.dressing)});
        t.signIn(QStringLiteral("finance"));
        const Id dressing = t.clinic->answerNow(services::ReadInvoice{invoice.id})->lines.at(1).id;
        const auto credit = [&](const Id &line, qint64 amount) {
            return t.clinic->performNow(
                services::IssueCreditNote{invoice.id, line, amount, QStringLiteral("not given")});
        };
        QCOMPARE(credit(dressing, 5001).error().code, ErrorCode::MoreThanOwed);
        QVERIFY(credit(dressing, 3000));
        QCOMPARE(credit(dressing, 2001).error().code, ErrorCode::MoreThanOwed); // over several notes
        QVERIFY(credit(dressing, 2000));
        QCOMPARE(credit(dressing, 1).error().code, ErrorCode::MoreThanOwed);
        QCOMPARE(
            credit(t.clinic->answerNow(services::ReadInvoice{other.id})->lines.first().id, 1).error().code,
            ErrorCode::NotFound); // another invoice's item
        // What was credited and never paid is not paid back either.
        QVERIFY(
            t.clinic->performNow(services::TakePayment{invoice.id, 11500, domain::PaymentMethod::Card, {}}));
        auto item = refund(invoice.id, 5000);
        item.line = dressing;
        QCOMPARE(t.clinic->performNow(item).error().code, ErrorCode::MoreThanPaid);
    }

    // Credited after it was paid: the money goes back without a second credit note.
    void whatIsInTheirFavourGoesBackAsItIs()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation), line(t.dressing)});
        QVERIFY(
            t.clinic->performNow(services::TakePayment{invoice.id, 16500, domain::PaymentMethod::Card, {}}));
        t.signIn(QStringLiteral("finance"));
        const Id dressing = t.clinic->answerNow(services::ReadInvoice{invoice.id})->lines.at(1).id;
        QVERIFY(t.clinic->performNow(
            services::IssueCreditNote{invoice.id, dressing, 5000, QStringLiteral("not given")}));
        auto item = refund(invoice.id, 5000);
        item.line = dressing;
        QVERIFY(t.clinic->performNow(item));
        const auto detail = *t.clinic->answerNow(services::ReadInvoice{invoice.id});
        QCOMPARE(detail.view.balanceMinor(), 0);
        QCOMPARE(detail.credits.size(), 1);
        QCOMPARE(t.clinic->performNow(item).error().code, ErrorCode::MoreThanPaid);
    }

    // However many there are: the count is no list that was cut, and a list of few shows the right ones.
    void everyUnpaidInvoiceCounts()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto unpaid = [&] { return *t.clinic->answerNow(services::UnpaidInvoices{}); };
        const auto listed = [&](int limit) {
            storage::InvoiceFilter filter;
            filter.unpaidOnly = true;
            filter.limit = limit;
            return *t.clinic->answerNow(services::Invoices{filter});
        };
        QCOMPARE(unpaid(), 0);
        const auto first = issue(t, ann.id, {line(t.consultation)});
        for (int i = 0; i < 520; ++i) {
            t.clock.advanceMinutes(1);
            issue(t, ann.id, {line(t.consultation)});
        }
        QCOMPARE(unpaid(), 521);
        QCOMPARE(listed(500).size(), 500);
        QVERIFY(
            t.clinic->performNow(services::TakePayment{first.id, 11499, domain::PaymentMethod::Card, {}}));
        QCOMPARE(unpaid(), 521);
        QVERIFY(t.clinic->performNow(services::TakePayment{first.id, 1, domain::PaymentMethod::Card, {}}));
        QCOMPARE(unpaid(), 520);
        // Drafts count while something is on them.
        services::SaveInvoice draft;
        draft.invoice.patientId = ann.id;
        draft.lines = {line(t.dressing)};
        t.clock.advanceMinutes(1);
        const auto saved = t.clinic->performNow(draft);
        QCOMPARE(unpaid(), 521);
        QCOMPARE(listed(1).first().invoice.id, saved->id);
        QCOMPARE(listed(1).first().invoice.totalMinor, 5000);
        const auto detail = *t.clinic->answerNow(services::ReadInvoice{saved->id});
        QVERIFY(t.clinic->performNow(services::SaveInvoice{detail.view.invoice, {}, detail.lineIds()}));
        QCOMPARE(unpaid(), 520);
        // The list is what adding up all invoices comes to.
        QCOMPARE(t.number("SELECT count(*) FROM (SELECT * FROM unpaid EXCEPT SELECT * FROM to_pay)"), 0);
        QCOMPARE(t.number("SELECT count(*) FROM (SELECT * FROM to_pay EXCEPT SELECT * FROM unpaid)"), 0);
        // It is found by its index.
        auto plan = t.database->writerConnection().query(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM unpaid u WHERE u.branch_id=?1");
        QVERIFY(plan.next());
        QVERIFY(plan.text(3).contains(u"unpaid_by_time"));
    }

    // A list of one's own people is as long as it may be, whoever else was billed since.
    void ownInvoicesAreNotCutOffByOthers()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto roles = t.clinic->answerNow(services::Roles{});
        for (auto view : *roles) {
            if (view.role.code != u"doctor")
                continue;
            view.role.scope = domain::DataScope::Own;
            services::SaveRole change{view.role, view.own};
            change.permissions.insert(QStringLiteral("billing.view"));
            QVERIFY(t.clinic->performNow(change));
        }
        const auto mine = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        domain::Appointment booking;
        booking.patientId = mine.id;
        booking.practitionerId = t.doctor.id;
        booking.startAt = t.clock.todayAt(14);
        booking.minutes = 15;
        QVERIFY(t.clinic->performNow(services::BookAppointment{booking}));
        const auto other = t.patient(QStringLiteral("Lund"), QStringLiteral("Eve"));
        const auto invoice = issue(t, mine.id, {line(t.consultation)});
        for (int i = 0; i < 5; ++i) {
            t.clock.advanceMinutes(1);
            issue(t, other.id, {line(t.consultation)});
        }
        t.signIn(QStringLiteral("doctor"));
        for (const bool unpaidOnly : {false, true}) {
            storage::InvoiceFilter filter;
            filter.unpaidOnly = unpaidOnly;
            filter.limit = 3;
            const auto views = *t.clinic->answerNow(services::Invoices{filter});
            QCOMPARE(views.size(), 1);
            QCOMPARE(views.first().invoice.id, invoice.id);
        }
        QCOMPARE(*t.clinic->answerNow(services::UnpaidInvoices{}), 1);
    }

    // A copy is what was printed before: the receipt does not make one of the invoice.
    void aCopyIsOfThatPaper()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation)});
        const auto paid =
            t.clinic->performNow(services::TakePayment{invoice.id, 100, domain::PaymentMethod::Card, {}});
        const auto printed = [&] { return *t.clinic->answerNow(services::PrintedPapers{invoice.id}); };
        QCOMPARE(printed(), QSet<Id>());
        using domain::IntentionId;
        QVERIFY(t.clinic->performNow(
            services::NoteOutput{IntentionId::PrintBillingDocument, "payment", paid->id}));
        QCOMPARE(printed(), QSet<Id>{paid->id});
        QVERIFY(t.clinic->performNow(
            services::NoteOutput{IntentionId::PrintBillingDocument, "invoice", invoice.id}));
        QCOMPARE(printed(), (QSet<Id>{paid->id, invoice.id}));
    }

    // More cash than is due: what is due is recorded, and the drawer has that.
    void changeIsGivenInCash()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation)});
        QVERIFY(t.clinic->performNow(services::OpenCashDrawer{50000}));
        const auto paid =
            t.clinic->performNow(services::TakePayment{invoice.id, 20000, domain::PaymentMethod::Cash, {}});
        QCOMPARE(paid->amountMinor, 11500);
        QCOMPARE(t.clinic->answerNow(services::ReadDrawer{})->expectedMinor, 61500);
        // Nothing is due any more.
        QCOMPARE(t.clinic->performNow(services::TakePayment{invoice.id, 1, domain::PaymentMethod::Cash, {}})
                     .error()
                     .code,
                 ErrorCode::MoreThanOwed);
    }

    void issuedInvoicesAreFrozen()
    {
        TestClinic t;
        t.signIn(QStringLiteral("finance"));
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto invoice = issue(t, ann.id, {line(t.consultation)});
        services::SaveInvoice again;
        again.invoice = invoice;
        again.lines = {line(t.dressing)};
        QCOMPARE(t.clinic->performNow(again).error().code, ErrorCode::Frozen);
        auto &c = t.database->writerConnection();
        QVERIFY(!c.exec("UPDATE invoice SET total_minor=1 WHERE id=?", invoice.id).has_value());
        QVERIFY(!c.exec("UPDATE invoice_line SET total_minor=1 WHERE invoice_id=?", invoice.id).has_value());
        QVERIFY(!c.exec("DELETE FROM payment").has_value() || t.count("payment") == 0);
        c.clearFailure();
        t.signIn(QStringLiteral("finance"));
        const auto note = t.clinic->performNow(
            services::IssueCreditNote{invoice.id, {}, 1500, QStringLiteral("discount promised")});
        QVERIFY(note.has_value());
        QCOMPARE(
            t.clinic->performNow(services::IssueCreditNote{invoice.id, {}, 10001, QStringLiteral("too much")})
                .error()
                .code,
            ErrorCode::MoreThanOwed);
        QCOMPARE(t.clinic->answerNow(services::ReadInvoice{invoice.id})->view.balanceMinor(), 10000);
    }

    void draftsChangeAndLinesComeOff()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        services::SaveInvoice draft;
        draft.invoice.patientId = ann.id;
        draft.lines = {line(t.consultation), line(t.dressing)};
        const auto saved = t.clinic->performNow(draft);
        QVERIFY(saved.has_value());
        QVERIFY(saved->number.isEmpty());
        auto detail = *t.clinic->answerNow(services::ReadInvoice{saved->id});
        services::SaveInvoice less{detail.view.invoice, {detail.lines.first()}};
        QVERIFY(t.clinic->performNow(less));
        detail = *t.clinic->answerNow(services::ReadInvoice{saved->id});
        QCOMPARE(detail.lines.size(), 1);
        QCOMPARE(detail.view.invoice.totalMinor, 11500);
        QCOMPARE(t.clinic->performNow(services::TakePayment{saved->id, 100, domain::PaymentMethod::Card, {}})
                     .error()
                     .code,
                 ErrorCode::Invalid);
    }

    // Random days: the books always balance, and every number series is gapless.
    void theBooksBalance()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        std::mt19937 random(9);
        QVERIFY(t.clinic->performNow(services::OpenCashDrawer{0}));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        QList<domain::Invoice> invoices;
        for (int i = 0; i < 250; ++i) {
            const auto balance = [&](const Id &invoice) {
                return t.clinic->answerNow(services::ReadInvoice{invoice})->view.balanceMinor();
            };
            const auto item = [&](const Id &invoice) { // one of them, or none
                const auto lines = t.clinic->answerNow(services::ReadInvoice{invoice})->lines;
                return random() % 4 ? lines[qsizetype(random() % size_t(lines.size()))].id : Id{};
            };
            const auto pick = [&] { return invoices[qsizetype(random() % size_t(invoices.size()))].id; };
            const qint64 amount = 1 + qint64(random() % 12000);
            switch (invoices.isEmpty() ? 0 : random() % 4) {
            case 0:
                invoices << issue(t, ann.id, {line(t.consultation, 1 + int(random() % 3)), line(t.dressing)});
                break;
            case 1:
                static_cast<void>(t.clinic->performNow(services::TakePayment{
                    pick(), amount, static_cast<domain::PaymentMethod>(random() % 4), {}}));
                break;
            case 2: {
                auto back = refund(pick(), amount);
                back.line = item(back.invoice);
                back.approver.userName = QStringLiteral("finance");
                const auto owed = balance(back.invoice);
                if (t.clinic->performNow(back))
                    QVERIFY(balance(back.invoice) <= qMax<qint64>(0, owed));
                break;
            }
            default: {
                const Id invoice = pick();
                static_cast<void>(t.clinic->performNow(
                    services::IssueCreditNote{invoice, item(invoice), amount, QStringLiteral("why")}));
                break;
            }
            }
        }
        qint64 owed = 0;
        for (const auto &invoice : invoices) {
            const auto view = t.clinic->answerNow(services::ReadInvoice{invoice.id})->view;
            QVERIFY(view.paidMinor >= 0);
            QVERIFY(view.creditedMinor <= view.invoice.totalMinor);
            owed += view.balanceMinor();
        }
        // Whatever was paid back and credited: nobody owes more for it, and no item was given back twice.
        QCOMPARE(
            t.number("SELECT count(*) FROM invoice_line l WHERE (SELECT coalesce(-sum(amount_minor),0) FROM "
                     "payment WHERE line_id=l.id) > l.total_minor OR (SELECT "
                     "coalesce(sum(amount_minor),0) FROM credit_note WHERE line_id=l.id) > l.total_minor"),
            0);
        qint64 statement = 0;
        const auto entries = t.clinic->answerNow(services::ReadStatement{ann.id});
        for (const auto &entry : *entries)
            statement += entry.amountMinor;
        QCOMPARE(statement, owed);
        QCOMPARE(t.clinic->answerNow(services::ReadDrawer{})->expectedMinor,
                 t.number("SELECT sum(amount_minor) FROM payment WHERE method='cash'"));
        for (const char *kind : {"invoice", "payment", "credit_note"})
            QCOMPARE(t.number(QByteArray("SELECT count(DISTINCT number) - count(*) FROM ") + kind), 0);
        QCOMPARE(t.number("SELECT value FROM counter WHERE name='number/R/MN'"), t.count("payment"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstBilling, QCoreApplication>(argc, argv);
}

#include "tst_billing.moc"
