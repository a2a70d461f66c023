// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importing.h"

#include "core/fold.h"
#include "domain/patients/rules.h"

namespace clinic::services {
namespace importing {

QString cell(const ImportRow &row, int column)
{
    return column >= 0 && column < row.cells.size() ? row.cells[column].trimmed() : QString();
}

// Somebody with the same folded names and the same birth date, or the same identifier.
Result<QString> existing(storage::Connection &c, const domain::Patient &p, const QString &nationalId)
{
    if (!nationalId.isEmpty()) {
        storage::Query q = c.query("SELECT p.number, p.birth_date FROM search_key k JOIN patient p ON "
                                   "p.rid=k.rid JOIN identifier i ON i.patient_id=p.id "
                                   "WHERE k.kind=3 AND k.key=? AND i.value=? LIMIT 1",
                                   foldedWords(nationalId).join(QString()), nationalId);
        if (q.next())
            return q.text(0);
    }
    const QString family = fold(p.familyName);
    const QString given = fold(p.givenName);
    const QString word = foldedWords(p.familyName + u' ' + p.givenName).value(0);
    if (word.isEmpty())
        return QString();
    storage::Query q = c.query("SELECT p.number, p.family_name, p.given_name, p.birth_date, p.id FROM "
                               "search_key b JOIN search_key k ON k.rid=b.rid AND k.kind=1 AND k.key=? "
                               "JOIN patient p ON p.rid=b.rid WHERE b.kind=4 AND b.key=?",
                               word.left(40), p.birthDate.toStored());
    while (q.next()) {
        if (fold(q.text(1)) != family || fold(q.text(2)) != given)
            continue;
        if (!nationalId.isEmpty()) { // two people may share name and day; two different ID numbers say so
            storage::Query other =
                c.query("SELECT value FROM identifier WHERE patient_id=? AND kind='national-id' AND active=1",
                        q.id(4));
            if (other.next() && digitsOf(other.text(0)) != digitsOf(nationalId))
                continue;
        }
        return q.text(0);
    }
    if (!q.ok())
        return q.failed();
    return QString();
}

} // namespace importing

ImportMapping guessMapping(const QStringList &header)
{
    ImportMapping m;
    const auto has = [](const QString &text, std::initializer_list<const char *> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](const char *w) { return text.contains(QLatin1StringView(w)); });
    };
    for (int i = 0; i < header.size(); ++i) {
        const QString h = fold(header[i]);
        if (m.birthDate < 0 && has(h, {"dob", "birth", "born", "naissance", "nacimiento"}))
            m.birthDate = i;
        else if (m.familyName < 0 &&
                 has(h, {"surname", "family", "last name", "lastname", "nom de famille", "apellido"}))
            m.familyName = i;
        else if (m.givenName < 0 && has(h, {"first", "given", "forename", "prenom", "nombre"}))
            m.givenName = i;
        else if (m.sex < 0 && has(h, {"gender", "sex"}))
            m.sex = i;
        else if (m.phone < 0 && has(h, {"cell", "phone", "mobile", "tel"}))
            m.phone = i;
        else if (m.email < 0 && has(h, {"mail"}))
            m.email = i;
        else if (m.address < 0 && has(h, {"address", "street"}))
            m.address = i;
        else if (m.remarks < 0 && has(h, {"remark", "note", "comment"}))
            m.remarks = i;
        else if (m.nationalId < 0 && (h == u"id" || has(h, {"id number", "national", "identity", "idno"})))
            m.nationalId = i;
        else if (m.fullName < 0 && has(h, {"name"}))
            m.fullName = i;
    }
    return m;
}

Result<QList<ImportOutcome>> perform(WorkUnit &unit, const ImportBatch &intent)
{
    using namespace domain;
    using importing::cell;
    QList<ImportOutcome> outcomes;
    const QDate today = unit.today();
    for (const ImportRow &row : intent.rows) {
        ImportOutcome outcome{row.line, ImportFate::Bad, {}, {}, {}};
        Patient p;
        p.familyName = cell(row, intent.mapping.familyName);
        p.givenName = cell(row, intent.mapping.givenName);
        if (const QString full = cell(row, intent.mapping.fullName); !full.isEmpty()) {
            const bool comma = full.contains(u',');
            p.familyName = comma ? full.section(u',', 0, 0) : full.section(u' ', -1);
            p.givenName = comma ? full.section(u',', 1) : full.section(u' ', 0, -2);
        }
        const QString sexText = cell(row, intent.mapping.sex);
        p.sex = sexFromText(sexText).value_or(Sex::Unknown);
        const QString born = cell(row, intent.mapping.birthDate);
        const auto date = PartialDate::parse(born, today, intent.mapping.dayFirst);
        if (!date) {
            outcome.reason =
                Error(born.isEmpty() ? ErrorCode::Required : date.error().code, QStringLiteral("birth_date"));
            outcomes << outcome;
            continue;
        }
        p.birthDate = *date;
        p.email = cell(row, intent.mapping.email);
        p.address = cell(row, intent.mapping.address);
        p.remarks = cell(row, intent.mapping.remarks);
        // A telephone that is none must not cost the person the registration: it goes to the remarks.
        const QString phone = cell(row, intent.mapping.phone);
        if (parsePhone(phone, QStringLiteral("phone")))
            p.phone = phone;
        else {
            p.remarks += (p.remarks.isEmpty() ? QString() : QStringLiteral("\n")) + phone;
            outcome.warning = QStringLiteral("phone");
        }
        if (!parseEmail(p.email, QStringLiteral("email"))) {
            p.remarks += (p.remarks.isEmpty() ? QString() : QStringLiteral("\n")) + p.email;
            p.email.clear();
            outcome.warning = QStringLiteral("email");
        }
        const auto checked = checkedPatient(p, today);
        if (!checked) {
            outcome.reason = checked.error().first();
            outcomes << outcome;
            continue;
        }
        p = *checked;
        const auto nationalId =
            cleanText(cell(row, intent.mapping.nationalId), QStringLiteral("identifier"), 60);
        if (!nationalId) {
            outcome.reason = nationalId.error();
            outcomes << outcome;
            continue;
        }
        const auto known = importing::existing(unit.tx.connection(), p, *nationalId);
        if (!known)
            return fail(known);
        if (!known->isEmpty()) {
            outcome.fate = ImportFate::Duplicate;
            outcome.number = *known;
            outcomes << outcome;
            continue;
        }
        const auto number = unit.tx.nextNumber(u"P", unit.session.branchCode);
        if (!number)
            return fail(number);
        p.number = *number;
        if (auto done = unit.tx.insert(p); !done)
            return fail(done);
        if (!nationalId->isEmpty()) {
            Identifier identifier;
            identifier.patientId = p.id;
            identifier.kind = IdentifierKind::NationalId;
            identifier.value = *nationalId;
            if (auto done = unit.tx.insert(identifier); !done)
                return fail(done);
        }
        // The next rows of this very batch have to find this one.
        if (auto indexed = unit.tx.indexNow(p.rid); !indexed)
            return fail(indexed);
        outcome.fate = ImportFate::Imported;
        outcome.number = p.number;
        outcomes << outcome;
    }
    if (!intent.source.isEmpty()) {
        if (auto noted = unit.tx.connection().exec(
                "INSERT INTO import_progress VALUES (?,?,'',?) ON CONFLICT (source) DO UPDATE SET "
                "rows_done=excluded.rows_done, updated_at=excluded.updated_at",
                intent.source, intent.rowsBefore + static_cast<int>(intent.rows.size()), unit.now());
            !noted)
            return fail(noted);
    }
    return outcomes;
}

Result<int> answer(ReadUnit &unit, const ImportProgress &question)
{
    storage::Query q =
        unit.connection.query("SELECT rows_done FROM import_progress WHERE source=?", question.source);
    if (q.next())
        return q.number(0);
    if (!q.ok())
        return q.failed();
    return 0;
}

} // namespace clinic::services
