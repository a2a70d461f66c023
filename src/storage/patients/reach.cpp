// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/reach.h"

namespace clinic::storage {
namespace {

// The calendars of user ?: one in each of his branches.
constexpr const char *calendars = "SELECT r.id FROM app_user u JOIN resource r ON "
                                  "r.practitioner_id=u.practitioner_id WHERE u.id=?";

bool hasAnother(Query &q, const QSet<Id> &except)
{
    while (q.next()) {
        if (!except.contains(q.id(0)))
            return true;
    }
    return false;
}

Result<bool> answered(const Query &q, bool yes)
{
    return q.ok() ? Result<bool>(yes) : q.failed();
}

Result<bool> treats(Connection &c, const Reach &reach, const Id &patient, const QSet<Id> &except)
{
    Query registered = c.query("SELECT 1 FROM patient WHERE id=? AND created_by=?", patient, reach.user);
    if (registered.next() || !registered.ok())
        return answered(registered, true);
    static const QByteArray sql = "SELECT id FROM appointment WHERE patient_id=? AND practitioner_id IN (" +
                                  QByteArray(calendars) + ") ORDER BY start_at DESC LIMIT ?";
    Query booked = c.query(sql, patient, reach.user, int(except.size()) + 1);
    const bool yes = hasAnother(booked, except);
    return answered(booked, yes);
}

Result<bool> comesHere(Connection &c, const Reach &reach, const Id &patient, const QSet<Id> &except)
{
    Query registered = c.query("SELECT 1 FROM patient WHERE id=? AND substr(number,1,length(?2))=?2", patient,
                               QString(reach.branchCode + u'-'));
    if (registered.next() || !registered.ok())
        return answered(registered, true);
    Query booked = c.query(
        "SELECT id FROM appointment WHERE patient_id=? AND branch_id=? ORDER BY start_at DESC LIMIT ?",
        patient, reach.branch, int(except.size()) + 1);
    if (hasAnother(booked, except) || !booked.ok())
        return answered(booked, true);
    Query known =
        c.query("SELECT id FROM invoice WHERE patient_id=?1 AND branch_id=?2 UNION ALL SELECT id FROM "
                "waiting_list_entry WHERE branch_id=?2 AND active=1 AND patient_id=?1 LIMIT ?3",
                patient, reach.branch, int(except.size()) + 1);
    const bool yes = hasAnother(known, except);
    return answered(known, yes);
}

} // namespace

Result<QList<Id>> ownCalendars(Connection &c, const Id &user)
{
    QList<Id> own;
    Query q = c.query(calendars, user);
    while (q.next())
        own << q.id(0);
    return q.ok() ? Result<QList<Id>>(own) : q.failed();
}

Result<qint64> emergencyUntil(Connection &c, const Id &user, const Id &patient, qint64 now)
{
    Query q = c.query("SELECT max(expires_at) FROM emergency_access WHERE patient_id=? AND user_id=? AND "
                      "expires_at>? AND opened_at<=?",
                      patient, user, now, now);
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

Result<bool> reaches(Connection &c, const Reach &reach, const Id &patient, const QSet<Id> &except)
{
    if (reach.isEverybody())
        return true;
    const auto of = reach.scope == domain::DataScope::Own ? treats(c, reach, patient, except)
                                                          : comesHere(c, reach, patient, except);
    if (!of || *of)
        return of;
    const auto until = emergencyUntil(c, reach.user, patient, reach.now);
    return until ? Result<bool>(*until > 0) : fail(until);
}

QByteArray reachedSql(const QByteArray &patient, const QByteArray &user, const QByteArray &now)
{
    const QByteArray own = QByteArray(calendars).replace('?', user);
    return "(EXISTS (SELECT 1 FROM patient rp WHERE rp.id=" + patient + " AND rp.created_by=" + user +
           ") OR EXISTS (SELECT 1 FROM appointment ra WHERE ra.patient_id=" + patient +
           " AND ra.practitioner_id IN (" + own +
           ")) OR EXISTS (SELECT 1 FROM emergency_access re WHERE re.patient_id=" + patient +
           " AND re.user_id=" + user + " AND re.expires_at>" + now + " AND re.opened_at<=" + now + "))";
}

Result<qint64> reachedCount(Connection &c, const Reach &reach)
{
    const auto read = [](Query q) { return q.next() ? Result<qint64>(q.integer(0)) : q.failed(); };
    switch (reach.scope) {
    case domain::DataScope::Hospital:
        break;
    case domain::DataScope::Branch:
        return read(
            c.query("SELECT count(*) FROM (SELECT id FROM patient WHERE substr(number,1,length(?1))=?1 "
                    "UNION SELECT patient_id FROM appointment WHERE branch_id=?2 UNION SELECT "
                    "patient_id FROM invoice WHERE branch_id=?2 UNION SELECT patient_id FROM "
                    "waiting_list_entry WHERE branch_id=?2 AND active=1)",
                    QString(reach.branchCode + u'-'), reach.branch));
    case domain::DataScope::Own: {
        static const QByteArray sql = "SELECT count(*) FROM (SELECT id FROM patient WHERE created_by=? UNION "
                                      "SELECT patient_id FROM appointment WHERE practitioner_id IN (" +
                                      QByteArray(calendars) + "))";
        return read(c.query(sql, reach.user, reach.user));
    }
    }
    return read(c.query("SELECT count(*) FROM patient"));
}

Result<bool> reachesCalendar(Connection &c, const Reach &reach, const Id &branch, const Id &practitioner)
{
    if (reach.isEverybody())
        return true;
    if (reach.scope == domain::DataScope::Branch)
        return branch.isNull() || branch == reach.branch;
    const auto own = ownCalendars(c, reach.user);
    return own ? Result<bool>(own->contains(practitioner)) : fail(own);
}

Result<Owner> ownerOf(Connection &c, QByteArrayView entity, const Id &row)
{
    if (entity == "patient")
        return Owner{row, {}};
    static constexpr const char *parts[] = {"identifier", "contact", "next_of_kin", "allergy",
                                            "condition",  "photo",   "document",    "consent",
                                            "invoice",    "payment", "credit_note", "waiting_list_entry"};
    for (const char *part : parts) {
        if (entity != part)
            continue;
        Query q = c.query("SELECT patient_id FROM \"" + QByteArray(part) + "\" WHERE id=?", row);
        return q.next() || q.ok() ? Result<Owner>(Owner{q.ok() ? q.id(0) : Id{}, {}}) : q.failed();
    }
    const auto above = [&](const char *sql) -> Result<QPair<QByteArray, Id>> {
        Query q = c.query(sql, row);
        if (q.next())
            return qMakePair(q.text(0).toUtf8(), q.id(1));
        return q.ok() ? Result<QPair<QByteArray, Id>>(QPair<QByteArray, Id>()) : q.failed();
    };
    if (entity == "appointment") {
        Query q = c.query("SELECT patient_id FROM appointment WHERE id=?", row);
        if (q.next())
            return Owner{q.id(0), row};
        return q.ok() ? Result<Owner>(Owner()) : q.failed();
    }
    Result<QPair<QByteArray, Id>> up = QPair<QByteArray, Id>();
    if (entity == "appointment_event")
        up = above("SELECT 'appointment', appointment_id FROM appointment_event WHERE id=?");
    else if (entity == "appointment_amendment")
        up = above("SELECT 'appointment', appointment_id FROM appointment_amendment WHERE id=?");
    else if (entity == "invoice_line")
        up = above("SELECT 'invoice', invoice_id FROM invoice_line WHERE id=?");
    else if (entity == "void")
        up = above("SELECT entity, row_id FROM void WHERE id=?");
    else if (entity == "conflict")
        up = above("SELECT entity, row_id FROM conflict WHERE id=?");
    if (!up)
        return fail(up);
    // A void or a conflict never belongs to a row of its own kind.
    if (up->second.isNull() || up->first == "void" || up->first == "conflict")
        return Owner();
    return ownerOf(c, up->first, up->second);
}

} // namespace clinic::storage
