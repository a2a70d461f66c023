// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "storage/auditlog.h"
#include "storage/patients/queries.h"

// Applies a role's data scope: Clinic asks here for every intention and every question that names a patient,
// an appointment or an invoice; questions that list records ask for themselves.
namespace clinic::services::scope {

[[nodiscard]] storage::Reach reachOf(const Session &session, qint64 now);
[[nodiscard]] inline storage::Reach reachOf(const ReadUnit &unit)
{
    return reachOf(unit.session, unit.now);
}
// OutsideScope when the role does not reach that patient's record, or the calendar of that appointment. A
// missing row is within scope.
[[nodiscard]] Result<void> checkRow(storage::Connection &connection, const storage::Reach &reach,
                                    QByteArrayView entity, const Id &row, const QSet<Id> &except = {});
// Checks all changed rows of a unit and its subject. Call before its end: an appointment that the unit
// inserts gives no access.
[[nodiscard]] Result<void> checkUnit(WorkUnit &unit);
// Sets `about` of each event: number and name of a patient whose record the role reaches, otherwise the
// number alone; the number or name of any other row.
[[nodiscard]] Result<void> nameSubjects(ReadUnit &unit, QList<storage::AuditEntry> &entries);
// Leaves only the identifying values.
void veil(storage::PatientHit &hit);

} // namespace clinic::services::scope
