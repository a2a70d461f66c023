// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/textcoding.h"

#include <QHash>
#include <optional>

namespace clinic::exchange {

// Limits of one list; above them reading fails with an error. Hostile files stay within some hundred
// megabytes of memory.
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
    QString encoding; // chosen by the user; empty = found by findCoding()
    TableLimits limits{};
};

// Rows of an exported text file or workbook.
struct TextTable
{
    QStringList header;
    int headerLine = 0;
    bool isHeaderSure = false; // its words are known column names
    QList<QStringList> rows;
    QList<int> lines;               // by row: its first line in the file
    QHash<qsizetype, Error> faults; // by row: why it could not be read whole; such a row is not to be used
    QStringList above;              // rows above the header row
    QStringList otherSheets;        // of a workbook, not read
    QString encoding;               // "UTF-8", "windows-1252" ..., "XLSX"
    QChar separator;
    std::optional<Coding> doubt; // the encoding is a guess: the user has to choose
};

// Comma, semicolon, tab or bar; quotes doubled inside quotes, line breaks in quoted fields; "sep=;" on a
// first line. An open quote is an error of its row only. A file without a header row gives an empty header.
[[nodiscard]] Result<TextTable> readTextTable(QIODevice &device, const TableOptions &options = {});
[[nodiscard]] Result<TextTable> readTextTable(const QByteArray &bytes, const TableOptions &options = {});
// The first visible sheet of an XLSX workbook in the same form. Cells are texts as a spreadsheet program
// shows them: dates as yyyy-mm-dd, numbers with their format's leading zeros, TRUE and FALSE, errors as
// "#N/A".
[[nodiscard]] Result<TextTable> readXlsx(const QString &path, const TableOptions &options = {});
// By content: a ZIP is a workbook, any other file text.
[[nodiscard]] Result<TextTable> readTable(const QString &path, const TableOptions &options = {});
// Makes the header row an ordinary row.
void takeHeaderAsRow(TextTable &table);
// One cell of a CSV line; what a spreadsheet would run as a formula is defused with an apostrophe, which
// reading takes off again.
[[nodiscard]] QString csvCell(const QString &text);
// A CSV line without its end.
[[nodiscard]] QString csvLine(const QStringList &cells);

// For the readers: checks limits while rows are added, and finds the header at the end.
class TableBuilder
{
public:
    explicit TableBuilder(const TableLimits &limits) : m_limits(limits) {}
    // Skips blank rows.
    [[nodiscard]] Result<void> add(QStringList row, int line, const std::optional<Error> &fault = {});
    // textual: rows with more cells than the header are errors (an unquoted comma moves all columns).
    [[nodiscard]] TextTable finish(bool textual);

    TextTable table;

private:
    TableLimits m_limits;
    qsizetype m_cells = 0;
    qsizetype m_characters = 0;
};

} // namespace clinic::exchange
