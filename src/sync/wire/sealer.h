// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value.h"

namespace clinic::sync {

// The hospital's keys as they lie in the local file.
struct HospitalKeys
{
    QByteArray dataKey; // 32 bytes, rotates
    int dataKeyId = 1;
    QByteArray fingerprintKey; // 32 bytes, never rotates
};

// Turns sealed values into what may leave the device: envelopes (XChaCha20-Poly1305, bound to hospital, row
// and field) and fingerprints (keyed BLAKE2b of row, field and value, by which equality is seen without the
// value).
class Sealer
{
public:
    Sealer() = default;
    Sealer(HospitalKeys keys, Id hospital) : m_keys(std::move(keys)), m_hospital(hospital) {}

    // "keyid.base64(nonce + ciphertext)"
    [[nodiscard]] QByteArray envelope(const Value &value, const Id &row, QByteArrayView field) const;
    // Nothing when it was made for another row, field or hospital, or any byte differs.
    [[nodiscard]] std::optional<Value> open(QByteArrayView envelope, const Id &row,
                                            QByteArrayView field) const;
    // base64 of 16 bytes; empty for null.
    [[nodiscard]] QByteArray fingerprint(const Value &value, const Id &row, QByteArrayView field) const;

    // What a document's bytes are known by: keyed BLAKE2b, 64 hexadecimal digits. Without the hospital's key
    // nobody can tell whether a document he knows is among them.
    [[nodiscard]] QByteArray contentName(QByteArrayView bytes) const;
    // Piece n of a document: "keyid." and nonce, ciphertext and tag, bound to hospital, content and place.
    [[nodiscard]] QByteArray sealPiece(QByteArrayView bytes, QByteArrayView content, qint64 n) const;
    [[nodiscard]] std::optional<QByteArray> openPiece(QByteArrayView sealed, QByteArrayView content,
                                                      qint64 n) const;

private:
    [[nodiscard]] QByteArray pieceContext(QByteArrayView content, qint64 n) const;
    [[nodiscard]] QByteArray context(const Id &row, QByteArrayView field) const;

    HospitalKeys m_keys;
    Id m_hospital;
};

// The bytes of a value that are sealed or hashed: a type letter and the content.
[[nodiscard]] QByteArray valueBytes(const Value &value);
[[nodiscard]] std::optional<Value> valueFromBytes(QByteArrayView bytes);

} // namespace clinic::sync
