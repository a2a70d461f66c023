// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"

#include <algorithm>
#include <sodium.h>

namespace clinic::crypto {
namespace {

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

} // namespace

QString libraryVersion()
{
    return QString::fromLatin1(sodium_version_string());
}

bool initialise()
{
    return sodium_init() >= 0;
}

QByteArray randomBytes(int count)
{
    QByteArray out(count, Qt::Uninitialized);
    randombytes_buf(out.data(), size_t(count));
    return out;
}

QByteArray hash(QByteArrayView data, QByteArrayView key)
{
    QByteArray out(hashSize, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(out.data()), hashSize, bytes(data),
                       static_cast<unsigned long long>(data.size()), key.isEmpty() ? nullptr : bytes(key),
                       size_t(key.size()));
    return out;
}

QByteArray seal(QByteArrayView plain, QByteArrayView key, QByteArrayView associated)
{
    constexpr int nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    Q_ASSERT(key.size() == keySize);
    QByteArray out(nonceSize + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, Qt::Uninitialized);
    auto *data = reinterpret_cast<unsigned char *>(out.data());
    randombytes_buf(data, nonceSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        data + nonceSize, nullptr, bytes(plain), static_cast<unsigned long long>(plain.size()),
        bytes(associated), static_cast<unsigned long long>(associated.size()), nullptr, data, bytes(key));
    return out;
}

std::optional<QByteArray> open(QByteArrayView sealed, QByteArrayView key, QByteArrayView associated)
{
    constexpr int nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr int tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < nonceSize + tagSize || key.size() != keySize)
        return std::nullopt;
    QByteArray out(sealed.size() - nonceSize - tagSize, Qt::Uninitialized);
    const int rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char *>(out.data()), nullptr, nullptr, bytes(sealed) + nonceSize,
        static_cast<unsigned long long>(sealed.size() - nonceSize), bytes(associated),
        static_cast<unsigned long long>(associated.size()), bytes(sealed), bytes(key));
    return rc == 0 ? std::optional(out) : std::nullopt;
}

QList<QByteArray> passwordForms(const QString &password)
{
    QList<QByteArray> forms{password.normalized(QString::NormalizationForm_C).toUtf8()};
    for (const QString &other : {password, password.normalized(QString::NormalizationForm_D)}) {
        if (const QByteArray utf8 = other.toUtf8(); !forms.contains(utf8))
            forms << utf8;
    }
    return forms;
}

QString passwordVerifier(const QString &password, const PasswordCost &cost)
{
    char out[crypto_pwhash_STRBYTES];
    const QByteArray utf8 = passwordForms(password).first();
    const int rc = crypto_pwhash_argon2id_str(
        out, utf8.constData(), static_cast<unsigned long long>(utf8.size()), cost.passes, cost.memoryBytes);
    return rc == 0 ? QString::fromLatin1(out) : QString();
}

bool passwordMatches(const QString &password, const QString &verifier)
{
    QByteArray stored = verifier.toLatin1();
    if (stored.isEmpty() || stored.size() >= qsizetype(crypto_pwhash_STRBYTES))
        return false;
    stored.append(QByteArray(qsizetype(crypto_pwhash_STRBYTES) - stored.size(), 0));
    return std::ranges::any_of(passwordForms(password), [&stored](const QByteArray &utf8) {
        return crypto_pwhash_str_verify(stored.constData(), utf8.constData(),
                                        static_cast<unsigned long long>(utf8.size())) == 0;
    });
}

bool needsRaise(const QString &verifier, const PasswordCost &cost)
{
    QByteArray stored = verifier.toLatin1();
    stored.append(QByteArray(qsizetype(crypto_pwhash_STRBYTES) - stored.size(), 0));
    return crypto_pwhash_str_needs_rehash(stored.constData(), cost.passes, cost.memoryBytes) != 0;
}

SigningKey newSigningKey()
{
    SigningKey key{QByteArray(crypto_sign_PUBLICKEYBYTES, 0), QByteArray(crypto_sign_SECRETKEYBYTES, 0)};
    crypto_sign_keypair(reinterpret_cast<unsigned char *>(key.publicKey.data()),
                        reinterpret_cast<unsigned char *>(key.secretKey.data()));
    return key;
}

BoxKey newBoxKey()
{
    BoxKey key{QByteArray(crypto_box_PUBLICKEYBYTES, 0), QByteArray(crypto_box_SECRETKEYBYTES, 0)};
    crypto_box_keypair(reinterpret_cast<unsigned char *>(key.publicKey.data()),
                       reinterpret_cast<unsigned char *>(key.secretKey.data()));
    return key;
}

BoxKey boxKeyFrom(QByteArrayView seed)
{
    if (seed.size() != crypto_box_SEEDBYTES)
        return {};
    BoxKey key{QByteArray(crypto_box_PUBLICKEYBYTES, 0), QByteArray(crypto_box_SECRETKEYBYTES, 0)};
    crypto_box_seed_keypair(reinterpret_cast<unsigned char *>(key.publicKey.data()),
                            reinterpret_cast<unsigned char *>(key.secretKey.data()),
                            reinterpret_cast<const unsigned char *>(seed.data()));
    return key;
}

void wipe(QByteArray &bytes)
{
    sodium_memzero(bytes.data(), size_t(bytes.size()));
    bytes.clear();
}

QByteArray sign(QByteArrayView message, QByteArrayView secretKey)
{
    if (secretKey.size() != crypto_sign_SECRETKEYBYTES)
        return {};
    QByteArray signature(crypto_sign_BYTES, 0);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char *>(message.data()),
                         static_cast<unsigned long long>(message.size()),
                         reinterpret_cast<const unsigned char *>(secretKey.data()));
    return signature;
}

bool verify(QByteArrayView message, QByteArrayView signature, QByteArrayView publicKey)
{
    return signature.size() == crypto_sign_BYTES && publicKey.size() == crypto_sign_PUBLICKEYBYTES &&
           crypto_sign_verify_detached(reinterpret_cast<const unsigned char *>(signature.data()),
                                       reinterpret_cast<const unsigned char *>(message.data()),
                                       static_cast<unsigned long long>(message.size()),
                                       reinterpret_cast<const unsigned char *>(publicKey.data())) == 0;
}

QByteArray boxPublicOf(QByteArrayView signPublic)
{
    QByteArray out(crypto_scalarmult_curve25519_BYTES, Qt::Uninitialized);
    const bool done =
        signPublic.size() == crypto_sign_PUBLICKEYBYTES &&
        crypto_sign_ed25519_pk_to_curve25519(reinterpret_cast<unsigned char *>(out.data()),
                                             reinterpret_cast<const unsigned char *>(signPublic.data())) == 0;
    return done ? out : QByteArray();
}

QByteArray boxSecretOf(QByteArrayView signSecret)
{
    QByteArray out(crypto_scalarmult_curve25519_BYTES, Qt::Uninitialized);
    const bool done =
        signSecret.size() == crypto_sign_SECRETKEYBYTES &&
        crypto_sign_ed25519_sk_to_curve25519(reinterpret_cast<unsigned char *>(out.data()),
                                             reinterpret_cast<const unsigned char *>(signSecret.data())) == 0;
    return done ? out : QByteArray();
}

QByteArray sealFor(QByteArrayView plain, QByteArrayView boxPublic)
{
    if (boxPublic.size() != crypto_box_PUBLICKEYBYTES)
        return {};
    QByteArray out(plain.size() + qsizetype(crypto_box_SEALBYTES), Qt::Uninitialized);
    const bool done = crypto_box_seal(reinterpret_cast<unsigned char *>(out.data()),
                                      reinterpret_cast<const unsigned char *>(plain.data()),
                                      static_cast<unsigned long long>(plain.size()),
                                      reinterpret_cast<const unsigned char *>(boxPublic.data())) == 0;
    return done ? out : QByteArray();
}

std::optional<QByteArray> openSealed(QByteArrayView sealed, const BoxKey &key)
{
    if (sealed.size() < qsizetype(crypto_box_SEALBYTES) ||
        key.publicKey.size() != crypto_box_PUBLICKEYBYTES ||
        key.secretKey.size() != crypto_box_SECRETKEYBYTES)
        return std::nullopt;
    QByteArray out(sealed.size() - qsizetype(crypto_box_SEALBYTES), Qt::Uninitialized);
    if (crypto_box_seal_open(reinterpret_cast<unsigned char *>(out.data()),
                             reinterpret_cast<const unsigned char *>(sealed.data()),
                             static_cast<unsigned long long>(sealed.size()),
                             reinterpret_cast<const unsigned char *>(key.publicKey.constData()),
                             reinterpret_cast<const unsigned char *>(key.secretKey.constData())) != 0)
        return std::nullopt;
    return out;
}

bool equal(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

QByteArray keyFromPassword(const QByteArray &password, const QByteArray &salt, const PasswordCost &cost)
{
    if (salt.size() != crypto_pwhash_SALTBYTES)
        return {};
    QByteArray key(keySize, 0);
    const int failed = crypto_pwhash(reinterpret_cast<unsigned char *>(key.data()), keySize,
                                     password.constData(), static_cast<unsigned long long>(password.size()),
                                     reinterpret_cast<const unsigned char *>(salt.constData()), cost.passes,
                                     cost.memoryBytes, crypto_pwhash_ALG_ARGON2ID13);
    return failed ? QByteArray() : key;
}

} // namespace clinic::crypto
