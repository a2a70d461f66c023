// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trydelay.h"

namespace clinic {
namespace {

constexpr qint64 firstDelayMs = 5'000;
constexpr qint64 longestDelayMs = 15 * 60'000;

qint64 delayFor(int failures)
{
    if (failures <= TryDelay::freeAttempts)
        return 0;
    qint64 delay = firstDelayMs;
    for (int i = TryDelay::freeAttempts + 1; i < failures && delay < longestDelayMs; ++i)
        delay *= 2;
    return qMin(delay, longestDelayMs);
}

} // namespace

void TryDelay::noteFailure(const Clock &clock)
{
    ++failures;
    untilMs = clock.nowMs() + delayFor(failures);
    steadyMs = clock.monotonicMs();
}

qint64 TryDelay::left(const Clock &clock)
{
    const qint64 most = delayFor(failures);
    const qint64 now = clock.nowMs();
    const qint64 steady = clock.monotonicMs();
    qint64 left = 0;
    // Setting the clock forward does not end a delay. After a restart the delay counts from that start: no
    // clock tells how long the machine was off.
    if (steadyMs > 0)
        left = (steadyMs <= steady ? steadyMs : 0) + most - steady;
    // A clock that was set back would extend the delay by years: it begins again instead.
    if (untilMs - now > most)
        untilMs = now + most;
    return qMax(qint64(0), qMax(left, untilMs - now));
}

} // namespace clinic
