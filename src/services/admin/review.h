// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/admin/accounts.h"

namespace clinic::services {

// Who may do what, and who is not there any more: what somebody looks through once a quarter.
struct AccessReview
{
    struct Person
    {
        UserView view{};
        QSet<QString> permissions{}; // of all roles together, though only one is worked in at a time
        qint64 lastSignIn = 0;       // on this PC; 0 = never
        qint64 lastWork = 0;  // newest row that says it was changed by this person, on any PC; 0 = none
        bool isStale = false; // active, and neither within staleDays
    };
    struct Result
    {
        QList<Person> people{};
        QList<RoleView> roles{};
        QList<RoleView> unused{}; // nobody active has them
    };
    using Outcome = Result;
    static constexpr const char *permission = "users.edit";
    int staleDays = 90;
};
[[nodiscard]] Result<AccessReview::Result> answer(ReadUnit &unit, const AccessReview &question);

} // namespace clinic::services
