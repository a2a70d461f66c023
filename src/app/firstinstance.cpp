// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/firstinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace clinic::app {
namespace {

QString nameFor(const QString &folder)
{
    const QByteArray path = QDir(folder).canonicalPath().toUtf8();
    return QStringLiteral("clinicdesk-") +
           QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(24));
}

} // namespace

void FirstInstance::announce(const QString &folder, std::function<void()> raise)
{
    // Whoever holds the clinic's lock is the first; a name left by a crash is nobody's.
    QLocalServer::removeServer(nameFor(folder));
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    QObject::connect(m_server.get(), &QLocalServer::newConnection, m_server.get(),
                     [this, raise = std::move(raise)] {
                         while (auto *socket = m_server->nextPendingConnection())
                             socket->deleteLater();
                         raise();
                     });
    m_server->listen(nameFor(folder));
}

bool FirstInstance::raiseOther(const QString &folder)
{
    QLocalSocket socket;
    socket.connectToServer(nameFor(folder));
    return socket.waitForConnected(2000);
}

} // namespace clinic::app
