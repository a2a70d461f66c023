// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/backups.h"

#include "core/filewriter.h"
#include "core/fold.h"
#include "services/admin/accounts.h"
#include "storage/backup.h"
#include "storage/copying.h"
#include "storage/migrator.h"
#include "storage/sealedvfs.h"
#include "storage/searchkeys.h"
#include "support/faultcalls.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <future>

using namespace clinic;
using namespace clinic::test;
using faultcalls::Strike;
using services::BackupState;

// The daily backups: what counts as one here and in the second place, and whose they are.
class TstBackups : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    [[nodiscard]] QString place(const QString &name) const { return m_dir.filePath(name); }
    static BackupState backedUp(services::Clinic &clinic, const QString &folder, const QString &second)
    {
        QObject context;
        BackupState state;
        bool isDone = false;
        services::backUpIfDue(clinic, &context, folder, second, 3, [&](const BackupState &now) {
            state = now;
            isDone = true;
        });
        while (!isDone)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return state;
    }
    static QStringList backupsIn(const QString &folder)
    {
        return QDir(folder).entryList({QStringLiteral("clinic-*.db")}, QDir::Files, QDir::Name);
    }
    // Why somebody could not restore what lies there; empty = everything can be.
    static QString faultIn(const QString &folder)
    {
        for (const QString &name : backupsIn(folder)) {
            const QString file = folder + u'/' + name;
            if (storage::lookAtCheck(file) != storage::CheckState::Fits)
                return name + QStringLiteral(": checksum");
            if (!isKept(keyFileOf(file)))
                return name + QStringLiteral(": keys");
        }
        return {};
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        faultcalls::strikeAt(0);
        QLoggingCategory::setFilterRules({});
    }

    // A copy whose keys or checksum never arrived opens for nobody, or may be anything: the next run
    // completes it.
    void theSecondPlaceHasEverything()
    {
        const QString path = place(QStringLiteral("whole.db"));
        must(writeTwice(keyFileOf(path), "keys"));
        TestClinic t({.path = path, .key = FileKey::create()});
        const QString folder = place(QStringLiteral("whole"));
        const QString second = place(QStringLiteral("whole-second"));
        const BackupState first = backedUp(*t.clinic, folder, second);
        QVERIFY(!first.failed && first.isNew && first.secondPlace);
        const QString own = services::folderInSecondPlace(second, t.database->identity().device);
        QCOMPARE(t.number("SELECT count(*) FROM audit_event WHERE intention='back-up' AND outcome='ok'"), 1);
        QCOMPARE(backupsIn(own).size(), 1);
        QCOMPARE(faultIn(own), QString());
        const QString copy = own + u'/' + backupsIn(own).first();
        const QList<QStringList> lost{
            {keyFileOf(copy), secondCopyOf(keyFileOf(copy))}, {storage::checkFileOf(copy)}, {copy}};
        for (const QStringList &files : lost) {
            for (const QString &file : files)
                QVERIFY(QFile::remove(file));
            const BackupState next = backedUp(*t.clinic, folder, second);
            QVERIFY(!next.failed && !next.isNew && next.secondPlace);
            QCOMPARE(backupsIn(own).size(), 1);
            QCOMPARE(faultIn(own), QString());
        }
        // One here without its checksum is none either, and another is made.
        QVERIFY(QFile::remove(storage::checkFileOf(folder + u'/' + backupsIn(folder).first())));
        t.clock.advanceMinutes(1);
        const BackupState last = backedUp(*t.clinic, folder, second);
        QVERIFY(!last.failed && last.isNew && last.secondPlace);
        QCOMPARE(faultIn(own), QString());
    }

    // Where clocks are put back an hour is on the wall twice: its backups have names of their own, in order.
    void theRepeatedHourHasTwoNames()
    {
        const QByteArray before = qgetenv("TZ");
        const auto restore = qScopeGuard([&before] {
            qputenv("TZ", before);
            tzset();
        });
        qputenv("TZ", "Europe/Berlin"); // back from three to two o'clock on 25 October 2026
        tzset();
        TestClinic t(
            {.path = place(QStringLiteral("repeated.db")), .timeZone = QStringLiteral("Europe/Berlin")});
        const auto nameAt = [&](const char *utc, const QString &folder) {
            t.clock.set(QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate).toMSecsSinceEpoch());
            const BackupState state = backedUp(*t.clinic, folder, {});
            return state.isNew ? QFileInfo(state.lastFile).fileName() : QString();
        };
        const QString one = nameAt("2026-10-25T00:30:00Z", place(QStringLiteral("repeated-one")));
        const QString two = nameAt("2026-10-25T01:30:00Z", place(QStringLiteral("repeated-two")));
        QCOMPARE(one, QStringLiteral("clinic-20261025-003000Z.db"));
        QCOMPARE(two, QStringLiteral("clinic-20261025-013000Z.db"));
        QVERIFY(one < two);
        // And it is known when each was made.
        t.clock.advanceMinutes(60);
        QCOMPARE(backedUp(*t.clinic, place(QStringLiteral("repeated-two")), {}).lastGoodAt,
                 t.clock.nowMs() - 3'600'000);
    }

    // A program that ended during a backup leaves a partial one, which goes once a whole one is made; one
    // that may still be written stays.
    void aPartialBackupGoes()
    {
        TestClinic t({.path = place(QStringLiteral("partial.db"))});
        const QString folder = place(QStringLiteral("partial"));
        QVERIFY(QDir().mkpath(folder));
        const auto leave = [&](const char *name, int hoursAgo) {
            QFile file(folder + u'/' + QString::fromLatin1(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("pages") == 5 && file.flush());
            const QDateTime at = QDateTime::fromMSecsSinceEpoch(t.clock.nowMs()).addSecs(-3600 * hoursAgo);
            QVERIFY(file.setFileTime(at, QFileDevice::FileModificationTime));
        };
        leave("clinic-20200101-080000Z.db.partial", 30);
        leave("clinic-20200101-080000Z.db.partial-wal", 30);
        leave("clinic-20200102-080000Z.db.partial", 1);
        leave("notes.partial", 30);
        QVERIFY(backedUp(*t.clinic, folder, {}).isNew);
        const QStringList left =
            QDir(folder).entryList({QStringLiteral("*.partial*")}, QDir::Files, QDir::Name);
        QCOMPARE(left, QStringList({QStringLiteral("clinic-20200102-080000Z.db.partial"),
                                    QStringLiteral("notes.partial")}));
    }

    // No screen waits for a backup, nor a backup for a screen: work on files has a thread of its own.
    void screensReadDuringABackup()
    {
        TestClinic t({.path = place(QStringLiteral("busy.db")), .threads = true});
        QObject context;
        {
            std::promise<void> mayGoOn;
            t.database->reader().post([until = mayGoOn.get_future().share()] { until.wait(); });
            bool isMade = false;
            services::backUpIfDue(*t.clinic, &context, place(QStringLiteral("busy")), {}, 3,
                                  [&](const BackupState &made) { isMade = made.isNew && !made.failed; });
            const bool isMadeMeanwhile = QTest::qWaitFor([&] { return isMade; }, 60'000);
            mayGoOn.set_value();
            QVERIFY(isMadeMeanwhile);
        }
        std::promise<void> mayGoOn;
        t.database->fileReader().post([until = mayGoOn.get_future().share()] { until.wait(); });
        bool isAnswered = false;
        t.clinic->ask(&context, services::Users{},
                      [&](const auto &users) { isAnswered = users.has_value(); });
        QTRY_VERIFY(isAnswered);
        mayGoOn.set_value();
    }

    // The second place is set for the hospital: each PC keeps and removes its own there.
    void eachPcHasItsFolder()
    {
        const QString second = place(QStringLiteral("shared"));
        QVERIFY(QDir().mkpath(second));
        const QString old = second + QStringLiteral("/clinic-20200101-080000.db"); // of an older version
        must(writeFile(old, "somebody's"));
        TestClinic one({.path = place(QStringLiteral("one.db"))});
        TestClinic two({.path = place(QStringLiteral("two.db"))});
        for (int day = 0; day < 5; ++day) {
            QVERIFY(backedUp(*one.clinic, place(QStringLiteral("one")), second).secondPlace);
            if (day == 0)
                QVERIFY(backedUp(*two.clinic, place(QStringLiteral("two")), second).secondPlace);
            one.clock.advanceMinutes(24 * 60);
        }
        const QString ones = services::folderInSecondPlace(second, one.database->identity().device);
        const QString twos = services::folderInSecondPlace(second, two.database->identity().device);
        QVERIFY(ones != twos);
        QCOMPARE(backupsIn(ones).size(), 3);
        QCOMPARE(backupsIn(twos).size(), 1);
        QVERIFY(QFile::exists(old));
    }

    // The clock of a PC with an empty battery: what it makes goes by a name before all others, and is not the
    // one that is removed.
    void aClockThatIsBehind()
    {
        TestClinic t({.path = place(QStringLiteral("behind.db"))});
        const QString folder = place(QStringLiteral("behind"));
        const QString second = place(QStringLiteral("behind-second"));
        const QString own = services::folderInSecondPlace(second, t.database->identity().device);
        for (int day = 0; day < 4; ++day) {
            QVERIFY(backedUp(*t.clinic, folder, second).isNew);
            t.clock.advanceMinutes(24 * 60);
        }
        const QStringList before = backupsIn(folder);
        QCOMPARE(before.size(), 3);
        constexpr qint64 days = 24 * 3'600'000LL;
        t.clock.setWallClockAhead(-2200 * days);
        const BackupState first = backedUp(*t.clinic, folder, second);
        QVERIFY(first.isNew && first.secondPlace);
        QCOMPARE(first.lastGoodAt, t.clock.nowMs());
        QVERIFY(QFile::exists(first.lastFile));
        QVERIFY(backupsIn(own).contains(QFileInfo(first.lastFile).fileName()));
        t.clock.advanceMinutes(60);
        const BackupState next = backedUp(*t.clinic, folder, second); // not again with every hour
        QVERIFY(!next.isNew);
        QCOMPARE(next.lastFile, first.lastFile);
        for (int day = 0; day < 5; ++day) {
            t.clock.advanceMinutes(24 * 60);
            const BackupState state = backedUp(*t.clinic, folder, second);
            QVERIFY(state.isNew && QFile::exists(state.lastFile));
        }
        // As many as are kept of that time, and those of before.
        for (const QString &name : before)
            QVERIFY(backupsIn(folder).contains(name) && backupsIn(own).contains(name));
        QCOMPARE(backupsIn(folder).size(), 6);
        QCOMPARE(backupsIn(own).size(), 6);
        // A few days behind: between the names that are there.
        t.clock.setWallClockAhead(-7 * days);
        const BackupState between = backedUp(*t.clinic, folder, {});
        QVERIFY(QFile::exists(between.lastFile));
        // The clock is right again: the newest by name are kept.
        t.clock.setWallClockAhead(0);
        const BackupState right = backedUp(*t.clinic, folder, second);
        QVERIFY(right.isNew && QFile::exists(right.lastFile));
        QCOMPARE(backupsIn(folder).size(), 3);
        QCOMPARE(backupsIn(own).size(), 3);
        QCOMPARE(right.lastFile, folder + u'/' + backupsIn(folder).last());
    }

    // One backup with a name of years ahead, and one that somebody named: neither is today's, and neither
    // takes the place of those of the last days.
    void aClockThatWasAhead()
    {
        TestClinic t({.path = place(QStringLiteral("ahead.db"))});
        const QString folder = place(QStringLiteral("ahead"));
        const QString second = place(QStringLiteral("ahead-second"));
        constexpr qint64 days = 24 * 3'600'000LL;
        t.clock.setWallClockAhead(9 * 365 * days);
        const QString ahead = QFileInfo(backedUp(*t.clinic, folder, second).lastFile).fileName();
        t.clock.setWallClockAhead(0);
        const QString named = folder + QStringLiteral("/clinic-of-the-move.db");
        must(copyFile(folder + u'/' + ahead, named));
        must(writeFile(storage::checkFileOf(named), "a sum"));
        QStringList made;
        for (int hour = 0; hour < 6 * 24; ++hour) {
            const BackupState state = backedUp(*t.clinic, folder, second);
            QVERIFY(QFile::exists(state.lastFile));
            if (state.isNew)
                made << QFileInfo(state.lastFile).fileName();
            t.clock.advanceMinutes(60);
        }
        QVERIFY2(made.size() <= 7, QByteArray::number(made.size()));
        const QString own = services::folderInSecondPlace(second, t.database->identity().device);
        for (const QString &place : {folder, own}) {
            for (const QString &name : made.last(3) + QStringList{ahead})
                QVERIFY2(backupsIn(place).contains(name), qPrintable(name));
        }
        QCOMPARE(backupsIn(own).size(), 4);
        QVERIFY(QFile::exists(named));
    }

    // What a file was before a newer program changed it stays beside it, and opens.
    void theFileBeforeAMigrationIsKept()
    {
        const QString path = place(QStringLiteral("older.db"));
        const FileKey key = FileKey::create();
        const int before = storage::schemaVersion() - 1;
        {
            auto c = storage::Connection::open(path, storage::Connection::Mode::ReadWrite, {}, key);
            QVERIFY(c.has_value());
            must(storage::beginFile(**c));
            must((*c)->execScript(
                "CREATE TABLE migration (version INTEGER PRIMARY KEY, minimum_reader INTEGER NOT NULL, "
                "hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"));
            for (const storage::Migration &m : storage::migrations()) {
                if (m.version > before)
                    break;
                must((*c)->execScript(m.sql));
                must((*c)->exec("INSERT INTO migration VALUES (?,?,?,0)", m.version, m.minimumReader,
                                m.version == 2 ? QStringLiteral("somebody changed it")
                                               : QString::fromLatin1(m.hash)));
            }
            must((*c)->execScript("PRAGMA user_version=" + QByteArray::number(before)));
        }
        FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        options.key = key;
        const auto database = storage::Database::open(options, clock);
        QVERIFY(database.has_value());
        QCOMPARE(must(storage::fileVersion((*database)->writerConnection())), before + 1);
        const QString copy = path + QStringLiteral(".before-schema-%1").arg(before + 1);
        auto kept = storage::Connection::open(copy, storage::Connection::Mode::ReadOnly, {}, key);
        QVERIFY(kept.has_value());
        QCOMPARE(must(storage::fileVersion(**kept)), before);
        storage::Query q = (*kept)->query("PRAGMA integrity_check");
        QVERIFY(q.next());
        QCOMPARE(q.text(0), QStringLiteral("ok"));
        QVERIFY(!storage::sealedvfs::isPlain(copy));
        // Which migration was another one is told.
        const auto report = storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
        QVERIFY(report && report->isSound());
        QCOMPARE(report->notes, QStringList{QStringLiteral("migration 2 was not the one of this program")});
    }

    // Another version of the library that folds names makes other keys: no fault of the file, and the next
    // start makes them anew.
    void anotherLibraryMakesItsKeys()
    {
        const QString path = place(QStringLiteral("folded.db"));
        FakeClock clock;
        {
            TestClinic t({.path = path});
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
            auto &c = t.database->writerConnection();
            QCOMPARE(must(storage::tablesOfSearchKeys(c)), foldingTables());
            must(c.execScript("UPDATE search_doc SET names=' zooma thandi '; DELETE FROM search_key"));
            const auto damaged = storage::checkDatabase(c, t.database->identity());
            QVERIFY(damaged && !damaged->isSound());
            must(c.execScript("UPDATE local_state SET value='ICU 1.0' WHERE \"key\"='folding-tables'"));
            const auto old = storage::checkDatabase(c, t.database->identity());
            QVERIFY(old && old->isSound());
            QCOMPARE(old->notes.size(), 1);
            QVERIFY(!backedUp(*t.clinic, place(QStringLiteral("folded")), {}).failed);
        }
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        const auto database = storage::Database::open(options, clock);
        QVERIFY(database.has_value());
        auto &c = (*database)->writerConnection();
        QCOMPARE(must(storage::tablesOfSearchKeys(c)), foldingTables());
        QCOMPARE(must(storage::countWrongSearchKeys(c)), 0);
    }

    // A bit that flips in the log is told while there are commits behind it; a log that a power cut ended is
    // none of that.
    void aDamagedLogIsTold_data()
    {
        QTest::addColumn<bool>("isSealed");
        QTest::newRow("in the clear") << false;
        QTest::newRow("sealed") << true;
    }
    void aDamagedLogIsTold()
    {
        QFETCH(bool, isSealed);
        const FileKey key = isSealed ? FileKey::create() : FileKey();
        const QString path = place(isSealed ? QStringLiteral("log-sealed.db") : QStringLiteral("log.db"));
        const QString work =
            place(isSealed ? QStringLiteral("log-work-sealed.db") : QStringLiteral("log-work.db"));
        QByteArray content;
        QByteArray log;
        const auto read = [](const QString &name) {
            QFile file(name);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        {
            TestClinic t({.path = path, .key = key});
            must(t.database->writerConnection().execScript("PRAGMA wal_checkpoint(TRUNCATE)"));
            for (int i = 0; i < 8; ++i)
                t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
            content = read(path); // as a crash leaves it
            log = read(path + QStringLiteral("-wal"));
        }
        constexpr qsizetype frame = 24 + 4096;
        const qsizetype frames = (log.size() - 32) / frame;
        QVERIFY(frames > 20);
        storage::Database::Options options;
        options.path = work;
        options.inlineExecutors = true;
        options.key = key;
        FakeClock clock;
        const auto opened = [&](const QByteArray &wal, bool readOnly) {
            options.readOnly = readOnly;
            must(writeFile(work, content));
            must(writeFile(work + QStringLiteral("-wal"), wal));
            QFile::remove(work + QStringLiteral("-shm"));
            const auto database = storage::Database::open(options, clock);
            return database ? Result<void>() : fail(database);
        };
        const auto copies = [&] {
            return QDir(m_dir.path()).entryList({QFileInfo(work).fileName() + QStringLiteral("-damaged-*")});
        };
        // Cut off anywhere, or the last commit half written: nothing to tell.
        for (const qsizetype left : {frames - 1, frames / 2, qsizetype(1)})
            must(opened(log.left(32 + left * frame + 100), false));
        QByteArray half = log;
        half[half.size() - 50] = char(~half[half.size() - 50]);
        must(opened(half, false));
        QCOMPARE(copies(), QStringList());
        // In the header of the log, of a frame, in a page; of the first frame and of one in the middle.
        for (const qsizetype at : {qsizetype(17), qsizetype(5), qsizetype(32 + 2), qsizetype(32 + 9),
                                   32 + frames / 3 * frame + 17, 32 + frames / 3 * frame + 1000}) {
            QByteArray damaged = log;
            damaged[at] = char(damaged[at] ^ 1);
            const auto looked = opened(damaged, true);
            QVERIFY(!looked && looked.error().code == ErrorCode::Damaged);
            QCOMPARE(copies(), QStringList());
            const auto refused = opened(damaged, false);
            QVERIFY(!refused);
            const Error told = refused.error();
            QCOMPARE(told.code, ErrorCode::Damaged);
            QCOMPARE(told.field, QStringLiteral("log"));
            QCOMPARE(read(told.args.value(0)), content);
            QCOMPARE(read(told.args.value(0) + QStringLiteral("-wal")), damaged);
            must(opened(damaged, false)); // was told
            for (const QString &copy : copies())
                QVERIFY(QFile::remove(place(copy)));
        }
    }

    // Killed at any change to a file: what has the name of a backup is one, in both places, and the next run
    // makes what is missing.
    void everyKill()
    {
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        const QString path = place(QStringLiteral("killed.db"));
        const QString folder = place(QStringLiteral("killed"));
        const QString second = place(QStringLiteral("killed-second"));
        must(writeTwice(keyFileOf(path), "keys"));
        FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        options.key = FileKey::create();
        QString own;
        {
            TestClinic t({.path = path, .key = options.key});
            own = services::folderInSecondPlace(second, t.database->identity().device);
        }
        const auto work = [&] {
            const auto database = storage::Database::open(options, clock);
            if (!database)
                return false;
            services::Clinic clinic(**database, clock);
            const BackupState state = backedUp(clinic, folder, second);
            return !state.failed && state.secondPlace;
        };
        const auto begin = [&] {
            QDir(folder).removeRecursively();
            QDir(second).removeRecursively();
            faultcalls::strikeAt(0);
        };
        begin();
        QVERIFY(work());
        const QList<qint64> points = faultcalls::turns();
        QVERIFY(points.size() > 15);
        QStringList lost;
        for (const qint64 n : points) {
            begin();
            faultcalls::strikeAt(n, Strike::Kill);
            std::ignore = faultcalls::runsToItsEnd([&] { std::ignore = work(); });
            faultcalls::strikeAt(0);
            QString fault = faultIn(folder);
            if (!work())
                fault += QStringLiteral(" the next run fails");
            if (backupsIn(folder).size() != 1 || backupsIn(own).size() != 1)
                fault += QStringLiteral(" not one backup in each place");
            fault += faultIn(folder) + faultIn(own);
            if (!fault.isEmpty())
                lost << QStringLiteral("%1: %2").arg(n).arg(fault);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
    }

    // The disk fails once, or is full from then on: a run that says it went well has made a backup, one that
    // did not says so, and the next makes good what is missing.
    void everyFailure_data()
    {
        QTest::addColumn<bool>("isFull");
        QTest::newRow("one fails") << false;
        QTest::newRow("no room") << true;
    }
    void everyFailure()
    {
        QFETCH(bool, isFull);
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        const QString name = isFull ? QStringLiteral("full") : QStringLiteral("failing");
        const QString path = place(name + QStringLiteral(".db"));
        const QString folder = place(name);
        const QString second = place(name + QStringLiteral("-second"));
        must(writeTwice(keyFileOf(path), "keys"));
        TestClinic t({.path = path, .key = FileKey::create()});
        const QString own = services::folderInSecondPlace(second, t.database->identity().device);
        const auto begin = [&] {
            QDir(folder).removeRecursively();
            QDir(second).removeRecursively();
            faultcalls::strikeAt(0);
        };
        const auto run = [&] {
            const BackupState state = backedUp(*t.clinic, folder, second);
            return !state.failed && state.secondPlace;
        };
        begin();
        QVERIFY(run());
        const QList<qint64> points = faultcalls::turns();
        QStringList lost;
        int failed = 0;
        for (const qint64 n : points) {
            begin();
            faultcalls::strikeAt(n, isFull ? Strike::Full : Strike::Once);
            const bool isDone = run();
            faultcalls::strikeAt(0);
            failed += !isDone;
            QString fault = faultIn(folder);
            if (isDone && backupsIn(own).size() != 1)
                fault += QStringLiteral(" said to be made");
            if (!run())
                fault += QStringLiteral(" the next run fails");
            fault += faultIn(folder) + faultIn(own);
            if (!fault.isEmpty())
                lost << QStringLiteral("%1: %2").arg(n).arg(fault);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
        QVERIFY(failed > 5);
    }

    // A restore that is cut off or fails leaves the backup as it is, and either a whole clinic with its keys
    // or none; the next one works.
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
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        const QString name = QStringLiteral("restored-%1").arg(strike);
        const QString folder = place(name);
        const QString path = place(name + QStringLiteral(".db"));
        const FileKey key = FileKey::create();
        FakeClock clock;
        must(writeTwice(keyFileOf(path), "keys"));
        qint64 people = 0;
        {
            TestClinic t({.path = path, .key = key});
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
            people = t.count("patient");
            QVERIFY(!backedUp(*t.clinic, folder, {}).failed);
        }
        const QString backup = folder + u'/' + backupsIn(folder).first();
        const QString work = place(name + QStringLiteral("-work"));
        const QString target = work + QStringLiteral("/clinic.db");
        const auto run = [&] { return storage::restore(backup, target, clock, key).has_value(); };
        const auto begin = [&] {
            QDir(work).removeRecursively();
            QDir().mkpath(work);
            faultcalls::strikeAt(0);
        };
        const auto faultOfTarget = [&]() -> QString {
            storage::Database::Options options;
            options.path = target;
            options.inlineExecutors = true;
            options.key = key;
            const auto database = storage::Database::open(options, clock);
            if (!database)
                return QStringLiteral(" does not open");
            const auto report =
                storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
            return report && report->isSound() && report->patients == people && isKept(keyFileOf(target))
                       ? QString()
                       : QStringLiteral(" is not whole");
        };
        begin();
        QVERIFY(run());
        const QList<qint64> points = faultcalls::turns();
        QVERIFY(points.size() > 20);
        const qsizetype step = qMax(qsizetype(1), points.size() / 40);
        QStringList lost;
        for (qsizetype i = 0; i < points.size(); i += step) {
            begin();
            faultcalls::strikeAt(points[i], Strike(strike));
            bool isDone = false;
            if (Strike(strike) == Strike::Kill)
                std::ignore = faultcalls::runsToItsEnd([&] { std::ignore = run(); });
            else
                isDone = run();
            faultcalls::strikeAt(0);
            QString fault = faultIn(folder);
            if (isDone && !QFile::exists(target))
                fault += QStringLiteral(" said to be restored");
            if (!QFile::exists(target) && !run())
                fault += QStringLiteral(" the next restore fails");
            fault += faultOfTarget();
            if (!fault.isEmpty())
                lost << QStringLiteral("%1: %2").arg(points[i]).arg(fault);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstBackups, QCoreApplication>(argc, argv);
}

#include "tst_backups.moc"
