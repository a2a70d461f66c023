// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/patients/queries.h"

namespace clinic::services {

// The active patient who has an identifier of a kind that only one patient may have; nothing if only
// deactivated patients have it. Forms and imports both call this function.
[[nodiscard]] Result<std::optional<storage::PatientHit>> identifierOwner(storage::Connection &connection,
                                                                         domain::IdentifierKind kind,
                                                                         const QString &value,
                                                                         const Id &apartFrom, qint64 nowMs);

} // namespace clinic::services
