// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/totp.h"

#include "core/crypto.h"

#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QtEndian>

namespace clinic::totp {
namespace {

constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

} // namespace

QByteArray newSecret()
{
    return crypto::randomBytes(20);
}

QString toText(const QByteArray &secret)
{
    QString text;
    quint32 bits = 0;
    int held = 0;
    for (const char byte : secret) {
        bits = bits << 8 | quint8(byte);
        for (held += 8; held >= 5; held -= 5)
            text += QLatin1Char(letters[bits >> (held - 5) & 31]);
    }
    if (held > 0)
        text += QLatin1Char(letters[bits << (5 - held) & 31]);
    return text;
}

QByteArray fromText(const QString &text)
{
    QByteArray out;
    quint32 bits = 0;
    int held = 0;
    for (const QChar c : text.toUpper()) {
        if (c.isSpace() || c == u'-' || c == u'=')
            continue;
        const char *at = c.unicode() > 0 && c.unicode() < 128 ? strchr(letters, c.toLatin1()) : nullptr;
        if (!at)
            return {};
        bits = bits << 5 | quint32(at - letters);
        held += 5;
        if (held >= 8) {
            held -= 8;
            out += char(bits >> held & 255);
        }
    }
    return out;
}

QString code(const QByteArray &secret, qint64 step, int digits)
{
    const qint64 counter = qToBigEndian(step);
    const QByteArray mac =
        QMessageAuthenticationCode::hash(QByteArray(reinterpret_cast<const char *>(&counter), sizeof counter),
                                         secret, QCryptographicHash::Sha1);
    const auto at = quint8(mac.back()) & 15;
    const quint32 number = qFromBigEndian<quint32>(mac.constData() + at) & 0x7fffffff;
    quint32 most = 1;
    for (int i = 0; i < digits; ++i)
        most *= 10;
    return QStringLiteral("%1").arg(number % most, digits, 10, QLatin1Char('0'));
}

std::optional<qint64> match(const QByteArray &secret, const QString &typed, qint64 nowMs, qint64 last)
{
    QString digits;
    for (const QChar c : typed) {
        if (c.digitValue() >= 0)
            digits += QLatin1Char(char('0' + c.digitValue())); // in whatever script they are typed
        else if (!c.isSpace())
            return std::nullopt;
    }
    const qint64 now = nowMs / stepMs;
    for (const qint64 step : {now, now - 1, now + 1}) {
        if (step > last && crypto::equal(code(secret, step).toLatin1(), digits.toLatin1()))
            return step;
    }
    return std::nullopt;
}

QString uri(const QByteArray &secret, const QString &issuer, const QString &account)
{
    const auto quoted = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    return QStringLiteral("otpauth://totp/%1:%2?secret=%3&issuer=%1")
        .arg(quoted(issuer), quoted(account), toText(secret));
}

} // namespace clinic::totp
