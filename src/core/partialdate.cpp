// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/partialdate.h"

#include <QHash>
#include <QLocale>
#include <QRegularExpression>

namespace clinic {

Result<PartialDate> PartialDate::create(int year, int month, int day, bool estimated)
{
    if (year < 1800 || year > 9999 || month < 0 || month > 12 || (day != 0 && month == 0))
        return fail(ErrorCode::BadDate);
    if (day != 0 && !QDate::isValid(year, month, day))
        return fail(ErrorCode::DateImpossible);
    PartialDate date;
    date.m_year = year;
    date.m_month = month;
    date.m_day = day;
    date.m_estimated = estimated;
    return date;
}

PartialDate PartialDate::fromStored(QStringView text)
{
    // Runs for every line of every list: fixed positions instead of splitting.
    const bool estimated = text.endsWith(u'~');
    const QStringView digits = estimated ? text.chopped(1) : text;
    const auto part = [&](qsizetype from, qsizetype count) {
        return digits.size() >= from + count ? digits.mid(from, count).toInt() : 0;
    };
    return create(part(0, 4), part(5, 2), part(8, 2), estimated).value_or(PartialDate{});
}

Result<PartialDate> PartialDate::fromAge(int years, const QDate &today)
{
    if (years < 0 || years > mostYears)
        return fail(ErrorCode::TooOld, {}, {QString::number(mostYears)});
    return create(today.year() - years, 0, 0, true);
}

namespace {

// Digits of any script as 0-9; every kind of space as a space.
QString plainly(QStringView text)
{
    QString t;
    for (const QChar c : text.trimmed())
        t += c.isDigit() ? QChar(u'0' + c.digitValue()) : c.isSpace() ? QChar(u' ') : c;
    return t;
}

// Removes the mark of an estimate: "~1996", "1996~", "about 30", "c. 1950".
bool takeEstimated(QString &t)
{
    static const QRegularExpression mark(
        QStringLiteral("^(?:[~\u2248\u223c]|(?:about|approx\\.?|approximately|around|circa|ca?\\.|"
                       "\u062d\u0648\u0627\u0644\u064a)(?=[ \\d])) *|"
                       " *[~\u2248\u223c]$"),
        QRegularExpression::CaseInsensitiveOption);
    const qsizetype before = t.size();
    t.remove(mark);
    return t.size() != before;
}

// The number of a month's name, long or short, in the program's language or English; 0 = none.
int monthNamed(const QString &name)
{
    for (const QLocale &locale : {QLocale(), QLocale::c()}) {
        for (int month = 1; month <= 12; ++month) {
            for (const auto format : {QLocale::ShortFormat, QLocale::LongFormat}) {
                for (QString known :
                     {locale.standaloneMonthName(month, format), locale.monthName(month, format)}) {
                    if (known.endsWith(u'.'))
                        known.chop(1);
                    if (name.compare(known, Qt::CaseInsensitive) == 0)
                        return month;
                }
            }
        }
    }
    return 0;
}

// A two-digit year is the latest such year that has begun.
int fullYear(const QString &digits, const QDate &today)
{
    const int y = digits.toInt();
    if (digits.size() > 2)
        return y;
    const int century = today.year() / 100 * 100;
    return century + y > today.year() ? century - 100 + y : century + y;
}

// PartialDate::create() for parsed parts: a part that is written must be valid.
Result<PartialDate> written(int year, const QString &month, const QString &day)
{
    if ((!month.isEmpty() && month.toInt() == 0) || (!day.isEmpty() && day.toInt() == 0) ||
        month.toInt() > 12)
        return fail(ErrorCode::DateImpossible);
    return PartialDate::create(year, month.toInt(), day.toInt());
}

Result<PartialDate> dateIn(const QString &t, const QDate &today, bool dayFirst)
{
    static const QRegularExpression iso(
        QStringLiteral("^(\\d{4})(?:([-/. ]|\\. )(\\d{1,2})(?:\\2(\\d{1,2}))?\\.?)?$"));
    if (const auto m = iso.match(t); m.hasMatch())
        return written(m.captured(1).toInt(), m.captured(3), m.captured(4));
    static const QRegularExpression packed(QStringLiteral("^\\d{8}$"));
    if (packed.match(t).hasMatch()) {
        // Years begin at 1800, so that no eight digits have two readings.
        if (auto yearFirst = written(t.first(4).toInt(), t.mid(4, 2), t.mid(6)); yearFirst)
            return yearFirst;
        return written(t.mid(4).toInt(), t.mid(dayFirst ? 2 : 0, 2), t.mid(dayFirst ? 0 : 2, 2));
    }
    static const QRegularExpression dayMonth(
        QStringLiteral("^(\\d{1,2}) ?[-/. ] ?(\\d{1,2}) ?[-/. ] ?(\\d{4}|\\d{2})$"));
    if (const auto m = dayMonth.match(t); m.hasMatch())
        return written(fullYear(m.captured(3), today), m.captured(dayFirst ? 2 : 1),
                       m.captured(dayFirst ? 1 : 2));
    static const QRegularExpression monthYear(QStringLiteral("^(\\d{1,2})[-/. ](\\d{4})$"));
    if (const auto m = monthYear.match(t); m.hasMatch())
        return written(m.captured(2).toInt(), m.captured(1), {});
    // 21 Jul 1980, Jul 1980; Jul 21, 1980; 1980 Jul 21
    static const QRegularExpression named[] = {
        QRegularExpression(QStringLiteral(
            "^(?:(?<d>\\d{1,2})(?:st|nd|rd|th)?[-./, ]*)?(?<m>\\p{L}{3,})\\.?[-./, ]+(?<y>\\d{4})$")),
        QRegularExpression(QStringLiteral(
            "^(?<m>\\p{L}{3,})\\.?[-./, ]*(?<d>\\d{1,2})(?:st|nd|rd|th)?[-./, ]+(?<y>\\d{4})$")),
        QRegularExpression(
            QStringLiteral("^(?<y>\\d{4})[-./, ]+(?<m>\\p{L}{3,})\\.?(?:[-./, ]*(?<d>\\d{1,2}))?$"))};
    for (const auto &pattern : named) {
        const auto m = pattern.match(t);
        if (!m.hasMatch())
            continue;
        if (const int month = monthNamed(m.captured(u"m")); month > 0)
            return written(m.captured(u"y").toInt(), QString::number(month), m.captured(u"d"));
    }
    return fail(ErrorCode::BadDate);
}

// Units behind an age, folded by QString::toCaseFolded().
char unitOf(const QString &word)
{
    static const QHash<QString, char> units = [] {
        QHash<QString, char> all;
        const auto add = [&all](char unit, const char16_t *words) {
            for (const QString &each : QString::fromUtf16(words).split(u' '))
                all.insert(each, unit);
        };
        add('y', u"y yr yrs yo year years j jahr jahre jaar an ans a\u00f1o a\u00f1os \u0633\u0646\u0629 "
                 u"\u0633\u0646\u0648\u0627\u062a "
                 u"\u0639\u0627\u0645");
        add('m', u"m mo mos mth mths month months mon monat monate maand maanden mois mes meses "
                 u"\u0634\u0647\u0631 "
                 u"\u0623\u0634\u0647\u0631 \u0634\u0647\u0648\u0631");
        add('w', u"w wk wks week weeks woche wochen weke semaine semaines semana semanas "
                 u"\u0623\u0633\u0628\u0648\u0639 "
                 u"\u0623\u0633\u0627\u0628\u064a\u0639");
        add('d', u"d day days tag tage dag dae jour jours d\u00eda d\u00edas \u064a\u0648\u0645 "
                 u"\u0623\u064a\u0627\u0645");
        return all;
    }();
    return units.value(word.toCaseFolded(), 0);
}

} // namespace

Result<PartialDate> PartialDate::parse(QStringView text, const QDate &today, bool dayFirst)
{
    QString t = plainly(text);
    if (t.isEmpty())
        return fail(ErrorCode::Required);
    if (t.size() > 40)
        return fail(ErrorCode::BadDate);
    const bool estimated = takeEstimated(t);
    auto date = dateIn(t, today, dayFirst);
    if (date && estimated)
        date->m_estimated = true;
    return date;
}

std::optional<Result<PartialDate>> PartialDate::parseAge(QStringView text, const QDate &today)
{
    QString t = plainly(text);
    takeEstimated(t); // an age is an estimate anyway
    static const QRegularExpression age(QStringLiteral("^(\\d{1,3}) ?(\\p{L}*)\\.?$"));
    const auto m = age.match(t);
    if (!m.hasMatch())
        return std::nullopt;
    const int count = m.captured(1).toInt();
    const char unit = m.captured(2).isEmpty() ? 'y' : unitOf(m.captured(2));
    const auto asOf = [&](const QDate &day, bool withDay) {
        return create(day.year(), day.month(), withDay ? day.day() : 0, true);
    };
    switch (unit) {
    case 'y':
        return fromAge(count, today);
    case 'm':
        return asOf(today.addMonths(-count), false);
    case 'w':
        return asOf(today.addDays(-7 * count), true);
    case 'd':
        return asOf(today.addDays(-count), true);
    default:
        return std::nullopt;
    }
}

Result<PartialDate> PartialDate::parseBirth(QStringView text, const QDate &today, bool dayFirst)
{
    if (auto age = parseAge(text, today))
        return *age;
    return parse(text, today, dayFirst);
}

QString PartialDate::toTyped() const
{
    const QString text = toStored();
    return m_estimated ? u'~' + text.chopped(1) : text;
}

QString PartialDate::toStored() const
{
    if (isNull())
        return {};
    QString text = QString::number(m_year).rightJustified(4, u'0');
    if (m_month)
        text += u'-' + QString::number(m_month).rightJustified(2, u'0');
    if (m_day)
        text += u'-' + QString::number(m_day).rightJustified(2, u'0');
    return m_estimated ? text + u'~' : text;
}

QDate PartialDate::earliest() const
{
    return isNull() ? QDate() : QDate(m_year, m_month ? m_month : 1, m_day ? m_day : 1);
}

int PartialDate::ageOn(const QDate &day) const
{
    if (isNull() || !day.isValid())
        return -1;
    int age = day.year() - m_year;
    if (m_month && (day.month() < m_month || (day.month() == m_month && m_day && day.day() < m_day)))
        --age;
    return age < 0 ? -1 : age;
}

} // namespace clinic
