// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/setup/entities.h"
#include "services/workunit.h"
#include "storage/records.h"

namespace clinic::services {

// The first start: hospital, branch, roles, this device and the first administrator. Everything or nothing.
struct Founded
{
    QString recoveryKey; // to be printed: it opens the files of the hospital's PCs, and stands nowhere else
};
struct InitialiseHospital
{
    using Outcome = Founded;
    static constexpr auto intention = domain::IntentionId::InitialiseHospital;
    QString hospitalName;
    QString branchName;
    QString branchCode; // empty = made from the name
    QString timeZone;
    QString currency;
    QString adminUserName;
    QString adminDisplayName; // empty = user name
    QString adminPassword;
    bool isDemo = false;
    bool quickHash = false; // tests: a cheap verifier
};
[[nodiscard]] Result<Founded> perform(WorkUnit &unit, const InitialiseHospital &intent);

// One row of set-up data, new or changed, of any entity that the set-up workspace shows. `before` is what the
// form was opened with; only fields that differ from it are written, and a field somebody else changed
// meanwhile is Stale. StillNeeded (services/appointments/touched.h) as long as it touches bookings to come
// that are not among those the person has been shown.
struct SaveSetupRow
{
    using Outcome = storage::Record;
    storage::Record before;
    storage::Record after;
    QList<Id> shown{};
    [[nodiscard]] domain::IntentionId intentionId() const;
};
[[nodiscard]] Result<storage::Record> perform(WorkUnit &unit, const SaveSetupRow &intent);

// The same for one's own availability and leave, by a practitioner.
struct SaveOwnSchedule
{
    using Outcome = storage::Record;
    static constexpr auto intention = domain::IntentionId::SaveOwnAvailability;
    storage::Record before;
    storage::Record after;
    QList<Id> shown{};
};
[[nodiscard]] Result<storage::Record> perform(WorkUnit &unit, const SaveOwnSchedule &intent);

struct SetupRows
{
    using Outcome = QList<storage::Record>;
    static constexpr const char *permission = "setup.view";
    const EntityInfo *entity;
};
[[nodiscard]] Result<QList<storage::Record>> answer(ReadUnit &unit, const SetupRows &question);

// What every screen needs to know of the place: small, read at start and when it changes.
struct Surroundings
{
    domain::Hospital hospital;
    QList<domain::Branch> branches;        // where one can work on this PC
    QList<domain::Resource> practitioners; // of the session's branch
    QList<domain::Resource> rooms;
    QList<domain::Resource> equipment;
    QList<domain::Service> services;
    QList<domain::Code> cancelReasons;
    QString lastLogin;       // the user name that signed in last on this PC
    QList<qint64> written{}; // when the last things were written down (services/clockdoubt.h)
};
struct ReadSurroundings
{
    using Outcome = Surroundings;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<Surroundings> answer(ReadUnit &unit, const ReadSurroundings &question);

// All branches of the hospital, also those this PC does not keep.
struct ReadBranches
{
    using Outcome = QList<domain::Branch>;
    static constexpr const char *permission = "account.own";
};
[[nodiscard]] Result<QList<domain::Branch>> answer(ReadUnit &unit, const ReadBranches &question);

// Effective values of all settings for a user in a branch: user over branch over hospital over default.
struct ReadSettings
{
    using Outcome = QHash<QString, QString>;
    static constexpr const char *permission = nullptr;
    domain::SettingScope narrowest = domain::SettingScope::User; // Hospital: nobody's own preferences
};
[[nodiscard]] Result<QHash<QString, QString>> answer(ReadUnit &unit, const ReadSettings &question);

struct SaveSetting
{
    using Outcome = Done;
    domain::SettingScope scope{};
    QString key;
    QString value;
    [[nodiscard]] domain::IntentionId intentionId() const
    {
        return scope == domain::SettingScope::User ? domain::IntentionId::SaveOwnSetting
                                                   : domain::IntentionId::SaveSetting;
    }
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const SaveSetting &intent);

// Several settings of the hospital at once: all of them or, when one is no possible value, none.
struct SaveSettings
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::SaveSetting;
    QHash<QString, QString> values{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const SaveSettings &intent);

// Writes the fields of `after` that differ from `before` over what is stored; Stale, with the labels, when a
// field to be written was changed by somebody else to something else. Shared by every editing service.
[[nodiscard]] Result<storage::Record> mergeSave(WorkUnit &unit, const storage::Record &before,
                                                const storage::Record &after);

} // namespace clinic::services
