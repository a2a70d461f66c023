// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textfile.h"
#include "services/patients/importing.h"

namespace clinic::models {

// The message of an error about a list (its field begins with "import-"); errorText() calls it.
[[nodiscard]] QString importErrorText(const Error &error);
// The result of a row, without its line: empty for an imported row without notes.
[[nodiscard]] QString importOutcomeText(const services::ImportOutcome &outcome);
// Why a list is not read: unknown columns, a doubtful encoding, or ambiguous dates.
[[nodiscard]] Error columnsUnknown(const exchange::TextTable &table);
[[nodiscard]] Error codingInDoubt(const exchange::Coding &coding);
[[nodiscard]] Error datesInDoubt(const services::ImportQuestions &questions);
// The names of the list's columns, or their numbers.
[[nodiscard]] QStringList columnNames(const exchange::TextTable &table);
// Rows of the list for a batch, from one to before another.
[[nodiscard]] QList<services::ImportRow> importRows(const exchange::TextTable &table, qsizetype from,
                                                    qsizetype to);
// Rows that were not stored, as CSV under the list's own header, each with its line and reason behind it:
// after corrections, the file can be imported.
[[nodiscard]] QByteArray skippedRows(const exchange::TextTable &table,
                                     const QList<services::ImportOutcome> &outcomes);

} // namespace clinic::models
