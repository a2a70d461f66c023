// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/appointments/calendarview.h"

#include <QAccessibleWidget>
#include <QPointer>

namespace clinic::gui {

// The calendar for screen readers and tests from outside: a list of appointments, each with its column, time,
// patient and state, its place on the screen, and "press" to open it.
class CalendarAccessible : public QAccessibleWidget
{
public:
    explicit CalendarAccessible(CalendarView *view);
    ~CalendarAccessible() override;

    // For QAccessible::installFactory().
    static QAccessibleInterface *create(const QString &className, QObject *object);

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *focusChild() const override;

private:
    [[nodiscard]] CalendarView *view() const { return qobject_cast<CalendarView *>(widget()); }
    // Boxes by place in the list; the same place keeps its interface, whose content follows the calendar.
    mutable QHash<int, QAccessible::Id> m_children;
};

} // namespace clinic::gui
