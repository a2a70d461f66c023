// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/arbiter.h"

#include "core/crypto.h"
#include "domain/entities.h"
#include "domain/patients/entities.h"
#include "domain/setup/scopes.h"
#include "server/accesshistory.h"
#include "server/ownership.h"
#include "sync/merge/fieldmerge.h"

namespace clinic::server {
namespace {

using sync::GroupStatus;
using sync::WireValue;

} // namespace

QByteArray scopeOf(const EntityInfo &entity, const Id &branch)
{
    return entity.perBranch && !entity.everywhere ? domain::scopeOfBranch(branch)
                                                  : QByteArray(domain::sharedScope);
}

Result<QList<Verdict>> Arbiter::judge(const QList<sync::OutboxGroup> &groups)
{
    QList<Result<sync::WireGroup>> decoded;
    for (const sync::OutboxGroup &group : groups)
        decoded << (crypto::hash(group.body) == group.hash
                        ? sync::decodeGroup(group.body)
                        : Result<sync::WireGroup>(fail(ErrorCode::Damaged)));
    if (auto read = lookAhead(groups, decoded); !read)
        return fail(read);
    QList<Verdict> verdicts;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        auto verdict = judgeOne(groups[i], decoded[i]);
        if (!verdict)
            return fail(verdict);
        verdicts << *verdict;
    }
    return verdicts;
}

Result<void> Arbiter::lookAhead(const QList<sync::OutboxGroup> &groups,
                                const QList<Result<sync::WireGroup>> &decoded)
{
    Row parameters{idValue(m_hospital), idValue(m_device.id)};
    QByteArray marks;
    for (const sync::OutboxGroup &group : groups) {
        parameters << Value{group.n};
        marks += (marks.isEmpty() ? "$" : ",$") + QByteArray::number(parameters.size());
    }
    const auto rows = m_session.run("SELECT hash, status, seq, code, detail, g FROM applied_change WHERE "
                                    "hospital_id=$1 AND device=$2 AND g IN (" +
                                        marks + ')',
                                    parameters);
    if (!rows)
        return fail(rows);
    for (const Row &row : *rows)
        m_answered.insert(integerAt(row, 5), row);
    QList<RowKey> keys;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        if (!decoded[i] || m_answered.contains(groups[i].n))
            continue;
        for (const auto &change : decoded[i]->changes) {
            if (!domain::entityNamed(QString::fromLatin1(change.entity)))
                continue;
            keys << RowKey(change.entity, change.id);
            if (change.op == sync::Change::Op::Insert) {
                sync::WireFields fields;
                for (const auto &f : change.fields)
                    fields.insert(f.column, f.value);
                if (const RowKey parent = Picture::parentOf(change.entity, fields); !parent.first.isEmpty())
                    keys << parent;
            }
        }
    }
    return m_picture.prefetch(keys);
}

// A successor may send groups that its predecessor wrote.
bool Arbiter::isFromHere(const sync::OutboxGroup &group, const sync::WireGroup &decoded) const
{
    return (decoded.header.device == m_device.id || group.recovered) &&
           decoded.header.hospital == m_hospital && decoded.header.group == group.n &&
           decoded.changes.size() == group.changes;
}

Result<Verdict> Arbiter::judgeOne(const sync::OutboxGroup &group, const Result<sync::WireGroup> &decoded)
{
    auto before = answeredBefore(group);
    if (before && !before->isAgain)
        return *before;
    Verdict verdict;
    verdict.result.group = group.n;
    verdict.hash = group.hash;
    verdict.body = group.body;
    sync::WireGroup content = decoded.value_or(sync::WireGroup{});
    const auto readable = knowsKeysOf(content);
    if (!readable)
        return fail(readable);
    if (!*readable) {
        verdict.isNew = false;
        verdict.result.status = GroupStatus::Blocked;
        verdict.result.code = "unknown-key";
        return verdict;
    }
    if (group.recovered) {
        if (auto named = nameOrigin(content.header); !named)
            return fail(named);
    }
    if (before) {
        m_device.nextN = qMax(m_device.nextN, group.n + group.changes);
    } else if (group.recovered) {
        // Numbers below the successor's first belong to the predecessor. The predecessor's own groups are
        // known; another content under such a number was written after the file was restored.
        const auto known = answeredUnderAnyName(group);
        if (!known)
            return fail(known);
        if (*known) {
            const auto again = (*known)->isAgain ? isJudgedAgainHere(**known) : Result<bool>(false);
            if (!again)
                return fail(again);
            if (!*again)
                return **known;
        }
        before = *known;
        m_device.nextN = qMax(m_device.nextN, group.n + group.changes);
    } else {
        if (group.n != m_device.nextN) {
            verdict.isNew = false;
            verdict.result.status = GroupStatus::Blocked;
            verdict.result.code = "out-of-order";
            verdict.result.expect = m_device.nextN;
            return verdict;
        }
        m_device.nextN = group.n + group.changes;
    }
    if (decoded && m_device.uploads == 1 && content.header.intention != "enrol-device")
        m_device.uploads = group.n > 1 ? group.n : 0;
    verdict.isAgain = before.has_value();
    verdict.firstDevice = before ? before->firstDevice : m_device.id;

    m_picture.begin();
    m_merged = false;
    m_flag.clear();
    m_alsoFlag.clear();
    m_taken.clear();
    m_released.clear();
    Judged judged;
    if (!decoded)
        judged = tl::unexpected(Refusal{"undecodable", decoded.error().field.toUtf8(), true});
    else if (!isFromHere(group, content))
        judged = tl::unexpected(Refusal{"not-yours", {}, true});
    else if (m_device.state != "active")
        judged = tl::unexpected(Refusal{"device-revoked", {}, true});
    else {
        auto done = apply(content);
        if (!done)
            return fail(done);
        judged = *done;
    }
    if (!judged) {
        if (auto refused = refuse(verdict, group, content, judged.error()); !refused)
            return fail(refused);
        // The server still does not judge it: the same answer as before.
        if (before && before->result.status == verdict.result.status &&
            before->result.code == verdict.result.code)
            return *before;
        verdict.edits = m_picture.accept();
        return verdict;
    }
    // The key of slot_claim decides between two servers: the second one starts over and sees the first one's
    // claims.
    for (const auto &[owner, claim] : std::as_const(m_released)) {
        if (auto done =
                m_session.run("DELETE FROM slot_claim WHERE hospital_id=$1 AND resource=$2 AND slot=$3 AND "
                              "lane=$4 AND owner=$5",
                              {idValue(m_hospital), idValue(claim.resource), Value{claim.slot},
                               Value{claim.lane}, idValue(owner)});
            !done)
            return fail(done);
    }
    std::sort(m_taken.begin(), m_taken.end(),
              [](const auto &a, const auto &b) { return a.second < b.second; });
    for (const auto &[owner, claim] : std::as_const(m_taken)) {
        const auto won =
            m_session.run("INSERT INTO slot_claim (hospital_id, resource, slot, lane, owner) VALUES "
                          "($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING RETURNING lane",
                          {idValue(m_hospital), idValue(claim.resource), Value{claim.slot}, Value{claim.lane},
                           idValue(owner)});
        if (!won)
            return fail(won);
        if (won->isEmpty())
            return fail(ErrorCode::Stale, QStringLiteral("slot_claim"));
    }
    verdict.result.status = !m_flag.isEmpty() ? GroupStatus::Flagged
                            : m_merged        ? GroupStatus::Merged
                                              : GroupStatus::Ok;
    verdict.result.code = m_flag;
    Result<void> said;
    if (!m_flag.isEmpty())
        said = addAttention(verdict, group, content, "flagged", m_flag, m_alsoFlag);
    else if (verdict.isAgain)
        said = endAttention(verdict);
    if (!said)
        return fail(said);
    verdict.edits = m_picture.accept();
    return verdict;
}

void Arbiter::addFlag(const QByteArray &code)
{
    if (!code.isEmpty() && code != m_flag)
        (m_flag.isEmpty() ? m_flag : m_alsoFlag) = code;
}

void Arbiter::touch(PictureRow &row, const sync::GroupHeader &header) const
{
    row.updatedAt = header.at;
    row.updatedBy = header.actor;
}

Result<Judged> Arbiter::apply(const sync::WireGroup &group)
{
    const auto *intention = domain::intentionNamed(group.header.intention);
    if (!intention)
        return Judged(tl::unexpected(Refusal{"unknown-intention", group.header.intention, true}));
    QList<RowKey> keys;
    for (const auto &change : group.changes) {
        if (!domain::entityNamed(QString::fromLatin1(change.entity)))
            return Judged(tl::unexpected(Refusal{"unknown-entity", change.entity, true}));
        keys << RowKey(change.entity, change.id);
    }
    if (auto locked = m_picture.prefetch(keys); !locked)
        return fail(locked);
    auto judged = permitted(group, *intention);
    if (judged && *judged && !m_history) {
        AccessHistory then(m_session, m_hospital, m_device.id, group.header.seen);
        QByteArray flag;
        judged = Ownership(m_picture, then, group, *intention, m_grants).judge(flag);
        addFlag(flag);
    }
    if (!judged || !*judged)
        return judged;
    for (const auto &change : group.changes) {
        judged =
            change.op == sync::Change::Op::Insert ? applyInsert(group, change) : applyPatch(group, change);
        if (!judged || !*judged)
            return judged;
    }
    if (judged = placeUnderParents(); !judged || !*judged)
        return judged;
    if (judged = judgeMoney(group); !judged || !*judged)
        return judged;
    const auto appointments = touchedAppointments();
    if (!appointments)
        return fail(appointments);
    QList<Id> ordered(appointments->begin(), appointments->end());
    std::sort(ordered.begin(), ordered.end());
    for (const Id &id : std::as_const(ordered)) {
        if (auto done = foldState(id); !done)
            return fail(done);
        judged = takePlace(id, intention->kind == domain::IntentionKind::Fact);
        if (!judged || !*judged)
            return judged;
    }
    return Judged();
}

Result<QSet<QString>> Arbiter::grantsOf(const Id &actor, const Id &role)
{
    return grantsFrom(m_picture, actor, role);
}

Result<Judged> Arbiter::permitted(const sync::WireGroup &group, const domain::IntentionInfo &intention)
{
    m_grants.clear();
    const bool isUpload = intention.id == domain::IntentionId::EnrolDevice;
    m_history = isUpload || intention.id == domain::IntentionId::BringClinic;
    QList<domain::RowChange> rows;
    for (const auto &change : group.changes) {
        domain::RowChange row{domain::entityNamed(QString::fromLatin1(change.entity)), change.id,
                              change.op == sync::Change::Op::Insert ? domain::RowChange::Op::Insert
                                                                    : domain::RowChange::Op::Patch,
                              0};
        // A first device may bring rows that another server made for it.
        if (row.entity->fromServer && row.op == domain::RowChange::Op::Insert && !isUpload)
            return Judged(tl::unexpected(Refusal{"server-only", change.entity, true}));
        for (const auto &f : change.fields) {
            const int index =
                row.entity->indexOf(std::string_view(f.column.constData(), size_t(f.column.size())));
            if (index >= 0)
                row.fields |= quint64(1) << index;
        }
        rows << row;
    }
    if (isUpload) {
        if (m_device.uploads != 1 && group.header.group >= m_device.uploads)
            return Judged(tl::unexpected(Refusal{"not-permitted", "enrol-device"}));
        m_grants.insert(QString::fromLatin1(intention.permission));
    } else {
        auto grants = grantsOf(group.header.actor, group.header.role);
        if (!grants)
            return fail(grants);
        m_grants = *grants;
    }
    const auto allowed = [&] {
        return domain::authorise(domain::Grants(m_grants), intention.id, rows).has_value();
    };
    if (allowed())
        return Judged();
    // The fact was allowed as far as its PC could know: it is applied and flagged.
    if (!isUpload && intention.kind == domain::IntentionKind::Fact && group.header.seen > 0) {
        AccessHistory then(m_session, m_hospital, m_device.id, group.header.seen);
        const auto grants = grantsFrom(then, group.header.actor, group.header.role);
        if (!grants)
            return fail(grants);
        m_grants = *grants;
        if (allowed()) {
            addFlag("revoked-since");
            return Judged();
        }
    }
    return Judged(tl::unexpected(Refusal{
        "not-permitted", intention.permission ? QByteArray(intention.permission) : QByteArray("footprint")}));
}

Result<Judged> Arbiter::applyInsert(const sync::WireGroup &group, const sync::WireChange &change)
{
    const RowKey key(change.entity, change.id);
    const auto before = m_picture.row(key);
    if (!before)
        return fail(before);
    PictureRow row;
    for (const auto &f : change.fields)
        row.fields.insert(f.column, f.value);
    if (before->exists) {
        if (before->fields == row.fields)
            return Judged();
        return Judged(tl::unexpected(Refusal{"id-reused", change.entity}));
    }
    if (change.entity == "invoice_line" && !m_history) {
        if (const auto open = notIssuedYet(change.entity, row); !open || !*open)
            return open;
    }
    row.branch = change.branchId;
    if (auto settled = settle(row, change.entity); !settled)
        return fail(settled);
    if (!sees(m_device, row.scope, row.patient))
        return Judged(tl::unexpected(Refusal{"not-your-branch", row.scope}));
    row.createdAt = group.header.at;
    row.createdBy = group.header.actor;
    row.device = group.header.device;
    touch(row, group.header);
    if (m_history && change.made) { // the row existed before
        row.createdAt = change.made->createdAt;
        row.createdBy = change.made->createdBy;
        row.updatedAt = change.made->updatedAt;
        row.updatedBy = change.made->updatedBy;
    }
    m_picture.put(key, {}, row);
    return Judged();
}

Result<void> Arbiter::settle(PictureRow &row, const QByteArray &entity)
{
    row.scope = scopeOf(*domain::entityNamed(QString::fromLatin1(entity)), row.branch);
    if (row.scope != domain::sharedScope)
        row.patient = row.id("patient_id");
    const RowKey key = Picture::parentOf(entity, row.fields);
    if (key.first.isEmpty())
        return {};
    const auto parent = m_picture.row(key);
    if (!parent)
        return fail(parent);
    if (parent->exists && parent->scope != domain::sharedScope) {
        row.scope = parent->scope;
        row.patient = parent->patient;
    }
    return {};
}

Result<Judged> Arbiter::applyPatch(const sync::WireGroup &group, const sync::WireChange &change)
{
    const RowKey key(change.entity, change.id);
    const EntityInfo *entity = domain::entityNamed(QString::fromLatin1(change.entity));
    const auto before = m_picture.row(key);
    if (!before)
        return fail(before);
    if (!before->exists) {
        const auto revived = revive(group, key);
        return revived && *revived ? applyPatch(group, change) : revived;
    }
    if (!sees(m_device, before->scope, before->patient))
        return Judged(tl::unexpected(Refusal{"not-your-branch", before->scope}));
    // The server accepts the emptying of identifying values whatever is stored now. No later change fills
    // them: neither from a PC that was away, nor as the other value of a conflict.
    const bool anonymises =
        group.header.intention == domain::intentionInfo(domain::IntentionId::AnonymisePatient).name;
    if (!anonymises && change.entity == "patient" && before->number("anonymised_at") > 0)
        return Judged();
    if (entity->appendOnly && !anonymises)
        return Judged(tl::unexpected(Refusal{"frozen", change.entity}));
    if (const auto open = notIssuedYet(change.entity, *before); !open || !*open)
        return open;
    PictureRow after = *before;
    bool changed = false;
    for (const auto &f : change.fields) {
        const int index = entity->indexOf(std::string_view(f.column.constData(), size_t(f.column.size())));
        if (change.entity == "appointment" && f.column == "state")
            continue; // only the fold writes it
        const ConflictPolicy policy =
            index < 0 ? ConflictPolicy::TakeLater : entity->fields[size_t(index)].policy;
        if (policy == ConflictPolicy::Frozen || (policy == ConflictPolicy::Erasable && !f.value.isNull()))
            return Judged(tl::unexpected(Refusal{"frozen", f.column}));
        const WireValue current = after.fields.value(f.column);
        const auto outcome =
            sync::mergeField(anonymises || sync::isBase(f.base, current), current == f.value, policy);
        if (outcome == sync::FieldOutcome::Same)
            continue;
        if (outcome == sync::FieldOutcome::KeepCurrent || outcome == sync::FieldOutcome::TakeWanted) {
            const bool keep = outcome == sync::FieldOutcome::KeepCurrent;
            if (auto kept = keepLoser(group, change, *before, f.column, f.base, keep ? current : f.value,
                                      keep ? f.value : current);
                !kept)
                return fail(kept);
            m_merged = true;
            if (keep)
                continue;
        }
        if (f.value.isNull())
            after.fields.remove(f.column);
        else
            after.fields.insert(f.column, f.value);
        changed = true;
    }
    if (anonymises && change.entity == "patient") { // also fields that the anonymising PC did not know
        for (const char *column : domain::emptyWhenAnonymised) {
            if (after.fields.remove(column) > 0)
                changed = m_merged = true;
        }
    }
    if (changed) {
        touch(after, group.header);
        m_picture.put(key, *before, after);
    }
    return Judged();
}

// Keeps the losing value where users see it. One device's chain of edits to one field is one row.
Result<void> Arbiter::keepLoser(const sync::WireGroup &group, const sync::WireChange &change,
                                const PictureRow &row, const QByteArray &column, const WireValue &base,
                                const WireValue &kept, const WireValue &lost)
{
    const auto asText = [](const WireValue &value) {
        QByteArray out;
        sync::appendWireValue(out, value);
        return wireText(out);
    };
    for (int round = 0;; ++round) {
        const RowKey key("conflict",
                         Id::derived(change.id, column + '/' + group.header.device.toBytes().toHex() + '/' +
                                                    QByteArray::number(round)));
        const auto known = m_picture.row(key);
        if (!known)
            return fail(known);
        if (known->exists) {
            const auto before = sync::decodeWireValue(known->text("lost").toUtf8());
            const bool goesOn = before && sync::isBase(base, *before);
            if (known->number("resolved") != 0 || !goesOn)
                continue;
        }
        PictureRow conflict = *known;
        if (!known->exists) {
            conflict.branch = row.branch;
            conflict.scope = row.scope;
            conflict.patient = row.patient;
            conflict.createdAt = group.header.at;
            conflict.createdBy = group.header.actor;
            conflict.device = group.header.device;
            conflict.fields = {{"entity", wireText(change.entity)},
                               {"row_id", wireId(change.id)},
                               {"field", wireText(column)},
                               {"lost_by", wireId(group.header.actor)},
                               {"lost_device", wireId(group.header.device)},
                               {"resolved", WireValue{Value{qint64(0)}}}};
        }
        conflict.fields.insert("kept", asText(kept));
        conflict.fields.insert("lost", asText(lost));
        conflict.fields.insert("lost_at", WireValue{Value{group.header.at}});
        touch(conflict, group.header);
        m_picture.put(key, *known, conflict);
        return {};
    }
}

} // namespace clinic::server
