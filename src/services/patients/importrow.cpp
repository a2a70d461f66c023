// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importrow.h"

#include "core/fold.h"
#include "core/telephone.h"
#include "domain/patients/rules.h"
#include "services/patients/importdates.h"
#include "services/patients/importnames.h"

#include <QRegularExpression>

namespace clinic::services {
namespace importrow {

// A cell as it is seen; one with characters that must not be stored stays as it is, and is refused later.
QString cleaned(const QString &text)
{
    return domain::cleanText(text, {}, 10'000, true).value_or(text.trimmed());
}

// "#N/A" and similar, in the languages of spreadsheet programs.
bool isCellError(const QString &cell)
{
    if (!cell.startsWith(u'#') && !cell.startsWith(QStringView(u"Err:")))
        return false;
    static const QRegularExpression error(
        QStringLiteral(
            "^(?:#[¡¿]?[\\p{Lu}][\\p{Lu}0-9/_ ]*[!?]|#N/A|#N/D|#NV|#N/B|#ND|#BRAK|#SPILL!|Err:\\d{3})$"),
        QRegularExpression::UseUnicodePropertiesOption);
    return error.match(cell).hasMatch();
}

// A cell's columns in the order of the list.
class Cells
{
public:
    Cells(const ImportRow &row, const ImportMapping &mapping) : m_row(row), m_mapping(mapping) {}

    [[nodiscard]] QStringList all(ImportField field) const
    {
        QStringList cells;
        for (qsizetype i = 0; i < m_mapping.columns.size() && i < m_row.cells.size(); ++i) {
            if (m_mapping.columns[i] == field) {
                const QString cell = cleaned(m_row.cells[i]);
                if (!cell.isEmpty())
                    cells << cell;
            }
        }
        return cells;
    }
    // The same, as remarks have it: with the column's name before it, where it has one.
    [[nodiscard]] QStringList named(ImportField field) const
    {
        QStringList cells;
        for (qsizetype i = 0; i < m_mapping.columns.size() && i < m_row.cells.size(); ++i) {
            const QString cell = m_mapping.columns[i] == field ? cleaned(m_row.cells[i]) : QString();
            const QString name = m_mapping.names.value(i).simplified();
            if (!cell.isEmpty())
                cells << (name.isEmpty() ? cell : name + QStringLiteral(": ") + cell);
        }
        return cells;
    }
    [[nodiscard]] QString one(ImportField field) const { return all(field).value(0); }
    [[nodiscard]] QString joined(ImportField field, QChar by) const { return all(field).join(by); }
    // A spreadsheet's error, or a character that the encoding does not have.
    [[nodiscard]] std::optional<Error> fault() const
    {
        for (qsizetype i = 0; i < m_mapping.columns.size() && i < m_row.cells.size(); ++i) {
            if (m_mapping.columns[i] == ImportField::LeaveOut)
                continue;
            const QString cell = m_row.cells[i].trimmed();
            if (isCellError(cell))
                return Error(ErrorCode::Invalid, QStringLiteral("import-cell"),
                             {QString::number(i + 1), cell});
            if (cell.contains(QChar::ReplacementCharacter))
                return Error(ErrorCode::Invalid, QStringLiteral("import-letters"), {QString::number(i + 1)});
        }
        return std::nullopt;
    }

private:
    const ImportRow &m_row;
    const ImportMapping &m_mapping;
};

// Takes the names from their own columns, and missing ones from a column of whole names. Whole names that
// differ go into the remarks.
Result<void> takeNames(const Cells &cells, const ImportMapping &mapping, ImportedPerson &imported)
{
    domain::Patient &p = imported.person.patient;
    p.familyName = cells.joined(ImportField::FamilyName, u' ');
    p.givenName = cells.joined(ImportField::GivenName, u' ');
    const QStringList whole = cells.all(ImportField::FullName);
    const QStringList remarks = cells.named(ImportField::FullName);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        if (p.familyName.isEmpty() && p.givenName.isEmpty()) {
            if (auto divided = divideName(whole[i], mapping.nameOrder, p); !divided)
                return divided;
            continue;
        }
        const QStringList has = foldedWords(p.familyName + u' ' + p.givenName);
        QStringList rest;
        QStringList seen;
        for (const QString &word : whole[i].simplified().split(u' ', Qt::SkipEmptyParts)) {
            const QStringList folded = foldedWords(word);
            const bool isThere = std::all_of(folded.begin(), folded.end(),
                                             [&](const QString &part) { return has.contains(part); });
            if (isThere)
                seen += folded;
            else
                rest << word;
        }
        if (rest.isEmpty())
            continue;
        // "Haddad" beside "Amal Haddad": the other words are the names that the row does not have apart.
        QString &missing = p.familyName.isEmpty() ? p.familyName : p.givenName;
        if (missing.isEmpty() && seen.size() >= has.size())
            missing = rest.join(u' ').remove(u',');
        else
            imported.keep(remarks[i], QStringLiteral("name"));
    }
    return {};
}

// The birth date, of dates before ages. What other columns say beside it stays in the remarks, unless it says
// the same.
Result<PartialDate> takeBirthDate(const Cells &cells, const ImportMapping &mapping, const QDate &today,
                                  ImportedPerson &imported)
{
    PartialDate born;
    for (const auto field : {ImportField::BirthDate, ImportField::Age}) {
        const QStringList texts = cells.all(field);
        const QStringList remarks = cells.named(field);
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const bool isAge = field == ImportField::Age;
            const auto read = isAge ? importedAge(texts[i], today) : importedDate(texts[i], mapping, today);
            if (read && read->isNull())
                continue;
            if (born.isNull()) {
                if (!read)
                    return read;
                born = *read;
                continue;
            }
            // An age is one of the day on which the list was written.
            const bool isSame = read && (isAge ? qAbs(read->year() - born.year()) <= 1
                                               : born.toStored().startsWith(read->toStored().remove(u'~')));
            if (!isSame)
                imported.keep(remarks[i], QStringLiteral("birth_date"));
        }
    }
    return born;
}

void takeSex(const Cells &cells, const ImportMapping &mapping, ImportedPerson &imported)
{
    using domain::Sex;
    Sex &sex = imported.person.patient.sex;
    const QStringList texts = cells.all(ImportField::Sex);
    const QStringList remarks = cells.named(ImportField::Sex);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const auto read = sexOf(texts[i], mapping.sexLetters);
        if (read && sex == Sex::Unknown)
            sex = *read;
        else if (!read || (*read != Sex::Unknown && *read != sex))
            // A letter says nothing without the column's name.
            imported.keep(read || !sexLetter(texts[i]).isEmpty() ? remarks[i] : texts[i],
                          QStringLiteral("sex"));
    }
}

void takePhones(const ImportRow &row, const ImportMapping &mapping, ImportedPerson &imported)
{
    domain::Patient &p = imported.person.patient;
    for (qsizetype i = 0; i < mapping.columns.size() && i < row.cells.size(); ++i) {
        const QString cell = cleaned(row.cells[i]);
        if (mapping.columns[i] != ImportField::Phone || saysNothing(cell))
            continue;
        if (!domain::parsePhone(cell, {})) {
            imported.keep(cell, QStringLiteral("phone"));
        } else if (p.phone.isEmpty()) {
            p.phone = cell;
        } else {
            domain::Contact contact;
            contact.kind = domain::ContactKind::Phone;
            contact.value = cell;
            contact.label = mapping.names.value(i).left(100); // "Work", "Mother's number"
            imported.person.contacts << contact;
        }
    }
}

void takeMails(const Cells &cells, ImportedPerson &imported)
{
    domain::Patient &p = imported.person.patient;
    static const QRegularExpression between(QStringLiteral("[;,\\s]+"));
    for (const QString &cell : cells.all(ImportField::Email)) {
        if (saysNothing(cell))
            continue;
        const QStringList parts = cell.split(between, Qt::SkipEmptyParts);
        const bool areMails = std::all_of(parts.begin(), parts.end(), [](const QString &part) {
            return domain::parseEmail(part, {}).has_value();
        });
        if (!areMails) {
            imported.keep(cell, QStringLiteral("email"));
            continue;
        }
        for (const QString &part : parts) {
            if (p.email.isEmpty()) {
                p.email = part;
                continue;
            }
            domain::Contact contact;
            contact.kind = domain::ContactKind::Email;
            contact.value = part;
            imported.person.contacts << contact;
        }
    }
}

void takeIdentifiers(const Cells &cells, ImportedPerson &imported)
{
    using domain::IdentifierKind;
    for (const auto &[field, kind] : {std::pair(ImportField::NationalId, IdentifierKind::NationalId),
                                      {ImportField::Passport, IdentifierKind::Passport},
                                      {ImportField::MedicalAid, IdentifierKind::MedicalAid},
                                      {ImportField::OtherId, IdentifierKind::Other}}) {
        for (const QString &cell : cells.all(field)) {
            if (saysNothing(cell))
                continue;
            const auto value = domain::parseIdentifier(cell, QStringLiteral("identifier"));
            const QString compact = domain::normalIdentifier(cell);
            // "0000000000000" is a filler.
            const bool isFiller = compact.size() > 3 && compact.count(compact.at(0)) == compact.size();
            if (!value || isFiller) {
                imported.keep(cell, QStringLiteral("identifier"));
                continue;
            }
            domain::Identifier identifier;
            identifier.kind = kind;
            identifier.value = *value;
            imported.person.identifiers << identifier;
        }
    }
}

void takeOwn(const Cells &cells, ImportedPerson &imported)
{
    domain::Patient &p = imported.person.patient;
    imported.number = cells.one(ImportField::Number);
    static const QSet<QString> no{QStringLiteral("no"), QStringLiteral("false"), QStringLiteral("0"),
                                  QStringLiteral("n")};
    static const QSet<QString> yes{QStringLiteral("yes"), QStringLiteral("true"), QStringLiteral("1"),
                                   QStringLiteral("y")};
    const QStringList active = cells.all(ImportField::Active);
    const QString word = fold(active.value(0));
    imported.saysActive = no.contains(word) || yes.contains(word);
    p.active = !no.contains(word);
    const QStringList reasons = cells.all(ImportField::InactiveReason);
    p.inactiveReason = p.active ? QString() : reasons.value(0);
    // Further values of single fields, and the reasons of an active patient, have no place in the record.
    const auto keepFrom = [&](ImportField field, qsizetype first, const char *name) {
        for (const QString &text : cells.named(field).mid(first))
            imported.keep(text, QString::fromLatin1(name));
    };
    keepFrom(ImportField::Number, 1, "number");
    keepFrom(ImportField::Active, imported.saysActive ? 1 : 0, "active");
    keepFrom(ImportField::InactiveReason, p.active ? 0 : 1, "inactive_reason");
    for (const QString &cell : cells.all(ImportField::Identifiers)) {
        if (!addIdentifiers(cell, imported.person))
            imported.keep(cell, QStringLiteral("identifier"));
    }
    for (const QString &cell : cells.all(ImportField::Contacts)) {
        if (!addContacts(cell, imported.person))
            imported.keep(cell, QStringLiteral("phone"));
    }
    for (const QString &cell : cells.all(ImportField::NextOfKin)) {
        if (!addNextOfKin(cell, imported.person))
            imported.keep(cell, QStringLiteral("name"));
    }
}

// Checks the patient's parts; the patient's own fields are checked later.
std::optional<Error> cleanParts(ListedPerson &person)
{
    std::optional<Error> fault;
    const auto clean = [&](QString &text, const char *field, int maximum) {
        const auto checked = domain::cleanText(text, QString::fromLatin1(field), maximum, true);
        if (checked)
            text = *checked;
        else
            fault = checked.error();
    };
    clean(person.patient.inactiveReason, "reason", 500);
    for (auto &identifier : person.identifiers)
        clean(identifier.value, "identifier", 60);
    for (auto &contact : person.contacts) {
        clean(contact.value, "phone", 1000);
        clean(contact.label, "phone", 1000);
    }
    for (auto &kin : person.nextOfKin) {
        clean(kin.name, "name", 1000);
        clean(kin.relationship, "relationship", 1000);
        clean(kin.phone, "phone", 1000);
    }
    return fault;
}

// The comparable forms of a telephone number: with and without country code and trunk zero.
QStringList ringing(const QString &text)
{
    QStringList numbers;
    for (const QString &number : telephone::numbersIn(text)) {
        const QString digits = digitsOf(number);
        numbers << (digits.size() >= 9 ? digits.last(8) : digits);
    }
    return numbers;
}

QStringList phonesOf(const ListedPerson &person)
{
    QStringList phones;
    if (!person.patient.phone.isEmpty())
        phones << ringing(person.patient.phone);
    for (const auto &contact : person.contacts) {
        if (contact.kind == domain::ContactKind::Phone)
            phones << ringing(contact.value);
    }
    return phones;
}

// Contacts of the kind "other": a pager, a messenger's name.
bool hasOther(const ListedPerson &person, const QString &value)
{
    return std::any_of(person.contacts.begin(), person.contacts.end(), [&](const auto &contact) {
        return contact.kind == domain::ContactKind::Other && fold(contact.value) == fold(value);
    });
}

// The differences that do not make another patient: labels of contacts, relationships, whether the record is
// active. The report names them for a row that is not stored.
QStringList saysBeside(const ImportedPerson &row, const ListedPerson &known)
{
    QStringList fields;
    const QString remarks = fold(known.patient.remarks);
    for (const auto &mine : row.person.contacts) {
        const bool has = std::any_of(known.contacts.begin(), known.contacts.end(), [&](const auto &theirs) {
            return fold(theirs.label) == fold(mine.label) &&
                   (fold(theirs.value) == fold(mine.value) || ringing(theirs.value) == ringing(mine.value));
        });
        if (!mine.label.isEmpty() && !has && !remarks.contains(fold(mine.label)))
            fields << QStringLiteral("label");
    }
    for (const auto &mine : row.person.nextOfKin) {
        const bool has = std::any_of(known.nextOfKin.begin(), known.nextOfKin.end(), [&](const auto &theirs) {
            return fold(mine.name) == fold(theirs.name) &&
                   fold(mine.relationship) == fold(theirs.relationship);
        });
        if (!mine.relationship.isEmpty() && !has)
            fields << QStringLiteral("relationship");
    }
    if (row.saysActive && row.person.patient.active != known.patient.active)
        fields << QStringLiteral("active");
    if (const QString reason = row.person.patient.inactiveReason;
        !reason.isEmpty() && fold(reason) != fold(known.patient.inactiveReason))
        fields << QStringLiteral("inactive_reason");
    return fields;
}

QStringList mailsOf(const ListedPerson &person)
{
    QStringList mails;
    if (!person.patient.email.isEmpty())
        mails << person.patient.email.toLower();
    for (const auto &contact : person.contacts) {
        if (contact.kind == domain::ContactKind::Email)
            mails << contact.value.toLower();
    }
    return mails;
}

} // namespace importrow

using namespace importrow;

void ImportedPerson::keep(const QString &text, const ImportNote &note)
{
    QString &remarks = person.patient.remarks;
    remarks += (remarks.isEmpty() ? QString() : QStringLiteral("\n")) + text;
    if (!notes.contains(note))
        notes << note;
}

Result<ImportedPerson> importedPerson(const ImportRow &row, const ImportMapping &mapping, const QDate &today,
                                      const QDate &earliest)
{
    if (row.fault)
        return tl::unexpected(*row.fault);
    const Cells cells(row, mapping);
    if (const auto fault = cells.fault())
        return tl::unexpected(*fault);
    ImportedPerson imported;
    domain::Patient &p = imported.person.patient;
    p.remarks = cells.joined(ImportField::Remarks, u'\n');
    p.address = cells.joined(ImportField::Address, u'\n');
    if (const auto named = takeNames(cells, mapping, imported); !named)
        return fail(named);
    takeSex(cells, mapping, imported);
    const auto born = takeBirthDate(cells, mapping, today, imported);
    if (!born) {
        Error error = born.error();
        if (error.field.isEmpty())
            error.field = QStringLiteral("birth_date");
        return tl::unexpected(error);
    }
    p.birthDate = *born;
    if (!p.birthDate.isNull() && p.birthDate.year() < today.year() - domain::doubtfulAge)
        imported.notes << ImportNote{ImportNote::Kind::VeryOld, QStringLiteral("birth_date"), {}};
    takePhones(row, mapping, imported);
    takeMails(cells, imported);
    takeIdentifiers(cells, imported);
    takeOwn(cells, imported);
    if (const auto fault = cleanParts(imported.person))
        return tl::unexpected(*fault);
    const auto patient = domain::checkedPatient(p, today, earliest);
    if (!patient)
        return tl::unexpected(patient.error().first());
    p = *patient;
    return imported;
}

bool haveSameNames(const domain::Patient &a, const domain::Patient &b)
{
    QStringList first = foldedWords(a.familyName + u' ' + a.givenName);
    QStringList second = foldedWords(b.familyName + u' ' + b.givenName);
    first.sort();
    second.sort();
    return first == second;
}

Likeness likeness(const ImportedPerson &imported, const ListedPerson &known, QStringList &fields)
{
    const ListedPerson &row = imported.person;
    const domain::Patient &r = row.patient;
    const domain::Patient &k = known.patient;
    using domain::normalIdentifier;
    bool isOneIdentity = false;
    bool isOtherIdentity = false;
    for (const auto &mine : row.identifiers) {
        bool has = normalIdentifier(k.remarks).contains(normalIdentifier(mine.value));
        bool hasKind = false;
        for (const auto &theirs : known.identifiers) {
            const bool isEqual = normalIdentifier(mine.value) == normalIdentifier(theirs.value);
            has = has || isEqual;
            hasKind = hasKind || theirs.kind == mine.kind;
            isOneIdentity =
                isOneIdentity || (isEqual && theirs.kind == mine.kind && domain::hasOneOwner(mine.kind));
        }
        isOtherIdentity = isOtherIdentity || (domain::hasOneOwner(mine.kind) && hasKind && !has);
        if (!has)
            fields << QStringLiteral("identifier");
    }
    const bool sexesDiffer = r.sex != domain::Sex::Unknown && k.sex != domain::Sex::Unknown && r.sex != k.sex;
    if (!isOneIdentity && (isOtherIdentity || sexesDiffer))
        return Likeness::Different;
    if (r.sex != domain::Sex::Unknown && r.sex != k.sex)
        fields << QStringLiteral("sex");
    if (r.birthDate.toStored().remove(u'~') != k.birthDate.toStored().remove(u'~'))
        fields << QStringLiteral("birth_date");
    const QStringList phones = phonesOf(known);
    for (const QString &phone : phonesOf(row)) {
        if (!phones.contains(phone) && !digitsOf(k.remarks).contains(phone))
            fields << QStringLiteral("phone");
    }
    for (const QString &mail : mailsOf(row)) {
        if (!mailsOf(known).contains(mail) && !k.remarks.toLower().contains(mail))
            fields << QStringLiteral("email");
    }
    for (const auto &contact : row.contacts) {
        if (contact.kind == domain::ContactKind::Other && !hasOther(known, contact.value) &&
            !fold(k.remarks).contains(fold(contact.value)))
            fields << QStringLiteral("value");
    }
    if (!fold(k.address).contains(fold(r.address)))
        fields << QStringLiteral("address");
    for (const QString &line : r.remarks.split(u'\n', Qt::SkipEmptyParts)) {
        if (!fold(k.remarks).contains(fold(line)))
            fields << QStringLiteral("remarks");
    }
    for (const auto &mine : row.nextOfKin) {
        const bool has = std::any_of(known.nextOfKin.begin(), known.nextOfKin.end(), [&](const auto &theirs) {
            return fold(mine.name) == fold(theirs.name) && digitsOf(mine.phone) == digitsOf(theirs.phone);
        });
        if (!has)
            fields << QStringLiteral("name");
    }
    const bool isSame = isOneIdentity || fields.isEmpty();
    fields += saysBeside(imported, known);
    fields.removeDuplicates();
    return isSame ? Likeness::Same : Likeness::Alike;
}

} // namespace clinic::services
