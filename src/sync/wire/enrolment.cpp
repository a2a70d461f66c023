// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/enrolment.h"

#include "core/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace enrolmentcoding {

// Base 32 without I, L, O, U, which look like others.
constexpr char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int secretSize = 20;
constexpr int checkSize = 4;

QByteArray toBase32(const QByteArray &bytes)
{
    QByteArray out;
    quint32 buffer = 0;
    int bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8) | uchar(c);
        for (bits += 8; bits >= 5; bits -= 5)
            out += letters[(buffer >> (bits - 5)) & 31];
    }
    if (bits)
        out += letters[(buffer << (5 - bits)) & 31];
    return out;
}

std::optional<QByteArray> fromBase32(QStringView text)
{
    QByteArray out;
    quint32 buffer = 0;
    int bits = 0;
    for (const QChar raw : text) {
        QChar c = raw.toUpper();
        if (c.isSpace() || c == u'-')
            continue;
        if (c == u'O')
            c = u'0';
        if (c == u'I' || c == u'L')
            c = u'1';
        const char *at = c.unicode() < 128 ? std::strchr(letters, c.toLatin1()) : nullptr;
        if (!at || !*at)
            return std::nullopt;
        buffer = (buffer << 5) | quint32(at - letters);
        bits += 5;
        if (bits >= 8) {
            out += char((buffer >> (bits - 8)) & 255);
            bits -= 8;
        }
    }
    return out;
}

void appendPart(QByteArray &out, const QByteArray &part)
{
    out += char(part.size());
    out += part;
}

} // namespace enrolmentcoding

using namespace enrolmentcoding;

QString EnrolmentCode::toText() const
{
    QByteArray out(1, 1); // version
    appendPart(out, servers.join(u' ').toUtf8().left(255));
    out += hospital.toBytes();
    appendPart(out, serverKey);
    appendPart(out, certificate);
    out += secret;
    out += crypto::hash(out).first(checkSize);
    const QByteArray text = toBase32(out);
    QString grouped;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (i && i % 5 == 0)
            grouped += u'-';
        grouped += QLatin1Char(text[i]);
    }
    return grouped;
}

Result<EnrolmentCode> EnrolmentCode::fromText(QStringView text)
{
    const auto bad = [] { return fail(ErrorCode::Invalid, QStringLiteral("code")); };
    const auto bytes = fromBase32(text);
    if (!bytes || bytes->size() < checkSize + 2 || bytes->front() != 1)
        return bad();
    const QByteArray body = bytes->first(bytes->size() - checkSize);
    if (crypto::hash(body).first(checkSize) != bytes->last(checkSize))
        return bad();
    qsizetype at = 1;
    bool whole = true;
    const auto take = [&](qsizetype count) {
        whole = whole && at + count <= body.size();
        const QByteArray part = whole ? body.mid(at, count) : QByteArray();
        at += count;
        return part;
    };
    const auto takePart = [&] {
        const QByteArray size = take(1);
        return take(size.isEmpty() ? 0 : uchar(size[0]));
    };
    EnrolmentCode code;
    code.servers = QString::fromUtf8(takePart()).split(u' ', Qt::SkipEmptyParts);
    code.hospital = Id::fromBytes(take(16));
    code.serverKey = takePart();
    code.certificate = takePart();
    code.secret = take(secretSize);
    if (!whole || at != body.size() || code.hospital.isNull() || code.servers.isEmpty())
        return bad();
    return code;
}

namespace enrolmentcoding {

QByteArray wrappingKey(const QByteArray &secret)
{
    return crypto::hash("clinicdesk enrolment wrapping key", crypto::hash(secret));
}

} // namespace enrolmentcoding

QByteArray enrolmentProof(const QByteArray &secret)
{
    return crypto::hash("clinicdesk enrolment proof", crypto::hash(secret));
}

// "id.key.fingerprint" of the newest, as older versions read it, then ".id.key" of each older key.
QByteArray keysText(const HospitalKeys &keys)
{
    QByteArray text;
    for (auto it = keys.dataKeys.end(); it != keys.dataKeys.begin();) {
        --it;
        text += (text.isEmpty() ? "" : ".") + QByteArray::number(it.key()) + '.' + it.value().toBase64();
        if (it.key() == keys.newest())
            text += '.' + keys.fingerprintKey.toBase64();
    }
    return text;
}

std::optional<HospitalKeys> keysFromText(const QByteArray &text)
{
    const auto parts = text.split('.');
    if (parts.size() < 3 || parts.size() % 2 == 0)
        return std::nullopt;
    HospitalKeys keys{{{parts[0].toInt(), QByteArray::fromBase64(parts[1])}},
                      QByteArray::fromBase64(parts[2])};
    for (qsizetype i = 3; i < parts.size(); i += 2)
        keys.dataKeys.insert(parts[i].toInt(), QByteArray::fromBase64(parts[i + 1]));
    return keys;
}

QByteArray wrapKeys(const HospitalKeys &keys, const QByteArray &secret, const Id &hospital)
{
    return crypto::seal(keysText(keys), wrappingKey(secret), hospital.toBytes()).toBase64();
}

std::optional<HospitalKeys> unwrapKeys(const QByteArray &wrapped, const QByteArray &secret,
                                       const Id &hospital)
{
    const auto plain = crypto::open(QByteArray::fromBase64(wrapped), wrappingKey(secret), hospital.toBytes());
    return plain ? keysFromText(*plain) : std::nullopt;
}

DeviceKeys DeviceKeys::create()
{
    const auto signing = crypto::newSigningKey();
    const auto box = crypto::newBoxKey();
    return {signing.publicKey, signing.secretKey, box.publicKey, box.secretKey};
}

QByteArray encodeEnrol(const EnrolmentCode &code, const Id &own, const Id &device, const DeviceKeys &keys,
                       const QString &name, qint64 next)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("hospital", code.hospital).base64("proof", enrolmentProof(code.secret));
    writer.id("device", device).base64("sign_key", keys.signPublic).base64("box_key", keys.boxPublic);
    writer.number("next", next).text("name", name).anyId("own", own).close();
    return out;
}

QByteArray successionText(const Id &device, const QByteArray &signKey)
{
    return "clinicdesk succeed " + device.toString().toLatin1() + ' ' + signKey.toBase64();
}

QByteArray encodeSucceed(const Id &hospital, const Id &predecessor, const QByteArray &predecessorKey,
                         const Id &device, const DeviceKeys &keys, qint64 next)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("hospital", hospital).id("predecessor", predecessor);
    writer.base64("signature", crypto::sign(successionText(device, keys.signPublic), predecessorKey));
    writer.id("device", device).base64("sign_key", keys.signPublic).base64("box_key", keys.boxPublic);
    writer.number("next", next).close();
    return out;
}

Result<EnrolReply> decodeEnrolReply(QByteArrayView message)
{
    json::Message reader(message);
    EnrolReply reply;
    reply.hospital = reader.id("hospital");
    reply.epoch = reader.bytes("epoch");
    reply.number = reader.count("number");
    reply.serverKey = reader.base64("server_key");
    reply.refresh = reader.base64("refresh");
    reply.wrapped = reader.bytes("wrapped");
    reply.paper = reader.optionalBase64("paper");
    if (!reader.ok())
        return reader.failed();
    return reply;
}

namespace {
// The actor's members, in an object that stays open.
JsonWriter &ask(JsonWriter &out, const Id &actor, const Id &role)
{
    return out.open().id("actor", actor).id("role", role);
}
} // namespace

QByteArray encodeDevices(const Id &actor, const Id &role, const DeviceChange &change)
{
    QByteArray out;
    JsonWriter writer(out);
    ask(writer, actor, role);
    if (!change.device.isNull()) {
        writer.id("device", change.device);
        writer.text(change.scopes.isEmpty() ? "state" : "scopes",
                    change.scopes.isEmpty() ? change.state : change.scopes);
    }
    writer.close();
    return out;
}

QByteArray encodeOwnDevices(const Id &actor, const Id &role)
{
    QByteArray out;
    JsonWriter writer(out);
    ask(writer, actor, role).flag("mine", true).close();
    return out;
}

QByteArray encodeChart(const Id &patient, const Id &actor, const Id &role, const QByteArray &after)
{
    QByteArray out;
    JsonWriter writer(out);
    ask(writer, actor, role).id("patient", patient).text("after", after).close();
    return out;
}

QByteArray encodeCode(const QByteArray &proofHash, const QByteArray &wrapped, const QByteArray &scopes,
                      const Id &actor, const Id &role)
{
    QByteArray out;
    JsonWriter writer(out);
    ask(writer, actor, role).base64("proof_hash", proofHash).text("wrapped", wrapped);
    writer.anyText("scopes", scopes).close();
    return out;
}

QByteArray wipeOrder(const Id &hospital, const Id &device, qint64 at)
{
    return "clinicdesk order wipe " + hospital.toString().toLatin1() + ' ' + device.toString().toLatin1() +
           ' ' + QByteArray::number(at);
}

Result<QList<DeviceListing>> decodeDevicesReply(QByteArrayView message)
{
    json::Message reader(message);
    QList<DeviceListing> list;
    for (const json::Element element : reader.array("devices")) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QStringLiteral("/devices"));
        json::Reader inner(object, "/devices");
        list << DeviceListing{inner.id("id"),
                              inner.count("number"),
                              inner.text("name"),
                              inner.bytes("state"),
                              inner.time("last_contact"),
                              inner.time("created_at"),
                              inner.bytes("scopes"),
                              inner.optionalTime("wiped_at"),
                              QString::fromUtf8(inner.optionalBytes("system")),
                              QString::fromUtf8(inner.optionalBytes("version")),
                              inner.optionalId("last_user"),
                              inner.optionalTime("last_used_at"),
                              inner.optionalBase64("box_key"),
                              inner.optionalBase64("box_proof")};
        if (!inner.ok())
            return inner.failed();
    }
    if (!reader.ok())
        return reader.failed();
    return list;
}

QString deviceCode(qint64 number)
{
    QString code;
    do {
        code.prepend(QLatin1Char(letters[number % 32]));
        number /= 32;
    } while (number > 0);
    return code;
}

} // namespace clinic::sync
