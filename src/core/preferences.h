// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

// Preferences of this system account on this PC: language, branch, profile. No clinic data. Not QSettings,
// which loses all of them silently on a full disk (core/filewriter.h).
namespace clinic {

// Empty when it was never set.
[[nodiscard]] QString preference(const QString &name);
[[nodiscard]] Result<void> setPreference(const QString &name, const QString &value);
void forgetPreferences();

} // namespace clinic
