// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace clinic::server {

// How long a connection may keep others waiting. A slow line is given time as long as something comes, and
// as long as it comes faster than a kilobyte a second.
class Pace
{
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds patience{20}; // for one step, and for all steps in advance
    static constexpr size_t slowestLine = 1000;         // bytes a second

    static std::chrono::seconds atSlowest(size_t bytes) { return std::chrono::seconds(bytes / slowestLine); }

    explicit Pace(Time began) : m_began(began) {}
    // Until when the next bytes have to be here.
    [[nodiscard]] Time deadline(Time now, size_t received) const
    {
        return std::min(now + patience, m_began + patience + atSlowest(received));
    }

private:
    Time m_began;
};

} // namespace clinic::server
