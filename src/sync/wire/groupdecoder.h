// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/groupencoder.h"
#include "sync/wire/wirevalue.h"

namespace clinic::sync {

// One change of a decoded group. For an insert `base` is empty.
struct WireChange
{
    Change::Op op{};
    QByteArray entity;
    Id id{};
    Id branchId{};
    struct Field
    {
        QByteArray column;
        WireValue base{}; // what the writer saw; of a sealed field its fingerprint as text
        WireValue value{};
    };
    QList<Field> fields{};
    std::optional<RowStamps> made{};
};

struct WireGroup
{
    GroupHeader header{};
    QList<WireChange> changes{};
};

// The inverse of encodeGroup. Invalid, with the path of the fault in `field`, for anything else.
[[nodiscard]] Result<WireGroup> decodeGroup(QByteArrayView body);

} // namespace clinic::sync
