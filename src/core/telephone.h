// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

// Telephone numbers in the text of a telephone field.
namespace clinic::telephone {

// Every number of 5 to 15 digits: the digits 0-9, with a + in front when it begins with a country code. "(0)"
// after a country code and extensions are left out. "+44 (0)161 496 0003 ext. 12" -> "+441614960003".
[[nodiscard]] QStringList numbersIn(QStringView text);
// At least one number, no longer run of digits, no letter joined to a digit.
[[nodiscard]] bool isPlausible(QStringView text);
// Digit sequences by which a stored number is found: as they are and, with a zero after the country code,
// without that zero.
[[nodiscard]] QStringList storedForms(const QString &number);
// Digit sequences of a typed number to look for in stored ones, the most certain first: as typed without a
// trunk zero or 00, then without the country code.
[[nodiscard]] QStringList soughtForms(QStringView typed);
// Only digits and the characters that people write between them.
[[nodiscard]] bool looksLikeOne(QStringView text);
// The text without "ext. 12", "x12", "#12" behind a number.
[[nodiscard]] QString withoutExtensions(QStringView text);

} // namespace clinic::telephone
