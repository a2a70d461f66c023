// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace clinic::storage {

inline constexpr int reservedBytes = FileKey::overhead; // of every page, also in unsealed files

// For a new file: reserves bytes for the seal, and keeps SQLite's temporary data in memory until the WAL is
// on.
[[nodiscard]] Result<void> beginFile(Connection &connection);

enum class CopyKind {
    Backup, // one file, which opens in a read-only folder as well
    Live,   // for use
};
// Copies an open file page by page to a new one, sealed with `key` (null = unsealed), while others read and
// write: the copy is a snapshot. `source` must not be in a transaction. Durable when it returns. A sealed
// copy becomes a live file here and not later: without a journal on the disk its first page may be written
// in place only now.
[[nodiscard]] Result<void> copyPages(Connection &source, const QString &target, const FileKey &key,
                                     CopyKind kind = CopyKind::Backup);

} // namespace clinic::storage
