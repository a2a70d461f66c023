// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/roles.h"

#include "domain/access/permissions.h"

namespace clinic::domain {
namespace roletables {

constexpr BuiltInRole roles[] = {
    {"super-admin", QT_TRANSLATE_NOOP("Role", "Super admin"), nullptr, "*", false},
    {"administrator", QT_TRANSLATE_NOOP("Role", "Administrator"), nullptr, "*", true},
    {"viewer", QT_TRANSLATE_NOOP("Role", "Viewer"), nullptr,
     "patients.view appointments.view billing.view setup.view account.own", true},
    {"doctor", QT_TRANSLATE_NOOP("Role", "Doctor"), "viewer",
     "patients.edit patients.clinical appointments.book appointments.checkIn appointments.consult "
     "appointments.cancel "
     "appointments.amend schedule.own",
     true},
    {"nurse", QT_TRANSLATE_NOOP("Role", "Nurse"), "viewer",
     "patients.edit patients.clinical appointments.checkIn", true},
    {"clerk", QT_TRANSLATE_NOOP("Role", "Clerk"), nullptr,
     "patients.view patients.register patients.edit patients.deactivate patients.import appointments.view "
     "appointments.book "
     "appointments.checkIn appointments.cancel appointments.amend billing.view billing.invoice billing.pay "
     "billing.cashDrawer setup.view account.own",
     true},
    {"social-worker", QT_TRANSLATE_NOOP("Role", "Social worker"), nullptr,
     "patients.view appointments.view account.own", true},
    {"inventory-manager", QT_TRANSLATE_NOOP("Role", "Inventory manager"), nullptr, "setup.view account.own",
     true},
    {"finance", QT_TRANSLATE_NOOP("Role", "Finance"), nullptr,
     "patients.view appointments.view billing.view billing.invoice billing.pay billing.refund "
     "billing.approve billing.credit "
     "billing.cashDrawer setup.view account.own",
     true},
    {"patient", QT_TRANSLATE_NOOP("Role", "Patient"), nullptr, "appointments.own", true},
};

} // namespace roletables

std::span<const BuiltInRole> builtInRoles()
{
    return roletables::roles;
}

const BuiltInRole *builtInRole(QStringView code)
{
    for (const auto &role : roletables::roles) {
        if (code == QLatin1StringView(role.code))
            return &role;
    }
    return nullptr;
}

QSet<QString> effectivePermissions(const BuiltInRole &role)
{
    QSet<QString> set;
    const auto granted = QString::fromLatin1(role.grants).split(u' ', Qt::SkipEmptyParts);
    for (const QString &permission : granted) {
        if (permission == u"*") {
            for (const auto &p : allPermissions()) {
                // The kiosk's permission would turn a person's desk into a kiosk; nobody else has it.
                if (QLatin1StringView(p.name) != QLatin1StringView("appointments.own"))
                    set.insert(QString::fromLatin1(p.name));
            }
        } else {
            set.insert(permission);
        }
    }
    if (role.parent) {
        if (const auto *parent = builtInRole(QString::fromLatin1(role.parent)))
            set.unite(effectivePermissions(*parent));
    }
    return set;
}

} // namespace clinic::domain
