// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/typedday.h"

#include "core/digits.h"
#include "core/partialdate.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QStyle>
#include <QTimer>
#include <QToolTip>
#include <algorithm>
#include <array>

namespace clinic::gui {
namespace typedday {

// The candidate nearest to `shown`; candidates that are no days are left out.
std::optional<QDate> nearest(std::array<QDate, 3> days, const QDate &shown)
{
    const auto distance = [&](const QDate &day) {
        return day.isValid() ? std::abs(shown.daysTo(day)) : std::numeric_limits<qint64>::max();
    };
    const QDate day = *std::ranges::min_element(days, {}, distance);
    return day.isValid() ? std::optional(day) : std::nullopt;
}

QDate sameDayIn(int year, const QDate &shown)
{
    const QDate month(year, shown.month(), 1);
    return month.isValid() ? month.addDays(std::min(shown.day(), month.daysInMonth()) - 1) : QDate();
}

} // namespace typedday

std::optional<QDate> typedDay(QStringView text, const QDate &shown)
{
    using namespace typedday;
    const QString plain = digits::plain(text.trimmed());
    static const QRegularExpression alone(QStringLiteral("^(\\d{1,2}|\\d{4})$"));
    if (const auto m = alone.match(plain); m.hasMatch()) {
        const int number = plain.toInt();
        const QDate day =
            plain.size() == 4 ? sameDayIn(number, shown) : QDate(shown.year(), shown.month(), number);
        return day.isValid() ? std::optional(day) : std::nullopt;
    }
    static const QRegularExpression withoutCentury(
        QStringLiteral("^(\\d{1,2})[-/. ](\\d{1,2})(?:[-/. ](\\d{2})?)?$"));
    if (const auto m = withoutCentury.match(plain); m.hasMatch()) {
        const int day = m.captured(1).toInt();
        const int month = m.captured(2).toInt();
        const bool hasYear = m.hasCaptured(3);
        const int year = hasYear ? shown.year() / 100 * 100 + m.captured(3).toInt() : shown.year();
        const int step = hasYear ? 100 : 1;
        return nearest(
            {QDate(year, month, day), QDate(year - step, month, day), QDate(year + step, month, day)}, shown);
    }
    const auto date = PartialDate::parse(plain, shown);
    return date && date->isComplete() && !date->isEstimated() ? std::optional(date->earliest())
                                                              : std::nullopt;
}

void TypedDay::attach(QDateTimeEdit *field)
{
    field->installEventFilter(new TypedDay(field));
}

TypedDay::TypedDay(QDateTimeEdit *field) : m_field(field)
{
    // Over the field's own line, whose focus and size it shares.
    auto *line = field->findChild<QLineEdit *>();
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSizeConstraint(QLayout::SetNoConstraint);
    layout->addWidget(this);
    setObjectName(QStringLiteral("typedDay"));
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    setFrame(false);
    setMaxLength(40);
    hide();
    connect(this, &QLineEdit::textEdited, this, [this] {
        mark(false);
        if (text().isEmpty())
            return giveBack();
        m_isTyping = true;
        m_field->setDateTime(read(false).value_or(m_before));
        m_isTyping = false;
    });
    // A day that is chosen by other means, such as a button, replaces the day that is being typed.
    connect(field, &QDateTimeEdit::dateTimeChanged, this, [this] {
        if (!m_isTyping && !isHidden())
            close();
    });
}

// Nothing for a text that is no day in the field's range, and for a short form unless these are read.
std::optional<QDateTime> TypedDay::read(bool isShortRead) const
{
    QString typed = text();
    QDateTime moment = m_before;
    if (m_field->displayedSections() & QDateTimeEdit::HourSection) {
        static const QRegularExpression hour(QStringLiteral("^(.*\\S)[ T]+(\\d{1,2}):(\\d{2})$"),
                                             QRegularExpression::UseUnicodePropertiesOption);
        if (const auto m = hour.match(typed); m.hasMatch()) {
            const QTime time(digits::plain(m.capturedView(2)).toInt(),
                             digits::plain(m.capturedView(3)).toInt());
            if (!time.isValid())
                return {};
            moment.setTime(time);
            typed = m.captured(1);
        }
    }
    static const QRegularExpression full(QStringLiteral("\\d{4}"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    if (!isShortRead && (typed.size() < 8 || !typed.contains(full)))
        return {};
    const auto day = typedDay(typed, m_before.date());
    if (!day || *day < m_field->minimumDate() || *day > m_field->maximumDate())
        return {};
    moment.setDate(*day);
    return moment;
}

void TypedDay::open(const QString &typed)
{
    m_before = m_field->dateTime();
    setAlignment(m_field->alignment());
    setAccessibleName(m_field->accessibleName());
    show();
    QFocusEvent focus(QEvent::FocusIn);
    QCoreApplication::sendEvent(this, &focus); // so that it shows its cursor; the field keeps the focus
    setText(typed);
    Q_EMIT textEdited(typed);
}

void TypedDay::close()
{
    mark(false);
    QFocusEvent focus(QEvent::FocusOut);
    QCoreApplication::sendEvent(this, &focus);
    hide();
    clear();
}

void TypedDay::giveBack()
{
    close();
    m_field->setDateTime(m_before);
}

// False for a text that is no day.
bool TypedDay::take()
{
    if (const auto moment = read(true)) {
        close();
        m_field->setDateTime(*moment);
        return true;
    }
    m_isTyping = true;
    m_field->setDateTime(m_before);
    m_isTyping = false;
    mark(true);
    // Afterwards, because a change of the focus hides tips.
    QTimer::singleShot(0, this, [this] {
        if (!isHidden())
            QToolTip::showText(m_field->mapToGlobal(m_field->rect().bottomLeft()), fault(), m_field);
    });
    return false;
}

QString TypedDay::fault() const
{
    const auto day = typedDay(text(), m_before.date());
    if (day && *day < m_field->minimumDate())
        return tr("Choose a day from %1 on.").arg(QLocale().toString(m_field->minimumDate()));
    if (day && *day > m_field->maximumDate())
        return tr("Choose a day up to %1.").arg(QLocale().toString(m_field->maximumDate()));
    return tr("“%1” is not a day. Write it as 21/7/2026 or 21 Jul 2026.").arg(text());
}

void TypedDay::mark(bool isUnread)
{
    if (property("invalid").toBool() == isUnread)
        return;
    setProperty("invalid", isUnread);
    style()->unpolish(this);
    style()->polish(this);
}

bool TypedDay::findsUnread(const QWidget *form)
{
    for (auto *line : form->findChildren<TypedDay *>()) {
        if (!line->isHidden() && !line->take()) {
            line->m_field->setFocus();
            return true;
        }
    }
    return false;
}

bool TypedDay::opensWith(QKeyEvent *key)
{
    // The parts of the hour are typed one by one, as they stand.
    const auto part = m_field->currentSection();
    if (part == QDateTimeEdit::HourSection || part == QDateTimeEdit::MinuteSection)
        return false;
    if (key->matches(QKeySequence::Paste)) {
        const QString pasted = QApplication::clipboard()->text().trimmed();
        if (pasted.size() > maxLength() || !typedDay(pasted, m_field->date()))
            return false;
        open(pasted);
        return true;
    }
    const QString typed = key->text();
    if (typed.size() != 1 || !typed.front().isDigit() ||
        (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)))
        return false;
    open(typed);
    return true;
}

// False: the field does with the key what it always does.
bool TypedDay::typeKey(QKeyEvent *key)
{
    switch (key->key()) {
    case Qt::Key_Escape:
        giveBack();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_F4:
        return !take(); // a text that is no day presses no default button
    case Qt::Key_Tab:
        if (!take())
            return true;
        // Qt's Tab moves from part to part of the field. After a whole day, Tab moves to the hour if the
        // field has one, else to the next field.
        if (m_field->displayedSections() & QDateTimeEdit::HourSection) {
            m_field->setSelectedSection(QDateTimeEdit::HourSection);
            return true;
        }
        m_field->setCurrentSectionIndex(m_field->sectionCount() - 1);
        return false;
    case Qt::Key_Backtab:
        if (!take())
            return true;
        m_field->setCurrentSectionIndex(0);
        return false;
    default:
        key->ignore();
        QLineEdit::keyPressEvent(key);
        return key->isAccepted();
    }
}

bool TypedDay::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && !m_field->isReadOnly()) {
        if (event->type() == QEvent::KeyPress) {
            auto *key = static_cast<QKeyEvent *>(event);
            return isHidden() ? opensWith(key) : typeKey(key);
        }
        if (event->type() == QEvent::MouseButtonPress && !isHidden()) // on the arrow, for the calendar
            return !take();
        if (event->type() == QEvent::FocusOut && !isHidden() &&
            static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason &&
            static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason)
            static_cast<void>(take());
    }
    return QLineEdit::eventFilter(watched, event);
}

} // namespace clinic::gui
