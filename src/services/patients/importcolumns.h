// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "services/patients/importsexes.h"

#include <QList>

namespace clinic::services {

// What a column of a list may hold. Several columns may hold the same: given and middle names, two
// telephones, street and town.
enum class ImportField {
    LeaveOut,
    FamilyName,
    GivenName,
    FullName, // both in one
    BirthDate,
    Age,
    Sex,
    Phone,
    Email,
    NationalId,
    Passport,
    MedicalAid,
    OtherId, // the number of a file or card elsewhere
    Address,
    Remarks,
    // of our own export only
    Number,
    Active,
    InactiveReason,
    Identifiers,
    Contacts,
    NextOfKin,
};

enum class DateOrder { Unknown, DayFirst, MonthFirst };
// What a year of two digits means that may be of this century or of the last: the later or the earlier one.
enum class ShortYears { Unknown, Later, Earlier };
// Of a whole name in one cell.
enum class NameOrder { Unknown, GivenFirst, FamilyFirst };

// How a list is read: a meaning for each of its columns, and what its values mean where they could mean two
// things.
struct ImportMapping
{
    QList<ImportField> columns;
    QStringList names = {}; // of the columns, as far as they have any
    DateOrder dateOrder = DateOrder::Unknown;
    ShortYears shortYears = ShortYears::Unknown;
    bool withoutBirthDate = false; // a person said that the list has none
    NameOrder nameOrder = NameOrder::Unknown;
    SexLetters sexLetters = {};
    bool sexLettersStay = false; // a person said that they are not to be read: they go to the remarks

    [[nodiscard]] bool has(ImportField field) const { return columns.contains(field); }
    // Names, and birth date or age unless there are none: without them nothing is read.
    [[nodiscard]] bool isComplete() const;
};

// Whether two or more cells, or the only one, are known names of columns.
[[nodiscard]] bool isHeader(const QStringList &row);
// The row that names the columns, or -1: among the first ten the first of which two or more cells are known
// names of columns, or a first row of words over rows with numbers.
[[nodiscard]] qsizetype headerRow(const QList<QStringList> &rows);
// A mapping by the header's words, in any of some twenty languages, and where they say nothing by what stands
// in the columns.
[[nodiscard]] ImportMapping guessMapping(const QStringList &header, const QList<QStringList> &rows = {});
// "family=NOM,given=PRENOM,birth=3": names of columns, or their place from 1; "birth=none" for a list
// without. Columns that are not named are left out. An unknown name is an error that lists the columns.
[[nodiscard]] Result<ImportMapping> namedMapping(const QString &text, const QStringList &header,
                                                 qsizetype width);
// "family", "given", "name", "birth" ...; empty for LeaveOut.
[[nodiscard]] QString importFieldCode(ImportField field);

// What has to be asked before a list can be read: values that mean two things.
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
