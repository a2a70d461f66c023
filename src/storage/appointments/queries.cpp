// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/appointments/queries.h"

#include "core/walltime.h"

namespace clinic::storage {
namespace appointmentqueries {

// The joined columns; the appointment's own come first, in its table's order.
QByteArray viewSql()
{
    // A slot leased to this PC needs no confirmation by the server.
    const auto leased = [](const char *column) {
        return QByteArray("EXISTS (SELECT 1 FROM lease l WHERE l.resource=a.") + column +
               " AND l.from_at<=a.start_at AND l.to_at>=a.start_at+a.minutes*60000)";
    };
    QByteArray sql =
        "SELECT a.rid, a.id, a.branch_id, a.created_at, a.created_by, a.updated_at, a.updated_by";
    for (const FieldInfo &f : domain::Appointment::entity().fields)
        sql += ", a." + QByteArray(f.column);
    sql +=
        ", p.family_name, p.given_name, p.number, p.phone, p.sex, p.birth_date, d.name, r.name, s.name,"
        " (SELECT max(e.happened_at) FROM appointment_event e WHERE e.appointment_id=a.id),"
        " EXISTS (SELECT 1 FROM invoice i WHERE i.appointment_id=a.id),"
        " EXISTS (SELECT 1 FROM allergy y WHERE y.patient_id=a.patient_id AND y.active=1),"
        " EXISTS (SELECT 1 FROM unsent u JOIN outbox o ON o.n=u.n WHERE u.entity='appointment' AND u.id=a.id"
        " AND o.state IN ('waiting','held') AND o.intention<>'enrol-device') AND NOT (" +
        leased("practitioner_id") + " AND (a.room_id IS NULL OR " + leased("room_id") +
        ") AND (a.equipment_id IS NULL OR " + leased("equipment_id") +
        "))"
        ", q.name, coalesce(p.active=0,0), coalesce(d.active=0,0) OR coalesce(r.active=0,0) OR "
        "coalesce(q.active=0,0)"
        " FROM appointment a LEFT JOIN patient p ON p.id=a.patient_id LEFT JOIN resource d ON "
        "d.id=a.practitioner_id"
        " LEFT JOIN resource r ON r.id=a.room_id LEFT JOIN resource q ON q.id=a.equipment_id"
        " LEFT JOIN service s ON s.id=a.service_id ";
    return sql;
}

AppointmentView readView(const Query &q)
{
    AppointmentView view;
    view.appointment = fromRecord<domain::Appointment>(readRecord(q, domain::Appointment::entity()));
    const int at = 7 + static_cast<int>(domain::Appointment::entity().fields.size());
    view.patientName = domain::displayName(q.text(at), q.text(at + 1));
    view.patientNumber = q.text(at + 2);
    view.patientPhone = q.text(at + 3);
    view.patientSex = enumFromCode<domain::Sex>(q.text(at + 4)).value_or(domain::Sex::Unknown);
    view.patientBirthDate = PartialDate::fromStored(q.text(at + 5));
    view.practitionerName = q.text(at + 6);
    view.roomName = q.text(at + 7);
    view.serviceName = q.text(at + 8);
    view.stateSince = q.integer(at + 9);
    view.hasInvoice = q.integer(at + 10) != 0;
    view.hasAllergy = q.integer(at + 11) != 0;
    view.isUnconfirmed = q.integer(at + 12) != 0;
    view.equipmentName = q.text(at + 13);
    view.isPatientInactive = q.integer(at + 14) != 0;
    view.isResourceInactive = q.integer(at + 15) != 0;
    return view;
}

} // namespace appointmentqueries

Result<QList<AppointmentView>> appointmentViews(Connection &c, const AppointmentFilter &filter)
{
    static const QByteArray base = appointmentqueries::viewSql();
    // No appointment is longer than a day, so earlier ones cannot reach into the period.
    static const QByteArray within = " AND a.start_at>?3-" +
                                     QByteArray::number(qint64(TimeSlot::maximumMinutes) * 60'000) +
                                     " AND a.start_at<?4 AND a.start_at+a.minutes*60000>?3";
    QByteArray sql = base;
    if (!filter.patient.isNull())
        sql += "WHERE a.patient_id=?1" + within;
    else if (!filter.practitioner.isNull())
        sql += "WHERE a.practitioner_id=?2" + within;
    else if (!filter.branch.isNull())
        sql += "WHERE a.branch_id=?5" + within;
    else // every branch: the day of each through the same index
        sql += "WHERE a.branch_id IN (SELECT id FROM branch)" + within;
    sql += " ORDER BY a.start_at, a.rid LIMIT ?6";
    Query q = c.query(sql);
    if (!filter.patient.isNull())
        q.bind(1, filter.patient);
    else if (!filter.practitioner.isNull())
        q.bind(2, filter.practitioner);
    else if (!filter.branch.isNull())
        q.bind(5, filter.branch);
    q.bind(3, filter.from);
    q.bind(4, filter.to);
    q.bind(6, filter.limit);
    QList<AppointmentView> views;
    while (q.next()) {
        AppointmentView view = appointmentqueries::readView(q);
        const bool wanted = filter.states.isEmpty() || filter.states.contains(view.appointment.state);
        const bool ofBranch = filter.branch.isNull() || view.appointment.branchId == filter.branch;
        if (wanted && ofBranch)
            views << view;
    }
    if (!q.ok())
        return q.failed();
    return views;
}

Result<AppointmentView> appointmentView(Connection &c, const Id &id)
{
    static const QByteArray sql = appointmentqueries::viewSql() + "WHERE a.id=?";
    Query q = c.query(sql, id);
    if (q.next())
        return appointmentqueries::readView(q);
    if (!q.ok())
        return q.failed();
    return fail(ErrorCode::NotFound, QStringLiteral("appointment"));
}

Result<QList<AppointmentView>> appointmentHistory(Connection &c, const Id &patient, int limit, qint64 before)
{
    static const QByteArray sql = appointmentqueries::viewSql() +
                                  "WHERE a.patient_id=? AND a.start_at<? ORDER BY a.start_at DESC LIMIT ?";
    QList<AppointmentView> views;
    Query q = c.query(sql, patient, before, limit);
    while (q.next())
        views << appointmentqueries::readView(q);
    if (!q.ok())
        return q.failed();
    return views;
}

Result<QList<AppointmentView>> comingAppointments(Connection &c, BookedBy by, const Id &id, qint64 now)
{
    static constexpr const char *conditions[] = {"?1 IN (a.practitioner_id, a.room_id, a.equipment_id)",
                                                 "a.service_id=?1", "a.branch_id=?1", "a.patient_id=?1"};
    const QByteArray sql = appointmentqueries::viewSql() + "WHERE " +
                           (by == BookedBy::Patient ? "" : "a.branch_id IN (SELECT id FROM branch) AND ") +
                           conditions[int(by)] +
                           " AND a.start_at>?2-86400000 AND a.state='booked' AND "
                           "a.start_at+a.minutes*60000>?2 ORDER BY a.start_at, a.rid LIMIT 5000";
    QList<AppointmentView> views;
    Query q = c.query(sql, id, now);
    while (q.next())
        views << appointmentqueries::readView(q);
    if (!q.ok())
        return q.failed();
    return views;
}

Result<QList<Occupied>> occupying(Connection &c, Holder holder, const Id &id, const TimeSlot &slot,
                                  const Id &except)
{
    static constexpr const char *columns[] = {"practitioner_id", "room_id", "equipment_id", "patient_id"};
    // No appointment is longer than a day, so earlier ones cannot reach into the slot.
    const QByteArray sql = "SELECT id, start_at, start_at + minutes*60000 FROM appointment WHERE " +
                           QByteArray(columns[int(holder)]) +
                           "=? AND start_at<? AND start_at>? AND start_at + minutes*60000>? "
                           "AND state NOT IN ('cancelled','no-show') AND id<>? ORDER BY start_at";
    QList<Occupied> out;
    Query q = c.query(sql, id, slot.endMs(), slot.startMs() - qint64(TimeSlot::maximumMinutes) * 60'000,
                      slot.startMs(), except.isNull() ? QByteArray("-") : except.toBytes());
    while (q.next())
        out << Occupied{q.id(0), q.integer(1), q.integer(2)};
    if (!q.ok())
        return q.failed();
    return out;
}

Result<QList<sync::StateEvent>> stateEvents(Connection &c, const Id &appointment)
{
    QList<sync::StateEvent> events;
    Query q = c.query("SELECT e.id, e.follows_id, e.state, EXISTS (SELECT 1 FROM void v WHERE "
                      "v.entity='appointment_event' AND v.row_id=e.id) "
                      "FROM appointment_event e WHERE e.appointment_id=? ORDER BY e.rid",
                      appointment);
    while (q.next()) {
        const auto state =
            enumFromCode<domain::AppointmentState>(q.text(2)).value_or(domain::AppointmentState::Booked);
        events << sync::StateEvent{q.id(0), q.id(1), static_cast<int>(state), q.integer(3) != 0};
    }
    if (!q.ok())
        return q.failed();
    return events;
}

Result<QList<WaitingView>> waitingList(Connection &c, const Id &branch)
{
    static const QByteArray sql = [] {
        QByteArray s =
            "SELECT w.rid, w.id, w.branch_id, w.created_at, w.created_by, w.updated_at, w.updated_by";
        for (const FieldInfo &f : domain::WaitingListEntry::entity().fields)
            s += ", w." + QByteArray(f.column);
        return s + ", p.family_name, p.given_name, p.phone, d.name, s.name FROM waiting_list_entry w LEFT "
                   "JOIN patient p ON p.id=w.patient_id "
                   "LEFT JOIN resource d ON d.id=w.practitioner_id LEFT JOIN service s ON s.id=w.service_id "
                   "WHERE w.branch_id=? AND w.active=1 ORDER BY w.created_at LIMIT 500";
    }();
    QList<WaitingView> views;
    Query q = c.query(sql, branch);
    while (q.next()) {
        WaitingView view;
        view.entry = fromRecord<domain::WaitingListEntry>(readRecord(q, domain::WaitingListEntry::entity()));
        const int at = 7 + static_cast<int>(domain::WaitingListEntry::entity().fields.size());
        domain::Patient patient;
        patient.familyName = q.text(at);
        patient.givenName = q.text(at + 1);
        view.patientName = patient.displayName();
        view.patientPhone = q.text(at + 2);
        view.practitionerName = q.text(at + 3);
        view.serviceName = q.text(at + 4);
        views << view;
    }
    if (!q.ok())
        return q.failed();
    return views;
}

Result<QList<StepView>> appointmentSteps(Connection &c, const Id &appointment)
{
    const auto events =
        select<domain::AppointmentEvent>(c, "WHERE appointment_id=? ORDER BY rid", appointment);
    if (!events)
        return fail(events);
    QList<StepView> steps;
    for (const auto &event : *events) {
        StepView step{event, {}, false};
        Query who = c.query("SELECT display_name FROM app_user WHERE id=?", event.createdBy);
        if (who.next())
            step.by = who.text(0);
        Query mark = c.query("SELECT 1 FROM void WHERE entity='appointment_event' AND row_id=?", event.id);
        step.isVoid = mark.next();
        steps << step;
    }
    return steps;
}

Result<QList<domain::Leave>> absences(Connection &c, const Id &resource, qint64 from, qint64 to)
{
    auto leaves = select<domain::Leave>(
        c, "WHERE resource_id=? AND active=1 AND start_at<? AND end_at>? ORDER BY start_at", resource, to,
        from);
    if (!leaves)
        return fail(leaves);
    Query q = c.query("SELECT start_at, end_at FROM busy WHERE resource_id=? AND active=1 AND start_at<? AND "
                      "end_at>? AND id NOT IN (SELECT id FROM lease) ORDER BY start_at",
                      resource, to, from);
    while (q.next()) {
        domain::Leave kept;
        kept.resourceId = resource;
        kept.startAt = q.integer(0);
        kept.endAt = q.integer(1);
        kept.reason = keptReason;
        *leaves << kept;
    }
    if (!q.ok())
        return q.failed();
    // A blocked practitioner cannot be booked either, on the branch's days.
    Query blocked =
        c.query("SELECT u.blocked_from, u.blocked_until, u.inactive_reason, b.time_zone FROM app_user u JOIN "
                "resource r ON "
                "r.practitioner_id=u.practitioner_id JOIN branch b ON b.id=r.branch_id WHERE r.id=? AND "
                "(u.blocked_from IS NOT NULL OR u.blocked_until IS NOT NULL)",
                resource);
    while (blocked.next()) {
        const QTimeZone zone(blocked.text(3).toLatin1());
        const auto start = [&](const QString &day, int later) {
            return walltime::startOfDay(QDate::fromString(day, Qt::ISODate).addDays(later), zone);
        };
        domain::Leave away;
        away.resourceId = resource;
        away.startAt = blocked.isNull(0) ? from : start(blocked.text(0), 0);
        away.endAt = blocked.isNull(1) ? to : start(blocked.text(1), 1);
        away.reason = blocked.text(2);
        if (away.startAt < to && away.endAt > from)
            *leaves << away;
    }
    if (!blocked.ok())
        return blocked.failed();
    return leaves;
}

Result<QList<Schedule>> schedules(Connection &c, const Id &branch, domain::ResourceKind kind, qint64 from,
                                  qint64 to)
{
    const auto resources = select<domain::Resource>(
        c, "WHERE branch_id=? AND kind=? AND active=1 ORDER BY name COLLATE NOCASE", branch, enumCode(kind));
    if (!resources)
        return fail(resources);
    QList<Schedule> out;
    for (const auto &resource : *resources) {
        const auto week = select<domain::Availability>(
            c, "WHERE resource_id=? ORDER BY weekday, start_minute", resource.id);
        const auto leaves = absences(c, resource.id, from, to);
        if (!week)
            return fail(week);
        if (!leaves)
            return fail(leaves);
        out << Schedule{resource, *week, *leaves};
    }
    return out;
}

} // namespace clinic::storage
