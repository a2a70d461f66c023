// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/entities.h"
#include "domain/appointments/lifecycle.h"
#include "server/arbiter.h"
#include "sync/merge/fold.h"

// The half of the arbiter that knows appointments: their state is the fold of their events, and what they
// occupy is claimed slot by slot.
namespace clinic::server {
namespace {

using domain::AppointmentState;

constexpr qint64 slotMs = 5 * 60 * 1000;

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
        return {}; // still to come from another device
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

Result<Arbiter::Judged> Arbiter::takePlace(const Id &id, bool isFact)
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
    if (holds) {
        const qint64 from = appointment->number("start_at") / slotMs;
        const qint64 to =
            (appointment->number("start_at") + appointment->number("minutes") * 60'000 + slotMs - 1) / slotMs;
        if (to - from > 288)
            return Judged(tl::unexpected(Refusal{"too-long", "minutes"}));
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
    for (const auto &[resource, slot] : std::as_const(ordered)) {
        const auto taken = m_session.run(
            "SELECT lane, owner FROM slot_claim WHERE hospital_id=$1 AND resource=$2 AND slot=$3",
            {idValue(m_hospital), idValue(resource), Value{slot}});
        if (!taken)
            return fail(taken);
        QSet<qint64> lanes;
        for (const Row &row : *taken) {
            const QPair<Id, Claim> claim(idAt(row, 1), {resource, slot, integerAt(row, 0)});
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
                capacity = qMax<qint64>(1, row->number("capacity"));
        }
        if (lane >= capacity) {
            const bool mayOverbook = overbooked && resource != patient &&
                                     m_grants.contains(QStringLiteral("appointments.overbook"));
            if (!mayOverbook && !isFact && !walkIn)
                return Judged(tl::unexpected(Refusal{resource == patient ? "patient-busy" : "slot-taken",
                                                     resource.toString().toLatin1()}));
            if (!mayOverbook && !m_history)
                m_flag = "overbooked";
        }
        m_taken << qMakePair(id, Claim{resource, slot, lane});
    }
    return Judged();
}

} // namespace clinic::server
