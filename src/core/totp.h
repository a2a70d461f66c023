// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

// Time-based one-time codes, RFC 6238: HMAC-SHA1, six digits, steps of thirty seconds.
namespace clinic::totp {

inline constexpr qint64 stepMs = 30'000;

// 20 random bytes.
[[nodiscard]] QByteArray newSecret();
// RFC 4648 base32 without padding; what people type into an app. Back: blanks and small letters do no harm;
// empty when it is none.
[[nodiscard]] QString toText(const QByteArray &secret);
[[nodiscard]] QByteArray fromText(const QString &text);
// The code of one step, with that many digits.
[[nodiscard]] QString code(const QByteArray &secret, qint64 step, int digits = 6);
// The step whose code was typed: this one, the one before or the one after, but none up to `last`, so that a
// code is good once.
[[nodiscard]] std::optional<qint64> match(const QByteArray &secret, const QString &typed, qint64 nowMs,
                                          qint64 last);
// What the picture for authenticator apps says.
[[nodiscard]] QString uri(const QByteArray &secret, const QString &issuer, const QString &account);

} // namespace clinic::totp
