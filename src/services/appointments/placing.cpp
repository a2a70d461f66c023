// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/appointments/placing.h"

#include "core/walltime.h"
#include "domain/setup/hours.h"

#include <QLocale>

namespace clinic::services {
namespace placing {

QString clockTime(qint64 ms, const QTimeZone &zone)
{
    return QLocale().toString(walltime::shown(ms, zone).time(), QLocale::ShortFormat);
}

// The maximum number of appointments at one moment of the slot.
int peak(const QList<storage::Occupied> &occupied, const TimeSlot &slot)
{
    int most = 0;
    for (const auto &one : occupied) {
        const qint64 at = qMax(one.startAt, slot.startMs());
        int here = 0;
        for (const auto &other : occupied)
            here += other.startAt <= at && at < other.endAt;
        most = qMax(most, here);
    }
    return most;
}

} // namespace placing

bool isAvailable(const storage::Schedule &schedule, const TimeSlot &slot, const QTimeZone &zone, QString *why)
{
    for (const auto &leave : schedule.leaves) {
        if (leave.startAt < slot.endMs() && slot.startMs() < leave.endAt) {
            if (why)
                *why = leave.reason.isEmpty() ? QStringLiteral("leave") : leave.reason;
            return false;
        }
    }
    if (!domain::hasHours(schedule.week))
        return true;
    const QDate day = walltime::dayOf(slot.startMs(), zone);
    for (const auto &[from, to] : domain::openStretches(schedule.week, day, day.addDays(1), zone)) {
        if (from <= slot.startMs() && slot.endMs() <= to)
            return true;
    }
    if (why)
        *why = QStringLiteral("hours");
    return false;
}

Result<void> checkPlace(storage::Connection &c, const domain::Appointment &a, const QTimeZone &zone)
{
    const auto slot = TimeSlot::create(a.startAt, a.minutes);
    if (!slot)
        return fail(slot);
    const std::tuple<storage::Holder, Id, const char *> holders[] = {
        {storage::Holder::Practitioner, a.practitionerId, "practitioner_id"},
        {storage::Holder::Room, a.roomId, "room_id"},
        {storage::Holder::Equipment, a.equipmentId, "equipment_id"}};
    for (const auto &[holder, id, field] : holders) {
        if (id.isNull())
            continue;
        const auto resource = storage::find<domain::Resource>(c, id);
        if (!resource)
            return fail(resource);
        const auto occupied = storage::occupying(c, holder, id, *slot, a.id);
        if (!occupied)
            return fail(occupied);
        if (placing::peak(*occupied, *slot) >= resource->capacity) {
            const auto &first = occupied->first();
            return fail(ErrorCode::Overlap, QString::fromLatin1(field),
                        {resource->name, placing::clockTime(first.startAt, zone),
                         placing::clockTime(first.endAt, zone)});
        }
        const auto week =
            holder == storage::Holder::Practitioner
                ? storage::select<domain::Availability>(c, "WHERE resource_id=?", id)
                : Result<QList<domain::Availability>>(QList<domain::Availability>()); // at any time
        const auto leaves = storage::absences(c, id, slot->startMs(), slot->endMs());
        if (!week)
            return fail(week);
        if (!leaves)
            return fail(leaves);
        QString why;
        if (!isAvailable({*resource, *week, *leaves}, *slot, zone, &why))
            return fail(ErrorCode::Unavailable, QString::fromLatin1(field), {resource->name, why});
    }
    const auto own = storage::occupying(c, storage::Holder::Patient, a.patientId, *slot, a.id);
    if (!own)
        return fail(own);
    if (!own->isEmpty())
        return fail(
            ErrorCode::PatientOverlap, QStringLiteral("patient_id"),
            {placing::clockTime(own->first().startAt, zone), placing::clockTime(own->first().endAt, zone)});
    return {};
}

} // namespace clinic::services
