// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/database.h"

namespace clinic::storage {

enum class DocumentPlace {
    Elsewhere, // not in this file
    Coming,    // asked for; some of it may be here
    Unsent,    // here, and the server lacks some of it
    Here,      // here and on the server
};
struct DocumentState
{
    DocumentPlace place{};
    qint64 here = 0; // bytes that are in this file
    qint64 sent = 0; // bytes of an unsent one that the server has
};

// The bytes of documents in this file. Each call runs inside the caller's transaction.
Result<void> keepDocument(Connection &c, const QString &content, const QByteArray &bytes, qint64 now);
// Somebody looks at one that is here.
Result<void> useDocument(Connection &c, const QString &content, qint64 now);
// Somebody wants to see it: it comes before anything that has to be sent.
Result<void> wantDocument(Connection &c, const QString &content, qint64 size, qint64 now);
[[nodiscard]] Result<DocumentState> documentState(Connection &c, const QString &content);
// NotFound when they are not (all) here.
[[nodiscard]] Result<QByteArray> documentBytes(Connection &c, const QString &content);
// Another history of the server's, or one that lost something: what it has is asked for again.
Result<void> askAboutDocumentsAgain(Connection &c);
// Bytes without a row go, unless they were never sent.
Result<void> forgetStrayDocuments(Connection &c);

// One question to the server about one piece.
struct DocumentTask
{
    QByteArray path;
    QByteArray body;
    Id document{};
    QString content;
    qint64 size = 0;
    qint64 n = 0;
};

// Whether the server itself says that it does not know a document, or not for this PC. A 404 of something on
// the way says nothing of it.
[[nodiscard]] bool isUnknownDocument(int status, QByteArrayView answer);

// What is to be sent and fetched, one piece after the other; where it stands lies in the file, so it goes on
// after any interruption. On the writer's executor.
class DocumentQueue
{
public:
    DocumentQueue(Database &database, const Clock &clock) : m_database(database), m_clock(clock) {}

    // Nothing when there is nothing to do. later: documents to leave alone for now.
    [[nodiscard]] Result<std::optional<DocumentTask>> next(const QSet<Id> &later = {});
    // The server does not show that document to this PC (a file that was put back from before it kept less):
    // its bytes stay here and nobody waits for them, until another history or other scopes begin.
    Result<void> refused(const DocumentTask &task);
    // The server's answer to it. Damaged: what came is not the document; it is not asked for any more.
    Result<void> take(const DocumentTask &task, const QByteArray &answer);

private:
    [[nodiscard]] Result<std::optional<DocumentTask>> nextOf(const char *state, const QSet<Id> &later);
    Result<void> takeMissing(Connection &c, const DocumentTask &task, const QByteArray &answer);
    Result<void> takePiece(Connection &c, const DocumentTask &task, const QByteArray &answer);
    Result<void> makeRoom(Connection &c);

    Database &m_database;
    const Clock &m_clock;
};

} // namespace clinic::storage
