// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// The second factor at sign-in: a code of the user's authenticator app, or one of ten recovery codes on
// paper, each good once.
inline constexpr int recoveryCodeCount = 10;

// Sets up the user's own second factor; with an empty secret, only makes new recovery codes. Returns these
// codes, which are never shown again.
struct SetSecondFactor
{
    using Outcome = QStringList;
    static constexpr auto intention = domain::IntentionId::SetSecondFactor;
    QString password;
    QByteArray secret;
    QString code; // of the app, for the new or the present secret
};
[[nodiscard]] Result<QStringList> perform(WorkUnit &unit, const SetSecondFactor &intent);

// Removes the user's own second factor.
struct RemoveSecondFactor
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::RemoveSecondFactor;
    QString password;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const RemoveSecondFactor &intent);

// Removes another user's second factor, if he lost telephone and paper.
struct ResetSecondFactor
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResetSecondFactor;
    Id user{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ResetSecondFactor &intent);

struct SecondFactorState
{
    bool isOn = false;
    int codesLeft = 0;
    bool isRequired = false; // by the working role
};
struct OwnSecondFactor
{
    using Outcome = SecondFactorState;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<SecondFactorState> answer(ReadUnit &unit, const OwnSecondFactor &question);

namespace secondfactor {
// At sign-in: nothing for a right code (which is used up), NeedsSecondFactor when none was typed.
[[nodiscard]] Result<std::optional<Error>> check(WorkUnit &unit, domain::AppUser &user, const QString &typed);
// The same for a read-only file: only the app's codes count, and they are not used up.
[[nodiscard]] Result<void> look(storage::Connection &c, const domain::AppUser &user, const QString &typed,
                                qint64 now);
} // namespace secondfactor

} // namespace clinic::services
