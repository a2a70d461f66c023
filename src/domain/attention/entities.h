// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::domain {

// Two people changed the same field: one value stands, this row keeps the other until somebody decided. Made
// by the server; its id is derived from row, field and device, so it exists once however often it is sent.
struct Conflict : Row
{
    QString entityName;
    Id rowId;
    QString field;
    QString kept; // the value that stands, as it travels (sync/wire/wirevalue.h)
    QString lost; // the value that does not
    Id lostBy;
    Id lostDevice;
    qint64 lostAt = 0;
    bool resolved = false;
    static const EntityInfo &entity();
};

enum class AttentionKind { Rejected, Quarantined, Flagged };

// A group that was not applied, or was applied and needs a look. Made by the server; carries the whole group,
// so that the form can be opened again.
struct Attention : Row
{
    AttentionKind kind{};
    QString code; // why: slot-taken, not-permitted, parent-refused ...
    QString detail;
    QString intention;
    Id device;
    qint64 groupNumber = 0;
    Id actor;
    qint64 happenedAt = 0;
    QString subjectEntity;
    Id subjectId;
    QString body; // the group as it was written
    bool resolved = false;
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::AttentionKind>
{
    static constexpr const char *codes[] = {"rejected", "quarantined", "flagged"};
};
