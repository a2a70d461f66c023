// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/partialdate.h"

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
    // Read for every line of every list: fixed places instead of splitting.
    const bool estimated = text.endsWith(u'~');
    const QStringView digits = estimated ? text.chopped(1) : text;
    const auto part = [&](qsizetype from, qsizetype count) {
        return digits.size() >= from + count ? digits.mid(from, count).toInt() : 0;
    };
    return create(part(0, 4), part(5, 2), part(8, 2), estimated).value_or(PartialDate{});
}

Result<PartialDate> PartialDate::fromAge(int years, const QDate &today)
{
    if (years < 0 || years > 130)
        return fail(ErrorCode::Invalid);
    return create(today.year() - years, 0, 0, true);
}

Result<PartialDate> PartialDate::parse(QStringView text, const QDate &today, bool dayFirst)
{
    // Arabic-Indic and other digits count as digits: bring them to 0-9 first.
    QString t;
    for (const QChar c : text.trimmed())
        t += c.isDigit() ? QChar(u'0' + c.digitValue()) : c;
    if (t.isEmpty())
        return fail(ErrorCode::Required);
    if (t.size() > 40)
        return fail(ErrorCode::BadDate);

    const auto fullYear = [&](int y, qsizetype digits) {
        if (digits > 2)
            return y;
        const int century = today.year() / 100 * 100;
        return century + y > today.year() ? century - 100 + y : century + y;
    };
    static const QRegularExpression iso(QStringLiteral("^(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?)?$"));
    if (const auto m = iso.match(t); m.hasMatch())
        return create(m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt());
    static const QRegularExpression packed(QStringLiteral("^(\\d{2})(\\d{2})(\\d{4})$"));
    static const QRegularExpression dayMonth(
        QStringLiteral("^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4}|\\d{2})$"));
    for (const auto *pattern : {&packed, &dayMonth}) {
        const auto m = pattern->match(t);
        if (!m.hasMatch())
            continue;
        int day = m.captured(1).toInt();
        int month = m.captured(2).toInt();
        if (!dayFirst)
            std::swap(day, month);
        return create(fullYear(m.captured(3).toInt(), m.captured(3).size()), month, day);
    }
    static const QRegularExpression monthYear(QStringLiteral("^(\\d{1,2})[-/. ](\\d{4})$"));
    if (const auto m = monthYear.match(t); m.hasMatch())
        return create(m.captured(2).toInt(), m.captured(1).toInt());
    static const QRegularExpression named(
        QStringLiteral("^(?:(\\d{1,2})[-. ]*)?([\\p{L}]{3,})\\.?[-, ]+(\\d{4})$"),
        QRegularExpression::UseUnicodePropertiesOption);
    if (const auto m = named.match(t); m.hasMatch()) {
        for (const QLocale &locale : {QLocale(), QLocale::c()}) {
            for (int month = 1; month <= 12; ++month) {
                const QString shortName = locale.standaloneMonthName(month, QLocale::ShortFormat);
                const QString longName = locale.standaloneMonthName(month, QLocale::LongFormat);
                if (m.captured(2).compare(longName, Qt::CaseInsensitive) == 0 ||
                    m.captured(2).compare(shortName, Qt::CaseInsensitive) == 0)
                    return create(m.captured(3).toInt(), month, m.captured(1).toInt());
            }
        }
    }
    return fail(ErrorCode::BadDate);
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
