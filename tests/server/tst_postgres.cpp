// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/device.h"
#include "server/postgresstore.h"
#include "server/schema.h"
#include "simulation/world.h"
#include "support/httpline.h"
#include "support/pooler.h"
#include "support/privatecluster.h"
#include "support/serverprocess.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <thread>

using namespace clinic;
using namespace clinic::test;

// A real PostgreSQL under the same server core, with two instances on it.
class TstPostgres : public QObject
{
    Q_OBJECT
    std::unique_ptr<PrivateCluster> m_cluster;
    std::unique_ptr<Pooler> m_pooler;

    // Everything below holds with a pooler in transaction mode in between as well.
    static void directAndPooled()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("pooled") << true;
    }
    [[nodiscard]] QByteArray connection() const
    {
        QFETCH(bool, pooled);
        return pooled ? m_pooler->connection() : m_cluster->connection();
    }
    // Ids of this row of data: the two share the database.
    static Id idOf(int n)
    {
        QFETCH(bool, pooled);
        return Id::create(n + (pooled ? 1000 : 0));
    }

    std::unique_ptr<server::Store> open()
    {
        auto store = server::PostgresStore::open(connection(), 6);
        if (!store)
            qFatal("cannot open: %s", qPrintable(store.error().detail));
        return std::move(*store);
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void initTestCase()
    {
        m_cluster = std::make_unique<PrivateCluster>();
        QVERIFY2(m_cluster->problem().isEmpty(), qPrintable(m_cluster->problem()));
        m_pooler = std::make_unique<Pooler>(*m_cluster);
        QVERIFY2(m_pooler->problem().isEmpty(), qPrintable(m_pooler->problem()));
    }
    void cleanupTestCase()
    {
        m_pooler.reset();
        m_cluster.reset();
    }

    void aRoleThatCouldStepOverIsRefused()
    {
        const auto store = server::PostgresStore::open(m_cluster->superuser(), 1);
        QVERIFY(!store);
        QVERIFY(store.error().detail.contains(QStringLiteral("row-level")));
    }

    // Another hospital's rows do not exist, whatever a statement asks for.
    void hospitalsCannotReachEachOther_data() { directAndPooled(); }
    void hospitalsCannotReachEachOther()
    {
        const auto store = open();
        const Id mine = idOf(1);
        const Id theirs = idOf(2);
        const auto insert = [&](const Id &acting, const Id &owner) {
            return store->transact(acting, [&](server::SqlSession &s) -> Result<void> {
                const auto done =
                    s.run("INSERT INTO hospital_head (hospital_id, epoch, head) VALUES ($1,$2,0)",
                          {server::idValue(owner), Value{QByteArray("e")}});
                return done ? Result<void>() : fail(done);
            });
        };
        QVERIFY(insert(mine, mine).has_value());
        QVERIFY(insert(theirs, theirs).has_value());
        QVERIFY(!insert(mine, idOf(3)).has_value());
        const auto count = [&](const Id &acting) {
            qint64 rows = -1;
            const auto done = store->transact(acting, [&](server::SqlSession &s) -> Result<void> {
                const auto answer = s.run("SELECT count(*) FROM hospital_head");
                if (!answer)
                    return fail(answer);
                rows = server::integerAt(answer->first(), 0);
                return {};
            });
            return done ? rows : -2;
        };
        QCOMPARE(count(mine), 1);
        QCOMPARE(count({}), 0);
        const auto stolen = store->transact(mine, [&](server::SqlSession &s) -> Result<void> {
            const auto rows = s.run("UPDATE hospital_head SET head=99 WHERE hospital_id=$1 RETURNING head",
                                    {server::idValue(theirs)});
            if (!rows)
                return fail(rows);
            return rows->isEmpty() ? Result<void>() : fail(ErrorCode::Internal);
        });
        QVERIFY(stolen.has_value());
        // Every table that holds a hospital's rows, none forgotten: what has the column and is not shut, but
        // for the list of hospitals itself.
        const auto forced = store->transact(mine, [&](server::SqlSession &s) -> Result<void> {
            const auto rows =
                s.run("SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid=c.oid JOIN "
                      "pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname=current_schema() AND "
                      "c.relkind='r' AND a.attname='hospital_id' AND NOT c.relforcerowsecurity");
            if (!rows)
                return fail(rows);
            return rows->size() == 1 && server::bytesAt(rows->first(), 0) == "hospital"
                       ? Result<void>()
                       : fail(ErrorCode::Internal);
        });
        QVERIFY(forced.has_value());
    }

    // Eight writers on two instances, some giving up: numbers are gapless and in commit order, and a reader
    // that follows the head never misses a row.
    void theCursorMissesNothing_data() { directAndPooled(); }
    void theCursorMissesNothing()
    {
        const auto first = open();
        const auto second = open();
        const Id hospital = idOf(4);
        const Value key = server::idValue(hospital);
        QVERIFY(first
                    ->transact(
                        hospital,
                        [&](server::SqlSession &s) -> Result<void> {
                            const auto done =
                                s.run("INSERT INTO hospital_head (hospital_id, epoch, head) VALUES ($1,$2,0)",
                                      {key, Value{QByteArray("e")}});
                            return done ? Result<void>() : fail(done);
                        })
                    .has_value());
        std::atomic<int> working = 8;
        std::atomic<int> committed = 0;
        std::atomic<int> troubles = 0;
        std::vector<std::thread> writers;
        for (int w = 0; w < 8; ++w) {
            writers.emplace_back([&, w] {
                server::Store &store = w % 2 ? *first : *second;
                for (int i = 0; i < 60; ++i) {
                    const bool givesUp = (i + w) % 9 == 0;
                    const auto done = store.transact(hospital, [&](server::SqlSession &s) -> Result<void> {
                        const auto head =
                            s.run("UPDATE hospital_head SET head=head+1 WHERE hospital_id=$1 RETURNING head",
                                  {key});
                        if (!head)
                            return fail(head);
                        const auto row = s.run("INSERT INTO change_log (hospital_id, seq, ord, scope, body, "
                                               "device, g, at) VALUES ($1,$2,0,'T','{}',NULL,0,0)",
                                               {key, head->first().first()});
                        if (!row)
                            return fail(row);
                        return givesUp ? fail(ErrorCode::Cancelled) : Result<void>();
                    });
                    if (done)
                        ++committed;
                    else if (!givesUp)
                        ++troubles;
                }
                --working;
            });
        }
        qint64 cursor = 0;
        qint64 read = 0;
        int holes = 0;
        for (bool last = false; !last;) {
            last = working == 0;
            static_cast<void>(second->transact(hospital, [&](server::SqlSession &s) -> Result<void> {
                const auto head = s.run("SELECT head FROM hospital_head WHERE hospital_id=$1", {key});
                const auto rows =
                    s.run("SELECT seq FROM change_log WHERE hospital_id=$1 AND seq>$2 ORDER BY seq",
                          {key, Value{cursor}});
                if (!head || !rows)
                    return fail(ErrorCode::Storage);
                for (const auto &row : *rows) {
                    holes += server::integerAt(row, 0) != cursor + 1;
                    cursor = server::integerAt(row, 0);
                    ++read;
                }
                return {};
            }));
        }
        for (auto &writer : writers)
            writer.join();
        QCOMPARE(troubles.load(), 0);
        QCOMPARE(holes, 0);
        QCOMPARE(read, qint64(committed.load()));
        QVERIFY(read > 300);
    }

    // The simulator's histories with PostgreSQL as the store and each request to any of two instances.
    void historiesConverge_data() { directAndPooled(); }
    void historiesConverge()
    {
        QFETCH(bool, pooled);
        const int first = pooled ? 13 : 1;
        for (int seed = first; seed < first + 12; ++seed) {
            World world{quint64(seed), Bug::None, [this] { return open(); }};
            const QString wrong = world.run(120);
            if (!wrong.isEmpty())
                qInfo().noquote() << world.history().join(u'\n');
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
        }
    }

    // Enrolment crosses from the place of a code to the first PC's own hospital; tokens rotate on any
    // instance.
    void aPcEnrolsOnOneInstanceAndSpeaksToTheOther_data() { directAndPooled(); }
    void aPcEnrolsOnOneInstanceAndSpeaksToTheOther()
    {
        const auto first = open();
        const auto second = open();
        FakeClock clock;
        const auto key = crypto::newSigningKey();
        server::Service one(*first, clock, key);
        server::Service two(*second, clock, key);
        const auto added = one.addHospital(QStringLiteral("Hill"));
        QVERIFY(added.has_value());
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, added->hospital, key.publicKey, {}, added->secret};
        const auto keys = sync::DeviceKeys::create();
        const Id own = idOf(7);
        const Id device = idOf(8);
        const auto body = sync::encodeEnrol(code, own, device, keys, QStringLiteral("PC"), 1);
        const auto answer = two.handle({"POST", "/v1/enrol", {}, {}, body});
        QVERIFY2(answer.status == 200, answer.body.constData());
        const auto reply = sync::decodeEnrolReply(answer.body);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->hospital, own);
        const auto ask = [&](server::Service &service, const QByteArray &refresh) {
            return service.handle(
                {"POST",
                 "/v1/token",
                 {},
                 {},
                 "{\"hospital\":\"" + own.toString().toLatin1() + "\",\"device\":\"" +
                     device.toString().toLatin1() + "\",\"refresh\":\"" + refresh.toBase64() +
                     "\",\"signature\":\"" +
                     crypto::sign("clinicdesk token " + refresh, keys.signSecret).toBase64() + "\"}"});
        };
        const auto token = ask(one, reply->refresh);
        QCOMPARE(token.status, 200);
        const QByteArray access = token.body.mid(11, token.body.indexOf('"', 11) - 11);
        const auto hello = two.handle({"GET", "/v1/hello", {}, access, {}});
        QVERIFY2(hello.status == 200 && hello.body.contains("\"state\":\"active\""), hello.body.constData());
        QCOMPARE(ask(two, reply->refresh).status, 200);      // the answer may have been lost
        QCOMPARE(ask(one, QByteArray(32, 'x')).status, 401); // a copy from before: the family ends
        QCOMPARE(ask(two, reply->refresh).status, 401);
        QVERIFY(one.bumpEpochs().has_value());
    }

    // Whoever waits at one server hears what another one committed.
    void aCommitOnOneInstanceIsHeardOnTheOther_data() { directAndPooled(); }
    void aCommitOnOneInstanceIsHeardOnTheOther()
    {
        QTemporaryDir dir;
        ServerProcess here(dir.path(), connection(), false);
        ServerProcess there(dir.path(), connection(), false);
        const auto code = sync::EnrolmentCode::fromText(here.addHospital(QStringLiteral("Hill")));
        QVERIFY(code.has_value());
        here.start();
        there.start();
        HttpLine waiting(here.port());
        HttpLine pushing(there.port());
        bench::Device device{{}};
        bench::join(
            device,
            [&](const char *path, const QByteArray &body, const QByteArray &token) {
                return pushing.post(path, body, token);
            },
            *code);
        waiting.ask("GET", "/v1/live?since=0", {}, device.token);
        QTest::qWait(300); // it is really waiting, and the first look at the heads has passed
        const auto batch = device.replica->nextBatch(500, 1 << 20);
        QVERIFY(batch && !batch->isEmpty());
        static_cast<void>(pushing.post("/v1/push", sync::encodePush(*batch), device.token));
        const auto [status, body] = waiting.answer();
        QCOMPARE(status, 200);
        QVERIFY2(body.contains("\"head\":" + QByteArray::number(batch->size())), body.constData());
    }

    // Nothing that needs one node: what would break behind a pooler or on a distributed engine stands in no
    // statement.
    void statementsNeedNoSingleNode()
    {
        static const QRegularExpression banned(
            QStringLiteral("nextval|serial\\b|currval|xmin|txid_|pg_current_xact|pg_advisory_lock|"
                           "\\bLISTEN\\b|\\bNOTIFY\\b|PREPARE "));
        int looked = 0;
        const QDir sources(QStringLiteral(CLINIC_SOURCE_DIR "/src/server"));
        for (const QString &name : sources.entryList({QStringLiteral("*.cpp")})) {
            QFile file(sources.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            looked += int(text.count(QStringLiteral("SELECT")) + text.count(QStringLiteral("INSERT")));
            QVERIFY2(!banned.match(text).hasMatch(), qPrintable(name));
        }
        QVERIFY(looked > 25);
        QVERIFY(banned.match(QStringLiteral("SELECT nextval('x')")).hasMatch());
    }
};

int main(int argc, char **argv)
{
    return run<TstPostgres, QCoreApplication>(argc, argv);
}
#include "tst_postgres.moc"
