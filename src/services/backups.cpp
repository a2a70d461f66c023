// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/backups.h"

#include "core/filewriter.h"
#include "core/log.h"
#include "services/clinic.h"
#include "storage/backup.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTimeZone>

namespace clinic::services {
namespace backups {

constexpr qsizetype alwaysKept = 3;
constexpr qint64 mostBytes = 20LL * 1024 * 1024 * 1024; // with documents a clinic's file may be large
constexpr qint64 dueAfterMs = 20 * 3'600'000LL;
const QString pattern = QStringLiteral("clinic-*.db");

qint64 timeOf(const QFileInfo &file)
{
    // The name carries the time, so that copying a backup elsewhere does not make it younger.
    const QString name = file.baseName().mid(7);
    if (!name.endsWith(u'Z')) // of an older version, by the PC's zone
        return QDateTime::fromString(name, QStringLiteral("yyyyMMdd-HHmmss")).toMSecsSinceEpoch();
    const QDateTime at = QDateTime::fromString(name.chopped(1), QStringLiteral("yyyyMMdd-HHmmss"));
    return QDateTime(at.date(), at.time(), QTimeZone::utc()).toMSecsSinceEpoch();
}

QFileInfoList stored(const QString &folder)
{
    return QDir(folder).entryInfoList({pattern}, QDir::Files, QDir::Name | QDir::Reversed);
}

// The newest three stay whatever they take; older ones as long as there are not too many and not too much.
void prune(const QString &folder, int keep)
{
    const auto files = stored(folder);
    qint64 bytes = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        bytes += files[i].size();
        if (i < alwaysKept || (i < keep && bytes <= mostBytes))
            continue;
        QFile::remove(files[i].absoluteFilePath());
        QFile::remove(files[i].absoluteFilePath() + QStringLiteral(".check"));
        QFile::remove(keyFileOf(files[i].absoluteFilePath()));
        QFile::remove(secondCopyOf(keyFileOf(files[i].absoluteFilePath())));
    }
}

BackupState run(storage::Database &database, const Clock &clock, const QString &folder,
                const QString &secondFolder, int keep)
{
    BackupState state;
    QDir().mkpath(folder);
    const auto files = stored(folder);
    if (!files.isEmpty()) {
        state.lastGoodAt = timeOf(files.first());
        state.lastFile = files.first().absoluteFilePath();
    }
    const qint64 now = clock.nowMs();
    const bool due =
        state.lastGoodAt == 0 || now - state.lastGoodAt > dueAfterMs || state.lastGoodAt > now + dueAfterMs;
    if (due) {
        const QString name = QStringLiteral("clinic-%1.db")
                                 .arg(QDateTime::fromMSecsSinceEpoch(now, QTimeZone::utc())
                                          .toString(QStringLiteral("yyyyMMdd-HHmmss'Z'")));
        const auto made =
            storage::backUp(database.readerConnection(), database.identity(), folder + u'/' + name, clock);
        if (!made) {
            state.failed = true;
            state.failure = logged(made.error(), logServices());
            return state;
        }
        state.lastGoodAt = now;
        state.lastFile = folder + u'/' + name;
        prune(folder, keep);
    }
    if (!secondFolder.isEmpty() && !state.lastFile.isEmpty()) {
        const QString target = secondFolder + u'/' + QFileInfo(state.lastFile).fileName();
        state.secondPlace =
            QFile::exists(target) ||
            (QDir().mkpath(secondFolder) && copyFile(state.lastFile, target) &&
             copyFile(state.lastFile + QStringLiteral(".check"), target + QStringLiteral(".check")) &&
             copyTwice(keyFileOf(state.lastFile), keyFileOf(target)));
        if (!state.secondPlace) {
            state.failed = true;
            state.failure = Error(ErrorCode::ReadOnly);
        } else {
            prune(secondFolder, keep);
        }
    }
    return state;
}

} // namespace backups

void backUpIfDue(Clinic &clinic, QObject *context, const QString &folder, const QString &secondFolder,
                 int keep, std::function<void(const BackupState &)> then)
{
    clinic.runOnReader<BackupState>(
        context,
        [&clinic, folder, secondFolder, keep] {
            return backups::run(clinic.database(), clinic.clock(), folder, secondFolder, keep);
        },
        std::move(then));
}

} // namespace clinic::services
