// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/proof.h"

#include "core/fold.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"
#include "storage/replica/enrolment.h"
#include "sync/wire/onetime.h"

namespace clinic::services {
namespace proving {

// Whether it is this PC's server that says so, of this person and session, for the first time. Whoever has an
// authenticator app uses that: a mailbox is easier to come by.
Result<bool> takeWord(WorkUnit &unit, const domain::AppUser &user, const ServerWord &word)
{
    storage::Connection &c = unit.tx.connection();
    const auto key = storage::stateOf(c, "server-key");
    const auto last = storage::stateOf(c, "server-word");
    if (!key || !last)
        return fail(key ? last : key);
    const auto &identity = unit.tx.identity();
    if (!user.secondFactor.isEmpty() || word.at <= last->toLongLong() ||
        !crypto::verify(
            sync::codeProof(identity.hospital, identity.device, user.id, unit.session.id, word.at),
            word.signature, QByteArray::fromBase64(key->toLatin1())))
        return false;
    if (auto kept = storage::setState(c, "server-word", QString::number(word.at)); !kept)
        return fail(kept);
    return true;
}

} // namespace proving

Result<ProofAnswer> perform(WorkUnit &unit, const ProveIdentity &intent)
{
    const auto refuse = [&](Error error) -> Result<ProofAnswer> {
        unit.tx.setOutcome("failed");
        return ProofAnswer{false, std::move(error)};
    };
    storage::Connection &c = unit.tx.connection();
    const auto wrong = [&](const QString &account, Error error) -> Result<ProofAnswer> {
        for (const QString &who : {account, standing::thisDevice}) {
            if (auto noted = standing::noteFailure(c, who, unit.clock); !noted)
                return fail(noted);
        }
        return refuse(std::move(error));
    };
    if (intent.approver.isNamed()) {
        const char *permission = domain::intentionInfo(intent.forWhat).permission;
        const auto by = approval::check(unit, intent.approver, permission ? permission : "account.own");
        if (by) {
            unit.tx.setSubject("app_user", *by);
            return ProofAnswer{true, {}};
        }
        switch (by.error().code) {
        case ErrorCode::WrongPassword:
        case ErrorCode::WrongSecondFactor:
            return wrong(by.error().args.value(0), by.error());
        case ErrorCode::WaitBeforeLogin:
        case ErrorCode::Invalid:
        case ErrorCode::Forbidden:
        case ErrorCode::NeedsSecondFactor:
        case ErrorCode::NeedsProof:
            return refuse(by.error());
        default:
            return fail(by);
        }
    }
    auto self = unit.tx.get<domain::AppUser>(unit.session.user);
    if (!self)
        return fail(self);
    domain::AppUser user = *self;
    unit.tx.setSubject("app_user", user.id);
    const QString account = fold(user.userName).left(100);
    const auto wait = standing::secondsToWait(c, account, unit.clock);
    if (!wait)
        return fail(wait);
    if (*wait > 0)
        return refuse(Error(ErrorCode::WaitBeforeLogin, {}, {QString::number(*wait)}));
    if (!intent.word.signature.isEmpty()) {
        const auto isGood = proving::takeWord(unit, user, intent.word);
        if (!isGood)
            return fail(isGood);
        return *isGood ? Result<ProofAnswer>(ProofAnswer{true, {}})
                       : wrong(account, Error(ErrorCode::WrongSecondFactor, QStringLiteral("one_time")));
    }
    if (!user.secondFactor.isEmpty()) {
        const auto refused = secondfactor::check(unit, user, intent.secret);
        if (!refused)
            return fail(refused);
        if (*refused)
            return (*refused)->code == ErrorCode::WrongSecondFactor ? wrong(account, **refused)
                                                                    : refuse(**refused);
        return ProofAnswer{true, {}};
    }
    const auto enough = approval::passwordProves(c);
    if (!enough)
        return fail(enough);
    if (!*enough)
        return refuse(Error(ErrorCode::NeedsProof));
    if (!crypto::passwordMatches(intent.secret, user.verifier))
        return wrong(account, Error(ErrorCode::WrongPassword, QStringLiteral("password")));
    return ProofAnswer{true, {}};
}

Result<ProofNeeded> answer(ReadUnit &unit, const OwnProof &)
{
    const auto user = storage::find<domain::AppUser>(unit.connection, unit.session.user);
    if (!user)
        return fail(user);
    if (!user->secondFactor.isEmpty())
        return ProofNeeded{true, false};
    const auto enough = approval::passwordProves(unit.connection);
    return enough ? Result<ProofNeeded>(ProofNeeded{false, *enough, user->email, user->phone}) : fail(enough);
}

} // namespace clinic::services
