// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/patients/queries.h"

namespace clinic::services {

// Whose identifier it is, so that nobody else may have it: an active person's, and of a kind that belongs to
// one person alone. Nobody's when only deactivated people bear it. Forms and imports ask here.
[[nodiscard]] Result<std::optional<storage::PatientHit>> identifierOwner(storage::Connection &connection,
                                                                         domain::IdentifierKind kind,
                                                                         const QString &value,
                                                                         const Id &apartFrom, qint64 nowMs);

} // namespace clinic::services
