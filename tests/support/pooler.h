// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/privatecluster.h"

#include <QProcess>
#include <QTemporaryDir>

namespace clinic::test {

// pgbouncer in transaction mode before a private cluster, with fewer connections to it than it accepts: one
// session's statements land on another's connection. Ended with this object.
class Pooler
{
public:
    explicit Pooler(const PrivateCluster &cluster);
    ~Pooler();
    Pooler(const Pooler &) = delete;
    Pooler &operator=(const Pooler &) = delete;
    // Empty when it runs; else why not.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] QByteArray connection() const;

private:
    QTemporaryDir m_dir;
    QProcess m_process;
    QString m_problem;
    int m_port = 0;
};

} // namespace clinic::test
