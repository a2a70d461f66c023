// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "services/patients/importcolumns.h"

namespace clinic::services {

// Whether a whole name can be divided in two ways: two words or more, no comma, no family name in capitals.
[[nodiscard]] bool isOrderOpen(const QString &wholeName);
// Divides a whole name; an error with the field "import-names" where the order has to be known and is not.
[[nodiscard]] Result<void> divideName(const QString &wholeName, NameOrder order, domain::Patient &patient);

} // namespace clinic::services
