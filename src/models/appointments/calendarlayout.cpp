// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appointments/calendarlayout.h"

#include "core/walltime.h"
#include "domain/appointments/lifecycle.h"
#include "domain/setup/hours.h"

#include <QLocale>

namespace clinic::models {

double CalendarColumn::axisOf(qint64 ms) const
{
    const CalendarPiece *of = nullptr;
    for (const auto &piece : pieces) {
        if (!of || piece.from <= ms)
            of = &piece;
    }
    return of ? of->axisMinute + double(ms - of->from) / 60'000 : 0;
}

qint64 CalendarColumn::timeOf(double axisMinute) const
{
    const CalendarPiece *of = nullptr;
    for (const auto &piece : pieces) {
        if (!of || piece.axisMinute <= axisMinute)
            of = &piece;
    }
    if (!of)
        return from;
    const qint64 at = of->from + qint64((axisMinute - of->axisMinute) * 60'000);
    return of == &pieces.last() ? at : qMin(at, of->to);
}

CalendarAxis calendarAxis(const QList<QDate> &days, int fromMinute, int toMinute, const QTimeZone &zone)
{
    constexpr int step = TimeSlot::gridMs / 60'000;
    CalendarAxis axis;
    // The longest repeated period of one of the days is added for all of them.
    int repeatFrom = toMinute;
    int repeated = 0;
    const auto isEven = [&](const QDate &day) {
        return walltime::closing(day, toMinute, zone) - walltime::opening(day, fromMinute, zone) ==
               qint64(toMinute - fromMinute) * 60'000;
    };
    for (const QDate &day : days) {
        if (isEven(day))
            continue;
        int first = -1;
        int count = 0;
        for (int minute = fromMinute; minute < toMinute; minute += step) {
            if (!walltime::isRepeated(day, minute, zone))
                continue;
            first = first < 0 ? minute : first;
            count += step;
        }
        if (count > repeated) {
            repeatFrom = first;
            repeated = count;
        }
    }
    axis.minutes = toMinute - fromMinute + repeated;
    const auto heightOf = [&](int minute, bool second) {
        const bool behind = minute >= repeatFrom + repeated || second;
        return minute - fromMinute + (behind ? repeated : 0);
    };
    for (const QDate &day : days) {
        QList<CalendarPiece> pieces;
        const auto add = [&](qint64 at, int height) {
            const qint64 end = at + qint64(step) * 60'000;
            if (!pieces.isEmpty()) {
                auto &last = pieces.last();
                if (last.to == at && last.axisMinute + int((at - last.from) / 60'000) == height) {
                    last.to = end;
                    return;
                }
            }
            pieces << CalendarPiece{at, end, height};
        };
        if (repeated == 0 && isEven(day)) {
            const qint64 from = walltime::opening(day, fromMinute, zone);
            axis.pieces << QList{CalendarPiece{from, from + qint64(toMinute - fromMinute) * 60'000, 0}};
            continue;
        }
        QList<QPair<qint64, int>> steps;
        for (int minute = fromMinute; minute < toMinute; minute += step) {
            const auto instants = walltime::instantsOf(day, minute, zone);
            for (qsizetype i = 0; i < instants.size(); ++i)
                steps << qMakePair(instants[i], heightOf(minute, i > 0));
        }
        std::ranges::sort(steps);
        for (const auto &[at, height] : std::as_const(steps))
            add(at, height);
        axis.pieces << pieces;
    }
    const auto write = [&](int minute, bool second) {
        axis.hours << qMakePair(heightOf(minute, second),
                                QLocale().toString(QTime(minute / 60 % 24, 0), QStringLiteral("HH:mm")));
    };
    for (int minute = (fromMinute + 59) / 60 * 60; minute < toMinute; minute += 60) {
        write(minute, false);
        if (minute >= repeatFrom && minute < repeatFrom + repeated)
            write(minute, true);
    }
    return axis;
}

QPair<int, int> visibleMinutes(const QList<AppointmentView> &views, const QList<QDate> &days, int fromMinute,
                               int toMinute, const QTimeZone &zone)
{
    for (const QDate &day : days) {
        const qint64 begins = walltime::startOfDay(day, zone);
        const qint64 ends = walltime::startOfDay(day.addDays(1), zone);
        for (const auto &view : views) {
            const qint64 start = view.appointment.startAt;
            const qint64 end = start + qint64(view.appointment.minutes) * 60'000;
            if (start >= ends || end <= begins)
                continue;
            const int first = start < begins ? 0 : walltime::minuteOf(start, zone);
            const int last = end >= ends ? walltime::minutesPerDay : walltime::minuteOf(end - 1, zone) + 1;
            fromMinute = qMin(fromMinute, first / 60 * 60);
            toMinute = qMax(toMinute, (last + 59) / 60 * 60);
        }
    }
    return {fromMinute, toMinute};
}

bool standsIn(const CalendarColumn &column, const domain::Appointment &a,
              const QList<CalendarColumn> &columns)
{
    const auto isOf = [&](const Id &resource) {
        return a.practitionerId == resource || a.roomId == resource || a.equipmentId == resource ||
               a.branchId == resource;
    };
    if (a.startAt >= column.to || a.startAt + qint64(a.minutes) * 60'000 <= column.from)
        return false;
    if (!column.isRest)
        return column.resource.isNull() || isOf(column.resource);
    return std::ranges::none_of(columns, [&](const CalendarColumn &other) {
        return !other.isRest && other.day == column.day && (other.resource.isNull() || isOf(other.resource));
    });
}

QList<CalendarBox> placeBoxes(const QList<CalendarColumn> &columns, const QList<AppointmentView> &views)
{
    QList<CalendarBox> boxes;
    for (int c = 0; c < columns.size(); ++c) {
        const CalendarColumn &column = columns[c];
        QList<CalendarBox> own;
        for (const AppointmentView &view : views) {
            if (standsIn(column, view.appointment, columns))
                own << CalendarBox{view, c};
        }
        std::ranges::stable_sort(own, {}, [](const CalendarBox &b) { return b.view.appointment.startAt; });
        // Adjacent boxes in a run share their width; each takes the first free lane.
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
    const qint64 begins = walltime::startOfDay(day, zone);
    const qint64 ends = walltime::startOfDay(day.addDays(1), zone);
    QList<QPair<qint64, qint64>> open;
    if (!domain::hasHours(schedule.week)) {
        open << qMakePair(begins, ends);
    } else {
        for (const auto &[from, to] : domain::openStretches(schedule.week, day, day, zone)) {
            if (from < ends && to > begins)
                open << qMakePair(qMax(from, begins), qMin(to, ends));
        }
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
