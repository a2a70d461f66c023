// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/scope.h"

#include <QSet>
#include <QString>
#include <QStringList>
#include <span>

namespace clinic::domain {

// A role every hospital starts with; administrators copy and change them.
struct BuiltInRole
{
    const char *code;
    const char *name;   // English; translated in context "Role"
    const char *parent; // code of the role it inherits, or null
    const char *grants; // permissions, space-separated; "*" = all
    bool onPc;          // false: exists on the server only
};

[[nodiscard]] std::span<const BuiltInRole> builtInRoles();
// Null when there is none of that code.
[[nodiscard]] const BuiltInRole *builtInRole(QStringView code);
// Own and inherited permissions of a built-in role, "*" spelled out.
[[nodiscard]] QSet<QString> effectivePermissions(const BuiltInRole &role);

// What a role of that code may whatever its rows say: an administrator everything, also what this version
// knows and the one that made the hospital did not. Empty for any other.
[[nodiscard]] QSet<QString> grantedAnyway(QStringView code);

// Where an administrator may start from with a role of the hospital's own: a common position.
struct RoleTemplate
{
    const char *name;   // English; translated in context "Role"
    const char *about;  // a sentence, translated there as well
    const char *base;   // code of the built-in role whose permissions it has, or null
    const char *grants; // more of them, space-separated
    DataScope scope;
};
[[nodiscard]] std::span<const RoleTemplate> roleTemplates();
// Without anything inherited: what is in it can be taken out again.
[[nodiscard]] QSet<QString> permissionsOf(const RoleTemplate &role);

// What a signed-in person may do: the effective permissions of the one working role.
class Grants
{
public:
    Grants() = default;
    explicit Grants(QSet<QString> permissions) : m_permissions(std::move(permissions)) {}
    [[nodiscard]] bool has(QStringView permission) const
    {
        return m_permissions.contains(permission.toString());
    }
    [[nodiscard]] const QSet<QString> &permissions() const { return m_permissions; }

private:
    QSet<QString> m_permissions;
};

} // namespace clinic::domain
