// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/appointments/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace appointmenttables {
using namespace fieldwords;

constexpr FieldInfo appointmentFields[] = {
    field<&Appointment::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Appointment::practitionerId>("practitioner_id", QT_TRANSLATE_NOOP("Field", "Practitioner"), clear,
                                        keepServer),
    field<&Appointment::roomId>("room_id", QT_TRANSLATE_NOOP("Field", "Room"), clear, keepServer),
    field<&Appointment::equipmentId>("equipment_id", QT_TRANSLATE_NOOP("Field", "Equipment"), clear,
                                     keepServer),
    field<&Appointment::serviceId>("service_id", QT_TRANSLATE_NOOP("Field", "Service"), clear, takeLater),
    field<&Appointment::startAt>("start_at", QT_TRANSLATE_NOOP("Field", "Start"), clear, keepServer),
    field<&Appointment::minutes>("minutes", QT_TRANSLATE_NOOP("Field", "Minutes"), clear, keepServer),
    field<&Appointment::state>("state", QT_TRANSLATE_NOOP("Field", "State"), clear, keepServer),
    field<&Appointment::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, takeLater),
    field<&Appointment::walkIn>("walk_in", QT_TRANSLATE_NOOP("Field", "Walk-in"), clear, frozen),
    field<&Appointment::overbookReason>(
        "overbook_reason", QT_TRANSLATE_NOOP("Field", "Reason for overbooking"), sealed, takeLater),
};
constexpr FieldInfo eventFields[] = {
    field<&AppointmentEvent::appointmentId>("appointment_id", QT_TRANSLATE_NOOP("Field", "Appointment"),
                                            clear, frozen),
    field<&AppointmentEvent::followsId>("follows_id", QT_TRANSLATE_NOOP("Field", "Follows"), clear, frozen),
    field<&AppointmentEvent::state>("state", QT_TRANSLATE_NOOP("Field", "State"), clear, frozen),
    field<&AppointmentEvent::happenedAt>("happened_at", QT_TRANSLATE_NOOP("Field", "When"), clear, frozen),
    field<&AppointmentEvent::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, erasable),
    field<&AppointmentEvent::askedBy>("asked_by", QT_TRANSLATE_NOOP("Field", "Asked by"), clear, frozen),
    field<&AppointmentEvent::channel>("channel", QT_TRANSLATE_NOOP("Field", "How"), clear, frozen),
};
constexpr FieldInfo amendmentFields[] = {
    field<&AppointmentAmendment::appointmentId>("appointment_id", QT_TRANSLATE_NOOP("Field", "Appointment"),
                                                clear, frozen),
    field<&AppointmentAmendment::text>("text", QT_TRANSLATE_NOOP("Field", "Amendment"), sealed, erasable),
};
constexpr FieldInfo waitingFields[] = {
    field<&WaitingListEntry::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&WaitingListEntry::practitionerId>("practitioner_id", QT_TRANSLATE_NOOP("Field", "Practitioner"),
                                             clear, takeLater),
    field<&WaitingListEntry::serviceId>("service_id", QT_TRANSLATE_NOOP("Field", "Service"), clear,
                                        takeLater),
    field<&WaitingListEntry::notBefore>("not_before", QT_TRANSLATE_NOOP("Field", "Not before"), clear,
                                        takeLater),
    field<&WaitingListEntry::note>("note", QT_TRANSLATE_NOOP("Field", "Note"), sealed, takeLater),
    field<&WaitingListEntry::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
    field<&WaitingListEntry::appointmentId>("appointment_id", QT_TRANSLATE_NOOP("Field", "Appointment"),
                                            clear, takeLater),
};
constexpr FieldInfo busyFields[] = {
    field<&Busy::resourceId>("resource_id", QT_TRANSLATE_NOOP("Field", "Resource"), clear, frozen),
    field<&Busy::startAt>("start_at", QT_TRANSLATE_NOOP("Field", "From"), clear, frozen),
    field<&Busy::endAt>("end_at", QT_TRANSLATE_NOOP("Field", "To"), clear, frozen),
    field<&Busy::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo voidFields[] = {
    field<&VoidMark::entityName>("entity", QT_TRANSLATE_NOOP("Field", "Entity"), clear, frozen),
    field<&VoidMark::rowId>("row_id", QT_TRANSLATE_NOOP("Field", "Row"), clear, frozen),
    field<&VoidMark::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, frozen),
};
constexpr EntityInfo appointment{"appointment", QT_TRANSLATE_NOOP("Entity", "Appointment"), appointmentFields,
                                 false, true};
constexpr EntityInfo event{"appointment_event", QT_TRANSLATE_NOOP("Entity", "Step of an appointment"),
                           eventFields, true, true};
constexpr EntityInfo amendment{"appointment_amendment", QT_TRANSLATE_NOOP("Entity", "Amendment"),
                               amendmentFields, true, true};
constexpr EntityInfo waiting{"waiting_list_entry", QT_TRANSLATE_NOOP("Entity", "Waiting list"), waitingFields,
                             false, true};
constexpr EntityInfo busy{
    .name = "busy",
    .label = QT_TRANSLATE_NOOP("Entity", "Kept time"),
    .fields = busyFields,
    .fromServer = true,
};
constexpr EntityInfo voidMark{"void", QT_TRANSLATE_NOOP("Entity", "Void"), voidFields, true};
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
const EntityInfo &Busy::entity()
{
    return appointmenttables::busy;
}
const EntityInfo &VoidMark::entity()
{
    return appointmenttables::voidMark;
}

} // namespace clinic::domain
