// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appointments/calendarlayout.h"

#include "domain/appointments/lifecycle.h"

namespace clinic::models {

QList<CalendarBox> placeBoxes(const QList<CalendarColumn> &columns, const QList<AppointmentView> &views)
{
    QList<CalendarBox> boxes;
    for (int c = 0; c < columns.size(); ++c) {
        const CalendarColumn &column = columns[c];
        QList<CalendarBox> own;
        for (const AppointmentView &view : views) {
            const auto &a = view.appointment;
            const bool mine = column.resource.isNull() || a.practitionerId == column.resource ||
                              a.roomId == column.resource || a.equipmentId == column.resource ||
                              a.branchId == column.resource;
            const qint64 end = a.startAt + qint64(a.minutes) * 60'000;
            if (mine && a.startAt < column.to && end > column.from)
                own << CalendarBox{view, c};
        }
        std::ranges::stable_sort(own, {}, [](const CalendarBox &b) { return b.view.appointment.startAt; });
        // Runs of boxes that touch share their width; each takes the first lane that is free.
        qsizetype runStart = 0;
        qint64 runEnd = std::numeric_limits<qint64>::min();
        QList<qint64> laneEnds;
        const auto closeRun = [&](qsizetype upTo) {
            for (qsizetype i = runStart; i < upTo; ++i)
                own[i].lanes = qMax(1, static_cast<int>(laneEnds.size()));
        };
        for (qsizetype i = 0; i < own.size(); ++i) {
            const auto &a = own[i].view.appointment;
            const qint64 end = a.startAt + qint64(a.minutes) * 60'000;
            if (a.startAt >= runEnd) {
                closeRun(i);
                runStart = i;
                laneEnds.clear();
            }
            int lane = 0;
            while (lane < laneEnds.size() && laneEnds[lane] > a.startAt)
                ++lane;
            if (lane == laneEnds.size())
                laneEnds << end;
            else
                laneEnds[lane] = end;
            own[i].lane = lane;
            runEnd = qMax(runEnd, end);
        }
        closeRun(own.size());
        boxes += own;
    }
    return boxes;
}

QList<QPair<qint64, qint64>> openHours(const storage::Schedule &schedule, const QDate &day,
                                       const QTimeZone &zone)
{
    const qint64 midnight = day.startOfDay(zone).toMSecsSinceEpoch();
    QList<QPair<qint64, qint64>> open;
    if (schedule.week.isEmpty())
        open << qMakePair(midnight, midnight + 86'400'000);
    for (const auto &hours : schedule.week) {
        if (hours.weekday == day.dayOfWeek())
            open << qMakePair(midnight + qint64(hours.startMinute) * 60'000,
                              midnight + qint64(hours.endMinute) * 60'000);
    }
    for (const auto &leave : schedule.leaves) {
        QList<QPair<qint64, qint64>> left;
        for (const auto &[from, to] : std::as_const(open)) {
            if (leave.endAt <= from || leave.startAt >= to) {
                left << qMakePair(from, to);
                continue;
            }
            if (leave.startAt > from)
                left << qMakePair(from, leave.startAt);
            if (leave.endAt < to)
                left << qMakePair(leave.endAt, to);
        }
        open = left;
    }
    return open;
}

} // namespace clinic::models
