// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <utility>

namespace clinic::domain {

// The legal life of an entity with states. States are numbered in rising rank; the first is 0.
struct StateTable
{
    std::span<const std::pair<int, int>> steps;
    // States a step may also start from when an earlier event is followed instead (an arrival after a no-show
    // follows the booking, not the no-show), and those that free what the row holds.
    std::span<const int> released;

    [[nodiscard]] constexpr bool allows(int from, int to) const
    {
        for (const auto &step : steps) {
            if (step.first == from && step.second == to)
                return true;
        }
        return false;
    }
    [[nodiscard]] constexpr bool isReleased(int state) const
    {
        for (const int r : released) {
            if (r == state)
                return true;
        }
        return false;
    }
};

} // namespace clinic::domain
