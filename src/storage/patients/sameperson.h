// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

namespace clinic::storage {

// The people who bear these folded words in their names and were born then (nobody knows when: a null date),
// whatever else their names hold.
[[nodiscard]] Result<QList<Id>> peopleNamed(Connection &connection, const QStringList &words,
                                            const PartialDate &born);
// The people with an identifier of that kind that is the same but for spaces, hyphens and case.
[[nodiscard]] Result<QList<Id>> peopleWithIdentifier(Connection &connection, domain::IdentifierKind kind,
                                                     const QString &value);
// The person with that patient number, or a null id.
[[nodiscard]] Result<Id> personNumbered(Connection &connection, const QString &number);

} // namespace clinic::storage
