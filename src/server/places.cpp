// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/entities.h"
#include "domain/appointments/lifecycle.h"
#include "server/arbiter.h"
#include "sync/merge/fold.h"
#include "sync/wire/grammar.h"

// The part of the arbiter that checks appointments: the state is the fold of the events, and slots are
// claimed one by one.
namespace clinic::server {
namespace {

using domain::AppointmentState;

constexpr qint64 mostMinutes = 24 * 60;

int stateIndex(const QString &code)
{
    const auto state = enumFromCode<AppointmentState>(code);
    return state ? static_cast<int>(*state) : -1;
}

} // namespace

Result<QSet<Id>> Arbiter::touchedAppointments()
{
    QSet<Id> touched;
    const auto draft = m_picture.draft();
    for (const Edit &edit : draft) {
        if (edit.key.first == "appointment")
            touched << edit.key.second;
        else if (edit.key.first == "appointment_event")
            touched << edit.after.parent;
        else if (edit.key.first == "void") {
            const auto event = m_picture.row({"appointment_event", edit.after.parent});
            if (!event)
                return fail(event);
            if (event->exists)
                touched << event->parent;
        }
    }
    return touched;
}

Result<void> Arbiter::foldState(const Id &id)
{
    const RowKey key("appointment", id);
    const auto before = m_picture.row(key);
    if (!before)
        return fail(before);
    if (!before->exists)
        return {}; // another device's group will bring it
    const auto ids = m_picture.children("appointment_event", id);
    if (!ids)
        return fail(ids);
    QList<sync::StateEvent> events;
    for (const Id &eventId : *ids) {
        const auto event = m_picture.row({"appointment_event", eventId});
        const auto voids = m_picture.children("void", eventId);
        if (!event)
            return fail(event);
        if (!voids)
            return fail(voids);
        events << sync::StateEvent{eventId, event->id("follows_id"), stateIndex(event->text("state")),
                                   !voids->isEmpty()};
    }
    const auto folded = sync::fold(events, domain::appointmentLifeCycle);
    if (folded.state < 0)
        return {};
    const QString state = enumCode(static_cast<AppointmentState>(folded.state));
    if (before->text("state") == state)
        return {};
    PictureRow after = *before;
    after.fields.insert("state", sync::WireValue{Value{state}});
    m_picture.put(key, *before, after);
    return {};
}

Result<Arbiter::Leases> Arbiter::leasesOf(const Id &resource, qint64 from, qint64 to)
{
    const auto rows = m_session.run(
        "SELECT l.id, l.from_at, l.to_at, l.device, d.state FROM slot_lease l JOIN device d ON "
        "d.hospital_id=l.hospital_id AND d.id=l.device WHERE l.hospital_id=$1 AND l.resource=$2 AND "
        "l.from_at<$4 AND l.to_at>$3",
        {idValue(m_hospital), idValue(resource), Value{from * slotMs}, Value{to * slotMs}});
    if (!rows)
        return fail(rows);
    Leases leases;
    for (const Row &row : *rows) {
        // A revoked PC's lease keeps no slot from other PCs.
        if (idAt(row, 3) == m_device.id || bytesAt(row, 4) != "active")
            leases.mine << Leases::Span{idAt(row, 0), integerAt(row, 1) / slotMs,
                                        (integerAt(row, 2) + slotMs - 1) / slotMs};
        else
            leases.others << idAt(row, 0);
    }
    return leases;
}

Result<Judged> Arbiter::takePlace(const Id &id, bool isFact)
{
    const auto appointment = m_picture.row({"appointment", id});
    if (!appointment)
        return fail(appointment);
    if (!appointment->exists)
        return Judged();
    QSet<QPair<Id, qint64>> wanted;
    const int state = stateIndex(appointment->text("state"));
    const bool holds = state >= 0 && !domain::appointmentLifeCycle.isReleased(state);
    const Id patient = appointment->id("patient_id");
    if (holds && !sync::grammar::isTime(appointment->number("start_at")))
        return Judged(tl::unexpected(Refusal{"out-of-range", "start_at"}));
    if (holds && (appointment->number("minutes") < 0 || appointment->number("minutes") > mostMinutes))
        return Judged(tl::unexpected(Refusal{"too-long", "minutes"}));
    if (holds) {
        const qint64 from = appointment->number("start_at") / slotMs;
        const qint64 to =
            (appointment->number("start_at") + appointment->number("minutes") * 60'000 + slotMs - 1) / slotMs;
        for (const Id &resource : {appointment->id("practitioner_id"), appointment->id("room_id"),
                                   appointment->id("equipment_id"), patient}) {
            for (qint64 slot = from; !resource.isNull() && slot < to; ++slot)
                wanted.insert({resource, slot});
        }
    }
    const auto own =
        m_session.run("SELECT resource, slot, lane FROM slot_claim WHERE hospital_id=$1 AND owner=$2",
                      {idValue(m_hospital), idValue(id)});
    if (!own)
        return fail(own);
    for (const Row &row : *own) {
        const Claim claim{idAt(row, 0), integerAt(row, 1), integerAt(row, 2)};
        if (!wanted.remove({claim.resource, claim.slot}))
            m_released << qMakePair(id, claim);
    }
    const bool overbooked = appointment->fields.contains("overbook_reason");
    const bool walkIn = appointment->number("walk_in") != 0;
    QList<QPair<Id, qint64>> ordered(wanted.begin(), wanted.end());
    std::sort(ordered.begin(), ordered.end());
    QHash<Id, Leases> leases;
    for (const auto &first : std::as_const(ordered)) {
        const Id resource = first.first;
        if (leases.contains(resource) || resource == patient)
            continue;
        const auto last = std::find_if(ordered.rbegin(), ordered.rend(),
                                       [resource](const auto &place) { return place.first == resource; });
        const auto found = leasesOf(resource, first.second, last->second + 1);
        if (!found)
            return fail(found);
        leases.insert(resource, *found);
    }
    for (const auto &[resource, slot] : std::as_const(ordered)) {
        const Leases kept = leases.value(resource);
        bool isLeased = false;
        const auto taken = m_session.run(
            "SELECT lane, owner FROM slot_claim WHERE hospital_id=$1 AND resource=$2 AND slot=$3",
            {idValue(m_hospital), idValue(resource), Value{slot}});
        if (!taken)
            return fail(taken);
        QSet<qint64> lanes;
        for (const Row &row : *taken) {
            const QPair<Id, Claim> claim(idAt(row, 1), {resource, slot, integerAt(row, 0)});
            const bool isMine = std::any_of(kept.mine.begin(), kept.mine.end(),
                                            [&](const auto &span) { return span.id == claim.first; });
            isLeased |= kept.others.contains(claim.first);
            if (isMine && !m_released.contains(claim)) // leased for this appointment
                m_released << claim;
            if (!m_released.contains(claim))
                lanes.insert(claim.second.lane);
        }
        for (const auto &claim : std::as_const(m_taken)) {
            if (claim.second.resource == resource && claim.second.slot == slot)
                lanes.insert(claim.second.lane);
        }
        qint64 lane = 0;
        while (lanes.contains(lane))
            ++lane;
        qint64 capacity = 1;
        if (resource != patient) {
            const auto row = m_picture.row({"resource", resource});
            if (!row)
                return fail(row);
            if (row->exists)
                capacity = qBound<qint64>(1, row->number("capacity"), mostLanes);
        }
        if (lane >= capacity) {
            const bool mayOverbook = overbooked && resource != patient &&
                                     m_grants.contains(QStringLiteral("appointments.overbook"));
            if (!mayOverbook && !isFact && !walkIn)
                return Judged(tl::unexpected(Refusal{resource == patient ? "patient-busy"
                                                     : isLeased          ? "slot-leased"
                                                                         : "slot-taken",
                                                     resource.toString().toLatin1()}));
            if (!mayOverbook && !m_history)
                addFlag("overbooked");
        }
        m_taken << qMakePair(id, Claim{resource, slot, lane});
    }
    return giveBackToLeases(id);
}

// A slot that an appointment leaves in its PC's own lease is leased to that PC again.
Result<Judged> Arbiter::giveBackToLeases(const Id &id)
{
    QHash<Id, Leases> leases;
    const auto left = m_released;
    for (const auto &place : left) {
        if (place.first != id)
            continue;
        const Claim claim = place.second;
        if (!leases.contains(claim.resource)) {
            const auto found = leasesOf(claim.resource, claim.slot, claim.slot + 288);
            if (!found)
                return fail(found);
            leases.insert(claim.resource, *found);
        }
        const bool taken = std::any_of(m_taken.begin(), m_taken.end(),
                                       [&claim](const auto &other) { return other.second == claim; });
        for (const auto &span : leases[claim.resource].mine) {
            if (!taken && span.from <= claim.slot && claim.slot < span.to) {
                m_taken << qMakePair(span.id, claim);
                break;
            }
        }
    }
    return Judged();
}

} // namespace clinic::server
