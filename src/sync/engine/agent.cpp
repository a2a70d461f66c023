// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/agent.h"

#include "core/crypto.h"
#include "core/log.h"
#include "secrets/recoverykey.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/json.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSysInfo>

namespace clinic::sync {
namespace agentdetail {

// What lies in secrets: this device, and the one it is about to become, until the server has answered.
struct StoredKeys
{
    Id device{};
    DeviceKeys keys{};
    QByteArray refresh{};
    Id nextDevice{};
    DeviceKeys nextKeys{};
    QByteArray nextRefresh{}; // once the server has accepted it
};

QJsonObject keysObject(const Id &device, const DeviceKeys &keys)
{
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    return {{QStringLiteral("device"), device.toString()},
            {QStringLiteral("signPublic"), text(keys.signPublic)},
            {QStringLiteral("signSecret"), text(keys.signSecret)},
            {QStringLiteral("boxPublic"), text(keys.boxPublic)},
            {QStringLiteral("boxSecret"), text(keys.boxSecret)}};
}

QByteArray encodeKeys(const StoredKeys &stored)
{
    QJsonObject object = keysObject(stored.device, stored.keys);
    object.insert(QStringLiteral("refresh"), QString::fromLatin1(stored.refresh.toBase64()));
    if (!stored.nextDevice.isNull()) {
        QJsonObject next = keysObject(stored.nextDevice, stored.nextKeys);
        next.insert(QStringLiteral("refresh"), QString::fromLatin1(stored.nextRefresh.toBase64()));
        object.insert(QStringLiteral("next"), next);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

StoredKeys decodeKeys(const QByteArray &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const auto bytes = [](const QJsonObject &from, const char *key) {
        return QByteArray::fromBase64(from.value(QLatin1StringView(key)).toString().toLatin1());
    };
    const auto keys = [&](const QJsonObject &from) {
        return DeviceKeys{bytes(from, "signPublic"), bytes(from, "signSecret"), bytes(from, "boxPublic"),
                          bytes(from, "boxSecret")};
    };
    const auto device = [](const QJsonObject &from) {
        return Id::fromString(from.value(QLatin1StringView("device")).toString());
    };
    const QJsonObject next = object.value(QLatin1StringView("next")).toObject();
    return {device(object), keys(object), bytes(object, "refresh"),
            device(next),   keys(next),   bytes(next, "refresh")};
}

// Once the file is the next device, so are its keys.
StoredKeys promoted(const StoredKeys &stored, const Id &device)
{
    if (stored.nextDevice != device || stored.nextRefresh.isEmpty())
        return stored;
    return {stored.nextDevice, stored.nextKeys, stored.nextRefresh, {}, {}, {}};
}

constexpr int probeMs = 5'000;
constexpr qsizetype mostExchanges = 100;

} // namespace agentdetail

using namespace agentdetail;

Agent::Agent(storage::Database &database, const Clock &clock, secrets::SecretStore &secrets, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_clock(clock),
      m_secrets(secrets),
      m_documents(database, clock, this)
{
    qRegisterMetaType<SyncStatus>();
    m_about.system = QSysInfo::prettyProductName();
    m_about.version = QStringLiteral(CLINIC_VERSION);
    m_timer.setSingleShot(true);
    for (auto *client : {&m_client, &m_aside, &m_documents.client()}) {
        connect(client, &Client::exchanged, this, [this](const Client::Exchange &exchange) {
            m_exchanges.prepend(exchange);
            if (m_exchanges.size() > mostExchanges)
                m_exchanges.removeLast();
        });
    }
    connect(&m_timer, &QTimer::timeout, this, [this] { feed(Engine::Timer{}); });
    connect(&m_documents, &DocumentLane::settled, this, [this] {
        fromWriter([](storage::Replica &replica) -> Engine::Event {
            const auto state = replica.state();
            return state ? Engine::Event(Engine::StateNow{*state}) : Engine::StateRead{state};
        });
    });
    connect(
        &database, &storage::Database::groupWritten, this, [this] { feed(Engine::LocalCommit{}); },
        Qt::QueuedConnection);
}

Agent::~Agent()
{
    // Work on the writer's thread knows this object.
    m_database.writer().runAndWait([] { return true; });
}

QString Agent::secretName() const
{
    return QStringLiteral("device");
}

void Agent::tell(const SyncStatus &status)
{
    // The answer has just come: the two clocks belong to one moment.
    if (status.lastContact != m_status.lastContact && status.lastContact > 0)
        m_clockOffMs = m_clock.nowMs() - status.lastContact;
    m_status = status;
    m_status.clockOffMs = m_clockOffMs;
    using enum SyncStatus::Phase;
    if (m_status.phase == UpToDate)
        fetchDocuments();
    else if (m_status.phase == WorkingOffline || m_status.phase == Refused || m_status.phase == NotEnrolled)
        m_documents.stop();
    Q_EMIT statusChanged(m_status);
}

void Agent::fetchDocuments()
{
    if (m_status.phase == SyncStatus::Phase::UpToDate)
        m_documents.run(m_server, m_access);
}

void Agent::start()
{
    m_database.writer().post([this] {
        storage::Replica replica(m_database, m_clock);
        auto state = replica.state();
        QMetaObject::invokeMethod(this, [this, state] {
            if (state && state->enrolled)
                begin(*state);
            else
                tell({});
        });
    });
}

void Agent::setServer(const storage::ReplicaState &state)
{
    m_server = {state.servers, state.certificate, state.authority};
    m_client.setServer(m_server);
    m_aside.setServer(m_server);
}

void Agent::setUser(const Id &user)
{
    const bool isNew = m_about.user != user && !user.isNull();
    m_about.user = user;
    if (!m_engine)
        return;
    m_engine->setAbout(m_about);
    if (isNew) // now, and not when somebody waits for an answer
        syncNow();
}

void Agent::reconnect()
{
    m_database.writer().post([this] {
        storage::Replica replica(m_database, m_clock);
        const auto state = replica.state();
        QMetaObject::invokeMethod(this, [this, state] {
            if (!state || !state->enrolled)
                return;
            setServer(*state);
            syncNow();
        });
    });
}

void Agent::probe(const domain::ServerAccess &access, std::function<void(const QStringList &)> then)
{
    struct Probing
    {
        QStringList left;
        QStringList faults;
    };
    auto *client = new Client(this);
    const auto probing = std::make_shared<Probing>(Probing{access.addresses, {}});
    connect(client, &Client::exchanged, this, [probing](const Client::Exchange &exchange) {
        probing->faults << (exchange.status == 200 ? QString()
                            : exchange.status      ? QString::number(exchange.status)
                                                   : exchange.fault);
    });
    const auto next = std::make_shared<std::function<void()>>();
    *next = [client, probing, access, next = std::weak_ptr(next), then = std::move(then)] {
        if (probing->left.isEmpty()) {
            client->deleteLater();
            return then(probing->faults);
        }
        client->setServer({{probing->left.takeFirst()}, access.certificate, access.authority});
        client->send({"GET", "/healthz", {}, {}, probeMs}, [again = next.lock()](const Engine::Reply &) {
            if (again)
                (*again)();
        });
    };
    (*next)();
}

void Agent::begin(const storage::ReplicaState &state)
{
    setServer(state);
    m_secrets.read(secretName(), this, [this, state](const secrets::Secret &secret) {
        StoredKeys stored = decodeKeys(secret.value);
        if (state.successorOf.isNull())
            stored = promoted(stored, state.device);
        // A restored file is spoken for by the device this PC was last.
        if (secret.found != secrets::Found::Yes || stored.device.isNull()) {
            SyncStatus status;
            status.replica = state;
            status.phase = SyncStatus::Phase::Refused;
            status.problem = secret.found == secrets::Found::Locked ? "keychain-locked" : "no-keys";
            return tell(status);
        }
        m_keys = encodeKeys(stored);
        m_engine =
            std::make_unique<Engine>(Engine::Credentials{m_database.identity().hospital,
                                                         stored.device,
                                                         stored.refresh,
                                                         stored.keys.signSecret,
                                                         {stored.keys.boxPublic, stored.keys.boxSecret}},
                                     [] { return QRandomGenerator::global()->generateDouble(); });
        m_engine->setAbout(m_about);
        feed(Engine::Start{});
        if (m_offline)
            feed(Engine::Wish{Engine::Wish::WorkOffline});
    });
}

void Agent::workOffline(bool offline)
{
    m_offline = offline;
    feed(Engine::Wish{offline ? Engine::Wish::WorkOffline : Engine::Wish::WorkOnline});
}

void Agent::feed(const Engine::Event &event)
{
    if (!m_engine)
        return;
    m_events << event;
    if (m_feeding)
        return;
    m_feeding = true;
    while (!m_events.isEmpty()) {
        const auto actions = m_engine->handle(m_events.takeFirst());
        for (const auto &action : actions)
            perform(action);
    }
    m_feeding = false;
}

void Agent::fromWriter(std::function<Engine::Event(storage::Replica &)> work)
{
    m_database.writer().post([this, work = std::move(work)] {
        storage::Replica replica(m_database, m_clock);
        auto event = std::make_shared<Engine::Event>(work(replica));
        QMetaObject::invokeMethod(
            this, [this, event] { feed(*event); }, Qt::QueuedConnection);
    });
}

void Agent::perform(const Engine::Action &action)
{
    if (Engine::isAboutTheFile(action))
        return fromWriter([action](storage::Replica &replica) { return *Engine::carryOut(action, replica); });
    if (const auto *send = std::get_if<Engine::Send>(&action)) {
        if (!send->token.isEmpty())
            m_access = send->token;
        m_client.send(*send, [this](const Engine::Reply &reply) {
            if (reply.status == 0)
                feed(Engine::NoAnswer{});
            else
                feed(reply);
        });
    } else if (const auto *save = std::get_if<Engine::SaveRefresh>(&action)) {
        StoredKeys stored = decodeKeys(m_keys);
        stored.refresh = save->refresh;
        m_keys = encodeKeys(stored);
        m_database.writer().post([this] { storage::noteContact(m_database, m_clock.nowMs()); });
        m_secrets.write(secretName(), m_keys, this,
                        [this](bool saved) { feed(Engine::RefreshSaved{saved}); });
    } else if (const auto *make = std::get_if<Engine::MakeSuccessorKeys>(&action)) {
        perform(*make);
    } else if (const auto *saveAll = std::get_if<Engine::SaveSuccessor>(&action)) {
        perform(*saveAll);
    } else if (const auto *obeying = std::get_if<Engine::Obey>(&action)) {
        perform(*obeying);
    } else if (const auto *schedule = std::get_if<Engine::Schedule>(&action)) {
        m_timer.start(std::chrono::milliseconds(schedule->ms));
    } else if (const auto *status = std::get_if<Engine::Tell>(&action)) {
        tell(status->status);
    } else {
        m_client.abort();
    }
}

// Noted first: whatever ends the program from here on, the next start goes on with it.
void Agent::perform(const Engine::Obey &action)
{
    m_database.writer().post([this, token = action.token] {
        storage::Replica replica(m_database, m_clock);
        if (const auto noted = replica.noteRemoval(); !noted)
            logged(noted.error(), logStorage());
        QMetaObject::invokeMethod(
            this,
            [this, token] {
                m_secrets.remove(secretName(), this, [this, token](bool) {
                    m_keys.clear();
                    m_aside.setServer(m_server);
                    m_aside.send({"POST", "/v1/wipe-ack", "{}", token, answerMs},
                                 [this](const Engine::Reply &) { Q_EMIT removalOrdered(); });
                });
            },
            Qt::QueuedConnection);
    });
}

// Kept before they are told to anybody, so that a lost answer can be asked for again.
void Agent::perform(const Engine::MakeSuccessorKeys &)
{
    StoredKeys stored = decodeKeys(m_keys);
    if (stored.nextDevice != m_database.identity().device || stored.nextKeys.signSecret.isEmpty()) {
        stored.nextDevice = m_database.identity().device;
        stored.nextKeys = DeviceKeys::create();
    }
    m_keys = encodeKeys(stored);
    m_secrets.write(secretName(), m_keys, this, [this, keys = stored.nextKeys](bool saved) {
        feed(Engine::SuccessorKeys{saved ? std::optional(keys) : std::nullopt});
    });
}

void Agent::perform(const Engine::SaveSuccessor &action)
{
    StoredKeys stored = decodeKeys(m_keys);
    stored.nextRefresh = action.who.refresh;
    m_secrets.write(
        secretName(), encodeKeys(stored), this, [this, stored, number = action.number](bool saved) {
            if (!saved)
                return feed(Engine::StateRead{fail(ErrorCode::SecretsUnavailable)});
            m_keys =
                encodeKeys(promoted(stored, stored.nextDevice)); // written with the token that comes next
            fromWriter([number](storage::Replica &replica) -> Engine::Event {
                if (auto done = replica.succeeded(number); !done)
                    return Engine::StateRead{fail(done)};
                return Engine::StateRead{replica.state()};
            });
        });
}

void Agent::enrol(const QString &text, const QString &deviceName, const QString &recoveryKey,
                  std::function<void(const Result<storage::Enrolment> &)> then)
{
    const auto code = EnrolmentCode::fromText(text);
    if (!code)
        return then(fail(code));
    m_secrets.read(
        secretName(), this,
        [this, code = *code, deviceName, recoveryKey, then = std::move(then)](const secrets::Secret &secret) {
            if (secret.found == secrets::Found::Locked || secret.found == secrets::Found::Failed)
                return then(fail(ErrorCode::SecretsUnavailable));
            const auto &identity = m_database.identity();
            StoredKeys stored = promoted(decodeKeys(secret.value), identity.device);
            const bool known = secret.found == secrets::Found::Yes;
            if (identity.isEnrolled) {
                // A PC that is not accepted any more comes back as another device.
                if (!known || stored.nextKeys.signSecret.isEmpty() || stored.nextDevice == identity.device) {
                    stored.nextDevice = Id::create(m_clock.nowMs());
                    stored.nextKeys = DeviceKeys::create();
                }
            } else {
                const bool again = known && !stored.keys.signSecret.isEmpty() &&
                                   (identity.device.isNull() || stored.device == identity.device);
                stored.nextDevice = again                ? stored.device
                                    : identity.isSetUp() ? identity.device
                                                         : Id::create(m_clock.nowMs());
                stored.nextKeys = again ? stored.keys : DeviceKeys::create();
                stored.device = stored.nextDevice;
                stored.keys = stored.nextKeys;
            }
            stored.refresh = identity.isEnrolled ? stored.refresh : QByteArray();
            stored.nextRefresh.clear();
            m_secrets.write(
                secretName(), encodeKeys(stored), this,
                [this, code, deviceName, recoveryKey, stored, then](bool saved) {
                    if (!saved)
                        return then(fail(ErrorCode::SecretsUnavailable));
                    m_aside.setServer({code.servers, code.certificate, {}});
                    m_database.writer().post([this, code, deviceName, recoveryKey, stored, then] {
                        auto q = m_database.writerConnection().query(
                            "SELECT value FROM counter WHERE name='outbox'");
                        const qint64 next = (q.next() ? q.integer(0) : 0) + 1;
                        const QByteArray body =
                            encodeEnrol(code, m_database.identity().hospital, stored.nextDevice,
                                        stored.nextKeys, deviceName, next);
                        QMetaObject::invokeMethod(this, [this, code, recoveryKey, stored, body, then] {
                            m_aside.send(
                                {"POST", "/v1/enrol", body, {}, answerMs},
                                [this, code, recoveryKey, stored, then](const Engine::Reply &answer) {
                                    const auto reply = decodeEnrolReply(answer.body);
                                    const bool isServers =
                                        answer.status == 200 ? reply.has_value()
                                                             : !decodeErrorReply(answer.body).code.isEmpty();
                                    if (!isServers || answer.status >= 500 || answer.status == 429)
                                        return then(fail(ErrorCode::NoServer));
                                    if (answer.status == 409)
                                        return then(fail(ErrorCode::OtherHospital));
                                    if (answer.status != 200 || reply->serverKey != code.serverKey)
                                        return then(fail(ErrorCode::CodeRefused));
                                    storage::Enrolment enrolment{reply->hospital,
                                                                 stored.nextDevice,
                                                                 deviceCode(reply->number),
                                                                 code.servers,
                                                                 reply->epoch,
                                                                 reply->serverKey,
                                                                 code.certificate,
                                                                 {}};
                                    if (!reply->wrapped.isEmpty()) {
                                        enrolment.keys =
                                            unwrapKeys(reply->wrapped, code.secret, reply->hospital);
                                        if (!enrolment.keys)
                                            return then(fail(ErrorCode::CodeRefused));
                                    }
                                    if (!reply->paper.isEmpty()) {
                                        const auto paper = secrets::recovery::pairOf(recoveryKey);
                                        if (!paper)
                                            return then(fail(recoveryKey.trimmed().isEmpty()
                                                                 ? ErrorCode::NeedsRecoveryKey
                                                                 : ErrorCode::WrongKey,
                                                             QStringLiteral("recovery")));
                                        enrolment.keys = openWithPaper(reply->paper, reply->hospital, *paper);
                                        if (!enrolment.keys)
                                            return then(
                                                fail(ErrorCode::WrongKey, QStringLiteral("recovery")));
                                    }
                                    StoredKeys kept = stored;
                                    kept.nextRefresh = reply->refresh;
                                    m_secrets.write(secretName(), encodeKeys(kept), this,
                                                    [this, enrolment, then](bool written) {
                                                        if (!written)
                                                            return then(fail(ErrorCode::SecretsUnavailable));
                                                        // Whoever this PC was speaks no more; start()
                                                        // follows.
                                                        m_client.abort();
                                                        m_engine.reset();
                                                        then(enrolment);
                                                    });
                                });
                        });
                    });
                });
        });
}

QByteArray Agent::ownBoxKey() const
{
    return decodeKeys(m_keys).keys.boxPublic;
}

void Agent::withKeys(std::function<void(const Result<ParcelKeys> &)> then)
{
    m_secrets.read(secretName(), this, [this, then = std::move(then)](const secrets::Secret &secret) {
        if (secret.found != secrets::Found::Yes)
            return then(fail(ErrorCode::SecretsUnavailable));
        const StoredKeys stored = promoted(decodeKeys(secret.value), m_database.identity().device);
        then(ParcelKeys{stored.device, stored.keys});
    });
}

} // namespace clinic::sync
