// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"
#include "sync/wire/audit.h"
#include "sync/wire/enrolment.h"

// The half of the service that keeps what devices say happened: append-only, in the order of each file's
// chain.
namespace clinic::server {
namespace {

constexpr qsizetype mostEvents = 1000;
constexpr qint64 mostFound = 500;

} // namespace

// Events are facts: they are taken from revoked devices too, and only a chain that does not hold is not.
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
    // A device's first events may be a predecessor's, from wherever that one had sent them to.
    reply.kept = last->isEmpty() ? first - 1 : integerAt(last->first(), 0);
    reply.hash = last->isEmpty() ? batch->previous : bytesAt(last->first(), 1);
    Rows rows;
    // What comes again must be what is here: a file that was put back has gone another way since.
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
    // Later than what is here: the server was restored, and the device goes back to where it stands.
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
                        Value{event.subject.isNull() ? QByteArray("") : event.subject.toBytes()}};
            reply.kept = event.n;
            reply.hash = event.hash;
        }
    }
    if (auto written =
            session.runMany("audit_chain", "hospital_id, device, n, hash, body, at, subject", "", rows);
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

// "Who looked at this record?", of all PCs: the newest events about it, as those PCs sent them.
Result<Response> Service::auditOf(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto question = sync::decodeAuditQuestion(request.body);
    if (!question)
        return fail(question);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, question->actor, question->role, "audit.view"); !allowed)
        return fail(allowed);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto rows =
        session.run("SELECT body FROM (SELECT body, at, device, n FROM audit_chain WHERE hospital_id=$1 AND "
                    "subject=$2 UNION "
                    "ALL SELECT body, at, device, n FROM audit_chain WHERE hospital_id=$1 AND subject IS "
                    "NULL AND body LIKE "
                    "$3) found ORDER BY at DESC, device, n DESC LIMIT $4",
                    {idValue(who.hospital), idValue(question->subject),
                     Value{QStringLiteral("%\"subject\":\"%1\"%").arg(question->subject.toString())},
                     Value{mostFound + 1}});
    if (!rows)
        return fail(rows);
    QList<QByteArray> bodies;
    for (const Row &row : *rows)
        bodies << bytesAt(row, 0);
    const auto devices =
        session.run("SELECT id, name, number FROM device WHERE hospital_id=$1", {idValue(who.hospital)});
    if (!devices)
        return fail(devices);
    QHash<Id, QString> pcs;
    for (const Row &row : *devices)
        pcs.insert(idAt(row, 0), QStringLiteral("%1 (%2)").arg(QString::fromUtf8(bytesAt(row, 1)),
                                                               sync::deviceCode(integerAt(row, 2))));
    const bool more = bodies.size() > mostFound;
    bodies.resize(qMin<qsizetype>(bodies.size(), mostFound));
    return Response{200, sync::encodeAuditFound(*now, more, bodies, pcs)};
}

} // namespace clinic::server
