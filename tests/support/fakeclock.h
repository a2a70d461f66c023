// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QDateTime>
#include <QTimeZone>

namespace clinic::test {

// Stands still until told to move. Starts on Monday 2026-03-02, 08:00 UTC.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override { return m_now + m_ahead; }
    [[nodiscard]] qint64 monotonicMs() const override { return m_now; }
    void set(qint64 ms) { m_now = ms; }
    // Somebody sets the clock on the wall; time itself goes on as it did.
    void setWallClockAhead(qint64 ms) { m_ahead = ms; }
    void advanceMinutes(qint64 minutes) { m_now += minutes * 60'000; }
    [[nodiscard]] qint64 todayAt(int hour, int minute = 0) const
    {
        return QDateTime(QDateTime::fromMSecsSinceEpoch(nowMs(), Qt::UTC).date(), QTime(hour, minute),
                         Qt::UTC)
            .toMSecsSinceEpoch();
    }

private:
    qint64 m_ahead = 0;
    qint64 m_now = QDateTime(QDate(2026, 3, 2), QTime(8, 0), Qt::UTC).toMSecsSinceEpoch();
};

} // namespace clinic::test
