// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crashreport.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#if __has_include(<execinfo.h>)
#include <execinfo.h>
#define CLINIC_HAS_BACKTRACE
#endif
#endif

namespace clinic {
namespace {

// A signal handler may use plain memory only; both are written before it is installed.
char crashPath[4096] = {};
char crashHead[256] = {};

#ifdef Q_OS_UNIX
extern "C" void writeCrash(int signal)
{
    const int file = ::open(crashPath, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    if (file >= 0) {
        const auto put = [file](const char *text) {
            [[maybe_unused]] const auto written = ::write(file, text, std::strlen(text));
        };
        put(crashHead);
        const char digits[] = {char('0' + signal / 10), char('0' + signal % 10), '\n', '\0'};
        put("signal ");
        put(digits);
#ifdef CLINIC_HAS_BACKTRACE
        void *frames[64];
        backtrace_symbols_fd(frames, backtrace(frames, 64), file);
#endif
        ::close(file);
    }
    ::raise(signal); // handled once: now as the system does it
}
#endif

} // namespace

QString startCrashReports(const QString &folder)
{
    QDir().mkpath(folder);
    const QString path = folder + QStringLiteral("/crash.txt");
    QString earlier;
    if (QFile::exists(path)) {
        earlier =
            folder + QStringLiteral("/crash-%1.txt")
                         .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss")));
        if (!QFile::rename(path, earlier))
            earlier = path;
    }
    qstrncpy(crashPath, QFile::encodeName(path).constData(), sizeof crashPath);
    qstrncpy(crashHead, "ClinicDesk " CLINIC_VERSION " Qt " QT_VERSION_STR "\n", sizeof crashHead);
#ifdef Q_OS_UNIX
#ifdef CLINIC_HAS_BACKTRACE
    void *warmUp[1]; // the first call allocates, which a handler must not
    backtrace(warmUp, 1);
#endif
    struct sigaction action = {};
    action.sa_handler = writeCrash;
    action.sa_flags = int(SA_RESETHAND);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        sigaction(signal, &action, nullptr);
#endif
    return earlier;
}

} // namespace clinic
