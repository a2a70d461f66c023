// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/datafolder.h"

#include "core/filewriter.h"
#include "support/faultcalls.h"
#include "support/must.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <sqlite3.h>
#include <tuple>

using namespace clinic;
using namespace clinic::test;
using namespace clinic::server;
using faultcalls::Strike;

// A restore of the server is cut off or fails at any change it makes to a file: the database that was there
// keeps everything that was committed, in its log too, or the copy is in its place and the old one beside it.
class TstDataFolder : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    static constexpr int inFile = 5;
    static constexpr int inLog = 7; // of them the last one is not read by who looks on
    static constexpr int inCopy = 3;

    [[nodiscard]] QString base() const { return m_dir.filePath(QStringLiteral("base")); }
    [[nodiscard]] QString work() const { return m_dir.filePath(QStringLiteral("work")); }
    [[nodiscard]] QString copy() const { return m_dir.filePath(QStringLiteral("copy.db")); }
    [[nodiscard]] QString database() const { return work() + QStringLiteral("/server.db"); }

    static sqlite3 *open(const QString &path)
    {
        sqlite3 *handle = nullptr;
        return sqlite3_open(path.toUtf8().constData(), &handle) == SQLITE_OK ? handle : nullptr;
    }
    static bool run(sqlite3 *handle, const QByteArray &sql)
    {
        return sqlite3_exec(handle, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    static bool add(sqlite3 *handle, int rows)
    {
        bool done = true;
        for (int i = 0; i < rows; ++i)
            done = run(handle, "INSERT INTO record VALUES (hex(randomblob(600)))") && done;
        return done;
    }
    static bool begin(sqlite3 *handle)
    {
        return run(handle,
                   "PRAGMA journal_mode=WAL; CREATE TABLE server_schema (version); CREATE TABLE record "
                   "(value); CREATE TABLE hospital (name); INSERT INTO hospital VALUES ('One'); "
                   "INSERT INTO server_schema VALUES (1)");
    }
    // -1: it is no database any more.
    static int rowsIn(const QString &path)
    {
        sqlite3 *handle = open(path);
        int rows = -1;
        sqlite3_exec(
            handle, "SELECT count(*) FROM record",
            [](void *out, int, char **values, char **) {
                *static_cast<int *>(out) = QByteArray(values[0]).toInt();
                return 0;
            },
            &rows, nullptr);
        sqlite3_close(handle);
        return rows;
    }
    void fillWork() const
    {
        QDir(work()).removeRecursively();
        QVERIFY(QDir().mkpath(work()));
        for (const char *suffix : {"", "-wal"})
            QVERIFY(QFile::copy(base() + QStringLiteral("/server.db") + QLatin1StringView(suffix),
                                database() + QLatin1StringView(suffix)));
    }
    // Somebody reads what was there before the last commit: the log cannot go into the file. Ends as a
    // program does that is killed.
    void restoreInChild(qint64 n, Strike strike) const
    {
        faultcalls::strikeAt(0);
        sqlite3 *reader = open(database());
        if (!run(reader, "BEGIN; SELECT count(*) FROM record"))
            qFatal("nobody reads");
        sqlite3 *writer = open(database());
        if (!add(writer, 1))
            qFatal("nobody writes");
        faultcalls::strikeAt(n, strike);
        const auto done = restoreDatabase(copy(), database(), [](const QString &) { return Result<void>(); });
        const qint64 changes = faultcalls::changes();
        faultcalls::strikeAt(0);
        must(writeFile(work() + QStringLiteral("/told"),
                       (done ? "done " : "failed ") + QByteArray::number(changes)));
    }
    [[nodiscard]] QList<QByteArray> told() const
    {
        QFile file(work() + QStringLiteral("/told"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ') : QList<QByteArray>{"killed", "0"};
    }
    // What is wrong after it; empty = nothing.
    [[nodiscard]] QString fault(const QByteArray &outcome) const
    {
        must(finishRestore(QDir(work()), database()));
        const QStringList asides =
            QDir(work()).entryList({QStringLiteral("server.db.before-restore-*")}, QDir::Files, QDir::Name);
        const int present = rowsIn(database());
        constexpr int all = inFile + inLog;
        if (present != all && present != inCopy)
            return QStringLiteral("%1 rows").arg(present);
        if (present == all)
            return outcome == "done" ? QStringLiteral("said to be done") : QString();
        const int before =
            asides.isEmpty() ? -2 : rowsIn(work() + u'/' + asides.first()); // the log's name sorts after it
        return before == all ? QString() : QStringLiteral("%1 rows before").arg(before);
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        faultcalls::strikeAt(0);
    }

    void initTestCase()
    {
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QVERIFY(QDir().mkpath(base()));
        sqlite3 *handle = open(copy());
        QVERIFY(begin(handle) && add(handle, inCopy));
        sqlite3_close(handle);
        QVERIFY(faultcalls::runsToItsEnd([this] {
            sqlite3 *left = open(base() + QStringLiteral("/server.db"));
            if (!begin(left) || !add(left, inFile) || !run(left, "PRAGMA wal_checkpoint(TRUNCATE)") ||
                !add(left, inLog - 1))
                qFatal("no database");
        }));
        QVERIFY(QFileInfo(base() + QStringLiteral("/server.db-wal")).size() > 0);
    }

    void everyCutOfARestore_data()
    {
        QTest::addColumn<int>("strike");
        QTest::newRow("killed") << int(Strike::Kill);
        QTest::newRow("one fails") << int(Strike::Once);
        QTest::newRow("no room") << int(Strike::Full);
    }
    void everyCutOfARestore()
    {
        QFETCH(int, strike);
        fillWork();
        QVERIFY(faultcalls::runsToItsEnd([&] { restoreInChild(0, Strike::Once); }));
        QCOMPARE(told().first(), QByteArray("done"));
        QCOMPARE(fault("done"), QString());
        QVERIFY(QFile::exists(work() + u'/' +
                              QDir(work())
                                  .entryList({QStringLiteral("server.db.before-restore-*-wal")}, QDir::Files)
                                  .value(0)));
        const qint64 all = told().value(1).toLongLong();
        QVERIFY(all > 20);
        QStringList lost;
        int cut = 0;
        for (qint64 n = 1; n <= all; ++n) {
            fillWork();
            std::ignore = faultcalls::runsToItsEnd([&] { restoreInChild(n, Strike(strike)); });
            cut += told().first() != "done";
            if (const QString wrong = fault(told().first()); !wrong.isEmpty())
                lost << QStringLiteral("%1 (%2): %3").arg(n).arg(QString::fromLatin1(told().first()), wrong);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
        QVERIFY(cut > 10);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstDataFolder, QCoreApplication>(argc, argv);
}

#include "tst_datafolder.moc"
