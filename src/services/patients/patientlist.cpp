// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/patientlist.h"

#include "storage/records.h"

namespace clinic::services {
namespace patientlist {

QString escaped(QString text)
{
    return text.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'|', QStringLiteral("\\|"))
        .replace(u'\n', QStringLiteral("\\n"));
}

QString lineOf(const QStringList &parts)
{
    QStringList safe;
    for (const QString &part : parts)
        safe << escaped(part);
    return safe.join(u'|');
}

QStringList partsOf(QStringView line)
{
    QStringList parts{QString()};
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == u'\\' && i + 1 < line.size())
            parts.last() += line[++i] == u'n' ? QChar(u'\n') : line[i];
        else if (line[i] == u'|')
            parts << QString();
        else
            parts.last() += line[i];
    }
    return parts;
}

// Every line of a cell; false when a line has another number of parts.
template <class Take>
bool eachLine(const QString &cell, qsizetype parts, Take take)
{
    QList<QStringList> all;
    for (const QString &line : cell.split(u'\n', Qt::SkipEmptyParts)) {
        all << partsOf(line.trimmed());
        if (all.last().size() != parts)
            return false;
    }
    return std::all_of(all.begin(), all.end(), take);
}

} // namespace patientlist

using namespace patientlist;

QStringList listHeader()
{
    return {QStringLiteral("number"),   QStringLiteral("family_name"),     QStringLiteral("given_name"),
            QStringLiteral("sex"),      QStringLiteral("birth_date"),      QStringLiteral("phone"),
            QStringLiteral("email"),    QStringLiteral("address"),         QStringLiteral("remarks"),
            QStringLiteral("active"),   QStringLiteral("inactive_reason"), QStringLiteral("identifiers"),
            QStringLiteral("contacts"), QStringLiteral("next_of_kin")};
}

QStringList listCells(const ListedPerson &person)
{
    const domain::Patient &p = person.patient;
    QStringList identifiers;
    for (const auto &identifier : person.identifiers)
        identifiers << lineOf({enumCode(identifier.kind), identifier.value});
    QStringList contacts;
    for (const auto &contact : person.contacts)
        contacts << lineOf({enumCode(contact.kind), contact.value, contact.label});
    QStringList kin;
    for (const auto &relative : person.nextOfKin)
        kin << lineOf({relative.name, relative.relationship, relative.phone});
    return {p.number,
            p.familyName,
            p.givenName,
            enumCode(p.sex),
            p.birthDate.toTyped(),
            p.phone,
            p.email,
            p.address,
            p.remarks,
            p.active ? QStringLiteral("yes") : QStringLiteral("no"),
            p.inactiveReason,
            identifiers.join(u'\n'),
            contacts.join(u'\n'),
            kin.join(u'\n')};
}

Result<ListedPerson> listedPerson(storage::Connection &connection, const domain::Patient &patient)
{
    ListedPerson person{patient, {}, {}, {}};
    const QByteArray tail = "WHERE patient_id=? AND active=1 ORDER BY rid";
    auto identifiers = storage::select<domain::Identifier>(connection, tail, patient.id);
    if (!identifiers)
        return fail(identifiers);
    auto contacts = storage::select<domain::Contact>(connection, tail, patient.id);
    if (!contacts)
        return fail(contacts);
    auto kin = storage::select<domain::NextOfKin>(connection, tail, patient.id);
    if (!kin)
        return fail(kin);
    person.identifiers = *identifiers;
    person.contacts = *contacts;
    person.nextOfKin = *kin;
    return person;
}

bool addIdentifiers(const QString &cell, ListedPerson &person)
{
    const auto before = person.identifiers;
    const bool isUnderstood = eachLine(cell, 2, [&](const QStringList &parts) {
        const auto kind = enumFromCode<domain::IdentifierKind>(parts[0]);
        domain::Identifier identifier;
        identifier.kind = kind.value_or(domain::IdentifierKind::Other);
        identifier.value = parts[1];
        person.identifiers << identifier;
        return kind && !parts[1].isEmpty();
    });
    if (!isUnderstood)
        person.identifiers = before;
    return isUnderstood;
}

bool addContacts(const QString &cell, ListedPerson &person)
{
    const auto before = person.contacts;
    const bool isUnderstood = eachLine(cell, 3, [&](const QStringList &parts) {
        const auto kind = enumFromCode<domain::ContactKind>(parts[0]);
        domain::Contact contact;
        contact.kind = kind.value_or(domain::ContactKind::Other);
        contact.value = parts[1];
        contact.label = parts[2];
        person.contacts << contact;
        return kind && !parts[1].isEmpty();
    });
    if (!isUnderstood)
        person.contacts = before;
    return isUnderstood;
}

bool addNextOfKin(const QString &cell, ListedPerson &person)
{
    const auto before = person.nextOfKin;
    const bool isUnderstood = eachLine(cell, 3, [&](const QStringList &parts) {
        domain::NextOfKin kin;
        kin.name = parts[0];
        kin.relationship = parts[1];
        kin.phone = parts[2];
        person.nextOfKin << kin;
        return !parts[0].isEmpty();
    });
    if (!isUnderstood)
        person.nextOfKin = before;
    return isUnderstood;
}

} // namespace clinic::services
