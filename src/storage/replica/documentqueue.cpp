// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/replica/documentqueue.h"

#include "domain/setup/settings.h"
#include "sync/wire/documents.h"
#include "sync/wire/messages.h"

namespace clinic::storage {
namespace documentqueue {

Result<bool> sameHistory(Connection &c, const sync::Stamp &stamp)
{
    Query q = c.query("SELECT 1 FROM cursor WHERE id=1 AND epoch=?", stamp.epoch);
    const bool same = q.next();
    return q.ok() ? Result<bool>(same) : q.failed();
}

Result<qint64> number(Connection &c, QByteArrayView sql, const QString &content)
{
    Query q = c.query(sql, content);
    if (!q.next())
        return q.ok() ? Result<qint64>(0) : q.failed();
    return q.integer(0);
}

Result<void> forget(Connection &c, const QString &content)
{
    auto done = c.exec("DELETE FROM blob_chunk WHERE content=?", content);
    return done ? c.exec("DELETE FROM blob WHERE content=?", content) : done;
}

Result<void> endSending(Connection &c, const QString &content)
{
    return c.exec("UPDATE blob SET state='here' WHERE content=? AND state='unsent' AND NOT EXISTS (SELECT 1 "
                  "FROM blob_chunk k WHERE k.content=blob.content AND k.sent=0)",
                  content);
}

} // namespace documentqueue

using namespace documentqueue;

Result<void> keepDocument(Connection &c, const QString &content, const QByteArray &bytes, qint64 now)
{
    const auto there = number(c, "SELECT count(*) FROM blob WHERE content=? AND state<>'wanted'", content);
    if (!there)
        return fail(there);
    if (*there) // the same bytes under another title
        return useDocument(c, content, now);
    if (auto done = forget(c, content); !done) // half of it may have been on its way here
        return done;
    for (qint64 n = 0; n < sync::pieceCount(bytes.size()); ++n) {
        if (auto done = c.exec("INSERT INTO blob_chunk (content, n, data) VALUES (?,?,?)", content, n,
                               bytes.mid(n * sync::pieceSize, sync::pieceSize));
            !done)
            return done;
    }
    return c.exec("INSERT INTO blob (content, size, state, used_at) VALUES (?,?,'unsent',?)", content,
                  qint64(bytes.size()), now);
}

Result<void> useDocument(Connection &c, const QString &content, qint64 now)
{
    return c.exec("UPDATE blob SET used_at=? WHERE content=?", now, content);
}

Result<void> wantDocument(Connection &c, const QString &content, qint64 size, qint64 now)
{
    return c.exec("INSERT INTO blob (content, size, state, used_at) VALUES (?,?,'wanted',?) ON CONFLICT "
                  "(content) DO UPDATE SET used_at=excluded.used_at",
                  content, size, now);
}

Result<DocumentState> documentState(Connection &c, const QString &content)
{
    DocumentState state;
    Query q =
        c.query("SELECT b.state, coalesce(sum(length(k.data)),0), coalesce(sum(length(k.data)*k.sent),0) "
                "FROM blob b LEFT JOIN blob_chunk k ON k.content=b.content WHERE b.content=? GROUP BY "
                "b.content",
                content);
    if (!q.next())
        return q.ok() ? Result<DocumentState>(state) : q.failed();
    const QString place = q.text(0);
    state.place = place == u"here"     ? DocumentPlace::Here
                  : place == u"unsent" ? DocumentPlace::Unsent
                                       : DocumentPlace::Coming;
    state.here = q.integer(1);
    state.sent = q.integer(2);
    return state;
}

Result<QByteArray> documentBytes(Connection &c, const QString &content)
{
    const auto whole = number(c, "SELECT size FROM blob WHERE content=? AND state<>'wanted'", content);
    if (!whole)
        return fail(whole);
    if (!*whole)
        return fail(ErrorCode::NotFound, QStringLiteral("document"));
    QByteArray bytes;
    bytes.reserve(*whole);
    Query q = c.query("SELECT data FROM blob_chunk WHERE content=? ORDER BY n", content);
    while (q.next())
        bytes += q.bytes(0);
    if (!q.ok())
        return q.failed();
    return bytes.size() == *whole ? Result<QByteArray>(bytes) : fail(ErrorCode::Damaged);
}

Result<void> askAboutDocumentsAgain(Connection &c)
{
    auto done = c.exec("UPDATE blob_chunk SET sent=0 WHERE sent=1");
    return done ? c.exec("UPDATE blob SET state='unsent', asked=0 WHERE state<>'wanted'") : done;
}

Result<void> forgetStrayDocuments(Connection &c)
{
    auto done =
        c.exec("DELETE FROM blob WHERE state<>'unsent' AND NOT EXISTS (SELECT 1 FROM document d WHERE "
               "d.content=blob.content)");
    return done ? c.exec("DELETE FROM blob_chunk WHERE content NOT IN (SELECT content FROM blob)") : done;
}

Result<std::optional<DocumentTask>> DocumentQueue::next(const QSet<Id> &later)
{
    auto wanted = nextOf("wanted", later);
    return !wanted || *wanted ? wanted : nextOf("unsent", later);
}

Result<std::optional<DocumentTask>> DocumentQueue::nextOf(const char *state, const QSet<Id> &later)
{
    Connection &c = m_database.writerConnection();
    DocumentTask task;
    bool asked = false;
    bool found = false;
    {
        // Whose row the server has; those of a document that is not accepted wait with it.
        Query q = c.query("SELECT b.content, b.size, b.asked, d.id FROM blob b JOIN document d ON "
                          "d.content=b.content JOIN row_state s ON s.entity='document' AND s.id=d.id WHERE "
                          "b.state=?1 AND b.asked<>2 ORDER BY CASE ?1 WHEN 'wanted' THEN -b.used_at ELSE "
                          "b.used_at END, d.id",
                          state);
        while (!found && q.next()) {
            task.document = q.id(3);
            if (later.contains(task.document))
                continue;
            task.content = q.text(0);
            task.size = q.integer(1);
            asked = q.integer(2) != 0;
            found = true;
        }
        if (!q.ok())
            return q.failed();
    }
    if (!found)
        return std::optional<DocumentTask>();
    if (QByteArrayView(state) == "wanted") {
        const auto have = number(c, "SELECT count(*) FROM blob_chunk WHERE content=?", task.content);
        if (!have)
            return fail(have);
        task.n = *have; // they come in order
        task.path = "/v1/blobs/get";
        task.body = sync::encodeGetPiece(task.document, task.n);
        return std::optional(task);
    }
    if (!asked) {
        task.path = "/v1/blobs/missing";
        task.body = sync::encodeMissingPieces(task.document);
        return std::optional(task);
    }
    Query q =
        c.query("SELECT n, data FROM blob_chunk WHERE content=? AND sent=0 ORDER BY n LIMIT 1", task.content);
    if (!q.next())
        return q.ok() ? fail(ErrorCode::Damaged, QStringLiteral("document")) : q.failed();
    task.n = q.integer(0);
    task.path = "/v1/blobs/put";
    task.body = sync::encodePutPiece(
        task.document, task.n,
        m_database.identity().sealer.sealPiece(q.bytes(1), task.content.toLatin1(), task.n));
    return std::optional(task);
}

bool isUnknownDocument(int status, QByteArrayView answer)
{
    return status == 404 && sync::decodeErrorReply(answer).code == "unknown-document";
}

Result<void> DocumentQueue::refused(const DocumentTask &task)
{
    // Another document of the same bytes may be shown.
    return m_database.transactLocal([&](Connection &c) {
        return c.exec("UPDATE blob SET asked=2 WHERE content=?1 AND state='unsent' AND (SELECT count(*) FROM "
                      "document WHERE content=?1)=1",
                      task.content);
    });
}

Result<void> DocumentQueue::take(const DocumentTask &task, const QByteArray &answer)
{
    // A document that came damaged is forgotten: that is stored, and told.
    std::optional<Error> damaged;
    const auto done = m_database.transactLocal([&](Connection &c) -> Result<void> {
        auto taken =
            task.path == "/v1/blobs/missing" ? takeMissing(c, task, answer) : takePiece(c, task, answer);
        if (taken || taken.error().code != ErrorCode::Damaged)
            return taken;
        damaged = taken.error();
        return forget(c, task.content);
    });
    if (done && damaged)
        return tl::unexpected(*damaged);
    return done;
}

Result<void> DocumentQueue::takeMissing(Connection &c, const DocumentTask &task, const QByteArray &answer)
{
    const auto reply = sync::decodeMissingPieces(answer);
    if (!reply)
        return fail(ErrorCode::Invalid);
    if (const auto same = sameHistory(c, *reply); !same || !*same)
        return same ? fail(ErrorCode::Stale) : fail(same);
    if (auto done = c.exec("UPDATE blob_chunk SET sent=1 WHERE content=?", task.content); !done)
        return done;
    for (const qint64 n : reply->missing) {
        if (auto done = c.exec("UPDATE blob_chunk SET sent=0 WHERE content=? AND n=?", task.content, n);
            !done)
            return done;
    }
    if (auto done = c.exec("UPDATE blob SET asked=1 WHERE content=?", task.content); !done)
        return done;
    return endSending(c, task.content);
}

Result<void> DocumentQueue::takePiece(Connection &c, const DocumentTask &task, const QByteArray &answer)
{
    const auto reply = sync::decodePieceReply(answer);
    if (!reply)
        return fail(ErrorCode::Invalid);
    if (const auto same = sameHistory(c, *reply); !same || !*same)
        return same ? fail(ErrorCode::Stale) : fail(same);
    if (task.path == "/v1/blobs/put") {
        auto done = c.exec("UPDATE blob_chunk SET sent=1 WHERE content=? AND n=?", task.content, task.n);
        return done ? endSending(c, task.content) : done;
    }
    const auto wanted =
        number(c, "SELECT count(*) FROM blob WHERE content=? AND state='wanted'", task.content);
    if (!wanted || !*wanted)
        return wanted ? Result<void>() : fail(wanted);
    const auto &sealer = m_database.identity().sealer;
    if (!sealer.hasKeyOf(reply->sealed))
        return fail(ErrorCode::KeyMissing); // it comes from another PC
    const auto piece = sealer.openPiece(reply->sealed, task.content.toLatin1(), task.n);
    const qint64 length = qMin(sync::pieceSize, task.size - task.n * sync::pieceSize);
    if (!piece || piece->size() != length)
        return fail(ErrorCode::Damaged, QStringLiteral("document"));
    if (auto done = c.exec("INSERT INTO blob_chunk (content, n, data, sent) VALUES (?,?,?,1) ON CONFLICT DO "
                           "NOTHING",
                           task.content, task.n, *piece);
        !done)
        return done;
    if (task.n + 1 < sync::pieceCount(task.size))
        return {};
    if (auto done = c.exec("UPDATE blob SET state='here', asked=1, used_at=? WHERE content=?",
                           m_clock.nowMs(), task.content);
        !done)
        return done;
    const auto bytes = documentBytes(c, task.content);
    if (!bytes)
        return fail(bytes);
    if (sealer.contentName(*bytes) != task.content.toLatin1())
        return fail(ErrorCode::Damaged, QStringLiteral("document"));
    return makeRoom(c);
}

// What the server has as well goes when there is too much of it, the longest unused first.
Result<void> DocumentQueue::makeRoom(Connection &c)
{
    Query set =
        c.query("SELECT CAST(value AS INTEGER) FROM setting WHERE \"key\"=? AND scope='hospital' LIMIT 1",
                domain::setting::documentsKept);
    const qint64 megabytes =
        set.next()
            ? set.integer(0)
            : QByteArray(
                  domain::settingInfo(QString::fromLatin1(domain::setting::documentsKept))->defaultValue)
                  .toLongLong();
    qint64 left = megabytes * 1024 * 1024;
    QStringList gone;
    Query q = c.query("SELECT content, size FROM blob WHERE state='here' ORDER BY used_at DESC");
    for (bool first = true; q.next(); first = false) {
        left -= q.integer(1);
        if (left < 0 && !first)
            gone << q.text(0);
    }
    if (!q.ok())
        return q.failed();
    for (const QString &content : std::as_const(gone)) {
        if (auto done = forget(c, content); !done)
            return done;
    }
    return {};
}

} // namespace clinic::storage
