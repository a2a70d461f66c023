// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/numberformat.h"

#include <QDate>
#include <cmath>
#include <optional>

namespace clinic::exchange {
namespace numberformats {

// The format's letters without text in quotes, behind a backslash or in brackets.
QString bare(const QString &code)
{
    QString out;
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QChar c = code[i];
        if (c == u'\\' || c == u'_' || c == u'*') {
            ++i; // the next character is literal
        } else if (c == u'"') {
            i = code.indexOf(u'"', i + 1);
            if (i < 0)
                break;
        } else if (c == u'[') {
            i = code.indexOf(u']', i);
            if (i < 0)
                break;
        } else {
            out += c.toLower();
        }
    }
    return out;
}

NumberFormat dateFormat(const QString &code)
{
    NumberFormat format;
    const QString letters = bare(code).section(u';', 0, 0);
    if (letters.contains(QStringView(u"general")) || letters.contains(QStringView(u"standard")))
        return format;
    // The letters for year, month and day in languages with their own format codes.
    format.hasYear = letters.contains(u'y') || letters.contains(QStringView(u"jj")) ||
                     letters.contains(QStringView(u"aa")) || letters.contains(QStringView(u"гг")) ||
                     letters.contains(u'e');
    format.hasDay = letters.contains(u'd') || letters.contains(QStringView(u"tt")) ||
                    (letters.contains(QStringView(u"jj")) && letters.contains(QStringView(u"aa"))) ||
                    letters.contains(QStringView(u"gg")) || letters.contains(QStringView(u"дд"));
    const bool isTime = letters.contains(u'h') || letters.contains(u's');
    format.hasMonth = letters.contains(QStringView(u"mmm")) || letters.contains(QStringView(u"мм")) ||
                      (letters.contains(u'm') && (!isTime || format.hasYear || format.hasDay));
    // An exponent is no era: "0.00e+00".
    const bool hasDigits = letters.contains(u'0') || letters.contains(u'#');
    if (!hasDigits && (format.hasYear || format.hasDay || (format.hasMonth && !isTime)))
        format.kind = NumberFormat::Kind::Date;
    return format;
}

// The section of a code for this number: "[<=9999999]###-####;(###) ###-####".
QString sectionFor(const QString &code, double number)
{
    const QStringList sections = code.split(u';');
    for (const QString &section : sections) {
        if (!section.startsWith(QStringView(u"[<")) && !section.startsWith(QStringView(u"[>")))
            return section;
        const qsizetype end = section.indexOf(u']');
        const bool below = section.at(1) == u'<';
        const bool orEqual = section.size() > 2 && section.at(2) == u'=';
        const double limit = section.mid(orEqual ? 3 : 2, end - (orEqual ? 3 : 2)).toDouble();
        if ((below && number < limit) || (!below && number > limit) || (orEqual && number == limit))
            return section.mid(end + 1);
    }
    return {};
}

// Fills digits into a code's places, from the right. Nothing for a more complex code.
std::optional<QString> filled(const QString &code, const QString &digits)
{
    QList<std::pair<QChar, bool>> parts; // character, and whether it is a digit's place
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QChar c = code[i];
        if (c == u'0' || c == u'#' || c == u'?') {
            parts.append({c, true});
        } else if (c == u'\\' && i + 1 < code.size()) {
            parts.append({code[++i], false});
        } else if (c == u'_' || c == u'*') {
            ++i;
        } else if (c == u'"') {
            const qsizetype end = code.indexOf(u'"', i + 1);
            if (end < 0)
                return std::nullopt;
            for (++i; i < end; ++i)
                parts.append({code[i], false});
        } else if (QStringView(u"-+()/: ").contains(c)) {
            parts.append({c, false});
        } else {
            return std::nullopt;
        }
    }
    const auto firstPlace = std::find_if(parts.begin(), parts.end(), [](const auto &p) { return p.second; });
    if (firstPlace == parts.end())
        return std::nullopt;
    const qsizetype first = firstPlace - parts.begin();
    QString out;
    qsizetype left = digits.size();
    for (qsizetype i = parts.size() - 1; i >= 0; --i) {
        const auto &[c, isPlace] = parts[i];
        if (!isPlace)
            out.prepend(c);
        else if (left > 0)
            out.prepend(digits[--left]);
        else if (c == u'0')
            out.prepend(u'0');
        if (i == first && left > 0) {
            out.prepend(digits.left(left));
            left = 0;
        }
    }
    return out;
}

// A number without exponent and without digits beyond a double's precision.
QString plain(const QString &raw, double number)
{
    const bool isDigits =
        !raw.isEmpty() && std::all_of(raw.begin(), raw.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (isDigits)
        return raw;
    if (!std::isfinite(number) || std::abs(number) >= 1e30)
        return raw;
    if (number == std::floor(number))
        return QString::number(number, 'f', 0);
    const QString shortest = QString::number(number, 'g', 15);
    return shortest.contains(u'e') ? QString::number(number, 'f', 15) : shortest;
}

// Day 0 is no date, and day 60, the 29th of February 1900, never existed.
QDate dayOf(double serial, bool is1904)
{
    if (!(serial >= 1) || serial >= 2958466)
        return {};
    const auto day = qint64(serial);
    if (is1904)
        return day < 2957004 ? QDate(1904, 1, 1).addDays(day) : QDate();
    return day == 60 ? QDate() : QDate(1899, 12, day < 60 ? 31 : 30).addDays(day);
}

} // namespace numberformats

using namespace numberformats;

NumberFormat numberFormat(int id, const QString &code)
{
    NumberFormat format;
    if (code.isEmpty()) {
        const bool isDate =
            (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        if (isDate) {
            format.kind = NumberFormat::Kind::Date;
            format.hasYear = format.hasMonth = true;
            format.hasDay = id != 17;
        }
        return format;
    }
    format = dateFormat(code);
    if (format.kind == NumberFormat::Kind::General && (code.contains(u'0') || code.contains(u'#'))) {
        format.kind = NumberFormat::Kind::Digits;
        format.code = code;
    }
    return format;
}

QString formattedNumber(const QString &raw, const NumberFormat &format, bool is1904)
{
    bool isNumber = false;
    const double number = raw.toDouble(&isNumber);
    if (!isNumber)
        return raw;
    const QString digits = plain(raw, number);
    if (format.kind == NumberFormat::Kind::Date) {
        const QDate day = dayOf(number, is1904);
        if (!day.isValid())
            return digits;
        const bool isFirst = day.day() == 1;
        if (!format.hasDay && isFirst && format.hasMonth)
            return day.toString(QStringLiteral("yyyy-MM"));
        if (!format.hasDay && !format.hasMonth && isFirst && day.month() == 1)
            return day.toString(QStringLiteral("yyyy"));
        return day.toString(Qt::ISODate);
    }
    const bool isWhole = std::all_of(digits.begin(), digits.end(), [](QChar c) { return c.isDigit(); });
    if (format.kind == NumberFormat::Kind::Digits && isWhole)
        return filled(sectionFor(format.code, number), digits).value_or(digits);
    return digits;
}

} // namespace clinic::exchange
