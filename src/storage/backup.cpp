// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/backup.h"

#include "core/checkdigit.h"
#include "core/filewriter.h"
#include "core/fold.h"
#include "domain/entities.h"
#include "storage/auditlog.h"
#include "storage/copying.h"
#include "storage/migrator.h"
#include "storage/removal.h"
#include "storage/replica/enrolment.h"
#include "storage/searchkeys.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <sqlite3.h>

namespace clinic::storage {
namespace backupdetail {

struct Reference
{
    const char *table;
    const char *column;
    const char *target;
};
constexpr Reference references[] = {
    {"identifier", "patient_id", "patient"},        {"contact", "patient_id", "patient"},
    {"next_of_kin", "patient_id", "patient"},       {"allergy", "patient_id", "patient"},
    {"condition", "patient_id", "patient"},         {"appointment", "patient_id", "patient"},
    {"appointment", "practitioner_id", "resource"}, {"appointment_event", "appointment_id", "appointment"},
    {"invoice", "patient_id", "patient"},           {"invoice_line", "invoice_id", "invoice"},
    {"payment", "invoice_id", "invoice"},           {"credit_note", "invoice_id", "invoice"},
    {"user_role", "user_id", "app_user"},           {"user_role", "role_id", "role"},
};

qint64 number(Connection &c, const QByteArray &sql)
{
    Query q = c.query(sql);
    return q.next() ? q.integer(0) : -1;
}

// Compares with a new in-memory file made by this program's migrations.
void compareSchema(Connection &c, QStringList &faults)
{
    auto pattern = Connection::open(QStringLiteral(":memory:"), Connection::Mode::ReadWrite);
    if (!pattern || !migrate(**pattern, 0)) {
        faults << QStringLiteral("cannot build the expected schema");
        return;
    }
    Query expected =
        (*pattern)->query("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'");
    while (expected.next()) {
        Query found = c.query("SELECT sql FROM sqlite_master WHERE type=? AND name=?", expected.text(0),
                              expected.text(1));
        if (!found.next())
            faults << QStringLiteral("%1 %2 is missing").arg(expected.text(0), expected.text(1));
        else if (found.text(0) != expected.text(2))
            faults << QStringLiteral("%1 %2 differs").arg(expected.text(0), expected.text(1));
    }
}

// Compares the file's migrations with this program's.
void compareMigrations(Connection &c, QStringList &notes)
{
    Query q = c.query("SELECT hash FROM migration WHERE version=?");
    const auto version = fileVersion(c);
    for (const Migration &m : migrations()) {
        if (!version || m.version > *version)
            break;
        q.bind(1, m.version);
        if (!q.next())
            notes << QStringLiteral("migration %1 has left no entry").arg(m.version);
        else if (q.text(0) != QString::fromLatin1(m.hash))
            notes << QStringLiteral("migration %1 was not the one of this program").arg(m.version);
        q.again();
    }
}

// Runs each trigger and rolls back: a trigger may exist and do nothing.
void tryTriggers(Connection &c, QStringList &faults)
{
    if (sqlite3_db_readonly(c.handle(), "main") == 1)
        return;
    for (const EntityInfo *entity : domain::allEntities()) {
        const QByteArray table(entity->name);
        if (number(c, "SELECT count(*) FROM " + table) <= 0)
            continue;
        static_cast<void>(c.execScript("SAVEPOINT trying"));
        if (sqlite3_exec(
                c.handle(),
                ("DELETE FROM " + table + " WHERE rid=(SELECT min(rid) FROM " + table + ")").constData(),
                nullptr, nullptr, nullptr) == SQLITE_OK)
            faults << QStringLiteral("%1 can be deleted").arg(QString::fromLatin1(table));
        static_cast<void>(c.execScript("ROLLBACK TO trying; RELEASE trying"));
    }
    c.clearFailure();
}

void checkSeries(Connection &c, QStringList &faults)
{
    Query q = c.query("SELECT name, value FROM counter WHERE name LIKE 'number/%'");
    static const QHash<QString, QByteArray> tables{{QStringLiteral("P"), "patient"},
                                                   {QStringLiteral("I"), "invoice"},
                                                   {QStringLiteral("R"), "payment"},
                                                   {QStringLiteral("C"), "credit_note"}};
    while (q.next()) {
        const QString kind = q.text(0).section(u'/', 1, 1);
        const QString branch = q.text(0).section(u'/', 2, 2);
        const QByteArray table = tables.value(kind);
        if (table.isEmpty())
            continue;
        Query device = c.query("SELECT value FROM local_state WHERE \"key\"='device-code'");
        const QString code = device.next() ? device.text(0) : QString();
        const QString prefix = branch + u'-' + code + u'-' + kind;
        Query issued =
            c.query("SELECT count(DISTINCT number) FROM " + table + " WHERE number LIKE ? || '%'", prefix);
        if (issued.next() && issued.integer(0) != q.integer(1))
            faults << QStringLiteral("series %1: %2 numbers issued, counter says %3")
                          .arg(prefix)
                          .arg(issued.integer(0))
                          .arg(q.integer(1));
    }
}

} // namespace backupdetail

using namespace backupdetail;

Result<CheckReport> checkDatabase(Connection &c, const FileIdentity &identity)
{
    CheckReport report;
    {
        Query q = c.query("PRAGMA integrity_check(20)");
        while (q.next()) {
            if (q.text(0) != u"ok")
                report.faults << QStringLiteral("file: %1").arg(q.text(0));
        }
        if (!q.ok())
            return q.failed();
        // The integrity check goes on past an unreadable page, and reports a damaged tree.
        if (const auto broken = c.brokenSeal())
            return tl::unexpected(*broken);
    }
    compareSchema(c, report.faults);
    compareMigrations(c, report.notes);
    tryTriggers(c, report.faults);
    for (const Reference &r : references) {
        const qint64 orphans = number(c, QByteArray("SELECT count(*) FROM ") + r.table + " a WHERE a." +
                                             r.column + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " +
                                             r.target + " b WHERE b.id=a." + r.column + ")");
        if (orphans > 0)
            report.faults << QStringLiteral("%1 rows of %2 point to a %3 that is not here")
                                 .arg(orphans)
                                 .arg(QLatin1StringView(r.table), QLatin1StringView(r.target));
    }
    const auto wrong = countWrongSearchKeys(c);
    if (!wrong)
        return fail(wrong);
    const auto tables = tablesOfSearchKeys(c);
    if (!tables)
        return fail(tables);
    if (*wrong > 0 && *tables == foldingTables())
        report.faults << QStringLiteral("%1 search keys are wrong").arg(*wrong);
    else if (*wrong > 0)
        report.notes << QStringLiteral(
                            "%1 search keys were made with other tables of characters (%2) than this "
                            "program's (%3); opening the clinic makes them anew")
                            .arg(*wrong)
                            .arg(*tables, foldingTables());
    if (identity.isSetUp()) {
        const auto audit = auditStanding(c, identity);
        if (!audit)
            return fail(audit);
        if (audit->fault)
            report.faults
                << QStringLiteral("audit event %1 is %2").arg(audit->fault->n).arg(audit->fault->what);
        if (audit->clonedAt > 0)
            report.notes << QStringLiteral(
                                "audit event %1: the device was cloned; from here on a copy of this "
                                "file told the server something else")
                                .arg(audit->clonedAt);
        checkSeries(c, report.faults);
    }
    if (Query q = c.query("SELECT name FROM hospital LIMIT 1"); q.next())
        report.hospital = q.text(0);
    const auto missing = missingSinceUpload(c);
    if (!missing)
        return fail(missing);
    report.missing = *missing;
    report.patients = number(c, "SELECT count(*) FROM patient");
    report.appointments = number(c, "SELECT count(*) FROM appointment");
    report.events = number(c, "SELECT count(*) FROM audit_event");
    report.newestEventAt = number(c, "SELECT coalesce(max(at),0) FROM audit_event");
    if (c.failure())
        return tl::unexpected(*c.failure());
    return report;
}

namespace backupdetail {

// The checksum of a whole file, hexadecimal; empty when it cannot be read.
QByteArray checksum(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result().toHex();
}

// Copies a sealed file's key file along. Succeeds when there is none.
Result<void> takeKeysAlong(const QString &from, const QString &to)
{
    QFile::remove(keyFileOf(to));
    QFile::remove(secondCopyOf(keyFileOf(to)));
    return copyTwice(keyFileOf(from), keyFileOf(to));
}

// A key file without a clinic may belong to one that was moved away for a while.
Result<void> setKeysAside(const QString &path, const Clock &clock)
{
    const QString keys = keyFileOf(path);
    const QString aside = keys + QStringLiteral(".unopened-%1").arg(clock.nowMs());
    for (const auto &[from, to] : {std::pair{keys, aside}, {secondCopyOf(keys), secondCopyOf(aside)}}) {
        if (!QFile::exists(from))
            continue;
        if (auto moved = moveFile(from, to); !moved)
            return moved;
    }
    return {};
}

} // namespace backupdetail

QString checkFileOf(const QString &backup)
{
    return backup + QStringLiteral(".check");
}

Result<void> writeCheck(const QStringList &files, const QString &checkFile)
{
    QByteArray sums;
    for (const QString &file : files) {
        const QByteArray sum = checksum(file);
        if (sum.isEmpty())
            return fail(ErrorCode::FileUnreadable, {}, {file});
        sums += sums.isEmpty() ? sum : '\n' + sum;
    }
    return writeFile(checkFile, sums);
}

CheckState lookAtCheck(const QString &backup)
{
    QFile file(checkFileOf(backup));
    if (!file.open(QIODevice::ReadOnly))
        return CheckState::Missing;
    const QList<QByteArray> sums = file.read(1000).trimmed().split('\n');
    if (!sums.contains(checksum(backup)))
        return CheckState::Differs;
    return sums.size() == 1 ? CheckState::Fits : CheckState::FitsOneOfTwo;
}

Result<void> copyToThisVersion(Connection &older, const QString &target, const Clock &clock)
{
    removeBegunFile(target);
    auto done = copyPages(older, target, older.key(), CopyKind::Live);
    if (done) {
        auto copy = Connection::open(target, Connection::Mode::ReadWrite, {}, older.key());
        done = copy ? (*copy)->execScript("PRAGMA temp_store=MEMORY; PRAGMA synchronous=OFF") : fail(copy);
        if (done)
            done = migrate(**copy, clock.nowMs());
    }
    if (!done)
        removeBegunFile(target);
    return done;
}

namespace backupdetail {

Result<CheckReport> checkCopy(const QString &path, const FileKey &key, const FileIdentity &identity)
{
    auto copy = Connection::open(path, Connection::Mode::ReadWrite, {}, key);
    if (!copy)
        return fail(copy);
    // Triggers are tried by writing; what that leaves behind if the power fails now is a .partial.
    static_cast<void>((*copy)->execScript("PRAGMA temp_store=MEMORY; PRAGMA journal_mode=MEMORY"));
    return checkDatabase(**copy, identity);
}

// As this program would find it after the upgrade that comes next.
Result<CheckReport> checkOlder(const QString &path, const FileKey &key, const FileIdentity &identity,
                               const Clock &clock)
{
    const QString newer = path + QStringLiteral("-newer");
    {
        auto older = Connection::open(path, Connection::Mode::ReadOnly, {}, key);
        if (!older)
            return fail(older);
        if (auto copied = copyToThisVersion(**older, newer, clock); !copied)
            return fail(copied);
    }
    const auto report = checkCopy(newer, key, identity);
    removeBegunFile(newer);
    return report;
}

} // namespace backupdetail

Result<CheckReport> backUp(Connection &source, const FileIdentity &identity, const QString &target,
                           const Clock &clock)
{
    if (QFileInfo::exists(target))
        return fail(ErrorCode::Duplicate, QStringLiteral("file"));
    if (const QString folder = QFileInfo(target).absolutePath(); !QFileInfo::exists(folder))
        return fail(ErrorCode::FileMissing, {}, {folder});
    const QString partial = target + QStringLiteral(".partial");
    removeBegunFile(partial);
    const auto version = fileVersion(source);
    if (!version)
        return fail(version);
    Result<CheckReport> report = fail(ErrorCode::Internal);
    if (auto copied = copyPages(source, partial, source.key()); !copied)
        report = fail(copied);
    else if (*version < schemaVersion())
        report = checkOlder(partial, source.key(), identity, clock);
    else
        report = checkCopy(partial, source.key(), identity);
    if (report && !report->isSound())
        report = fail(ErrorCode::Damaged, {}, {}, report->faults.join(QStringLiteral("; ")));
    if (report) {
        // The rename comes last: under its name the backup has its keys and its checksum.
        Result<void> placed = takeKeysAlong(source.path(), target);
        if (placed)
            placed = writeCheck({partial}, checkFileOf(target));
        if (placed)
            placed = moveFile(partial, target);
        if (placed)
            QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
        if (!placed) {
            removeBegunFile(target);
            QFile::remove(checkFileOf(target));
            report = fail(placed);
        }
    }
    removeBegunFile(partial);
    return report;
}

namespace backupdetail {

// A checked copy of a backup that is a device of its own, under the name `partial`; nothing on failure.
Result<CheckReport> prepare(const QString &backup, const QString &partial, const Clock &clock,
                            const FileKey &key)
{
    removeBegunFile(partial);
    {
        // A restore refuses every file that a program refuses to open.
        Database::Options check;
        check.path = backup;
        check.inlineExecutors = true;
        check.readOnly = true;
        check.key = key;
        const auto opened = Database::open(check, clock);
        if (!opened)
            return fail(opened);
        if (auto copied = copyPages((*opened)->writerConnection(), partial, key, CopyKind::Live); !copied) {
            removeBegunFile(partial);
            return fail(copied);
        }
    }
    Result<CheckReport> report = fail(ErrorCode::Internal);
    {
        Database::Options options;
        options.path = partial;
        options.inlineExecutors = true;
        options.key = key;
        auto database = Database::open(options, clock);
        if (!database) {
            removeBegunFile(partial);
            return fail(database);
        }
        report = checkDatabase((*database)->writerConnection(), (*database)->identity());
        if (report && report->isSound())
            if (auto renewed = (*database)->becomeNewDevice(clock.nowMs()); !renewed)
                report = fail(renewed);
    }
    if (report && !report->isSound())
        report = fail(ErrorCode::Damaged, {}, {}, report->faults.join(QStringLiteral("; ")));
    return report;
}

Result<void> checkBackup(const QString &backup)
{
    if (!QFileInfo::exists(backup))
        return fail(ErrorCode::FileMissing, {}, {backup});
    if (QFileInfo(backup).size() == 0)
        return fail(ErrorCode::NotADatabase);
    if (lookAtCheck(backup) == CheckState::Differs)
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("the backup is not what was written"));
    return {};
}

} // namespace backupdetail

Result<CheckReport> tryRestore(const QString &backup, const Clock &clock, const FileKey &key)
{
    if (auto checked = checkBackup(backup); !checked)
        return fail(checked);
    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail(ErrorCode::ReadOnly);
    return prepare(backup, folder.filePath(QStringLiteral("clinic.db")), clock, key);
}

Result<CheckReport> restore(const QString &backup, const QString &target, const Clock &clock,
                            const FileKey &key)
{
    if (auto checked = checkBackup(backup); !checked)
        return fail(checked);
    if (QFileInfo::exists(target))
        return fail(ErrorCode::Duplicate, QStringLiteral("file"));
    const QString partial = target + QStringLiteral(".partial");
    auto report = prepare(backup, partial, clock, key);
    // The rename comes last: under its name the file has its keys.
    if (report) {
        auto placed = setKeysAside(target, clock);
        if (placed)
            placed = takeKeysAlong(backup, target);
        // no room for the WAL in the file
        if (placed && QFileInfo(partial + QStringLiteral("-wal")).size() > 0)
            placed = fail(ErrorCode::DiskFull);
        if (placed)
            placed = moveFile(partial, target);
        if (!placed)
            report = fail(placed);
    }
    removeBegunFile(partial);
    return report;
}

} // namespace clinic::storage
