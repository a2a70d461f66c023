// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::domain {

// The life cycle, in rising rank (docs/architecture.md, States). No other step exists than
// domain::appointmentLifeCycle.
enum class AppointmentState { Booked, NoShow, Cancelled, CheckedIn, InConsultation, Completed };

// FHIR Appointment. It occupies up to three resources and its patient for [startAt, startAt + minutes).
struct Appointment : Row
{
    Id patientId;
    Id practitionerId; // resource of kind practitioner
    Id roomId;
    Id equipmentId;
    Id serviceId;
    qint64 startAt = 0;
    int minutes = 15;
    AppointmentState state{}; // the fold of its events; written only by the fold
    QString reason;
    bool walkIn = false;
    QString overbookReason; // why it may stand beside another one
    static const EntityInfo &entity();
};

// One step of the life cycle: who, when and why. Append-only.
struct AppointmentEvent : Row
{
    Id appointmentId;
    Id followsId; // null for the first
    AppointmentState state{};
    qint64 happenedAt = 0;
    QString reason;
    QString askedBy; // who asked, for a cancellation: patient, clinic, relative ...
    QString channel; // how: telephone, in person, kiosk ...
    static const EntityInfo &entity();
};

// A correction to a closed appointment: the appointment itself stays as it was. Append-only.
struct AppointmentAmendment : Row
{
    Id appointmentId;
    QString text;
    static const EntityInfo &entity();
};

// Somebody who wants an earlier or any place.
struct WaitingListEntry : Row
{
    Id patientId;
    Id practitionerId; // null = any
    Id serviceId;
    qint64 notBefore = 0;
    QString note;
    bool active = true;
    Id appointmentId; // set when it was booked from the list
    static const EntityInfo &entity();
};

// A stretch of a resource's time that the server keeps for one PC (its id is the lease's,
// docs/decisions/0019). Made by the server alone.
struct Busy : Row
{
    Id resourceId;
    qint64 startAt = 0;
    qint64 endAt = 0;
    bool active = true;
    static const EntityInfo &entity();
};

// A row that is no longer counted. At most one per row. Append-only.
struct VoidMark : Row
{
    QString entityName;
    Id rowId;
    QString reason;
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::AppointmentState>
{
    static constexpr const char *codes[] = {"booked",     "no-show",         "cancelled",
                                            "checked-in", "in-consultation", "completed"};
};
