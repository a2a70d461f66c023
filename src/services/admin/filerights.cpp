// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/filerights.h"

#include "core/crypto.h"
#include "core/fold.h"
#include "core/profile.h"
#include "secrets/wrongpasswords.h"
#include "services/admin/accounts.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"

namespace clinic::services {

Result<Session> sessionInFile(storage::Database &database, const FileVisitor &visitor, const Clock &clock)
{
    storage::Connection &c = database.writerConnection();
    const QString login = visitor.login.trimmed().left(254);
    const bool isDemo = database.identity().isDemo && login.startsWith(QStringLiteral("demo-"));
    if (!isDemo) {
        const auto wait = standing::secondsToWait(c, fold(login).left(100), clock);
        if (!wait)
            return fail(wait);
        if (*wait > 0)
            return fail(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)});
    }
    const auto users = storage::select<domain::AppUser>(c, "WHERE user_name=? COLLATE NOCASE LIMIT 1", login);
    if (!users)
        return fail(users);
    const bool isKnown = !users->isEmpty();
    // The file may not be written to here: the try is counted beside it.
    std::optional<secrets::WrongPasswords> tries;
    bool matches = isKnown;
    if (!isDemo) {
        tries.emplace(keyFileOf(visitor.file.isEmpty() ? c.path() : visitor.file), clock);
        if (auto begun = tries->begin(); !begun)
            return fail(begun);
        // A name that is not there costs what a wrong password costs, in time as well.
        if (isKnown)
            matches = crypto::passwordMatches(visitor.password, users->first().verifier);
        else
            static_cast<void>(crypto::passwordVerifier(visitor.password, passwordCost(testHooksAllowed())));
    }
    if (!matches)
        return fail(ErrorCode::WrongPassword);
    const domain::AppUser &user = users->first();
    const qint64 now = clock.nowMs();
    const bool isLetIn = standing::isLetIn(c, user, now);
    // Guessing the second factor costs time as guessing a password does.
    if (isLetIn && !isDemo && !user.secondFactor.isEmpty()) {
        if (auto shown = secondfactor::look(c, user, visitor.code, now); !shown)
            return fail(shown);
    }
    if (tries)
        tries->succeeded();
    if (!isLetIn)
        return fail(ErrorCode::Inactive, QStringLiteral("user"), {user.inactiveReason});
    const auto roles = standing::rolesOf(c, user.id, now);
    if (!roles)
        return fail(roles);
    if (roles->isEmpty())
        return fail(ErrorCode::Inactive, QStringLiteral("role"));
    const auto permissions = standing::granted(c, user.id, roles->first().id);
    if (!permissions)
        return fail(permissions);
    Session session;
    session.id = Id::create(now);
    session.user = user.id;
    session.userName = user.userName;
    session.displayName = user.displayName;
    session.role = roles->first().id;
    session.roleCode = roles->first().code;
    session.roleName = roles->first().name;
    session.grants = domain::Grants(*permissions);
    session.startedAt = clock.monotonicMs();
    session.provenUntil = session.startedAt + 60'000;
    return session;
}

} // namespace clinic::services
