// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QTimeZone>

// The one way between what a clock on the wall of a branch shows and an instant (UTC milliseconds since
// 1970). Where clocks are changed a wall time can name no instant (skipped) or two (repeated): neither is
// guessed. `minute` counts from the midnight of `day` by the clock on the wall; 1440 and more is the next
// day. A zone that is not valid counts as UTC.
namespace clinic::walltime {

inline constexpr int minutesPerDay = 24 * 60;

enum class Pass { First, Second }; // which of the two, where a wall time comes twice

// Every instant at which the clock shows that time: none, one or two, in order.
[[nodiscard]] QList<qint64> instantsOf(const QDate &day, int minute, const QTimeZone &zone);
// The instant a person means. DateImpossible when clocks skip it, with what was asked for and the first time
// after the gap, both as HH:mm.
[[nodiscard]] Result<qint64> instantOf(const QDate &day, int minute, const QTimeZone &zone,
                                       Pass pass = Pass::First);
[[nodiscard]] bool isRepeated(const QDate &day, int minute, const QTimeZone &zone);

// Where something planned by the wall begins and ends: a skipped time is the moment of the change; what is
// repeated begins at the first and ends at the second.
[[nodiscard]] qint64 opening(const QDate &day, int minute, const QTimeZone &zone);
[[nodiscard]] qint64 closing(const QDate &day, int minute, const QTimeZone &zone);
// The first instant of a day, which is not midnight where clocks skip midnight.
[[nodiscard]] qint64 startOfDay(const QDate &day, const QTimeZone &zone);

// What the clock shows.
[[nodiscard]] QDateTime shown(qint64 ms, const QTimeZone &zone);
[[nodiscard]] QDate dayOf(qint64 ms, const QTimeZone &zone);
[[nodiscard]] int minuteOf(qint64 ms, const QTimeZone &zone);
[[nodiscard]] Pass passOf(qint64 ms, const QTimeZone &zone);

} // namespace clinic::walltime
