// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"

#include <algorithm>
#include <array>

namespace clinic {
namespace {

struct Currency
{
    const char16_t *code;
    int digits;
};

// ISO 4217 list one, the codes of countries; funds and metals left out.
constexpr Currency knownCurrencies[] = {
    {u"AED", 2}, {u"AFN", 2}, {u"ALL", 2}, {u"AMD", 2}, {u"AOA", 2}, {u"ARS", 2}, {u"AUD", 2}, {u"AZN", 2},
    {u"BAM", 2}, {u"BDT", 2}, {u"BGN", 2}, {u"BHD", 3}, {u"BIF", 0}, {u"BOB", 2}, {u"BRL", 2}, {u"BWP", 2},
    {u"BYN", 2}, {u"CAD", 2}, {u"CDF", 2}, {u"CHF", 2}, {u"CLP", 0}, {u"CNY", 2}, {u"COP", 2}, {u"CRC", 2},
    {u"CUP", 2}, {u"CVE", 2}, {u"CZK", 2}, {u"DJF", 0}, {u"DKK", 2}, {u"DOP", 2}, {u"DZD", 2}, {u"EGP", 2},
    {u"ERN", 2}, {u"ETB", 2}, {u"EUR", 2}, {u"GBP", 2}, {u"GEL", 2}, {u"GHS", 2}, {u"GMD", 2}, {u"GNF", 0},
    {u"GTQ", 2}, {u"HKD", 2}, {u"HNL", 2}, {u"HTG", 2}, {u"HUF", 2}, {u"IDR", 2}, {u"ILS", 2}, {u"INR", 2},
    {u"IQD", 3}, {u"IRR", 2}, {u"ISK", 0}, {u"JMD", 2}, {u"JOD", 3}, {u"JPY", 0}, {u"KES", 2}, {u"KGS", 2},
    {u"KHR", 2}, {u"KMF", 0}, {u"KRW", 0}, {u"KWD", 3}, {u"KZT", 2}, {u"LAK", 2}, {u"LBP", 2}, {u"LKR", 2},
    {u"LRD", 2}, {u"LSL", 2}, {u"LYD", 3}, {u"MAD", 2}, {u"MDL", 2}, {u"MGA", 2}, {u"MKD", 2}, {u"MMK", 2},
    {u"MNT", 2}, {u"MRU", 2}, {u"MUR", 2}, {u"MWK", 2}, {u"MXN", 2}, {u"MYR", 2}, {u"MZN", 2}, {u"NAD", 2},
    {u"NGN", 2}, {u"NIO", 2}, {u"NOK", 2}, {u"NPR", 2}, {u"NZD", 2}, {u"OMR", 3}, {u"PAB", 2}, {u"PEN", 2},
    {u"PGK", 2}, {u"PHP", 2}, {u"PKR", 2}, {u"PLN", 2}, {u"PYG", 0}, {u"QAR", 2}, {u"RON", 2}, {u"RSD", 2},
    {u"RWF", 0}, {u"SAR", 2}, {u"SDG", 2}, {u"SEK", 2}, {u"SGD", 2}, {u"SLE", 2}, {u"SOS", 2}, {u"SSP", 2},
    {u"SYP", 2}, {u"SZL", 2}, {u"THB", 2}, {u"TJS", 2}, {u"TND", 3}, {u"TRY", 2}, {u"TWD", 2}, {u"TZS", 2},
    {u"UAH", 2}, {u"UGX", 0}, {u"USD", 2}, {u"UYU", 2}, {u"UZS", 2}, {u"VES", 2}, {u"VND", 0}, {u"VUV", 0},
    {u"XAF", 0}, {u"XOF", 0}, {u"XPF", 0}, {u"YER", 2}, {u"ZAR", 2}, {u"ZMW", 2}, {u"ZWG", 2},
};

const Currency *findCurrency(QStringView code)
{
    const auto it =
        std::ranges::find_if(knownCurrencies, [&](const Currency &c) { return code == QStringView(c.code); });
    return it == std::end(knownCurrencies) ? nullptr : it;
}

__extension__ typedef __int128 Wide; // room for amount * rate without overflow

constexpr qint64 pow10(int n)
{
    qint64 p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

} // namespace

int currencyDigits(QStringView code)
{
    const auto *c = findCurrency(code);
    return c ? c->digits : 2;
}

bool isCurrency(QStringView code)
{
    return findCurrency(code) != nullptr;
}

QStringList currencies()
{
    QStringList list;
    for (const auto &c : knownCurrencies)
        list << QString::fromUtf16(c.code);
    return list;
}

namespace money {

Result<qint64> parse(QStringView text, QStringView currency, const QLocale &locale)
{
    const int digits = currencyDigits(currency);
    QString plain;
    bool negative = false;
    int separators = 0;
    qsizetype lastSeparator = -1;
    const QString decimal = locale.decimalPoint();
    const QString group = locale.groupSeparator();
    for (const QChar c : text.trimmed()) {
        if (c.isDigit()) {
            plain += QChar(u'0' + c.digitValue());
        } else if (c == u'-' || c == QChar(0x2212)) {
            if (!plain.isEmpty() || negative)
                return fail(ErrorCode::BadAmount);
            negative = true;
        } else if (QString(c) == decimal || ((c == u'.' || c == u',') && QString(c) != group)) {
            plain += u'.';
            ++separators;
            lastSeparator = plain.size() - 1;
        } else if (c.isSpace() || QString(c) == group || c == u'\'' || c == QChar(0x66C)) {
            continue;
        } else {
            return fail(ErrorCode::BadAmount);
        }
    }
    if (separators > 1 || plain.isEmpty() || plain == u".")
        return fail(ErrorCode::BadAmount);
    const QString whole = lastSeparator < 0 ? plain : plain.left(lastSeparator);
    QString fraction = lastSeparator < 0 ? QString() : plain.mid(lastSeparator + 1);
    if (fraction.size() > digits)
        return fail(ErrorCode::BadAmount);
    fraction = fraction.leftJustified(digits, u'0');
    if (whole.size() > 13)
        return fail(ErrorCode::AmountTooLarge);
    const qint64 minor = whole.toLongLong() * pow10(digits) + fraction.toLongLong();
    if (minor > maximum)
        return fail(ErrorCode::AmountTooLarge);
    return negative ? -minor : minor;
}

QString format(qint64 minor, QStringView currency, const QLocale &locale)
{
    const int digits = currencyDigits(currency);
    const qint64 unit = pow10(digits);
    const qint64 magnitude = minor < 0 ? -minor : minor;
    QString text = locale.toString(magnitude / unit);
    if (digits > 0) {
        QString fraction = QString::number(magnitude % unit).rightJustified(digits, u'0');
        const char32_t zero = locale.zeroDigit().isEmpty() ? U'0' : locale.zeroDigit().at(0).unicode();
        for (QChar &c : fraction)
            c = QChar(static_cast<char16_t>(zero + char32_t(c.digitValue())));
        text += locale.decimalPoint() + fraction;
    }
    return minor < 0 ? locale.negativeSign() + text : text;
}

QString formatWithCode(qint64 minor, QStringView currency, const QLocale &locale)
{
    return currency.toString() + QChar(0xA0) + format(minor, currency, locale);
}

qint64 scaled(qint64 amount, qint64 numerator, qint64 denominator)
{
    const Wide product = static_cast<Wide>(amount) * numerator;
    const bool negative = (product < 0) != (denominator < 0);
    const Wide n = product < 0 ? -product : product;
    const Wide d = denominator < 0 ? -denominator : denominator;
    const auto rounded = static_cast<qint64>((2 * n + d) / (2 * d));
    return negative ? -rounded : rounded;
}

} // namespace money
} // namespace clinic
