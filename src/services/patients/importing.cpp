// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importing.h"

#include "core/fold.h"
#include "domain/patients/rules.h"
#include "services/clockdoubt.h"
#include "services/patients/identity.h"
#include "services/patients/importrow.h"
#include "storage/patients/sameperson.h"

namespace clinic::services {
namespace importing {

// Patients in the file that may be the row's person.
struct Known
{
    QString same; // number of the same patient
    QString alike;
    QStringList differing; // fields in which the row differs from the record of "same"
};

Result<ListedPerson> record(WorkUnit &unit, const Id &id)
{
    const auto patient = unit.tx.get<domain::Patient>(id);
    if (!patient)
        return fail(patient);
    return listedPerson(unit.tx.connection(), *patient);
}

// True when that record is the row's person, by a number that belongs to one patient alone. The names have
// to agree: numbers are mistyped, and a child's row may have a parent's number.
Result<bool> isOwner(WorkUnit &unit, const ImportedPerson &row, const Id &id, Known &known)
{
    const auto other = record(unit, id);
    if (!other)
        return fail(other);
    if (!haveSameNames(row.person.patient, other->patient))
        return false;
    known.same = other->patient.number;
    static_cast<void>(likeness(row, *other, known.differing));
    return true;
}

Result<Known> lookUp(WorkUnit &unit, ImportedPerson &row)
{
    storage::Connection &c = unit.tx.connection();
    Known known;
    if (!row.number.isEmpty()) {
        const auto id = storage::personNumbered(c, row.number);
        if (!id)
            return fail(id);
        if (!id->isNull()) {
            const auto owner = isOwner(unit, row, *id, known);
            if (!owner)
                return fail(owner);
            if (*owner)
                return known;
        }
    }
    QList<domain::Identifier> own;
    for (const auto &identifier : std::as_const(row.person.identifiers)) {
        QString taken;
        if (domain::hasOneOwner(identifier.kind)) {
            const auto ids = storage::peopleWithIdentifier(c, identifier.kind, identifier.value);
            if (!ids)
                return fail(ids);
            for (const Id &id : *ids) {
                const auto owner = isOwner(unit, row, id, known);
                if (!owner)
                    return fail(owner);
                if (*owner)
                    return known;
            }
            const auto owner = identifierOwner(c, identifier.kind, identifier.value, Id(), unit.now());
            if (!owner)
                return fail(owner);
            if (*owner)
                taken = (*owner)->number;
        }
        if (taken.isEmpty()) {
            own << identifier;
            continue;
        }
        // One number, two names: both patients are stored, and the number stays with its owner.
        row.keep(identifier.value,
                 ImportNote{ImportNote::Kind::IdentifierTaken, QStringLiteral("identifier"), taken});
    }
    row.person.identifiers = own;
    const domain::Patient &p = row.person.patient;
    const auto ids = storage::peopleNamed(c, foldedWords(p.familyName + u' ' + p.givenName), p.birthDate);
    if (!ids)
        return fail(ids);
    for (const Id &id : *ids) {
        const auto other = record(unit, id);
        if (!other)
            return fail(other);
        if (!haveSameNames(p, other->patient))
            continue;
        QStringList fields;
        switch (likeness(row, *other, fields)) {
        case Likeness::Different:
            break;
        case Likeness::Alike:
            known.alike = other->patient.number;
            break;
        case Likeness::Same:
            known.same = other->patient.number;
            known.differing = fields;
            return known;
        }
    }
    return known;
}

template <class T>
Result<void> insertAll(WorkUnit &unit, QList<T> parts, const Id &patient)
{
    for (T &part : parts) {
        part.patientId = patient;
        if (auto done = unit.tx.insert(part); !done)
            return done;
    }
    return {};
}

Result<void> store(WorkUnit &unit, ListedPerson &person)
{
    const auto number = unit.tx.nextNumber(u"P", unit.session.branchCode);
    if (!number)
        return fail(number);
    person.patient.number = *number;
    if (auto done = unit.tx.insert(person.patient); !done)
        return done;
    const Id id = person.patient.id;
    if (auto done = insertAll(unit, person.identifiers, id); !done)
        return done;
    if (auto done = insertAll(unit, person.contacts, id); !done)
        return done;
    if (auto done = insertAll(unit, person.nextOfKin, id); !done)
        return done;
    // The next rows of this batch must find this one.
    return unit.tx.indexNow(person.patient.rid);
}

Result<ImportOutcome> importRow(WorkUnit &unit, const ImportRow &row, const ImportMapping &mapping,
                                const PossibleDays &today)
{
    ImportOutcome outcome{row.line, ImportFate::Bad, {}, {}, {}};
    auto imported = importedPerson(row, mapping, today.latest, today.earliest);
    if (!imported) {
        outcome.reason = imported.error();
        return outcome;
    }
    const auto known = lookUp(unit, *imported);
    if (!known)
        return fail(known);
    if (!known->same.isEmpty()) {
        outcome.fate = ImportFate::Duplicate;
        outcome.number = known->same;
        for (const QString &field : known->differing)
            outcome.notes << ImportNote{ImportNote::Kind::RowSaysMore, field, {}};
        return outcome;
    }
    if (!known->alike.isEmpty())
        imported->notes << ImportNote{ImportNote::Kind::LooksLike, {}, known->alike};
    if (auto stored = store(unit, imported->person); !stored)
        return fail(stored);
    outcome.fate = ImportFate::Imported;
    outcome.number = imported->person.patient.number;
    outcome.notes = imported->notes;
    return outcome;
}

} // namespace importing

Result<QList<ImportOutcome>> perform(WorkUnit &unit, const ImportBatch &intent)
{
    if (!intent.mapping.isComplete()) // an incomplete mapping would be a guess
        return fail(ErrorCode::Required, QStringLiteral("import-columns"));
    const auto today = possibleToday(unit.tx.connection(), unit.now(), unit.session.zone());
    if (!today)
        return fail(today);
    QList<ImportOutcome> outcomes;
    for (const ImportRow &row : intent.rows) {
        const auto outcome = importing::importRow(unit, row, intent.mapping, *today);
        if (!outcome)
            return fail(outcome);
        outcomes << *outcome;
    }
    return outcomes;
}

} // namespace clinic::services
