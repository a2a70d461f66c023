// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/setup/entities.h"

#include <QDate>
#include <QPair>
#include <QTimeZone>

namespace clinic::domain {

using Stretches = QList<QPair<qint64, qint64>>; // half open, UTC milliseconds, in order, never touching

// A row of working hours that was taken away stays, and holds on no day.
inline constexpr int noWeekday = 0;

// True when any weekly hours are planned; whoever has none may be booked at any time.
[[nodiscard]] bool hasHours(const QList<Availability> &week);
// When the week says that somebody works, from the day `first` to the day `last`, by the clock on the wall.
// Hours that end before they begin go on into the next day; rows that touch are one stretch. What began the
// day before is in it.
[[nodiscard]] Stretches openStretches(const QList<Availability> &week, const QDate &first, const QDate &last,
                                      const QTimeZone &zone);

} // namespace clinic::domain
