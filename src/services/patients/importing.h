// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/patients/importcolumns.h"
#include "services/workunit.h"

namespace clinic::services {

struct ImportRow
{
    int line = 0;
    QStringList cells;
    std::optional<Error> fault = {}; // the row could not be read whole
};
enum class ImportFate { Imported, Duplicate, Bad };
// What the user should know about an accepted row, or why a row was not accepted.
struct ImportNote
{
    enum class Kind {
        KeptInRemarks,   // field: a value that is not valid there
        LooksLike,       // number: a patient of the same name and birth date; both are stored now
        IdentifierTaken, // number: the owner of the row's identifier, which is in the remarks
        RowSaysMore,     // field: of a duplicate whose record differs
        VeryOld,         // more than 110 years
    };
    Kind kind{};
    QString field{};
    QString number{};
    bool operator==(const ImportNote &) const = default;
};
struct ImportOutcome
{
    int line = 0;
    ImportFate fate{};
    Error reason{}; // of a refused row
    QString number; // of the imported or existing patient
    QList<ImportNote> notes{};
};

// One unit of an import: up to 60 rows, each whole or not at all. A row is a duplicate, and not stored
// again, only when it is the same person beyond doubt: the same names and birth date, no contradiction (sex,
// identity number), and no value that the record lacks; or the same names and the same national identity
// number or passport, however they are written; or the same patient number and names. Every other row is
// stored, and a note names similar patients.
struct ImportBatch
{
    using Outcome = QList<ImportOutcome>;
    static constexpr auto intention = domain::IntentionId::ImportPatients;
    static constexpr int maximumRows = 60;
    ImportMapping mapping{};
    QList<ImportRow> rows{};
};
[[nodiscard]] Result<QList<ImportOutcome>> perform(WorkUnit &unit, const ImportBatch &intent);

} // namespace clinic::services
