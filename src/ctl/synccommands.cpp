// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"
#include "ctl/commands.h"
#include "domain/setup/scopes.h"
#include "models/errortext.h"
#include "secrets/keychain.h"
#include "secrets/sealedfile.h"
#include "secrets/wrongpasswords.h"
#include "services/attention/attention.h"
#include "services/patients/patients.h"
#include "services/setup/bringing.h"
#include "services/setup/setup.h"
#include "storage/removal.h"
#include "sync/engine/agent.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSysInfo>
#include <QTextStream>

// For scripts and mobile clinics: enrolling a file, exchanging once, a code for another PC.
namespace clinic::ctl {
namespace {

constexpr int longestMs = 10 * 60 * 1000;
constexpr int saidEveryMs = 30 * 1000;

} // namespace

Result<std::unique_ptr<secrets::SecretStore>> Commands::secretStore()
{
    if (!m_parser.isSet(QStringLiteral("secrets-password-file")))
        return std::make_unique<secrets::Keychain>(QStringLiteral("ClinicDesk ") + folder());
    const auto typed = password(QStringLiteral("secrets-password-file"));
    if (!typed)
        return fail(typed);
    secrets::SealedFile::Opened opened{};
    const QString path = folder() + QStringLiteral("/secrets.sealed");
    auto file = secrets::SealedFile::open(path, *typed, {}, opened, m_clock);
    if (!file && opened == secrets::SealedFile::Opened::Wait)
        return fail(ErrorCode::WaitBeforeLogin, {},
                    {QString::number(secrets::WrongPasswords::secondsToWait(path, m_clock))});
    if (!file)
        return fail(opened == secrets::SealedFile::Opened::WrongPassword ? ErrorCode::WrongPassword
                                                                         : ErrorCode::SecretsUnavailable);
    return std::make_unique<secrets::SealedFile>(std::move(*file));
}

// Brings another clinic's file into this hospital; a repeated run continues.
int Commands::bring(const QString &file)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    FileKey key;
    if (isKept(keyFileOf(file))) {
        const auto typed = password(QStringLiteral("from-password-file"));
        const auto unlocked = typed ? m_clinic->answerNow(services::UnlockOtherClinic{
                                          file, m_parser.value(QStringLiteral("from-user")), *typed})
                                    : fail(typed);
        if (!unlocked)
            return failed(unlocked.error());
        key = *unlocked;
    }
    const auto found = m_clinic->answerNow(services::LookIntoClinic{file, key});
    if (!found)
        return failed(found.error());
    qint64 stored = 0;
    for (services::BringPlace place;;) {
        const auto rows = m_clinic->answerNow(services::ReadOtherClinic{file, place, key});
        if (!rows)
            return failed(rows.error());
        if (rows->done)
            break;
        place = rows->next;
        if (rows->records.isEmpty())
            continue;
        const auto done = m_clinic->performNow(services::BringRows{*rows});
        if (!done)
            return failed(done.error());
        stored += *done;
    }
    print(QStringLiteral("%1 of %2 rows of %3 were brought in; the others were here.")
              .arg(stored)
              .arg(found->rows)
              .arg(found->hospitalName),
          {{QStringLiteral("stored"), stored}, {QStringLiteral("rows"), found->rows}});
    return Ok;
}

int Commands::enrol(const QString &code)
{
    m_isPaperForServer = true;
    if (const auto opened = open(false, Missing::Begins); !opened)
        return failed(opened.error());
    if (m_clinic->isSetUp()) {
        if (const auto signedIn = signIn(); !signedIn)
            return failed(signedIn.error());
    } else {
        m_clinic->setSession(services::Clinic::founderSession());
    }
    const int exitCode = enrolIn(code);
    if (exitCode != Ok)
        abandon();
    return exitCode;
}

int Commands::enrolIn(const QString &code)
{
    auto store = secretStore();
    if (!store)
        return failed(store.error());
    sync::Agent agent(*m_database, m_clock, **store);
    sayWhileWaiting(agent);
    int exitCode = Failed;
    QString paper;
    if (m_parser.isSet(QStringLiteral("recovery-key-file"))) {
        const auto typed = password(QStringLiteral("recovery-key-file"));
        if (!typed)
            return failed(typed.error());
        paper = *typed;
    }
    agent.enrol(code, QSysInfo::machineHostName(), paper, [&](const Result<storage::Enrolment> &accepted) {
        const auto done = accepted ? m_clinic->performNow(services::EnrolDevice{*accepted}) : fail(accepted);
        if (done) {
            print(QStringLiteral("Connected. This PC's numbers carry %1 from now on.")
                      .arg(accepted->deviceCode),
                  {{QStringLiteral("device"), accepted->deviceCode}});
            exitCode = Ok;
        } else {
            exitCode = failed(done.error());
        }
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    return exitCode;
}

// A slow line is not a silent one; after longestMs the command ends.
void Commands::sayWhileWaiting(sync::Agent &agent)
{
    auto *every = new QTimer(&agent);
    QObject::connect(every, &QTimer::timeout, &agent, [this] {
        m_err << "Waiting for the server …\n" << Qt::flush;
    });
    every->start(saidEveryMs);
    QTimer::singleShot(longestMs, &agent, [this] {
        const QString said =
            QStringLiteral("Not finished within %1 minutes. Nothing is lost; run the command again.")
                .arg(longestMs / 60'000);
        print(said, {{QStringLiteral("error"), said}});
        QCoreApplication::quit();
    });
}

int Commands::exchange()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto found = connected(); !found)
        return failed(found.error());
    auto store = secretStore();
    if (!store)
        return failed(store.error());
    auto agent = std::make_unique<sync::Agent>(*m_database, m_clock, **store);
    int exitCode = Failed;
    sayWhileWaiting(*agent);
    QObject::connect(
        agent.get(), &sync::Agent::statusChanged, agent.get(), [&](const sync::SyncStatus &status) {
            using Phase = sync::SyncStatus::Phase;
            const bool over = status.isAtRest() || status.phase == Phase::Refused ||
                              status.phase == Phase::NotEnrolled || status.phase == Phase::Waiting;
            if (!over)
                return;
            const auto &replica = status.replica;
            // Rows lost since the upload: not up to date.
            const auto missing = storage::missingSinceUpload(m_database->writerConnection());
            const bool isCalm = status.isCalm() && missing && missing->isEmpty();
            QString said = QStringLiteral("Up to date with the server.");
            if (!status.isAtRest())
                said = QStringLiteral("%1; %2 changes wait here.")
                           .arg(status.problem == "no-answer" ? QStringLiteral("The server does not answer")
                                                              : QStringLiteral("Not exchanged (%1)")
                                                                    .arg(QString::fromLatin1(status.problem)))
                           .arg(replica.waiting + replica.held);
            else if (replica.held > 0)
                said =
                    QStringLiteral("%1 changes could not be sent; they stay here whole and are tried again.")
                        .arg(replica.held);
            else if (!isCalm)
                said = missing ? missing->join(u'\n') : QStringLiteral("The file cannot be read.");
            print(said, {{QStringLiteral("upToDate"), isCalm},
                         {QStringLiteral("waiting"), replica.waiting},
                         {QStringLiteral("held"), replica.held},
                         {QStringLiteral("problem"), QString::fromLatin1(status.problem)},
                         {QStringLiteral("conflicts"), replica.openConflicts},
                         {QStringLiteral("attention"), replica.openAttention}});
            exitCode = isCalm ? Ok : status.phase == Phase::Refused ? Refused : Failed;
            if (status.problem == "device-lost")
                return; // only when done
            agent->disconnect();
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        });
    bool isLost = false;
    QObject::connect(agent.get(), &sync::Agent::removalOrdered, agent.get(), [&] {
        isLost = true;
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    agent->start();
    QCoreApplication::exec();
    if (isLost) {
        const QString path = m_clinic->path();
        agent.reset();
        m_clinic.reset();
        m_database.reset();
        const auto opened = open(false); // carries the order out
        if (opened) {                    // the mark could not be written
            m_clinic.reset();
            m_database.reset();
            storage::removeClinicFiles(path);
        }
        return failed(opened ? Error(ErrorCode::ReportedLost) : opened.error());
    }
    return exitCode;
}

// --branch as scopes; empty = those of this PC.
Result<QByteArray> Commands::wishedScopes()
{
    const QStringList names = m_parser.values(QStringLiteral("branch"));
    if (names.isEmpty())
        return QByteArray();
    const auto branches = m_clinic->answerNow(services::ReadBranches{});
    if (!branches)
        return fail(branches);
    QByteArray scopes(domain::sharedScope);
    for (const QString &name : names) {
        const auto known = std::find_if(branches->begin(), branches->end(), [&name](const auto &branch) {
            return branch.code == name || branch.name == name;
        });
        if (known == branches->end())
            return fail(ErrorCode::NotFound, QStringLiteral("branch"));
        scopes += ' ' + domain::scopeOfBranch(known->id);
    }
    return scopes;
}

// An administrator's action on the server, once this PC has reached it; the audit event comes first.
int Commands::administer(domain::IntentionId what,
                         const std::function<void(sync::Agent &, std::function<void(int)>)> &work)
{
    if (const auto found = connected(); !found)
        return failed(found.error());
    const auto noted =
        m_clinic->performNow(services::NoteOutput{what, "device", m_database->identity().device});
    if (!noted)
        return failed(noted.error());
    auto store = secretStore();
    if (!store)
        return failed(store.error());
    sync::Agent agent(*m_database, m_clock, **store);
    int exitCode = Failed;
    bool asked = false;
    sayWhileWaiting(agent);
    QObject::connect(&agent, &sync::Agent::statusChanged, &agent, [&](const sync::SyncStatus &status) {
        using Phase = sync::SyncStatus::Phase;
        const auto over = [&](int code) {
            exitCode = code;
            agent.disconnect();
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        };
        if (status.phase == Phase::Refused || status.phase == Phase::NotEnrolled ||
            status.phase == Phase::Waiting)
            return over(failed(Error(ErrorCode::NoServer)));
        if (status.isAtRest() && !std::exchange(asked, true))
            work(agent, over);
    });
    agent.start();
    QCoreApplication::exec();
    return exitCode;
}

int Commands::newCode()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto scopes = wishedScopes();
    if (!scopes)
        return failed(scopes.error());
    return administer(domain::IntentionId::ManageDevices,
                      [&](sync::Agent &agent, const std::function<void(int)> &over) {
                          agent.makeCode(m_clinic->session().user, m_clinic->session().role, *scopes,
                                         [this, over](const Result<QString> &code) {
                                             if (!code)
                                                 return over(failed(code.error()));
                                             print(*code, {{QStringLiteral("code"), *code}});
                                             over(Ok);
                                         });
                      });
}

int Commands::replaceKey()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    return administer(domain::IntentionId::ReplaceDataKey, [&](sync::Agent &agent,
                                                               const std::function<void(int)> &over) {
        agent.replaceKey(
            m_clinic->session().user, m_clinic->session().role,
            [this, over](const Result<QStringList> &later) {
                if (!later)
                    return over(failed(later.error()));
                print(QStringLiteral("The hospital has a new key; every accepted PC gets it with its next "
                                     "contact. Codes for PCs that were not used yet are void.") +
                          (later->isEmpty() ? QString()
                                            : QStringLiteral("\nLater, from another PC: ") +
                                                  later->join(QStringLiteral(", "))),
                      {{QStringLiteral("later"), QJsonArray::fromStringList(*later)}});
                over(Ok);
            });
    });
}

// Runs one task with the agent of an open file, until it calls back with the exit code.
int Commands::withAgent(const std::function<void(sync::Agent &, std::function<void(int)>)> &work)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    if (const auto found = connected(); !found)
        return failed(found.error());
    const auto noted = m_clinic->performNow(
        services::NoteOutput{domain::IntentionId::ExchangeByFile, "device", m_database->identity().device});
    if (!noted)
        return failed(noted.error());
    auto store = secretStore();
    if (!store)
        return failed(store.error());
    sync::Agent agent(*m_database, m_clock, **store);
    int exitCode = Failed;
    work(agent, [&exitCode](int code) {
        exitCode = code;
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    return exitCode;
}

int Commands::exportParcel(const QString &file)
{
    return withAgent([&](sync::Agent &agent, const std::function<void(int)> &over) {
        agent.writeParcel(file, [this, file, over](const Result<sync::ParcelHead> &head) {
            if (!head)
                return over(failed(head.error()));
            print(QStringLiteral("Written: %1. Take it to a PC that reaches the server (sync carry).")
                      .arg(file),
                  {{QStringLiteral("lines"), head->lines}});
            over(Ok);
        });
    });
}

int Commands::importAnswers(const QString &file)
{
    return withAgent([&](sync::Agent &agent, const std::function<void(int)> &over) {
        agent.takeAnswers(file, [this, over](const Result<sync::CarriedAnswers> &taken) {
            if (!taken)
                return over(failed(taken.error()));
            print(
                taken->again
                    ? QStringLiteral("The server was put back from a backup: one more file is needed.")
                : taken->problem.isEmpty()
                    ? QStringLiteral("%1 changes answered, %2 new.").arg(taken->answered).arg(taken->received)
                    : QStringLiteral("The server refuses (%1).").arg(QString::fromLatin1(taken->problem)),
                {{QStringLiteral("answered"), taken->answered},
                 {QStringLiteral("received"), taken->received},
                 {QStringLiteral("again"), taken->again},
                 {QStringLiteral("problem"), QString::fromLatin1(taken->problem)}});
            over(taken->problem.isEmpty() ? Ok : Refused);
        });
    });
}

int Commands::carryParcel(const QString &file, const QString &answers)
{
    return withAgent([&](sync::Agent &agent, const std::function<void(int)> &over) {
        sayWhileWaiting(agent);
        agent.carry(file, answers, [this, answers, over](const Result<sync::ParcelHead> &head) {
            if (!head)
                return over(failed(head.error()));
            print(QStringLiteral("The answers for %1 are in %2.").arg(QString::fromUtf8(head->name), answers),
                  {{QStringLiteral("device"), head->device.toString()}});
            over(Ok);
        });
    });
}

} // namespace clinic::ctl
