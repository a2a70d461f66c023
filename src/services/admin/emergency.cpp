// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/emergency.h"

#include "domain/patients/rules.h"
#include "domain/setup/settings.h"
#include "services/admin/activity.h"
#include "services/admin/scope.h"
#include "services/admin/standing.h"
#include "services/patients/anonymise.h"

namespace clinic::services {

using domain::AccessReview;
using domain::EmergencyAccess;

Result<EmergencyAccess> perform(WorkUnit &unit, const OpenInEmergency &intent)
{
    const auto patient = unit.tx.get<domain::Patient>(intent.patient);
    if (!patient)
        return fail(patient);
    const auto reason = domain::cleanText(intent.reason, QStringLiteral("reason"), 500);
    if (!reason)
        return fail(reason);
    if (reason->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("reason"));
    const auto reached =
        storage::reaches(unit.tx.connection(), scope::reachOf(unit.session, unit.now()), intent.patient);
    if (!reached)
        return fail(reached);
    if (*reached)
        return fail(ErrorCode::NothingToDo, QStringLiteral("patient"));
    const auto minutes = standing::settingOf(unit.tx.connection(), domain::setting::emergencyMinutes);
    if (!minutes)
        return fail(minutes);
    EmergencyAccess access;
    access.userId = unit.session.user;
    access.patientId = intent.patient;
    access.reason = *reason;
    access.openedAt = unit.now();
    access.expiresAt = unit.now() + qBound(5, minutes->toInt(), 1440) * 60'000LL;
    if (auto done = unit.tx.insert(access); !done)
        return fail(done);
    unit.tx.setSubject("patient", intent.patient);
    return access;
}

Result<EmergencyAccess> perform(WorkUnit &unit, const ReviewEmergency &intent)
{
    auto access = unit.tx.get<EmergencyAccess>(intent.access);
    if (!access)
        return access;
    if (access->userId == unit.session.user)
        return fail(ErrorCode::OwnReview);
    if (access->review != AccessReview::Waiting)
        return fail(ErrorCode::Closed, QStringLiteral("review"));
    const auto note = domain::cleanText(intent.note, QStringLiteral("review_note"), 500, true);
    if (!note)
        return fail(note);
    if (!intent.isJustified && note->isEmpty())
        return fail(ErrorCode::NeedsReason, QStringLiteral("review_note"));
    access->review = intent.isJustified ? AccessReview::Justified : AccessReview::NotJustified;
    access->reviewedBy = unit.session.user;
    access->reviewedAt = unit.now();
    access->reviewNote = *note;
    if (auto done = unit.tx.update(*access); !done)
        return fail(done);
    unit.tx.setSubject("emergency_access", access->id);
    return access;
}

Result<QList<EmergencyView>> answer(ReadUnit &unit, const EmergencyAccesses &question)
{
    const auto found = storage::select<EmergencyAccess>(
        unit.connection, "ORDER BY review='waiting' DESC, opened_at DESC LIMIT ?", question.limit);
    if (!found)
        return fail(found);
    const auto name = [&](const Id &user) {
        storage::Query q = unit.connection.query("SELECT display_name FROM app_user WHERE id=?", user);
        return q.next() ? q.text(0) : QString();
    };
    QList<EmergencyView> views;
    for (const EmergencyAccess &access : *found) {
        EmergencyView view{access};
        view.userName = name(access.userId);
        if (!access.reviewedBy.isNull())
            view.reviewerName = name(access.reviewedBy);
        view.isOwn = access.userId == unit.session.user;
        if (const auto patient = storage::find<domain::Patient>(unit.connection, access.patientId)) {
            view.patientName = patient->displayName();
            view.patientNumber = patient->number;
        }
        views << view;
    }
    return views;
}

Result<int> answer(ReadUnit &unit, const EmergenciesToReview &)
{
    storage::Query q = unit.connection.query(
        "SELECT count(*) FROM emergency_access WHERE review='waiting' AND user_id<>?", unit.session.user);
    if (!q.next())
        return q.failed();
    return q.number(0);
}

Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const EmergencyEvents &question)
{
    const auto access = storage::find<EmergencyAccess>(unit.connection, question.access);
    if (!access)
        return fail(access);
    storage::AuditFilter filter;
    filter.subject = access->patientId;
    filter.actor = access->userId;
    filter.from = access->openedAt;
    filter.to = access->expiresAt + 1;
    auto entries = anonymising::auditEntries(unit.connection, filter);
    const auto others = openedEvents(unit, question.everywhere);
    if (!entries || !others)
        return entries ? others : entries;
    QSet<Id> known;
    for (const auto &entry : std::as_const(*entries))
        known.insert(entry.id);
    for (const auto &entry : *others) {
        if (!known.contains(entry.id) && entry.subject == filter.subject && entry.actor == filter.actor &&
            entry.at >= filter.from && entry.at < filter.to)
            *entries << entry;
    }
    std::ranges::stable_sort(*entries, std::greater(), &storage::AuditEntry::at);
    return entries;
}

} // namespace clinic::services
