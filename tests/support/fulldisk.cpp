// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into one of our programs (LD_PRELOAD): there is no room for files whose names contain what
// CLINICDESK_NO_ROOM_FOR says.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

extern "C" __attribute__((visibility("default"))) ssize_t write(int fd, const void *data, size_t size)
{
    using Call = ssize_t(int, const void *, size_t);
    static auto *const call = reinterpret_cast<Call *>(dlsym(RTLD_NEXT, "write"));
    static const char *const full = std::getenv("CLINICDESK_NO_ROOM_FOR");
    char name[4096] = {};
    if (fd > 2 && full &&
        readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), name, sizeof name - 1) > 0 &&
        std::strstr(name, full)) {
        errno = ENOSPC;
        return -1;
    }
    return call(fd, data, size);
}
