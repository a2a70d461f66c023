// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/review.h"

#include "domain/entities.h"

namespace clinic::services {
namespace {

constexpr qint64 dayMs = 24LL * 60 * 60 * 1000;

// The newest row of every entity that each person changed.
Result<QHash<Id, qint64>> newestWork(storage::Connection &c)
{
    QHash<Id, qint64> newest;
    for (const EntityInfo *entity : domain::allEntities()) {
        storage::Query q = c.query("SELECT updated_by, max(updated_at) FROM " + QByteArray(entity->name) +
                                   " WHERE updated_by IS NOT NULL GROUP BY updated_by");
        while (q.next()) {
            qint64 &at = newest[q.id(0)];
            at = qMax(at, q.integer(1));
        }
        if (!q.ok())
            return q.failed();
    }
    return newest;
}

} // namespace

Result<AccessReview::Result> answer(ReadUnit &unit, const AccessReview &question)
{
    const auto users = answer(unit, Users{});
    if (!users)
        return fail(users);
    const auto roles = answer(unit, Roles{});
    if (!roles)
        return fail(roles);
    const auto work = newestWork(unit.connection);
    if (!work)
        return fail(work);
    AccessReview::Result review;
    review.roles = *roles;
    QSet<Id> used;
    for (const UserView &view : *users) {
        AccessReview::Person person{view, {}, 0, work->value(view.user.id), false};
        for (const RoleView &role : *roles) {
            if (!view.roles.contains(role.role.id))
                continue;
            person.permissions.unite(role.effective);
            if (view.user.active)
                used.insert(role.role.id);
        }
        storage::Query q = unit.connection.query(
            "SELECT max(at) FROM audit_event WHERE actor=? AND intention='sign-in' AND outcome='ok'",
            view.user.id);
        if (q.next())
            person.lastSignIn = q.integer(0);
        if (!q.ok())
            return q.failed();
        const qint64 last = qMax(person.lastSignIn, person.lastWork);
        const qint64 since = last > 0 ? last : view.user.createdAt;
        person.isStale = view.user.active && since < unit.now - question.staleDays * dayMs;
        review.people << person;
    }
    for (const RoleView &role : *roles) {
        if (!used.contains(role.role.id))
            review.unused << role;
    }
    return review;
}

} // namespace clinic::services
