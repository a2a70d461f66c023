// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

#include <array>

namespace clinic::domain {

enum class Sex { Unknown, Female, Male, Other };

// "Family, Given", or the only name: the only place that builds a display name.
[[nodiscard]] QString displayName(const QString &familyName, const QString &givenName);

// FHIR Patient. Deactivated, never deleted.
struct Patient : Row
{
    QString number; // from this device's series
    QString familyName;
    QString givenName;
    Sex sex{};
    PartialDate birthDate;
    QString phone;
    QString email;
    QString address;
    QString remarks;
    bool active = true;
    QString inactiveReason;
    qint64 anonymisedAt = 0; // when the patient was anonymised; 0 = never
    static const EntityInfo &entity();
    [[nodiscard]] QString displayName() const { return domain::displayName(familyName, givenName); }
};

enum class IdentifierKind { NationalId, Passport, MedicalAid, Other };

// Empty fields of an anonymised patient. The family name is a mark, the birth date a year.
inline constexpr std::array emptyWhenAnonymised{"given_name", "phone",   "email",
                                                "address",    "remarks", "inactive_reason"};

// FHIR Patient.identifier
struct Identifier : Row
{
    Id patientId;
    IdentifierKind kind{};
    QString value;
    bool active = true;
    static const EntityInfo &entity();
};

enum class ContactKind { Phone, Email, Other };

// FHIR Patient.telecom beyond the first number and address
struct Contact : Row
{
    Id patientId;
    ContactKind kind{};
    QString value;
    QString label;
    bool active = true;
    static const EntityInfo &entity();
};

// FHIR RelatedPerson
struct NextOfKin : Row
{
    Id patientId;
    QString name;
    QString relationship;
    QString phone;
    bool active = true;
    static const EntityInfo &entity();
};

enum class AllergySeverity { Unknown, Mild, Moderate, Severe };

// FHIR AllergyIntolerance
struct Allergy : Row
{
    Id patientId;
    QString substance;
    QString reaction;
    AllergySeverity severity{};
    bool active = true; // false = entered in error
    static const EntityInfo &entity();
};

// FHIR Condition
struct Condition : Row
{
    Id patientId;
    QString name;
    PartialDate onset;
    QString note;
    bool active = true;
    static const EntityInfo &entity();
};

// The patient's photo, JPEG, at most 512 pixels wide; the newest one counts.
struct Photo : Row
{
    Id patientId;
    QByteArray image;
    static const EntityInfo &entity();
};

// What a patient may consent to: photographs; data for other organisations; use in test copies and research;
// messages.
enum class ConsentKind { Photo, Sharing, Research, Messages };

// FHIR Consent: a patient's answer on a day. The newest of a kind counts; without a row the patient was not
// asked.
struct Consent : Row
{
    Id patientId;
    ConsentKind kind{};
    bool given = false;
    QString givenBy; // who answered for the patient: a parent, a guardian
    QString note;
    qint64 saidAt = 0;
    static const EntityInfo &entity();
};

enum class DocumentKind { Other, Result, Letter, Consent, Identity, Picture };

// FHIR DocumentReference: a scan, letter or picture of a patient. Its bytes are stored beside the rows, by
// content, and travel in a lane of their own (docs/decisions/0017).
struct Document : Row
{
    Id patientId;
    DocumentKind kind{};
    QString title;
    QString fileName;   // without a folder
    QString content;    // keyed BLAKE2b of the bytes, hexadecimal
    qint64 size = 0;    // bytes
    bool active = true; // false = entered in error
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::DocumentKind>
{
    static constexpr const char *codes[] = {"other", "result", "letter", "consent", "identity", "picture"};
};
template <>
struct clinic::EnumCodes<clinic::domain::ConsentKind>
{
    static constexpr const char *codes[] = {"photo", "sharing", "research", "messages"};
};
template <>
struct clinic::EnumCodes<clinic::domain::Sex>
{
    static constexpr const char *codes[] = {"unknown", "female", "male", "other"};
};
template <>
struct clinic::EnumCodes<clinic::domain::IdentifierKind>
{
    static constexpr const char *codes[] = {"national-id", "passport", "medical-aid", "other"};
};
template <>
struct clinic::EnumCodes<clinic::domain::ContactKind>
{
    static constexpr const char *codes[] = {"phone", "email", "other"};
};
template <>
struct clinic::EnumCodes<clinic::domain::AllergySeverity>
{
    static constexpr const char *codes[] = {"unknown", "mild", "moderate", "severe"};
};
