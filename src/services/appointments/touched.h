// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "storage/appointments/queries.h"

// Appointments affected by a change of hours, leave, people, rooms, services or branches. The user sees them
// and decides.
namespace clinic::services {

// Future appointments that lose their basis by the change from `before` (empty for a new row) to `after`:
// they leave the working hours, fall into the leave, have an inactive resource, service or branch, or get
// another time zone.
[[nodiscard]] Result<QList<Id>> touchedBookings(storage::Connection &connection,
                                                const storage::Record &before, const storage::Record &after,
                                                const QTimeZone &zone, qint64 now);
// A patient's future appointments and waiting list entries.
[[nodiscard]] Result<QList<Id>> plannedFor(storage::Connection &connection, const Id &patient, qint64 now);

// StillNeeded for "bookings", with their number and ids, unless all of them were shown.
[[nodiscard]] Result<void> checkShown(const QList<Id> &touched, const QList<Id> &shown);
// The ids in such an error; empty for every other error.
[[nodiscard]] QList<Id> touchedIn(const Error &error);

// Those of these appointments that the user may see, the next first.
struct ReadBookings
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
    QList<Id> ids{};
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const ReadBookings &question);

// Future appointments of the branch that cannot take place: with an inactive resource, or for an inactive
// patient. They arise when two PCs did not know of each other.
struct StrandedBookings
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit,
                                                             const StrandedBookings &question);

} // namespace clinic::services
