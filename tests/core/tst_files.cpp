// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"
#include "core/nativepath.h"
#include "core/preferences.h"
#include "support/faultcalls.h"
#include "support/must.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <functional>
#include <tuple>
#include <utility>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <dlfcn.h>
#endif

using namespace clinic;
using namespace clinic::test;
using faultcalls::Strike;

#ifdef Q_OS_LINUX
namespace {

std::function<void()> beforeTheLock; // once

} // namespace

// In the place of the C library's: something happens between the making of a file and its lock.
extern "C" __attribute__((visibility("default"))) int flock(int fd, int how)
{
    if (const auto work = std::exchange(beforeTheLock, {}))
        work();
    static auto *const call = reinterpret_cast<int (*)(int, int)>(dlsym(RTLD_NEXT, "flock"));
    return call(fd, how);
}
#endif

// A file is the old one or the new one, whatever happens to the disk or the program, and nobody is told of
// one that is not there.
class TstFiles : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    const QByteArray m_old = QByteArray(700, 'o');
    const QByteArray m_new = QByteArray(200'000, 'n');

    [[nodiscard]] QString path(const char *name) const { return m_dir.filePath(QLatin1StringView(name)); }
    [[nodiscard]] static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden);
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        for (const QString &name : names())
            QVERIFY(QFile::remove(m_dir.filePath(name)));
    }

    void aFileIsWrittenWhole()
    {
        must(writeFile(path("a"), m_old));
        QCOMPARE(content(path("a")), m_old);
        must(writeFile(path("a"), m_new));
        QCOMPARE(content(path("a")), m_new);
        must(writeFile(path("a"), {}));
        QCOMPARE(content(path("a")), QByteArray());
        {
            FileWriter pieces(path("a"));
            QVERIFY(pieces.begin());
            for (int i = 0; i < 100'000; ++i)
                QCOMPARE(pieces.write("piece"), 5);
            QCOMPARE(content(path("a")), QByteArray()); // the old one until then
            must(pieces.commit());
        }
        QCOMPARE(content(path("a")), QByteArray("piece").repeated(100'000));
        {
            FileWriter given(path("a"));
            QVERIFY(given.begin());
            given.write(m_new);
        }
        QCOMPARE(content(path("a")), QByteArray("piece").repeated(100'000));
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
        must(copyFile(path("a"), path("b")));
        must(moveFile(path("b"), path("c")));
        QCOMPARE(content(path("c")), content(path("a")));
        QCOMPARE(names(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    }

    void whatCannotBeWrittenIsSaid()
    {
        QCOMPARE(writeFile(path("none/a"), m_new).error().code, ErrorCode::ReadOnly);
        QCOMPARE(writeFile(m_dir.path(), m_new).error().code, ErrorCode::ReadOnly);
        QCOMPARE(writeFile(path("none/a"), m_new).error().args, QStringList{path("none/a")});
        QCOMPARE(copyFile(path("nothing"), path("a")).error().code, ErrorCode::FileMissing);
        QCOMPARE(moveFile(path("nothing"), path("a")).error().code, ErrorCode::FileMissing);
        FileWriter never(path("a"));
        QVERIFY(!never.commit());
        QCOMPARE(names(), QStringList());
    }

#ifdef Q_OS_UNIX
    void rightsAndLinksStay()
    {
        if (geteuid() != 0)
            QCOMPARE(writeFile(QStringLiteral("/dev/null"), m_new).error().code, ErrorCode::ReadOnly);
        must(writeFile(path("keys"), m_old, FileWriter::Holds::Keys));
        const auto mine = QFile::ReadOwner | QFile::WriteOwner;
        const auto all = QFile::ReadUser | QFile::WriteUser | mine;
        QCOMPARE(QFile::permissions(path("keys")) & ~all, QFile::Permissions());
        must(writeFile(path("a"), m_old));
        QVERIFY(QFile::setPermissions(path("a"), mine | QFile::ReadGroup));
        must(writeFile(path("a"), m_new));
        QCOMPARE(QFile::permissions(path("a")) & ~all, QFile::Permissions(QFile::ReadGroup));
        QVERIFY(QFile::link(path("a"), path("link")));
        must(writeFile(path("link"), m_old));
        QVERIFY(QFileInfo(path("link")).isSymLink());
        QCOMPARE(content(path("a")), m_old);
    }

    // What an ext4 or tmpfs without room does, without needing one: not a byte above the limit is written.
    void aFullDiskLeavesTheOldFile()
    {
        must(writeFile(path("a"), m_old));
        must(writeTwice(path("keys"), m_old));
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{300, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = writeFile(path("a"), QByteArray(1000, 'n'));
        const auto large = writeFile(path("a"), m_new);
        const auto copied = copyFile(path("a"), path("b"));
        const auto twice = writeTwice(path("keys"), QByteArray(1000, 'n'));
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        for (const auto &each : {written, large, copied, twice}) {
            QVERIFY(!each);
            QCOMPARE(each.error().code, ErrorCode::DiskFull);
        }
        QCOMPARE(content(path("a")), m_old);
        QCOMPARE(content(path("keys")), m_old);
        QCOMPARE(content(secondCopyOf(path("keys"))), m_old);
        QCOMPARE(names().size(), 3);
    }
#endif

    // What was chosen on this PC is still there when something more cannot be kept.
    void preferencesSurviveAFullDisk()
    {
        forgetPreferences();
        QCOMPARE(preference(QStringLiteral("language")), QString());
        must(setPreference(QStringLiteral("language"), QStringLiteral("ar")));
        must(setPreference(QStringLiteral("profile"), QStringLiteral("testing")));
        if (faultcalls::isSupported()) {
            faultcalls::strikeAt(1, Strike::Full);
            const auto kept = setPreference(QStringLiteral("language"), QStringLiteral("en"));
            faultcalls::strikeAt(0);
            QCOMPARE(kept.error().code, ErrorCode::DiskFull);
        }
        QCOMPARE(preference(QStringLiteral("language")), QStringLiteral("ar"));
        QCOMPARE(preference(QStringLiteral("profile")), QStringLiteral("testing"));
        forgetPreferences();
    }

    void everyFailingCall()
    {
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        for (const Strike strike : {Strike::Once, Strike::Full}) {
            faultcalls::strikeAt(0);
            must(writeTwice(path("keys"), m_new));
            const qint64 all = faultcalls::changes();
            QVERIFY(all >= 10);
            int failed = 0;
            for (qint64 n = 1; n <= all; ++n) {
                faultcalls::strikeAt(0);
                must(writeTwice(path("keys"), m_old));
                must(writeFile(path("a"), m_old));
                faultcalls::strikeAt(n, strike);
                const auto one = writeFile(path("a"), m_new);
                faultcalls::strikeAt(n, strike);
                const auto two = writeTwice(path("keys"), m_new);
                faultcalls::strikeAt(0);
                const QByteArray what = QByteArray::number(n);
                failed += !two;
                const QByteArray a = content(path("a"));
                const QByteArray first = content(path("keys"));
                const QByteArray second = content(secondCopyOf(path("keys")));
                QVERIFY2(a == m_new || (a == m_old && !one), what);
                QVERIFY2(first == m_new || (first == m_old && !two), what);
                QVERIFY2(second == m_new || (second == m_old && !two), what);
                if (strike == Strike::Full && !two) // as long as there is no room for both, there is neither
                    QVERIFY2(first == second, what);
                must(writeFile(path("a"), m_new));
                must(writeTwice(path("keys"), m_new));
                QCOMPARE(names().size(), 3); // what could not be removed is removed by the next
            }
            QVERIFY(failed > 6);
        }
    }

    void everyKill()
    {
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        faultcalls::strikeAt(0);
        must(writeTwice(path("keys"), m_old));
        must(writeTwice(path("keys"), m_new));
        const qint64 all = faultcalls::changes() / 2;
        int kept = 0;
        for (qint64 n = 1; n <= all; ++n) {
            faultcalls::strikeAt(0);
            must(writeTwice(path("keys"), m_old));
            faultcalls::strikeAt(n, Strike::Kill);
            QVERIFY(!faultcalls::runsToItsEnd([this] { std::ignore = writeTwice(path("keys"), m_new); }));
            faultcalls::strikeAt(0);
            const QByteArray first = content(path("keys"));
            const QByteArray second = content(secondCopyOf(path("keys")));
            QVERIFY2(first == m_new || first == m_old, QByteArray::number(n));
            QVERIFY2(second == m_old || (second == m_new && first == m_new), QByteArray::number(n));
            kept += first == m_old;
            must(writeTwice(path("keys"), m_new));
            QCOMPARE(names().size(), 2);
        }
        QVERIFY(kept > 5 && kept < all);
    }

    void erasing()
    {
        must(writeFile(path("a"), m_new));
        QFile watched(path("a"));
        QVERIFY(watched.open(QIODevice::ReadOnly));
        QVERIFY(eraseFile(path("a")));
        QVERIFY(!QFile::exists(path("a")));
        QVERIFY(eraseFile(path("a")));
#ifdef Q_OS_UNIX
        QCOMPARE(watched.readAll(), QByteArray(m_new.size(), 0));
        // The other name may be the clinic's file.
        must(writeFile(path("b"), m_new));
        QCOMPARE(::link(QFile::encodeName(path("b")).constData(), QFile::encodeName(path("c")).constData()),
                 0);
        QVERIFY(eraseFile(path("c")));
        QVERIFY(!QFile::exists(path("c")));
        QCOMPARE(content(path("b")), m_new);
        QVERIFY(QFile::link(path("b"), path("c")));
        QVERIFY(eraseFile(path("c")));
        QVERIFY(!QFileInfo(path("c")).isSymLink());
        QCOMPARE(content(path("b")), m_new);
#endif
    }

    // Another writer of the same file comes before the new one is locked, and takes it for one that was left
    // behind.
    void twoWritersAtOnce()
    {
#ifdef Q_OS_LINUX
        bool wasThere = false;
        beforeTheLock = [&] {
            wasThere = names().size() == 1;
            must(writeFile(path("a"), m_old));
        };
        must(writeFile(path("a"), m_new));
        QVERIFY(wasThere && !beforeTheLock);
        QCOMPARE(content(path("a")), m_new);
        QCOMPARE(names(), QStringList{QStringLiteral("a")});
#else
        QSKIP("stands in for the C library of Linux");
#endif
    }

    void longNamesOnWindows()
    {
        const auto is = [](const char *path, const char *native) {
            return longWindowsPath(QString::fromLatin1(path)) == QLatin1StringView(native);
        };
        QVERIFY(is("C:/Users/a/clinic.db", "\\\\?\\C:\\Users\\a\\clinic.db"));
        QVERIFY(is("//server/share/clinic.db", "\\\\?\\UNC\\server\\share\\clinic.db"));
        QVERIFY(is("//?/C:/clinic.db", "\\\\?\\C:\\clinic.db"));
        QVERIFY(is("//./NUL", "\\\\.\\NUL"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstFiles, QCoreApplication>(argc, argv);
}

#include "tst_files.moc"
