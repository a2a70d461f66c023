// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/datafolder.h"

#include "core/filewriter.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <sqlite3.h>

namespace clinic::server {
namespace {

struct Closer
{
    void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Handle openDatabase(const QString &path, int flags)
{
    sqlite3 *handle = nullptr;
    const bool done = sqlite3_open_v2(path.toUtf8().constData(), &handle, flags, nullptr) == SQLITE_OK;
    Handle opened(handle);
    if (!done)
        opened.reset();
    else
        sqlite3_busy_timeout(opened.get(), 5000);
    return opened;
}

// The first column of the first row; empty when there is none or it fails.
QByteArray answerTo(sqlite3 *handle, const char *sql)
{
    QByteArray answer;
    sqlite3_exec(
        handle, sql,
        [](void *out, int, char **values, char **) {
            auto &text = *static_cast<QByteArray *>(out);
            if (text.isEmpty())
                text = values[0];
            return 0;
        },
        &answer, nullptr);
    return answer;
}

Result<void> copyDatabase(const QString &from, const QString &to)
{
    const Handle source = openDatabase(from, SQLITE_OPEN_READONLY);
    const Handle target = openDatabase(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    bool done = source && target;
    if (done) {
        sqlite3_backup *backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
        done = backup && sqlite3_backup_step(backup, -1) == SQLITE_DONE;
        done = sqlite3_backup_finish(backup) == SQLITE_OK && done;
    }
    if (!done)
        return fail(ErrorCode::Storage, {}, {},
                    from + QStringLiteral(" cannot be copied: it is no database, or "
                                          "there is no room"));
    if (answerTo(target.get(), "PRAGMA integrity_check") != "ok")
        return fail(ErrorCode::Damaged, {}, {}, from + QStringLiteral(" is damaged"));
    return {};
}

void removeDatabase(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        QFile::remove(path + QString::fromLatin1(suffix));
}

QString logOf(const QString &database)
{
    return database + QStringLiteral("-wal");
}

QString copyBeside(const QString &database)
{
    return database + QStringLiteral(".restoring");
}

// The WAL's name while the copy replaces its database: beside another database it would damage that one.
QString logAway(const QString &database)
{
    return logOf(database) + QStringLiteral(".restoring");
}

// Gives the present database and its WAL a second name; both keep the first one.
Result<void> keepPresent(const QString &database, const QString &aside)
{
    { // commits the WAL into the file, if possible
        const Handle present = openDatabase(database, SQLITE_OPEN_READWRITE);
        if (present) {
            sqlite3_busy_timeout(present.get(), 0); // the folder is ours; whoever reads is not waited for
            answerTo(present.get(), "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
    Result<void> done;
    if (QFileInfo(logOf(database)).size() > 0)
        done = keepAs(logOf(database), logOf(aside));
    return done ? keepAs(database, aside) : done;
}

// Moves the WAL away just before the copy, and back if the copy fails.
Result<void> putInPlace(const QString &part, const QString &database)
{
    QFile::remove(database + QStringLiteral("-shm"));
    Result<void> done;
    if (QFile::exists(logOf(database)))
        done = moveFile(logOf(database), logAway(database));
    if (done)
        done = moveFile(part, database);
    const auto settled = settleRestore(database);
    return done ? settled : done;
}

// The first free name.
QString freeName(const QString &database)
{
    const QString base = database + QStringLiteral(".before-restore-") +
                         QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString name = base;
    for (int n = 2; QFile::exists(name) || QFile::exists(name + QStringLiteral("-wal")); ++n)
        name = base + u'-' + QString::number(n);
    return name;
}

} // namespace

Result<crypto::SigningKey> signingKey(const QDir &data, bool hasHospitals, bool makesAnother)
{
    const QString path = data.filePath(QStringLiteral("signing.key"));
    for (const QString &name : {path, secondCopyOf(path)}) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = file.readAll();
        const QByteArray secret = QByteArray::fromBase64(text);
        if (secret.size() != 64)
            continue;
        if (!QFile::exists(path) || !QFile::exists(secondCopyOf(path)) || name != path)
            static_cast<void>(writeTwice(path, text));
        return crypto::SigningKey{secret.last(32), secret};
    }
    const QString remedy = QStringLiteral(
        " Put back the one that belongs to this database, from a copy of the data folder: the PCs know "
        "the server by it. If it is lost for good, start once with --new-signing-key; then every PC "
        "needs a new code.");
    if (isKept(path) && !makesAnother)
        return fail(ErrorCode::Damaged, {}, {}, path + QStringLiteral(" is empty or damaged.") + remedy);
    if (hasHospitals && !makesAnother)
        return fail(ErrorCode::FileMissing, {}, {},
                    path + QStringLiteral(" is missing, although there are hospitals already.") + remedy);
    const auto key = crypto::newSigningKey();
    if (!writeTwice(path, key.secretKey.toBase64()))
        return fail(ErrorCode::DiskFull, {}, {}, path + QStringLiteral(" cannot be written"));
    return key;
}

Result<std::unique_ptr<FileLock>> lockFolder(const QDir &data)
{
    auto lock = FileLock::acquire(data.filePath(QStringLiteral("server.lock")));
    if (!lock)
        return fail(lock.error().code, {}, {},
                    lock.error().code == ErrorCode::InUse
                        ? QStringLiteral("a server runs on this folder; stop it first")
                        : data.path() + QStringLiteral(" cannot be written"));
    return lock;
}

Result<void> backUpDatabase(const QString &from, const QString &to)
{
    if (QFile::exists(to))
        return fail(ErrorCode::Duplicate, {}, {}, to + QStringLiteral(" exists already"));
    const QString part = to + QStringLiteral(".part");
    removeDatabase(part);
    auto done = copyDatabase(from, part);
    if (done)
        done = moveFile(part, to);
    if (!done)
        removeDatabase(part);
    return done;
}

Result<void> settleRestore(const QString &database)
{
    const QString away = logAway(database);
    if (!QFile::exists(away))
        return {};
    if (QFile::exists(copyBeside(database)))
        return moveFile(away, logOf(database)); // its database is still there
    // The copy is in place; the previous database is complete under its second name.
    return QFile::remove(away)
               ? Result<void>()
               : fail(ErrorCode::ReadOnly, {}, {}, away + QStringLiteral(" cannot be removed"));
}

Result<void> finishRestore(const QDir &data, const QString &database)
{
    if (!QFile::exists(logAway(database)))
        return {};
    const auto lock = lockFolder(data);
    return lock ? settleRestore(database) : fail(lock);
}

Result<QString> restoreDatabase(const QString &copy, const QString &database,
                                const std::function<Result<void>(const QString &)> &prepare)
{
    if (!QFile::exists(copy))
        return fail(ErrorCode::FileMissing, {}, {}, QStringLiteral("there is no ") + copy);
    if (auto settled = settleRestore(database); !settled)
        return fail(settled);
    const QString part = copyBeside(database);
    removeDatabase(part);
    auto done = copyDatabase(copy, part);
    if (done) {
        const Handle made = openDatabase(part, SQLITE_OPEN_READWRITE);
        // Needs a server's database with a hospital in it: an empty one would replace the hospital by
        // nothing.
        if (!made || answerTo(made.get(), "SELECT count(*) FROM server_schema").isEmpty() ||
            answerTo(made.get(), "SELECT count(*) FROM record").isEmpty() ||
            answerTo(made.get(), "SELECT count(*) FROM hospital").toLongLong() < 1)
            done = fail(
                ErrorCode::NotADatabase, {}, {},
                copy + QStringLiteral(" is not a copy of a ClinicDesk server's database with a hospital"));
    }
    if (done)
        done = prepare(part);
    if (done) { // one file, without a WAL
        const Handle made = openDatabase(part, SQLITE_OPEN_READWRITE);
        if (!made || answerTo(made.get(), "PRAGMA wal_checkpoint(TRUNCATE)") != "0")
            done = fail(ErrorCode::Storage, {}, {}, QStringLiteral("the copy could not be prepared"));
    }
    if (!done) {
        removeDatabase(part);
        return fail(done);
    }
    QString aside;
    if (QFile::exists(database)) {
        aside = freeName(database);
        done = keepPresent(database, aside);
    }
    if (done)
        done = putInPlace(part, database);
    if (!done) {
        const bool isInPlace = !QFile::exists(part);
        if (!QFile::exists(logAway(database))) { // else the copy tells the next start where the log belongs
            removeDatabase(part);
            if (!isInPlace && !aside.isEmpty())
                removeDatabase(aside);
        }
        return fail(done.error().code, {}, {},
                    (isInPlace ? QStringLiteral("the copy is in place, and the disk may not keep it: ")
                               : QStringLiteral("the copy could not be put in place: ")) +
                        done.error().detail);
    }
    removeDatabase(part);
    return aside;
}

} // namespace clinic::server
