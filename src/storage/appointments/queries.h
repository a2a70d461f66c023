// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/timeslot.h"
#include "domain/appointments/entities.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "storage/records.h"
#include "sync/merge/fold.h"

namespace clinic::storage {

// An appointment for calendars and lists.
struct AppointmentView
{
    domain::Appointment appointment;
    QString patientName;
    QString patientNumber;
    QString patientPhone;
    domain::Sex patientSex{};
    PartialDate patientBirthDate;
    QString practitionerName;
    QString roomName;
    QString serviceName;
    qint64 stateSince = 0;
    bool isOverlapping = false; // overlaps another of the same resource
    bool hasInvoice = false;
    bool hasAllergy = false;
    bool isUnconfirmed = false; // the server has not confirmed the slot yet
    QString equipmentName{};
    bool isPatientInactive = false;  // died, moved away or registered twice
    bool isResourceInactive = false; // with an inactive resource
};

// The filter of a day list; null ids and empty lists mean any.
struct AppointmentFilter
{
    Id branch{};     // null = all branches
    qint64 from = 0; // all that overlap [from, to), also those that begin before
    qint64 to = 0;
    Id practitioner{};
    Id patient{};
    QList<domain::AppointmentState> states{};
    int limit = 2000;
};

[[nodiscard]] Result<QList<AppointmentView>> appointmentViews(Connection &connection,
                                                              const AppointmentFilter &filter);
[[nodiscard]] Result<AppointmentView> appointmentView(Connection &connection, const Id &id);
// The patient's newest appointments first.
[[nodiscard]] Result<QList<AppointmentView>> appointmentHistory(Connection &connection, const Id &patient,
                                                                int limit, qint64 before);

// Appointments, not yet over, of a resource (practitioner, room or equipment), a service, a branch or a
// patient, the next first.
enum class BookedBy { Resource, Service, Branch, Patient };
[[nodiscard]] Result<QList<AppointmentView>> comingAppointments(Connection &connection, BookedBy by,
                                                                const Id &id, qint64 now);

// One occupied period of a resource or patient.
struct Occupied
{
    Id appointment{};
    qint64 startAt = 0;
    qint64 endAt = 0;
};
enum class Holder { Practitioner, Room, Equipment, Patient };
// Active appointments of one resource or patient that overlap slot, except `except`.
[[nodiscard]] Result<QList<Occupied>> occupying(Connection &connection, Holder holder, const Id &id,
                                                const TimeSlot &slot, const Id &except);
// Events of one appointment with their voids, oldest first.
[[nodiscard]] Result<QList<sync::StateEvent>> stateEvents(Connection &connection, const Id &appointment);

struct WaitingView
{
    domain::WaitingListEntry entry;
    QString patientName;
    QString patientPhone;
    QString practitionerName;
    QString serviceName;
};
[[nodiscard]] Result<QList<WaitingView>> waitingList(Connection &connection, const Id &branch);

// One event of an appointment, for its history.
struct StepView
{
    domain::AppointmentEvent event;
    QString by;
    bool isVoid = false;
};
[[nodiscard]] Result<QList<StepView>> appointmentSteps(Connection &connection, const Id &appointment);

// Bookable resources of a branch with their hours and leave, for free-slot search.
struct Schedule
{
    domain::Resource resource;
    QList<domain::Availability> week;
    QList<domain::Leave> leaves;
};
// Periods in which a resource cannot be booked: its leave, and other PCs' leases (with keptReason as the
// reason).
inline constexpr QLatin1StringView keptReason{"kept"};
[[nodiscard]] Result<QList<domain::Leave>> absences(Connection &connection, const Id &resource, qint64 from,
                                                    qint64 to);
[[nodiscard]] Result<QList<Schedule>> schedules(Connection &connection, const Id &branch,
                                                domain::ResourceKind kind, qint64 from, qint64 to);

} // namespace clinic::storage
