// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"
#include "storage/auditlog.h"

namespace clinic::services {

// What an intention counts as when somebody asks what was done.
enum class DoneAs { SignedIn, Opened, Changed, Out, Other };
[[nodiscard]] DoneAs doneAs(QByteArrayView intention);

// What one person did on one day at this PC, in numbers.
struct Activity
{
    Id actor{}; // null = nobody was signed in
    QString actorName;
    QDate day;
    int signIns = 0;
    int opened = 0;  // records and documents looked at
    int changed = 0; // things done that wrote something
    int out = 0;     // printed, exported, saved elsewhere
    int refused = 0; // attempts that were refused or failed, wrong passwords among them
};
// By person and day, the newest day first. Days are those of the session's branch.
struct AuditActivity
{
    using Outcome = QList<Activity>;
    static constexpr const char *permission = "audit.view";
    QDate from;
    QDate to;
    Id actor{}; // null = everybody
};
[[nodiscard]] Result<QList<Activity>> answer(ReadUnit &unit, const AuditActivity &question);

// Events of other PCs as the server gave them, opened: the newest first.
[[nodiscard]] Result<QList<storage::AuditEntry>> openedEvents(ReadUnit &unit, const sync::AuditFound &found);
struct OpenAuditEvents
{
    using Outcome = QList<storage::AuditEntry>;
    static constexpr const char *permission = "audit.view";
    sync::AuditFound found{};
};
[[nodiscard]] Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const OpenAuditEvents &question);

} // namespace clinic::services
