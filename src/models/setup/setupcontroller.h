// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/patients/patientscontroller.h"
#include "services/setup/setup.h"

namespace clinic::models {

using services::Surroundings;

// What screens can ask for and set out to do with set-up data and settings.
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
    // shown: the bookings the person knows it touches (services/appointments/touched.h).
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
    // What holds for the hospital, without anybody's own preferences.
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
    // The first start. Runs with the founder's rights, and only while the file belongs to nobody.
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
