// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "storage/database.h"

namespace clinic::services {

struct DemoOptions
{
    quint32 seed = 1;
    int patients = 2000;
    int days = 42; // of appointments and invoices, half of them before today
    std::function<bool(int done, int of)> progress{}; // false stops
};

// Fills a set-up, empty file flagged as demo with invented people of many cultures. The same seed gives the
// same people. Users "demo-<role>" sign in without a password, from the login window of a demo file only.
[[nodiscard]] Result<void> fillDemo(storage::Database &database, const Clock &clock,
                                    const DemoOptions &options);

} // namespace clinic::services
