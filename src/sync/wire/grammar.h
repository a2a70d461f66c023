// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <optional>

// What may stand in a message where something is named or counted. Every decoder asks here, so that there is
// one answer: what is not known to be good is refused.
namespace clinic::sync::grammar {

// Of an entity or a field: a small letter, then small letters, digits and underscores; 64 at most.
[[nodiscard]] bool isName(QByteArrayView text);
// The same, or one with an underscore before it: what a PC's own file notes beside the fields of a row.
[[nodiscard]] bool isLocalName(QByteArrayView text);
// Of an intention: the same with hyphens.
[[nodiscard]] bool isIntention(QByteArrayView text);
// Exactly that many bytes as small hexadecimal digits.
[[nodiscard]] bool isHex(QByteArrayView text, qsizetype bytes);
// "keyid.base64": the key's id without leading zeros, then at least one character of base64.
[[nodiscard]] bool isEnvelope(QByteArrayView text);
// base64 with its padding.
[[nodiscard]] bool isBase64(QByteArrayView text);
// Of the position of a walk or a page that this server named itself: letters, digits and + / = . _ - ! :
[[nodiscard]] bool isPlace(QByteArrayView text);

// Milliseconds from the year 1 to 9999: whatever is calculated with them fits.
inline constexpr qint64 earliestMs = -62'135'596'800'000;
inline constexpr qint64 latestMs = 253'402'300'799'999;
[[nodiscard]] inline bool isTime(qint64 ms)
{
    return ms >= earliestMs && ms <= latestMs;
}
// An integer in a field. Times are the largest; sums of as many amounts as a hospital has fit as well.
[[nodiscard]] inline bool isFieldInteger(qint64 value)
{
    return isTime(value);
}
// Of groups, rows' versions, audit events: counted one by one, so that this is never reached.
inline constexpr qint64 mostCounted = qint64(1) << 53;
[[nodiscard]] inline bool isCount(qint64 n)
{
    return n >= 0 && n <= mostCounted;
}
// How many numbers one group may take: more than any has, so that one that is too large is told so as a
// group.
[[nodiscard]] inline bool isSize(qint64 n)
{
    return n > 0 && n <= 1'000'000;
}

} // namespace clinic::sync::grammar
