// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/keygrants.h"

#include "server/service.h"
#include "sync/wire/audit.h"
#include "sync/wire/limits.h"

// The part of the service that carries data keys to PCs, each sealed to one of them, and hands out older
// envelopes to be sealed anew (docs/decisions/0026). A hospital's first key is as old as the hospital and
// has no row here.
namespace clinic::server {
namespace {

using sync::HospitalKeys;
using sync::keyIdOf;

constexpr qsizetype mostKeys = 1000;
constexpr qint64 mostWanting = 200;
// PCs may claim keys up to this far beyond the last key made here: a restored server hears of a few. Counted
// without claims, so that claims cannot grow.
constexpr qint64 claimWindow = 1 << 19;
constexpr qint64 rotationDayMs = 86'400'000;
constexpr qint64 pageRows = 200;
constexpr qint64 pagePieces = 2;
constexpr int mostPagesRead = 25; // until data under an older key is found
constexpr qint64 workerMs = 60'000;
const QByteArray walkStart = "rows";

// Part of a position; a missing part is before everything.
Value textPart(const QList<QByteArray> &parts)
{
    return Value{QString(QStringLiteral("") + QString::fromUtf8(parts.value(1)))};
}
Value bytesPart(const QList<QByteArray> &parts, qsizetype index)
{
    return Value{QByteArray("") + QByteArray::fromHex(parts.value(index))};
}

} // namespace

Result<Service::KnownKeys> Service::dataKeys(SqlSession &session, const Id &hospital)
{
    const auto rows =
        session.run("SELECT key_id, claimed, at FROM data_key WHERE hospital_id=$1", {idValue(hospital)});
    if (!rows)
        return fail(rows);
    KnownKeys keys{{HospitalKeys::firstId}, HospitalKeys::firstId, HospitalKeys::firstId};
    for (const Row &row : *rows) {
        const int id = int(integerAt(row, 0));
        keys.all << id;
        keys.newest = qMax(keys.newest, id);
        if (integerAt(row, 1) != 0)
            continue;
        keys.newestMade = qMax(keys.newestMade, id);
        keys.madeLately += integerAt(row, 2) > m_clock.nowMs() - rotationDayMs;
    }
    return keys;
}

Result<void> Service::addDataKey(SqlSession &session, const Id &hospital, int keyId, bool claimed)
{
    auto done = session.run(
        "INSERT INTO data_key (hospital_id, key_id, at, claimed) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING",
        {idValue(hospital), Value{qint64(keyId)}, Value{m_clock.nowMs()}, Value{qint64(claimed)}});
    if (done)
        done = session.run("INSERT INTO key_walk (hospital_id, position, again, worker, worker_at) VALUES "
                           "($1,$2,0,NULL,0) ON CONFLICT (hospital_id) DO UPDATE SET "
                           "position=excluded.position, again=0, worker_at=0",
                           {idValue(hospital), textValue(walkStart)});
    return done ? Result<void>() : fail(done);
}

// Deletes claims for keys that no accepted PC has and no grant carries. If the PC is accepted again, its
// next `/v1/hello` repeats the claim.
Result<void> Service::dropClaims(SqlSession &session, const Id &hospital)
{
    auto gone = session.run(
        "DELETE FROM data_key WHERE hospital_id=$1 AND claimed=1 AND key_id NOT IN (SELECT h.key_id FROM "
        "device_key h JOIN device d ON d.hospital_id=h.hospital_id AND d.id=h.device WHERE h.hospital_id=$1 "
        "AND (d.state='active' OR h.sealed IS NOT NULL))",
        {idValue(hospital)});
    if (gone)
        gone = session.run("DELETE FROM device_key WHERE hospital_id=$1 AND key_id NOT IN (SELECT key_id "
                           "FROM data_key WHERE hospital_id=$1)",
                           {idValue(hospital)});
    return gone ? Result<void>() : fail(gone);
}

// Data arrived under an older key: the walk runs again.
Result<void> Service::walkAgain(SqlSession &session, const Id &hospital)
{
    const auto noted = session.run("UPDATE key_walk SET again=1, position=CASE WHEN position='' THEN $2 ELSE "
                                   "position END WHERE hospital_id=$1",
                                   {idValue(hospital), textValue(walkStart)});
    return noted ? Result<void>() : fail(noted);
}

// Deletes the grants for a revoked PC, except the last copy of a key, which is served to nobody until that
// PC is accepted again.
Result<void> Service::dropWaitingKeys(SqlSession &session, const Id &hospital, const Id &device)
{
    const auto gone = session.run(
        "DELETE FROM device_key WHERE hospital_id=$1 AND device=$2 AND held=0 AND key_id IN (SELECT o.key_id "
        "FROM device_key o JOIN device d ON d.hospital_id=o.hospital_id AND d.id=o.device WHERE "
        "o.hospital_id=$1 AND o.device<>$2 AND d.state='active')",
        {idValue(hospital), idValue(device)});
    return gone ? Result<void>() : fail(gone);
}

Result<QList<sync::KeyHolder>> Service::wanting(SqlSession &session, const Bearer &who)
{
    const auto rows = session.run(
        "SELECT d.id, d.box_key, d.box_proof, k.key_id FROM device d JOIN device_key k ON "
        "k.hospital_id=d.hospital_id AND k.device=$2 AND k.held=1 LEFT JOIN device_key h ON "
        "h.hospital_id=d.hospital_id AND h.device=d.id "
        "AND h.key_id=k.key_id WHERE d.hospital_id=$1 AND d.state='active' AND d.box_proof IS NOT NULL AND "
        "d.id<>$2 AND h.device IS NULL ORDER BY d.id, k.key_id LIMIT $3",
        {idValue(who.hospital), idValue(who.device), Value{mostWanting}});
    if (!rows)
        return fail(rows);
    QList<sync::KeyHolder> list;
    for (const Row &row : *rows) {
        const Id device = idAt(row, 0);
        if (list.isEmpty() || list.last().device != device)
            list << sync::KeyHolder{device, bytesAt(row, 1), bytesAt(row, 2)};
        list.last().lacks << int(integerAt(row, 3));
    }
    return list;
}

Result<void> Service::keepGrants(SqlSession &session, const Bearer &who, const QList<sync::KeyGrant> &grants,
                                 const QSet<int> &known)
{
    for (const sync::KeyGrant &grant : grants) {
        if (!known.contains(grant.keyId) || grant.sealed.size() > 256)
            return fail(ErrorCode::Invalid, QStringLiteral("/grants"));
        // A PC revoked meanwhile gets nothing.
        const auto kept = session.run(
            "INSERT INTO device_key (hospital_id, device, key_id, sealed, held) SELECT hospital_id, id, $3, "
            "$4, "
            "0 FROM device WHERE hospital_id=$1 AND id=$2 AND state='active' ON CONFLICT DO NOTHING",
            {idValue(who.hospital), idValue(grant.device), Value{qint64(grant.keyId)}, Value{grant.sealed}});
        if (!kept)
            return fail(kept);
    }
    return {};
}

Result<bool> Service::hasKeysToExchange(SqlSession &session, const Bearer &who, const DeviceRecord &record)
{
    const auto rows =
        session.run("SELECT 1 FROM device d WHERE d.hospital_id=$1 AND d.id=$2 AND (d.box_proof IS NULL OR "
                    "EXISTS (SELECT "
                    "1 FROM device_key k WHERE k.hospital_id=d.hospital_id AND k.device=d.id AND k.held=0))",
                    {idValue(who.hospital), idValue(who.device)});
    if (!rows)
        return fail(rows);
    if (!rows->isEmpty() || record.newestKey == HospitalKeys::firstId)
        return !rows->isEmpty();
    const auto others = wanting(session, who);
    return others ? Result<bool>(!others->isEmpty()) : fail(others);
}

Result<Response> Service::keys(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto said = sync::decodeKeysRequest(request.body);
    if (!said)
        return fail(said);
    if (said->has.isEmpty() || said->has.size() > mostKeys || said->grants.size() > mostWanting)
        return fail(ErrorCode::Invalid, QStringLiteral("/has"));
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    auto known = dataKeys(session, who.hospital);
    if (!known)
        return fail(known);
    const Value hospital = idValue(who.hospital);
    const Value device = idValue(who.device);
    auto done = session.run("UPDATE device SET box_proof=$3 WHERE hospital_id=$1 AND id=$2",
                            {hospital, device, Value{said->proof}});
    for (const int id : said->has) {
        // A restored server hears of its hospital's later keys from the PCs that have them.
        if (done && !known->all.contains(id)) {
            if (id > known->newestMade + claimWindow || known->all.size() >= mostKeys)
                return fail(ErrorCode::Invalid, QStringLiteral("/has"));
            if (auto added = addDataKey(session, who.hospital, id, true); !added)
                return fail(added);
            known->all.insert(id);
        }
        if (done && id != HospitalKeys::firstId)
            done = session.run("INSERT INTO device_key (hospital_id, device, key_id, sealed, held) VALUES "
                               "($1,$2,$3,NULL,1) ON CONFLICT (hospital_id, device, key_id) DO UPDATE SET "
                               "sealed=NULL, held=1",
                               {hospital, device, Value{qint64(id)}});
    }
    // An older copy of the PC's file was restored: it lacks the key again.
    const auto held = session.run(
        "SELECT key_id FROM device_key WHERE hospital_id=$1 AND device=$2 AND held=1", {hospital, device});
    if (!held)
        return fail(held);
    QList<int> lacking = said->refused;
    for (const Row &row : *held) {
        if (!said->has.contains(int(integerAt(row, 0))))
            lacking << int(integerAt(row, 0));
    }
    for (const int id : std::as_const(lacking)) {
        if (done && !said->has.contains(id))
            done = session.run("DELETE FROM device_key WHERE hospital_id=$1 AND device=$2 AND key_id=$3",
                               {hospital, device, Value{qint64(id)}});
    }
    if (!done)
        return fail(done);
    if (auto kept = keepGrants(session, who, said->grants, known->all); !kept)
        return fail(kept);
    // Only from a PC that has all keys: another PC's would open less than the stored one.
    const bool hasAll = QSet<int>(said->has.begin(), said->has.end()).contains(known->all);
    if (hasAll && !said->paper.id.isEmpty() && said->paper.sealed.size() < 100'000) {
        const auto kept = session.run(
            "INSERT INTO paper_key (hospital_id, id, sealed, at) VALUES ($1,$2,$3,$4) ON CONFLICT "
            "(hospital_id) "
            "DO UPDATE SET id=excluded.id, sealed=excluded.sealed, at=excluded.at",
            {hospital, textValue(said->paper.id), Value{said->paper.sealed}, Value{m_clock.nowMs()}});
        if (!kept)
            return fail(kept);
    }
    sync::KeysReply reply;
    static_cast<sync::Stamp &>(reply) = *now;
    const auto mine = session.run("SELECT key_id, sealed FROM device_key WHERE hospital_id=$1 AND device=$2 "
                                  "AND held=0 ORDER BY key_id",
                                  {hospital, device});
    if (!mine)
        return fail(mine);
    for (const Row &row : *mine)
        reply.grants << sync::KeyGrant{who.device, int(integerAt(row, 0)), bytesAt(row, 1)};
    const auto others = wanting(session, who);
    if (!others)
        return fail(others);
    reply.wanting = *others;
    return Response{200, sync::encode(reply)};
}

Result<Row> Service::paper(SqlSession &session, const Id &hospital)
{
    const auto rows =
        session.run("SELECT id, sealed FROM paper_key WHERE hospital_id=$1", {idValue(hospital)});
    if (!rows)
        return fail(rows);
    return rows->isEmpty() ? Row{Value{QString()}, Value{QByteArray()}} : rows->first();
}

// For a hospital that lost every PC: a code whose PC also needs the recovery key.
Result<Service::NewCode> Service::addPaperCode(const Id &hospital)
{
    const NewCode code{crypto::randomBytes(20), hospital};
    const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
        const auto keys = paper(session, hospital);
        if (!keys)
            return fail(keys);
        if (bytesAt(*keys, 1).isEmpty())
            return fail(ErrorCode::NotFound, QStringLiteral("recovery_key"));
        const auto added =
            session.run("INSERT INTO enrolment_code (hospital_id, proof_hash, wrapped, scopes, expires_at, "
                        "used_at, first) "
                        "VALUES ($1,$2,NULL,'*',$3,0,$4)",
                        {idValue(hospital), Value{crypto::hash(sync::enrolmentProof(code.secret))},
                         Value{m_clock.nowMs() + codeMs}, Value{qint64(paperCode)}});
        return added ? noteOperation(session, hospital, "hospital recover", {}) : fail(added);
    });
    if (!done)
        return fail(done);
    return code;
}

namespace {

// The walk over older envelopes: rows, then audit events, then pieces of documents.
class Walk
{
public:
    Walk(SqlSession &session, const Id &hospital, int newest)
        : m_session(session), m_hospital(hospital), m_newest(newest)
    {}

    // The next data under an older key after `position`; `position` moves to its end.
    Result<sync::Resealing> next(QByteArray &position)
    {
        sync::Resealing work;
        for (int page = 0; page < mostPagesRead && work.isEmpty() && !position.isEmpty(); ++page) {
            const auto parts = position.split('/');
            auto read = parts[0] == "rows"     ? rows(parts, work, position)
                        : parts[0] == "events" ? events(parts, work, position)
                                               : pieces(parts, work, position);
            if (!read)
                return fail(read);
        }
        return work;
    }

    // Replaces stored envelopes by renewed ones, if they hold the same values.
    Result<void> take(const sync::Resealing &work)
    {
        for (const auto &row : work.rows) {
            if (auto done = takeRow(row); !done)
                return done;
        }
        for (const auto &event : work.events) {
            if (auto done = takeEvent(event); !done)
                return done;
        }
        for (const auto &piece : work.pieces) {
            if (auto done = takePiece(piece); !done)
                return done;
        }
        return {};
    }

private:
    static constexpr qsizetype smallest = 128; // ids and names around an envelope

    // The answer comes back with the same size, and has to fit into a request.
    [[nodiscard]] bool isEnough(const sync::Resealing &work) const
    {
        return !work.isEmpty() && m_bytes >= sync::limits::batch;
    }
    [[nodiscard]] bool isOlder(QByteArrayView sealed) const
    {
        const int id = keyIdOf(sealed);
        return id > 0 && id < m_newest;
    }
    // The new envelope has the newest key and the same length: the server cannot compare more of a value.
    [[nodiscard]] bool replaces(QByteArrayView now, QByteArrayView before) const
    {
        return isOlder(before) && keyIdOf(now) == m_newest &&
               now.size() - now.indexOf('.') == before.size() - before.indexOf('.');
    }

    Result<void> rows(const QList<QByteArray> &parts, sync::Resealing &work, QByteArray &position)
    {
        const auto found =
            m_session.run("SELECT entity, id, fields FROM record WHERE hospital_id=$1 AND (entity, id) > "
                          "($2, $3) ORDER BY entity, id LIMIT $4",
                          {idValue(m_hospital), textPart(parts), bytesPart(parts, 2), Value{pageRows}});
        if (!found)
            return fail(found);
        for (const Row &row : *found) {
            if (isEnough(work))
                return {};
            position = "rows/" + bytesAt(row, 0) + '/' + bytesAt(row, 1).toHex();
            sync::Resealing::Row stale{bytesAt(row, 0), idAt(row, 1)};
            const auto fields = sync::decodeFields(bytesAt(row, 2)).value_or(sync::WireFields());
            for (auto it = fields.begin(); it != fields.end(); ++it) {
                if (it->isSealed() && isOlder(it->envelope))
                    stale.fields.insert(it.key(), *it);
            }
            if (!stale.fields.isEmpty())
                work.rows << stale;
            for (const auto &value : std::as_const(stale.fields))
                m_bytes += value.envelope.size() + smallest;
        }
        if (found->size() < pageRows && work.isEmpty())
            position = "events";
        return {};
    }

    Result<void> events(const QList<QByteArray> &parts, sync::Resealing &work, QByteArray &position)
    {
        const auto found = m_session.run(
            "SELECT device, n, body FROM audit_chain WHERE hospital_id=$1 AND (device, n) > ($2, $3) ORDER "
            "BY "
            "device, n LIMIT $4",
            {idValue(m_hospital), bytesPart(parts, 1), Value{parts.value(2).toLongLong()}, Value{pageRows}});
        if (!found)
            return fail(found);
        for (const Row &row : *found) {
            if (isEnough(work))
                return {};
            position = "events/" + bytesAt(row, 0).toHex() + '/' + QByteArray::number(integerAt(row, 1));
            const auto batch = sync::decodeAudit(bytesAt(row, 2));
            if (!batch || batch->records.size() != 1)
                continue;
            const auto &event = batch->records.first();
            if (isOlder(event.nameSealed) || isOlder(event.detailSealed)) {
                m_bytes += event.nameSealed.size() + event.detailSealed.size() + smallest;
                work.events << sync::Resealing::Event{idAt(row, 0), event.n,          event.id,
                                                      event.actor,  event.nameSealed, event.detailSealed};
            }
        }
        if (found->size() < pageRows && work.isEmpty())
            position = "pieces";
        return {};
    }

    Result<void> pieces(const QList<QByteArray> &parts, sync::Resealing &work, QByteArray &position)
    {
        const auto found = m_session.run(
            "SELECT content, n, data FROM blob_piece WHERE hospital_id=$1 AND (content, n) > ($2, $3) ORDER "
            "BY "
            "content, n LIMIT $4",
            {idValue(m_hospital), textPart(parts), Value{parts.value(2).toLongLong()}, Value{pagePieces}});
        if (!found)
            return fail(found);
        for (const Row &row : *found) {
            position = "pieces/" + bytesAt(row, 0) + '/' + QByteArray::number(integerAt(row, 1));
            if (isOlder(bytesAt(row, 2)))
                work.pieces << sync::Resealing::Piece{bytesAt(row, 0), integerAt(row, 1), bytesAt(row, 2)};
        }
        if (found->size() < pagePieces && work.isEmpty())
            position.clear();
        return {};
    }

    Result<void> takeRow(const sync::Resealing::Row &row)
    {
        const Row key{idValue(m_hospital), textValue(row.entity), idValue(row.id)};
        const auto found = m_session.run(
            "SELECT fields FROM record WHERE hospital_id=$1 AND entity=$2 AND id=$3" + m_session.forUpdate(),
            key);
        if (!found)
            return fail(found);
        if (found->isEmpty())
            return {};
        // The row may have changed meanwhile; each field's fingerprint shows whether the value is the same.
        auto fields = sync::decodeFields(bytesAt(found->first(), 0));
        if (!fields)
            return fail(fields);
        for (auto it = row.fields.begin(); it != row.fields.end(); ++it) {
            const auto here = fields->find(it.key());
            if (here != fields->end() && here->fingerprint == it->fingerprint &&
                replaces(it->envelope, here->envelope))
                here->envelope = it->envelope;
        }
        const auto kept =
            m_session.run("UPDATE record SET fields=$4 WHERE hospital_id=$1 AND entity=$2 AND id=$3",
                          key + Row{textValue(sync::encodeFields(*fields))});
        return kept ? Result<void>() : fail(kept);
    }

    Result<void> takeEvent(const sync::Resealing::Event &event)
    {
        const Row key{idValue(m_hospital), idValue(event.device), Value{event.n}};
        const auto found =
            m_session.run("SELECT body FROM audit_chain WHERE hospital_id=$1 AND device=$2 AND n=$3", key);
        if (!found)
            return fail(found);
        if (found->isEmpty())
            return {};
        auto batch = sync::decodeAudit(bytesAt(found->first(), 0));
        if (!batch || batch->records.size() != 1)
            return {};
        // The chain's hash covers fingerprints, so it does not change.
        auto &here = batch->records.first();
        if (replaces(event.name, here.nameSealed))
            here.nameSealed = event.name;
        if (replaces(event.detail, here.detailSealed))
            here.detailSealed = event.detail;
        const auto kept =
            m_session.run("UPDATE audit_chain SET body=$4 WHERE hospital_id=$1 AND device=$2 AND n=$3",
                          key + Row{textValue(sync::encodeAudit(*batch))});
        return kept ? Result<void>() : fail(kept);
    }

    Result<void> takePiece(const sync::Resealing::Piece &piece)
    {
        const Row key{idValue(m_hospital), textValue(piece.content), Value{piece.n}};
        const auto found =
            m_session.run("SELECT data FROM blob_piece WHERE hospital_id=$1 AND content=$2 AND n=$3", key);
        if (!found)
            return fail(found);
        if (found->isEmpty() || !replaces(piece.data, bytesAt(found->first(), 0)))
            return {};
        const auto kept =
            m_session.run("UPDATE blob_piece SET data=$4 WHERE hospital_id=$1 AND content=$2 AND n=$3",
                          key + Row{Value{piece.data}});
        return kept ? Result<void>() : fail(kept);
    }

    SqlSession &m_session;
    Id m_hospital;
    int m_newest;
    qsizetype m_bytes = 0; // of the data handed out
};

} // namespace

Result<bool> Service::hasResealing(SqlSession &session, const Bearer &who, const DeviceRecord &record)
{
    if (record.newestKey == HospitalKeys::firstId || !record.hasEverything())
        return false;
    const auto rows = session.run(
        "SELECT 1 FROM key_walk w JOIN device_key k ON k.hospital_id=w.hospital_id WHERE w.hospital_id=$1 "
        "AND "
        "w.position<>'' AND k.device=$2 AND k.key_id=$3 AND k.held=1 AND (w.worker IS NULL OR w.worker=$2 OR "
        "w.worker_at<$4)",
        {idValue(who.hospital), idValue(who.device), Value{qint64(record.newestKey)},
         Value{m_clock.nowMs() - workerMs}});
    return rows ? Result<bool>(!rows->isEmpty()) : fail(rows);
}

Result<Response> Service::reseal(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto work = sync::decodeResealing(request.body);
    if (!work)
        return fail(work);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto mine = hasResealing(session, who, *record);
    if (!mine)
        return fail(mine);
    if (!*mine)
        return Response{200, sync::encode(sync::Resealing{}, &*now)};
    Walk walk(session, who.hospital, record->newestKey);
    if (auto taken = walk.take(*work); !taken)
        return fail(taken);
    const auto rows =
        session.run("SELECT position, again FROM key_walk WHERE hospital_id=$1" + session.forUpdate(),
                    {idValue(who.hospital)});
    if (!rows)
        return fail(rows);
    QByteArray position = bytesAt(rows->first(), 0);
    bool again = integerAt(rows->first(), 1) != 0;
    if (!work->to.isEmpty() && work->from == position)
        position = work->to;
    QByteArray to = position;
    auto next = walk.next(to);
    if (!next)
        return fail(next);
    if (to.isEmpty()) {
        position = again ? walkStart : QByteArray();
        to = position;
        again = false;
    }
    next->from = position;
    next->to = to;
    const auto kept =
        session.run("UPDATE key_walk SET position=$2, again=$3, worker=$4, worker_at=$5 WHERE hospital_id=$1",
                    {idValue(who.hospital), textValue(position), Value{qint64(again)}, idValue(who.device),
                     Value{m_clock.nowMs()}});
    if (!kept)
        return fail(kept);
    return Response{200, sync::encode(*next, &*now)};
}

} // namespace clinic::server
