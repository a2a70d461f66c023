// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filekey.h"
#include "core/result.h"

namespace clinic::storage {

// SQLite takes the first frame of a WAL that does not fit for its end, as after a power cut, and drops the
// commits behind it silently. A power cut cannot leave a whole commit and the begin of the next behind such
// a frame, because each commit is on the disk before the next begins: that WAL was damaged. Then fails with
// Damaged (field "log"). With `keep` the file and its WAL are copied first, args: the copy's name; once that
// copy exists, the WAL is accepted as it is. No program may have the file open.
[[nodiscard]] Result<void> checkLog(const QString &path, const FileKey &key, bool keep);

} // namespace clinic::storage
