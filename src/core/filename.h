// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic {

// A name for a file made of any text, a person's name for instance: one that Windows, macOS and Linux take.
// What they do not take (separators, control and direction characters, reserved names, dots and blanks at the
// ends) is replaced or left out; at most 120 characters before the ending. Never empty.
[[nodiscard]] QString fileNameOf(const QString &text);

} // namespace clinic
