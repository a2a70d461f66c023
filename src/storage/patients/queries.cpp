// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/queries.h"

#include "core/fold.h"
#include "domain/patients/rules.h"
#include "storage/patients/search.h"

#include <QSet>

namespace clinic::storage {
namespace patientsearch {

constexpr const char *hitColumns =
    "SELECT p.rid, p.id, p.number, p.family_name, p.given_name, p.sex, p.birth_date, p.phone, p.active, "
    "(SELECT a.start_at FROM appointment a WHERE a.patient_id=p.id AND a.start_at<=? "
    "ORDER BY a.start_at DESC LIMIT 1), EXISTS (SELECT 1 FROM conflict k WHERE k.row_id=p.id AND "
    "k.resolved=0) "
    "FROM patient p ";

PatientHit readHit(const Query &q)
{
    PatientHit hit;
    hit.rid = q.integer(0);
    hit.id = q.id(1);
    hit.number = q.text(2);
    hit.familyName = q.text(3);
    hit.givenName = q.text(4);
    hit.sex = enumFromCode<domain::Sex>(q.text(5)).value_or(domain::Sex::Unknown);
    hit.birthDate = PartialDate::fromStored(q.text(6));
    hit.phone = q.text(7);
    hit.active = q.integer(8) != 0;
    hit.lastVisitAt = q.integer(9);
    hit.hasConflict = q.integer(10) != 0;
    return hit;
}

// Whole words before beginnings, recent patients before others, active before deactivated.
int rankOf(const PatientHit &hit, int misses, const QList<Term> &terms)
{
    if (misses < 0)
        misses = missesOf(u' ' + fold(hit.familyName) + u' ' + fold(hit.givenName) + u' ', terms);
    return misses + (hit.active ? 0 : 100);
}

} // namespace patientsearch

Result<QList<PatientHit>> searchPatients(Connection &c, const QString &text, int limit, qint64 nowMs,
                                         const Reach &reach)
{
    using namespace patientsearch;
    const Reading reading = readingOf(text.left(200));
    const QList<Term> &terms = reading.words;
    if (terms.isEmpty())
        return QList<PatientHit>();
    Found found;
    found.limit = limit;
    if (!reach.isEverybody()) {
        found.accepts = [&](qint64 rid) {
            Query q = c.query("SELECT id FROM patient WHERE rid=?", rid);
            return q.next() && reaches(c, reach, q.id(0)).value_or(false);
        };
    }
    if (!reading.whole.isEmpty())
        collect(c, reading.whole, found);
    if (!reading.isPhone || found.list.isEmpty())
        collect(c, terms, found);
    const qsizetype strict = found.list.size();
    const bool hasNames = std::ranges::any_of(terms, &Term::isName);
    if (strict < qMin(limit, fewHits) && hasNames && !c.failure())
        collectForgiving(c, terms, found);
    QList<PatientHit> hits;
    hits.reserve(found.list.size());
    for (qsizetype i = 0; i < found.list.size(); ++i) {
        static const QByteArray byRid = QByteArray(hitColumns) + "WHERE p.rid=?";
        Query q = c.query(byRid, nowMs, found.list[i].rid);
        if (q.next()) {
            PatientHit hit = readHit(q);
            hit.rank = rankOf(hit, found.list[i].misses, terms) + (i < strict ? 0 : 20);
            hits << hit;
        }
    }
    if (c.failure())
        return tl::unexpected(*c.failure());
    std::ranges::stable_sort(hits, [](const PatientHit &a, const PatientHit &b) {
        return std::tie(a.rank, b.lastVisitAt) < std::tie(b.rank, a.lastVisitAt);
    });
    return hits;
}

Result<QList<PatientHit>> newestPatients(Connection &c, int limit, qint64 nowMs, const Reach &reach)
{
    using namespace patientsearch;
    QList<PatientHit> hits;
    const auto read = [&](Query q) -> Result<QList<PatientHit>> {
        while (q.next())
            hits << readHit(q);
        return q.ok() ? Result<QList<PatientHit>>(hits) : q.failed();
    };
    switch (reach.scope) {
    case domain::DataScope::Hospital:
        break;
    case domain::DataScope::Branch:
        return read(c.query(QByteArray(hitColumns) +
                                "WHERE substr(p.number,1,length(?2))=?2 ORDER BY p.rid DESC LIMIT ?3",
                            nowMs, QString(reach.branchCode + u'-'), limit));
    case domain::DataScope::Own: {
        static const QByteArray sql =
            QByteArray(hitColumns) +
            "JOIN (SELECT patient_id, max(start_at) AS latest FROM appointment WHERE practitioner_id IN "
            "(SELECT "
            "r.id FROM app_user u JOIN resource r ON r.practitioner_id=u.practitioner_id WHERE u.id=?2) "
            "GROUP BY "
            "patient_id ORDER BY latest DESC LIMIT ?3) x ON x.patient_id=p.id ORDER BY x.latest DESC";
        return read(c.query(sql, nowMs, reach.user, limit));
    }
    }
    return read(c.query(QByteArray(hitColumns) + "ORDER BY p.rid DESC LIMIT ?", nowMs, limit));
}

Result<QList<PatientHit>> recentPatients(Connection &c, const Id &user, int limit, qint64 nowMs)
{
    QList<PatientHit> hits;
    Query q = c.query(
        QByteArray(patientsearch::hitColumns) +
            "JOIN recent_patient r ON r.patient_id=p.id WHERE r.user_id=? ORDER BY r.opened_at DESC LIMIT ?",
        nowMs, user, limit);
    while (q.next())
        hits << patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return hits;
}

Result<PatientHit> patientHit(Connection &c, const Id &id, qint64 nowMs)
{
    Query q = c.query(QByteArray(patientsearch::hitColumns) + "WHERE p.id=?", nowMs, id);
    if (q.next())
        return patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return fail(ErrorCode::NotFound, QStringLiteral("patient"));
}

Result<QList<PatientHit>> probableDuplicates(Connection &c, const domain::Patient &typed,
                                             const QStringList &identifiers, qint64 nowMs)
{
    QList<PatientHit> out;
    QSet<Id> seen{typed.id};
    const auto add = [&](const QList<PatientHit> &hits, auto accept) {
        for (const PatientHit &hit : hits) {
            if (!seen.contains(hit.id) && accept(hit)) {
                seen.insert(hit.id);
                out << hit;
            }
        }
    };
    const auto anyone = [](const PatientHit &) { return true; };
    for (const QString &identifier : identifiers) {
        for (const auto kind : {domain::IdentifierKind::NationalId, domain::IdentifierKind::Passport,
                                domain::IdentifierKind::MedicalAid, domain::IdentifierKind::Other}) {
            const auto bearers = bearersOf(c, kind, identifier, typed.id, nowMs);
            if (!bearers)
                return bearers;
            add(*bearers, anyone);
        }
        if (digitsOf(identifier).size() < 5)
            continue;
        const auto hits = searchPatients(c, identifier, 5, nowMs);
        if (!hits)
            return hits;
        add(*hits, anyone);
    }
    const auto nearBirth = [&](const PatientHit &hit) {
        const int apart = qAbs(hit.birthDate.year() - typed.birthDate.year());
        if (hit.birthDate.isEstimated() || typed.birthDate.isEstimated() || !hit.birthDate.isComplete() ||
            !typed.birthDate.isComplete())
            return apart <= 2;
        // Day and month swapped, or one of the three parts mistyped.
        const int same = (hit.birthDate.day() == typed.birthDate.day()) +
                         (hit.birthDate.month() == typed.birthDate.month()) + (apart == 0);
        const bool swapped = apart == 0 && hit.birthDate.day() == typed.birthDate.month() &&
                             hit.birthDate.month() == typed.birthDate.day();
        return swapped || same >= 2;
    };
    const bool isBorn = !typed.birthDate.isNull();
    const QString name = QString(typed.familyName + u' ' + typed.givenName).simplified();
    if (!typed.familyName.isEmpty() && !typed.givenName.isEmpty()) {
        // A common name shows few patients per page: those with the birth date come first.
        for (const QString &text :
             {typed.birthDate.isComplete() ? name + u' ' + typed.birthDate.toTyped() : QString(), name}) {
            const auto hits = searchPatients(c, text, 20, nowMs);
            if (!hits)
                return hits;
            add(*hits, [&](const PatientHit &hit) {
                return isBorn && !hit.birthDate.isNull() ? nearBirth(hit) : hit.rank < 20;
            });
        }
    } else if (!name.isEmpty()) {
        // Some patients have only one name. Finds others with just that one, in either field.
        for (const auto &[family, given] : {std::pair(name, QString()), {QString(), name}}) {
            Query q = c.query(QByteArray(patientsearch::hitColumns) +
                                  "WHERE p.family_name IS ?2 COLLATE NOCASE AND p.given_name IS ?3 COLLATE "
                                  "NOCASE LIMIT 200",
                              nowMs, ValueCodec<QString>::to(family), ValueCodec<QString>::to(given));
            QList<PatientHit> hits;
            while (q.next())
                hits << patientsearch::readHit(q);
            if (!q.ok())
                return q.failed();
            add(hits, [&](const PatientHit &hit) {
                return out.size() < 20 && (!isBorn || hit.birthDate.isNull() || nearBirth(hit));
            });
        }
        const auto hits = searchPatients(c, name, 20, nowMs); // other spellings
        if (!hits)
            return hits;
        add(*hits, [&](const PatientHit &hit) {
            return fold(hit.familyName + hit.givenName) == fold(name) &&
                   (!isBorn || hit.birthDate.isNull() || nearBirth(hit));
        });
    }
    if (digitsOf(typed.phone).size() >= 7) {
        const auto hits = searchPatients(c, typed.phone, 10, nowMs);
        if (!hits)
            return hits;
        // Families share telephones: the given names have to agree as well, if both are known.
        add(*hits, [&](const PatientHit &hit) {
            return typed.givenName.isEmpty() || hit.givenName.isEmpty() ||
                   fold(hit.givenName) == fold(typed.givenName);
        });
    }
    return out;
}

Result<QList<PatientHit>> bearersOf(Connection &c, domain::IdentifierKind kind, const QString &value,
                                    const Id &apartFrom, qint64 nowMs)
{
    QList<PatientHit> hits;
    if (domain::normalIdentifier(value).isEmpty())
        return hits;
    static const QByteArray sql = QByteArray(patientsearch::hitColumns) +
                                  "JOIN search_key s ON s.rid=p.rid WHERE s.kind=6 AND s.key=?2 AND p.id IS "
                                  "NOT ?3 ORDER BY p.active DESC, "
                                  "p.rid LIMIT 5";
    Query q = c.query(sql, nowMs, identityKey(kind, value), apartFrom);
    while (q.next())
        hits << patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return hits;
}

Result<bool> hasNamesake(Connection &c, const domain::Patient &patient)
{
    if (patient.anonymisedAt > 0)
        return false;
    const auto family = ValueCodec<QString>::to(patient.familyName);
    const auto given = ValueCodec<QString>::to(patient.givenName);
    // A patient's only name may be in either field.
    const bool one = isNull(family) || isNull(given);
    for (const auto &[first, second] : {std::pair(family, given), {given, family}}) {
        Query q = c.query("SELECT 1 FROM patient WHERE family_name IS ? COLLATE NOCASE AND given_name IS ? "
                          "COLLATE NOCASE AND id<>? AND anonymised_at=0 LIMIT 1",
                          first, second, patient.id);
        if (q.next())
            return true;
        if (!q.ok())
            return q.failed();
        if (!one)
            break;
    }
    return false;
}

Result<QList<SharedIdentifier>> sharedIdentifiers(Connection &c, qint64 nowMs)
{
    QList<SharedIdentifier> shared;
    // The newest patients with that identifier; the join order is given, because the list of keys is short.
    Query keys =
        c.query("SELECT s.key, p.id FROM shared_identifier s CROSS JOIN search_key k ON k.kind=6 AND "
                "k.key=s.key JOIN patient p ON p.rid=k.rid AND p.active=1 ORDER BY s.key, k.rid DESC");
    QString told;
    while (keys.next() && shared.size() < 200) {
        const QString key = keys.text(0);
        if (key == told)
            continue;
        Query q = c.query("SELECT kind, value FROM identifier WHERE patient_id=? AND active=1", keys.id(1));
        while (q.next() && key != told) {
            const auto kind = enumFromCode<domain::IdentifierKind>(q.text(0));
            if (!kind || identityKey(*kind, q.text(1)) != key)
                continue;
            told = key;
            const auto others = bearersOf(c, *kind, q.text(1), keys.id(1), nowMs);
            if (!others)
                return fail(others);
            if (!others->isEmpty() && others->first().active)
                shared << SharedIdentifier{*kind, q.text(1), keys.id(1), others->first()};
        }
        if (!q.ok())
            return q.failed();
    }
    if (!keys.ok())
        return keys.failed();
    return shared;
}

Result<qint64> patientCount(Connection &c)
{
    Query q = c.query("SELECT max(rid) FROM patient");
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

} // namespace clinic::storage
