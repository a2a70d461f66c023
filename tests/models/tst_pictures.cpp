// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/picturereader.h"
#include "preview/doors.h"
#include "support/testmain.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QProcess>
#include <QRandomGenerator>
#ifdef Q_OS_LINUX
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace clinic;

// Pictures come from strangers: whatever is in them, the program that shows them goes on.
class TstPictures : public QObject
{
    Q_OBJECT

    const models::PictureReader m_reader{QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-preview")};

    static QByteArray encoded(const QImage &image, const char *format)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return bytes;
    }
    QImage read(const QByteArray &bytes, int side = 3000) const
    {
        QObject context;
        std::optional<QImage> image;
        m_reader.read(&context, bytes, side, [&image](const QImage &found) { image = found; });
        if (!QTest::qWaitFor([&] { return image.has_value(); }, 30'000))
            qFatal("nobody answered");
        return *image;
    }
    static QImage sample(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                image.setPixel(x, y, qRgb(x % 256, y % 256, (x * y) % 256));
        }
        return image;
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void picturesAreWhatTheyWere()
    {
        const QImage image = sample(200, 120);
        QCOMPARE(read(encoded(image, "PNG")), image);
        QCOMPARE(read(encoded(image, "BMP")), image);
        QCOMPARE(read(encoded(image, "JPEG")).size(), image.size());
        QCOMPARE(read(encoded(image, "PNG"), 50).size(), QSize(50, 30));
    }

    void whatIsNoPictureIsNone()
    {
        QVERIFY(read({}).isNull());
        QVERIFY(read("just text").isNull());
        // Drawn documents may name other files.
        QVERIFY(read("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image "
                     "href='file:///etc/passwd'/></svg>")
                    .isNull());
        // Says of itself that it is larger than any screen.
        QByteArray bomb = encoded(sample(10, 10), "BMP");
        bomb.replace(18, 4, QByteArray("\x00\x00\x01\x00", 4));
        bomb.replace(22, 4, QByteArray("\x00\x00\x01\x00", 4));
        QVERIFY(read(bomb).isNull());
    }

    // Broken in every way: an answer each time, and the same for a decoder that dies.
    void brokenPicturesHarmNobody()
    {
        QRandomGenerator random(42);
        for (const char *format : {"PNG", "JPEG", "BMP"}) {
            const QByteArray sound = encoded(sample(48, 48), format);
            for (int round = 0; round < 12; ++round) {
                QByteArray changed = sound;
                for (int i = 0; i < 20; ++i)
                    changed[random.bounded(int(changed.size()))] = char(random.bounded(256));
                static_cast<void>(read(changed));
            }
        }
        // Not there, or not what it should be.
        QObject context;
        std::optional<QImage> image;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be started")));
        models::PictureReader(QStringLiteral("/nowhere/clinicdesk-preview"))
            .read(&context, encoded(sample(9, 9), "PNG"), 100, [&](const QImage &found) { image = found; });
        QTRY_VERIFY(image.has_value());
        QVERIFY(image->isNull());
        image.reset();
        models::PictureReader(QStringLiteral("/bin/echo"))
            .read(&context, "anything", 100, [&](const QImage &found) { image = found; });
        QTRY_VERIFY(image.has_value());
        QVERIFY(image->isNull());
    }

    // Whoever asked is gone before the answer: nobody is called, nothing is complained of.
    void whoeverAskedMayBeGone()
    {
        const QByteArray picture = encoded(sample(400, 400), "PNG");
        int answers = 0;
        for (int i = 0; i < 10; ++i) {
            auto context = std::make_unique<QObject>();
            m_reader.read(context.get(), picture, 100, [&answers](const QImage &) { ++answers; });
            if (i % 2)
                QTest::qWait(i * 3);
            context.reset();
        }
        QCOMPARE(read(picture, 100).size(), QSize(100, 100));
        QVERIFY(answers < 10);
    }

#ifdef Q_OS_LINUX
    // The doors are closed before the first byte is read.
    void theDecoderMayDoNothingElse()
    {
        QProcess process;
        process.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-preview"), {QStringLiteral("100")});
        QVERIFY(process.waitForStarted());
        const auto statusOf = [&](const char *line) {
            QFile file(QStringLiteral("/proc/%1/status").arg(process.processId()));
            if (!file.open(QIODevice::ReadOnly))
                return QByteArray("closed"); // not dumpable: not even its owner looks into it
            const QByteArray text = file.readAll();
            const auto at = text.indexOf(line);
            return at < 0 ? QByteArray() : text.mid(at, text.indexOf('\n', at) - at).simplified();
        };
        QTRY_COMPARE(statusOf("Seccomp:"), QByteArray("Seccomp: 2")); // a filter
        QCOMPARE(statusOf("NoNewPrivs:"), QByteArray("NoNewPrivs: 1"));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
    }

    // What a decoder might be talked into, tried behind the closed doors.
    void theDoorsAreClosed_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<int>("outcome"); // errno; 0 = done; below: the signal that ended it
        QTest::newRow("write its answer") << int(SYS_write) << 0;
        QTest::newRow("memory") << int(SYS_brk) << 0;
        QTest::newRow("open") << int(SYS_openat) << EPERM;
        QTest::newRow("io_uring") << int(SYS_io_uring_setup) << EPERM;
        QTest::newRow("socket") << int(SYS_socket) << EPERM;
        QTest::newRow("socketpair") << int(SYS_socketpair) << EPERM;
        QTest::newRow("execve") << int(SYS_execve) << EPERM;
        QTest::newRow("execveat") << int(SYS_execveat) << EPERM;
        QTest::newRow("ptrace") << int(SYS_ptrace) << EPERM;
        QTest::newRow("memory of others") << int(SYS_process_vm_writev) << EPERM;
        QTest::newRow("kill") << int(SYS_kill) << EPERM;
        QTest::newRow("what is there") << int(SYS_newfstatat) << EPERM;
        QTest::newRow("a mount") << int(SYS_open_tree) << EPERM;
        QTest::newRow("a handle") << int(SYS_open_by_handle_at) << EPERM;
        QTest::newRow("bpf") << int(SYS_bpf) << EPERM;
        QTest::newRow("userfaultfd") << int(SYS_userfaultfd) << EPERM;
        QTest::newRow("memfd") << int(SYS_memfd_create) << EPERM;
        QTest::newRow("prctl") << int(SYS_prctl) << EPERM;
        QTest::newRow("another filter") << int(SYS_seccomp) << EPERM;
        QTest::newRow("another file") << int(SYS_read) << EPERM;
        QTest::newRow("a process") << int(SYS_clone) << EPERM;
        QTest::newRow("a process, newer") << int(SYS_clone3) << ENOSYS;
        QTest::newRow("no call at all") << 1000 << EPERM;
#ifdef __x86_64__
        QTest::newRow("open, older") << int(SYS_open) << EPERM;
        QTest::newRow("fork") << int(SYS_fork) << EPERM;
        QTest::newRow("x32") << int(0x40000000 | SYS_openat) << -SIGSYS;
#endif
    }
    void theDoorsAreClosed()
    {
        QFETCH(int, call);
        QFETCH(int, outcome);
        const pid_t child = fork();
        if (child == 0) {
            if (!closeDoors())
                _exit(255);
            long done = 0;
            if (call == SYS_write)
                done = syscall(call, 2, "", 0);
            else if (call == SYS_openat || call == int(0x40000000 | SYS_openat) || call == SYS_newfstatat)
                done = syscall(call, AT_FDCWD, "/etc/passwd", O_RDONLY, 0);
            else if (call == SYS_read)
                done = syscall(call, 3, nullptr, 0);
            else
                done = syscall(call, 0, nullptr, nullptr, nullptr, nullptr, nullptr);
            _exit(done < 0 ? errno : 0);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), outcome);
    }

    // Large pictures are scaled by several threads.
    void theDecoderMayHaveThreads()
    {
        QCOMPARE(read(encoded(sample(3000, 2000), "PNG"), 1500).size(), QSize(1500, 1000));
        QCOMPARE(
            read(encoded(sample(3000, 2000).convertToFormat(QImage::Format_Grayscale8), "PNG"), 2900).size(),
            QSize(2900, 1933));
    }
#endif
};

int main(int argc, char **argv)
{
    return test::run<TstPictures, QGuiApplication>(argc, argv);
}

#include "tst_pictures.moc"
