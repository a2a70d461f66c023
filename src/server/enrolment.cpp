// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/enrolment.h"
#include "domain/setup/scopes.h"
#include "server/service.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

// The part of the service that knows devices: enrolment codes, tokens, states.
namespace clinic::server {
Result<Response> Service::enrol(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const QByteArray proof = reader.base64("proof");
    const Id id = reader.id("device");
    const QByteArray signKey = reader.base64("sign_key");
    const QByteArray boxKey = reader.base64("box_key");
    const QString name = reader.text("name").left(200);
    const qint64 nextN = reader.count("next");
    const Id own = reader.optionalId("own");
    if (reader.ok() && (signKey.size() != 32 || boxKey.size() != 32 || nextN < 1))
        reader.note("sign_key");
    if (!reader.ok())
        return reader.failed();
    const Value proofHash{crypto::hash(proof)};
    const qint64 nowMs = m_clock.nowMs();
    const auto codes = session.run(
        "SELECT wrapped, scopes, expires_at, used_at, first FROM enrolment_code WHERE hospital_id=$1 AND "
        "proof_hash=$2" +
            session.forUpdate(),
        {idValue(who.hospital), proofHash});
    if (!codes)
        return fail(codes);
    if (codes->isEmpty() || integerAt(codes->first(), 2) < nowMs)
        return fail(ErrorCode::NotFound, QStringLiteral("code"));
    const Row &code = codes->first();
    const bool first = integerAt(code, 4) == firstCode;
    if (!first && !own.isNull() && own != who.hospital)
        return errorResponse(409, "another-hospital");
    // The first device brings a hospital id in its file. The hospital takes that id instead of the one in the
    // code.
    const Id home = first && !own.isNull() ? own : who.hospital;
    const Value hospital = idValue(home);
    if (auto acting = session.actFor(home); !acting)
        return fail(acting);
    if (first) {
        const auto added = session.run(
            "INSERT INTO hospital_head (hospital_id, epoch, head) VALUES ($1,$2,0) ON CONFLICT DO NOTHING",
            {hospital, Value{crypto::randomBytes(16)}});
        if (!added)
            return fail(added);
        const auto named = session.run("INSERT INTO hospital SELECT $2, name, created_at FROM hospital WHERE "
                                       "hospital_id=$1 ON CONFLICT DO NOTHING",
                                       {idValue(who.hospital), hospital});
        if (!named)
            return fail(named);
    }
    const auto now = stamp(session, home);
    if (!now)
        return fail(now);
    const auto known = device(session, home, id, true);
    if (!known)
        return fail(known);
    // The answer may have been lost: the device that used the code may ask again with the same key.
    const bool again = *known && (*known)->signKey == signKey;
    if ((*known && !again) || (integerAt(code, 3) != 0 && !again))
        return fail(ErrorCode::NotFound, QStringLiteral("code"));
    qint64 number = again ? (*known)->number : 0;
    if (!again) {
        // A file that belongs to a hospital on this server cannot found one again.
        if (first) {
            const auto others = session.run("SELECT 1 FROM device WHERE hospital_id=$1 LIMIT 1", {hospital});
            if (!others)
                return fail(others);
            if (!others->isEmpty())
                return errorResponse(409, "hospital-exists");
        }
        const auto added = addDevice(session, home,
                                     {id, 0, name.isEmpty() ? QByteArray("PC") : name.toUtf8(), signKey,
                                      bytesAt(code, 1).split(' '), "active", first, nextN},
                                     boxKey);
        if (!added)
            return fail(added);
        number = *added;
        // The code's row belongs to the hospital that the code names. PostgreSQL's row-level security hides
        // that row while the session acts for the hospital that the PC brings.
        if (auto over = session.actFor(who.hospital); !over)
            return fail(over);
        const auto used = session.run(
            "UPDATE enrolment_code SET used_at=$3, device=$4 WHERE hospital_id=$1 AND proof_hash=$2 "
            "RETURNING proof_hash",
            {idValue(who.hospital), proofHash, Value{now->now}, idValue(id)});
        if (!used)
            return fail(used);
        if (used->isEmpty())
            return fail(ErrorCode::Internal, {}, {}, QStringLiteral("the used code was not marked"));
        if (auto back = session.actFor(home); !back)
            return fail(back);
    }
    QByteArray paper;
    if (integerAt(code, 4) == paperCode) {
        const auto keys = this->paper(session, home);
        if (!keys)
            return fail(keys);
        paper = bytesAt(*keys, 1);
    }
    return accept(session, home, id, number, *now, bytesAt(code, 0), paper);
}

Result<qint64> Service::addDevice(SqlSession &session, const Id &hospital, const DeviceRecord &record,
                                  const QByteArray &boxKey)
{
    const auto count = session.run("SELECT count(*) FROM device WHERE hospital_id=$1", {idValue(hospital)});
    if (!count)
        return fail(count);
    const qint64 number = integerAt(count->first(), 0) + 1;
    const auto added = session.run(
        "INSERT INTO device (hospital_id, id, number, name, sign_key, box_key, scopes, state, may_upload, "
        "next_n, last_contact, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$11)",
        {idValue(hospital), idValue(record.id), Value{number}, textValue(record.name), Value{record.signKey},
         Value{boxKey}, textValue(record.scopes.join(' ')), textValue(record.state), Value{record.uploads},
         Value{record.nextN}, Value{m_clock.nowMs()}});
    if (!added)
        return fail(added);
    return number;
}

Result<Response> Service::accept(SqlSession &session, const Id &hospital, const Id &id, qint64 number,
                                 const sync::Stamp &now, const QByteArray &wrapped, const QByteArray &paper)
{
    // The network may repeat a request, and the PC may read either answer.
    const QByteArray refresh = crypto::randomBytes(32);
    // The PC may have gone on since: its token stays valid, and this one is valid too.
    const auto family = session.run(
        "INSERT INTO token_family (hospital_id, device, current_hash, previous_hash, rotated_at, "
        "revoked, used) VALUES ($1,$2,$3,NULL,$4,0,0) ON CONFLICT (hospital_id, device) DO UPDATE "
        "SET current_hash=CASE WHEN token_family.used=0 THEN excluded.current_hash ELSE "
        "token_family.current_hash END, previous_hash=CASE WHEN token_family.used=0 THEN "
        "token_family.current_hash ELSE token_family.previous_hash END, spare_hash=CASE WHEN "
        "token_family.used=0 THEN NULL ELSE excluded.current_hash END, "
        "rotated_at=excluded.rotated_at",
        {idValue(hospital), idValue(id), Value{crypto::hash(refresh)}, Value{now.now}});
    if (!family)
        return fail(family);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, now);
    writer.id("hospital", hospital).number("number", number).base64("server_key", m_key.publicKey);
    writer.base64("refresh", refresh).text("wrapped", wrapped);
    if (!paper.isEmpty())
        writer.base64("paper", paper);
    writer.close();
    return Response{200, out};
}

// A restored file goes on as another device, authenticated by the key of its predecessor. The predecessor is
// retired: its numbers may have been issued twice.
Result<Response> Service::succeed(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id predecessor = reader.id("predecessor");
    const QByteArray signature = reader.base64("signature");
    const Id id = reader.id("device");
    const QByteArray signKey = reader.base64("sign_key");
    const QByteArray boxKey = reader.base64("box_key");
    const qint64 nextN = reader.count("next");
    if (reader.ok() && (signKey.size() != 32 || boxKey.size() != 32 || nextN < 1))
        reader.note("sign_key");
    if (!reader.ok())
        return reader.failed();
    const auto old = device(session, who.hospital, predecessor, true);
    if (!old)
        return fail(old);
    if (!*old || !crypto::verify(sync::successionText(id, signKey), signature, (*old)->signKey))
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-device"));
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto known = device(session, who.hospital, id, true);
    if (!known)
        return fail(known);
    if (*known) {
        // The answer to the first request was lost.
        if ((*known)->signKey != signKey || (*known)->state != "active")
            return fail(ErrorCode::Forbidden, QStringLiteral("device-revoked"));
        return accept(session, who.hospital, id, (*known)->number, *now, {});
    }
    if ((*old)->state != "active")
        return fail(ErrorCode::Forbidden, QStringLiteral("device-revoked"));
    const auto revoked = session.run("SELECT revoked FROM token_family WHERE hospital_id=$1 AND device=$2",
                                     {idValue(who.hospital), idValue(predecessor)});
    if (!revoked)
        return fail(revoked);
    if (!revoked->isEmpty() && integerAt(revoked->first(), 0) != 0)
        return fail(ErrorCode::NotSignedIn, QStringLiteral("family-revoked"));
    const auto number =
        addDevice(session, who.hospital,
                  {id, 0, (*old)->name, signKey, (*old)->scopes, "active", (*old)->uploads, nextN}, boxKey);
    if (!number)
        return fail(number);
    const auto retired =
        session.run("UPDATE device SET state='retired' WHERE hospital_id=$1 AND id=$2 RETURNING id",
                    {idValue(who.hospital), idValue(predecessor)});
    if (!retired)
        return fail(retired);
    const auto named = session.run("UPDATE device SET predecessor=$3 WHERE hospital_id=$1 AND id=$2",
                                   {idValue(who.hospital), idValue(id), idValue(predecessor)});
    if (!named)
        return fail(named);
    const auto charts = session.run("INSERT INTO device_chart (hospital_id, device, patient, since) SELECT "
                                    "hospital_id, $3, patient, since FROM device_chart WHERE hospital_id=$1 "
                                    "AND device=$2",
                                    {idValue(who.hospital), idValue(predecessor), idValue(id)});
    if (!charts)
        return fail(charts);
    const auto leases = session.run("UPDATE slot_lease SET device=$3 WHERE hospital_id=$1 AND device=$2",
                                    {idValue(who.hospital), idValue(predecessor), idValue(id)});
    if (!leases)
        return fail(leases);
    return accept(session, who.hospital, id, *number, *now, {});
}

Result<Response> Service::token(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id id = reader.id("device");
    const QByteArray refresh = reader.base64("refresh");
    const QByteArray signature = reader.base64("signature");
    const QString system = QString::fromUtf8(reader.optionalBytes("system")).left(100);
    const QString version = QString::fromUtf8(reader.optionalBytes("version")).left(40);
    const Id user = reader.optionalId("user");
    if (!reader.ok())
        return reader.failed();
    const auto record = device(session, who.hospital, id, true);
    if (!record)
        return fail(record);
    // Without a valid signature by the device's key nothing is disclosed and nothing is revoked.
    if (!*record || !crypto::verify("clinicdesk token " + refresh, signature, (*record)->signKey))
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-device"));
    const auto families = session.run(
        "SELECT current_hash, previous_hash, rotated_at, revoked, spare_hash FROM token_family WHERE "
        "hospital_id=$1 AND device=$2",
        {idValue(who.hospital), idValue(id)});
    if (!families)
        return fail(families);
    // Without a family this server was restored: its tokens are older than the PC's, but the device's key is
    // still valid.
    const Row family = families->isEmpty()
                           ? Row{Value{crypto::hash(refresh)}, {}, Value{qint64(0)}, Value{qint64(0)}, {}}
                           : families->first();
    if (integerAt(family, 3) != 0)
        return fail(ErrorCode::NotSignedIn, QStringLiteral("family-revoked"));
    const QByteArray hash = crypto::hash(refresh);
    const qint64 now = m_clock.nowMs();
    const bool current = crypto::equal(hash, bytesAt(family, 0)) || crypto::equal(hash, bytesAt(family, 4));
    // The previous token stays valid until its successor was used: an answer may have been lost, and the
    // network down for weeks since. An older token means that two programs hold this PC's secrets.
    const bool previous = !current && crypto::equal(hash, bytesAt(family, 1));
    if (!current && !previous) {
        // Another program holds a copy of this PC's secrets.
        const auto revoked =
            session.run("UPDATE token_family SET revoked=1 WHERE hospital_id=$1 AND device=$2",
                        {idValue(who.hospital), idValue(id)});
        if (!revoked)
            return fail(revoked);
        return errorResponse(401, "family-revoked");
    }
    const auto heard =
        session.run("UPDATE device SET last_contact=$3, system=$4, version=$5 WHERE hospital_id=$1 AND id=$2",
                    {idValue(who.hospital), idValue(id), Value{now}, Value{system + QStringLiteral("")},
                     Value{version + QStringLiteral("")}});
    if (!heard)
        return fail(heard);
    if (!user.isNull()) {
        const auto noted =
            session.run("INSERT INTO device_user (hospital_id, device, user_id, at) VALUES "
                        "($1,$2,$3,$4) ON CONFLICT (hospital_id, device, user_id) DO UPDATE SET "
                        "at=excluded.at",
                        {idValue(who.hospital), idValue(id), idValue(user), Value{now}});
        if (!noted)
            return fail(noted);
    }
    // The device has the keys now, so the wrapped ones in its enrolment code are deleted.
    const auto arrived =
        session.run("UPDATE enrolment_code SET wrapped=NULL WHERE hospital_id=$1 AND device=$2 "
                    "AND wrapped IS NOT NULL",
                    {idValue(who.hospital), idValue(id)});
    if (!arrived)
        return fail(arrived);
    const QByteArray next = crypto::randomBytes(32);
    const auto rotated = session.run(
        "INSERT INTO token_family (hospital_id, device, current_hash, previous_hash, rotated_at, "
        "revoked, used) VALUES ($1,$2,$3,$4,$5,0,1) ON CONFLICT (hospital_id, device) DO UPDATE SET "
        "current_hash=excluded.current_hash, previous_hash=excluded.previous_hash, "
        "rotated_at=excluded.rotated_at, used=1, spare_hash=NULL",
        {idValue(who.hospital), idValue(id), Value{crypto::hash(next)}, Value{hash}, Value{now}});
    if (!rotated)
        return fail(rotated);
    QByteArray out;
    sync::JsonWriter(out)
        .open()
        .text("access", accessToken(who.hospital, id))
        .base64("refresh", next)
        .number("now", now)
        .close();
    return Response{200, out};
}

Result<void> Service::mayDo(SqlSession &session, const Bearer &who, const DeviceRecord &record,
                            const Id &actor, const Id &role, const char *permission)
{
    Arbiter arbiter(session, who.hospital, record, m_clock.nowMs());
    const auto grants = arbiter.grantsOf(actor, role);
    if (!grants)
        return fail(grants);
    return grants->contains(QString::fromLatin1(permission))
               ? Result<void>()
               : fail(ErrorCode::Forbidden, QStringLiteral("not-permitted"));
}

Result<void> Service::checkScopes(SqlSession &session, const Id &hospital, const QByteArray &scopes)
{
    if (domain::keepsEverything(scopes))
        return {};
    const auto parts = scopes.split(' ');
    bool good = parts.first() == domain::sharedScope && parts.size() > 1 && parts.size() < 100;
    Picture picture(session, hospital);
    for (qsizetype i = 1; good && i < parts.size(); ++i) {
        const Id branch = Id::fromString(QString::fromLatin1(parts[i].mid(2)));
        const auto row = picture.row({"branch", branch});
        if (!row)
            return fail(row);
        good = row->exists && parts[i] == domain::scopeOfBranch(branch);
    }
    return good ? Result<void>() : fail(ErrorCode::Invalid, QStringLiteral("/scopes"));
}

// The list of the hospital's PCs for an administrator; with a device and a state or scopes, after that
// change. A PC cannot revoke itself.
Result<Response> Service::listDevices(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id actor = reader.id("actor");
    const Id role = reader.id("role");
    const Id target = reader.optionalId("device");
    const QByteArray state = reader.optionalBytes("state");
    const QByteArray scopes = reader.optionalBytes("scopes");
    const bool isState = state == "active" || state == "revoked" || state == "retired" || state == "lost";
    if (reader.ok() && !target.isNull() &&
        (scopes.isEmpty() ? target == who.device || !isState : !state.isEmpty()))
        reader.note("state");
    if (!reader.ok())
        return reader.failed();
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const bool mine = reader.has("mine");
    if (auto allowed = mayDo(session, who, *record, actor, role, mine ? "account.own" : "settings.edit");
        !allowed)
        return fail(allowed);
    if (mine && !target.isNull())
        return fail(ErrorCode::Invalid, QStringLiteral("/mine"));
    if (!target.isNull() && !scopes.isEmpty()) {
        if (auto good = checkScopes(session, who.hospital, scopes); !good)
            return fail(good);
        const auto set = session.run("UPDATE device SET wished=CASE WHEN scopes=$3 THEN '' ELSE $3 END "
                                     "WHERE hospital_id=$1 AND id=$2",
                                     {idValue(who.hospital), idValue(target), textValue(scopes)});
        if (!set)
            return fail(set);
    } else if (!target.isNull()) {
        if (auto set = changeState(session, who.hospital, target, state); !set)
            return fail(set);
    }
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    // For each PC the last user; for "own PCs" only the actor.
    const auto rows = session.run(
        "SELECT id, number, name, state, last_contact, created_at, CASE WHEN wished='' THEN scopes ELSE "
        "wished "
        "END, wiped_at, box_key, box_proof, system, version, u.user_id, u.at FROM device LEFT JOIN "
        "device_user u "
        "ON u.hospital_id=device.hospital_id AND u.device=device.id AND u.at=(SELECT max(at) FROM "
        "device_user o "
        "WHERE o.hospital_id=u.hospital_id AND o.device=u.device AND ($2=0 OR o.user_id=$3)) AND ($2=0 OR "
        "u.user_id=$3) WHERE device.hospital_id=$1 AND ($2=0 OR u.user_id=$3) ORDER BY number, u.user_id",
        {idValue(who.hospital), Value{qint64(mine)}, idValue(actor)});
    if (!rows)
        return fail(rows);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.openList("devices");
    Id before;
    for (const Row &row : *rows) {
        if (idAt(row, 0) == before) // two with the same time
            continue;
        writer.open()
            .id("id", idAt(row, 0))
            .number("number", integerAt(row, 1))
            .text("name", bytesAt(row, 2));
        writer.text("state", bytesAt(row, 3)).number("last_contact", integerAt(row, 4));
        writer.number("created_at", integerAt(row, 5)).text("scopes", bytesAt(row, 6));
        writer.number("wiped_at", integerAt(row, 7)).base64("box_key", bytesAt(row, 8));
        writer.base64("box_proof", bytesAt(row, 9)).text("system", bytesAt(row, 10));
        writer.text("version", bytesAt(row, 11));
        if (const Id user = idAt(row, 12); !user.isNull())
            writer.id("last_user", user).number("last_used_at", integerAt(row, 13));
        writer.close();
        before = idAt(row, 0);
    }
    writer.closeList().close();
    Response response{200, out};
    if (!state.isEmpty()) {
        // Its leases are free, or kept again: waiting PCs are told.
        response.hospital = who.hospital;
        response.head = now->head;
    }
    return response;
}

// An administrator's device makes a code for another; the secret that unwraps the hospital's keys never
// reaches the server.
Result<Response> Service::codes(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const QByteArray proofHash = reader.base64("proof_hash");
    const QByteArray wrapped = reader.bytes("wrapped");
    const QByteArray scopes = reader.optionalBytes("scopes");
    const Id actor = reader.id("actor");
    const Id role = reader.id("role");
    if (reader.ok() && (proofHash.size() != 32 || wrapped.isEmpty() || wrapped.size() > 4096))
        reader.note("wrapped");
    if (!reader.ok())
        return reader.failed();
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, actor, role, "settings.edit"); !allowed)
        return fail(allowed);
    if (!scopes.isEmpty()) {
        if (auto good = checkScopes(session, who.hospital, scopes); !good)
            return fail(good);
    }
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto added = session.run(
        "INSERT INTO enrolment_code (hospital_id, proof_hash, wrapped, scopes, expires_at, "
        "used_at, first) VALUES ($1,$2,$3,$4,$5,0,0)",
        {idValue(who.hospital), Value{proofHash}, textValue(wrapped),
         textValue(scopes.isEmpty() ? record->scopes.join(' ') : scopes), Value{now->now + codeMs}});
    if (!added)
        return fail(added);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.number("expires_at", now->now + codeMs).close();
    return Response{200, out};
}

Result<void> Service::changeState(SqlSession &session, const Id &hospital, const Id &id,
                                  const QByteArray &state)
{
    const auto rows = session.run(
        "UPDATE device SET state=$3, lost_at=$4, wiped_at=0, late_audit=0 WHERE hospital_id=$1 AND id=$2 "
        "RETURNING id",
        {idValue(hospital), idValue(id), textValue(state), Value{state == "lost" ? m_clock.nowMs() : 0}});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("device"));
    if (state != "active") {
        if (auto gone = dropWaitingKeys(session, hospital, id); !gone)
            return gone;
        if (auto gone = dropClaims(session, hospital); !gone)
            return gone;
    } else {
        // Accepting a PC confirms it: also a PC that this restored server took for a copy because its tokens
        // are newer.
        const auto heard =
            session.run("DELETE FROM token_family WHERE hospital_id=$1 AND device=$2 AND revoked<>0",
                        {idValue(hospital), idValue(id)});
        if (!heard)
            return fail(heard);
    }
    // Its leases no longer hold; or hold again, once it is accepted.
    const auto leases = session.run("SELECT id FROM slot_lease WHERE hospital_id=$1 AND device=$2",
                                    {idValue(hospital), idValue(id)});
    if (!leases)
        return fail(leases);
    QList<Id> ids;
    for (const Row &row : *leases)
        ids << idAt(row, 0);
    Picture picture(session, hospital);
    if (auto marked = setBusy(picture, ids, state == "active"); !marked)
        return marked;
    const auto edits = picture.accept();
    if (edits.isEmpty())
        return {};
    const auto told = writeOwn(session, hospital, edits);
    return told ? Result<void>() : fail(told);
}

// A lost PC confirms the removal; the list of PCs shows it.
Result<Response> Service::wipeAck(SqlSession &session, const Bearer &who, const Request &)
{
    const auto noted = session.run("UPDATE device SET wiped_at=$3 WHERE hospital_id=$1 AND id=$2 AND "
                                   "state='lost' RETURNING id",
                                   {idValue(who.hospital), idValue(who.device), Value{m_clock.nowMs()}});
    if (!noted)
        return fail(noted);
    if (noted->isEmpty())
        return fail(ErrorCode::Forbidden, QStringLiteral("not-lost"));
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    return Response{200, sync::encode(*now)};
}

} // namespace clinic::server
