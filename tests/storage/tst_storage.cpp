// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "domain/entities.h"
#include "services/patients/patients.h"
#include "storage/auditlog.h"
#include "storage/backup.h"
#include "storage/copying.h"
#include "storage/migrator.h"
#include "storage/patients/queries.h"
#include "storage/searchkeys.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <atomic>
#include <thread>

using namespace clinic;
using namespace clinic::test;

class TstStorage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void schemaAndFieldTablesAgree()
    {
        TestClinic t;
        int columns = 0;
        for (const EntityInfo *entity : domain::allEntities()) {
            QHash<QString, QString> types;
            auto q =
                t.database->writerConnection().query(QByteArray("PRAGMA table_info(") + entity->name + ")");
            while (q.next())
                types.insert(q.text(1), q.text(2));
            for (const FieldInfo &f : entity->fields) {
                const QString expected = f.type == ValueType::Integer ? QStringLiteral("INTEGER")
                                         : f.type == ValueType::Text  ? QStringLiteral("TEXT")
                                                                      : QStringLiteral("BLOB");
                QCOMPARE(types.value(QString::fromLatin1(f.column)), expected);
                types.remove(QString::fromLatin1(f.column));
                ++columns;
            }
            for (const char *common : {"rid", "id", "hospital_id", "branch_id", "created_at", "created_by",
                                       "updated_at", "updated_by", "origin_device"})
                QVERIFY2(types.remove(QString::fromLatin1(common)), common);
            QVERIFY2(types.isEmpty(), qPrintable(QStringList(types.keys()).join(u' ')));
        }
        QVERIFY(columns > 150);
    }

    // A released migration never changes: whoever has it already would have another schema. Add a new file
    // instead.
    void migrationsAreFrozen()
    {
        const QHash<int, QByteArray> released{
            {1, "362271f7e80d79619d8043aec9fb3e1f6ccb55b29c76d2a916aca18c3a9bd99f"},
            {2, "1deae75869fc0920297740f52e6a8df07002c07b66f5115dfe190e92bef03054"},
            {3, "6562501a16b9d539e2b9d4930dfba15fe440892de8dae3bde6014b523356f8a0"},
            {4, "c4482c2de084e3a45e84768f75b29c86a48df73f48573891556f418b78080693"},
            {5, "5fec9b48d611b4ecf4f0523d85dae4b978e7c808276fc1374a84c17455dc2d8d"},
            {6, "e8a47733a17fd5a1e89f678b3b0003a917348a2fe3c491fa1b66a6b26cd31223"},
            {7, "c94ab31bdbc00f5bb627b7e10ab1989896956af25dcf74d5a4aa5e1ad5ae2d3a"},
            {8, "6c6665deb89a2f54bcf925d4832a417cff4a9ce5ab5194495b0e818b970336f7"},
            {9, "c7173e6bbfdd498a406427d3e5f7ea85826a3ddf018ae9ab459fda3ccd6d74ce"},
            {10, "5406f4f91970928d1c702194eeef14ee4edcf3bf1f8a9eacb2288ea2cbe5c4d0"},
            {11, "0ec3f7921d897231f3abe2f92ce48b4c216221318f19a150c8ec434034aef989"},
            {12, "5a66986420e7e992cac13b51590b13160ca288edf6d3c5d3755627dcb6af8a6a"},
            {13, "5e2953c64662d8489a7ad9b51a70a86355cbf89a5bbce8afedf813546a3aed2f"},
            {14, "76e27f1893e9a1c59e68d212f396c6fa333617de0b318654a1b2334707459700"},
            {15, "6449b642f0c740e0b859802049b07eac4e82d7c9f25988bae3fd58ed245870f1"},
            {16, "2fdbcfdd4f423d786a08a8ced63d73ea021b58064c0857eb67cf1eadacd9a643"},
            {17, "26b86c8443a5b47086609131ae1b1d849c7f8101a9ebeae6d08e9daca7a84f5b"},
            {18, "77380fff8bdf58b1153960b857b877bdb727ca6c58642df45f76a4fc827d7a2b"}};
        QCOMPARE(storage::migrations().size(), released.size());
        for (const auto &migration : storage::migrations())
            QCOMPARE(migration.hash, released.value(migration.version));
    }

    // A backup is the file of one moment, and it ends: beside a desk that saves all the time, too.
    void aBackupBesideABusyDeskEnds()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        TestClinic t({path});
        QVERIFY(t.database->writerConnection()
                    .execScript("CREATE TABLE busy_desk (a INTEGER, b INTEGER, filler BLOB);"
                                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000) "
                                "INSERT INTO busy_desk SELECT 0, 0, zeroblob(4000) FROM n")
                    .has_value()); // several steps of a thousand pages
        auto reader = storage::Connection::open(path, storage::Connection::Mode::ReadOnly);
        QVERIFY(reader.has_value());
        constexpr int most = 2000; // a copy that begins again at each of them does not end before
        std::atomic<int> saved = 0;
        std::atomic<bool> copied = false;
        std::thread desk([&] {
            auto other = storage::Connection::open(path, storage::Connection::Mode::ReadWrite);
            while (other && !copied && saved < most) {
                if (!(*other)->execScript("UPDATE busy_desk SET a=a+1, b=b+1 WHERE rowid<=5"))
                    return;
                ++saved;
            }
        });
        while (saved == 0)
            std::this_thread::yield();
        const QString target = dir.filePath(QStringLiteral("copy.db"));
        const auto done = storage::copyPages(**reader, target, {});
        copied = true;
        desk.join();
        QVERIFY(done.has_value());
        QVERIFY2(saved < most, "the copy waited for the desk to stop");
        auto copy = storage::Connection::open(target, storage::Connection::Mode::ReadOnly);
        QVERIFY(copy.has_value());
        storage::Query q =
            (*copy)->query("SELECT count(DISTINCT a), max(a)-min(b), count(*) FROM busy_desk WHERE rowid<=5");
        QVERIFY(q.next());
        QCOMPARE(q.integer(0), 1);
        QCOMPARE(q.integer(1), 0);
        QCOMPARE(q.integer(2), 5);
    }

    void newFilesKeepRoomForSeals()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        {
            TestClinic t({path});
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray header = file.read(100);
        QCOMPARE(int(uchar(header[16])) << 8 | uchar(header[17]), 4096);
        QCOMPARE(int(uchar(header[20])), 40);
    }

    void oneWritingProcessPerFile()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        TestClinic t({path});
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        const auto second = storage::Database::open(options, t.clock);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::InUse);
        options.readOnly = true;
        QVERIFY(storage::Database::open(options, t.clock).has_value()); // reading beside it is fine
    }

    void oddFilesAreRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::newRow("jpeg") << QByteArray("\xff\xd8\xff\xe0", 4) + QByteArray(5000, 'j')
                              << int(ErrorCode::NotADatabase);
        QTest::newRow("cut short") << QByteArray("SQLite format 3\0", 16) << int(ErrorCode::Damaged);
    }
    void oddFilesAreRefusedWithAReason()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        const auto opened = storage::Database::open(options, clock);
        QVERIFY(!opened);
        QCOMPARE(int(opened.error().code), code);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content); // and left as it was
    }

    void truncatedAndNewerFilesAreRefused()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        {
            TestClinic t({path});
        }
        FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        QVERIFY(QFile::copy(path, path + QStringLiteral(".copy")));
        QVERIFY(QFile::resize(path, 40'960));
        auto opened = storage::Database::open(options, clock);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Damaged);

        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::rename(path + QStringLiteral(".copy"), path));
        {
            auto database = storage::Database::open(options, clock);
            QVERIFY(database.has_value());
            auto &c = (*database)->writerConnection();
            QVERIFY(c.exec("INSERT INTO migration VALUES (99, 99, 'later', 0)").has_value());
            QVERIFY(c.execScript("PRAGMA user_version=99").has_value());
        }
        opened = storage::Database::open(options, clock);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::NewerFile);
        QCOMPARE(opened.error().args,
                 (QStringList{QStringLiteral("99"), QString::number(storage::schemaVersion())}));
    }

    void anOlderFileGetsItsSearchKeysAnew()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        {
            TestClinic t({path});
            t.signIn(QStringLiteral("clerk"));
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
            // What a file of schema 3 had.
            auto &c = t.database->writerConnection();
            QVERIFY(c.execScript(
                         "DROP TRIGGER unpaid_invoice_insert; DROP TRIGGER unpaid_invoice_update; DROP "
                         "TRIGGER unpaid_invoice_delete; DROP TRIGGER unpaid_line_insert; DROP TRIGGER "
                         "unpaid_line_update; DROP TRIGGER unpaid_line_delete; DROP TRIGGER "
                         "unpaid_payment_insert; DROP TRIGGER unpaid_payment_delete; DROP TRIGGER "
                         "unpaid_credit_insert; DROP TRIGGER unpaid_credit_delete; DROP VIEW to_pay; DROP "
                         "TABLE unpaid; "
                         "DROP TABLE shared_identifier; DROP TABLE chart_here; DROP TABLE document; DROP "
                         "TABLE blob; "
                         "DROP TABLE blob_chunk; DROP TABLE lease; DROP TABLE busy; DROP TABLE "
                         "second_factor_use; ALTER TABLE app_user DROP COLUMN second_factor; ALTER TABLE "
                         "app_user DROP COLUMN recovery_codes; ALTER TABLE role DROP COLUMN "
                         "needs_second_factor; ALTER TABLE hospital DROP COLUMN recovery_key; "
                         "ALTER TABLE app_user DROP COLUMN blocked_from; ALTER TABLE app_user DROP COLUMN "
                         "blocked_until; ALTER TABLE app_user DROP COLUMN session_mark; ALTER TABLE "
                         "app_user DROP COLUMN phone; ALTER TABLE "
                         "user_role DROP COLUMN valid_from; ALTER TABLE user_role DROP COLUMN valid_until; "
                         "ALTER TABLE login_delay DROP COLUMN steady_ms; "
                         "ALTER TABLE role DROP COLUMN scope; ALTER TABLE user_role DROP COLUMN "
                         "only_branch_id; DROP INDEX patient_anonymised; ALTER TABLE patient DROP COLUMN "
                         "anonymised_at; DROP TABLE emergency_access; DROP TABLE consent; "
                         "CREATE TABLE import_progress (source BLOB PRIMARY KEY, rows_done INTEGER NOT NULL, "
                         "report TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID; "
                         "DELETE FROM search_key WHERE kind=5; "
                         "DELETE FROM migration WHERE version>3; "
                         "PRAGMA user_version=3")
                        .has_value());
            QVERIFY(*storage::countWrongSearchKeys(c) > 0);
        }
        FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.inlineExecutors = true;
        const auto opened = storage::Database::open(options, clock);
        QVERIFY(opened.has_value());
        auto &c = (*opened)->writerConnection();
        QCOMPARE(*storage::countWrongSearchKeys(c), 0);
        QCOMPARE(storage::searchPatients(c, QStringLiteral("th zu"), 10, clock.nowMs())->size(), 1);
    }

    void everyUnitLeavesAGroupAndAnEvent()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const qint64 groups = t.count("outbox");
        const qint64 events = t.count("audit_event");
        const auto patient =
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"), QStringLiteral("082 555 0101"));
        QCOMPARE(t.count("outbox"), groups + 1);
        QCOMPARE(t.count("audit_event"), events + 1);
        auto q = t.database->writerConnection().query(
            "SELECT body, hash, changes, intention FROM outbox ORDER BY n DESC LIMIT 1");
        QVERIFY(q.next());
        QCOMPARE(crypto::hash(q.bytes(0)), q.bytes(1));
        QCOMPARE(q.text(3), QStringLiteral("register-patient"));
        // What is sealed does not stand there in the clear; what is sealed can be opened for its own place
        // only.
        const QByteArray body = q.bytes(0);
        QVERIFY(!body.contains("\"Zuma") && !body.contains("\"Thandi") && !body.contains("555 0101"));
        const auto fields = QJsonDocument::fromJson(body)
                                .object()
                                .value(u"changes")
                                .toArray()
                                .first()
                                .toObject()
                                .value(u"f")
                                .toObject();
        const QByteArray envelope = fields.value(u"family_name").toObject().value(u"e").toString().toLatin1();
        const auto &sealer = t.database->identity().sealer;
        const auto opened = sealer.open(envelope, patient.id, "family_name");
        QVERIFY(opened.has_value());
        QCOMPARE(std::get<QString>(*opened), QStringLiteral("Zuma"));
        QVERIFY(!sealer.open(envelope, patient.id, "given_name"));
        QVERIFY(!sealer.open(envelope, Id::create(1), "family_name"));
        QCOMPARE(fields.value(u"number").toString(), patient.number); // clear, as the server needs it
    }

    void patchesCarryTheirBase()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto before = t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
        auto after = before;
        after.familyName = QStringLiteral("Nkosi");
        QVERIFY(t.clinic->performNow(services::UpdatePatient{before, after}).has_value());
        auto q = t.database->writerConnection().query("SELECT body FROM outbox ORDER BY n DESC LIMIT 1");
        QVERIFY(q.next());
        const auto fields = QJsonDocument::fromJson(q.bytes(0))
                                .object()
                                .value(u"changes")
                                .toArray()
                                .first()
                                .toObject()
                                .value(u"f")
                                .toObject();
        QCOMPARE(fields.keys(), QStringList{QStringLiteral("family_name")});
        const auto pair = fields.value(u"family_name").toArray();
        QCOMPARE(pair[0].toString().toLatin1(), t.database->identity().sealer.fingerprint(
                                                    Value{QStringLiteral("Zuma")}, before.id, "family_name"));
        // Saving the same once more is no change, so no group.
        const qint64 groups = t.count("outbox");
        QVERIFY(t.clinic->performNow(services::UpdatePatient{after, after}).has_value());
        QCOMPARE(t.count("outbox"), groups);
    }

    void groupNumbersNeverRepeatAndNeverSkip()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        for (int i = 0; i < 20; ++i)
            t.patient(QStringLiteral("A%1").arg(i), QStringLiteral("B"));
        auto q = t.database->writerConnection().query("SELECT n, changes FROM outbox ORDER BY n");
        qint64 expected = 1;
        while (q.next()) {
            QCOMPARE(q.integer(0), expected);
            expected += q.integer(1);
        }
        QVERIFY(expected > 20);
    }

    // A file that is restored again and again never comes back to a code that stands on papers already.
    void deviceCodesAreNeverGivenAgain()
    {
        TestClinic t;
        QSet<QString> codes{t.database->identity().deviceCode};
        for (int i = 0; i < 150; ++i) { // of 1,024: by chance alone ten of them would come again
            static_cast<void>(t.patient(QStringLiteral("Number"), QString::number(i)));
            QVERIFY(t.database->becomeNewDevice(t.clock.nowMs()));
            const QString code = t.database->identity().deviceCode;
            QVERIFY2(!codes.contains(code), qPrintable(code));
            codes << code;
        }
    }

    void appendOnlyRowsStay()
    {
        TestClinic t;
        auto &c = t.database->writerConnection();
        int guarded = 0;
        for (const EntityInfo *entity : domain::allEntities()) {
            const auto known =
                t.number(QByteArray("SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name='") +
                         entity->name + "_no_delete'");
            QVERIFY2(known == 1, entity->name);
            if (entity->appendOnly) {
                QCOMPARE(t.number(QByteArray(
                                      "SELECT count(*) FROM sqlite_master WHERE type='trigger' AND name='") +
                                  entity->name + "_no_update'"),
                         1);
                ++guarded;
            }
        }
        QVERIFY(guarded >= 6);
        QVERIFY(!c.exec("UPDATE audit_event SET outcome='x' WHERE n=1").has_value());
        QVERIFY(!c.exec("DELETE FROM audit_event WHERE n=1").has_value());
        QVERIFY(
            !c.exec("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE n=1").has_value());
        QVERIFY(!c.exec("DELETE FROM patient").has_value());
        c.clearFailure();
    }

    void auditChainNamesTheFirstBrokenEvent_data()
    {
        QTest::addColumn<QByteArray>("damage");
        QTest::addColumn<int>("event");
        QTest::addColumn<QString>("what");
        QTest::newRow("changed") << QByteArray("UPDATE audit_event SET outcome='x' WHERE n=5") << 5
                                 << "changed";
        QTest::newRow("detail") << QByteArray("UPDATE audit_event SET actor_name='somebody' WHERE n=6") << 6
                                << "changed";
        QTest::newRow("removed") << QByteArray("DELETE FROM audit_event WHERE n=4") << 4 << "removed";
        QTest::newRow("truncated") << QByteArray("DELETE FROM audit_event WHERE n>7") << 8 << "truncated";
        // Somebody who renumbers what follows.
        const QByteArray shift =
            "UPDATE audit_event SET n=-n WHERE n>=4; UPDATE audit_event SET n=1-n WHERE n<0; ";
        const QByteArray head = "; UPDATE counter SET value=value%1 WHERE name='audit-head'";
        const QByteArray columns = "id, hospital_id, device, branch, at, actor, actor_name, role, session, "
                                   "intention, outcome, entity, "
                                   "subject, detail, body_hash, version, os_user";
        QTest::newRow("inserted") << QByteArray(
                                         shift + "INSERT INTO audit_event (n, " + columns +
                                         ", prev_hash, hash) SELECT 4, randomblob(16), hospital_id, device, "
                                         "branch, at, actor, actor_name, role, session, intention, outcome, "
                                         "entity, subject, detail, body_hash, version, os_user, (SELECT hash "
                                         "FROM audit_event WHERE n=3), randomblob(32) FROM audit_event WHERE "
                                         "n=3" +
                                         QByteArray(head).replace("%1", "+1"))
                                  << 4 << "inserted";
        QTest::newRow("removed and renumbered")
            << QByteArray("DELETE FROM audit_event WHERE n=4; UPDATE audit_event SET n=-n WHERE n>4; UPDATE "
                          "audit_event SET n=-n-1 WHERE n<0" +
                          QByteArray(head).replace("%1", "-1"))
            << 4 << "removed";
        QTest::newRow("reordered") << QByteArray(
                                          "UPDATE audit_event SET n=-n WHERE n IN (4,5); UPDATE audit_event "
                                          "SET n=CASE n WHEN -4 THEN 5 ELSE 4 END WHERE n<0")
                                   << 4 << "reordered";
    }
    void auditChainNamesTheFirstBrokenEvent()
    {
        QFETCH(QByteArray, damage);
        QFETCH(int, event);
        QFETCH(QString, what);
        TestClinic t;
        auto &c = t.database->writerConnection();
        const auto sound = storage::verifyAuditChain(c, t.database->identity());
        QVERIFY(sound.has_value());
        QVERIFY(!sound->has_value());
        QVERIFY(
            c.execScript("INSERT INTO maintenance VALUES (1,'test');" + damage + ";DELETE FROM maintenance")
                .has_value());
        const auto broken = storage::verifyAuditChain(c, t.database->identity());
        QVERIFY(broken.has_value() && broken->has_value());
        QCOMPARE((*broken)->n, event);
        QCOMPARE((*broken)->what, what);
    }

    void searchKeysFollowTheNames()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto before =
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"), QStringLiteral("082 555 0101"));
        auto after = before;
        after.familyName = QStringLiteral("Nkosi");
        after.phone = QStringLiteral("011 222 3333");
        QVERIFY(t.clinic->performNow(services::UpdatePatient{before, after}).has_value());
        const auto wrong = storage::countWrongSearchKeys(t.database->writerConnection());
        QCOMPARE(wrong.value_or(-1), 0);
        QVERIFY(t.database->writerConnection().exec("DELETE FROM search_key WHERE key='nkosi'").has_value());
        QCOMPARE(storage::countWrongSearchKeys(t.database->writerConnection()).value_or(-1), 1);
    }

    // A disk without room: a sentence that says so, nothing half stored, and work goes on when there is room.
    void aFullDiskIsSaidSo()
    {
        QTemporaryDir dir;
        TestClinic t({dir.filePath(QStringLiteral("clinic.db"))});
        t.signIn(QStringLiteral("clerk"));
        auto &c = t.database->writerConnection();
        const qint64 patients = t.count("patient");
        const qint64 pages = t.number("PRAGMA page_count");
        QVERIFY(c.execScript("PRAGMA max_page_count=" + QByteArray::number(pages)).has_value());
        services::RegisterPatient intent;
        intent.patient.familyName = QStringLiteral("Room");
        intent.patient.birthDate = *PartialDate::create(1980, 1, 1);
        intent.patient.remarks = QString(1000, u'x');
        Result<domain::Patient> done = fail(ErrorCode::Internal);
        int stored = 0;
        for (int i = 0; i < 200; ++i) { // until the free space inside the file is used up
            intent.patient.givenName = QStringLiteral("Number%1").arg(i);
            done = t.clinic->performNow(intent);
            if (!done)
                break;
            ++stored;
        }
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::DiskFull);
        QCOMPARE(t.count("patient"), patients + stored);
        QVERIFY(c.execScript("PRAGMA max_page_count=1000000").has_value());
        QVERIFY(t.clinic->performNow(intent).has_value());
        const auto report = storage::checkDatabase(c, t.database->identity());
        QVERIFY(report && report->isSound());
    }

    // Whose file it is is seen when it is committed, whole, by every thread.
    void identityIsSeenWhole()
    {
        TestClinic t({.setUp = false});
        bool seen = true;
        const auto failed =
            t.database->transact({.audited = false}, [&](storage::Transaction &tx) -> Result<void> {
                if (auto done = tx.adoptIdentity(Id::create(1), Id::create(2), false); !done)
                    return done;
                seen = t.database->identity().isSetUp();
                return fail(ErrorCode::Cancelled);
            });
        QVERIFY(!failed);
        QVERIFY(!seen);
        QVERIFY(!t.database->identity().isSetUp());

        TestClinic busy;
        std::atomic<bool> over = false;
        std::atomic<qint64> odd = 0;
        const Id hospital = busy.database->identity().hospital;
        std::thread reader([&] {
            QHash<Id, QString> codes;
            while (!over) {
                const auto identity = busy.database->identity();
                const QString code = codes.value(identity.device, identity.deviceCode);
                odd += code != identity.deviceCode || identity.hospital != hospital || code.isEmpty();
                codes.insert(identity.device, code);
            }
        });
        for (int i = 0; i < 50; ++i) {
            const auto done = busy.database->becomeNewDevice(busy.clock.nowMs() + i);
            static_cast<void>(busy.database->transact(
                {.audited = false}, [](storage::Transaction &) { return fail(ErrorCode::Cancelled); }));
            if (!done)
                odd += 1;
        }
        over = true;
        reader.join();
        QCOMPARE(odd.load(), 0);
    }

    void aFailedUnitLeavesNothing()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const qint64 before = t.count("patient") + t.count("outbox") + t.count("audit_event") +
                              t.number("SELECT sum(value) FROM counter");
        services::RegisterPatient intent;
        intent.patient.familyName = QStringLiteral("Half");
        intent.patient.givenName = QStringLiteral("Done");
        intent.patient.birthDate = *PartialDate::create(1990);
        domain::Identifier empty; // refused after the patient was inserted
        intent.identifiers << empty;
        QVERIFY(!t.clinic->performNow(intent).has_value());
        QCOMPARE(t.count("patient") + t.count("outbox") + t.count("audit_event") +
                     t.number("SELECT sum(value) FROM counter"),
                 before);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstStorage, QCoreApplication>(argc, argv);
}

#include "tst_storage.moc"
