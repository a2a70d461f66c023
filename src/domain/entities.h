// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::domain {

// Every synced entity there is, in the order in which parents come before children.
[[nodiscard]] std::span<const EntityInfo *const> allEntities();
// Null when there is no such entity.
[[nodiscard]] const EntityInfo *entityNamed(QStringView name);

} // namespace clinic::domain
