// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

namespace clinic::storage {

// Seals a clinic's file with another key: a plain one for the first time, or a sealed one whose key is to be
// replaced. The new file is written beside the old one, checked as a backup is, and takes its place in one
// step; the old one stays until the new one was opened, and is then overwritten. Its backups and copies
// beside it follow. Whatever interrupts it, the clinic's file opens with one of the two keys, both of which
// have to be kept until this returns; calling it again goes on. InUse while a program has the file open.
[[nodiscard]] Result<void> sealFile(const QString &path, const FileKey &from, const FileKey &to,
                                    const Clock &clock);

// Something in the clear is left beside a sealed file.
[[nodiscard]] bool isSealingUnfinished(const QString &path);
// What an interrupted sealing left behind, when the file opens with that key already.
[[nodiscard]] Result<void> finishSealing(const QString &path, const FileKey &from, const FileKey &to,
                                         const Clock &clock);

} // namespace clinic::storage
