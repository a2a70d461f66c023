// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/attention/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// Makes this file a device of a server that has accepted it.
struct EnrolDevice
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::EnrolDevice;
    storage::Enrolment enrolment{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const EnrolDevice &intent);

// How this PC reaches its server: addresses in the order they are tried, and how the certificate is
// verified. The server stays the same: it proves its identity with every token.
struct ChangeServer
{
    using Outcome = domain::ServerAccess;
    static constexpr auto intention = domain::IntentionId::ChangeServer;
    QString addresses{};    // one per line
    QString fingerprint{};  // SHA-256 in hexadecimal; empty = an authority vouches
    QByteArray authority{}; // PEM
};
[[nodiscard]] Result<domain::ServerAccess> perform(WorkUnit &unit, const ChangeServer &intent);

// Resolves a conflict: the standing value is right, or the other one replaces it. Resolves with it the
// conflicts of the same field that the user has seen; later ones stay open.
struct ResolveConflict
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResolveConflict;
    Id conflict{};
    bool takeOther = false;
    QList<Id> others{};
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const ResolveConflict &intent);

// Ticks off an attention row.
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
    bool canTake = false; // the other value may replace it here
    QString subject;      // a patient's or resource's name
    QString lostBy;
};
struct OpenConflicts
{
    using Outcome = QList<ConflictView>;
    static constexpr const char *permission = "patients.edit";
    Id row{}; // null = of all rows
};
[[nodiscard]] Result<QList<ConflictView>> answer(ReadUnit &unit, const OpenConflicts &question);

// Groups that the server rejected, quarantined or flagged, newest first; then entries that this PC found.
struct AttentionView
{
    // Not stored when this PC found it: it ends with its cause. Its id is null, except for held groups.
    domain::Attention attention{};
    bool isHeld = false; // a group held on this PC, to be sent again
    QString actor;
    QString patient; // the patient with telephone number, if known
    QString phone;
    Id patientId{};
    Id practitionerId{}; // of an appointment: to find other slots
    qint64 startAt = 0;
    int minutes = 0;
};
struct OpenAttention
{
    using Outcome = QList<AttentionView>;
    static constexpr const char *permission = "account.own";
};
[[nodiscard]] Result<QList<AttentionView>> answer(ReadUnit &unit, const OpenAttention &question);

// Groups of this PC, newest first: waiting ones and those answered in the last ninety days.
struct SentGroup
{
    qint64 number = 0;
    qint64 changes = 0;
    QString intention;
    QString actor;
    qint64 madeAt = 0;
    qint64 answeredAt = 0;                          // 0 = waiting, or not pulled back yet
    qint64 seq = 0;                                 // its number in the server's history; 0 = none yet
    std::optional<domain::AttentionKind> outcome{}; // unless the server just accepted it
    QString code;
};
struct SentGroups
{
    using Outcome = QList<SentGroup>;
    static constexpr const char *permission = "account.own";
    int limit = 300;
};
[[nodiscard]] Result<QList<SentGroup>> answer(ReadUnit &unit, const SentGroups &question);

// The number of groups about that appointment or invoice and its parts that the server does not have yet.
struct WaitingFor
{
    using Outcome = int;
    static constexpr const char *permission = "account.own";
    Id row{};
};
[[nodiscard]] Result<int> answer(ReadUnit &unit, const WaitingFor &question);

} // namespace clinic::services
