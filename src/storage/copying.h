// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace clinic::storage {

inline constexpr int reservedBytes = FileKey::overhead; // of every page, in files that are not sealed too

// For a file that does not exist yet: pages that can be sealed, and nothing but memory for what SQLite would
// otherwise write beside them before the log is switched on.
[[nodiscard]] Result<void> beginFile(Connection &connection);

enum class CopyKind {
    Backup, // one file, which opens where nothing may be written as well
    Live,   // to be worked with
};
// Copies an open file page by page to a new one, sealed with `key` (null = not sealed), while others go on
// reading and writing: the copy is the file of one moment, whatever is committed meanwhile. `source` must not
// be in a transaction. Durable when it returns. A sealed copy is made a live one here and not later: without
// a journal on the disk this is the only time its first page may be written in place.
[[nodiscard]] Result<void> copyPages(Connection &source, const QString &target, const FileKey &key,
                                     CopyKind kind = CopyKind::Backup);

} // namespace clinic::storage
