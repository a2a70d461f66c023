// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/accesshistory.h"
#include "server/service.h"
#include "sync/wire/limits.h"

// The part of the service that takes groups: it judges, numbers and writes them.
namespace clinic::server {
namespace {

// Writes edits to the tables: rows, change log, and history of permissions.
class Writing
{
public:
    Writing(const Id &hospital, qint64 now) : m_hospital(hospital), m_now(now) {}

    // device and group: the origin; null and 0 for the server's own edits.
    void add(const Id &device, qint64 group, qint64 seq, const QList<Edit> &edits)
    {
        const Value hospital = idValue(m_hospital);
        qint64 ord = 0;
        for (const Edit &edit : edits) {
            const PictureRow &after = edit.after;
            for (const auto &value : edit.isNew ? after.fields : edit.changed) {
                if (value.isSealed())
                    m_oldestKey = qMin(m_oldestKey, sync::keyIdOf(value.envelope));
            }
            sync::ServerRow row{
                edit.key.first,  edit.key.second, after.scope,     edit.isNew ? 0 : edit.previous,
                after.version,   after.branch,    after.createdAt, after.createdBy,
                after.updatedAt, after.updatedBy, after.device,    edit.isNew ? after.fields : edit.changed};
            m_log << Row{hospital,
                         Value{seq},
                         Value{ord++},
                         textValue(row.scope),
                         textValue(sync::encodeRow(row)),
                         idValue(device),
                         Value{group},
                         Value{m_now},
                         idValue(after.patient)};
            if (edit.key.first == "document" && !edit.isNew && edit.changed.contains("content") &&
                edit.changed.value("content").isNull())
                m_emptied << edit.key.second;
            if (AccessHistory::keeps(edit.key.first))
                m_access << AccessHistory::entry(m_hospital, device, seq, edit);
            m_records.insert(edit.key,
                             Row{hospital, textValue(edit.key.first), idValue(edit.key.second),
                                 textValue(after.scope), idValue(after.parent), idValue(after.branch),
                                 Value{after.createdAt}, idValue(after.createdBy), Value{after.updatedAt},
                                 idValue(after.updatedBy), idValue(after.device),
                                 textValue(sync::encodeFields(after.fields)), Value{after.version},
                                 Value{seq}, idValue(after.patient)});
        }
    }

    Result<void> write(SqlSession &session) const
    {
        QByteArrayList lost; // content names that no document has any more
        for (const Id &id : m_emptied) {
            const auto rows = session.run("SELECT fields FROM record WHERE hospital_id=$1 AND "
                                          "entity='document' AND id=$2",
                                          {idValue(m_hospital), idValue(id)});
            if (!rows)
                return fail(rows);
            PictureRow before;
            if (!rows->isEmpty())
                before.fields = sync::decodeFields(bytesAt(rows->first(), 0)).value_or(sync::WireFields());
            if (const QString content = before.text("content"); !content.isEmpty())
                lost << content.toLatin1();
        }
        auto done = session.runMany(
            "record",
            "hospital_id, entity, id, scope, parent, branch, created_at, created_by, updated_at, updated_by, "
            "device, fields, "
            "rv, seq, patient",
            "ON CONFLICT (hospital_id, entity, id) DO UPDATE SET scope=excluded.scope, "
            "parent=excluded.parent, branch=excluded.branch, updated_at=excluded.updated_at, "
            "updated_by=excluded.updated_by, fields=excluded.fields, rv=excluded.rv, seq=excluded.seq",
            m_records.values());
        if (done)
            done = session.runMany("change_log", "hospital_id, seq, ord, scope, body, device, g, at, patient",
                                   "", m_log);
        if (done)
            done = session.runMany(AccessHistory::table, AccessHistory::columns, "", m_access);
        for (const QByteArray &content : std::as_const(lost)) {
            if (done)
                done = forgetPieces(session, content);
        }
        return done;
    }

    // Whether a value is sealed with a key older than the hospital's newest.
    [[nodiscard]] bool hasOlderKeys(int newest) const { return m_oldestKey < newest; }

private:
    // Deletes the bytes, unless another document has the same content.
    Result<void> forgetPieces(SqlSession &session, const QByteArray &content) const
    {
        const auto done = session.run(
            "DELETE FROM blob_piece WHERE hospital_id=$1 AND content=$2 AND NOT EXISTS (SELECT 1 FROM record "
            "r WHERE r.hospital_id=$1 AND r.entity='document' AND r.fields LIKE $3)",
            {idValue(m_hospital), textValue(content), textValue('%' + content + '%')});
        return done ? Result<void>() : fail(done);
    }

    Id m_hospital;
    qint64 m_now;
    QList<Id> m_emptied;
    int m_oldestKey = std::numeric_limits<int>::max();
    Rows m_log;
    Rows m_access;
    QMap<RowKey, Row> m_records;
};

} // namespace

Result<Response> Service::push(SqlSession &session, const Bearer &who, const Request &request)
{
    const auto groups = sync::decodePush(request.body);
    if (!groups)
        return fail(groups);
    return judge(session, who, *groups);
}

// Takes groups that another device's file had not sent when it became this device.
Result<Response> Service::recover(SqlSession &session, const Bearer &who, const Request &request)
{
    auto groups = sync::decodePush(request.body);
    if (!groups)
        return fail(groups);
    for (auto &group : *groups)
        group.recovered = true;
    return judge(session, who, *groups);
}

Response Service::judgeOneByOne(const Bearer &who, const Request &request)
{
    auto groups = sync::decodePush(request.body);
    if (!groups)
        return errorResponse(400, "undecodable");
    if (groups->isEmpty())
        return errorResponse(503, "store");
    sync::PushReply reply;
    for (auto &group : *groups) {
        group.recovered = request.path == "/v1/recover";
        const auto attempt = [&](bool aside) {
            sync::PushReply one;
            const auto done = m_store.transact(who.hospital, [&](SqlSession &session) -> Result<void> {
                const auto record = device(session, who.hospital, who.device, true);
                if (!record || !*record)
                    return record ? fail(ErrorCode::NotFound) : fail(record);
                Arbiter arbiter(session, who.hospital, **record, m_clock.nowMs());
                QList<Verdict> verdicts;
                if (aside) {
                    auto verdict = arbiter.keepAside(group, "server-error");
                    if (!verdict)
                        return fail(verdict);
                    verdicts << *verdict;
                } else {
                    auto judged = arbiter.judge({group});
                    if (!judged)
                        return fail(judged);
                    verdicts = *judged;
                }
                if (auto written = writeVerdicts(session, who, verdicts, arbiter.device(), one); !written)
                    return written;
                one.results << verdicts.first().result;
                return {};
            });
            if (done) {
                one.results = reply.results + one.results;
                reply = one;
            }
            return done;
        };
        auto done = attempt(false);
        if (!done && done.error().code != ErrorCode::Stale)
            done = attempt(false); // only a group that fails alone is at fault
        if (!done && done.error().code != ErrorCode::Stale)
            done = attempt(true);
        if (!done) {
            // Keeps the answers so far; the rest comes again.
            if (reply.results.isEmpty())
                return errorResponse(503, "store");
            break;
        }
    }
    Response response{200, sync::encode(reply)};
    response.hospital = who.hospital;
    response.head = reply.head;
    return response;
}

Result<Response> Service::judge(SqlSession &session, const Bearer &who,
                                const QList<sync::OutboxGroup> &groups)
{
    qint64 changes = 0;
    for (const auto &group : groups)
        changes += group.changes;
    if (groups.isEmpty() || (groups.size() > 1 && changes > 500))
        return errorResponse(413, "too-many-changes");
    const auto record = device(session, who.hospital, who.device, true);
    if (!record || !*record)
        return record ? fail(ErrorCode::NotFound, QStringLiteral("unknown-device")) : fail(record);
    if (auto room = checkRoom(session, who, **record); !room)
        return fail(room);
    Arbiter arbiter(session, who.hospital, **record, m_clock.nowMs());
    auto verdicts = arbiter.judge(groups);
    if (!verdicts)
        return fail(verdicts);
    sync::PushReply reply;
    if (auto written = writeVerdicts(session, who, *verdicts, arbiter.device(), reply); !written)
        return fail(written);
    for (const Verdict &verdict : std::as_const(*verdicts))
        reply.results << verdict.result;
    Response response{200, sync::encode(reply)};
    response.hospital = who.hospital;
    response.head = reply.head;
    return response;
}

// A revoked PC may leave its unsent groups for review, up to a limit.
Result<void> Service::checkRoom(SqlSession &session, const Bearer &who, const DeviceRecord &device)
{
    if (device.state == "active")
        return {};
    const auto kept = session.run("SELECT count(*), coalesce(sum(length(body)),0) FROM quarantine WHERE "
                                  "hospital_id=$1 AND device=$2 AND code='device-revoked'",
                                  {idValue(who.hospital), idValue(who.device)});
    if (!kept)
        return fail(kept);
    if (integerAt(kept->first(), 0) < sync::limits::shutOutGroups &&
        integerAt(kept->first(), 1) < sync::limits::shutOutBytes)
        return {};
    return fail(ErrorCode::Forbidden, shutOutCode(device));
}

Result<void> Service::writeVerdicts(SqlSession &session, const Bearer &who, QList<Verdict> &verdicts,
                                    const DeviceRecord &device, sync::Stamp &now)
{
    qint64 fresh = 0;
    for (const Verdict &verdict : std::as_const(verdicts))
        fresh += verdict.isNew;
    if (fresh == 0) {
        const auto current = stamp(session, who.hospital);
        if (!current)
            return fail(current);
        now = *current;
        return {};
    }
    // Every push takes this lock last and holds it until the commit, so numbers are in commit order without
    // gaps.
    const auto rows =
        session.run("UPDATE hospital_head SET head=head+$2 WHERE hospital_id=$1 RETURNING epoch, head",
                    {idValue(who.hospital), Value{fresh}});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-hospital"));
    now = {bytesAt(rows->first(), 0).toHex(), integerAt(rows->first(), 1), m_clock.nowMs()};
    const Value hospital = idValue(who.hospital);
    qint64 seq = now.head - fresh;
    Writing writing{who.hospital, now.now};
    Rows applied;
    Rows appliedAgain; // answered before without a judgement
    Rows quarantined;
    for (Verdict &verdict : verdicts) {
        if (!verdict.isNew)
            continue;
        verdict.result.seq = ++seq;
        writing.add(who.device, verdict.result.group, seq, verdict.edits);
        const sync::GroupResult &result = verdict.result;
        (verdict.isAgain ? appliedAgain : applied) << Row{hospital,
                                                          idValue(verdict.firstDevice),
                                                          Value{result.group},
                                                          Value{verdict.hash},
                                                          Value{enumCode(result.status)},
                                                          Value{seq},
                                                          textValue(result.code),
                                                          textValue(result.detail),
                                                          Value{now.now}};
        if (result.status == sync::GroupStatus::Quarantined)
            quarantined << Row{hospital,
                               idValue(verdict.firstDevice),
                               Value{result.group},
                               textValue(result.code),
                               textValue(verdict.body),
                               Value{now.now}};
    }
    auto done = writing.write(session);
    if (done && writing.hasOlderKeys(device.newestKey))
        done = walkAgain(session, who.hospital);
    if (done)
        done = session.runMany("applied_change",
                               "hospital_id, device, g, hash, status, seq, code, detail, at", "", applied);
    if (done)
        done =
            session.runMany("applied_change", "hospital_id, device, g, hash, status, seq, code, detail, at",
                            "ON CONFLICT (hospital_id, device, g) DO UPDATE SET status=excluded.status, "
                            "seq=excluded.seq, code=excluded.code, detail=excluded.detail, at=excluded.at",
                            appliedAgain);
    for (const Verdict &verdict : std::as_const(verdicts)) {
        if (!done || !verdict.isNew || !verdict.isAgain)
            continue;
        const auto taken = session.run("DELETE FROM quarantine WHERE hospital_id=$1 AND device=$2 AND g=$3",
                                       {hospital, idValue(verdict.firstDevice), Value{verdict.result.group}});
        done = taken ? Result<void>() : fail(taken);
    }
    if (done)
        done = session.runMany("quarantine", "hospital_id, device, g, code, body, at",
                               "ON CONFLICT DO NOTHING", quarantined);
    if (!done)
        return done;
    const auto moved = session.run(
        "UPDATE device SET next_n=$3, last_contact=$4, may_upload=$5 WHERE hospital_id=$1 AND id=$2",
        {hospital, idValue(who.device), Value{device.nextN}, Value{now.now}, Value{device.uploads}});
    return moved ? Result<void>() : fail(moved);
}

// Rows that the server itself makes, without a PC's group, under a number of their own.
Result<sync::Stamp> Service::writeOwn(SqlSession &session, const Id &hospital, const QList<Edit> &edits)
{
    const auto rows =
        session.run("UPDATE hospital_head SET head=head+1 WHERE hospital_id=$1 RETURNING epoch, head",
                    {idValue(hospital)});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, QStringLiteral("unknown-hospital"));
    const sync::Stamp now{bytesAt(rows->first(), 0).toHex(), integerAt(rows->first(), 1), m_clock.nowMs()};
    Writing writing{hospital, now.now};
    writing.add({}, 0, now.head, edits);
    auto written = writing.write(session);
    return written ? Result<sync::Stamp>(now) : fail(written);
}

} // namespace clinic::server
