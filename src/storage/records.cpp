// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/records.h"

#include <mutex>

namespace clinic::storage {
namespace {

QByteArray quoted(const char *column)
{
    return '"' + QByteArray(column) + '"';
}

EntitySql makeSql(const EntityInfo &entity)
{
    QByteArray columns;
    QByteArray marks;
    QByteArray assignments;
    for (const FieldInfo &f : entity.fields) {
        columns += ", " + quoted(f.column);
        marks += ",?";
        assignments += ", " + quoted(f.column) + "=?";
    }
    EntitySql sql;
    sql.select = "SELECT rid, id, branch_id, created_at, created_by, updated_at, updated_by" + columns +
                 " FROM " + entity.name;
    sql.selectById = sql.select + " WHERE id=?";
    sql.insert =
        "INSERT INTO " + QByteArray(entity.name) +
        " (id, branch_id, created_at, created_by, updated_at, updated_by, hospital_id, origin_device" +
        columns + ") VALUES (?,?,?,?,?,?,?,?" + marks + ")";
    sql.insertMissing = sql.insert + " ON CONFLICT (id) DO NOTHING RETURNING rid";
    sql.replace = "UPDATE " + QByteArray(entity.name) + " SET updated_at=?, updated_by=?" + assignments +
                  " WHERE id=? RETURNING rid";
    return sql;
}

} // namespace

const EntitySql &sqlFor(const EntityInfo &entity)
{
    static std::mutex mutex;
    static QHash<const EntityInfo *, EntitySql *>
        cache; // entities live as long as the program, so do their statements
    const std::lock_guard lock(mutex);
    EntitySql *&sql = cache[&entity];
    if (!sql)
        sql = new EntitySql(makeSql(entity));
    return *sql;
}

Record readRecord(const Query &q, const EntityInfo &entity)
{
    Record record;
    record.entity = &entity;
    record.row.rid = q.integer(0);
    record.row.id = q.id(1);
    record.row.branchId = q.id(2);
    record.row.createdAt = q.integer(3);
    record.row.createdBy = q.id(4);
    record.row.updatedAt = q.integer(5);
    record.row.updatedBy = q.id(6);
    const auto count = static_cast<int>(entity.fields.size());
    record.values.reserve(count);
    for (int i = 0; i < count; ++i)
        record.values << q.value(7 + i);
    return record;
}

Result<Record> findRecord(Connection &connection, const EntityInfo &entity, const Id &id)
{
    Query q = connection.query(sqlFor(entity).selectById, id);
    if (q.next())
        return readRecord(q, entity);
    if (!q.ok())
        return q.failed();
    return fail(ErrorCode::NotFound, QString::fromLatin1(entity.name));
}

} // namespace clinic::storage
