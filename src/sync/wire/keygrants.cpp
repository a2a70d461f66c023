// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/keygrants.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace grantcoding {

constexpr qsizetype paperIdSize = 16;

// A secret that only PCs of the hospital can make: a server lacks the fingerprint key.
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

void writeNumbers(JsonWriter &out, const char *name, const QList<int> &list)
{
    out.openList(name);
    for (const int n : list)
        out.number(n);
    out.closeList();
}

void writeGrants(JsonWriter &out, const QList<KeyGrant> &list)
{
    out.openList("grants");
    for (const KeyGrant &grant : list)
        out.open()
            .id("device", grant.device)
            .number("key", grant.keyId)
            .base64("sealed", grant.sealed)
            .close();
    out.closeList();
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
    return crypto::hash(about, secretFor("paper", keys)).first(paperIdSize).toHex();
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
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeNumbers(writer, "has", request.has);
    writer.base64("proof", request.proof);
    writeGrants(writer, request.grants);
    writeNumbers(writer, "refused", request.refused);
    if (!request.paper.id.isEmpty())
        writer.text("paper_id", request.paper.id).base64("paper", request.paper.sealed);
    writer.close();
    return out;
}

Result<KeysRequest> decodeKeysRequest(QByteArrayView message)
{
    json::Message reader(message);
    KeysRequest request{readNumbers(reader, "has"), reader.base64("proof"), readGrants(reader),
                        readNumbers(reader, "refused")};
    request.paper = {reader.optionalBytes("paper_id"), reader.optionalBase64("paper")};
    if (reader.ok() && request.proof.size() != crypto::hashSize)
        reader.note("proof");
    if (reader.ok() && !request.paper.id.isEmpty() && !grammar::isHex(request.paper.id, paperIdSize))
        reader.note("paper_id");
    if (!reader.ok())
        return reader.failed();
    return request;
}

QByteArray encode(const KeysReply &reply)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, reply);
    writeGrants(writer, reply.grants);
    writer.openList("wanting");
    for (const KeyHolder &holder : reply.wanting) {
        writer.open().id("device", holder.device).base64("box_key", holder.boxKey);
        writer.base64("proof", holder.proof);
        writeNumbers(writer, "lacks", holder.lacks);
        writer.close();
    }
    writer.closeList().close();
    return out;
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
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("actor", rotation.actor).id("role", rotation.role).number("key", rotation.keyId);
    writeGrants(writer, rotation.grants);
    writer.close();
    return out;
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
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    if (stamp)
        writeStamp(writer, *stamp);
    writer.text("from", work.from).text("to", work.to).openList("rows");
    for (const Resealing::Row &row : work.rows)
        writer.open().text("e", row.entity).id("i", row.id).json("f", encodeFields(row.fields)).close();
    writer.closeList().openList("events");
    for (const Resealing::Event &event : work.events) {
        writer.open().id("device", event.device).number("n", event.n).id("id", event.id);
        writer.anyId("actor", event.actor).text("name", event.name).text("detail", event.detail).close();
    }
    writer.closeList().openList("pieces");
    for (const Resealing::Piece &piece : work.pieces)
        writer.open().text("content", piece.content).number("n", piece.n).base64("data", piece.data).close();
    writer.closeList().close();
    return out;
}

namespace grantcoding {

// An envelope, or nothing where there was none.
bool isEnvelopeOrEmpty(QByteArrayView text)
{
    return text.isEmpty() || grammar::isEnvelope(text);
}

} // namespace grantcoding

Result<Resealing> decodeResealing(QByteArrayView message)
{
    json::Message reader(message);
    Resealing work{reader.word("from", grammar::isPlace), reader.word("to", grammar::isPlace)};
    each(reader, "rows", [&](json::Reader &inner) {
        Resealing::Row row{inner.word("e", grammar::isName), inner.id("i")};
        const auto fields = json::readFields(inner.object("f"));
        if (!fields ||
            std::any_of(fields->begin(), fields->end(), [](const auto &f) { return !f.isSealed(); }))
            inner.note("f");
        row.fields = fields.value_or(WireFields());
        work.rows << row;
    });
    each(reader, "events", [&](json::Reader &inner) {
        work.events << Resealing::Event{inner.id("device"),
                                        inner.count("n"),
                                        inner.id("id"),
                                        inner.optionalId("actor"),
                                        inner.word("name", isEnvelopeOrEmpty),
                                        inner.word("detail", isEnvelopeOrEmpty)};
    });
    each(reader, "pieces", [&](json::Reader &inner) {
        work.pieces << Resealing::Piece{inner.word("content", grammar::isPlace), inner.count("n"),
                                        inner.base64("data")};
    });
    if (!reader.ok())
        return reader.failed();
    return work;
}

} // namespace clinic::sync
