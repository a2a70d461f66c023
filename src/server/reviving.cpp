// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "server/ownership.h"
#include "sync/wire/unjudged.h"

// Revives rejected rows that a fact needs: a patient arrives although another PC got the appointment's slot.
// The rejected rows are in their attention row.
namespace clinic::server {
namespace reviving {

// Facts that revive their parents, and the parents they revive. Any other rejected group stays rejected,
// whatever is written to its rows later.
bool isWork(const sync::WireGroup &group, const domain::IntentionInfo *wish)
{
    const bool books = wish && (wish->id == domain::IntentionId::BookAppointment ||
                                wish->id == domain::IntentionId::BookOwnAppointment);
    const bool bills = wish && wish->id == domain::IntentionId::SaveInvoice;
    return std::all_of(group.changes.begin(), group.changes.end(), [&](const sync::WireChange &change) {
        if (change.op != sync::Change::Op::Insert)
            return true; // still rejected
        return books ? change.entity == "appointment" || change.entity == "appointment_event"
                     : bills && (change.entity == "invoice" || change.entity == "invoice_line");
    });
}

} // namespace reviving

Result<QList<sync::WireGroup>> Arbiter::refusedInserts(const RowKey &key)
{
    const auto told = m_picture.holding("attention", key.second.toString().toLatin1());
    if (!told)
        return fail(told);
    QList<sync::WireGroup> groups;
    for (const PictureRow &attention : *told) {
        if (attention.text("kind") == u"flagged" || sync::isUnjudged(attention.text("code").toLatin1()))
            continue;
        const auto refused = sync::decodeGroup(attention.text("body").toUtf8());
        if (refused && refused->header.hospital == m_hospital &&
            std::ranges::any_of(refused->changes, [&](const sync::WireChange &one) {
                return one.op == sync::Change::Op::Insert && RowKey(one.entity, one.id) == key;
            }))
            groups << *refused;
    }
    return groups;
}

Result<Judged> Arbiter::revive(const sync::WireGroup &group, const RowKey &key)
{
    const auto refusedGroups = refusedInserts(key);
    if (!refusedGroups)
        return fail(refusedGroups);
    if (refusedGroups->isEmpty())
        return Judged(tl::unexpected(Refusal{"parent-missing", key.first, true}));
    const Judged stays = tl::unexpected(Refusal{"parent-refused", key.first});
    const auto *intention = domain::intentionNamed(group.header.intention);
    if (!intention || intention->kind != domain::IntentionKind::Fact || m_history)
        return stays;
    for (const sync::WireGroup &refused : *refusedGroups) {
        const auto *wish = domain::intentionNamed(refused.header.intention);
        if (!reviving::isWork(refused, wish))
            continue;
        AccessHistory then(m_session, m_hospital, m_device.id, refused.header.seen);
        QByteArray flag;
        const auto own = Ownership(m_picture, then, refused, *wish, m_grants).judge(flag);
        if (!own)
            return fail(own);
        if (!*own)
            continue;
        for (sync::WireChange change : refused.changes) {
            if (change.op != sync::Change::Op::Insert)
                continue;
            const auto there = m_picture.row({change.entity, change.id});
            if (!there)
                return fail(there);
            if (there->exists)
                continue;
            // It has no slot of its own: it stands beside the other appointment.
            if (change.entity == "appointment") {
                change.fields.removeIf([](const auto &field) { return field.column == "walk_in"; });
                change.fields << sync::WireChange::Field{"walk_in", {}, {Value{qint64(1)}}};
            }
            const auto inserted = applyInsert(refused, change);
            if (!inserted || !*inserted)
                return inserted;
        }
        addFlag("came-anyway");
        return Judged();
    }
    return stays;
}

Result<Judged> Arbiter::placeUnderParents()
{
    const auto draft = m_picture.draft();
    for (const Edit &edit : draft) {
        const RowKey key = edit.isNew ? Picture::parentOf(edit.key.first, edit.after.fields) : RowKey();
        const EntityInfo *entity = domain::entityNamed(QString::fromLatin1(key.first));
        if (!entity || !entity->perBranch || entity->everywhere)
            continue;
        const auto parent = m_picture.row(key);
        if (!parent)
            return fail(parent);
        if (!parent->exists && !m_history) {
            const auto refused = refusedInserts(key);
            if (!refused)
                return fail(refused);
            if (refused->isEmpty())
                return Judged(tl::unexpected(Refusal{"parent-missing", key.first, true}));
        }
        PictureRow placed = edit.after;
        if (auto settled = settle(placed, edit.key.first); !settled)
            return fail(settled);
        if (placed.scope != edit.after.scope || placed.patient != edit.after.patient)
            m_picture.put(edit.key, {}, placed);
    }
    return Judged();
}

} // namespace clinic::server
