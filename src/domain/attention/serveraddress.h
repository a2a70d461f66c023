// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QStringList>

namespace clinic::domain {

// How a PC reaches its server and knows that it is the one.
struct ServerAccess
{
    QStringList addresses{};  // of one and the same server, in the order they are tried
    QByteArray certificate{}; // SHA-256 of the server's own certificate; empty = an authority vouches for it
    QByteArray authority{};   // PEM: the hospital's own authority, besides those of this computer
    bool operator==(const ServerAccess &) const = default;
};

// "https://host:port" without anything behind it. http only on this very computer.
[[nodiscard]] Result<QString> parseServerAddress(const QString &text);
// One to eight addresses, one a line or separated by spaces; a fingerprint of 64 hexadecimal digits, colons
// allowed, or none.
[[nodiscard]] Result<ServerAccess> parseServerAccess(const QString &addresses, const QString &fingerprint,
                                                     const QByteArray &authority);

} // namespace clinic::domain
