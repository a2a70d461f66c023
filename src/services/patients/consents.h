// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/workunit.h"

namespace clinic::services {

// What a person said about one thing. Said anew, the later word counts; the earlier ones stay.
struct RecordConsent
{
    using Outcome = domain::Consent;
    static constexpr auto intention = domain::IntentionId::RecordConsent;
    domain::Consent consent{}; // patient, kind, given, givenBy, note; said now unless it says when
};
[[nodiscard]] Result<domain::Consent> perform(WorkUnit &unit, const RecordConsent &intent);

// The newest of each kind that anything was said about.
struct PatientConsents
{
    using Outcome = QList<domain::Consent>;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<QList<domain::Consent>> answer(ReadUnit &unit, const PatientConsents &question);

namespace consents {
[[nodiscard]] Result<QList<domain::Consent>> newest(storage::Connection &connection, const Id &patient);
// Whether the person has said no to it.
[[nodiscard]] Result<bool> isRefused(storage::Connection &connection, const Id &patient,
                                     domain::ConsentKind kind);
// Everybody who has.
[[nodiscard]] Result<QSet<Id>> refusedBy(storage::Connection &connection, domain::ConsentKind kind);
} // namespace consents
} // namespace clinic::services
