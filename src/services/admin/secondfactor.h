// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// What signing in asks for besides the password: a code of the person's authenticator app, or one of ten
// codes on paper, each of which is good once.
inline constexpr int recoveryCodeCount = 10;

// Sets the own second factor up, or, with no secret, only makes new codes for paper. The outcome is these
// codes, which nobody can read again.
struct SetSecondFactor
{
    using Outcome = QStringList;
    static constexpr auto intention = domain::IntentionId::SetSecondFactor;
    QString password;
    QByteArray secret;
    QString code; // of the app, with that secret or the one there is
};
[[nodiscard]] Result<QStringList> perform(WorkUnit &unit, const SetSecondFactor &intent);

// Takes the own one away.
struct RemoveSecondFactor
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::RemoveSecondFactor;
    QString password;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const RemoveSecondFactor &intent);

// Takes somebody's away who lost telephone and paper.
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
    bool isRequired = false; // by the role one works in
};
struct OwnSecondFactor
{
    using Outcome = SecondFactorState;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<SecondFactorState> answer(ReadUnit &unit, const OwnSecondFactor &question);

namespace secondfactor {
// For signing in: nothing when it is right (and used from now on), NeedsSecondFactor when none was typed.
[[nodiscard]] Result<std::optional<Error>> check(WorkUnit &unit, domain::AppUser &user, const QString &typed);
// The same where nothing can be stored: a code of the app alone counts, and is not used by it.
[[nodiscard]] Result<void> look(storage::Connection &c, const domain::AppUser &user, const QString &typed,
                                qint64 now);
} // namespace secondfactor

} // namespace clinic::services
