// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/calendarview.h"

#include "domain/appointments/lifecycle.h"
#include "gui/appointments/calendaraccessible.h"
#include "models/labels.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

namespace clinic::gui {
namespace {

constexpr qint64 grid = TimeSlot::gridMs;
constexpr int leastColumn = 150;
constexpr int handle = 7;

qint64 snapped(qint64 ms)
{
    return (ms + grid / 2) / grid * grid;
}

} // namespace

CalendarView::CalendarView(Theme &theme, QWidget *parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    [[maybe_unused]] static const bool spoken = [] {
        QAccessible::installFactory(CalendarAccessible::create);
        return true;
    }();
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Calendar"));
    setAccessibleDescription(tr("Arrow keys move through the day, Enter books or opens, Alt+arrows move an "
                                "appointment, Shift+up and down change its length."));
    verticalScrollBar()->setSingleStep(20);
}

int CalendarView::headerHeight() const
{
    return fontMetrics().height() * 2 + 14;
}

int CalendarView::gutterWidth() const
{
    return fontMetrics().horizontalAdvance(QStringLiteral("00:00")) + 16;
}

qreal CalendarView::pixelsPerMinute() const
{
    // Ten minutes have the height of one line with a margin.
    return (fontMetrics().height() + 4) / 10.0;
}

void CalendarView::setContent(const QList<models::CalendarColumn> &columns, const models::CalendarAxis &axis,
                              const QList<models::AppointmentView> &views, const QTimeZone &zone,
                              int slotMinutes, bool editable)
{
    m_columns = columns;
    m_axis = axis;
    m_boxes = models::placeBoxes(columns, views);
    m_zone = zone;
    m_slotMinutes = qBound(5, slotMinutes, 240);
    m_editable = editable;
    m_cursorColumn = qBound(0, m_cursorColumn, qMax(0, static_cast<int>(columns.size()) - 1));
    if (!columns.isEmpty()) {
        const auto &column = columns[m_cursorColumn];
        if (m_cursorTime < column.from || m_cursorTime >= column.to)
            m_cursorTime =
                m_now > column.from && m_now < column.to ? snapped(m_now) : column.from + 3'600'000;
    }
    if (!selectedBox())
        m_selected = {};
    m_drag = Drag::None;
    updateScrollBars();
    viewport()->update();
}

void CalendarView::setNow(qint64 nowMs)
{
    m_now = nowMs;
    viewport()->update();
}

void CalendarView::select(const Id &appointment)
{
    if (m_selected == appointment)
        return;
    m_selected = appointment;
    if (const auto *box = selectedBox()) {
        m_cursorColumn = box->column;
        m_cursorTime = box->view.appointment.startAt;
        setAccessibleDescription(boxText(*box));
        if (QAccessible::isActive()) {
            QAccessibleEvent focused(this, QAccessible::Focus);
            focused.setChild(static_cast<int>(box - m_boxes.constData()));
            QAccessible::updateAccessibility(&focused);
        }
    }
    viewport()->update();
    Q_EMIT selectionChanged(m_selected);
}

const models::CalendarBox *CalendarView::selectedBox() const
{
    for (const auto &box : m_boxes) {
        if (!m_selected.isNull() && box.view.appointment.id == m_selected)
            return &box;
    }
    return nullptr;
}

void CalendarView::scrollToTime(qint64 ms)
{
    if (m_columns.isEmpty())
        return;
    verticalScrollBar()->setValue(static_cast<int>(m_columns.first().axisOf(ms) * pixelsPerMinute()) - 40);
}

void CalendarView::updateScrollBars()
{
    if (m_columns.isEmpty())
        return;
    const int height = static_cast<int>(m_axis.minutes * pixelsPerMinute()) + headerHeight() + 8;
    verticalScrollBar()->setRange(0, qMax(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    const int width = static_cast<int>(m_columns.size()) * leastColumn + gutterWidth();
    horizontalScrollBar()->setRange(0, qMax(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

QRect CalendarView::columnRect(int column) const
{
    const int room = viewport()->width() - gutterWidth();
    const int width =
        qMax(leastColumn, m_columns.isEmpty() ? room : room / static_cast<int>(m_columns.size()));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int offset = horizontalScrollBar()->value();
    const int left = mirrored ? viewport()->width() - gutterWidth() - (column + 1) * width + offset
                              : gutterWidth() + column * width - offset;
    return {left, headerHeight(), width, viewport()->height() - headerHeight()};
}

int CalendarView::yOf(const models::CalendarColumn &column, qint64 ms) const
{
    return headerHeight() + static_cast<int>(column.axisOf(ms) * pixelsPerMinute()) -
           verticalScrollBar()->value();
}

qint64 CalendarView::exactTimeAt(int column, int y) const
{
    const qreal minutes = (y - headerHeight() + verticalScrollBar()->value()) / pixelsPerMinute();
    return m_columns[column].timeOf(minutes);
}

qint64 CalendarView::timeAt(int column, int y) const
{
    const auto &c = m_columns[column];
    return qBound(c.from, c.from + (exactTimeAt(column, y) - c.from) / grid * grid, c.to - grid);
}

int CalendarView::columnAt(int x) const
{
    for (int i = 0; i < m_columns.size(); ++i) {
        const QRect r = columnRect(i);
        if (x >= r.left() && x <= r.right())
            return i;
    }
    return -1;
}

QRect CalendarView::boxRect(const models::CalendarBox &box) const
{
    const auto &column = m_columns[box.column];
    const QRect all = columnRect(box.column).adjusted(3, 0, -10, 0);
    const int width = all.width() / box.lanes;
    // An appointment over midnight is cut at the edge of the sheet.
    const auto &a = box.view.appointment;
    const int top = yOf(column, qMax(a.startAt, column.from));
    const int bottom = yOf(column, qMin(a.startAt + qint64(a.minutes) * 60'000, column.to));
    return {all.left() + box.lane * width, top + 1, width - 2, qMax(bottom - top - 2, 12)};
}

int CalendarView::boxAt(const QPoint &position) const
{
    if (position.y() < headerHeight())
        return -1;
    for (qsizetype i = m_boxes.size() - 1; i >= 0; --i) {
        if (boxRect(m_boxes[i]).contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

QString CalendarView::boxText(const models::CalendarBox &box) const
{
    const auto &v = box.view;
    QStringList parts{models::spanText(v.appointment.startAt, v.appointment.minutes, m_zone),
                      v.patientName,
                      models::stateLabel(v.appointment.state),
                      models::warningText(v, m_now),
                      v.serviceName,
                      v.practitionerName,
                      v.roomName};
    parts.removeAll(QString());
    for (QString &part : parts)
        part = models::isolated(part);
    return parts.join(QStringLiteral(", "));
}

void CalendarView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void CalendarView::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int column = columnAt(at.x());
    if (column < 0 || at.y() < headerHeight())
        return;
    m_pressed = at;
    const int hit = boxAt(at);
    if (hit >= 0) {
        m_dragged = m_boxes[hit];
        select(m_dragged.view.appointment.id);
        if (event->button() == Qt::RightButton)
            Q_EMIT contextRequested(m_selected, event->globalPosition().toPoint());
        m_grabOffset = exactTimeAt(column, at.y()) - m_dragged.view.appointment.startAt;
        return;
    }
    select({});
    m_dragged = {};
    m_cursorColumn = column;
    m_cursorTime = timeAt(column, at.y());
    viewport()->update();
}

void CalendarView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (!(event->buttons() & Qt::LeftButton)) {
        const int hit = boxAt(at);
        const bool edge = hit >= 0 && at.y() > boxRect(m_boxes[hit]).bottom() - handle;
        viewport()->setCursor(edge && m_editable ? Qt::SizeVerCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_editable || m_columns.isEmpty())
        return;
    const bool onBox = !m_dragged.view.appointment.id.isNull();
    if (m_drag == Drag::None) {
        if ((at - m_pressed).manhattanLength() < 6)
            return;
        if (onBox && domain::isClosed(m_dragged.view.appointment.state))
            return;
        m_drag = !onBox                                                 ? Drag::Create
                 : m_pressed.y() > boxRect(m_dragged).bottom() - handle ? Drag::Resize
                                                                        : Drag::Move;
        m_ghostColumn = onBox ? m_dragged.column : m_cursorColumn;
        m_ghostStart = onBox ? m_dragged.view.appointment.startAt : m_cursorTime;
        m_ghostMinutes = onBox ? m_dragged.view.appointment.minutes : m_slotMinutes;
    }
    const int column = columnAt(at.x());
    if (m_drag == Drag::Move) {
        if (column >= 0)
            m_ghostColumn = column;
        const qint64 wanted = snapped(exactTimeAt(m_ghostColumn, at.y()) - m_grabOffset);
        const auto &ghost = m_columns[m_ghostColumn];
        m_ghostStart =
            qBound(ghost.from, wanted, qMax(ghost.from, ghost.to - qint64(m_ghostMinutes) * 60'000));
    } else {
        const qint64 end = timeAt(m_ghostColumn, at.y()) + grid;
        m_ghostMinutes = qMax(5, static_cast<int>((end - m_ghostStart) / 60'000 / 5 * 5));
    }
    viewport()->update();
}

void CalendarView::mouseReleaseEvent(QMouseEvent *)
{
    if (m_drag != Drag::None)
        finishDrag();
}

void CalendarView::finishDrag()
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    viewport()->update();
    if (drag == Drag::Create) {
        Q_EMIT createRequested(m_ghostColumn, m_ghostStart, m_ghostMinutes);
        return;
    }
    const domain::Appointment before = m_dragged.view.appointment;
    domain::Appointment after = before;
    after.startAt = m_ghostStart;
    after.minutes = m_ghostMinutes;
    const Id target = m_columns[m_ghostColumn].resource;
    const Id source = m_columns[m_dragged.column].resource;
    if (target != source && !target.isNull()) {
        if (before.practitionerId == source)
            after.practitionerId = target;
        else if (before.roomId == source)
            after.roomId = target;
        else
            after.equipmentId = target;
    }
    if (after.startAt != before.startAt || after.minutes != before.minutes || target != source)
        Q_EMIT moveRequested(before, after);
}

void CalendarView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int hit = boxAt(at);
    const int column = columnAt(at.x());
    if (hit >= 0)
        Q_EMIT openRequested(m_boxes[hit].view.appointment.id);
    else if (column >= 0 && at.y() > headerHeight() && m_editable)
        Q_EMIT createRequested(column, timeAt(column, at.y()), m_slotMinutes);
}

void CalendarView::stepSelection(int by)
{
    if (m_boxes.isEmpty())
        return;
    qsizetype index = by > 0 ? -1 : m_boxes.size();
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes[i].view.appointment.id == m_selected)
            index = i;
    }
    index = qBound(qsizetype(0), index + by, m_boxes.size() - 1);
    select(m_boxes[index].view.appointment.id);
}

void CalendarView::moveSelected(qint64 byMinutes, int byColumns, int byLength)
{
    const auto *box = selectedBox();
    if (!box || !m_editable || domain::isClosed(box->view.appointment.state))
        return;
    m_dragged = *box;
    m_ghostColumn = qBound(0, box->column + byColumns, static_cast<int>(m_columns.size()) - 1);
    m_ghostMinutes = qMax(5, box->view.appointment.minutes + byLength);
    // In the week view another column is another day.
    m_ghostStart =
        byColumns == 0
            ? box->view.appointment.startAt + byMinutes * 60'000
            : m_columns[m_ghostColumn].timeOf(m_columns[box->column].axisOf(box->view.appointment.startAt));
    m_drag = Drag::Move;
    finishDrag();
}

void CalendarView::keyPressEvent(QKeyEvent *event)
{
    if (m_columns.isEmpty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const bool alt = event->modifiers() & Qt::AltModifier;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const int sideways = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int by = event->key() == Qt::Key_Down ? 1 : -1;
        if (shift && !m_selected.isNull())
            moveSelected(0, 0, by * 5);
        else if (alt && !m_selected.isNull())
            moveSelected(by * 5, 0, 0);
        else {
            select({});
            const auto &column = m_columns[m_cursorColumn];
            m_cursorTime =
                qBound(column.from, m_cursorTime + by * qint64(m_slotMinutes) * 60'000, column.to - grid);
            for (const auto &box : std::as_const(m_boxes)) {
                const qint64 end =
                    box.view.appointment.startAt + qint64(box.view.appointment.minutes) * 60'000;
                if (box.column == m_cursorColumn && box.view.appointment.startAt <= m_cursorTime &&
                    m_cursorTime < end) {
                    const qint64 keep = m_cursorTime;
                    select(box.view.appointment.id);
                    m_cursorTime =
                        by > 0 ? qMax(keep, box.view.appointment.startAt) : box.view.appointment.startAt;
                    break;
                }
            }
        }
        const int y = yOf(m_columns[m_cursorColumn], m_cursorTime);
        if (y < headerHeight() + 20 || y > viewport()->height() - 40)
            scrollToTime(m_cursorTime);
        viewport()->update();
        return;
    }
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int by = (event->key() == Qt::Key_Right ? 1 : -1) * sideways;
        if (alt && !m_selected.isNull()) {
            moveSelected(0, by, 0);
            return;
        }
        const int next = qBound(0, m_cursorColumn + by, static_cast<int>(m_columns.size()) - 1);
        const qint64 keep = m_columns[next].timeOf(m_columns[m_cursorColumn].axisOf(m_cursorTime));
        select({});
        m_cursorColumn = next;
        m_cursorTime = keep;
        viewport()->update();
        return;
    }
    case Qt::Key_N:
        stepSelection(1);
        return;
    case Qt::Key_P:
        stepSelection(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_selected.isNull())
            Q_EMIT openRequested(m_selected);
        else if (m_editable)
            Q_EMIT createRequested(m_cursorColumn, m_cursorTime, m_slotMinutes);
        return;
    case Qt::Key_Escape:
        if (m_drag != Drag::None || !m_selected.isNull()) {
            m_drag = Drag::None;
            select({});
            viewport()->update();
            return;
        }
        break;
    case Qt::Key_Menu:
        if (const auto *box = selectedBox())
            Q_EMIT contextRequested(m_selected, viewport()->mapToGlobal(boxRect(*box).center()));
        return;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

bool CalendarView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int hit = boxAt(help->pos());
        if (hit >= 0)
            QToolTip::showText(help->globalPos(), boxText(m_boxes[hit]).toHtmlEscaped(), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace clinic::gui
