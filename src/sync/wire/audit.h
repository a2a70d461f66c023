// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

// Audit events on their way to the server: a lane of their own, in chain order, whatever became of the groups
// they tell about.
namespace clinic::sync {

// One event as it travels. What the hash covers is readable for the server, sealed values being fingerprints;
// the values themselves are in the envelopes.
struct AuditRecord
{
    qint64 n = 0; // place in the file's chain, from 1
    Id id{};
    Id device{}; // who wrote it: a predecessor's events stay its own
    Id branch{};
    qint64 at = 0;
    Id actor{};
    QByteArray namePrint; // fingerprint of the actor's name
    QByteArray role;
    Id session{};
    QByteArray intention;
    QByteArray outcome;
    QByteArray entity;
    Id subject{};
    QByteArray canonical; // changed fields, sealed values as fingerprints
    QByteArray bodyHash;
    QByteArray version;
    QByteArray osUser;
    QByteArray nameSealed;   // envelope of the actor's name, bound to the actor; empty for none
    QByteArray detailSealed; // envelope of the changes with their values; empty where canonical says it all
    QByteArray hash;         // decoded: at least its first auditHashStart bytes, of the last one all
};
inline constexpr qsizetype auditHashStart = 4;

// The event's hash after the one before it (32 zero bytes for the first): BLAKE2b-256.
[[nodiscard]] QByteArray auditHash(const AuditRecord &record, const Id &hospital, const QByteArray &previous);

// Body of POST /v1/audit. A name is written once per actor, and of the hashes the last one whole: each
// follows from the one before, so the others only say which event is the broken one.
struct AuditBatch
{
    QByteArray previous; // hash of the event before the first one
    QList<AuditRecord> records{};
};
[[nodiscard]] QByteArray encodeAudit(const AuditBatch &batch);
[[nodiscard]] Result<AuditBatch> decodeAudit(QByteArrayView message);

// The server has the chain up to `kept`, ending in `hash`, and says so with its signature over auditHead().
// broken: the first event whose hash does not follow; nothing from there on was taken.
struct AuditReply : Stamp
{
    qint64 kept = 0;
    qint64 broken = 0;
    QByteArray hash;
    QByteArray signature;
};
[[nodiscard]] QByteArray encode(const AuditReply &reply);
[[nodiscard]] Result<AuditReply> decodeAuditReply(QByteArrayView message);
// Body of POST /v1/audit-of: who asks, and about which record or about what whose account did.
struct AuditQuestion
{
    Id actor{};
    Id role{};
    Id subject{};       // about this record; null = `of` is given
    Id of{};            // by this person; null = by anybody
    qint64 since = 0;   // what the server has had since then, milliseconds since 1970; 0 = ever
    QByteArray after{}; // `next` of the answer before; empty = from the newest on
};
[[nodiscard]] QByteArray encode(const AuditQuestion &question);
[[nodiscard]] Result<AuditQuestion> decodeAuditQuestion(QByteArrayView message);
// The newest events about it first, of all PCs; more: there are older ones that are not among them.
struct AuditFound : Stamp
{
    bool more = false;
    QList<AuditRecord> records{};
    QHash<Id, QString> pcs{}; // what the PCs are called: name and code
    QByteArray next{};        // where the older ones begin; empty when there are none
};
// From batches of one event each, as encodeAudit wrote them.
[[nodiscard]] QByteArray encodeAuditFound(const Stamp &stamp, const QByteArray &next,
                                          const QList<QByteArray> &batches, const QHash<Id, QString> &pcs);
[[nodiscard]] Result<AuditFound> decodeAuditFound(QByteArrayView message);

[[nodiscard]] QByteArray auditHead(const Id &hospital, const Id &device, qint64 n, const QByteArray &hash);

} // namespace clinic::sync
