// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace appointmenttables {
using namespace fieldwords;

constexpr FieldInfo appointmentFields[] = {
    field<&Appointment::patientId>("patient_id", "Patient", clear, frozen),
    field<&Appointment::practitionerId>("practitioner_id", "Practitioner", clear, keepServer),
    field<&Appointment::roomId>("room_id", "Room", clear, keepServer),
    field<&Appointment::equipmentId>("equipment_id", "Equipment", clear, keepServer),
    field<&Appointment::serviceId>("service_id", "Service", clear, takeLater),
    field<&Appointment::startAt>("start_at", "Start", clear, keepServer),
    field<&Appointment::minutes>("minutes", "Minutes", clear, keepServer),
    field<&Appointment::state>("state", "State", clear, keepServer),
    field<&Appointment::reason>("reason", "Reason", sealed, takeLater),
    field<&Appointment::walkIn>("walk_in", "Walk-in", clear, frozen),
    field<&Appointment::overbookReason>("overbook_reason", "Reason for overbooking", sealed, takeLater),
};
constexpr FieldInfo eventFields[] = {
    field<&AppointmentEvent::appointmentId>("appointment_id", "Appointment", clear, frozen),
    field<&AppointmentEvent::followsId>("follows_id", "Follows", clear, frozen),
    field<&AppointmentEvent::state>("state", "State", clear, frozen),
    field<&AppointmentEvent::happenedAt>("happened_at", "When", clear, frozen),
    field<&AppointmentEvent::reason>("reason", "Reason", sealed, frozen),
    field<&AppointmentEvent::askedBy>("asked_by", "Asked by", clear, frozen),
    field<&AppointmentEvent::channel>("channel", "How", clear, frozen),
};
constexpr FieldInfo amendmentFields[] = {
    field<&AppointmentAmendment::appointmentId>("appointment_id", "Appointment", clear, frozen),
    field<&AppointmentAmendment::text>("text", "Amendment", sealed, frozen),
};
constexpr FieldInfo waitingFields[] = {
    field<&WaitingListEntry::patientId>("patient_id", "Patient", clear, frozen),
    field<&WaitingListEntry::practitionerId>("practitioner_id", "Practitioner", clear, takeLater),
    field<&WaitingListEntry::serviceId>("service_id", "Service", clear, takeLater),
    field<&WaitingListEntry::notBefore>("not_before", "Not before", clear, takeLater),
    field<&WaitingListEntry::note>("note", "Note", sealed, takeLater),
    field<&WaitingListEntry::active>("active", "Active", clear, takeLater),
    field<&WaitingListEntry::appointmentId>("appointment_id", "Appointment", clear, takeLater),
};
constexpr FieldInfo voidFields[] = {
    field<&VoidMark::entityName>("entity", "Entity", clear, frozen),
    field<&VoidMark::rowId>("row_id", "Row", clear, frozen),
    field<&VoidMark::reason>("reason", "Reason", sealed, frozen),
};
constexpr EntityInfo appointment{"appointment", "Appointment", appointmentFields, false, true};
constexpr EntityInfo event{"appointment_event", "Step of an appointment", eventFields, true, true};
constexpr EntityInfo amendment{"appointment_amendment", "Amendment", amendmentFields, true, true};
constexpr EntityInfo waiting{"waiting_list_entry", "Waiting list", waitingFields, false, true};
constexpr EntityInfo voidMark{"void", "Void", voidFields, true};
} // namespace appointmenttables

const EntityInfo &Appointment::entity()
{
    return appointmenttables::appointment;
}
const EntityInfo &AppointmentEvent::entity()
{
    return appointmenttables::event;
}
const EntityInfo &AppointmentAmendment::entity()
{
    return appointmenttables::amendment;
}
const EntityInfo &WaitingListEntry::entity()
{
    return appointmenttables::waiting;
}
const EntityInfo &VoidMark::entity()
{
    return appointmenttables::voidMark;
}

} // namespace clinic::domain
