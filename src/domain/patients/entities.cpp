// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/patients/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace patienttables {
using namespace fieldwords;

constexpr FieldInfo patientFields[] = {
    field<&Patient::number>("number", QT_TRANSLATE_NOOP("Field", "Patient number"), clear, frozen),
    field<&Patient::familyName>("family_name", QT_TRANSLATE_NOOP("Field", "Family name"), sealed, keepServer),
    field<&Patient::givenName>("given_name", QT_TRANSLATE_NOOP("Field", "Given name"), sealed, keepServer),
    field<&Patient::sex>("sex", QT_TRANSLATE_NOOP("Field", "Sex"), sealed, keepServer),
    field<&Patient::birthDate>("birth_date", QT_TRANSLATE_NOOP("Field", "Birth date"), sealed, keepServer),
    field<&Patient::phone>("phone", QT_TRANSLATE_NOOP("Field", "Phone"), sealed, takeLater),
    field<&Patient::email>("email", QT_TRANSLATE_NOOP("Field", "E-mail"), sealed, takeLater),
    field<&Patient::address>("address", QT_TRANSLATE_NOOP("Field", "Address"), sealed, takeLater),
    field<&Patient::remarks>("remarks", QT_TRANSLATE_NOOP("Field", "Remarks"), sealed, takeLater),
    field<&Patient::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
    field<&Patient::inactiveReason>("inactive_reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed,
                                    takeLater),
    field<&Patient::anonymisedAt>("anonymised_at", QT_TRANSLATE_NOOP("Field", "Anonymised"), clear,
                                  takeLater),
};
constexpr FieldInfo identifierFields[] = {
    field<&Identifier::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Identifier::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), clear, keepServer),
    field<&Identifier::value>("value", QT_TRANSLATE_NOOP("Field", "Value"), sealed, keepServer),
    field<&Identifier::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo contactFields[] = {
    field<&Contact::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Contact::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), clear, takeLater),
    field<&Contact::value>("value", QT_TRANSLATE_NOOP("Field", "Value"), sealed, takeLater),
    field<&Contact::label>("label", QT_TRANSLATE_NOOP("Field", "Label"), sealed, takeLater),
    field<&Contact::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo nextOfKinFields[] = {
    field<&NextOfKin::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&NextOfKin::name>("name", QT_TRANSLATE_NOOP("Field", "Name"), sealed, takeLater),
    field<&NextOfKin::relationship>("relationship", QT_TRANSLATE_NOOP("Field", "Relationship"), sealed,
                                    takeLater),
    field<&NextOfKin::phone>("phone", QT_TRANSLATE_NOOP("Field", "Phone"), sealed, takeLater),
    field<&NextOfKin::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo allergyFields[] = {
    field<&Allergy::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Allergy::substance>("substance", QT_TRANSLATE_NOOP("Field", "Substance"), sealed, keepServer),
    field<&Allergy::reaction>("reaction", QT_TRANSLATE_NOOP("Field", "Reaction"), sealed, takeLater),
    field<&Allergy::severity>("severity", QT_TRANSLATE_NOOP("Field", "Severity"), sealed, keepServer),
    field<&Allergy::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
};
constexpr FieldInfo conditionFields[] = {
    field<&Condition::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Condition::name>("name", QT_TRANSLATE_NOOP("Field", "Condition"), sealed, keepServer),
    field<&Condition::onset>("onset", QT_TRANSLATE_NOOP("Field", "Since"), sealed, takeLater),
    field<&Condition::note>("note", QT_TRANSLATE_NOOP("Field", "Note"), sealed, takeLater),
    field<&Condition::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
};
constexpr FieldInfo photoFields[] = {
    field<&Photo::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Photo::image>("image", QT_TRANSLATE_NOOP("Field", "Photo"), sealed, erasable),
};
constexpr FieldInfo documentFields[] = {
    field<&Document::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Document::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), sealed, takeLater),
    field<&Document::title>("title", QT_TRANSLATE_NOOP("Field", "Title"), sealed, takeLater),
    field<&Document::fileName>("file_name", QT_TRANSLATE_NOOP("Field", "File"), sealed, erasable),
    field<&Document::content>("content", QT_TRANSLATE_NOOP("Field", "Content"), clear, erasable),
    field<&Document::size>("size", QT_TRANSLATE_NOOP("Field", "Size"), clear, frozen),
    field<&Document::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, takeLater),
};
constexpr FieldInfo consentFields[] = {
    field<&Consent::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Consent::kind>("kind", QT_TRANSLATE_NOOP("Field", "Kind"), sealed, frozen),
    field<&Consent::given>("given", QT_TRANSLATE_NOOP("Field", "Agrees"), sealed, frozen),
    field<&Consent::givenBy>("given_by", QT_TRANSLATE_NOOP("Field", "Said by"), sealed, erasable),
    field<&Consent::note>("note", QT_TRANSLATE_NOOP("Field", "Note"), sealed, erasable),
    field<&Consent::saidAt>("said_at", QT_TRANSLATE_NOOP("Field", "Said"), clear, frozen),
};
constexpr EntityInfo patient{"patient", QT_TRANSLATE_NOOP("Entity", "Patient"), patientFields};
constexpr EntityInfo identifier{"identifier", QT_TRANSLATE_NOOP("Entity", "Identifier"), identifierFields};
constexpr EntityInfo contact{"contact", QT_TRANSLATE_NOOP("Entity", "Contact"), contactFields};
constexpr EntityInfo nextOfKin{"next_of_kin", QT_TRANSLATE_NOOP("Entity", "Next of kin"), nextOfKinFields};
constexpr EntityInfo allergy{"allergy", QT_TRANSLATE_NOOP("Entity", "Allergy"), allergyFields};
constexpr EntityInfo condition{"condition", QT_TRANSLATE_NOOP("Entity", "Condition"), conditionFields};
constexpr EntityInfo photo{"photo", QT_TRANSLATE_NOOP("Entity", "Photo"), photoFields, true};
constexpr EntityInfo consent{"consent", QT_TRANSLATE_NOOP("Entity", "Consent"), consentFields, true};
constexpr EntityInfo document{"document", QT_TRANSLATE_NOOP("Entity", "Document"), documentFields, false,
                              true};
} // namespace patienttables

const EntityInfo &Document::entity()
{
    return patienttables::document;
}
const EntityInfo &Consent::entity()
{
    return patienttables::consent;
}
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

QString displayName(const QString &familyName, const QString &givenName)
{
    if (familyName.isEmpty() || givenName.isEmpty())
        return familyName + givenName;
    return familyName + QStringLiteral(", ") + givenName;
}

} // namespace clinic::domain
