// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/keygrants.h"

#include "sync/wire/json.h"

namespace clinic::sync {
namespace grantcoding {

// What only holders of the hospital's keys can make: a server lacks the fingerprint key.
QByteArray secretFor(const char *purpose, const HospitalKeys &keys)
{
    return crypto::hash(QByteArray("clinicdesk ") + purpose, keys.fingerprintKey);
}

QByteArray about(const Id &hospital, const Id &device)
{
    return hospital.toBytes() + device.toBytes();
}

QByteArray number(qint64 n)
{
    return QByteArray::number(n);
}

QByteArray numbers(const QList<int> &list)
{
    QByteArray out;
    for (const int n : list)
        out += (out.isEmpty() ? "" : ",") + number(n);
    return '[' + out + ']';
}

QByteArray grants(const QList<KeyGrant> &list)
{
    QByteArray out;
    for (const KeyGrant &grant : list)
        out += (out.isEmpty() ? "{\"device\":\"" : ",{\"device\":\"") + grant.device.toString().toLatin1() +
               "\",\"key\":" + number(grant.keyId) + ",\"sealed\":\"" + grant.sealed.toBase64() + "\"}";
    return '[' + out + ']';
}

template <class Take>
void each(json::Reader &reader, const char *name, const Take &take)
{
    for (const json::Element element : reader.array(name)) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return reader.note(name);
        json::Reader inner(object, QByteArray("/") + name);
        take(inner);
        if (!inner.ok())
            return reader.note(inner);
    }
}

QList<int> readNumbers(json::Reader &reader, const char *name)
{
    QList<int> list;
    for (const json::Element element : reader.array(name)) {
        int64_t n = 0;
        if (element.get(n) != simdjson::SUCCESS || n < 1 || n > std::numeric_limits<int>::max()) {
            reader.note(name);
            break;
        }
        list << int(n);
    }
    return list;
}

int readKeyId(json::Reader &reader)
{
    const qint64 n = reader.integer("key");
    if (n < 1 || n > std::numeric_limits<int>::max())
        reader.note("key");
    return int(n);
}

QList<KeyGrant> readGrants(json::Reader &reader)
{
    QList<KeyGrant> list;
    each(reader, "grants", [&](json::Reader &inner) {
        list << KeyGrant{inner.id("device"), readKeyId(inner), inner.base64("sealed")};
    });
    return list;
}

} // namespace grantcoding

using namespace grantcoding;

QByteArray boxProof(const HospitalKeys &keys, const Id &hospital, const Id &device, QByteArrayView boxKey)
{
    return crypto::hash(about(hospital, device).append(boxKey), secretFor("box key", keys));
}

KeyGrant sealGrant(const HospitalKeys &keys, int keyId, const Id &hospital, const Id &device,
                   QByteArrayView boxKey)
{
    const QByteArray inner = crypto::seal(keys.dataKeys.value(keyId), secretFor("key grant", keys),
                                          about(hospital, device) + number(keyId));
    return {device, keyId, crypto::sealFor(inner, boxKey)};
}

std::optional<QByteArray> openGrant(const KeyGrant &grant, const HospitalKeys &keys, const Id &hospital,
                                    const crypto::BoxKey &key)
{
    const auto inner = crypto::openSealed(grant.sealed, key);
    if (!inner)
        return std::nullopt;
    const auto dataKey = crypto::open(*inner, secretFor("key grant", keys),
                                      about(hospital, grant.device) + number(grant.keyId));
    return dataKey && dataKey->size() == crypto::keySize ? dataKey : std::nullopt;
}

QByteArray paperId(const HospitalKeys &keys, QByteArrayView recoveryKey)
{
    if (recoveryKey.isEmpty())
        return {};
    QByteArray about = recoveryKey.toByteArray();
    for (const int id : keys.dataKeys.keys())
        about += ' ' + number(id);
    return crypto::hash(about, secretFor("paper", keys)).first(16).toHex();
}

PaperKeys sealForPaper(const HospitalKeys &keys, const Id &hospital, QByteArrayView recoveryKey)
{
    if (recoveryKey.isEmpty())
        return {};
    return {paperId(keys, recoveryKey), crypto::sealFor(hospital.toBytes() + keysText(keys), recoveryKey)};
}

std::optional<HospitalKeys> openWithPaper(const QByteArray &sealed, const Id &hospital,
                                          const crypto::BoxKey &paper)
{
    const auto plain = crypto::openSealed(sealed, paper);
    const QByteArray own = hospital.toBytes();
    return plain && plain->startsWith(own) ? keysFromText(plain->mid(own.size())) : std::nullopt;
}

QByteArray encode(const KeysRequest &request)
{
    QByteArray out = "{\"has\":" + numbers(request.has) + ",\"proof\":\"" + request.proof.toBase64() +
                     "\",\"grants\":" + grants(request.grants) + ",\"refused\":" + numbers(request.refused);
    if (!request.paper.id.isEmpty())
        out +=
            ",\"paper_id\":\"" + request.paper.id + "\",\"paper\":\"" + request.paper.sealed.toBase64() + '"';
    return out + '}';
}

Result<KeysRequest> decodeKeysRequest(QByteArrayView message)
{
    json::Message reader(message);
    KeysRequest request{readNumbers(reader, "has"), reader.base64("proof"), readGrants(reader),
                        readNumbers(reader, "refused")};
    request.paper = {reader.optionalBytes("paper_id"), QByteArray::fromBase64(reader.optionalBytes("paper"))};
    if (reader.ok() && request.proof.size() != crypto::hashSize)
        reader.note("proof");
    if (reader.ok() && !request.paper.id.isEmpty() &&
        (request.paper.id.size() != 32 || QByteArray::fromHex(request.paper.id).size() != 16))
        reader.note("paper_id");
    if (!reader.ok())
        return reader.failed();
    return request;
}

QByteArray encode(const KeysReply &reply)
{
    QByteArray out("{");
    appendStamp(out, reply);
    out += ",\"grants\":" + grants(reply.grants) + ",\"wanting\":[";
    for (qsizetype i = 0; i < reply.wanting.size(); ++i) {
        const KeyHolder &holder = reply.wanting[i];
        out += (i ? ",{\"device\":\"" : "{\"device\":\"") + holder.device.toString().toLatin1() +
               "\",\"box_key\":\"" + holder.boxKey.toBase64() + "\",\"proof\":\"" + holder.proof.toBase64() +
               "\",\"lacks\":" + numbers(holder.lacks) + '}';
    }
    return out + "]}";
}

Result<KeysReply> decodeKeysReply(QByteArrayView message)
{
    json::Message reader(message);
    KeysReply reply;
    readStamp(reader, reply);
    reply.grants = readGrants(reader);
    each(reader, "wanting", [&](json::Reader &inner) {
        reply.wanting << KeyHolder{inner.id("device"), inner.base64("box_key"), inner.base64("proof"),
                                   readNumbers(inner, "lacks")};
    });
    if (!reader.ok())
        return reader.failed();
    return reply;
}

Rotation newRotation(const HospitalKeys &keys, const Id &hospital, const Id &self, QByteArrayView ownBoxKey,
                     const QList<DeviceListing> &devices, int idsPassedOver, QStringList *later)
{
    Rotation rotation;
    rotation.keyId = keys.newest() + 1 + idsPassedOver;
    HospitalKeys all = keys;
    all.dataKeys.insert(rotation.keyId, crypto::randomBytes(crypto::keySize));
    for (const DeviceListing &device : devices) {
        const bool isSelf = device.id == self;
        if (device.state != "active")
            continue;
        if (isSelf || boxProof(keys, hospital, device.id, device.boxKey) == device.boxProof)
            rotation.grants << sealGrant(all, rotation.keyId, hospital, device.id,
                                         isSelf ? ownBoxKey : QByteArrayView(device.boxKey));
        else if (later)
            *later << device.name;
    }
    return rotation;
}

QByteArray encode(const Rotation &rotation)
{
    return "{\"actor\":\"" + rotation.actor.toString().toLatin1() + "\",\"role\":\"" +
           rotation.role.toString().toLatin1() + "\",\"key\":" + number(rotation.keyId) +
           ",\"grants\":" + grants(rotation.grants) + '}';
}

Result<Rotation> decodeRotation(QByteArrayView message)
{
    json::Message reader(message);
    Rotation rotation{reader.id("actor"), reader.id("role"), readKeyId(reader), readGrants(reader)};
    if (!reader.ok())
        return reader.failed();
    return rotation;
}

Resealing renewed(const Resealing &work, const Sealer &sealer)
{
    Resealing out{work.from, work.to};
    for (Resealing::Row row : work.rows) {
        WireFields fields;
        for (auto it = row.fields.begin(); it != row.fields.end(); ++it) {
            if (const auto envelope = sealer.renewed(it->envelope, row.id, it.key()))
                fields.insert(it.key(), {{}, *envelope, it->fingerprint});
        }
        row.fields = fields;
        if (!fields.isEmpty())
            out.rows << row;
    }
    for (Resealing::Event event : work.events) {
        event.name = sealer.renewed(event.name, event.actor, "actor_name").value_or(QByteArray());
        event.detail = sealer.renewed(event.detail, event.id, "detail").value_or(QByteArray());
        out.events << event;
    }
    for (Resealing::Piece piece : work.pieces) {
        if (const auto data = sealer.renewedPiece(piece.data, piece.content, piece.n)) {
            piece.data = *data;
            out.pieces << piece;
        }
    }
    return out;
}

QByteArray encode(const Resealing &work, const Stamp *stamp)
{
    QByteArray out("{");
    if (stamp) {
        appendStamp(out, *stamp);
        out += ',';
    }
    out += "\"from\":\"" + work.from + "\",\"to\":\"" + work.to + "\",\"rows\":[";
    for (qsizetype i = 0; i < work.rows.size(); ++i) {
        const auto &row = work.rows[i];
        out += (i ? ",{\"e\":\"" : "{\"e\":\"") + row.entity + "\",\"i\":\"" + row.id.toString().toLatin1() +
               "\",\"f\":" + encodeFields(row.fields) + '}';
    }
    out += "],\"events\":[";
    for (qsizetype i = 0; i < work.events.size(); ++i) {
        const auto &event = work.events[i];
        out += (i ? ",{\"device\":\"" : "{\"device\":\"") + event.device.toString().toLatin1() +
               "\",\"n\":" + number(event.n) + ",\"id\":\"" + event.id.toString().toLatin1() + '"';
        if (!event.actor.isNull())
            out += ",\"actor\":\"" + event.actor.toString().toLatin1() + '"';
        out += ",\"name\":\"" + event.name + "\",\"detail\":\"" + event.detail + "\"}";
    }
    out += "],\"pieces\":[";
    for (qsizetype i = 0; i < work.pieces.size(); ++i) {
        const auto &piece = work.pieces[i];
        out += (i ? ",{\"content\":\"" : "{\"content\":\"") + piece.content + "\",\"n\":" + number(piece.n) +
               ",\"data\":\"" + piece.data.toBase64() + "\"}";
    }
    return out + "]}";
}

namespace grantcoding {

// Copied into messages as they are: nothing that would need escaping may stand in them.
bool isPlain(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' ||
               c == '/' || c == '=' || c == '.' || c == '_' || c == '-';
    });
}

QByteArray plain(json::Reader &reader, const char *key)
{
    const QByteArray text = reader.bytes(key);
    if (!isPlain(text))
        reader.note(key);
    return text;
}

} // namespace grantcoding

Result<Resealing> decodeResealing(QByteArrayView message)
{
    json::Message reader(message);
    Resealing work{plain(reader, "from"), plain(reader, "to")};
    each(reader, "rows", [&](json::Reader &inner) {
        Resealing::Row row{plain(inner, "e"), inner.id("i")};
        const auto fields = json::readFields(inner.object("f"));
        if (!fields ||
            std::any_of(fields->begin(), fields->end(), [](const auto &f) { return !f.isSealed(); }))
            inner.note("f");
        row.fields = fields.value_or(WireFields());
        work.rows << row;
    });
    each(reader, "events", [&](json::Reader &inner) {
        work.events << Resealing::Event{inner.id("device"),   inner.integer("n"),
                                        inner.id("id"),       inner.optionalId("actor"),
                                        plain(inner, "name"), plain(inner, "detail")};
    });
    each(reader, "pieces", [&](json::Reader &inner) {
        work.pieces << Resealing::Piece{plain(inner, "content"), inner.integer("n"), inner.base64("data")};
    });
    if (!reader.ok())
        return reader.failed();
    return work;
}

} // namespace clinic::sync
