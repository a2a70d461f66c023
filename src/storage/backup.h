// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

namespace clinic::storage {

struct CheckReport
{
    QStringList notes;     // notes that are no fault of the file
    QStringList missing{}; // rows lost since this file was connected to a server
    QStringList faults;    // in English, for administrators and support; empty = sound
    QString hospital{};    // its name; empty before it is set up
    qint64 patients = 0;
    qint64 appointments = 0;
    qint64 events = 0;
    qint64 newestEventAt = 0;
    [[nodiscard]] bool isSound() const { return faults.isEmpty(); }
};

// Schema, triggers (present and effective), indexes, integrity, orphans, search keys, audit chain, number
// series.
[[nodiscard]] Result<CheckReport> checkDatabase(Connection &connection, const FileIdentity &identity);

// The checksum file beside a backup: covers the whole file, also bytes that SQLite would not miss.
[[nodiscard]] QString checkFileOf(const QString &backup);
// While a backup is sealed anew, the checksum file names two files, either of which may be there.
[[nodiscard]] Result<void> writeCheck(const QStringList &files, const QString &checkFile);
enum class CheckState { Missing, Fits, FitsOneOfTwo, Differs };
[[nodiscard]] CheckState lookAtCheck(const QString &backup);

// A copy of an open clinic of an older version at `target`, brought to this version; the clinic stays as it
// is. For reading what only this version's tables tell. Nothing is left when that fails.
[[nodiscard]] Result<void> copyToThisVersion(Connection &older, const QString &target, const Clock &clock);

// Copies an open clinic page by page to a new file and checks the copy. A clinic of an older version is not
// migrated; the check migrates a second copy. The target must not exist; a
// failed copy is removed again. The copy of a sealed file is sealed with the same key, and the same people
// may open it: its key file is copied beside it.
[[nodiscard]] Result<CheckReport> backUp(Connection &source, const FileIdentity &identity,
                                         const QString &target, const Clock &clock);

// Makes a new clinic file from a backup: checked before and after, and a new device, because the old one may
// still be in use. The target must not exist. A sealed backup needs its key; WrongKey for another.
[[nodiscard]] Result<CheckReport> restore(const QString &backup, const QString &target, const Clock &clock,
                                          const FileKey &key = {});
// All of restore() except the new file: works in the system's folder for temporary files, and leaves
// nothing.
[[nodiscard]] Result<CheckReport> tryRestore(const QString &backup, const Clock &clock,
                                             const FileKey &key = {});

} // namespace clinic::storage
