// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace clinic::test {

// What is wrong with a FHIR R4 (4.0.1) bundle of the kind ClinicDesk writes, held against the element tables
// of the standard (tests/fixtures/fhir-r4.txt): unknown elements, cardinality, types, required code lists,
// references that lead nowhere or to the wrong kind, and the invariants those resources have. Empty when
// nothing is.
[[nodiscard]] QStringList fhirFaults(const QJsonObject &bundle);

} // namespace clinic::test
