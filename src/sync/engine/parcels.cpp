// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/parcels.h"

#include "core/filewriter.h"
#include "sync/wire/limits.h"

#include <QFile>

namespace clinic::sync {
namespace {

constexpr qint64 largestFile = qint64(1) << 30;
constexpr int changesAtOnce = 500;

// Applies one answer. False: no later answer can be applied.
Result<bool> takeOne(storage::Replica &replica, const DeviceKeys &own, const OpenedAnswer &answer,
                     CarriedAnswers &sum)
{
    if (answer.status != 200) {
        sum.problem = decodeErrorReply(answer.body).code;
        return false;
    }
    const auto state = replica.state();
    if (!state)
        return fail(state);
    const auto otherHistory = [&](const Stamp &stamp) -> Result<bool> {
        sum.again = true;
        if (auto over = replica.startOver(stamp.epoch); !over)
            return fail(over);
        return false;
    };
    const auto done = [](const Result<void> &taken) -> Result<bool> {
        if (!taken)
            return fail(taken);
        return true;
    };
    if (answer.path == "/v1/push" || answer.path == "/v1/recover") {
        const auto reply = decodePushReply(answer.body);
        if (!reply)
            return fail(reply);
        if (reply->epoch != state->epoch)
            return otherHistory(*reply);
        for (const GroupResult &result : reply->results) {
            if (result.code == "group-reused") {
                sum.problem = result.code;
                return false;
            }
            sum.answered += result.status != GroupStatus::Blocked;
        }
        return done(replica.take(*reply));
    }
    if (answer.path == "/v1/audit") {
        const auto reply = decodeAuditReply(answer.body);
        return reply ? done(replica.take(*reply)) : fail(reply);
    }
    if (answer.path == "/v1/keys") {
        const auto reply = decodeKeysReply(answer.body);
        const auto taken =
            reply ? replica.take(*reply, {own.boxPublic, own.boxSecret}) : Result<QList<int>>(fail(reply));
        return taken ? Result<bool>(true) : fail(taken);
    }
    if (answer.path == "/v1/pull") {
        const auto reply = decodePullReply(answer.body);
        if (!reply)
            return fail(reply);
        if (reply->epoch != state->epoch || reply->reset)
            return otherHistory(*reply);
        // Older changes came with another file; changes after a gap wait for the file before.
        if (reply->to <= state->seq || answer.from.toLongLong() > state->seq)
            return true;
        for (const auto &group : reply->groups)
            sum.received += group.seq > state->seq;
        return done(replica.take(*reply));
    }
    const auto reply = decodeBootReply(answer.body);
    if (!reply)
        return fail(reply);
    if (reply->epoch != state->epoch)
        return otherHistory(*reply);
    sum.received += reply->rows.size();
    if (answer.path == "/v1/repair")
        return done(replica.take(RepairReply{*reply}));
    if (state->booted || answer.from != state->bootAfter)
        return true;
    return done(replica.take(*reply));
}

} // namespace

Result<QList<QByteArray>> parcelLines(storage::Database &database, storage::Replica &replica,
                                      const ParcelKeys &who)
{
    const auto state = replica.state();
    if (!state)
        return fail(state);
    // A restored file has to become another device first, online.
    if (!state->enrolled || !state->successorOf.isNull() || state->device != who.device)
        return fail(ErrorCode::NoServer);
    QList<QByteArray> lines;
    qsizetype bytes = 0;
    const auto add = [&](const char *path, const QByteArray &body) {
        bytes += body.size();
        lines << encode(sealRequest(database.identity().hospital, who.device, path, body, who.keys.signSecret,
                                    state->serverKey));
    };
    for (qint64 after = 0; bytes < limits::parcel;) {
        const auto batch = replica.nextBatch(changesAtOnce, limits::batch, after);
        if (!batch)
            return fail(batch);
        if (batch->isEmpty())
            break;
        after = batch->last().n;
        add(batch->first().recovered ? "/v1/recover" : "/v1/push", encodePush(*batch));
    }
    // A group that is held online may get through in a file.
    for (qint64 after = 0; bytes < limits::parcel;) {
        const auto held = replica.nextHeld(after);
        if (!held)
            return fail(held);
        if (!*held)
            break;
        after = (*held)->n;
        add("/v1/recover", encodePush({**held}));
    }
    for (qint64 after = 0; bytes < limits::parcel;) {
        const auto body = replica.auditRequest(&after);
        if (!body)
            return fail(body);
        if (body->isEmpty())
            break;
        add("/v1/audit", *body);
    }
    // The hospital's key may have been replaced: later rows need the new one.
    const auto keys = replica.keysRequest(who.keys.boxPublic, {}, {});
    if (!keys)
        return fail(keys);
    add("/v1/keys", *keys);
    if (state->repairs > 0) {
        const auto body = replica.repairRequest();
        if (!body)
            return fail(body);
        add("/v1/repair", *body);
    }
    // The pull comes last: its answer contains the results of the groups before it.
    if (state->booted)
        add("/v1/pull", sync::encodePull(state->epoch, state->seq));
    else
        add("/v1/boot", sync::encodeBoot(state->bootAfter));
    return lines;
}

Result<CarriedAnswers> takeAnswerLines(storage::Database &database, storage::Replica &replica,
                                       const ParcelKeys &who, const QList<QByteArray> &lines)
{
    const auto state = replica.state();
    if (!state)
        return fail(state);
    CarriedAnswers sum;
    for (const QByteArray &line : lines) {
        const auto sealed = decodeSealedAnswer(line);
        const auto answer = sealed ? open(*sealed, database.identity().hospital, who.device,
                                          {who.keys.boxPublic, who.keys.boxSecret}, state->serverKey)
                                   : std::nullopt;
        if (!answer)
            return fail(ErrorCode::Damaged, QStringLiteral("parcel"));
        const auto goesOn = takeOne(replica, who.keys, *answer, sum);
        if (!goesOn)
            return fail(goesOn);
        if (!*goesOn)
            break;
    }
    return sum;
}

Result<ParcelFile> readParcelFile(const QString &path, bool isAnswer)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::FileMissing, {}, {path});
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile)
        return fail(ErrorCode::FileUnreadable, QStringLiteral("parcel"));
    const auto head = decodeParcelHead(file.readLine(4096).trimmed());
    if (!head)
        return fail(head);
    if (head->isAnswer != isAnswer)
        return fail(ErrorCode::FileUnreadable, QStringLiteral("parcel"));
    ParcelFile out{*head, {}};
    while (!file.atEnd())
        out.lines << file.readLine().trimmed();
    if (out.lines.size() != head->lines)
        return fail(ErrorCode::Damaged, QStringLiteral("parcel"));
    return out;
}

Result<void> writeParcelFile(const QString &path, const ParcelFile &file)
{
    FileWriter out(path);
    if (!out.begin())
        return tl::unexpected(out.failure());
    ParcelHead head = file.head;
    head.lines = file.lines.size();
    out.write(encode(head) + '\n');
    for (const QByteArray &line : file.lines)
        out.write(line + '\n');
    return out.commit();
}

} // namespace clinic::sync
