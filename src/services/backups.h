// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QObject>
#include <functional>

namespace clinic::services {

class Clinic;

// How the automatic backups stand.
struct BackupState
{
    qint64 lastGoodAt = 0; // UTC ms; 0 = none yet
    QString lastFile;
    Error failure{}; // of the latest attempt
    bool failed = false;
    bool isNew = false;       // it was made just now
    bool secondPlace = false; // the last one is in the second place as well, with its keys and checksum
};

// Where a PC's backups lie in a second place that several PCs share.
[[nodiscard]] QString folderInSecondPlace(const QString &secondFolder, const Id &device);

// Makes today's backup if there is none younger than 20 hours: a checked copy in `folder`, and one in
// this PC's folder of `secondFolder` when that is set and reachable: a copy there that was cut off is
// completed by the next run. Keeps the newest `keep` in each, of more than three as many as 20 GB hold, and
// the one just made whatever the clock says; what is dated later than today, and what other PCs and older
// versions put into `secondFolder`, stays and does not count. A new one leaves an event. Runs on a reader
// thread; desks go on saving.
void backUpIfDue(Clinic &clinic, QObject *context, const QString &folder, const QString &secondFolder,
                 int keep, std::function<void(const BackupState &)> then);

} // namespace clinic::services
