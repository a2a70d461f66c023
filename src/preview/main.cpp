// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decodes one picture, in a process of its own: a file that was made to break a decoder breaks this one,
// which has nothing open, may open nothing, and has little memory and time (docs/decisions/0025).
//
//   clinicdesk-preview LARGEST_SIDE < picture > pixels
//
// pixels: "CDP1", width and height (4 bytes each, little-endian), then 4 bytes a pixel
// (QImage::Format_RGB32). Nothing is written for what is no picture, or one larger than any screen could
// show.
#include "preview/decoding.h"

#include <QGuiApplication>
#include <QImageReader>
#include <QtEndian>
#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_LINUX
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#endif
#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

namespace {

constexpr qint64 largestInput = 64LL * 1024 * 1024;

#ifdef Q_OS_LINUX
void limit(__rlimit_resource what, rlim_t most)
{
    const rlimit value{most, most};
    setrlimit(what, &value);
}

// From here on: no file, no program, no connection, whatever the decoder is talked into.
bool closeDoors()
{
    limit(RLIMIT_AS, rlim_t(1) << 30);
    limit(RLIMIT_CPU, 10);
    limit(RLIMIT_FSIZE, 0); // a pipe is no file
    limit(RLIMIT_CORE, 0);
    prctl(PR_SET_DUMPABLE, 0);
#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
    constexpr unsigned here = AUDIT_ARCH_X86_64;
#else
    constexpr unsigned here = AUDIT_ARCH_AARCH64;
#endif
    constexpr unsigned forbidden[] = {
        __NR_execve,  __NR_execveat,        __NR_openat,    __NR_openat2,   __NR_socket, __NR_connect,
        __NR_bind,    __NR_ptrace,          __NR_unlinkat,  __NR_renameat2, __NR_kill,   __NR_tkill,
        __NR_mknodat, __NR_linkat,          __NR_symlinkat,
#ifdef __NR_open
        __NR_open,    __NR_creat,           __NR_unlink,    __NR_rename,    __NR_fork,   __NR_vfork,
#endif
        __NR_clone3,  __NR_process_vm_readv};
    constexpr unsigned count = std::size(forbidden);
    sock_filter filter[5 + 2 * count] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, here, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
    };
    unsigned at = 4;
    for (const unsigned number : forbidden) {
        filter[at++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1);
        filter[at++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1);
    }
    filter[at++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const sock_fprog program{static_cast<unsigned short>(at), filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
    return true;
#endif
}
#else
bool closeDoors()
{
    return true; // a process of its own all the same
}
#endif

QByteArray readAll()
{
    QByteArray bytes;
    char buffer[65536];
    size_t got = 0;
    while ((got = fread(buffer, 1, sizeof buffer, stdin)) > 0 && bytes.size() <= largestInput)
        bytes.append(buffer, qsizetype(got));
    return bytes.size() <= largestInput ? bytes : QByteArray();
}

} // namespace

int main(int argc, char **argv)
{
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication app(argc, argv);      // decoders are plug-ins, found from here
    QImageReader::supportedImageFormats(); // which loads them
    if (!closeDoors())
        return 2;
    const QImage image = decodedPicture(readAll(), argc > 1 ? atoi(argv[1]) : 0x7fffffff);
    if (image.isNull())
        return 1;
    uchar head[12] = {'C', 'D', 'P', '1'};
    qToLittleEndian(quint32(image.width()), head + 4);
    qToLittleEndian(quint32(image.height()), head + 8);
    fwrite(head, 1, sizeof head, stdout);
    for (int y = 0; y < image.height(); ++y)
        fwrite(image.constScanLine(y), 4, size_t(image.width()), stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}
