// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/arbiter.h"

#include "domain/setup/scopes.h"
#include "sync/wire/unjudged.h"

// The part of the arbiter that repeats earlier answers, rejects or quarantines groups, and writes the
// attention row.
namespace clinic::server {
namespace {

using sync::GroupStatus;
using sync::WireValue;

void removeNulls(sync::WireFields &fields)
{
    for (auto it = fields.begin(); it != fields.end();)
        it = it->isNull() ? fields.erase(it) : std::next(it);
}

} // namespace

std::optional<Verdict> Arbiter::answeredBefore(const sync::OutboxGroup &group) const
{
    const Row row = m_answered.value(group.n);
    if (row.isEmpty())
        return std::nullopt;
    Verdict verdict;
    verdict.result.group = group.n;
    verdict.isNew = false;
    if (bytesAt(row, 0) != group.hash) {
        // The same number with other content: an older copy of the device's file was restored. It has to go
        // on as another device; until then no group of it is taken, and none leaves its outbox.
        verdict.result.status = GroupStatus::Blocked;
        verdict.result.code = "group-reused";
        return verdict;
    }
    return answerAgain(group, row, m_device.id);
}

Verdict Arbiter::answerAgain(const sync::OutboxGroup &group, const Row &row, const Id &firstDevice)
{
    Verdict verdict;
    verdict.result.group = group.n;
    verdict.isNew = false;
    const auto first =
        enumFromCode<GroupStatus>(QString::fromUtf8(bytesAt(row, 1))).value_or(GroupStatus::Ok);
    const bool refused = first == GroupStatus::Rejected || first == GroupStatus::Quarantined;
    verdict.result.status = refused ? first : GroupStatus::Dup;
    verdict.result.seq = integerAt(row, 2);
    verdict.result.code = bytesAt(row, 3);
    verdict.result.detail = bytesAt(row, 4);
    verdict.isAgain = sync::mayBeJudgedAgain(first, verdict.result.code);
    verdict.firstDevice = firstDevice;
    return verdict;
}

// A file restored more than once may bring groups of all its former devices: the content shows whether it is
// the same group.
Result<std::optional<Verdict>> Arbiter::answeredUnderAnyName(const sync::OutboxGroup &group)
{
    const auto rows =
        m_session.run("SELECT hash, status, seq, code, detail, device FROM applied_change WHERE "
                      "hospital_id=$1 AND g=$2 AND hash=$3 AND device IN (SELECT id FROM device "
                      "WHERE hospital_id=$1)",
                      {idValue(m_hospital), Value{group.n}, Value{group.hash}});
    if (!rows)
        return fail(rows);
    return rows->isEmpty() ? std::optional<Verdict>()
                           : std::optional(answerAgain(group, rows->first(), idAt(rows->first(), 5)));
}

Result<bool> Arbiter::isJudgedAgainHere(const Verdict &before)
{
    if (before.firstDevice == m_device.id)
        return true;
    const auto rows = m_session.run("SELECT state FROM device WHERE hospital_id=$1 AND id=$2",
                                    {idValue(m_hospital), idValue(before.firstDevice)});
    if (!rows)
        return fail(rows);
    return rows->isEmpty() || bytesAt(rows->first(), 0) != "active";
}

Result<void> Arbiter::refuse(Verdict &verdict, const sync::OutboxGroup &group, const sync::WireGroup &content,
                             const Refusal &refusal)
{
    const auto *intention = domain::intentionNamed(content.header.intention);
    const bool isFact = !intention || intention->kind == domain::IntentionKind::Fact;
    verdict.result.status = refusal.unreadable || isFact ? GroupStatus::Quarantined : GroupStatus::Rejected;
    verdict.result.code = refusal.code;
    verdict.result.detail = refusal.detail;
    m_picture.begin(); // drop the group's edits
    return addAttention(verdict, group, content,
                        verdict.result.status == GroupStatus::Rejected ? "rejected" : "quarantined",
                        refusal.code, refusal.detail);
}

Result<Verdict> Arbiter::keepAside(const sync::OutboxGroup &group, const QByteArray &code)
{
    Verdict verdict;
    verdict.result.group = group.n;
    verdict.hash = group.hash;
    verdict.body = group.body;
    verdict.firstDevice = m_device.id;
    const auto known = m_session.run("SELECT hash, status, seq, code, detail FROM applied_change WHERE "
                                     "hospital_id=$1 AND device=$2 AND g=$3",
                                     {idValue(m_hospital), idValue(m_device.id), Value{group.n}});
    if (!known)
        return fail(known);
    if (!known->isEmpty()) // quarantined already
        return answerAgain(group, known->first(), m_device.id);
    m_device.nextN = qMax(m_device.nextN, group.n + group.changes);
    if (auto refused = refuse(verdict, group, sync::WireGroup{}, {code, {}, true}); !refused)
        return fail(refused);
    verdict.edits = m_picture.accept();
    return verdict;
}

// Groups of a revoked PC go to no PC; they stay on the server (quarantine) for review.
Result<void> Arbiter::addAttention(const Verdict &verdict, const sync::OutboxGroup &group,
                                   const sync::WireGroup &decoded, const char *kind, const QByteArray &code,
                                   const QByteArray &detail)
{
    const RowKey key("attention",
                     Id::derived(verdict.firstDevice, "attention/" + QByteArray::number(group.n)));
    const auto before = m_picture.row(key);
    if (!before)
        return fail(before);
    PictureRow row = *before; // quarantined unjudged before, rejected now
    if (!before->exists) {
        row.branch = decoded.header.branch;
        row.scope = domain::scopeOfBranch(row.branch);
        row.createdAt = m_now;
        row.device = m_device.id;
    }
    row.updatedAt = m_now;
    row.fields = {{"kind", wireText(kind)},
                  {"code", wireText(code)},
                  {"detail", wireText(detail)},
                  {"intention", wireText(decoded.header.intention)},
                  {"device", wireId(verdict.firstDevice)},
                  {"group_number", WireValue{Value{group.n}}},
                  {"actor", wireId(decoded.header.actor)},
                  {"happened_at", WireValue{Value{decoded.header.at}}},
                  {"body", m_device.state == "active" ? wireText(group.body) : WireValue{}},
                  {"resolved", WireValue{Value{qint64(0)}}}};
    if (!decoded.changes.isEmpty()) {
        row.fields.insert("subject_entity", wireText(decoded.changes.first().entity));
        row.fields.insert("subject_id", wireId(decoded.changes.first().id));
    }
    removeNulls(row.fields);
    m_picture.put(key, *before, row);
    return {};
}

Result<void> Arbiter::endAttention(const Verdict &verdict)
{
    const RowKey key("attention", Id::derived(verdict.firstDevice,
                                              "attention/" + QByteArray::number(verdict.result.group)));
    const auto before = m_picture.row(key);
    if (!before)
        return fail(before);
    if (!before->exists || before->number("resolved") != 0)
        return {};
    PictureRow row = *before;
    row.fields.insert("resolved", WireValue{Value{qint64(1)}});
    row.updatedAt = m_now;
    m_picture.put(key, *before, row);
    return {};
}

} // namespace clinic::server
