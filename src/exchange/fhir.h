// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/patients/personexport.h"

namespace clinic::exchange {

// What a clinic has about one person as a FHIR R4 Bundle of type collection (JSON, indented): Patient,
// RelatedPerson, AllergyIntolerance, Condition, Appointment, Invoice, PaymentNotice, DocumentReference. Ids
// are the rows' own; entries refer to each other by urn:uuid. Documents are named, not included.
[[nodiscard]] QByteArray fhirBundle(const services::PersonRecord &record);

} // namespace clinic::exchange
