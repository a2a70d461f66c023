// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/billing/billing.h"
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
                back.approver.userName = QStringLiteral("finance");
                static_cast<void>(t.clinic->performNow(back));
                break;
            }
            default:
                static_cast<void>(t.clinic->performNow(
                    services::IssueCreditNote{pick(), {}, amount, QStringLiteral("why")}));
                break;
            }
        }
        qint64 owed = 0;
        for (const auto &invoice : invoices) {
            const auto view = t.clinic->answerNow(services::ReadInvoice{invoice.id})->view;
            QVERIFY(view.paidMinor >= 0);
            QVERIFY(view.creditedMinor <= view.invoice.totalMinor);
            owed += view.balanceMinor();
        }
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
