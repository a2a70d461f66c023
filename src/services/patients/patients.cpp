// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/patients.h"

#include "core/fold.h"
#include "domain/patients/rules.h"
#include "services/admin/scope.h"
#include "services/appointments/touched.h"
#include "services/clockdoubt.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/identity.h"
#include "services/setup/setup.h"
#include "storage/billing/queries.h"
#include "storage/replica/replica.h"

namespace clinic::services {
namespace patientservice {

constexpr int chartPage = 50;
// The rows of one patient, ?1.
const QByteArray personRows =
    "SELECT 'patient' AS entity, ?1 AS id UNION ALL SELECT 'identifier', id FROM identifier WHERE "
    "patient_id=?1 UNION ALL SELECT 'contact', id FROM contact WHERE patient_id=?1 UNION ALL SELECT "
    "'next_of_kin', id FROM next_of_kin WHERE patient_id=?1 UNION ALL SELECT 'allergy', id FROM allergy "
    "WHERE "
    "patient_id=?1 UNION ALL SELECT 'condition', id FROM \"condition\" WHERE patient_id=?1 UNION ALL SELECT "
    "'document', id FROM document WHERE patient_id=?1";

// No identifying value is added to an anonymised record.
Result<void> checkKnown(WorkUnit &unit, const Id &id)
{
    const auto patient = unit.tx.get<domain::Patient>(id);
    if (!patient)
        return fail(patient);
    return patient->anonymisedAt == 0 ? Result<void>()
                                      : fail(ErrorCode::Anonymised, QStringLiteral("patient"));
}

// The identifier's storable form: cleaned, and no other patient's. The error names the owner even if the
// role does not reach that record, as for duplicates.
Result<QString> checkedIdentifier(WorkUnit &unit, domain::IdentifierKind kind, const QString &typed,
                                  const Id &patient, const QString &field)
{
    auto value = domain::parseIdentifier(typed, field);
    if (!value)
        return value;
    const auto owner = identifierOwner(unit.tx.connection(), kind, *value, patient, unit.now());
    if (!owner)
        return fail(owner);
    if (*owner)
        return fail(ErrorCode::IdentifierTaken, field, {(*owner)->displayName(), (*owner)->number});
    return value;
}

} // namespace patientservice

Result<domain::Patient> perform(WorkUnit &unit, const RegisterPatient &intent)
{
    const auto today = possibleToday(unit.tx.connection(), unit.now(), unit.session.zone());
    if (!today)
        return fail(today);
    auto checked = domain::checkedPatient(intent.patient, today->latest, today->earliest);
    if (!checked)
        return tl::unexpected(checked.error().first());
    domain::Patient patient = *checked;
    patient.rid = 0;
    patient.active = true;
    const auto number = unit.tx.nextNumber(u"P", unit.session.branchCode);
    if (!number)
        return fail(number);
    patient.number = *number;
    if (auto done = unit.tx.insert(patient); !done)
        return fail(done);
    for (const auto &typed : intent.identifiers) {
        const auto value = patientservice::checkedIdentifier(unit, typed.kind, typed.value, patient.id,
                                                             QStringLiteral("identifier"));
        if (!value)
            return fail(value);
        domain::Identifier identifier = typed;
        identifier.value = *value;
        identifier.patientId = patient.id;
        if (auto done = unit.tx.insert(identifier); !done)
            return fail(done);
    }
    return patient;
}

Result<domain::Patient> perform(WorkUnit &unit, const UpdatePatient &intent)
{
    const auto today = possibleToday(unit.tx.connection(), unit.now(), unit.session.zone());
    if (!today)
        return fail(today);
    auto checked = domain::checkedPatient(intent.after, today->latest, today->earliest);
    if (!checked)
        return tl::unexpected(checked.error().first());
    domain::Patient after = *checked;
    if (auto known = patientservice::checkKnown(unit, after.id); !known)
        return fail(known);
    after.active = intent.before.active; // has an intention of its own
    after.inactiveReason = intent.before.inactiveReason;
    auto saved = mergeSave(unit, storage::toRecord(intent.before), storage::toRecord(after));
    if (!saved)
        return fail(saved);
    unit.tx.setSubject("patient", after.id);
    return storage::fromRecord<domain::Patient>(*saved);
}

Result<domain::Patient> perform(WorkUnit &unit, const SetPatientActive &intent)
{
    auto patient = unit.tx.get<domain::Patient>(intent.patient);
    if (!patient)
        return patient;
    if (intent.active && patient->anonymisedAt > 0)
        return fail(ErrorCode::Anonymised, QStringLiteral("patient"));
    const auto reason = domain::cleanText(intent.reason, QStringLiteral("reason"), 500);
    if (!reason)
        return fail(reason);
    if (!intent.active && reason->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    patient->active = intent.active;
    patient->inactiveReason = intent.active ? QString() : *reason;
    if (!intent.active) {
        const auto today = possibleToday(unit.tx.connection(), unit.now(), unit.session.zone());
        if (!today)
            return fail(today);
        const auto death = domain::deathIn(*reason, today->latest);
        if (!death)
            return fail(death);
        if (*death) {
            const PartialDate &day = (*death)->day;
            if (day.isComplete() && patient->birthDate.isComplete() &&
                day.earliest() < patient->birthDate.earliest())
                return fail(ErrorCode::EndsBeforeStart, QStringLiteral("died_on"));
            patient->inactiveReason = domain::deathReason(day);
        }
        const auto planned = plannedFor(unit.tx.connection(), patient->id, unit.now());
        if (!planned)
            return fail(planned);
        if (auto shown = checkShown(*planned, intent.shown); !shown)
            return fail(shown);
    }
    if (auto done = unit.tx.update(*patient); !done)
        return fail(done);
    return patient;
}

domain::IntentionId SavePatientPart::intentionId() const
{
    const bool clinical =
        after.entity == &domain::Allergy::entity() || after.entity == &domain::Condition::entity();
    return clinical ? domain::IntentionId::SaveClinicalPart : domain::IntentionId::SavePatientPart;
}

Result<storage::Record> perform(WorkUnit &unit, const SavePatientPart &intent)
{
    storage::Record after = intent.after;
    const EntityInfo &entity = *after.entity;
    Id patient;
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        const FieldInfo &field = entity.fields[i];
        Value &value = after.values[qsizetype(i)];
        if (std::string_view(field.column) == "patient_id")
            ValueCodec<Id>::from(value, patient);
        if (auto *text = std::get_if<QString>(&value)) {
            const QString column = QString::fromLatin1(field.column);
            const bool single = column == u"name" || column == u"value" || column == u"substance";
            const auto clean = column == u"phone" ? domain::parsePhone(*text, column)
                                                  : domain::cleanText(*text, column, 1000, !single);
            if (!clean)
                return fail(clean);
            value = ValueCodec<QString>::to(*clean);
        }
    }
    if (auto known = patientservice::checkKnown(unit, patient); !known)
        return fail(known);
    if (after.entity == &domain::Photo::entity()) {
        const auto refused = consents::isRefused(unit.tx.connection(), patient, domain::ConsentKind::Photo);
        if (!refused)
            return fail(refused);
        if (*refused)
            return fail(ErrorCode::ConsentRefused, QStringLiteral("image"));
    }
    for (const char *required : {"substance", "name", "value"}) {
        const int index = entity.indexOf(required);
        if (index >= 0 && isNull(after.values[index]))
            return fail(ErrorCode::Required, QString::fromLatin1(required));
    }
    if (after.entity == &domain::Identifier::entity()) {
        const auto identifier = storage::fromRecord<domain::Identifier>(after);
        // A removed identifier may belong to any patient.
        const auto value = identifier.active
                               ? patientservice::checkedIdentifier(unit, identifier.kind, identifier.value,
                                                                   patient, QStringLiteral("value"))
                               : Result<QString>(identifier.value);
        if (!value)
            return fail(value);
        after.values[entity.indexOf("value")] = ValueCodec<QString>::to(*value);
    }
    auto saved = mergeSave(unit, intent.before, after);
    if (!saved)
        return saved;
    unit.tx.setSubject("patient", patient);
    return saved;
}

namespace patientservice {

// Appends the patient's rows of an entity to `parts`; false after the first failure.
template <class T>
bool readParts(storage::Connection &c, const Id &patient, QList<T> &parts, Error &failure,
               QByteArrayView tail = "WHERE patient_id=? AND active=1 ORDER BY rid")
{
    auto rows = storage::select<T>(c, tail, patient);
    if (!rows) {
        failure = rows.error();
        return false;
    }
    parts = std::move(*rows);
    return true;
}

Result<PatientChart> readChart(storage::Connection &c, const Session &session, qint64 now, const Id &id)
{
    PatientChart chart;
    auto patient = storage::find<domain::Patient>(c, id);
    if (!patient)
        return fail(patient);
    chart.patient = *patient;
    Error failure;
    QList<domain::Photo> photos;
    if (!readParts(c, id, chart.identifiers, failure) || !readParts(c, id, chart.contacts, failure) ||
        !readParts(c, id, chart.nextOfKin, failure) || !readParts(c, id, chart.allergies, failure) ||
        !readParts(c, id, chart.conditions, failure) ||
        !readParts(c, id, photos, failure, "WHERE patient_id=? ORDER BY rid DESC LIMIT 1"))
        return tl::unexpected(failure);
    const auto said = consents::newest(c, patient->id);
    if (!said)
        return fail(said);
    chart.consents = *said;
    const bool mayShowPhoto = std::ranges::none_of(*said, [](const domain::Consent &consent) {
        return consent.kind == domain::ConsentKind::Photo && !consent.given;
    });
    if (!photos.isEmpty() && mayShowPhoto)
        chart.photo = photos.first().image;
    if (session.may(u"billing.view")) {
        const auto balance = storage::patientBalance(c, patient->id);
        if (!balance)
            return fail(balance);
        chart.balanceMinor = *balance;
    }
    if (session.may(u"appointments.view")) {
        const auto page =
            storage::appointmentHistory(c, patient->id, chartPage, std::numeric_limits<qint64>::max());
        if (!page)
            return fail(page);
        chart.appointments = *page;
        storage::Query count = c.query("SELECT count(*) FROM appointment WHERE patient_id=?", patient->id);
        if (count.next())
            chart.appointmentCount = count.number(0);
    }
    const auto namesake = storage::hasNamesake(c, *patient);
    if (!namesake)
        return fail(namesake);
    chart.hasNamesake = *namesake;
    for (const auto &identifier : std::as_const(chart.identifiers)) {
        const auto others = storage::bearersOf(c, identifier.kind, identifier.value, patient->id, now);
        if (!others)
            return fail(others);
        for (const auto &other : *others)
            chart.shared << SharedNumber{identifier.kind, identifier.value, other.displayName(),
                                         other.number};
    }
    const auto whole = storage::hasWholeChart(c, id);
    if (!whole)
        return fail(whole);
    chart.isWhole = *whole;
    // Shown only if the emergency is the reason for the access.
    const storage::Reach reach = scope::reachOf(session, now);
    if (!reach.isEverybody()) {
        const auto until = storage::emergencyUntil(c, reach.user, patient->id, reach.now);
        if (!until)
            return fail(until);
        if (*until > 0) {
            auto ordinary = reach;
            ordinary.now = *until; // when the emergency ends
            const auto reached = storage::reaches(c, ordinary, patient->id);
            if (!reached)
                return fail(reached);
            chart.emergencyUntil = *reached ? 0 : *until;
        }
    }
    const auto loading = storage::isLoading(c);
    if (!loading)
        return fail(loading);
    chart.isLoading = *loading;
    storage::Query undecided =
        c.query("SELECT DISTINCT r.entity, k.field FROM (" + personRows +
                    ") r JOIN conflict k ON k.row_id=r.id AND k.resolved=0 ORDER BY r.entity, k.field",
                patient->id);
    while (undecided.next())
        chart.undecided << qMakePair(undecided.text(0), undecided.text(1));
    if (storage::Query any = c.query("SELECT 1 FROM unsent LIMIT 1"); any.next()) {
        storage::Query waiting =
            c.query("SELECT count(DISTINCT u.n) FROM (" + personRows +
                        " UNION ALL SELECT 'appointment', id FROM appointment WHERE patient_id=?1 UNION ALL "
                        "SELECT 'invoice', id FROM invoice WHERE patient_id=?1) r JOIN unsent u ON "
                        "u.entity=r.entity AND u.id=r.id",
                    patient->id);
        if (waiting.next())
            chart.waiting = waiting.number(0);
    }
    return chart;
}

} // namespace patientservice

Result<PatientChart> perform(WorkUnit &unit, const OpenPatient &intent)
{
    auto chart = patientservice::readChart(unit.tx.connection(), unit.session, unit.now(), intent.patient);
    if (!chart)
        return chart;
    if (!unit.session.user.isNull()) {
        if (auto noted = unit.tx.connection().exec(
                "INSERT INTO recent_patient VALUES (?,?,?) ON CONFLICT (user_id, patient_id) "
                "DO UPDATE SET opened_at=excluded.opened_at",
                unit.session.user, intent.patient, unit.now());
            !noted)
            return fail(noted);
    }
    unit.tx.setSubject("patient", intent.patient);
    return chart;
}

Result<PatientChart> answer(ReadUnit &unit, const ReadPatientChart &question)
{
    return patientservice::readChart(unit.connection, unit.session, unit.now, question.patient);
}

Result<domain::Patient> answer(ReadUnit &unit, const WhoIs &question)
{
    if (!unit.session.may(u"patients.view") && !unit.session.may(u"appointments.view") &&
        !unit.session.may(u"billing.view"))
        return fail(ErrorCode::Forbidden);
    const auto patient = storage::find<domain::Patient>(unit.connection, question.patient);
    if (!patient)
        return patient;
    domain::Patient known;
    static_cast<Row &>(known) = *patient;
    known.familyName = patient->familyName;
    known.givenName = patient->givenName;
    known.birthDate = patient->birthDate;
    known.sex = patient->sex;
    known.number = patient->number;
    known.active = patient->active;
    return known;
}

Result<QList<storage::PatientHit>> answer(ReadUnit &unit, const PatientSearch &question)
{
    using storage::PatientHit;
    storage::Connection &c = unit.connection;
    const storage::Reach reach = scope::reachOf(unit);
    QSet<Id> seen;
    const auto append = [&](QList<PatientHit> &to, const QList<PatientHit> &more, bool veiled) {
        for (PatientHit hit : more) {
            if (to.size() >= question.limit || seen.contains(hit.id))
                continue;
            seen.insert(hit.id);
            if (veiled)
                scope::veil(hit);
            to << hit;
        }
    };
    QList<PatientHit> hits;
    if (!question.text.trimmed().isEmpty()) {
        const auto own = storage::searchPatients(c, question.text, question.limit, unit.now, reach);
        // A user who may open records in an emergency must find them.
        if (!own || reach.isEverybody() || own->size() >= question.limit ||
            !unit.session.may(u"patients.emergency"))
            return own;
        append(hits, *own, false);
        const auto others = storage::searchPatients(c, question.text, question.limit, unit.now);
        if (!others)
            return others;
        append(hits, *others, true);
        return hits;
    }
    auto recent = storage::recentPatients(c, unit.session.user, question.limit, unit.now);
    if (!recent)
        return recent;
    if (!reach.isEverybody())
        recent->removeIf(
            [&](const PatientHit &hit) { return !storage::reaches(c, reach, hit.id).value_or(false); });
    append(hits, *recent, false);
    if (hits.size() >= question.limit)
        return hits;
    const auto newest = storage::newestPatients(c, question.limit, unit.now, reach);
    if (!newest)
        return newest;
    append(hits, *newest, false);
    return hits;
}

Result<QList<storage::PatientHit>> answer(ReadUnit &unit, const DuplicateSearch &question)
{
    auto hits = storage::probableDuplicates(unit.connection, question.typed, question.identifiers, unit.now);
    const storage::Reach reach = scope::reachOf(unit);
    if (!hits || reach.isEverybody())
        return hits;
    // The user must learn that the patient is registered already, and no more.
    for (auto &hit : *hits) {
        const auto reached = storage::reaches(unit.connection, reach, hit.id);
        if (!reached)
            return fail(reached);
        if (!*reached)
            scope::veil(hit);
    }
    return hits;
}

Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const PatientHistory &question)
{
    return storage::appointmentHistory(unit.connection, question.patient, question.limit, question.before);
}

Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const PatientChanges &question)
{
    storage::AuditFilter filter;
    filter.subject = question.patient;
    filter.limit = 500;
    return anonymising::auditEntries(unit.connection, filter);
}

Result<Done> perform(WorkUnit &unit, const NoteOutput &intent)
{
    unit.tx.setSubject(intent.entity.constData(), intent.subject);
    return Done{};
}

} // namespace clinic::services
