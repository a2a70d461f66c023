// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textcoding.h"

#include <QHash>
#include <optional>

namespace clinic::exchange {

// What one list may hold; more is an error that says so. Hostile files stay within some hundred megabytes of
// memory.
struct TableLimits
{
    qint64 fileBytes = 200 * 1024 * 1024;
    qsizetype rows = 1'000'000;
    qsizetype columns = 500;
    qsizetype cells = 5'000'000;        // empty ones between filled ones count
    qsizetype characters = 100'000'000; // of all cells together
    int seconds = 120;                  // of reading a workbook
};

struct TableOptions
{
    QString encoding; // as a person says; empty = found out
    TableLimits limits{};
};

// Rows of a text file or a workbook as people export them.
struct TextTable
{
    QStringList header;
    int headerLine = 0;
    bool isHeaderSure = false; // its words are names of columns we know
    QList<QStringList> rows;
    QList<int> lines;               // line number in the file at which each row begins
    QHash<qsizetype, Error> faults; // by row: what could not be read whole; such a row is not to be used
    QStringList above;              // what stood above the header row
    QStringList otherSheets;        // of a workbook, not read
    QString encoding;               // "UTF-8", "windows-1252" ..., "XLSX"
    QChar separator;
    std::optional<Coding> doubt; // the coding is a guess: a person has to say which it is
};

// Comma, semicolon, tab or bar; quotes doubled inside quotes, line breaks in quoted fields; "sep=;" on a
// first line. A quote that is not closed is a fault of its row and takes no other row with it. A file without
// a header row gives an empty header.
[[nodiscard]] Result<TextTable> readTextTable(QIODevice &device, const TableOptions &options = {});
[[nodiscard]] Result<TextTable> readTextTable(const QByteArray &bytes, const TableOptions &options = {});
// The first visible sheet of an XLSX workbook in the same form. Cells are texts as a person sees them: dates
// as yyyy-mm-dd, numbers with their format's leading zeros, TRUE and FALSE, errors as "#N/A".
[[nodiscard]] Result<TextTable> readXlsx(const QString &path, const TableOptions &options = {});
// By content: a ZIP is a workbook, everything else text.
[[nodiscard]] Result<TextTable> readTable(const QString &path, const TableOptions &options = {});
// The header row is a row like the others after all.
void takeHeaderAsRow(TextTable &table);
// One cell of a CSV line; what a spreadsheet would run as a formula is defused with an apostrophe, which
// reading takes off again.
[[nodiscard]] QString csvCell(const QString &text);
// A line of them, without its end.
[[nodiscard]] QString csvLine(const QStringList &cells);

// For the readers: what is counted while rows are added, and the header found at the end.
class TableBuilder
{
public:
    explicit TableBuilder(const TableLimits &limits) : m_limits(limits) {}
    // Blank rows are passed over.
    [[nodiscard]] Result<void> add(QStringList row, int line, const std::optional<Error> &fault = {});
    // textual: rows that have more cells than the header are faults (an unquoted comma moves all columns).
    [[nodiscard]] TextTable finish(bool textual);

    TextTable table;

private:
    TableLimits m_limits;
    qsizetype m_cells = 0;
    qsizetype m_characters = 0;
};

} // namespace clinic::exchange
