// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"

#include <QSet>

namespace clinic::services {

// How a session stands as the file says now; a role taken away takes effect without a restart.
struct Standing
{
    QSet<QString> permissions{};
    domain::DataScope scope{};
    Id onlyBranch{};
    bool mayGoOn = false; // still let in, and not ended from elsewhere
};
struct CurrentStanding
{
    using Outcome = Standing;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<Standing> answer(ReadUnit &unit, const CurrentStanding &question);

// Every other session of the person ends: on other PCs when they hear of it.
struct EndOtherSessions
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::EndOtherSessions;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const EndOtherSessions &intent);

// What signing in, proving and approving share.
namespace standing {

// The day at the branch this PC stands in, whatever zone the PC is set to: whoever is blocked from Monday on
// is blocked when Monday begins there.
[[nodiscard]] QDate dayHere(storage::Connection &c, qint64 ms);
[[nodiscard]] bool isLetIn(storage::Connection &c, const domain::AppUser &user, qint64 now);

struct HeldRole
{
    Id id{};
    QString code{};
    QString name{};
    domain::DataScope scope{};
    Id onlyBranch{};
};
// The roles somebody holds on the day of `now`, in the order they were given.
[[nodiscard]] Result<QList<HeldRole>> rolesOf(storage::Connection &c, const Id &user, qint64 now);
// Own and inherited permissions of a role.
[[nodiscard]] Result<QSet<QString>> effective(storage::Connection &c, Id role);
// What somebody may do in a role. Where it needs a second factor and there is none, only what leads to one;
// not in a demo, where nobody signs in in earnest.
[[nodiscard]] Result<QSet<QString>> granted(storage::Connection &c, const Id &user, const Id &role);
// In any of his roles.
[[nodiscard]] Result<bool> mayInAnyRole(storage::Connection &c, const Id &user, const char *permission,
                                        qint64 now);
// The hospital's setting, or its default.
[[nodiscard]] Result<QString> settingOf(storage::Connection &c, const char *key);

// Wrong passwords and codes cost time, per account and per PC; it doubles, and survives a restart.
// Seconds that are left to wait; `account` is the folded name. In a transaction: a clock that was set back is
// noticed, and one that was set forward shortens nothing as long as the machine is up.
[[nodiscard]] Result<qint64> secondsToWait(storage::Connection &c, const QString &account,
                                           const Clock &clock);
[[nodiscard]] Result<void> noteFailure(storage::Connection &c, const QString &account, const Clock &clock);
// Whoever is signed in, when that is the password: WrongPassword names the account in its arguments, so that
// it costs time although nothing else of the attempt is stored. `field` is where it was typed.
[[nodiscard]] Result<domain::AppUser> selfByPassword(WorkUnit &unit, const QString &password,
                                                     const char *field);
inline const QString thisDevice = QStringLiteral("*device");

} // namespace standing
} // namespace clinic::services
