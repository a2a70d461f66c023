// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

namespace clinic::storage {

// What became of the copies of a clinic that lie beside it: backups, and what migrations kept.
struct CopiesSealed
{
    QList<FileKey> needed;   // keys before the new one that a copy still has
    QStringList left;        // those copies
    Error why;               // the first of them could not be sealed anew
    bool hasUnknown = false; // a copy opens with none of the known keys
};

// Seals a clinic's file with another key: a plain one for the first time, or a sealed one whose key is to be
// replaced. `known` holds every key that may be of use, `to` among them; the clinic's key file has to hold
// `to` and the one before already. The new file is written beside the old one, checked as a backup is, and
// takes its place in one step; the old one stays until the new one was opened, and is then overwritten. Its
// backups and copies beside it follow. Whatever interrupts it, the clinic and each copy opens with one of the
// known keys and a key file beside it; calling it again goes on. InUse while a program has the file open.
[[nodiscard]] Result<CopiesSealed> sealFile(const QString &path, const QList<FileKey> &known,
                                            const FileKey &to, const Clock &clock);

// Something is left of a sealing that was cut off, or is in the clear beside a sealed file.
[[nodiscard]] bool isSealingUnfinished(const QString &path);
// What an interrupted sealing left behind, when the file opens with that key already.
[[nodiscard]] Result<CopiesSealed> finishSealing(const QString &path, const QList<FileKey> &known,
                                                 const FileKey &to, const Clock &clock);

} // namespace clinic::storage
