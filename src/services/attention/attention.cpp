// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/attention/attention.h"

#include "domain/access/deciding.h"
#include "domain/entities.h"
#include "domain/patients/entities.h"
#include "services/admin/scope.h"
#include "services/setup/setup.h"
#include "storage/patients/queries.h"
#include "storage/subjects.h"
#include "sync/wire/groupdecoder.h"

namespace clinic::services {
namespace attentionservice {

using domain::Attention;
using domain::Conflict;

// Set-up rows are changed on their own screens; a decision here changes patients and appointments.
bool takesHere(const EntityInfo &entity, const FieldInfo &field)
{
    const domain::RowChange change{
        &entity, {}, domain::RowChange::Op::Patch, quint64(1) << (&field - entity.fields.data())};
    const auto &info = domain::intentionInfo(domain::IntentionId::ResolveConflict);
    return domain::authorise(domain::Grants({QString::fromLatin1(info.permission)}), info.id, {change})
        .has_value();
}

// A user who may not change the field may not decide about it.
Result<void> mayDecide(const Session &session, const EntityInfo *entity, const QString &field)
{
    const int index = entity ? entity->indexOf(field.toStdString()) : -1;
    if (index < 0 || domain::mayDecide(session.grants, *entity, index))
        return {};
    return fail(ErrorCode::Forbidden, field,
                {QString::fromLatin1(domain::permissionsToChange(*entity, index).first())});
}

std::optional<Value> opened(const QString &wire, const FieldInfo &field, const Id &row,
                            const sync::Sealer &sealer)
{
    const auto value = sync::decodeWireValue(wire.toUtf8());
    return value ? sync::receivedValue(*value, field, row, sealer) : std::nullopt;
}

template <class T>
QString oneText(storage::Connection &c, QByteArrayView sql, const T &key)
{
    storage::Query q = c.query(sql, key);
    return q.next() ? q.text(0) : QString();
}

// One identifier in two records: each PC finds it, since the server cannot read identifiers. It ends when
// one of the two records no longer has it.
Result<void> addSharedIdentifiers(ReadUnit &unit, QList<AttentionView> &views)
{
    if (!unit.session.may(u"patients.view"))
        return {};
    const auto shared = storage::sharedIdentifiers(unit.connection, unit.now);
    if (!shared)
        return fail(shared);
    const storage::Reach reach = scope::reachOf(unit);
    for (const auto &each : *shared) {
        AttentionView view;
        view.attention.kind = domain::AttentionKind::Flagged;
        view.attention.code = QStringLiteral("identifier-shared");
        view.attention.detail = each.other.displayName() + QStringLiteral(" (") + each.other.number + u')';
        view.patientId = each.patient;
        const auto reached = storage::reaches(unit.connection, reach, each.patient);
        const auto other = storage::reaches(unit.connection, reach, each.other.id);
        if (!reached || !other)
            return fail(reached ? other : reached);
        if (!*reached && !*other)
            continue; // outside this user's permissions
        if (!*reached) {
            view.patientId = each.other.id;
            view.attention.detail =
                storage::rowTitle(unit.connection, domain::Patient::entity(), each.patient);
        }
        view.patient = storage::rowTitle(unit.connection, domain::Patient::entity(), view.patientId);
        view.phone = oneText(unit.connection, "SELECT phone FROM patient WHERE id=?", view.patientId);
        // Nobody knows since when: it is how things stand, and no event.
        view.attention.subjectEntity = QStringLiteral("patient");
        view.attention.subjectId = view.patientId;
        views << view;
    }
    return {};
}

// Held groups, in the form of the server's attention rows.
Result<QList<Attention>> heldHere(storage::Connection &c)
{
    QList<Attention> held;
    const Id device =
        Id::fromString(oneText(c, "SELECT value FROM local_state WHERE \"key\"=?", QStringLiteral("device")));
    storage::Query q = c.query("SELECT n, intention, actor, made_at, last_code, body FROM outbox WHERE "
                               "state='held' ORDER BY n DESC LIMIT 500");
    while (q.next()) {
        Attention attention;
        attention.groupNumber = q.integer(0);
        attention.id = Id::derived(device, "held/" + QByteArray::number(attention.groupNumber));
        attention.kind = domain::AttentionKind::Quarantined;
        attention.intention = q.text(1);
        attention.device = device;
        attention.actor = q.id(2);
        attention.happenedAt = q.integer(3);
        attention.code = q.text(4);
        attention.body = QString::fromUtf8(q.bytes(5));
        held << attention;
    }
    return q.ok() ? Result<QList<Attention>>(held) : q.failed();
}

} // namespace attentionservice

using namespace attentionservice;

namespace {

// The patient of a rejected or quarantined group; null when it names none.
Id patientOf(const Attention &attention)
{
    const auto group = sync::decodeGroup(attention.body.toUtf8());
    for (const auto &change : group ? group->changes : QList<sync::WireChange>()) {
        if (change.entity == "patient")
            return change.id;
        for (const auto &f : change.fields) {
            const auto *text = std::get_if<QString>(&f.value.clear);
            if (f.column == "patient_id" && text)
                return Id::fromString(*text);
        }
    }
    return {};
}

} // namespace

Result<Done> perform(WorkUnit &unit, const EnrolDevice &intent)
{
    if (auto done = unit.tx.enrol(intent.enrolment); !done)
        return fail(done);
    return Done{};
}

Result<domain::ServerAccess> perform(WorkUnit &unit, const ChangeServer &intent)
{
    auto access = domain::parseServerAccess(intent.addresses, intent.fingerprint, intent.authority);
    if (!access)
        return access;
    if (auto done = unit.tx.setServerAccess(*access); !done)
        return fail(done);
    return access;
}

Result<Done> perform(WorkUnit &unit, const ResolveConflict &intent)
{
    auto conflict = unit.tx.get<Conflict>(intent.conflict);
    if (!conflict)
        return fail(conflict);
    if (conflict->resolved)
        return fail(ErrorCode::NothingToDo);
    const EntityInfo *entity = domain::entityNamed(conflict->entityName);
    if (auto may = mayDecide(unit.session, entity, conflict->field); !may)
        return fail(may);
    if (intent.takeOther) {
        const int index = entity ? entity->indexOf(conflict->field.toStdString()) : -1;
        if (index < 0 || !takesHere(*entity, entity->fields[size_t(index)]))
            return fail(ErrorCode::Invalid, conflict->field);
        auto record = storage::findRecord(unit.tx.connection(), *entity, conflict->rowId);
        if (!record)
            return fail(record);
        const auto value =
            opened(conflict->lost, entity->fields[size_t(index)], conflict->rowId, unit.tx.identity().sealer);
        if (!value)
            return fail(ErrorCode::Invalid, conflict->field);
        record->values[index] = *value;
        if (auto done = unit.tx.updateRecord(*record); !done)
            return fail(done);
        unit.tx.setSubject(entity->name, conflict->rowId);
    }
    conflict->resolved = true;
    if (auto done = unit.tx.update(*conflict); !done)
        return fail(done);
    for (const Id &id : intent.others) {
        auto other = unit.tx.get<Conflict>(id);
        if (!other)
            return fail(other);
        if (other->rowId != conflict->rowId || other->field != conflict->field ||
            other->entityName != conflict->entityName)
            return fail(ErrorCode::Invalid, QStringLiteral("conflict"));
        if (std::exchange(other->resolved, true))
            continue; // another user resolved it already
        if (auto done = unit.tx.update(*other); !done)
            return fail(done);
    }
    return Done{};
}

Result<Done> perform(WorkUnit &unit, const ResolveAttention &intent)
{
    auto attention = unit.tx.get<Attention>(intent.attention);
    if (!attention)
        return fail(attention);
    if (attention->resolved)
        return fail(ErrorCode::NothingToDo);
    if (const Id patient = patientOf(*attention); !patient.isNull()) {
        if (!unit.session.may(u"patients.view"))
            return fail(ErrorCode::Forbidden, {}, {QStringLiteral("patients.view")});
        if (auto reached = scope::checkRow(unit.tx.connection(), scope::reachOf(unit.session, unit.now()),
                                           "patient", patient);
            !reached)
            return fail(reached);
        unit.tx.setSubject("patient", patient);
    }
    attention->resolved = true;
    if (auto done = unit.tx.update(*attention); !done)
        return fail(done);
    return Done{};
}

Result<QList<ConflictView>> answer(ReadUnit &unit, const OpenConflicts &question)
{
    const auto conflicts =
        question.row.isNull()
            ? storage::select<Conflict>(unit.connection, "WHERE resolved=0 ORDER BY lost_at DESC LIMIT 500")
            : storage::select<Conflict>(unit.connection,
                                        "WHERE resolved=0 AND row_id=? ORDER BY lost_at DESC", question.row);
    if (!conflicts)
        return fail(conflicts);
    QList<ConflictView> views;
    for (const Conflict &conflict : *conflicts) {
        const auto reached = scope::checkRow(unit.connection, scope::reachOf(unit), "conflict", conflict.id);
        if (!reached && reached.error().code == ErrorCode::OutsideScope)
            continue;
        if (!reached)
            return fail(reached);
        ConflictView view;
        view.conflict = conflict;
        view.entity = domain::entityNamed(conflict.entityName);
        const int index = view.entity ? view.entity->indexOf(conflict.field.toStdString()) : -1;
        if (index >= 0) {
            view.field = &view.entity->fields[size_t(index)];
            const auto kept = opened(conflict.kept, *view.field, conflict.rowId, unit.sealer);
            const auto lost = opened(conflict.lost, *view.field, conflict.rowId, unit.sealer);
            view.kept = kept.value_or(Value{});
            view.lost = lost.value_or(Value{});
            view.canTake = lost && takesHere(*view.entity, *view.field) &&
                           mayDecide(unit.session, view.entity, conflict.field).has_value();
            view.subject = storage::rowTitle(unit.connection, *view.entity, conflict.rowId);
        }
        view.lostBy =
            oneText(unit.connection, "SELECT display_name FROM app_user WHERE id=?", conflict.lostBy);
        views << view;
    }
    return views;
}

Result<QList<AttentionView>> answer(ReadUnit &unit, const OpenAttention &)
{
    auto open = heldHere(unit.connection);
    const qsizetype held = open ? open->size() : 0;
    const auto kept =
        storage::select<Attention>(unit.connection, "WHERE resolved=0 ORDER BY happened_at DESC LIMIT 500");
    if (!open || !kept)
        return open ? fail(kept) : fail(open);
    for (const Attention &attention : *kept) {
        // A held group that the server quarantined is listed once.
        if (std::none_of(open->begin(), open->begin() + held, [&attention](const Attention &own) {
                return own.device == attention.device && own.groupNumber == attention.groupNumber;
            }))
            *open << attention;
    }
    QList<AttentionView> views;
    for (qsizetype i = 0; i < open->size(); ++i) {
        const Attention &attention = open->at(i);
        AttentionView view;
        view.attention = attention;
        view.isHeld = i < held;
        view.actor =
            oneText(unit.connection, "SELECT display_name FROM app_user WHERE id=?", attention.actor);
        view.patientId = patientOf(attention);
        // Users without access to patients see no entry about one.
        if (!view.patientId.isNull() && !unit.session.may(u"patients.view"))
            continue;
        const auto group = sync::decodeGroup(attention.body.toUtf8());
        for (const auto &change : group ? group->changes : QList<sync::WireChange>()) {
            const auto clear = [](const sync::WireChange::Field &f) {
                return std::holds_alternative<QString>(f.value.clear) ? std::get<QString>(f.value.clear)
                                                                      : QString();
            };
            for (const auto &f : change.fields) {
                if (change.entity != "appointment")
                    continue;
                if (f.column == "practitioner_id")
                    view.practitionerId = Id::fromString(clear(f));
                if (f.column == "start_at")
                    ValueCodec<qint64>::from(f.value.clear, view.startAt);
                if (f.column == "minutes")
                    ValueCodec<int>::from(f.value.clear, view.minutes);
            }
        }
        for (const auto &change : group ? group->changes : QList<sync::WireChange>()) {
            if (!view.patientId.isNull())
                break;
            const auto owner = storage::ownerOf(unit.connection, change.entity, change.id);
            if (!owner)
                return fail(owner);
            view.patientId = owner->patient; // of a line: its invoice's patient
        }
        const auto reached =
            scope::checkRow(unit.connection, scope::reachOf(unit), "patient", view.patientId);
        if (!reached && reached.error().code == ErrorCode::OutsideScope)
            continue; // outside this user's permissions
        if (!reached)
            return fail(reached);
        if (!view.patientId.isNull()) {
            view.patient = storage::rowTitle(unit.connection, domain::Patient::entity(), view.patientId);
            view.phone = oneText(unit.connection, "SELECT phone FROM patient WHERE id=?", view.patientId);
        }
        views << view;
    }
    if (auto done = addSharedIdentifiers(unit, views); !done)
        return fail(done);
    return views;
}

Result<QList<SentGroup>> answer(ReadUnit &unit, const SentGroups &question)
{
    storage::Connection &c = unit.connection;
    QList<SentGroup> groups;
    const auto read = [&](QByteArrayView sql) {
        storage::Query q = c.query(sql, question.limit);
        while (q.next()) {
            SentGroup group;
            group.number = q.integer(0);
            group.changes = q.integer(1);
            group.intention = q.text(2);
            group.answeredAt = q.integer(4);
            group.seq = q.integer(5);
            if (const auto body = sync::decodeGroup(q.bytes(3))) {
                group.madeAt = body->header.at;
                group.actor = oneText(c, "SELECT display_name FROM app_user WHERE id=?", body->header.actor);
            }
            groups << group;
        }
    };
    read("SELECT n, changes, intention, body, 0, seq FROM outbox ORDER BY n DESC LIMIT ?");
    read("SELECT n, changes, intention, body, acknowledged_at, seq FROM outbox_archive ORDER BY n DESC LIMIT "
         "?");
    const Id device =
        Id::fromString(oneText(c, "SELECT value FROM local_state WHERE \"key\"=?", QStringLiteral("device")));
    for (SentGroup &group : groups) {
        storage::Query q = c.query("SELECT kind, code FROM attention WHERE group_number=? AND device=?",
                                   group.number, device);
        if (q.next()) {
            group.outcome = enumFromCode<domain::AttentionKind>(q.text(0));
            group.code = q.text(1);
        }
    }
    if (c.failure())
        return tl::unexpected(*c.failure());
    std::ranges::sort(groups, std::ranges::greater{}, &SentGroup::number);
    if (groups.size() > question.limit)
        groups.resize(question.limit);
    return groups;
}

Result<int> answer(ReadUnit &unit, const WaitingFor &question)
{
    storage::Query q = unit.connection.query(
        "SELECT count(DISTINCT n) FROM unsent WHERE id=?1 OR id IN (SELECT id FROM appointment_event WHERE "
        "appointment_id=?1 UNION ALL SELECT id FROM appointment_amendment WHERE appointment_id=?1 UNION ALL "
        "SELECT id FROM payment WHERE invoice_id=?1 UNION ALL SELECT id FROM credit_note WHERE "
        "invoice_id=?1)",
        question.row);
    if (!q.next())
        return q.failed();
    return q.number(0);
}

} // namespace clinic::services
