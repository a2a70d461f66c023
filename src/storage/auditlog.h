// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"
#include "storage/identity.h"
#include "sync/wire/audit.h"
#include "sync/wire/groupencoder.h"

namespace clinic::storage {

struct AuditEntry
{
    qint64 n = 0; // place in this device's chain
    Id id{};
    qint64 at = 0;
    Id actor{};
    QString actorName;
    QString role;
    QString intention;
    QString outcome;
    QString entity;
    Id subject{};
    QString detail;  // JSON: changed fields, old and new
    QString version; // of the program
    QString osUser;  // who was logged in to the operating system
    QString pc;      // the one it happened on; empty = this one
    QString about;   // what people call the subject, as far as the reader may see it
};

// Appends one event to this device's chain, in the transaction that is open. The hash covers the event with
// sealed values as fingerprints, the group's body hash and the hash before, so the server can check it
// without reading it.
Result<void> appendAuditEvent(Connection &connection, const FileIdentity &identity, const UnitHeader &header,
                              const QByteArray &subjectEntity, const Id &subject,
                              const QList<sync::Change> &changes, const QByteArray &bodyHash);

struct ChainFault
{
    qint64 n = 0; // the first event that is wrong
    // changed, removed (also renumbered), inserted, reordered, truncated; replaced, signature: against the
    // server's word
    QString what;
};
// Nothing when the whole chain holds.
[[nodiscard]] Result<std::optional<ChainFault>> verifyAuditChain(Connection &connection,
                                                                 const FileIdentity &identity);

struct AuditStanding
{
    std::optional<ChainFault> fault{};
    qint64 events = 0;
    qint64 signedUpTo = 0; // the server has countersigned the chain up to this event; 0 = never
    qint64 clonedAt = 0; // the server has another event in this one's place: a copy of the file went on, too
};
[[nodiscard]] Result<AuditStanding> auditStanding(Connection &connection, const FileIdentity &identity);

// Events after number `after`, as they go to the server.
[[nodiscard]] Result<sync::AuditBatch> auditBatch(Connection &connection, const FileIdentity &identity,
                                                  qint64 after, int limit);

// The newest events first. Null ids and empty texts mean any. before = 0 starts at the newest.
struct AuditFilter
{
    Id subject{};
    Id actor{};
    QString intention;
    qint64 from = 0;          // milliseconds since 1970; 0 = from the first on
    qint64 to = 0;            // up to but not with; 0 = to the last
    bool refusedOnly = false; // what was refused or failed
    qint64 before = 0;
    int limit = 200;
};
[[nodiscard]] Result<QList<AuditEntry>> auditEntries(Connection &connection, const AuditFilter &filter);

} // namespace clinic::storage
