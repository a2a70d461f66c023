// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sealing.h"

#include "core/filewriter.h"
#include "core/log.h"
#include "storage/backup.h"
#include "storage/copying.h"
#include "storage/sealedvfs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>

namespace clinic::storage {
namespace sealing {

QString partial(const QString &path)
{
    return path + QStringLiteral(".sealing");
}

QString before(const QString &path)
{
    return path + QStringLiteral(".before-sealing");
}

std::filesystem::path native(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

void removeBeside(const QString &path)
{
    for (const char *suffix : {"-wal", "-shm", "-journal"})
        QFile::remove(path + QString::fromLatin1(suffix));
}

// Everything into the file itself; no log is left when the last connection goes.
Result<void> empty(Connection &connection)
{
    Query q = connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!q.next())
        return q.failed();
    return q.integer(0) == 0 ? Result<void>() : fail(ErrorCode::InUse);
}

Result<CheckReport> check(const QString &path, const FileKey &key, const Clock &clock)
{
    Database::Options options;
    options.path = path;
    options.key = key;
    options.readOnly = true;
    options.inlineExecutors = true;
    auto database = Database::open(options, clock);
    if (!database)
        return fail(database);
    auto report = checkDatabase((*database)->writerConnection(), (*database)->identity());
    if (report && !report->isSound())
        return fail(ErrorCode::Damaged, {}, {}, report->faults.join(QStringLiteral("; ")));
    return report;
}

// A sealed copy beside the file, which says the same.
Result<void> makeCopy(const QString &path, const FileKey &from, const FileKey &to, const Clock &clock,
                      CopyKind kind)
{
    const QString copy = partial(path);
    QFile::remove(copy);
    removeBeside(copy);
    CheckReport source;
    {
        auto connection = Connection::open(path, Connection::Mode::ReadWrite, {}, from);
        if (!connection)
            return fail(connection);
        if (kind == CopyKind::Live) {
            if (auto emptied = empty(**connection); !emptied)
                return emptied;
        }
        if (auto copied = copyPages(**connection, copy, to, kind); !copied)
            return copied;
        for (auto &[count, table] : {std::pair{&source.patients, "patient"},
                                     {&source.appointments, "appointment"},
                                     {&source.events, "audit_event"}}) {
            Query q = (*connection)->query(QByteArray("SELECT count(*) FROM ") + table);
            if (!q.next())
                return q.failed();
            *count = q.integer(0);
        }
    }
    const auto report = check(copy, to, clock);
    if (!report)
        return fail(report);
    if (report->patients != source.patients || report->appointments != source.appointments ||
        report->events != source.events)
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("the sealed copy differs"));
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    removeBeside(copy);
    return {};
}

// In one step, so that there is a whole file at `path` at any moment; the old one keeps a second name.
Result<void> takePlace(const QString &path)
{
    std::error_code failed;
    QFile::remove(before(path));
    std::filesystem::create_hard_link(native(path), native(before(path)), failed);
    if (failed) {
        if (auto kept = copyFile(path, before(path)); !kept)
            return kept;
    }
    if (auto moved = moveFile(partial(path), path); !moved)
        return moved;
    removeBeside(path);
    return {};
}

// Copies of the clinic made before: backups, and what migrations kept.
QStringList copiesOf(const QString &path)
{
    const QFileInfo clinic(path);
    QStringList found;
    for (const QFileInfo &file :
         clinic.dir().entryInfoList({clinic.fileName() + QStringLiteral(".before-schema-*")}, QDir::Files))
        found << file.absoluteFilePath();
    for (const QFileInfo &file : QDir(clinic.dir().filePath(QStringLiteral("backups")))
                                     .entryInfoList({QStringLiteral("clinic-*.db")}, QDir::Files))
        found << file.absoluteFilePath();
    found.removeIf([](const QString &file) {
        return file.endsWith(QStringLiteral(".sealing")) || file.endsWith(QStringLiteral(".before-sealing"));
    });
    return found;
}

// A backup is what it was, but sealed. One that does not open, or is of an older schema, is sealed byte for
// byte in its pages all the same; one that cannot be copied at all stays and is named in the log.
void sealCopy(const QString &file, const FileKey &from, const FileKey &to, const QString &clinic)
{
    const QString copy = partial(file);
    QFile::remove(copy);
    Result<void> done = fail(ErrorCode::Internal);
    {
        auto connection = Connection::open(file, Connection::Mode::ReadOnly, {}, from);
        done = connection ? copyPages(**connection, copy, to) : fail(connection);
    }
    QFile::remove(keyFileOf(file));
    if (!done || (QFileInfo::exists(keyFileOf(clinic)) &&
                  !copyFile(keyFileOf(clinic), keyFileOf(file), FileWriter::Holds::Keys))) {
        qCWarning(logStorage) << "a copy of the clinic could not be sealed:" << QFileInfo(file).fileName();
        QFile::remove(copy);
        return;
    }
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    if (QFile::exists(checkFileOf(file)) && !writeCheck(copy, checkFileOf(file)))
        qCWarning(logStorage) << "no checksum for" << QFileInfo(file).fileName();
    if (!takePlace(file))
        qCWarning(logStorage) << "a copy of the clinic could not be replaced:" << QFileInfo(file).fileName();
}

} // namespace sealing

bool isSealingUnfinished(const QString &path)
{
    if (QFileInfo::exists(sealing::before(path)))
        return true;
    const QStringList copies = sealing::copiesOf(path);
    return std::ranges::any_of(copies, [](const QString &file) {
        return sealedvfs::isPlain(file) || QFileInfo::exists(sealing::before(file));
    });
}

Result<void> finishSealing(const QString &path, const FileKey &from, const FileKey &to, const Clock &clock)
{
    using namespace sealing;
    QFile::remove(partial(path));
    removeBeside(partial(path));
    if (QFileInfo::exists(before(path))) {
        if (auto sound = check(path, to, clock); !sound)
            return fail(sound);
        removeBeside(before(path));
        if (!eraseFile(before(path)))
            return fail(ErrorCode::ReadOnly, {}, {}, QStringLiteral("the old file stays"));
    }
    for (const QString &file : copiesOf(path)) {
        // Half of one, from a run that was killed; also beside a copy that neither key opens by now.
        QFile::remove(partial(file));
        removeBeside(partial(file));
        const auto content = sealedvfs::probe(file, to);
        if (content == sealedvfs::Content::Plain ||
            (content == sealedvfs::Content::OtherKey && !from.isNull() &&
             sealedvfs::probe(file, from) == sealedvfs::Content::Fits))
            sealCopy(file, sealedvfs::isPlain(file) ? FileKey() : from, to, path);
        // Until then both names may be the same file.
        if (sealedvfs::probe(file, to) == sealedvfs::Content::Fits && !eraseFile(before(file)))
            qCWarning(logStorage) << "an old copy stays beside" << QFileInfo(file).fileName();
    }
    return {};
}

Result<void> sealFile(const QString &path, const FileKey &from, const FileKey &to, const Clock &clock)
{
    using namespace sealing;
    auto lock = FileLock::acquire(path + QStringLiteral(".lock"));
    if (!lock)
        return fail(lock);
    const auto content = sealedvfs::probe(path, to);
    if (content != sealedvfs::Content::Fits) {
        if (auto made = makeCopy(path, from, to, clock, CopyKind::Live); !made)
            return made;
        if (auto taken = takePlace(path); !taken)
            return taken;
    }
    return finishSealing(path, from, to, clock);
}

} // namespace clinic::storage
