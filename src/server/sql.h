// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/value.h"

#include <QHash>
#include <QList>
#include <functional>

namespace clinic::server {

using Row = QList<Value>;
using Rows = QList<Row>;

[[nodiscard]] inline qint64 integerAt(const Row &row, int column)
{
    return std::holds_alternative<qint64>(row[column]) ? std::get<qint64>(row[column]) : 0;
}
[[nodiscard]] inline QByteArray bytesAt(const Row &row, int column)
{
    if (const auto *text = std::get_if<QString>(&row[column]))
        return text->toUtf8();
    return std::holds_alternative<QByteArray>(row[column]) ? std::get<QByteArray>(row[column]) : QByteArray();
}
[[nodiscard]] inline Id idAt(const Row &row, int column)
{
    return Id::fromBytes(bytesAt(row, column));
}
[[nodiscard]] inline Value idValue(const Id &id)
{
    return id.isNull() ? Value{} : Value{id.toBytes()};
}
[[nodiscard]] inline Value textValue(const QByteArray &utf8)
{
    return Value{QString::fromUtf8(utf8)};
}

// One row of an answer in the driver's memory; valid until the next row.
class RowView
{
public:
    virtual ~RowView() = default;
    [[nodiscard]] virtual qint64 integer(int column) const = 0;       // 0 for null
    [[nodiscard]] virtual QByteArrayView bytes(int column) const = 0; // text as UTF-8; empty for null
    [[nodiscard]] Id id(int column) const { return Id::fromBytes(bytes(column)); }
};

// One transaction on the server's database. SQLite and PostgreSQL get the same text: $1, $2, bytes, 64-bit
// integers and text; no sequence, no session state, nothing that depends on one node.
class SqlSession
{
public:
    virtual ~SqlSession() = default;
    [[nodiscard]] virtual Result<Rows> run(QByteArrayView sql, const Row &parameters = {}) = 0;
    // The same for large answers that are only passed on; `take` runs no statements.
    [[nodiscard]] virtual Result<void> each(QByteArrayView sql, const Row &parameters,
                                            const std::function<void(const RowView &)> &take) = 0;
    // Runs the statement once per row; all parameters of a column have one type.
    [[nodiscard]] virtual Result<void> runMany(QByteArrayView table, QByteArrayView columns,
                                               QByteArrayView onConflict, const Rows &rows) = 0;
    // Changes the hospital of this session (enrolment only); rows of any other are out of reach.
    [[nodiscard]] virtual Result<void> actFor(const Id &hospital) = 0;
    // " FOR UPDATE" if the database locks rows one by one.
    [[nodiscard]] virtual QByteArray forUpdate() const = 0;
};

// The server's database. Store::transact gives one session to `work` and commits when it succeeds. The
// caller retries a lost race (error code Stale).
class Store
{
public:
    virtual ~Store() = default;
    virtual Result<void> transact(const Id &hospital,
                                  const std::function<Result<void>(SqlSession &)> &work) = 0;
    [[nodiscard]] virtual QString describe() const = 0;
    // DiskFull when the next write may not fit; a store that cannot tell succeeds.
    [[nodiscard]] virtual Result<void> hasRoom() const { return {}; }
    // Whether other instances commit to the same rows; then heads() returns their commits. One statement for
    // any number of hospitals.
    [[nodiscard]] virtual bool isShared() const { return false; }
    [[nodiscard]] virtual Result<QHash<Id, qint64>> heads(const QList<Id> &hospitals)
    {
        Q_UNUSED(hospitals);
        return {};
    }
};

} // namespace clinic::server
