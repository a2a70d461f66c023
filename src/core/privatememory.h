// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace clinic {

// Keeps this process's memory (names, keys) out of core dumps and from other processes of the same account.
// Crash reports (core/crashreport.h) are still written: they hold no data. Every program calls it first.
void keepMemoryPrivate();

} // namespace clinic
