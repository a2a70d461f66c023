// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/copying.h"

#include <sqlite3.h>

namespace clinic::storage {

Result<void> beginFile(Connection &connection)
{
    int reserve = reservedBytes;
    auto done = connection.execScript("PRAGMA page_size=" + QByteArray::number(FileKey::pageSize) +
                                      "; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=MEMORY;");
    if (done &&
        sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve) != SQLITE_OK)
        return fail(ErrorCode::Storage, {}, {}, QStringLiteral("cannot reserve bytes"));
    return done;
}

namespace {

// Keeps a read transaction open: without it SQLite restarts a copy at every commit of another connection,
// and a copy in a busy clinic never ends.
class Moment
{
public:
    explicit Moment(Connection &connection)
        : m_connection(connection), m_begun(connection.execScript("BEGIN"))
    {
        // BEGIN alone takes no snapshot.
        if (m_begun)
            m_begun = connection.execScript("SELECT count(*) FROM sqlite_schema");
    }
    ~Moment() { static_cast<void>(m_connection.execScript("ROLLBACK")); }
    Moment(const Moment &) = delete;
    Moment &operator=(const Moment &) = delete;
    [[nodiscard]] const Result<void> &begun() const { return m_begun; }

private:
    Connection &m_connection;
    Result<void> m_begun;
};

} // namespace

Result<void> copyPages(Connection &source, const QString &target, const FileKey &key, CopyKind kind)
{
    auto copy = Connection::open(target, Connection::Mode::ReadWrite, {}, key);
    if (!copy)
        return fail(copy);
    if (auto begun = beginFile(**copy); !begun)
        return begun;
    const Moment moment(source);
    if (!moment.begun())
        return moment.begun();
    sqlite3_backup *backup = sqlite3_backup_init((*copy)->handle(), "main", source.handle(), "main");
    if (!backup)
        return fail(ErrorCode::Storage, {}, {}, QStringLiteral("cannot start the copy"));
    int code = SQLITE_OK;
    // A thousand pages at a time, so that a writer never waits long.
    while ((code = sqlite3_backup_step(backup, 1000)) == SQLITE_OK || code == SQLITE_BUSY ||
           code == SQLITE_LOCKED) {
        if (code != SQLITE_OK)
            sqlite3_sleep(20);
    }
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) {
        if (const auto broken = source.brokenSeal())
            return tl::unexpected(*broken);
        return fail(code == SQLITE_FULL ? ErrorCode::DiskFull : ErrorCode::Storage, {}, {},
                    QStringLiteral("sqlite %1 while copying").arg(code));
    }
    if (kind == CopyKind::Live)
        return (*copy)->execScript("PRAGMA journal_mode=WAL");
    return (*copy)->execScript(key.isNull() ? "PRAGMA journal_mode=DELETE" : "PRAGMA journal_mode=MEMORY");
}

} // namespace clinic::storage
