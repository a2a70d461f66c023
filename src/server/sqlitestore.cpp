// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sqlitestore.h"

#include "server/schema.h"

#include <QFileInfo>
#include <QHash>
#include <QStorageInfo>
#include <sqlite3.h>

namespace clinic::server {
namespace {

constexpr qint64 leastRoom = qint64(4) << 20; // two of the largest requests

} // namespace

class SqliteStore::Session final : public SqlSession
{
public:
    ~Session() override
    {
        for (sqlite3_stmt *statement : std::as_const(m_statements))
            sqlite3_finalize(statement);
        sqlite3_close(m_handle);
    }

    Result<void> open(const QString &path, const QByteArray &vfs)
    {
        const QByteArray file = path.isEmpty() ? QByteArray(":memory:") : path.toUtf8();
        if (sqlite3_open_v2(file.constData(), &m_handle,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                            vfs.isEmpty() ? nullptr : vfs.constData()) != SQLITE_OK)
            return failed();
        sqlite3_busy_timeout(m_handle, 5000);
        return script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA "
                      "cache_size=-64000; PRAGMA temp_store=MEMORY;");
    }

    Result<void> script(const QByteArray &sql)
    {
        return sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr) == SQLITE_OK
                   ? Result<void>()
                   : failed();
    }

    Result<Rows> run(QByteArrayView sql, const Row &parameters) override
    {
        auto prepared = prepare(sql);
        if (!prepared)
            return fail(prepared);
        sqlite3_stmt *statement = *prepared;
        bind(statement, parameters);
        Rows rows;
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW)
            rows << read(statement);
        sqlite3_reset(statement);
        if (code != SQLITE_DONE)
            return failed();
        return rows;
    }

    Result<void> each(QByteArrayView sql, const Row &parameters,
                      const std::function<void(const RowView &)> &take) override
    {
        auto prepared = prepare(sql);
        if (!prepared)
            return fail(prepared);
        struct View final : RowView
        {
            explicit View(sqlite3_stmt *s) : statement(s) {}
            [[nodiscard]] qint64 integer(int column) const override
            {
                return sqlite3_column_int64(statement, column);
            }
            [[nodiscard]] QByteArrayView bytes(int column) const override
            {
                const void *data = sqlite3_column_blob(statement, column);
                return {static_cast<const char *>(data), sqlite3_column_bytes(statement, column)};
            }
            sqlite3_stmt *statement;
        };
        const View view(*prepared);
        bind(*prepared, parameters);
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(*prepared)) == SQLITE_ROW)
            take(view);
        sqlite3_reset(*prepared);
        return code == SQLITE_DONE ? Result<void>() : failed();
    }

    Result<void> runMany(QByteArrayView table, QByteArrayView columns, QByteArrayView onConflict,
                         const Rows &rows) override
    {
        if (rows.isEmpty())
            return {};
        QByteArray sql = "INSERT INTO " + table.toByteArray() + " (" + columns.toByteArray() + ") VALUES (";
        for (qsizetype i = 0; i < rows.first().size(); ++i)
            sql += (i ? ",$" : "$") + QByteArray::number(i + 1);
        sql += ") " + onConflict.toByteArray();
        for (const Row &row : rows) {
            if (auto done = run(sql, row); !done)
                return fail(done);
        }
        return {};
    }

    Result<void> actFor(const Id &) override { return {}; }
    [[nodiscard]] QByteArray forUpdate() const override { return {}; }
    [[nodiscard]] bool inTransaction() const { return sqlite3_get_autocommit(m_handle) == 0; }

private:
    [[nodiscard]] tl::unexpected<Error> failed() const
    {
        const int code = sqlite3_errcode(m_handle) & 0xff;
        return fail(code == SQLITE_FULL ? ErrorCode::DiskFull : ErrorCode::Storage, {}, {},
                    QString::fromUtf8(sqlite3_errmsg(m_handle)));
    }

    Result<sqlite3_stmt *> prepare(QByteArrayView sql)
    {
        const QByteArray key = sql.toByteArray();
        sqlite3_stmt *&statement = m_statements[key];
        if (!statement && sqlite3_prepare_v3(m_handle, key.constData(), int(key.size()),
                                             SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            return failed();
        return statement;
    }

    static void bind(sqlite3_stmt *statement, const Row &parameters)
    {
        sqlite3_clear_bindings(statement);
        for (int i = 0; i < int(parameters.size()); ++i) {
            const QByteArray name = '$' + QByteArray::number(i + 1);
            const int at = sqlite3_bind_parameter_index(statement, name.constData());
            const Value &value = parameters[i];
            if (const auto *number = std::get_if<qint64>(&value))
                sqlite3_bind_int64(statement, at, *number);
            else if (const auto *text = std::get_if<QString>(&value)) {
                const QByteArray utf8 = text->toUtf8();
                sqlite3_bind_text(statement, at, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
            } else if (const auto *bytes = std::get_if<QByteArray>(&value))
                sqlite3_bind_blob(statement, at, bytes->constData(), int(bytes->size()), SQLITE_TRANSIENT);
        }
    }

    static Row read(sqlite3_stmt *statement)
    {
        Row row;
        const int count = sqlite3_column_count(statement);
        row.reserve(count);
        for (int i = 0; i < count; ++i) {
            const int size = sqlite3_column_bytes(statement, i);
            switch (sqlite3_column_type(statement, i)) {
            case SQLITE_INTEGER:
                row << Value{qint64(sqlite3_column_int64(statement, i))};
                break;
            case SQLITE_TEXT:
                row << Value{QString::fromUtf8(
                    reinterpret_cast<const char *>(sqlite3_column_text(statement, i)), size)};
                break;
            case SQLITE_BLOB:
                row << Value{QByteArray(static_cast<const char *>(sqlite3_column_blob(statement, i)), size)};
                break;
            default:
                row << Value{};
            }
        }
        return row;
    }

    sqlite3 *m_handle = nullptr;
    QHash<QByteArray, sqlite3_stmt *> m_statements;
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const QString &path, const QByteArray &vfs)
{
    std::unique_ptr<SqliteStore> store(new SqliteStore);
    store->m_path = path;
    store->m_session = std::make_unique<Session>();
    auto done = store->m_session->open(path, vfs);
    if (done)
        done = store->transact({}, [](SqlSession &session) { return migrateSchema(session); });
    if (!done)
        return fail(done);
    return store;
}

SqliteStore::~SqliteStore() = default;

QString SqliteStore::describe() const
{
    return QStringLiteral("embedded SQLite, %1").arg(m_path.isEmpty() ? QStringLiteral("in memory") : m_path);
}

Result<void> SqliteStore::hasRoom() const
{
    if (m_path.isEmpty())
        return {};
    // The WAL may still have free pages when the disk is full.
    const QStorageInfo disk(QFileInfo(m_path).absolutePath());
    return disk.isValid() && disk.bytesAvailable() < leastRoom ? fail(ErrorCode::DiskFull) : Result<void>();
}

Result<void> SqliteStore::transact(const Id &, const std::function<Result<void>(SqlSession &)> &work)
{
    const std::lock_guard lock(m_mutex);
    if (auto begun = m_session->script("BEGIN IMMEDIATE"); !begun)
        return begun;
    auto done = work(*m_session);
    if (done)
        done = m_session->script("COMMIT");
    if (!done && m_session->inTransaction())
        static_cast<void>(m_session->script("ROLLBACK"));
    return done;
}

} // namespace clinic::server
