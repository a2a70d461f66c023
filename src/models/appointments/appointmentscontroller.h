// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/appointments/appointments.h"
#include "services/appointments/touched.h"

namespace clinic::models {

using services::AppointmentDetail;
using services::FreeSlot;
using storage::AppointmentFilter;
using storage::AppointmentView;
using storage::WaitingView;

// The questions and intentions about appointments, for screens.
class AppointmentsController
{
public:
    explicit AppointmentsController(services::Clinic &clinic) : m_clinic(clinic) {}

    void list(QObject *context, const AppointmentFilter &filter, Then<QList<AppointmentView>> then)
    {
        m_clinic.ask(context, services::DayAppointments{filter}, std::move(then));
    }
    void detail(QObject *context, const Id &appointment, Then<AppointmentDetail> then)
    {
        m_clinic.ask(context, services::ReadAppointment{appointment}, std::move(then));
    }
    void freeSlots(QObject *context, const services::FreeSlots &question, Then<QList<FreeSlot>> then)
    {
        m_clinic.ask(context, question, std::move(then));
    }
    void workingHours(QObject *context, qint64 from, qint64 to, Then<QList<storage::Schedule>> then)
    {
        m_clinic.ask(context, services::WorkingHours{from, to}, std::move(then));
    }
    void usualPractitioner(QObject *context, const Id &patient, Then<Id> then)
    {
        m_clinic.ask(context, services::UsualPractitioner{patient}, std::move(then));
    }
    void book(QObject *context, const domain::Appointment &appointment, const Id &waitingEntry,
              Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::BookAppointment{appointment, waitingEntry}, std::move(then));
    }
    void move(QObject *context, const domain::Appointment &before, const domain::Appointment &after,
              Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::MoveAppointment{before, after}, std::move(then));
    }
    void update(QObject *context, const domain::Appointment &before, const domain::Appointment &after,
                Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::UpdateAppointment{before, after}, std::move(then));
    }
    void step(QObject *context, const services::StepAppointment &step, Then<domain::Appointment> then)
    {
        m_clinic.run(context, step, std::move(then));
    }
    void undo(QObject *context, const Id &appointment, domain::AppointmentState expected,
              Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::UndoStep{appointment, expected}, std::move(then));
    }
    void amend(QObject *context, const Id &appointment, const QString &text, Then<services::Done> then)
    {
        m_clinic.run(context, services::AmendAppointment{appointment, text}, std::move(then));
    }
    // Those of these appointments that the user may see.
    void bookings(QObject *context, const QList<Id> &ids, Then<QList<AppointmentView>> then)
    {
        m_clinic.ask(context, services::ReadBookings{ids}, std::move(then));
    }
    void stranded(QObject *context, Then<QList<AppointmentView>> then)
    {
        m_clinic.ask(context, services::StrandedBookings{}, std::move(then));
    }
    void waitingList(QObject *context, Then<QList<WaitingView>> then)
    {
        m_clinic.ask(context, services::WaitingList{}, std::move(then));
    }
    void saveWaitingEntry(QObject *context, const domain::WaitingListEntry &entry,
                          Then<domain::WaitingListEntry> then)
    {
        m_clinic.run(context, services::SaveWaitingEntry{entry}, std::move(then));
    }
    void own(QObject *context, Then<QList<AppointmentView>> then)
    {
        m_clinic.ask(context, services::OwnAppointments{}, std::move(then));
    }
    void bookOwn(QObject *context, const domain::Appointment &appointment, Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::BookOwnAppointment{appointment}, std::move(then));
    }
    void cancelOwn(QObject *context, const Id &appointment, bool undo, Then<domain::Appointment> then)
    {
        m_clinic.run(context, services::CancelOwnAppointment{appointment, undo}, std::move(then));
    }
    void notePrinted()
    {
        m_clinic.run(&m_clinic, services::NoteOutput{domain::IntentionId::PrintDayList, "appointment", {}},
                     [](const auto &) {});
    }

private:
    services::Clinic &m_clinic;
};

} // namespace clinic::models
