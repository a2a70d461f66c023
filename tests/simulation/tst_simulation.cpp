// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/world.h"
#include "support/testmain.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

class TstSimulation : public QObject
{
    Q_OBJECT
    static constexpr int portion = 50;
    QMap<QString, int> m_counts;
    int m_histories = 0;

private Q_SLOTS:
    void init()
    {
        if (qstrcmp(QTest::currentTestFunction(), "everyFailingAccess") != 0) // a dying disk is warned of
            failOnAnyWarning();
    }

    // In portions, each with Qt Test's five minutes to itself.
    void everyHistoryConverges_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        const int last = qEnvironmentVariableIntValue("CLINICDESK_SEEDS") > 0
                             ? qEnvironmentVariableIntValue("CLINICDESK_SEEDS")
                             : 500;
        for (int from = qMax(1, qEnvironmentVariableIntValue("CLINICDESK_SEED")); from <= last;
             from += portion)
            QTest::addRow("from %d", from) << from << qMin(last, from + portion - 1);
    }
    void everyHistoryConverges()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        for (int seed = from; seed <= to; ++seed) {
            World world{quint64(seed)};
            const QString wrong = world.run(120);
            if (!wrong.isEmpty())
                qInfo().noquote() << world.history().join(u'\n');
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
            for (auto it = world.counts().begin(); it != world.counts().end(); ++it)
                m_counts[it.key()] += *it;
            ++m_histories;
        }
    }

    // The histories really had in them what they are about.
    void cleanupTestCase()
    {
        qInfo() << m_histories << m_counts;
        for (const char *kind :
             {"answer ok", "answer merged", "answer rejected", "answer flagged", "kept aside", "photo",
              "held", "put-back", "succeeded", "revoked", "replaced-200", "sealed-anew", "anonymised"})
            QVERIFY2(m_histories < 200 || m_counts.value(QString::fromLatin1(kind)) > 0, kind);
    }

    // I15: no outcome depends on a clock. The same histories, years apart, come to the same answers.
    void clocksDecideNothing()
    {
        for (quint64 seed = 1; seed <= 40; ++seed) {
            QMap<QString, int> answers[2];
            for (int late = 0; late < 2; ++late) {
                World world{seed};
                world.shiftClocks(late * 3 * 52 * 7LL * 86'400'000);
                const QString wrong = world.run(120);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
                answers[late] = world.counts();
            }
            if (answers[0] != answers[1])
                qInfo() << answers[0] << answers[1];
            QVERIFY2(answers[0] == answers[1], qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    // Fail the i-th answer of an exchange in every way, for every i.
    void everyFailingAnswer()
    {
        int walked = 0;
        for (int how = 0; how < int(World::Failure::Count); ++how) {
            for (int i = 1;; ++i) {
                World world{9};
                const QString wrong = world.exchangeFailing(i, World::Failure(how));
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QStringLiteral("answer %1 way %2: %3").arg(i).arg(how).arg(wrong)));
                if (i >= world.answers())
                    break;
                ++walked;
            }
        }
        qInfo("%d failing answers", walked);
        QVERIFY(walked > 60);
    }

    // Fail the i-th access of the disk while rows are pushed and pulled, and all after it until the PC is
    // started again, for every i.
    void everyFailingAccess()
    {
        int walked = 0;
        for (qint64 i = 1;; ++i) {
            World world{9};
            const QString wrong = world.exchangeOnDyingDisk(i);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("access %1: %2").arg(i).arg(wrong)));
            if (!world.diskFailed())
                break;
            ++walked;
        }
        qInfo("%d failing accesses", walked);
        QVERIFY(walked > 80);
    }

    void everyPlantedBugIsCaught_data()
    {
        QTest::addColumn<int>("bug");
        for (int bug = 1; bug < int(Bug::Count); ++bug)
            QTest::newRow(bugName(Bug(bug))) << bug;
    }
    void everyPlantedBugIsCaught()
    {
        QFETCH(int, bug);
        for (int seed = 1; seed <= 300; ++seed) {
            World world{quint64(seed), Bug(bug)};
            const QString wrong = world.run(120);
            if (!wrong.isEmpty()) {
                qInfo().noquote() << bugName(Bug(bug)) << "seed" << seed << wrong;
                return;
            }
        }
        QFAIL("not caught in 300 histories");
    }
};

int main(int argc, char **argv)
{
    return run<TstSimulation, QCoreApplication>(argc, argv);
}
#include "tst_simulation.moc"
