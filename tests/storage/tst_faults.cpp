// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "storage/auditlog.h"
#include "storage/searchkeys.h"
#include "support/faultvfs.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <functional>

using namespace clinic;
using namespace clinic::test;

namespace {

struct UseCase
{
    const char *name;
    std::function<bool(TestClinic &)> run; // true = the service said it is stored
    QByteArray evidence;                   // counts what the use case adds
};

domain::Appointment sampleAppointment(TestClinic &t, const Id &patient)
{
    domain::Appointment a;
    a.patientId = patient;
    auto q = t.database->writerConnection().query(
        "SELECT id FROM resource WHERE kind='practitioner' ORDER BY rid LIMIT 1");
    a.practitionerId = q.next() ? q.id(0) : Id{};
    a.startAt = t.clock.todayAt(10);
    return a;
}

services::RegisterPatient sampleRegistration()
{
    services::RegisterPatient intent;
    intent.patient.familyName = QStringLiteral("Fault");
    intent.patient.givenName = QStringLiteral("Tolerant");
    intent.patient.phone = QStringLiteral("0825550101");
    intent.patient.birthDate = *PartialDate::create(1990, 1, 1);
    domain::Identifier id;
    id.value = QStringLiteral("9001015800087");
    intent.identifiers << id;
    return intent;
}

Id firstPatient(TestClinic &t)
{
    auto q = t.database->writerConnection().query("SELECT id FROM patient ORDER BY rid LIMIT 1");
    return q.next() ? q.id(0) : Id{};
}

QList<UseCase> useCases()
{
    return {
        {"register", [](TestClinic &t) { return t.clinic->performNow(sampleRegistration()).has_value(); },
         "SELECT (SELECT count(*) FROM patient WHERE family_name='Fault')*1000 + (SELECT count(*) FROM "
         "identifier WHERE value='9001015800087')*100"
         " + (SELECT count(*) FROM outbox WHERE intention='register-patient' AND changes=2)*10 + (SELECT "
         "count(*) FROM search_key WHERE key='tolerant')"},
        {"book",
         [](TestClinic &t) {
             return t.clinic->performNow(services::BookAppointment{sampleAppointment(t, firstPatient(t))})
                 .has_value();
         },
         "SELECT (SELECT count(*) FROM appointment)*100 + (SELECT count(*) FROM appointment_event)*10 + "
         "(SELECT count(*) FROM outbox WHERE intention='book-appointment')"},
        {"invoice",
         [](TestClinic &t) {
             services::IssueInvoice issue;
             issue.invoice.patientId = firstPatient(t);
             domain::InvoiceLine line;
             line.description = QStringLiteral("Consultation");
             line.unitMinor = 11500;
             issue.lines << line;
             return t.clinic->performNow(issue).has_value();
         },
         "SELECT (SELECT count(*) FROM invoice WHERE state='issued')*100 + (SELECT count(*) FROM "
         "invoice_line)*10 + (SELECT count(*) FROM counter WHERE name='number/I/MN')"},
        {"open drawer",
         [](TestClinic &t) { return t.clinic->performNow(services::OpenCashDrawer{10000}).has_value(); },
         "SELECT (SELECT count(*) FROM cash_session)*10 + (SELECT count(*) FROM outbox WHERE "
         "intention='open-cash-drawer')"},
    };
}

} // namespace

class TstFaults : public QObject
{
    Q_OBJECT

    // A set-up clinic copied for every run, because setting one up costs more than the case itself.
    void copyTo(const QString &path)
    {
        if (m_template.isEmpty()) {
            m_template = m_dir.filePath(QStringLiteral("template.db"));
            TestClinic t({m_template});
            t.signIn(QStringLiteral("administrator"));
            t.patient(QStringLiteral("First"), QStringLiteral("Patient"));
        }
        for (const char *suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(path + QString::fromLatin1(suffix));
        QVERIFY(QFile::copy(m_template, path));
    }

    // Sound, whatever happened: structure, audit chain, search keys.
    void verifySound(TestClinic &t)
    {
        QCOMPARE(t.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"), 1);
        const auto chain = storage::verifyAuditChain(t.database->writerConnection(), t.database->identity());
        QVERIFY(chain.has_value() && !chain->has_value());
        QCOMPARE(storage::countWrongSearchKeys(t.database->writerConnection()).value_or(-1), 0);
    }

    QTemporaryDir m_dir;
    QString m_template;

private Q_SLOTS:
    void initTestCase()
    {
        faultvfs::install();
        powercutvfs::install();
    }

    // Fail access i and all after it, for every i of every use case: after reopening it is all there or not
    // at all.
    void everyFailingAccessLeavesAllOrNothing_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = useCases();
        for (int i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << i;
    }
    void everyFailingAccessLeavesAllOrNothing()
    {
        QFETCH(int, index);
        const UseCase useCase = useCases()[index];
        const QString path = m_dir.filePath(QStringLiteral("fault.db"));
        qint64 nothing = -1;
        qint64 all = -1;
        { // once without faults, for what "all" means
            copyTo(path);
            TestClinic t({path});
            t.signIn(QStringLiteral("administrator"));
            nothing = t.number(useCase.evidence);
            QVERIFY(useCase.run(t));
            all = t.number(useCase.evidence);
            QVERIFY(all > nothing);
        }
        qint64 walked = 0;
        int refused = 0;
        int stored = 0;
        for (qint64 i = 1;; ++i) {
            copyTo(path);
            bool said = false;
            {
                faultvfs::failFrom(0);
                TestClinic t({path, "clinic-fault"});
                t.signIn(QStringLiteral("administrator"));
                faultvfs::failFrom(i);
                said = useCase.run(t);
                walked = i;
                if (!faultvfs::hasFailed()) {
                    QVERIFY(said);
                    break; // past the last access
                }
                faultvfs::failFrom(0);
            }
            TestClinic again({path});
            const qint64 found = again.number(useCase.evidence);
            QVERIFY2(found == all || found == nothing,
                     qPrintable(QStringLiteral("half done at access %1: %2").arg(i).arg(found)));
            if (said)
                QCOMPARE(found, all); // acknowledged means stored
            verifySound(again);
            (said ? stored : refused) += 1;
        }
        QVERIFY2(walked > 3, "the test walked no range");
        QVERIFY2(refused > 0, "no access ever failed the use case");
        qInfo("%s: %lld accesses failed one after the other, %d refused, %d stored", useCase.name,
              (long long)(walked - 1), refused, stored);
    }

    // Power fails in the middle of I/O and half of the unsynced sectors survive: nothing acknowledged is
    // lost.
    void powerCutsLoseNothingAcknowledged()
    {
        const auto outcome = cutMany(2, 150);
        QCOMPARE(outcome.lost, 0);
        QCOMPARE(outcome.damaged, 0);
        QVERIFY(outcome.cuts > 100);
        qInfo("%d cuts: nothing lost", outcome.cuts);
    }

    // The same with synchronous OFF must lose something, or the test above proves nothing.
    void theTestSeesLossWithoutSync()
    {
        const auto outcome = cutMany(0, 60);
        qInfo("%d cuts without sync: %d lost, %d damaged", outcome.cuts, outcome.lost, outcome.damaged);
        QVERIFY(outcome.lost + outcome.damaged > 0);
    }

private:
    struct CutOutcome
    {
        int cuts = 0;
        int lost = 0;
        int damaged = 0;
    };

    CutOutcome cutMany(int synchronous, int rounds)
    {
        CutOutcome outcome;
        const QString path = m_dir.filePath(QStringLiteral("cut.db"));
        FakeClock clock;
        for (int round = 0; round < rounds; ++round) {
            copyTo(path);
            powercutvfs::cutAt(0, 0);
            int acknowledged = 0;
            {
                storage::Database::Options options;
                options.path = path;
                options.vfs = "clinic-powercut";
                options.inlineExecutors = true;
                options.synchronous = synchronous;
                auto database = storage::Database::open(options, clock);
                if (!database)
                    qFatal("cannot open for the cut");
                // From here on accesses are counted; the cut comes somewhere in a few dozen commits.
                const qint64 at = 5 + (round * 37) % 240;
                powercutvfs::cutAt(at, quint32(round + 1));
                for (int n = 1; n <= 40 && !powercutvfs::isCut(); ++n) {
                    const auto stored = (*database)->transactLocal([&](storage::Connection &c) {
                        return c.exec("INSERT INTO local_state VALUES (?,?)", QStringLiteral("row-%1").arg(n),
                                      QString(600, u'x'));
                    });
                    if (stored && !powercutvfs::isCut())
                        acknowledged = n;
                    if (n % 12 == 0)
                        static_cast<void>(
                            (*database)->writerConnection().execScript("PRAGMA wal_checkpoint(TRUNCATE)"));
                }
                if (!powercutvfs::isCut())
                    continue;
            }
            ++outcome.cuts;
            powercutvfs::recover();
            storage::Database::Options options;
            options.path = path;
            options.inlineExecutors = true;
            auto database = storage::Database::open(options, clock);
            if (!database) {
                ++outcome.damaged;
                continue;
            }
            auto &c = (*database)->writerConnection();
            auto check = c.query("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'");
            if (!check.next() || check.integer(0) != 1)
                ++outcome.damaged;
            auto rows = c.query("SELECT count(*) FROM local_state WHERE \"key\" LIKE 'row-%'");
            if (!rows.next() || rows.integer(0) < acknowledged)
                ++outcome.lost;
        }
        return outcome;
    }
};

int main(int argc, char **argv)
{
    return test::run<TstFaults, QCoreApplication>(argc, argv);
}

#include "tst_faults.moc"
