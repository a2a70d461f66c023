// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/messages.h"

#include <QtEndian>

namespace clinic::sync {
int digestPart(const Id &id)
{
    static_assert((digestParts & (digestParts - 1)) == 0);
    // The end of an id is random, whether it was made by time or derived.
    return ((id.data()[14] << 8) | id.data()[15]) & (digestParts - 1);
}

void Digest::add(QByteArrayView entity, const Id &id, qint64 version)
{
    QByteArray text;
    text.append(entity).append('/').append(reinterpret_cast<const char *>(id.data()), 16);
    text.append(QByteArray::number(version));
    m_parts[size_t(digestPart(id))] += qFromBigEndian<quint64>(crypto::hash(text).constData());
}

QByteArray Digest::toText() const
{
    QByteArray bytes(digestParts * 8, Qt::Uninitialized);
    for (int i = 0; i < digestParts; ++i)
        qToBigEndian(m_parts[size_t(i)], bytes.data() + qsizetype(i) * 8);
    return bytes.toBase64();
}

std::optional<Digest> Digest::fromText(const QByteArray &text)
{
    const QByteArray bytes = QByteArray::fromBase64(text);
    if (bytes.size() != digestParts * 8)
        return std::nullopt;
    Digest digest;
    for (int i = 0; i < digestParts; ++i)
        digest.m_parts[size_t(i)] = qFromBigEndian<quint64>(bytes.constData() + qsizetype(i) * 8);
    return digest;
}

Result<DigestReply> decodeDigestReply(QByteArrayView message)
{
    json::Message reader(message);
    DigestReply reply;
    readStamp(reader, reply);
    const auto digest = Digest::fromText(reader.bytes("digest"));
    if (reader.ok() && !digest)
        reader.note("digest");
    if (!reader.ok())
        return reader.failed();
    reply.digest = *digest;
    return reply;
}

Result<VersionsReply> decodeVersionsReply(QByteArrayView message)
{
    json::Message reader(message);
    VersionsReply reply;
    readStamp(reader, reply);
    for (const json::Element element : reader.array("parts")) {
        int64_t part = 0;
        if (element.get(part) != simdjson::SUCCESS || part < 0 || part >= digestParts)
            return fail(ErrorCode::Invalid, QStringLiteral("/parts"));
        reply.parts << int(part);
    }
    for (const json::Element element : reader.array("rows")) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS)
            return fail(ErrorCode::Invalid, QStringLiteral("/rows"));
        json::Reader inner(object, "/rows");
        reply.rows << RowVersion{inner.bytes("e"), inner.id("i"), inner.integer("v")};
        if (!inner.ok())
            return inner.failed();
    }
    if (!reader.ok())
        return reader.failed();
    return reply;
}

} // namespace clinic::sync
