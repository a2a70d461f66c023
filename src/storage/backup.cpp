// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/backup.h"

#include "core/checkdigit.h"
#include "core/filewriter.h"
#include "domain/entities.h"
#include "storage/auditlog.h"
#include "storage/copying.h"
#include "storage/migrator.h"
#include "storage/searchkeys.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
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

// A fresh in-memory file made by our own migrations says what should be there.
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

// Tried for real, and rolled back: a trigger that is there but does nothing protects nothing.
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
        // The check goes on past a page it cannot read, and calls the tree damaged.
        if (const auto broken = c.brokenSeal())
            return tl::unexpected(*broken);
    }
    compareSchema(c, report.faults);
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
    if (*wrong > 0)
        report.faults << QStringLiteral("%1 search keys are wrong").arg(*wrong);
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

// What lets people into a sealed file goes wherever it goes. True when there is nothing to take along.
bool takeKeysAlong(const QString &from, const QString &to)
{
    QFile::remove(keyFileOf(to));
    return !QFileInfo::exists(keyFileOf(from)) ||
           copyFile(keyFileOf(from), keyFileOf(to), FileWriter::Holds::Keys);
}

void removeAll(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal", ".lock", ".keys"})
        QFile::remove(path + QString::fromLatin1(suffix));
}

} // namespace backupdetail

QString checkFileOf(const QString &backup)
{
    return backup + QStringLiteral(".check");
}

bool writeCheck(const QString &file, const QString &checkFile)
{
    const QByteArray sum = checksum(file);
    return !sum.isEmpty() && writeFile(checkFile, sum).has_value();
}

Result<CheckReport> backUp(Connection &source, const FileIdentity &identity, const QString &target,
                           const Clock &clock)
{
    Q_UNUSED(clock)
    if (QFileInfo::exists(target))
        return fail(ErrorCode::Duplicate, QStringLiteral("file"));
    const QString partial = target + QStringLiteral(".partial");
    removeAll(partial);
    auto copied = copyPages(source, partial, source.key());
    if (copied) {
        auto copy = Connection::open(partial, Connection::Mode::ReadWrite, {}, source.key());
        if (copy) {
            // Triggers are tried by writing; what that leaves behind if the power fails now is a .partial.
            static_cast<void>((*copy)->execScript("PRAGMA temp_store=MEMORY; PRAGMA journal_mode=MEMORY"));
            const auto report = checkDatabase(**copy, identity);
            copy->reset();
            if (report && report->isSound() && takeKeysAlong(source.path(), target) &&
                moveFile(partial, target)) {
                QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
                if (!writeCheck(target, checkFileOf(target))) {
                    QFile::remove(target);
                    QFile::remove(keyFileOf(target));
                    return fail(ErrorCode::DiskFull);
                }
                removeAll(partial);
                return report;
            }
            removeAll(partial);
            if (report && !report->isSound())
                return fail(ErrorCode::Damaged, {}, {}, report->faults.join(QStringLiteral("; ")));
            return report ? fail(ErrorCode::ReadOnly) : fail(report);
        }
        copied = fail(copy);
    }
    removeAll(partial);
    return fail(copied);
}

Result<CheckReport> restore(const QString &backup, const QString &target, const Clock &clock,
                            const FileKey &key)
{
    if (!QFileInfo::exists(backup))
        return fail(ErrorCode::FileMissing);
    if (QFileInfo::exists(target))
        return fail(ErrorCode::Duplicate, QStringLiteral("file"));
    QFile sum(checkFileOf(backup));
    if (sum.open(QIODevice::ReadOnly) && sum.readAll().trimmed() != checksum(backup))
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("the backup is not what was written"));
    {
        // Everything a program refuses to open, a restore refuses to restore.
        Database::Options check;
        check.path = backup;
        check.inlineExecutors = true;
        check.readOnly = true;
        check.key = key;
        const auto opened = Database::open(check, clock);
        if (!opened)
            return fail(opened);
        auto copied = copyPages((*opened)->writerConnection(), target, key, CopyKind::Live);
        if (copied && !takeKeysAlong(backup, target))
            copied = fail(ErrorCode::DiskFull);
        if (!copied) {
            removeAll(target);
            return fail(copied);
        }
    }
    Result<CheckReport> report = fail(ErrorCode::Internal);
    {
        Database::Options options;
        options.path = target;
        options.inlineExecutors = true;
        options.key = key;
        auto database = Database::open(options, clock);
        if (!database) {
            removeAll(target);
            return fail(database);
        }
        report = checkDatabase((*database)->writerConnection(), (*database)->identity());
        if (report && report->isSound())
            if (auto renewed = (*database)->becomeNewDevice(clock.nowMs()); !renewed)
                report = fail(renewed);
    }
    if (!report || !report->isSound())
        removeAll(target);
    if (report && !report->isSound())
        return fail(ErrorCode::Damaged, {}, {}, report->faults.join(QStringLiteral("; ")));
    return report;
}

} // namespace clinic::storage
