// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"

#include "core/digits.h"

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

// How one currency is written in front of or behind its amounts, in any locale: "ZAR", "R"; "EUR", "€". The
// longest first, so that "R" does not take the half of "Rs".
const QStringList &signsOf(QStringView currency)
{
    static const QHash<QString, QStringList> all = [] {
        QHash<QString, QStringList> signs;
        const auto locales =
            QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory);
        for (const QLocale &locale : locales) {
            const QString code = locale.currencySymbol(QLocale::CurrencyIsoCode);
            const QString sign = digits::plain(locale.currencySymbol()).trimmed();
            if (!code.isEmpty() && !sign.isEmpty() && !signs[code].contains(sign, Qt::CaseInsensitive))
                signs[code] << sign;
        }
        for (const auto &known : knownCurrencies) {
            const QString code = QString::fromUtf16(known.code);
            if (!signs[code].contains(code, Qt::CaseInsensitive))
                signs[code] << code;
            std::ranges::sort(signs[code], std::ranges::greater{}, &QString::size);
        }
        return signs;
    }();
    static const QStringList none;
    const auto it = all.constFind(currency.toString());
    return it == all.constEnd() ? none : *it;
}

// Removes the currency; another currency stays in the text and makes it invalid.
QString withoutCurrency(QString text, QStringView currency)
{
    for (const QString &sign : signsOf(currency)) {
        if (text.startsWith(sign, Qt::CaseInsensitive))
            return text.sliced(sign.size()).trimmed();
        if (text.endsWith(sign, Qt::CaseInsensitive))
            return text.chopped(sign.size()).trimmed();
    }
    return text;
}

constexpr qint64 pow10(int n)
{
    qint64 p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

// 1234567 as the locale groups it. Qt 6.4 writes "1234.567" where 1000 is written without a sign, as in
// Spain.
QString grouped(qint64 whole, const QLocale &locale)
{
    const QString text = locale.toString(whole);
    QLocale bare = locale;
    bare.setNumberOptions(QLocale::OmitGroupSeparator);
    const bool hasSignAtThousand = locale.toString(1000LL) != bare.toString(1000LL);
    if (whole < 1'000'000 || hasSignAtThousand)
        return text;
    QString digits = bare.toString(whole);
    const qsizetype width = bare.toString(0LL).size();
    for (qsizetype at = digits.size() - 3 * width; at > 0; at -= 3 * width)
        digits.insert(at, locale.groupSeparator());
    return digits;
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
    QString number = digits::plain(text).trimmed();
    const auto minor = [&]() -> Result<qint64> {
        QString sign;
        if (!number.isEmpty() && digits::isMinus(number.front())) {
            sign = QString(number.front());
            number = number.sliced(1).trimmed();
        }
        return digits::decimal(sign + withoutCurrency(number, currency), currencyDigits(currency), locale);
    }();
    if (!minor && !minor.error().args.isEmpty()) // as typed
        return fail(minor.error().code, {}, {text.trimmed().toString()});
    if (minor && qAbs(*minor) > maximum)
        return fail(ErrorCode::AmountTooLarge);
    return minor;
}

QString format(qint64 minor, QStringView currency, const QLocale &locale)
{
    const int digits = currencyDigits(currency);
    const qint64 unit = pow10(digits);
    const qint64 magnitude = minor < 0 ? -minor : minor;
    QString text = grouped(magnitude / unit, locale);
    if (digits > 0) {
        text += locale.decimalPoint();
        for (qint64 place = unit / 10; place > 0; place /= 10) // numbers drop leading zeros
            text += locale.toString(magnitude / place % 10);
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
