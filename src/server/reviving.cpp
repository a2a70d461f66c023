// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "server/arbiter.h"

// What somebody did is never thrown away because what he did it to was refused: the patient whose booking
// lost its place to another PC was there all the same. The refused rows lie in the attention that tells of
// them.
namespace clinic::server {

Result<bool> Arbiter::revive(const sync::WireGroup &group, const RowKey &key)
{
    const auto *intention = domain::intentionNamed(group.header.intention);
    if (!intention || intention->kind != domain::IntentionKind::Fact || m_history)
        return false;
    const auto told = m_picture.holding("attention", key.second.toString().toLatin1());
    if (!told)
        return fail(told);
    for (const PictureRow &attention : *told) {
        if (attention.text("kind") == u"flagged")
            continue;
        const auto refused = sync::decodeGroup(attention.text("body").toUtf8());
        const bool isIt =
            refused && refused->header.hospital == m_hospital &&
            std::any_of(refused->changes.begin(), refused->changes.end(), [&](const sync::WireChange &one) {
                return one.op == sync::Change::Op::Insert && RowKey(one.entity, one.id) == key;
            });
        if (!isIt)
            continue;
        for (sync::WireChange change : refused->changes) {
            const EntityInfo *entity = domain::entityNamed(QString::fromLatin1(change.entity));
            if (!entity || entity->fromServer || change.op != sync::Change::Op::Insert)
                continue;
            const auto there = m_picture.row({change.entity, change.id});
            if (!there)
                return fail(there);
            if (there->exists)
                continue;
            // It has no place of its own: it stands beside whoever has.
            if (change.entity == "appointment") {
                change.fields.removeIf([](const auto &field) { return field.column == "walk_in"; });
                change.fields << sync::WireChange::Field{"walk_in", {}, {Value{qint64(1)}}};
            }
            const auto inserted = applyInsert(*refused, change);
            if (!inserted)
                return fail(inserted);
            if (!*inserted)
                return false;
        }
        m_flag = "came-anyway";
        return true;
    }
    return false;
}

} // namespace clinic::server
