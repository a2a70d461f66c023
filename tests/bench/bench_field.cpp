// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/figures.h"
#include "core/crypto.h"
#include "services/attention/attention.h"
#include "support/memorysecrets.h"
#include "support/serverprocess.h"
#include "support/testclinic.h"
#include "sync/engine/agent.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTimer>
#include <sqlite3.h>

// A mobile clinic: weeks without a line, and then a bad one. The real server program, the real engine.
using namespace clinic;

namespace {

void waitFor(const std::function<bool()> &until, const char *what, qint64 mostMs = 30 * 60'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!until()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
        if (timer.elapsed() > mostMs)
            qFatal("never: %s", what);
    }
}

// What a line of so many bits a second does, each way: bytes come late and one after the other, now and then
// it hangs, now and then it breaks.
class Lane : public QObject
{
public:
    Lane(int to, double bitsPerSecond, int delayMs, double loss)
        : m_to(to), m_bytesPerMs(bitsPerSecond / 8000), m_delayMs(delayMs), m_loss(loss)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port");
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (auto *near = m_server.nextPendingConnection()) {
                auto *far = new QTcpSocket(near);
                far->connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(m_to));
                carry(near, far, m_upFree, up);
                carry(far, near, m_downFree, down);
                connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
                connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
            }
        });
    }
    [[nodiscard]] int port() const { return m_server.serverPort(); }
    qint64 up = 0;
    qint64 down = 0;
    int lost = 0;

private:
    // A packet at a time, in order, so that nothing runs ahead of the line.
    void carry(QTcpSocket *from, QTcpSocket *to, qint64 &freeAt, qint64 &count)
    {
        struct Packet
        {
            qint64 at;
            QByteArray bytes;
        };
        const auto queue = std::make_shared<QList<Packet>>();
        auto *timer = new QTimer(to);
        timer->setInterval(5);
        connect(timer, &QTimer::timeout, to, [this, queue, from, to, timer, &freeAt, &count] {
            const qint64 now = m_clock.elapsed();
            while (!queue->isEmpty() && queue->first().at <= now)
                to->write(queue->takeFirst().bytes);
            while (from->bytesAvailable() && freeAt <= now) {
                const QByteArray bytes = from->read(1400);
                const auto takes = qint64(double(bytes.size()) / m_bytesPerMs);
                const bool missed = m_random.generateDouble() < m_loss; // sent again after a while
                lost += missed;
                count += bytes.size();
                freeAt = qMax(freeAt, now) + takes * (missed ? 2 : 1);
                const qint64 at = freeAt + m_delayMs * (missed ? 3 : 1);
                queue->append({queue->isEmpty() ? at : qMax(at, queue->last().at), bytes});
            }
            if (queue->isEmpty() && !from->bytesAvailable())
                timer->stop();
        });
        from->setReadBufferSize(4096);
        connect(from, &QTcpSocket::readyRead, timer, [timer] {
            if (!timer->isActive())
                timer->start();
        });
    }

    QTcpServer m_server;
    QElapsedTimer m_clock = [] {
        QElapsedTimer clock;
        clock.start();
        return clock;
    }();
    QRandomGenerator m_random{7};
    int m_to;
    double m_bytesPerMs;
    int m_delayMs;
    double m_loss;
    qint64 m_upFree = 0;
    qint64 m_downFree = 0;
};

struct Van
{
    test::TestClinic clinic;
    test::MemorySecrets secrets;
    std::unique_ptr<sync::Agent> agent;

    Van(const QString &path, const QString &code) : clinic({.path = path, .threads = true})
    {
        agent = std::make_unique<sync::Agent>(*clinic.database, clinic.clock, secrets);
        bool done = false;
        agent->enrol(code, QStringLiteral("Van"), {}, [&](const Result<storage::Enrolment> &accepted) {
            if (!accepted || !clinic.clinic->performNow(services::EnrolDevice{*accepted}))
                qFatal("not accepted");
            done = true;
        });
        waitFor([&] { return done; }, "enrolled");
        agent->start();
        waitFor([&] { return agent->status().isCalm(); }, "first upload");
    }
    void reach(const QString &address)
    {
        if (!clinic.clinic->performNow(services::ChangeServer{address}))
            qFatal("address");
        agent->reconnect();
    }
};

qint64 patientsAt(const QString &folder)
{
    sqlite3 *file = nullptr;
    qint64 count = -1;
    if (sqlite3_open_v2((folder + QStringLiteral("/server.db")).toUtf8().constData(), &file,
                        SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
        sqlite3_exec(
            file, "SELECT count(*) FROM record WHERE entity='patient'",
            [](void *out, int, char **values, char **) {
                *static_cast<qint64 *>(out) = atoll(values[0]);
                return 0;
            },
            &count, nullptr);
    sqlite3_close(file);
    return count;
}

// Everything written in weeks away goes to a server that is killed twice on the way.
void sixtyDays(int changes)
{
    QTemporaryDir dir;
    test::ServerProcess server(dir.path(), {}, false);
    const QString code = server.addHospital(QStringLiteral("Hill"));
    server.start();
    Van van(dir.filePath(QStringLiteral("van.db")), code);
    van.agent->workOffline(true);
    const qint64 before = patientsAt(dir.path());
    for (int i = 0; i < changes; ++i)
        van.clinic.patient(QStringLiteral("Moyo%1").arg(i), QStringLiteral("Ada"));
    waitFor([&] { return van.agent->status().replica.waiting >= changes; }, "all written");
    QElapsedTimer timer;
    timer.start();
    const double cpu = bench::cpuMs();
    van.agent->workOffline(false);
    for (const int third : {2, 1}) {
        waitFor([&] { return van.agent->status().replica.waiting <= qint64(changes) * third / 3; },
                "a third");
        server.kill();
        server.start();
    }
    waitFor([&] { return van.agent->status().isCalm(); }, "drained");
    const qint64 arrived = patientsAt(dir.path()) - before;
    if (arrived != changes)
        qFatal("%lld of %d arrived", arrived, changes);
    std::printf(
        "%d changes written offline are at the server, each once, in %.1f s with two kills of it (%.2f ms "
        "CPU of the PC each)\n",
        changes, double(timer.elapsed()) / 1000, (bench::cpuMs() - cpu) / changes);
    std::fflush(stdout);
}

// A day's work over a line of 40 kbit/s with 800 ms and every twentieth packet lost.
void slowLine(int visits)
{
    QTemporaryDir dir;
    test::ServerProcess server(dir.path(), {}, false);
    const QString code = server.addHospital(QStringLiteral("Hill"));
    server.start();
    Van van(dir.filePath(QStringLiteral("van.db")), code);
    Lane lane(server.port(), 40'000, 800, 0.05);
    van.agent->workOffline(true);
    for (int i = 0; i < visits; ++i)
        van.clinic.patient(QStringLiteral("Moyo%1").arg(i), QStringLiteral("Ada"),
                           QStringLiteral("082 555 0101"));
    waitFor([&] { return van.agent->status().replica.waiting >= visits; }, "all written");
    van.reach(QStringLiteral("http://127.0.0.1:%1").arg(lane.port()));
    QElapsedTimer timer;
    timer.start();
    van.agent->workOffline(false);
    waitFor([&] { return van.agent->status().replica.waiting == 0; }, "over the slow line");
    const double groups = double(timer.elapsed()) / 1000;
    waitFor([&] { return van.agent->status().isCalm() && van.agent->status().replica.auditWaiting == 0; },
            "audit over the slow line");
    std::printf(
        "%d registrations over 40 kbit/s, 800 ms, 5 %% lost: %.0f s, with their audit events %.0f s; %lld kB "
        "up, %lld kB down, %d packets lost\n",
        visits, groups, double(timer.elapsed()) / 1000, lane.up / 1024, lane.down / 1024, lane.lost);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (!crypto::initialise())
        return 1;
    slowLine(240);
    sixtyDays(argc > 1 ? QByteArray(argv[1]).toInt() : 200'000);
    return 0;
}
