// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "services/session.h"
#include "storage/database.h"

namespace clinic::services {

// A user's identity and permissions by the rows of a file that is not written: a backup, or a clinic that
// the program has open. The role is the one that sign-in gives; the password is checked also when a keychain
// opened the file. Wrong names, passwords and codes cost time: they are counted in a file beside the key file
// (secrets/wrongpasswords.h). A used recovery code could not be recorded, so recovery codes are refused. In a
// demo, users named demo-... need no password.
struct FileVisitor
{
    QString login;
    QString password;
    QString code{}; // second-factor code, for a user with a second factor
    QString file{}; // the file itself, if the rows come from a copy of it; empty = the database's own
};
[[nodiscard]] Result<Session> sessionInFile(storage::Database &database, const FileVisitor &visitor,
                                            const Clock &clock);

} // namespace clinic::services
