// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/agent.h"

#include "core/crypto.h"

#include <QRandomGenerator>

// The part of the agent that sends a user's requests at once, beside the engine's.
namespace clinic::sync {
namespace {

constexpr int mostAuditAnswers = 400; // of 500 events each: more than anybody reads

} // namespace

void Agent::makeCode(const Id &actor, const Id &role, const QByteArray &scopes,
                     std::function<void(const Result<QString> &)> then)
{
    m_database.writer().post([this, actor, role, scopes, then = std::move(then)] {
        auto &c = m_database.writerConnection();
        const HospitalKeys keys = m_database.identity().sealer.keys();
        auto q = c.query("SELECT value FROM local_state WHERE \"key\"='server-key'");
        const QByteArray serverKey = q.next() ? QByteArray::fromBase64(q.text(0).toLatin1()) : QByteArray();
        const Id hospital = m_database.identity().hospital;
        QMetaObject::invokeMethod(this, [this, actor, role, scopes, keys, serverKey, hospital, then] {
            const QByteArray secret = crypto::randomBytes(20);
            const QByteArray body = encodeCode(crypto::hash(enrolmentProof(secret)),
                                               wrapKeys(keys, secret, hospital), scopes, actor, role);
            m_aside.setServer(m_server); // a failed code may have set another server
            const EnrolmentCode code{m_server.addresses, hospital, serverKey, m_server.certificate, secret};
            m_aside.send(
                {"POST", "/v1/codes", body, m_access, answerMs}, [code, then](const Engine::Reply &answer) {
                    if (answer.status == 200)
                        return then(code.toText());
                    if (answer.status == 403)
                        return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("settings.edit")}));
                    then(fail(ErrorCode::NoServer));
                });
        });
    });
}

void Agent::bringChart(const Id &patient, const Id &actor, const Id &role,
                       const std::function<void(const Result<void> &)> &then)
{
    bringChartFrom({}, true, patient, actor, role, then);
}

void Agent::bringChartFrom(const QByteArray &after, bool isFirst, const Id &patient, const Id &actor,
                           const Id &role, const std::function<void(const Result<void> &)> &then)
{
    if (m_offline || m_access.isEmpty())
        return then(fail(ErrorCode::NoServer));
    m_aside.setServer(m_server);
    const auto take = [this, isFirst, patient, actor, role, then](const Engine::Reply &answer) {
        if (answer.status == 403)
            return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("patients.view")}));
        const auto page = answer.status == 200 ? decodeBootReply(answer.body)
                                               : Result<BootReply>(fail(ErrorCode::NoServer));
        // Only the first answer may be empty; another empty one would repeat for ever.
        if (!page || (!isFirst && !page->done && page->rows.isEmpty()))
            return then(fail(ErrorCode::NoServer));
        m_database.writer().post([this, page = ChartReply{*page, patient}, actor, role, then] {
            const auto taken = storage::Replica(m_database, m_clock).take(page);
            QMetaObject::invokeMethod(this, [this, taken, page, actor, role, then] {
                if (!taken || page.done)
                    return then(taken);
                bringChartFrom(page.after, false, page.patient, actor, role, then);
            });
        });
    };
    m_aside.send({"POST", "/v1/chart", encodeChart(patient, actor, role, after), m_access, answerMs}, take);
}

void Agent::leases(const Id &actor, const Id &role, const LeaseRequest &request,
                   std::function<void(const Result<QList<Lease>> &)> then)
{
    if (m_offline || m_access.isEmpty())
        return then(fail(ErrorCode::NoServer));
    m_aside.setServer(m_server);
    m_aside.send({"POST", "/v1/lease", encodeLeases(actor, role, request), m_access, answerMs},
                 [this, then = std::move(then)](const Engine::Reply &answer) {
                     if (answer.status == 403)
                         return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("appointments.book")}));
                     if (answer.status == 400) // past, by the server's clock
                         return then(fail(ErrorCode::Invalid, QStringLiteral("leases")));
                     const auto reply = answer.status == 200 ? decodeLeasesReply(answer.body)
                                                             : Result<LeasesReply>(fail(ErrorCode::NoServer));
                     if (!reply)
                         return then(fail(ErrorCode::NoServer));
                     m_database.writer().post([this, reply = *reply, then] {
                         const auto taken = storage::Replica(m_database, m_clock).take(reply);
                         QMetaObject::invokeMethod(this, [taken, reply, then] {
                             then(taken ? Result<QList<Lease>>(reply.leases) : fail(taken));
                         });
                     });
                 });
}

void Agent::devices(const Id &actor, const Id &role, const DeviceChange &change,
                    std::function<void(const Result<QList<DeviceListing>> &)> then)
{
    m_aside.setServer(m_server);
    m_aside.send(
        {"POST", "/v1/devices", encodeDevices(actor, role, change), m_access, answerMs},
        [this, isBack = change.state == "active", then = std::move(then)](const Engine::Reply &answer) {
            if (answer.status == 200 && isBack)
                syncNow(); // the new PC may lack keys that this PC has
            if (answer.status == 200)
                return then(decodeDevicesReply(answer.body));
            if (answer.status == 403)
                return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("settings.edit")}));
            then(fail(ErrorCode::NoServer));
        });
}

void Agent::ownDevices(const Id &actor, const Id &role,
                       std::function<void(const Result<QList<DeviceListing>> &)> then)
{
    if (m_offline || m_access.isEmpty())
        return then(fail(ErrorCode::NoServer));
    m_aside.setServer(m_server);
    m_aside.send({"POST", "/v1/devices", encodeOwnDevices(actor, role), m_access, answerMs},
                 [then = std::move(then)](const Engine::Reply &answer) {
                     then(answer.status == 200 ? decodeDevicesReply(answer.body)
                                               : Result<QList<DeviceListing>>(fail(ErrorCode::NoServer)));
                 });
}

void Agent::replaceKey(const Id &actor, const Id &role, std::function<void(const Result<QStringList> &)> then)
{
    devices(actor, role, {},
            [this, actor, role, then = std::move(then)](const Result<QList<DeviceListing>> &list) {
                if (!list)
                    return then(fail(list));
                rotate(actor, role, *list, 0, then);
            });
}

// beyond: ids claimed by another PC after this PC's newest key.
void Agent::rotate(const Id &actor, const Id &role, const QList<DeviceListing> &list, int beyond,
                   std::function<void(const Result<QStringList> &)> then)
{
    const auto &identity = m_database.identity();
    const auto keys = identity.sealer.keys();
    QStringList later;
    Rotation rotation = newRotation(keys, identity.hospital, identity.device, ownBoxKey(), list,
                                    beyond + QRandomGenerator::system()->bounded(mostIdsPassedOver), &later);
    rotation.actor = actor;
    rotation.role = role;
    m_aside.send({"POST", "/v1/rotate", encode(rotation), m_access, answerMs},
                 [this, actor, role, list, beyond, newest = keys.newest(), later,
                  then = std::move(then)](const Engine::Reply &answer) {
                     if (answer.status == 403)
                         return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("settings.edit")}));
                     if (answer.status == 409) {
                         const ErrorReply said = decodeErrorReply(answer.body);
                         const int there = said.detail.toInt();
                         if (said.code == "key-claimed" && beyond == 0 && there > newest &&
                             there < std::numeric_limits<int>::max() - 2 * mostIdsPassedOver)
                             return rotate(actor, role, list, there - newest, then);
                         const bool often = said.code == "too-many-keys";
                         return then(fail(ErrorCode::Duplicate, often ? QStringLiteral("data_keys_today")
                                                                      : QStringLiteral("data_key")));
                     }
                     if (answer.status != 200)
                         return then(fail(ErrorCode::NoServer));
                     syncNow(); // sends hello, and fetches it
                     then(later);
                 });
}

void Agent::auditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then)
{
    m_aside.setServer(m_server);
    m_aside.send({"POST", "/v1/audit-of", encode(question), m_access, answerMs},
                 [then = std::move(then)](const Engine::Reply &answer) {
                     if (answer.status == 200)
                         return then(decodeAuditFound(answer.body));
                     if (answer.status == 403)
                         return then(fail(ErrorCode::Forbidden, {}, {QStringLiteral("audit.view")}));
                     then(fail(ErrorCode::NoServer));
                 });
}

void Agent::sendCode(const CodeWish &wish, std::function<void(const Result<void> &)> then)
{
    if (m_offline || m_access.isEmpty())
        return then(fail(ErrorCode::NoServer));
    m_aside.setServer(m_server);
    m_aside.send({"POST", "/v1/one-time", encode(wish), m_access, answerMs},
                 [then = std::move(then)](const Engine::Reply &answer) {
                     if (answer.status == 200)
                         return then({});
                     if (answer.status == 429)
                         return then(fail(ErrorCode::WaitBeforeLogin, QStringLiteral("one_time"),
                                          {QString::fromLatin1(decodeErrorReply(answer.body).detail)}));
                     then(fail(ErrorCode::NoServer, QStringLiteral("one_time")));
                 });
}

void Agent::checkCode(const CodeTry &attempt, std::function<void(const Result<CodeVerdict> &)> then)
{
    if (m_offline || m_access.isEmpty())
        return then(fail(ErrorCode::NoServer));
    m_aside.setServer(m_server);
    m_aside.send({"POST", "/v1/one-time/check", encode(attempt), m_access, answerMs},
                 [then = std::move(then)](const Engine::Reply &answer) {
                     then(answer.status == 200 ? decodeCodeVerdict(answer.body)
                                               : Result<CodeVerdict>(fail(ErrorCode::NoServer)));
                 });
}

void Agent::wholeAuditOf(const AuditQuestion &question, std::function<void(const Result<AuditFound> &)> then)
{
    wholeAuditFrom(std::make_shared<QList<AuditRecord>>(), 0, question, then);
}

void Agent::wholeAuditFrom(const std::shared_ptr<QList<AuditRecord>> &before, int answers,
                           const AuditQuestion &question,
                           const std::function<void(const Result<AuditFound> &)> &then)
{
    auditOf(question, [this, before, answers, question, then](const Result<AuditFound> &found) {
        if (!found)
            return then(found);
        before->append(found->records);
        if (found->next.isEmpty() || answers + 1 == mostAuditAnswers) {
            AuditFound all = *found;
            all.records = *before;
            return then(all);
        }
        AuditQuestion next = question;
        next.after = found->next;
        wholeAuditFrom(before, answers + 1, next, then);
    });
}

} // namespace clinic::sync
