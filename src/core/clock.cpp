// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include <QDateTime>
#if defined(Q_OS_WIN)
#include <qt_windows.h>
#include <realtimeapiset.h>
#elif defined(Q_OS_DARWIN)
#include <time.h>
#else
#include <chrono>
#endif

namespace clinic {

qint64 SystemClock::nowMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::monotonicMs() const
{
    // On Windows and macOS std::chrono::steady_clock also counts the time asleep.
#if defined(Q_OS_WIN)
    ULONGLONG hundredNs = 0;
    QueryUnbiasedInterruptTime(&hundredNs);
    return qint64(hundredNs / 10'000);
#elif defined(Q_OS_DARWIN)
    timespec now{};
    clock_gettime(CLOCK_UPTIME_RAW, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
#else
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
#endif
}

} // namespace clinic
