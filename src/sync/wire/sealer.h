// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value.h"

#include <QMap>
#include <memory>

namespace clinic::sync {

// The hospital's keys as they lie in the local file.
struct HospitalKeys
{
    static constexpr int firstId = 1;
    QMap<int, QByteArray>
        dataKeys;              // 32 bytes each, by id; the one with the highest id seals, all of them open
    QByteArray fingerprintKey; // 32 bytes, stays when the data key is replaced
    [[nodiscard]] static HospitalKeys create();
    [[nodiscard]] int newest() const { return dataKeys.isEmpty() ? 0 : dataKeys.lastKey(); }
};

// "keyid" of an envelope or a piece of a document; 0 for what is neither.
[[nodiscard]] int keyIdOf(QByteArrayView sealed);

// Turns sealed values into what may leave the device: envelopes (XChaCha20-Poly1305, bound to hospital, row
// and field) and fingerprints (keyed BLAKE2b of row, field and value, by which equality is seen without the
// value). Copies share their keys, and any thread may seal and open while another adds one.
class Sealer
{
public:
    Sealer();
    Sealer(HospitalKeys keys, Id hospital);

    // A key that came later: whoever has a copy of this seals with the newest from here on.
    void add(const QMap<int, QByteArray> &dataKeys) const;
    [[nodiscard]] HospitalKeys keys() const;
    // False: it was sealed with a key that is still to come.
    [[nodiscard]] bool hasKeyOf(QByteArrayView envelope) const;
    // The same value under the newest key; nothing when it cannot be opened.
    [[nodiscard]] std::optional<QByteArray> renewed(QByteArrayView envelope, const Id &row,
                                                    QByteArrayView field) const;
    [[nodiscard]] std::optional<QByteArray> renewedPiece(QByteArrayView sealed, QByteArrayView content,
                                                         qint64 n) const;

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

    struct Ring;
    std::shared_ptr<Ring> m_ring;
    Id m_hospital;
};

// The bytes of a value that are sealed or hashed: a type letter and the content.
[[nodiscard]] QByteArray valueBytes(const Value &value);
[[nodiscard]] std::optional<Value> valueFromBytes(QByteArrayView bytes);

} // namespace clinic::sync
