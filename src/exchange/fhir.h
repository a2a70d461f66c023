// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/patients/personexport.h"

namespace clinic::exchange {

// The clinic's data about one patient as a FHIR R4 Bundle of type collection (JSON, indented): Patient,
// RelatedPerson, AllergyIntolerance, Condition, Appointment, Invoice, PaymentReconciliation,
// DocumentReference. Ids are the rows' own; entries refer to each other by urn:uuid, to documents by the
// paths of personDocuments.
[[nodiscard]] QByteArray fhirBundle(const services::PersonRecord &record);

// The documents that are here, as files for the patient: a name relative to the bundle's folder, which no
// title leads out of, and the bytes.
struct PersonDocument
{
    Id document{};
    QString path;
    QByteArray bytes;
};
[[nodiscard]] QList<PersonDocument> personDocuments(const services::PersonRecord &record);
// Writes bundle and documents; ReadOnly or DiskFull on failure. path: of the bundle.
[[nodiscard]] Result<void> writePerson(const services::PersonRecord &record, const QString &path);

} // namespace clinic::exchange
