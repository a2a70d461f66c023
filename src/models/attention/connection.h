// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/admin/proof.h"
#include "services/attention/attention.h"
#include "sync/engine/agent.h"

namespace clinic::models {

using services::AttentionView;
using services::ConflictView;

// The connection to the hospital's server for screens: its state in words, its actions, and the conflicts
// and attention rows for the user.
class Connection : public QObject
{
    Q_OBJECT
public:
    explicit Connection(services::Clinic &clinic, QObject *parent = nullptr)
        : QObject(parent), m_clinic(clinic)
    {}

    // Null without a server: a demo, a test.
    void attach(sync::Agent *agent);
    [[nodiscard]] bool isPossible() const { return m_agent != nullptr; }
    [[nodiscard]] bool isEnrolled() const { return m_status.replica.enrolled; }
    // The first load is running. The rows needed first come before all others.
    [[nodiscard]] bool isLoading() const { return isEnrolled() && !m_status.replica.booted; }
    // How much of the first load is done, 0 to 99; -1: the rows needed first are still missing.
    [[nodiscard]] int loadedPercent() const;
    // The newest events about a record, of all PCs of the hospital; needs the server.
    void auditOf(QObject *context, const Id &subject, Then<QList<storage::AuditEntry>> then);
    // The events during an emergency on all PCs; needs the server.
    void emergencyEvents(QObject *context, const domain::EmergencyAccess &access,
                         Then<QList<storage::AuditEntry>> then);
    // How far this PC's clock is ahead of the server's; 0 for a small difference.
    [[nodiscard]] qint64 clockOffMinutes() const
    {
        const qint64 off = m_status.clockOffMs / 60'000;
        return off >= -2 && off <= 2 ? 0 : off;
    }
    // The last contact succeeded, and no user chose to work offline.
    [[nodiscard]] bool isOnline() const
    {
        using Phase = sync::SyncStatus::Phase;
        return m_status.phase == Phase::UpToDate || m_status.phase == Phase::Exchanging;
    }
    [[nodiscard]] const sync::SyncStatus &status() const { return m_status; }
    // A few words for the status line: "On the server", "3 changes wait", "Working offline".
    [[nodiscard]] QString summary() const;
    // The state's meaning and what to do, in a sentence or two.
    [[nodiscard]] QString explanation() const;
    // good: nothing waits; warn: groups wait or a user must decide; bad: this PC is revoked; muted: it works
    // alone.
    [[nodiscard]] const char *role() const;
    // Open conflicts and attention rows.
    [[nodiscard]] qint64 toDecide() const
    {
        const auto &replica = m_status.replica;
        return replica.openConflicts + replica.openAttention + replica.sharedIdentifiers + replica.held;
    }

    void syncNow();
    // Compares all rows with the server; the result is in status().replica.
    void compare();
    void workOffline(bool offline);
    [[nodiscard]] bool isWorkingOffline() const { return m_agent && m_agent->isWorkingOffline(); }
    // Enrols this PC with an administrator's enrolment code.
    void enrol(QObject *context, const QString &code, const QString &recoveryKey, Then<services::Done> then);
    // An enrolment code for another PC; scopes: of the new PC, empty = as this one.
    void makeCode(QObject *context, const QByteArray &scopes, Then<QString> then);
    // Channels for one-time codes to the signed-in user: "email", "sms"; empty when there are none.
    [[nodiscard]] QList<QByteArray> codeChannels() const;
    void sendCode(QObject *context, const QByteArray &channel, const QString &to, Then<void> then);
    // The server's answer for a typed code; WrongSecondFactor for a wrong one.
    void checkCode(QObject *context, const QString &code, Then<services::ServerWord> then);
    // The hospital's PCs, after a change if a device is named.
    void devices(QObject *context, Then<QList<sync::DeviceListing>> then,
                 const sync::DeviceChange &change = {});
    // The PCs on which the signed-in user has worked.
    void ownDevices(QObject *context, Then<QList<sync::DeviceListing>> then);
    // Replaces the hospital's data key. Returns the names of PCs that get it later than at their next
    // contact.
    void replaceKey(QObject *context, Then<QStringList> then);
    // The rest of a patient's chart, from branches outside this PC's scopes.
    void bringChart(QObject *context, const Id &patient, Then<void> then);
    // This PC's leases, after some were taken or given back.
    void leases(QObject *context, const sync::LeaseRequest &request, Then<QList<sync::Lease>> then);
    // Addresses and certificate of the server. A change is announced to the caller, and the next request
    // uses it.
    [[nodiscard]] domain::ServerAccess access() const
    {
        const auto &replica = m_status.replica;
        return {replica.servers, replica.certificate, replica.authority};
    }
    void changeServer(QObject *context, const services::ChangeServer &intent,
                      Then<domain::ServerAccess> then);
    // Tries each address: an error or nothing for each.
    void probe(QObject *context, const domain::ServerAccess &access,
               std::function<void(const QStringList &)> then);
    // The exchange by file; each action writes an audit event here.
    void writeParcel(QObject *context, const QString &file, Then<sync::ParcelHead> then);
    void takeAnswers(QObject *context, const QString &file, Then<sync::CarriedAnswers> then);
    void carry(QObject *context, const QString &file, const QString &answers, Then<sync::ParcelHead> then);
    // The last requests, newest first; this PC's groups.
    [[nodiscard]] QList<sync::Client::Exchange> exchanges() const
    {
        return m_agent ? m_agent->exchanges() : QList<sync::Client::Exchange>();
    }
    void sentGroups(QObject *context, Then<QList<services::SentGroup>> then)
    {
        m_clinic.ask(context, services::SentGroups{}, std::move(then));
    }
    // The number of groups about an appointment or invoice that the server does not have yet.
    void waitingFor(QObject *context, const Id &row, Then<int> then)
    {
        m_clinic.ask(context, services::WaitingFor{row}, std::move(then));
    }
    // This PC's device id.
    [[nodiscard]] Id thisDevice() const { return m_status.replica.device; }

    void conflicts(QObject *context, const Id &row, Then<QList<ConflictView>> then)
    {
        m_clinic.ask(context, services::OpenConflicts{row}, std::move(then));
    }
    void attention(QObject *context, Then<QList<AttentionView>> then)
    {
        m_clinic.ask(context, services::OpenAttention{}, std::move(then));
    }
    void resolve(QObject *context, const services::ResolveConflict &intent, Then<services::Done> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }
    void resolve(QObject *context, const services::ResolveAttention &intent, Then<services::Done> then)
    {
        m_clinic.run(context, intent, std::move(then));
    }

    // Ticks off the attention rows about that row: the user has just dealt with it elsewhere.
    void seenTo(const Id &subject);

    // Requests documents that a user wants to see.
    void fetchDocuments();

Q_SIGNALS:
    void changed();
    // A piece of a document arrived here or on the server, by its content.
    void documentMoved(const QString &content);
    // The received bytes are not the document.
    void documentDamaged(const QString &content);

private:
    // An action on the server needs its audit event, and its proof of identity, here first.
    void afterNote(domain::IntentionId what, const Id &subject, QObject *context,
                   std::function<void(const Result<services::Done> &)> then);
    void note(domain::IntentionId what, const Id &subject, const char *entity = "device");

    services::Clinic &m_clinic;
    sync::Agent *m_agent = nullptr;
    sync::SyncStatus m_status;
};

// "Family name", or the code of an unknown field.
[[nodiscard]] QString fieldLabel(const ConflictView &view);
// A field's value as text: dates, names, yes and no; a dash for an empty one.
[[nodiscard]] QString valueText(const Value &value);
// Why the server rejected, quarantined or flagged a group.
[[nodiscard]] QString attentionReason(const domain::Attention &attention);
[[nodiscard]] QString attentionKindLabel(domain::AttentionKind kind);

} // namespace clinic::models
