// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/admin/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace admintables {
using namespace fieldwords;

constexpr FieldInfo appUserFields[] = {
    field<&AppUser::userName>("user_name", QT_TRANSLATE_NOOP("Field", "User name"), clear, keepServer),
    field<&AppUser::email>("email", QT_TRANSLATE_NOOP("Field", "E-mail"), sealed, takeLater),
    field<&AppUser::displayName>("display_name", QT_TRANSLATE_NOOP("Field", "Name"), sealed, takeLater),
    asSecret(
        field<&AppUser::verifier>("verifier", QT_TRANSLATE_NOOP("Field", "Password"), sealed, takeLater)),
    field<&AppUser::practitionerId>("practitioner_id", QT_TRANSLATE_NOOP("Field", "Practitioner"), clear,
                                    keepServer),
    field<&AppUser::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, keepServer),
    field<&AppUser::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
    field<&AppUser::inactiveReason>("inactive_reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed,
                                    takeLater),
    asSecret(field<&AppUser::secondFactor>("second_factor", QT_TRANSLATE_NOOP("Field", "Second factor"),
                                           sealed, takeLater)),
    asSecret(field<&AppUser::recoveryCodes>("recovery_codes", QT_TRANSLATE_NOOP("Field", "Recovery codes"),
                                            sealed, takeLater)),
    field<&AppUser::blockedFrom>("blocked_from", QT_TRANSLATE_NOOP("Field", "Blocked from"), clear,
                                 keepServer),
    field<&AppUser::blockedUntil>("blocked_until", QT_TRANSLATE_NOOP("Field", "Blocked until"), clear,
                                  keepServer),
    field<&AppUser::sessionMark>("session_mark", QT_TRANSLATE_NOOP("Field", "Sessions ended"), clear,
                                 takeLater),
    field<&AppUser::phone>("phone", QT_TRANSLATE_NOOP("Field", "Phone"), sealed, takeLater),
};
constexpr FieldInfo roleFields[] = {
    field<&Role::code>("code", QT_TRANSLATE_NOOP("Field", "Code"), clear, frozen),
    field<&Role::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Role::parentId>("parent_id", QT_TRANSLATE_NOOP("Field", "Inherits"), clear, keepServer),
    field<&Role::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
    field<&Role::needsSecondFactor>("needs_second_factor",
                                    QT_TRANSLATE_NOOP("Field", "Second factor required"), clear, takeLater),
    field<&Role::scope>("scope", QT_TRANSLATE_NOOP("Field", "Reaches"), clear, keepServer),
};
constexpr FieldInfo rolePermissionFields[] = {
    field<&RolePermission::roleId>("role_id", QT_TRANSLATE_NOOP("Field", "Role"), clear, frozen),
    field<&RolePermission::permission>("permission", QT_TRANSLATE_NOOP("Field", "Permission"), clear, frozen),
    field<&RolePermission::granted>("granted", QT_TRANSLATE_NOOP("Field", "Granted"), clear, keepServer),
};
constexpr FieldInfo userRoleFields[] = {
    field<&UserRole::userId>("user_id", QT_TRANSLATE_NOOP("Field", "User"), clear, frozen),
    field<&UserRole::roleId>("role_id", QT_TRANSLATE_NOOP("Field", "Role"), clear, frozen),
    field<&UserRole::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
    field<&UserRole::validFrom>("valid_from", QT_TRANSLATE_NOOP("Field", "Valid from"), clear, keepServer),
    field<&UserRole::validUntil>("valid_until", QT_TRANSLATE_NOOP("Field", "Valid until"), clear, keepServer),
    field<&UserRole::onlyBranchId>("only_branch_id", QT_TRANSLATE_NOOP("Field", "Only in the branch"), clear,
                                   keepServer),
};
constexpr FieldInfo emergencyAccessFields[] = {
    field<&EmergencyAccess::userId>("user_id", QT_TRANSLATE_NOOP("Field", "User"), clear, frozen),
    field<&EmergencyAccess::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&EmergencyAccess::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, frozen),
    field<&EmergencyAccess::openedAt>("opened_at", QT_TRANSLATE_NOOP("Field", "Opened"), clear, frozen),
    field<&EmergencyAccess::expiresAt>("expires_at", QT_TRANSLATE_NOOP("Field", "Ends"), clear, frozen),
    field<&EmergencyAccess::review>("review", QT_TRANSLATE_NOOP("Field", "Review"), clear, keepServer),
    field<&EmergencyAccess::reviewedBy>("reviewed_by", QT_TRANSLATE_NOOP("Field", "Reviewed by"), clear,
                                        keepServer),
    field<&EmergencyAccess::reviewedAt>("reviewed_at", QT_TRANSLATE_NOOP("Field", "Reviewed"), clear,
                                        keepServer),
    field<&EmergencyAccess::reviewNote>("review_note", QT_TRANSLATE_NOOP("Field", "Remark of the review"),
                                        sealed, takeLater),
};
constexpr FieldInfo deviceFields[] = {
    field<&Device::code>("code", QT_TRANSLATE_NOOP("Field", "Code"), clear, frozen),
    field<&Device::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Device::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
};
constexpr EntityInfo appUser{"app_user", QT_TRANSLATE_NOOP("Entity", "User"), appUserFields};
constexpr EntityInfo role{"role", QT_TRANSLATE_NOOP("Entity", "Role"), roleFields};
constexpr EntityInfo rolePermission{"role_permission", QT_TRANSLATE_NOOP("Entity", "Permission of a role"),
                                    rolePermissionFields};
constexpr EntityInfo userRole{"user_role", QT_TRANSLATE_NOOP("Entity", "Role of a user"), userRoleFields};
constexpr EntityInfo emergencyAccess{"emergency_access", QT_TRANSLATE_NOOP("Entity", "Emergency access"),
                                     emergencyAccessFields};
constexpr EntityInfo device{"device", QT_TRANSLATE_NOOP("Entity", "Device"), deviceFields};
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
const EntityInfo &EmergencyAccess::entity()
{
    return admintables::emergencyAccess;
}
const EntityInfo &Device::entity()
{
    return admintables::device;
}

} // namespace clinic::domain
