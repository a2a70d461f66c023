// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands.h"
#include "services/admin/accounts.h"
#include "services/admin/filerights.h"
#include "services/patients/patients.h"
#include "storage/backup.h"
#include "storage/migrator.h"
#include "storage/sealedvfs.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTimeZone>

// A clinic's copies: made, restored, checked; and the permission for it.
namespace clinic::ctl {

namespace {

bool isOlder(storage::Database &database)
{
    return storage::fileVersion(database.writerConnection()).value_or(0) < storage::schemaVersion();
}

} // namespace

Result<storage::Database *> Commands::rowsOf(storage::Database &database)
{
    if (!isOlder(database))
        return &database;
    if (m_newer)
        return m_newer.get();
    m_newerFolder = std::make_unique<QTemporaryDir>();
    if (!m_newerFolder->isValid())
        return fail(ErrorCode::ReadOnly);
    storage::Database::Options options;
    options.path = m_newerFolder->filePath(QStringLiteral("clinic.db"));
    options.inlineExecutors = true;
    options.readOnly = true;
    options.key = database.writerConnection().key();
    if (auto made = storage::copyToThisVersion(database.writerConnection(), options.path, m_clock); !made)
        return fail(made);
    auto newer = storage::Database::open(options, m_clock);
    if (!newer)
        return fail(newer);
    m_newer = std::move(*newer);
    return m_newer.get();
}

Result<services::Session> Commands::visitor(storage::Database &database, const char *permission)
{
    services::FileVisitor who;
    who.login = m_parser.value(QStringLiteral("user"));
    if (who.login.isEmpty())
        return fail(ErrorCode::NotSignedIn);
    if (!database.identity().isDemo || !who.login.startsWith(QStringLiteral("demo-"))) {
        const auto secret = password(QStringLiteral("password-file"));
        if (!secret)
            return fail(secret);
        who.password = *secret;
        who.code = m_parser.value(QStringLiteral("second-factor"));
    }
    const auto rows = rowsOf(database);
    if (!rows)
        return fail(rows);
    who.file = database.writerConnection().path();
    auto session = services::sessionInFile(**rows, who, m_clock);
    if (session && !session->may(QString::fromLatin1(permission)))
        return fail(ErrorCode::Forbidden, {}, {QString::fromLatin1(permission)});
    return session;
}

Result<std::unique_ptr<storage::Database>> Commands::openFor(domain::IntentionId what,
                                                             const OpenDatabase &openDatabase)
{
    bool staysOlder = false;
    if (what != domain::IntentionId::SealFile) {
        const auto looked = openDatabase(true);
        staysOlder = looked && isOlder(**looked);
    }
    auto opened = openDatabase(staysOlder);
    if (!opened && !staysOlder) {
        const ErrorCode why = opened.error().code;
        if (why != ErrorCode::InUse && why != ErrorCode::ReadOnly)
            return opened;
        m_obstacle = opened.error();
        opened = openDatabase(true);
        m_isNoted = false;
    }
    if (!opened)
        return opened;
    if (staysOlder || !m_isNoted) {
        m_isNoted = false;
        if (auto session = visitor(**opened, domain::intentionInfo(what).permission); !session)
            return fail(session);
        return opened;
    }
    m_database = std::move(*opened);
    m_clinic = std::make_unique<services::Clinic>(*m_database, m_clock);
    auto noted = signIn();
    if (noted) {
        if (const auto done = m_clinic->performNow(services::NoteOutput{what, {}, {}}); !done)
            noted = fail(done);
    }
    // Closed before the work, which may be long: the program may be started meanwhile.
    m_clinic.reset();
    m_database.reset();
    return noted ? openDatabase(true) : fail(noted);
}

QString Commands::notNoted() const
{
    return m_isNoted
               ? QString()
               : QStringLiteral("\nThe clinic is open in the program, is of an older version, or cannot be "
                                "written: this is not in its audit.");
}

int Commands::backup(const QString &target)
{
    if (!QFile::exists(file()))
        return failed(Error(ErrorCode::FileMissing, {}, {file()}));
    auto found = findKey(file());
    if (!found)
        return failed(found.error());
    const auto database = openFor(domain::IntentionId::BackUp, [&](bool readOnly) {
        storage::Database::Options options;
        options.path = file();
        options.inlineExecutors = true;
        options.readOnly = readOnly;
        options.key = found->key();
        return storage::Database::open(options, m_clock);
    });
    if (!database)
        return failed(database.error());
    const auto report =
        storage::backUp((*database)->writerConnection(), (*database)->identity(), target, m_clock);
    if (!report)
        return failed(report.error());
    print(QStringLiteral("Backed up and checked: %1 patients, %2 appointments.")
                  .arg(report->patients)
                  .arg(report->appointments) +
              notNoted(),
          {{QStringLiteral("file"), target},
           {QStringLiteral("noted"), m_isNoted},
           {QStringLiteral("patients"), report->patients},
           {QStringLiteral("appointments"), report->appointments}});
    return Ok;
}

// The new clinic's first audit event.
Result<void> Commands::noteRestored(const services::Session &session, const FileKey &key)
{
    storage::Database::Options options;
    options.path = file();
    options.inlineExecutors = true;
    options.key = key;
    auto opened = storage::Database::open(options, m_clock);
    if (!opened)
        return fail(opened);
    services::Clinic clinic(**opened, m_clock);
    clinic.setSession(session);
    clinic.noteProven(services::proofLastsMs); // the restore may have taken longer than a proof lasts
    const auto noted = clinic.performNow(services::NoteOutput{domain::IntentionId::Restore, {}, {}});
    return noted ? Result<void>() : fail(noted);
}

int Commands::restore(const QString &source)
{
    if (!QFile::exists(source))
        return failed(Error(ErrorCode::FileMissing, {}, {source}));
    FileKey key;
    if (!storage::sealedvfs::isPlain(source)) {
        auto copy = services::Opening::lookAtCopy(source, storedKeys(), m_clock);
        if (auto unlocked = unlock(copy); !unlocked)
            return failed(unlocked.error());
        key = copy.key();
    }
    // The recovery key replaces every user's password. unlock() has checked it, also if a keychain opened the
    // file.
    services::Session session = services::Clinic::founderSession();
    session.displayName = QStringLiteral("recovery key");
    if (!m_parser.isSet(QStringLiteral("recovery-key-file")) || key.isNull()) {
        storage::Database::Options options;
        options.path = source;
        options.inlineExecutors = true;
        options.readOnly = true;
        options.key = key;
        const auto backup = storage::Database::open(options, m_clock);
        if (!backup)
            return failed(backup.error());
        const auto who = visitor(**backup, domain::intentionInfo(domain::IntentionId::Restore).permission);
        if (!who)
            return failed(who.error());
        session = *who;
    }
    const bool isTrial = m_parser.isSet(QStringLiteral("dry-run"));
    if (!isTrial && !QDir().mkpath(folder()))
        return failed(Error(ErrorCode::ReadOnly, {}, {folder()}));
    const auto report =
        isTrial ? storage::tryRestore(source, m_clock, key) : storage::restore(source, file(), m_clock, key);
    if (!report)
        return failed(report.error());
    const QString newest = QDateTime::fromMSecsSinceEpoch(report->newestEventAt, QTimeZone::utc())
                               .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    const QString content = QStringLiteral("%1: %2 patients, %3 appointments, newest entry %4 UTC.")
                                .arg(report->hospital)
                                .arg(report->patients)
                                .arg(report->appointments)
                                .arg(newest) +
                            (report->notes.isEmpty() ? QString() : u'\n' + report->notes.join(u'\n'));
    const QJsonObject json{{QStringLiteral("folder"), folder()},
                           {QStringLiteral("dryRun"), isTrial},
                           {QStringLiteral("hospital"), report->hospital},
                           {QStringLiteral("patients"), report->patients},
                           {QStringLiteral("appointments"), report->appointments},
                           {QStringLiteral("notes"), QJsonArray::fromStringList(report->notes)},
                           {QStringLiteral("newestEventAt"), report->newestEventAt}};
    if (isTrial) {
        print(QStringLiteral("This backup can be restored. ") + content +
                  (QFile::exists(file())
                       ? QStringLiteral("\nIn %1 there is a clinic: choose another folder.").arg(folder())
                       : QString()),
              json);
        return Ok;
    }
    if (!key.isNull())
        static_cast<void>(storeKeys(key.record() + storedKeys()));
    if (const auto noted = noteRestored(session, key); !noted)
        return failed(noted.error());
    print(QStringLiteral("Restored and checked. This PC counts as a new device now. ") + content, json);
    return Ok;
}

int Commands::verify()
{
    if (const auto opened = open(true); !opened)
        return failed(opened.error());
    const auto report = storage::checkDatabase(m_database->writerConnection(), m_database->identity());
    if (!report)
        return failed(report.error());
    QJsonArray faults;
    for (const QString &fault : report->faults)
        faults << fault;
    print((report->isSound() ? QStringLiteral("Sound: %1 patients, %2 appointments, %3 audit events.")
                                   .arg(report->patients)
                                   .arg(report->appointments)
                                   .arg(report->events)
                             : report->faults.join(u'\n')) +
              (report->missing.isEmpty() ? QString() : u'\n' + report->missing.join(u'\n')) +
              (report->notes.isEmpty() ? QString() : u'\n' + report->notes.join(u'\n')),
          {{QStringLiteral("sound"), report->isSound()},
           {QStringLiteral("faults"), faults},
           {QStringLiteral("missing"), QJsonArray::fromStringList(report->missing)},
           {QStringLiteral("notes"), QJsonArray::fromStringList(report->notes)},
           {QStringLiteral("patients"), report->patients},
           {QStringLiteral("events"), report->events}});
    return report->isSound() && report->missing.isEmpty() ? Ok : Unsound;
}

} // namespace clinic::ctl
