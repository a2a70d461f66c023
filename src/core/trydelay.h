// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

namespace clinic {

// What wrong passwords cost: the first three nothing, then five seconds, doubling up to a quarter of an hour.
// The right one ends it. Kept wherever passwords are tried; neither setting the clock nor starting the
// machine again shortens it, and it never lasts longer than that quarter.
struct TryDelay
{
    static constexpr int freeAttempts = 3;

    int failures = 0;
    qint64 untilMs = 0;  // by the wall's clock
    qint64 steadyMs = 0; // by the monotonic clock, when the last one was wrong; 0 = not known

    void noteFailure(const Clock &clock);
    // Milliseconds to wait, 0 or more. A clock that was set back begins the wait again: untilMs moves.
    [[nodiscard]] qint64 left(const Clock &clock);
};

} // namespace clinic
