// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "core/filekey.h"
#include "core/result.h"

#include <QHash>
#include <QSqlDatabase>
#include <memory>
#include <thread>

struct sqlite3;
struct sqlite3_stmt;

namespace clinic::storage {

class Query;
namespace sealedvfs {
class KeyLease;
}

// One SQLite connection opened through QtSql, used from the thread that opened it and no other. Statements
// run on the same connection's own handle, kept prepared (docs/decisions/0002).
class Connection
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    // path is a file or ":memory:". vfs names a SQLite VFS to use instead of the system's; empty = the
    // system's. With a key the file is a sealed one: neither it nor anything SQLite writes beside it is in
    // the clear, and nothing can be attached or vacuumed into another file. SealBroken when a page does not
    // open.
    [[nodiscard]] static Result<std::unique_ptr<Connection>>
    open(const QString &path, Mode mode, const QByteArray &vfs = {}, const FileKey &key = {});
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // A kept statement with its values bound in order; see Query.
    template <class... Args>
    [[nodiscard]] Query query(QByteArrayView sql, const Args &...args);
    // One statement whose rows, if any, do not matter.
    template <class... Args>
    Result<void> exec(QByteArrayView sql, const Args &...args);
    // Any number of statements, nothing bound: migrations.
    Result<void> execScript(const QByteArray &sql);

    [[nodiscard]] sqlite3 *handle() const { return m_handle; }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const FileKey &key() const { return m_key; }
    // The first failure since the last clearFailure(). A transaction with a failure never commits.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    void clearFailure() { m_failure.reset(); }
    // SealBroken when a page of the file did not open since somebody opened it, whatever SQLite made of that.
    [[nodiscard]] std::optional<Error> brokenSeal() const;
    // Stops the running statement once `stop` returns true; asked every few thousand steps. Empty = never.
    void setStopper(std::function<bool()> stop);
    // How many statements ran in this process, over all connections (diagnostics and tests).
    [[nodiscard]] static qint64 statementsRun();
    [[nodiscard]] static qint64 statementsRunOn(std::thread::id thread);

private:
    Connection() = default;
    friend class Query;
    sqlite3_stmt *prepare(QByteArrayView sql);
    Error noteFailure(int code);
    Result<void> checkSealed(const QByteArray &vfs);

    QString m_name;
    QString m_path;
    FileKey m_key; // null: the file is not sealed
    std::unique_ptr<sealedvfs::KeyLease> m_lease;
    QSqlDatabase m_database;
    sqlite3 *m_handle = nullptr;
    std::thread::id m_thread;
    QHash<QByteArray, sqlite3_stmt *> m_statements;
    std::optional<Error> m_failure;
    std::function<bool()> m_stopper;
};

// A running statement; reset when it goes out of scope. Not for keeping.
class Query
{
public:
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;
    Query(Query &&other) noexcept;

    void bind(int index, const Value &value);
    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, bool value) { bind(index, qint64(value)); }
    void bind(int index, QStringView value);
    void bind(int index, const QString &value) { bind(index, QStringView(value)); }
    void bind(int index, const char *value) { bind(index, QStringView(QString::fromUtf8(value))); }
    void bind(int index, const QByteArray &value);
    void bind(int index, const Id &value);
    // UTF-8 that outlives the run; nothing is copied.
    void bindUtf8(int index, QByteArrayView utf8);

    // True while there is a row. False at the end and on failure: see ok().
    bool next();
    // Runs to the end.
    Result<void> run();
    // For the next run with other values.
    void again();
    [[nodiscard]] bool ok() const { return !m_error; }
    [[nodiscard]] Error error() const { return m_error.value_or(Error{}); }
    [[nodiscard]] tl::unexpected<Error> failed() const { return tl::unexpected<Error>(error()); }

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const { return static_cast<int>(integer(column)); }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] Id id(int column) const;
    [[nodiscard]] Value value(int column) const;
    [[nodiscard]] int columns() const;

private:
    friend class Connection;
    Query(Connection &connection, sqlite3_stmt *statement);
    static void count();

    Connection *m_connection;
    sqlite3_stmt *m_statement;
    std::optional<Error> m_error;
};

template <class... Args>
Query Connection::query(QByteArrayView sql, const Args &...args)
{
    Query q(*this, prepare(sql));
    [[maybe_unused]] int index = 0;
    (q.bind(++index, args), ...);
    return q;
}

template <class... Args>
Result<void> Connection::exec(QByteArrayView sql, const Args &...args)
{
    return query(sql, args...).run();
}

} // namespace clinic::storage
