// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/sealer.h"

#include "core/crypto.h"

namespace clinic::sync {

QByteArray valueBytes(const Value &value)
{
    if (const auto *i = std::get_if<qint64>(&value))
        return 'i' + QByteArray::number(*i);
    if (const auto *s = std::get_if<QString>(&value))
        return 's' + s->toUtf8();
    if (const auto *b = std::get_if<QByteArray>(&value))
        return 'b' + *b;
    return QByteArrayLiteral("n");
}

std::optional<Value> valueFromBytes(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return std::nullopt;
    const QByteArrayView rest = bytes.sliced(1);
    switch (bytes.front()) {
    case 'n':
        return Value{};
    case 'i':
        return Value{rest.toLongLong()};
    case 's':
        return Value{QString::fromUtf8(rest)};
    case 'b':
        return Value{rest.toByteArray()};
    default:
        return std::nullopt;
    }
}

QByteArray Sealer::context(const Id &row, QByteArrayView field) const
{
    QByteArray out;
    out.reserve(32 + field.size());
    out.append(m_hospital.view()).append(row.view()).append(field);
    return out;
}

QByteArray Sealer::envelope(const Value &value, const Id &row, QByteArrayView field) const
{
    return QByteArray::number(m_keys.dataKeyId) + '.' +
           crypto::seal(valueBytes(value), m_keys.dataKey, context(row, field)).toBase64();
}

std::optional<Value> Sealer::open(QByteArrayView envelope, const Id &row, QByteArrayView field) const
{
    const auto dot = envelope.indexOf('.');
    if (dot < 0 || envelope.first(dot).toInt() != m_keys.dataKeyId)
        return std::nullopt;
    const QByteArrayView text = envelope.sliced(dot + 1);
    const auto plain = crypto::open(QByteArray::fromBase64(QByteArray::fromRawData(text.data(), text.size())),
                                    m_keys.dataKey, context(row, field));
    return plain ? valueFromBytes(*plain) : std::nullopt;
}

QByteArray Sealer::contentName(QByteArrayView bytes) const
{
    return crypto::hash(bytes, crypto::hash("clinicdesk documents", m_keys.fingerprintKey)).toHex();
}

QByteArray Sealer::pieceContext(QByteArrayView content, qint64 n) const
{
    QByteArray out = m_hospital.toBytes();
    return out.append("document/").append(content).append('/').append(QByteArray::number(n));
}

QByteArray Sealer::sealPiece(QByteArrayView bytes, QByteArrayView content, qint64 n) const
{
    return QByteArray::number(m_keys.dataKeyId) + '.' +
           crypto::seal(bytes, m_keys.dataKey, pieceContext(content, n));
}

std::optional<QByteArray> Sealer::openPiece(QByteArrayView sealed, QByteArrayView content, qint64 n) const
{
    const auto dot = sealed.indexOf('.');
    if (dot < 0 || sealed.first(dot).toByteArray().toInt() != m_keys.dataKeyId)
        return std::nullopt;
    return crypto::open(sealed.sliced(dot + 1), m_keys.dataKey, pieceContext(content, n));
}

QByteArray Sealer::fingerprint(const Value &value, const Id &row, QByteArrayView field) const
{
    if (isNull(value))
        return {};
    return crypto::hash(context(row, field) + '\n' + valueBytes(value), m_keys.fingerprintKey)
        .first(16)
        .toBase64();
}

} // namespace clinic::sync
