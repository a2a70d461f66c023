// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "server/postgresstore.h"
#include "server/service.h"
#include "server/sqlitestore.h"
#include "services/admin/accounts.h"
#include "services/attention/attention.h"
#include "services/setup/setup.h"
#include "storage/replica/replica.h"
#include "support/jsonschema.h"
#include "support/privatecluster.h"
#include "support/testclinic.h"
#include "support/testmain.h"
#include "sync/wire/enrolment.h"

#include <QJsonDocument>
#include <QTemporaryDir>

namespace clinic::test {

// Fails the statements of one kind: what a full disk or a row that no database takes looks like.
class StumblingStore final : public server::Store
{
public:
    explicit StumblingStore(server::Store &inner) : m_inner(inner) {}
    QByteArray poison; // in a row that is to be written
    bool isDown = false;

    Result<void> transact(const Id &hospital,
                          const std::function<Result<void>(server::SqlSession &)> &work) override
    {
        if (isDown)
            return fail(ErrorCode::Storage);
        return m_inner.transact(hospital, [&](server::SqlSession &session) {
            Session stumbling(session, poison);
            return work(stumbling);
        });
    }
    [[nodiscard]] QString describe() const override { return m_inner.describe(); }

private:
    class Session final : public server::SqlSession
    {
    public:
        Session(server::SqlSession &inner, const QByteArray &poison) : m_inner(inner), m_poison(poison) {}
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
            for (const auto &row : rows) {
                for (qsizetype i = 0; table == "record" && !m_poison.isEmpty() && i < row.size(); ++i) {
                    if (server::bytesAt(row, int(i)) == m_poison)
                        return fail(ErrorCode::Storage);
                }
            }
            return m_inner.runMany(table, columns, onConflict, rows);
        }
        [[nodiscard]] Result<void> actFor(const Id &hospital) override { return m_inner.actFor(hospital); }
        [[nodiscard]] QByteArray forUpdate() const override { return m_inner.forUpdate(); }

    private:
        server::SqlSession &m_inner;
        QByteArray m_poison;
    };
    server::Store &m_inner;
};

inline QByteArray quoted(const Id &id)
{
    return '"' + id.toString().toLatin1() + '"';
}

// The service without a socket, and PCs that speak to it by hand. Every answer is held against
// docs/api/openapi.json.
class ServiceFixture : public QObject
{
protected:
    QTemporaryDir m_dir;
    FakeClock m_clock;
    std::unique_ptr<PrivateCluster> m_cluster;
    std::unique_ptr<server::Store> m_store;
    std::unique_ptr<StumblingStore> m_stumbling;
    crypto::SigningKey m_serverKey = crypto::newSigningKey();
    std::unique_ptr<server::Service> m_service;
    QJsonObject m_api;
    QSet<QString> m_seen;         // "POST /v1/push 200"
    bool m_sendsAnything = false; // requests need not be as they are described; answers always are

    // One PC with its keys, spoken for by hand.
    struct Pc
    {
        TestClinic clinic;
        explicit Pc(bool setUp = true) : clinic({.setUp = setUp}) {}
        sync::DeviceKeys keys = sync::DeviceKeys::create();
        Id hospital{};
        QByteArray refresh;
        QByteArray token;
        std::unique_ptr<storage::Replica> replica;
        [[nodiscard]] Id device() const { return clinic.database->identity().device; }
    };

    server::Response call(const char *method, const QByteArray &path, const QByteArray &body = {},
                          const QByteArray &token = {}, const QByteArray &query = {})
    {
        const auto answer = m_service->handle({method, path, query, token, body});
        const QString what =
            QStringLiteral("%1 %2 %3")
                .arg(QString::fromLatin1(method), QString::fromLatin1(path), QString::number(answer.status));
        m_seen << what;
        const QJsonObject operation = m_api.value(u"paths")
                                          .toObject()
                                          .value(QString::fromLatin1(path))
                                          .toObject()
                                          .value(QString::fromLatin1(method).toLower())
                                          .toObject();
        const QJsonObject described =
            operation.value(u"responses").toObject().value(QString::number(answer.status)).toObject();
        const auto schema = [](const QJsonObject &holder) {
            return holder.value(u"content")
                .toObject()
                .value(u"application/json")
                .toObject()
                .value(u"schema")
                .toObject();
        };
        if (described.isEmpty())
            qFatal("%s is not described: %s", qPrintable(what), answer.body.constData());
        QString fault = schemaFault(QJsonDocument::fromJson(answer.body).object(), schema(described), m_api);
        if (fault.isEmpty() && answer.status == 200 && !body.isEmpty() && !m_sendsAnything)
            fault = schemaFault(QJsonDocument::fromJson(body).object(),
                                schema(operation.value(u"requestBody").toObject()), m_api,
                                QStringLiteral("request"));
        if (!fault.isEmpty())
            qFatal("%s: %s", qPrintable(what), qPrintable(fault));
        return answer;
    }
    static qint64 next(Pc &pc) { return pc.replica->state()->nextN; }

    // The first PC of a new hospital. before: what it does while it still works alone.
    std::unique_ptr<Pc> found(const std::function<void(TestClinic &)> &before = {})
    {
        auto pc = std::make_unique<Pc>();
        if (before)
            before(pc->clinic);
        pc->clinic.clock.set(pc->clinic.clock.nowMs() + 60'000); // what it has is older
        pc->replica = std::make_unique<storage::Replica>(*pc->clinic.database, m_clock);
        const auto added = m_service->addHospital(QStringLiteral("Hill"));
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, added->hospital, m_service->publicKey(), {}, added->secret};
        const auto answer = call("POST", "/v1/enrol",
                                 sync::encodeEnrol(code, pc->clinic.database->identity().hospital,
                                                   pc->device(), pc->keys, QStringLiteral("PC"), next(*pc)));
        const auto reply = sync::decodeEnrolReply(answer.body);
        pc->hospital = reply->hospital;
        pc->refresh = reply->refresh;
        if (!pc->clinic.clinic->performNow(services::EnrolDevice{{reply->hospital,
                                                                  pc->device(),
                                                                  sync::deviceCode(reply->number),
                                                                  code.servers,
                                                                  reply->epoch,
                                                                  reply->serverKey,
                                                                  {},
                                                                  {}}}))
            qFatal("not enrolled");
        pc->token = tokenOf(*pc);
        return pc;
    }
    // Another PC of the same hospital, with everything the server has, or those scopes of it.
    std::unique_ptr<Pc> join(Pc &first, const QByteArray &scopes = {}, bool loads = true)
    {
        const QByteArray secret = crypto::randomBytes(20);
        const auto keys = first.clinic.database->identity().sealer.keys();
        const auto &session = first.clinic.clinic->session();
        call("POST", "/v1/codes",
             sync::encodeCode(crypto::hash(sync::enrolmentProof(secret)),
                              sync::wrapKeys(keys, secret, first.hospital), scopes, session.user,
                              session.role),
             first.token);
        auto pc = std::make_unique<Pc>(false);
        pc->replica = std::make_unique<storage::Replica>(*pc->clinic.database, m_clock);
        const Id device = Id::create(m_clock.nowMs());
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, first.hospital, m_service->publicKey(), {}, secret};
        const auto reply = sync::decodeEnrolReply(
            call("POST", "/v1/enrol", sync::encodeEnrol(code, {}, device, pc->keys, QStringLiteral("PC"), 1))
                .body);
        pc->hospital = reply->hospital;
        pc->refresh = reply->refresh;
        pc->clinic.clinic->setSession(services::Clinic::founderSession());
        storage::Enrolment enrolment{reply->hospital,
                                     device,
                                     sync::deviceCode(reply->number),
                                     code.servers,
                                     reply->epoch,
                                     reply->serverKey,
                                     {},
                                     {}};
        enrolment.keys = sync::unwrapKeys(reply->wrapped, secret, reply->hospital);
        if (!pc->clinic.clinic->performNow(services::EnrolDevice{enrolment}))
            qFatal("not joined");
        pc->token = tokenOf(*pc);
        if (!scopes.isEmpty() && !pc->replica->startOver(reply->epoch, scopes))
            qFatal("scopes");
        if (loads)
            load(*pc);
        return pc;
    }
    void load(Pc &pc)
    {
        while (!loadPage(pc).done)
            ;
    }
    sync::BootReply loadPage(Pc &pc)
    {
        const auto state = pc.replica->state();
        auto page = sync::decodeBootReply(
            call("POST", "/v1/boot",
                 "{\"after\":\"" + state->bootAfter + "\",\"scopes\":\"" + state->scopes + "\"}", pc.token)
                .body);
        if (!page || !pc.replica->take(*page))
            qFatal("first load");
        return *page;
    }
    // What the engine does when an administrator has decided otherwise about what the PC keeps.
    void beginAnew(Pc &pc)
    {
        const auto hello = QJsonDocument::fromJson(call("GET", "/v1/hello", {}, pc.token).body).object();
        if (!pc.replica->startOver(pc.replica->state()->epoch, hello.value(u"scopes").toString().toLatin1()))
            qFatal("start over");
        load(pc);
    }
    void pull(Pc &pc)
    {
        for (bool more = true; more;) {
            const auto state = pc.replica->state();
            const auto reply =
                sync::decodePullReply(call("POST", "/v1/pull", pullFrom(*state, state->seq), pc.token).body);
            if (!reply || !pc.replica->take(*reply))
                qFatal("pull");
            more = reply->more;
        }
    }
    // about: what the PC says of itself, ",\"key\":value" ...
    QByteArray tokenOf(Pc &pc, const QByteArray &about = {})
    {
        const QByteArray signature = crypto::sign("clinicdesk token " + pc.refresh, pc.keys.signSecret);
        const auto answer =
            call("POST", "/v1/token",
                 "{\"hospital\":" + quoted(pc.hospital) + ",\"device\":" + quoted(pc.device()) +
                     ",\"refresh\":\"" + pc.refresh.toBase64() + "\",\"signature\":\"" +
                     signature.toBase64() + '"' + about + '}');
        const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
        pc.refresh = QByteArray::fromBase64(object.value(u"refresh").toString().toLatin1());
        return object.value(u"access").toString().toLatin1();
    }
    // Sends everything that waits; the answers.
    QList<sync::GroupResult> push(Pc &pc)
    {
        QList<sync::GroupResult> results;
        for (;;) {
            const auto batch = pc.replica->nextBatch(500, 1 << 20);
            if (batch->isEmpty())
                return results;
            const auto answer = call("POST", batch->first().recovered ? "/v1/recover" : "/v1/push",
                                     sync::encodePush(*batch), pc.token);
            const auto reply = sync::decodePushReply(answer.body);
            if (!reply || !pc.replica->take(*reply))
                return results;
            results += reply->results;
        }
    }
    static QByteArray pullFrom(const storage::ReplicaState &state, qint64 seq)
    {
        return "{\"epoch\":\"" + state.epoch + "\",\"seq\":" + QByteArray::number(seq) + '}';
    }
    void openStore()
    {
        QFile file(QStringLiteral(CLINIC_SOURCE_DIR "/docs/api/openapi.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("openapi.json");
        m_api = QJsonDocument::fromJson(file.readAll()).object();
        // The same on both databases.
        if (qEnvironmentVariable("CLINICDESK_TEST_STORE") == u"postgres") {
            m_cluster = std::make_unique<PrivateCluster>();
            if (!m_cluster->problem().isEmpty())
                qFatal("%s", qPrintable(m_cluster->problem()));
            auto opened = server::PostgresStore::open(m_cluster->connection(), 4);
            if (!opened)
                qFatal("no store");
            m_store = std::move(*opened);
        } else {
            auto opened = server::SqliteStore::open(m_dir.filePath(QStringLiteral("server.db")));
            if (!opened)
                qFatal("no store");
            m_store = std::move(*opened);
        }
        m_stumbling = std::make_unique<StumblingStore>(*m_store);
        m_service = std::make_unique<server::Service>(*m_stumbling, m_clock, m_serverKey);
    }
    // Described answers of those paths that were not seen.
    QStringList unseen(const std::function<bool(const QString &path)> &mine)
    {
        const QJsonObject paths = m_api.value(u"paths").toObject();
        QStringList unseen;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            if (!mine(path.key()))
                continue;
            const QJsonObject methods = path->toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method) {
                const QStringList statuses = method->toObject().value(u"responses").toObject().keys();
                for (const QString &status : statuses) {
                    const QString what = method.key().toUpper() + u' ' + path.key() + u' ' + status;
                    if (!m_seen.contains(what))
                        unseen << what;
                }
            }
        }
        return unseen;
    }
    // Which of the programs asks about it.
    static bool isAboutCodes(const QString &path) { return path.startsWith(u"/v1/one-time"); }
    static bool isAboutKeys(const QString &path)
    {
        return path == u"/v1/keys" || path == u"/v1/rotate" || path == u"/v1/reseal";
    }
};

} // namespace clinic::test
