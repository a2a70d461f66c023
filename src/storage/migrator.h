// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

#include <QDir>

namespace clinic::storage {

struct Migration
{
    int version = 0;
    int minimumReader = 0;       // the oldest program's version that may still open the file afterwards
    bool rebuildsSearch = false; // everybody's search keys are written anew
    QByteArray sql;
    QByteArray hash; // BLAKE2b of the file's bytes, hexadecimal; frozen once released
};

// All numbered migrations built into the program, in order.
[[nodiscard]] const QList<Migration> &migrations();
// The newest schema this program knows.
[[nodiscard]] int schemaVersion();
// Of SQLite, as it runs.
[[nodiscard]] QString engineVersion();
// The schema version of an open file; 0 = empty.
[[nodiscard]] Result<int> fileVersion(Connection &connection);
// Brings an open file up to schemaVersion(), each migration in one transaction. NewerFile when it is beyond
// us.
[[nodiscard]] Result<void> migrate(Connection &connection, qint64 nowMs);

} // namespace clinic::storage
