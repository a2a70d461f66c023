// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"

#include <QSet>

namespace clinic::services {

// A session's state by the present rows; a role that was taken away takes effect without a restart.
struct Standing
{
    QSet<QString> permissions{};
    domain::DataScope scope{};
    Id onlyBranch{};
    bool mayGoOn = false; // the user is still accepted, and the session was not ended elsewhere
};
struct CurrentStanding
{
    using Outcome = Standing;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<Standing> answer(ReadUnit &unit, const CurrentStanding &question);

// Ends all other sessions of the user: on other PCs when they pull the change.
struct EndOtherSessions
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::EndOtherSessions;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const EndOtherSessions &intent);

// Shared by sign-in, proof and approval.
namespace standing {

// The day at this PC's branch, whatever zone the PC is set to: a block from Monday on begins when Monday
// begins there.
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
// A user's roles on the day of `now`, in the order they were given.
[[nodiscard]] Result<QList<HeldRole>> rolesOf(storage::Connection &c, const Id &user, qint64 now);
// Own and inherited permissions of a role.
[[nodiscard]] Result<QSet<QString>> effective(storage::Connection &c, Id role);
// A user's permissions in a role. If the role needs a second factor and the user has none, only the
// permissions to set one up; not in a demo, which has no real users.
[[nodiscard]] Result<QSet<QString>> granted(storage::Connection &c, const Id &user, const Id &role);
// Whether the user has the permission in any of his roles.
[[nodiscard]] Result<bool> mayInAnyRole(storage::Connection &c, const Id &user, const char *permission,
                                        qint64 now);
// The hospital's setting, or its default.
[[nodiscard]] Result<QString> settingOf(storage::Connection &c, const char *key);

// Wrong passwords and codes cost time, per account and per PC; the delay doubles, and survives a restart.
// Returns the remaining seconds; `account` is the folded name. Call in a transaction: a clock that was set
// back is recorded; one that was set forward shortens nothing as long as the machine is up.
[[nodiscard]] Result<qint64> secondsToWait(storage::Connection &c, const QString &account,
                                           const Clock &clock);
[[nodiscard]] Result<void> noteFailure(storage::Connection &c, const QString &account, const Clock &clock);
// The signed-in user, if the password is right: WrongPassword names the account in its arguments, so that it
// costs time although the transaction is rolled back. `field` is the form field.
[[nodiscard]] Result<domain::AppUser> selfByPassword(WorkUnit &unit, const QString &password,
                                                     const char *field);
inline const QString thisDevice = QStringLiteral("*device");

} // namespace standing
} // namespace clinic::services
