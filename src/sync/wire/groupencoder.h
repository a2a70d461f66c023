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

// When a row was made and last changed, and by whom, where the group's own header does not say so: what a
// clinic brings to a server was not made that day.
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
    qint64 seen = 0; // server head this device had seen
    int schema = 0;
};

// The group as it is stored in the outbox and will travel, made once: JSON in UTF-8, no spaces, keys in this
// order. Insert: {field: value}; patch: {field: [base, new]}. Sealed values stand as {"e": envelope, "f":
// fingerprint} and their base as its fingerprint. Bytes are base64, ids UUID text.
[[nodiscard]] QByteArray encodeGroup(const GroupHeader &header, const QList<Change> &changes,
                                     const Sealer &sealer);
// The same from changes as encodeChange wrote them, with commas between them: for whoever counts bytes.
[[nodiscard]] QByteArray encodeGroup(const GroupHeader &header, QByteArrayView changes);
[[nodiscard]] QByteArray encodeChange(const Change &change, const Sealer &sealer);

} // namespace clinic::sync
