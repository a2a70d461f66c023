// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/patients/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace patienttables {
using namespace fieldwords;

constexpr FieldInfo patientFields[] = {
    field<&Patient::number>("number", "Patient number", clear, frozen),
    field<&Patient::familyName>("family_name", "Family name", sealed, keepServer),
    field<&Patient::givenName>("given_name", "Given name", sealed, keepServer),
    field<&Patient::sex>("sex", "Sex", sealed, keepServer),
    field<&Patient::birthDate>("birth_date", "Birth date", sealed, keepServer),
    field<&Patient::phone>("phone", "Phone", sealed, takeLater),
    field<&Patient::email>("email", "E-mail", sealed, takeLater),
    field<&Patient::address>("address", "Address", sealed, takeLater),
    field<&Patient::remarks>("remarks", "Remarks", sealed, takeLater),
    field<&Patient::active>("active", "Active", clear, takeLater),
    field<&Patient::inactiveReason>("inactive_reason", "Reason", sealed, takeLater),
};
constexpr FieldInfo identifierFields[] = {
    field<&Identifier::patientId>("patient_id", "Patient", clear, frozen),
    field<&Identifier::kind>("kind", "Kind", clear, keepServer),
    field<&Identifier::value>("value", "Value", sealed, keepServer),
    field<&Identifier::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo contactFields[] = {
    field<&Contact::patientId>("patient_id", "Patient", clear, frozen),
    field<&Contact::kind>("kind", "Kind", clear, takeLater),
    field<&Contact::value>("value", "Value", sealed, takeLater),
    field<&Contact::label>("label", "Label", sealed, takeLater),
    field<&Contact::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo nextOfKinFields[] = {
    field<&NextOfKin::patientId>("patient_id", "Patient", clear, frozen),
    field<&NextOfKin::name>("name", "Name", sealed, takeLater),
    field<&NextOfKin::relationship>("relationship", "Relationship", sealed, takeLater),
    field<&NextOfKin::phone>("phone", "Phone", sealed, takeLater),
    field<&NextOfKin::active>("active", "Active", clear, takeLater),
};
constexpr FieldInfo allergyFields[] = {
    field<&Allergy::patientId>("patient_id", "Patient", clear, frozen),
    field<&Allergy::substance>("substance", "Substance", sealed, keepServer),
    field<&Allergy::reaction>("reaction", "Reaction", sealed, takeLater),
    field<&Allergy::severity>("severity", "Severity", sealed, keepServer),
    field<&Allergy::active>("active", "Active", clear, keepServer),
};
constexpr FieldInfo conditionFields[] = {
    field<&Condition::patientId>("patient_id", "Patient", clear, frozen),
    field<&Condition::name>("name", "Condition", sealed, keepServer),
    field<&Condition::onset>("onset", "Since", sealed, takeLater),
    field<&Condition::note>("note", "Note", sealed, takeLater),
    field<&Condition::active>("active", "Active", clear, keepServer),
};
constexpr FieldInfo photoFields[] = {
    field<&Photo::patientId>("patient_id", "Patient", clear, frozen),
    field<&Photo::image>("image", "Photo", sealed, frozen),
};
constexpr EntityInfo patient{"patient", "Patient", patientFields};
constexpr EntityInfo identifier{"identifier", "Identifier", identifierFields};
constexpr EntityInfo contact{"contact", "Contact", contactFields};
constexpr EntityInfo nextOfKin{"next_of_kin", "Next of kin", nextOfKinFields};
constexpr EntityInfo allergy{"allergy", "Allergy", allergyFields};
constexpr EntityInfo condition{"condition", "Condition", conditionFields};
constexpr EntityInfo photo{"photo", "Photo", photoFields, true};
} // namespace patienttables

const EntityInfo &Patient::entity()
{
    return patienttables::patient;
}
const EntityInfo &Identifier::entity()
{
    return patienttables::identifier;
}
const EntityInfo &Contact::entity()
{
    return patienttables::contact;
}
const EntityInfo &NextOfKin::entity()
{
    return patienttables::nextOfKin;
}
const EntityInfo &Allergy::entity()
{
    return patienttables::allergy;
}
const EntityInfo &Condition::entity()
{
    return patienttables::condition;
}
const EntityInfo &Photo::entity()
{
    return patienttables::photo;
}

QString Patient::displayName() const
{
    if (familyName.isEmpty() || givenName.isEmpty())
        return familyName + givenName;
    return familyName + QStringLiteral(", ") + givenName;
}

} // namespace clinic::domain
