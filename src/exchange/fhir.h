// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/patients/personexport.h"

namespace clinic::exchange {

// What a clinic has about one person as a FHIR R4 Bundle of type collection (JSON, indented): Patient,
// RelatedPerson, AllergyIntolerance, Condition, Appointment, Invoice, PaymentReconciliation,
// DocumentReference. Ids are the rows' own; entries refer to each other by urn:uuid, to documents by where
// personDocuments puts them.
[[nodiscard]] QByteArray fhirBundle(const services::PersonRecord &record);

// The documents that are here as files for the person: a name relative to the bundle's folder, which no title
// leads out of, and the bytes.
struct PersonDocument
{
    Id document{};
    QString path;
    QByteArray bytes;
};
[[nodiscard]] QList<PersonDocument> personDocuments(const services::PersonRecord &record);
// Bundle and documents; ReadOnly or DiskFull when that does not work. path: of the bundle.
[[nodiscard]] Result<void> writePerson(const services::PersonRecord &record, const QString &path);

} // namespace clinic::exchange
