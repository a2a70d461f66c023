// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/activity.h"

#include "domain/access/intentions.h"
#include "services/patients/anonymise.h"
#include "storage/auditlog.h"

namespace clinic::services {

DoneAs doneAs(QByteArrayView intention)
{
    using domain::IntentionId;
    const auto *info = domain::intentionNamed(intention);
    if (!info)
        return DoneAs::Other;
    switch (info->id) {
    case IntentionId::SignIn:
    case IntentionId::UnlockScreen:
        return DoneAs::SignedIn;
    case IntentionId::OpenPatient:
    case IntentionId::OpenDocument:
    case IntentionId::BringChart:
        return DoneAs::Opened;
    case IntentionId::ExportPatients:
    case IntentionId::ExportAudit:
    case IntentionId::ExportPerson:
    case IntentionId::PrintPatientHistory:
    case IntentionId::PrintDayList:
    case IntentionId::PrintBillingDocument:
    case IntentionId::BackUp:
    case IntentionId::Restore:
    case IntentionId::ExchangeByFile:
        return DoneAs::Out;
    default:
        return info->kind == domain::IntentionKind::AuditOnly ? DoneAs::Other : DoneAs::Changed;
    }
}

namespace {

void count(Activity &activity, QByteArrayView intention, QByteArrayView outcome)
{
    if (outcome != "ok") {
        // Locks of the screen are no failures.
        activity.refused += outcome == "refused" || outcome == "failed";
        return;
    }
    const DoneAs what = doneAs(intention);
    activity.signIns += what == DoneAs::SignedIn;
    activity.opened += what == DoneAs::Opened;
    activity.out += what == DoneAs::Out;
    activity.changed += what == DoneAs::Changed;
}

} // namespace

Result<QList<Activity>> answer(ReadUnit &unit, const AuditActivity &question)
{
    const QTimeZone zone = unit.session.zone();
    const qint64 from = walltime::startOfDay(question.from, zone);
    const qint64 to = walltime::startOfDay(question.to.addDays(1), zone);
    QHash<std::pair<Id, QDate>, Activity> found;
    storage::Query q = unit.connection.query("SELECT actor, actor_name, at, intention, outcome FROM "
                                             "audit_event WHERE at>=? AND at<? AND (?3 IS NULL "
                                             "OR actor=?3) ORDER BY n",
                                             from, to, question.actor);
    while (q.next()) {
        const QDate day = walltime::dayOf(q.integer(2), zone);
        Activity &activity = found[{q.id(0), day}];
        activity.actor = q.id(0);
        activity.day = day;
        if (const QString name = q.text(1); !name.isEmpty())
            activity.actorName = name;
        count(activity, q.bytes(3), q.bytes(4));
    }
    if (!q.ok())
        return q.failed();
    QList<Activity> list = found.values();
    std::sort(list.begin(), list.end(), [](const Activity &a, const Activity &b) {
        return std::tie(b.day, a.actorName, a.actor) < std::tie(a.day, b.actorName, b.actor);
    });
    return list;
}

Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const OpenAuditEvents &question)
{
    return openedEvents(unit, question.found);
}

Result<QList<storage::AuditEntry>> openedEvents(ReadUnit &unit, const sync::AuditFound &found)
{
    QList<storage::AuditEntry> entries;
    for (const sync::AuditRecord &record : found.records) {
        // A value that cannot be opened here (a newer key) stays empty; the event is listed all the same.
        const auto opened = [&unit](const QByteArray &envelope, const Id &row, const char *field) {
            const auto value = envelope.isEmpty() ? std::nullopt : unit.sealer.open(envelope, row, field);
            return value && std::holds_alternative<QString>(*value) ? std::get<QString>(*value) : QString();
        };
        storage::AuditEntry entry{record.n,
                                  record.id,
                                  record.at,
                                  record.actor,
                                  opened(record.nameSealed, record.actor, "actor_name"),
                                  QString::fromUtf8(record.role),
                                  QString::fromUtf8(record.intention),
                                  QString::fromUtf8(record.outcome),
                                  QString::fromUtf8(record.entity),
                                  record.subject,
                                  opened(record.detailSealed, record.id, "detail"),
                                  QString::fromUtf8(record.version),
                                  QString::fromUtf8(record.osUser)};
        if (record.detailSealed.isEmpty()) // no sealed values
            entry.detail = QString::fromUtf8(record.canonical);
        entry.pc = found.pcs.value(record.device);
        entries << entry;
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto &a, const auto &b) { return a.at > b.at; });
    if (auto done = anonymising::veil(unit.connection, entries); !done)
        return fail(done);
    return entries;
}

} // namespace clinic::services
