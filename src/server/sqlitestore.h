// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sql.h"

#include <memory>
#include <mutex>

struct sqlite3;

namespace clinic::server {

// Embedded: one file, one writer, one transaction at a time.
class SqliteStore final : public Store
{
public:
    // Creates and migrates the file. Empty path = in memory. vfs names a SQLite VFS, as for a device's file.
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const QString &path,
                                                                   const QByteArray &vfs = {});
    ~SqliteStore() override;
    Result<void> transact(const Id &hospital, const std::function<Result<void>(SqlSession &)> &work) override;
    [[nodiscard]] QString describe() const override;
    [[nodiscard]] Result<void> hasRoom() const override;

private:
    class Session;
    SqliteStore() = default;
    QString m_path;
    std::mutex m_mutex;
    std::unique_ptr<Session> m_session;
};

} // namespace clinic::server
