// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secretstore.h"
#include "sync/engine/client.h"
#include "sync/engine/documentlane.h"
#include "sync/engine/parcels.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/onetime.h"

#include <QTimer>

namespace clinic::sync {

// Runs the engine in a program: its requests go through Client, its storage work to the writer's thread, its
// timers to Qt. Nothing here waits for anything.
class Agent : public QObject
{
    Q_OBJECT
public:
    Agent(storage::Database &database, const Clock &clock, secrets::SecretStore &secrets,
          QObject *parent = nullptr);
    ~Agent() override;

    // Reads where the file stands and, when it is enrolled, begins. Again after an enrolment.
    void start();
    void syncNow() { feed(Engine::Wish{Engine::Wish::SyncNow}); }
    // Everything this file has with what the server has; what differs is asked for again.
    void compare() { feed(Engine::Wish{Engine::Wish::Compare}); }
    // Who works on this PC; the server's list of PCs says so.
    void setUser(const Id &user);
    // The addresses or the certificate have changed: the next request goes there.
    void reconnect();
    // Whether anything answers at each of the addresses, in their order; the text is what went wrong.
    void probe(const domain::ServerAccess &access, std::function<void(const QStringList &faults)> then);
    // The last requests, newest first.
    [[nodiscard]] const QList<Client::Exchange> &exchanges() const { return m_exchanges; }
    void workOffline(bool offline);
    [[nodiscard]] bool isWorkingOffline() const { return m_offline; }
    [[nodiscard]] const SyncStatus &status() const { return m_status; }

    // Asks the server that a code names to accept this PC. The keys are kept before anything is sent, so that
    // a lost answer can be asked for again with the same code. What comes back is for services::EnrolDevice.
    // recoveryKey: what stands on paper, for a hospital that has lost all its PCs; asked for with
    // NeedsRecoveryKey.
    void enrol(const QString &code, const QString &deviceName, const QString &recoveryKey,
               std::function<void(const Result<storage::Enrolment> &)> then);
    // A code for another PC, for whoever may make one (the server looks).
    // scopes: what it is to keep; empty = what this one does.
    void makeCode(const Id &actor, const Id &role, const QByteArray &scopes,
                  std::function<void(const Result<QString> &)> then);
    // Who looked at a record or changed it, or what somebody did, on all PCs of the hospital: the newest
    // events.
    void auditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then);
    // The same with all older ones, asked for answer by answer; `more` when there are still others.
    void wholeAuditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then);
    // Has the server send a code for one use to whoever is at this PC. WaitBeforeLogin with the seconds when
    // it has just sent one.
    void sendCode(const CodeWish &wish, std::function<void(const Result<void> &)> then);
    // Whether what was typed is that code.
    void checkCode(const CodeTry &attempt, std::function<void(const Result<CodeVerdict> &)> then);
    // The hospital's PCs, after something was done to one of them if one is named.
    // Only those on which the actor has worked, for anybody.
    void ownDevices(const Id &actor, const Id &role,
                    std::function<void(const Result<QList<DeviceListing>> &)> then);
    void devices(const Id &actor, const Id &role, const DeviceChange &change,
                 std::function<void(const Result<QList<DeviceListing>> &)> then);
    // Another data key for the hospital, sealed to every PC that is accepted; the names of those that nobody
    // has vouched for yet, which get it later. This PC seals with it as soon as the engine has fetched it.
    void replaceKey(const Id &actor, const Id &role,
                    std::function<void(const Result<QStringList> &later)> then);
    // The rest of a patient's chart, from branches that this PC does not keep; what changes in it comes by
    // itself from then on.
    void bringChart(const Id &patient, const Id &actor, const Id &role,
                    const std::function<void(const Result<void> &)> &then);

    // Asks the server to keep places for this PC, or to let go of them; what it keeps then.
    void leases(const Id &actor, const Id &role, const LeaseRequest &request,
                std::function<void(const Result<QList<Lease>> &)> then);
    // The bytes of documents; fetchDocuments() when somebody has just asked for one.
    [[nodiscard]] DocumentLane &documents() { return m_documents; }
    void fetchDocuments();

    // Without a network: everything that waits here and the question for what is new, as a file for the
    // server.
    void writeParcel(const QString &file, std::function<void(const Result<ParcelHead> &)> then);
    // The server's answers to such a file, whenever it was written.
    void takeAnswers(const QString &file, std::function<void(const Result<CarriedAnswers> &)> then);
    // Another PC's file is taken to this PC's server, and its answers are written to a file.
    void carry(const QString &file, const QString &answers,
               std::function<void(const Result<ParcelHead> &)> then);

Q_SIGNALS:
    void statusChanged(const clinic::sync::SyncStatus &status);
    // This PC was reported lost: its keys are gone, and the file, once closed, does not open any more.
    void removalOrdered();

private:
    void rotate(const Id &actor, const Id &role, const QList<DeviceListing> &list, int beyond,
                std::function<void(const Result<QStringList> &)> then);
    static constexpr int answerMs = 20'000;
    struct Carrying;
    void begin(const storage::ReplicaState &state);
    void setServer(const storage::ReplicaState &state);
    void feed(const Engine::Event &event);
    void perform(const Engine::Action &action);
    void fromWriter(std::function<Engine::Event(storage::Replica &)> work);
    void tell(const SyncStatus &status);
    void wholeAuditFrom(const std::shared_ptr<QList<AuditRecord>> &before, int answers,
                        const AuditQuestion &question,
                        const std::function<void(const Result<AuditFound> &)> &then);
    void bringChartFrom(const QByteArray &after, bool isFirst, const Id &patient, const Id &actor,
                        const Id &role, const std::function<void(const Result<void> &)> &then);
    [[nodiscard]] QString secretName() const;
    [[nodiscard]] QByteArray ownBoxKey() const; // the public half
    void perform(const Engine::MakeSuccessorKeys &action);
    void perform(const Engine::SaveSuccessor &action);
    void perform(const Engine::Obey &action);
    void withKeys(std::function<void(const Result<ParcelKeys> &)> then);
    void carryNext(const std::shared_ptr<Carrying> &carrying);
    void carried(const std::shared_ptr<Carrying> &carrying, const Result<ParcelHead> &outcome);

    storage::Database &m_database;
    const Clock &m_clock;
    secrets::SecretStore &m_secrets;
    Client m_client;
    Client m_aside; // enrolment and codes, beside what the engine says
    DocumentLane m_documents;
    QTimer m_timer;
    std::unique_ptr<Engine> m_engine;
    QList<Engine::Event> m_events;
    bool m_feeding = false;
    bool m_offline = false;
    QByteArray m_keys; // as they lie in secrets
    QByteArray m_access;
    domain::ServerAccess m_server;
    QList<Client::Exchange> m_exchanges;
    SyncStatus m_status;
    AboutDevice m_about;
    qint64 m_clockOffMs = 0;
};

} // namespace clinic::sync

Q_DECLARE_METATYPE(clinic::sync::SyncStatus)
