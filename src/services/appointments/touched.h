// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "storage/appointments/queries.h"

// What is booked already looks different after hours, leave, people, rooms, services or branches were
// changed. Whoever changes them is shown what is touched, and decides.
namespace clinic::services {

// Bookings to come that the change from `before` (empty for a new row) to `after` takes the ground from: they
// were inside working hours and are not any more, lie in the leave, or are with somebody or something, for a
// service or in a branch that is no longer in use, or whose clock is another one.
[[nodiscard]] Result<QList<Id>> touchedBookings(storage::Connection &connection,
                                                const storage::Record &before, const storage::Record &after,
                                                const QTimeZone &zone, qint64 now);
// A patient's bookings to come and places on the waiting list.
[[nodiscard]] Result<QList<Id>> plannedFor(storage::Connection &connection, const Id &patient, qint64 now);

// StillNeeded for "bookings", with how many and their ids, as long as one of them was not shown.
[[nodiscard]] Result<void> checkShown(const QList<Id> &touched, const QList<Id> &shown);
// The ids such an error names; empty for every other error.
[[nodiscard]] QList<Id> touchedIn(const Error &error);

// The bookings among these ids that the person may see, the next first.
struct ReadBookings
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
    QList<Id> ids{};
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const ReadBookings &question);

// Bookings of the branch to come that nobody can keep as they stand: with somebody or something that is no
// longer in use, or for a patient who is not a patient any more. They arise where two PCs knew nothing of
// each other.
struct StrandedBookings
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit,
                                                             const StrandedBookings &question);

} // namespace clinic::services
