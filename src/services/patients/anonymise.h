// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/workunit.h"
#include "storage/auditlog.h"

namespace clinic::services {

// Takes out of a record what says who it was: names, day and month of birth, how to reach him, numbers, kin,
// picture, documents with their bytes, and whatever was typed as text. What stays says what happened: sex and
// year of birth, allergies and conditions by name, appointments with times and states, amounts and issued
// papers, which the law wants kept. There is no way back.
// StillNeeded: a coming appointment, money to be paid or given back, or parts of the record that are not on
// this PC. On an anonymised record it takes out what came in afterwards.
struct Anonymised
{
    domain::Patient patient{};
    bool isDone = false; // false: more rows than one unit takes; once more, please
};
struct AnonymisePatient
{
    using Outcome = Anonymised;
    static constexpr auto intention = domain::IntentionId::AnonymisePatient;
    Id patient{};
};
[[nodiscard]] Result<Anonymised> perform(WorkUnit &unit, const AnonymisePatient &intent);

// What the hospital's rules (retention.archiveYears, retention.anonymiseYears) would do today: whose last
// visit, payment or change is longer ago than that, and who has nothing coming and nothing to pay. Archiving
// is deactivating. Of the PC's file; a rule of 0 years names nobody. Those who are anonymised and about whom
// something came in afterwards are named whatever the rules say.
struct RetentionPlan
{
    int archiveYears = 0;
    int anonymiseYears = 0;
    QList<domain::Patient> archive{};
    QList<domain::Patient> anonymise{};
    bool isComplete = true; // false: there are more than `limit`
};
struct PlanRetention
{
    using Outcome = RetentionPlan;
    static constexpr const char *permission = "patients.anonymise";
    int limit = 1000;
};
[[nodiscard]] Result<RetentionPlan> answer(ReadUnit &unit, const PlanRetention &question);

namespace anonymising {
// What events say about people who are not known any more loses its values, whoever looks at it; the events
// themselves stay as they were written.
Result<void> veil(storage::Connection &connection, QList<storage::AuditEntry> &entries);
// The events of this PC, veiled.
[[nodiscard]] Result<QList<storage::AuditEntry>> auditEntries(storage::Connection &connection,
                                                              const storage::AuditFilter &filter);
} // namespace anonymising

// The text that archiving leaves as its reason.
inline constexpr QLatin1StringView retentionReason{"retention"};
// What stands for a name that is not known any more, in every language.
inline constexpr QLatin1StringView noName{"***"};

} // namespace clinic::services
