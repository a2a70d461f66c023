// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic::exchange {

// What a workbook's number format does to a cell's number, as far as lists of people need it.
struct NumberFormat
{
    enum class Kind { General, Date, Digits };
    Kind kind = Kind::General;
    bool hasYear = false;
    bool hasMonth = false;
    bool hasDay = false;
    QString code; // of Digits: "0000000000", "000-00-0000"
};
// id: numFmtId of the style; code: its formatCode, empty for those that are built in.
[[nodiscard]] NumberFormat numberFormat(int id, const QString &code);
// The cell as a person sees it: a date as yyyy-mm-dd (yyyy-mm or yyyy where the format shows no more and the
// date is a first), a number in plain digits. A date format over a number that is no day leaves the number.
[[nodiscard]] QString formattedNumber(const QString &raw, const NumberFormat &format, bool is1904);

} // namespace clinic::exchange
