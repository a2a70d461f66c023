// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/appointments/touched.h"

#include "domain/setup/hours.h"
#include "services/admin/scope.h"
#include "services/appointments/placing.h"

namespace clinic::services {
namespace touched {

using storage::AppointmentView;
using storage::BookedBy;
using storage::Record;

Result<QList<AppointmentView>> coming(storage::Connection &c, BookedBy by, const Id &id, qint64 now)
{
    return storage::comingAppointments(c, by, id, now);
}

template <class Test>
Result<QList<Id>> idsOf(const Result<QList<AppointmentView>> &views, Test test)
{
    if (!views)
        return fail(views);
    QList<Id> ids;
    for (const auto &view : *views) {
        if (test(view.appointment))
            ids << view.appointment.id;
    }
    return ids;
}

bool all(const domain::Appointment &)
{
    return true;
}

Result<QList<Id>> byHours(storage::Connection &c, const Record &after, const QTimeZone &zone, qint64 now)
{
    const auto hours = storage::fromRecord<domain::Availability>(after);
    const auto week = storage::select<domain::Availability>(c, "WHERE resource_id=?", hours.resourceId);
    if (!week)
        return fail(week);
    QList<domain::Availability> changed = *week;
    changed.removeIf([&](const auto &row) { return row.id == hours.id; });
    changed << hours;
    return idsOf(coming(c, BookedBy::Resource, hours.resourceId, now), [&](const domain::Appointment &a) {
        const auto slot = TimeSlot::create(a.startAt, a.minutes);
        return slot && a.practitionerId == hours.resourceId && isAvailable({{}, *week, {}}, *slot, zone) &&
               !isAvailable({{}, changed, {}}, *slot, zone);
    });
}

Result<QList<Id>> byLeave(storage::Connection &c, const Record &before, const Record &after, qint64 now)
{
    const auto leave = storage::fromRecord<domain::Leave>(after);
    const auto was = before.row.isStored() ? storage::fromRecord<domain::Leave>(before) : domain::Leave{};
    const auto within = [](const domain::Leave &l, const domain::Appointment &a) {
        return l.active && l.startAt < a.startAt + qint64(a.minutes) * 60'000 && a.startAt < l.endAt;
    };
    return idsOf(coming(c, BookedBy::Resource, leave.resourceId, now),
                 [&](const domain::Appointment &a) { return within(leave, a) && !within(was, a); });
}

bool isActive(const Record &record)
{
    const int index = record.entity ? record.entity->indexOf("active") : -1;
    const auto *value =
        index < 0 || index >= record.values.size() ? nullptr : std::get_if<qint64>(&record.values[index]);
    return !value || *value != 0;
}

bool isAnotherClock(const Record &before, const Record &after)
{
    const int index = after.entity->indexOf("time_zone");
    return index >= 0 && before.values.value(index) != after.values.value(index);
}

// Only calendars and branches that the role reaches.
Result<QList<AppointmentView>> reached(ReadUnit &unit, const QList<AppointmentView> &views)
{
    QList<AppointmentView> out;
    for (const auto &view : views) {
        const auto may = storage::reachesCalendar(unit.connection, scope::reachOf(unit),
                                                  view.appointment.branchId, view.appointment.practitionerId);
        if (!may)
            return fail(may);
        if (*may)
            out << view;
    }
    return out;
}

} // namespace touched

Result<QList<Id>> touchedBookings(storage::Connection &c, const storage::Record &before,
                                  const storage::Record &after, const QTimeZone &zone, qint64 now)
{
    const EntityInfo *entity = after.entity;
    if (entity == &domain::Availability::entity())
        return touched::byHours(c, after, zone, now);
    if (entity == &domain::Leave::entity())
        return touched::byLeave(c, before, after, now);
    if (!before.row.isStored())
        return QList<Id>();
    const bool isTakenAway = touched::isActive(before) && !touched::isActive(after);
    const Id id = after.row.id;
    if (entity == &domain::Branch::entity() && (isTakenAway || touched::isAnotherClock(before, after)))
        return touched::idsOf(touched::coming(c, touched::BookedBy::Branch, id, now), touched::all);
    if (!isTakenAway)
        return QList<Id>();
    if (entity == &domain::Resource::entity())
        return touched::idsOf(touched::coming(c, touched::BookedBy::Resource, id, now), touched::all);
    if (entity == &domain::Service::entity())
        return touched::idsOf(touched::coming(c, touched::BookedBy::Service, id, now), touched::all);
    if (entity != &domain::Practitioner::entity())
        return QList<Id>();
    const auto own = storage::select<domain::Resource>(c, "WHERE practitioner_id=?", id);
    if (!own)
        return fail(own);
    QList<Id> ids;
    for (const auto &resource : *own) {
        const auto more =
            touched::idsOf(touched::coming(c, touched::BookedBy::Resource, resource.id, now), touched::all);
        if (!more)
            return more;
        ids << *more;
    }
    return ids;
}

Result<QList<Id>> plannedFor(storage::Connection &c, const Id &patient, qint64 now)
{
    auto ids = touched::idsOf(touched::coming(c, touched::BookedBy::Patient, patient, now), touched::all);
    const auto waiting =
        storage::select<domain::WaitingListEntry>(c, "WHERE patient_id=? AND active=1 ORDER BY rid", patient);
    if (!ids)
        return ids;
    if (!waiting)
        return fail(waiting);
    for (const auto &entry : *waiting)
        *ids << entry.id;
    return ids;
}

Result<void> checkShown(const QList<Id> &touched, const QList<Id> &shown)
{
    QStringList args{QString::number(touched.size())};
    bool isNew = false;
    for (const Id &id : touched) {
        isNew |= !shown.contains(id);
        args << id.toString();
    }
    return isNew ? fail(ErrorCode::StillNeeded, QStringLiteral("bookings"), args) : Result<void>();
}

QList<Id> touchedIn(const Error &error)
{
    QList<Id> ids;
    if (error.code == ErrorCode::StillNeeded && error.field == u"bookings") {
        for (const QString &arg : error.args.mid(1))
            ids << Id::fromString(arg);
    }
    return ids;
}

Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const ReadBookings &question)
{
    QList<storage::AppointmentView> views;
    for (const Id &id : question.ids) {
        const auto view = storage::appointmentView(unit.connection, id);
        if (view)
            views << *view;
        else if (view.error().code != ErrorCode::NotFound)
            return fail(view);
    }
    std::ranges::stable_sort(views, {}, [](const auto &view) { return view.appointment.startAt; });
    return touched::reached(unit, views);
}

Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const StrandedBookings &)
{
    auto views = touched::coming(unit.connection, touched::BookedBy::Branch, unit.session.branch, unit.now);
    if (!views)
        return views;
    views->removeIf([](const auto &view) { return !view.isResourceInactive && !view.isPatientInactive; });
    return touched::reached(unit, *views);
}

} // namespace clinic::services
