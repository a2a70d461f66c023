// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <optional>

namespace clinic::sync {

// What an access token says: whose it is and until when, in the server's time.
struct TokenClaims
{
    Id hospital{};
    Id device{};
    qint64 issuedAt = 0;  // ms since the epoch
    qint64 expiresAt = 0; // ms since the epoch
};

// A JSON Web Token, signed with Ed25519.
[[nodiscard]] QByteArray encodeToken(const TokenClaims &claims, const QByteArray &secretKey);
// Nothing for one that this key did not sign; whether it has run out is for the caller to say.
[[nodiscard]] std::optional<TokenClaims> decodeToken(const QByteArray &token, const QByteArray &publicKey);

// A PC asks with random bytes, and whoever answers signs this text with the server's key: nobody else can say
// that a PC is not accepted.
inline constexpr qsizetype challengeSize = 16;
[[nodiscard]] inline QByteArray challengeText(const QByteArray &challenge)
{
    return "clinicdesk answer " + challenge;
}

// What a PC says of itself besides, for the hospital's list of PCs.
struct AboutDevice
{
    QString system{};
    QString version{}; // of ClinicDesk
    Id user{};         // who works there; null = nobody
};
// Body of POST /v1/token, signed with the device's key.
[[nodiscard]] QByteArray encodeTokenRequest(const Id &hospital, const Id &device, const QByteArray &refresh,
                                            const QByteArray &signSecret, const QByteArray &challenge,
                                            const AboutDevice &about);

} // namespace clinic::sync
