// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/servicefixture.h"
#include "services/admin/breach.h"

#include "server/program/news.h"
#include "services/admin/accounts.h"
#include "services/admin/activity.h"
#include "services/appointments/appointments.h"
#include "services/appointments/touched.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/setup/bringing.h"
#include "services/setup/setup.h"
#include "storage/auditlog.h"
#include "storage/backup.h"
#include "support/must.h"
#include "sync/engine/engine.h"
#include "sync/engine/parcels.h"
#include "sync/wire/documents.h"
#include "sync/wire/leases.h"

#include <QCoreApplication>
#include <QDir>

using namespace clinic;
using namespace clinic::test;

// What is described is what is answered, to whoever asks.
class TstService : public ServiceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void initTestCase() { openStore(); }

    void everyRouteIsDescribed()
    {
        QStringList described;
        const QJsonObject paths = m_api.value(u"paths").toObject();
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QStringList methods = path->toObject().keys();
            for (const QString &method : methods)
                described << method.toUpper() + u' ' + path.key();
        }
        QStringList served;
        const auto routes = server::Service::served();
        for (const QByteArray &route : routes)
            served << QString::fromLatin1(route);
        described.sort();
        served.sort();
        QCOMPARE(served, described);
    }

    // Every endpoint once in earnest, and every kind of refusal; `call` holds each against its description.
    void everyAnswerIsAsDescribed()
    {
        call("GET", "/healthz");
        const auto pc = found();
        QVERIFY(!push(*pc).isEmpty());
        const auto state = *pc->replica->state();
        call("GET", "/v1/hello", {}, pc->token);
        const auto pulled = call("POST", "/v1/pull", pullFrom(state, 0), pc->token);
        QVERIFY(sync::decodePullReply(pulled.body)->groups.size() > 0);
        QVERIFY(
            sync::decodePullReply(call("POST", "/v1/pull", "{\"epoch\":\"00\",\"seq\":0}", pc->token).body)
                ->reset);
        call("GET", "/v1/live", {}, pc->token, "since=0");
        QByteArray after;
        for (bool done = false; !done;) {
            const auto page = sync::decodeBootReply(
                call("POST", "/v1/boot", "{\"after\":\"" + after + "\"}", pc->token).body);
            QVERIFY(page.has_value());
            QVERIFY(pc->replica->take(*page).has_value());
            done = page->done;
            after = page->after;
        }
        const auto patient = pc->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        QCOMPARE(push(*pc).size(), 1);
        const auto repaired = sync::decodeBootReply(
            call("POST", "/v1/repair", "{\"rows\":[{\"e\":\"patient\",\"i\":" + quoted(patient.id) + "}]}",
                 pc->token)
                .body);
        QCOMPARE(repaired->rows.size(), 1);
        const auto events = *pc->replica->auditRequest();
        const auto kept = sync::decodeAuditReply(call("POST", "/v1/audit", events, pc->token).body);
        QVERIFY(kept->kept > 0);
        QVERIFY(pc->replica->take(*kept).has_value());
        QCOMPARE(pc->replica->state()->auditWaiting, 0);

        const auto &session = pc->clinic.clinic->session();
        const QByteArray listBody = sync::encodeDevices(session.user, session.role);
        const auto listed = sync::decodeDevicesReply(call("POST", "/v1/devices", listBody, pc->token).body);
        QCOMPARE(listed->size(), 1);
        QCOMPARE(listed->first().id, pc->device());
        // Nobody shuts himself out.
        QCOMPARE(call("POST", "/v1/devices",
                      sync::encodeDevices(session.user, session.role, {pc->device(), "revoked"}), pc->token)
                     .status,
                 400);

        // A code, with which nobody comes in twice.
        const QByteArray secret = crypto::randomBytes(20);
        const QByteArray codeBody = "{\"proof_hash\":\"" +
                                    crypto::hash(sync::enrolmentProof(secret)).toBase64() +
                                    "\",\"wrapped\":\"sealed\",\"actor\":" + quoted(session.user) +
                                    ",\"role\":" + quoted(session.role) + '}';
        call("POST", "/v1/codes", codeBody, pc->token);
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, pc->hospital, m_service->publicKey(), {}, secret};
        const auto others = sync::DeviceKeys::create();
        QCOMPARE(
            call("POST", "/v1/enrol", sync::encodeEnrol(code, Id::create(1), Id::create(2), others, {}, 1))
                .status,
            409);
        QCOMPARE(call("POST", "/v1/enrol", sync::encodeEnrol(code, {}, Id::create(2), others, {}, 1)).status,
                 200);
        QCOMPARE(call("POST", "/v1/enrol",
                      sync::encodeEnrol(code, {}, Id::create(3), sync::DeviceKeys::create(), {}, 1))
                     .status,
                 401);

        // Another device takes over, brings what was not sent, and the old one is out.
        const Id old = pc->device();
        pc->clinic.patient(QStringLiteral("Left"), QStringLiteral("Behind"));
        QVERIFY(pc->replica->becomeSuccessor().has_value());
        const auto keys = sync::DeviceKeys::create();
        const QByteArray succession = sync::encodeSucceed(pc->hospital, old, pc->keys.signSecret,
                                                          pc->device(), keys, pc->replica->state()->firstN);
        QCOMPARE(call("POST", "/v1/succeed", succession).status, 200);
        const auto accepted = sync::decodeEnrolReply(call("POST", "/v1/succeed", succession).body);
        QCOMPARE(accepted->number, 3); // the same as the first time
        const QByteArray oldToken = std::exchange(pc->token, {});
        pc->keys = keys;
        pc->refresh = accepted->refresh;
        pc->token = tokenOf(*pc);
        const auto batch = pc->replica->nextBatch(500, 1 << 20);
        QVERIFY(batch->first().recovered);
        const auto recovered =
            sync::decodePushReply(call("POST", "/v1/recover", sync::encodePush(*batch), pc->token).body);
        QCOMPARE(recovered->results.first().status, sync::GroupStatus::Ok);
        QVERIFY(pc->replica->take(*recovered).has_value());

        // What the PC should have, and whether it has it.
        pull(*pc);
        const auto sums =
            sync::decodeDigestReply(call("POST", "/v1/digest", "{\"parts\":[]}", pc->token).body);
        QVERIFY(pc->replica->take(*sums).has_value());
        QVERIFY(pc->replica->state()->checkedAt > 0);
        auto &file = pc->clinic.database->writerConnection();
        QVERIFY(file.exec("UPDATE row_state SET rv=rv+5 WHERE id=?", patient.id).has_value());
        QVERIFY(pc->replica->take(*sums).has_value());
        const QByteArray differing = pc->replica->state()->checkParts;
        QCOMPARE(differing, QByteArray::number(sync::digestPart(patient.id)));
        const auto versions = sync::decodeVersionsReply(
            call("POST", "/v1/digest", "{\"parts\":[" + differing + "]}", pc->token).body);
        QVERIFY(std::any_of(versions->rows.begin(), versions->rows.end(),
                            [&](const sync::RowVersion &row) { return row.id == patient.id; }));
        QVERIFY(pc->replica->take(*versions).has_value());
        QCOMPARE(pc->replica->state()->repairs, 1);
        QVERIFY(pc->replica->state()->checkParts.isEmpty());
        const auto again =
            sync::decodeBootReply(call("POST", "/v1/repair", *pc->replica->repairRequest(), pc->token).body);
        QVERIFY(pc->replica->take(sync::RepairReply{*again}).has_value());
        QCOMPARE(pc->replica->state()->repairs, 0);
        // A row the server has never had is set aside.
        sync::ServerRow ghost{"code", Id::create(1), "T", sync::ServerRow::whole, 1};
        ghost.createdAt = ghost.updatedAt = 1;
        ghost.createdBy = ghost.updatedBy = session.user;
        ghost.device = pc->device();
        const qint64 codes = pc->clinic.count("code");
        const auto taken = pc->replica->take(sync::RepairReply{{{}, {}, false, 0, 0, {ghost}}});
        QVERIFY2(taken.has_value(), qPrintable(taken ? QString() : taken.error().detail));
        QCOMPARE(pc->clinic.count("code"), codes + 1);
        QVERIFY(pc->replica->take(*sums).has_value());
        const QByteArray part = pc->replica->state()->checkParts;
        QCOMPARE(part, QByteArray::number(sync::digestPart(ghost.id)));
        QVERIFY(pc->replica
                    ->take(*sync::decodeVersionsReply(
                        call("POST", "/v1/digest", "{\"parts\":[" + part + "]}", pc->token).body))
                    .has_value());
        QCOMPARE(pc->clinic.count("code"), codes);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM unknown_row WHERE entity='code'"), 1);

        // Refusals.
        const QByteArray chartBody = sync::encodeChart(patient.id, session.user, session.role, {});
        QCOMPARE(call("POST", "/v1/chart", chartBody, pc->token).status, 200);
        for (const char *route :
             {"/v1/pull", "/v1/boot", "/v1/repair", "/v1/codes", "/v1/devices", "/v1/chart", "/v1/digest",
              "/v1/blobs/missing", "/v1/blobs/put", "/v1/blobs/get", "/v1/lease", "/v1/audit-of"}) {
            const QByteArray fitting =
                route == QByteArray("/v1/pull")      ? pullFrom(state, 0)
                : route == QByteArray("/v1/boot")    ? QByteArray("{\"after\":\"\"}")
                : route == QByteArray("/v1/repair")  ? QByteArray("{\"rows\":[]}")
                : route == QByteArray("/v1/devices") ? listBody
                : route == QByteArray("/v1/chart")   ? chartBody
                : route == QByteArray("/v1/digest")  ? QByteArray("{\"parts\":[]}")
                : route == QByteArray("/v1/lease")   ? sync::encodeLeases(session.user, session.role, {})
                : route == QByteArray("/v1/audit-of")
                    ? sync::encode(sync::AuditQuestion{session.user, session.role, patient.id})
                : QByteArray(route).startsWith("/v1/blobs") ? sync::encodePutPiece(patient.id, 0, "x")
                                                            : codeBody;
            QCOMPARE(call("POST", route, fitting, oldToken).status, 403);
        }
        QCOMPARE(call("GET", "/v1/live", {}, oldToken, "since=0").status, 403);
        const QByteArray stranger =
            sync::encodeSucceed(pc->hospital, old, crypto::newSigningKey().secretKey, Id::create(9), keys, 1);
        QCOMPARE(call("POST", "/v1/succeed", stranger).status, 401);
        QCOMPARE(call("POST", "/v1/succeed",
                      sync::encodeSucceed(pc->hospital, pc->device(), keys.signSecret, old, keys, 1))
                     .status,
                 403);
        for (const char *route :
             {"/v1/push", "/v1/recover", "/v1/audit", "/v1/pull", "/v1/boot", "/v1/repair", "/v1/codes",
              "/v1/devices", "/v1/chart", "/v1/digest", "/v1/blobs/missing", "/v1/blobs/put", "/v1/blobs/get",
              "/v1/lease", "/v1/audit-of"}) {
            QCOMPARE(call("POST", route, "{}").status, 401);
            QCOMPARE(call("POST", route, "{}", pc->token).status, 400);
        }
        for (const char *route : {"/v1/enrol", "/v1/succeed", "/v1/token"})
            QCOMPARE(call("POST", route, "nonsense").status, 400);
        for (const char *route : {"/v1/hello", "/v1/live"})
            QCOMPARE(call("GET", route).status, 401);
        QCOMPARE(call("POST", "/v1/wipe-ack", "{}").status, 401);
        QCOMPARE(call("POST", "/v1/wipe-ack", "{}", pc->token).status, 403); // nobody has lost it
        QCOMPARE(call("POST", "/v1/token",
                      "{\"hospital\":" + quoted(pc->hospital) + ",\"device\":" + quoted(pc->device()) +
                          ",\"refresh\":\"AAAA\",\"signature\":\"AAAA\"}")
                     .status,
                 401);
        QCOMPARE(call("POST", "/v1/push", "{\"groups\":[]}", pc->token).status, 413);
        QCOMPARE(call("POST", "/v1/recover", "{\"groups\":[]}", pc->token).status, 413);
        QCOMPARE(call("POST", "/v1/audit",
                      "{\"previous\":\"" + QByteArray(32, 0).toBase64() + "\",\"events\":[]}", pc->token)
                     .status,
                 413);
        m_stumbling->isDown = true;
        QCOMPARE(call("GET", "/healthz").status, 503);
        for (const char *route :
             {"/v1/pull", "/v1/boot", "/v1/repair", "/v1/codes", "/v1/devices", "/v1/push", "/v1/recover",
              "/v1/audit", "/v1/chart", "/v1/digest", "/v1/blobs/missing", "/v1/blobs/put", "/v1/blobs/get",
              "/v1/lease", "/v1/audit-of"})
            QCOMPARE(call("POST", route, "{\"groups\":[],\"parts\":[]}", pc->token).status, 503);
        for (const char *route : {"/v1/hello", "/v1/live"})
            QCOMPARE(call("GET", route, {}, pc->token).status, 503);
        QCOMPARE(call("POST", "/v1/wipe-ack", "{}", pc->token).status, 503);
        for (const char *route : {"/v1/enrol", "/v1/succeed", "/v1/token"})
            QCOMPARE(call("POST", route, "{\"hospital\":" + quoted(pc->hospital) + '}').status, 503);
        m_stumbling->isDown = false;
    }

    // What a released version sent stays readable for as long as somebody may still send it. Samples are only
    // ever added, in a folder per version of the wire.
    void releasedMessagesStayReadable()
    {
        int read = 0;
        const auto check = [&](const QString &name, const auto &decoded) {
            QVERIFY2(decoded.has_value(), qPrintable(name));
            ++read;
        };
        const QDir versions(QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/wire"));
        for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QDir folder(versions.filePath(version));
            for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files)) {
                QFile file(folder.filePath(name));
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray text = file.readAll();
                if (name.startsWith(u"group-")) {
                    check(name, sync::decodeGroup(text));
                    QVERIFY(!sync::decodeGroup(text)->changes.isEmpty());
                } else if (name == u"push.json")
                    check(name, sync::decodePush(text));
                else if (name == u"push-reply.json")
                    check(name, sync::decodePushReply(text));
                else if (name == u"pull.json")
                    check(name, sync::decodePullReply(text));
                else if (name == u"boot.json")
                    check(name, sync::decodeBootReply(text));
                else if (name == u"audit.json") {
                    const auto audit = sync::decodeAudit(text);
                    check(name, audit);
                    QCOMPARE(audit->records.last().nameSealed, QByteArray("1.AAAA")); // written once
                } else if (name == u"audit-reply.json")
                    check(name, sync::decodeAuditReply(text));
                else if (name == u"enrol-reply.json")
                    check(name, sync::decodeEnrolReply(text));
                else
                    QFAIL(qPrintable(name));
            }
        }
        QCOMPARE(read, 13);
    }

    // A message packed with the shared dictionary has to be readable for ever: the dictionary never changes,
    // a better one gets another name.
    void theSharedDictionaryIsFrozen()
    {
        const QDir folder(QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/wire/1"));
        QFile packed(folder.filePath(QStringLiteral("push.zst")));
        QFile plain(folder.filePath(QStringLiteral("push.json")));
        QVERIFY(packed.open(QIODevice::ReadOnly) && plain.open(QIODevice::ReadOnly));
        const QByteArray text = plain.readAll();
        const QByteArray frame = packed.readAll();
        QCOMPARE(sync::decompressed(frame, 1 << 20).value_or(QByteArray()), text);
        QCOMPARE(sync::decompressed(sync::compressed(text, true), 1 << 20).value_or(QByteArray()), text);
        QVERIFY(sync::compressed(text, true).size() < sync::compressed(text).size());
        // Bytes that were changed, another dictionary, and more than is allowed.
        QByteArray other = frame;
        other[5] = char(other[5] ^ 1);
        QVERIFY(sync::decompressed(other, 1 << 20).value_or(QByteArray()) != text);
        QVERIFY(!sync::decompressed(frame, text.size() - 1));
        QVERIFY(!sync::decompressed(frame.first(frame.size() / 2), 1 << 20));
    }

    // One group that the database does not take is kept aside; what stands around it goes through.
    void oneGroupIsStumbledOver()
    {
        const auto pc = found();
        push(*pc);
        pc->clinic.patient(QStringLiteral("Before"), QStringLiteral("Ada"));
        const auto bad = pc->clinic.patient(QStringLiteral("Bad"), QStringLiteral("Ada"));
        pc->clinic.patient(QStringLiteral("After"), QStringLiteral("Ada"));
        m_stumbling->poison = bad.id.toBytes();
        const auto results = push(*pc);
        m_stumbling->poison.clear();
        QCOMPARE(results.size(), 3);
        QCOMPARE(results[0].status, sync::GroupStatus::Ok);
        QCOMPARE(results[1].status, sync::GroupStatus::Quarantined);
        QCOMPARE(results[1].code, QByteArray("server-error"));
        QCOMPARE(results[2].status, sync::GroupStatus::Ok);
    }

    // A changed program that goes on sending after it was shut out fills nothing.
    void whoWasShutOutFillsNothing()
    {
        auto pc = found();
        push(*pc);
        auto thief = join(*pc);
        QVERIFY(m_service->setDeviceState(thief->hospital, thief->device(), "revoked").has_value());
        qint64 n = next(*thief);
        int refused = 0;
        for (int i = 0; i < 40; ++i, ++n) {
            const QByteArray body =
                "{\"g\":" + QByteArray::number(n) +
                ",\"intention\":\"update-patient\",\"device\":" + quoted(thief->device()) +
                ",\"hospital\":" + quoted(thief->hospital) +
                ",\"at\":1,\"seen\":0,\"schema\":1,\"changes\":[{\"op\":\"insert\",\"entity\":"
                "\"patient\",\"id\":" +
                quoted(Id::create(n)) + ",\"f\":{\"x\":\"" + QByteArray(900'000, 'A') + "\"}}]}";
            const auto answer =
                call("POST", "/v1/push", sync::encodePush({{n, 1, body, crypto::hash(body)}}), thief->token);
            refused += answer.status == 403;
        }
        QVERIFY2(refused > 15, qPrintable(QString::number(refused)));
        QCOMPARE(
            call("POST", "/v1/recover", sync::encodePush({{n, 1, "{}", crypto::hash("{}")}}), thief->token)
                .status,
            403);
        pull(*pc);
        QVERIFY(pc->clinic.count("attention") < 25);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM attention WHERE body IS NOT NULL"), 0);
        // Its audit events count as well, and none is stored beyond the limit until it is let in again.
        const auto number = [&](const char *sql, const server::Row &more = {}) {
            qint64 found = -1;
            const auto done =
                m_store->transact(thief->hospital, [&](server::SqlSession &session) -> Result<void> {
                    const auto rows = session.run(sql, server::Row{server::idValue(thief->hospital)} + more);
                    if (rows && !rows->isEmpty())
                        found = server::integerAt(rows->first(), 0);
                    return rows ? Result<void>() : fail(rows);
                });
            return done ? found : -1;
        };
        const char *late = "SELECT late_audit FROM device WHERE hospital_id=$1 AND state='revoked'";
        const char *stored = "SELECT count(*) FROM audit_chain WHERE hospital_id=$1";
        thief->clinic.signIn(QStringLiteral("clerk"));
        const auto events = *thief->replica->auditRequest();
        QCOMPARE(call("POST", "/v1/audit", events, thief->token).status, 200);
        QCOMPARE(number(late), events.size());
        QVERIFY(thief->replica
                    ->take(*sync::decodeAuditReply(call("POST", "/v1/audit", events, thief->token).body))
                    .has_value());
        QCOMPARE(number(late), events.size()); // nothing new came
        number("UPDATE device SET late_audit=$2 WHERE hospital_id=$1 AND state='revoked' RETURNING 1",
               {clinic::Value{qint64(sync::limits::shutOutBytes)}});
        static_cast<void>(thief->clinic.patient(QStringLiteral("One"), QStringLiteral("More")));
        const qint64 had = number(stored);
        const auto more = *thief->replica->auditRequest();
        QCOMPARE(call("POST", "/v1/audit", more, thief->token).status, 403);
        QCOMPARE(number(stored), had);
        QVERIFY(m_service->setDeviceState(thief->hospital, thief->device(), "active").has_value());
        QCOMPARE(call("POST", "/v1/audit", more, thief->token).status, 200);
        QVERIFY(number(stored) > had);
    }

    // The first code of a hospital is good once, on both stores: the hospital of the code is another one than
    // that of the PC, and PostgreSQL shows the rows of one at a time.
    void aFirstCodeIsGoodOnce()
    {
        const auto added = m_service->addHospital(QStringLiteral("Once"));
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, added->hospital, m_service->publicKey(), {}, added->secret};
        const auto tryWith = [&](Pc &pc) {
            pc.replica = std::make_unique<storage::Replica>(*pc.clinic.database, m_clock);
            return call("POST", "/v1/enrol",
                        sync::encodeEnrol(code, pc.clinic.database->identity().hospital, pc.device(), pc.keys,
                                          QStringLiteral("PC"), next(pc)))
                .status;
        };
        Pc owner;
        Pc other;
        QCOMPARE(tryWith(owner), 200);
        QCOMPARE(tryWith(owner), 200); // its answer was lost
        QCOMPARE(tryWith(other), 401); // as a code that never was
    }

    // A hospital's ids are worth nothing to another one's device.
    void anotherHospitalSeesNothing()
    {
        const auto mine = found();
        push(*mine);
        const auto patient = mine->clinic.patient(QStringLiteral("Mine"), QStringLiteral("Ada"));
        push(*mine);
        const auto other = found();
        push(*other);
        const auto state = *other->replica->state();
        const auto holds = [&](const QByteArray &body) {
            return body.contains(patient.id.toString().toLatin1()) ||
                   body.contains(mine->hospital.toString().toLatin1());
        };
        QVERIFY(!holds(call("POST", "/v1/pull", pullFrom(state, 0), other->token).body));
        QVERIFY(!holds(call("POST", "/v1/boot", "{\"after\":\"\"}", other->token).body));
        QVERIFY(!holds(call("POST", "/v1/repair",
                            "{\"rows\":[{\"e\":\"patient\",\"i\":" + quoted(patient.id) + "}]}", other->token)
                           .body));
        // Its own device under my hospital's name: neither a token nor a succession.
        const QByteArray signature =
            crypto::sign("clinicdesk token " + other->refresh, other->keys.signSecret);
        QCOMPARE(call("POST", "/v1/token",
                      "{\"hospital\":" + quoted(mine->hospital) + ",\"device\":" + quoted(other->device()) +
                          ",\"refresh\":\"" + other->refresh.toBase64() + "\",\"signature\":\"" +
                          signature.toBase64() + "\"}")
                     .status,
                 401);
        QCOMPARE(call("POST", "/v1/succeed",
                      sync::encodeSucceed(mine->hospital, other->device(), other->keys.signSecret,
                                          Id::create(3), sync::DeviceKeys::create(), 1))
                     .status,
                 401);
        // My administrator is nobody there.
        const auto &session = mine->clinic.clinic->session();
        QCOMPARE(call("POST", "/v1/codes",
                      "{\"proof_hash\":\"" + QByteArray(32, 1).toBase64() +
                          "\",\"wrapped\":\"x\",\"actor\":" + quoted(session.user) +
                          ",\"role\":" + quoted(session.role) + '}',
                      other->token)
                     .status,
                 403);
        // And a group that names my hospital is not applied anywhere.
        mine->clinic.patient(QStringLiteral("Smuggled"), QStringLiteral("Ada"));
        auto batch = *mine->replica->nextBatch(500, 1 << 20);
        for (const char *route : {"/v1/push", "/v1/recover"}) {
            batch.first().n = next(*other);
            const auto reply =
                sync::decodePushReply(call("POST", route, sync::encodePush(batch), other->token).body);
            QCOMPARE(reply->results.first().status, sync::GroupStatus::Quarantined);
        }
    }

    // The server keeps the chain and signs how far; who makes the file's chain anew is found out.
    // Somebody's permissions end while his PC is away: what has happened there is taken and flagged, what he
    // wished is refused, and what he does afterwards is not taken.
    void permissionsEndWhileAPcIsAway()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        pull(*second);
        second->clinic.signIn(QStringLiteral("clerk"));
        const auto ada = second->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        for (const auto &result : push(*second))
            QCOMPARE(int(result.status), int(sync::GroupStatus::Ok));
        pull(*second);

        // The administrator takes two permissions away.
        const auto roles = first->clinic.clinic->answerNow(services::Roles{});
        QVERIFY(roles.has_value());
        for (const auto &view : *roles) {
            if (view.role.code != u"clerk")
                continue;
            services::SaveRole change{view.role, view.own};
            QVERIFY(change.permissions.remove(QStringLiteral("patients.register")));
            QVERIFY(change.permissions.remove(QStringLiteral("appointments.book")));
            QVERIFY(first->clinic.clinic->performNow(change).has_value());
        }
        push(*first);

        // The second PC does not know it yet.
        const auto eve = second->clinic.patient(QStringLiteral("Lund"), QStringLiteral("Eve"));
        domain::Appointment booking;
        booking.patientId = ada.id;
        booking.practitionerId = first->clinic.doctor.id;
        booking.startAt = m_clock.todayAt(14);
        booking.minutes = 15;
        QVERIFY(second->clinic.clinic->performNow(services::BookAppointment{booking}).has_value());
        auto results = push(*second);
        QCOMPARE(results.size(), 2);
        QCOMPARE(int(results[0].status), int(sync::GroupStatus::Flagged));
        QCOMPARE(results[0].code, QByteArray("revoked-since"));
        QCOMPARE(int(results[1].status), int(sync::GroupStatus::Rejected));
        QCOMPARE(results[1].code, QByteArray("not-permitted"));
        pull(*first);
        const auto found =
            first->clinic.clinic->answerNow(services::PatientSearch{QStringLiteral("lund eve")});
        QCOMPARE(found->size(), 1);
        QCOMPARE(found->first().id, eve.id);
        QCOMPARE(first->clinic.number("SELECT count(*) FROM attention WHERE code='revoked-since'"), 1);

        // Now it has been told; a changed program that goes on all the same is kept aside.
        pull(*second);
        second->clinic.patient(QStringLiteral("Berg"), QStringLiteral("Eve"));
        results = push(*second);
        QCOMPARE(results.size(), 1);
        QCOMPARE(int(results[0].status), int(sync::GroupStatus::Quarantined));
    }

    // What a clinic brings was not made on the day it was brought.
    void whatWasThereKeepsItsDates()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        for (const char *table : {"hospital", "branch", "app_user", "service"}) {
            const QByteArray sql = QByteArray("SELECT sum(created_at)+sum(updated_at) FROM ") + table;
            QCOMPARE(second->clinic.number(sql), first->clinic.number(sql));
            QVERIFY(first->clinic.number(QByteArray("SELECT max(created_at) FROM ") + table) <
                    first->clinic.clock.nowMs());
            QCOMPARE(second->clinic.number(QByteArray("SELECT count(created_by) FROM ") + table),
                     first->clinic.number(QByteArray("SELECT count(created_by) FROM ") + table));
        }
    }

    // Rows that were here before the first upload and are gone since are named table by table.
    void whatIsMissingSinceTheUploadIsNamed()
    {
        Id gone;
        const auto pc = found([&gone](TestClinic &clinic) {
            clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
            gone = clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Bo")).id;
            clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Cy"));
        });
        auto &c = pc->clinic.database->writerConnection();
        QCOMPARE(storage::missingSinceUpload(c).value(), QStringList());
        QVERIFY(!push(*pc).isEmpty());
        QCOMPARE(storage::missingSinceUpload(c).value(), QStringList());
        const qint64 patients = pc->clinic.count("patient");
        const qint64 services = pc->clinic.count("service");
        // What comes later is no substitute for what is gone.
        pc->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Di"));
        QCOMPARE(storage::missingSinceUpload(c).value(), QStringList());
        const auto remove = [&c](const char *sql, const Id &id) { QVERIFY(c.exec(sql, id).has_value()); };
        QVERIFY(c.execScript("PRAGMA foreign_keys=OFF; INSERT INTO maintenance VALUES (1,'test')"));
        remove("DELETE FROM patient WHERE id=?", gone);
        remove("DELETE FROM service WHERE id=?", pc->clinic.consultation.id);
        remove("DELETE FROM service WHERE id=?", pc->clinic.dressing.id);
        QVERIFY(c.execScript("DELETE FROM maintenance"));
        QStringList expected{
            QStringLiteral("1 of %1 rows of patient that were here before this PC was connected are missing")
                .arg(patients),
            QStringLiteral("2 of %1 rows of service that were here before this PC was connected are missing")
                .arg(services)};
        QStringList missing = storage::missingSinceUpload(c).value();
        missing.sort();
        QCOMPARE(missing, expected);
        // `verify` says the same, and nothing of it where all is there.
        QStringList verified = storage::checkDatabase(c, pc->clinic.database->identity()).value().missing;
        verified.sort();
        QCOMPARE(verified, expected);
    }

    // A doctor leaves at one PC while another one, which cannot know that, books with her: the booking is
    // kept and listed where somebody looks for it.
    void whoIsBookedWithADoctorThatLeftIsListed()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        const auto ann = first->clinic.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        push(*first);
        pull(*second);
        second->clinic.signIn(QStringLiteral("clerk"));
        // Offline from here on.
        const auto before = storage::find<domain::Practitioner>(first->clinic.database->writerConnection(),
                                                                first->clinic.doctor.practitionerId);
        domain::Practitioner after = *before;
        after.active = false;
        QVERIFY(first->clinic.clinic
                    ->performNow(services::SaveSetupRow{storage::toRecord(*before), storage::toRecord(after)})
                    .has_value());
        const auto book = [&](const domain::Resource &with, int hour) {
            domain::Appointment booking;
            booking.patientId = ann.id;
            booking.practitionerId = with.id;
            booking.startAt = second->clinic.clock.todayAt(hour);
            booking.minutes = 15;
            return must(second->clinic.clinic->performNow(services::BookAppointment{booking})).id;
        };
        const Id lost = book(first->clinic.doctor, 15);
        book(first->clinic.secondDoctor, 16);
        const auto stranded = [](Pc &pc) {
            QList<Id> ids;
            for (const auto &view : must(pc.clinic.clinic->answerNow(services::StrandedBookings{}))) {
                if (view.isResourceInactive)
                    ids << view.appointment.id;
            }
            return ids;
        };
        QCOMPARE(stranded(*first), QList<Id>());
        QCOMPARE(stranded(*second), QList<Id>());
        push(*first);
        push(*second);
        pull(*first);
        pull(*second);
        QCOMPARE(stranded(*first), QList<Id>{lost});
        QCOMPARE(stranded(*second), QList<Id>{lost});
        // Knowing it, nobody books with her any more.
        domain::Appointment again;
        again.patientId = ann.id;
        again.practitionerId = first->clinic.doctor.id;
        again.startAt = second->clinic.clock.todayAt(17);
        again.minutes = 15;
        QCOMPARE(second->clinic.clinic->performNow(services::BookAppointment{again}).error().code,
                 ErrorCode::Inactive);
    }

    // Times kept for a PC that goes off its network.
    // Who, where, and today: before everything else there is.
    void workBeginsBeforeEverythingIsHere()
    {
        const auto first = found();
        push(*first);
        const qint64 hour = 3'600'000;
        const auto patient = [&](const char *name) {
            return first->clinic.patient(QString::fromLatin1(name), QStringLiteral("Ada")).id;
        };
        const auto book = [&](const Id &patientId, qint64 at) {
            domain::Appointment booking;
            booking.patientId = patientId;
            booking.practitionerId = first->clinic.doctor.id;
            booking.startAt = at;
            booking.minutes = 15;
            return first->clinic.clinic->performNow(services::BookAppointment{booking})->id;
        };
        const Id longAgo = patient("Longago");
        const Id nextWeek = patient("Nextweek");
        const Id today = patient("Today");
        const Id later = book(nextWeek, m_clock.todayAt(0) + 7 * 24 * hour + 9 * hour);
        const Id due = book(today, m_clock.todayAt(0) + 10 * hour);
        for (const Id &who : {longAgo, nextWeek, today}) {
            domain::Allergy allergy;
            allergy.patientId = who;
            allergy.substance = QStringLiteral("Penicillin");
            QVERIFY(
                first->clinic.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(allergy)})
                    .has_value());
        }
        push(*first);

        const auto second = join(*first, {}, false);
        const auto has = [&](const char *entity, const Id &id, const char *column = "id") {
            return second->clinic.database->writerConnection()
                .query("SELECT 1 FROM " + QByteArray(entity) + " WHERE " + column + "=?", id)
                .next();
        };
        sync::BootReply page;
        for (page = loadPage(*second); page.total == 0; page = loadPage(*second)) {
            QVERIFY(!page.done);
            QVERIFY(!second->replica->state()->isUsable());
        }
        auto state = *second->replica->state();
        QVERIFY(state.isUsable() && !state.booted);
        QCOMPARE(state.bootRows, page.total);
        QVERIFY(page.total > 20);
        QVERIFY(has("appointment", due) && has("appointment", later));
        QVERIFY(has("patient", today) && has("patient", nextWeek) && !has("patient", longAgo));
        QVERIFY(!has("allergy", nextWeek, "patient_id"));
        QVERIFY(has("allergy", today, "patient_id"));
        QVERIFY(has("appointment_event", due, "appointment_id"));
        QVERIFY(has("resource", first->clinic.doctor.id));
        // Somebody signs in, sees that records may have gaps, and works.
        second->clinic.signIn(QStringLiteral("clerk"));
        QVERIFY(second->clinic.clinic->performNow(services::OpenPatient{today})->isLoading);
        QVERIFY(second->clinic.clinic
                    ->performNow(services::StepAppointment{due, domain::AppointmentState::Cancelled,
                                                           QStringLiteral("ill")})
                    .has_value());
        // What changes on the way comes with what follows; what comes twice is there once.
        QVERIFY(first->clinic.clinic
                    ->performNow(services::StepAppointment{later, domain::AppointmentState::Cancelled,
                                                           QStringLiteral("away")})
                    .has_value());
        push(*first);
        load(*second);
        QCOMPARE(push(*second).last().code, QByteArray());
        pull(*second);
        state = *second->replica->state();
        QVERIFY(state.booted);
        QVERIFY(state.bootHad >= state.bootRows);
        QVERIFY(!second->clinic.clinic->performNow(services::OpenPatient{today})->isLoading);
        QVERIFY(has("allergy", longAgo, "patient_id"));
        pull(*first);
        for (const Id &id : {due, later}) {
            for (Pc *pc : {first.get(), second.get()})
                QCOMPARE(pc->clinic.clinic->answerNow(services::ReadAppointment{id})->view.appointment.state,
                         domain::AppointmentState::Cancelled);
        }
        // Places that no server ever named, those that only look like it among them.
        for (const char *after :
             {"charts", "charts.x", "setup.1.2.3.4", "nothing.1.!.00", "charts.x.!.zz", "charts.1.!.zz"})
            QCOMPARE(
                call("POST", "/v1/boot", "{\"after\":\"" + QByteArray(after) + "\"}", second->token).status,
                400);
    }

    void theServerKeepsPlaces()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("clerk"));
        const Id doctor = first->clinic.doctor.id;
        const qint64 hour = 3'600'000;
        const qint64 morning = m_clock.todayAt(0) + 24 * hour + 9 * hour;
        const auto ask = [&](Pc &pc, const sync::LeaseRequest &request) {
            const auto &session = pc.clinic.clinic->session();
            const auto answer =
                call("POST", "/v1/lease", sync::encodeLeases(session.user, session.role, request), pc.token);
            const auto reply = sync::decodeLeasesReply(answer.body);
            if (!reply || !pc.replica->take(*reply))
                qFatal("%s", answer.body.constData());
            return reply->leases;
        };
        int people = 0;
        const auto book = [&](Pc &pc, qint64 at) {
            domain::Appointment booking;
            booking.patientId =
                pc.clinic.patient(QStringLiteral("Moyo%1").arg(++people), QStringLiteral("Ada")).id;
            booking.practitionerId = doctor;
            booking.startAt = at;
            booking.minutes = 15;
            return pc.clinic.clinic->performNow(services::BookAppointment{booking})->id;
        };
        const auto outcome = [&](Pc &pc) {
            const auto last = push(pc).last();
            pull(pc);
            return last.code.isEmpty() ? QByteArray("ok") : last.code;
        };
        const auto isUnconfirmed = [](Pc &pc, const Id &id) {
            return pc.clinic.clinic->answerNow(services::ReadAppointment{id})->view.isUnconfirmed;
        };
        book(*second, morning); // before anybody keeps anything
        QCOMPARE(outcome(*second), QByteArray("ok"));
        pull(*first);
        const auto kept = ask(*first, {{{{}, doctor, morning, morning + 4 * hour}}, {}});
        QCOMPARE(kept.size(), 1);
        QVERIFY(ask(*second, {}).isEmpty());

        book(*second, morning + hour);
        QCOMPARE(outcome(*second), QByteArray("slot-leased"));
        book(*second, morning + 5 * hour);
        QCOMPARE(outcome(*second), QByteArray("ok"));
        // The PC itself is certain at once, and right.
        const Id own = book(*first, morning + hour);
        QVERIFY(!isUnconfirmed(*first, own));
        const Id outside = book(*first, morning + 6 * hour);
        QVERIFY(isUnconfirmed(*first, outside));
        QCOMPARE(outcome(*first), QByteArray("ok"));
        pull(*second);
        // What it cancels stays kept for it; what it gives back is anybody's.
        QVERIFY(first->clinic.clinic
                    ->performNow(services::StepAppointment{own, domain::AppointmentState::Cancelled,
                                                           QStringLiteral("ill")})
                    .has_value());
        QCOMPARE(outcome(*first), QByteArray("ok"));
        pull(*second);
        // The other PC knows: it offers none of that time, and does not take it.
        domain::Appointment late;
        late.patientId = second->clinic.patient(QStringLiteral("Late"), QStringLiteral("Ada")).id;
        late.practitionerId = doctor;
        late.startAt = morning + hour;
        const auto tried = second->clinic.clinic->performNow(services::BookAppointment{late});
        QCOMPARE(tried.error().code, ErrorCode::Unavailable);
        QVERIFY(tried.error().args.contains(QStringLiteral("kept")));
        services::FreeSlots question;
        question.practitioner = doctor;
        question.from = morning;
        question.limit = 500;
        const auto isOffered = [&](Pc &pc, qint64 from, qint64 to) {
            const auto slots = pc.clinic.clinic->answerNow(question);
            return std::any_of(slots->begin(), slots->end(), [&](const services::FreeSlot &free) {
                return free.slot.startMs() < to && free.slot.endMs() > from;
            });
        };
        QVERIFY(isOffered(*second, morning + 4 * hour, morning + 5 * hour));
        QVERIFY(!isOffered(*second, morning, morning + 4 * hour));
        QVERIFY(isOffered(*first, morning, morning + 4 * hour));
        const Id again = book(*first, morning + hour);
        QCOMPARE(outcome(*first), QByteArray("ok"));
        QVERIFY(!isUnconfirmed(*first, again));
        pull(*second);
        QVERIFY(ask(*first, {{}, {kept.first().id}}).isEmpty());
        QVERIFY(!isOffered(*second, morning, morning + 4 * hour));
        pull(*second);
        QVERIFY(isOffered(*second, morning, morning + 4 * hour));
        book(*second, morning + 2 * hour);
        QCOMPARE(outcome(*second), QByteArray("ok"));
        QCOMPARE(ask(*second, {{}, {kept.first().id}}).size(), 0);

        // A PC that is shut out keeps nobody from anything.
        ask(*second, {{{{}, doctor, morning + 24 * hour, morning + 28 * hour}}, {}});
        book(*first, morning + 25 * hour);
        QCOMPARE(outcome(*first), QByteArray("slot-leased"));
        QVERIFY(!isOffered(*first, morning + 24 * hour, morning + 28 * hour));
        QVERIFY(m_service->setDeviceState(first->hospital, second->device(), "revoked").has_value());
        pull(*first);
        QVERIFY(isOffered(*first, morning + 24 * hour, morning + 28 * hour));
        book(*first, morning + 25 * hour);
        QCOMPARE(outcome(*first), QByteArray("ok"));
        // Accepted again, it keeps what is left; the answer makes whoever waits ask for that.
        {
            const auto &session = first->clinic.clinic->session();
            const auto answer = call(
                "POST", "/v1/devices",
                sync::encodeDevices(session.user, session.role, {second->device(), "active"}), first->token);
            QCOMPARE(answer.hospital, first->hospital);
            QVERIFY(answer.head > first->replica->state()->seq);
        }
        pull(*first);
        QVERIFY(!isOffered(*first, morning + 24 * hour, morning + 28 * hour));

        // Not for somebody who may not book, not what is over or no resource, and not for months.
        const auto refused = [&](const sync::Lease &lease) {
            const auto &session = first->clinic.clinic->session();
            return call("POST", "/v1/lease", sync::encodeLeases(session.user, session.role, {{lease}, {}}),
                        first->token)
                .status;
        };
        QCOMPARE(refused({{}, doctor, 1, 2}), 400);
        QCOMPARE(refused({{}, own, morning, morning + hour}), 400);
        QCOMPARE(refused({{}, doctor, morning, morning + 30 * 24 * hour}), 400);
        QCOMPARE(refused({{}, doctor, morning, morning}), 400);
        // A server from a backup may know nothing of it.
        ask(*first, {{{{}, doctor, morning + 48 * hour, morning + 50 * hour}}, {}});
        QVERIFY(first->replica->startOver("00").has_value());
        QCOMPARE(first->clinic.count("lease"), 0);
    }

    // A lost PC removes what it has on an order that its own server has signed for it, and on nothing else;
    // what it wrote is with the server by then.
    void aLostPcObeysItsServerAlone()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("clerk"));
        second->clinic.patient(QStringLiteral("Unsent"), QStringLiteral("Ada"));
        const auto &session = first->clinic.clinic->session();
        const auto list = [&](const sync::DeviceChange &change) {
            const auto devices = sync::decodeDevicesReply(
                call("POST", "/v1/devices", sync::encodeDevices(session.user, session.role, change),
                     first->token)
                    .body);
            return *std::find_if(devices->begin(), devices->end(),
                                 [&](const auto &d) { return d.id == second->device(); });
        };
        using E = sync::Engine;
        // The engine itself with the service's answers, as `tamper` leaves them; true when it obeys.
        const auto obeys =
            [&](const std::function<server::Response(const QByteArray &, server::Response)> &tamper) {
                E engine({second->hospital, second->device(), second->refresh, second->keys.signSecret},
                         [] { return 0.5; });
                QList<E::Event> events{E::Start{}};
                for (int turn = 0; turn < 200 && !events.isEmpty(); ++turn) {
                    for (const auto &action : engine.handle(events.takeFirst())) {
                        if (std::holds_alternative<E::Obey>(action))
                            return true;
                        if (std::holds_alternative<E::Schedule>(action))
                            return false;
                        if (const auto *send = std::get_if<E::Send>(&action)) {
                            if (send->path.startsWith("/v1/live"))
                                return false;
                            const auto answer =
                                tamper(send->path, call(send->method, send->path, send->body, send->token));
                            events << E::Reply{answer.status, answer.body};
                        } else if (const auto *save = std::get_if<E::SaveRefresh>(&action)) {
                            second->refresh = save->refresh;
                            events << E::RefreshSaved{true};
                        } else if (const auto event = E::carryOut(action, *second->replica))
                            events << *event;
                    }
                }
                return false;
            };
        const auto asItIs = [](const QByteArray &, const server::Response &answer) { return answer; };
        // A refusal without a signature is no order, whatever it says; nor is another PC's order.
        const auto lie = [&](const QByteArray &path, server::Response answer) {
            return path == "/v1/pull" ? server::Response{403, "{\"error\":{\"code\":\"device-lost\"}}"}
                                      : answer;
        };
        QVERIFY(!obeys(lie));
        const auto forge = [&](const QByteArray &signature) {
            return [signature](const QByteArray &path, server::Response answer) {
                if (path == "/v1/hello")
                    answer.body.replace("\"limits\"", "\"wipe_at\":5,\"wipe_signature\":\"" +
                                                          signature.toBase64() + "\",\"limits\"");
                return answer;
            };
        };
        const auto key = crypto::newSigningKey();
        QVERIFY(!obeys(
            forge(crypto::sign(sync::wipeOrder(second->hospital, second->device(), 5), key.secretKey))));
        QVERIFY(!obeys(forge(QByteArray(64, 'x'))));
        QVERIFY(m_service->setDeviceState(first->hospital, first->device(), "lost").has_value());
        const auto others = sync::decodeErrorReply(
            call("POST", "/v1/pull", pullFrom(*first->replica->state(), 0), first->token).body);
        QCOMPARE(others.code, QByteArray("device-lost"));
        const QByteArray theirs = call("GET", "/v1/hello", {}, first->token).body;
        const QJsonObject order = QJsonDocument::fromJson(theirs).object();
        const QByteArray foreign =
            QByteArray::fromBase64(order.value(u"wipe_signature").toString().toLatin1());
        QVERIFY(crypto::verify(
            sync::wipeOrder(first->hospital, first->device(), order.value(u"wipe_at").toInteger()), foreign,
            m_service->publicKey()));
        QVERIFY(!obeys(forge(foreign)));
        QVERIFY(m_service->setDeviceState(first->hospital, first->device(), "active").has_value());

        second->clinic.patient(QStringLiteral("Later"), QStringLiteral("Ada"));
        QCOMPARE(list({second->device(), "lost"}).state, QByteArray("lost"));
        QCOMPARE(call("POST", "/v1/wipe-ack", "{}", first->token).status, 403);
        QVERIFY(second->replica->state()->waiting > 0);
        QVERIFY(obeys(asItIs));
        QCOMPARE(second->replica->state()->waiting, 0);
        QCOMPARE(second->replica->state()->auditWaiting, 0);
        pull(*first);
        QCOMPARE(first->replica->state()->openAttention, 1); // what it wrote last, kept aside
        // A line that is cut does not save it.
        second->clinic.patient(QStringLiteral("Last"), QStringLiteral("Ada"));
        QVERIFY(obeys([](const QByteArray &path, const server::Response &answer) {
            return path == "/v1/push" ? server::Response{503, "{}"} : answer;
        }));
        QCOMPARE(list({}).wipedAt, 0);
        QCOMPARE(call("POST", "/v1/wipe-ack", "{}", tokenOf(*second)).status, 200);
        QVERIFY(list({}).wipedAt > 0);
    }

    // A second clinic, which worked alone, comes into the hospital: everything with its ids and dates, on
    // every PC; its file stays as it is.
    void aSecondClinicIsBroughtIn()
    {
        const QString path = m_dir.filePath(QStringLiteral("other.db"));
        Id doctor;
        Id patient;
        Id invoice;
        qint64 booked = 0;
        QByteArray letter(300 * 1024, 'l');
        const auto counts = [](TestClinic &t) {
            QList<qint64> list;
            for (const char *table :
                 {"patient", "appointment", "appointment_event", "invoice", "invoice_line", "payment",
                  "document", "photo", "resource", "branch", "service"})
                list << t.count(table);
            return list;
        };
        QList<qint64> theirs;
        {
            TestClinic other({.path = path});
            other.signIn(QStringLiteral("administrator"));
            auto &c = *other.clinic;
            doctor = other.doctor.id;
            patient = other.patient(QStringLiteral("Elsewhere"), QStringLiteral("Ada")).id;
            domain::Appointment booking;
            booking.patientId = patient;
            booking.practitionerId = doctor;
            booked = booking.startAt = m_clock.todayAt(9) + 86'400'000;
            booking.minutes = 15;
            QVERIFY(c.performNow(services::BookAppointment{booking}).has_value());
            domain::Invoice bill;
            bill.patientId = patient;
            domain::InvoiceLine line;
            line.description = QStringLiteral("Bandage");
            line.unitMinor = 2000;
            invoice = c.performNow(services::IssueInvoice{bill, {line}})->id;
            QVERIFY(c.performNow(services::TakePayment{invoice, 500, domain::PaymentMethod::Card, {}})
                        .has_value());
            services::AddDocument adding;
            adding.document.patientId = patient;
            adding.document.title = QStringLiteral("Letter");
            adding.bytes = letter;
            QVERIFY(c.performNow(adding).has_value());
            theirs = counts(other);
        }
        const auto first = found();
        push(*first);
        first->clinic.clock.set(first->clinic.clock.nowMs() + 86'400'000 / 2);
        auto &c = *first->clinic.clinic;
        const auto before = counts(first->clinic);
        const qint64 users = first->clinic.count("app_user");
        const auto look = c.answerNow(services::LookIntoClinic{path});
        QVERIFY2(look.has_value(), qPrintable(look ? QString() : look.error().field));
        QCOMPARE(look->documents, 1);
        const auto bring = [&](int pieces) {
            int stored = 0;
            services::BringPlace place;
            for (int i = 0; i < pieces; ++i) {
                const auto rows = c.answerNow(services::ReadOtherClinic{path, place});
                if (!rows || rows->done)
                    break;
                place = rows->next;
                const auto done = c.performNow(services::BringRows{*rows});
                if (!done)
                    qFatal("%s %s", qPrintable(done.error().field), qPrintable(done.error().detail));
                stored += *done;
            }
            return stored;
        };
        const int half = bring(20); // and then somebody pulls the plug
        QVERIFY(half > 0);
        const int rest = bring(1000);
        QVERIFY(rest > 0);
        QCOMPARE(bring(1000), 0);
        const auto after = counts(first->clinic);
        for (qsizetype i = 0; i < after.size(); ++i)
            QCOMPARE(after[i], before[i] + theirs[i]);
        // Nobody gets in by coming from elsewhere.
        const QByteArray strangers = "SELECT count(*) FROM app_user WHERE active=0 AND verifier IS NULL";
        QCOMPARE(first->clinic.number(strangers), first->clinic.count("app_user") - users);
        QVERIFY(first->clinic.number(strangers) > 3);
        QCOMPARE(first->clinic.number("SELECT count(*) - count(DISTINCT user_name) FROM app_user"), 0);
        QCOMPARE(first->clinic.number("SELECT count(*) - count(DISTINCT code) FROM branch"), 0);

        for (const auto &result : push(*first))
            QCOMPARE(int(result.status), int(sync::GroupStatus::Ok));
        pull(*first);
        QCOMPARE(first->clinic.count("attention"), 0);
        const auto second = join(*first);
        QCOMPARE(counts(second->clinic), after);
        for (const char *sql :
             {"SELECT sum(created_at) FROM patient", "SELECT sum(created_at) FROM invoice",
              "SELECT sum(updated_at) FROM payment", "SELECT count(*) FROM invoice WHERE state='issued'",
              "SELECT sum(total_minor) FROM invoice"})
            QCOMPARE(second->clinic.number(sql), first->clinic.number(sql));
        // Its places are taken here as they were there.
        second->clinic.signIn(QStringLiteral("administrator"));
        domain::Appointment again;
        again.patientId = second->clinic.patient(QStringLiteral("Late"), QStringLiteral("Leo")).id;
        again.practitionerId = doctor;
        again.startAt = booked;
        again.minutes = 15;
        QVERIFY(!second->clinic.clinic->performNow(services::BookAppointment{again}).has_value());
        int documents = 0;
        storage::DocumentQueue queue(*first->clinic.database, m_clock);
        for (auto task = queue.next(); task && *task; task = queue.next(), ++documents)
            QVERIFY(queue.take(**task, call("POST", (*task)->path, (*task)->body, first->token).body)
                        .has_value());
        QCOMPARE(documents, 3);

        // Not what is this hospital's own, what a server has, or what one may not.
        const QString demo = m_dir.filePath(QStringLiteral("demo.db"));
        {
            TestClinic shown({.path = demo, .demo = true});
        }
        QCOMPARE(c.answerNow(services::LookIntoClinic{demo}).error().code, ErrorCode::WrongProfile);
        const QString noClinic = m_dir.filePath(QStringLiteral("no-clinic.db"));
        QVERIFY(server::SqliteStore::open(noClinic).has_value());
        QCOMPARE(c.answerNow(services::LookIntoClinic{noClinic}).error().code, ErrorCode::NotADatabase);
        // Another version's file, another currency.
        const auto change = [&](const char *sql) {
            TestClinic other({.path = path, .setUp = false});
            QVERIFY(other.database->writerConnection().execScript(sql).has_value());
        };
        change("INSERT INTO maintenance VALUES (1,'test'); UPDATE hospital SET currency='XTS'; DELETE FROM "
               "maintenance");
        QCOMPARE(c.answerNow(services::LookIntoClinic{path}).error().code, ErrorCode::Invalid);
        change("PRAGMA user_version=5");
        QCOMPARE(c.answerNow(services::LookIntoClinic{path}).error().code, ErrorCode::VersionUnknown);
        first->clinic.signIn(QStringLiteral("clerk"));
        QCOMPARE(c.answerNow(services::LookIntoClinic{path}).error().code, ErrorCode::Forbidden);
    }

    // A PC that keeps one branch of two: what it gets, what it may write, charts of the other branch, and
    // what happens when somebody decides otherwise.
    // Two PCs without a network give one identifier to two people: both rows stay, and both PCs tell somebody
    // until one of the records has it no more.
    void oneIdentifierOnTwoPcs()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("clerk"));
        first->clinic.signIn(QStringLiteral("clerk"));
        const auto registering = [](Pc &pc, const char *name, const char *value) {
            services::RegisterPatient intent;
            intent.patient.familyName = QString::fromLatin1(name);
            intent.patient.birthDate = *PartialDate::create(1980);
            domain::Identifier identifier;
            identifier.value = QString::fromLatin1(value);
            intent.identifiers << identifier;
            return *pc.clinic.clinic->performNow(intent);
        };
        const auto here = registering(*first, "Here", "8001015009087");
        const auto there = registering(*second, "There", "800101 5009 087");
        const auto told = [](Pc &pc) {
            QStringList codes;
            const auto open = pc.clinic.clinic->answerNow(services::OpenAttention{});
            if (!open)
                qFatal("%d %s", int(open.error().code), qPrintable(open.error().detail));
            for (const auto &view : *open) {
                codes << view.attention.code;
                if (view.attention.code == u"identifier-shared" && view.attention.happenedAt != 0)
                    qFatal("nobody knows since when");
            }
            return codes.count(QStringLiteral("identifier-shared"));
        };
        QCOMPARE(told(*first), 0);
        for (Pc *pc : {first.get(), second.get()}) {
            for (const auto &result : push(*pc))
                QVERIFY(result.status == sync::GroupStatus::Ok);
        }
        pull(*first);
        pull(*second);
        for (Pc *pc : {first.get(), second.get()}) {
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM identifier WHERE active=1"), 2);
            QCOMPARE(told(*pc), 1);
            QCOMPARE(pc->replica->state()->sharedIdentifiers, 1);
            for (const auto &[one, other] : {std::pair(here, there), {there, here}}) {
                const auto chart = pc->clinic.clinic->performNow(services::OpenPatient{one.id});
                QCOMPARE(chart->shared.size(), 1);
                QCOMPARE(chart->shared.first().name, other.displayName());
            }
        }
        auto wrong = second->clinic.clinic->performNow(services::OpenPatient{there.id})->identifiers.first();
        auto off = wrong;
        off.active = false;
        QVERIFY(second->clinic.clinic->performNow(
            services::SavePatientPart{storage::toRecord(wrong), storage::toRecord(off)}));
        push(*second);
        pull(*first);
        for (Pc *pc : {first.get(), second.get()}) {
            QCOMPARE(told(*pc), 0);
            QCOMPARE(pc->replica->state()->sharedIdentifiers, 0);
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM shared_identifier"), 0);
        }
    }

    void aPcKeepsOneBranch()
    {
        const auto first = found();
        push(*first);
        domain::Branch north;
        north.name = QStringLiteral("North");
        north.code = QStringLiteral("NO");
        north.timeZone = QStringLiteral("UTC");
        auto &c = *first->clinic.clinic;
        QVERIFY(c.performNow(services::SaveSetupRow{{}, storage::toRecord(north)}).has_value());
        const auto branches = c.answerNow(services::ReadBranches{});
        QCOMPARE(branches->size(), 2);
        const Id hill = c.session().branch;
        const Id other = branches->at(0).id == hill ? branches->at(1).id : branches->at(0).id;
        const auto scopeOf = [](const Id &branch) { return "T B:" + branch.toString().toLatin1(); };

        // One patient with an appointment and a paid invoice at each branch.
        const auto patient = first->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        int hour = 9;
        const auto day = [&] {
            domain::Appointment booking;
            booking.patientId = patient.id;
            booking.practitionerId = first->clinic.doctor.id;
            booking.startAt = m_clock.todayAt(hour++);
            booking.minutes = 15;
            const auto booked = c.performNow(services::BookAppointment{booking});
            QVERIFY(booked.has_value());
            domain::Invoice invoice;
            invoice.patientId = patient.id;
            domain::InvoiceLine line;
            line.description = QStringLiteral("Bandage");
            line.unitMinor = 2000;
            const auto issued = c.performNow(services::IssueInvoice{invoice, {line}});
            QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : issued.error().field));
        };
        day();
        c.setSession(*c.performNow(services::SwitchBranch{other}));
        day();
        c.setSession(*c.performNow(services::SwitchBranch{hill}));
        for (const auto &result : push(*first))
            QCOMPARE(int(result.status), int(sync::GroupStatus::Ok));

        const auto at = [](Pc &pc, const char *table, const Id &branch) {
            return pc.clinic.number("SELECT count(*) FROM " + QByteArray(table) + " WHERE branch_id=x'" +
                                    branch.toBytes().toHex() + '\'');
        };
        const auto second = join(*first, scopeOf(other));
        QCOMPARE(second->clinic.number("SELECT count(*) FROM patient"),
                 first->clinic.number("SELECT count(*) FROM patient"));
        QCOMPARE(second->clinic.number("SELECT count(*) FROM branch"), 2);
        QVERIFY(second->clinic.number("SELECT count(*) FROM resource") > 1);
        for (const char *table : {"appointment", "appointment_event", "invoice", "invoice_line"}) {
            QVERIFY2(at(*second, table, other) > 0, table);
            QCOMPARE(at(*second, table, hill), 0);
        }
        // One works there where its rows are.
        second->clinic.signIn(QStringLiteral("clerk"));
        QCOMPARE(second->clinic.clinic->session().branch, other);
        QVERIFY(!second->clinic.clinic->performNow(services::SwitchBranch{hill}).has_value());
        QVERIFY(!second->clinic.clinic->performNow(services::OpenPatient{patient.id})->isWhole);
        QVERIFY(first->clinic.clinic->performNow(services::OpenPatient{patient.id})->isWhole);

        // News of the other branch do not come, those of its own do.
        day();
        push(*first);
        pull(*second);
        QCOMPARE(at(*second, "appointment", hill), 0);

        // The rest of the chart, for who may look at patients.
        const auto &clerk = second->clinic.clinic->session();
        QCOMPARE(call("POST", "/v1/chart", sync::encodeChart(patient.id, Id::create(5), clerk.role, {}),
                      second->token)
                     .status,
                 403);
        const auto ask = [&] {
            return sync::decodeBootReply(call("POST", "/v1/chart",
                                              sync::encodeChart(patient.id, clerk.user, clerk.role, {}),
                                              second->token)
                                             .body);
        };
        // What changes is promised first, and committed; only then is there something to read.
        const auto promised = ask();
        QVERIFY(promised.has_value() && !promised->done && promised->rows.isEmpty());
        QVERIFY(promised->after.isEmpty());
        const auto chart = ask();
        QVERIFY(chart.has_value() && chart->done && !chart->rows.isEmpty());
        QVERIFY(second->replica->take(sync::ChartReply{*chart, patient.id}).has_value());
        QCOMPARE(at(*second, "appointment", hill), at(*first, "appointment", hill));
        QCOMPARE(at(*second, "appointment_event", hill), at(*first, "appointment_event", hill));
        QCOMPARE(at(*second, "invoice_line", hill), at(*first, "invoice_line", hill));
        QVERIFY(second->clinic.clinic->performNow(services::OpenPatient{patient.id})->isWhole);
        // And what changes in it from now on; a payment taken here belongs where its invoice does.
        day();
        push(*first);
        pull(*second);
        QCOMPARE(at(*second, "appointment", hill), at(*first, "appointment", hill));
        services::TakePayment payment;
        {
            auto q = second->clinic.database->writerConnection().query(
                "SELECT id FROM invoice WHERE branch_id=? LIMIT 1", hill);
            QVERIFY(q.next());
            payment.invoice = q.id(0);
        }
        payment.amountMinor = 1000;
        payment.method = domain::PaymentMethod::Card;
        QVERIFY(second->clinic.clinic->performNow(payment).has_value());
        for (const auto &result : push(*second))
            QCOMPARE(int(result.status), int(sync::GroupStatus::Ok));
        const auto third = join(*first, scopeOf(hill));
        QCOMPARE(third->clinic.number("SELECT count(*) FROM payment"), 1);
        QCOMPARE(at(*third, "appointment", other), 0);

        // A changed program that writes where it has nothing: not taken.
        const auto stranger = first->clinic.patient(QStringLiteral("Berg"), QStringLiteral("Eve"));
        push(*first);
        pull(*third);
        third->clinic.signIn(QStringLiteral("clerk"));
        auto forged = third->clinic.clinic->session();
        forged.branch = other;
        third->clinic.clinic->setSession(forged);
        domain::Appointment booking;
        booking.patientId = stranger.id;
        booking.practitionerId = first->clinic.doctor.id;
        booking.startAt = m_clock.todayAt(16);
        booking.minutes = 15;
        const auto notHere = third->clinic.clinic->performNow(services::BookAppointment{booking});
        QVERIFY(!notHere);
        QCOMPARE(notHere.error().field, QStringLiteral("kept"));
        auto &file = third->clinic.database->writerConnection();
        QVERIFY(file.execScript("UPDATE cursor SET scopes='*'").has_value());
        QVERIFY(third->clinic.clinic->performNow(services::BookAppointment{booking}).has_value());
        QVERIFY(file.exec("UPDATE cursor SET scopes=?", QString::fromLatin1(scopeOf(hill))).has_value());
        const auto refused = push(*third);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused[0].code, QByteArray("not-your-branch"));
        pull(*third);
        QCOMPARE(at(*third, "appointment", other), 0);

        // An administrator decides otherwise: the other branch comes, the first one goes, the chart stays.
        const auto &admin = c.session();
        const auto wish = [&](Pc &pc, const QByteArray &scopes) {
            return call("POST", "/v1/devices",
                        sync::encodeDevices(admin.user, admin.role, {pc.device(), {}, scopes}), first->token)
                .status;
        };
        QCOMPARE(wish(*third, "T B:" + Id::create(77).toString().toLatin1()), 400);
        QCOMPARE(wish(*third, "B:" + other.toString().toLatin1()), 400);
        QCOMPARE(wish(*third, scopeOf(other)), 200);
        // Nothing changes before the PC has begun anew with it.
        QCOMPARE(call("POST", "/v1/boot", "{\"after\":\"\",\"scopes\":\"*\"}", third->token).status, 400);
        day();
        push(*first);
        pull(*third);
        QCOMPARE(at(*third, "appointment", hill), at(*first, "appointment", hill));
        beginAnew(*third);
        pull(*third);
        for (const char *table : {"appointment", "appointment_event", "invoice", "invoice_line", "payment"}) {
            QCOMPARE(at(*third, table, hill), 0);
            QCOMPARE(at(*third, table, other), at(*first, table, other));
        }
        QCOMPARE(third->clinic.number("SELECT count(*) FROM unknown_row"), 0);
        QCOMPARE(wish(*second, "*"), 200);
        beginAnew(*second);
        pull(*second);
        for (const char *table : {"appointment", "invoice", "invoice_line"})
            QCOMPARE(second->clinic.number("SELECT count(*) FROM " + QByteArray(table)),
                     first->clinic.number("SELECT count(*) FROM " + QByteArray(table)));
    }

    // After 120 days news are forgotten: who was away for longer begins anew and has everything, who was here
    // notices nothing, and what a PC wrote in the meantime is taken.
    void oldNewsAreForgotten()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        pull(*second);
        for (int i = 0; i < 5; ++i)
            first->clinic.patient(QStringLiteral("Old"), QStringLiteral("Ada"));
        push(*first);
        pull(*first);
        second->clinic.signIn(QStringLiteral("clerk"));
        second->clinic.patient(QStringLiteral("Faraway"), QStringLiteral("Eve"));
        m_clock.advanceMinutes(130 * 24 * 60);
        first->clinic.patient(QStringLiteral("New"), QStringLiteral("Ada"));
        first->token = tokenOf(*first);
        QCOMPARE(push(*first).size(), 1);
        QVERIFY(*m_service->compact(m_service->usualHorizon()) > 0);
        QCOMPARE(*m_service->compact(m_service->usualHorizon()), 0);
        const auto state = *first->replica->state();
        QVERIFY(
            !sync::decodePullReply(call("POST", "/v1/pull", pullFrom(state, state.seq), first->token).body)
                 ->reset);
        second->token = tokenOf(*second);
        const auto behind = *second->replica->state();
        QVERIFY(
            sync::decodePullReply(call("POST", "/v1/pull", pullFrom(behind, behind.seq), second->token).body)
                ->reset);
        QVERIFY(second->replica->startOver(behind.epoch).has_value());
        for (const auto &result : push(*second))
            QCOMPARE(int(result.status), int(sync::GroupStatus::Ok));
        load(*second);
        pull(*second);
        pull(*first);
        for (const char *table : {"patient", "app_user", "role_permission"})
            QCOMPARE(second->clinic.number("SELECT count(*) FROM " + QByteArray(table)),
                     first->clinic.number("SELECT count(*) FROM " + QByteArray(table)));
        QCOMPARE(second->clinic.number("SELECT count(*) FROM unknown_row"), 0);
        QCOMPARE(second->clinic.number("SELECT count(*) FROM unsent"), 0);
    }

    // A PC without a network: its requests are carried to the server in a file and the answers back, as often
    // and in whatever order somebody does it.
    void aFileIsCarried()
    {
        const auto first = found();
        push(*first);
        const auto van = join(*first);
        pull(*van);
        van->clinic.signIn(QStringLiteral("clerk"));
        const sync::ParcelKeys who{van->device(), van->keys};
        const auto lines = [&] {
            const auto made = sync::parcelLines(*van->clinic.database, *van->replica, who);
            return made ? *made : QList<QByteArray>();
        };
        const auto ask = [&](const QList<QByteArray> &parcel) {
            QList<QByteArray> answers;
            for (const QByteArray &line : parcel) {
                auto request = *sync::decodeSealedRequest(line);
                do {
                    const auto answer = call("POST", "/v1/parcel", sync::encode(request));
                    if (answer.status != 200)
                        return QList<QByteArray>();
                    answers << answer.body;
                    request.from = sync::decodeSealedAnswer(answer.body)->next;
                } while (!request.from.isEmpty());
            }
            return answers;
        };
        const auto take = [&](const QList<QByteArray> &answers) {
            return sync::takeAnswerLines(*van->clinic.database, *van->replica, who, answers);
        };
        const auto has = [](Pc &pc, const char *name) {
            return pc.clinic.number("SELECT count(*) FROM patient WHERE family_name='" + QByteArray(name) +
                                    '\'');
        };
        for (int i = 0; i < 1200; ++i)
            van->clinic.patient(QStringLiteral("Moyo-%1").arg(i), QStringLiteral("Ada"));
        for (int i = 0; i < 4000; ++i) // more than one answer holds
            first->clinic.patient(QStringLiteral("Lund%1").arg(i), QStringLiteral("Eve"));
        push(*first);
        const auto early = lines();
        QVERIFY(early.size() > 3);
        QVERIFY(!early.join().contains("Moyo-"));
        van->clinic.patient(QStringLiteral("Later"), QStringLiteral("Ada"));
        const auto late = lines();

        // The later file first; the early one brings nothing new, and is asked and taken all the same.
        const auto lateAnswers = ask(late);
        QVERIFY(lateAnswers.size() > late.size());
        const auto earlyAnswers = ask(early);
        QVERIFY(!earlyAnswers.isEmpty());
        auto taken = take(lateAnswers);
        QVERIFY(taken.has_value());
        QCOMPARE(taken->problem, QByteArray());
        QVERIFY(taken->answered >= 1201 && taken->received > 4000);
        QCOMPARE(van->replica->state()->waiting, 0);
        QCOMPARE(van->clinic.count("outbox"), 0); // the news came with the answers
        QCOMPARE(has(*van, "Lund3999"), 1);
        taken = take(earlyAnswers);
        QVERIFY(taken.has_value());
        QCOMPARE(van->replica->state()->seq, m_service->head(van->hospital).value_or(-1));
        pull(*first);
        QCOMPARE(has(*first, "Later"), 1);
        QCOMPARE(has(*first, "Moyo-1199"), 1);
        QCOMPARE(first->clinic.count("patient"), van->clinic.count("patient"));

        // Work goes on and is carried again; half of the answers are lost with the stick.
        van->clinic.patient(QStringLiteral("Again"), QStringLiteral("Ada"));
        auto answers = ask(lines());
        QVERIFY(take(answers.first(1)).has_value());
        QVERIFY(take(ask(lines())).has_value());
        QCOMPARE(van->clinic.count("outbox"), 0);
        QVERIFY(take(answers).has_value()); // found again

        // Whoever changes, forges or mixes up gets nothing.
        const auto parcel = lines();
        auto forged = *sync::decodeSealedRequest(parcel.first());
        forged.device = first->device();
        QCOMPARE(call("POST", "/v1/parcel", sync::encode(forged)).status, 401);
        forged = *sync::decodeSealedRequest(parcel.first());
        forged.sealed[40] = char(forged.sealed[40] ^ 1);
        QCOMPARE(call("POST", "/v1/parcel", sync::encode(forged)).status, 401);
        QCOMPARE(call("POST", "/v1/parcel", "{\"hospital\":1}").status, 400);
        const auto elsewhere = sync::sealRequest(van->hospital, van->device(), "/v1/codes", "{}",
                                                 van->keys.signSecret, m_service->publicKey());
        QCOMPARE(call("POST", "/v1/parcel", sync::encode(elsewhere)).status, 400);
        auto changed = *sync::decodeSealedAnswer(answers.first());
        changed.sealed[50] = char(changed.sealed[50] ^ 1);
        QCOMPARE(take({sync::encode(changed)}).error().code, ErrorCode::Damaged);
        const sync::ParcelKeys other{first->device(), first->keys};
        QCOMPARE(sync::takeAnswerLines(*first->clinic.database, *first->replica, other, answers).error().code,
                 ErrorCode::Damaged);
        m_stumbling->isDown = true;
        QCOMPARE(call("POST", "/v1/parcel", parcel.first()).status, 503);
        m_stumbling->isDown = false;

        // A server put back from a backup: one more round, and everything is there again.
        van->clinic.patient(QStringLiteral("Restored"), QStringLiteral("Ada"));
        QVERIFY(m_service->bumpEpochs().has_value());
        taken = take(ask(lines()));
        QVERIFY(taken.has_value());
        QVERIFY(taken->again);
        for (int round = 0; round < 3 && van->replica->state()->waiting > 0; ++round)
            QVERIFY(take(ask(lines())).has_value());
        QVERIFY(take(ask(lines())).has_value());
        QCOMPARE(van->replica->state()->waiting, 0);
        QVERIFY(van->replica->state()->booted);
        QCOMPARE(van->clinic.count("patient"), first->clinic.count("patient") + 2);
    }

    void theAuditChainIsCountersigned()
    {
        const auto pc = found();
        auto &c = pc->clinic.database->writerConnection();
        const auto sendAll = [&] {
            while (pc->replica->state()->auditWaiting > 0) {
                const auto reply = sync::decodeAuditReply(
                    call("POST", "/v1/audit", *pc->replica->auditRequest(), pc->token).body);
                QVERIFY(reply && reply->broken == 0);
                QVERIFY(pc->replica->take(*reply).has_value());
            }
        };
        const auto fault = [&] {
            const auto found = storage::verifyAuditChain(c, pc->clinic.database->identity());
            return !found ? QStringLiteral("error") : *found ? (*found)->what : QString();
        };
        sendAll();
        QCOMPARE(fault(), QString());
        // An event that does not follow is not taken, nor anything after it.
        pc->clinic.patient(QStringLiteral("One"), QStringLiteral("Ada"));
        pc->clinic.patient(QStringLiteral("Two"), QStringLiteral("Ada"));
        auto batch = sync::decodeAudit(*pc->replica->auditRequest());
        batch->records[0].outcome = "refused";
        const auto reply =
            sync::decodeAuditReply(call("POST", "/v1/audit", sync::encodeAudit(*batch), pc->token).body);
        QCOMPARE(reply->broken, batch->records[0].n);
        QCOMPARE(reply->kept, batch->records[0].n - 1);
        const auto theirs = sync::decodeAudit(*pc->replica->auditRequest());
        sendAll();
        // What comes a second time, but other than it is here: the file has gone another way since.
        auto other = *theirs;
        other.records.last().hash = QByteArray(32, 'x');
        const auto forked =
            sync::decodeAuditReply(call("POST", "/v1/audit", sync::encodeAudit(other), pc->token).body);
        QCOMPARE(forked->broken, other.records.first().n);
        const qint64 before = pc->replica->state()->auditWaiting;
        QVERIFY(pc->replica->take(*forked).has_value());
        QCOMPARE(pc->replica->state()->auditWaiting, before); // the server's head is not this file's
        QVERIFY(pc->replica->state()->auditBroken > 0);
        QCOMPARE(storage::auditStanding(c, pc->clinic.database->identity())->clonedAt, forked->broken);
        QVERIFY(c.exec("DELETE FROM local_state WHERE \"key\"='audit-broken'").has_value());
        // Sent twice it is there once.
        QVERIFY(c.exec("UPDATE local_state SET value='0' WHERE \"key\"='audit-sent'").has_value());
        sendAll();
        // The whole chain cut off behind what the server has seen, and the counter with it.
        QVERIFY(c.exec("SAVEPOINT tamper").has_value());
        for (const char *sql :
             {"INSERT INTO maintenance VALUES (1,'tamper')", "DELETE FROM audit_event WHERE n>3",
              "UPDATE counter SET value=3 WHERE name='audit-head'"})
            QVERIFY(c.exec(sql).has_value());
        QCOMPARE(fault(), QStringLiteral("truncated"));
        QVERIFY(c.exec("ROLLBACK TO tamper").has_value());
        // Another signature in its place.
        QVERIFY(c.exec("UPDATE local_state SET value='3 AAAA AAAA ' || substr(value,-36) WHERE "
                       "\"key\"='audit-signed'")
                    .has_value());
        QCOMPARE(fault(), QStringLiteral("signature"));
        QVERIFY(c.exec("ROLLBACK TO tamper").has_value());
        QVERIFY(c.exec("RELEASE tamper").has_value());
        QCOMPARE(fault(), QString());
    }

    // "Who saw this record?" is answered of every PC, by the server that cannot read the names.
    void theServerIsAskedWhoLooked()
    {
        const auto first = found();
        const auto patient = first->clinic.patient(QStringLiteral("Moyo-Ndlovu"), QStringLiteral("Ada"));
        const auto other = first->clinic.patient(QStringLiteral("Ncube"), QStringLiteral("Bo"));
        auto renamed = patient;
        renamed.familyName = QStringLiteral("Moyo-Dube");
        QVERIFY(first->clinic.clinic->performNow(services::UpdatePatient{patient, renamed}).has_value());
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("nurse"));
        QVERIFY(second->clinic.clinic->performNow(services::OpenPatient{patient.id}).has_value());
        QVERIFY(second->clinic.clinic->performNow(services::OpenPatient{other.id}).has_value());
        first->clinic.signIn(QStringLiteral("administrator"));
        const auto sendEvents = [&](Pc &pc) {
            for (QByteArray events = *pc.replica->auditRequest(); pc.replica->state()->auditWaiting > 0;
                 events = *pc.replica->auditRequest()) {
                const auto kept = sync::decodeAuditReply(call("POST", "/v1/audit", events, pc.token).body);
                if (!kept || !pc.replica->take(*kept))
                    qFatal("audit");
            }
        };
        sendEvents(*first);
        sendEvents(*second);
        const auto ask = [&](Pc &pc, const Id &subject) {
            const auto &session = pc.clinic.clinic->session();
            return call("POST", "/v1/audit-of",
                        sync::encode(sync::AuditQuestion{session.user, session.role, subject}), pc.token);
        };
        const auto answer = ask(*first, patient.id);
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.body.contains("Nurse") && !answer.body.contains("Moyo-Ndlovu"));
        const auto told = sync::decodeAuditFound(answer.body);
        QVERIFY(told && !told->more);
        const auto opened = first->clinic.clinic->answerNow(services::OpenAuditEvents{*told});
        QVERIFY(opened.has_value());
        const auto seen = std::find_if(opened->begin(), opened->end(), [](const storage::AuditEntry &entry) {
            return entry.intention == u"open-patient" && entry.role == u"nurse";
        });
        QVERIFY(seen != opened->end());
        QCOMPARE(seen->actor, second->clinic.clinic->session().user);
        QVERIFY2(seen->pc.startsWith(QStringLiteral("PC (")), qPrintable(seen->pc));
        QVERIFY2(!seen->actorName.isEmpty(), "opened with the hospital's key");
        const auto changed =
            std::find_if(opened->begin(), opened->end(), [](const storage::AuditEntry &entry) {
                return entry.intention == u"update-patient";
            });
        QVERIFY(changed != opened->end() && changed->detail.contains(u"Moyo-Ndlovu") &&
                changed->detail.contains(u"Moyo-Dube"));
        for (const auto &entry : *opened)
            QCOMPARE(entry.subject, patient.id);
        // By whoever did it: everything of that account, and about one record only what it did there.
        const Id nurse = second->clinic.clinic->session().user;
        const auto askOf = [&](const Id &subject, const Id &of, qint64 since = 0) {
            const auto &session = first->clinic.clinic->session();
            sync::AuditQuestion question{session.user, session.role, subject, of};
            question.since = since;
            const auto found = sync::decodeAuditFound(
                call("POST", "/v1/audit-of", sync::encode(question), first->token).body);
            for (const auto &event : found->records) {
                if (event.actor != of)
                    qFatal("somebody else's event");
            }
            return found->records.size();
        };
        const qsizetype hers = askOf({}, nurse);
        QVERIFY(hers >= 3); // signed in, opened two
        QCOMPARE(askOf(patient.id, nurse), 1);
        QCOMPARE(askOf({}, nurse, m_clock.nowMs() + 1), 0);
        // A breach counts what was done on all PCs, each event once.
        const auto everything = sync::decodeAuditFound(
            call("POST", "/v1/audit-of",
                 sync::encode(sync::AuditQuestion{
                     first->clinic.clinic->session().user, first->clinic.clinic->session().role, {}, nurse}),
                 first->token)
                .body);
        const auto here =
            first->clinic.clinic->answerNow(services::ReachOfAccount{QStringLiteral("nurse"), 0});
        const auto there = first->clinic.clinic->answerNow(
            services::ReachOfAccount{QStringLiteral("nurse"), 0, *everything});
        QVERIFY(here && there);
        QCOMPARE(here->touched.size(), 0);
        QCOMPARE(there->touched.size(), 2);
        QCOMPARE(there->otherPcs.size(), 1);
        QCOMPARE(there->touched.first().opened, 1);
        // What was written before the server kept the subject beside the event is found as well.
        const auto cleared =
            m_store->transact(first->hospital, [&](server::SqlSession &session) -> Result<void> {
                const auto done =
                    session.run("UPDATE audit_chain SET subject=NULL, actor=NULL WHERE hospital_id=$1",
                                {server::idValue(first->hospital)});
                return done ? Result<void>() : fail(done);
            });
        QVERIFY(cleared.has_value());
        QCOMPARE(sync::decodeAuditFound(ask(*first, patient.id).body)->records.size(), told->records.size());
        QCOMPARE(askOf({}, nurse), hers);
        QCOMPARE(askOf(patient.id, nurse), 1);
        // More than one answer holds: page by page, each event once, in order.
        QSet<Id> seenEvents;
        const auto fill =
            m_store->transact(first->hospital, [&](server::SqlSession &session) -> Result<void> {
                const auto one = session.run(
                    "SELECT device, n, hash, body, at FROM audit_chain WHERE hospital_id=$1 "
                    "AND body LIKE $2 ORDER BY n DESC LIMIT 1",
                    {server::idValue(first->hospital), Value{QStringLiteral("%%1%").arg(nurse.toString())}});
                if (!one || one->isEmpty())
                    return fail(ErrorCode::Internal);
                server::Rows rows;
                for (int i = 0; i < 1100; ++i) {
                    const auto &row = one->first();
                    QByteArray body = server::bytesAt(row, 3);
                    const QByteArray before = "\"id\":\"";
                    const qsizetype at = body.indexOf(before) + before.size();
                    body.replace(at, 36, Id::create(i + 1).toString().toLatin1());
                    rows << server::Row{server::idValue(first->hospital),
                                        row[0],
                                        Value{server::integerAt(row, 1) + 1000 + i},
                                        row[2],
                                        server::textValue(body),
                                        row[4],
                                        Value{QByteArray("")},
                                        server::idValue(nurse)};
                }
                return session.runMany("audit_chain",
                                       "hospital_id, device, n, hash, body, at, subject, actor", "", rows);
            });
        QVERIFY(fill.has_value());
        QByteArray place;
        int answers = 0;
        do {
            const auto &session = first->clinic.clinic->session();
            const auto page = sync::decodeAuditFound(
                call("POST", "/v1/audit-of",
                     sync::encode(sync::AuditQuestion{session.user, session.role, {}, nurse, 0, place}),
                     first->token)
                    .body);
            for (const auto &event : page->records)
                seenEvents.insert(event.id);
            place = page->next;
            QCOMPARE(page->more, !place.isEmpty());
        } while (++answers < 10 && !place.isEmpty());
        QCOMPARE(answers, 3);
        QCOMPARE(seenEvents.size(), hers + 1100);
        // Not for a nurse, and nothing of another hospital.
        QCOMPARE(ask(*second, patient.id).status, 403);
        const auto stranger = found();
        stranger->clinic.signIn(QStringLiteral("administrator"));
        push(*stranger);
        QVERIFY(sync::decodeAuditFound(ask(*stranger, patient.id).body)->records.isEmpty());
    }

    // Bytes of documents: in pieces, after their row, to whoever sees the row, and readable by nobody
    // between.
    void documentsTravelInPieces()
    {
        using enum storage::DocumentPlace;
        const auto first = found();
        push(*first);
        const auto patient = first->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        QByteArray bytes;
        for (int i = 0; bytes.size() < 600 * 1024; ++i)
            bytes += "A letter nobody else may read, line " + QByteArray::number(i) + '\n';
        domain::Document typed;
        typed.patientId = patient.id;
        typed.fileName = QStringLiteral("../../etc/letter\u202e.txt");
        const auto added = first->clinic.clinic->performNow(services::AddDocument{typed, bytes});
        QVERIFY(added.has_value());
        QCOMPARE(added->fileName, QStringLiteral("letter.txt"));
        QCOMPARE(added->title, added->fileName);

        // One piece: the question, the answer, and what the file says then.
        const auto step = [&](Pc &pc, storage::DocumentQueue &queue) {
            const auto task = queue.next();
            if (!task || !*task)
                return 0;
            const auto answer = call("POST", (*task)->path, (*task)->body, pc.token);
            if (answer.status == 200 && !queue.take(**task, answer.body))
                return -1;
            return answer.status;
        };
        storage::DocumentQueue sending(*first->clinic.database, m_clock);
        QVERIFY(!*sending.next()); // the server does not know its row yet
        const QByteArray missing = sync::encodeMissingPieces(added->id);
        QCOMPARE(call("POST", "/v1/blobs/missing", missing, first->token).status, 404);
        QCOMPARE(call("POST", "/v1/blobs/put", sync::encodePutPiece(added->id, 0, "x"), first->token).status,
                 404);
        push(*first);
        pull(*first);
        QCOMPARE(first->replica->state()->documentsWaiting, 1);
        const auto second = join(*first);
        // Nobody has sent it: whoever asks has to wait.
        second->clinic.signIn(QStringLiteral("clerk"));
        QVERIFY(second->clinic.clinic->performNow(services::OpenDocument{added->id})->state.place == Coming);
        storage::DocumentQueue fetching(*second->clinic.database, m_clock);
        QCOMPARE(step(*second, fetching), 404);
        QVERIFY(!*fetching.next({added->id}));
        QCOMPARE(step(*first, sending), 200); // which are missing
        QCOMPARE(step(*first, sending), 200);
        // It goes on where it stood, whoever has been interrupted.
        storage::DocumentQueue again(*first->clinic.database, m_clock);
        const auto task = again.next();
        QCOMPARE((*task)->n, 1);
        QCOMPARE(step(*first, again), 200);
        QCOMPARE(step(*second, fetching), 200);
        QCOMPARE(storage::documentState(second->clinic.database->writerConnection(), added->content)->here,
                 sync::pieceSize);
        QCOMPARE(step(*first, again), 200);
        QCOMPARE(step(*first, again), 0);
        QCOMPARE(first->replica->state()->documentsWaiting, 0);
        for (const QByteArray &wrong :
             {sync::encodePutPiece(added->id, 3, "x"), sync::encodePutPiece(added->id, -1, "x"),
              sync::encodePutPiece(added->id, 0, QByteArray(300 * 1024, 'x'))})
            QCOMPARE(call("POST", "/v1/blobs/put", wrong, first->token).status, 400);
        QCOMPARE(
            call("POST", "/v1/blobs/put", sync::encodePutPiece(added->id, 0, "wrong"), first->token).status,
            200); // what is there stays
        // More than a PC is to keep: what was not looked at for long goes, what the server lacks never.
        auto &c = second->clinic.database->writerConnection();
        QVERIFY(c.exec("INSERT INTO blob (content, size, state, used_at) VALUES ('old',5000000000,'here',1),"
                       "('mine',5000000000,'unsent',1)")
                    .has_value());
        while (step(*second, fetching) == 200)
            continue;
        QCOMPARE(second->clinic.number("SELECT count(*) FROM blob WHERE content='old'"), 0);
        QCOMPARE(second->clinic.number("SELECT count(*) FROM blob"), 2);
        const auto opened = second->clinic.clinic->performNow(services::OpenDocument{added->id});
        QVERIFY(opened->state.place == Here);
        QCOMPARE(*second->clinic.clinic->answerNow(services::DocumentBytes{added->content}), bytes);

        // Another hospital's PC, and one that keeps another branch, ask in vain.
        const auto stranger = found();
        QCOMPARE(call("POST", "/v1/blobs/get", sync::encodeGetPiece(added->id, 0), stranger->token).status,
                 404);
        domain::Branch north;
        north.name = QStringLiteral("North");
        north.code = QStringLiteral("NO");
        north.timeZone = QStringLiteral("UTC");
        QVERIFY(first->clinic.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(north)})
                    .has_value());
        push(*first);
        const auto branches = *first->clinic.clinic->answerNow(services::ReadBranches{});
        const Id other =
            branches[0].id == first->clinic.clinic->session().branch ? branches[1].id : branches[0].id;
        const auto elsewhere = join(*first, "T " + domain::scopeOfBranch(other));
        QCOMPARE(call("POST", "/v1/blobs/get", sync::encodeGetPiece(added->id, 0), elsewhere->token).status,
                 404);

        // A piece that was changed on the server is not taken for the document, and not asked for for ever.
        const auto third = join(*first);
        third->clinic.signIn(QStringLiteral("clerk"));
        QVERIFY(third->clinic.clinic->performNow(services::OpenDocument{added->id}).has_value());
        const auto set = [&](const char *sql) {
            QVERIFY(m_store
                        ->transact(first->hospital,
                                   [&](server::SqlSession &session) -> Result<void> {
                                       const auto ran = session.run(sql, {server::idValue(first->hospital)});
                                       return ran ? Result<void>() : fail(ran);
                                   })
                        .has_value());
        };
        for (const char *sql : {"UPDATE blob_piece SET n=9 WHERE hospital_id=$1 AND n=2",
                                "UPDATE blob_piece SET n=2 WHERE hospital_id=$1 AND n=1",
                                "UPDATE blob_piece SET n=1 WHERE hospital_id=$1 AND n=9"})
            set(sql); // two pieces change places
        storage::DocumentQueue broken(*third->clinic.database, m_clock);
        QCOMPARE(step(*third, broken), 200);
        QCOMPARE(step(*third, broken), -1);
        QVERIFY(!*broken.next());
        set("DELETE FROM blob_piece WHERE hospital_id=$1 AND n=2");

        // A server put back from a backup: what it lost is sent again, and no more than that.
        QVERIFY(m_service->bumpEpochs().has_value());
        const auto hello = QJsonDocument::fromJson(call("GET", "/v1/hello", {}, first->token).body).object();
        QVERIFY(first->replica->startOver(hello.value(u"epoch").toString().toLatin1()).has_value());
        push(*first);
        load(*first);
        QCOMPARE(first->replica->state()->documentsWaiting, 1);
        int steps = 0;
        while (step(*first, again) == 200)
            ++steps;
        QCOMPARE(steps, 2); // the question and the one that was lost
        QCOMPARE(first->replica->state()->documentsWaiting, 0);

        // A PC's file from before it kept less may have bytes of a document it is not shown any more: nobody
        // waits for them, until it is shown again.
        const auto narrowed = join(*first);
        narrowed->clinic.signIn(QStringLiteral("clerk"));
        typed.title = QStringLiteral("Mine");
        const auto mine = narrowed->clinic.clinic->performNow(services::AddDocument{typed, "short"});
        QVERIFY(mine.has_value());
        push(*narrowed);
        pull(*narrowed);
        set(("UPDATE device SET scopes='T " + domain::scopeOfBranch(other) +
             "' WHERE hospital_id=$1 AND number=(SELECT max(number) FROM device WHERE hospital_id=$1)")
                .constData());
        QCOMPARE(narrowed->replica->state()->documentsWaiting, 1);
        storage::DocumentQueue unseen(*narrowed->clinic.database, m_clock);
        const auto hidden = unseen.next();
        QVERIFY(hidden && *hidden);
        QCOMPARE(call("POST", (*hidden)->path, (*hidden)->body, narrowed->token).status, 404);
        QVERIFY(unseen.refused(**hidden).has_value());
        QCOMPARE(narrowed->replica->state()->documentsWaiting, 0);
        QVERIFY(!*unseen.next());
        QVERIFY(narrowed->replica->startOver(narrowed->replica->state()->epoch, "*").has_value());
        QCOMPARE(narrowed->replica->state()->documentsWaiting, 1);
        QCOMPARE(*storage::documentBytes(narrowed->clinic.database->writerConnection(), mine->content),
                 QByteArray("short"));

        // As large as is allowed, and no larger.
        QByteArray large(sync::largestDocument, 'x');
        const auto largest = first->clinic.clinic->performNow(services::AddDocument{typed, large});
        QVERIFY(largest.has_value());
        QVERIFY(*first->clinic.clinic->answerNow(services::DocumentBytes{largest->content}) == large);
        large += 'x';
        const auto tooLarge = first->clinic.clinic->performNow(services::AddDocument{typed, large});
        QVERIFY(!tooLarge && tooLarge.error().code == ErrorCode::FileTooLarge);
        QVERIFY(!first->clinic.clinic->performNow(services::AddDocument{typed, {}}).has_value());

        // The server's file does not have it in the clear.
        for (const char *suffix : {"", "-wal"}) {
            QFile file(m_dir.filePath(QStringLiteral("server.db")) + QLatin1StringView(suffix));
            if (m_cluster)
                continue;
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("nobody else may read"));
        }
    }

    // Two commits may be told in the wrong order: whoever waits must not be told of the older one for ever.
    void newsAreNeverOlderThanTheyWere()
    {
        const Id hospital = Id::create(1);
        server::News alone(false);
        QVERIFY(!alone.latest(hospital));
        alone.tell(hospital, 5, "epoch");
        const quint64 version = alone.version(hospital);
        alone.tell(hospital, 7);
        QVERIFY(alone.version(hospital) != version);
        alone.tell(hospital, 6);
        QCOMPARE(alone.latest(hospital)->first, 7);
        QCOMPARE(alone.latest(hospital)->second, QByteArray("epoch"));
        server::News together(true); // the database has the last word
        together.tell(hospital, 7, "epoch");
        QVERIFY(!together.latest(hospital));
    }

    // Which PC it is, what runs on it and who worked there last: for administrators of all, for others of
    // their own.
    void pcsSayWhoWorksThere()
    {
        const auto first = found();
        push(*first);
        const auto second = join(*first);
        const auto &admin = first->clinic.clinic->session();
        const auto person = [](Pc &pc, const char *name) {
            pc.clinic.signIn(QString::fromLatin1(name));
            return pc.clinic.clinic->session();
        };
        const auto clerk = person(*second, "clerk");
        const auto tell = [&](Pc &pc, const Id &user, const char *system) {
            m_clock.advanceMinutes(1);
            pc.token = tokenOf(pc, QByteArray(",\"system\":\"") + system +
                                       "\",\"version\":\"1.2\",\"user\":" + quoted(user));
        };
        tell(*first, admin.user, "Debian 12");
        tell(*second, admin.user, "Windows 11");
        tell(*second, clerk.user, "Windows 11");
        const auto list = [&](Pc &pc, const QByteArray &body) {
            return sync::decodeDevicesReply(call("POST", "/v1/devices", body, pc.token).body);
        };
        const auto all = list(*first, sync::encodeDevices(admin.user, admin.role));
        QCOMPARE(all->size(), 2);
        QCOMPARE(all->at(0).system, QStringLiteral("Debian 12"));
        QCOMPARE(all->at(0).lastUser, admin.user);
        QCOMPARE(all->at(1).version, QStringLiteral("1.2"));
        QCOMPARE(all->at(1).lastUser, clerk.user);
        QVERIFY(all->at(1).lastUsedAt > all->at(0).lastUsedAt);
        // One's own: also where somebody else came after.
        const auto mine = list(*first, sync::encodeOwnDevices(admin.user, admin.role));
        QCOMPARE(mine->size(), 2);
        QCOMPARE(mine->at(1).lastUser, admin.user);
        const auto theirs = list(*second, sync::encodeOwnDevices(clerk.user, clerk.role));
        QCOMPARE(theirs->size(), 1);
        QCOMPARE(theirs->first().id, second->device());
        QCOMPARE(
            call("POST", "/v1/devices", sync::encodeDevices(clerk.user, clerk.role), second->token).status,
            403);
        // And nothing is done to a PC that way.
        QByteArray both = sync::encodeOwnDevices(clerk.user, clerk.role);
        both.chop(1);
        both += ",\"device\":" + quoted(first->device()) + ",\"state\":\"revoked\"}";
        QCOMPARE(call("POST", "/v1/devices", both, second->token).status, 400);
    }

    // Last, when all of the above has asked: everything that is described was seen.
    void everyDescribedAnswerWasSeen()
    {
        QCOMPARE(unseen([](const QString &path) {
                     return !isAboutKeys(path) && !isAboutCodes(path);
                 }).join(QStringLiteral(", ")),
                 QString());
    }
};

int main(int argc, char **argv)
{
    return test::run<TstService, QCoreApplication>(argc, argv);
}
#include "tst_service.moc"
