// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/admin/entities.h"
#include "services/workunit.h"
#include "storage/auditlog.h"

namespace clinic::services {

// Opens a record the role does not reach, for as long as the hospital's setting says (emergency.minutes).
// NeedsReason without one; NothingToDo where the record is open anyway. Works without a server; somebody else
// reviews it afterwards.
struct OpenInEmergency
{
    using Outcome = domain::EmergencyAccess;
    static constexpr auto intention = domain::IntentionId::OpenInEmergency;
    Id patient{};
    QString reason{};
};
[[nodiscard]] Result<domain::EmergencyAccess> perform(WorkUnit &unit, const OpenInEmergency &intent);

// Says whether it was right. OwnReview to whoever opened it; a reason when it was not; Closed when somebody
// has said so before.
struct ReviewEmergency
{
    using Outcome = domain::EmergencyAccess;
    static constexpr auto intention = domain::IntentionId::ReviewEmergency;
    Id access{};
    bool isJustified = false;
    QString note{};
};
[[nodiscard]] Result<domain::EmergencyAccess> perform(WorkUnit &unit, const ReviewEmergency &intent);

struct EmergencyView
{
    domain::EmergencyAccess access{};
    QString userName{};
    QString patientName{};
    QString patientNumber{};
    QString reviewerName{};
    bool isOwn = false; // of whoever asks: somebody else reviews it
};
// The newest first; those that wait before all others.
struct EmergencyAccesses
{
    using Outcome = QList<EmergencyView>;
    static constexpr const char *permission = "access.review";
    int limit = 500;
};
[[nodiscard]] Result<QList<EmergencyView>> answer(ReadUnit &unit, const EmergencyAccesses &question);

// How many wait for somebody else than whoever asks.
struct EmergenciesToReview
{
    using Outcome = int;
    static constexpr const char *permission = "access.review";
};
[[nodiscard]] Result<int> answer(ReadUnit &unit, const EmergenciesToReview &question);

// What was done about that person in that time: on this PC, and on others as far as the server has told.
struct EmergencyEvents
{
    using Outcome = QList<storage::AuditEntry>;
    static constexpr const char *permission = "access.review";
    Id access{};
    sync::AuditFound everywhere{}; // what the server answered, if it was asked
};
[[nodiscard]] Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const EmergencyEvents &question);

} // namespace clinic::services
