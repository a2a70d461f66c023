// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/doors.h"

#ifdef __linux__
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <pthread.h>
#endif
#endif

namespace {

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#if defined(__x86_64__)
constexpr unsigned here = AUDIT_ARCH_X86_64;
#else
constexpr unsigned here = AUDIT_ARCH_AARCH64;
#endif

// Memory, time, threads waiting for each other, the end. Any other call fails, also a later kernel's new
// one: a list of forbidden calls is never complete.
constexpr unsigned allowed[] = {
    __NR_brk,
    __NR_mmap,
    __NR_munmap,
    __NR_mremap,
    __NR_mprotect,
    __NR_madvise,
    __NR_futex,
    __NR_sched_yield,
    __NR_getpid,
    __NR_gettid,
    __NR_getrandom,
    __NR_clock_gettime,
    __NR_gettimeofday,
    __NR_clock_getres,
    __NR_nanosleep,
    __NR_rt_sigreturn,
    __NR_rt_sigprocmask,
    __NR_rt_sigaction,
    __NR_sigaltstack,
    __NR_clock_nanosleep,
    __NR_set_robust_list,
    __NR_sched_getaffinity,
    __NR_restart_syscall,
    __NR_exit,
    __NR_exit_group,
    // Each Qt thread has one for waking it.
    __NR_eventfd2,
    __NR_close,
#ifdef __NR_rseq
    __NR_rseq,
#endif
};

// Allowed only with this first argument.
struct With
{
    unsigned call;
    unsigned first;
};
constexpr With allowedWith[] = {{__NR_read, 0},   {__NR_readv, 0}, {__NR_write, 1},
                                {__NR_writev, 1}, {__NR_write, 2}, {__NR_writev, 2}};

constexpr unsigned numberAt = offsetof(seccomp_data, nr);
constexpr unsigned archAt = offsetof(seccomp_data, arch);
constexpr unsigned firstAt = offsetof(seccomp_data, args); // its lower half; both machines are little-endian
constexpr unsigned threadFlag = CLONE_THREAD;

class Filter
{
public:
    bool install()
    {
        add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, archAt));
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, here, 1, 0));
        add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
        add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, numberAt));
        // The other numbering of x86-64, x32.
        add(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
        add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
        for (const unsigned call : allowed) {
            add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
            add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
        }
        for (const With &with : allowedWith) {
            add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, with.call, 0, 4));
            add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, firstAt));
            add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, with.first, 0, 1));
            add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
            add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, numberAt));
        }
        // A thread of this process, not a process. The newer call hides its flags from a filter; with ENOSYS
        // the library falls back to the older one.
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1));
        add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3));
        add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, firstAt));
        add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, threadFlag, 0, 1));
        add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
        add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
        const sock_fprog program{static_cast<unsigned short>(m_count), m_lines};
        return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
    }

private:
    void add(const sock_filter &line) { m_lines[m_count++] = line; }

    sock_filter m_lines[6 + 2 * std::size(allowed) + 5 * std::size(allowedWith) + 7] = {};
    unsigned m_count = 0;
};

bool allowOnlyDecoding()
{
    return Filter().install();
}

#else

bool allowOnlyDecoding()
{
    return true;
}

#endif

#ifdef __linux__
bool limit(__rlimit_resource what, rlim_t most)
{
    const rlimit value{most, most};
    return setrlimit(what, &value) == 0;
}
#endif

} // namespace

bool closeDoors()
{
#ifdef __GLIBC__
    // Many processors mean many threads, each with a reserve of memory.
    mallopt(M_ARENA_MAX, 1);
    pthread_attr_t small{};
    if (pthread_attr_init(&small) != 0 || pthread_attr_setstacksize(&small, std::size_t(1) << 20) != 0 ||
        pthread_setattr_default_np(&small) != 0)
        return false;
#endif
#ifdef __linux__
    if (!limit(RLIMIT_AS, rlim_t(1) << 30) || !limit(RLIMIT_CPU, 10) ||
        !limit(RLIMIT_FSIZE, 0) || // the output is a pipe, not a file
        !limit(RLIMIT_CORE, 0) || prctl(PR_SET_DUMPABLE, 0) != 0)
        return false;
#endif
    return allowOnlyDecoding();
}
