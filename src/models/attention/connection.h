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

// The line to the hospital's server as a screen sees it: how it stands in words, what may be wished, and what
// came of merging that a person has to look at.
class Connection : public QObject
{
    Q_OBJECT
public:
    explicit Connection(services::Clinic &clinic, QObject *parent = nullptr)
        : QObject(parent), m_clinic(clinic)
    {}

    // Null where there is no server to speak to: a demo, a test without one.
    void attach(sync::Agent *agent);
    [[nodiscard]] bool isPossible() const { return m_agent != nullptr; }
    [[nodiscard]] bool isEnrolled() const { return m_status.replica.enrolled; }
    // The first load is under way. What is needed today comes before everything else.
    [[nodiscard]] bool isLoading() const { return isEnrolled() && !m_status.replica.booted; }
    // How much of everything has come, 0 to 99; -1: what is needed today is still on its way.
    [[nodiscard]] int loadedPercent() const;
    // The newest events about a record, of all PCs of the hospital; from the server.
    void auditOf(QObject *context, const Id &subject, Then<QList<storage::AuditEntry>> then);
    // What was done in an emergency on all PCs: needs the server.
    void emergencyEvents(QObject *context, const domain::EmergencyAccess &access,
                         Then<QList<storage::AuditEntry>> then);
    // By how much this PC's clock is ahead of the server's; 0 while nobody would notice.
    [[nodiscard]] qint64 clockOffMinutes() const
    {
        const qint64 off = m_status.clockOffMs / 60'000;
        return off >= -2 && off <= 2 ? 0 : off;
    }
    // The server was reached the last time and nobody wished to work without it.
    [[nodiscard]] bool isOnline() const
    {
        using Phase = sync::SyncStatus::Phase;
        return m_status.phase == Phase::UpToDate || m_status.phase == Phase::Exchanging;
    }
    [[nodiscard]] const sync::SyncStatus &status() const { return m_status; }
    // A few words for the status line: "On the server", "3 changes wait", "Working offline".
    [[nodiscard]] QString summary() const;
    // What that means and what to do, in a sentence or two.
    [[nodiscard]] QString explanation() const;
    // good: nothing waits anywhere; warn: something waits or needs a person; bad: this PC is not accepted;
    // muted: it works alone.
    [[nodiscard]] const char *role() const;
    // Conflicts and refused or flagged groups that nobody has decided.
    [[nodiscard]] qint64 toDecide() const
    {
        const auto &replica = m_status.replica;
        return replica.openConflicts + replica.openAttention + replica.sharedIdentifiers + replica.held;
    }

    void syncNow();
    // Everything with the server; the outcome is in status().replica.
    void compare();
    void workOffline(bool offline);
    [[nodiscard]] bool isWorkingOffline() const { return m_agent && m_agent->isWorkingOffline(); }
    // Connects this PC with a code that an administrator made.
    void enrol(QObject *context, const QString &code, const QString &recoveryKey, Then<services::Done> then);
    // A code for another PC; scopes: what it is to keep, empty = what this one does.
    void makeCode(QObject *context, const QByteArray &scopes, Then<QString> then);
    // How the server could send whoever is signed in a code for one use: "email", "sms"; empty while it
    // cannot.
    [[nodiscard]] QList<QByteArray> codeChannels() const;
    void sendCode(QObject *context, const QByteArray &channel, const QString &to, Then<void> then);
    // What the server says of the code that was typed; WrongSecondFactor when it is another one.
    void checkCode(QObject *context, const QString &code, Then<services::ServerWord> then);
    // The hospital's PCs, after something was done to one of them if one is named.
    void devices(QObject *context, Then<QList<sync::DeviceListing>> then,
                 const sync::DeviceChange &change = {});
    // Those of them on which whoever is signed in has worked.
    void ownDevices(QObject *context, Then<QList<sync::DeviceListing>> then);
    // Another data key for the hospital. The names of PCs that get it later than with their next contact.
    void replaceKey(QObject *context, Then<QStringList> then);
    // The rest of a patient's chart, from branches that this PC does not keep.
    void bringChart(QObject *context, const Id &patient, Then<void> then);
    // Places the server keeps for this PC, after some were asked for or given back.
    void leases(QObject *context, const sync::LeaseRequest &request, Then<QList<sync::Lease>> then);
    // How the server is reached; the change is told to whoever asked, and the next request goes there.
    [[nodiscard]] domain::ServerAccess access() const
    {
        const auto &replica = m_status.replica;
        return {replica.servers, replica.certificate, replica.authority};
    }
    void changeServer(QObject *context, const services::ChangeServer &intent,
                      Then<domain::ServerAccess> then);
    // Whether anything answers there: a fault or nothing for each address.
    void probe(QObject *context, const domain::ServerAccess &access,
               std::function<void(const QStringList &)> then);
    // The exchange by file; each leaves an event here.
    void writeParcel(QObject *context, const QString &file, Then<sync::ParcelHead> then);
    void takeAnswers(QObject *context, const QString &file, Then<sync::CarriedAnswers> then);
    void carry(QObject *context, const QString &file, const QString &answers, Then<sync::ParcelHead> then);
    // What went over the line lately, newest first; what this PC wrote for the server.
    [[nodiscard]] QList<sync::Client::Exchange> exchanges() const
    {
        return m_agent ? m_agent->exchanges() : QList<sync::Client::Exchange>();
    }
    void sentGroups(QObject *context, Then<QList<services::SentGroup>> then)
    {
        m_clinic.ask(context, services::SentGroups{}, std::move(then));
    }
    // Groups about an appointment or invoice that the server does not have yet.
    void waitingFor(QObject *context, const Id &row, Then<int> then)
    {
        m_clinic.ask(context, services::WaitingFor{row}, std::move(then));
    }
    // Which of them this one is.
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

    // Ticks off what the server said about that row: somebody has just dealt with it elsewhere.
    void seenTo(const Id &subject);

    // Asks the server for documents that somebody wants to see.
    void fetchDocuments();

Q_SIGNALS:
    void changed();
    // A piece of a document is here or on the server, by its content.
    void documentMoved(const QString &content);
    // What came was not the document.
    void documentDamaged(const QString &content);

private:
    // What is done on the server needs its event, and its proof of identity, here first.
    void afterNote(domain::IntentionId what, const Id &subject, QObject *context,
                   std::function<void(const Result<services::Done> &)> then);
    void note(domain::IntentionId what, const Id &subject, const char *entity = "device");

    services::Clinic &m_clinic;
    sync::Agent *m_agent = nullptr;
    sync::SyncStatus m_status;
};

// "Family name", or the code of a field this version does not know.
[[nodiscard]] QString fieldLabel(const ConflictView &view);
// A field's value for people: dates, names, yes and no; a dash for nothing.
[[nodiscard]] QString valueText(const Value &value);
// Why the server refused, kept aside or flagged something.
[[nodiscard]] QString attentionReason(const domain::Attention &attention);
[[nodiscard]] QString attentionKindLabel(domain::AttentionKind kind);

} // namespace clinic::models
