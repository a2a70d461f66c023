// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "core/filewriter.h"

#include "core/log.h"
#include "storage/auditlog.h"
#include "storage/copying.h"
#include "storage/logcheck.h"
#include "storage/migrator.h"
#include "storage/removal.h"
#include "storage/replica/enrolment.h"
#include "storage/sealedvfs.h"
#include "storage/searchkeys.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <sqlite3.h>

namespace clinic::storage {
namespace {

bool isOther(const FileIdentity &a, const FileIdentity &b)
{
    return a.hospital != b.hospital || a.device != b.device || a.deviceCode != b.deviceCode ||
           a.isDemo != b.isDemo || a.isEnrolled != b.isEnrolled;
}

constexpr int pageSize = FileKey::pageSize;
constexpr qsizetype largestAnnouncement = 1000;

// Finds changes made while no program had the file open: an error for each, not a driver's message.
Result<void> checkFile(const QString &path, const FileKey &key)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!key.isNull()) {
        if (sealedvfs::isPlain(path))
            return fail(ErrorCode::NotADatabase, {}, {}, QStringLiteral("not sealed"));
        if (file.size() > 0 && file.size() < pageSize)
            return fail(ErrorCode::Damaged);
        return sealedvfs::probe(path, key) == sealedvfs::Content::OtherKey ? fail(ErrorCode::WrongKey)
                                                                           : Result<void>();
    }
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, {}, {path});
    const QByteArray start = file.read(100);
    if (start.isEmpty())
        return {};
    if (start.size() < 100)
        return fail(ErrorCode::Damaged);
    if (!start.startsWith("SQLite format 3"))
        return fail(isKept(keyFileOf(path)) ? ErrorCode::SealedFile : ErrorCode::NotADatabase);
    const auto be32 = [&](int at) {
        return (quint32(uchar(start[at])) << 24) | (quint32(uchar(start[at + 1])) << 16) |
               (quint32(uchar(start[at + 2])) << 8) | uchar(start[at + 3]);
    };
    const auto size = static_cast<quint32>((uchar(start[16]) << 8) | uchar(start[17]));
    const bool hasWal = QFileInfo::exists(path + QStringLiteral("-wal"));
    if (size == pageSize && !hasWal && file.size() < qint64(be32(28)) * pageSize)
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("file is shorter than its header says"));
    return {};
}

Result<void> checkBuild()
{
    if (!sqlite3_threadsafe())
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("SQLite without threads"));
    if (sqlite3_libversion_number() < 3037000)
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("SQLite older than STRICT tables"));
    return {};
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const Options &options, const Clock &clock)
{
    if (auto checked = checkBuild(); !checked)
        return fail(checked);
    std::unique_ptr<Database> db(new Database);
    db->m_options = options;
    const bool inMemory = options.path.isEmpty();
    if (!inMemory) {
        if (auto checked = checkFile(options.path, options.key); !checked)
            return fail(checked);
        if (options.readOnly) {
            if (!QFileInfo::exists(options.path))
                return fail(ErrorCode::FileMissing, {}, {options.path});
            // A program that has the file open is writing the WAL; without a lock there is none.
            if (QFileInfo(options.path + QStringLiteral("-wal")).size() > 0) {
                const auto lock = FileLock::acquire(options.path + QStringLiteral(".lock"));
                if (lock || lock.error().code != ErrorCode::InUse)
                    if (auto checked = checkLog(options.path, options.key, false); !checked)
                        return fail(checked);
            }
        } else {
            auto lock = FileLock::acquire(options.path + QStringLiteral(".lock"));
            if (!lock)
                return fail(lock);
            db->m_lock = std::move(*lock);
            if (auto checked = checkLog(options.path, options.key, true); !checked)
                return fail(checked);
        }
    }
    const bool isInline = inMemory || options.inlineExecutors;
    const auto make = [&](const char *name) -> std::unique_ptr<Executor> {
        if (isInline)
            return std::make_unique<InlineExecutor>();
        return std::make_unique<ThreadExecutor>(name);
    };
    db->m_writer = make("clinic-writer");
    db->m_readers[0] = make("clinic-reader");
    db->m_readers[1] = make("clinic-search");
    db->m_readers[2] = make("clinic-files");
    auto opened = db->m_writer->runAndWait([&] { return db->openWriter(clock); });
    if (opened && !isInline)
        opened = db->openReaders();
    if (opened)
        return db;
    const Error fault = opened.error();
    if (fault.code == ErrorCode::ReportedLost && !options.readOnly) {
        db->close();
        for (const QString &file : removeClinicFiles(options.path))
            qCWarning(logStorage) << "cannot be removed:" << file;
    }
    return tl::unexpected(fault);
}

Database::~Database()
{
    close();
}

void Database::close()
{
    // Connections must be destroyed on their own threads; then the threads end, then the lock.
    for (std::size_t i = 0; i < m_readers.size(); ++i) {
        if (m_readers[i])
            m_readers[i]->runAndWait([this, i] {
                m_readConnections[i].reset();
                return true;
            });
    }
    if (m_writer)
        m_writer->runAndWait([this] {
            m_writeConnection.reset();
            return true;
        });
    for (auto &reader : m_readers)
        reader.reset();
    m_writer.reset();
}

Result<void> Database::openWriter(const Clock &clock)
{
    const bool inMemory = m_options.path.isEmpty();
    const bool isNew =
        inMemory || !QFileInfo::exists(m_options.path) || QFileInfo(m_options.path).size() == 0;
    auto connection =
        Connection::open(inMemory ? QStringLiteral(":memory:") : m_options.path,
                         m_options.readOnly ? Connection::Mode::ReadOnly : Connection::Mode::ReadWrite,
                         m_options.vfs, m_options.key);
    if (!connection)
        return fail(connection);
    m_writeConnection = std::move(*connection);
    Connection &c = *m_writeConnection;
    Result<void> done;
    if (isNew && !m_options.readOnly)
        done = beginFile(c);
    if (done)
        done = c.execScript("PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
                            "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;"
                            "PRAGMA cache_size=-16000;");
    // A sealed backup that a user renamed into place: this is the only way to give it a WAL, and he still
    // has the backup.
    if (done && !isNew && !m_options.readOnly && !m_options.key.isNull()) {
        Query mode = c.query("PRAGMA journal_mode");
        if (mode.next() && mode.text(0) != u"wal")
            done = c.execScript("PRAGMA journal_mode=MEMORY");
    }
    if (done && !inMemory && !m_options.readOnly)
        done = c.execScript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=2000; PRAGMA synchronous=" +
                            QByteArray::number(m_options.synchronous));
    if (!done)
        return done;
    const auto version = fileVersion(c);
    if (!version)
        return fail(version);
    if (!m_options.readOnly) {
        if (*version > 0 && *version < schemaVersion()) {
            const QString copy = m_options.path + QStringLiteral(".before-schema-%1").arg(schemaVersion());
            QFile::remove(copy);
            if (auto copied = copyPages(c, copy, m_options.key); !copied)
                return copied;
        }
        if (auto migrated = migrate(c, clock.nowMs()); !migrated)
            return migrated;
        if (*version <= schemaVersion()) {
            auto kept = keepSearchKeysUp(c);
            if (!kept && kept.error().code != ErrorCode::DiskFull)
                return kept;
            if (!kept) // the old keys still find patients, and must stay
                qCWarning(logStorage) << "no room for new search keys";
            c.clearFailure();
        }
        if (!inMemory)
            QFile::setPermissions(m_options.path, QFile::ReadOwner | QFile::WriteOwner);
    } else if (*version == 0) {
        return fail(ErrorCode::NotADatabase);
    } else if (*version > schemaVersion()) {
        return fail(ErrorCode::NewerFile, {}, {QString::number(*version), QString::number(schemaVersion())});
    }
    return loadIdentity();
}

Result<void> Database::openReaders()
{
    for (std::size_t i = 0; i < m_readers.size(); ++i) {
        auto opened = m_readers[i]->runAndWait([this, i]() -> Result<void> {
            auto connection =
                Connection::open(m_options.path, Connection::Mode::ReadOnly, m_options.vfs, m_options.key);
            if (!connection)
                return fail(connection);
            m_readConnections[i] = std::move(*connection);
            // Type-ahead reads long ranges of the same index repeatedly: a cache of 64 MB holds them.
            const QByteArray kilobytes = i == 1 ? "64000" : i == 0 ? "16000" : "2000";
            // Reads the schema now, not during the first question.
            return m_readConnections[i]->execScript(
                "PRAGMA temp_store=MEMORY; PRAGMA query_only=ON; PRAGMA cache_size=-" + kilobytes +
                "; SELECT 1 FROM sqlite_master LIMIT 1;");
        });
        if (!opened)
            return opened;
    }
    return {};
}

void Database::setIdentity(const FileIdentity &identity)
{
    const std::lock_guard lock(m_identityMutex);
    m_identity = identity;
}

Result<void> Database::loadIdentity()
{
    FileIdentity identity;
    {
        Query q = m_writeConnection->query("SELECT \"key\", value FROM local_state");
        while (q.next()) {
            const QString key = q.text(0);
            if (key == u"hospital")
                identity.hospital = Id::fromString(q.text(1));
            else if (key == u"device")
                identity.device = Id::fromString(q.text(1));
            else if (key == u"device-code")
                identity.deviceCode = q.text(1);
            else if (key == u"demo")
                identity.isDemo = q.text(1) == u"1";
            else if (key == u"enrolled")
                identity.isEnrolled = q.text(1) == u"1";
            else if (key == u"removal-ordered")
                return fail(ErrorCode::ReportedLost);
        }
        if (!q.ok())
            return q.failed();
    }
    auto keys = hospitalKeys(*m_writeConnection);
    if (!keys)
        return fail(keys);
    identity.sealer = sync::Sealer(*keys, identity.hospital);
    setIdentity(identity);
    return {};
}

Result<void>
Database::transact(const UnitHeader &header, const std::function<Result<void>(Transaction &)> &work,
                   const std::function<Result<void>(const QList<domain::RowChange> &)> &beforeCommit)
{
    Connection &c = *m_writeConnection;
    c.clearFailure();
    // The unit's own copy: other threads see it after the commit, and never that of a failed unit.
    FileIdentity identity = m_identity;
    if (auto begun = c.execScript("BEGIN IMMEDIATE"); !begun)
        return tl::unexpected(logged(begun.error(), logStorage()));
    Transaction tx(c, identity, header);
    Result<void> done = work(tx);
    QList<domain::RowChange> rows = tx.rowChanges();
    if (done && beforeCommit)
        done = beforeCommit(rows);
    if (done)
        done = tx.finish();
    // A failed statement whose error a service ignored must stop the commit.
    if (done && c.failure())
        done = tl::unexpected(*c.failure());
    if (done)
        done = c.execScript("COMMIT");
    if (!done) {
        if (!sqlite3_get_autocommit(c.handle()))
            static_cast<void>(c.execScript("ROLLBACK"));
        const ErrorCode code = done.error().code;
        if (code == ErrorCode::Storage || code == ErrorCode::Internal || code == ErrorCode::DiskFull ||
            code == ErrorCode::Damaged)
            return tl::unexpected(logged(done.error(), logStorage()));
        return done;
    }
    if (isOther(identity, m_identity))
        setIdentity(identity);
    const bool grew = !rows.isEmpty();
    announce(rows);
    if (grew)
        Q_EMIT groupWritten();
    return {};
}

Result<void> Database::apply(const std::function<Result<QList<domain::RowChange>>(Connection &)> &work)
{
    QList<domain::RowChange> rows;
    auto done = transactLocal([&](Connection &c) -> Result<void> {
        auto changed = work(c);
        if (!changed)
            return fail(changed);
        rows = *changed;
        return {};
    });
    if (!done && done.error().code == ErrorCode::KeyMissing) // expected occasionally
        return done;
    if (!done)
        return tl::unexpected(logged(done.error(), logStorage()));
    announce(rows);
    return {};
}

void Database::announce(QList<domain::RowChange> rows)
{
    if (rows.size() > largestAnnouncement) {
        QList<domain::RowChange> tables;
        for (const auto &row : std::as_const(rows)) {
            if (std::ranges::none_of(tables, [&](const auto &t) { return t.entity == row.entity; }))
                tables << domain::RowChange{row.entity, {}, row.op, 0};
        }
        rows = tables;
    }
    if (!rows.isEmpty())
        Q_EMIT rowsChanged(rows);
}

Result<void> Database::transactLocal(const std::function<Result<void>(Connection &)> &work)
{
    Connection &c = *m_writeConnection;
    c.clearFailure();
    if (auto begun = c.execScript("BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<void> done = work(c);
    if (done && c.failure())
        done = tl::unexpected(*c.failure());
    if (done)
        done = c.execScript("COMMIT");
    if (!done && !sqlite3_get_autocommit(c.handle()))
        static_cast<void>(c.execScript("ROLLBACK"));
    return done;
}

Result<void> Database::becomeNewDevice(qint64 nowMs)
{
    auto done = transactLocal([&](Connection &c) -> Result<void> {
        const auto code = newDeviceCode(c);
        return code ? becomeDevice(c, m_identity, Id::create(nowMs), *code, nowMs) : fail(code);
    });
    return done ? loadIdentity() : done;
}

Result<void> Database::takeDeviceCode(const QString &code)
{
    auto done = transactLocal([&](Connection &c) { return nameDevice(c, m_identity, code); });
    return done ? loadIdentity() : done;
}

Result<void> Database::maintenance(const QString &reason, const UnitHeader &header,
                                   const std::function<Result<void>(Connection &)> &work)
{
    return transact(header, [&](Transaction &tx) -> Result<void> {
        if (auto opened = tx.connection().exec("INSERT INTO maintenance VALUES (1,?)", reason); !opened)
            return opened;
        if (auto done = work(tx.connection()); !done)
            return done;
        return tx.connection().exec("DELETE FROM maintenance");
    });
}

} // namespace clinic::storage
