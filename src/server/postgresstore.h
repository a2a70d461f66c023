// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sql.h"

#include <memory>

namespace clinic::server {

// PostgreSQL through libpq, for when a hospital outgrows one machine: a small pool of connections, READ
// COMMITTED, row-level security forced on every table of a hospital. Nothing is kept in a session, so a
// pooler in transaction mode may stand in between; several servers on one database are equal.
class PostgresStore final : public Store
{
public:
    // connection: as for psql, "host=... dbname=... user=...". Creates and migrates the schema. Refuses a
    // role that could step over row-level security.
    [[nodiscard]] static Result<std::unique_ptr<PostgresStore>> open(const QByteArray &connection,
                                                                     int connections);
    ~PostgresStore() override;
    Result<void> transact(const Id &hospital, const std::function<Result<void>(SqlSession &)> &work) override;
    [[nodiscard]] QString describe() const override;
    [[nodiscard]] bool isShared() const override { return true; }
    [[nodiscard]] Result<QHash<Id, qint64>> heads(const QList<Id> &hospitals) override;

private:
    struct Private;
    PostgresStore();
    std::unique_ptr<Private> d;
};

} // namespace clinic::server
