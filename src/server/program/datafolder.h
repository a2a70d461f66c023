// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "core/filelock.h"

#include <QDir>
#include <functional>

// The server's data folder: the embedded database and the signing key (certificate.h has the rest).
// Error::detail holds a sentence for the operator.
namespace clinic::server {

// The key that signs tokens and orders: made once, kept twice beside the database, never in it. Fails when
// it is damaged, or missing although `hasHospitals`: PCs would refuse a server with another key.
[[nodiscard]] Result<crypto::SigningKey> signingKey(const QDir &data, bool hasHospitals, bool makesAnother);

// One server per folder; restore() needs it as well.
[[nodiscard]] Result<std::unique_ptr<FileLock>> lockFolder(const QDir &data);

// Copies the running database page by page and checks the copy before it gets its name.
[[nodiscard]] Result<void> backUpDatabase(const QString &from, const QString &to);

// Replaces the database by a copy. The copy is checked, copied and given to `prepare` (its path) before the
// present database is touched; that one stays, with all commits, under the returned name (empty: there was
// none). After a failure the database is as it was, with its WAL. Needs lockFolder().
[[nodiscard]] Result<QString> restoreDatabase(const QString &copy, const QString &database,
                                              const std::function<Result<void>(const QString &)> &prepare);

// The log of the database is back where it belongs after a restore that was cut off between its last two
// steps. settleRestore() needs lockFolder(); finishRestore() takes it when there is something to do, and
// comes before anything opens the database.
[[nodiscard]] Result<void> settleRestore(const QString &database);
[[nodiscard]] Result<void> finishRestore(const QDir &data, const QString &database);

} // namespace clinic::server
