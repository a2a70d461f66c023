// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/theme.h"
#include "models/appointments/calendarlayout.h"

#include <QAbstractScrollArea>

namespace clinic::gui {

// The calendar's sheet: columns, a five-minute grid, a now-line and boxes that the mouse or the keyboard
// creates, moves and resizes. It emits wishes; services decide.
class CalendarView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    CalendarView(Theme &theme, QWidget *parent = nullptr);

    void setContent(const QList<models::CalendarColumn> &columns, const models::CalendarAxis &axis,
                    const QList<models::AppointmentView> &views, const QTimeZone &zone, int slotMinutes,
                    bool editable);
    void setNow(qint64 nowMs);
    void select(const Id &appointment);
    [[nodiscard]] Id selected() const { return m_selected; }
    [[nodiscard]] const QList<models::CalendarBox> &boxes() const { return m_boxes; }
    [[nodiscard]] const QList<models::CalendarColumn> &columns() const { return m_columns; }
    // A box's text, also for screen readers.
    [[nodiscard]] QString boxText(const models::CalendarBox &box) const;
    [[nodiscard]] QRect boxRect(const models::CalendarBox &box) const; // in the viewport
    [[nodiscard]] qint64 cursorTime() const { return m_cursorTime; }
    [[nodiscard]] int cursorColumn() const { return m_cursorColumn; }
    void scrollToTime(qint64 ms);
    [[nodiscard]] QSize sizeHint() const override { return {900, 600}; }

Q_SIGNALS:
    void createRequested(int column, qint64 startAt, int minutes);
    void moveRequested(const clinic::domain::Appointment &before, const clinic::domain::Appointment &after);
    void openRequested(const clinic::Id &appointment);
    void selectionChanged(const clinic::Id &appointment);
    void contextRequested(const clinic::Id &appointment, const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    enum class Drag { None, Create, Move, Resize };
    void updateScrollBars();
    void paintColumn(QPainter &painter, int column);
    void paintBox(QPainter &painter, const models::CalendarBox &box);
    [[nodiscard]] int boxAt(const QPoint &position) const;
    [[nodiscard]] int columnAt(int x) const;
    [[nodiscard]] qint64 timeAt(int column, int y) const;      // rounded to the grid
    [[nodiscard]] qint64 exactTimeAt(int column, int y) const; // to the pixel
    [[nodiscard]] int yOf(const models::CalendarColumn &column, qint64 ms) const;
    [[nodiscard]] QRect columnRect(int column) const;
    [[nodiscard]] qreal pixelsPerMinute() const;
    [[nodiscard]] const models::CalendarBox *selectedBox() const;
    void finishDrag();
    void moveSelected(qint64 byMinutes, int byColumns, int byLength);
    void stepSelection(int by);
    [[nodiscard]] int headerHeight() const;
    [[nodiscard]] int gutterWidth() const;

    Theme &m_theme;
    QList<models::CalendarColumn> m_columns;
    models::CalendarAxis m_axis;
    QList<models::CalendarBox> m_boxes;
    QTimeZone m_zone = QTimeZone::utc();
    qint64 m_now = 0;
    int m_slotMinutes = 15;
    bool m_editable = false;
    Id m_selected;
    int m_cursorColumn = 0;
    qint64 m_cursorTime = 0;

    Drag m_drag = Drag::None;
    QPoint m_pressed;
    models::CalendarBox m_dragged;
    int m_ghostColumn = 0;
    qint64 m_ghostStart = 0;
    int m_ghostMinutes = 0;
    qint64 m_grabOffset = 0;
};

} // namespace clinic::gui
