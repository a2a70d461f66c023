// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timeslot.h"
#include "services/workunit.h"
#include "storage/appointments/queries.h"

namespace clinic::services {

// Whether the appointment may have its slots; Overlap, PatientOverlap or Unavailable if not.
[[nodiscard]] Result<void> checkPlace(storage::Connection &connection, const domain::Appointment &appointment,
                                      const QTimeZone &zone);
// True when the resource has working hours for the whole slot and no leave; otherwise `why` is "hours",
// "leave" or the leave's reason. No hours at all = always.
[[nodiscard]] bool isAvailable(const storage::Schedule &schedule, const TimeSlot &slot, const QTimeZone &zone,
                               QString *why = nullptr);

} // namespace clinic::services
