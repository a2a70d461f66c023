// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timeslot.h"
#include "services/workunit.h"
#include "storage/appointments/queries.h"

namespace clinic::services {

// May this appointment stand where it says? Overlap, PatientOverlap or Unavailable when not.
[[nodiscard]] Result<void> checkPlace(storage::Connection &connection, const domain::Appointment &appointment,
                                      const QTimeZone &zone);
// True when the resource works for the whole slot and is not away; `why` is "hours", "leave" or the leave's
// reason when not. No hours planned at all = always.
[[nodiscard]] bool isAvailable(const storage::Schedule &schedule, const TimeSlot &slot, const QTimeZone &zone,
                               QString *why = nullptr);

} // namespace clinic::services
