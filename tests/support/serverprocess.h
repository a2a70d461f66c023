// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

namespace clinic::test {

// An instance of clinicdesk-server.
class ServerProcess
{
public:
    ServerProcess(const QString &folder, const QByteArray &postgres, bool tls,
                  int requestsPerSecond = 1'000'000, const QStringList &more = {})
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost))
            qFatal("no free port");
        m_port = probe.serverPort();
        probe.close();
        m_arguments = {QStringLiteral("--data"),
                       folder,
                       QStringLiteral("--listen"),
                       QStringLiteral("127.0.0.1:%1").arg(m_port),
                       QStringLiteral("--requests-per-second"),
                       QString::number(requestsPerSecond),
                       QStringLiteral("--connections-per-address"), // every PC of a test has this one
                       QStringLiteral("100000")};
        m_arguments += more;
        if (!tls)
            m_arguments << QStringLiteral("--plain-http");
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // A database that has hospitals already is given its key, as an operator does for a second server.
        if (QFile key(folder + QStringLiteral("/signing.key")); !postgres.isEmpty() && !key.exists()) {
            const QByteArray text = crypto::newSigningKey().secretKey.toBase64();
            if (!key.open(QIODevice::WriteOnly) || key.write(text) != text.size())
                qFatal("no signing key");
        }
        if (!postgres.isEmpty())
            environment.insert(QStringLiteral("CLINICDESK_POSTGRES"), QString::fromUtf8(postgres));
        m_process.setProcessEnvironment(environment);
    }
    ~ServerProcess()
    {
        m_process.terminate();
        m_process.waitForFinished(20'000);
    }
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;
    QString addHospital(const QString &name)
    {
        QProcess process;
        process.setProcessEnvironment(m_process.processEnvironment());
        process.start(program(),
                      m_arguments + QStringList{QStringLiteral("hospital"), QStringLiteral("add"), name});
        process.waitForFinished(20'000);
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed().section(u'\n', -1);
    }
    void start()
    {
        // Where a disk takes no more, a test's limit on files stands for it; the signal would end the
        // program.
        m_process.setChildProcessModifier([] { ::signal(SIGXFSZ, SIG_IGN); });
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(program(), m_arguments);
        QString said;
        while (!said.contains(QStringLiteral("listening")) && m_process.waitForReadyRead(20'000))
            said += QString::fromUtf8(m_process.readAllStandardOutput());
        if (!said.contains(QStringLiteral("listening")))
            qFatal("the server does not start");
    }
    // As a power cut would.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished(20'000);
    }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] qint64 process() const { return m_process.processId(); }
    // The most bytes a file of it may have from now on; -1 = any number.
    void limitFiles(qint64 most) const
    {
        rlimit limit{};
        prlimit(pid_t(m_process.processId()), RLIMIT_FSIZE, nullptr, &limit);
        limit.rlim_cur = most < 0 ? limit.rlim_max : rlim_t(most);
        prlimit(pid_t(m_process.processId()), RLIMIT_FSIZE, &limit, nullptr);
    }
    // CPU it has used, in milliseconds, and memory of its own, in kB.
    [[nodiscard]] double cpu() const
    {
        const QByteArray text = read("stat");
        const auto words = text.mid(text.lastIndexOf(')') + 2).split(' ');
        return (words[11].toDouble() + words[12].toDouble()) * 1000.0 / double(sysconf(_SC_CLK_TCK));
    }
    [[nodiscard]] double memory() const
    {
        const QByteArray text = read("status");
        const auto at = text.indexOf("RssAnon:");
        return text.mid(at + 8, 20).simplified().split(' ').first().toDouble();
    }

private:
    static QString program() { return QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-server"); }
    [[nodiscard]] QByteArray read(const char *what) const
    {
        QFile file(QStringLiteral("/proc/%1/%2").arg(m_process.processId()).arg(QLatin1StringView(what)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QProcess m_process;
    QStringList m_arguments;
    int m_port = 0;
};

} // namespace clinic::test
