// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attention/serveraddress.h"

#include <QRegularExpression>
#include <QUrl>

namespace clinic::domain {
namespace {

constexpr qsizetype mostAddresses = 8;
constexpr qsizetype mostAuthorityBytes = 256 * 1024;

bool isThisComputer(const QString &host)
{
    static const QRegularExpression loopback(QStringLiteral("^127(\\.\\d{1,3}){3}$"));
    return host == u"localhost" || host == u"::1" || loopback.match(host).hasMatch();
}

} // namespace

Result<QString> parseServerAddress(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool bare = (url.path().isEmpty() || url.path() == u"/") && !url.hasQuery() && !url.hasFragment() &&
                      url.userInfo().isEmpty();
    const bool secret = url.scheme() == u"https" || (url.scheme() == u"http" && isThisComputer(url.host()));
    if (!url.isValid() || url.host().isEmpty() || !bare || !secret || url.port(1) < 1)
        return fail(ErrorCode::Invalid, QStringLiteral("addresses"), {text.trimmed().left(100)});
    return url.toString(QUrl::RemovePath | QUrl::FullyEncoded);
}

Result<ServerAccess> parseServerAccess(const QString &addresses, const QString &fingerprint,
                                       const QByteArray &authority)
{
    ServerAccess access;
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    for (const QString &text : addresses.split(between, Qt::SkipEmptyParts)) {
        const auto address = parseServerAddress(text);
        if (!address)
            return fail(address);
        if (!access.addresses.contains(*address))
            access.addresses << *address;
    }
    if (access.addresses.isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("addresses"));
    if (access.addresses.size() > mostAddresses)
        return fail(ErrorCode::TooLong, QStringLiteral("addresses"), {QString::number(mostAddresses)});
    static const QRegularExpression separators(QStringLiteral("[\\s:]"));
    static const QRegularExpression digits(QStringLiteral("^([0-9a-fA-F]{64})?$"));
    const QString hex = QString(fingerprint).remove(separators);
    if (!digits.match(hex).hasMatch())
        return fail(ErrorCode::Invalid, QStringLiteral("fingerprint"));
    access.certificate = QByteArray::fromHex(hex.toLatin1());
    if (authority.size() > mostAuthorityBytes ||
        (!authority.isEmpty() && !authority.contains("-----BEGIN CERTIFICATE-----")))
        return fail(ErrorCode::Invalid, QStringLiteral("authority"));
    access.authority = authority;
    return access;
}

} // namespace clinic::domain
