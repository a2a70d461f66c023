// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/accesshistory.h"

namespace clinic::server {

bool AccessHistory::keeps(const QByteArray &entity)
{
    return entity == "app_user" || entity == "user_role" || entity == "role" || entity == "role_permission";
}

Row AccessHistory::entry(const Id &hospital, const Id &device, qint64 seq, const Edit &edit)
{
    return {idValue(hospital),
            textValue(edit.key.first),
            idValue(edit.key.second),
            Value{seq},
            idValue(edit.after.parent),
            idValue(device),
            textValue(sync::encodeFields(edit.after.fields))};
}

Result<PictureRow> AccessHistory::row(const RowKey &key)
{
    const auto rows = m_session.run(
        "SELECT fields FROM access_history WHERE hospital_id=$1 AND entity=$2 AND id=$3 "
        "AND (seq<=$4 OR device=$5) ORDER BY seq DESC LIMIT 1",
        {idValue(m_hospital), textValue(key.first), idValue(key.second), Value{m_seen}, idValue(m_device)});
    if (!rows)
        return fail(rows);
    PictureRow out;
    if (rows->isEmpty())
        return out;
    out.exists = true;
    out.fields = sync::decodeFields(bytesAt(rows->first(), 0)).value_or(sync::WireFields());
    return out;
}

Result<QList<Id>> AccessHistory::children(const QByteArray &entity, const Id &parent)
{
    const auto rows = m_session.run(
        "SELECT DISTINCT id FROM access_history WHERE hospital_id=$1 AND entity=$2 AND "
        "parent=$3 AND (seq<=$4 OR device=$5)",
        {idValue(m_hospital), textValue(entity), idValue(parent), Value{m_seen}, idValue(m_device)});
    if (!rows)
        return fail(rows);
    QList<Id> ids;
    for (const Row &row : *rows)
        ids << idAt(row, 0);
    return ids;
}

} // namespace clinic::server
