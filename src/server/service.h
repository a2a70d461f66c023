// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/crypto.h"
#include "server/arbiter.h"
#include "server/messenger.h"
#include "server/pagecache.h"
#include "sync/wire/keygrants.h"
#include "sync/wire/leases.h"

#include <atomic>

namespace clinic::server {

struct Request
{
    QByteArray method;
    QByteArray path;  // without the query
    QByteArray query; // after the ?
    QByteArray token; // of "Authorization: Bearer"
    QByteArray body;  // decompressed
    qint64 at = 0;    // ms, when the headers arrived: a slow body does not expire the token
};

struct Response
{
    int status = 200;
    QByteArray body;
    int retryAfter = 0; // seconds; 0 = no such header
    Id hospital{};      // the hospital whose head moved (wakes waiting PCs); null = none
    qint64 head = 0;
    QByteArray epoch{};               // of /v1/live
    std::optional<Message> message{}; // to be sent after the commit
};

// The whole server without a socket: a request in, a response out. All instances that share the store and
// the signing key are equal.
class Service
{
public:
    Service(Store &store, const Clock &clock, crypto::SigningKey key)
        : m_store(store), m_clock(clock), m_key(std::move(key))
    {}

    // Sends one-time codes; without a messenger none are sent. Must outlive the service.
    void setMessenger(Messenger *messenger) { m_messenger = messenger; }

    [[nodiscard]] Response handle(const Request &request);
    // The decision from a request's headers alone. Any status but 200 is the answer.
    struct Admission
    {
        Response refusal{};
        Id device{};          // the device of the token; null = none
        size_t mostBytes = 0; // of the body, compressed and uncompressed
        bool isParcel = false;
    };
    [[nodiscard]] Admission admit(const Request &request) const;

    // The served routes, for docs/api/openapi.json: "POST /v1/push".
    [[nodiscard]] static QList<QByteArray> served();

    // Administration on the server's own machine: each command is recorded with the operator's account name,
    // in the transaction of the change.
    void setOperator(const QByteArray &name) { m_operator = name; }
    struct Operation
    {
        qint64 at = 0;
        QByteArray who{};
        QByteArray what{};  // "device revoked", "hospital add" ...
        QByteArray about{}; // the device's id; empty = the hospital
        QByteArray version{};
    };
    // Oldest first.
    [[nodiscard]] Result<QList<Operation>> operations(const Id &hospital);
    struct NewCode
    {
        QByteArray secret; // 20 random bytes: the proof and the wrapping key are derived from it
        Id hospital{};
    };
    // A hospital without devices, and the code its first device enrols with.
    [[nodiscard]] Result<NewCode> addHospital(const QString &name);
    struct Hospital
    {
        Id id{};
        QString name{};
        qint64 devices = 0;       // none: a code was made and not used, or wasFollowed
        bool wasFollowed = false; // its first PC brought an id of its own, which is another entry
    };
    [[nodiscard]] Result<QList<Hospital>> hospitals();
    // For a hospital that has lost every PC: the new PC also needs the recovery key. NotFound when no PC had
    // left the hospital's keys for one.
    [[nodiscard]] Result<NewCode> addPaperCode(const Id &hospital);
    [[nodiscard]] Result<QList<DeviceRecord>> devices(const Id &hospital);
    // state: active, revoked, retired, lost (ordered to remove the clinic's data).
    Result<void> setDeviceState(const Id &hospital, const Id &device, const QByteArray &state);
    // Deletes change log entries from before `logBefore` (a PC that is further behind begins anew), answers
    // to groups from before `answersBefore` and codes that ran out by then; both in the server's time, ms.
    // goOn is asked between steps. Returns the number of log entries deleted.
    struct Horizon
    {
        qint64 logBefore = 0;
        qint64 answersBefore = 0;
    };
    Result<qint64> compact(
        const Horizon &horizon, const std::function<bool()> &goOn = [] { return true; });
    // The usual limits: the change log for 120 days, answers for 400.
    [[nodiscard]] Horizon usualHorizon() const;
    // Begins a new epoch for every hospital, after a backup was restored.
    Result<void> bumpEpochs();
    [[nodiscard]] const QByteArray &publicKey() const { return m_key.publicKey; }
    // The newest group of a hospital.
    [[nodiscard]] Result<qint64> head(const Id &hospital);
    // The answer to /v1/live when head and epoch are known without the database.
    [[nodiscard]] Response still(const Id &hospital, qint64 head, const QByteArray &epoch) const;
    // The heads of several hospitals, for waiting PCs; empty when no other instance commits.
    [[nodiscard]] bool isShared() const { return m_store.isShared(); }
    [[nodiscard]] Result<QHash<Id, qint64>> heads(const QList<Id> &hospitals)
    {
        return m_store.heads(hospitals);
    }
    // The device of a valid token.
    struct Bearer
    {
        Id hospital{};
        Id device{};
    };
    [[nodiscard]] std::optional<Bearer> bearer(const Request &request) const;

private:
    using Handler = Result<Response> (Service::*)(SqlSession &, const Bearer &, const Request &);
    struct Route
    {
        const char *method;
        const char *path;
        bool needsToken;
        Handler handler;
    };
    [[nodiscard]] static const std::vector<Route> &routes();
    Response perform(const Request &request, bool needsToken, Handler handler);
    Response health();
    // Adds the signature to an answer to /v1/token, so that a PC believes only its own server's refusal.
    [[nodiscard]] Response proven(const Request &request, Response response) const;
    Result<Response> enrol(SqlSession &session, const Bearer &, const Request &request);
    Result<Response> succeed(SqlSession &session, const Bearer &, const Request &request);
    // Makes a token family for the device, and the answer for an accepted device.
    Result<Response> accept(SqlSession &session, const Id &hospital, const Id &id, qint64 number,
                            const sync::Stamp &now, const QByteArray &wrapped, const QByteArray &paper = {});
    // Returns the device's number in its hospital.
    Result<qint64> addDevice(SqlSession &session, const Id &hospital, const DeviceRecord &record,
                             const QByteArray &boxKey);
    Result<Response> token(SqlSession &session, const Bearer &, const Request &request);
    Result<Response> hello(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> push(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> recover(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> audit(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> auditOf(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> judge(SqlSession &session, const Bearer &who, const QList<sync::OutboxGroup> &groups);
    Result<void> checkRoom(SqlSession &session, const Bearer &who, const DeviceRecord &device);
    Response judgeOneByOne(const Bearer &who, const Request &request);
    Result<Response> pull(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> boot(SqlSession &session, const Bearer &who, const Request &request);
    Result<std::optional<Response>> firstOfAll(SqlSession &session, const Bearer &who,
                                               const DeviceRecord &record, const QByteArray &after);
    Result<Response> chart(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> page(SqlSession &session, const Id &hospital, const QByteArray &after,
                          const QByteArray &which, Row parameters, bool mayBeLast,
                          const QByteArray &cacheName = {});
    Result<Response> live(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> repair(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> lease(SqlSession &session, const Bearer &who, const Request &request);
    Result<void> takeLease(SqlSession &session, const Bearer &who, const sync::Lease &lease, qint64 now,
                           Picture &picture);
    // Writes the `busy` rows that tell other PCs whether these leases hold.
    Result<void> setBusy(Picture &picture, const QList<Id> &leases, bool active);
    // The content of a document's row; empty when that device may not see it.
    struct StoredDocument
    {
        QByteArray content;
        qint64 size = 0;
    };
    Result<StoredDocument> document(SqlSession &session, const Bearer &who, const Id &id);
    Result<Response> missingPieces(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> putPiece(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> getPiece(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> digest(SqlSession &session, const Bearer &who, const Request &request);
    // Data keys (keys.cpp).
    static constexpr qint64 codeMs = 7LL * 24 * 60 * 60 * 1000; // how long an enrolment code is good
    enum CodeKind { ordinaryCode, firstCode, paperCode };       // column enrolment_code.first
    // id and sealed keys for the recovery key; empty when there are none.
    Result<Row> paper(SqlSession &session, const Id &hospital);
    Result<Response> keys(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> rotate(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> reseal(SqlSession &session, const Bearer &who, const Request &request);
    struct KnownKeys
    {
        QSet<int> all;
        int newest = 0;
        int newestMade = 0; // of the keys made here, without claims
        qint64 madeLately = 0;
    };
    Result<KnownKeys> dataKeys(SqlSession &session, const Id &hospital);
    Result<void> addDataKey(SqlSession &session, const Id &hospital, int keyId, bool claimed);
    Result<void> dropClaims(SqlSession &session, const Id &hospital);
    Result<void> dropWaitingKeys(SqlSession &session, const Id &hospital, const Id &device);
    Result<void> walkAgain(SqlSession &session, const Id &hospital);
    Result<void> keepGrants(SqlSession &session, const Bearer &who, const QList<sync::KeyGrant> &grants,
                            const QSet<int> &known);
    // Other PCs that lack keys and may get them.
    Result<QList<sync::KeyHolder>> wanting(SqlSession &session, const Bearer &who);
    // Whether there is data for this PC to seal anew, and no other PC does it.
    Result<bool> hasResealing(SqlSession &session, const Bearer &who, const DeviceRecord &record);
    // Whether this PC has keys to fetch or to give at /v1/keys.
    Result<bool> hasKeysToExchange(SqlSession &session, const Bearer &who, const DeviceRecord &record);
    Result<Response> codes(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> parcel(SqlSession &session, const Bearer &who, const Request &request);
    // Codes by e-mail or text message (onetime.cpp).
    Result<Response> oneTime(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> checkOneTime(SqlSession &session, const Bearer &who, const Request &request);
    [[nodiscard]] QByteArray oneTimeHash(const Bearer &who, const Id &actor, const Id &session,
                                         const QString &code) const;
    [[nodiscard]] Response delivered(Response response);

    Result<void> noteOperation(SqlSession &session, const Id &hospital, const QByteArray &what,
                               const QByteArray &about);
    Result<void> changeState(SqlSession &session, const Id &hospital, const Id &id, const QByteArray &state);
    Result<Response> wipeAck(SqlSession &session, const Bearer &who, const Request &request);
    Result<Response> listDevices(SqlSession &session, const Bearer &who, const Request &request);
    // Whether a user may do that in that role, by the server's own rows.
    Result<void> mayDo(SqlSession &session, const Bearer &who, const DeviceRecord &record, const Id &actor,
                       const Id &role, const char *permission);
    // Valid scopes of a device: "*", or "T" and branches of this hospital.
    Result<void> checkScopes(SqlSession &session, const Id &hospital, const QByteArray &scopes);

    [[nodiscard]] QByteArray accessToken(const Id &hospital, const Id &device) const;
    [[nodiscard]] Result<sync::Stamp> stamp(SqlSession &session, const Id &hospital) const;
    [[nodiscard]] Result<std::optional<DeviceRecord>> device(SqlSession &session, const Id &hospital,
                                                             const Id &id, bool lock);
    [[nodiscard]] Result<DeviceRecord> activeDevice(SqlSession &session, const Bearer &who);
    Result<sync::Stamp> writeOwn(SqlSession &session, const Id &hospital, const QList<Edit> &edits);
    Result<void> writeVerdicts(SqlSession &session, const Bearer &who, QList<Verdict> &verdicts,
                               const DeviceRecord &device, sync::Stamp &stamp);

    Store &m_store;
    const Clock &m_clock;
    crypto::SigningKey m_key;
    PageCache m_pages;
    Messenger *m_messenger = nullptr;
    std::atomic<int> m_sending = 0;
    std::atomic<qint64> m_fullAt = -1; // monotonic ms of the last write that failed on a full disk; -1 = none
    QByteArray m_operator;             // empty: no command on the server's own machine
};

// The response for a handler's error.
[[nodiscard]] Response refusalOf(const Error &error);
[[nodiscard]] Response errorResponse(int status, const QByteArray &code, const QByteArray &detail = {});

} // namespace clinic::server
