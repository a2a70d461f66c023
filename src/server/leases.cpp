// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/leases.h"

#include "domain/setup/scopes.h"
#include "server/arbiter.h"
#include "server/service.h"
#include "sync/wire/json.h"

// The part of the service that keeps slots for a PC without a network. A lease holds its slots by the same
// key as an appointment, so any other claim loses in the same way.
namespace clinic::server {

Result<Response> Service::lease(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id actor = reader.id("actor");
    const Id role = reader.id("role");
    if (!reader.ok())
        return reader.failed();
    const auto wish = sync::decodeLeaseRequest(request.body);
    if (!wish)
        return fail(wish);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, actor, role, "appointments.book"); !allowed)
        return fail(allowed);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const Value hospital = idValue(who.hospital);
    const Value device = idValue(who.device);
    Picture picture(session, who.hospital);
    // Expired leases and those given back.
    QList<Id> over = wish->giveBack;
    const auto ended =
        session.run("SELECT id FROM slot_lease WHERE hospital_id=$1 AND device=$2 AND to_at<=$3",
                    {hospital, device, Value{now->now}});
    if (!ended)
        return fail(ended);
    for (const Row &row : *ended)
        over << idAt(row, 0);
    QList<Id> freedLeases;
    for (const Id &id : std::as_const(over)) {
        const auto gone =
            session.run("DELETE FROM slot_lease WHERE hospital_id=$1 AND device=$2 AND id=$3 RETURNING id",
                        {hospital, device, idValue(id)});
        if (!gone)
            return fail(gone);
        if (gone->isEmpty())
            continue;
        freedLeases << id;
        if (auto freed = session.run("DELETE FROM slot_claim WHERE hospital_id=$1 AND owner=$2",
                                     {hospital, idValue(id)});
            !freed)
            return fail(freed);
    }
    if (auto marked = setBusy(picture, freedLeases, false); !marked)
        return fail(marked);
    for (const sync::Lease &lease : wish->take) {
        if (auto taken = takeLease(session, who, lease, now->now, picture); !taken)
            return fail(taken);
    }
    const auto rows =
        session.run("SELECT id, resource, from_at, to_at FROM slot_lease WHERE hospital_id=$1 AND "
                    "device=$2 ORDER BY from_at, id",
                    {hospital, device});
    if (!rows)
        return fail(rows);
    sync::LeasesReply reply{*now, {}};
    for (const Row &row : *rows)
        reply.leases << sync::Lease{idAt(row, 0), idAt(row, 1), integerAt(row, 2), integerAt(row, 3)};
    Response response{200, sync::encode(reply)};
    if (const auto edits = picture.accept(); !edits.isEmpty()) {
        const auto told = writeOwn(session, who.hospital, edits);
        if (!told)
            return fail(told);
        response.hospital = who.hospital;
        response.head = told->head;
    }
    return response;
}

Result<void> Service::setBusy(Picture &picture, const QList<Id> &leases, bool active)
{
    for (const Id &id : leases) {
        const RowKey key("busy", id);
        const auto before = picture.row(key);
        if (!before)
            return fail(before);
        if (!before->exists || before->number("active") == qint64(active))
            continue;
        PictureRow after = *before;
        after.fields.insert("active", sync::WireValue{Value{qint64(active)}});
        after.updatedAt = m_clock.nowMs();
        picture.put(key, *before, after);
    }
    return {};
}

// Holds the free slots in that time; other PCs' claims stay.
Result<void> Service::takeLease(SqlSession &session, const Bearer &who, const sync::Lease &lease, qint64 now,
                                Picture &picture)
{
    const Value hospital = idValue(who.hospital);
    const auto resource = picture.row({"resource", lease.resource});
    if (!resource)
        return fail(resource);
    if (!resource->exists || lease.to <= now)
        return fail(ErrorCode::Invalid, QStringLiteral("/take"));
    const Id id = Id::create(now);
    const auto added =
        session.run("INSERT INTO slot_lease (hospital_id, id, device, resource, from_at, to_at) "
                    "VALUES ($1,$2,$3,$4,$5,$6)",
                    {hospital, idValue(id), idValue(who.device), idValue(lease.resource), Value{lease.from},
                     Value{lease.to}});
    if (!added)
        return fail(added);
    const qint64 from = lease.from / slotMs;
    const qint64 to = (lease.to + slotMs - 1) / slotMs;
    const auto held = session.run(
        "SELECT slot, lane FROM slot_claim WHERE hospital_id=$1 AND resource=$2 AND slot>=$3 AND slot<$4",
        {hospital, idValue(lease.resource), Value{from}, Value{to}});
    if (!held)
        return fail(held);
    QHash<qint64, QSet<qint64>> lanes;
    for (const Row &row : *held)
        lanes[integerAt(row, 0)] << integerAt(row, 1);
    const qint64 capacity = qBound<qint64>(1, resource->number("capacity"), mostLanes);
    Rows claims;
    for (qint64 slot = from; slot < to; ++slot) {
        for (qint64 lane = 0; lane < capacity; ++lane) {
            if (!lanes.value(slot).contains(lane))
                claims << Row{hospital, idValue(lease.resource), Value{slot}, Value{lane}, idValue(id)};
        }
    }
    PictureRow busy;
    busy.scope = domain::sharedScope;
    busy.createdAt = busy.updatedAt = now;
    busy.device = who.device;
    busy.fields = {{"resource_id", sync::WireValue{Value{lease.resource.toString()}}},
                   {"start_at", sync::WireValue{Value{lease.from}}},
                   {"end_at", sync::WireValue{Value{lease.to}}},
                   {"active", sync::WireValue{Value{qint64(1)}}}};
    picture.put({"busy", id}, {}, busy);
    return session.runMany("slot_claim", "hospital_id, resource, slot, lane, owner", "ON CONFLICT DO NOTHING",
                           claims);
}

} // namespace clinic::server
