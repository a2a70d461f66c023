// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

namespace clinic::services {

// Somebody else who says yes at the open window: as at signing in, with his code where he has a second
// factor.
struct Approver
{
    QString userName{};
    QString password{};
    QString code{};
    [[nodiscard]] bool isNamed() const { return !userName.trimmed().isEmpty(); }
};

namespace approval {

// Who that is: not oneself, let in, and with that permission in one of his roles. Where a password does not
// prove who somebody is, only somebody with a second factor. What was typed wrong (WrongPassword,
// WrongSecondFactor) names the account in its arguments, and whoever stores the attempt lets it cost time.
[[nodiscard]] Result<Id> check(WorkUnit &unit, const Approver &who, const char *permission);
// Whether the hospital takes a password alone.
[[nodiscard]] Result<bool> passwordProves(storage::Connection &c);

} // namespace approval
} // namespace clinic::services
