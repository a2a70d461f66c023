// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLocale>

namespace clinic {

// ISO 4217: number of digits after the decimal sign (0, 2 or 3); 2 for codes not in the table.
[[nodiscard]] int currencyDigits(QStringView code);
// True for the ISO 4217 codes in use.
[[nodiscard]] bool isCurrency(QStringView code);
// All known codes, sorted.
[[nodiscard]] QStringList currencies();

// Amounts are integer minor units (cents); no floating point touches money. Limit: 10^12 minor units.
namespace money {

inline constexpr qint64 maximum = 1'000'000'000'000;

// Reads a typed amount ("1 234,50", "R 12.5", "-3") by the rules of digits::decimal, with the currency's code
// or sign before or behind it. Refuses an ambiguous amount, more places than the currency has, and another
// currency: no amount is read as a larger one.
[[nodiscard]] Result<qint64> parse(QStringView text, QStringView currency, const QLocale &locale);
// "1,234.50" without the currency code, grouped as the locale does.
[[nodiscard]] QString format(qint64 minor, QStringView currency, const QLocale &locale);
// "ZAR 1,234.50"
[[nodiscard]] QString formatWithCode(qint64 minor, QStringView currency, const QLocale &locale);
// amount * numerator / denominator, rounded half away from zero.
[[nodiscard]] qint64 scaled(qint64 amount, qint64 numerator, qint64 denominator);

} // namespace money
} // namespace clinic
