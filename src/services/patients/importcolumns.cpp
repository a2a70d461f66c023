// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importcolumns.h"

#include "core/fold.h"
#include "domain/patients/rules.h"
#include "services/patients/importdates.h"
#include "services/patients/importnames.h"
#include "services/patients/importwords.h"

#include <QSet>

namespace clinic::services {
namespace importcolumns {

using importwords::Meaning;

constexpr qsizetype sample = 500; // rows read to find out what a column holds

struct Code
{
    ImportField field;
    const char *code;
    const char *others; // alternative names
};
constexpr Code codes[] = {
    {ImportField::FamilyName, "family", "family_name surname last"},
    {ImportField::GivenName, "given", "given_name first forename"},
    {ImportField::FullName, "name", "full_name fullname"},
    {ImportField::BirthDate, "birth", "birth_date birthdate dob"},
    {ImportField::Age, "age", ""},
    {ImportField::Sex, "sex", "gender"},
    {ImportField::Phone, "phone", "telephone tel mobile"},
    {ImportField::Email, "email", "mail e-mail"},
    {ImportField::NationalId, "id", "national-id national_id"},
    {ImportField::Passport, "passport", ""},
    {ImportField::MedicalAid, "medical-aid", "medical_aid insurance"},
    {ImportField::OtherId, "other-id", "other_id file"},
    {ImportField::Address, "address", ""},
    {ImportField::Remarks, "remarks", "remark note notes"},
    {ImportField::Number, "number", ""},
    {ImportField::Active, "active", ""},
    {ImportField::InactiveReason, "inactive-reason", "inactive_reason"},
    {ImportField::Identifiers, "identifiers", ""},
    {ImportField::Contacts, "contacts", ""},
    {ImportField::NextOfKin, "next-of-kin", "next_of_kin"},
};

// The columns of our own export, by their names.
std::optional<ImportField> ownField(const QString &name)
{
    static const QHash<QString, ImportField> own{
        {QStringLiteral("number"), ImportField::Number},
        {QStringLiteral("active"), ImportField::Active},
        {QStringLiteral("inactive_reason"), ImportField::InactiveReason},
        {QStringLiteral("identifiers"), ImportField::Identifiers},
        {QStringLiteral("contacts"), ImportField::Contacts},
        {QStringLiteral("next_of_kin"), ImportField::NextOfKin}};
    const auto found = own.constFind(name.trimmed().toLower());
    return found == own.constEnd() ? std::nullopt : std::optional(*found);
}

bool isOwnExport(const QStringList &header)
{
    for (const char *name : {"number", "family_name", "given_name", "birth_date"}) {
        if (!header.contains(QLatin1StringView(name), Qt::CaseInsensitive))
            return false;
    }
    return true;
}

ImportField fieldOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Unknown:
    case Meaning::Nothing:
        break;
    case Meaning::Name:
    case Meaning::FullName:
    case Meaning::FullNameGivenFirst:
    case Meaning::FullNameFamilyFirst:
        return ImportField::FullName;
    case Meaning::FamilyName:
    case Meaning::MoreFamilyName:
        return ImportField::FamilyName;
    case Meaning::GivenName:
    case Meaning::MoreGivenName:
        return ImportField::GivenName;
    case Meaning::BirthDate:
        return ImportField::BirthDate;
    case Meaning::Age:
        return ImportField::Age;
    case Meaning::Sex:
        return ImportField::Sex;
    case Meaning::Phone:
        return ImportField::Phone;
    case Meaning::Email:
        return ImportField::Email;
    case Meaning::NationalId:
        return ImportField::NationalId;
    case Meaning::Passport:
        return ImportField::Passport;
    case Meaning::MedicalAid:
        return ImportField::MedicalAid;
    case Meaning::OtherId:
        return ImportField::OtherId;
    case Meaning::Address:
        return ImportField::Address;
    case Meaning::Remarks:
        return ImportField::Remarks;
    }
    return ImportField::LeaveOut;
}

// The order of names that a column's own name states.
NameOrder orderOf(Meaning meaning)
{
    return meaning == Meaning::FullNameFamilyFirst  ? NameOrder::FamilyFirst
           : meaning == Meaning::FullNameGivenFirst ? NameOrder::GivenFirst
                                                    : NameOrder::Unknown;
}

// Of these one column is enough; a second one is left out rather than guessed at.
bool isSingle(ImportField field)
{
    return field == ImportField::FamilyName || field == ImportField::GivenName ||
           field == ImportField::FullName || field == ImportField::BirthDate || field == ImportField::Age ||
           field == ImportField::Sex;
}

int digitsIn(const QString &cell)
{
    return int(std::count_if(cell.begin(), cell.end(), [](QChar c) { return c.isDigit(); }));
}

// The content of a column whose name is unknown.
struct Content
{
    int filled = 0;
    int dates = 0;
    int longAgo = 0; // dates of birth of adults
    int mails = 0;
    int phones = 0;
    int sexes = 0;
    QSet<QString> different;
};

Content contentOf(const QList<QStringList> &rows, qsizetype column)
{
    Content content;
    const int thisYear = QDateTime::currentDateTimeUtc().date().year();
    ImportMapping reading;
    reading.dateOrder = DateOrder::DayFirst;
    reading.shortYears = ShortYears::Earlier;
    ImportMapping otherwise = reading;
    otherwise.dateOrder = DateOrder::MonthFirst;
    for (const QStringList &row : rows.first(qMin(rows.size(), sample))) {
        const QString cell = row.value(column).trimmed();
        if (cell.isEmpty() || cell.size() > 200)
            continue;
        ++content.filled;
        if (content.different.size() < 20)
            content.different.insert(fold(cell));
        if (digitsIn(cell) >= 4) {
            auto date = importedDate(cell, reading, QDate(thisYear + 1, 1, 1));
            if (!date)
                date = importedDate(cell, otherwise, QDate(thisYear + 1, 1, 1));
            const bool isDate = date && date->isComplete();
            content.dates += isDate;
            content.longAgo += isDate && date->year() < thisYear - 18;
            const bool isPhone = !isDate && digitsIn(cell) >= 7 &&
                                 (cell.startsWith(u'+') || cell.startsWith(u'0') || cell.startsWith(u'(')) &&
                                 domain::parsePhone(cell, {}).has_value();
            content.phones += isPhone;
        }
        content.mails += domain::parseEmail(cell, {}).has_value();
        content.sexes += domain::sexFromText(cell).has_value();
    }
    return content;
}

void guessByContent(ImportMapping &mapping, const QStringList &header, const QList<QStringList> &rows)
{
    const auto mostly = [](int count, int filled) { return filled >= 2 && count * 10 >= filled * 8; };
    QList<qsizetype> births;
    for (qsizetype i = 0; i < mapping.columns.size(); ++i) {
        if (mapping.columns[i] != ImportField::LeaveOut ||
            importwords::meaningOf(header.value(i)) == Meaning::Nothing)
            continue;
        const Content content = contentOf(rows, i);
        // Dates of visits are no birth dates: birth dates reach back to before most people grew up.
        if (mostly(content.dates, content.filled) && content.longAgo * 3 >= content.filled)
            births << i;
        else if (!mapping.has(ImportField::Sex) && mostly(content.sexes, content.filled) &&
                 content.different.size() >= 2 && content.different.size() <= 6)
            mapping.columns[i] = ImportField::Sex;
        else if (!mapping.has(ImportField::Email) && mostly(content.mails, content.filled))
            mapping.columns[i] = ImportField::Email;
        else if (!mapping.has(ImportField::Phone) && mostly(content.phones, content.filled))
            mapping.columns[i] = ImportField::Phone;
    }
    if (!mapping.has(ImportField::BirthDate) && births.size() == 1)
        mapping.columns[births.first()] = ImportField::BirthDate;
}

// The row has a family or a given name in a column of its own.
bool hasPartOfName(const ImportMapping &mapping, const QStringList &row)
{
    for (qsizetype i = 0; i < mapping.columns.size(); ++i) {
        if ((mapping.columns[i] == ImportField::FamilyName || mapping.columns[i] == ImportField::GivenName) &&
            !row.value(i).trimmed().isEmpty())
            return true;
    }
    return false;
}

void examineSexes(ImportMapping &mapping, QMap<QString, int> letters, ImportQuestions &questions)
{
    if (!mapping.sexLetters.isNull() || mapping.sexLettersStay || letters.isEmpty())
        return;
    // "Sex (M/F)" names the letters that are not there as well.
    for (qsizetype i = 0; i < mapping.columns.size(); ++i) {
        if (mapping.columns[i] != ImportField::Sex)
            continue;
        QStringList named;
        for (const QString &word : foldedWords(mapping.names.value(i))) {
            if (!sexLetter(word).isEmpty())
                named << word;
        }
        for (const QString &letter : named.size() == 2 ? named : QStringList())
            letters[letter] += 0;
    }
    const SexReadings readings = readingsOf(letters);
    mapping.sexLetters = readings.found;
    questions.sexes = readings.possible;
    if (!questions.sexes.isEmpty()) {
        for (const QString &letter : letters.keys())
            questions.sexLetters << letter.toUpper();
    }
}

} // namespace importcolumns

using namespace importcolumns;

bool ImportMapping::isComplete() const
{
    return (has(ImportField::FamilyName) || has(ImportField::GivenName) || has(ImportField::FullName)) &&
           (has(ImportField::BirthDate) || has(ImportField::Age) || withoutBirthDate);
}

bool isHeader(const QStringList &row)
{
    int known = 0;
    int filled = 0;
    for (const QString &cell : row) {
        filled += !cell.trimmed().isEmpty();
        if (digitsIn(cell) >= 4)
            return false;
        const Meaning meaning = cell.size() > 100 ? Meaning::Unknown : importwords::meaningOf(cell);
        known += meaning != Meaning::Unknown && meaning != Meaning::Nothing;
    }
    return known >= 2 || (known == 1 && filled == 1);
}

qsizetype headerRow(const QList<QStringList> &rows)
{
    const qsizetype looked = qMin(rows.size(), qsizetype(10));
    for (qsizetype i = 0; i < looked; ++i) {
        if (isHeader(rows[i]))
            return i;
    }
    // Unknown words over cells with numbers.
    if (looked < 2)
        return -1;
    qsizetype words = 0;
    for (const QString &cell : rows.first()) {
        if (digitsIn(cell) > 0)
            return -1;
        words += !cell.trimmed().isEmpty();
    }
    if (words < 2 || words * 2 < rows.first().size())
        return -1;
    for (qsizetype column = 0; column < rows.first().size(); ++column) {
        int withDigits = 0;
        for (qsizetype i = 1; i < looked; ++i)
            withDigits += digitsIn(rows[i].value(column)) >= 4;
        if (!rows.first()[column].trimmed().isEmpty() && withDigits * 2 >= looked - 1)
            return 0;
    }
    return -1;
}

ImportMapping guessMapping(const QStringList &header, const QList<QStringList> &rows)
{
    ImportMapping mapping;
    qsizetype width = header.size();
    for (const QStringList &row : rows.first(qMin(rows.size(), sample)))
        width = qMax(width, row.size());
    mapping.names = header;
    const bool isOwn = isOwnExport(header);
    qsizetype name = -1;
    for (qsizetype i = 0; i < width; ++i) {
        ImportField field = ImportField::LeaveOut;
        const Meaning meaning = importwords::meaningOf(header.value(i));
        if (const auto own = isOwn ? ownField(header.value(i)) : std::nullopt) {
            field = *own;
        } else {
            field = fieldOf(meaning);
            const bool isMore = meaning == Meaning::MoreFamilyName || meaning == Meaning::MoreGivenName;
            if (isSingle(field) && !isMore && mapping.has(field))
                field = ImportField::LeaveOut;
        }
        if (field == ImportField::FullName) {
            if (meaning == Meaning::Name)
                name = i;
            mapping.nameOrder = orderOf(meaning);
        }
        mapping.columns << field;
    }
    // "Nom" beside "Prénom" is the family name, "Name" beside "Surname" the given name.
    const bool hasFamily = mapping.has(ImportField::FamilyName);
    const bool hasGiven = mapping.has(ImportField::GivenName);
    if (name >= 0 && (hasFamily || hasGiven)) {
        mapping.columns[name] = hasFamily && hasGiven ? ImportField::LeaveOut
                                : hasGiven            ? ImportField::FamilyName
                                                      : ImportField::GivenName;
    } else if (mapping.has(ImportField::FullName) && hasFamily && hasGiven) {
        mapping.columns.replace(mapping.columns.indexOf(ImportField::FullName), ImportField::LeaveOut);
    } else if (mapping.has(ImportField::FullName)) {
        for (ImportField &field : mapping.columns) {
            if (field == ImportField::FamilyName || field == ImportField::GivenName)
                field = ImportField::LeaveOut;
        }
    }
    if (!rows.isEmpty())
        guessByContent(mapping, header, rows);
    return mapping;
}

QString importFieldCode(ImportField field)
{
    for (const Code &code : codes) {
        if (code.field == field)
            return QString::fromLatin1(code.code);
    }
    return {};
}

Result<ImportMapping> namedMapping(const QString &text, const QStringList &header, qsizetype width)
{
    ImportMapping mapping;
    mapping.names = header;
    mapping.columns.fill(ImportField::LeaveOut, qMax(width, header.size()));
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const QString key = part.section(u'=', 0, 0).trimmed().toLower();
        const QString column = part.section(u'=', 1).trimmed();
        const auto *code = std::find_if(std::begin(codes), std::end(codes), [&](const Code &c) {
            return key == QLatin1StringView(c.code) ||
                   QString::fromLatin1(c.others).split(u' ', Qt::SkipEmptyParts).contains(key);
        });
        if (code == std::end(codes)) {
            QStringList known;
            for (const Code &c : codes)
                known << QString::fromLatin1(c.code);
            return fail(ErrorCode::Invalid, QStringLiteral("import-column-key"),
                        {key, known.join(QStringLiteral(", "))});
        }
        if (code->field == ImportField::BirthDate && column == u"none") {
            mapping.withoutBirthDate = true;
            continue;
        }
        qsizetype at = header.indexOf(column);
        for (qsizetype i = 0; i < header.size() && at < 0; ++i) {
            if (!fold(column).isEmpty() && fold(header[i]) == fold(column))
                at = i;
        }
        bool isPlace = false;
        const int place = column.toInt(&isPlace);
        if (at < 0 && isPlace && place >= 1 && place <= mapping.columns.size())
            at = place - 1;
        if (at < 0)
            return fail(ErrorCode::NotFound, QStringLiteral("import-column"),
                        {column, header.join(QStringLiteral(", "))});
        mapping.columns[at] = code->field;
        if (code->field == ImportField::FullName)
            mapping.nameOrder = orderOf(importwords::meaningOf(header.value(at)));
    }
    return mapping;
}

ImportQuestions examineList(ImportMapping &mapping, const QList<QStringList> &rows, const QList<int> &lines,
                            int thisYear)
{
    ImportQuestions questions;
    QString dayFirst;
    QString monthFirst;
    QString either;
    const bool asksOrder = mapping.nameOrder == NameOrder::Unknown;
    QMap<QString, int> letters;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        for (qsizetype column = 0; column < mapping.columns.size(); ++column) {
            const ImportField field = mapping.columns[column];
            if (field != ImportField::BirthDate && field != ImportField::Sex &&
                (field != ImportField::FullName || !asksOrder))
                continue;
            const QString cell = rows[i].value(column).trimmed();
            if (cell.isEmpty())
                continue;
            const auto shown = [&] {
                return QStringLiteral("%1: %2").arg(QString::number(lines.value(i)), cell.left(80));
            };
            if (field == ImportField::Sex) {
                if (const QString letter = sexLetter(cell); !letter.isEmpty())
                    ++letters[letter];
                continue;
            }
            if (field == ImportField::FullName) {
                if (questions.names.size() < 3 && isOrderOpen(cell) && !hasPartOfName(mapping, rows[i])) {
                    questions.nameOrder = true;
                    questions.names << shown();
                }
                continue;
            }
            if (cell.size() > 80)
                continue;
            const DateShape shape = dateShape(cell, thisYear);
            const auto note = [&](QString &first) {
                if (first.isEmpty())
                    first = shown();
            };
            if (shape.isDayFirst)
                note(dayFirst);
            if (shape.isMonthFirst)
                note(monthFirst);
            if (shape.isEither)
                note(either);
            if (shape.isShortYear && mapping.shortYears == ShortYears::Unknown &&
                questions.years.size() < 3) {
                questions.shortYears = true;
                questions.years << shown();
            }
        }
    }
    examineSexes(mapping, letters, questions);
    if (mapping.dateOrder != DateOrder::Unknown)
        return questions;
    // One unambiguous date decides the order, unless another contradicts it.
    if (!dayFirst.isEmpty() && monthFirst.isEmpty()) {
        mapping.dateOrder = DateOrder::DayFirst;
    } else if (!monthFirst.isEmpty() && dayFirst.isEmpty()) {
        mapping.dateOrder = DateOrder::MonthFirst;
    } else if (!either.isEmpty() || !dayFirst.isEmpty()) {
        questions.dateOrder = true;
        for (const QString &date : {dayFirst, monthFirst, either}) {
            if (!date.isEmpty())
                questions.dates << date;
        }
    }
    return questions;
}

} // namespace clinic::services
