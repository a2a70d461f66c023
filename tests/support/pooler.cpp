// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/pooler.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <unistd.h>

namespace clinic::test {

Pooler::Pooler(const PrivateCluster &cluster) : m_dir(QStringLiteral("/tmp/clinicdesk-pool-XXXXXX"))
{
    const QString program = QStringLiteral("/usr/sbin/pgbouncer");
    if (!QFile::exists(program)) {
        m_problem = QStringLiteral("pgbouncer is not installed");
        return;
    }
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost)) {
        m_problem = QStringLiteral("no free port");
        return;
    }
    m_port = probe.serverPort();
    probe.close();
    QFile settings(m_dir.filePath(QStringLiteral("pool.ini")));
    if (!settings.open(QIODevice::WriteOnly)) {
        m_problem = QStringLiteral("no settings");
        return;
    }
    settings.write(
        "[databases]\nclinicdesk = " + cluster.connection() +
        " pool_size=3\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=" + QByteArray::number(m_port) +
        "\nunix_socket_dir=\nauth_type=any\npool_mode=transaction\nmax_client_conn=100\n");
    settings.close();
    if (geteuid() == 0) { // it refuses root as well
        QProcess::execute(QStringLiteral("chown"),
                          {QStringLiteral("-R"), QStringLiteral("postgres"), m_dir.path()});
        m_process.start(QStringLiteral("setpriv"),
                        {QStringLiteral("--reuid=postgres"), QStringLiteral("--clear-groups"), program,
                         QStringLiteral("-q"), settings.fileName()});
    } else {
        m_process.start(program, {QStringLiteral("-q"), settings.fileName()});
    }
    for (int tries = 0; tries < 100; ++tries) {
        QTcpSocket line;
        line.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(m_port));
        if (line.waitForConnected(1000))
            return;
        m_process.waitForFinished(50);
    }
    m_problem =
        QStringLiteral("pgbouncer does not start: ") + QString::fromUtf8(m_process.readAllStandardError());
}

Pooler::~Pooler()
{
    m_process.terminate();
    m_process.waitForFinished(10'000);
    if (geteuid() == 0)
        QProcess::execute(QStringLiteral("chown"),
                          {QStringLiteral("-R"), QStringLiteral("root"), m_dir.path()});
}

QByteArray Pooler::connection() const
{
    return "host=127.0.0.1 user=clinicdesk dbname=clinicdesk port=" + QByteArray::number(m_port);
}

} // namespace clinic::test
