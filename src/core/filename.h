// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic {

// A file name made of any text, such as a patient's name, that Windows, macOS and Linux accept. Replaces or
// removes separators, control and direction characters, reserved names, and dots and spaces at the ends; at
// most 120 characters before the extension. Never empty.
[[nodiscard]] QString fileNameOf(const QString &text);

} // namespace clinic
