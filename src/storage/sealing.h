// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

namespace clinic::storage {

// The state of the copies beside a clinic: backups, and those from before migrations.
struct CopiesSealed
{
    QList<FileKey> needed;   // older keys that a copy still needs
    QStringList left;        // those copies
    Error why;               // why the first of them could not be sealed anew
    bool hasUnknown = false; // a copy opens with none of the known keys
};

// Seals a clinic's file with another key: an unsealed one for the first time, or a sealed one whose key is
// replaced. `known` holds every useful key, `to` among them; the clinic's key file must have `to` and the
// previous key already. The new file is written beside the old one, checked as a backup is, and replaces it
// in one step; the old one stays until the new one was opened, and is then overwritten. Then the backups and
// copies beside it are sealed. After any interruption the clinic and each copy open with one of the known
// keys and a key file beside them; another call continues. InUse while a program has the file open.
[[nodiscard]] Result<CopiesSealed> sealFile(const QString &path, const QList<FileKey> &known,
                                            const FileKey &to, const Clock &clock);

// An interrupted sealing left files, or there are unsealed copies beside a sealed file.
[[nodiscard]] bool isSealingUnfinished(const QString &path);
// Finishes an interrupted sealing of a file that has that key already.
[[nodiscard]] Result<CopiesSealed> finishSealing(const QString &path, const QList<FileKey> &known,
                                                 const FileKey &to, const Clock &clock);

} // namespace clinic::storage
