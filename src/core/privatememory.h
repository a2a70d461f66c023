// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace clinic {

// What this process has in memory - names, keys - is written nowhere when it crashes, and other programs of
// the same person do not read it. Crash reports (core/crashreport.h) go on: they hold no data. The first
// thing every program does.
void keepMemoryPrivate();

} // namespace clinic
