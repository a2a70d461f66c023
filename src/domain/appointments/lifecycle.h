// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/appointments/entities.h"
#include "domain/statetable.h"

namespace clinic::domain {

// BOOKED -> CHECKED_IN -> IN_CONSULTATION -> COMPLETED; BOOKED or CHECKED_IN -> CANCELLED; BOOKED -> NO_SHOW.
extern const StateTable appointmentLifeCycle;

// True while the appointment occupies its resources.
[[nodiscard]] inline bool holdsSlot(AppointmentState state)
{
    return !appointmentLifeCycle.isReleased(static_cast<int>(state));
}
// True when only amendments are allowed.
[[nodiscard]] inline bool isClosed(AppointmentState state)
{
    return state == AppointmentState::Completed || state == AppointmentState::Cancelled ||
           state == AppointmentState::NoShow;
}
// True when a consultation lasts longer than its appointment.
[[nodiscard]] inline bool isOverrun(const Appointment &appointment, qint64 now)
{
    return appointment.state == AppointmentState::InConsultation &&
           now > appointment.startAt + qint64(appointment.minutes) * 60'000;
}

} // namespace clinic::domain
