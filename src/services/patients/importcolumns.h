// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "services/patients/importsexes.h"

#include <QList>

namespace clinic::services {

// What a column of a list may hold. Several columns may hold the same: given and middle names, two telephone
// numbers, street and town.
enum class ImportField {
    LeaveOut,
    FamilyName,
    GivenName,
    FullName, // family and given name
    BirthDate,
    Age,
    Sex,
    Phone,
    Email,
    NationalId,
    Passport,
    MedicalAid,
    OtherId, // another organisation's file or card number
    Address,
    Remarks,
    // our own export only
    Number,
    Active,
    InactiveReason,
    Identifiers,
    Contacts,
    NextOfKin,
};

enum class DateOrder { Unknown, DayFirst, MonthFirst };
// The century of an ambiguous two-digit year: the later or the earlier one.
enum class ShortYears { Unknown, Later, Earlier };
// Of a whole name in one cell.
enum class NameOrder { Unknown, GivenFirst, FamilyFirst };

// How a list is read: a field for each column, and the meaning of ambiguous values.
struct ImportMapping
{
    QList<ImportField> columns;
    QStringList names = {}; // the columns' names, if any
    DateOrder dateOrder = DateOrder::Unknown;
    ShortYears shortYears = ShortYears::Unknown;
    bool withoutBirthDate = false; // a person said that the list has none
    NameOrder nameOrder = NameOrder::Unknown;
    SexLetters sexLetters = {};
    bool sexLettersStay = false; // a person said that they are not to be read: they go to the remarks

    [[nodiscard]] bool has(ImportField field) const { return columns.contains(field); }
    // Names, and birth date or age unless there are none: without them no row is read.
    [[nodiscard]] bool isComplete() const;
};

// Whether two or more cells, or the only one, are known column names.
[[nodiscard]] bool isHeader(const QStringList &row);
// The index of the header row, or -1: the first of ten rows with two or more known column names, or a first
// row of words over rows with numbers.
[[nodiscard]] qsizetype headerRow(const QList<QStringList> &rows);
// A mapping by the header's words, in any of some twenty languages, and for unknown words by the columns'
// content.
[[nodiscard]] ImportMapping guessMapping(const QStringList &header, const QList<QStringList> &rows = {});
// "family=NOM,given=PRENOM,birth=3": columns by name, or by number from 1; "birth=none" for a list without.
// Other columns are left out. An unknown name is an error that lists the columns.
[[nodiscard]] Result<ImportMapping> namedMapping(const QString &text, const QStringList &header,
                                                 qsizetype width);
// "family", "given", "name", "birth" ...; empty for LeaveOut.
[[nodiscard]] QString importFieldCode(ImportField field);

// Questions for the user before a list can be read: ambiguous values.
struct ImportQuestions
{
    bool dateOrder = false;
    bool shortYears = false;
    bool nameOrder = false;
    QStringList dates; // of both readings, or one that shows the question: "4: 3/4/1980"
    QStringList years;
    QStringList names;
    QStringList sexLetters;  // those that mean one sex in one language and the other in another
    QList<SexLetters> sexes; // what they may mean; empty = not asked
    [[nodiscard]] bool any() const { return dateOrder || shortYears || nameOrder || !sexes.isEmpty(); }
};
// Looks through the whole list: finds the order of day and month, that of whole names, and the letters of the
// sexes, and says what cannot be found. What the mapping states stays.
[[nodiscard]] ImportQuestions examineList(ImportMapping &mapping, const QList<QStringList> &rows,
                                          const QList<int> &lines, int thisYear);

} // namespace clinic::services
