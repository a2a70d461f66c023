// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

// The one wrapper around libsodium. Nothing here is home-made cryptography.
namespace clinic::crypto {

inline constexpr int keySize = 32;
inline constexpr int hashSize = 32;

// Must be called once before anything else here; false when the library cannot start.
[[nodiscard]] bool initialise();
// Of libsodium, as it runs.
[[nodiscard]] QString libraryVersion();
[[nodiscard]] QByteArray randomBytes(int count);
// BLAKE2b-256, keyed when key is not empty.
[[nodiscard]] QByteArray hash(QByteArrayView data, QByteArrayView key = {});
// XChaCha20-Poly1305: nonce (24) + ciphertext + tag (16).
[[nodiscard]] QByteArray seal(QByteArrayView plain, QByteArrayView key, QByteArrayView associated);
// Nothing when key, associated data or any byte differs.
[[nodiscard]] std::optional<QByteArray> open(QByteArrayView sealed, QByteArrayView key,
                                             QByteArrayView associated);

// Ed25519: what a device or a server is known by.
struct SigningKey
{
    QByteArray publicKey; // 32 bytes
    QByteArray secretKey; // 64 bytes
};
[[nodiscard]] SigningKey newSigningKey();
[[nodiscard]] QByteArray sign(QByteArrayView message, QByteArrayView secretKey); // 64 bytes
[[nodiscard]] bool verify(QByteArrayView message, QByteArrayView signature, QByteArrayView publicKey);
// X25519: what is sealed for a device is sealed to its public half.
struct BoxKey
{
    QByteArray publicKey; // 32 bytes
    QByteArray secretKey; // 32 bytes
};
[[nodiscard]] BoxKey newBoxKey();
// The same pair for the same 32 bytes.
[[nodiscard]] BoxKey boxKeyFrom(QByteArrayView seed);
// Over a key or a password in memory that nobody needs any more.
void wipe(QByteArray &bytes);
// The X25519 halves of a signing key: what is sealed for whoever is known by it. Empty for what is no key.
[[nodiscard]] QByteArray boxPublicOf(QByteArrayView signPublic);
[[nodiscard]] QByteArray boxSecretOf(QByteArrayView signSecret);
// For the holder of a box key alone; whoever sealed it cannot open it again.
[[nodiscard]] QByteArray sealFor(QByteArrayView plain, QByteArrayView boxPublic);
[[nodiscard]] std::optional<QByteArray> openSealed(QByteArrayView sealed, const BoxKey &key);
// Equal in a time that does not depend on where they differ.
[[nodiscard]] bool equal(QByteArrayView a, QByteArrayView b);

// Cost of Argon2id: interactive for tests and kiosk, moderate for people.
struct PasswordCost
{
    unsigned long long passes = 3;
    size_t memoryBytes = size_t(64) * 1024 * 1024;
};
// The Argon2id verifier with its parameters and salt inside, as libsodium's string.
// A key made of a password: empty when the memory for it is not there.
[[nodiscard]] QByteArray keyFromPassword(const QByteArray &password, const QByteArray &salt,
                                         const PasswordCost &cost);
// A password as it is taken from now on (UTF-8, NFC: one keyboard types é as one character, another as two),
// and as it may have been taken before. The first is for new keys and verifiers, all of them are tried.
[[nodiscard]] QList<QByteArray> passwordForms(const QString &password);
[[nodiscard]] QString passwordVerifier(const QString &password, const PasswordCost &cost);
[[nodiscard]] bool passwordMatches(const QString &password, const QString &verifier);
// True when the verifier was made with a lower cost than the policy asks for now.
[[nodiscard]] bool needsRaise(const QString &verifier, const PasswordCost &cost);

} // namespace clinic::crypto
