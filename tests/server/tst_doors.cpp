// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/totp.h"
#include "domain/setup/settings.h"
#include "server/servicefixture.h"
#include "services/admin/proof.h"
#include "services/admin/secondfactor.h"
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "support/generatedroles.h"
#include "sync/wire/audit.h"
#include "sync/wire/documents.h"
#include "sync/wire/leases.h"
#include "sync/wire/onetime.h"
#include "sync/wire/token.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;
using domain::IntentionId;

namespace {

// What would have been sent.
class Outbox final : public server::Messenger
{
public:
    [[nodiscard]] QList<QByteArray> channels() const override { return m_channels; }
    [[nodiscard]] Result<void> send(const server::Message &message) override
    {
        if (isBroken)
            return fail(ErrorCode::NoServer);
        sent << message;
        return {};
    }
    QList<server::Message> sent;
    bool isBroken = false;
    QList<QByteArray> m_channels{"email"};
};

} // namespace

// Every door of the server, by who knocks: with which token, from which PC, of which hospital, in which role.
class TstDoors : public ServiceFixture
{
    Q_OBJECT

    // What an honest PC would send there in that role, so that nothing but who asks decides. Empty where the
    // message itself proves who sends it.
    QByteArray fitting(Pc &pc, const QByteArray &path, const Id &actor, const Id &role, const Id &patient)
    {
        const auto state = *pc.replica->state();
        if (path == "/v1/pull")
            return pullFrom(state, 0);
        if (path == "/v1/boot")
            return "{\"after\":\"\"}";
        if (path == "/v1/repair")
            return "{\"rows\":[]}";
        if (path == "/v1/digest")
            return "{\"parts\":[]}";
        if (path == "/v1/chart")
            return sync::encodeChart(patient, actor, role, {});
        if (path == "/v1/lease")
            return sync::encodeLeases(actor, role, {});
        if (path == "/v1/audit-of")
            return sync::encode(sync::AuditQuestion{actor, role, patient});
        if (path.startsWith("/v1/blobs"))
            return sync::encodePutPiece(patient, 0, "x");
        if (path == "/v1/devices")
            return sync::encodeDevices(actor, role);
        if (path == "/v1/codes")
            return sync::encodeCode(crypto::randomBytes(32), "sealed", {}, actor, role);
        if (path == "/v1/one-time")
            return sync::encode(
                sync::CodeWish{actor, role, Id::create(1), "email", QStringLiteral("a@hill.example")});
        if (path == "/v1/one-time/check")
            return sync::encode(sync::CodeTry{actor, role, Id::create(1), QStringLiteral("123456")});
        if (path == "/v1/keys")
            return *pc.replica->keysRequest(pc.keys.boxPublic, {}, {});
        if (path == "/v1/reseal")
            return sync::encode(sync::Resealing{});
        if (path == "/v1/rotate") {
            const auto listed = sync::decodeDevicesReply(
                call("POST", "/v1/devices", sync::encodeDevices(m_administrator, m_administratorRole),
                     m_first->token)
                    .body);
            auto rotation = sync::newRotation(pc.clinic.database->identity().sealer.keys(), pc.hospital,
                                              pc.device(), pc.keys.boxPublic, *listed, 5, nullptr);
            rotation.actor = actor;
            rotation.role = role;
            return sync::encode(rotation);
        }
        if (path == "/v1/push" || path == "/v1/recover" || path == "/v1/audit")
            return path == "/v1/audit" ? m_events : m_groups;
        return path == "/v1/wipe-ack" ? QByteArray("{}") : QByteArray(); // the others are asked with GET
    }

    std::unique_ptr<Pc> m_first;
    Id m_administrator{};
    Id m_administratorRole{};
    QByteArray m_events; // what was sent there before: known, so that it may come again
    QByteArray m_groups;

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void initTestCase() { openStore(); }
    void cleanupTestCase()
    {
        m_first.reset();
        m_service.reset();
        m_store.reset();
        m_cluster.reset();
    }

    // Which tokens and which PCs come through which door.
    void everyEndpointByWhoAsks()
    {
        Outbox outbox;
        m_service->setMessenger(&outbox);
        m_first = found();
        const auto patient = m_first->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*m_first);
        m_first->clinic.patient(QStringLiteral("Sent"), QStringLiteral("Twice"));
        m_groups = sync::encodePush(*m_first->replica->nextBatch(500, 1 << 20));
        m_events = *m_first->replica->auditRequest();
        push(*m_first);
        QCOMPARE(call("POST", "/v1/audit", m_events, m_first->token).status, 200);
        m_administrator = m_first->clinic.clinic->session().user;
        m_administratorRole = m_first->clinic.clinic->session().role;
        const auto second = join(*m_first);
        const auto stranger = found(); // of another hospital

        const auto elsewhere = crypto::newSigningKey();
        const qint64 now = m_clock.nowMs();
        const QList<QPair<const char *, QByteArray>> worthless{
            {"none", {}},
            {"nonsense", "x.y.z"},
            {"another server's", sync::encodeToken({m_first->hospital, m_first->device(), now, now + 900'000},
                                                   elsewhere.secretKey)},
            {"no algorithm", "eyJhbGciOiJub25lIn0.e30."},
            {"cut short", second->token.chopped(2)}};

        // Doors without a token prove who sends in the message itself, below.
        const QSet<QByteArray> ownProof{"/v1/enrol", "/v1/token", "/v1/succeed", "/v1/parcel"};
        // A PC that was revoked may still say hello, hand in what it wrote (which is set aside), hand in what
        // happened, and report that it removed everything (only where it was told to).
        const QSet<QByteArray> forRevoked{"/v1/hello", "/v1/push", "/v1/recover", "/v1/audit"};
        int doors = 0;
        const auto served = server::Service::served();
        for (const QByteArray &route : served) {
            const QByteArray method = route.left(route.indexOf(' '));
            const QByteArray path = route.mid(method.size() + 1);
            if (path == "/healthz" || ownProof.contains(path))
                continue;
            ++doors;
            const QByteArray query = path == "/v1/live" ? "since=0" : "";
            const auto knock = [&](Pc &pc, const QByteArray &token) {
                return call(method.constData(), path,
                            fitting(pc, path, m_administrator, m_administratorRole, patient.id), token, query)
                    .status;
            };
            for (const auto &[name, token] : worthless)
                QVERIFY2(knock(*second, token) == 401, qPrintable(QString::fromLatin1(route + ": " + name)));
            // Nobody has ordered this PC to remove anything; a piece belongs to no document.
            const int honest = path == "/v1/wipe-ack" ? 403 : path == "/v1/rotate" ? 200 : 0;
            if (path != "/v1/rotate") { // would change the key that the rest is done with
                const int status = knock(*second, second->token);
                QVERIFY2(honest ? status == honest : (status == 200 || status == 404 || status == 400),
                         qPrintable(
                             QString::fromLatin1(route + " an accepted PC: " + QByteArray::number(status))));
                QVERIFY2(path.startsWith("/v1/blobs") || honest || status == 200,
                         qPrintable(QString::fromLatin1(route + ": " + QByteArray::number(status))));
            }
            for (const char *state : {"revoked", "retired", "lost"}) {
                QVERIFY(m_service->setDeviceState(second->hospital, second->device(), state).has_value());
                const int status = knock(*second, second->token);
                const bool mayEnter =
                    forRevoked.contains(path) || (path == "/v1/wipe-ack" && state == QByteArray("lost"));
                QVERIFY2(
                    status == (mayEnter ? 200 : 403),
                    qPrintable(QString::fromLatin1(route + ' ' + state + ": " + QByteArray::number(status))));
                QVERIFY(m_service->setDeviceState(second->hospital, second->device(), "active").has_value());
            }
            // Another hospital's PC with this hospital's ids: it is in its own hospital, where nobody of
            // that id works and nothing of that id is.
            const auto foreign =
                call(method.constData(), path,
                     fitting(*m_first, path, m_administrator, m_administratorRole, patient.id),
                     stranger->token, query);
            QVERIFY2(!foreign.body.contains(patient.id.toString().toLatin1()), route.constData());
            QVERIFY2(!foreign.body.contains(m_first->device().toString().toLatin1()), route.constData());
        }
        QCOMPARE(doors, served.size() - 1 - ownProof.size());
        m_service->setMessenger(nullptr);
        // A token runs out.
        m_clock.set(m_clock.nowMs() + 16 * 60'000);
        QCOMPARE(call("GET", "/v1/hello", {}, second->token).status, 401);
        second->token = tokenOf(*second);
        QCOMPARE(call("GET", "/v1/hello", {}, second->token).status, 200);
        m_first->token = tokenOf(*m_first);
        // Another's refresh token without that PC's key; one's own with another hospital's name.
        const auto refresh = [&](const Id &hospital, const Id &device, const QByteArray &token,
                                 const QByteArray &key) {
            return call("POST", "/v1/token",
                        "{\"hospital\":" + quoted(hospital) + ",\"device\":" + quoted(device) +
                            ",\"refresh\":\"" + token.toBase64() + "\",\"signature\":\"" +
                            crypto::sign("clinicdesk token " + token, key).toBase64() + "\"}")
                .status;
        };
        QCOMPARE(refresh(second->hospital, second->device(), second->refresh, stranger->keys.signSecret),
                 401);
        QCOMPARE(refresh(stranger->hospital, second->device(), second->refresh, second->keys.signSecret),
                 401);
        QCOMPARE(refresh(stranger->hospital, stranger->device(), second->refresh, stranger->keys.signSecret),
                 401);
    }

    // Whoever runs the server names hospital and PC: one's PC is never found under the other's name, and what
    // was done is kept.
    void theServersOwnAdministratorNamesBoth()
    {
        m_service->setOperator("root");
        const auto one = found();
        const auto other = found();
        for (const char *state : {"revoked", "retired", "lost"})
            QVERIFY(!m_service->setDeviceState(one->hospital, other->device(), state));
        QVERIFY(!m_service->setDeviceState(one->hospital, one->device(), "anything"));
        QVERIFY(!m_service->setDeviceState(Id::create(1), one->device(), "revoked"));
        for (Pc *pc : {one.get(), other.get()}) {
            const auto devices = m_service->devices(pc->hospital);
            QVERIFY(devices && devices->size() == 1);
            QCOMPARE(devices->first().id, pc->device());
            QCOMPARE(devices->first().state, QByteArray("active"));
            QCOMPARE(call("GET", "/v1/hello", {}, pc->token).status, 200);
        }
        for (const char *state : {"lost", "active"})
            QVERIFY(m_service->setDeviceState(one->hospital, one->device(), state).has_value());
        m_service->setOperator({});
        QStringList done;
        for (const auto &operation : must(m_service->operations(one->hospital))) {
            QCOMPARE(operation.who, QByteArray("root"));
            QCOMPARE(operation.version, QByteArray(CLINIC_VERSION));
            done << QString::fromLatin1(operation.what + ' ' + operation.about);
        }
        const QString id = one->device().toString();
        QCOMPARE(done,
                 (QStringList{QStringLiteral("device lost ") + id, QStringLiteral("device active ") + id}));
        QVERIFY(must(m_service->operations(other->hospital)).isEmpty()); // refused, so nothing was done
    }

    // A code by e-mail: sent to where the PC says, good once, for ten minutes, for that person, session and
    // PC.
    void codesForOneUse()
    {
        Outbox outbox;
        m_service->setMessenger(&outbox);
        const auto pc = found();
        push(*pc);
        const auto other = join(*pc);
        const auto hello = QJsonDocument::fromJson(call("GET", "/v1/hello", {}, pc->token).body).object();
        QCOMPARE(hello.value(u"codes").toString(), QStringLiteral("email"));
        const auto &session = pc->clinic.clinic->session();
        const Id sitting = Id::create(m_clock.nowMs());
        const auto wish = [&](const char *channel, const char *to) {
            return call("POST", "/v1/one-time",
                        sync::encode(sync::CodeWish{session.user, session.role, sitting, channel,
                                                    QString::fromLatin1(to)}),
                        pc->token);
        };
        const auto attempt = [&](const QString &code, Pc &from, const Id &in) {
            const auto answer =
                call("POST", "/v1/one-time/check",
                     sync::encode(sync::CodeTry{session.user, session.role, in, code}), from.token);
            return sync::decodeCodeVerdict(answer.body).value_or(sync::CodeVerdict{});
        };
        const auto later = [&](qint64 ms) {
            m_clock.set(m_clock.nowMs() + ms);
            pc->token = tokenOf(*pc);
            other->token = tokenOf(*other);
        };
        QCOMPARE(wish("sms", "0825550101").status, 409); // no gateway for it
        QCOMPARE(wish("pigeon", "a@hill.example").status, 400);
        // One address, and nothing that ends a line.
        for (const char *bad :
             {"", "nobody", "a@b@c", "a@hill.example, b@hill.example",
              "a@hill.example\r\nBcc: b@hill.example", "<a@hill.example>", "a b@hill.example"})
            QCOMPARE(wish("email", bad).status, 400);
        QVERIFY(outbox.sent.isEmpty());

        QCOMPARE(wish("email", "o'brien+a@hill.example").status, 200);
        QCOMPARE(outbox.sent.size(), 1);
        QCOMPARE(outbox.sent.last().to, QStringLiteral("o'brien+a@hill.example"));
        QString code = outbox.sent.last().code;
        QCOMPARE(code.size(), 6);
        QCOMPARE(wish("email", "a@hill.example").status, 429); // one a minute
        QVERIFY(
            !attempt(code == u"000000" ? QStringLiteral("000001") : QStringLiteral("000000"), *pc, sitting)
                 .isRight);
        QVERIFY(!attempt(code, *other, sitting).isRight);    // typed at another PC
        QVERIFY(!attempt(code, *pc, Id::create(1)).isRight); // in another session
        const auto verdict = attempt(code + u' ', *pc, sitting);
        QVERIFY(verdict.isRight);
        QVERIFY(
            crypto::verify(sync::codeProof(pc->hospital, pc->device(), session.user, sitting, verdict.now),
                           verdict.signature, m_service->publicKey()));
        QVERIFY(!attempt(code, *pc, sitting).isRight); // once

        // Guessing: five tries, then the right one is too late.
        later(60'000);
        QCOMPARE(wish("email", "a@hill.example").status, 200);
        code = outbox.sent.last().code;
        for (int i = 0; i < 5; ++i)
            QVERIFY(!attempt(QStringLiteral("12345"), *pc, sitting).isRight);
        QVERIFY(!attempt(code, *pc, sitting).isRight);
        // Ten minutes.
        later(60'000);
        QCOMPARE(wish("email", "a@hill.example").status, 200);
        later(10 * 60'000);
        QVERIFY(!attempt(outbox.sent.last().code, *pc, sitting).isRight);
        // A newer one ends the one before.
        QCOMPARE(wish("email", "a@hill.example").status, 200);
        code = outbox.sent.last().code;
        later(60'000);
        QCOMPARE(wish("email", "a@hill.example").status, 200);
        if (outbox.sent.last().code != code)
            QVERIFY(!attempt(code, *pc, sitting).isRight);
        QVERIFY(attempt(outbox.sent.last().code, *pc, sitting).isRight);
        // Neither code nor address stays anywhere.
        const auto kept = m_store->transact(pc->hospital, [&](server::SqlSession &s) -> Result<void> {
            const auto rows =
                s.run("SELECT * FROM one_time_code WHERE hospital_id=$1", {server::idValue(pc->hospital)});
            if (!rows || rows->isEmpty())
                return fail(ErrorCode::Internal);
            for (const auto &row : *rows) {
                for (int i = 0; i < row.size(); ++i) {
                    if (server::bytesAt(row, i).contains(outbox.sent.last().code.toLatin1()) ||
                        server::bytesAt(row, i).contains("hill.example"))
                        return fail(ErrorCode::Internal);
                }
            }
            return {};
        });
        QVERIFY(kept.has_value());
        // Ten a day.
        int sent = 5;
        for (int i = 0; i < 12; ++i) {
            later(60'000);
            sent += wish("email", "a@hill.example").status == 200;
        }
        QCOMPARE(sent, 10);
        later(86'400'000);
        // A gateway that does not answer is said, not hidden.
        outbox.isBroken = true;
        QCOMPARE(wish("email", "a@hill.example").status, 503);
        outbox.isBroken = false;
        // Nobody asks in a role that is not his, or without one.
        QCOMPARE(call("POST", "/v1/one-time",
                      sync::encode(sync::CodeWish{Id::create(3), session.role, sitting, "email",
                                                  QStringLiteral("a@hill.example")}),
                      pc->token)
                     .status,
                 403);
        QCOMPARE(call("POST", "/v1/one-time/check",
                      sync::encode(sync::CodeTry{Id::create(3), session.role, sitting, code}), pc->token)
                     .status,
                 403);
        for (const char *path : {"/v1/one-time", "/v1/one-time/check"}) {
            QCOMPARE(call("POST", path, "{}", pc->token).status, 400);
            QCOMPARE(call("POST", path, "{}").status, 401);
            m_stumbling->isDown = true;
            QCOMPARE(call("POST", path,
                          path == QByteArray("/v1/one-time")
                              ? sync::encode(sync::CodeWish{session.user, session.role, sitting, "email",
                                                            QStringLiteral("a@hill.example")})
                              : sync::encode(sync::CodeTry{session.user, session.role, sitting, code}),
                          pc->token)
                         .status,
                     503);
            m_stumbling->isDown = false;
        }
        m_service->setMessenger(nullptr);
        QVERIFY(!call("GET", "/v1/hello", {}, pc->token).body.contains("codes"));
        QCOMPARE(unseen(isAboutCodes).join(QStringLiteral(", ")), QString());
    }

    // The server's word is what proves it on the PC, too: of this server, person and session, once.
    void theServersWordIsProof()
    {
        using namespace services;
        const auto pc = found();
        auto &t = pc->clinic;
        t.signIn(QStringLiteral("administrator"));
        const auto session = t.clinic->session();
        const auto word = [&](qint64 at, const Id &user, const Id &in, const crypto::SigningKey *key) {
            const QByteArray text = sync::codeProof(pc->hospital, pc->device(), user, in, at);
            ProveIdentity intent;
            intent.forWhat = domain::IntentionId::SaveRole;
            intent.word = {at, key ? crypto::sign(text, key->secretKey)
                                   : crypto::sign(text, m_serverKey.secretKey)};
            return t.clinic->performNow(intent)->isProven;
        };
        const auto other = crypto::newSigningKey();
        QVERIFY(!word(1'000, session.user, session.id, &other));
        QVERIFY(!word(1'000, Id::create(1), session.id, nullptr));
        QVERIFY(!word(1'000, session.user, Id::create(1), nullptr));
        t.clock.set(t.clock.nowMs() + 3'600'000); // wrong ones cost time
        QVERIFY(word(1'000, session.user, session.id, nullptr));
        QVERIFY(!word(1'000, session.user, session.id, nullptr)); // once
        t.clock.set(t.clock.nowMs() + 3'600'000);
        QVERIFY(word(1'001, session.user, session.id, nullptr));
        QVERIFY(t.number("SELECT count(*) FROM audit_event WHERE intention='prove-identity' AND "
                         "outcome='failed'") >= 4);
        // Whoever has an authenticator app uses that.
        const QByteArray secret(20, 'z');
        QVERIFY(t.clinic
                    ->performNow(SetSecondFactor{QStringLiteral("correct horse"), secret,
                                                 totp::code(secret, t.clock.nowMs() / totp::stepMs)})
                    .has_value());
        t.clock.set(t.clock.nowMs() + 3'600'000);
        QVERIFY(!word(2'000, session.user, session.id, nullptr));
    }

    // What only some may ask, by every role that comes with the program and by roles nobody thought of: the
    // server answers by its own rows, whatever the PC says of itself.
    void everyAskingByRole()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        const auto patient = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        auto roles = generateRoles(t, 7, 24);
        for (const auto &view : must(t.clinic->answerNow(services::Users{}))) {
            if (view.roles.size() == 1 && !view.user.userName.startsWith(u"role-")) {
                const auto all = must(t.clinic->answerNow(services::Roles{}));
                const auto role =
                    std::ranges::find_if(all, [&](const auto &r) { return r.role.id == view.roles.first(); });
                roles << GeneratedRole{view.roles.first(), view.user.userName, role->effective};
            }
        }
        QVERIFY(roles.size() > 20);
        push(*pc);
        m_first.reset();
        const QList<QPair<QByteArray, QString>> gated{{"/v1/devices", QStringLiteral("settings.edit")},
                                                      {"/v1/codes", QStringLiteral("settings.edit")},
                                                      {"/v1/chart", QStringLiteral("patients.view")},
                                                      {"/v1/lease", QStringLiteral("appointments.book")},
                                                      {"/v1/audit-of", QStringLiteral("audit.view")}};
        QHash<QString, Id> users;
        for (const auto &view : must(t.clinic->answerNow(services::Users{})))
            users.insert(view.user.userName, view.user.id);
        int refused = 0;
        int allowed = 0;
        int reviewsOnly = 0;
        for (const GeneratedRole &role : std::as_const(roles)) {
            const Id actor = users.value(role.user);
            for (const auto &[path, permission] : gated) {
                // What was done about one record is also for whoever reviews emergencies.
                const bool may =
                    role.may.contains(permission) ||
                    (path == "/v1/audit-of" && role.may.contains(QStringLiteral("access.review")));
                const int status =
                    call("POST", path, fitting(*pc, path, actor, role.id, patient.id), pc->token).status;
                QVERIFY2(status == (may ? 200 : 403),
                         qPrintable(role.user + u' ' + QString::fromLatin1(path) + u' ' +
                                    QString::number(status)));
                (may ? allowed : refused) += 1;
                // In a role one does not hold, nobody may.
                QCOMPARE(call("POST", path, fitting(*pc, path, Id::create(5), role.id, patient.id), pc->token)
                             .status,
                         403);
            }
            const bool sees = role.may.contains(QStringLiteral("audit.view"));
            reviewsOnly += !sees && role.may.contains(QStringLiteral("access.review"));
            QCOMPARE(call("POST", "/v1/audit-of",
                          sync::encode(sync::AuditQuestion{actor, role.id, {}, m_administrator}), pc->token)
                         .status,
                     sees ? 200 : 403);
        }
        QVERIFY(refused > 40 && allowed > 20 && reviewsOnly > 0);
    }

    // The same for what is written, by a PC whose program lets everybody do everything: the server takes what
    // the role may, and nothing else.
    void everyWritingByRole()
    {
        using namespace services;
        const auto pc = found();
        auto &t = pc->clinic;
        const auto roles = generateRoles(t, 11, 14);
        const auto patient = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        QSet<QString> everything;
        for (const auto &permission : domain::allPermissions())
            everything.insert(QString::fromLatin1(permission.name));
        int day = 1;
        const auto booking = [&](const domain::Resource &with) {
            domain::Appointment a;
            a.patientId = patient.id;
            a.practitionerId = with.id;
            a.serviceId = t.consultation.id;
            a.startAt = t.clock.todayAt(9) + day++ * 86'400'000LL;
            return a;
        };
        const auto tell = [](const auto &done) {
            if (!done)
                qInfo("%d %s %s", int(done.error().code), qPrintable(done.error().field),
                      qPrintable(done.error().args.join(u' ')));
            return done.has_value();
        };
        const QList<QPair<IntentionId, std::function<bool()>>> works{
            {IntentionId::RegisterPatient,
             [&] {
                 RegisterPatient intent;
                 intent.patient.familyName = QStringLiteral("Lund");
                 intent.patient.givenName = QStringLiteral("Eve %1").arg(day++);
                 intent.patient.birthDate = PartialDate::create(1980, 5, 17).value_or(PartialDate{});
                 return tell(t.clinic->performNow(intent));
             }},
            {IntentionId::BookAppointment,
             [&] { return tell(t.clinic->performNow(BookAppointment{booking(t.doctor)})); }},
            {IntentionId::SaveService,
             [&] {
                 domain::Service service;
                 service.name = QStringLiteral("Service %1").arg(day++);
                 service.code = QStringLiteral("S%1").arg(day);
                 service.minutes = 10;
                 return tell(
                     t.clinic->performNow(SaveSetupRow{storage::Record{}, storage::toRecord(service)}));
             }},
            {IntentionId::SaveSetting,
             [&] {
                 return tell(t.clinic->performNow(SaveSetting{
                     domain::SettingScope::Hospital, QString::fromLatin1(domain::setting::lockMinutes),
                     QString::number(5 + day++ % 20)}));
             }},
            {IntentionId::SaveRole,
             [&] {
                 SaveRole save;
                 save.role.name = QStringLiteral("Role %1").arg(day++);
                 return tell(t.clinic->performNow(save));
             }},
            {IntentionId::SaveUser, [&] {
                 SaveUser save;
                 save.user.userName = QStringLiteral("user%1").arg(day++);
                 save.user.displayName = save.user.userName;
                 save.password = QStringLiteral("correct horse");
                 save.roles = {roles.first().id};
                 save.quickHash = true;
                 return tell(t.clinic->performNow(save));
             }}};
        int refused = 0;
        int taken = 0;
        for (const GeneratedRole &role : roles) {
            t.signIn(role.user);
            auto session = t.clinic->session();
            session.grants = domain::Grants(everything);
            t.clinic->setSession(session);
            push(*pc); // signing in
            for (const auto &[intention, work] : works) {
                const QString permission = QString::fromLatin1(domain::intentionInfo(intention).permission);
                const QString what = role.user + u' ' + permission;
                QVERIFY2(work(), qPrintable(what));
                const auto results = push(*pc);
                QVERIFY2(!results.isEmpty(), qPrintable(what));
                for (const auto &result : results) {
                    const bool may = role.may.contains(permission);
                    const bool isTaken =
                        result.status == sync::GroupStatus::Ok || result.status == sync::GroupStatus::Flagged;
                    QVERIFY2(isTaken == may, qPrintable(what + u' ' + QString::fromLatin1(result.code)));
                    (may ? taken : refused) += 1;
                }
            }
        }
        QVERIFY(refused > 20 && taken > 20);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstDoors, QCoreApplication>(argc, argv);
}

#include "tst_doors.moc"
