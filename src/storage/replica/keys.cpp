// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/replica/replica.h"

// The half of the replica that has to do with the hospital's keys (docs/decisions/0026).
namespace clinic::storage {

// The public half of the key on paper.
Result<QByteArray> Replica::recoveryKey()
{
    Query q = connection().query("SELECT recovery_key FROM hospital LIMIT 1");
    const QByteArray text = q.next() ? q.text(0).toLatin1() : QByteArray();
    return q.ok() ? Result<QByteArray>(QByteArray::fromBase64(text)) : q.failed();
}

Result<QByteArray> Replica::keysRequest(const QByteArray &boxPublic, const QList<sync::KeyHolder> &wanting,
                                        const QList<int> &refused)
{
    const FileIdentity &who = m_database.identity();
    const auto keys = who.sealer.keys();
    sync::KeysRequest request{keys.dataKeys.keys(),
                              sync::boxProof(keys, who.hospital, who.device, boxPublic)};
    request.refused = refused;
    const auto paper = recoveryKey();
    if (!paper)
        return fail(paper);
    request.paper = sync::sealForPaper(keys, who.hospital, *paper);
    for (const sync::KeyHolder &holder : wanting) {
        // Nobody with the hospital's keys stands for that one: it may be the server's own.
        if (holder.proof != sync::boxProof(keys, who.hospital, holder.device, holder.boxKey))
            continue;
        for (const int id : holder.lacks) {
            if (keys.dataKeys.contains(id))
                request.grants << sync::sealGrant(keys, id, who.hospital, holder.device, holder.boxKey);
        }
    }
    return sync::encode(request);
}

Result<QList<int>> Replica::take(const sync::KeysReply &reply, const crypto::BoxKey &boxKey)
{
    const FileIdentity &who = m_database.identity();
    sync::HospitalKeys keys = who.sealer.keys();
    QList<int> refused;
    for (const sync::KeyGrant &grant : reply.grants) {
        const auto key =
            grant.device == who.device ? sync::openGrant(grant, keys, who.hospital, boxKey) : std::nullopt;
        if (!key)
            refused << grant.keyId;
        else if (!keys.dataKeys.contains(grant.keyId))
            keys.dataKeys.insert(grant.keyId, *key);
    }
    if (keys.dataKeys.size() == who.sealer.keys().dataKeys.size())
        return refused;
    auto kept =
        m_database.transactLocal([&](Connection &c) { return keepHospitalKeys(c, keys, m_clock.nowMs()); });
    if (!kept)
        return fail(kept);
    who.sealer.add(keys.dataKeys); // what is written from here on is sealed with the newest
    return refused;
}

} // namespace clinic::storage
