// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

// The only wrapper around libsodium; no cryptography of our own.
namespace clinic::crypto {

inline constexpr int keySize = 32;
inline constexpr int hashSize = 32;

// Call once before any other function here; false when the library cannot start.
[[nodiscard]] bool initialise();
// The version of libsodium at run time.
[[nodiscard]] QString libraryVersion();
[[nodiscard]] QByteArray randomBytes(int count);
// BLAKE2b-256, keyed when key is not empty.
[[nodiscard]] QByteArray hash(QByteArrayView data, QByteArrayView key = {});
// XChaCha20-Poly1305: nonce (24) + ciphertext + tag (16).
[[nodiscard]] QByteArray seal(QByteArrayView plain, QByteArrayView key, QByteArrayView associated);
// Nothing when key, associated data or any byte differs.
[[nodiscard]] std::optional<QByteArray> open(QByteArrayView sealed, QByteArrayView key,
                                             QByteArrayView associated);

// Ed25519: the identity of a device or a server.
struct SigningKey
{
    QByteArray publicKey; // 32 bytes
    QByteArray secretKey; // 64 bytes
};
[[nodiscard]] SigningKey newSigningKey();
[[nodiscard]] QByteArray sign(QByteArrayView message, QByteArrayView secretKey); // 64 bytes
[[nodiscard]] bool verify(QByteArrayView message, QByteArrayView signature, QByteArrayView publicKey);
// X25519: the public half seals for a device.
struct BoxKey
{
    QByteArray publicKey; // 32 bytes
    QByteArray secretKey; // 32 bytes
};
[[nodiscard]] BoxKey newBoxKey();
// The same pair for the same 32 bytes.
[[nodiscard]] BoxKey boxKeyFrom(QByteArrayView seed);
// Overwrites a key or a password in memory.
void wipe(QByteArray &bytes);
// The X25519 public half of a signing key, for sealing to its owner. Empty for an invalid key.
[[nodiscard]] QByteArray boxPublicOf(QByteArrayView signPublic);
[[nodiscard]] QByteArray boxSecretOf(QByteArrayView signSecret);
// Sealed for the holder of the box key; the sealing side cannot open it.
[[nodiscard]] QByteArray sealFor(QByteArrayView plain, QByteArrayView boxPublic);
[[nodiscard]] std::optional<QByteArray> openSealed(QByteArrayView sealed, const BoxKey &key);
// Equality in constant time.
[[nodiscard]] bool equal(QByteArrayView a, QByteArrayView b);

// Cost of Argon2id: interactive for tests and kiosk, moderate for people.
struct PasswordCost
{
    unsigned long long passes = 3;
    size_t memoryBytes = size_t(64) * 1024 * 1024;
};
// A key from a password with Argon2id; empty when there is not enough memory.
[[nodiscard]] QByteArray keyFromPassword(const QByteArray &password, const QByteArray &salt,
                                         const PasswordCost &cost);
// A password's current form (UTF-8, NFC: one keyboard types é as one character, another as two), then its
// possible older forms. The first is for new keys and verifiers; check all of them.
[[nodiscard]] QList<QByteArray> passwordForms(const QString &password);
// The Argon2id verifier with its parameters and salt, as libsodium's string.
[[nodiscard]] QString passwordVerifier(const QString &password, const PasswordCost &cost);
[[nodiscard]] bool passwordMatches(const QString &password, const QString &verifier);
// True when the verifier has a lower cost than the current policy.
[[nodiscard]] bool needsRaise(const QString &verifier, const PasswordCost &cost);

} // namespace clinic::crypto
