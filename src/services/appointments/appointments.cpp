// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/appointments/appointments.h"

#include "domain/patients/rules.h"
#include "services/admin/scope.h"
#include "services/appointments/placing.h"
#include "services/setup/setup.h"

namespace clinic::services {
namespace appointmentservice {

using domain::Appointment;
using domain::AppointmentEvent;
using domain::AppointmentState;

// Checks the slot. An occupied one needs a permission and a reason. A patient never has two appointments at
// once, whatever the reason.
Result<void> ensurePlace(WorkUnit &unit, const Appointment &appointment)
{
    auto placed = checkPlace(unit.tx.connection(), appointment, unit.session.zone());
    if (placed)
        return placed;
    const ErrorCode code = placed.error().code;
    const bool mayOverbook = code == ErrorCode::Overlap || code == ErrorCode::Unavailable;
    if (!mayOverbook || appointment.overbookReason.isEmpty())
        return placed;
    if (!unit.session.may(u"appointments.overbook"))
        return fail(ErrorCode::Forbidden, placed.error().field, {QStringLiteral("appointments.overbook")});
    return {};
}

tl::unexpected<Error> inactive(const domain::Patient &patient)
{
    return fail(ErrorCode::Inactive, QStringLiteral("patient"), {patient.inactiveReason});
}

Result<void> checkReferences(WorkUnit &unit, const Appointment &a, bool isNew)
{
    if (a.patientId.isNull())
        return fail(ErrorCode::Required, QStringLiteral("patient_id"));
    if (a.practitionerId.isNull() && a.roomId.isNull() && a.equipmentId.isNull())
        return fail(ErrorCode::Required, QStringLiteral("practitioner_id"));
    const auto patient = unit.tx.get<domain::Patient>(a.patientId);
    if (!patient)
        return fail(patient);
    if (isNew && !patient->active)
        return inactive(*patient);
    for (const Id &id : {a.practitionerId, a.roomId, a.equipmentId}) {
        if (id.isNull())
            continue;
        const auto resource = unit.tx.get<domain::Resource>(id);
        if (!resource)
            return fail(resource);
        if (isNew && !resource->active)
            return fail(ErrorCode::Inactive, QStringLiteral("resource"), {resource->name});
    }
    return {};
}

Result<Appointment> cleaned(Appointment a)
{
    const auto reason = domain::cleanText(a.reason, QStringLiteral("reason"), 1000, true);
    const auto overbook = domain::cleanText(a.overbookReason, QStringLiteral("overbook_reason"), 500);
    if (!reason)
        return fail(reason);
    if (!overbook)
        return fail(overbook);
    a.reason = *reason;
    a.overbookReason = *overbook;
    if (auto slot = TimeSlot::create(a.startAt, a.minutes); !slot)
        return fail(slot);
    return a;
}

Result<void> addEvent(WorkUnit &unit, const Id &appointment, const Id &follows, AppointmentState state,
                      const StepAppointment *step = nullptr)
{
    AppointmentEvent event;
    event.appointmentId = appointment;
    event.followsId = follows;
    event.state = state;
    event.happenedAt = unit.now();
    if (step) {
        const auto reason = domain::cleanText(step->reason, QStringLiteral("reason"), 500);
        if (!reason)
            return fail(reason);
        event.reason = *reason;
        event.askedBy = step->askedBy.left(60);
        event.channel = step->channel.left(60);
    }
    return unit.tx.insert(event);
}

Result<sync::Folded> foldedState(WorkUnit &unit, const Id &appointment)
{
    const auto events = storage::stateEvents(unit.tx.connection(), appointment);
    if (!events)
        return fail(events);
    return sync::fold(*events, domain::appointmentLifeCycle);
}

// The stored state is the fold's.
Result<Appointment> refold(WorkUnit &unit, Appointment a)
{
    const auto folded = foldedState(unit, a.id);
    if (!folded)
        return fail(folded);
    if (folded->state < 0)
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("no legal chain"));
    a.state = static_cast<AppointmentState>(folded->state);
    if (auto done = unit.tx.update(a); !done)
        return fail(done);
    unit.tx.setSubject("appointment", a.id);
    return a;
}

Result<Appointment> book(WorkUnit &unit, Appointment a)
{
    auto clean = cleaned(a);
    if (!clean)
        return clean;
    a = *clean;
    a.rid = 0;
    a.state = AppointmentState::Booked;
    if (auto known = checkReferences(unit, a, true); !known)
        return fail(known);
    if (auto placed = ensurePlace(unit, a); !placed)
        return fail(placed);
    if (a.id.isNull())
        a.id = Id::create(unit.now());
    if (auto done = unit.tx.insert(a); !done)
        return fail(done);
    if (auto done = addEvent(unit, a.id, {}, AppointmentState::Booked); !done)
        return fail(done);
    if (a.walkIn) {
        const auto folded = foldedState(unit, a.id);
        if (!folded)
            return fail(folded);
        if (auto done = addEvent(unit, a.id, folded->lastId, AppointmentState::CheckedIn); !done)
            return fail(done);
    }
    return refold(unit, a);
}

// Changes an open appointment, from the dialog or by dragging.
Result<Appointment> change(WorkUnit &unit, const Appointment &before, const Appointment &after)
{
    auto clean = cleaned(after);
    if (!clean)
        return clean;
    auto stored = unit.tx.get<Appointment>(after.id);
    if (!stored)
        return stored;
    // An appointment is not moved out of another user's calendar; Clinic checks the target calendar.
    const auto own = storage::reachesCalendar(unit.tx.connection(), scope::reachOf(unit.session, unit.now()),
                                              stored->branchId, stored->practitionerId);
    if (!own)
        return fail(own);
    if (!*own)
        return fail(ErrorCode::OutsideScope, QStringLiteral("practitioner_id"));
    if (domain::isClosed(stored->state))
        return fail(ErrorCode::Closed, QStringLiteral("state"));
    Appointment wanted = *clean;
    wanted.state = before.state; // states have intentions of their own
    auto saved = mergeSave(unit, storage::toRecord(before), storage::toRecord(wanted));
    if (!saved)
        return fail(saved);
    const auto merged = storage::fromRecord<Appointment>(*saved);
    if (auto known = checkReferences(unit, merged, false); !known)
        return fail(known);
    const bool placeChanged = merged.startAt != stored->startAt || merged.minutes != stored->minutes ||
                              merged.practitionerId != stored->practitionerId ||
                              merged.roomId != stored->roomId || merged.equipmentId != stored->equipmentId;
    if (placeChanged) {
        if (auto placed = ensurePlace(unit, merged); !placed)
            return fail(placed);
    }
    unit.tx.setSubject("appointment", merged.id);
    return merged;
}

} // namespace appointmentservice

Result<domain::Appointment> perform(WorkUnit &unit, const BookAppointment &intent)
{
    auto booked = appointmentservice::book(unit, intent.appointment);
    if (!booked || intent.waitingEntry.isNull())
        return booked;
    auto entry = unit.tx.get<domain::WaitingListEntry>(intent.waitingEntry);
    if (!entry)
        return fail(entry);
    entry->active = false;
    entry->appointmentId = booked->id;
    if (auto done = unit.tx.update(*entry); !done)
        return fail(done);
    return booked;
}

Result<domain::Appointment> perform(WorkUnit &unit, const MoveAppointment &intent)
{
    return appointmentservice::change(unit, intent.before, intent.after);
}

Result<domain::Appointment> perform(WorkUnit &unit, const UpdateAppointment &intent)
{
    return appointmentservice::change(unit, intent.before, intent.after);
}

domain::IntentionId StepAppointment::intentionId() const
{
    using enum domain::AppointmentState;
    switch (to) {
    case CheckedIn:
        return domain::IntentionId::CheckIn;
    case InConsultation:
        return domain::IntentionId::StartConsultation;
    case Completed:
        return domain::IntentionId::CompleteConsultation;
    case Cancelled:
        return domain::IntentionId::CancelAppointment;
    case NoShow:
        return domain::IntentionId::MarkNoShow;
    case Booked:
        break;
    }
    return domain::IntentionId::BookAppointment;
}

Result<domain::Appointment> perform(WorkUnit &unit, const StepAppointment &intent)
{
    using namespace appointmentservice;
    auto appointment = unit.tx.get<Appointment>(intent.appointment);
    if (!appointment)
        return appointment;
    const auto events = storage::stateEvents(unit.tx.connection(), intent.appointment);
    if (!events)
        return fail(events);
    const auto folded = sync::fold(*events, domain::appointmentLifeCycle);
    const auto from = static_cast<AppointmentState>(folded.state);
    Id follows = folded.lastId;
    bool late = false;
    if (from == AppointmentState::NoShow && intent.to == AppointmentState::CheckedIn) {
        // The patient arrived after all: the arrival follows the first event, so the fold ranks it above the
        // no-show.
        for (const auto &event : *events) {
            if (event.follows.isNull() && !event.isVoid)
                follows = event.id;
        }
        late = true;
    } else if (!domain::appointmentLifeCycle.allows(folded.state, static_cast<int>(intent.to))) {
        return fail(ErrorCode::IllegalStep, QStringLiteral("state"), {enumCode(from), enumCode(intent.to)});
    }
    if (intent.to == AppointmentState::Cancelled && intent.reason.trimmed().isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    if (intent.to == AppointmentState::NoShow && appointment->startAt > unit.now())
        return fail(ErrorCode::Invalid, QStringLiteral("state"));
    if (intent.to == AppointmentState::CheckedIn) {
        const auto patient = unit.tx.get<domain::Patient>(appointment->patientId);
        if (!patient && patient.error().code != ErrorCode::NotFound)
            return fail(patient);
        if (patient &&
            !patient->active) // the patient at the front desk and the record are not the same person
            return inactive(*patient);
    }
    if (late) {
        // The freed slot may be taken: the late arrival stands beside, with a reason.
        auto placed = checkPlace(unit.tx.connection(), *appointment, unit.session.zone());
        if (!placed && placed.error().code != ErrorCode::Overlap &&
            placed.error().code != ErrorCode::Unavailable)
            return fail(placed);
        if (!placed && appointment->overbookReason.isEmpty())
            appointment->overbookReason = QStringLiteral("arrived late");
    }
    if (auto done = addEvent(unit, appointment->id, follows, intent.to, &intent); !done)
        return fail(done);
    return refold(unit, *appointment);
}

namespace appointmentservice {

Result<Appointment> undo(WorkUnit &unit, const Id &id, AppointmentState expected)
{
    auto appointment = unit.tx.get<Appointment>(id);
    if (!appointment)
        return appointment;
    const auto folded = foldedState(unit, id);
    if (!folded)
        return fail(folded);
    if (folded->state != static_cast<int>(expected) || expected == AppointmentState::Booked)
        return fail(ErrorCode::UndoTooLate);
    domain::VoidMark mark;
    mark.entityName = QStringLiteral("appointment_event");
    mark.rowId = folded->lastId;
    mark.reason = QStringLiteral("undo");
    if (auto done = unit.tx.insert(mark); !done)
        return fail(done);
    if (!domain::holdsSlot(expected)) { // the freed slot must still be free
        if (auto placed = ensurePlace(unit, *appointment); !placed)
            return fail(placed);
    }
    return refold(unit, *appointment);
}

} // namespace appointmentservice

Result<domain::Appointment> perform(WorkUnit &unit, const UndoStep &intent)
{
    return appointmentservice::undo(unit, intent.appointment, intent.expected);
}

Result<Done> perform(WorkUnit &unit, const AmendAppointment &intent)
{
    const auto appointment = unit.tx.get<domain::Appointment>(intent.appointment);
    if (!appointment)
        return fail(appointment);
    const auto text = domain::cleanText(intent.text, QStringLiteral("text"), 2000, true);
    if (!text)
        return fail(text);
    if (text->isEmpty())
        return fail(ErrorCode::Required, QStringLiteral("text"));
    domain::AppointmentAmendment amendment;
    amendment.appointmentId = intent.appointment;
    amendment.text = *text;
    if (auto done = unit.tx.insert(amendment); !done)
        return fail(done);
    unit.tx.setSubject("appointment", intent.appointment);
    return Done{};
}

Result<domain::WaitingListEntry> perform(WorkUnit &unit, const SaveWaitingEntry &intent)
{
    domain::WaitingListEntry entry = intent.entry;
    const auto note = domain::cleanText(entry.note, QStringLiteral("note"), 500, true);
    if (!note)
        return fail(note);
    entry.note = *note;
    const auto patient = unit.tx.get<domain::Patient>(entry.patientId);
    if (!patient)
        return fail(patient);
    if (entry.active && !patient->active)
        return appointmentservice::inactive(*patient);
    if (auto done = entry.isStored() ? unit.tx.update(entry) : unit.tx.insert(entry); !done)
        return fail(done);
    return entry;
}

Result<domain::Appointment> perform(WorkUnit &unit, const BookOwnAppointment &intent)
{
    if (unit.session.patient.isNull())
        return fail(ErrorCode::Forbidden, {}, {QStringLiteral("appointments.own")});
    domain::Appointment own = intent.appointment;
    own.patientId = unit.session.patient; // never another patient's, whatever was sent
    own.walkIn = false;
    own.overbookReason.clear();
    if (own.startAt <= unit.now())
        return fail(ErrorCode::Invalid, QStringLiteral("start"));
    return appointmentservice::book(unit, own);
}

Result<domain::Appointment> perform(WorkUnit &unit, const CancelOwnAppointment &intent)
{
    const auto appointment = unit.tx.get<domain::Appointment>(intent.appointment);
    if (!appointment)
        return appointment;
    if (unit.session.patient.isNull() || appointment->patientId != unit.session.patient)
        return fail(ErrorCode::NotFound, QStringLiteral("appointment"));
    if (intent.undo)
        return appointmentservice::undo(unit, intent.appointment, domain::AppointmentState::Cancelled);
    if (appointment->state != domain::AppointmentState::Booked)
        return fail(ErrorCode::Closed, QStringLiteral("state"));
    return perform(unit, StepAppointment{intent.appointment, domain::AppointmentState::Cancelled,
                                         QStringLiteral("patient-request"), QStringLiteral("patient"),
                                         QStringLiteral("kiosk")});
}

Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const OwnAppointments &)
{
    if (unit.session.patient.isNull())
        return QList<storage::AppointmentView>();
    return storage::appointmentHistory(unit.connection, unit.session.patient, 200,
                                       std::numeric_limits<qint64>::max());
}

Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const DayAppointments &question)
{
    storage::AppointmentFilter filter = question.filter;
    if (filter.branch.isNull() && !unit.session.may(u"appointments.viewAll"))
        filter.branch = unit.session.branch;
    const storage::Reach reach = scope::reachOf(unit);
    if (!filter.patient.isNull()) {
        if (auto reached = scope::checkRow(unit.connection, reach, "patient", filter.patient); !reached)
            return fail(reached);
    } else if (reach.scope == domain::DataScope::Own) {
        // The user's own calendar, in every requested branch.
        const auto own = storage::ownCalendars(unit.connection, unit.session.user);
        if (!own)
            return fail(own);
        QList<storage::AppointmentView> views;
        for (const Id &calendar : *own) {
            if (!filter.practitioner.isNull() && filter.practitioner != calendar)
                continue;
            storage::AppointmentFilter one = filter;
            one.practitioner = calendar;
            const auto found = storage::appointmentViews(unit.connection, one);
            if (!found)
                return found;
            views << *found;
        }
        std::ranges::stable_sort(views, {}, [](const auto &view) { return view.appointment.startAt; });
        return views;
    } else if (reach.scope == domain::DataScope::Branch) {
        filter.branch = unit.session.branch;
    }
    return storage::appointmentViews(unit.connection, filter);
}

Result<AppointmentDetail> answer(ReadUnit &unit, const ReadAppointment &question)
{
    AppointmentDetail detail;
    const auto view = storage::appointmentView(unit.connection, question.appointment);
    if (!view)
        return fail(view);
    detail.view = *view;
    const auto steps = storage::appointmentSteps(unit.connection, question.appointment);
    if (!steps)
        return fail(steps);
    detail.steps = *steps;
    const auto amendments = storage::select<domain::AppointmentAmendment>(
        unit.connection, "WHERE appointment_id=? ORDER BY rid", question.appointment);
    if (!amendments)
        return fail(amendments);
    detail.amendments = *amendments;
    return detail;
}

Result<QList<storage::WaitingView>> answer(ReadUnit &unit, const WaitingList &)
{
    auto list = storage::waitingList(unit.connection, unit.session.branch);
    if (!list || unit.session.scope != domain::DataScope::Own)
        return list;
    const auto own = storage::ownCalendars(unit.connection, unit.session.user);
    if (!own)
        return fail(own);
    list->removeIf([&](const auto &view) { return !own->contains(view.entry.practitionerId); });
    return list;
}

Result<Id> answer(ReadUnit &unit, const UsualPractitioner &question)
{
    storage::Query q = unit.connection.query(
        "SELECT practitioner_id FROM (SELECT practitioner_id, start_at FROM appointment WHERE patient_id=? "
        "AND practitioner_id IS NOT NULL ORDER BY start_at DESC LIMIT 10) GROUP BY practitioner_id "
        "ORDER BY count(*) DESC, max(start_at) DESC LIMIT 1",
        question.patient);
    if (q.next())
        return q.id(0);
    if (!q.ok())
        return q.failed();
    return Id{};
}

} // namespace clinic::services
