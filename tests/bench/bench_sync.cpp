// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/device.h"
#include "bench/figures.h"
#include "core/crypto.h"
#include "server/postgresstore.h"
#include "server/service.h"
#include "services/appointments/appointments.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "storage/replica/replica.h"
#include "support/memorysecrets.h"
#include "support/privatecluster.h"
#include "support/testclinic.h"
#include "sync/engine/agent.h"
#include "sync/wire/json.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <libpq-fe.h>
#include <sqlite3.h>

// What sync costs beside the database doing the same rows by hand. Wall time where PostgreSQL works, because
// its own process does most of it; CPU of this process for what a device does.
using namespace clinic;
using bench::cpuMs;
using bench::Device;
using bench::join;
using bench::must;
using bench::row;

namespace {

constexpr const char *people[] = {"Moyo", "Okoro", "Lindqvist", "Abrahams", "Fraser", "Dlamini", "Garcia"};

double wallMs(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

// Remembers what a push writes, so that the bare database can be given the very same rows.
class RecordingStore final : public server::Store
{
public:
    struct Batch
    {
        QByteArray table;
        QByteArray columns;
        QByteArray onConflict;
        server::Rows rows;
    };
    explicit RecordingStore(server::Store &inner) : m_inner(inner) {}
    QList<QList<Batch>> transactions;

    Result<void> transact(const Id &hospital,
                          const std::function<Result<void>(server::SqlSession &)> &work) override
    {
        QList<Batch> batches;
        const auto done = m_inner.transact(hospital, [&](server::SqlSession &session) {
            batches.clear();
            Session recording(session, batches);
            return work(recording);
        });
        if (!batches.isEmpty())
            transactions << batches;
        return done;
    }
    [[nodiscard]] QString describe() const override { return m_inner.describe(); }

private:
    class Session final : public server::SqlSession
    {
    public:
        Session(server::SqlSession &inner, QList<Batch> &batches) : m_inner(inner), m_batches(batches) {}
        [[nodiscard]] Result<server::Rows> run(QByteArrayView sql, const server::Row &parameters) override
        {
            return m_inner.run(sql, parameters);
        }
        [[nodiscard]] Result<void> each(QByteArrayView sql, const server::Row &parameters,
                                        const std::function<void(const server::RowView &)> &take) override
        {
            return m_inner.each(sql, parameters, take);
        }
        [[nodiscard]] Result<void> runMany(QByteArrayView table, QByteArrayView columns,
                                           QByteArrayView onConflict, const server::Rows &rows) override
        {
            m_batches << Batch{table.toByteArray(), columns.toByteArray(), onConflict.toByteArray(), rows};
            return m_inner.runMany(table, columns, onConflict, rows);
        }
        [[nodiscard]] Result<void> actFor(const Id &hospital) override { return m_inner.actFor(hospital); }
        [[nodiscard]] QByteArray forUpdate() const override { return m_inner.forUpdate(); }

    private:
        server::SqlSession &m_inner;
        QList<Batch> &m_batches;
    };
    server::Store &m_inner;
};

QByteArray post(server::Service &service, const char *path, const QByteArray &body, const QByteArray &token)
{
    const auto answer = service.handle({"POST", path, {}, token, body});
    if (answer.status != 200)
        qFatal("%s: %d %s", path, answer.status, answer.body.constData());
    return answer.body;
}

void pushAll(Device &device, server::Service &service, QList<double> *walls)
{
    for (;;) {
        const auto batch = must(device.replica->nextBatch(500, 1 << 20), "batch");
        if (batch.isEmpty())
            return;
        const QByteArray body = sync::encodePush(batch);
        QByteArray answer;
        const double wall = wallMs([&] { answer = post(service, "/v1/push", body, device.token); });
        if (walls)
            *walls << wall;
        must(device.replica->take(must(sync::decodePushReply(answer), "push reply")).map([] { return 1; }),
             "push");
    }
}

// The same rows, written by hand: unnest arrays, one transaction per batch, the head counted up.
double replay(server::Store &store, const RecordingStore &recorded)
{
    const Id hospital = Id::create(77);
    must(store
             .transact(hospital,
                       [&](server::SqlSession &session) -> Result<void> {
                           const auto done = session.run(
                               "INSERT INTO hospital_head (hospital_id, epoch, head) VALUES ($1,$2,0)",
                               {server::idValue(hospital), Value{QByteArray("e")}});
                           return done ? Result<void>() : fail(done);
                       })
             .map([] { return 1; }),
         "baseline");
    double total = 0;
    for (auto transaction : recorded.transactions) {
        for (auto &batch : transaction) {
            for (auto &row : batch.rows)
                row[0] = server::idValue(hospital);
        }
        total += wallMs([&] {
            must(store
                     .transact(hospital,
                               [&](server::SqlSession &session) -> Result<void> {
                                   for (const auto &batch : std::as_const(transaction)) {
                                       const auto done = session.runMany(batch.table, batch.columns,
                                                                         batch.onConflict, batch.rows);
                                       if (!done)
                                           return done;
                                   }
                                   const auto head = session.run(
                                       "UPDATE hospital_head SET head=head+1 WHERE hospital_id=$1 "
                                       "RETURNING head",
                                       {server::idValue(hospital)});
                                   return head ? Result<void>() : fail(head);
                               })
                     .map([] { return 1; }),
                 "baseline");
        });
    }
    return total;
}

// Every row of every table of one file into an empty file of the same schema: what a C program would do that
// knew the rows beforehand. CPU milliseconds.
double insertByHand(const QString &from, const QString &to)
{
    sqlite3 *source = nullptr;
    sqlite3 *target = nullptr;
    if (sqlite3_open(from.toUtf8(), &source) != SQLITE_OK || sqlite3_open(to.toUtf8(), &target) != SQLITE_OK)
        qFatal("cannot open");
    const auto exec = [&](const QByteArray &sql) {
        if (sqlite3_exec(target, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql.constData(), sqlite3_errmsg(target));
    };
    exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=OFF");
    QList<QByteArray> tables;
    sqlite3_stmt *list = nullptr;
    sqlite3_prepare_v2(source,
                       "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' AND "
                       "name NOT IN ('local_state','schema_version','migration','audit_event','counter')",
                       -1, &list, nullptr);
    while (sqlite3_step(list) == SQLITE_ROW)
        tables << QByteArray(reinterpret_cast<const char *>(sqlite3_column_text(list, 0)));
    sqlite3_finalize(list);
    double cpu = 0;
    for (const QByteArray &table : std::as_const(tables)) {
        sqlite3_stmt *read = nullptr;
        sqlite3_stmt *write = nullptr;
        // In the order in which they come, page by page: whoever loads cannot sort what is not here yet.
        const QByteArray order = table == "search_key" ? " ORDER BY rid/1000, kind, key" : "";
        if (sqlite3_prepare_v2(source, "SELECT * FROM \"" + table + '"' + order, -1, &read, nullptr) !=
            SQLITE_OK)
            continue;
        const int columns = sqlite3_column_count(read);
        QList<QList<sqlite3_value *>> rows;
        while (sqlite3_step(read) == SQLITE_ROW) {
            QList<sqlite3_value *> row;
            for (int i = 0; i < columns; ++i)
                row << sqlite3_value_dup(sqlite3_column_value(read, i));
            rows << row;
        }
        sqlite3_finalize(read);
        QByteArray sql = "INSERT OR IGNORE INTO \"" + table + "\" VALUES (?";
        for (int i = 1; i < columns; ++i)
            sql += ",?";
        if (sqlite3_prepare_v2(target, sql + ')', -1, &write, nullptr) != SQLITE_OK)
            continue; // a view of another kind
        const double before = cpuMs();
        exec("BEGIN");
        for (qsizetype i = 0; i < rows.size(); ++i) {
            for (int column = 0; column < columns; ++column)
                sqlite3_bind_value(write, column + 1, rows[i][column]);
            sqlite3_step(write);
            sqlite3_reset(write);
            if (i % 1000 == 999)
                exec("COMMIT; BEGIN");
        }
        exec("COMMIT");
        cpu += cpuMs() - before;
        sqlite3_finalize(write);
        for (auto &row : rows) {
            for (auto *value : row)
                sqlite3_value_free(value);
        }
    }
    sqlite3_close(source);
    sqlite3_close(target);
    return cpu;
}

// Rows to a client by the fastest way PostgreSQL has.
double copyOut(const QByteArray &connection, const Id &hospital, qint64 *bytes)
{
    PGconn *pg = PQconnectdb(connection.constData());
    PQclear(PQexec(pg, ("SET app.hospital='" + hospital.toBytes().toHex() + '\'').constData()));
    *bytes = 0;
    const double wall = wallMs([&] {
        PQclear(PQexec(pg, "COPY (SELECT seq, entity, id, scope, branch, created_at, created_by, updated_at, "
                           "updated_by, device, fields, rv FROM record) TO STDOUT"));
        char *line = nullptr;
        int size = 0;
        while ((size = PQgetCopyData(pg, &line, 0)) > 0) {
            *bytes += size;
            PQfreemem(line);
        }
    });
    PQfinish(pg);
    return wall;
}

// With CLINICDESK_WIRE_SAMPLES=DIR the messages of a day are left there, to train the shared dictionary
// (resources/wire) on.
void sample(const char *kind, const QByteArray &body)
{
    static int count = 0;
    const QString folder = qEnvironmentVariable("CLINICDESK_WIRE_SAMPLES");
    QFile file(folder + QStringLiteral("/%1-%2").arg(QLatin1StringView(kind)).arg(++count));
    if (!folder.isEmpty() && file.open(QIODevice::WriteOnly))
        file.write(body);
}

// One desk's day with sealing on: what goes over the wire, compressed as it is sent.
void clinicDay(Device &device, server::Service &service)
{
    auto &clinic = *device.clinic.clinic;
    auto &clock = device.clinic.clock;
    qint64 raw = 0;
    qint64 packed = 0;
    qint64 shared = 0;
    qint64 auditShared = 0;
    qint64 changes = 0;
    qint64 requests = 0;
    const auto exchange = [&] {
        const auto batch = must(device.replica->nextBatch(500, 1 << 20), "batch");
        if (batch.isEmpty())
            return;
        const QByteArray body = sync::encodePush(batch);
        for (const auto &group : batch)
            changes += group.changes;
        raw += body.size();
        packed += sync::compressed(body).size();
        shared += sync::compressed(body, true).size();
        sample("push", body);
        ++requests;
        must(device.replica
                 ->take(must(sync::decodePushReply(post(service, "/v1/push", body, device.token)), "reply"))
                 .map([] { return 1; }),
             "push");
    };
    qint64 auditRaw = 0;
    qint64 auditPacked = 0;
    const auto audit = [&] {
        while (device.replica->state()->auditWaiting > 0) {
            const QByteArray body = must(device.replica->auditRequest(), "audit");
            auditRaw += body.size();
            auditPacked += sync::compressed(body).size();
            auditShared += sync::compressed(body, true).size();
            sample("audit", body);
            must(device.replica
                     ->take(must(sync::decodeAuditReply(post(service, "/v1/audit", body, device.token)),
                                 "reply"))
                     .map([] { return 1; }),
                 "audit");
        }
    };
    audit();
    auditRaw = auditPacked = auditShared = 0;
    for (int visit = 0; visit < 60; ++visit) {
        const auto patient =
            device.clinic.patient(QString::fromLatin1(people[visit % 7]) + QString::number(visit),
                                  QStringLiteral("Ada"), QStringLiteral("082 555 %1").arg(1000 + visit));
        domain::Appointment a;
        a.patientId = patient.id;
        a.practitionerId = visit % 2 ? device.clinic.doctor.id : device.clinic.secondDoctor.id;
        a.startAt = clock.todayAt(8) + qint64(visit / 2) * 15 * 60'000;
        a.minutes = 15;
        a.walkIn = true;
        const auto booked = clinic.performNow(services::BookAppointment{a});
        exchange();
        using enum domain::AppointmentState;
        for (const auto to : {CheckedIn, InConsultation, Completed}) {
            if (booked)
                static_cast<void>(clinic.performNow(services::StepAppointment{booked->id, to, {}, {}, {}}));
            exchange();
        }
        services::IssueInvoice issue;
        issue.invoice.patientId = patient.id;
        for (int i = 0; i < 3; ++i) {
            domain::InvoiceLine line;
            line.serviceId = device.clinic.consultation.id;
            line.quantity = 1;
            line.description = QStringLiteral("Consultation");
            line.unitMinor = 10000;
            issue.lines << line;
        }
        const auto issued = clinic.performNow(issue);
        exchange();
        if (issued)
            static_cast<void>(clinic.performNow(services::TakePayment{
                issued->id, 5000, domain::PaymentMethod::Card, QStringLiteral("slip")}));
        exchange();
    }
    audit();
    std::printf("\n60 visits, %lld changes in %lld pushes: %lld kB of groups, %lld kB on the wire, %lld kB "
                "with the shared "
                "dictionary; audit %lld kB, %lld kB, %lld kB\n",
                changes, requests, raw / 1024, packed / 1024, shared / 1024, auditRaw / 1024,
                auditPacked / 1024, auditShared / 1024);
}

// Two PCs at a real server on PostgreSQL: from "saved" on one to "seen" on the other.
void latency(const test::PrivateCluster &cluster)
{
    QTemporaryDir dir;
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        return;
    const QStringList arguments{QStringLiteral("--data"), dir.filePath(QStringLiteral("server")),
                                QStringLiteral("--plain-http"), QStringLiteral("--listen"),
                                QStringLiteral("127.0.0.1:%1").arg(probe.serverPort())};
    probe.close();
    QProcess server;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CLINICDESK_POSTGRES"), QString::fromUtf8(cluster.connection()));
    server.setProcessEnvironment(environment);
    const QString program = QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-server");
    server.start(program, arguments + QStringList{QStringLiteral("hospital"), QStringLiteral("add"),
                                                  QStringLiteral("Hill")});
    server.waitForFinished(20'000);
    const QString code = QString::fromUtf8(server.readAllStandardOutput()).trimmed().section(u'\n', -1);
    server.setStandardErrorFile(QProcess::nullDevice());
    server.start(program, arguments);
    QString said;
    while (!said.contains(QStringLiteral("listening")) && server.waitForReadyRead(20'000))
        said += QString::fromUtf8(server.readAllStandardOutput());
    {
        test::TestClinic first({.path = dir.filePath(QStringLiteral("a.db")), .threads = true});
        test::TestClinic second(
            {.path = dir.filePath(QStringLiteral("b.db")), .setUp = false, .threads = true});
        test::MemorySecrets firstSecrets;
        test::MemorySecrets secondSecrets;
        sync::Agent a(*first.database, first.clock, firstSecrets);
        sync::Agent b(*second.database, second.clock, secondSecrets);
        const auto wait = [](const std::function<bool()> &until) {
            QElapsedTimer timer;
            timer.start();
            while (!until()) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
                if (timer.elapsed() > 60'000)
                    qFatal("the two PCs never met");
            }
        };
        const auto enrol = [&](sync::Agent &agent, test::TestClinic &clinic, const QString &with) {
            bool done = false;
            agent.enrol(with, QStringLiteral("PC"), {}, [&](const Result<storage::Enrolment> &accepted) {
                must(clinic.clinic->performNow(services::EnrolDevice{must(accepted, "accepted")}), "enrol");
                done = true;
            });
            wait([&] { return done; });
            agent.start();
            wait([&] { return agent.status().isCalm(); });
        };
        enrol(a, first, code);
        QString next;
        a.makeCode(first.clinic->session().user, first.clinic->session().role, {},
                   [&](const Result<QString> &made) { next = must(made, "code"); });
        wait([&] { return !next.isEmpty(); });
        second.clinic->setSession(services::Clinic::founderSession());
        enrol(b, second, next);
        QList<double> walls;
        Id expected;
        bool seen = false;
        QObject::connect(second.database.get(), &storage::Database::rowsChanged, &b,
                         [&](const QList<domain::RowChange> &rows) {
                             for (const auto &changed : rows)
                                 seen = seen || changed.id == expected;
                         });
        for (int i = 0; i < 300; ++i) {
            seen = false;
            QElapsedTimer timer;
            timer.start();
            expected = first.patient(QStringLiteral("Seen%1").arg(i), QStringLiteral("Ada")).id;
            wait([&] { return seen; });
            walls << double(timer.nsecsElapsed()) / 1e6;
            wait([&] { return a.status().isCalm() && b.status().isCalm(); });
            // Nobody saves faster than this for long; a PC that did would be told to wait (429).
            QElapsedTimer pause;
            pause.start();
            wait([&] { return pause.elapsed() > 150; });
        }
        std::printf(
            "\nSaved on one PC to seen on the other, loopback, PostgreSQL: median %.1f ms, p99 %.1f ms "
            "(aims 150 and 500)\n",
            bench::median(walls), bench::quantile(walls, 0.99));
    }
    server.terminate();
    server.waitForFinished(20'000);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int patients = argc > 1 ? QByteArray(argv[1]).toInt() : 5000;
    const test::PrivateCluster cluster;
    if (!cluster.problem().isEmpty())
        qFatal("%s", qPrintable(cluster.problem()));
    auto store = must(server::PostgresStore::open(cluster.connection(), 4), "PostgreSQL");
    RecordingStore recording(*store);
    const SystemClock clock;
    server::Service service(recording, clock, crypto::newSigningKey());
    const auto added = must(service.addHospital(QStringLiteral("Hill")), "hospital");
    const sync::EnrolmentCode code{
        {QStringLiteral("bench")}, added.hospital, service.publicKey(), {}, added.secret};
    QTemporaryDir dir;
    Device first({.path = dir.filePath(QStringLiteral("first.db"))});
    const bench::Post toService = [&](const char *path, const QByteArray &body, const QByteArray &token) {
        return post(service, path, body, token);
    };
    join(first, toService, code);
    pushAll(first, service, nullptr);
    for (int i = 0; i < patients; ++i)
        first.clinic.patient(QString::fromLatin1(people[i % 7]) + QString::number(i), QStringLiteral("Ada"),
                             QStringLiteral("082 555 %1").arg(1000 + i));
    std::printf("| %-44s | %9s | %9s | %-6s | %6s | aim |\n|---|---|---|---|---|---|\n", "what", "ours",
                "baseline", "unit", "ratio");
    recording.transactions.clear();
    QList<double> walls;
    pushAll(first, service, &walls);
    double pushed = 0;
    for (const double wall : std::as_const(walls))
        pushed += wall;
    row("push, per change, to bare unnest upserts", pushed / patients, replay(*store, recording) / patients,
        "ms", "3");

    // A second device loads everything.
    const QByteArray secret = crypto::randomBytes(20);
    const auto keys = first.clinic.database->identity().sealer.keys();
    const Id hospital = first.clinic.database->identity().hospital;
    const auto &session = first.clinic.clinic->session();
    post(service, "/v1/codes",
         "{\"proof_hash\":\"" + crypto::hash(sync::enrolmentProof(secret)).toBase64() + "\",\"wrapped\":\"" +
             sync::wrapKeys(keys, secret, hospital) + "\",\"actor\":\"" + session.user.toString().toLatin1() +
             "\",\"role\":\"" + session.role.toString().toLatin1() + "\"}",
         first.token);
    Device second({.path = dir.filePath(QStringLiteral("second.db")), .setUp = false});
    join(second, toService, {{QStringLiteral("bench")}, hospital, service.publicKey(), {}, secret});
    double served = 0;
    double applied = 0;
    qint64 rows = 0;
    qint64 servedBytes = 0;
    qint64 firstRows = 0; // what work needs comes first, and once more in its place
    double firstMs = 0;
    for (bool done = false; !done;) {
        const QByteArray after = second.replica->state()->bootAfter;
        QByteArray answer;
        served += wallMs(
            [&] { answer = post(service, "/v1/boot", "{\"after\":\"" + after + "\"}", second.token); });
        servedBytes += answer.size();
        const double before = cpuMs();
        const auto page = must(sync::decodeBootReply(answer), "boot");
        must(second.replica->take(page).map([] { return 1; }), "boot");
        applied += cpuMs() - before;
        if (rows == 0) {
            firstRows += page.rows.size();
            firstMs = served + applied;
        }
        rows = qMax(rows, page.total);
        done = page.done;
    }
    {
        Device empty({.path = dir.filePath(QStringLiteral("hand.db")), .setUp = false});
    }
    const double byHand =
        insertByHand(dir.filePath(QStringLiteral("second.db")), dir.filePath(QStringLiteral("hand.db")));
    row("first load, per row, to the same rows by hand", applied / double(rows), byHand / double(rows), "ms",
        "2");
    // Whoever comes next gets pages that were read before.
    double again = 0;
    for (auto [after, done] = std::pair(QByteArray(), false); !done;) {
        QByteArray answer;
        again += wallMs(
            [&] { answer = post(service, "/v1/boot", "{\"after\":\"" + after + "\"}", second.token); });
        const auto page = must(sync::decodeBootReply(answer), "boot");
        after = page.after;
        done = page.done;
    }
    qint64 copied = 0;
    const double copy = copyOut(cluster.connection(), hospital, &copied);
    if (copied == 0)
        qFatal("nothing was copied");
    row("first load served, per row, to COPY", served / double(rows), copy / double(rows), "ms", "2");
    row("  to the next PC", again / double(rows), copy / double(rows), "ms", "2");
    std::printf("%lld rows, %lld kB served; work can begin after %lld rows, %.0f ms of %.0f\n", rows,
                servedBytes / 1024, firstRows, firstMs, served + applied);
    clinicDay(first, service);
    latency(cluster);
    return 0;
}
