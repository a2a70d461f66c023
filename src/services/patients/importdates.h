// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/partialdate.h"
#include "services/patients/importcolumns.h"

namespace clinic::services {

// What one cell of a date column shows about the column's order.
struct DateShape
{
    bool isDayFirst = false;   // 13/2: the first number must be a day
    bool isMonthFirst = false; // 2/13
    bool isEither = false;     // 3/4
    bool isShortYear = false;  // 3.4.20: of this century or the last
};
[[nodiscard]] DateShape dateShape(QStringView text, int thisYear);

// A birth date in a list: numbers in the mapping's order, ISO with or without a time, 19900203, a month's
// name in many languages, a year alone, 00/00/1990, our own "1980~", an age with its unit ("8 m", "~45").
// Null: the cell says "unknown". An ambiguous date is an error with the field "import-order" or
// "import-years".
[[nodiscard]] Result<PartialDate> importedDate(QStringView text, const ImportMapping &mapping,
                                               const QDate &today);
// An age: years unless the cell has a unit. Always estimated.
[[nodiscard]] Result<PartialDate> importedAge(QStringView text, const QDate &today);
// Whether a cell says "unknown": "-", "n/a", "unknown", "inconnu" ...
[[nodiscard]] bool saysNothing(QStringView text);

} // namespace clinic::services
