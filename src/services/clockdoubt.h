// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

// A PC's clock may be wrong by years: an empty battery, a mistake in the system's settings. The newest audit
// events and the program's year show it. The user is warned, and rules about days do not rely on such a
// clock.
namespace clinic::services {

// The times of the newest audit events, sorted.
[[nodiscard]] Result<QList<qint64>> writtenTimes(storage::Connection &connection);

// The time that contradicts the clock, of an event or the program; nothing when there is none.
[[nodiscard]] std::optional<qint64> contradiction(const QList<qint64> &written, qint64 now);

// The days that may be today: one if nothing contradicts the clock.
struct PossibleDays
{
    QDate earliest{};
    QDate latest{};
};
[[nodiscard]] PossibleDays possibleToday(const QList<qint64> &written, qint64 now, const QTimeZone &zone);
[[nodiscard]] Result<PossibleDays> possibleToday(storage::Connection &connection, qint64 now,
                                                 const QTimeZone &zone);

} // namespace clinic::services
