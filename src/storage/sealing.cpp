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
#include <QRegularExpression>
#include <algorithm>

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

void removeBeside(const QString &path)
{
    for (const char *suffix : {"-wal", "-shm", "-journal"})
        QFile::remove(path + QString::fromLatin1(suffix));
}

// Writes the WAL into the file; the last connection leaves no WAL.
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

// A sealed copy beside the file with equal content.
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

// Replaces the file in one step, so that the file at `path` is always whole; the old one keeps a second
// name. Between the two steps both names are the same file: before() is not overwritten while it has two
// names (eraseFile).
Result<void> takePlace(const QString &path)
{
    if (auto kept = keepAs(path, before(path)); !kept)
        return kept;
    if (auto moved = moveFile(partial(path), path); !moved)
        return moved;
    removeBeside(path);
    return {};
}

// Existing copies of the clinic: backups, and those from before migrations.
QStringList copiesOf(const QString &path)
{
    const QFileInfo clinic(path);
    QStringList found;
    static const QRegularExpression schema(QStringLiteral("\\.before-schema-\\d+$"));
    for (const QFileInfo &file :
         clinic.dir().entryInfoList({clinic.fileName() + QStringLiteral(".before-schema-*")}, QDir::Files)) {
        if (schema.match(file.fileName()).hasMatch())
            found << file.absoluteFilePath();
    }
    for (const QFileInfo &file : QDir(clinic.dir().filePath(QStringLiteral("backups")))
                                     .entryInfoList({QStringLiteral("clinic-*.db")}, QDir::Files))
        found << file.absoluteFilePath();
    return found;
}

// Remains of interrupted runs, apart from before().
void removeHalves(const QString &path)
{
    QFile::remove(partial(path));
    removeBeside(partial(path));
    // On a disk without hard links.
    const QFileInfo kept(before(path));
    for (const QString &name : kept.dir().entryList(QDir::Files | QDir::Hidden)) {
        if (name.startsWith(kept.fileName() + QStringLiteral(".partial-")))
            static_cast<void>(eraseFile(kept.dir().filePath(name)));
    }
}

// Seals a backup with the same content. An unreadable one, or one of an older schema, is sealed page by page
// all the same. At each step the present file opens: the key file has the old key and the new one, the
// checksum file names the old file and the new one.
Result<void> sealCopy(const QString &file, const FileKey &from, const FileKey &to, const QString &clinic)
{
    const QString copy = partial(file);
    {
        auto connection = Connection::open(file, Connection::Mode::ReadOnly, {}, from);
        if (!connection)
            return fail(connection);
        if (auto copied = copyPages(**connection, copy, to); !copied)
            return copied;
    }
    if (sealedvfs::probe(copy, to) != sealedvfs::Content::Fits)
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("the sealed copy does not open"));
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    if (auto taken = copyTwice(keyFileOf(clinic), keyFileOf(file)); !taken)
        return taken;
    // A copy that does not fit its checksum is damaged, and stays so.
    const CheckState check = lookAtCheck(file);
    const bool hasCheck = check == CheckState::Fits || check == CheckState::FitsOneOfTwo;
    if (hasCheck) {
        if (auto written = writeCheck({file, copy}, checkFileOf(file)); !written)
            return written;
    }
    if (auto taken = takePlace(file); !taken)
        return taken;
    return hasCheck ? writeCheck({file}, checkFileOf(file)) : Result<void>();
}

// Finishes one copy in any state, and records the keys it still needs.
void finishCopy(const QString &file, const QList<FileKey> &known, const FileKey &to, const QString &clinic,
                CopiesSealed &copies)
{
    using sealedvfs::Content;
    removeHalves(file);
    const auto note = [&](const Error &why) {
        qCWarning(logStorage) << "a copy of the clinic could not be sealed:" << QFileInfo(file).fileName()
                              << why.detail;
        if (copies.left.isEmpty())
            copies.why = why;
        copies.left << QFileInfo(file).fileName();
    };
    Content content = sealedvfs::probe(file, to);
    if (content != Content::Fits) {
        const auto from = std::ranges::find_if(
            known, [&](const FileKey &key) { return sealedvfs::probe(file, key) == Content::Fits; });
        if (content != Content::Plain && from == known.end()) {
            copies.hasUnknown = true; // its own key file may open it
            return;
        }
        const FileKey key = content == Content::Plain ? FileKey() : *from;
        const auto sealed = sealCopy(file, key, to, clinic);
        removeHalves(file);
        if (!sealed && sealedvfs::probe(file, to) != Content::Fits) {
            if (!key.isNull())
                copies.needed << key;
            return note(sealed.error());
        }
    }
    // An interrupted run, or a user, may have left it with a checksum of two files, or without its keys.
    if (lookAtCheck(file) == CheckState::FitsOneOfTwo) {
        if (auto written = writeCheck({file}, checkFileOf(file)); !written)
            return note(written.error());
    }
    if (!isKept(keyFileOf(file))) {
        if (auto taken = copyTwice(keyFileOf(clinic), keyFileOf(file)); !taken)
            return note(taken.error());
    }
    if (!eraseFile(before(file)))
        note(Error(ErrorCode::ReadOnly, {}, {before(file)}));
}

// Key and checksum files without their copy.
QStringList leftAlone(const QString &path)
{
    const QDir folder(QFileInfo(path).dir().filePath(QStringLiteral("backups")));
    QStringList found;
    for (const QString &name : folder.entryList({QStringLiteral("clinic-*.db.*")}, QDir::Files)) {
        const QString file = folder.filePath(name.left(name.indexOf(QStringLiteral(".db.")) + 3));
        if ((name.endsWith(QStringLiteral(".sealing")) || name.endsWith(QStringLiteral(".before-sealing"))) &&
            !QFile::exists(file))
            found << folder.filePath(name);
    }
    return found;
}

} // namespace sealing

bool isSealingUnfinished(const QString &path)
{
    const auto isHalf = [](const QString &file) {
        return QFileInfo::exists(sealing::before(file)) || QFileInfo::exists(sealing::partial(file));
    };
    const QStringList copies = sealing::copiesOf(path);
    return isHalf(path) || !sealing::leftAlone(path).isEmpty() ||
           std::ranges::any_of(copies, [&](const QString &file) {
               return isHalf(file) || sealedvfs::isPlain(file) || QFileInfo(checkFileOf(file)).size() > 100;
           });
}

Result<CopiesSealed> finishSealing(const QString &path, const QList<FileKey> &known, const FileKey &to,
                                   const Clock &clock)
{
    using namespace sealing;
    removeHalves(path);
    if (QFileInfo::exists(before(path))) {
        if (auto sound = check(path, to, clock); !sound)
            return fail(sound);
        removeBeside(before(path));
        if (!eraseFile(before(path)))
            return fail(ErrorCode::ReadOnly, {}, {before(path)});
    }
    CopiesSealed copies;
    for (const QString &file : copiesOf(path))
        finishCopy(file, known, to, path, copies);
    for (const QString &file : leftAlone(path))
        static_cast<void>(eraseFile(file));
    return copies;
}

Result<CopiesSealed> sealFile(const QString &path, const QList<FileKey> &known, const FileKey &to,
                              const Clock &clock)
{
    using namespace sealing;
    using sealedvfs::Content;
    auto lock = FileLock::acquire(path + QStringLiteral(".lock"));
    if (!lock)
        return fail(lock);
    const Content content = sealedvfs::probe(path, to);
    if (content != Content::Fits) {
        const auto from = std::ranges::find_if(
            known, [&](const FileKey &key) { return sealedvfs::probe(path, key) == Content::Fits; });
        if (content != Content::Plain && from == known.end())
            return fail(ErrorCode::WrongKey);
        if (auto made =
                makeCopy(path, content == Content::Plain ? FileKey() : *from, to, clock, CopyKind::Live);
            !made)
            return fail(made);
        if (auto taken = takePlace(path); !taken)
            return fail(taken);
    }
    return finishSealing(path, known, to, clock);
}

} // namespace clinic::storage
