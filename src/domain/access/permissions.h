// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

namespace clinic::domain {

struct PermissionInfo
{
    const char *name;  // module.action
    const char *label; // English; translated in context "Permission"
};

// Every permission there is, grouped by module.
[[nodiscard]] std::span<const PermissionInfo> allPermissions();
// English label of a permission; its name when unknown.
[[nodiscard]] const char *permissionLabel(QStringView name);

} // namespace clinic::domain
