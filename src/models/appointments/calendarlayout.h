// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appointments/appointmentscontroller.h"

#include <QDate>

namespace clinic::models {

// One column of the calendar: a resource on a day.
struct CalendarColumn
{
    QString title;
    QString subtitle;
    Id resource{};
    QDate day;
    qint64 from = 0; // the day's visible span, UTC milliseconds
    qint64 to = 0;
    QList<QPair<qint64, qint64>> open; // when it may be booked
};

// One appointment placed in a column; lanes stand side by side where appointments overlap.
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
// Open stretches of a resource on a day, leave taken out.
[[nodiscard]] QList<QPair<qint64, qint64>> openHours(const storage::Schedule &schedule, const QDate &day,
                                                     const QTimeZone &zone);

} // namespace clinic::models
