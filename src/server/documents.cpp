// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/documents.h"

#include "server/service.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

// The part of the service that stores the bytes of documents. The server cannot read them; the document's
// row says which patient a piece belongs to and which device may have it.
namespace clinic::server {
Result<Service::StoredDocument> Service::document(SqlSession &session, const Bearer &who, const Id &id)
{
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const auto rows = session.run("SELECT scope, patient, fields FROM record WHERE hospital_id=$1 AND "
                                  "entity='document' AND id=$2",
                                  {idValue(who.hospital), idValue(id)});
    if (!rows)
        return fail(rows);
    // "Does not exist" and "not in this device's scope" get the same answer.
    if (rows->isEmpty() || !sees(*record, bytesAt(rows->first(), 0), idAt(rows->first(), 1)))
        return StoredDocument{};
    const auto fields = sync::decodeFields(bytesAt(rows->first(), 2));
    if (!fields)
        return fail(fields);
    PictureRow row;
    row.fields = *fields;
    const StoredDocument document{row.text("content").toLatin1(), row.number("size")};
    return document.size > 0 && document.size <= sync::largestDocument ? document : StoredDocument{};
}

Result<Response> Service::missingPieces(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id id = reader.id("document");
    if (!reader.ok())
        return reader.failed();
    const auto found = document(session, who, id);
    if (!found)
        return fail(found);
    if (found->content.isEmpty())
        return errorResponse(404, "unknown-document");
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto rows = session.run("SELECT n FROM blob_piece WHERE hospital_id=$1 AND content=$2",
                                  {idValue(who.hospital), textValue(found->content)});
    if (!rows)
        return fail(rows);
    QSet<qint64> there;
    for (const Row &row : *rows)
        there << integerAt(row, 0);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.openList("missing");
    for (qint64 n = 0; n < sync::pieceCount(found->size); ++n) {
        if (!there.contains(n))
            writer.number(n);
    }
    writer.closeList().close();
    return Response{200, out};
}

Result<Response> Service::putPiece(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id id = reader.id("document");
    const qint64 n = reader.integer("n");
    const QByteArray data = reader.base64("data");
    if (reader.ok() && (data.isEmpty() || data.size() > sync::pieceSize + sync::pieceOverhead))
        reader.note("data");
    if (!reader.ok())
        return reader.failed();
    const auto found = document(session, who, id);
    if (!found)
        return fail(found);
    if (found->content.isEmpty())
        return errorResponse(404, "unknown-document");
    if (n < 0 || n >= sync::pieceCount(found->size))
        return fail(ErrorCode::Invalid, QStringLiteral("/n"));
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    // A stored piece stays: the same piece from another device has the same bytes, or wrong ones.
    const auto kept = session.run(
        "INSERT INTO blob_piece (hospital_id, content, n, data, at) VALUES "
        "($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING",
        {idValue(who.hospital), textValue(found->content), Value{n}, Value{data}, Value{m_clock.nowMs()}});
    if (!kept)
        return fail(kept);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (sync::keyIdOf(data) < record->newestKey) {
        if (auto noted = walkAgain(session, who.hospital); !noted)
            return fail(noted);
    }
    return Response{200, sync::encode(*now)};
}

Result<Response> Service::getPiece(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id id = reader.id("document");
    const qint64 n = reader.integer("n");
    if (!reader.ok())
        return reader.failed();
    const auto found = document(session, who, id);
    if (!found)
        return fail(found);
    if (found->content.isEmpty())
        return errorResponse(404, "unknown-document");
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const auto rows = session.run("SELECT data FROM blob_piece WHERE hospital_id=$1 AND content=$2 AND n=$3",
                                  {idValue(who.hospital), textValue(found->content), Value{n}});
    if (!rows)
        return fail(rows);
    if (rows->isEmpty()) // the PC that has the document has not sent this piece yet
        return errorResponse(404, "not-there-yet");
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.base64("data", bytesAt(rows->first(), 0)).close();
    return Response{200, out};
}

} // namespace clinic::server
