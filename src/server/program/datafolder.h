// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "core/filelock.h"

#include <QDir>
#include <functional>

// What lies in the server's folder beside the certificate: the embedded database, and the key that PCs know
// it by. Failures carry a sentence for the operator in Error::detail.
namespace clinic::server {

// The key its tokens and orders are signed with: made once, kept twice beside the database, never in it.
// Fails where it is damaged, and where it is missing although `hasHospitals`: PCs would refuse a server with
// another.
[[nodiscard]] Result<crypto::SigningKey> signingKey(const QDir &data, bool hasHospitals, bool makesAnother);

// One server per folder; restore() needs it as well.
[[nodiscard]] Result<std::unique_ptr<FileLock>> lockFolder(const QDir &data);

// A copy of the running database, page by page, checked before it gets its name.
[[nodiscard]] Result<void> backUpDatabase(const QString &from, const QString &to);

// Puts a copy in the place of the database. The copy is looked at first, copied, and prepared by `prepare`
// (its path) before anything that is there is touched; what was there, with all that was committed, stays
// under the name that is returned (empty: there was nothing). When it fails the database is as it was, with
// its log. Needs lockFolder().
[[nodiscard]] Result<QString> restoreDatabase(const QString &copy, const QString &database,
                                              const std::function<Result<void>(const QString &)> &prepare);

// The log of the database is back where it belongs after a restore that was cut off between its last two
// steps. settleRestore() needs lockFolder(); finishRestore() takes it when there is something to do, and
// comes before anything opens the database.
[[nodiscard]] Result<void> settleRestore(const QString &database);
[[nodiscard]] Result<void> finishRestore(const QDir &data, const QString &database);

} // namespace clinic::server
