// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "sync/wire/audit.h"

#include <QStringList>

namespace clinic::services {

// What somebody who had an account, or this PC, could have reached, and what was reached as far as this PC
// knows or the server has told: the first page of the letter a clinic writes to its authority.
struct Touched
{
    Id patient{};
    QString number{};
    int opened = 0;
    int changed = 0;
    int out = 0; // printed or exported
    qint64 last = 0;
};
struct AccountReach
{
    Id user{};
    QString userName{};
    bool isLetIn = false;
    bool hasSecondFactor = false;
    QStringList roles{};
    QStringList permissions{};
    int signIns = 0;
    int refused = 0;
    int takenOut = 0;         // lists, backups, copies and carried files, which name no single patient
    qint64 reachable = 0;     // patients in this file that the account may look at
    QList<Touched> touched{}; // the most often opened first
    QStringList otherPcs{};   // where else it was used, as far as the server has told
};
struct ReachOfAccount
{
    using Outcome = AccountReach;
    static constexpr const char *permission = "audit.view";
    QString userName;
    qint64 since = 0;              // milliseconds since 1970
    sync::AuditFound everywhere{}; // what the server answered about that account, if it was asked
};
[[nodiscard]] Result<AccountReach> answer(ReadUnit &unit, const ReachOfAccount &question);

struct DeviceReach
{
    QByteArray scopes{}; // "*" = everything of the hospital
    qint64 patients = 0;
    qint64 appointments = 0;
    qint64 invoices = 0;
    qint64 documents = 0;   // whose bytes are here
    qint64 waiting = 0;     // groups the server does not have
    qint64 lastContact = 0; // with the server; 0 = never, or not known
    QStringList people{};   // user names that have signed in here
};
struct ReachOfDevice
{
    using Outcome = DeviceReach;
    static constexpr const char *permission = "audit.view";
};
[[nodiscard]] Result<DeviceReach> answer(ReadUnit &unit, const ReachOfDevice &question);

} // namespace clinic::services
