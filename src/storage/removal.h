// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace clinic::storage {

// Removes everything of the clinic that the program keeps beside its file: the file with its journals and
// copies, the daily backups, the sealed file of keys. What people copied elsewhere is theirs to remove.
// Returns what could not be removed.
QStringList removeClinicFiles(const QString &path);

// Removes one file that was begun and not finished, with its journals and its key file. Backups and copies
// stay.
void removeBegunFile(const QString &path);

} // namespace clinic::storage
