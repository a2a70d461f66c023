// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic {

// Luhn mod 36 over the letters and digits of text (others are skipped): catches any one wrong character and
// most swapped neighbours. Upper-case result.
[[nodiscard]] inline QChar checkCharacter(QStringView text)
{
    const auto code = [](QChar c) {
        return c.isDigit() ? c.digitValue() : c.toUpper().unicode() - u'A' + 10;
    };
    int sum = 0;
    bool twice = true;
    for (auto it = text.rbegin(); it != text.rend(); ++it) {
        const QChar c = *it;
        if (c.unicode() > 0x7f || !c.isLetterOrNumber())
            continue;
        const int v = code(c) * (twice ? 2 : 1);
        sum += v / 36 + v % 36;
        twice = !twice;
    }
    const int check = (36 - sum % 36) % 36;
    return check < 10 ? QChar(u'0' + check) : QChar(u'A' + check - 10);
}

} // namespace clinic
