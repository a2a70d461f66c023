// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/setup/setup.h"

namespace clinic::models {

using services::Surroundings;

// The questions and intentions about set-up data and settings, for screens.
class SetupController
{
public:
    explicit SetupController(services::Clinic &clinic) : m_clinic(clinic) {}

    void branches(QObject *context, Then<QList<domain::Branch>> then)
    {
        m_clinic.ask(context, services::ReadBranches{}, std::move(then));
    }
    void rows(QObject *context, const EntityInfo &entity, Then<QList<storage::Record>> then)
    {
        m_clinic.ask(context, services::SetupRows{&entity}, std::move(then));
    }
    // shown: the affected appointments that the user has seen (services/appointments/touched.h).
    void save(QObject *context, const storage::Record &before, const storage::Record &after,
              Then<storage::Record> then, const QList<Id> &shown = {})
    {
        m_clinic.run(context, services::SaveSetupRow{before, after, shown}, std::move(then));
    }
    void saveOwnSchedule(QObject *context, const storage::Record &before, const storage::Record &after,
                         Then<storage::Record> then, const QList<Id> &shown = {})
    {
        m_clinic.run(context, services::SaveOwnSchedule{before, after, shown}, std::move(then));
    }
    // The hospital's settings, without users' preferences.
    void hospitalSettings(QObject *context, Then<QHash<QString, QString>> then)
    {
        m_clinic.ask(context, services::ReadSettings{domain::SettingScope::Hospital}, std::move(then));
    }
    void saveHospitalSettings(QObject *context, const QHash<QString, QString> &values,
                              Then<services::Done> then)
    {
        m_clinic.run(context, services::SaveSettings{values}, std::move(then));
    }
    void saveSetting(QObject *context, domain::SettingScope scope, const QString &key, const QString &value,
                     Then<services::Done> then)
    {
        m_clinic.run(context, services::SaveSetting{scope, key, value}, std::move(then));
    }
    // The first start. Runs with all permissions, and only while the file has no user.
    void initialise(QObject *context, const services::InitialiseHospital &start, Then<services::Founded> then)
    {
        m_clinic.setSession(services::Clinic::founderSession());
        m_clinic.run(context, start, std::move(then));
        m_clinic.setSession({});
    }

private:
    services::Clinic &m_clinic;
};

} // namespace clinic::models
