// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/token.h"

#include "core/crypto.h"
#include "sync/wire/groupencoder.h"
#include "sync/wire/json.h"

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
    const QByteArray body = "{\"sub\":\"" + claims.device.toString().toLatin1() + "\",\"hos\":\"" +
                            claims.hospital.toString().toLatin1() +
                            "\",\"iat\":" + QByteArray::number(claims.issuedAt / 1000) +
                            ",\"exp\":" + QByteArray::number(claims.expiresAt / 1000) + '}';
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
    QByteArray out = "{\"hospital\":\"" + hospital.toString().toLatin1() + "\",\"device\":\"" +
                     device.toString().toLatin1() + "\",\"refresh\":\"" + refresh.toBase64() +
                     "\",\"signature\":\"" +
                     crypto::sign("clinicdesk token " + refresh, signSecret).toBase64() +
                     "\",\"challenge\":\"" + challenge.toBase64() + '"';
    for (const auto &[key, value] :
         {std::pair("system", about.system), std::pair("version", about.version)}) {
        if (value.isEmpty())
            continue;
        out.append(",\"").append(key).append("\":");
        appendJsonString(out, value);
    }
    if (!about.user.isNull())
        out.append(",\"user\":\"").append(about.user.toString().toLatin1()).append('"');
    return out + '}';
}

} // namespace clinic::sync
