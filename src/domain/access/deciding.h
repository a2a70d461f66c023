// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "domain/access/roles.h"

#include <QByteArrayList>

namespace clinic::domain {

// The permissions of which each alone lets somebody change that field in the ordinary way: by an intention of
// its own, not by deciding between two values, forgetting a person, bringing a clinic or being its owner.
[[nodiscard]] QByteArrayList permissionsToChange(const EntityInfo &entity, int field);
// Whether somebody may decide which of two values that field has: who may change it, and where nobody may,
// whoever may decide at all. PC and server ask the same.
[[nodiscard]] bool mayDecide(const Grants &grants, const EntityInfo &entity, int field);

} // namespace clinic::domain
