// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/privatecluster.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <unistd.h>

namespace clinic::test {

PrivateCluster::PrivateCluster() : m_dir(QStringLiteral("/tmp/clinicdesk-pg-XXXXXX"))
{
    const auto versions =
        QDir(QStringLiteral("/usr/lib/postgresql")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    if (versions.isEmpty()) {
        m_problem = QStringLiteral("PostgreSQL is not installed");
        return;
    }
    m_bin = QStringLiteral("/usr/lib/postgresql/%1/bin/").arg(versions.last());
    if (geteuid() == 0) // the server refuses root; Debian's package brings the user
        QProcess::execute(QStringLiteral("chown"), {QStringLiteral("postgres"), m_dir.path()});
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost)) {
        m_problem = QStringLiteral("no free port");
        return;
    }
    m_port = probe.serverPort();
    probe.close();
    const QString data = m_dir.filePath(QStringLiteral("data"));
    const QString options =
        QStringLiteral("-p %1 -k %2 -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60")
            .arg(m_port)
            .arg(m_dir.path());
    m_running =
        run(m_bin + QStringLiteral("initdb"),
            {QStringLiteral("-D"), data, QStringLiteral("-U"), QStringLiteral("chief"),
             QStringLiteral("--auth=trust"), QStringLiteral("-E"), QStringLiteral("UTF8")}) &&
        run(m_bin + QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), data, QStringLiteral("-w"), QStringLiteral("-l"),
             m_dir.filePath(QStringLiteral("log")), QStringLiteral("-o"), options, QStringLiteral("start")});
    const auto sql = [&](const QString &text) {
        return run(m_bin + QStringLiteral("psql"),
                   {QString::fromLatin1(superuser()), QStringLiteral("-qc"), text});
    };
    if (m_problem.isEmpty() && sql(QStringLiteral("CREATE ROLE clinicdesk LOGIN NOBYPASSRLS")))
        sql(QStringLiteral("CREATE DATABASE clinicdesk OWNER clinicdesk"));
}

PrivateCluster::~PrivateCluster()
{
    if (m_running)
        run(m_bin + QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), m_dir.filePath(QStringLiteral("data")), QStringLiteral("-m"),
             QStringLiteral("immediate"), QStringLiteral("stop")});
    if (geteuid() == 0)
        QProcess::execute(QStringLiteral("chown"),
                          {QStringLiteral("-R"), QStringLiteral("root"), m_dir.path()});
}

bool PrivateCluster::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(QProcess::nullDevice()); // a server keeps an inherited pipe open for ever
    process.setWorkingDirectory(QStringLiteral("/"));
    if (geteuid() == 0)
        process.start(QStringLiteral("runuser"), QStringList{QStringLiteral("-u"), QStringLiteral("postgres"),
                                                             QStringLiteral("--"), program} +
                                                     arguments);
    else
        process.start(program, arguments);
    if (process.waitForFinished(60'000) && process.exitCode() == 0)
        return true;
    m_problem = QStringLiteral("%1 failed").arg(program);
    return false;
}

QByteArray PrivateCluster::connection() const
{
    return "host=127.0.0.1 user=clinicdesk dbname=clinicdesk port=" + QByteArray::number(m_port);
}

QByteArray PrivateCluster::superuser() const
{
    return "host=127.0.0.1 user=chief dbname=postgres port=" + QByteArray::number(m_port);
}

} // namespace clinic::test
