// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/timefields.h"

#include "gui/widgets/typedday.h"

#include <QTimeZone>

namespace clinic::gui {
namespace timefields {

// Replaces the digits of every script by the field's own; the length stays, and so the cursor.
void useDigitsOf(const QLocale &locale, QString &input)
{
    const QString zero = locale.zeroDigit();
    if (zero.size() != 1)
        return;
    for (QChar &c : input) {
        if (c.isDigit() && c.digitValue() >= 0)
            c = QChar(zero.front().unicode() + c.digitValue());
    }
}

// Qt reverses the format's parts in a right-to-left field. Without symbols Qt keeps no hidden step buttons at
// the edge, where a click would change the value.
void prepare(QDateTimeEdit *edit, const QString &format)
{
    edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    edit->setLayoutDirection(Qt::LeftToRight);
    edit->setDisplayFormat(format);
}

const QString dayFormat = QStringLiteral("ddd d MMM yyyy");
const QString clockFormat = QStringLiteral("HH:mm");

} // namespace timefields

DayEdit::DayEdit(const QDate &day, QWidget *parent) : QDateEdit(parent)
{
    timefields::prepare(this, timefields::dayFormat);
    setCalendarPopup(true);
    TypedDay::attach(this);
    if (day.isValid())
        setDate(day);
}

QValidator::State DayEdit::validate(QString &input, int &position) const
{
    timefields::useDigitsOf(locale(), input);
    return QDateEdit::validate(input, position);
}

ClockEdit::ClockEdit(QWidget *parent) : QTimeEdit(parent)
{
    timefields::prepare(this, timefields::clockFormat);
}

QValidator::State ClockEdit::validate(QString &input, int &position) const
{
    timefields::useDigitsOf(locale(), input);
    return QTimeEdit::validate(input, position);
}

MomentEdit::MomentEdit(QWidget *parent) : QDateTimeEdit(parent)
{
    // Every wall time exists in UTC; the branch's zone is checked when it is saved.
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    setTimeZone(QTimeZone::utc());
#else
    setTimeSpec(Qt::UTC);
#endif
    timefields::prepare(this, timefields::dayFormat + u' ' + timefields::clockFormat);
    setCalendarPopup(true);
    TypedDay::attach(this);
}

QValidator::State MomentEdit::validate(QString &input, int &position) const
{
    timefields::useDigitsOf(locale(), input);
    return QDateTimeEdit::validate(input, position);
}

void MomentEdit::setShown(const QDate &day, int minute)
{
    setDate(day);
    setTime(QTime::fromMSecsSinceStartOfDay(minute * 60'000));
}

QValidator::State NumberBox::validate(QString &input, int &position) const
{
    timefields::useDigitsOf(locale(), input);
    return QSpinBox::validate(input, position);
}

int NumberBox::valueFromText(const QString &text) const
{
    QString own = text;
    timefields::useDigitsOf(locale(), own);
    return QSpinBox::valueFromText(own);
}

} // namespace clinic::gui
