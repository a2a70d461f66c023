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

// How this PC reaches its server: addresses in the order they are tried, and how the certificate is known.
// The server itself stays the same: it proves that with every token.
struct ChangeServer
{
    using Outcome = domain::ServerAccess;
    static constexpr auto intention = domain::IntentionId::ChangeServer;
    QString addresses{};    // one a line
    QString fingerprint{};  // SHA-256 in hexadecimal; empty = an authority vouches
    QByteArray authority{}; // PEM
};
[[nodiscard]] Result<domain::ServerAccess> perform(WorkUnit &unit, const ChangeServer &intent);

// Ends a conflict: the value that stands is right, or the other one is taken after all. With it end the
// others of the same field that whoever decided has seen; one that came meanwhile stays open.
struct ResolveConflict
{
    using Outcome = Done;
    static constexpr auto intention = domain::IntentionId::ResolveConflict;
    Id conflict{};
    bool takeOther = false;
    QList<Id> others{};
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

// What the server refused, kept aside or flagged, newest first; behind it what this PC itself noticed.
struct AttentionView
{
    // Not stored when this PC noticed it: it ends with its cause. Without an id, but for what is held.
    domain::Attention attention{};
    bool isHeld = false; // it is this PC's own, set aside here to be sent again
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

// What this PC wrote for its server, newest first: what still waits and what was answered in the last ninety
// days.
struct SentGroup
{
    qint64 number = 0;
    qint64 changes = 0;
    QString intention;
    QString actor;
    qint64 madeAt = 0;
    qint64 answeredAt = 0; // 0 = it waits, or the answer has not come back with the news
    qint64 seq = 0;        // its place in the server's history; 0 = none yet
    std::optional<domain::AttentionKind> outcome{}; // when the server did not simply accept it
    QString code;
};
struct SentGroups
{
    using Outcome = QList<SentGroup>;
    static constexpr const char *permission = "account.own";
    int limit = 300;
};
[[nodiscard]] Result<QList<SentGroup>> answer(ReadUnit &unit, const SentGroups &question);

// How many groups about that appointment or invoice, and what hangs under it, the server does not have yet.
struct WaitingFor
{
    using Outcome = int;
    static constexpr const char *permission = "account.own";
    Id row{};
};
[[nodiscard]] Result<int> answer(ReadUnit &unit, const WaitingFor &question);

} // namespace clinic::services
