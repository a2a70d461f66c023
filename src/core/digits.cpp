// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/digits.h"

#include <algorithm>

namespace clinic::digits {

bool isMinus(QChar c)
{
    return c == u'-' || c == QChar(0x2212) || c == QChar(0xFE63) || c == QChar(0xFF0D);
}

namespace {

bool isInvisible(char32_t c)
{
    return c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

// "12.-" and "12,--" have no cents: removes the dashes. False when dashes are anywhere else.
bool takeNoCents(QString &text)
{
    const auto isDash = [](QChar c) { return isMinus(c) || c == QChar(0x2013) || c == QChar(0x2014); };
    if (text.isEmpty() || !isDash(text.back()))
        return true;
    while (!text.isEmpty() && isDash(text.back()))
        text.chop(1);
    return text.size() > 1 && (text.back() == u'.' || text.back() == u',');
}

// Removes a minus sign; true if there was one.
bool takeMinus(QString &text)
{
    if (text.isEmpty() || !isMinus(text.front()))
        return false;
    text = text.sliced(1).trimmed();
    return true;
}

bool isSoft(char16_t sign)
{
    return sign == u'.' || sign == u',';
}

// What a sign inside a number can mean: '.' and ',' either, 'd' the decimal sign only, ' ', '\'' and 'g'
// group separators only; 0 = not allowed in a number.
char16_t signOf(QChar c)
{
    switch (c.unicode()) {
    case u'.':
    case 0xFF0E: // full width
        return u'.';
    case u',':
    case 0x060C: // the comma of Arabic texts
    case 0xFF0C: // full width
        return u',';
    case 0x066B: // Arabic decimal separator
        return u'd';
    case 0x066C: // Arabic thousands separator
        return u'g';
    case u'\'':
    case 0x2019:
    case 0x02BC:
        return u'\'';
    default:
        return c.isSpace() ? u' ' : u'\0';
    }
}

// "1 234 567", or "12,34,567" as in India, where the separator is a comma.
bool areThousands(const QStringList &parts, QChar separator)
{
    const auto all = [&](qsizetype size) {
        return std::all_of(parts.begin() + 1, parts.end() - 1,
                           [size](const QString &part) { return part.size() == size; });
    };
    if (parts.size() == 1)
        return true;
    const qsizetype first = parts.front().size();
    return first > 0 && parts.front().front() != u'0' && parts.back().size() == 3 &&
           ((first <= 3 && all(3)) || (separator == u',' && first <= 2 && all(2)));
}

// The index of the decimal sign among `signs`; -1 = there is none; nothing = ambiguous.
std::optional<qsizetype> decimalSign(const QString &signs, const QStringList &parts, int places,
                                     const QLocale &locale)
{
    if (signs.isEmpty())
        return -1;
    const char16_t last = signs.back().unicode();
    if (last == u'd')
        return signs.size() - 1;
    if (!isSoft(last))
        return -1;
    if (signs.count(QChar(last)) > 1)
        return -1;
    if (signs.size() > 1)
        return signs.size() - 1;
    const qsizetype after = parts.back().size();
    const QString group = locale.groupSeparator();
    const bool isGroupHere = !group.isEmpty() && signOf(group.front()) == last;
    if (after <= 2)
        return 0;
    if (after == places && !isGroupHere)
        return 0;
    if (after == 3 && places != 3 && isGroupHere && areThousands(parts, signs.front()))
        return -1;
    return after == 3 ? std::nullopt : std::optional<qsizetype>(0);
}

} // namespace

QString plain(QStringView text)
{
    QString out;
    out.reserve(text.size());
    const auto points = text.toUcs4();
    for (const char32_t c : points) {
        if (QChar::isDigit(c))
            out += QChar(char16_t(u'0' + QChar::digitValue(c)));
        else if (!isInvisible(c))
            out += QChar::fromUcs4(c);
    }
    return out;
}

std::optional<qint64> whole(QStringView text)
{
    QString digits = plain(text).trimmed();
    const bool negative = takeMinus(digits);
    if (digits.isEmpty() || !std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return fits ? std::optional(negative ? -number : number) : std::nullopt;
}

Result<qint64> decimal(QStringView typed, int places, const QLocale &locale)
{
    QString text = plain(typed).trimmed();
    const bool negative = takeMinus(text);
    if (!takeNoCents(text))
        return fail(ErrorCode::BadAmount);
    QString signs;
    QStringList parts{QString()};
    for (const QChar c : std::as_const(text)) {
        if (c >= u'0' && c <= u'9') {
            parts.back() += c;
            continue;
        }
        char16_t sign = signOf(c);
        if (!sign && locale.groupSeparator() == c) // Fulfulde has its own signs
            sign = u'g';
        if (!sign && locale.decimalPoint() == c)
            sign = u'd';
        if (!sign)
            return fail(ErrorCode::BadAmount);
        signs += QChar(sign);
        parts << QString();
    }
    const auto at = decimalSign(signs, parts, places, locale);
    if (!at)
        return fail(ErrorCode::BadAmount, {}, {typed.trimmed().toString()});
    QString fraction;
    if (*at >= 0) {
        fraction = parts.takeLast();
        signs.chop(1);
    }
    const bool oneKind = std::ranges::all_of(signs, [&](QChar c) { return c == signs.front(); });
    const QString wholePart = parts.join(QString());
    if ((wholePart.isEmpty() && fraction.isEmpty()) || !oneKind || signs.contains(u'd') ||
        !areThousands(parts, signs.isEmpty() ? QChar() : signs.front()) || fraction.size() > places)
        return fail(ErrorCode::BadAmount);
    if (wholePart.size() > 13)
        return fail(ErrorCode::AmountTooLarge);
    const qint64 number = (wholePart + fraction.leftJustified(places, u'0')).toLongLong();
    return negative ? -number : number;
}

} // namespace clinic::digits
