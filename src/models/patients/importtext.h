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
// Why a list is not read: the columns are not known, the coding is in doubt, or its dates, names or
// letters of sexes can mean two things.
[[nodiscard]] Error columnsUnknown(const exchange::TextTable &table);
[[nodiscard]] Error codingInDoubt(const exchange::Coding &coding);
[[nodiscard]] Error listInDoubt(const services::ImportQuestions &questions);
// The names of the list's columns, or their places.
[[nodiscard]] QStringList columnNames(const exchange::TextTable &table);
// Rows of the list for a batch, from one to before another.
[[nodiscard]] QList<services::ImportRow> importRows(const exchange::TextTable &table, qsizetype from,
                                                    qsizetype to);
// Rows that were not stored, as CSV under the list's own header, each with its line and reason behind it:
// mended, the file can be imported. The first `done` rows have outcomes; those behind them were not reached.
[[nodiscard]] QByteArray skippedRows(const exchange::TextTable &table,
                                     const QList<services::ImportOutcome> &outcomes, qsizetype done);
// The error that ended an import. A failed disk loses the batch at hand; the batches before it are stored.
[[nodiscard]] Error endOfImport(Error error, qsizetype done);
// The message for the rows after the first `done`; empty without such rows.
[[nodiscard]] QString notReachedText(const exchange::TextTable &table, qsizetype done);

} // namespace clinic::models
