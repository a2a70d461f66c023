// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/lifecycle.h"
#include "gui/appointments/calendarview.h"
#include "models/labels.h"

#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>

// Painting of the calendar's sheet; its behaviour is in calendarview.cpp.
namespace clinic::gui {
namespace calendarpainting {

QString tint(domain::AppointmentState state)
{
    using enum domain::AppointmentState;
    switch (state) {
    case Booked:
        return QStringLiteral("booked");
    case CheckedIn:
        return QStringLiteral("checkedIn");
    case InConsultation:
        return QStringLiteral("inConsultation");
    case Completed:
        return QStringLiteral("completed");
    case Cancelled:
        return QStringLiteral("cancelled");
    case NoShow:
        return QStringLiteral("noShow");
    }
    return QStringLiteral("surface");
}

// Each state has a sign as well as a colour.
QString sign(domain::AppointmentState state)
{
    using enum domain::AppointmentState;
    switch (state) {
    case Booked:
        return QStringLiteral("○");
    case CheckedIn:
        return QStringLiteral("●");
    case InConsultation:
        return QStringLiteral("▶");
    case Completed:
        return QStringLiteral("✓");
    case Cancelled:
        return QStringLiteral("✕");
    case NoShow:
        return QStringLiteral("–");
    }
    return {};
}

} // namespace calendarpainting

using calendarpainting::sign;
using calendarpainting::tint;

void CalendarView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.colour(QStringLiteral("surface")));
    if (m_columns.isEmpty())
        return;
    painter.setClipRect(0, headerHeight(), viewport()->width(), viewport()->height() - headerHeight());
    for (int i = 0; i < m_columns.size(); ++i)
        paintColumn(painter, i);
    for (const auto &box : std::as_const(m_boxes))
        paintBox(painter, box);
    if (m_drag != Drag::None) {
        models::CalendarBox ghost = m_dragged;
        ghost.column = m_ghostColumn;
        ghost.lane = 0;
        ghost.lanes = 1;
        ghost.view.appointment.startAt = m_ghostStart;
        ghost.view.appointment.minutes = m_ghostMinutes;
        const QRect r = boxRect(ghost);
        painter.setPen(QPen(m_theme.colour(QStringLiteral("accent")), 2, Qt::DashLine));
        QColor fill = m_theme.colour(QStringLiteral("accentSoft"));
        fill.setAlpha(180);
        painter.setBrush(fill);
        painter.drawRoundedRect(r, 4, 4);
        painter.setPen(m_theme.colour(QStringLiteral("text")));
        painter.drawText(r.adjusted(6, 2, -4, -2), Qt::AlignTop | Qt::AlignLeading,
                         models::spanText(m_ghostStart, m_ghostMinutes, m_zone));
    } else if (hasFocus() && m_selected.isNull()) {
        const auto &column = m_columns[m_cursorColumn];
        const QRect r(columnRect(m_cursorColumn).left() + 2, yOf(column, m_cursorTime),
                      columnRect(m_cursorColumn).width() - 4,
                      static_cast<int>(m_slotMinutes * pixelsPerMinute()));
        painter.setPen(QPen(m_theme.colour(QStringLiteral("accent")), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(r, 4, 4);
    }
    // hours in the gutter and the now-line, on top
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRect gutter(mirrored ? viewport()->width() - gutterWidth() : 0, headerHeight(), gutterWidth(),
                       viewport()->height());
    painter.fillRect(gutter, m_theme.colour(QStringLiteral("surface")));
    painter.setPen(m_theme.colour(QStringLiteral("muted")));
    for (const auto &[minute, text] : std::as_const(m_axis.hours)) {
        const int y =
            headerHeight() + static_cast<int>(minute * pixelsPerMinute()) - verticalScrollBar()->value();
        painter.drawText(QRect(gutter.left(), y + 2, gutter.width() - 6, fontMetrics().height()),
                         Qt::AlignTrailing | Qt::AlignVCenter, text);
    }
    for (int i = 0; i < m_columns.size(); ++i) {
        if (m_now < m_columns[i].from || m_now >= m_columns[i].to)
            continue;
        const int y = yOf(m_columns[i], m_now);
        const QRect r = columnRect(i);
        painter.setPen(QPen(m_theme.colour(QStringLiteral("bad")), 2));
        painter.drawLine(r.left(), y, r.right(), y);
    }
    painter.setClipping(false);
    painter.fillRect(0, 0, viewport()->width(), headerHeight(), m_theme.colour(QStringLiteral("window")));
    for (int i = 0; i < m_columns.size(); ++i) {
        const QRect r(columnRect(i).left(), 4, columnRect(i).width() - 6, headerHeight() - 8);
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(m_theme.colour(QStringLiteral("text")));
        painter.drawText(r.adjusted(6, 0, 0, 0), Qt::AlignTop | Qt::AlignLeading,
                         painter.fontMetrics().elidedText(m_columns[i].title, Qt::ElideRight, r.width() - 8));
        painter.setFont(font());
        painter.setPen(m_theme.colour(QStringLiteral("muted")));
        painter.drawText(r.adjusted(6, 0, 0, 0), Qt::AlignBottom | Qt::AlignLeading,
                         fontMetrics().elidedText(m_columns[i].subtitle, Qt::ElideRight, r.width() - 8));
    }
    painter.setPen(m_theme.colour(QStringLiteral("line")));
    painter.drawLine(0, headerHeight() - 1, viewport()->width(), headerHeight() - 1);
}

void CalendarView::paintColumn(QPainter &painter, int index)
{
    const auto &column = m_columns[index];
    const QRect r = columnRect(index);
    if (r.right() < 0 || r.left() > viewport()->width())
        return;
    painter.fillRect(r, m_theme.colour(QStringLiteral("closed")));
    for (const auto &[from, to] : column.open) {
        const int top = yOf(column, qMax(from, column.from));
        const int bottom = yOf(column, qMin(to, column.to));
        if (bottom > top)
            painter.fillRect(QRect(r.left(), top, r.width(), bottom - top),
                             m_theme.colour(QStringLiteral("surface")));
    }
    QColor faint = m_theme.colour(QStringLiteral("line"));
    faint.setAlpha(90);
    for (int minute = 0; minute < m_axis.minutes; minute += 15) {
        painter.setPen(minute % 60 == 0 ? m_theme.colour(QStringLiteral("line")) : faint);
        const int y =
            headerHeight() + static_cast<int>(minute * pixelsPerMinute()) - verticalScrollBar()->value();
        painter.drawLine(r.left(), y, r.right(), y);
    }
    painter.setPen(m_theme.colour(QStringLiteral("line")));
    painter.drawLine(r.left(), r.top(), r.left(), r.bottom());
}

void CalendarView::paintBox(QPainter &painter, const models::CalendarBox &box)
{
    const QRect r = boxRect(box);
    if (!r.intersects(viewport()->rect()))
        return;
    const auto &v = box.view;
    const bool chosen = v.appointment.id == m_selected;
    const bool released = !domain::holdsSlot(v.appointment.state);
    // When the patient has arrived, the slot cannot be lost any more.
    const bool isOpen = v.isUnconfirmed && v.appointment.state == domain::AppointmentState::Booked;
    painter.setPen(QPen(m_theme.colour(chosen ? QStringLiteral("accent") : QStringLiteral("line")),
                        chosen ? 2 : 1, released ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(m_theme.colour(tint(v.appointment.state)));
    painter.drawRoundedRect(r, 4, 4);
    if (isOpen) {
        QColor hatch = m_theme.colour(QStringLiteral("muted"));
        hatch.setAlpha(70);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(hatch, Qt::BDiagPattern));
        painter.drawRoundedRect(r, 4, 4);
    }
    painter.setPen(m_theme.colour(released ? QStringLiteral("muted") : QStringLiteral("text")));
    const QRect inner = r.adjusted(6, 1, -4, -1);
    QString first = sign(v.appointment.state) + u' ' + models::timeText(v.appointment.startAt, m_zone) +
                    u' ' + models::isolated(v.patientName);
    if (!models::warningText(v, m_now).isEmpty())
        first += QStringLiteral(" ❗");
    if (v.hasAllergy)
        first += QStringLiteral(" ⚠");
    if (!v.appointment.overbookReason.isEmpty())
        first += QStringLiteral(" ⧉");
    if (isOpen)
        first += QStringLiteral(" ⋯");
    const int line = fontMetrics().height();
    const QString second = QStringList{v.serviceName, v.roomName, v.appointment.reason.simplified()}
                               .filter(QRegularExpression(QStringLiteral(".")))
                               .join(QStringLiteral(" · "));
    if (inner.height() < line * 2) {
        // Five minutes are half a line high: a smaller font instead of cut words.
        QFont fitting = font();
        if (r.height() < line)
            fitting.setPixelSize(qMax(8, r.height() * 4 / 5));
        painter.setFont(fitting);
        painter.drawText(r.height() < line ? r.adjusted(6, 0, -4, 0) : inner,
                         Qt::AlignVCenter | Qt::AlignLeading,
                         painter.fontMetrics().elidedText(
                             second.isEmpty() ? first : first + QStringLiteral(" · ") + second,
                             Qt::ElideRight, inner.width()));
        painter.setFont(font());
        return;
    }
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.drawText(inner, Qt::AlignTop | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(first, Qt::ElideRight, inner.width()));
    painter.setFont(font());
    painter.drawText(inner.adjusted(0, line, 0, 0), Qt::AlignTop | Qt::AlignLeading,
                     fontMetrics().elidedText(second, Qt::ElideRight, inner.width()));
}

} // namespace clinic::gui
