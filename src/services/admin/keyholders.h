// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// Who may open this PC's sealed file where no keychain does (secrets/keyfile.h). Both do nothing where the
// file is not sealed.

// A password that was just chosen opens the file, from before the change is stored: a cut between the two
// leaves somebody with two passwords for the file, never with none.
[[nodiscard]] Result<void> holdFile(WorkUnit &unit, const domain::AppUser &user, const QString &password);
// After a right password: whoever came by the server, or changed it on another PC, is let in here from now
// on; old passwords and people who are gone are not. A key file that cannot be written keeps nobody from
// work.
void settleFile(WorkUnit &unit, const domain::AppUser &user, const QString &password);

// A new recovery key for the hospital; the one before opens nothing any more, on this PC at once and on the
// others with the next sign-in. Outcome: what to print. Asks for the own password.
struct MakeRecoveryKey
{
    using Outcome = QString;
    static constexpr auto intention = domain::IntentionId::MakeRecoveryKey;
    QString password;
};
[[nodiscard]] Result<QString> perform(WorkUnit &unit, const MakeRecoveryKey &intent);

} // namespace clinic::services
