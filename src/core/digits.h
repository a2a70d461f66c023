// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLocale>
#include <optional>

// Numbers as users type them: in the digits of any script, with the signs of any locale. Every number field
// reads with these functions; QString::toInt and QLocale::toDouble know one script and drop signs.
namespace clinic::digits {

// The decimal digits of every script as 0-9; invisible marks (direction, joining) are removed. All other
// characters stay.
[[nodiscard]] QString plain(QStringView text);

// The minus signs of keyboards and of locales.
[[nodiscard]] bool isMinus(QChar c);

// A whole number and nothing else ("12", "-3", "٣٠"); nothing for any other text or an overflow.
[[nodiscard]] std::optional<qint64> whole(QStringView text);

// A number with at most `places` digits after its decimal sign, times 10^places: "12,5" with two places is
// 1250. One comma or point before one or two digits, or before as many as there are places, is the decimal
// sign in every locale. Group separators count only between thousands. An ambiguous text is BadAmount with
// that text as its argument; a text that is no such number is BadAmount without; more than 13 digits before
// the sign is AmountTooLarge.
[[nodiscard]] Result<qint64> decimal(QStringView text, int places, const QLocale &locale);

} // namespace clinic::digits
