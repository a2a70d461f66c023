// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/secondfactor.h"

#include "core/crypto.h"
#include "core/totp.h"
#include "services/admin/standing.h"

namespace clinic::services {
namespace secondfactor {

// 80 random bits each, too many to guess.
QString newCode()
{
    QString text = totp::toText(crypto::randomBytes(10));
    for (const int at : {12, 8, 4})
        text.insert(at, u'-');
    return text;
}

QString printOf(const QString &code)
{
    const QByteArray bytes = totp::fromText(code);
    return bytes.size() == 10 ? QString::fromLatin1(crypto::hash(bytes).first(16).toHex()) : QString();
}

Result<qint64> lastStep(storage::Connection &c, const Id &user)
{
    storage::Query q = c.query("SELECT step FROM second_factor_use WHERE user_id=?", user);
    if (q.next())
        return q.integer(0);
    return q.ok() ? Result<qint64>(0) : q.failed();
}

Result<std::optional<Error>> check(WorkUnit &unit, domain::AppUser &user, const QString &typed)
{
    if (typed.trimmed().isEmpty())
        return std::optional(Error(ErrorCode::NeedsSecondFactor));
    storage::Connection &c = unit.tx.connection();
    const auto last = lastStep(c, user.id);
    if (!last)
        return fail(last);
    if (const auto step = totp::match(totp::fromText(user.secondFactor), typed, unit.now(), *last)) {
        if (auto noted =
                c.exec("INSERT INTO second_factor_use VALUES (?,?) ON CONFLICT (user_id) DO UPDATE SET "
                       "step=excluded.step",
                       user.id, *step);
            !noted)
            return fail(noted);
        return std::optional<Error>();
    }
    QStringList left = user.recoveryCodes.split(u' ', Qt::SkipEmptyParts);
    if (const QString print = printOf(typed); !print.isEmpty() && left.removeAll(print) > 0) {
        user.recoveryCodes = left.join(u' ');
        if (auto used = unit.tx.update(user); !used)
            return fail(used);
        return std::optional<Error>();
    }
    // A code of an earlier time: this PC's clock is probably fast. Codes of a later time are not checked: the
    // answer would tell an attacker when to type them.
    const QByteArray secret = totp::fromText(user.secondFactor);
    for (qint64 steps = 2; steps <= 26 * 120; ++steps) {
        if (totp::match(secret, typed, unit.now() - steps * totp::stepMs, 0))
            return std::optional(Error(ErrorCode::WrongSecondFactor, QStringLiteral("clock"),
                                       {QString::number((steps + 1) / 2)}));
    }
    return std::optional(Error(ErrorCode::WrongSecondFactor));
}

Result<void> look(storage::Connection &c, const domain::AppUser &user, const QString &typed, qint64 now)
{
    if (typed.trimmed().isEmpty())
        return fail(ErrorCode::NeedsSecondFactor);
    const auto last = lastStep(c, user.id);
    if (!last)
        return fail(last);
    if (!totp::match(totp::fromText(user.secondFactor), typed, now, *last))
        return fail(ErrorCode::WrongSecondFactor);
    return {};
}

Result<Done> takeAway(WorkUnit &unit, domain::AppUser user)
{
    user.secondFactor.clear();
    user.recoveryCodes.clear();
    if (auto done = unit.tx.update(user); !done)
        return fail(done);
    return Done{};
}

} // namespace secondfactor

Result<QStringList> perform(WorkUnit &unit, const SetSecondFactor &intent)
{
    auto user = standing::selfByPassword(unit, intent.password, "password");
    if (!user)
        return fail(user);
    const bool isNew = !intent.secret.isEmpty();
    if (isNew ? intent.secret.size() < 16 : user->secondFactor.isEmpty())
        return fail(ErrorCode::Invalid, QStringLiteral("secret"));
    const QByteArray secret = isNew ? intent.secret : totp::fromText(user->secondFactor);
    // A code proves that the app has the secret, so that the user can sign in again.
    if (!totp::match(secret, intent.code, unit.now(), 0))
        return fail(ErrorCode::WrongSecondFactor, QStringLiteral("code"));
    QStringList codes;
    QStringList prints;
    for (int i = 0; i < recoveryCodeCount; ++i) {
        codes << secondfactor::newCode();
        prints << secondfactor::printOf(codes.last());
    }
    user->secondFactor = totp::toText(secret);
    user->recoveryCodes = prints.join(u' ');
    if (auto done = unit.tx.update(*user); !done)
        return fail(done);
    return codes;
}

Result<Done> perform(WorkUnit &unit, const RemoveSecondFactor &intent)
{
    const auto user = standing::selfByPassword(unit, intent.password, "password");
    return user ? secondfactor::takeAway(unit, *user) : fail(user);
}

Result<Done> perform(WorkUnit &unit, const ResetSecondFactor &intent)
{
    const auto user = unit.tx.get<domain::AppUser>(intent.user);
    return user ? secondfactor::takeAway(unit, *user) : fail(user);
}

Result<SecondFactorState> answer(ReadUnit &unit, const OwnSecondFactor &)
{
    const auto user = storage::find<domain::AppUser>(unit.connection, unit.session.user);
    if (!user)
        return fail(user);
    storage::Query needed =
        unit.connection.query("SELECT 1 FROM role WHERE id=? AND needs_second_factor=1", unit.session.role);
    const bool isRequired = needed.next();
    if (!needed.ok())
        return needed.failed();
    return SecondFactorState{!user->secondFactor.isEmpty(),
                             int(user->recoveryCodes.split(u' ', Qt::SkipEmptyParts).size()), isRequired};
}

} // namespace clinic::services
