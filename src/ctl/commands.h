// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/profile.h"
#include "exchange/textfile.h"
#include "secrets/secretstore.h"
#include "services/admin/breach.h"
#include "services/clinic.h"
#include "services/opening.h"
#include "services/patients/importcolumns.h"
#include "sync/engine/agent.h"

#include <QCommandLineParser>
#include <QJsonObject>
#include <QTemporaryDir>

namespace clinic::ctl {

// Exit codes, also in docs/command-line.md.
enum Exit { Ok = 0, Failed = 1, Usage = 2, Refused = 3, InUse = 4, Unsound = 5 };

// Runs one command line; prints to out and err. All of clinicdeskctl except main().
class Commands
{
public:
    Commands(QTextStream &out, QTextStream &err) : m_out(out), m_err(err) {}
    [[nodiscard]] int run(const QStringList &arguments);

private:
    [[nodiscard]] int initialise();
    [[nodiscard]] int importPatients(const QString &path);
    [[nodiscard]] int chooseReading(exchange::TextTable &table, services::ImportMapping &mapping);
    [[nodiscard]] int findPatients(const QString &text);
    [[nodiscard]] int user(const QStringList &rest);
    [[nodiscard]] int backup(const QString &target);
    [[nodiscard]] int restore(const QString &source);
    [[nodiscard]] Result<void> noteRestored(const services::Session &session, const FileKey &key);
    [[nodiscard]] int verify();
    [[nodiscard]] int review();
    [[nodiscard]] int breachOfAccount(const QString &user);
    [[nodiscard]] int tellBreach(int days, const services::ReachOfAccount &question);
    [[nodiscard]] int breachOfPc();
    [[nodiscard]] int demo();
    [[nodiscard]] int config();
    [[nodiscard]] int exportPatients(const QString &path);
    [[nodiscard]] int profiles();
    [[nodiscard]] int useProfile(const QString &name);
    [[nodiscard]] int copy();
    [[nodiscard]] int bring(const QString &file);
    [[nodiscard]] int enrol(const QString &code);
    [[nodiscard]] int enrolIn(const QString &code);
    [[nodiscard]] int exchange();
    void sayWhileWaiting(sync::Agent &agent);
    [[nodiscard]] int exportParcel(const QString &file);
    [[nodiscard]] int importAnswers(const QString &file);
    [[nodiscard]] int carryParcel(const QString &file, const QString &answers);
    [[nodiscard]] int withAgent(const std::function<void(sync::Agent &, std::function<void(int)>)> &work);
    [[nodiscard]] int newCode();
    [[nodiscard]] int replaceKey();
    [[nodiscard]] int administer(domain::IntentionId what,
                                 const std::function<void(sync::Agent &, std::function<void(int)>)> &work);
    [[nodiscard]] Result<std::unique_ptr<secrets::SecretStore>> secretStore();
    [[nodiscard]] int exportPerson(const QString &number, const QString &path);
    [[nodiscard]] int retention();
    [[nodiscard]] int seal();
    [[nodiscard]] int exportAudit(const QString &path);
    [[nodiscard]] int checkAudit(const QString &path);
    [[nodiscard]] int newRecoveryKey();
    // The key of a clinic's file: from the keychain, by --user and --password-file, or by
    // --recovery-key-file.
    [[nodiscard]] Result<services::Opening> findKey(const QString &path);
    [[nodiscard]] Result<void> unlock(services::Opening &opening);
    [[nodiscard]] QByteArray storedKeys();
    bool storeKeys(const QByteArray &keys);
    [[nodiscard]] Result<QByteArray> wishedScopes();

    // Opens the clinic in folder(). Only `init` and `enrol` begin a new one, which abandon() removes again.
    enum class Missing { Fails, Begins };
    [[nodiscard]] Result<void> open(bool readOnly, Missing missing = Missing::Fails);
    void abandon();
    // NotConnected for a PC that never came to a server.
    [[nodiscard]] Result<void> connected();
    [[nodiscard]] QString wayOut(const Error &error) const;
    // For commands that copy the clinic or change its key: the user needs the permission, and the audit
    // event comes first. The returned database is not to be written. If the program has the clinic open, the
    // file is read-only, or the file has an older version (which is not migrated), the permission is checked
    // all the same and m_isNoted is false. Sealing writes the whole file, and migrates it first.
    using OpenDatabase = std::function<Result<std::unique_ptr<storage::Database>>(bool readOnly)>;
    [[nodiscard]] Result<std::unique_ptr<storage::Database>> openFor(domain::IntentionId what,
                                                                     const OpenDatabase &openDatabase);
    [[nodiscard]] Result<services::Session> visitor(storage::Database &database, const char *permission);
    // What this version's tables tell: the file's own, or those of a copy when it is of an older version. One
    // file in a run.
    [[nodiscard]] Result<storage::Database *> rowsOf(storage::Database &database);
    [[nodiscard]] QString notNoted() const;
    [[nodiscard]] Result<void> signIn();
    [[nodiscard]] Result<QString> password(const QString &option);
    [[nodiscard]] int failed(const Error &error);
    void print(const QString &text, const QJsonObject &json);
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString file() const { return folder() + QStringLiteral("/clinic.db"); }

    QTextStream &m_out;
    QTextStream &m_err;
    QCommandLineParser m_parser;
    ProfileChoice m_profile;
    SystemClock m_clock;
    bool m_isNoted = true;
    bool m_hasBegun = false;         // this run made the clinic's file
    Error m_obstacle{};              // why the event could not be written
    bool m_isPaperForServer = false; // --recovery-key-file is of the hospital that this PC comes to
    std::unique_ptr<QTemporaryDir> m_newerFolder;
    std::unique_ptr<storage::Database> m_newer; // the copy in it
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<services::Clinic> m_clinic;
};

} // namespace clinic::ctl
