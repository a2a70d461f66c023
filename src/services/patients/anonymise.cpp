// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/anonymise.h"

#include "domain/admin/entities.h"
#include "domain/appointments/entities.h"
#include "domain/attention/entities.h"
#include "domain/setup/settings.h"
#include "services/admin/standing.h"
#include "storage/billing/queries.h"
#include "storage/patients/reach.h"
#include "storage/replica/documentqueue.h"
#include "storage/replica/replica.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

namespace clinic::services {
namespace anonymising {

constexpr int mostChanges = 300; // of a unit; a group carries 400

// Empties rows of one kind after the other until the unit is full.
class Emptying
{
public:
    explicit Emptying(WorkUnit &unit) : m_unit(unit) {}

    template <class T, class F>
    Result<void> each(const QByteArray &where, const Id &patient, F empty)
    {
        auto rows = storage::select<T>(m_unit.tx.connection(), where, patient);
        if (!rows)
            return fail(rows);
        for (T &row : *rows) {
            const QList<Value> before = storage::toRecord(row).values;
            empty(row);
            if (storage::toRecord(row).values == before)
                continue;
            if (m_changes >= mostChanges) {
                m_isFull = true;
                return {};
            }
            ++m_changes;
            if (auto done = m_unit.tx.update(row); !done)
                return done;
        }
        return {};
    }
    [[nodiscard]] bool isFull() const { return m_isFull; }

private:
    WorkUnit &m_unit;
    int m_changes = 0;
    bool m_isFull = false;
};

Result<void> checkNotNeeded(WorkUnit &unit, const Id &patient)
{
    storage::Connection &c = unit.tx.connection();
    const auto whole = storage::hasWholeChart(c, patient);
    const auto loading = storage::isLoading(c);
    if (!whole || !loading)
        return fail(whole ? loading : whole);
    if (!*whole || *loading)
        return fail(ErrorCode::StillNeeded, QStringLiteral("chart"));
    storage::Query coming = c.query("SELECT 1 FROM appointment WHERE patient_id=? AND (start_at>=? AND "
                                    "state='booked' OR state IN ('checked-in','in-consultation')) LIMIT 1",
                                    patient, unit.now());
    if (coming.next())
        return fail(ErrorCode::StillNeeded, QStringLiteral("appointment"));
    if (!coming.ok())
        return coming.failed();
    const auto balance = storage::patientBalance(c, patient);
    if (!balance)
        return fail(balance);
    return *balance == 0 ? Result<void>() : fail(ErrorCode::StillNeeded, QStringLiteral("billing"));
}

QString masked(const QString &value)
{
    return value.isEmpty() ? value : QString(noName);
}

QString withoutValues(const QString &detail)
{
    QJsonArray changes = QJsonDocument::fromJson(detail.toUtf8()).array();
    for (auto &&item : changes) {
        QJsonObject change = item.toObject();
        QJsonObject fields = change.value(u"f").toObject();
        for (auto it = fields.begin(); it != fields.end(); ++it) {
            QJsonArray values = it.value().toArray();
            for (auto &&value : values) {
                if (!value.isNull())
                    value = QString(noName);
            }
            it.value() = values;
        }
        change.insert(u"f", fields);
        item = change;
    }
    return QString::fromUtf8(QJsonDocument(changes).toJson(QJsonDocument::Compact));
}

Result<void> veil(storage::Connection &c, QList<storage::AuditEntry> &entries)
{
    QSet<Id> unknown;
    {
        storage::Query q = c.query("SELECT id FROM patient WHERE anonymised_at>0");
        while (q.next())
            unknown.insert(q.id(0));
        if (!q.ok())
            return q.failed();
    }
    if (unknown.isEmpty())
        return {};
    for (auto &entry : entries) {
        if (entry.detail.isEmpty() || entry.subject.isNull())
            continue;
        const auto owner = storage::ownerOf(c, entry.entity.toUtf8(), entry.subject);
        if (!owner)
            return fail(owner);
        if (unknown.contains(owner->patient))
            entry.detail = withoutValues(entry.detail);
    }
    return {};
}

Result<QList<storage::AuditEntry>> auditEntries(storage::Connection &c, const storage::AuditFilter &filter)
{
    auto entries = storage::auditEntries(c, filter);
    if (entries) {
        if (auto done = veil(c, *entries); !done)
            return fail(done);
    }
    return entries;
}

} // namespace anonymising

Result<Anonymised> perform(WorkUnit &unit, const AnonymisePatient &intent)
{
    using namespace domain;
    storage::Connection &c = unit.tx.connection();
    auto patient = unit.tx.get<Patient>(intent.patient);
    if (!patient)
        return fail(patient);
    if (patient->anonymisedAt == 0) {
        if (auto free = anonymising::checkNotNeeded(unit, patient->id); !free)
            return fail(free);
    }
    patient->familyName = noName;
    patient->givenName.clear();
    patient->birthDate = PartialDate::fromStored(patient->birthDate.toStored().left(4));
    patient->phone.clear();
    patient->email.clear();
    patient->address.clear();
    patient->remarks.clear();
    patient->inactiveReason.clear();
    patient->active = false;
    if (patient->anonymisedAt == 0)
        patient->anonymisedAt = unit.now();
    if (auto done = unit.tx.update(*patient); !done)
        return fail(done);
    anonymising::Emptying emptying(unit);
    const Id &id = patient->id;
    const QByteArray own = "WHERE patient_id=? ORDER BY rid";
    const QByteArray booked =
        "WHERE appointment_id IN (SELECT id FROM appointment WHERE patient_id=?) ORDER BY rid";
    using anonymising::masked;
    for (const Result<void> &done : {
             emptying.each<Identifier>(own, id,
                                       [](Identifier &x) {
                                           x.value = masked(x.value);
                                           x.active = false;
                                       }),
             emptying.each<Contact>(own, id,
                                    [](Contact &x) {
                                        x.value = masked(x.value);
                                        x.label.clear();
                                        x.active = false;
                                    }),
             emptying.each<NextOfKin>(own, id,
                                      [](NextOfKin &x) {
                                          x.name = masked(x.name);
                                          x.relationship.clear();
                                          x.phone.clear();
                                          x.active = false;
                                      }),
             emptying.each<Photo>(own, id, [](Photo &x) { x.image.clear(); }),
             emptying.each<Consent>(own, id,
                                    [](Consent &x) {
                                        x.givenBy.clear();
                                        x.note.clear();
                                    }),
             emptying.each<Document>(own, id,
                                     [](Document &x) {
                                         x.title = masked(x.title);
                                         x.fileName.clear();
                                         x.content.clear();
                                         x.active = false;
                                     }),
             emptying.each<Condition>(own, id, [](Condition &x) { x.note.clear(); }),
             emptying.each<WaitingListEntry>(own, id,
                                             [](WaitingListEntry &x) {
                                                 x.note.clear();
                                                 x.active = false;
                                             }),
             emptying.each<Appointment>(own, id,
                                        [](Appointment &x) {
                                            x.reason.clear();
                                            x.overbookReason = masked(x.overbookReason);
                                        }),
             emptying.each<AppointmentEvent>(booked, id, [](AppointmentEvent &x) { x.reason.clear(); }),
             emptying.each<AppointmentAmendment>(booked, id, [](AppointmentAmendment &x) { x.text.clear(); }),
             emptying.each<Conflict>(
                 "WHERE row_id=?1 OR row_id IN (SELECT id FROM identifier WHERE "
                 "patient_id=?1 UNION ALL SELECT id FROM contact WHERE patient_id=?1 UNION "
                 "ALL SELECT id FROM next_of_kin WHERE patient_id=?1 UNION ALL SELECT id "
                 "FROM \"condition\" WHERE patient_id=?1 UNION ALL SELECT id FROM document "
                 "WHERE patient_id=?1 UNION ALL SELECT id FROM appointment WHERE "
                 "patient_id=?1) ORDER BY rid",
                 id,
                 [](Conflict &x) {
                     x.kept.clear();
                     x.lost.clear();
                     x.resolved = true;
                 }),
             emptying.each<AppUser>(own, id,
                                    [](AppUser &x) {
                                        x.displayName = masked(x.displayName);
                                        x.email.clear();
                                        x.phone.clear();
                                        x.active = false;
                                    }),
         }) {
        if (!done)
            return fail(done);
    }
    for (const char *sql : {"DELETE FROM recent_patient WHERE patient_id=?",
                            "DELETE FROM blob WHERE state='unsent' AND content NOT IN (SELECT content FROM "
                            "document WHERE content IS NOT NULL) AND ? IS NOT NULL"}) {
        if (auto done = c.exec(sql, id); !done)
            return fail(done);
    }
    if (auto done = storage::forgetStrayDocuments(c); !done)
        return fail(done);
    unit.tx.setSubject("patient", id);
    return Anonymised{*patient, !emptying.isFull()};
}

Result<RetentionPlan> answer(ReadUnit &unit, const PlanRetention &question)
{
    storage::Connection &c = unit.connection;
    const auto archive = standing::settingOf(c, domain::setting::archiveYears);
    const auto anonymise = standing::settingOf(c, domain::setting::anonymiseYears);
    if (!archive || !anonymise)
        return fail(archive ? anonymise : archive);
    const auto what = storage::kept(c);
    const auto loading = storage::isLoading(c);
    if (!what || !loading)
        return tl::unexpected(what ? loading.error() : what.error());
    // Somebody may come to a branch this PC knows nothing of.
    if (!what->everything() || *loading)
        return fail(ErrorCode::StillNeeded, QStringLiteral("file"));
    RetentionPlan plan;
    plan.archiveYears = archive->toInt();
    plan.anonymiseYears = anonymise->toInt();
    const auto since = [&](int years) {
        return QDateTime::fromMSecsSinceEpoch(unit.now, QTimeZone::utc())
            .addYears(-years)
            .toMSecsSinceEpoch();
    };
    // Nothing of theirs is younger than the rule, whoever wrote it, and nothing is open.
    const QByteArray rest =
        " AND p.anonymised_at=0 AND p.created_at<?1 AND p.updated_at<?1"
        " AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.patient_id=p.id AND a.start_at>=?1)"
        " AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.patient_id=p.id AND a.state IN "
        "('checked-in','in-consultation'))"
        " AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.patient_id=p.id AND i.created_at>=?1)"
        " AND NOT EXISTS (SELECT 1 FROM payment y JOIN invoice i ON i.id=y.invoice_id WHERE "
        "i.patient_id=p.id AND y.paid_at>=?1)"
        " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.patient_id=p.id AND d.created_at>=?1)"
        " AND p.rid>?2 ORDER BY p.rid LIMIT 500";
    const auto collect = [&](int years, const QByteArray &which,
                             QList<domain::Patient> &into) -> Result<void> {
        if (years <= 0)
            return {};
        qint64 last = 0;
        for (;;) {
            QList<QPair<qint64, Id>> page;
            {
                storage::Query q =
                    c.query("SELECT p.rid, p.id FROM patient p WHERE " + which + rest, since(years), last);
                while (q.next())
                    page << qMakePair(q.integer(0), q.id(1));
                if (!q.ok())
                    return q.failed();
            }
            if (page.isEmpty())
                return {};
            for (const auto &[rid, id] : std::as_const(page)) {
                last = rid;
                const auto balance = storage::patientBalance(c, id);
                if (!balance)
                    return fail(balance);
                if (*balance != 0)
                    continue;
                if (into.size() >= question.limit) {
                    plan.isComplete = false;
                    return {};
                }
                auto patient = storage::find<domain::Patient>(c, id);
                if (!patient)
                    return fail(patient);
                into << *patient;
            }
        }
    };
    if (auto done = collect(plan.anonymiseYears, "1=1", plan.anonymise); !done)
        return fail(done);
    // What a PC that was away still brought about somebody nobody is to know any more.
    const auto again = storage::select<domain::Patient>(
        c,
        "WHERE anonymised_at>0 AND (family_name<>'***' OR length(birth_date)>4 OR "
        "coalesce(given_name,phone,email,address,remarks,inactive_reason) IS NOT NULL OR EXISTS (SELECT 1 "
        "FROM contact x WHERE x.patient_id=patient.id AND "
        "x.value<>'***') OR EXISTS (SELECT 1 FROM identifier x WHERE x.patient_id=patient.id AND "
        "x.value<>'***') OR EXISTS (SELECT 1 FROM next_of_kin x WHERE x.patient_id=patient.id AND "
        "x.name<>'***') OR EXISTS (SELECT 1 FROM document x WHERE x.patient_id=patient.id AND x.content IS "
        "NOT NULL) OR EXISTS (SELECT 1 FROM photo x WHERE x.patient_id=patient.id AND x.image IS NOT NULL) "
        "OR EXISTS (SELECT 1 FROM conflict x WHERE x.row_id=patient.id AND coalesce(x.kept,x.lost) IS NOT "
        "NULL)) ORDER BY rid LIMIT ?",
        question.limit);
    if (!again)
        return fail(again);
    plan.anonymise << *again;
    QSet<Id> going;
    for (const auto &patient : std::as_const(plan.anonymise))
        going.insert(patient.id);
    if (auto done = collect(plan.archiveYears, "p.active=1", plan.archive); !done)
        return fail(done);
    plan.archive.removeIf([&](const auto &patient) { return going.contains(patient.id); });
    return plan;
}

} // namespace clinic::services
