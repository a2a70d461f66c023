// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/auditexport.h"
#include "services/admin/breach.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace clinic;
using namespace clinic::test;
using namespace clinic::services;

// What leaves the program as evidence, and whether it still is.
class TstAudit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aSignedExportIsWhatItWas()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const QByteArray content("Number,Who\r\n1,Clerk\r\n2,Doctor\r\n");
        const auto signature = t.clinic->performNow(SignAuditExport{content});
        QVERIFY(signature);
        const auto check = [&](const QByteArray &what, const QByteArray &by) {
            return t.clinic->answerNow(CheckAuditExport{what, by});
        };
        const auto found = *check(content, *signature);
        QVERIFY(found.isWhole && found.isOurs);
        QCOMPARE(found.by, t.clinic->session().displayName);
        QCOMPARE(found.device, t.database->identity().device);
        QCOMPARE(found.at, t.clock.nowMs());
        QCOMPARE(found.events, t.count("audit_event") - 1); // with the export's own event it is one longer
        // Any byte of the file, and everything the signature says.
        for (qsizetype at = 0; at < content.size(); ++at) {
            QByteArray changed = content;
            changed[at] = char(changed[at] ^ 1);
            QVERIFY(!check(changed, *signature)->isWhole);
        }
        const QJsonObject said = QJsonDocument::fromJson(*signature).object();
        int parts = 0;
        for (auto it = said.begin(); it != said.end(); ++it) {
            if (it.value().toString().isEmpty())
                continue;
            QJsonObject other = said;
            QString value = it.value().toString();
            value[0] = value[0] == u'A' ? u'B' : u'A';
            other.insert(it.key(), value);
            const auto forged = check(content, QJsonDocument(other).toJson());
            QVERIFY2(!forged || !forged->isWhole, qPrintable(it.key()));
            ++parts;
        }
        QVERIFY(parts >= 8);
        QCOMPARE(check(content, "no signature").error().code, ErrorCode::Invalid);

        // Another PC's is whole, and not this one's.
        TestClinic other;
        other.signIn(QStringLiteral("administrator"));
        const auto theirs = other.clinic->performNow(SignAuditExport{content});
        QVERIFY(check(content, *theirs)->isWhole && !check(content, *theirs)->isOurs);
        // The same key for the next one.
        QCOMPARE(check(content, *t.clinic->performNow(SignAuditExport{content}))->key, found.key);
    }

    // What an account could reach and did reach, and what a PC keeps.
    void whatWasInReach()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto first = t.patient(QStringLiteral("One"), QStringLiteral("Ada"));
        const auto second = t.patient(QStringLiteral("Two"), QStringLiteral("Ada"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(t.clinic->performNow(OpenPatient{first.id}));
        QVERIFY(t.clinic->performNow(OpenPatient{second.id}));
        QVERIFY(!t.clinic->performNow(SignAuditExport{})); // may not
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(t.clinic->performNow(OpenPatient{second.id}));
        const auto reach = t.clinic->answerNow(ReachOfAccount{QStringLiteral("Clerk"), 0});
        QVERIFY(reach);
        QCOMPARE(reach->reachable, t.count("patient"));
        QVERIFY(reach->isLetIn && !reach->hasSecondFactor);
        QVERIFY(reach->permissions.contains(QStringLiteral("patients.edit")));
        QVERIFY(!reach->permissions.contains(QStringLiteral("users.edit")));
        QCOMPARE(reach->signIns, 1);
        QCOMPARE(reach->refused, 1);
        QCOMPARE(reach->touched.size(), 2);
        QCOMPARE(reach->touched.first().number, first.number);
        QCOMPARE(reach->touched.first().opened, 3);
        QCOMPARE(reach->touched.first().changed, 1);
        QCOMPARE(reach->touched.last().opened, 1); // the administrator's look is not the clerk's
        QCOMPARE(reach->takenOut, 0);
        // What leaves without naming one patient counts as well: a list, a backup.
        for (const auto what : {domain::IntentionId::ExportPatients, domain::IntentionId::BackUp}) {
            t.clinic->noteProven(60'000);
            QVERIFY(
                t.clinic
                    ->performNow(NoteOutput{what, what == domain::IntentionId::BackUp ? "" : "patient", {}})
                    .has_value());
        }
        QCOMPARE(t.clinic->answerNow(ReachOfAccount{QStringLiteral("administrator"), 0})->takenOut, 2);
        // A printed invoice is its patient's, and no list.
        const auto third = t.patient(QStringLiteral("Three"), QStringLiteral("Ada"));
        IssueInvoice intent;
        intent.invoice.patientId = third.id;
        intent.lines << domain::InvoiceLine{};
        intent.lines.first().description = QStringLiteral("Dressing");
        intent.lines.first().unitMinor = 1000;
        intent.lines.first().quantity = 1;
        const auto invoice = t.clinic->performNow(intent);
        QVERIFY(invoice);
        QVERIFY(t.clinic->performNow(
            NoteOutput{domain::IntentionId::PrintBillingDocument, "invoice", invoice->id}));
        const auto printed = t.clinic->answerNow(ReachOfAccount{QStringLiteral("administrator"), 0});
        QCOMPARE(printed->takenOut, 2);
        const auto one = std::ranges::find(printed->touched, third.number, &Touched::number);
        QVERIFY(one != printed->touched.end());
        QCOMPARE(one->out, 1);
        QCOMPARE(one->changed, 2); // registered, and the invoice
        // Not before that day; not for everybody; and of nobody.
        QVERIFY(t.clinic->answerNow(ReachOfAccount{QStringLiteral("clerk"), t.clock.nowMs() + 1})
                    ->touched.isEmpty());
        QCOMPARE(t.clinic->answerNow(ReachOfAccount{QStringLiteral("nobody"), 0}).error().code,
                 ErrorCode::NotFound);
        const auto pc = t.clinic->answerNow(ReachOfDevice{});
        QVERIFY(pc);
        QCOMPARE(pc->scopes, QByteArray("*"));
        QCOMPARE(pc->patients, t.count("patient"));
        QVERIFY(pc->people.contains(QStringLiteral("clerk")) &&
                !pc->people.contains(QStringLiteral("nurse")));
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->answerNow(ReachOfDevice{}).error().code, ErrorCode::Forbidden);
    }

    void theChainIsCheckedForWhoeverMayLook()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        t.patient(QStringLiteral("One"), QStringLiteral("Ada"));
        const auto sound = t.clinic->answerNow(CheckAuditChain{});
        QVERIFY(sound && !sound->fault);
        QCOMPARE(sound->events, t.count("audit_event"));
        QCOMPARE(sound->signedUpTo, 0);
        auto &c = t.database->writerConnection();
        QVERIFY(c.execScript(
            "INSERT INTO maintenance VALUES (1,'test'); UPDATE audit_event SET role='viewer' WHERE "
            "n=5; DELETE FROM maintenance"));
        const auto broken = t.clinic->answerNow(CheckAuditChain{});
        QVERIFY(broken && broken->fault);
        QCOMPARE(broken->fault->n, 5);
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->answerNow(CheckAuditChain{}).error().code, ErrorCode::Forbidden);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstAudit, QCoreApplication>(argc, argv);
}

#include "tst_audit.moc"
