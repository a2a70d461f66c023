// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "storage/auditlog.h"
#include "storage/patients/queries.h"

// What a role's data scope comes to: Clinic asks here for every intention and every question that names a
// patient, an appointment or an invoice; questions that list ask for themselves.
namespace clinic::services::scope {

[[nodiscard]] storage::Reach reachOf(const Session &session, qint64 now);
[[nodiscard]] inline storage::Reach reachOf(const ReadUnit &unit)
{
    return reachOf(unit.session, unit.now);
}
// OutsideScope when the record of that patient, or the calendar that appointment stands in, is not reached.
// A row that is not there is no reason.
[[nodiscard]] Result<void> checkRow(storage::Connection &connection, const storage::Reach &reach,
                                    QByteArrayView entity, const Id &row, const QSet<Id> &except = {});
// Everything a unit has changed, and what it was about. Before its end: who is booked in it was not reached
// through that booking.
[[nodiscard]] Result<void> checkUnit(WorkUnit &unit);
// Fills in `about` of each event: number and name of a patient whose record the role reaches, the number
// alone otherwise; the number or name of any other row.
[[nodiscard]] Result<void> nameSubjects(ReadUnit &unit, QList<storage::AuditEntry> &entries);
// Nobody but who it is.
void veil(storage::PatientHit &hit);

} // namespace clinic::services::scope
