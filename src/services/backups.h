// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/result.h"

#include <QObject>
#include <functional>

namespace clinic::services {

class Clinic;

// The state of the automatic backups.
struct BackupState
{
    qint64 lastGoodAt = 0; // UTC ms; 0 = none yet
    QString lastFile;
    Error failure{}; // of the latest attempt
    bool failed = false;
    bool isNew = false;       // it was made just now
    bool secondPlace = false; // the last one is also in the second place, with its keys and checksum
};

// A PC's folder in a second place that several PCs share.
[[nodiscard]] QString folderInSecondPlace(const QString &secondFolder, const Id &device);

// Makes today's backup if there is none younger than 20 hours: a checked copy in `folder`, and one in this
// PC's folder of `secondFolder` when that is set and reachable; the next run completes an interrupted copy
// there. Keeps the newest `keep` in each, of more than three as many as fit into 20 GB, and always the one
// just made. Files dated later than today, of other PCs and of older versions stay and do not count. A new
// backup writes an audit event. The backup runs on the file thread, so that screens and changes do not wait
// for it.
void backUpIfDue(Clinic &clinic, QObject *context, const QString &folder, const QString &secondFolder,
                 int keep, std::function<void(const BackupState &)> then);

} // namespace clinic::services
