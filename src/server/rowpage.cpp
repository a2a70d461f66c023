// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rowpage.h"

#include "sync/wire/grammar.h"

namespace clinic::server {

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

Result<void> readRows(SqlSession &session, RowPage &page, const QByteArray &which, const QByteArray &order,
                      const Row &parameters, const QByteArray &among)
{
    const QByteArray few =
        among.isEmpty()
            ? QByteArray()
            : "WITH few AS MATERIALIZED (SELECT * FROM record WHERE hospital_id=$1 AND " + among + ") ";
    if (page.rows.isEmpty())
        page.rows.reserve(qsizetype(1) << 20);
    return session.each(
        few +
            "SELECT seq, entity, id, scope, branch, created_at, created_by, updated_at, updated_by, device, "
            "fields, rv FROM " +
            (few.isEmpty() ? "record" : "few") + " WHERE hospital_id=$1 AND " + which + " ORDER BY " + order +
            " LIMIT " + QByteArray::number(pageLimit - page.count),
        parameters, [&](const RowView &row) {
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
}

} // namespace clinic::server
