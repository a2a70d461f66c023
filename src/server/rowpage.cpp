// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rowpage.h"

#include "sync/wire/grammar.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::server {
namespace {

constexpr qint64 logPage = 3000; // rows, and sync::limits::page bytes
// A driver returns whole answers in memory, and rows may be large: the first query asks for few.
constexpr qint64 firstRows = 128;
constexpr qint64 mostRows = 512;

} // namespace

QByteArray visibleTo(const DeviceRecord &device, Row &parameters)
{
    if (device.hasEverything())
        return {};
    QByteArray out(" AND (scope IN (");
    for (qsizetype i = 0; i < device.scopes.size(); ++i) {
        parameters << textValue(device.scopes[i]);
        out += (i ? ",$" : "$") + QByteArray::number(parameters.size());
    }
    parameters << idValue(device.id);
    return out + ") OR patient IN (SELECT patient FROM device_chart WHERE hospital_id=$1 AND device=$" +
           QByteArray::number(parameters.size()) + "))";
}

bool isPlaceInRows(const QByteArray &number, const QByteArray &entity, const QByteArray &id)
{
    bool isNumber = false;
    const qint64 n = number.toLongLong(&isNumber);
    return isNumber && sync::grammar::isCount(n) && (entity == "!" || sync::grammar::isName(entity)) &&
           (id == "00" || sync::grammar::isHex(id, 16));
}

Result<void> readRows(SqlSession &session, RowPage &page, const QByteArray &which, RowOrder order,
                      Row parameters, const QByteArray &among)
{
    const QByteArray few =
        among.isEmpty()
            ? QByteArray()
            : "WITH few AS MATERIALIZED (SELECT * FROM record WHERE hospital_id=$1 AND " + among + ") ";
    if (page.rows.isEmpty())
        page.rows.reserve(qsizetype(1) << 20);
    const bool byName = order == RowOrder::ByName;
    // A condition with few rows needs one query: appointment events are small.
    for (qint64 atOnce = few.isEmpty() ? firstRows : pageLimit; !page.isFull();
         atOnce = qMin(mostRows, atOnce * 4)) {
        const qint64 wanted = qMin(atOnce, pageLimit - page.count);
        qint64 count = 0;
        const auto read = session.each(
            few +
                "SELECT seq, entity, id, scope, branch, created_at, created_by, updated_at, updated_by, "
                "device, fields, rv FROM " +
                (few.isEmpty() ? "record" : "few") + " WHERE hospital_id=$1 AND " + which + " ORDER BY " +
                (byName ? "entity, id" : "seq, entity, id") + " LIMIT " + QByteArray::number(wanted),
            parameters, [&](const RowView &row) {
                ++count;
                if (page.isFull())
                    return;
                ++page.count;
                page.lastSeq = row.integer(0);
                page.lastEntity = row.bytes(1).toByteArray();
                page.lastId = row.id(2);
                sync::appendRow(page.rows,
                                {page.lastEntity,
                                 page.lastId,
                                 row.bytes(3).toByteArray(),
                                 sync::ServerRow::whole,
                                 row.integer(11),
                                 row.id(4),
                                 row.integer(5),
                                 row.id(6),
                                 row.integer(7),
                                 row.id(8),
                                 row.id(9),
                                 {}},
                                row.bytes(10));
            });
        if (!read || count < wanted)
            return read;
        int at = 1;
        if (!byName)
            parameters[at++] = Value{page.lastSeq};
        parameters[at++] = textValue(page.lastEntity);
        parameters[at] = idValue(page.lastId);
    }
    return {};
}

Result<NewsPage> readNews(SqlSession &session, const Id &hospital, const DeviceRecord &device, qint64 after)
{
    // $2 and $3: the last row sent.
    Row parameters{idValue(hospital), Value{after}, Value{std::numeric_limits<qint64>::max()},
                   Value{qint64(0)}};
    const QByteArray sql =
        "SELECT seq, device, g, body, ord FROM change_log WHERE hospital_id=$1 AND seq>=$2 AND "
        "(seq>$2 OR ord>$3)" +
        visibleTo(device, parameters) + " ORDER BY seq, ord LIMIT $4";
    NewsPage page;
    qint64 rows = 0;
    qsizetype bytes = 0;
    for (qint64 atOnce = firstRows;; atOnce = qMin(mostRows, atOnce * 4)) {
        parameters[3] = Value{atOnce};
        qint64 count = 0;
        qint64 lastOrd = 0;
        const auto read = session.each(sql, parameters, [&](const RowView &row) {
            ++count;
            if (page.isFull)
                return;
            const bool isNew = page.groups.empty() || page.groups.back().seq != row.integer(0);
            if (isNew && (rows >= logPage || bytes >= sync::limits::page)) {
                page.isFull = true;
                return;
            }
            if (isNew)
                page.groups.push_back({row.integer(0), row.id(1), row.integer(2)});
            // A row that no PC could read is left out: its version is then ahead of the PCs', and they ask
            // for the whole row.
            if (sync::isStoredRow(row.bytes(3)))
                sync::JsonWriter(page.groups.back().rows).json(row.bytes(3));
            ++rows;
            bytes += row.bytes(3).size();
            lastOrd = row.integer(4);
        });
        if (!read)
            return fail(read);
        if (page.isFull || count < atOnce)
            return page;
        parameters[1] = Value{page.lastSeq()};
        parameters[2] = Value{lastOrd};
    }
}

} // namespace clinic::server
