// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

// What this person's account on this PC chose last: language, branch, profile. Nothing of the clinic.
// QSettings would do, but on a full disk it loses all of them and says nothing (core/filewriter.h).
namespace clinic {

// Empty when nothing was chosen.
[[nodiscard]] QString preference(const QString &name);
[[nodiscard]] Result<void> setPreference(const QString &name, const QString &value);
void forgetPreferences();

} // namespace clinic
