// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/audit.h"

#include "core/crypto.h"
#include "sync/wire/json.h"

namespace clinic::sync {
namespace auditcoding {

void add(QByteArray &out, const char *key, QByteArrayView text)
{
    if (text.isEmpty())
        return;
    out.append(",\"").append(key).append("\":");
    appendJsonString(out, QString::fromUtf8(text));
}

void add(QByteArray &out, const char *key, const Id &id)
{
    if (!id.isNull())
        add(out, key, id.toString().toLatin1());
}

AuditRecord read(json::Reader &reader)
{
    AuditRecord r;
    r.n = reader.integer("n");
    r.id = reader.id("id");
    r.device = reader.id("device");
    r.branch = reader.optionalId("branch");
    r.at = reader.integer("at");
    r.actor = reader.optionalId("actor");
    r.namePrint = reader.optionalBytes("name_print");
    r.role = reader.optionalBytes("role");
    r.session = reader.optionalId("session");
    r.intention = reader.bytes("intention");
    r.outcome = reader.bytes("outcome");
    r.entity = reader.optionalBytes("entity");
    r.subject = reader.optionalId("subject");
    r.canonical = reader.optionalBytes("canonical");
    r.bodyHash = QByteArray::fromBase64(reader.optionalBytes("body_hash"));
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
    using auditcoding::add;
    QByteArray out = "{\"previous\":\"" + batch.previous.toBase64() + "\",\"events\":[";
    bool first = true;
    QHash<Id, QByteArray> named;
    for (const AuditRecord &r : batch.records) {
        const bool isNamed = named.value(r.actor) == r.nameSealed;
        named.insert(r.actor, r.nameSealed);
        out.append(first ? "{\"n\":" : ",{\"n\":").append(QByteArray::number(r.n));
        first = false;
        out.append(",\"at\":").append(QByteArray::number(r.at));
        add(out, "id", r.id);
        add(out, "device", r.device);
        add(out, "branch", r.branch);
        add(out, "actor", r.actor);
        add(out, "name_print", r.namePrint);
        add(out, "role", r.role);
        add(out, "session", r.session);
        add(out, "intention", r.intention);
        add(out, "outcome", r.outcome);
        add(out, "entity", r.entity);
        add(out, "subject", r.subject);
        add(out, "canonical", r.canonical);
        add(out, "body_hash", r.bodyHash.toBase64());
        add(out, "version", r.version);
        add(out, "os_user", r.osUser);
        if (!isNamed)
            add(out, "name_sealed", r.nameSealed);
        add(out, "detail_sealed", r.detailSealed);
        add(out, "hash", (&r == &batch.records.last() ? r.hash : r.hash.first(auditHashStart)).toBase64());
        out.append('}');
    }
    return out.append("]}");
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
    QByteArray out("{");
    appendStamp(out, reply);
    return out + ",\"kept\":" + QByteArray::number(reply.kept) +
           ",\"broken\":" + QByteArray::number(reply.broken) + ",\"hash\":\"" + reply.hash.toBase64() +
           "\",\"signature\":\"" + reply.signature.toBase64() + "\"}";
}

Result<AuditReply> decodeAuditReply(QByteArrayView message)
{
    json::Message reader(message);
    AuditReply reply;
    reply.epoch = reader.bytes("epoch");
    reply.head = reader.integer("head");
    reply.now = reader.integer("now");
    reply.kept = reader.integer("kept");
    reply.broken = reader.integer("broken");
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
    QByteArray out = "{\"actor\":\"" + question.actor.toString().toLatin1() + "\",\"role\":\"" +
                     question.role.toString().toLatin1() + '"';
    if (!question.subject.isNull())
        out += ",\"subject\":\"" + question.subject.toString().toLatin1() + '"';
    if (!question.of.isNull())
        out += ",\"of\":\"" + question.of.toString().toLatin1() + '"';
    if (question.since > 0)
        out += ",\"since\":" + QByteArray::number(question.since);
    if (!question.after.isEmpty()) {
        out += ",\"after\":";
        appendJsonString(out, QString::fromLatin1(question.after));
    }
    return out + '}';
}

Result<AuditQuestion> decodeAuditQuestion(QByteArrayView message)
{
    json::Message reader(message);
    AuditQuestion question{reader.id("actor"),
                           reader.id("role"),
                           reader.optionalId("subject"),
                           reader.optionalId("of"),
                           reader.optionalInteger("since"),
                           reader.optionalBytes("after")};
    if (reader.ok() && question.subject.isNull() && question.of.isNull())
        reader.note("subject");
    if (!reader.ok())
        return reader.failed();
    return question;
}

QByteArray encodeAuditFound(const Stamp &stamp, const QByteArray &next, const QList<QByteArray> &batches,
                            const QHash<Id, QString> &pcs)
{
    QByteArray out("{");
    appendStamp(out, stamp);
    if (!next.isEmpty()) {
        out.append(",\"next\":");
        appendJsonString(out, QString::fromLatin1(next));
    }
    out.append(next.isEmpty() ? ",\"more\":false,\"events\":[" : ",\"more\":true,\"events\":[");
    bool first = true;
    for (const QByteArray &batch : batches) {
        const QByteArrayView opening = "\"events\":[";
        const qsizetype from = batch.indexOf(opening) + opening.size();
        out.append(first ? "" : ",").append(batch.sliced(from, batch.size() - from - 2));
        first = false;
    }
    out.append("],\"pcs\":[");
    first = true;
    for (auto it = pcs.begin(); it != pcs.end(); ++it) {
        out.append(first ? "{\"id\":\"" : ",{\"id\":\"")
            .append(it.key().toString().toLatin1())
            .append("\",\"name\":");
        appendJsonString(out, *it);
        out.append('}');
        first = false;
    }
    return out.append("]}");
}

Result<AuditFound> decodeAuditFound(QByteArrayView message)
{
    json::Message reader(message);
    AuditFound found;
    static_cast<Stamp &>(found) = {reader.bytes("epoch"), reader.integer("head"), reader.integer("now")};
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
