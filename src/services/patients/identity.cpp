// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/identity.h"

#include "domain/patients/rules.h"

namespace clinic::services {

Result<std::optional<storage::PatientHit>> identifierOwner(storage::Connection &connection,
                                                           domain::IdentifierKind kind, const QString &value,
                                                           const Id &apartFrom, qint64 nowMs)
{
    if (!domain::hasOneOwner(kind))
        return std::optional<storage::PatientHit>();
    const auto bearers = storage::bearersOf(connection, kind, value, apartFrom, nowMs);
    if (!bearers)
        return fail(bearers);
    if (bearers->isEmpty() || !bearers->first().active) // those still active come first
        return std::optional<storage::PatientHit>();
    return std::optional(bearers->first());
}

} // namespace clinic::services
