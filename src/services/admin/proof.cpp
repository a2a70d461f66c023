// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/proof.h"

#include "core/fold.h"
#include "domain/setup/settings.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"

namespace clinic::services {
namespace proof {

Result<bool> passwordProves(storage::Connection &c)
{
    const auto value = standing::settingOf(c, domain::setting::passwordProves);
    return value ? Result<bool>(*value != u"false") : fail(value);
}

} // namespace proof

Result<ProofAnswer> perform(WorkUnit &unit, const ProveIdentity &intent)
{
    const auto refuse = [&](Error error) -> Result<ProofAnswer> {
        unit.tx.setOutcome("failed");
        return ProofAnswer{false, std::move(error)};
    };
    const bool byOther = !intent.approver.trimmed().isEmpty();
    auto users = byOther ? unit.tx.all<domain::AppUser>("WHERE user_name=? COLLATE NOCASE LIMIT 1",
                                                        intent.approver.trimmed().left(254))
                         : unit.tx.all<domain::AppUser>("WHERE id=? LIMIT 1", unit.session.user);
    if (!users)
        return fail(users);
    const QString account = fold(users->isEmpty() ? intent.approver : users->first().userName).left(100);
    storage::Connection &c = unit.tx.connection();
    const auto wait = standing::secondsToWait(c, account, unit.now());
    if (!wait)
        return fail(wait);
    if (*wait > 0)
        return refuse(Error(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)}));
    const auto wrong = [&](Error error) -> Result<ProofAnswer> {
        for (const QString &who : {account, standing::thisDevice}) {
            if (auto noted = standing::noteFailure(c, who, unit.now()); !noted)
                return fail(noted);
        }
        return refuse(std::move(error));
    };
    if (users->isEmpty())
        return wrong(Error(ErrorCode::WrongPassword));
    domain::AppUser user = users->first();
    unit.tx.setSubject("app_user", user.id);
    if (byOther) {
        if (user.id == unit.session.user || !crypto::passwordMatches(intent.secret, user.verifier))
            return wrong(Error(ErrorCode::WrongPassword));
        const char *permission = domain::intentionInfo(intent.forWhat).permission;
        const auto allowed = standing::mayInAnyRole(c, user.id, permission ? permission : "", unit.now());
        if (!allowed)
            return fail(allowed);
        if (!*allowed || !standing::isLetIn(user, unit.now()))
            return refuse(Error(ErrorCode::Forbidden, {}, {QString::fromLatin1(permission)}));
        return ProofAnswer{true, {}};
    }
    if (!user.secondFactor.isEmpty()) {
        const auto refused = secondfactor::check(unit, user, intent.secret);
        if (!refused)
            return fail(refused);
        if (*refused)
            return (*refused)->code == ErrorCode::WrongSecondFactor ? wrong(**refused) : refuse(**refused);
        return ProofAnswer{true, {}};
    }
    const auto enough = proof::passwordProves(c);
    if (!enough)
        return fail(enough);
    if (!*enough)
        return refuse(Error(ErrorCode::NeedsProof));
    if (!crypto::passwordMatches(intent.secret, user.verifier))
        return wrong(Error(ErrorCode::WrongPassword, QStringLiteral("password")));
    return ProofAnswer{true, {}};
}

Result<ProofNeeded> answer(ReadUnit &unit, const OwnProof &)
{
    const auto user = storage::find<domain::AppUser>(unit.connection, unit.session.user);
    if (!user)
        return fail(user);
    if (!user->secondFactor.isEmpty())
        return ProofNeeded{true, false};
    const auto enough = proof::passwordProves(unit.connection);
    return enough ? Result<ProofNeeded>(ProofNeeded{false, *enough}) : fail(enough);
}

} // namespace clinic::services
