// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

// A PC's clock may be wrong by years: an empty battery, a slip in the system's settings. What the file itself
// has written down last, and the year in which the program was made, say so. Such a clock is doubted aloud,
// and no rule about days believes it.
namespace clinic::services {

// When the last things that the file knows of were written down, by the clocks of then; in order of time.
[[nodiscard]] Result<QList<qint64>> writtenTimes(storage::Connection &connection);

// The time in the file, or of the program, that the clock cannot be right beside; nothing when there is none.
[[nodiscard]] std::optional<qint64> contradiction(const QList<qint64> &written, qint64 now);

// The days that may be today: one where nothing contradicts the clock.
struct PossibleDays
{
    QDate earliest{};
    QDate latest{};
};
[[nodiscard]] PossibleDays possibleToday(const QList<qint64> &written, qint64 now, const QTimeZone &zone);
[[nodiscard]] Result<PossibleDays> possibleToday(storage::Connection &connection, qint64 now,
                                                 const QTimeZone &zone);

} // namespace clinic::services
