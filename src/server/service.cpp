// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"

#include "sync/wire/enrolment.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/token.h"

namespace clinic::server {
namespace {

constexpr int tokenMinutes = 15;
constexpr int mostTries = 3;

} // namespace

Response errorResponse(int status, const QByteArray &code, const QByteArray &detail)
{
    Response response;
    response.status = status;
    response.body = sync::encode(sync::ErrorReply{code, detail});
    if (status == 503 || status == 429)
        response.retryAfter = 2;
    return response;
}

Response refusalOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Invalid:
        return errorResponse(400, "undecodable", error.field.toUtf8());
    case ErrorCode::NotFound:
    case ErrorCode::NotSignedIn:
        return errorResponse(401, error.field.toUtf8());
    case ErrorCode::Forbidden:
        return errorResponse(403, error.field.toUtf8());
    default:
        return errorResponse(503, "store");
    }
}

const std::vector<Service::Route> &Service::routes()
{
    static const std::vector<Route> all{{"POST", "/v1/enrol", false, &Service::enrol},
                                        {"POST", "/v1/token", false, &Service::token},
                                        {"POST", "/v1/succeed", false, &Service::succeed},
                                        {"POST", "/v1/recover", true, &Service::recover},
                                        {"POST", "/v1/audit", true, &Service::audit},
                                        {"POST", "/v1/devices", true, &Service::listDevices},
                                        {"GET", "/v1/hello", true, &Service::hello},
                                        {"POST", "/v1/wipe-ack", true, &Service::wipeAck},
                                        {"POST", "/v1/push", true, &Service::push},
                                        {"POST", "/v1/pull", true, &Service::pull},
                                        {"POST", "/v1/boot", true, &Service::boot},
                                        {"POST", "/v1/chart", true, &Service::chart},
                                        {"GET", "/v1/live", true, &Service::live},
                                        {"POST", "/v1/repair", true, &Service::repair},
                                        {"POST", "/v1/digest", true, &Service::digest},
                                        {"POST", "/v1/lease", true, &Service::lease},
                                        {"POST", "/v1/blobs/missing", true, &Service::missingPieces},
                                        {"POST", "/v1/blobs/put", true, &Service::putPiece},
                                        {"POST", "/v1/blobs/get", true, &Service::getPiece},
                                        {"POST", "/v1/audit-of", true, &Service::auditOf},
                                        {"POST", "/v1/codes", true, &Service::codes},
                                        {"POST", "/v1/keys", true, &Service::keys},
                                        {"POST", "/v1/rotate", true, &Service::rotate},
                                        {"POST", "/v1/reseal", true, &Service::reseal},
                                        {"POST", "/v1/one-time", true, &Service::oneTime},
                                        {"POST", "/v1/one-time/check", true, &Service::checkOneTime},
                                        {"POST", "/v1/parcel", false, &Service::parcel}};
    return all;
}

QList<QByteArray> Service::served()
{
    QList<QByteArray> list{"GET /healthz"};
    for (const Route &route : routes())
        list << QByteArray(route.method) + ' ' + route.path;
    return list;
}

Response Service::handle(const Request &request)
{
    if (request.path == "/healthz")
        return health();
    bool known = false;
    for (const Route &route : routes()) {
        if (request.path != route.path)
            continue;
        known = true;
        if (request.method == route.method)
            return proven(request, delivered(perform(request, route.needsToken, route.handler)));
    }
    return known ? errorResponse(405, "method") : errorResponse(404, "unknown-route");
}

Response Service::proven(const Request &request, Response response) const
{
    if (request.path != "/v1/token" || !response.body.endsWith('}'))
        return response;
    sync::json::Message reader(request.body);
    const QByteArray challenge = reader.optionalBase64("challenge");
    if (challenge.size() != sync::challengeSize)
        return response;
    response.body.chop(1);
    sync::JsonWriter(response.body)
        .base64("proof", crypto::sign(sync::challengeText(challenge), m_key.secretKey))
        .close();
    return response;
}

Response Service::perform(const Request &request, bool needsToken, Handler handler)
{
    Bearer who;
    if (needsToken) {
        const auto bearer = this->bearer(request);
        if (!bearer)
            return errorResponse(401, "token");
        who = *bearer;
    } else {
        // Without a token the message names its hospital; every query is limited to it.
        sync::json::Message reader(request.body);
        who.hospital = reader.id("hospital");
        if (!reader.ok())
            return errorResponse(400, "undecodable", reader.fault());
    }
    for (int attempt = 0; attempt < mostTries; ++attempt) {
        Response response;
        const auto done = m_store.transact(who.hospital, [&](SqlSession &session) -> Result<void> {
            auto answered = (this->*handler)(session, who, request);
            if (!answered)
                return fail(answered);
            response = *answered;
            return {};
        });
        const bool isNews = handler == &Service::push || handler == &Service::recover;
        if (done) {
            if (isNews)
                m_fullAt = -1;
            return response;
        }
        if (done.error().code == ErrorCode::DiskFull)
            m_fullAt = m_clock.monotonicMs();
        if (done.error().code == ErrorCode::Stale) // lost a race; the winner's commit is visible now
            continue;
        const auto refused = refusalOf(done.error());
        // One group that fails in the database must not stop the others.
        if (refused.status == 503 && isNews)
            return judgeOneByOne(who, request);
        return refused;
    }
    return errorResponse(503, "busy");
}

QByteArray Service::accessToken(const Id &hospital, const Id &device) const
{
    const qint64 now = m_clock.nowMs();
    return sync::encodeToken({hospital, device, now, now + tokenMinutes * 60'000}, m_key.secretKey);
}

std::optional<Service::Bearer> Service::bearer(const Request &request) const
{
    const auto claims = sync::decodeToken(request.token, m_key.publicKey);
    if (!claims || claims->expiresAt <= (request.at ? request.at : m_clock.nowMs()))
        return std::nullopt;
    return Bearer{claims->hospital, claims->device};
}

Result<sync::Stamp> Service::stamp(SqlSession &session, const Id &hospital) const
{
    const auto rows =
        session.run("SELECT epoch, head FROM hospital_head WHERE hospital_id=$1", {idValue(hospital)});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-hospital"));
    return sync::Stamp{bytesAt(rows->first(), 0).toHex(), integerAt(rows->first(), 1), m_clock.nowMs()};
}

Result<qint64> Service::head(const Id &hospital)
{
    qint64 head = 0;
    const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
        const auto now = stamp(session, hospital);
        if (!now)
            return fail(now);
        head = now->head;
        return {};
    });
    if (!done)
        return fail(done);
    return head;
}

Result<std::optional<DeviceRecord>> Service::device(SqlSession &session, const Id &hospital, const Id &id,
                                                    bool lock)
{
    const auto rows =
        session.run("SELECT number, name, sign_key, scopes, state, may_upload, next_n, wished, (SELECT "
                    "max(key_id) FROM data_key k WHERE k.hospital_id=device.hospital_id) FROM "
                    "device WHERE hospital_id=$1 AND id=$2" +
                        (lock ? session.forUpdate() : QByteArray()),
                    {idValue(hospital), idValue(id)});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return std::optional<DeviceRecord>();
    const Row &row = rows->first();
    DeviceRecord record{id,
                        integerAt(row, 0),
                        bytesAt(row, 1),
                        bytesAt(row, 2),
                        bytesAt(row, 3).split(' '),
                        bytesAt(row, 4),
                        integerAt(row, 5),
                        integerAt(row, 6),
                        bytesAt(row, 7),
                        {},
                        qMax(sync::HospitalKeys::firstId, int(integerAt(row, 8)))};
    if (!record.hasEverything()) {
        const auto charts = session.run("SELECT patient FROM device_chart WHERE hospital_id=$1 AND device=$2",
                                        {idValue(hospital), idValue(id)});
        if (!charts)
            return fail(charts);
        for (const Row &chart : *charts)
            record.charts << idAt(chart, 0);
    }
    return record;
}

// For requests that return rows or make codes.
Result<DeviceRecord> Service::activeDevice(SqlSession &session, const Bearer &who)
{
    const auto record = device(session, who.hospital, who.device, false);
    if (!record)
        return fail(record);
    if (!*record)
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-device"));
    if ((*record)->state != "active")
        return fail(ErrorCode::Forbidden, shutOutCode(**record));
    return **record;
}

Result<Response> Service::hello(SqlSession &session, const Bearer &who, const Request &)
{
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto record = device(session, who.hospital, who.device, false);
    if (!record || !*record)
        return record ? fail(ErrorCode::NotFound, QStringLiteral("unknown-device")) : fail(record);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.text("state", (*record)->state).number("expect", (*record)->nextN);
    writer.text("scopes", (*record)->wished.isEmpty() ? (*record)->scopes.join(' ') : (*record)->wished);
    writer.open("limits").number("changes", 500).number("bytes", 1'048'576).close();
    writer.number("key", (*record)->newestKey);
    if ((*record)->state == "active") {
        const auto exchange = hasKeysToExchange(session, who, **record);
        if (!exchange)
            return fail(exchange);
        const auto resealing = hasResealing(session, who, **record);
        if (!resealing)
            return fail(resealing);
        writer.flag("keys", *exchange).flag("reseal", *resealing);
        const auto keys = paper(session, who.hospital);
        if (!keys)
            return fail(keys);
        writer.text("paper", bytesAt(*keys, 0));
        if (m_messenger && !m_messenger->channels().isEmpty())
            writer.text("codes", m_messenger->channels().join(' '));
    }
    if ((*record)->state == "lost") {
        const auto lost = session.run("SELECT lost_at FROM device WHERE hospital_id=$1 AND id=$2",
                                      {idValue(who.hospital), idValue(who.device)});
        if (!lost)
            return fail(lost);
        const qint64 at = integerAt(lost->first(), 0);
        writer.number("wipe_at", at);
        writer.base64("wipe_signature",
                      crypto::sign(sync::wipeOrder(who.hospital, who.device, at), m_key.secretKey));
    }
    writer.close();
    return Response{200, out};
}

// Returns the head at once; the HTTP shell waits.
Result<Response> Service::live(SqlSession &session, const Bearer &who, const Request &)
{
    if (const auto record = activeDevice(session, who); !record)
        return fail(record);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    return still(who.hospital, now->head, now->epoch);
}

Response Service::still(const Id &hospital, qint64 head, const QByteArray &epoch) const
{
    return Response{200, sync::encode(sync::Stamp{epoch, head, m_clock.nowMs()}), 0, hospital, head, epoch};
}

} // namespace clinic::server
