// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attention/connection.h"

#include "models/labels.h"
#include "services/admin/activity.h"
#include "services/admin/emergency.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSysInfo>

namespace clinic::models {

using Phase = sync::SyncStatus::Phase;

void Connection::attach(sync::Agent *agent)
{
    m_agent = agent;
    if (!agent)
        return;
    connect(agent, &sync::Agent::statusChanged, this, [this](const sync::SyncStatus &status) {
        m_status = status;
        Q_EMIT changed();
    });
    agent->setUser(m_clinic.session().user);
    connect(&m_clinic, &services::Clinic::sessionChanged, agent,
            [this, agent] { agent->setUser(m_clinic.session().user); });
    connect(&agent->documents(), &sync::DocumentLane::moved, this, &Connection::documentMoved);
    connect(&agent->documents(), &sync::DocumentLane::damaged, this, &Connection::documentDamaged);
}

void Connection::fetchDocuments()
{
    if (m_agent)
        m_agent->fetchDocuments();
}

int Connection::loadedPercent() const
{
    const auto &replica = m_status.replica;
    return replica.bootRows > 0 ? int(qMin<qint64>(99, replica.bootHad * 100 / replica.bootRows)) : -1;
}

QString Connection::summary() const
{
    const auto waiting = static_cast<int>(m_status.replica.waiting);
    switch (m_status.phase) {
    case Phase::NotEnrolled:
        return tr("This PC works alone");
    case Phase::WorkingOffline:
        return waiting ? tr("Working offline · %n change(s) wait", nullptr, waiting) : tr("Working offline");
    case Phase::Refused:
        return tr("Not accepted by the server");
    case Phase::Loading:
        return loadedPercent() < 0 ? tr("Loading from the server …")
                                   : tr("Loading from the server · %1 %").arg(loadedPercent());
    case Phase::Connecting:
    case Phase::Exchanging:
        return waiting ? tr("Sending %n change(s) …", nullptr, waiting) : tr("Exchanging …");
    case Phase::Waiting:
        if (m_status.problem == "key-missing")
            return tr("Waiting for the hospital's new key");
        return waiting ? tr("Server not reached · %n change(s) wait", nullptr, waiting)
                       : tr("Server not reached");
    case Phase::UpToDate:
        break;
    }
    if (waiting)
        return tr("%n change(s) wait", nullptr, waiting);
    if (const auto held = static_cast<int>(m_status.replica.held))
        return tr("%n change(s) could not be sent yet", nullptr, held);
    if (const auto documents = static_cast<int>(m_status.replica.documentsWaiting))
        return tr("%n document(s) on the way to the server", nullptr, documents);
    return tr("Saved here and on the server");
}

QString Connection::explanation() const
{
    switch (m_status.phase) {
    case Phase::NotEnrolled:
        return tr("Everything is kept on this PC. With a server several PCs work on the same data, and each "
                  "goes on "
                  "working when the network does not.");
    case Phase::WorkingOffline:
        return tr(
            "You chose to work offline. What is saved here goes to the server when you work online again.");
    case Phase::Refused:
        if (m_status.problem == "no-keys" || m_status.problem == "keychain-locked")
            return tr("This PC's keychain does not give the key for the server. Unlock the keychain and "
                      "start ClinicDesk "
                      "again. Everything saved here stays.");
        return tr("The server does not accept this PC any more. Everything saved here stays; an "
                  "administrator can accept "
                  "the PC again or give it a new code.");
    case Phase::Loading:
        return loadedPercent() < 0
                   ? tr("The hospital's data is coming to this PC. What is needed today comes first.")
                   : tr("What is needed today is here, and work can go on: people, set-up, the appointments "
                        "from today on and the records of who comes today. Older records follow by "
                        "themselves.");
    case Phase::Connecting:
    case Phase::Exchanging:
        return tr("This PC and the server are telling each other what is new.");
    case Phase::Waiting:
        if (m_status.problem == "other-server")
            return tr(
                "Something answers at the server's address, but it is not your hospital's server. Nothing "
                "was sent to it. Work goes on here as usual.");
        if (m_status.problem == "key-missing")
            return tr("The hospital's key was replaced, and this PC does not have the new one yet. It comes "
                      "by itself as soon as another PC of the hospital is switched on. Work goes on here as "
                      "usual.");
        if (m_status.problem == "too-many-requests" || m_status.problem == "busy")
            return tr("The server has much to do and asked to wait a little. Work goes on here as usual.");
        return tr("The server does not answer at the moment. Work goes on here as usual; ClinicDesk tries "
                  "again by itself.");
    case Phase::UpToDate:
        break;
    }
    if (m_status.replica.held > 0)
        return tr("Some changes do not get to the server. They are kept here as they are and tried again by "
                  "themselves; the list below says which and why.");
    if (m_status.replica.documentsWaiting > 0)
        return tr("Documents take longer and follow by themselves; everything else is on the server.");
    return tr("What is saved here is on the server, and what others saved is here.");
}

const char *Connection::role() const
{
    if (m_status.phase == Phase::Refused)
        return "bad";
    if (m_status.isCalm() && toDecide() == 0)
        return "good";
    return m_status.phase == Phase::NotEnrolled ? "muted" : "warn";
}

void Connection::syncNow()
{
    if (m_agent)
        m_agent->syncNow();
}

void Connection::compare()
{
    if (m_agent)
        m_agent->compare();
}

void Connection::workOffline(bool offline)
{
    if (m_agent)
        m_agent->workOffline(offline);
}

void Connection::enrol(QObject *context, const QString &code, const QString &recoveryKey,
                       Then<services::Done> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    m_agent->enrol(code, QSysInfo::machineHostName(), recoveryKey,
                   [this, context = QPointer<QObject>(context),
                    then = std::move(then)](const Result<storage::Enrolment> &accepted) {
                       if (!context)
                           return;
                       if (!accepted)
                           return then(fail(accepted));
                       // A PC without a hospital has no users and no data yet.
                       const bool empty = !m_clinic.isSetUp();
                       if (empty)
                           m_clinic.setSession(services::Clinic::founderSession());
                       m_clinic.run(context, services::EnrolDevice{*accepted},
                                    [this, then](const Result<services::Done> &done) {
                                        if (done)
                                            m_agent->start();
                                        then(done);
                                    });
                       if (empty)
                           m_clinic.setSession({}); // the work in progress has its own
                   });
}

void Connection::auditOf(QObject *context, const Id &subject, Then<QList<storage::AuditEntry>> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    m_agent->auditOf({m_clinic.session().user, m_clinic.session().role, subject},
                     [this, context = QPointer<QObject>(context),
                      then = std::move(then)](const Result<sync::AuditFound> &found) {
                         if (!context)
                             return;
                         if (!found)
                             return then(fail(found));
                         m_clinic.ask(context, services::OpenAuditEvents{*found}, then);
                     });
}

void Connection::emergencyEvents(QObject *context, const domain::EmergencyAccess &access,
                                 Then<QList<storage::AuditEntry>> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    constexpr qint64 clocksDiffer = 86'400'000; // the most that a PC's clock may be ahead of the server's
    sync::AuditQuestion question{m_clinic.session().user, m_clinic.session().role, access.patientId,
                                 access.userId};
    question.since = qMax<qint64>(0, access.openedAt - clocksDiffer);
    m_agent->wholeAuditOf(question, [this, id = access.id, context = QPointer<QObject>(context),
                                     then = std::move(then)](const Result<sync::AuditFound> &found) {
        if (!context)
            return;
        if (!found)
            return then(fail(found));
        m_clinic.ask(context, services::EmergencyEvents{id, *found}, then);
    });
}

QList<QByteArray> Connection::codeChannels() const
{
    return m_agent && isOnline() && !m_status.codes.isEmpty() ? m_status.codes.split(' ')
                                                              : QList<QByteArray>();
}

void Connection::sendCode(QObject *context, const QByteArray &channel, const QString &to, Then<void> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    const auto &session = m_clinic.session();
    m_agent->sendCode(
        {session.user, session.role, session.id, channel, to},
        [context = QPointer<QObject>(context), then = std::move(then)](const Result<void> &sent) {
            if (context)
                then(sent);
        });
}

void Connection::checkCode(QObject *context, const QString &code, Then<services::ServerWord> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    const auto &session = m_clinic.session();
    m_agent->checkCode({session.user, session.role, session.id, code},
                       [context = QPointer<QObject>(context),
                        then = std::move(then)](const Result<sync::CodeVerdict> &verdict) {
                           if (!context)
                               return;
                           if (!verdict)
                               return then(fail(verdict));
                           if (!verdict->isRight)
                               return then(fail(ErrorCode::WrongSecondFactor, QStringLiteral("one_time")));
                           then(services::ServerWord{verdict->now, verdict->signature});
                       });
}

void Connection::afterNote(domain::IntentionId what, const Id &subject, QObject *context,
                           std::function<void(const Result<services::Done> &)> then)
{
    m_clinic.run(context, services::NoteOutput{what, "device", subject}, std::move(then));
}

void Connection::makeCode(QObject *context, const QByteArray &scopes, Then<QString> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    afterNote(
        domain::IntentionId::ManageDevices, {}, context,
        [this, scopes, context = QPointer<QObject>(context), then = std::move(then)](const auto &noted) {
            if (!noted)
                return then(fail(noted));
            m_agent->makeCode(m_clinic.session().user, m_clinic.session().role, scopes,
                              [context, then](const Result<QString> &code) {
                                  if (context)
                                      then(code);
                              });
        });
}

void Connection::replaceKey(QObject *context, Then<QStringList> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    afterNote(domain::IntentionId::ReplaceDataKey, {}, context,
              [this, context = QPointer<QObject>(context), then = std::move(then)](const auto &noted) {
                  if (!noted)
                      return then(fail(noted));
                  m_agent->replaceKey(m_clinic.session().user, m_clinic.session().role,
                                      [context, then](const Result<QStringList> &later) {
                                          if (context)
                                              then(later);
                                      });
              });
}

void Connection::bringChart(QObject *context, const Id &patient, Then<void> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    m_agent->bringChart(patient, m_clinic.session().user, m_clinic.session().role,
                        [this, patient, context = QPointer<QObject>(context),
                         then = std::move(then)](const Result<void> &done) {
                            if (done)
                                note(domain::IntentionId::BringChart, patient, "patient");
                            if (context)
                                then(done);
                        });
}

void Connection::leases(QObject *context, const sync::LeaseRequest &request, Then<QList<sync::Lease>> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    const bool asks = !request.take.isEmpty() || !request.giveBack.isEmpty();
    m_agent->leases(m_clinic.session().user, m_clinic.session().role, request,
                    [this, asks, context = QPointer<QObject>(context),
                     then = std::move(then)](const Result<QList<sync::Lease>> &leases) {
                        if (leases && asks)
                            note(domain::IntentionId::KeepPlaces, thisDevice());
                        if (context)
                            then(leases);
                    });
}

void Connection::devices(QObject *context, Then<QList<sync::DeviceListing>> then,
                         const sync::DeviceChange &change)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    const auto ask = [this, change, context = QPointer<QObject>(context), then] {
        m_agent->devices(m_clinic.session().user, m_clinic.session().role, change,
                         [context, then](const Result<QList<sync::DeviceListing>> &list) {
                             if (context)
                                 then(list);
                         });
    };
    if (change.device.isNull())
        return ask();
    afterNote(domain::IntentionId::ManageDevices, change.device, context,
              [ask, then](const auto &noted) { noted ? ask() : then(fail(noted)); });
}

void Connection::ownDevices(QObject *context, Then<QList<sync::DeviceListing>> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    m_agent->ownDevices(m_clinic.session().user, m_clinic.session().role,
                        [context = QPointer<QObject>(context),
                         then = std::move(then)](const Result<QList<sync::DeviceListing>> &list) {
                            if (context)
                                then(list);
                        });
}

void Connection::changeServer(QObject *context, const services::ChangeServer &intent,
                              Then<domain::ServerAccess> then)
{
    m_clinic.run(context, intent,
                 [this, then = std::move(then)](const Result<domain::ServerAccess> &changed) {
                     if (changed && m_agent)
                         m_agent->reconnect();
                     then(changed);
                 });
}

void Connection::probe(QObject *context, const domain::ServerAccess &access,
                       std::function<void(const QStringList &)> then)
{
    if (!m_agent)
        return;
    m_agent->probe(access,
                   [context = QPointer<QObject>(context), then = std::move(then)](const QStringList &faults) {
                       if (context)
                           then(faults);
                   });
}

// An action on the server or with a file writes an audit event on this PC too.
void Connection::note(domain::IntentionId what, const Id &subject, const char *entity)
{
    m_clinic.run(this, services::NoteOutput{what, entity, subject}, [](const auto &) {});
}

void Connection::writeParcel(QObject *context, const QString &file, Then<sync::ParcelHead> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    note(domain::IntentionId::ExchangeByFile, thisDevice());
    m_agent->writeParcel(file, [context = QPointer<QObject>(context),
                                then = std::move(then)](const Result<sync::ParcelHead> &head) {
        if (context)
            then(head);
    });
}

void Connection::takeAnswers(QObject *context, const QString &file, Then<sync::CarriedAnswers> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    note(domain::IntentionId::ExchangeByFile, thisDevice());
    m_agent->takeAnswers(file, [context = QPointer<QObject>(context),
                                then = std::move(then)](const Result<sync::CarriedAnswers> &taken) {
        if (context)
            then(taken);
    });
}

void Connection::carry(QObject *context, const QString &file, const QString &answers,
                       Then<sync::ParcelHead> then)
{
    if (!m_agent)
        return then(fail(ErrorCode::WrongProfile));
    m_agent->carry(file, answers,
                   [this, context = QPointer<QObject>(context),
                    then = std::move(then)](const Result<sync::ParcelHead> &head) {
                       if (head)
                           note(domain::IntentionId::ExchangeByFile, head->device);
                       if (context)
                           then(head);
                   });
}

void Connection::seenTo(const Id &subject)
{
    attention(this, [this, subject](const Result<QList<AttentionView>> &items) {
        for (const auto &item : items ? *items : QList<AttentionView>()) {
            if (item.attention.subjectId == subject && item.attention.isStored())
                resolve(this, services::ResolveAttention{item.attention.id}, [](const auto &) {});
        }
    });
}

QString fieldLabel(const ConflictView &view)
{
    return view.field ? QCoreApplication::translate("Field", view.field->label) : view.conflict.field;
}

QString valueText(const Value &value)
{
    if (const auto *text = std::get_if<QString>(&value))
        return storedText(*text);
    if (const auto *number = std::get_if<qint64>(&value))
        return QString::number(*number);
    return QStringLiteral("–");
}

QString attentionKindLabel(domain::AttentionKind kind)
{
    switch (kind) {
    case domain::AttentionKind::Rejected:
        return Connection::tr("Not accepted");
    case domain::AttentionKind::Quarantined:
        return Connection::tr("Kept aside");
    case domain::AttentionKind::Flagged:
        break;
    }
    return Connection::tr("Accepted, please look");
}

namespace {

QString reasonText(const QString &code, const QString &detail)
{
    if (code == u"slot-taken")
        return Connection::tr("Somebody else took the time first. Offer another one.");
    if (code == u"slot-leased")
        return Connection::tr("The time is kept for another PC. Offer another one.");
    if (code == u"patient-busy")
        return Connection::tr("The patient has another appointment at this time.");
    if (code == u"overbooked")
        return Connection::tr("Two patients are booked for the same time. Decide who waits.");
    if (code == u"not-permitted")
        return Connection::tr("The person who did this was not allowed to: %1.").arg(isolated(detail));
    if (code == u"overpaid")
        return Connection::tr(
            "This invoice was paid more than once, or credited beside the payment. Refund the excess.");
    if (code == u"over-refunded")
        return Connection::tr("More was paid back than was paid, or than the item cost: two people did it. "
                              "Ask for the excess back.");
    if (code == u"over-credited")
        return Connection::tr(
            "More was credited than the item cost: two people did it. Bill the excess again.");
    if (code == u"issued-twice")
        return Connection::tr("Two invoices were issued from one draft. Credit one of them.");
    if (code == u"issued-meanwhile")
        return Connection::tr("The invoice had been issued when this change to its draft was made. What was "
                              "added is a draft of its own now: issue it, or remove it.");
    if (code == u"not-adding-up")
        return Connection::tr("Its amounts do not add up.");
    if (code == u"revoked-since")
        return Connection::tr("The person who did this was allowed to then, but is not any more.");
    if (code == u"parent-refused")
        return Connection::tr("It belongs to a change that the server refused.");
    if (code == u"parent-missing")
        return Connection::tr("It belongs to a change that the server does not have yet. It is sent again.");
    if (code == u"came-anyway")
        return Connection::tr("The booking had been refused, and the patient came all the same.");
    if (code == u"not-approved")
        return Connection::tr("Money was paid back without the approval of a second person.");
    if (code == u"already-decided")
        return Connection::tr("Somebody else had already decided this.");
    if (code == u"setting-refused")
        return Connection::tr("This setting cannot be changed there: %1.").arg(isolated(detail));
    if (code == u"frozen")
        return Connection::tr("It was closed, signed or issued before this change arrived.");
    if (code == u"device-revoked")
        return Connection::tr("It came from a PC that is not accepted any more.");
    if (code == u"id-reused" || code == u"group-reused" || code == u"not-yours")
        return Connection::tr("Two PCs wrote under the same name; one of them was copied.");
    if (code == u"not-your-branch")
        return Connection::tr("It belongs to a branch this PC does not work for.");
    if (code == u"identifier-shared")
        return Connection::
            tr("A number that belongs to one person is also in the record of %1. Remove it from the wrong "
               "record.")
                .arg(isolated(detail));
    if (code == u"too-large" || code == u"413")
        return Connection::tr("Something between this PC and the server blocks large transfers.");
    if (code == u"no-answer")
        return Connection::tr("The server answers other requests, but not this one.");
    if (code == u"after")
        return Connection::tr("It needs another change that could not be sent yet.");
    return Connection::tr("The server could not apply it (%1).").arg(code);
}

} // namespace

QString attentionReason(const domain::Attention &attention)
{
    static const QStringList alsoMoney{QStringLiteral("overpaid"), QStringLiteral("over-refunded"),
                                       QStringLiteral("over-credited"), QStringLiteral("issued-twice"),
                                       QStringLiteral("issued-meanwhile")};
    const QString text = reasonText(attention.code, attention.detail);
    // A group flagged for two reasons shows both.
    return alsoMoney.contains(attention.detail) ? text + u' ' + reasonText(attention.detail, {}) : text;
}

} // namespace clinic::models
