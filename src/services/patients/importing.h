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
// What a person should know of a row although it was taken, or why it was not.
struct ImportNote
{
    enum class Kind {
        KeptInRemarks,   // field: what could not be stored as what it is
        LooksLike,       // number: somebody of the same name and birth date; both are there now
        IdentifierTaken, // number: whose identifier the row's is; it is under remarks
        RowSaysMore,     // field: of a duplicate, where row and record differ
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
    Error reason{}; // of a bad row
    QString number; // of the patient imported, or of the one already there
    QList<ImportNote> notes{};
};

// One unit of an import: up to 60 rows, each whole or not at all. A row is a duplicate, and not stored again,
// only when it is the same person beyond doubt: the same names and birth date, nothing that contradicts (sex,
// telephone, identifier), and nothing in it that the record does not have already; or the same names and the
// same national identity number or passport, however they are written; or the same patient number and names.
// Everybody else is stored, and who is merely alike is named in a note.
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
