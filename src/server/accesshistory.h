// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/roles.h"
#include "server/picture.h"

namespace clinic::server {

// Rows that say who may do what, as they were when a device had seen the history up to a number; what that
// device wrote itself it had seen as well.
class AccessHistory
{
public:
    AccessHistory(SqlSession &session, const Id &hospital, const Id &device, qint64 seen)
        : m_session(session), m_hospital(hospital), m_device(device), m_seen(seen)
    {}

    [[nodiscard]] Result<PictureRow> row(const RowKey &key);
    [[nodiscard]] Result<QList<Id>> children(const QByteArray &entity, const Id &parent);

    // Whether an entity's rows are kept this way.
    [[nodiscard]] static bool keeps(const QByteArray &entity);
    // What a push writes beside the row itself: runMany's table, columns and row.
    static constexpr const char *table = "access_history";
    static constexpr const char *columns = "hospital_id, entity, id, seq, parent, device, fields";
    [[nodiscard]] static Row entry(const Id &hospital, const Id &device, qint64 seq, const Edit &edit);

private:
    SqlSession &m_session;
    Id m_hospital;
    Id m_device;
    qint64 m_seen;
};

// What a person may do in a role by those rows (Picture: now; AccessHistory: then); nothing when he does not
// hold it.
template <class Rows>
[[nodiscard]] Result<QSet<QString>> grantsFrom(Rows &rows, const Id &actor, const Id &role)
{
    QSet<QString> grants;
    const auto user = rows.row({"app_user", actor});
    if (!user)
        return fail(user);
    if (!user->exists || user->number("active") == 0)
        return grants;
    const auto links = rows.children("user_role", actor);
    if (!links)
        return fail(links);
    bool holds = false;
    for (const Id &link : *links) {
        const auto row = rows.row({"user_role", link});
        if (!row)
            return fail(row);
        holds = holds || (row->id("role_id") == role && row->number("active") != 0);
    }
    QSet<Id> seen; // a circle of inheritance ends here
    for (Id at = role; holds && !at.isNull() && !seen.contains(at);) {
        seen.insert(at);
        const auto row = rows.row({"role", at});
        if (!row)
            return fail(row);
        if (!row->exists || row->number("active") == 0)
            break;
        grants.unite(domain::grantedAnyway(row->text("code")));
        const auto permissions = rows.children("role_permission", at);
        if (!permissions)
            return fail(permissions);
        for (const Id &id : *permissions) {
            const auto permission = rows.row({"role_permission", id});
            if (!permission)
                return fail(permission);
            if (permission->number("granted") != 0)
                grants.insert(permission->text("permission"));
        }
        at = row->id("parent_id");
    }
    return grants;
}

} // namespace clinic::server
