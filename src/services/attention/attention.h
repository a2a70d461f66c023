// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/attention/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// Connects this file to a server that has accepted it.
struct EnrolDevice
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::EnrolDevice;
    storage::Enrolment enrolment{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const EnrolDevice &intent);

// Ends a conflict: the value that stands is right, or the other one is taken after all.
struct ResolveConflict
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResolveConflict;
    Id conflict{};
    bool takeOther = false;
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ResolveConflict &intent);

// Somebody has seen to it.
struct ResolveAttention
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResolveAttention;
    Id attention{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ResolveAttention &intent);

// An open conflict in plain values.
struct ConflictView
{
    domain::Conflict conflict{};
    const EntityInfo *entity = nullptr; // null when a newer version made it
    const FieldInfo *field = nullptr;
    Value kept{};
    Value lost{};
    bool canTake = false; // the other value may be taken here
    QString subject;      // whose row it is: a patient's name, a resource's name
    QString lostBy;
};
struct OpenConflicts
{
    using Outcome = QList<ConflictView>;
    static constexpr const char *permission = "patients.edit";
    Id row{}; // null = of all rows
};
[[nodiscard]] Result<QList<ConflictView>> answer(ReadUnit &unit, const OpenConflicts &question);

// What the server refused, kept aside or flagged, newest first.
struct AttentionView
{
    domain::Attention attention{};
    QString actor;
    QString patient; // whom it is about, with telephone number, when it says so
    QString phone;
    Id patientId{};
    Id practitionerId{}; // of a booking: to find other places
    qint64 startAt = 0;
    int minutes = 0;
};
struct OpenAttention
{
    using Outcome = QList<AttentionView>;
    static constexpr const char *permission = "account.own";
};
[[nodiscard]] Result<QList<AttentionView>> answer(ReadUnit &unit, const OpenAttention &question);

} // namespace clinic::services
