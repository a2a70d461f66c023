// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QTimeZone>

// The only conversion between a branch's wall time and an instant (UTC milliseconds since 1970). At a clock
// change a wall time can be no instant (skipped) or two (repeated): neither is guessed. `minute` counts from
// the midnight of `day` by the wall clock; 1440 and more is the next day. An invalid zone counts as UTC.
namespace clinic::walltime {

inline constexpr int minutesPerDay = 24 * 60;

enum class Pass { First, Second }; // which of the two instants of a repeated wall time

// All instants with that wall time: none, one or two, in order.
[[nodiscard]] QList<qint64> instantsOf(const QDate &day, int minute, const QTimeZone &zone);
// The instant that a user means. DateImpossible for a skipped time, with the typed time and the first time
// after the gap, both as HH:mm.
[[nodiscard]] Result<qint64> instantOf(const QDate &day, int minute, const QTimeZone &zone,
                                       Pass pass = Pass::First);
[[nodiscard]] bool isRepeated(const QDate &day, int minute, const QTimeZone &zone);

// Begin and end of a planned period: a skipped time is the moment of the change; a repeated one begins at
// the first and ends at the second.
[[nodiscard]] qint64 opening(const QDate &day, int minute, const QTimeZone &zone);
[[nodiscard]] qint64 closing(const QDate &day, int minute, const QTimeZone &zone);
// The first instant of a day, which is not midnight if clocks skip midnight.
[[nodiscard]] qint64 startOfDay(const QDate &day, const QTimeZone &zone);

// The wall time of an instant.
[[nodiscard]] QDateTime shown(qint64 ms, const QTimeZone &zone);
[[nodiscard]] QDate dayOf(qint64 ms, const QTimeZone &zone);
[[nodiscard]] int minuteOf(qint64 ms, const QTimeZone &zone);
[[nodiscard]] Pass passOf(qint64 ms, const QTimeZone &zone);

} // namespace clinic::walltime
