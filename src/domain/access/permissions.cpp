// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/permissions.h"

namespace clinic::domain {
namespace permissiontables {

constexpr PermissionInfo permissions[] = {
    {"patients.view", "See patients"},
    {"patients.register", "Register patients"},
    {"patients.edit", "Change patients' details"},
    {"patients.clinical", "Change allergies and conditions"},
    {"patients.deactivate", "Deactivate and reactivate patients"},
    {"patients.import", "Import patients"},
    {"patients.export", "Export patients"},
    {"appointments.view", "See appointments"},
    {"appointments.viewAll", "See appointments of all branches"},
    {"appointments.book", "Book, move and change appointments"},
    {"appointments.overbook", "Book on top of another appointment"},
    {"appointments.checkIn", "Check patients in"},
    {"appointments.cancel", "Cancel appointments and mark no-shows"},
    {"appointments.consult", "Start and complete consultations"},
    {"appointments.amend", "Amend closed appointments"},
    {"appointments.own", "Own appointments at the kiosk"},
    {"schedule.edit", "Change availability and leave"},
    {"schedule.own", "Change own availability and leave"},
    {"billing.view", "See invoices and payments"},
    {"billing.invoice", "Make and issue invoices"},
    {"billing.pay", "Take payments"},
    {"billing.refund", "Refund payments"},
    {"billing.approve", "Approve refunds and credit notes"},
    {"billing.credit", "Issue credit notes"},
    {"billing.cashDrawer", "Open and close the cash drawer"},
    {"setup.view", "See set-up data"},
    {"setup.edit", "Change set-up data"},
    {"users.view", "See users and roles"},
    {"users.edit", "Change users and roles"},
    {"settings.edit", "Change settings of the hospital"},
    {"audit.view", "See the audit log"},
    {"data.backup", "Back up and verify"},
    {"data.restore", "Restore and copy databases"},
    {"account.own", "Own password and preferences"},
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
