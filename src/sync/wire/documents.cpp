// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/documents.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
QByteArray encodeMissingPieces(const Id &document)
{
    QByteArray out;
    JsonWriter(out).open().id("document", document).close();
    return out;
}

QByteArray encodePutPiece(const Id &document, qint64 n, const QByteArray &sealed)
{
    QByteArray out;
    JsonWriter(out).open().id("document", document).number("n", n).base64("data", sealed).close();
    return out;
}

QByteArray encodeGetPiece(const Id &document, qint64 n)
{
    QByteArray out;
    JsonWriter(out).open().id("document", document).number("n", n).close();
    return out;
}

Result<MissingPieces> decodeMissingPieces(QByteArrayView message)
{
    json::Message reader(message);
    MissingPieces reply;
    readStamp(reader, reply);
    for (const json::Element element : reader.array("missing")) {
        int64_t n = 0;
        if (element.get(n) != simdjson::SUCCESS || n < 0 || n >= pieceCount(largestDocument))
            return fail(ErrorCode::Invalid, QStringLiteral("/missing"));
        reply.missing << n;
    }
    if (!reader.ok())
        return reader.failed();
    return reply;
}

Result<PieceReply> decodePieceReply(QByteArrayView message)
{
    json::Message reader(message);
    PieceReply reply;
    readStamp(reader, reply);
    if (reader.has("data"))
        reply.sealed = reader.base64("data");
    if (!reader.ok())
        return reader.failed();
    return reply;
}

} // namespace clinic::sync
