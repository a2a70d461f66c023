// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "services/session.h"
#include "storage/database.h"

namespace clinic::services {

// Who somebody is and what he may do by the rows of a file that is not to be written: a backup, or a clinic
// that the program has open. The role is the one that signing in gives; the password has to be right also
// where the file was opened by a keychain. Wrong names, passwords and codes cost time: they are counted in a
// file beside its key file (secrets/wrongpasswords.h). A used code cannot be noted, so a recovery code in the
// place of a second factor is refused. In a demo, users named demo-... need no password.
struct FileVisitor
{
    QString login;
    QString password;
    QString code{}; // of the second factor, for who has one
    QString file{}; // that he asks for, where the rows are those of a copy of it; empty: the database's own
};
[[nodiscard]] Result<Session> sessionInFile(storage::Database &database, const FileVisitor &visitor,
                                            const Clock &clock);

} // namespace clinic::services
