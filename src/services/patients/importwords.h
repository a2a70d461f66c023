// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace clinic::services::importwords {

// The meaning of a column's name. Name: "Nom", "Name", "Nombre", which is the family name beside a column of
// given names, the given name beside one of family names, and both if it is alone.
enum class Meaning {
    Unknown,
    Nothing, // known, and not a value of the patient: a place of birth, a doctor
    Name,
    FullName,
    FullNameGivenFirst,
    FullNameFamilyFirst,
    FamilyName,
    MoreFamilyName,
    GivenName,
    MoreGivenName,
    BirthDate,
    Age,
    Sex,
    Phone,
    Email,
    NationalId,
    Passport,
    MedicalAid,
    OtherId,
    Address,
    Remarks,
};
[[nodiscard]] Meaning meaningOf(const QString &text);

} // namespace clinic::services::importwords
