// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/calendaraccessible.h"

namespace clinic::gui {
namespace {

class BoxAccessible final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    BoxAccessible(CalendarView *view, int index) : m_view(view), m_index(index) {}

    [[nodiscard]] int index() const { return m_index; }

    bool isValid() const override { return m_view && m_index < m_view->boxes().size(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text which) const override
    {
        if (!isValid() || which != QAccessible::Name)
            return {};
        const auto &box = m_view->boxes().at(m_index);
        return m_view->columns().at(box.column).title + QStringLiteral(": ") + m_view->boxText(box);
    }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inside = m_view->boxRect(m_view->boxes().at(m_index));
        return {m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const bool chosen = m_view->boxes().at(m_index).view.appointment.id == m_view->selected();
        state.selectable = true;
        state.focusable = true;
        state.selected = chosen;
        state.focused = chosen && m_view->hasFocus();
        state.invisible = !m_view->isVisible();
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        const Id id = m_view->boxes().at(m_index).view.appointment.id;
        m_view->select(id);
        m_view->setFocus();
        if (name == pressAction())
            Q_EMIT m_view->openRequested(id);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<CalendarView> m_view;
    int m_index;
};

} // namespace

CalendarAccessible::CalendarAccessible(CalendarView *view) : QAccessibleWidget(view, QAccessible::List) {}

CalendarAccessible::~CalendarAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_children))
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *CalendarAccessible::create(const QString &, QObject *object)
{
    auto *view = qobject_cast<CalendarView *>(object);
    return view ? new CalendarAccessible(view) : nullptr;
}

int CalendarAccessible::childCount() const
{
    return view() ? static_cast<int>(view()->boxes().size()) : 0;
}

QAccessibleInterface *CalendarAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    if (!m_children.contains(index))
        m_children.insert(index, QAccessible::registerAccessibleInterface(new BoxAccessible(view(), index)));
    return QAccessible::accessibleInterface(m_children.value(index));
}

QAccessibleInterface *CalendarAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (auto *box = child(i); box && box->rect().contains(x, y))
            return box;
    }
    return nullptr;
}

int CalendarAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *box = dynamic_cast<const BoxAccessible *>(child);
    return box ? box->index() : -1;
}

QAccessibleInterface *CalendarAccessible::focusChild() const
{
    for (int i = 0; i < childCount(); ++i) {
        if (view()->boxes().at(i).view.appointment.id == view()->selected())
            return child(i);
    }
    return nullptr;
}

} // namespace clinic::gui
