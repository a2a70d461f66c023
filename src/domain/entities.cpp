// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"

#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/attention/entities.h"
#include "domain/billing/entities.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"

#include <array>

namespace clinic::domain {

std::span<const EntityInfo *const> allEntities()
{
    static const std::array entities{
        &Hospital::entity(),
        &Branch::entity(),
        &Practitioner::entity(),
        &Resource::entity(),
        &Availability::entity(),
        &Leave::entity(),
        &Service::entity(),
        &Code::entity(),
        &Setting::entity(),
        &Role::entity(),
        &RolePermission::entity(),
        &AppUser::entity(),
        &UserRole::entity(),
        &EmergencyAccess::entity(),
        &Device::entity(),
        &Patient::entity(),
        &Identifier::entity(),
        &Contact::entity(),
        &NextOfKin::entity(),
        &Allergy::entity(),
        &Condition::entity(),
        &Photo::entity(),
        &Consent::entity(),
        &Document::entity(),
        &Appointment::entity(),
        &AppointmentEvent::entity(),
        &AppointmentAmendment::entity(),
        &WaitingListEntry::entity(),
        &Busy::entity(),
        &CashSession::entity(),
        &Invoice::entity(),
        &InvoiceLine::entity(),
        &Payment::entity(),
        &CreditNote::entity(),
        &VoidMark::entity(),
        &Conflict::entity(),
        &Attention::entity(),
    };
    return entities;
}

const EntityInfo *entityNamed(QStringView name)
{
    for (const EntityInfo *entity : allEntities()) {
        if (name == QLatin1StringView(entity->name))
            return entity;
    }
    return nullptr;
}

} // namespace clinic::domain
