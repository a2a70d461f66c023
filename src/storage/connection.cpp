// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/connection.h"

#include "core/log.h"
#include "storage/sealedvfs.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QUuid>
#include <atomic>
#include <map>
#include <mutex>
#include <sqlite3.h>

namespace clinic::storage {
namespace {

std::atomic<qint64> statementCount = 0;
std::mutex perThreadMutex;
std::map<std::thread::id, qint64> perThread;

Error fromSqlite(int code, sqlite3 *handle)
{
    // Of a broken constraint SQLite names table and column, never a value; other messages may quote SQL.
    const bool named = handle && (code & 0xff) == SQLITE_CONSTRAINT;
    const QString detail = QStringLiteral("sqlite %1: %2")
                               .arg(code)
                               .arg(QString::fromUtf8(named ? sqlite3_errmsg(handle)
                                                            : sqlite3_errstr(handle ? code : code & 0xff)));
    if (code == SQLITE_IOERR_DATA)
        return Error(ErrorCode::SealBroken, {}, {}, detail);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return Error(ErrorCode::DiskFull, {}, {}, detail);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return Error(ErrorCode::ReadOnly, {}, {}, detail);
    case SQLITE_NOTADB:
        return Error(ErrorCode::NotADatabase, {}, {}, detail);
    case SQLITE_CORRUPT:
        return Error(ErrorCode::Damaged, {}, {}, detail);
    case SQLITE_INTERRUPT:
        return Error(ErrorCode::Cancelled, {}, {}, detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(ErrorCode::InUse, {}, {}, detail);
    case SQLITE_CANTOPEN:
        return Error(ErrorCode::FileUnreadable, {}, {}, detail);
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_TRIGGER ? Error(ErrorCode::Frozen, {}, {}, detail)
                                                 : Error(ErrorCode::Internal, {}, {}, detail);
    default:
        return Error(ErrorCode::Storage, {}, {}, detail);
    }
}

int stopRequested(void *context)
{
    const auto &stopper = *static_cast<std::function<bool()> *>(context);
    return stopper && stopper() ? 1 : 0;
}

// The text with its question marks: values are people's.
int traceStatement(unsigned, void *, void *statement, void *)
{
    qCDebug(logSql) << sqlite3_sql(static_cast<sqlite3_stmt *>(statement));
    return 0;
}

// Both would make a copy that nobody sealed: VACUUM attaches its target.
int denyOtherFiles(void *, int action, const char *, const char *, const char *, const char *)
{
    return action == SQLITE_ATTACH ? SQLITE_DENY : SQLITE_OK;
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Mode mode, const QByteArray &vfs,
                                                     const FileKey &key)
{
    std::unique_ptr<Connection> connection(new Connection);
    connection->m_thread = std::this_thread::get_id();
    connection->m_name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    connection->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    QStringList options{QStringLiteral("QSQLITE_OPEN_URI"), QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000")};
    if (mode == Mode::ReadOnly)
        options << QStringLiteral("QSQLITE_OPEN_READONLY");
    QString uri = path;
    const QByteArray used = key.isNull() ? vfs : sealedvfs::nameOver(vfs);
    connection->m_path = path;
    connection->m_key = key;
    if (!key.isNull())
        connection->m_lease = std::make_unique<sealedvfs::KeyLease>(path, key);
    if (path != u":memory:") {
        uri = QStringLiteral("file:") + QString::fromLatin1(QUrl::toPercentEncoding(path, "/:"));
        if (!used.isEmpty())
            uri += QStringLiteral("?vfs=") + QString::fromLatin1(used);
    }
    connection->m_database.setConnectOptions(options.join(u';'));
    connection->m_database.setDatabaseName(uri);
    if (!connection->m_database.open()) {
        const int code = connection->m_database.lastError().nativeErrorCode().toInt();
        return tl::unexpected(fromSqlite(code ? code : SQLITE_CANTOPEN, nullptr));
    }
    const QVariant handle = connection->m_database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("QSQLITE gave no handle"));
    connection->m_handle = *static_cast<sqlite3 *const *>(handle.constData());
    sqlite3_extended_result_codes(connection->m_handle, 1);
    if (logSql().isDebugEnabled())
        sqlite3_trace_v2(connection->m_handle, SQLITE_TRACE_STMT, traceStatement, nullptr);
    if (connection->m_lease) {
        if (auto checked = connection->checkSealed(used); !checked)
            return fail(checked);
    }
#ifdef Q_OS_DARWIN
    // Without this, SQLite's syncs only reach the drive's cache (core/filewriter.cpp).
    if (auto reached = connection->execScript("PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON");
        !reached)
        return fail(reached);
#endif
    return connection;
}

// The driver may have been built with a SQLite of its own, which does not know our VFS.
Result<void> Connection::checkSealed(const QByteArray &vfs)
{
    sqlite3_vfs *used = nullptr;
    if (sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_VFS_POINTER, static_cast<void *>(&used)) !=
            SQLITE_OK ||
        !used || vfs != used->zName)
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("the file is not opened through the seal"));
    sqlite3_set_authorizer(m_handle, denyOtherFiles, nullptr);
    return {};
}

Connection::~Connection()
{
    if (m_handle)
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
    for (sqlite3_stmt *statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

sqlite3_stmt *Connection::prepare(QByteArrayView sql)
{
    // Sharing a connection between threads would make transactions bleed into each other.
    Q_ASSERT(m_thread == std::this_thread::get_id());
    const QByteArray key = QByteArray::fromRawData(sql.data(), sql.size());
    if (sqlite3_stmt *known = m_statements.value(key)) {
        // A statement still running in an outer loop needs a copy of its own; that one is not kept.
        if (!sqlite3_stmt_busy(known))
            return known;
        const QByteArray again = sql.toByteArray() + ' ';
        return prepare(again);
    }
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        qCWarning(logStorage) << "cannot prepare:" << sqlite3_errmsg(m_handle) << sql;
        noteFailure(code);
        return nullptr;
    }
    m_statements.insert(sql.toByteArray(), statement);
    return statement;
}

Error Connection::noteFailure(int code)
{
    Error error = fromSqlite(code, m_handle);
    if (error.code == ErrorCode::SealBroken)
        error = brokenSeal().value_or(error);
    if (!m_failure)
        m_failure = error;
    return error;
}

std::optional<Error> Connection::brokenSeal() const
{
    const auto fault = m_lease ? sealedvfs::fault(m_path) : std::nullopt;
    if (!fault)
        return std::nullopt;
    return Error(ErrorCode::SealBroken, {},
                 {QString::number(fault->page), fault->isLog ? QStringLiteral("log") : QString(),
                  fault->belongsAt ? QString::number(fault->belongsAt) : QString()},
                 QStringLiteral("a page does not open"));
}

Result<void> Connection::execScript(const QByteArray &sql)
{
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(noteFailure(code));
    return {};
}

void Connection::setStopper(std::function<bool()> stop)
{
    m_stopper = std::move(stop);
    sqlite3_progress_handler(m_handle, m_stopper ? 2000 : 0, m_stopper ? stopRequested : nullptr, &m_stopper);
}

qint64 Connection::statementsRun()
{
    return statementCount;
}

qint64 Connection::statementsRunOn(std::thread::id thread)
{
    const std::lock_guard lock(perThreadMutex);
    const auto it = perThread.find(thread);
    return it == perThread.end() ? 0 : it->second;
}

Query::Query(Connection &connection, sqlite3_stmt *statement)
    : m_connection(&connection), m_statement(statement)
{
    if (!statement)
        m_error = connection.failure().value_or(Error{});
    count();
}

void Query::count()
{
    ++statementCount;
    thread_local qint64 *mine = [] {
        const std::lock_guard lock(perThreadMutex);
        return &perThread[std::this_thread::get_id()];
    }();
    ++*mine;
}

Query::Query(Query &&other) noexcept
    : m_connection(other.m_connection),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_error(std::move(other.m_error))
{}

Query::~Query()
{
    if (m_statement) {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
}

void Query::bind(int index, const Value &value)
{
    if (const auto *i = std::get_if<qint64>(&value))
        bind(index, *i);
    else if (const auto *s = std::get_if<QString>(&value))
        bind(index, QStringView(*s));
    else if (const auto *b = std::get_if<QByteArray>(&value))
        bind(index, *b);
    else if (m_statement)
        sqlite3_bind_null(m_statement, index);
}

void Query::bind(int index, qint64 value)
{
    if (m_statement)
        sqlite3_bind_int64(m_statement, index, value);
}

void Query::bind(int index, QStringView value)
{
    if (!m_statement)
        return;
    if (value.isNull())
        sqlite3_bind_null(m_statement, index);
    else {
        const QByteArray utf8 = value.toUtf8();
        sqlite3_bind_text64(m_statement, index, utf8.constData(), sqlite3_uint64(utf8.size()),
                            SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

void Query::bind(int index, const QByteArray &value)
{
    if (!m_statement)
        return;
    if (value.isNull())
        sqlite3_bind_null(m_statement, index);
    else
        sqlite3_bind_blob64(m_statement, index, value.constData(), sqlite3_uint64(value.size()),
                            SQLITE_TRANSIENT);
}

void Query::bindUtf8(int index, QByteArrayView utf8)
{
    if (m_statement)
        sqlite3_bind_text64(m_statement, index, utf8.data(), sqlite3_uint64(utf8.size()), SQLITE_STATIC,
                            SQLITE_UTF8);
}

void Query::bind(int index, const Id &value)
{
    if (!m_statement)
        return;
    if (value.isNull())
        sqlite3_bind_null(m_statement, index);
    else
        sqlite3_bind_blob(m_statement, index, value.data(), 16, SQLITE_TRANSIENT);
}

bool Query::next()
{
    if (!m_statement || m_error)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_error = m_connection->noteFailure(code);
    return false;
}

Result<void> Query::run()
{
    while (next()) {
    }
    if (m_error)
        return tl::unexpected(*m_error);
    return {};
}

void Query::again()
{
    if (m_statement)
        sqlite3_reset(m_statement);
    count();
}

bool Query::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Query::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString Query::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return data ? QString::fromUtf8(data, sqlite3_column_bytes(m_statement, column)) : QString();
}

QByteArray Query::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return data ? QByteArray(data, sqlite3_column_bytes(m_statement, column)) : QByteArray();
}

Id Query::id(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return data ? Id::fromBytes(QByteArrayView(data, sqlite3_column_bytes(m_statement, column))) : Id{};
}

Value Query::value(int column) const
{
    switch (sqlite3_column_type(m_statement, column)) {
    case SQLITE_INTEGER:
        return Value{integer(column)};
    case SQLITE_TEXT:
        return Value{text(column)};
    case SQLITE_BLOB:
        return Value{bytes(column)};
    default:
        return Value{};
    }
}

int Query::columns() const
{
    return sqlite3_column_count(m_statement);
}

} // namespace clinic::storage
