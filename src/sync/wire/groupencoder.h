// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "sync/wire/sealer.h"

#include <QList>

namespace clinic::sync {

struct FieldChange
{
    const FieldInfo *field = nullptr;
    Value before{}; // null for an insert
    Value after{};
};

// When a row was made and last changed, and by whom, if the group's header does not say: rows of a first
// upload are older than the group.
struct RowStamps
{
    qint64 createdAt = 0;
    Id createdBy{};
    qint64 updatedAt = 0;
    Id updatedBy{};
};

struct Change
{
    enum class Op { Insert, Patch };
    const EntityInfo *entity = nullptr;
    Id id{};
    Id branchId{};
    Op op{};
    QList<FieldChange> fields{};
    std::optional<RowStamps> made{}; // inserts only
};

struct GroupHeader
{
    qint64 group = 0; // number of its first change on this device
    QByteArray intention;
    Id actor{};
    Id role{};
    Id session{};
    Id device{};
    Id hospital{};
    Id branch{};
    qint64 at = 0;   // display only; decides nothing
    qint64 seen = 0; // server head that this device knew
    int schema = 0;
};

// The group for the outbox and the wire, encoded once: JSON in UTF-8, no spaces, keys in this order. Insert:
// {field: value}; patch: {field: [base, new]}. A sealed value is {"e": envelope, "f": fingerprint}, its base
// the fingerprint. Bytes are base64, ids UUID text.
[[nodiscard]] QByteArray encodeGroup(const GroupHeader &header, const QList<Change> &changes,
                                     const Sealer &sealer);
// The same from the output of encodeChange, separated by commas, for callers that count bytes.
[[nodiscard]] QByteArray encodeGroup(const GroupHeader &header, QByteArrayView changes);
[[nodiscard]] QByteArray encodeChange(const Change &change, const Sealer &sealer);

} // namespace clinic::sync
