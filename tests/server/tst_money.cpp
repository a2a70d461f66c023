// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/servicefixture.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "support/must.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

// Two PCs that do not see each other deal with one patient's money: what happened is kept, the books stay
// right, and a person is told what does not fit.
class TstMoney : public ServiceFixture
{
    Q_OBJECT

    std::unique_ptr<Pc> m_first;
    std::unique_ptr<Pc> m_second;
    domain::Patient m_ann;

    domain::InvoiceLine line(const QString &what, qint64 amount) const
    {
        domain::InvoiceLine l;
        l.description = what;
        l.unitMinor = amount;
        return l;
    }
    domain::Invoice issue(const QList<domain::InvoiceLine> &lines)
    {
        services::IssueInvoice intent;
        intent.invoice.patientId = m_ann.id;
        intent.lines = lines;
        return must(m_first->clinic.clinic->performNow(intent));
    }
    static storage::InvoiceDetail detail(Pc &pc, const Id &invoice)
    {
        return must(pc.clinic.clinic->answerNow(services::ReadInvoice{invoice}));
    }
    static Result<domain::Payment> pay(Pc &pc, const Id &invoice, qint64 amount,
                                       domain::PaymentMethod method = domain::PaymentMethod::Card)
    {
        return pc.clinic.clinic->performNow(services::TakePayment{invoice, amount, method, {}});
    }
    static Result<domain::Payment> payBack(Pc &pc, const Id &invoice, const Id &line, qint64 amount)
    {
        services::RefundPayment refund;
        refund.invoice = invoice;
        refund.line = line;
        refund.amountMinor = amount;
        refund.method = domain::PaymentMethod::Card;
        refund.reason = QStringLiteral("not given");
        refund.approver.userName = QStringLiteral("finance");
        refund.approver.password = QStringLiteral("correct horse");
        return pc.clinic.clinic->performNow(refund);
    }
    static Result<domain::CreditNote> credit(Pc &pc, const Id &invoice, const Id &line, qint64 amount)
    {
        return pc.clinic.clinic->performNow(
            services::IssueCreditNote{invoice, line, amount, QStringLiteral("not given")});
    }
    // Everything that waits is accepted as it is.
    void sync(Pc &pc)
    {
        for (const auto &result : push(pc))
            QCOMPARE(result.status, sync::GroupStatus::Ok);
        pull(pc);
    }
    // One group waits, and this is what becomes of it.
    void flagged(Pc &pc, const QByteArray &code)
    {
        const auto results = push(pc);
        QCOMPARE(results.size(), 1);
        QCOMPARE(results.first().code, code);
        QCOMPARE(results.first().status, code.isEmpty() ? sync::GroupStatus::Ok : sync::GroupStatus::Flagged);
    }
    // Both have everything, the same, and somebody at each is told that once.
    void told(const QString &code)
    {
        for (Pc *pc : {m_first.get(), m_second.get()}) {
            pull(*pc);
            int found = 0;
            for (const auto &view : must(pc->clinic.clinic->answerNow(services::OpenAttention{})))
                found += view.attention.code == code && view.patientId == m_ann.id;
            QCOMPARE(found, 1);
        }
    }
    static QStringList lines(Pc &pc, const Id &invoice)
    {
        QStringList texts;
        for (const auto &l : detail(pc, invoice).lines)
            texts << QStringLiteral("%1 %2").arg(l.description).arg(l.totalMinor);
        return texts;
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        openStore();
        m_first = found();
        sync(*m_first);
        m_second = join(*m_first);
        pull(*m_second);
        m_first->clinic.signIn(QStringLiteral("administrator"));
        m_second->clinic.signIn(QStringLiteral("administrator"));
        m_ann = m_first->clinic.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
    }
    void cleanup()
    {
        m_first.reset();
        m_second.reset();
    }

    void paidAtTwoDesks()
    {
        const auto invoice = issue({line(QStringLiteral("Consultation"), 10000)});
        sync(*m_first);
        pull(*m_second);
        QVERIFY(pay(*m_first, invoice.id, 10000));
        QVERIFY(pay(*m_second, invoice.id, 10000));
        flagged(*m_first, {});
        flagged(*m_second, "overpaid");
        told(QStringLiteral("overpaid"));
        for (Pc *pc : {m_first.get(), m_second.get()}) {
            QCOMPARE(detail(*pc, invoice.id).payments.size(), 2);
            QCOMPARE(detail(*pc, invoice.id).view.balanceMinor(), -10000);
        }
        // What is too much goes back without a credit note, and then it is right again.
        QVERIFY(payBack(*m_first, invoice.id, {}, 10000));
        flagged(*m_first, {});
        QCOMPARE(detail(*m_first, invoice.id).credits.size(), 0);
        QCOMPARE(detail(*m_first, invoice.id).view.balanceMinor(), 0);
        // The consultation itself can still be paid back, once.
        QVERIFY(payBack(*m_first, invoice.id, {}, 10000));
        flagged(*m_first, {});
        QCOMPARE(detail(*m_first, invoice.id).credits.size(), 1);
        QCOMPARE(detail(*m_first, invoice.id).view.balanceMinor(), 0);
        QVERIFY(!payBack(*m_first, invoice.id, {}, 1));
    }

    void paidInPartAtTwoDesks()
    {
        const auto invoice = issue({line(QStringLiteral("Consultation"), 10000)});
        sync(*m_first);
        pull(*m_second);
        QVERIFY(pay(*m_first, invoice.id, 6000));
        QVERIFY(pay(*m_second, invoice.id, 4000));
        flagged(*m_first, {});
        flagged(*m_second, {});                    // together just what was due
        QVERIFY(pay(*m_second, invoice.id, 6000)); // it has not heard of the other
        flagged(*m_second, "overpaid");
    }

    void paidBackAtTwoDesks()
    {
        const auto invoice =
            issue({line(QStringLiteral("Consultation"), 10000), line(QStringLiteral("Dressing"), 5000)});
        QVERIFY(pay(*m_first, invoice.id, 15000));
        sync(*m_first);
        pull(*m_second);
        const Id dressing = detail(*m_first, invoice.id).lines.at(1).id;
        QVERIFY(payBack(*m_first, invoice.id, dressing, 5000));
        QVERIFY(payBack(*m_second, invoice.id, dressing, 5000));
        flagged(*m_first, {});
        flagged(*m_second, "over-refunded"); // more than the item was, though less than was paid
        told(QStringLiteral("over-refunded"));
        QCOMPARE(detail(*m_second, invoice.id).view.paidMinor, 5000);
    }

    void creditedAtTwoDesks()
    {
        const auto invoice =
            issue({line(QStringLiteral("Consultation"), 10000), line(QStringLiteral("Dressing"), 5000)});
        sync(*m_first);
        pull(*m_second);
        const Id dressing = detail(*m_first, invoice.id).lines.at(1).id;
        QVERIFY(credit(*m_first, invoice.id, dressing, 3000));
        QVERIFY(credit(*m_second, invoice.id, dressing, 3000));
        flagged(*m_second, {});
        flagged(*m_first, "over-credited");
        told(QStringLiteral("over-credited"));
        QCOMPARE(detail(*m_second, invoice.id).view.creditedMinor, 6000);
    }

    // Paid at one desk, credited at the other, whichever comes first; and credited on purpose what was paid.
    void creditedBesideAPayment_data()
    {
        QTest::addColumn<bool>("paymentFirst");
        QTest::newRow("payment first") << true;
        QTest::newRow("credit first") << false;
    }
    void creditedBesideAPayment()
    {
        QFETCH(bool, paymentFirst);
        const auto invoice = issue({line(QStringLiteral("Consultation"), 10000)});
        sync(*m_first);
        pull(*m_second);
        QVERIFY(pay(*m_first, invoice.id, 10000));
        QVERIFY(credit(*m_second, invoice.id, {}, 10000));
        flagged(paymentFirst ? *m_first : *m_second, {});
        flagged(paymentFirst ? *m_second : *m_first, "overpaid");
        told(QStringLiteral("overpaid"));
    }
    void creditedOnPurpose()
    {
        const auto invoice = issue({line(QStringLiteral("Consultation"), 10000)});
        QVERIFY(pay(*m_first, invoice.id, 10000));
        sync(*m_first);
        pull(*m_second);
        QVERIFY(credit(*m_second, invoice.id, {}, 10000));
        flagged(*m_second, {});
        QVERIFY(payBack(*m_second, invoice.id, {}, 10000));
        flagged(*m_second, {});
        QCOMPARE(detail(*m_second, invoice.id).view.balanceMinor(), 0);
    }

    // A changed program takes money out as a "payment", which needs no second person.
    void aPaymentIsNoRefund()
    {
        const auto invoice = issue({line(QStringLiteral("Consultation"), 10000)});
        QVERIFY(pay(*m_first, invoice.id, 10000));
        sync(*m_first);
        const auto crafted = [&](domain::IntentionId id, const char *entity, qint64 amount,
                                 const QByteArray &code) {
            storage::UnitHeader header;
            header.intention = domain::intentionInfo(id).name;
            header.actor = m_first->clinic.clinic->session().user;
            header.role = m_first->clinic.clinic->session().role;
            header.branch = m_first->clinic.clinic->session().branch;
            header.at = m_first->clinic.clock.nowMs();
            QVERIFY(m_first->clinic.database
                        ->transact(header,
                                   [&](storage::Transaction &tx) -> Result<void> {
                                       if (QByteArray(entity) == "payment") {
                                           domain::Payment p;
                                           p.invoiceId = invoice.id;
                                           p.patientId = m_ann.id;
                                           p.amountMinor = amount;
                                           p.currency = invoice.currency;
                                           return tx.insert(p);
                                       }
                                       domain::CreditNote n;
                                       n.invoiceId = invoice.id;
                                       n.patientId = m_ann.id;
                                       n.amountMinor = amount;
                                       n.currency = invoice.currency;
                                       return tx.insert(n);
                                   })
                        .has_value());
            const auto results = push(*m_first);
            QCOMPARE(results.size(), 1);
            QCOMPARE(results.first().status, sync::GroupStatus::Quarantined);
            QCOMPARE(results.first().code, code);
        };
        crafted(domain::IntentionId::TakePayment, "payment", -10000, "not-permitted");
        crafted(domain::IntentionId::RefundPayment, "payment", 10000, "not-permitted");
        crafted(domain::IntentionId::IssueCreditNote, "credit_note", -10000, "not-adding-up");
    }

    // Paid back at both desks out of one credit: neither more than was paid nor than the item cost.
    void oneCreditPaidBackAtTwoDesks()
    {
        const auto invoice =
            issue({line(QStringLiteral("Consultation"), 10000), line(QStringLiteral("Dressing"), 5000)});
        QVERIFY(pay(*m_first, invoice.id, 15000));
        const Id consultation = detail(*m_first, invoice.id).lines.at(0).id;
        QVERIFY(credit(*m_first, invoice.id, consultation, 3000));
        sync(*m_first);
        pull(*m_second);
        QVERIFY(payBack(*m_first, invoice.id, consultation, 3000));
        QVERIFY(payBack(*m_second, invoice.id, consultation, 3000));
        flagged(*m_first, {});
        flagged(*m_second, "over-refunded");
        told(QStringLiteral("over-refunded"));
    }

    // Each PC has a drawer of its own, whichever was opened last.
    void drawersBelongToPcs()
    {
        sync(*m_first);
        pull(*m_second);
        const auto one = must(m_first->clinic.clinic->performNow(services::OpenCashDrawer{10000}));
        const auto two = must(m_second->clinic.clinic->performNow(services::OpenCashDrawer{20000}));
        for (Pc *pc : {m_first.get(), m_second.get()})
            sync(*pc);
        pull(*m_first);
        const auto invoice = issue({line(QStringLiteral("Consultation"), 9000)});
        sync(*m_first);
        pull(*m_second);
        QVERIFY(pay(*m_first, invoice.id, 3000, domain::PaymentMethod::Cash));
        sync(*m_first);
        pull(*m_second);
        QVERIFY(pay(*m_second, invoice.id, 6000, domain::PaymentMethod::Cash));
        sync(*m_second);
        pull(*m_first);
        const auto state = [](Pc &pc) { return must(pc.clinic.clinic->answerNow(services::ReadDrawer{})); };
        QCOMPARE(state(*m_first).session.id, one.id);
        QCOMPARE(state(*m_first).expectedMinor, 13000);
        QCOMPARE(state(*m_second).session.id, two.id);
        QCOMPARE(state(*m_second).expectedMinor, 26000);
        QVERIFY(m_first->clinic.clinic->performNow(services::CloseCashDrawer{13000, {}}));
        sync(*m_first);
        pull(*m_second);
        QVERIFY(!state(*m_first).open); // and the other's is not its to take from
        QCOMPARE(pay(*m_first, invoice.id, 1, domain::PaymentMethod::Cash).error().code,
                 ErrorCode::MoreThanOwed);
        QVERIFY(m_second->clinic.clinic->performNow(services::CloseCashDrawer{26000, {}}));
        QVERIFY(!state(*m_second).open);
    }

    // A line that another PC adds to the draft stays off the invoice that was issued from it meanwhile,
    // whichever comes first; a person sees what is left.
    void lateLinesStayOffTheInvoice_data()
    {
        QTest::addColumn<bool>("issuedFirst");
        QTest::newRow("issued first") << true;
        QTest::newRow("added first") << false;
    }
    void lateLinesStayOffTheInvoice()
    {
        QFETCH(bool, issuedFirst);
        services::SaveInvoice save;
        save.invoice.patientId = m_ann.id;
        save.lines = {line(QStringLiteral("Consultation"), 10000)};
        const auto draft = must(m_first->clinic.clinic->performNow(save));
        sync(*m_first);
        pull(*m_second);
        const auto seen = detail(*m_first, draft.id);
        const auto issued =
            must(m_first->clinic.clinic->performNow(services::IssueInvoice{seen.view.invoice, seen.lines}));
        const QStringList printed = lines(*m_first, issued.id);
        QCOMPARE(issued.totalMinor, 10000);
        auto other = detail(*m_second, draft.id);
        other.lines << line(QStringLiteral("Dressing"), 5000);
        QVERIFY(m_second->clinic.clinic->performNow(
            services::SaveInvoice{other.view.invoice, other.lines, seen.lineIds()}));
        flagged(issuedFirst ? *m_first : *m_second, {});
        flagged(issuedFirst ? *m_second : *m_first, "issued-meanwhile");
        told(QStringLiteral("issued-meanwhile"));
        for (Pc *pc : {m_first.get(), m_second.get()}) {
            QCOMPARE(lines(*pc, issued.id), printed);
            QCOMPARE(detail(*pc, issued.id).view.invoice.totalMinor, 10000);
            QCOMPARE(detail(*pc, issued.id).view.invoice.number, issued.number);
            const auto left = detail(*pc, draft.id);
            QCOMPARE(lines(*pc, draft.id), QStringList{QStringLiteral("Dressing 5000")});
            QCOMPARE(left.view.invoice.state, domain::InvoiceState::Draft);
            QCOMPARE(left.view.invoice.totalMinor, 5000);
            QCOMPARE(left.view.invoice.number, issued.number); // what it was left by
            QCOMPARE(must(pc->clinic.clinic->answerNow(services::Invoices{})).size(), 2);
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM conflict WHERE resolved=0"), 0);
        }
        // Issued by itself, and nothing is asked again.
        const auto left = detail(*m_second, draft.id);
        const auto rest = must(m_second->clinic.clinic->performNow(
            services::IssueInvoice{left.view.invoice, left.lines, left.lineIds()}));
        QCOMPARE(rest.totalMinor, 5000);
        flagged(*m_second, {});
        QCOMPARE(must(m_second->clinic.clinic->answerNow(services::Invoices{})).size(), 2);
    }

    // Both issue the draft: both papers exist, so both are kept.
    void issuedAtTwoDesks()
    {
        services::SaveInvoice save;
        save.invoice.patientId = m_ann.id;
        save.lines = {line(QStringLiteral("Consultation"), 10000)};
        const auto draft = must(m_first->clinic.clinic->performNow(save));
        sync(*m_first);
        pull(*m_second);
        QList<Id> issued;
        for (Pc *pc : {m_first.get(), m_second.get()}) {
            const auto seen = detail(*pc, draft.id);
            issued << must(pc->clinic.clinic->performNow(
                               services::IssueInvoice{seen.view.invoice, seen.lines, seen.lineIds()}))
                          .id;
        }
        flagged(*m_first, {});
        flagged(*m_second, "issued-twice");
        told(QStringLiteral("issued-twice"));
        for (Pc *pc : {m_first.get(), m_second.get()}) {
            for (const Id &id : std::as_const(issued))
                QCOMPARE(lines(*pc, id), QStringList{QStringLiteral("Consultation 10000")});
            QVERIFY(lines(*pc, draft.id).isEmpty());
        }
    }

    // A form that was opened before the draft was issued does not bill its lines again.
    void aFormFromBeforeIsRefused()
    {
        services::SaveInvoice save;
        save.invoice.patientId = m_ann.id;
        save.lines = {line(QStringLiteral("Consultation"), 10000)};
        const auto draft = must(m_first->clinic.clinic->performNow(save));
        sync(*m_first);
        pull(*m_second);
        const auto before = detail(*m_second, draft.id);
        const auto seen = detail(*m_first, draft.id);
        QVERIFY(m_first->clinic.clinic->performNow(services::IssueInvoice{seen.view.invoice, seen.lines}));
        sync(*m_first);
        pull(*m_second);
        QCOMPARE(m_second->clinic.clinic
                     ->performNow(services::SaveInvoice{before.view.invoice, before.lines, before.lineIds()})
                     .error()
                     .code,
                 ErrorCode::Frozen);
        QCOMPARE(m_second->clinic.clinic
                     ->performNow(services::IssueInvoice{before.view.invoice, before.lines, before.lineIds()})
                     .error()
                     .code,
                 ErrorCode::Frozen);
    }

    // A line that came while the form was open is not the form's to take off or to bill.
    void whatWasNotShownStays()
    {
        services::SaveInvoice save;
        save.invoice.patientId = m_ann.id;
        save.lines = {line(QStringLiteral("Consultation"), 10000)};
        const auto draft = must(m_first->clinic.clinic->performNow(save));
        sync(*m_first);
        pull(*m_second);
        const auto shown = detail(*m_first, draft.id);
        auto other = detail(*m_second, draft.id);
        other.lines << line(QStringLiteral("Dressing"), 5000);
        QVERIFY(m_second->clinic.clinic->performNow(
            services::SaveInvoice{other.view.invoice, other.lines, other.lineIds()}));
        sync(*m_second);
        pull(*m_first);
        const auto issued = must(m_first->clinic.clinic->performNow(
            services::IssueInvoice{shown.view.invoice, shown.lines, shown.lineIds()}));
        QCOMPARE(lines(*m_first, issued.id), QStringList{QStringLiteral("Consultation 10000")});
        QCOMPARE(lines(*m_first, draft.id), QStringList{QStringLiteral("Dressing 5000")});
    }
};

int main(int argc, char **argv)
{
    return test::run<TstMoney, QCoreApplication>(argc, argv);
}

#include "tst_money.moc"
