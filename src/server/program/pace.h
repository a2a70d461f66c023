// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace clinic::server {

// Deadlines for slow connections: a connection gets more time as long as it sends faster than a kilobyte a
// second.
class Pace
{
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds patience{20}; // for one step, and in advance for all steps
    static constexpr size_t slowestLine = 1000;         // bytes a second

    static std::chrono::seconds atSlowest(size_t bytes) { return std::chrono::seconds(bytes / slowestLine); }

    explicit Pace(Time began) : m_began(began) {}
    // The time by which the next bytes must arrive.
    [[nodiscard]] Time deadline(Time now, size_t received) const
    {
        return std::min(now + patience, m_began + patience + atSlowest(received));
    }

private:
    Time m_began;
};

} // namespace clinic::server
