// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/appointments/lifecycle.h"
#include "services/workunit.h"
#include "storage/appointments/queries.h"

namespace clinic::services {

// Books a patient. Refused when a resource or the patient is taken, or the practitioner is away, unless the
// person may overbook and says why. A walk-in is checked in at once.
struct BookAppointment
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::BookAppointment;
    domain::Appointment appointment{};
    Id waitingEntry{}; // closed when booked from the waiting list
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const BookAppointment &intent);

// Another time, length or resource. The rules of booking hold; an appointment never clashes with itself.
struct MoveAppointment
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::MoveAppointment;
    domain::Appointment before{};
    domain::Appointment after{};
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const MoveAppointment &intent);

// Any detail of an open appointment, time included.
struct UpdateAppointment
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::UpdateAppointment;
    domain::Appointment before{};
    domain::Appointment after{};
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const UpdateAppointment &intent);

// One step of the life cycle. The target decides which intention, and so which permission, it is.
struct StepAppointment
{
    using Outcome = domain::Appointment;
    Id appointment{};
    domain::AppointmentState to{};
    QString reason;  // required to cancel
    QString askedBy; // who asked, for a cancellation
    QString channel; // and how
    [[nodiscard]] domain::IntentionId intentionId() const;
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const StepAppointment &intent);

// Takes the last step back, by voiding its event; only while nothing follows it and it was this very step.
struct UndoStep
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::UndoStep;
    Id appointment{};
    domain::AppointmentState expected{};
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const UndoStep &intent);

struct AmendAppointment
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::AmendAppointment;
    Id appointment{};
    QString text;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const AmendAppointment &intent);

struct SaveWaitingEntry
{
    using Outcome = domain::WaitingListEntry;
    static constexpr auto intention = domain::IntentionId::SaveWaitingEntry;
    domain::WaitingListEntry entry{};
};
[[nodiscard]] Result<domain::WaitingListEntry> perform(WorkUnit &unit, const SaveWaitingEntry &intent);

// The kiosk: own appointments only, whatever ids are sent.
struct BookOwnAppointment
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::BookOwnAppointment;
    domain::Appointment appointment{};
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const BookOwnAppointment &intent);
struct CancelOwnAppointment
{
    using Outcome = domain::Appointment;
    static constexpr auto intention = domain::IntentionId::CancelOwnAppointment;
    Id appointment{};
    bool undo = false; // takes the cancellation back
};
[[nodiscard]] Result<domain::Appointment> perform(WorkUnit &unit, const CancelOwnAppointment &intent);
struct OwnAppointments
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.own";
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const OwnAppointments &question);

struct DayAppointments
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
    storage::AppointmentFilter filter{}; // a null branch needs appointments.viewAll
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const DayAppointments &question);

struct AppointmentDetail
{
    storage::AppointmentView view;
    QList<storage::StepView> steps;
    QList<domain::AppointmentAmendment> amendments;
};
struct ReadAppointment
{
    using Outcome = AppointmentDetail;
    static constexpr const char *permission = "appointments.view";
    Id appointment{};
};
[[nodiscard]] Result<AppointmentDetail> answer(ReadUnit &unit, const ReadAppointment &question);

struct WaitingList
{
    using Outcome = QList<storage::WaitingView>;
    static constexpr const char *permission = "appointments.view";
};
[[nodiscard]] Result<QList<storage::WaitingView>> answer(ReadUnit &unit, const WaitingList &question);

// The next free places, at most `limit`, from `from` on and within 60 days.
struct FreeSlot
{
    TimeSlot slot{};
    domain::Resource practitioner{};
};
struct FreeSlots
{
    using Outcome = QList<FreeSlot>;
    static constexpr const char *permission =
        nullptr;       // desk and kiosk both ask; nothing but free time is told
    Id practitioner{}; // null = any of the branch
    Id patient{};      // whose own appointments must not overlap; null = nobody's
    qint64 from = 0;
    int minutes = 15;
    int limit = 20;
};
[[nodiscard]] Result<QList<FreeSlot>> answer(ReadUnit &unit, const FreeSlots &question);

// Working hours of the branch's practitioners on the days [from, to), for the calendar's background.
struct WorkingHours
{
    using Outcome = QList<storage::Schedule>;
    static constexpr const char *permission = "appointments.view";
    qint64 from = 0;
    qint64 to = 0;
};
[[nodiscard]] Result<QList<storage::Schedule>> answer(ReadUnit &unit, const WorkingHours &question);

// The practitioner this patient saw most in the last ten visits; null id when none.
struct UsualPractitioner
{
    using Outcome = Id;
    static constexpr const char *permission = "appointments.view";
    Id patient{};
};
[[nodiscard]] Result<Id> answer(ReadUnit &unit, const UsualPractitioner &question);

} // namespace clinic::services
