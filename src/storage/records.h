// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace clinic::storage {

// One row of any entity, as its field table sees it.
struct Record
{
    const EntityInfo *entity = nullptr;
    Row row{};
    QList<Value> values{}; // one per field, in the table's order
};

template <class T>
[[nodiscard]] Record toRecord(const T &object)
{
    Record record{&T::entity(), object, {}};
    record.values.reserve(qsizetype(T::entity().fields.size()));
    for (const FieldInfo &f : T::entity().fields)
        record.values << f.get(object);
    return record;
}

template <class T>
[[nodiscard]] T fromRecord(const Record &record)
{
    T object{};
    static_cast<Row &>(object) = record.row;
    for (qsizetype i = 0; i < record.values.size(); ++i)
        T::entity().fields[size_t(i)].set(object, record.values[i]);
    return object;
}

// Statements made once per entity from its field table.
struct EntitySql
{
    QByteArray select; // "SELECT rid, id, branch_id, created_at, created_by, updated_at, updated_by, <fields>
                       // FROM t"
    QByteArray selectById;
    QByteArray insert;
    QByteArray insertMissing; // a row where the id is taken already is left as it is; else RETURNING rid
    QByteArray replace; // "UPDATE t SET updated_at=?, updated_by=?, <every field>=? WHERE id=? RETURNING rid"
};
[[nodiscard]] const EntitySql &sqlFor(const EntityInfo &entity);

// The current row of a query made with EntitySql::select.
[[nodiscard]] Record readRecord(const Query &query, const EntityInfo &entity);

// All rows matching "WHERE ... ORDER BY ..."; empty tail = all. The tail is ours, values are bound.
template <class... Args>
[[nodiscard]] Result<QList<Record>> selectRecords(Connection &connection, const EntityInfo &entity,
                                                  QByteArrayView tail, const Args &...args)
{
    QList<Record> records;
    const QByteArray sql = sqlFor(entity).select + ' ' + tail.toByteArray();
    Query q = connection.query(sql, args...);
    while (q.next())
        records << readRecord(q, entity);
    if (!q.ok())
        return q.failed();
    return records;
}

template <class T, class... Args>
[[nodiscard]] Result<QList<T>> select(Connection &connection, QByteArrayView tail, const Args &...args)
{
    QList<T> objects;
    const QByteArray sql = sqlFor(T::entity()).select + ' ' + tail.toByteArray();
    Query q = connection.query(sql, args...);
    while (q.next())
        objects << fromRecord<T>(readRecord(q, T::entity()));
    if (!q.ok())
        return q.failed();
    return objects;
}

// NotFound when there is no such row.
[[nodiscard]] Result<Record> findRecord(Connection &connection, const EntityInfo &entity, const Id &id);
template <class T>
[[nodiscard]] Result<T> find(Connection &connection, const Id &id)
{
    auto record = findRecord(connection, T::entity(), id);
    if (!record)
        return fail(record);
    return fromRecord<T>(*record);
}

} // namespace clinic::storage
