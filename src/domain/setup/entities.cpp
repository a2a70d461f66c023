// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace setuptables {
using namespace fieldwords;

constexpr FieldInfo hospitalFields[] = {
    field<&Hospital::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Hospital::address>("address", QT_TRANSLATE_NOOP("Field", "Address"), clear, takeLater),
    field<&Hospital::phone>("phone", QT_TRANSLATE_NOOP("Field", "Phone"), clear, takeLater),
    field<&Hospital::email>("email", QT_TRANSLATE_NOOP("Field", "E-mail"), clear, takeLater),
    field<&Hospital::taxNumber>("tax_number", QT_TRANSLATE_NOOP("Field", "Tax number"), clear, takeLater),
    field<&Hospital::currency>("currency", QT_TRANSLATE_NOOP("Field", "Currency"), clear, keepServer),
    field<&Hospital::pricesIncludeTax>("prices_include_tax", QT_TRANSLATE_NOOP("Field", "Prices include tax"),
                                       clear, keepServer),
    field<&Hospital::documentFooter>("document_footer", QT_TRANSLATE_NOOP("Field", "Footer of documents"),
                                     clear, takeLater),
    field<&Hospital::isDemo>("is_demo", QT_TRANSLATE_NOOP("Field", "Demo"), clear, frozen),
    // Sealed, although it is no secret: a server must not put one of its own in its place.
    field<&Hospital::recoveryKey>("recovery_key", QT_TRANSLATE_NOOP("Field", "Recovery key"), sealed,
                                  takeLater),
};
constexpr FieldInfo branchFields[] = {
    field<&Branch::code>("code", QT_TRANSLATE_NOOP("Field", "Code"), clear, frozen),
    field<&Branch::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Branch::timeZone>("time_zone", QT_TRANSLATE_NOOP("Field", "Time zone"), clear, keepServer),
    field<&Branch::address>("address", QT_TRANSLATE_NOOP("Field", "Address"), clear, takeLater),
    field<&Branch::phone>("phone", QT_TRANSLATE_NOOP("Field", "Phone"), clear, takeLater),
    field<&Branch::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo resourceFields[] = {
    field<&Resource::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), clear, frozen),
    field<&Resource::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Resource::practitionerId>("practitioner_id", QT_TRANSLATE_NOOP("Field", "Practitioner"), clear,
                                     frozen),
    field<&Resource::capacity>("capacity", QT_TRANSLATE_NOOP("Field", "Capacity"), clear, keepServer),
    field<&Resource::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo practitionerFields[] = {
    field<&Practitioner::title>("title", QT_TRANSLATE_NOOP("Field", "Title"), clear, takeLater),
    field<&Practitioner::familyName>("family_name", QT_TRANSLATE_NOOP("Field", "Family name"), clear,
                                     keepServer),
    field<&Practitioner::givenName>("given_name", QT_TRANSLATE_NOOP("Field", "Given name"), clear,
                                    keepServer),
    field<&Practitioner::licenceNumber>("licence_number", QT_TRANSLATE_NOOP("Field", "Licence number"), clear,
                                        keepServer),
    field<&Practitioner::speciality>("speciality", QT_TRANSLATE_NOOP("Field", "Speciality"), clear,
                                     takeLater),
    field<&Practitioner::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo availabilityFields[] = {
    field<&Availability::resourceId>("resource_id", QT_TRANSLATE_NOOP("Field", "Resource"), clear, frozen),
    field<&Availability::weekday>("weekday", QT_TRANSLATE_NOOP("Field", "Weekday"), clear, takeLater),
    field<&Availability::startMinute>("start_minute", QT_TRANSLATE_NOOP("Field", "From"), clear, takeLater),
    field<&Availability::endMinute>("end_minute", QT_TRANSLATE_NOOP("Field", "To"), clear, takeLater),
};
constexpr FieldInfo leaveFields[] = {
    field<&Leave::resourceId>("resource_id", QT_TRANSLATE_NOOP("Field", "Resource"), clear, frozen),
    field<&Leave::startAt>("start_at", QT_TRANSLATE_NOOP("Field", "From"), clear, takeLater),
    field<&Leave::endAt>("end_at", QT_TRANSLATE_NOOP("Field", "To"), clear, takeLater),
    field<&Leave::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, takeLater),
    field<&Leave::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo serviceFields[] = {
    field<&Service::code>("code", QT_TRANSLATE_NOOP("Field", "Code"), clear, keepServer),
    field<&Service::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), clear, takeLater),
    field<&Service::minutes>("minutes", QT_TRANSLATE_NOOP("Field", "Minutes"), clear, takeLater),
    field<&Service::priceMinor>("price_minor", QT_TRANSLATE_NOOP("Field", "Price"), clear, keepServer),
    field<&Service::taxBasisPoints>("tax_basis_points", QT_TRANSLATE_NOOP("Field", "Tax"), clear, keepServer),
    field<&Service::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo codeFields[] = {
    field<&Code::codeSet>("code_set", QT_TRANSLATE_NOOP("Field", "List"), clear, frozen),
    field<&Code::code>("code", QT_TRANSLATE_NOOP("Field", "Code"), clear, frozen),
    field<&Code::label>("label", QT_TRANSLATE_NOOP("Field", "Label"), clear, takeLater),
    field<&Code::position>("position", QT_TRANSLATE_NOOP("Field", "Position"), clear, takeLater),
    field<&Code::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo settingFields[] = {
    field<&Setting::scope>("scope", QT_TRANSLATE_NOOP("Field", "Scope"), clear, frozen),
    field<&Setting::ownerId>("owner_id", QT_TRANSLATE_NOOP("Field", "Owner"), clear, frozen),
    field<&Setting::key>("key", QT_TRANSLATE_NOOP("Field", "Key"), clear, frozen),
    field<&Setting::value>("value", QT_TRANSLATE_NOOP("Field", "Value"), clear, takeLater),
};
constexpr EntityInfo hospital{"hospital", QT_TRANSLATE_NOOP("Entity", "Hospital"), hospitalFields};
constexpr EntityInfo branch{"branch", QT_TRANSLATE_NOOP("Entity", "Branch"), branchFields};
constexpr EntityInfo resource{
    "resource", QT_TRANSLATE_NOOP("Entity", "Room or equipment"), resourceFields, false, true, true};
constexpr EntityInfo practitioner{"practitioner", QT_TRANSLATE_NOOP("Entity", "Practitioner"),
                                  practitionerFields};
constexpr EntityInfo availability{
    "availability", QT_TRANSLATE_NOOP("Entity", "Availability"), availabilityFields, false, true, true};
constexpr EntityInfo leave{"leave", QT_TRANSLATE_NOOP("Entity", "Leave"), leaveFields, false, true, true};
constexpr EntityInfo service{"service", QT_TRANSLATE_NOOP("Entity", "Service"), serviceFields};
constexpr EntityInfo code{"code", QT_TRANSLATE_NOOP("Entity", "Code"), codeFields};
constexpr EntityInfo setting{"setting", QT_TRANSLATE_NOOP("Entity", "Setting"), settingFields};
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
