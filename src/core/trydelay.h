// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

namespace clinic {

// The delay after wrong passwords: none for the first three, then five seconds, doubled up to a quarter of
// an hour. The right password ends it. Used wherever passwords are tried; neither setting the clock nor
// restarting the machine shortens it, and a quarter of an hour is the longest.
struct TryDelay
{
    static constexpr int freeAttempts = 3;

    int failures = 0;
    qint64 untilMs = 0;  // by the wall clock
    qint64 steadyMs = 0; // monotonic clock at the last wrong password; 0 = not known

    void noteFailure(const Clock &clock);
    // Milliseconds to wait, 0 or more. A clock that was set back restarts the delay: untilMs moves.
    [[nodiscard]] qint64 left(const Clock &clock);
};

} // namespace clinic
