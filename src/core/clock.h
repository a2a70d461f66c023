// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace clinic {

// The source of time; injected, so that tests and the simulator control it.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual qint64 nowMs() const = 0;       // UTC, milliseconds since 1970
    [[nodiscard]] virtual qint64 monotonicMs() const = 0; // never steps back; stops while the machine sleeps
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] qint64 monotonicMs() const override;
};

} // namespace clinic
