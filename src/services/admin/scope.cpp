// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/scope.h"

#include "domain/entities.h"
#include "domain/patients/entities.h"
#include "storage/subjects.h"

namespace clinic::services::scope {

storage::Reach reachOf(const Session &session, qint64 now)
{
    return {session.scope, session.user, session.branch, session.branchCode, now};
}

Result<void> checkRow(storage::Connection &c, const storage::Reach &reach, QByteArrayView entity,
                      const Id &row, const QSet<Id> &except)
{
    if (reach.isEverybody() || row.isNull())
        return {};
    const auto owner = storage::ownerOf(c, entity, row);
    if (!owner)
        return fail(owner);
    if (owner->patient.isNull())
        return {};
    const auto reached = storage::reaches(c, reach, owner->patient, except);
    if (!reached)
        return fail(reached);
    if (!*reached)
        return fail(ErrorCode::OutsideScope, QStringLiteral("patient"), {owner->patient.toString()});
    return {};
}

namespace {

// An appointment may be changed only in the user's own calendar.
Result<void> checkCalendar(storage::Connection &c, const storage::Reach &reach, const Id &appointment)
{
    storage::Query q = c.query("SELECT branch_id, practitioner_id FROM appointment WHERE id=?", appointment);
    if (!q.next())
        return q.ok() ? Result<void>() : Result<void>(q.failed());
    const auto reached = storage::reachesCalendar(c, reach, q.id(0), q.id(1));
    if (!reached)
        return fail(reached);
    return *reached ? Result<void>() : fail(ErrorCode::OutsideScope, QStringLiteral("practitioner_id"));
}

} // namespace

Result<void> checkUnit(WorkUnit &unit)
{
    const storage::Reach reach = reachOf(unit.session, unit.now());
    if (reach.isEverybody())
        return {};
    storage::Connection &c = unit.tx.connection();
    const QList<domain::RowChange> rows = unit.tx.rowChanges();
    QSet<Id> fresh;
    QSet<Id> newPatients;
    for (const auto &row : rows) {
        if (row.op != domain::RowChange::Op::Insert)
            continue;
        if (std::string_view(row.entity->name) == "patient")
            newPatients.insert(row.id); // by the user himself
        else
            fresh.insert(row.id);
    }
    for (const auto &row : rows) {
        const QByteArrayView entity(row.entity->name);
        const auto owner = storage::ownerOf(c, entity, row.id);
        if (!owner)
            return fail(owner);
        if (newPatients.contains(owner->patient))
            continue;
        if (auto reached = checkRow(c, reach, "patient", owner->patient, fresh); !reached)
            return reached;
        if (owner->appointment.isNull())
            continue;
        if (auto reached = checkCalendar(c, reach, owner->appointment); !reached)
            return reached;
    }
    const auto [entity, id] = unit.tx.subject();
    return newPatients.contains(id) ? Result<void>() : checkRow(c, reach, entity, id, fresh);
}

void veil(storage::PatientHit &hit)
{
    hit.isOutside = true;
    hit.phone.clear();
    hit.lastVisitAt = 0;
    hit.hasConflict = false;
}

Result<void> nameSubjects(ReadUnit &unit, QList<storage::AuditEntry> &entries)
{
    storage::Connection &c = unit.connection;
    const storage::Reach reach = reachOf(unit);
    const bool maySeePatients = unit.session.may(u"patients.view");
    QHash<Id, QString> known;
    for (auto &entry : entries) {
        const EntityInfo *entity = domain::entityNamed(entry.entity);
        if (!entity || entry.subject.isNull())
            continue;
        if (const auto it = known.constFind(entry.subject); it != known.constEnd()) {
            entry.about = *it;
            continue;
        }
        const auto owner = storage::ownerOf(c, entry.entity.toLatin1(), entry.subject);
        if (!owner)
            return fail(owner);
        entry.about = storage::rowTitle(c, *entity, entry.subject);
        if (!owner->patient.isNull()) {
            const auto reached = checkRow(c, reach, "patient", owner->patient);
            const QString number = storage::patientNumber(c, owner->patient);
            const bool isNamed =
                entry.about == storage::rowTitle(c, domain::Patient::entity(), owner->patient);
            if (!maySeePatients || !reached)
                entry.about = isNamed ? number : entry.about;
            else if (isNamed)
                entry.about = (number + u' ' + entry.about).trimmed();
        }
        known.insert(entry.subject, entry.about);
    }
    return {};
}

} // namespace clinic::services::scope
