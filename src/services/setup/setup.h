// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/setup/entities.h"
#include "services/workunit.h"
#include "storage/records.h"

namespace clinic::services {

// The first start: hospital, branch, roles, this device and the first administrator, in one transaction.
struct Founded
{
    QString recoveryKey; // to be printed: it opens the files of the hospital's PCs, and is stored nowhere
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

// Saves one row of set-up data, of any entity in the set-up workspace. `before` is the row when the form was
// opened; only fields that differ from it are written, and a field that another user changed meanwhile is
// Stale. StillNeeded (services/appointments/touched.h) unless all affected future appointments were shown.
struct SaveSetupRow
{
    using Outcome = storage::Record;
    storage::Record before;
    storage::Record after;
    QList<Id> shown{};
    [[nodiscard]] domain::IntentionId intentionId() const;
};
[[nodiscard]] Result<storage::Record> perform(WorkUnit &unit, const SaveSetupRow &intent);

// The same for a practitioner's own availability and leave.
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

// The context of every screen: small, read at start and after changes.
struct Surroundings
{
    domain::Hospital hospital;
    QList<domain::Branch> branches;        // branches that this PC keeps
    QList<domain::Resource> practitioners; // of the session's branch
    QList<domain::Resource> rooms;
    QList<domain::Resource> equipment;
    QList<domain::Service> services;
    QList<domain::Code> cancelReasons;
    QString lastLogin;       // the user name that signed in last on this PC
    QList<qint64> written{}; // times of the newest audit events (services/clockdoubt.h)
};
struct ReadSurroundings
{
    using Outcome = Surroundings;
    static constexpr const char *permission = nullptr;
};
[[nodiscard]] Result<Surroundings> answer(ReadUnit &unit, const ReadSurroundings &question);

// All branches of the hospital, also those outside this PC's scopes.
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
    domain::SettingScope narrowest = domain::SettingScope::User; // Hospital: without users' preferences
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

// Saves several settings of the hospital: all, or none when one value is invalid.
struct SaveSettings
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::SaveSetting;
    QHash<QString, QString> values{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const SaveSettings &intent);

// Writes the fields of `after` that differ from `before` over the stored row; Stale, with the labels, when
// another user changed such a field to another value. Shared by all editing services.
[[nodiscard]] Result<storage::Record> mergeSave(WorkUnit &unit, const storage::Record &before,
                                                const storage::Record &after);

} // namespace clinic::services
