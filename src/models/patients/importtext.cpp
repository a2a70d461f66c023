// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/patients/importtext.h"

#include "models/errortext.h"

#include <QCoreApplication>
#include <QLocale>

namespace clinic::models {
namespace importtexts {

struct ImportText
{
    Q_DECLARE_TR_FUNCTIONS(ImportText)
};

QString sizeText(const QString &what, const QString &limit)
{
    const QString number = QLocale().toString(limit.toLongLong());
    if (what == u"cell")
        return ImportText::tr("A cell holds more than %1 characters; no list of people does.").arg(number);
    const QString most = what == u"rows"        ? ImportText::tr("%1 rows").arg(number)
                         : what == u"columns"   ? ImportText::tr("%1 columns").arg(number)
                         : what == u"cells"     ? ImportText::tr("%1 cells").arg(number)
                         : what == u"megabytes" ? ImportText::tr("%1 MB unpacked").arg(number)
                                                : ImportText::tr("%1 characters").arg(number);
    return ImportText::tr(
               "This list is larger than one import takes (at most %1). Divide it into several files.")
        .arg(most);
}

QString noteText(const services::ImportNote &note)
{
    using Kind = services::ImportNote::Kind;
    switch (note.kind) {
    case Kind::KeptInRemarks:
        return ImportText::tr("%1 was kept under remarks").arg(fieldLabel(note.field));
    case Kind::LooksLike:
        return ImportText::tr("name and birth date are those of %1 as well; both are registered now")
            .arg(note.number);
    case Kind::IdentifierTaken:
        return ImportText::tr("the identifier is that of %1, who has another name; it was kept under remarks")
            .arg(note.number);
    case Kind::RowSaysMore:
        return ImportText::tr("the row says something else in: %1").arg(fieldLabel(note.field));
    case Kind::VeryOld:
        return ImportText::tr("more than 110 years old: is the birth date right?");
    }
    return {};
}

} // namespace importtexts

using importtexts::ImportText;

QString importErrorText(const Error &e)
{
    const auto arg = [&](int i) { return e.args.value(i); };
    const QString what = e.field.mid(int(qstrlen("import-")));
    if (what == u"encoding")
        return ImportText::tr("Some letters can be read in more than one way. Read as %1, they look like "
                              "this:\n%2\nChoose the reading in which the names look right.")
            .arg(arg(0), arg(1));
    if (what == u"encoding-name")
        return ImportText::tr("There is no character set “%1”. Known ones are %2 and more.")
            .arg(arg(0), arg(1));
    if (what == u"size")
        return importtexts::sizeText(arg(0), arg(1));
    if (what == u"time")
        return ImportText::tr("Reading this workbook takes too long. Save the list as CSV and import that.");
    if (what == u"kind")
        return ImportText::tr(
            "This is neither a text file (CSV) nor an Excel workbook (XLSX). Open it in the program "
            "it comes from and save it as one of these.");
    if (what == u"workbook")
        return ImportText::tr(
            "This workbook is damaged, or no spreadsheet program wrote it. Open it in one and save "
            "it anew.");
    if (what == u"line")
        return ImportText::tr("Line %1 is longer than any row of a list, and was not read whole.")
            .arg(arg(0));
    if (what == u"quote")
        return ImportText::tr("A quotation mark on line %1 is opened and not closed.").arg(arg(0));
    if (what == u"row")
        return ImportText::tr(
                   "The row has %1 cells and the header %2: a separator stands in a text without quotation "
                   "marks.")
            .arg(arg(0), arg(1));
    if (what == u"cell")
        return ImportText::tr("Column %1 holds an error of the spreadsheet: %2").arg(arg(0), arg(1));
    if (what == u"letters")
        return ImportText::tr("Column %1 has letters that cannot be read in this character set.").arg(arg(0));
    if (what == u"order")
        return ImportText::tr(
            "It is not certain whether the day or the month of the birth date comes first.");
    if (what == u"years")
        return ImportText::tr("The year of birth may be %1 or %2.").arg(arg(0), arg(1));
    if (what == u"dates")
        return ImportText::tr("It is not certain whether the day or the month comes first in: %1")
            .arg(arg(0));
    if (what == u"names")
        return ImportText::tr(
                   "It is not certain whether the given names or the family name come first in: %1")
            .arg(arg(0));
    if (what == u"sexes")
        return ImportText::tr("It is not certain which sex is meant by the letters: %1").arg(arg(0));
    if (what == u"short-years")
        return ImportText::tr("It is not certain which century is meant by: %1").arg(arg(0));
    if (what == u"columns")
        return e.args.isEmpty()
                   ? ImportText::tr("Nothing was read: which columns hold the names and the birth date?")
                   : ImportText::tr(
                         "Nothing was read: which columns hold the names and the birth date? The columns "
                         "found are: %1")
                         .arg(arg(0));
    if (what == u"column")
        return ImportText::tr("There is no column “%1”. The columns found are: %2").arg(arg(0), arg(1));
    if (what == u"column-key")
        return ImportText::tr("A column cannot be “%1”. It can be: %2").arg(arg(0), arg(1));
    return {};
}

QString importOutcomeText(const services::ImportOutcome &outcome)
{
    QStringList notes;
    if (outcome.fate == services::ImportFate::Bad)
        return errorText(outcome.reason);
    if (outcome.fate == services::ImportFate::Duplicate)
        notes << ImportText::tr("registered already as %1").arg(outcome.number);
    for (const auto &note : outcome.notes)
        notes << importtexts::noteText(note);
    return notes.join(QStringLiteral("; "));
}

QStringList columnNames(const exchange::TextTable &table)
{
    qsizetype width = table.header.size();
    for (const QStringList &row : table.rows.first(qMin(table.rows.size(), qsizetype(100))))
        width = qMax(width, row.size());
    QStringList names;
    for (qsizetype i = 0; i < width; ++i) {
        const QString name = table.header.value(i).simplified().left(60);
        names << (name.isEmpty() ? ImportText::tr("Column %1").arg(i + 1) : name);
    }
    return names;
}

Error columnsUnknown(const exchange::TextTable &table)
{
    const QStringList names = columnNames(table);
    return {ErrorCode::Required, QStringLiteral("import-columns"),
            names.isEmpty() ? QStringList() : QStringList{names.join(QStringLiteral(", "))}};
}

Error codingInDoubt(const exchange::Coding &coding)
{
    return {ErrorCode::Invalid, QStringLiteral("import-encoding"), {coding.name, coding.lines.join(u'\n')}};
}

Error listInDoubt(const services::ImportQuestions &questions)
{
    if (questions.dateOrder)
        return {
            ErrorCode::Invalid, QStringLiteral("import-dates"), {questions.dates.join(QStringLiteral(", "))}};
    const auto asked = [](const char *what, const QStringList &shown) {
        return Error(ErrorCode::Invalid, QString::fromLatin1(what), {shown.join(QStringLiteral(", "))});
    };
    if (questions.shortYears)
        return asked("import-short-years", questions.years);
    return questions.nameOrder ? asked("import-names", questions.names)
                               : asked("import-sexes", questions.sexLetters);
}

QList<services::ImportRow> importRows(const exchange::TextTable &table, qsizetype from, qsizetype to)
{
    QList<services::ImportRow> rows;
    for (qsizetype i = from; i < qMin(to, table.rows.size()); ++i) {
        services::ImportRow row{table.lines[i], table.rows[i], {}};
        if (const auto fault = table.faults.constFind(i); fault != table.faults.constEnd())
            row.fault = *fault;
        rows << row;
    }
    return rows;
}

QByteArray skippedRows(const exchange::TextTable &table, const QList<services::ImportOutcome> &outcomes,
                       qsizetype done)
{
    QHash<int, qsizetype> rowOfLine;
    for (qsizetype i = 0; i < table.lines.size(); ++i)
        rowOfLine.insert(table.lines[i], i);
    const QStringList names = columnNames(table);
    QByteArray csv = "\xef\xbb\xbf";
    csv += exchange::csvLine(names + QStringList{QStringLiteral("line"), QStringLiteral("reason")}).toUtf8() +
           "\n";
    const auto add = [&](QStringList cells, int line, const QString &reason) {
        while (cells.size() < names.size())
            cells << QString();
        cells << QString::number(line) << reason;
        csv += exchange::csvLine(cells).toUtf8() + "\n";
    };
    for (const auto &outcome : outcomes) {
        if (outcome.fate != services::ImportFate::Imported)
            add(table.rows.value(rowOfLine.value(outcome.line, -1)), outcome.line,
                importOutcomeText(outcome));
    }
    const QString notReached = ImportText::tr("not imported: the import ended before this row");
    for (qsizetype i = done; i < table.rows.size(); ++i)
        add(table.rows[i], table.lines[i], notReached);
    return csv;
}

Error endOfImport(Error error, qsizetype done)
{
    if (done > 0 && (error.code == ErrorCode::DiskFull || error.code == ErrorCode::Storage))
        error.field = QStringLiteral("import");
    return error;
}

QString notReachedText(const exchange::TextTable &table, qsizetype done)
{
    if (done >= table.rows.size())
        return {};
    return ImportText::tr("Lines %1 to %2: not imported, the import ended before them")
        .arg(table.lines[done])
        .arg(table.lines.last());
}

} // namespace clinic::models
