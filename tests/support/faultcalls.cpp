// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultcalls.h"

#include <QByteArray>
#include <QtGlobal>
#ifdef Q_OS_LINUX
#include <cerrno>
#include <cstdarg>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace clinic::test::faultcalls {
namespace {

qint64 fatal = 0;
qint64 seen = 0;
Strike kind = Strike::Once;
bool isArmed = false;
QByteArray told; // 'w' for each write, '-' for anything else
constexpr int killed = 99;

} // namespace

void strikeAt(qint64 n, Strike strike)
{
    fatal = n;
    kind = strike;
    seen = 0;
    told.clear();
    isArmed = true;
}

QList<qint64> turns()
{
    QList<qint64> found;
    for (qsizetype i = 0; i < told.size();) {
        qsizetype end = i + 1;
        while (told[i] == 'w' && end < told.size() && told[end] == 'w')
            ++end;
        for (const qsizetype at : {i, (i + end - 1) / 2, end - 1}) {
            if (found.isEmpty() || found.last() <= at)
                found << at + 1;
        }
        i = end;
    }
    return found;
}

qint64 changes()
{
    return seen;
}

#ifdef Q_OS_LINUX
bool isSupported()
{
    return true;
}

bool runsToItsEnd(const std::function<void()> &work)
{
    const pid_t child = fork();
    if (child == 0) {
        work();
        _exit(0);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == killed)
        return false;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        qFatal("the work ended in a way of its own: %d", status);
    return true;
}

// True: the call is not made and fails.
bool strikes(bool needsRoom, bool isWrite = false)
{
    if (!isArmed)
        return false;
    ++seen;
    told += isWrite ? 'w' : '-';
    if (fatal <= 0 || seen < fatal || (seen > fatal && kind != Strike::Full))
        return false;
    if (kind == Strike::Kill)
        _exit(killed);
    if (kind == Strike::Full && !needsRoom)
        return false;
    errno = kind == Strike::Full ? ENOSPC : EIO;
    return true;
}

template <class Call>
Call *real(const char *name)
{
    return reinterpret_cast<Call *>(dlsym(RTLD_NEXT, name));
}

constexpr bool creates(int flags)
{
    return (flags & (O_CREAT | O_TRUNC)) != 0;
}
#else
bool isSupported()
{
    return false;
}

bool runsToItsEnd(const std::function<void()> &)
{
    return true;
}
#endif

} // namespace clinic::test::faultcalls

#ifdef Q_OS_LINUX
using namespace clinic::test::faultcalls;

// The C library's own names; what is counted is what changes a file that is not a terminal or pipe of ours.
#define CLINIC_STAND_IN extern "C" __attribute__((visibility("default")))
#define CLINIC_CALL(result, name, parameters, arguments, ...)                                                \
    CLINIC_STAND_IN result name parameters                                                                   \
    {                                                                                                        \
        static auto *const call = real<result parameters>(#name);                                            \
        return strikes(__VA_ARGS__) ? result(-1) : call arguments;                                           \
    }

CLINIC_CALL(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at), true,
            true)
CLINIC_CALL(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at),
            true, true)
CLINIC_CALL(int, ftruncate, (int fd, off_t size), (fd, size), false)
CLINIC_CALL(int, ftruncate64, (int fd, off64_t size), (fd, size), false)
CLINIC_CALL(int, fsync, (int fd), (fd), true)
CLINIC_CALL(int, fdatasync, (int fd), (fd), true)
CLINIC_CALL(int, rename, (const char *from, const char *to), (from, to), false)
CLINIC_CALL(int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
            (a, from, b, to, flags), false)
CLINIC_CALL(int, link, (const char *from, const char *to), (from, to), false)
CLINIC_CALL(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags),
            false)
CLINIC_CALL(int, unlink, (const char *path), (path), false)
CLINIC_CALL(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), false)
CLINIC_CALL(int, remove, (const char *path), (path), false)
CLINIC_CALL(int, chmod, (const char *path, mode_t mode), (path, mode), false)
CLINIC_CALL(int, fchmod, (int fd, mode_t mode), (fd, mode), false)
CLINIC_CALL(ssize_t, sendfile64, (int to, int from, off64_t *at, size_t size), (to, from, at, size), true)
CLINIC_CALL(ssize_t, copy_file_range, (int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags),
            (from, a, to, b, size, flags), true)

CLINIC_STAND_IN ssize_t write(int fd, const void *data, size_t size)
{
    static auto *const call = real<ssize_t(int, const void *, size_t)>("write");
    return fd > 2 && strikes(true, true) ? -1 : call(fd, data, size);
}

#define CLINIC_OPEN(name)                                                                                    \
    CLINIC_STAND_IN int name(const char *path, int flags, ...)                                               \
    {                                                                                                        \
        static auto *const call = real<int(const char *, int, ...)>(#name);                                  \
        mode_t mode = 0;                                                                                     \
        if (creates(flags)) {                                                                                \
            va_list more;                                                                                    \
            va_start(more, flags);                                                                           \
            mode = va_arg(more, mode_t);                                                                     \
            va_end(more);                                                                                    \
            if (strikes(true))                                                                               \
                return -1;                                                                                   \
        }                                                                                                    \
        return call(path, flags, mode);                                                                      \
    }
CLINIC_OPEN(open)
CLINIC_OPEN(open64)
#endif
