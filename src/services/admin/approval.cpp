// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/approval.h"

#include "core/crypto.h"
#include "core/fold.h"
#include "domain/setup/settings.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"

namespace clinic::services::approval {

Result<bool> passwordProves(storage::Connection &c)
{
    const auto value = standing::settingOf(c, domain::setting::passwordProves);
    return value ? Result<bool>(*value != u"false") : fail(value);
}

Result<Id> check(WorkUnit &unit, const Approver &who, const char *permission)
{
    const QString typed = who.userName.trimmed().left(254);
    auto users = unit.tx.all<domain::AppUser>("WHERE user_name=? COLLATE NOCASE LIMIT 1", typed);
    if (!users)
        return fail(users);
    const QString account = fold(users->isEmpty() ? typed : users->first().userName).left(100);
    storage::Connection &c = unit.tx.connection();
    const auto wait = standing::secondsToWait(c, account, unit.clock);
    if (!wait)
        return fail(wait);
    if (*wait > 0)
        return fail(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)});
    if (!users->isEmpty() && users->first().id == unit.session.user)
        return fail(ErrorCode::Invalid, QStringLiteral("approver_login"));
    if (users->isEmpty() || !crypto::passwordMatches(who.password, users->first().verifier))
        return fail(ErrorCode::WrongPassword, QStringLiteral("approver_password"), {account});
    domain::AppUser user = users->first();
    if (!user.secondFactor.isEmpty()) {
        const auto refused = secondfactor::check(unit, user, who.code);
        if (!refused)
            return fail(refused);
        if (*refused)
            return fail((*refused)->code, QStringLiteral("approver_code"), {account});
    } else {
        const auto enough = passwordProves(c);
        if (!enough)
            return fail(enough);
        if (!*enough)
            return fail(ErrorCode::NeedsProof, QStringLiteral("approver_login"));
    }
    const auto allowed = standing::mayInAnyRole(c, user.id, permission, unit.now());
    if (!allowed)
        return fail(allowed);
    if (!*allowed || !standing::isLetIn(c, user, unit.now()))
        return fail(ErrorCode::Forbidden, QStringLiteral("approver_login"),
                    {QString::fromLatin1(permission)});
    return user.id;
}

} // namespace clinic::services::approval
