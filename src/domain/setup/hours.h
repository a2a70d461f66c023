// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/setup/entities.h"

#include <QDate>
#include <QPair>
#include <QTimeZone>

namespace clinic::domain {

using Stretches = QList<QPair<qint64, qint64>>; // half open, UTC milliseconds, in order, not adjacent

// The weekday of deactivated working hours, which apply to no day.
inline constexpr int noWeekday = 0;

// True when there are any weekly hours; a resource without hours may be booked at any time.
[[nodiscard]] bool hasHours(const QList<Availability> &week);
// The working hours from the day `first` to the day `last`, in wall time. Hours that end before they begin
// end on the next day; adjacent rows are one period. Includes a period that began the day before.
[[nodiscard]] Stretches openStretches(const QList<Availability> &week, const QDate &first, const QDate &last,
                                      const QTimeZone &zone);

} // namespace clinic::domain
