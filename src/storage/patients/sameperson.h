// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

namespace clinic::storage {

// Patients with these folded words in their names and that birth date (a null date: unknown), whatever other
// names they have.
[[nodiscard]] Result<QList<Id>> peopleNamed(Connection &connection, const QStringList &words,
                                            const PartialDate &born);
// Patients with an identifier of that kind that differs only in spaces, hyphens and case.
[[nodiscard]] Result<QList<Id>> peopleWithIdentifier(Connection &connection, domain::IdentifierKind kind,
                                                     const QString &value);
// The patient with that number, or a null id.
[[nodiscard]] Result<Id> personNumbered(Connection &connection, const QString &number);

} // namespace clinic::storage
