// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/texts.h"

#include "core/walltime.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

namespace clinic::exchange {
namespace texts {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Texts)
};

constexpr QChar firstStrong(0x2068);
constexpr QChar leftToRightIsolate(0x2066);
constexpr QChar end(0x2069);

bool isRightToLeft()
{
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

bool isBeginning(QChar c)
{
    return c.unicode() >= 0x2066 && c.unicode() <= 0x2068;
}

// One isolate from the first to the last character.
bool isIsolated(const QString &text)
{
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        depth += isBeginning(text[i]) ? 1 : text[i] == end ? -1 : 0;
        if (depth <= 0)
            return i > 0 && i == text.size() - 1;
    }
    return false;
}

// Isolates numbers with a sign, and telephone numbers, inside right-to-left text: the sign would change
// sides, the groups their order.
QString withNumbersKept(const QString &text)
{
    static const QRegularExpression number(
        QStringLiteral("(?<![\\p{Nd}\\p{L}\\x{2066}])([+\\-\\x{2212}]\\p{Nd}[\\p{Nd}.,:/ "
                       "\\-]*\\p{Nd}|[+\\-\\x{2212}]\\p{Nd}"
                       "|\\p{Nd}++(?:[ \\-/]\\p{Nd}++)++(?!:)" // not the year and the hour of a date
                       "|\\p{Nd}++(?:[\\-/]\\p{Nd}++)++)"),
        QRegularExpression::UseUnicodePropertiesOption);
    QString kept = text;
    kept.replace(number, QString(leftToRightIsolate) + QStringLiteral("\\1") + QString(end));
    return kept;
}

// Contains right-to-left text, or numbers that count as such.
bool runsRightToLeft(const QString &text)
{
    return std::ranges::any_of(text.toUcs4(), [](char32_t c) {
        switch (QChar::direction(c)) {
        case QChar::DirR:
        case QChar::DirAL:
        case QChar::DirAN:
        case QChar::DirRLE:
        case QChar::DirRLO:
        case QChar::DirRLI:
            return true;
        default:
            return false;
        }
    });
}

} // namespace texts

QString isolated(const QString &text)
{
    if (text.isEmpty() || texts::isIsolated(text) ||
        !(texts::isRightToLeft() || texts::runsRightToLeft(text)))
        return text;
    // An isolate ends at the line end.
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        if (!line.isEmpty())
            line = texts::firstStrong + (texts::runsRightToLeft(line) ? texts::withNumbersKept(line) : line) +
                   texts::end;
    }
    return lines.join(u'\n');
}

QString leftToRight(const QString &text)
{
    if (text.isEmpty() || texts::isIsolated(text) ||
        !(texts::isRightToLeft() || texts::runsRightToLeft(text)))
        return text;
    return texts::leftToRightIsolate + text + texts::end;
}

QString withoutIsolates(const QString &text)
{
    QString plain = text;
    plain.removeIf([](QChar c) { return texts::isBeginning(c) || c == texts::end; });
    return plain;
}

QString timeText(qint64 ms, const QTimeZone &zone)
{
    const QString text = QLocale().toString(walltime::shown(ms, zone).time(), QStringLiteral("HH:mm"));
    return walltime::passOf(ms, zone) == walltime::Pass::Second
               ? texts::Texts::tr("%1 (second time)").arg(text)
               : text;
}

QString spanText(qint64 ms, int minutes, const QTimeZone &zone)
{
    const qint64 end = ms + qint64(minutes) * 60'000;
    // Midnight is the end of a day, not the next one.
    const bool isSameDay = walltime::dayOf(ms, zone) == walltime::dayOf(end - 1, zone);
    const QString until = isSameDay ? timeText(end, zone)
                                    : QLocale().toString(walltime::dayOf(end, zone), QStringLiteral("ddd")) +
                                          u' ' + timeText(end, zone);
    return (isSameDay ? QString()
                      : QLocale().toString(walltime::dayOf(ms, zone), QStringLiteral("ddd")) + u' ') +
           timeText(ms, zone) + QStringLiteral(" – ") + until;
}

QString dayText(qint64 ms, const QTimeZone &zone)
{
    return QLocale().toString(walltime::dayOf(ms, zone), QStringLiteral("ddd d MMM yyyy"));
}

} // namespace clinic::exchange
