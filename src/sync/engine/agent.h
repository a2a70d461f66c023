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
// timers to Qt. Never blocks.
class Agent : public QObject
{
    Q_OBJECT
public:
    Agent(storage::Database &database, const Clock &clock, secrets::SecretStore &secrets,
          QObject *parent = nullptr);
    ~Agent() override;

    // Reads the file's state and, when it is enrolled, begins. Call again after an enrolment.
    void start();
    void syncNow() { feed(Engine::Wish{Engine::Wish::SyncNow}); }
    // Compares all rows with the server; rows that differ are requested again.
    void compare() { feed(Engine::Wish{Engine::Wish::Compare}); }
    // The user of this PC, for the server's list of PCs.
    void setUser(const Id &user);
    // The addresses or the certificate have changed: the next request goes there.
    void reconnect();
    // Tries each of the addresses, in order; the text is the error.
    void probe(const domain::ServerAccess &access, std::function<void(const QStringList &faults)> then);
    // The last requests, newest first.
    [[nodiscard]] const QList<Client::Exchange> &exchanges() const { return m_exchanges; }
    void workOffline(bool offline);
    [[nodiscard]] bool isWorkingOffline() const { return m_offline; }
    [[nodiscard]] const SyncStatus &status() const { return m_status; }

    // Asks the server of an enrolment code to accept this PC. The keys are stored before the request, so
    // that the same code works again after a lost answer. The result is for services::EnrolDevice.
    // recoveryKey: for a hospital that has lost all its PCs, after NeedsRecoveryKey.
    void enrol(const QString &code, const QString &deviceName, const QString &recoveryKey,
               std::function<void(const Result<storage::Enrolment> &)> then);
    // An enrolment code for another PC; the server checks the permission.
    // scopes: of the new PC; empty = as this one.
    void makeCode(const Id &actor, const Id &role, const QByteArray &scopes,
                  std::function<void(const Result<QString> &)> then);
    // The audit events about a record or of a user, of all PCs of the hospital: the newest ones.
    void auditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then);
    // The same with all older events, answer by answer; `more` when there are still others.
    void wholeAuditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then);
    // Asks the server to send a one-time code to this PC's user. WaitBeforeLogin with the seconds when it
    // has just sent one.
    void sendCode(const CodeWish &wish, std::function<void(const Result<void> &)> then);
    // Whether the typed text is that code.
    void checkCode(const CodeTry &attempt, std::function<void(const Result<CodeVerdict> &)> then);
    // The PCs on which the actor has worked; needs no permission.
    void ownDevices(const Id &actor, const Id &role,
                    std::function<void(const Result<QList<DeviceListing>> &)> then);
    // The hospital's PCs, after a change if a device is named.
    void devices(const Id &actor, const Id &role, const DeviceChange &change,
                 std::function<void(const Result<QList<DeviceListing>> &)> then);
    // Replaces the hospital's data key and seals it to every accepted PC; returns the names of PCs without a
    // vouched box key, which get it later. This PC seals with it as soon as the engine has fetched it.
    void replaceKey(const Id &actor, const Id &role,
                    std::function<void(const Result<QStringList> &later)> then);
    // The rest of a patient's chart, from branches outside this PC's scopes; later changes to it come with
    // every pull.
    void bringChart(const Id &patient, const Id &actor, const Id &role,
                    const std::function<void(const Result<void> &)> &then);

    // Takes leases for this PC or gives them back; returns all its leases.
    void leases(const Id &actor, const Id &role, const LeaseRequest &request,
                std::function<void(const Result<QList<Lease>> &)> then);
    // The bytes of documents; fetchDocuments() when a user has just asked for one.
    [[nodiscard]] DocumentLane &documents() { return m_documents; }
    void fetchDocuments();

    // For a PC without a network: writes the waiting groups and a pull request to a file for the server.
    void writeParcel(const QString &file, std::function<void(const Result<ParcelHead> &)> then);
    // Applies the server's answers to such a file, whenever it was written.
    void takeAnswers(const QString &file, std::function<void(const Result<CarriedAnswers> &)> then);
    // Sends another PC's file to this PC's server, and writes the answers to a file.
    void carry(const QString &file, const QString &answers,
               std::function<void(const Result<ParcelHead> &)> then);

Q_SIGNALS:
    void statusChanged(const clinic::sync::SyncStatus &status);
    // This PC was reported lost: its keys are deleted, and the closed file does not open again.
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
    Client m_aside; // for enrolment and codes, beside the engine's requests
    DocumentLane m_documents;
    QTimer m_timer;
    std::unique_ptr<Engine> m_engine;
    QList<Engine::Event> m_events;
    bool m_feeding = false;
    bool m_offline = false;
    QByteArray m_keys; // as stored in secrets
    QByteArray m_access;
    domain::ServerAccess m_server;
    QList<Client::Exchange> m_exchanges;
    SyncStatus m_status;
    AboutDevice m_about;
    qint64 m_clockOffMs = 0;
};

} // namespace clinic::sync

Q_DECLARE_METATYPE(clinic::sync::SyncStatus)
