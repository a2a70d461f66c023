// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/workunit.h"

#include <QHash>

namespace clinic::services {

// Which column of a file holds what; -1 = none.
struct ImportMapping
{
    int familyName = -1;
    int givenName = -1;
    int fullName = -1; // one column with both
    int sex = -1;
    int birthDate = -1;
    int phone = -1;
    int email = -1;
    int nationalId = -1;
    int address = -1;
    int remarks = -1;
    bool dayFirst = true; // 3/4/1980 is the third of April
};
// A mapping guessed from the header's words.
[[nodiscard]] ImportMapping guessMapping(const QStringList &header);

struct ImportRow
{
    int line = 0;
    QStringList cells;
};
enum class ImportFate { Imported, Duplicate, Bad };
struct ImportOutcome
{
    int line = 0;
    ImportFate fate{};
    Error reason{};  // of a bad row
    QString number;  // of the patient imported, or of the one already there
    QString warning; // taken, but something was left out (a phone that is none)
};

// One unit of an import: up to 60 rows, each whole or not at all. Rows that are somebody already registered
// with the same name, birth date and no contradicting identifier are reported as duplicates and not stored
// again.
struct ImportBatch
{
    using Outcome = QList<ImportOutcome>;
    static constexpr auto intention = domain::IntentionId::ImportPatients;
    static constexpr int maximumRows = 60;
    ImportMapping mapping{};
    QList<ImportRow> rows{};
    QByteArray source;  // hash of the file, for resuming
    int rowsBefore = 0; // rows of the file done before this batch
};
[[nodiscard]] Result<QList<ImportOutcome>> perform(WorkUnit &unit, const ImportBatch &intent);

// How many rows of a file were done by an earlier, interrupted import.
struct ImportProgress
{
    using Outcome = int;
    static constexpr const char *permission = "patients.import";
    QByteArray source;
};
[[nodiscard]] Result<int> answer(ReadUnit &unit, const ImportProgress &question);

} // namespace clinic::services
