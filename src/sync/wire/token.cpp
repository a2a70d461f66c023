// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/token.h"

#include "core/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace {

constexpr QByteArrayView tokenHeader = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}";

QByteArray url64(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

QByteArray encodeToken(const TokenClaims &claims, const QByteArray &secretKey)
{
    QByteArray body;
    JsonWriter writer(body);
    writer.open().id("sub", claims.device).id("hos", claims.hospital);
    writer.number("iat", claims.issuedAt / 1000).number("exp", claims.expiresAt / 1000).close();
    const QByteArray text = url64(tokenHeader.toByteArray()) + '.' + url64(body);
    return text + '.' + url64(crypto::sign(text, secretKey));
}

std::optional<TokenClaims> decodeToken(const QByteArray &token, const QByteArray &publicKey)
{
    const auto parts = token.split('.');
    if (parts.size() != 3 || parts[0] != url64(tokenHeader.toByteArray()))
        return std::nullopt;
    const auto signature = QByteArray::fromBase64Encoding(
        parts[2], QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!signature || !crypto::verify(parts[0] + '.' + parts[1], *signature, publicKey))
        return std::nullopt;
    json::Message reader(QByteArray::fromBase64(parts[1], QByteArray::Base64UrlEncoding));
    const TokenClaims claims{reader.id("hos"), reader.id("sub"), reader.integer("iat") * 1000,
                             reader.integer("exp") * 1000};
    if (!reader.ok())
        return std::nullopt;
    return claims;
}

QByteArray encodeTokenRequest(const Id &hospital, const Id &device, const QByteArray &refresh,
                              const QByteArray &signSecret, const QByteArray &challenge,
                              const AboutDevice &about)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("hospital", hospital).id("device", device).base64("refresh", refresh);
    writer.base64("signature", crypto::sign("clinicdesk token " + refresh, signSecret));
    writer.base64("challenge", challenge).anyText("system", about.system.toUtf8());
    writer.anyText("version", about.version.toUtf8()).anyId("user", about.user).close();
    return out;
}

} // namespace clinic::sync
