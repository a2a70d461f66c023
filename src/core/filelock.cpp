// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filelock.h"

#include "core/nativepath.h"

#include <cerrno>
#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace clinic {

Result<std::unique_ptr<FileLock>> FileLock::acquire(const QString &path)
{
    std::unique_ptr<FileLock> lock(new FileLock);
#ifdef Q_OS_WIN
    const HANDLE handle = CreateFileW(nativePath(path).c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                      OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return fail(GetLastError() == ERROR_SHARING_VIOLATION ? ErrorCode::InUse : ErrorCode::FileUnreadable);
    lock->m_handle = reinterpret_cast<qintptr>(handle);
#else
    const int fd = ::open(nativePath(path).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(errno == ENOENT ? ErrorCode::FileMissing : ErrorCode::ReadOnly, {}, {},
                    QStringLiteral("lock file: errno %1").arg(errno));
    lock->m_handle = fd;
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::InUse);
#endif
    return lock;
}

FileLock::~FileLock()
{
    if (m_handle == -1)
        return;
#ifdef Q_OS_WIN
    CloseHandle(reinterpret_cast<HANDLE>(m_handle));
#else
    ::close(static_cast<int>(m_handle));
#endif
}

} // namespace clinic
