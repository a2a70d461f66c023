// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/replica/documentqueue.h"
#include "sync/engine/client.h"

#include <QTimer>

namespace clinic::sync {

// Brings the bytes of documents to the server and from it, a piece at a time, on a connection of its own:
// rows never wait for them. Works while the engine is through with everything else.
class DocumentLane : public QObject
{
    Q_OBJECT
public:
    DocumentLane(storage::Database &database, const Clock &clock, QObject *parent);

    // Goes on, if it does not already; `token` as the engine has it.
    void run(const Client::Server &server, const QByteArray &token);
    // Until run() is called again; what is under way is left.
    void stop();
    [[nodiscard]] Client &client() { return m_client; }

Q_SIGNALS:
    // Another piece of it is here or there.
    void moved(const QString &content);
    // What came is not the document; it is not asked for any more.
    void damaged(const QString &content);
    // Nothing is left to do for now, and something was done.
    void settled();

private:
    void look();
    void ask(const storage::DocumentTask &task);
    void answered(const storage::DocumentTask &task, const Engine::Reply &reply);
    void taken(const storage::DocumentTask &task, const Result<void> &done);
    void pause();

    storage::Database &m_database;
    const Clock &m_clock;
    Client m_client;
    QTimer m_retry;
    QByteArray m_token;
    QSet<Id> m_later; // the server cannot serve them now
    bool m_running = false;
    bool m_busy = false;
    bool m_again = false;
    bool m_moved = false;
    int m_turn = 0; // what was begun before stop() is nobody's business any more
    int m_failures = 0;
};

} // namespace clinic::sync
