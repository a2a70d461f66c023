// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/messages.h"

namespace clinic::sync {

// A document travels in pieces, each sealed by itself (docs/decisions/0017).
inline constexpr qint64 pieceSize = qint64(256) * 1024;
inline constexpr qint64 largestDocument = qint64(50) * 1024 * 1024;
inline constexpr qsizetype pieceOverhead = 64; // of a sealed one, at most

[[nodiscard]] constexpr qint64 pieceCount(qint64 size)
{
    return (size + pieceSize - 1) / pieceSize;
}

// Questions about one piece of a document; whose bytes they are, the server knows from the document's row.
// Which pieces the server lacks.
[[nodiscard]] QByteArray encodeMissingPieces(const Id &document);
[[nodiscard]] QByteArray encodePutPiece(const Id &document, qint64 n, const QByteArray &sealed);
[[nodiscard]] QByteArray encodeGetPiece(const Id &document, qint64 n);

struct MissingPieces : Stamp
{
    QList<qint64> missing{};
};
[[nodiscard]] Result<MissingPieces> decodeMissingPieces(QByteArrayView message);

struct PieceReply : Stamp
{
    QByteArray sealed{}; // empty: it was put, or it is not there
};
[[nodiscard]] Result<PieceReply> decodePieceReply(QByteArrayView message);

} // namespace clinic::sync
