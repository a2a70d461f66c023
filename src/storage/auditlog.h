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
    qint64 n = 0; // number in this device's chain
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
    QString osUser;  // the operating system's user
    QString pc;      // the PC it happened on; empty = this one
    QString about;   // name of the subject, as far as the reader may see it
};

// Appends one event to this device's chain, in the open transaction. The hash covers the event with
// fingerprints in place of sealed values, the group's body hash and the previous hash, so the server can
// check it without reading it.
Result<void> appendAuditEvent(Connection &connection, const FileIdentity &identity, const UnitHeader &header,
                              const QByteArray &subjectEntity, const Id &subject,
                              const QList<sync::Change> &changes, const QByteArray &bodyHash);

struct ChainFault
{
    qint64 n = 0; // the first wrong event
    // changed, removed (also renumbered), inserted, reordered, truncated; replaced, signature: differs from
    // the server's
    QString what;
};
// Nothing when the whole chain is sound.
[[nodiscard]] Result<std::optional<ChainFault>> verifyAuditChain(Connection &connection,
                                                                 const FileIdentity &identity);

struct AuditStanding
{
    std::optional<ChainFault> fault{};
    qint64 events = 0;
    qint64 signedUpTo = 0; // the server has countersigned the chain up to this event; 0 = never
    qint64 clonedAt = 0;   // the server has another event with this number: a copy of the file went on, too
};
[[nodiscard]] Result<AuditStanding> auditStanding(Connection &connection, const FileIdentity &identity);

// Events after number `after`, in the form for the server.
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
    bool refusedOnly = false; // refused or failed events only
    qint64 before = 0;
    int limit = 200;
};
[[nodiscard]] Result<QList<AuditEntry>> auditEntries(Connection &connection, const AuditFilter &filter);

} // namespace clinic::storage
