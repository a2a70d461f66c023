// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace clinic {

// A half-open stretch of time [start, end) in UTC milliseconds, both on the 5-minute grid, at most 24 hours.
class TimeSlot
{
public:
    static constexpr qint64 gridMs = 5 * 60 * 1000;
    static constexpr int maximumMinutes = 24 * 60;

    constexpr TimeSlot() = default;

    [[nodiscard]] static Result<TimeSlot> create(qint64 startMs, int minutes)
    {
        if (startMs % gridMs != 0)
            return fail(ErrorCode::Invalid, QStringLiteral("start"));
        if (minutes <= 0 || minutes % 5 != 0 || minutes > maximumMinutes)
            return fail(ErrorCode::Invalid, QStringLiteral("minutes"));
        TimeSlot slot;
        slot.m_startMs = startMs;
        slot.m_minutes = minutes;
        return slot;
    }

    [[nodiscard]] constexpr qint64 startMs() const { return m_startMs; }
    [[nodiscard]] constexpr qint64 endMs() const { return m_startMs + qint64(m_minutes) * 60'000; }
    [[nodiscard]] constexpr int minutes() const { return m_minutes; }
    [[nodiscard]] constexpr bool overlaps(const TimeSlot &other) const
    {
        return startMs() < other.endMs() && other.startMs() < endMs();
    }
    bool operator==(const TimeSlot &) const = default;

private:
    qint64 m_startMs = 0;
    int m_minutes = 0;
};

} // namespace clinic
