// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into one of our programs (LD_PRELOAD): by the monotonic clock ten minutes pass before a file gets a
// name that ends with what CLINICDESK_TAKES_LONG says.
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>

namespace {

time_t later = 0;

} // namespace

extern "C" __attribute__((visibility("default"))) int rename(const char *from, const char *to)
{
    using Call = int(const char *, const char *);
    static auto *const call = reinterpret_cast<Call *>(dlsym(RTLD_NEXT, "rename"));
    static const char *const end = std::getenv("CLINICDESK_TAKES_LONG");
    const size_t size = std::strlen(to);
    if (end && size >= std::strlen(end) && std::strcmp(to + size - std::strlen(end), end) == 0)
        later += 600;
    return call(from, to);
}

extern "C" __attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec *now)
{
    using Call = int(clockid_t, timespec *);
    static auto *const call = reinterpret_cast<Call *>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int done = call(clock, now);
    if (done == 0 && clock == CLOCK_MONOTONIC)
        now->tv_sec += later;
    return done;
}
