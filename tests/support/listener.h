// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <functional>

namespace clinic::test {

// Says what a gateway says, line by line, and keeps what it was told.
class Listener : public QTcpServer
{
public:
    explicit Listener(const std::function<QByteArray(const QByteArray &soFar)> &reply,
                      const QByteArray &greeting = {})
    {
        connect(this, &QTcpServer::newConnection, this, [this, reply, greeting] {
            QTcpSocket *socket = nextPendingConnection();
            socket->write(greeting);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, reply] {
                heard += socket->readAll();
                socket->write(reply(heard));
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no socket");
    }
    QByteArray heard;
};

// What a provider of text messages answers once it has all of a JSON body.
inline QByteArray providerAnswer(const QByteArray &heard, const QByteArray &status = "200 OK")
{
    return heard.contains("\r\n\r\n") && heard.endsWith('}')
               ? "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
               : QByteArray();
}

} // namespace clinic::test
