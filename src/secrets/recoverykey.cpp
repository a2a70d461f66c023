// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/recoverykey.h"

#include "core/checkdigit.h"
#include "core/totp.h"

namespace clinic::secrets::recovery {
namespace {

constexpr int seedBytes = 20;
constexpr int letters = 32;

QString bare(const QString &typed)
{
    QString text;
    for (const QChar c : typed.toUpper()) {
        if (c.isLetterOrNumber())
            text += c;
    }
    return text;
}

} // namespace

QString create()
{
    QByteArray seed = crypto::randomBytes(seedBytes);
    QString text = totp::toText(seed);
    crypto::wipe(seed);
    text += checkCharacter(text);
    for (int at = letters; at > 0; at -= 4)
        text.insert(at, u'-');
    return text;
}

std::optional<crypto::BoxKey> pairOf(const QString &typed)
{
    const QString text = bare(typed);
    if (text.size() != letters + 1 || checkCharacter(text.left(letters)) != text.back())
        return std::nullopt;
    const QByteArray seed = totp::fromText(text.left(letters));
    if (seed.size() != seedBytes)
        return std::nullopt;
    return crypto::boxKeyFrom(crypto::hash("clinicdesk recovery " + seed));
}

QString publicHalf(const QString &typed)
{
    const auto pair = pairOf(typed);
    return pair ? QString::fromLatin1(pair->publicKey.toBase64()) : QString();
}

} // namespace clinic::secrets::recovery
