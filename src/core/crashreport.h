// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic {

// From now on a crash leaves folder/crash.txt: version, signal and the calls that led there, and nothing else
// - no memory, no arguments, nobody's data. Returns where the report of an earlier crash was put aside, empty
// when there is none.
[[nodiscard]] QString startCrashReports(const QString &folder);

} // namespace clinic
