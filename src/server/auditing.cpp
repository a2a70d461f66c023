// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"
#include "sync/wire/audit.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/limits.h"

// The part of the service that stores audit events: append-only, in the order of each file's chain.
namespace clinic::server {
namespace {

constexpr qsizetype mostEvents = 1000;
constexpr qint64 mostFound = 500;

} // namespace

// Position after an answer: the event's time of arrival, its PC, its number there.
namespace auditing {

struct Place
{
    qint64 at = std::numeric_limits<qint64>::max();
    QByteArray device{};
    qint64 n = 0;
};

QByteArray textOf(const Place &place)
{
    return QByteArray::number(place.at) + '.' + place.device.toHex() + '.' + QByteArray::number(place.n);
}

Result<Place> placeOf(const QByteArray &text)
{
    if (text.isEmpty())
        return Place{};
    const QList<QByteArray> parts = text.split('.');
    bool isTime = false;
    bool isNumber = false;
    const Place place{parts.value(0).toLongLong(&isTime), QByteArray::fromHex(parts.value(1)),
                      parts.value(2).toLongLong(&isNumber)};
    if (parts.size() != 3 || !isTime || !isNumber || textOf(place) != text)
        return fail(ErrorCode::Invalid, QStringLiteral("/after"));
    return place;
}

} // namespace auditing

// Events are facts: the server also stores those of revoked devices, up to a limit. It refuses a broken
// chain.
Result<Response> Service::audit(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto batch = sync::decodeAudit(request.body);
    if (!batch)
        return fail(batch);
    if (batch->records.isEmpty() || batch->records.size() > mostEvents)
        return errorResponse(413, "too-many-events");
    const auto record = device(session, who.hospital, who.device, true);
    if (!record || !*record)
        return record ? fail(ErrorCode::NotFound, QStringLiteral("unknown-device")) : fail(record);
    const auto last = session.run(
        "SELECT n, hash FROM audit_chain WHERE hospital_id=$1 AND device=$2 ORDER BY n DESC LIMIT 1",
        {idValue(who.hospital), idValue(who.device)});
    if (!last)
        return fail(last);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    sync::AuditReply reply;
    static_cast<sync::Stamp &>(reply) = *now;
    const qint64 first = batch->records.first().n;
    // A device's first events may be its predecessor's, from the number that the predecessor had reached.
    reply.kept = last->isEmpty() ? first - 1 : integerAt(last->first(), 0);
    reply.hash = last->isEmpty() ? batch->previous : bytesAt(last->first(), 1);
    Rows rows;
    // Events sent again must equal the stored ones; if not, the file was restored and has another history.
    if (const qint64 known = qMin(reply.kept, batch->records.last().n); first <= known) {
        const auto here =
            session.run("SELECT hash FROM audit_chain WHERE hospital_id=$1 AND device=$2 AND n=$3",
                        {idValue(who.hospital), idValue(who.device), Value{known}});
        if (!here)
            return fail(here);
        for (const auto &event : batch->records) {
            if (event.n == known && !here->isEmpty() && !bytesAt(here->first(), 0).startsWith(event.hash))
                reply.broken = first;
        }
    }
    // Events beyond the stored chain: the server was restored, and the device sends the missing ones again.
    if (first <= reply.kept + 1 && reply.broken == 0) {
        for (sync::AuditRecord event : batch->records) {
            if (event.n <= reply.kept)
                continue; // the answer was lost
            const QByteArray hash = sync::auditHash(event, who.hospital, reply.hash);
            if (event.n != reply.kept + 1 || !hash.startsWith(event.hash)) {
                reply.broken = event.n;
                break;
            }
            event.hash = hash;
            rows << Row{idValue(who.hospital),
                        idValue(who.device),
                        Value{event.n},
                        Value{event.hash},
                        textValue(sync::encodeAudit({reply.hash, {event}})),
                        Value{now->now},
                        Value{event.subject.isNull() ? QByteArray("") : event.subject.toBytes()},
                        Value{event.actor.isNull() ? QByteArray("") : event.actor.toBytes()}};
            reply.kept = event.n;
            reply.hash = event.hash;
        }
    }
    if (!rows.isEmpty() && (*record)->state != "active") {
        const auto late = session.run(
            "UPDATE device SET late_audit=late_audit+$3 WHERE hospital_id=$1 AND id=$2 RETURNING late_audit",
            {idValue(who.hospital), idValue(who.device), Value{qint64(request.body.size())}});
        if (!late)
            return fail(late);
        if (late->isEmpty() || integerAt(late->first(), 0) > sync::limits::shutOutBytes)
            return fail(ErrorCode::Forbidden, shutOutCode(**record));
    }
    if (auto written = session.runMany("audit_chain",
                                       "hospital_id, device, n, hash, body, at, subject, actor", "", rows);
        !written)
        return fail(written);
    const bool older = std::any_of(batch->records.begin(), batch->records.end(), [&](const auto &event) {
        return (!event.nameSealed.isEmpty() && sync::keyIdOf(event.nameSealed) < (*record)->newestKey) ||
               (!event.detailSealed.isEmpty() && sync::keyIdOf(event.detailSealed) < (*record)->newestKey);
    });
    if (older && !rows.isEmpty()) {
        if (auto noted = walkAgain(session, who.hospital); !noted)
            return fail(noted);
    }
    reply.signature =
        crypto::sign(sync::auditHead(who.hospital, who.device, reply.kept, reply.hash), m_key.secretKey);
    return Response{200, sync::encode(reply)};
}

// "Who looked at this record?" and "What did that account do?", for all PCs: the newest events, as the PCs
// sent them.
Result<Response> Service::auditOf(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto question = sync::decodeAuditQuestion(request.body);
    if (!question)
        return fail(question);
    const auto after = auditing::placeOf(question->after);
    if (!after)
        return fail(after);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, question->actor, question->role, "audit.view");
        !allowed) {
        // A reviewer of emergencies may ask about that one patient.
        if (question->subject.isNull() ||
            !mayDo(session, who, *record, question->actor, question->role, "access.review"))
            return fail(allowed);
    }
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    // Finds events by their column, and events older than the column by their text.
    Row values{idValue(who.hospital), Value{after->at}, Value{after->device}, Value{after->n},
               Value{question->since}};
    const QByteArray older = "SELECT body, at, device, n FROM audit_chain WHERE hospital_id=$1 AND (at, "
                             "device, n) < ($2, $3, $4) AND at >= $5";
    const auto named = [&values](const char *column, const Id &id) {
        values << idValue(id)
               << Value{QStringLiteral("%\"%1\":\"%2\"%").arg(QLatin1StringView(column), id.toString())};
        const QByteArray text = '$' + QByteArray::number(values.size());
        return std::pair(QByteArray(" AND ") + column + "=$" + QByteArray::number(values.size() - 1),
                         QByteArray(" AND ") + column + " IS NULL AND body LIKE " + text);
    };
    QByteArray sql;
    if (!question->subject.isNull() && !question->of.isNull()) {
        const auto subject = named("subject", question->subject);
        const auto actor = named("actor", question->of);
        for (const QByteArray &one : {subject.first, subject.second}) {
            for (const QByteArray &other : {actor.first, actor.second})
                sql += (sql.isEmpty() ? older : " UNION ALL " + older) + one + other;
        }
    } else {
        const auto one =
            question->subject.isNull() ? named("actor", question->of) : named("subject", question->subject);
        sql = older + one.first + " UNION ALL " + older + one.second;
    }
    values << Value{mostFound + 1};
    const auto rows = session.run("SELECT body, at, device, n FROM (" + sql +
                                      ") found ORDER BY at DESC, device DESC, n DESC LIMIT $" +
                                      QByteArray::number(values.size()),
                                  values);
    if (!rows)
        return fail(rows);
    QList<QByteArray> bodies;
    QByteArray next;
    qsizetype bytes = 0;
    bool isCut = rows->size() > mostFound;
    for (const Row &row : *rows) {
        isCut = isCut || bytes >= sync::limits::page;
        if (bodies.size() == mostFound || bytes >= sync::limits::page)
            break;
        bodies << bytesAt(row, 0);
        bytes += bodies.last().size();
    }
    if (isCut) {
        const Row &row = rows->at(bodies.size() - 1);
        next = auditing::textOf({integerAt(row, 1), bytesAt(row, 2), integerAt(row, 3)});
    }
    const auto devices =
        session.run("SELECT id, name, number FROM device WHERE hospital_id=$1", {idValue(who.hospital)});
    if (!devices)
        return fail(devices);
    QHash<Id, QString> pcs;
    for (const Row &row : *devices)
        pcs.insert(idAt(row, 0), QStringLiteral("%1 (%2)").arg(QString::fromUtf8(bytesAt(row, 1)),
                                                               sync::deviceCode(integerAt(row, 2))));
    return Response{200, sync::encodeAuditFound(*now, next, bodies, pcs)};
}

} // namespace clinic::server
