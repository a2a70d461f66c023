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
     "appointments.amend schedule.own patients.emergency",
     true},
    {"nurse", QT_TRANSLATE_NOOP("Role", "Nurse"), "viewer",
     "patients.edit patients.clinical appointments.checkIn patients.emergency", true},
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

constexpr RoleTemplate templates[] = {
    {QT_TRANSLATE_NOOP("Role", "Doctor, own patients"),
     QT_TRANSLATE_NOOP("Role", "A doctor who sees the people he treats and his own calendar"), "doctor", "",
     DataScope::Own},
    {QT_TRANSLATE_NOOP("Role", "Visiting doctor"),
     QT_TRANSLATE_NOOP("Role", "Treats own patients, books nobody and changes no closed appointment"),
     nullptr,
     "patients.view patients.edit patients.clinical appointments.view appointments.checkIn "
     "appointments.consult schedule.own setup.view account.own patients.emergency",
     DataScope::Own},
    {QT_TRANSLATE_NOOP("Role", "Reception of one branch"),
     QT_TRANSLATE_NOOP("Role", "A clerk who sees the people and the calendar of the branch"), "clerk", "",
     DataScope::Branch},
    {QT_TRANSLATE_NOOP("Role", "Nurse of one branch"),
     QT_TRANSLATE_NOOP("Role", "A nurse who sees the people and the calendar of the branch"), "nurse", "",
     DataScope::Branch},
    {QT_TRANSLATE_NOOP("Role", "Cashier"),
     QT_TRANSLATE_NOOP("Role", "Takes payments and counts the drawer, sees no calendar"), nullptr,
     "patients.view billing.view billing.pay billing.cashDrawer account.own", DataScope::Branch},
    {QT_TRANSLATE_NOOP("Role", "Trainee"),
     QT_TRANSLATE_NOOP("Role", "Looks at own patients and changes nothing"), nullptr,
     "patients.view appointments.view setup.view account.own", DataScope::Own},
    {QT_TRANSLATE_NOOP("Role", "Medical records"),
     QT_TRANSLATE_NOOP("Role", "Keeps the register of patients: details, documents, imports, exports"),
     nullptr,
     "patients.view patients.register patients.edit patients.deactivate patients.import patients.export "
     "setup.view account.own",
     DataScope::Hospital},
    {QT_TRANSLATE_NOOP("Role", "Data protection officer"),
     QT_TRANSLATE_NOOP("Role", "Looks at the audit, reviews emergencies, exports and anonymises people"),
     nullptr,
     "patients.view patients.export patients.deactivate patients.anonymise access.review audit.view "
     "users.view "
     "setup.view account.own",
     DataScope::Hospital},
};

} // namespace roletables

QSet<QString> grantedAnyway(QStringView code)
{
    return code == u"administrator" ? effectivePermissions(*builtInRole(code)) : QSet<QString>();
}

std::span<const RoleTemplate> roleTemplates()
{
    return roletables::templates;
}

QSet<QString> permissionsOf(const RoleTemplate &role)
{
    QSet<QString> set;
    if (const auto *base = role.base ? builtInRole(QString::fromLatin1(role.base)) : nullptr)
        set = effectivePermissions(*base);
    for (const QString &name : QString::fromLatin1(role.grants).split(u' ', Qt::SkipEmptyParts))
        set.insert(name);
    return set;
}

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
