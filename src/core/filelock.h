// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <memory>

namespace clinic {

// One process per clinic file, or per data folder of a server: an advisory lock on a file beside it, which
// the system releases when the process ends. Not SQLite's exclusive locking mode, which would exclude
// readers.
class FileLock
{
public:
    // InUse when another process holds it.
    [[nodiscard]] static Result<std::unique_ptr<FileLock>> acquire(const QString &path);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    FileLock() = default;
    qintptr m_handle = -1;
};

} // namespace clinic
