// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/patients.h"
#include "storage/backup.h"
#include "storage/copying.h"
#include "storage/sealedvfs.h"
#include "support/faultvfs.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <cmath>
#include <sqlite3.h>

using namespace clinic;
using namespace clinic::test;

// What a thief finds in a sealed file, and what a file tells that somebody was at it.
class TstSealed : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    FileKey m_key;
    QString m_template;

    static constexpr qint64 pageSize = 4096;

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(content), content.size());
    }
    Result<std::unique_ptr<storage::Database>> open(const QString &path, const FileKey &key,
                                                    bool readOnly = false)
    {
        static FakeClock clock;
        storage::Database::Options options;
        options.path = path;
        options.key = key;
        options.readOnly = readOnly;
        options.inlineExecutors = true;
        return storage::Database::open(options, clock);
    }
    // Reads every page; what went wrong, if anything.
    std::optional<ErrorCode> faultOf(const QString &path, const FileKey &key)
    {
        auto database = open(path, key, true);
        if (!database)
            return database.error().code;
        const auto report = storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
        if (!report)
            return report.error().code;
        if (!report->isSound())
            return ErrorCode::Damaged;
        // Pages nobody uses are read by copies only.
        const QString copy = m_dir.filePath(QStringLiteral("faults-copy.db"));
        QFile::remove(copy);
        const auto copied = storage::copyPages((*database)->writerConnection(), copy, key);
        return copied ? std::nullopt : std::optional(copied.error().code);
    }
    QString copyOfTemplate(const char *name)
    {
        const QString path = m_dir.filePath(QString::fromLatin1(name));
        for (const char *suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(path + QString::fromLatin1(suffix));
        return QFile::copy(m_template, path) ? path : QString();
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void initTestCase()
    {
        m_key = FileKey::create();
        m_template = m_dir.filePath(QStringLiteral("template.db"));
        TestClinic t({.path = m_template, .key = m_key});
        t.signIn(QStringLiteral("administrator"));
        for (int i = 0; i < 40; ++i)
            t.patient(QStringLiteral("Quetzalcoatl%1").arg(i), QStringLiteral("Popocatepetl"),
                      QStringLiteral("+27 82 555 0%1").arg(100 + i));
    }

    // Nothing that was typed, in any encoding, in any file; and pages that look like noise.
    void aThiefFindsNothing()
    {
        const QString path = copyOfTemplate("thief.db");
        auto database = open(path, m_key);
        QVERIFY(database);
        // Something in the log, and something spilled: a transaction larger than the cache.
        auto &c = (*database)->writerConnection();
        QVERIFY(c.execScript("PRAGMA cache_size=20"));
        QVERIFY((*database)->transactLocal([](storage::Connection &w) -> Result<void> {
            for (int i = 0; i < 400; ++i) {
                if (auto done =
                        w.exec("INSERT INTO local_state VALUES (?,?)", QStringLiteral("spilled-%1").arg(i),
                               QStringLiteral("Xochimilco ").repeated(300));
                    !done)
                    return done;
            }
            return w.exec(
                "UPDATE local_state SET value = value || 'Tenochtitlan' WHERE \"key\" LIKE 'spilled-%'");
        }));
        QVERIFY(storage::backUp(c, (*database)->identity(), m_dir.filePath(QStringLiteral("thief-copy.db")),
                                FakeClock()));
        const QStringList words{QStringLiteral("Quetzalcoatl"), QStringLiteral("quetzalcoatl"),
                                QStringLiteral("Popocatepetl"), QStringLiteral("popocatepetl"),
                                QStringLiteral("Xochimilco"),   QStringLiteral("Tenochtitlan"),
                                QStringLiteral("825550"),       QStringLiteral("administrator"),
                                QStringLiteral("CREATE TABLE"), QStringLiteral("argon2id")};
        int looked = 0;
        const auto files = QDir(m_dir.path()).entryInfoList({QStringLiteral("thief*")}, QDir::Files);
        for (const QFileInfo &file : files) {
            const QByteArray content = contentOf(file.filePath());
            for (const QString &word : words) {
                QVERIFY2(!content.contains(word.toUtf8()), qPrintable(file.fileName() + u' ' + word));
                const QByteArray utf16(reinterpret_cast<const char *>(word.utf16()), word.size() * 2);
                QVERIFY2(!content.contains(utf16), qPrintable(file.fileName()));
                QVERIFY(!content.contains(word.toUtf8().toBase64().left(12)));
                QVERIFY(!content.contains(word.toUtf8().toHex()));
            }
            QVERIFY(!content.contains(m_key.record().left(32)));
            if (file.fileName().endsWith(QStringLiteral(".db"))) {
                ++looked;
                QCOMPARE(content.size() % pageSize, qint64(0));
                for (qint64 at = 0; at < content.size(); at += pageSize)
                    QVERIFY(entropy(QByteArrayView(content).sliced(at, pageSize)) > 7.9);
            }
        }
        QCOMPARE(looked, 2);
        QVERIFY(files.size() >= 4); // the log and its index as well
        database->reset();

        // The same words are there for whoever has the key: this test can see.
        auto plain = m_dir.filePath(QStringLiteral("seen.db"));
        auto again = open(path, m_key, true);
        QVERIFY(again);
        QVERIFY(storage::copyPages((*again)->writerConnection(), plain, {}));
        QVERIFY(contentOf(plain).contains("Quetzalcoatl"));
        QVERIFY(entropy(QByteArrayView(contentOf(plain)).first(pageSize)) < 7);
    }

    void keysAreToldApart()
    {
        const QString path = copyOfTemplate("keys.db");
        QCOMPARE(open(path, FileKey::create()).error().code, ErrorCode::WrongKey);
        // The same key for another file is another key.
        QByteArray record = m_key.record();
        record[40] = char(record[40] ^ 1);
        QCOMPARE(open(path, FileKey::fromRecord(record)).error().code, ErrorCode::WrongKey);
        QCOMPARE(open(path, {}).error().code, ErrorCode::NotADatabase);
        write(keyFileOf(path), "{}");
        QCOMPARE(open(path, {}).error().code, ErrorCode::SealedFile);
        QVERIFY(open(path, m_key));
        const QString plain = m_dir.filePath(QStringLiteral("plain.db"));
        QVERIFY(open(plain, {}));
        QCOMPARE(open(plain, m_key).error().code, ErrorCode::NotADatabase);
    }

    // Every kind of hand at the file is told apart: changed, put elsewhere, emptied, cut off.
    void handsAtTheFileAreSeen()
    {
        const QByteArray sound = contentOf(m_template);
        const qint64 pages = sound.size() / pageSize;
        QVERIFY(pages > 60);
        int found = 0;
        for (qint64 page = 0; page < pages; page += 3) {
            const QString path = copyOfTemplate("hands.db");
            QByteArray content = sound;
            const qint64 at = page * pageSize + (page * 131) % pageSize;
            content[at] = char(content[at] ^ 0x10);
            write(path, content);
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("is not what was written")));
            const auto fault = faultOf(path, m_key);
            QVERIFY2(fault == ErrorCode::SealBroken, qPrintable(QString::number(page)));
            ++found;
        }
        QVERIFY(found > 20);

        QByteArray swapped = sound;
        swapped.replace(10 * pageSize, pageSize, sound.mid(20 * pageSize, pageSize));
        const QString path = copyOfTemplate("hands.db");
        write(path, swapped);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("page 11 is another page")));
        {
            auto database = open(path, m_key, true);
            QVERIFY(database);
            const auto report =
                storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
            QVERIFY(!report);
            QCOMPARE(report.error().code, ErrorCode::SealBroken);
            QCOMPARE(report.error().args, QStringList({QStringLiteral("11"), {}, QStringLiteral("21")}));
        }
        // What a disk does: nothing there, or less of it. Not what a hand does.
        QByteArray emptied = sound;
        emptied.replace(10 * pageSize, pageSize, QByteArray(pageSize, 0));
        write(path, emptied);
        QVERIFY(faultOf(path, m_key) == ErrorCode::Damaged);
        write(path, sound.left(sound.size() / 2 / pageSize * pageSize));
        QVERIFY(faultOf(path, m_key) == ErrorCode::Damaged);
        write(path, sound.left(1000));
        QVERIFY(faultOf(path, m_key) == ErrorCode::Damaged);
        write(path, sound);
        QVERIFY(!faultOf(path, m_key));
    }

    // The log: a frame that is changed ends it, as a torn one does; what is before stays.
    void theLogEndsWhereItIsBroken()
    {
        const QString path = copyOfTemplate("log.db");
        auto database = open(path, m_key);
        QVERIFY(database);
        const auto put = [&](const char *name) {
            return (*database)->transactLocal([&](storage::Connection &c) {
                return c.exec("INSERT INTO local_state VALUES (?,'x')", QString::fromLatin1(name));
            });
        };
        QVERIFY(put("first"));
        const qint64 one = QFileInfo(path + QStringLiteral("-wal")).size();
        QVERIFY(put("second"));
        const QByteArray file = contentOf(path);
        QByteArray log = contentOf(path + QStringLiteral("-wal"));
        QVERIFY(log.size() > one);
        database->reset();
        const auto rows = [&](QByteArray changed) {
            write(path, file);
            write(path + QStringLiteral("-wal"), changed);
            QFile::remove(path + QStringLiteral("-shm"));
            auto again = open(path, m_key);
            if (!again)
                return -1;
            auto q = (*again)->writerConnection().query(
                "SELECT count(*) FROM local_state WHERE \"key\" IN ('first','second')");
            return q.next() ? q.number(0) : -2;
        };
        QCOMPARE(rows(log), 2);
        log[one + 24 + 2000] = char(log[one + 24 + 2000] ^ 1);
        QCOMPARE(rows(log), 1);
        QCOMPARE(rows(log.left(one + 100)), 1);
        log[32 + 24 + 2000] = char(log[32 + 24 + 2000] ^ 1);
        QCOMPARE(rows(log), 0);
    }

    // Whatever is not a whole page of ours is refused, because it would be in the clear.
    void onlyKnownShapesAreWritten()
    {
        const QString path = copyOfTemplate("shapes.db");
        const storage::sealedvfs::KeyLease lease(path, m_key);
        sqlite3_vfs *vfs = sqlite3_vfs_find(storage::sealedvfs::nameOver({}).constData());
        QVERIFY(vfs);
        QByteArray memory(vfs->szOsFile, 0);
        auto *file = reinterpret_cast<sqlite3_file *>(memory.data());
        const QByteArray name = QFile::encodeName(path) + QByteArray(8, 0);
        int flags = 0;
        for (const int kind : {SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_TEMP_DB, SQLITE_OPEN_TEMP_JOURNAL,
                               SQLITE_OPEN_TRANSIENT_DB, SQLITE_OPEN_SUBJOURNAL, SQLITE_OPEN_SUPER_JOURNAL})
            QCOMPARE(vfs->xOpen(vfs, name.constData(), file,
                                kind | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &flags),
                     SQLITE_CANTOPEN);
        QCOMPARE(vfs->xOpen(vfs, name.constData(), file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE, &flags),
                 SQLITE_OK);
        QByteArray page(int(pageSize), 0);
        const auto *io = file->pMethods;
        QCOMPARE(io->xWrite(file, page.constData(), 100, 0), SQLITE_IOERR_WRITE);
        QCOMPARE(io->xWrite(file, page.constData(), 4096, 4096 * 3 + 512), SQLITE_IOERR_WRITE);
        QCOMPARE(io->xWrite(file, page.constData(), 4096, 0), SQLITE_IOERR_WRITE); // no header of ours
        page[4090] = 1;
        QCOMPARE(io->xWrite(file, page.constData(), 4096, 4096 * 3),
                 SQLITE_IOERR_WRITE); // where the seal goes
        page[4090] = 0;
        QCOMPARE(io->xWrite(file, page.constData(), 4096, 4096 * 3), SQLITE_OK);
        sqlite3_int64 mapped = 1 << 20;
        QCOMPARE(io->xFileControl(file, SQLITE_FCNTL_MMAP_SIZE, &mapped), SQLITE_OK);
        QCOMPARE(mapped, 0);
        QCOMPARE(io->iVersion, 2);
        QCOMPARE(io->xDeviceCharacteristics(file),
                 SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN);
        // Room nobody wrote would be pages that do not open.
        sqlite3_int64 before = 0;
        sqlite3_int64 after = 0;
        sqlite3_int64 hint = 64 << 20;
        int chunk = 8 << 20;
        QCOMPARE(io->xFileSize(file, &before), SQLITE_OK);
        QCOMPARE(io->xFileControl(file, SQLITE_FCNTL_CHUNK_SIZE, &chunk), SQLITE_OK);
        QCOMPARE(io->xFileControl(file, SQLITE_FCNTL_SIZE_HINT, &hint), SQLITE_OK);
        QCOMPARE(io->xFileSize(file, &after), SQLITE_OK);
        QCOMPARE(after, before);
        // What is read ends in zeros where the seal is, and comes back in any piece that lies in one page.
        QByteArray read(4096, 'x');
        QCOMPARE(io->xRead(file, read.data(), 4096, 4096 * 3), SQLITE_OK);
        QCOMPARE(read, QByteArray(4096, 0));
        QCOMPARE(io->xRead(file, read.data(), 16, 24), SQLITE_OK);
        QCOMPARE(io->xRead(file, read.data(), 200, 4096 * 3 + 4000), SQLITE_IOERR_READ);
        io->xClose(file);
        // Nobody holds a key for it.
        const QByteArray other =
            QFile::encodeName(m_dir.filePath(QStringLiteral("other.db"))) + QByteArray(8, 0);
        QCOMPARE(
            vfs->xOpen(vfs, other.constData(), file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE, &flags),
            SQLITE_AUTH);

        auto database = open(copyOfTemplate("shapes2.db"), m_key);
        QVERIFY(database);
        auto &c = (*database)->writerConnection();
        QVERIFY(
            !c.execScript("VACUUM INTO '" + QFile::encodeName(m_dir.filePath(QStringLiteral("v.db"))) + "'"));
        QVERIFY(!c.execScript("ATTACH '" + QFile::encodeName(m_dir.filePath(QStringLiteral("a.db"))) +
                              "' AS other"));
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("v.db"))));
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("a.db"))));
    }

    // The page SQLite locks by bytes is never written, so it never opens; nobody asks for it. It lies at 1
    // GiB; here it is moved to where a small file has it.
    void thePageOfLocksIsLeftAlone()
    {
        const int usual = 0x40000000;
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, int(64 * pageSize));
        const QString path = m_dir.filePath(QStringLiteral("locks.db"));
        std::optional<storage::CheckReport> report;
        QByteArray content;
        {
            TestClinic t({.path = path, .key = m_key});
            const auto done = storage::backUp(t.database->writerConnection(), t.database->identity(),
                                              m_dir.filePath(QStringLiteral("locks-copy.db")), t.clock);
            if (done)
                report = *done;
            static_cast<void>(t.database->writerConnection().execScript("PRAGMA wal_checkpoint(TRUNCATE)"));
            content = contentOf(path);
        }
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, usual);
        QVERIFY(report && report->isSound());
        QVERIFY(content.size() > 80 * pageSize);
        QCOMPARE(content.mid(64 * pageSize, pageSize), QByteArray(pageSize, 0));
    }

    // Whatever has a key but is no file of ours.
    void anotherShapeOfPagesIsRefused()
    {
        const QString path = copyOfTemplate("shape.db");
        QByteArray page = contentOf(path).left(pageSize);
        auto *bytes = reinterpret_cast<unsigned char *>(page.data());
        QVERIFY(m_key.open(bytes, {'p', 1}));
        page[20] = 0; // says that nothing is reserved for seals
        const QByteArray nonce(FileKey::nonceSize, 'n');
        QByteArray sealed(pageSize, 0);
        QVERIFY(m_key.seal(reinterpret_cast<unsigned char *>(sealed.data()), bytes, {'p', 1},
                           reinterpret_cast<const unsigned char *>(nonce.constData())));
        QByteArray content = contentOf(path);
        content.replace(0, pageSize, sealed);
        write(path, content);
        QCOMPARE(open(path, m_key).error().code, ErrorCode::NotADatabase);
    }

    // A disk that dies at any access: what was saved is there whole or not at all, and the file opens.
    void everyFailingAccessUnderTheSeal()
    {
        faultvfs::install();
        int failures = 0;
        for (qint64 i = 1;; ++i) {
            const QString path = copyOfTemplate("failing.db");
            bool said = false;
            bool failed = false;
            {
                faultvfs::failFrom(0);
                TestClinic t({.path = path, .vfs = "clinic-fault", .key = m_key});
                t.signIn(QStringLiteral("clerk"));
                services::RegisterPatient intent;
                intent.patient.familyName = QStringLiteral("Atzcapotzalco");
                intent.patient.givenName = QStringLiteral("Nezahualcoyotl");
                intent.patient.birthDate = *PartialDate::create(1980, 5, 17);
                QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false")); // each failure is told
                faultvfs::failFrom(i);
                said = t.clinic->performNow(intent).has_value();
                failed = faultvfs::hasFailed();
                faultvfs::failFrom(0);
                QLoggingCategory::setFilterRules({});
            }
            auto database = open(path, m_key);
            QVERIFY2(database, qPrintable(QString::number(i)));
            auto &c = (*database)->writerConnection();
            auto q =
                c.query("SELECT (SELECT count(*) FROM patient WHERE family_name='Atzcapotzalco'), (SELECT "
                        "count(*) FROM outbox WHERE intention='register-patient')");
            QVERIFY(q.next());
            QVERIFY(q.number(0) <= 1 && (!said || q.number(0) == 1));
            QCOMPARE(q.number(1), 40 + 1 + q.number(0)); // and so is its group
            const auto report = storage::checkDatabase(c, (*database)->identity());
            QVERIFY(report && report->isSound());
            if (!failed)
                break;
            ++failures;
        }
        QVERIFY(failures > 10);
        qInfo("%d failing accesses", failures);
    }

    // Pages that were given back are written too, so that a copy can read every one of them.
    void freePagesOpenAsWell()
    {
        const QString path = copyOfTemplate("free.db");
        auto database = open(path, m_key);
        QVERIFY(database);
        QVERIFY((*database)->transactLocal([](storage::Connection &c) -> Result<void> {
            for (int i = 0; i < 300; ++i) {
                if (auto done = c.exec("INSERT INTO local_state VALUES (?,?)",
                                       QStringLiteral("big-%1").arg(i), QString(9000, u'x'));
                    !done)
                    return done;
            }
            return c.exec("DELETE FROM local_state WHERE \"key\" LIKE 'big-%' AND length(\"key\") > 5");
        }));
        auto free = (*database)->writerConnection().query("PRAGMA freelist_count");
        QVERIFY(free.next() && free.integer(0) > 300);
        const auto report = storage::backUp((*database)->writerConnection(), (*database)->identity(),
                                            m_dir.filePath(QStringLiteral("free-copy.db")), FakeClock());
        QVERIFY(report && report->isSound());
    }

    void aBackupIsSealedAndComesBack()
    {
        const QString path = copyOfTemplate("whole.db");
        write(keyFileOf(path), "keys of people");
        const QString copy = m_dir.filePath(QStringLiteral("backup.db"));
        {
            auto database = open(path, m_key);
            QVERIFY(database);
            QVERIFY(
                storage::backUp((*database)->writerConnection(), (*database)->identity(), copy, FakeClock()));
        }
        QCOMPARE(contentOf(keyFileOf(copy)), QByteArray("keys of people"));
        const QString target = m_dir.filePath(QStringLiteral("restored.db"));
        QCOMPARE(storage::restore(copy, target, FakeClock(), FileKey::create()).error().code,
                 ErrorCode::WrongKey);
        QVERIFY(!QFile::exists(target));
        const auto report = storage::restore(copy, target, FakeClock(), m_key);
        QVERIFY(report);
        QCOMPARE(report->patients, 41); // with the one at the kiosk
        QVERIFY(QFile::exists(keyFileOf(target)));
        QVERIFY(!storage::sealedvfs::isPlain(target));
        auto database = open(target, m_key);
        QVERIFY(database);
        auto mode = (*database)->writerConnection().query("PRAGMA journal_mode");
        QVERIFY(mode.next());
        QCOMPARE(mode.text(0), QStringLiteral("wal"));
        // A backup that was put in place by hand.
        QVERIFY(QFile::copy(copy, m_dir.filePath(QStringLiteral("by-hand.db"))));
        QVERIFY(open(m_dir.filePath(QStringLiteral("by-hand.db")), m_key));
    }

private:
    static double entropy(QByteArrayView bytes)
    {
        int counts[256] = {};
        for (const char b : bytes)
            ++counts[uchar(b)];
        double bits = 0;
        for (const int n : counts) {
            if (n > 0)
                bits -= double(n) / double(bytes.size()) * std::log2(double(n) / double(bytes.size()));
        }
        return bits;
    }
};

int main(int argc, char **argv)
{
    return test::run<TstSealed, QCoreApplication>(argc, argv);
}

#include "tst_sealed.moc"
