// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/standing.h"

#include "core/crypto.h"
#include "core/fold.h"
#include "core/trydelay.h"
#include "core/walltime.h"
#include "domain/admin/rules.h"
#include "domain/setup/settings.h"
#include "storage/replica/replica.h"

namespace clinic::services {
namespace standing {

Result<void> noteFailure(storage::Connection &c, const QString &account, const Clock &clock)
{
    TryDelay delay;
    {
        storage::Query q = c.query("SELECT failures FROM login_delay WHERE account=?", account);
        delay.failures = q.next() ? q.number(0) : 0;
    }
    delay.noteFailure(clock);
    return c.exec("INSERT INTO login_delay VALUES (?,?,?,?) ON CONFLICT (account) DO UPDATE SET "
                  "failures=excluded.failures, until_ms=excluded.until_ms, steady_ms=excluded.steady_ms",
                  account, delay.failures, delay.untilMs, delay.steadyMs);
}

Result<qint64> secondsToWait(storage::Connection &c, const QString &account, const Clock &clock)
{
    qint64 left = 0;
    for (const QString &who : {account, thisDevice}) {
        TryDelay delay;
        {
            storage::Query q =
                c.query("SELECT failures, until_ms, steady_ms FROM login_delay WHERE account=?", who);
            if (!q.next()) {
                if (!q.ok())
                    return q.failed();
                continue;
            }
            delay = {q.number(0), q.integer(1), q.integer(2)};
        }
        const qint64 until = delay.untilMs;
        left = qMax(left, delay.left(clock));
        if (delay.untilMs != until) {
            if (auto begun = c.exec("UPDATE login_delay SET until_ms=? WHERE account=?", delay.untilMs, who);
                !begun)
                return fail(begun);
        }
    }
    return (left + 999) / 1000;
}

Result<domain::AppUser> selfByPassword(WorkUnit &unit, const QString &password, const char *field)
{
    auto user = unit.tx.get<domain::AppUser>(unit.session.user);
    if (!user)
        return user;
    const QString account = fold(user->userName).left(100);
    const auto wait = secondsToWait(unit.tx.connection(), account, unit.clock);
    if (!wait)
        return fail(wait);
    if (*wait > 0)
        return fail(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)});
    if (!crypto::passwordMatches(password, user->verifier))
        return fail(ErrorCode::WrongPassword, QString::fromLatin1(field), {account});
    return user;
}

QDate dayHere(storage::Connection &c, qint64 ms)
{
    const auto kept = storage::kept(c);
    storage::Query q = c.query("SELECT id, time_zone FROM branch WHERE active=1 ORDER BY rid");
    while (q.next()) {
        if (!kept || kept->hasBranch(q.id(0)))
            return walltime::dayOf(ms, QTimeZone(q.text(1).toLatin1()));
    }
    return walltime::dayOf(ms, QTimeZone::utc());
}

bool isLetIn(storage::Connection &c, const domain::AppUser &user, qint64 now)
{
    return user.active && !domain::isBlocked(user, dayHere(c, now));
}

Result<QList<HeldRole>> rolesOf(storage::Connection &c, const Id &user, qint64 now)
{
    const QString day = dayHere(c, now).toString(Qt::ISODate);
    storage::Query q = c.query(
        "SELECT r.id, r.code, r.name, r.scope, u.only_branch_id FROM user_role u JOIN role r ON "
        "r.id=u.role_id WHERE u.user_id=? AND "
        "r.active=1 AND u.active=1 AND (u.valid_from IS NULL OR u.valid_from<=?) AND (u.valid_until IS NULL "
        "OR u.valid_until>=?) ORDER BY u.rid",
        user, day, day);
    QList<HeldRole> roles;
    while (q.next())
        roles << HeldRole{q.id(0), q.text(1), q.text(2),
                          enumFromCode<domain::DataScope>(q.text(3)).value_or(domain::DataScope::Own),
                          q.id(4)};
    return q.ok() ? Result<QList<HeldRole>>(roles) : q.failed();
}

Result<QSet<QString>> effective(storage::Connection &c, Id role)
{
    QSet<QString> permissions;
    QSet<Id> seen; // ends a cycle of inheritance
    while (!role.isNull() && !seen.contains(role)) {
        seen.insert(role);
        storage::Query row = c.query("SELECT parent_id, code FROM role WHERE id=? AND active=1", role);
        if (!row.next()) { // an inactive role's permissions are not inherited, as on the server
            if (!row.ok())
                return row.failed();
            break;
        }
        const Id parent = row.id(0);
        permissions.unite(domain::grantedAnyway(row.text(1)));
        storage::Query q =
            c.query("SELECT permission FROM role_permission WHERE role_id=? AND granted=1", role);
        while (q.next())
            permissions.insert(q.text(0));
        if (!q.ok())
            return q.failed();
        role = parent;
    }
    return permissions;
}

Result<bool> mayInAnyRole(storage::Connection &c, const Id &user, const char *permission, qint64 now)
{
    const auto roles = rolesOf(c, user, now);
    if (!roles)
        return fail(roles);
    for (const HeldRole &role : *roles) {
        const auto permissions = granted(c, user, role.id);
        if (!permissions)
            return fail(permissions);
        if (permissions->contains(QString::fromLatin1(permission)))
            return true;
    }
    return false;
}

Result<QString> settingOf(storage::Connection &c, const char *key)
{
    const auto *info = domain::settingInfo(QString::fromLatin1(key));
    storage::Query q = c.query("SELECT value FROM setting WHERE \"key\"=? AND scope='hospital'", key);
    const QString value = q.next() ? q.text(0) : QString::fromLatin1(info->defaultValue);
    return q.ok() ? Result<QString>(value) : q.failed();
}

// A user's permissions in a role. If the role needs a second factor and the user has none, only the
// permissions to set one up; not in a demo, which has no real users.
Result<QSet<QString>> granted(storage::Connection &c, const Id &user, const Id &role)
{
    auto permissions = effective(c, role);
    if (!permissions)
        return permissions;
    storage::Query q = c.query("SELECT 1 FROM role r JOIN app_user a ON a.id=? WHERE r.id=? AND "
                               "r.needs_second_factor=1 AND coalesce(a.second_factor,'')='' AND NOT EXISTS "
                               "(SELECT 1 FROM hospital WHERE is_demo=1)",
                               user, role);
    if (q.next())
        permissions->intersect({QStringLiteral("account.own")});
    else if (!q.ok())
        return q.failed();
    return permissions;
}

} // namespace standing

Result<Standing> answer(ReadUnit &unit, const CurrentStanding &)
{
    Standing now;
    const auto user = storage::find<domain::AppUser>(unit.connection, unit.session.user);
    if (!user)
        return fail(user);
    now.mayGoOn = standing::isLetIn(unit.connection, *user, unit.now) &&
                  (user->sessionMark == unit.session.mark || user->sessionMark == unit.session.id.toString());
    const auto roles = standing::rolesOf(unit.connection, unit.session.user, unit.now);
    if (!roles)
        return fail(roles);
    const auto held = std::ranges::find(*roles, unit.session.role, &standing::HeldRole::id);
    if (held == roles->end())
        return now;
    now.scope = held->scope;
    now.onlyBranch = held->onlyBranch;
    const auto permissions = standing::granted(unit.connection, unit.session.user, unit.session.role);
    if (!permissions)
        return fail(permissions);
    now.permissions = *permissions;
    return now;
}

Result<Done> perform(WorkUnit &unit, const EndOtherSessions &)
{
    auto user = unit.tx.get<domain::AppUser>(unit.session.user);
    if (!user)
        return fail(user);
    user->sessionMark = unit.session.id.toString();
    if (auto done = unit.tx.update(*user); !done)
        return fail(done);
    return Done{};
}

} // namespace clinic::services
