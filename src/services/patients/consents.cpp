// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/consents.h"

#include "domain/patients/rules.h"

namespace clinic::services {

using domain::Consent;
using domain::ConsentKind;

Result<Consent> perform(WorkUnit &unit, const RecordConsent &intent)
{
    Consent consent = intent.consent;
    consent.rid = 0;
    consent.id = {};
    const auto patient = unit.tx.get<domain::Patient>(consent.patientId);
    if (!patient)
        return fail(patient);
    if (patient->anonymisedAt > 0)
        return fail(ErrorCode::Anonymised, QStringLiteral("patient"));
    const auto by = domain::cleanText(consent.givenBy, QStringLiteral("given_by"), 200);
    const auto note = domain::cleanText(consent.note, QStringLiteral("note"), 1000, true);
    if (!by || !note)
        return fail(by ? note : by);
    consent.givenBy = *by;
    consent.note = *note;
    if (consent.saidAt == 0)
        consent.saidAt = unit.now();
    if (consent.saidAt > unit.now())
        return fail(ErrorCode::DateInFuture, QStringLiteral("said_at"));
    if (auto done = unit.tx.insert(consent); !done)
        return fail(done);
    unit.tx.setSubject("patient", consent.patientId);
    return consent;
}

Result<QList<Consent>> answer(ReadUnit &unit, const PatientConsents &question)
{
    return consents::newest(unit.connection, question.patient);
}

namespace consents {

Result<QList<Consent>> newest(storage::Connection &c, const Id &patient)
{
    // What was said at the same moment: the refusal counts.
    const auto all = storage::select<Consent>(
        c, "WHERE patient_id=? ORDER BY kind, said_at DESC, given, id DESC", patient);
    if (!all)
        return all;
    QList<Consent> newest;
    for (const Consent &consent : *all) {
        if (newest.isEmpty() || newest.last().kind != consent.kind)
            newest << consent;
    }
    return newest;
}

Result<bool> isRefused(storage::Connection &c, const Id &patient, ConsentKind kind)
{
    const auto said = newest(c, patient);
    if (!said)
        return fail(said);
    return std::ranges::any_of(*said, [&](const Consent &x) { return x.kind == kind && !x.given; });
}

Result<QSet<Id>> refusedBy(storage::Connection &c, ConsentKind kind)
{
    QSet<Id> people;
    storage::Query q = c.query(
        "SELECT DISTINCT x.patient_id FROM consent x WHERE x.kind=?1 AND x.given=0 AND NOT EXISTS (SELECT 1 "
        "FROM consent y WHERE y.patient_id=x.patient_id AND y.kind=?1 AND y.given=1 AND y.said_at>x.said_at)",
        enumCode(kind));
    while (q.next())
        people.insert(q.id(0));
    return q.ok() ? Result<QSet<Id>>(people) : q.failed();
}

} // namespace consents
} // namespace clinic::services
