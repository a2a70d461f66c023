// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/hours.h"

#include "core/walltime.h"

#include <algorithm>

namespace clinic::domain {

bool hasHours(const QList<Availability> &week)
{
    return std::ranges::any_of(week, [](const Availability &hours) { return hours.weekday != noWeekday; });
}

Stretches openStretches(const QList<Availability> &week, const QDate &first, const QDate &last,
                        const QTimeZone &zone)
{
    Stretches all;
    for (QDate day = first.addDays(-1); day <= last; day = day.addDays(1)) {
        for (const auto &hours : week) {
            if (hours.weekday != day.dayOfWeek())
                continue;
            const int end = hours.endMinute > hours.startMinute ? hours.endMinute
                                                                : hours.endMinute + walltime::minutesPerDay;
            const qint64 from = walltime::opening(day, hours.startMinute, zone);
            const qint64 to = walltime::closing(day, end, zone);
            if (from < to)
                all << qMakePair(from, to);
        }
    }
    std::ranges::sort(all);
    Stretches merged;
    for (const auto &stretch : std::as_const(all)) {
        if (!merged.isEmpty() && stretch.first <= merged.last().second)
            merged.last().second = qMax(merged.last().second, stretch.second);
        else
            merged << stretch;
    }
    return merged;
}

} // namespace clinic::domain
