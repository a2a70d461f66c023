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
constexpr qint64 mostBytes = 20LL * 1024 * 1024 * 1024; // documents make a clinic's file large
constexpr qint64 dueAfterMs = 20 * 3'600'000LL;
const QString pattern = QStringLiteral("clinic-*.db");

// The date is in the name, so that copying a backup does not make it younger. Nothing for a name that another
// program gave.
std::optional<qint64> timeOf(const QFileInfo &file)
{
    const QString name = file.completeBaseName().mid(7);
    const bool isUtc = name.endsWith(u'Z'); // else of an older version, by the PC's zone
    const QDateTime at =
        QDateTime::fromString(isUtc ? name.chopped(1) : name, QStringLiteral("yyyyMMdd-HHmmss"));
    if (!at.isValid())
        return {};
    return isUtc ? QDateTime(at.date(), at.time(), QTimeZone::utc()).toMSecsSinceEpoch()
                 : at.toMSecsSinceEpoch();
}

// The backups that count, the newest first: made by this program, and not dated in the future. A clock that
// was years fast for a day leaves a name that stays the newest for years. Such files stay, but neither count
// as today's backup nor displace another one.
QFileInfoList stored(const QString &folder, qint64 now)
{
    QFileInfoList files = QDir(folder).entryInfoList({pattern}, QDir::Files, QDir::Name | QDir::Reversed);
    files.removeIf([now](const QFileInfo &file) {
        const auto at = timeOf(file);
        return !at || *at > now + dueAfterMs;
    });
    return files;
}

// A backup is complete with its checksum, which is written last, and, if sealed, its key file.
bool isComplete(const QString &file, bool isSealed)
{
    return QFileInfo(file).size() > 0 && QFileInfo(storage::checkFileOf(file)).size() > 0 &&
           (!isSealed || isKept(keyFileOf(file)));
}

// The last good one, by name; empty = none.
QString lastIn(const QString &folder, bool isSealed, qint64 now)
{
    for (const QFileInfo &file : stored(folder, now)) {
        if (isComplete(file.absoluteFilePath(), isSealed))
            return file.absoluteFilePath();
    }
    return {};
}

// The checksum is written last and compared with the file: an interrupted copy is made again.
Result<void> copyTo(const QString &backup, const QString &target, bool isSealed)
{
    if (isComplete(target, isSealed))
        return {};
    const QString check = storage::checkFileOf(target);
    if (QFile::exists(check) && !QFile::remove(check))
        return fail(ErrorCode::ReadOnly);
    if (!QDir().mkpath(QFileInfo(target).absolutePath()))
        return fail(ErrorCode::ReadOnly);
    if (auto copied = copyFile(backup, target); !copied)
        return copied;
    if (isSealed) {
        if (auto copied = copyTwice(keyFileOf(backup), keyFileOf(target)); !copied)
            return copied;
    }
    if (auto copied = copyFile(storage::checkFileOf(backup), check); !copied)
        return copied;
    if (const auto state = storage::lookAtCheck(target);
        state != storage::CheckState::Differs && state != storage::CheckState::Missing)
        return {};
    QFile::remove(check);
    return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("the copy differs from the backup"));
}

// The newest three and `made` always stay; older ones within the limits for number and size.
void prune(const QString &folder, int keep, const QString &made, qint64 now)
{
    const auto files = stored(folder, now);
    qint64 bytes = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        bytes += files[i].size();
        if (i < alwaysKept || (i < keep && bytes <= mostBytes) || files[i].fileName() == made)
            continue;
        QFile::remove(files[i].absoluteFilePath());
        QFile::remove(storage::checkFileOf(files[i].absoluteFilePath()));
        QFile::remove(keyFileOf(files[i].absoluteFilePath()));
        QFile::remove(secondCopyOf(keyFileOf(files[i].absoluteFilePath())));
    }
}

// What a program that ended during a backup left behind.
void removePartial(const QString &folder, qint64 now)
{
    const auto files = QDir(folder).entryInfoList({pattern + QStringLiteral(".partial*")}, QDir::Files);
    for (const QFileInfo &file : files) {
        if (file.lastModified().toMSecsSinceEpoch() < now - dueAfterMs)
            QFile::remove(file.absoluteFilePath());
    }
}

BackupState run(storage::Database &database, const Clock &clock, const QString &folder,
                const QString &secondFolder, int keep)
{
    BackupState state;
    QDir().mkpath(folder);
    const bool isSealed = !database.fileConnection().key().isNull();
    const qint64 now = clock.nowMs();
    state.lastFile = lastIn(folder, isSealed, now);
    if (!state.lastFile.isEmpty())
        state.lastGoodAt = timeOf(QFileInfo(state.lastFile)).value_or(0);
    if (state.lastFile.isEmpty() || now - state.lastGoodAt > dueAfterMs) {
        const QString name = QStringLiteral("clinic-%1.db")
                                 .arg(QDateTime::fromMSecsSinceEpoch(now, QTimeZone::utc())
                                          .toString(QStringLiteral("yyyyMMdd-HHmmss'Z'")));
        removePartial(folder, now); // first: it may be what fills the disk
        const auto made =
            storage::backUp(database.fileConnection(), database.identity(), folder + u'/' + name, clock);
        if (!made) {
            state.failed = true;
            state.failure = logged(made.error(), logServices());
            return state;
        }
        state.isNew = true;
        state.lastGoodAt = now;
        state.lastFile = folder + u'/' + name;
        prune(folder, keep, name, now);
    }
    if (!secondFolder.isEmpty() && !state.lastFile.isEmpty()) {
        const QString own = folderInSecondPlace(secondFolder, database.identity().device);
        const QString name = QFileInfo(state.lastFile).fileName();
        const auto copied = copyTo(state.lastFile, own + u'/' + name, isSealed);
        state.secondPlace = copied.has_value();
        if (!copied) {
            state.failed = true;
            state.failure = logged(copied.error(), logServices());
        } else {
            prune(own, keep, name, now);
        }
    }
    return state;
}

// The program's own audit event: the signed-in user may lack the permission, and the backup is made all the
// same.
void note(Clinic &clinic)
{
    clinic.database().writer().post([&clinic] {
        storage::UnitHeader header;
        header.intention = domain::intentionInfo(domain::IntentionId::BackUp).name;
        header.actorName = QStringLiteral("automatic");
        header.at = clinic.clock().nowMs();
        if (!clinic.database().transact(header, [](storage::Transaction &) { return Result<void>(); }))
            qCWarning(logServices) << "a backup could not be audited";
    });
}

} // namespace backups

QString folderInSecondPlace(const QString &secondFolder, const Id &device)
{
    return secondFolder + QStringLiteral("/clinicdesk-") + device.toString();
}

void backUpIfDue(Clinic &clinic, QObject *context, const QString &folder, const QString &secondFolder,
                 int keep, std::function<void(const BackupState &)> then)
{
    clinic.runOnFiles<BackupState>(
        context,
        [&clinic, folder, secondFolder, keep] {
            return backups::run(clinic.database(), clinic.clock(), folder, secondFolder, keep);
        },
        [&clinic, then = std::move(then)](const BackupState &state) {
            if (state.isNew)
                backups::note(clinic);
            then(state);
        });
}

} // namespace clinic::services
