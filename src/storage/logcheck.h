// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filekey.h"
#include "core/result.h"

namespace clinic::storage {

// SQLite takes the first frame of a write-ahead log that does not fit for its end, as a power cut leaves one,
// and what was committed behind it is gone without a word. A cut cannot leave a whole commit and the begin of
// the next behind such a frame, because each commit is on the disk before the next begins: that log was
// damaged. Damaged (field "log") then. With `keep` the file and its log are copied first, args: the name of
// the copy; with that copy beside it the log is taken as it is. Nobody may have the file open.
[[nodiscard]] Result<void> checkLog(const QString &path, const FileKey &key, bool keep);

} // namespace clinic::storage
