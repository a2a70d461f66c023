// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultvfs.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTemporaryDir>

using namespace clinic;
using namespace clinic::test;

class TstPowerCuts : public QObject
{
    Q_OBJECT

    // A set-up clinic copied for every run, because setting one up costs more than the case itself.
    void copyTo(const QString &path, const FileKey &key)
    {
        QString &from = m_templates[key.isNull() ? 0 : 1];
        if (from.isEmpty()) {
            from = m_dir.filePath(key.isNull() ? QStringLiteral("template.db") : QStringLiteral("sealed.db"));
            TestClinic t({.path = from, .key = key});
            t.signIn(QStringLiteral("administrator"));
            t.patient(QStringLiteral("First"), QStringLiteral("Patient"));
        }
        for (const char *suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(path + QString::fromLatin1(suffix));
        QVERIFY(QFile::copy(from, path));
    }

    QTemporaryDir m_dir;
    QString m_templates[2]; // in the clear, sealed
    FileKey m_key = FileKey::create();

private Q_SLOTS:
    void initTestCase() { powercutvfs::install(); }

    // Power fails in the middle of I/O and half of the unsynced sectors survive: nothing acknowledged is
    // lost.
    void powerCutsLoseNothingAcknowledged()
    {
        const auto outcome = cutMany(2, 150, {});
        QCOMPARE(outcome.lost, 0);
        QCOMPARE(outcome.damaged, 0);
        QVERIFY(outcome.cuts > 100);
        qInfo("%d cuts: nothing lost", outcome.cuts);
    }

    // Under the seal a half written page is not half a page but none: a thousand cuts, and every file opens.
    void powerCutsUnderTheSeal()
    {
        const auto outcome = cutMany(2, 1400, m_key);
        QCOMPARE(outcome.lost, 0);
        QCOMPARE(outcome.damaged, 0);
        QVERIFY(outcome.cuts >= 1000);
        qInfo("%d cuts: nothing lost", outcome.cuts);
    }

    void theSealLosesWithoutSyncAsWell()
    {
        const auto outcome = cutMany(0, 60, m_key);
        QVERIFY(outcome.lost + outcome.damaged > 0);
    }

    // The same with synchronous OFF must lose something, or the test above proves nothing.
    void theTestSeesLossWithoutSync()
    {
        const auto outcome = cutMany(0, 60, {});
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

    CutOutcome cutMany(int synchronous, int rounds, const FileKey &key)
    {
        CutOutcome outcome;
        const QString path = m_dir.filePath(QStringLiteral("cut.db"));
        FakeClock clock;
        for (int round = 0; round < rounds; ++round) {
            copyTo(path, key);
            powercutvfs::cutAt(0, 0);
            int acknowledged = 0;
            {
                storage::Database::Options options;
                options.path = path;
                options.vfs = "clinic-powercut";
                options.inlineExecutors = true;
                options.key = key;
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
            options.key = key;
            auto database = storage::Database::open(options, clock);
            if (!database) {
                if (synchronous == 2)
                    qInfo("round %d: %s", round, qPrintable(database.error().detail));
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
    return test::run<TstPowerCuts, QCoreApplication>(argc, argv);
}

#include "tst_powercuts.moc"
