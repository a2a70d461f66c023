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

// One row of an answer as it lies in the driver's memory; good until the next one comes.
class RowView
{
public:
    virtual ~RowView() = default;
    [[nodiscard]] virtual qint64 integer(int column) const = 0;       // 0 for null
    [[nodiscard]] virtual QByteArrayView bytes(int column) const = 0; // text as UTF-8; empty for null
    [[nodiscard]] Id id(int column) const { return Id::fromBytes(bytes(column)); }
};

// One transaction on the server's database. The statements are the same text for SQLite and PostgreSQL: $1,
// $2, bytes, 64-bit integers and text are all there is; no sequence, no session state, nothing that needs one
// node.
class SqlSession
{
public:
    virtual ~SqlSession() = default;
    [[nodiscard]] virtual Result<Rows> run(QByteArrayView sql, const Row &parameters = {}) = 0;
    // The same for answers of many rows that are only passed on; `take` runs no statements.
    [[nodiscard]] virtual Result<void> each(QByteArrayView sql, const Row &parameters,
                                            const std::function<void(const RowView &)> &take) = 0;
    // The statement once per row; its parameters are all of one type per column.
    [[nodiscard]] virtual Result<void> runMany(QByteArrayView table, QByteArrayView columns,
                                               QByteArrayView onConflict, const Rows &rows) = 0;
    // From here on for another hospital (enrolment only); rows of any other are out of reach.
    [[nodiscard]] virtual Result<void> actFor(const Id &hospital) = 0;
    // " FOR UPDATE" where rows are locked one by one.
    [[nodiscard]] virtual QByteArray forUpdate() const = 0;
};

// Where a server keeps its rows. Store::transact gives one session to `work` and commits when it succeeds.
// Retries of a lost race (Error code Stale, "try again") are the caller's.
class Store
{
public:
    virtual ~Store() = default;
    virtual Result<void> transact(const Id &hospital,
                                  const std::function<Result<void>(SqlSession &)> &work) = 0;
    [[nodiscard]] virtual QString describe() const = 0;
    // DiskFull when what comes next may not fit; a store that cannot tell says nothing.
    [[nodiscard]] virtual Result<void> hasRoom() const { return {}; }
    // Whether other instances commit to the same rows; then heads() tells what they did. One statement for
    // any number of hospitals.
    [[nodiscard]] virtual bool isShared() const { return false; }
    [[nodiscard]] virtual Result<QHash<Id, qint64>> heads(const QList<Id> &hospitals)
    {
        Q_UNUSED(hospitals);
        return {};
    }
};

} // namespace clinic::server
