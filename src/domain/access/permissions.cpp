// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/permissions.h"

namespace clinic::domain {
namespace permissiontables {

constexpr PermissionInfo permissions[] = {
    {"patients.view", QT_TRANSLATE_NOOP("Permission", "See patients")},
    {"patients.register", QT_TRANSLATE_NOOP("Permission", "Register patients")},
    {"patients.edit", QT_TRANSLATE_NOOP("Permission", "Change patients' details")},
    {"patients.clinical", QT_TRANSLATE_NOOP("Permission", "Change allergies and conditions")},
    {"patients.deactivate", QT_TRANSLATE_NOOP("Permission", "Deactivate and reactivate patients")},
    {"patients.import", QT_TRANSLATE_NOOP("Permission", "Import patients")},
    {"patients.export", QT_TRANSLATE_NOOP("Permission", "Export patients")},
    {"patients.anonymise", QT_TRANSLATE_NOOP("Permission", "Anonymise patients and apply retention rules")},
    {"patients.emergency",
     QT_TRANSLATE_NOOP("Permission", "Open records outside of what the role reaches, in an emergency")},
    {"appointments.view", QT_TRANSLATE_NOOP("Permission", "See appointments")},
    {"appointments.viewAll", QT_TRANSLATE_NOOP("Permission", "See appointments of all branches")},
    {"appointments.book", QT_TRANSLATE_NOOP("Permission", "Book, move and change appointments")},
    {"appointments.overbook", QT_TRANSLATE_NOOP("Permission", "Book on top of another appointment")},
    {"appointments.checkIn", QT_TRANSLATE_NOOP("Permission", "Check patients in")},
    {"appointments.cancel", QT_TRANSLATE_NOOP("Permission", "Cancel appointments and mark no-shows")},
    {"appointments.consult", QT_TRANSLATE_NOOP("Permission", "Start and complete consultations")},
    {"appointments.amend", QT_TRANSLATE_NOOP("Permission", "Amend closed appointments")},
    {"appointments.own", QT_TRANSLATE_NOOP("Permission", "Own appointments at the kiosk")},
    {"schedule.edit", QT_TRANSLATE_NOOP("Permission", "Change availability and leave")},
    {"schedule.own", QT_TRANSLATE_NOOP("Permission", "Change own availability and leave")},
    {"billing.view", QT_TRANSLATE_NOOP("Permission", "See invoices and payments")},
    {"billing.invoice", QT_TRANSLATE_NOOP("Permission", "Make and issue invoices")},
    {"billing.pay", QT_TRANSLATE_NOOP("Permission", "Take payments")},
    {"billing.refund", QT_TRANSLATE_NOOP("Permission", "Refund payments")},
    {"billing.approve", QT_TRANSLATE_NOOP("Permission", "Approve refunds and credit notes")},
    {"billing.credit", QT_TRANSLATE_NOOP("Permission", "Issue credit notes")},
    {"billing.cashDrawer", QT_TRANSLATE_NOOP("Permission", "Open and close the cash drawer")},
    {"setup.view", QT_TRANSLATE_NOOP("Permission", "See set-up data")},
    {"setup.edit", QT_TRANSLATE_NOOP("Permission", "Change set-up data")},
    {"users.view", QT_TRANSLATE_NOOP("Permission", "See users and roles")},
    {"users.edit", QT_TRANSLATE_NOOP("Permission", "Change users and roles")},
    {"settings.edit", QT_TRANSLATE_NOOP("Permission", "Change settings of the hospital")},
    {"access.review", QT_TRANSLATE_NOOP("Permission", "Review what was opened in an emergency")},
    {"audit.view", QT_TRANSLATE_NOOP("Permission", "See the audit log")},
    {"data.backup", QT_TRANSLATE_NOOP("Permission", "Back up and verify")},
    {"data.restore", QT_TRANSLATE_NOOP("Permission", "Restore and copy databases")},
    {"account.own", QT_TRANSLATE_NOOP("Permission", "Own password and preferences")},
};

} // namespace permissiontables

std::span<const PermissionInfo> allPermissions()
{
    return permissiontables::permissions;
}

const char *permissionLabel(QStringView name)
{
    for (const auto &p : permissiontables::permissions) {
        if (name == QLatin1StringView(p.name))
            return p.label;
    }
    return "";
}

} // namespace clinic::domain
