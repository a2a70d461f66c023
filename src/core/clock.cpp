// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include <QDateTime>
#include <chrono>
#ifdef Q_OS_WIN
#include <qt_windows.h>
#include <realtimeapiset.h>
#endif

namespace clinic {

qint64 SystemClock::nowMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::monotonicMs() const
{
#ifdef Q_OS_WIN
    // The steady clock does not stop while Windows sleeps.
    ULONGLONG hundredNs = 0;
    QueryUnbiasedInterruptTime(&hundredNs);
    return qint64(hundredNs / 10'000);
#else
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
#endif
}

} // namespace clinic
