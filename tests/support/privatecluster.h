// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace clinic::test {

// A PostgreSQL of its own in a temporary folder, on loopback, as a user who is not root; ended with this
// object.
class PrivateCluster
{
public:
    PrivateCluster();
    ~PrivateCluster();
    // Empty when it runs; else why not.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    // For a role that owns its database and cannot step over row-level security.
    [[nodiscard]] QByteArray connection() const;
    // For the superuser.
    [[nodiscard]] QByteArray superuser() const;

private:
    bool run(const QString &program, const QStringList &arguments);

    QTemporaryDir m_dir;
    QString m_bin;
    QString m_problem;
    int m_port = 0;
    bool m_running = false;
};

} // namespace clinic::test
