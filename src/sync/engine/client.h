// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/engine.h"

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
    struct Server
    {
        QStringList addresses{};
        QByteArray certificate{}; // SHA-256 of its own certificate; empty = an authority vouches for it
    };
    explicit Client(QObject *parent = nullptr);

    void setServer(const Server &server);
    // status 0 = no answer. `then` comes once, unless abort() or the end of `this` comes first.
    void send(const Engine::Send &request, std::function<void(const Engine::Reply &)> then);
    void abort();

private:
    Server m_server;
    int m_current = 0;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
};

} // namespace clinic::sync
