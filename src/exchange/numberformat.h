// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic::exchange {

// The effect of a workbook's number format on a cell's number, as far as patient lists need it.
struct NumberFormat
{
    enum class Kind { General, Date, Digits };
    Kind kind = Kind::General;
    bool hasYear = false;
    bool hasMonth = false;
    bool hasDay = false;
    QString code; // of Digits: "0000000000", "000-00-0000"
};
// id: numFmtId of the style; code: its formatCode, empty for built-in formats.
[[nodiscard]] NumberFormat numberFormat(int id, const QString &code);
// The cell as a spreadsheet program shows it: a date as yyyy-mm-dd (yyyy-mm or yyyy if the format shows no
// more and the date is a first), a number in plain digits. A date format over a number that is no day leaves
// the number.
[[nodiscard]] QString formattedNumber(const QString &raw, const NumberFormat &format, bool is1904);

} // namespace clinic::exchange
