// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/sameperson.h"

#include "domain/patients/rules.h"
#include "storage/searchkeys.h"

namespace clinic::storage {
namespace sameperson {

Result<QList<Id>> idsOf(Query q)
{
    QList<Id> ids;
    while (q.next()) {
        if (!ids.contains(q.id(0)))
            ids << q.id(0);
    }
    if (!q.ok())
        return q.failed();
    return ids;
}

} // namespace sameperson

Result<QList<Id>> peopleNamed(Connection &c, const QStringList &words, const PartialDate &born)
{
    if (words.isEmpty())
        return QList<Id>();
    const QString first = words.first().left(longestWord);
    if (!born.isNull())
        return sameperson::idsOf(
            c.query("SELECT p.id FROM search_key b JOIN search_key k ON k.rid=b.rid AND k.kind=1 AND k.key=? "
                    "JOIN patient p ON p.rid=b.rid WHERE b.kind=4 AND b.key=?",
                    first, born.toStored().remove(u'~')));
    // Without a date two words of the name are the most selective.
    QString other;
    for (const QString &word : words) {
        if (word.left(longestWord) != first)
            other = word.left(longestWord);
    }
    const bool isPair = !other.isEmpty();
    return sameperson::idsOf(
        c.query("SELECT p.id FROM search_key k JOIN patient p ON p.rid=k.rid WHERE k.kind=? AND k.key=? AND "
                "p.birth_date IS NULL",
                int(isPair ? KeyKind::Pair : KeyKind::Name),
                isPair ? pairKey(qMin(first, other), qMax(first, other)) : first));
}

Result<QList<Id>> peopleWithIdentifier(Connection &c, domain::IdentifierKind kind, const QString &value)
{
    const QString compact = domain::normalIdentifier(value);
    QList<Id> ids;
    if (compact.isEmpty())
        return ids;
    Query q =
        c.query("SELECT i.patient_id, i.value FROM search_key k JOIN patient p ON p.rid=k.rid JOIN "
                "identifier i ON i.patient_id=p.id AND i.active=1 WHERE k.kind=3 AND k.key=? AND i.kind=?",
                compact, enumCode(kind));
    while (q.next()) {
        if (domain::normalIdentifier(q.text(1)) == compact && !ids.contains(q.id(0)))
            ids << q.id(0);
    }
    if (!q.ok())
        return q.failed();
    return ids;
}

Result<Id> personNumbered(Connection &c, const QString &number)
{
    Query q = c.query("SELECT id FROM patient WHERE number=?", number);
    if (q.next())
        return q.id(0);
    if (!q.ok())
        return q.failed();
    return Id();
}

} // namespace clinic::storage
