// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/onetime.h"
#include "server/service.h"

#include <sodium.h>

// One-time codes by e-mail or text message: made here, sent after the commit, and checked here. The address
// comes with the request and is not stored.
namespace clinic::server {
namespace {

constexpr qint64 goodForMs = 10 * 60'000;
constexpr qint64 pauseMs = 60'000;
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 mostTries = 5;      // of one code
constexpr qint64 mostCodesADay = 10; // of one user
constexpr int mostAtOnce = 2;        // gateways are slow, and other requests wait for the same threads

} // namespace

QByteArray Service::oneTimeHash(const Bearer &who, const Id &actor, const Id &session,
                                const QString &code) const
{
    return crypto::hash(who.hospital.toBytes() + who.device.toBytes() + actor.toBytes() + session.toBytes() +
                            code.toUtf8(),
                        QByteArrayView(m_key.secretKey).first(crypto::keySize));
}

Result<Response> Service::oneTime(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto wish = sync::decodeCodeWish(request.body);
    if (!wish)
        return fail(wish);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, wish->actor, wish->role, "account.own"); !allowed)
        return fail(allowed);
    if (!m_messenger || !m_messenger->channels().contains(wish->channel))
        return errorResponse(409, "no-gateway");
    const qint64 now = m_clock.nowMs();
    const Row actor{idValue(who.hospital), idValue(wish->actor)};
    if (auto forgotten = session.run("DELETE FROM one_time_code WHERE hospital_id=$1 AND actor=$2 AND at<$3",
                                     actor + Row{Value{now - dayMs}});
        !forgotten)
        return fail(forgotten);
    const auto before =
        session.run("SELECT count(*), max(at) FROM one_time_code WHERE hospital_id=$1 AND actor=$2", actor);
    if (!before)
        return fail(before);
    const qint64 count = integerAt(before->first(), 0);
    const qint64 wait = count ? integerAt(before->first(), 1) + pauseMs - now : 0;
    if (wait > 0 || count >= mostCodesADay) {
        const qint64 seconds = qMax<qint64>(count >= mostCodesADay ? 3600 : 1, (wait + 999) / 1000);
        auto refused = errorResponse(429, "too-many-codes", QByteArray::number(seconds));
        refused.retryAfter = int(seconds);
        return refused;
    }
    const QString code = QStringLiteral("%1").arg(randombytes_uniform(1'000'000), 6, 10, QLatin1Char('0'));
    // Only the newest code is good.
    if (auto done = session.run("UPDATE one_time_code SET used=1 WHERE hospital_id=$1 AND actor=$2", actor);
        !done)
        return fail(done);
    const auto written = session.run(
        "INSERT INTO one_time_code (hospital_id, actor, at, hash, tries, used) VALUES ($1,$2,$3,$4,0,0)",
        actor + Row{Value{now}, Value{oneTimeHash(who, wish->actor, wish->session, code)}});
    if (!written)
        return fail(written);
    const auto head = stamp(session, who.hospital);
    if (!head)
        return fail(head);
    Response response{200, sync::encode(*head)};
    response.message = Message{wish->channel, wish->to, code};
    return response;
}

// Called after the commit.
Response Service::delivered(Response response)
{
    if (!response.message)
        return response;
    const Message message = *std::exchange(response.message, std::nullopt);
    if (++m_sending > mostAtOnce) {
        --m_sending;
        return errorResponse(503, "gateway");
    }
    const auto sent = m_messenger->send(message);
    --m_sending;
    return sent ? response : errorResponse(503, "gateway");
}

Result<Response> Service::checkOneTime(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto attempt = sync::decodeCodeTry(request.body);
    if (!attempt)
        return fail(attempt);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, attempt->actor, attempt->role, "account.own"); !allowed)
        return fail(allowed);
    const auto head = stamp(session, who.hospital);
    if (!head)
        return fail(head);
    sync::CodeVerdict verdict;
    static_cast<sync::Stamp &>(verdict) = *head;
    const qint64 now = m_clock.nowMs();
    // The first UPDATE counts the try; the result says whether it was within the limit.
    const auto rows = session.run(
        "UPDATE one_time_code SET tries=tries+1 WHERE hospital_id=$1 AND actor=$2 AND used=0 AND tries<$3 "
        "AND "
        "at>$4 RETURNING hash, at",
        {idValue(who.hospital), idValue(attempt->actor), Value{mostTries}, Value{now - goodForMs}});
    if (!rows)
        return fail(rows);
    const QByteArray typed = oneTimeHash(who, attempt->actor, attempt->session, attempt->code.trimmed());
    verdict.isRight = rows->size() == 1 && crypto::equal(bytesAt(rows->first(), 0), typed);
    if (verdict.isRight) {
        if (auto used = session.run("UPDATE one_time_code SET used=1 WHERE hospital_id=$1 AND actor=$2",
                                    {idValue(who.hospital), idValue(attempt->actor)});
            !used)
            return fail(used);
        verdict.signature = crypto::sign(
            sync::codeProof(who.hospital, who.device, attempt->actor, attempt->session, verdict.now),
            m_key.secretKey);
    }
    return Response{200, sync::encode(verdict)};
}

} // namespace clinic::server
