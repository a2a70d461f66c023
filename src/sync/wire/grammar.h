// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <optional>

// What names and counts may look like in a message. Every decoder uses these functions; anything else is
// refused.
namespace clinic::sync::grammar {

// Name of an entity or a field: a small letter, then small letters, digits and underscores; 64 at most.
[[nodiscard]] bool isName(QByteArrayView text);
// The same, or with one underscore before it: a PC's own notes beside the fields of a row.
[[nodiscard]] bool isLocalName(QByteArrayView text);
// Name of an intention: the same with hyphens.
[[nodiscard]] bool isIntention(QByteArrayView text);
// Exactly that many bytes as small hexadecimal digits.
[[nodiscard]] bool isHex(QByteArrayView text, qsizetype bytes);
// "keyid.base64": the key's id without leading zeros, then at least one character of base64.
[[nodiscard]] bool isEnvelope(QByteArrayView text);
// base64 with its padding.
[[nodiscard]] bool isBase64(QByteArrayView text);
// Position of a walk or a page, as this server wrote it: letters, digits and + / = . _ - ! :
[[nodiscard]] bool isPlace(QByteArrayView text);

// Milliseconds from the year 1 to 9999: calculations with them do not overflow.
inline constexpr qint64 earliestMs = -62'135'596'800'000;
inline constexpr qint64 latestMs = 253'402'300'799'999;
[[nodiscard]] inline bool isTime(qint64 ms)
{
    return ms >= earliestMs && ms <= latestMs;
}
// An integer in a field. Times are the largest, and the sum of all amounts of a hospital does not overflow.
[[nodiscard]] inline bool isFieldInteger(qint64 value)
{
    return isTime(value);
}
// Counts of groups, versions, audit events: they grow one by one and never reach this.
inline constexpr qint64 mostCounted = qint64(1) << 53;
[[nodiscard]] inline bool isCount(qint64 n)
{
    return n >= 0 && n <= mostCounted;
}
// How many numbers one group may take: more than any group has, so that a group that is too large gets an
// answer of its own.
[[nodiscard]] inline bool isSize(qint64 n)
{
    return n > 0 && n <= 1'000'000;
}

} // namespace clinic::sync::grammar
