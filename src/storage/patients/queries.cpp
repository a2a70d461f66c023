// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/queries.h"

#include "core/fold.h"
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

// Exact words before beginnings, people seen lately before strangers, active before deactivated.
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
    const QList<Term> terms = termsOf(text.left(200));
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
    collect(c, terms, found);
    const qsizetype strict = found.list.size();
    if (strict < qMin(limit, fewHits) && !c.failure())
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
        if (digitsOf(identifier).size() < 5)
            continue;
        const auto hits = searchPatients(c, identifier, 5, nowMs);
        if (!hits)
            return hits;
        add(*hits, anyone);
    }
    const QString name = QString(typed.familyName + u' ' + typed.givenName).simplified();
    if (!typed.familyName.isEmpty() && !typed.givenName.isEmpty()) {
        const auto hits = searchPatients(c, name, 20, nowMs);
        if (!hits)
            return hits;
        add(*hits, [&](const PatientHit &hit) {
            if (typed.birthDate.isNull() || hit.birthDate.isNull())
                return hit.rank < 20;
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
        });
    }
    if (digitsOf(typed.phone).size() >= 7) {
        const auto hits = searchPatients(c, typed.phone, 10, nowMs);
        if (!hits)
            return hits;
        // Families share telephones: the given name has to agree as well, if both are known.
        add(*hits, [&](const PatientHit &hit) {
            return typed.givenName.isEmpty() || hit.givenName.isEmpty() ||
                   fold(hit.givenName) == fold(typed.givenName);
        });
    }
    return out;
}

Result<qint64> patientCount(Connection &c)
{
    Query q = c.query("SELECT max(rid) FROM patient");
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

} // namespace clinic::storage
