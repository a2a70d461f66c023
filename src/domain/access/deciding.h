// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "domain/access/roles.h"

#include <QByteArrayList>

namespace clinic::domain {

// The permissions that alone allow changing that field: by an ordinary intention, not by resolving a
// conflict, anonymising, bringing a clinic or owning the row.
[[nodiscard]] QByteArrayList permissionsToChange(const EntityInfo &entity, int field);
// Whether a user may decide between two values of that field: he may change it, or, if no intention may, he
// may resolve conflicts. PC and server use this function.
[[nodiscard]] bool mayDecide(const Grants &grants, const EntityInfo &entity, int field);

} // namespace clinic::domain
