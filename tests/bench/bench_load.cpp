// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/device.h"
#include "bench/figures.h"
#include "support/httpline.h"
#include "support/privatecluster.h"
#include "support/serverprocess.h"
#include "sync/wire/messages.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <libpq-fe.h>
#include <map>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

// The real server program under many connections and beside another instance on one PostgreSQL.
using namespace clinic;
using bench::must;
using bench::row;

namespace {

// A hospital with one PC that has pushed what it had.
struct Hospital
{
    bench::Device device{{}};
    std::unique_ptr<test::HttpLine> line;

    Hospital(test::ServerProcess &instance, const QString &code)
    {
        line = std::make_unique<test::HttpLine>(instance.port());
        bench::join(
            device,
            [this](const char *path, const QByteArray &body, const QByteArray &token) {
                return line->post(path, body, token);
            },
            must(sync::EnrolmentCode::fromText(code), "code"));
        for (;;) {
            const auto batch = must(device.replica->nextBatch(500, 1 << 20), "batch");
            if (batch.isEmpty())
                return;
            const QByteArray reply = line->post("/v1/push", sync::encodePush(batch), device.token);
            must(device.replica->take(must(sync::decodePushReply(reply), "reply")).map([] { return 1; }),
                 "push");
        }
    }
    // Bodies of pushes of ten registrations each.
    QList<QByteArray> prepare(int pushes, int groups)
    {
        for (int i = 0; i < pushes * groups; ++i)
            device.clinic.patient(QStringLiteral("Moyo%1").arg(++m_people), QStringLiteral("Ada"));
        const auto all = must(device.replica->nextBatch(1 << 30, 1 << 30), "batch");
        QList<QByteArray> bodies;
        for (qsizetype at = m_sent; at < all.size(); at += groups)
            bodies << sync::encodePush(all.mid(at, groups));
        m_sent = all.size();
        return bodies;
    }

private:
    int m_people = 0;
    qsizetype m_sent = 0;
};

void idle(const QByteArray &postgres, bool tls, int count)
{
    QTemporaryDir dir;
    test::ServerProcess instance(dir.path(), postgres, tls);
    test::ServerProcess maker(dir.path(), postgres, false);
    const QString code = maker.addHospital(QStringLiteral("Hill"));
    QByteArray token;
    {
        maker.start();
        Hospital hospital(maker, code);
        token = hospital.device.token;
    }
    instance.start();
    SSL_CTX *context = tls ? SSL_CTX_new(TLS_client_method()) : nullptr;
    std::vector<std::unique_ptr<test::HttpLine>> lines;
    QByteArray head;
    {
        test::HttpLine first(instance.port(), context);
        first.ask("GET", "/v1/live?since=-1", {}, token);
        const QByteArray body = first.answer().second;
        head =
            QByteArray::number(body.mid(body.indexOf("\"head\":") + 7, 20).split(',').first().toLongLong());
    }
    const double before = instance.memory();
    for (int i = 0; i < count; ++i) {
        lines.push_back(std::make_unique<test::HttpLine>(instance.port(), context));
        lines.back()->ask("GET", "/v1/live?since=" + head, {}, token);
    }
    QThread::msleep(2000);
    const double held = instance.memory() - before;
    const double cpu = instance.cpu();
    QThread::msleep(15'000);
    const double used = (instance.cpu() - cpu) / 15'000;
    // All of them are answered after 25 seconds and ask again, as PCs do.
    const double start = instance.cpu();
    for (auto &line : lines) {
        const auto [status, body] = line->answer();
        if (status != 200)
            qFatal("idle: %d", status);
        line->ask("GET", "/v1/live?since=" + head, {}, token);
    }
    QThread::msleep(2000);
    std::printf("%d idle PCs, %s, %s: %.1f kB each, %.2f %% of a core while nothing happens, %.1f %% with "
                "asking again every 25 s\n",
                count, tls ? "TLS" : "plain", postgres.isEmpty() ? "SQLite" : "PostgreSQL", held / count,
                used * 100, (used + (instance.cpu() - start) / 25'000) * 100);
    std::fflush(stdout);
    lines.clear();
    if (context)
        SSL_CTX_free(context);
}

void instances(const test::PrivateCluster &cluster)
{
    constexpr int hospitals = 8;
    constexpr int rounds = 4;
    constexpr int pushes = 25;
    QTemporaryDir dir;
    test::ServerProcess one(dir.path(), cluster.connection(), false);
    test::ServerProcess two(dir.path(), cluster.connection(), false);
    std::vector<std::unique_ptr<Hospital>> all;
    QStringList codes;
    for (int i = 0; i < hospitals; ++i)
        codes << one.addHospital(QStringLiteral("Hill %1").arg(i));
    one.start();
    two.start();
    for (const QString &code : std::as_const(codes))
        all.push_back(std::make_unique<Hospital>(one, code));
    std::atomic<bool> stop = false;
    std::atomic<int> samples = 0;
    std::map<QByteArray, int> waits;
    std::thread sampler([&] {
        PGconn *pg = PQconnectdb(cluster.superuser().constData());
        while (!stop) {
            PGresult *result =
                PQexec(pg, "SELECT wait_event FROM pg_stat_activity WHERE wait_event_type='Lock'");
            for (int i = 0; i < PQntuples(result); ++i)
                ++waits[PQgetvalue(result, i, 0)];
            ++samples;
            PQclear(result);
            usleep(2000);
        }
        PQfinish(pg);
    });
    QList<double> cpus[2];
    for (int round = 0; round < rounds * 2; ++round) {
        const bool both = round % 2;
        std::vector<QList<QByteArray>> bodies;
        for (auto &hospital : all)
            bodies.push_back(hospital->prepare(pushes, 10));
        const double before = one.cpu() + two.cpu();
        std::vector<std::thread> threads;
        for (size_t i = 0; i < all.size(); ++i)
            threads.emplace_back([&, i] {
                test::HttpLine first(one.port());
                test::HttpLine second(two.port());
                for (qsizetype n = 0; n < bodies[i].size(); ++n)
                    static_cast<void>((both && n % 2 ? second : first)
                                          .post("/v1/push", bodies[i][n], all[i]->device.token));
            });
        for (auto &thread : threads)
            thread.join();
        if (round >= 2) // the first of each warms up
            cpus[both] << (one.cpu() + two.cpu() - before) / (hospitals * pushes);
    }
    stop = true;
    sampler.join();
    row("CPU of a push, two instances to one", bench::median(cpus[1]), bench::median(cpus[0]), "ms CPU",
        "1.1");
    // "extend" is PostgreSQL making a table's file longer; a row of another hospital would be
    // "transactionid" or "tuple".
    std::printf("waits for a lock between 8 hospitals, in %d looks: %zu kinds (aim: none for a row)",
                samples.load(), waits.size());
    for (const auto &[kind, count] : waits)
        std::printf(" %s %d", kind.constData(), count);
    std::printf("\n");
}

// One push of ten registrations as the hospital grows, and as more PCs wait for what it brings.
void growth(const test::PrivateCluster &cluster)
{
    QTemporaryDir dir;
    test::ServerProcess instance(dir.path(), cluster.connection(), false);
    const QString code = instance.addHospital(QStringLiteral("Hill"));
    instance.start();
    Hospital hospital(instance, code);
    const auto measure = [&](const std::function<void()> &after = {}) {
        const auto bodies = hospital.prepare(40, 10);
        const double before = instance.cpu();
        QList<double> walls;
        for (const QByteArray &body : bodies) {
            QElapsedTimer timer;
            timer.start();
            static_cast<void>(hospital.line->post("/v1/push", body, hospital.device.token));
            walls << double(timer.nsecsElapsed()) / 1e6;
            if (after)
                after();
        }
        return std::pair(bench::median(walls), (instance.cpu() - before) / double(bodies.size()));
    };
    static_cast<void>(measure());
    const auto base = measure();
    PGconn *pg = PQconnectdb((cluster.superuser() + " dbname=clinicdesk").constData());
    qint64 rows = 0;
    for (const qint64 size : {10'000LL, 100'000LL, 1'000'000LL}) {
        const QByteArray sql =
            "INSERT INTO record SELECT hospital_id, 'patient', uuid_send(gen_random_uuid()), 'T', NULL, "
            "NULL, "
            "0, NULL, 0, NULL, NULL, '{}', 1, g FROM hospital_head h, generate_series(" +
            QByteArray::number(rows + 1) + "," + QByteArray::number(size) +
            ") g WHERE h.hospital_id=(SELECT hospital_id FROM record ORDER BY created_at DESC LIMIT 1)";
        for (const QByteArray &statement : {sql, QByteArray("ANALYZE record")}) {
            PGresult *done = PQexec(pg, statement.constData());
            if (PQresultStatus(done) != PGRES_COMMAND_OK)
                qFatal("%s", PQerrorMessage(pg));
            PQclear(done);
        }
        rows = size;
        const auto now = measure();
        row(qPrintable(QStringLiteral("push with %1 rows, to the small hospital").arg(size)), now.first,
            base.first, "ms wall", "reported");
    }
    PQfinish(pg);
    for (const int waiting : {1, 10, 100}) {
        std::vector<std::unique_ptr<test::HttpLine>> lines;
        QByteArray since = "-1";
        for (int i = 0; i < waiting; ++i)
            lines.push_back(std::make_unique<test::HttpLine>(instance.port()));
        const auto wait = [&] {
            for (auto &line : lines)
                line->ask("GET", "/v1/live?since=" + since, {}, hospital.device.token);
        };
        const auto hear = [&] {
            for (auto &line : lines) {
                const QByteArray body = line->answer().second;
                since = QByteArray::number(
                    body.mid(body.indexOf("\"head\":") + 7, 20).split(',').first().toLongLong());
            }
        };
        wait();
        hear();
        wait();
        const auto now = measure([&] {
            hear();
            wait();
        });
        row(qPrintable(QStringLiteral("push heard by %1 PCs, CPU with their news").arg(waiting)), now.second,
            base.second, "ms CPU", "reported");
        lines.clear();
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    rlimit most{};
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    const test::PrivateCluster cluster;
    if (!cluster.problem().isEmpty())
        qFatal("%s", qPrintable(cluster.problem()));
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 5000;
    idle({}, false, count);
    idle({}, true, count);
    idle(cluster.connection(), true, count);
    std::printf("\n| %-44s | %9s | %9s | %-6s | %6s | aim |\n|---|---|---|---|---|---|\n", "what", "ours",
                "baseline", "unit", "ratio");
    instances(cluster);
    growth(cluster);
    return 0;
}
