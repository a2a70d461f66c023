// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/appointments/calendarview.h"
#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/timefields.h"

#include <QTimer>

namespace clinic::gui {

// Day by resource or week of one resource; filters are remembered per user.
class CalendarPage : public Screen
{
    Q_OBJECT
public:
    explicit CalendarPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Calendar"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_view; }
    [[nodiscard]] CalendarView *view() const { return m_view; }
    [[nodiscard]] QDate day() const { return m_date->date(); }
    void setDay(const QDate &day) { m_date->setDate(day); }

private:
    void show(const QList<models::AppointmentView> &views);
    [[nodiscard]] QList<models::CalendarColumn> makeColumns(models::CalendarAxis &axis) const;
    [[nodiscard]] QList<QPair<Id, QString>> shownResources() const;
    void readFilter();
    void storeFilter();
    void moveAppointment(const domain::Appointment &before, const domain::Appointment &after);
    void showMenu(const Id &appointment, const QPoint &at);
    void printList();
    [[nodiscard]] bool isWeek() const { return m_mode->currentIndex() == 1; }
    [[nodiscard]] bool showsBranches() const;
    [[nodiscard]] QDate firstDay() const;

    CalendarView *m_view;
    DayEdit *m_date;
    QComboBox *m_mode;
    QComboBox *m_kind;
    QComboBox *m_resource;
    QComboBox *m_states;
    QLabel *m_heading;
    QLabel *m_failure;
    QList<storage::Schedule> m_schedules;
    QList<models::AppointmentView> m_views;
    QTimer m_minute;
    bool m_reading = false;
};

} // namespace clinic::gui
