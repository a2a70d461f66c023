// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace setuptables {
using namespace fieldwords;

constexpr FieldInfo hospitalFields[] = {
    field<&Hospital::name>("name", "Name", clear, takeLater),
    field<&Hospital::address>("address", "Address", clear, takeLater),
    field<&Hospital::phone>("phone", "Phone", clear, takeLater),
    field<&Hospital::email>("email", "E-mail", clear, takeLater),
    field<&Hospital::taxNumber>("tax_number", "Tax number", clear, takeLater),
    field<&Hospital::currency>("currency", "Currency", clear, keepServer),
    field<&Hospital::pricesIncludeTax>("prices_include_tax", "Prices include tax", clear, keepServer),
    field<&Hospital::documentFooter>("document_footer", "Footer of documents", clear, takeLater),
    field<&Hospital::isDemo>("is_demo", "Demo", clear, frozen),
};
constexpr FieldInfo branchFields[] = {
    field<&Branch::code>("code", "Code", clear, frozen),
    field<&Branch::name>("name", "Name", clear, takeLater),
    field<&Branch::timeZone>("time_zone", "Time zone", clear, keepServer),
    field<&Branch::address>("address", "Address", clear, takeLater),
    field<&Branch::phone>("phone", "Phone", clear, takeLater),
    field<&Branch::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo resourceFields[] = {
    field<&Resource::kind>("kind", "Kind", clear, frozen),
    field<&Resource::name>("name", "Name", clear, takeLater),
    field<&Resource::practitionerId>("practitioner_id", "Practitioner", clear, frozen),
    field<&Resource::capacity>("capacity", "Capacity", clear, keepServer),
    field<&Resource::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo practitionerFields[] = {
    field<&Practitioner::title>("title", "Title", clear, takeLater),
    field<&Practitioner::familyName>("family_name", "Family name", clear, keepServer),
    field<&Practitioner::givenName>("given_name", "Given name", clear, keepServer),
    field<&Practitioner::licenceNumber>("licence_number", "Licence number", clear, keepServer),
    field<&Practitioner::speciality>("speciality", "Speciality", clear, takeLater),
    field<&Practitioner::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo availabilityFields[] = {
    field<&Availability::resourceId>("resource_id", "Resource", clear, frozen),
    field<&Availability::weekday>("weekday", "Weekday", clear, takeLater),
    field<&Availability::startMinute>("start_minute", "From", clear, takeLater),
    field<&Availability::endMinute>("end_minute", "To", clear, takeLater),
};
constexpr FieldInfo leaveFields[] = {
    field<&Leave::resourceId>("resource_id", "Resource", clear, frozen),
    field<&Leave::startAt>("start_at", "From", clear, takeLater),
    field<&Leave::endAt>("end_at", "To", clear, takeLater),
    field<&Leave::reason>("reason", "Reason", sealed, takeLater),
    field<&Leave::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo serviceFields[] = {
    field<&Service::code>("code", "Code", clear, keepServer),
    field<&Service::name>("name", "Name", clear, takeLater),
    field<&Service::minutes>("minutes", "Minutes", clear, takeLater),
    field<&Service::priceMinor>("price_minor", "Price", clear, keepServer),
    field<&Service::taxBasisPoints>("tax_basis_points", "Tax", clear, keepServer),
    field<&Service::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo codeFields[] = {
    field<&Code::codeSet>("code_set", "List", clear, frozen),
    field<&Code::code>("code", "Code", clear, frozen),
    field<&Code::label>("label", "Label", clear, takeLater),
    field<&Code::position>("position", "Position", clear, takeLater),
    field<&Code::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo settingFields[] = {
    field<&Setting::scope>("scope", "Scope", clear, frozen),
    field<&Setting::ownerId>("owner_id", "Owner", clear, frozen),
    field<&Setting::key>("key", "Key", clear, frozen),
    field<&Setting::value>("value", "Value", clear, takeLater),
};
constexpr EntityInfo hospital{"hospital", "Hospital", hospitalFields};
constexpr EntityInfo branch{"branch", "Branch", branchFields};
constexpr EntityInfo resource{"resource", "Room or equipment", resourceFields, false, true};
constexpr EntityInfo practitioner{"practitioner", "Practitioner", practitionerFields};
constexpr EntityInfo availability{"availability", "Availability", availabilityFields, false, true};
constexpr EntityInfo leave{"leave", "Leave", leaveFields, false, true};
constexpr EntityInfo service{"service", "Service", serviceFields};
constexpr EntityInfo code{"code", "Code", codeFields};
constexpr EntityInfo setting{"setting", "Setting", settingFields};
} // namespace setuptables

const EntityInfo &Hospital::entity()
{
    return setuptables::hospital;
}
const EntityInfo &Branch::entity()
{
    return setuptables::branch;
}
const EntityInfo &Resource::entity()
{
    return setuptables::resource;
}
const EntityInfo &Practitioner::entity()
{
    return setuptables::practitioner;
}
const EntityInfo &Availability::entity()
{
    return setuptables::availability;
}
const EntityInfo &Leave::entity()
{
    return setuptables::leave;
}
const EntityInfo &Service::entity()
{
    return setuptables::service;
}
const EntityInfo &Code::entity()
{
    return setuptables::code;
}
const EntityInfo &Setting::entity()
{
    return setuptables::setting;
}

QString Practitioner::displayName() const
{
    return QStringList{title, givenName, familyName}.filter(QString()).join(u' ').simplified();
}

} // namespace clinic::domain
