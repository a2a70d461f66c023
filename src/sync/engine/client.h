// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/engine.h"

#include <QDateTime>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

namespace clinic::sync {

// Speaks to one server that may have several addresses; a dead one is left for the next. One request at a
// time.
class Client : public QObject
{
    Q_OBJECT
public:
    using Server = domain::ServerAccess;
    // One request and what became of it, for whoever looks for a fault. Never a body.
    struct Exchange
    {
        QDateTime at;
        QString address;
        QByteArray what;      // "POST /v1/push"
        int status = 0;       // 0 = no answer
        qint64 ms = 0;        // until the whole answer was here
        qint64 sent = 0;      // bytes, as they travelled
        qint64 received = 0;  // bytes, as they travelled
        QByteArray requestId; // the same in the server's log
        QString fault;        // of the network or of TLS
    };
    explicit Client(QObject *parent = nullptr);

    // A request that is under way to another server than this one ends without an answer.
    void setServer(const Server &server);
    // status 0 = no answer. `then` comes once, unless abort() or the end of `this` comes first.
    void send(const Engine::Send &request, std::function<void(const Engine::Reply &)> then);
    void abort();

Q_SIGNALS:
    void exchanged(const clinic::sync::Client::Exchange &exchange);

private:
    Server m_server;
    std::function<void(const Engine::Reply &)> m_then; // of the request under way
    int m_current = 0;
    bool m_knowsDictionary = false; // the server has said so
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
};

} // namespace clinic::sync
