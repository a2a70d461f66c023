// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/sealer.h"

#include "core/crypto.h"

#include <QReadWriteLock>

namespace clinic::sync {

struct Sealer::Ring
{
    explicit Ring(HospitalKeys all) : keys(std::move(all)) {}
    [[nodiscard]] QByteArray key(int id)
    {
        const QReadLocker locked(&lock);
        return keys.dataKeys.value(id);
    }
    [[nodiscard]] std::pair<int, QByteArray> newest()
    {
        const QReadLocker locked(&lock);
        return {keys.newest(), keys.dataKeys.value(keys.newest())};
    }
    QReadWriteLock lock;
    HospitalKeys keys; // the fingerprint key never changes and is read without the lock
};

HospitalKeys HospitalKeys::create()
{
    return {{{firstId, crypto::randomBytes(crypto::keySize)}}, crypto::randomBytes(crypto::keySize)};
}

int keyIdOf(QByteArrayView sealed)
{
    const auto dot = sealed.first(qMin<qsizetype>(sealed.size(), 11)).indexOf('.');
    return dot > 0 ? qMax(0, sealed.first(dot).toInt()) : 0;
}

Sealer::Sealer() : m_ring(std::make_shared<Ring>(HospitalKeys{})) {}

Sealer::Sealer(HospitalKeys keys, Id hospital)
    : m_ring(std::make_shared<Ring>(std::move(keys))), m_hospital(hospital)
{}

void Sealer::add(const QMap<int, QByteArray> &dataKeys) const
{
    const QWriteLocker locked(&m_ring->lock);
    for (auto it = dataKeys.begin(); it != dataKeys.end(); ++it) {
        if (!m_ring->keys.dataKeys.contains(it.key()))
            m_ring->keys.dataKeys.insert(it.key(), it.value());
    }
}

HospitalKeys Sealer::keys() const
{
    const QReadLocker locked(&m_ring->lock);
    return m_ring->keys;
}

bool Sealer::hasKeyOf(QByteArrayView envelope) const
{
    const int id = keyIdOf(envelope);
    return id == 0 || !m_ring->key(id).isEmpty();
}

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
    const auto [id, key] = m_ring->newest();
    return QByteArray::number(id) + '.' +
           crypto::seal(valueBytes(value), key, context(row, field)).toBase64();
}

// What is sealed in an envelope; nothing without its key or when any byte differs.
static std::optional<QByteArray> openEnvelope(QByteArrayView envelope, const QByteArray &key,
                                              const QByteArray &context)
{
    const QByteArrayView text = envelope.sliced(envelope.indexOf('.') + 1);
    return crypto::open(QByteArray::fromBase64(QByteArray::fromRawData(text.data(), text.size())), key,
                        context);
}

std::optional<Value> Sealer::open(QByteArrayView envelope, const Id &row, QByteArrayView field) const
{
    const QByteArray key = m_ring->key(keyIdOf(envelope));
    const auto plain = key.isEmpty() ? std::nullopt : openEnvelope(envelope, key, context(row, field));
    return plain ? valueFromBytes(*plain) : std::nullopt;
}

std::optional<QByteArray> Sealer::renewed(QByteArrayView envelope, const Id &row, QByteArrayView field) const
{
    const auto value = open(envelope, row, field);
    return value ? std::optional(this->envelope(*value, row, field)) : std::nullopt;
}

QByteArray Sealer::contentName(QByteArrayView bytes) const
{
    return crypto::hash(bytes, crypto::hash("clinicdesk documents", m_ring->keys.fingerprintKey)).toHex();
}

QByteArray Sealer::pieceContext(QByteArrayView content, qint64 n) const
{
    QByteArray out = m_hospital.toBytes();
    return out.append("document/").append(content).append('/').append(QByteArray::number(n));
}

QByteArray Sealer::sealPiece(QByteArrayView bytes, QByteArrayView content, qint64 n) const
{
    const auto [id, key] = m_ring->newest();
    return QByteArray::number(id) + '.' + crypto::seal(bytes, key, pieceContext(content, n));
}

std::optional<QByteArray> Sealer::openPiece(QByteArrayView sealed, QByteArrayView content, qint64 n) const
{
    const QByteArray key = m_ring->key(keyIdOf(sealed));
    if (key.isEmpty())
        return std::nullopt;
    return crypto::open(sealed.sliced(sealed.indexOf('.') + 1), key, pieceContext(content, n));
}

std::optional<QByteArray> Sealer::renewedPiece(QByteArrayView sealed, QByteArrayView content, qint64 n) const
{
    const auto plain = openPiece(sealed, content, n);
    return plain ? std::optional(sealPiece(*plain, content, n)) : std::nullopt;
}

QByteArray Sealer::fingerprint(const Value &value, const Id &row, QByteArrayView field) const
{
    if (isNull(value))
        return {};
    return crypto::hash(context(row, field) + '\n' + valueBytes(value), m_ring->keys.fingerprintKey)
        .first(16)
        .toBase64();
}

} // namespace clinic::sync
