// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appointments/appointmentscontroller.h"

#include <QDate>

namespace clinic::models {

// A part of a column without a clock change; `axisMinute` is its distance from the top of the sheet.
struct CalendarPiece
{
    qint64 from = 0;
    qint64 to = 0;
    int axisMinute = 0;
};

// One column of the calendar: a resource on a day.
struct CalendarColumn
{
    QString title;
    QString subtitle;
    Id resource{};       // null = any resource on that day
    bool isRest = false; // instead: appointments in no other column
    QDate day;
    qint64 from = 0; // the day's visible span, UTC milliseconds
    qint64 to = 0;
    QList<CalendarPiece> pieces;       // parts of that span, in order
    QList<QPair<qint64, qint64>> open; // bookable periods

    // Minutes from the top of the sheet, and back. A skipped hour is empty room.
    [[nodiscard]] double axisOf(qint64 ms) const;
    [[nodiscard]] qint64 timeOf(double axisMinute) const;
};

// The sheet's length, its hours, and the parts of each day: the same hour is at the same height in all
// columns, and an hour repeated on one of the days has room twice.
struct CalendarAxis
{
    int minutes = 0;
    QList<QPair<int, QString>> hours;   // minutes from the top, and HH:mm as the language writes it
    QList<QList<CalendarPiece>> pieces; // one list for each day
};
[[nodiscard]] CalendarAxis calendarAxis(const QList<QDate> &days, int fromMinute, int toMinute,
                                        const QTimeZone &zone);

// The span in wall-time minutes that shows the usual hours and all these appointments.
[[nodiscard]] QPair<int, int> visibleMinutes(const QList<AppointmentView> &views, const QList<QDate> &days,
                                             int fromMinute, int toMinute, const QTimeZone &zone);

// True when the appointment is on that column's day and has its resource.
[[nodiscard]] bool standsIn(const CalendarColumn &column, const domain::Appointment &appointment,
                            const QList<CalendarColumn> &columns);

// One appointment in a column; overlapping appointments have lanes side by side.
struct CalendarBox
{
    AppointmentView view;
    int column = 0;
    int lane = 0;
    int lanes = 1;
};

// Puts each appointment into its column and lane. Columns by resource (day view) or by day (week view).
[[nodiscard]] QList<CalendarBox> placeBoxes(const QList<CalendarColumn> &columns,
                                            const QList<AppointmentView> &views);
// Bookable periods of a resource on a day, without leave.
[[nodiscard]] QList<QPair<qint64, qint64>> openHours(const storage::Schedule &schedule, const QDate &day,
                                                     const QTimeZone &zone);

} // namespace clinic::models
