// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/admin/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace admintables {
using namespace fieldwords;

constexpr FieldInfo appUserFields[] = {
    field<&AppUser::userName>("user_name", "User name", clear, keepServer),
    field<&AppUser::email>("email", "E-mail", sealed, takeLater),
    field<&AppUser::displayName>("display_name", "Name", sealed, takeLater),
    field<&AppUser::verifier>("verifier", "Password", sealed, takeLater),
    field<&AppUser::practitionerId>("practitioner_id", "Practitioner", clear, keepServer),
    field<&AppUser::patientId>("patient_id", "Patient", clear, keepServer),
    field<&AppUser::active>("active", "Active", clear, keepServer),
    field<&AppUser::inactiveReason>("inactive_reason", "Reason", sealed, takeLater),
};
constexpr FieldInfo roleFields[] = {
    field<&Role::code>("code", "Code", clear, frozen),
    field<&Role::name>("name", "Name", clear, takeLater),
    field<&Role::parentId>("parent_id", "Inherits", clear, keepServer),
    field<&Role::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo rolePermissionFields[] = {
    field<&RolePermission::roleId>("role_id", "Role", clear, frozen),
    field<&RolePermission::permission>("permission", "Permission", clear, frozen),
    field<&RolePermission::granted>("granted", "Granted", clear, keepServer),
};
constexpr FieldInfo userRoleFields[] = {
    field<&UserRole::userId>("user_id", "User", clear, frozen),
    field<&UserRole::roleId>("role_id", "Role", clear, frozen),
    field<&UserRole::active>("active", "Active", clear, keepServer),
};
constexpr FieldInfo deviceFields[] = {
    field<&Device::code>("code", "Code", clear, frozen),
    field<&Device::name>("name", "Name", clear, takeLater),
    field<&Device::active>("active", "Active", clear, keepServer),
};
constexpr EntityInfo appUser{"app_user", "User", appUserFields};
constexpr EntityInfo role{"role", "Role", roleFields};
constexpr EntityInfo rolePermission{"role_permission", "Permission of a role", rolePermissionFields};
constexpr EntityInfo userRole{"user_role", "Role of a user", userRoleFields};
constexpr EntityInfo device{"device", "Device", deviceFields};
} // namespace admintables

const EntityInfo &AppUser::entity()
{
    return admintables::appUser;
}
const EntityInfo &Role::entity()
{
    return admintables::role;
}
const EntityInfo &RolePermission::entity()
{
    return admintables::rolePermission;
}
const EntityInfo &UserRole::entity()
{
    return admintables::userRole;
}
const EntityInfo &Device::entity()
{
    return admintables::device;
}

} // namespace clinic::domain
