// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"

#include "sync/wire/keygrants.h"

// Replacing the data key of a hospital (docs/decisions/0026).
namespace clinic::server {
namespace {

// The largest step from the last key to a new one; a little more than newRotation takes.
constexpr qint64 farthestNextKey = 1 << 17;
// Key ids are limited numbers: at this rate a changed PC needs years to use them up.
constexpr qint64 mostKeysADay = 20;

} // namespace

Result<Response> Service::rotate(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto rotation = sync::decodeRotation(request.body);
    if (!rotation)
        return fail(rotation);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, rotation->actor, rotation->role, "settings.edit");
        !allowed)
        return fail(allowed);
    // One replacement at a time, and no key with a lower id than one in use.
    const auto locked = session.run(
        "SELECT head FROM hospital_head WHERE hospital_id=$1" + session.forUpdate(), {idValue(who.hospital)});
    if (!locked)
        return fail(locked);
    auto known = dataKeys(session, who.hospital);
    if (!known)
        return fail(known);
    if (rotation->keyId <= known->newest) {
        // Another PC may have replaced the key at the same time: then this PC gets that key. A key that this
        // PC neither has nor gets, because a changed PC made or claims it, keeps nobody from replacing the
        // key: the refusal says where the ids end.
        const auto gets =
            session.run("SELECT 1 FROM device_key WHERE hospital_id=$1 AND device=$2 AND key_id=$3",
                        {idValue(who.hospital), idValue(who.device), Value{qint64(known->newestMade)}});
        if (!gets)
            return fail(gets);
        const bool isRace = rotation->keyId <= known->newestMade && !gets->isEmpty();
        return isRace ? errorResponse(409, "key-order")
                      : errorResponse(409, "key-claimed", QByteArray::number(known->newest));
    }
    if (rotation->keyId > known->newest + farthestNextKey)
        return errorResponse(409, "key-order");
    if (known->madeLately >= mostKeysADay)
        return errorResponse(409, "too-many-keys");
    if (std::none_of(rotation->grants.begin(), rotation->grants.end(),
                     [&](const sync::KeyGrant &grant) { return grant.device == who.device; }))
        return fail(ErrorCode::Invalid, QStringLiteral("/grants"));
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    if (auto added = addDataKey(session, who.hospital, rotation->keyId, false); !added)
        return fail(added);
    if (auto kept = keepGrants(session, who, rotation->grants, {rotation->keyId}); !kept)
        return fail(kept);
    // The revoked PC's user may have an unused code.
    const auto cancelled = session.run(
        "DELETE FROM enrolment_code WHERE hospital_id=$1 AND used_at=0 AND first=0", {idValue(who.hospital)});
    if (!cancelled)
        return fail(cancelled);
    return Response{200, sync::encode(*now)};
}

} // namespace clinic::server
