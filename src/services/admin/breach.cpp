// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/breach.h"

#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "services/admin/activity.h"
#include "services/admin/standing.h"
#include "storage/patients/reach.h"
#include "storage/replica/enrolment.h"
#include "storage/replica/replica.h"

namespace clinic::services {
namespace breach {

Result<qint64> count(storage::Connection &c, const QByteArray &sql)
{
    storage::Query q = c.query(sql);
    return q.next() ? Result<qint64>(q.integer(0)) : q.failed();
}

} // namespace breach

Result<AccountReach> answer(ReadUnit &unit, const ReachOfAccount &question)
{
    storage::Connection &c = unit.connection;
    const auto users = storage::select<domain::AppUser>(c, "WHERE user_name=? COLLATE NOCASE LIMIT 1",
                                                        question.userName.trimmed());
    if (!users)
        return fail(users);
    if (users->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("user"));
    const auto &user = users->first();
    AccountReach reach;
    reach.user = user.id;
    reach.userName = user.userName;
    reach.isLetIn = standing::isLetIn(c, user, unit.now);
    reach.hasSecondFactor = !user.secondFactor.isEmpty();
    const auto roles = standing::rolesOf(c, user.id, unit.now);
    if (!roles)
        return fail(roles);
    QSet<QString> permissions;
    const auto everybody = storage::reachedCount(c, {});
    if (!everybody)
        return fail(everybody);
    for (const auto &role : *roles) {
        reach.roles << role.name;
        const auto given = standing::granted(c, user.id, role.id);
        if (!given)
            return fail(given);
        permissions.unite(*given);
        if (!given->contains(QStringLiteral("patients.view")))
            continue;
        // In any branch, unless the role is held in one; several roles together at most.
        storage::Reach own{role.scope, user.id, role.onlyBranch, {}, unit.now};
        if (role.scope == domain::DataScope::Branch && role.onlyBranch.isNull())
            own.scope = domain::DataScope::Hospital;
        if (const auto branch = storage::find<domain::Branch>(c, role.onlyBranch))
            own.branchCode = branch->code;
        const auto reached = storage::reachedCount(c, own);
        if (!reached)
            return fail(reached);
        reach.reachable = qMin(*everybody, reach.reachable + *reached);
    }
    reach.permissions = permissions.values();
    reach.permissions.sort();
    QHash<Id, Touched> touched;
    const auto count = [&](const QByteArray &intention, QStringView outcome, QStringView entity,
                           const Id &subject, qint64 at) {
        const bool isRefused = outcome == u"refused" || outcome == u"failed";
        reach.refused += isRefused;
        if (intention == "sign-in")
            reach.signIns += !isRefused;
        if (isRefused)
            return;
        const DoneAs what = doneAs(intention);
        const auto owner =
            subject.isNull() ? Result<storage::Owner>() : storage::ownerOf(c, entity.toLatin1(), subject);
        const Id patient = owner ? owner->patient : Id();
        reach.takenOut += what == DoneAs::Out && patient.isNull();
        if (patient.isNull())
            return;
        Touched &one = touched[patient];
        one.patient = patient;
        one.last = qMax(one.last, at);
        one.opened += what == DoneAs::Opened;
        one.changed += what == DoneAs::Changed;
        one.out += what == DoneAs::Out;
    };
    QSet<Id> counted;
    storage::Query q = c.query("SELECT intention, outcome, entity, subject, at, id FROM audit_event WHERE "
                               "actor=? AND at>=?",
                               user.id, question.since);
    while (q.next()) {
        counted.insert(q.id(5));
        count(q.text(0).toLatin1(), q.text(1), q.text(2), q.id(3), q.integer(4));
    }
    if (!q.ok())
        return q.failed();
    QSet<QString> pcs;
    for (const sync::AuditRecord &event : question.everywhere.records) {
        if (event.actor != user.id || event.at < question.since || counted.contains(event.id))
            continue;
        counted.insert(event.id);
        pcs.insert(question.everywhere.pcs.value(event.device));
        count(event.intention, QString::fromLatin1(event.outcome), QString::fromLatin1(event.entity),
              event.subject, event.at);
    }
    reach.otherPcs = pcs.values();
    reach.otherPcs.sort();
    for (Touched &one : touched) {
        if (const auto patient = storage::find<domain::Patient>(c, one.patient))
            one.number = patient->number;
    }
    reach.touched = touched.values();
    std::ranges::sort(reach.touched, [](const Touched &a, const Touched &b) {
        return std::tuple(b.opened + b.changed + b.out, a.number) <
               std::tuple(a.opened + a.changed + a.out, b.number);
    });
    return reach;
}

Result<DeviceReach> answer(ReadUnit &unit, const ReachOfDevice &)
{
    storage::Connection &c = unit.connection;
    DeviceReach reach;
    for (const auto &[number, sql] : {std::pair{&reach.patients, "SELECT count(*) FROM patient"},
                                      {&reach.appointments, "SELECT count(*) FROM appointment"},
                                      {&reach.invoices, "SELECT count(*) FROM invoice"},
                                      {&reach.documents, "SELECT count(DISTINCT content) FROM blob_chunk"},
                                      {&reach.waiting, "SELECT count(*) FROM outbox"}}) {
        const auto counted = breach::count(c, sql);
        if (!counted)
            return fail(counted);
        *number = *counted;
    }
    const auto kept = storage::kept(c);
    const auto contact = storage::lastContact(c);
    if (!kept || !contact)
        return fail(kept ? Result<void>(fail(contact)) : Result<void>(fail(kept)));
    reach.scopes = kept->scopes;
    reach.lastContact = *contact;
    storage::Query q =
        c.query("SELECT DISTINCT u.user_name FROM audit_event e JOIN app_user u ON u.id=e.actor WHERE "
                "e.intention='sign-in' AND e.outcome='ok' ORDER BY u.user_name");
    while (q.next())
        reach.people << q.text(0);
    return q.ok() ? Result<DeviceReach>(reach) : q.failed();
}

} // namespace clinic::services
