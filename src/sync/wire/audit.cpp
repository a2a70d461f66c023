// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/audit.h"

#include "core/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace auditcoding {

AuditRecord read(json::Reader &reader)
{
    AuditRecord r;
    r.n = reader.count("n");
    r.id = reader.id("id");
    r.device = reader.id("device");
    r.branch = reader.optionalId("branch");
    r.at = reader.time("at");
    r.actor = reader.optionalId("actor");
    r.namePrint = reader.optionalBytes("name_print");
    r.role = reader.optionalBytes("role");
    r.session = reader.optionalId("session");
    r.intention = reader.bytes("intention");
    r.outcome = reader.bytes("outcome");
    r.entity = reader.optionalBytes("entity");
    r.subject = reader.optionalId("subject");
    r.canonical = reader.optionalBytes("canonical");
    r.bodyHash = reader.optionalBase64("body_hash");
    r.version = reader.optionalBytes("version");
    r.osUser = reader.optionalBytes("os_user");
    r.nameSealed = reader.optionalBytes("name_sealed");
    r.detailSealed = reader.optionalBytes("detail_sealed");
    r.hash = reader.base64("hash");
    return r;
}

} // namespace auditcoding

QByteArray auditHash(const AuditRecord &r, const Id &hospital, const QByteArray &previous)
{
    QByteArray text = previous;
    const auto add = [&text](const QByteArray &part) {
        text.append(QByteArray::number(part.size())).append(':').append(part);
    };
    add(QByteArray::number(r.n));
    add(r.id.toBytes());
    add(hospital.toBytes());
    add(r.device.toBytes());
    add(r.branch.toBytes());
    add(QByteArray::number(r.at));
    add(r.actor.toBytes());
    add(r.namePrint);
    add(r.role);
    add(r.session.toBytes());
    add(r.intention);
    add(r.outcome);
    add(r.entity);
    add(r.subject.toBytes());
    add(r.canonical);
    add(r.bodyHash);
    add(r.version);
    add(r.osUser);
    return crypto::hash(text);
}

QByteArray encodeAudit(const AuditBatch &batch)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().base64("previous", batch.previous).openList("events");
    QHash<Id, QByteArray> named;
    for (const AuditRecord &r : batch.records) {
        const bool isNamed = named.value(r.actor) == r.nameSealed;
        named.insert(r.actor, r.nameSealed);
        writer.open().number("n", r.n).number("at", r.at).anyId("id", r.id).anyId("device", r.device);
        writer.anyId("branch", r.branch).anyId("actor", r.actor).anyText("name_print", r.namePrint);
        writer.anyText("role", r.role).anyId("session", r.session).anyText("intention", r.intention);
        writer.anyText("outcome", r.outcome).anyText("entity", r.entity).anyId("subject", r.subject);
        writer.anyText("canonical", r.canonical).anyText("body_hash", r.bodyHash.toBase64());
        writer.anyText("version", r.version).anyText("os_user", r.osUser);
        if (!isNamed)
            writer.anyText("name_sealed", r.nameSealed);
        writer.anyText("detail_sealed", r.detailSealed);
        writer.base64("hash", &r == &batch.records.last() ? r.hash : r.hash.first(auditHashStart)).close();
    }
    writer.closeList().close();
    return out;
}

Result<AuditBatch> decodeAudit(QByteArrayView message)
{
    json::Message reader(message);
    AuditBatch batch{reader.base64("previous")};
    QHash<Id, QByteArray> named;
    for (const json::Element element : reader.array("events")) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QStringLiteral("/events"));
        json::Reader inner(object, "/events/" + QByteArray::number(batch.records.size()));
        AuditRecord record = auditcoding::read(inner);
        if (inner.ok() && record.hash.size() < auditHashStart)
            inner.note("hash");
        if (!inner.ok())
            return inner.failed();
        if (!record.namePrint.isEmpty() && record.nameSealed.isEmpty())
            record.nameSealed = named.value(record.actor);
        named.insert(record.actor, record.nameSealed);
        batch.records << record;
    }
    if (reader.ok() && !batch.records.isEmpty() && batch.records.last().hash.size() != crypto::hashSize)
        reader.note("hash");
    if (reader.ok() && batch.previous.size() != crypto::hashSize)
        reader.note("previous");
    if (!reader.ok())
        return reader.failed();
    return batch;
}

QByteArray encode(const AuditReply &reply)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, reply);
    writer.number("kept", reply.kept).number("broken", reply.broken).base64("hash", reply.hash);
    writer.base64("signature", reply.signature).close();
    return out;
}

Result<AuditReply> decodeAuditReply(QByteArrayView message)
{
    json::Message reader(message);
    AuditReply reply;
    readStamp(reader, reply);
    reply.kept = reader.count("kept");
    reply.broken = reader.count("broken");
    reply.hash = reader.base64("hash");
    reply.signature = reader.base64("signature");
    if (!reader.ok())
        return reader.failed();
    return reply;
}

QByteArray auditHead(const Id &hospital, const Id &device, qint64 n, const QByteArray &hash)
{
    return "clinicdesk audit " + hospital.toString().toLatin1() + ' ' + device.toString().toLatin1() + ' ' +
           QByteArray::number(n) + ' ' + hash.toBase64();
}

QByteArray encode(const AuditQuestion &question)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("actor", question.actor).id("role", question.role).anyId("subject", question.subject);
    writer.anyId("of", question.of);
    if (question.since > 0)
        writer.number("since", question.since);
    writer.anyText("after", question.after).close();
    return out;
}

Result<AuditQuestion> decodeAuditQuestion(QByteArrayView message)
{
    json::Message reader(message);
    AuditQuestion question{reader.id("actor"),           reader.id("role"),
                           reader.optionalId("subject"), reader.optionalId("of"),
                           reader.optionalTime("since"), reader.optionalBytes("after")};
    if (reader.ok() && question.subject.isNull() && question.of.isNull())
        reader.note("subject");
    if (!reader.ok())
        return reader.failed();
    return question;
}

QByteArray encodeAuditFound(const Stamp &stamp, const QByteArray &next, const QList<QByteArray> &batches,
                            const QHash<Id, QString> &pcs)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, stamp);
    writer.anyText("next", next).flag("more", !next.isEmpty()).openList("events");
    for (const QByteArray &batch : batches) {
        const QByteArrayView name = "\"events\"";
        const qsizetype from = batch.indexOf(name) + name.size() + 2; // and its colon and bracket
        const QByteArrayView event = QByteArrayView(batch).sliced(from, batch.size() - from - 2);
        if (json::Document().parse(event)) // a damaged stored event must not break the answer
            writer.json(event);
    }
    writer.closeList().openList("pcs");
    for (auto it = pcs.begin(); it != pcs.end(); ++it)
        writer.open().id("id", it.key()).text("name", *it).close();
    writer.closeList().close();
    return out;
}

Result<AuditFound> decodeAuditFound(QByteArrayView message)
{
    json::Message reader(message);
    AuditFound found;
    readStamp(reader, found);
    found.more = reader.boolean("more");
    found.next = reader.optionalBytes("next");
    for (const json::Element element : reader.array("events")) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QStringLiteral("/events"));
        json::Reader inner(object, "/events/" + QByteArray::number(found.records.size()));
        found.records << auditcoding::read(inner);
        if (!inner.ok())
            return inner.failed();
    }
    for (const json::Element element : reader.array("pcs")) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QStringLiteral("/pcs"));
        json::Reader inner(object, "/pcs");
        found.pcs.insert(inner.id("id"), QString::fromUtf8(inner.bytes("name")));
        if (!inner.ok())
            return inner.failed();
    }
    if (!reader.ok())
        return reader.failed();
    return found;
}

} // namespace clinic::sync
