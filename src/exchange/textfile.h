// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>

namespace clinic::exchange {

// Rows of a text file as people export them.
struct TextTable
{
    QStringList header;
    QList<QStringList> rows;
    QList<int> lines; // line number in the file at which each row begins
    QString encoding; // "UTF-8", "UTF-16" or "Latin-1"
    QChar separator;
};

// Comma, semicolon or tab; quotes doubled inside quotes, line breaks in quoted fields; UTF-8, UTF-16 (by its
// mark) or, when the bytes are not UTF-8, Latin-1. A file without a header row gives an empty header.
[[nodiscard]] Result<TextTable> readTextTable(const QByteArray &bytes);
// The first sheet of an XLSX workbook in the same form; dates come as yyyy-mm-dd.
[[nodiscard]] Result<TextTable> readXlsx(const QString &path);
// By content: a ZIP is a workbook, everything else text.
[[nodiscard]] Result<TextTable> readTable(const QString &path);
// One cell of a CSV line; what a spreadsheet would run as a formula is defused with an apostrophe.
[[nodiscard]] QString csvCell(const QString &text);
// A line of them, without its end.
[[nodiscard]] QString csvLine(const QStringList &cells);

} // namespace clinic::exchange
