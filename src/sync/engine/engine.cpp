// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/engine.h"

#include "core/crypto.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/token.h"

namespace clinic::sync {
namespace {

constexpr double longestWaitMs = 10 * 60 * 1000;
constexpr int liveTimeoutMs = 40'000;
constexpr qint64 compareEveryMs = 7LL * 24 * 60 * 60 * 1000; // by the server's time
constexpr int mostSums = 3; // of all rows; the server reads every row for them
constexpr int mostComparisons = 100;
constexpr int partsAtOnce = 16;
constexpr int mostKeyRounds = 3;

} // namespace

Engine::Action Engine::send(Doing doing, const QByteArray &method, const QByteArray &path,
                            const QByteArray &body, int timeoutMs)
{
    m_doing = doing;
    return Send{method, path, body, doing == Doing::Token ? QByteArray() : m_access, timeoutMs};
}

Engine::Action Engine::store(Take take)
{
    m_doing = Doing::Storing;
    return take;
}

Engine::Action Engine::tell(SyncStatus::Phase phase, const QByteArray &problem)
{
    m_status.phase = phase;
    m_status.problem = problem;
    if (phase != SyncStatus::Phase::Waiting)
        m_status.nextTryMs = 0;
    return Tell{m_status};
}

QList<Engine::Action> Engine::backOff(const QByteArray &problem, int retryAfter)
{
    if (m_isLost)
        return obey();
    m_doing = Doing::Backoff;
    const double most = qMin(longestWaitMs, 1000.0 * double(quint64(1) << qMin(m_failures, 10)));
    ++m_failures;
    const auto wait = retryAfter > 0 ? qint64(retryAfter) * 1000 : qint64(250 + m_random() * most);
    m_status.nextTryMs = wait;
    return {tell(SyncStatus::Phase::Waiting, problem), Schedule{wait}};
}

QList<Engine::Action> Engine::refuse(const QByteArray &problem)
{
    if (m_isLost)
        return obey();
    m_doing = Doing::Nothing;
    m_refused = true;
    // An administrator may accept the PC again; it notices by itself.
    return {tell(SyncStatus::Phase::Refused, problem), Schedule{qint64(longestWaitMs)}};
}

QList<Engine::Action> Engine::obey()
{
    m_doing = Doing::Nothing;
    m_refused = true;
    return {tell(SyncStatus::Phase::Refused, "device-lost"), Obey{m_access}};
}

QList<Engine::Action> Engine::next()
{
    const auto &replica = m_status.replica;
    if (!replica.enrolled || m_refused) {
        m_doing = Doing::Nothing;
        return {};
    }
    if (m_offline) {
        m_doing = Doing::Nothing;
        return {tell(SyncStatus::Phase::WorkingOffline)};
    }
    if (replica.successorOf.isNull() && replica.device != m_who.device) {
        // A later device holds this PC's keys: the file is an older copy.
        m_doing = Doing::Storing;
        return {BecomeSuccessor{}};
    }
    if (!replica.successorOf.isNull()) {
        if (!m_successorKeys) {
            m_doing = Doing::MakingKeys;
            return {tell(SyncStatus::Phase::Connecting), MakeSuccessorKeys{}};
        }
        return {send(Doing::Succeed, "POST", "/v1/succeed",
                     encodeSucceed(m_who.hospital, m_who.device, m_who.secretKey, replica.device,
                                   *m_successorKeys, replica.firstN))};
    }
    if (m_access.isEmpty()) {
        m_challenge = crypto::randomBytes(challengeSize);
        const auto phase = m_status.lastContact == 0 ? SyncStatus::Phase::Connecting : m_status.phase;
        return {tell(phase), send(Doing::Token, "POST", "/v1/token",
                                  encodeTokenRequest(m_who.hospital, m_who.device, m_who.refresh,
                                                     m_who.secretKey, m_challenge, m_about))};
    }
    if (replica.auditBroken > 0) {
        // The restored copy lacks only audit events, but the server has them.
        m_doing = Doing::Storing;
        return {BecomeSuccessor{}};
    }
    if (!m_greeted)
        return {send(Doing::Hello, "GET", "/v1/hello", {})};
    if (m_keysDue && !m_isLost) {
        m_keysDue = false;
        m_doing = Doing::ReadingKeys;
        return {ReadKeys{m_who.boxKey, m_wanting, m_refusedKeys}};
    }
    if (m_isLost) {
        // Unsent changes go to the server first, which quarantines them; a failure does not delay the
        // removal.
        const qint64 left = replica.waiting + replica.auditWaiting;
        if (left == 0 || (m_leftToSend > 0 && left >= m_leftToSend))
            return obey();
        m_leftToSend = left;
        m_doing = replica.waiting > 0 ? Doing::ReadingBatch : Doing::ReadingAudit;
        m_isRetry = false;
        return {replica.waiting > 0 ? Action(ReadBatch{m_batchLimit, m_batchBytes}) : Action(ReadAudit{})};
    }
    if (replica.waiting > 0 && !(m_pullNext && m_needPull)) {
        m_doing = Doing::ReadingBatch;
        m_isRetry = false;
        return {tell(replica.booted ? SyncStatus::Phase::Exchanging : SyncStatus::Phase::Loading),
                ReadBatch{m_batchLimit, m_batchBytes}};
    }
    m_pullNext = false;
    const bool allSent =
        replica.waiting == 0 && replica.held == 0 && (replica.documentsWaiting == 0 || !replica.booted);
    if (m_scopes != replica.scopes && allSent) {
        // An administrator has changed the scopes. Changes to rows that leave have been sent. (Documents
        // cannot be sent before the first load is through; theirs stay until their rows are here again.)
        m_doing = Doing::Storing;
        return {StartOver{replica.epoch, m_scopes}};
    }
    if (!replica.booted)
        return {tell(SyncStatus::Phase::Loading),
                send(Doing::Boot, "POST", "/v1/boot", encodeBoot(replica.bootAfter, replica.scopes))};
    if (replica.repairs > 0) {
        m_doing = Doing::ReadingRepairs;
        return {ReadRepairs{}};
    }
    if (m_needPull)
        return {tell(SyncStatus::Phase::Exchanging),
                send(Doing::Pull, "POST", "/v1/pull", encodePull(replica.epoch, replica.seq))};
    if (replica.held > 0 && m_heldAfter >= 0) {
        m_doing = Doing::ReadingBatch;
        m_isRetry = true;
        return {ReadBatch{1, limits::batch, m_heldAfter}};
    }
    if (replica.auditWaiting > 0) {
        m_doing = Doing::ReadingAudit;
        return {ReadAudit{}};
    }
    const bool due = replica.checkedAt + compareEveryMs < m_status.lastContact;
    const bool rows = !replica.checkParts.isEmpty();
    if (rows ? m_comparisons < mostComparisons : (m_compare || due) && m_sums < mostSums) {
        ++(rows ? m_comparisons : m_sums);
        const auto parts = rows ? replica.checkParts.split(',').first(
                                      qMin<qsizetype>(partsAtOnce, replica.checkParts.count(',') + 1))
                                : QList<QByteArray>();
        m_compare = m_compare && rows;
        QByteArray question;
        JsonWriter writer(question);
        writer.open().openList("parts");
        for (const QByteArray &part : parts)
            writer.number(part.toInt());
        writer.closeList().close();
        return {send(rows ? Doing::Versions : Doing::Digest, "POST", "/v1/digest", question)};
    }
    if (m_resealing)
        return {send(Doing::Reseal, "POST", "/v1/reseal",
                     m_resealed.isEmpty() ? encode(Resealing{}) : m_resealed)};
    m_keyWaits = 0;
    return {tell(SyncStatus::Phase::UpToDate),
            send(Doing::Live, "GET", "/v1/live?since=" + QByteArray::number(replica.seq), {}, liveTimeoutMs)};
}

QList<Engine::Action> Engine::answered(const Reply &reply)
{
    const Doing asked = m_doing;
    if (reply.status == 200) {
        m_failures = 0;
        return accept(reply.body);
    }
    const ErrorReply said = decodeErrorReply(reply.body);
    const QByteArray &code = said.code;
    switch (reply.status) {
    case 401:
        if (asked == Doing::Token &&
            !crypto::verify(challengeText(m_challenge), said.proof, m_status.replica.serverKey))
            return backOff("other-server");
        if (asked == Doing::Succeed && code.isEmpty()) // of a server in between
            return unheard();
        if (asked == Doing::Token || asked == Doing::Succeed)
            return refuse(code);
        if (code.isEmpty())
            return unheard();
        m_access.clear(); // expired: renewed silently
        if (++m_failures > 3)
            return backOff("token");
        return next();
    case 403:
        if (code.isEmpty()) // of a server in between
            return unheard();
        if (code == "device-lost" && m_greeted && !m_isLost) {
            m_greeted = false; // the status alone is no order: hello brings it, signed
            return next();
        }
        // This device may still send its changes (the server quarantines them); it gets no more data.
        return refuse(code);
    case 404:
        if (asked != Doing::Digest)
            return unheard();
        m_comparisons = m_sums = mostComparisons; // an older server without comparisons
        return next();
    case 400:
    case 413:
        if (asked == Doing::Push)
            return notTaken(code.isEmpty() ? QByteArray::number(reply.status) : code);
        m_greeted = m_greeted && asked != Doing::Boot; // its scopes may have changed
        return backOff(code);
    case 429:
    case 503:
        if (code.isEmpty())
            return unheard();
        m_heldAfter = asked == Doing::Push && m_isRetry ? -1 : m_heldAfter; // news do not wait for it
        return backOff(code, reply.retryAfter);
    default:
        return unheard();
    }
}

QList<Engine::Action> Engine::accept(const QByteArray &body)
{
    const Doing asked = m_doing;
    if (asked == Doing::Token) {
        json::Message reader(body);
        m_access = reader.bytes("access");
        m_newRefresh = reader.base64("refresh");
        m_status.lastContact = reader.integer("now");
        if (!reader.ok()) {
            m_access.clear();
            return backOff("no-answer");
        }
        // A server that cannot sign with our server's key is another one, at any address.
        const auto claims = decodeToken(m_access, m_status.replica.serverKey);
        if (!claims || claims->hospital != m_who.hospital || claims->device != m_who.device ||
            claims->expiresAt <= m_status.lastContact) {
            m_access.clear();
            return backOff("other-server");
        }
        m_doing = Doing::Saving;
        return {SaveRefresh{m_newRefresh}};
    }
    const auto heard = [this](const Stamp &stamp) -> bool {
        m_status.lastContact = stamp.now;
        return stamp.epoch == m_status.replica.epoch;
    };
    const auto otherHistory = [this](const Stamp &stamp) {
        m_doing = Doing::Storing;
        m_needPull = true;
        m_pullNext = false;
        m_greeted = false; // the server may not know the hospital's later keys
        return QList<Action>{StartOver{stamp.epoch}};
    };
    switch (asked) {
    case Doing::Succeed: {
        const auto reply = decodeEnrolReply(body);
        if (!reply)
            return backOff("no-answer");
        m_who = {reply->hospital,
                 m_status.replica.device,
                 reply->refresh,
                 m_successorKeys->signSecret,
                 {m_successorKeys->boxPublic, m_successorKeys->boxSecret}};
        m_greeted = false;
        m_access.clear();
        m_doing = Doing::Storing;
        return {SaveSuccessor{m_who, *std::exchange(m_successorKeys, std::nullopt), reply->number}};
    }
    case Doing::Hello: {
        json::Message reader(body);
        const qint64 expected = reader.integer("expect");
        m_scopes = reader.bytes("scopes");
        const qint64 wipeAt = reader.optionalInteger("wipe_at");
        const QByteArray signature = reader.optionalBase64("wipe_signature");
        // An older server says nothing about keys.
        const qint64 key = reader.optionalInteger("key");
        const QByteArray &paper = m_status.replica.paper;
        m_keysDue =
            key > 0 && (key != m_status.replica.keyId || (reader.has("keys") && reader.boolean("keys")) ||
                        (!paper.isEmpty() && paper != reader.optionalBytes("paper")));
        m_resealing = reader.has("reseal") && reader.boolean("reseal");
        m_status.codes = reader.optionalBytes("codes");
        if (!reader.ok())
            return backOff("no-answer");
        m_wanting.clear();
        m_refusedKeys.clear();
        m_keyRounds = 0;
        m_isLost = !signature.isEmpty() && crypto::verify(wipeOrder(m_who.hospital, m_who.device, wipeAt),
                                                          signature, m_status.replica.serverKey);
        m_leftToSend = 0;
        if (expected > m_status.replica.nextN) {
            // An older copy of this file was restored: as the same device it would issue numbers twice.
            m_doing = Doing::Storing;
            return {BecomeSuccessor{}};
        }
        m_greeted = true;
        m_comparisons = m_sums = 0;
        m_heldAfter = 0;
        return next();
    }
    case Doing::Keys: {
        auto reply = decodeKeysReply(body);
        if (!reply)
            return backOff("no-answer");
        if (!heard(*reply))
            return otherHistory(*reply);
        m_wanting = m_keyRounds++ == 0 ? reply->wanting : QList<KeyHolder>();
        m_keysCame = !reply->grants.isEmpty();
        m_doing = Doing::TakingKeys;
        return {TakeKeys{*reply, m_who.boxKey}};
    }
    case Doing::Reseal: {
        const auto work = decodeResealing(body);
        m_resealed.clear();
        if (!work || work->to.isEmpty()) {
            m_resealing = false;
            return next();
        }
        m_doing = Doing::SealingAnew;
        return {SealAnew{*work}};
    }
    case Doing::Push: {
        auto reply = decodePushReply(body);
        if (!reply)
            return unheard();
        if (!heard(*reply))
            return otherHistory(*reply);
        if (std::any_of(reply->results.begin(), reply->results.end(),
                        [](const GroupResult &r) { return r.code == "group-reused"; })) {
            // An older copy of this file was restored and changed: its new and unsent groups go out as
            // another device's.
            m_doing = Doing::Storing;
            return {BecomeSuccessor{}};
        }
        const auto &results = reply->results;
        const bool moved = std::any_of(results.begin(), results.end(),
                                       [](const GroupResult &r) { return r.status != GroupStatus::Blocked; });
        if (m_isRetry)
            m_heldAfter = moved ? m_sent.first() : -1;
        else // the restored server has to be told of a key first
            m_greeted = m_greeted && std::none_of(results.begin(), results.end(), [](const GroupResult &r) {
                            return r.code == "unknown-key";
                        });
        m_batchLimit = qMin(500, m_batchLimit * 2);
        m_batchBytes = qMin(limits::batch, m_batchBytes * 2);
        m_alone = 0;
        m_needPull = m_pullNext = true;
        m_stuckAt = moved || m_isRetry ? 0 : m_status.replica.waiting;
        return {store(*reply)};
    }
    case Doing::Pull: {
        auto reply = decodePullReply(body);
        if (!reply)
            return backOff("no-answer");
        const bool same = heard(*reply);
        if (!same || reply->reset)
            return otherHistory(*reply);
        m_needPull = reply->more;
        return {store(*reply)};
    }
    case Doing::Boot:
    case Doing::Repair: {
        auto reply = decodeBootReply(body);
        if (!reply)
            return backOff("no-answer");
        if (!heard(*reply))
            return otherHistory(*reply);
        if (asked == Doing::Repair)
            return {store(RepairReply{*reply})};
        m_needPull = m_needPull || reply->done;
        return {store(*reply)};
    }
    case Doing::Audit: {
        auto reply = decodeAuditReply(body);
        if (!reply)
            return backOff("no-answer");
        if (!heard(*reply))
            return otherHistory(*reply);
        return {store(*reply)};
    }
    case Doing::Digest: {
        auto reply = decodeDigestReply(body);
        if (!reply)
            return backOff("no-answer");
        if (!heard(*reply))
            return otherHistory(*reply);
        m_needPull = m_needPull || reply->head != m_status.replica.seq;
        m_compare = m_compare || reply->head != m_status.replica.seq;
        return {store(*reply)};
    }
    case Doing::Versions: {
        auto reply = decodeVersionsReply(body);
        if (!reply)
            return backOff("no-answer");
        if (!heard(*reply))
            return otherHistory(*reply);
        m_needPull = m_needPull || reply->head != m_status.replica.seq;
        return {store(*reply)};
    }
    case Doing::Live: {
        json::Message reader(body);
        const Stamp stamp{reader.bytes("epoch"), reader.integer("head"), reader.integer("now")};
        if (!reader.ok())
            return backOff("no-answer");
        heard(stamp);
        m_needPull = stamp.head != m_status.replica.seq || stamp.epoch != m_status.replica.epoch;
        return next();
    }
    default:
        return {};
    }
}

QList<Engine::Action> Engine::handle(const Event &event)
{
    if (std::holds_alternative<Start>(event)) {
        m_doing = Doing::ReadingState;
        return {ReadState{}};
    }
    if (const auto *read = std::get_if<StateRead>(&event)) {
        if (m_doing != Doing::ReadingState && m_doing != Doing::Storing)
            return {};
        if (!read->state && read->state.error().code == ErrorCode::KeyMissing) {
            // Sealed with a key that another PC gives, or that waits on the server already.
            m_greeted = false;
            m_needPull = true;
            m_doing = Doing::Nothing;
            return m_keyWaits++ == 0 ? next() : backOff("key-missing", qMin(60, 5 * m_keyWaits));
        }
        if (!read->state)
            return backOff("store");
        m_status.replica = *read->state;
        // No progress, and nothing older to send: not again at once.
        if (const qint64 stuck = std::exchange(m_stuckAt, 0); stuck && m_status.replica.waiting == stuck)
            return backOff("blocked");
        return next();
    }
    if (const auto *read = std::get_if<BatchRead>(&event)) {
        if (m_doing != Doing::ReadingBatch)
            return {};
        if (!read->batch)
            return backOff("store");
        return pushed(*read->batch);
    }
    if (const auto *read = std::get_if<RepairsRead>(&event)) {
        if (m_doing != Doing::ReadingRepairs)
            return {};
        if (!read->request)
            return backOff("store");
        return {send(Doing::Repair, "POST", "/v1/repair", *read->request)};
    }
    if (const auto *read = std::get_if<AuditRead>(&event)) {
        if (m_doing != Doing::ReadingAudit)
            return {};
        if (!read->request)
            return backOff("store");
        return {send(Doing::Audit, "POST", "/v1/audit", *read->request)};
    }
    if (const auto *read = std::get_if<KeysRead>(&event)) {
        if (m_doing != Doing::ReadingKeys)
            return {};
        if (!read->request)
            return backOff("store");
        m_wanting.clear();
        m_refusedKeys.clear();
        return {send(Doing::Keys, "POST", "/v1/keys", *read->request)};
    }
    if (const auto *taken = std::get_if<KeysTaken>(&event)) {
        if (m_doing != Doing::TakingKeys)
            return {};
        if (!taken->refused)
            return backOff("store");
        // Once more with grants for others, and to report the keys that arrived.
        m_refusedKeys = *taken->refused;
        m_keysDue = m_keyRounds < mostKeyRounds && (m_keysCame || !m_wanting.isEmpty());
        // With the new key this PC may be asked to seal anew.
        m_greetAgain = m_greetAgain || m_keysCame;
        if (!m_keysDue && std::exchange(m_greetAgain, false))
            m_greeted = false;
        m_doing = Doing::ReadingState;
        return {ReadState{}};
    }
    if (const auto *sealed = std::get_if<SealedAnew>(&event)) {
        if (m_doing != Doing::SealingAnew)
            return {};
        m_resealed = sealed->request;
        return next();
    }
    if (const auto *made = std::get_if<SuccessorKeys>(&event)) {
        if (m_doing != Doing::MakingKeys)
            return {};
        if (!made->keys)
            return backOff("secrets");
        m_successorKeys = made->keys;
        return next();
    }
    if (const auto *saved = std::get_if<RefreshSaved>(&event)) {
        if (m_doing != Doing::Saving)
            return {};
        if (!saved->saved)
            return backOff("secrets");
        m_who.refresh = m_newRefresh;
        m_greeted = false; // now and then: an administrator may have changed this PC's state
        return next();
    }
    if (const auto *reply = std::get_if<Reply>(&event))
        return answered(*reply);
    if (std::holds_alternative<NoAnswer>(event)) {
        if (m_doing == Doing::Live) {
            m_needPull = true; // the connection may have missed a change
            if (m_failures == 0) {
                ++m_failures;
                return next();
            }
        }
        return unheard();
    }
    if (std::holds_alternative<Timer>(event)) {
        if (m_doing != Doing::Backoff && !(m_refused && m_doing == Doing::Nothing))
            return {};
        m_refused = false;
        m_doing = Doing::ReadingState;
        return {ReadState{}};
    }
    if (std::holds_alternative<LocalCommit>(event)) {
        if (m_doing == Doing::Live) {
            m_doing = Doing::ReadingState;
            return {Abort{}, ReadState{}};
        }
        ++m_status.replica.waiting; // read after the action in progress
        if (m_doing == Doing::Backoff || m_doing == Doing::Nothing)
            return {Tell{m_status}};
        return {};
    }
    if (const auto *now = std::get_if<StateNow>(&event)) {
        const bool idle = m_doing == Doing::Nothing || m_doing == Doing::Backoff || m_doing == Doing::Live;
        if (!idle) // the end of the action reads the state
            return {};
        m_status.replica = now->state;
        if (m_doing == Doing::Live && m_scopes != now->state.scopes) { // waited for the last document
            m_doing = Doing::ReadingState;
            return {Abort{}, ReadState{}};
        }
        return {Tell{m_status}};
    }
    const auto &wish = std::get<Wish>(event);
    if (wish.what == Wish::Compare) {
        m_compare = true;
        m_comparisons = m_sums = 0;
        if (m_doing != Doing::Live)
            return {};
        m_doing = Doing::ReadingState;
        return {Abort{}, ReadState{}};
    }
    m_offline = wish.what == Wish::WorkOffline;
    if (m_offline) {
        const bool busy = m_doing == Doing::Storing || m_doing == Doing::Saving;
        if (busy)
            return {};
        m_doing = Doing::Nothing;
        return {Abort{}, tell(SyncStatus::Phase::WorkingOffline)};
    }
    m_needPull = true;
    m_greeted = m_greeted && wish.what != Wish::SyncNow;
    m_refused = m_refused && wish.what != Wish::SyncNow;
    if (m_doing == Doing::Nothing || m_doing == Doing::Backoff || m_doing == Doing::Live) {
        const bool live = m_doing == Doing::Live;
        m_doing = Doing::ReadingState;
        return live ? QList<Action>{Abort{}, ReadState{}} : QList<Action>{ReadState{}};
    }
    return {};
}

} // namespace clinic::sync
