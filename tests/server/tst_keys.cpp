// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/servicefixture.h"

#include "secrets/recoverykey.h"
#include "services/admin/keyholders.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "storage/auditlog.h"
#include "storage/replica/documentqueue.h"
#include "sync/engine/engine.h"
#include "sync/engine/parcels.h"
#include "sync/wire/documents.h"
#include "sync/wire/keygrants.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

// The hospital's data key is replaced: who gets the new one, who does not, and what lies on the server.
class TstKeys : public ServiceFixture
{
    Q_OBJECT

    static crypto::BoxKey boxOf(const Pc &pc) { return {pc.keys.boxPublic, pc.keys.boxSecret}; }
    static sync::HospitalKeys keysOf(const Pc &pc) { return pc.clinic.database->identity().sealer.keys(); }
    static int newest(const Pc &pc) { return keysOf(pc).newest(); }
    // What the engine does when the greeting says that there is something about keys.
    void exchangeKeys(Pc &pc)
    {
        QList<sync::KeyHolder> wanting;
        QList<int> refused;
        for (int round = 0; round < 3; ++round) {
            const auto request = pc.replica->keysRequest(pc.keys.boxPublic, wanting, refused);
            const auto reply = sync::decodeKeysReply(call("POST", "/v1/keys", *request, pc.token).body);
            QVERIFY(reply.has_value());
            const auto taken = pc.replica->take(*reply, boxOf(pc));
            QVERIFY(taken.has_value());
            wanting = reply->wanting;
            refused = *taken;
        }
    }
    QJsonObject hello(Pc &pc)
    {
        return QJsonDocument::fromJson(call("GET", "/v1/hello", {}, pc.token).body).object();
    }
    sync::Rotation rotation(Pc &pc, QStringList *later = nullptr)
    {
        const auto &session = pc.clinic.clinic->session();
        const auto listed = sync::decodeDevicesReply(
            call("POST", "/v1/devices", sync::encodeDevices(session.user, session.role), pc.token).body);
        auto rotation =
            sync::newRotation(keysOf(pc), pc.hospital, pc.device(), pc.keys.boxPublic, *listed, 5, later);
        rotation.actor = session.user;
        rotation.role = session.role;
        return rotation;
    }
    // The id of the new key.
    int rotate(Pc &pc, QStringList *later = nullptr)
    {
        const auto wanted = rotation(pc, later);
        if (call("POST", "/v1/rotate", sync::encode(wanted), pc.token).status != 200)
            qFatal("not replaced");
        exchangeKeys(pc);
        return wanted.keyId;
    }
    // The real engine, from its start until it has nothing more to do.
    void drive(Pc &pc)
    {
        using E = sync::Engine;
        E engine({pc.hospital, pc.device(), pc.refresh, pc.keys.signSecret, boxOf(pc)}, [] { return 0.5; });
        QList<E::Event> events{E::Start{}};
        for (int steps = 0; !events.isEmpty() && steps < 500; ++steps) {
            for (const auto &action : engine.handle(events.takeFirst())) {
                if (const auto *send = std::get_if<E::Send>(&action)) {
                    if (send->path.startsWith("/v1/live"))
                        continue; // at rest
                    const auto answer = call(send->method, send->path, send->body, send->token);
                    events << E::Reply{answer.status, answer.body, answer.retryAfter};
                } else if (const auto *save = std::get_if<E::SaveRefresh>(&action)) {
                    pc.refresh = save->refresh;
                    events << E::RefreshSaved{true};
                } else if (const auto event = E::carryOut(action, *pc.replica))
                    events << *event;
            }
        }
        QCOMPARE(int(engine.status().phase), int(sync::SyncStatus::Phase::UpToDate));
    }
    void setState(Pc &administrator, Pc &pc, const char *state)
    {
        const auto &session = administrator.clinic.clinic->session();
        QCOMPARE(call("POST", "/v1/devices",
                      sync::encodeDevices(session.user, session.role, {pc.device(), state, {}}),
                      administrator.token)
                     .status,
                 200);
    }
    // Seals everything anew, page by page; how many rows, events and pieces came by.
    int resealAll(Pc &pc)
    {
        int count = 0;
        for (QByteArray body = sync::encode(sync::Resealing{});;) {
            const auto work = sync::decodeResealing(call("POST", "/v1/reseal", body, pc.token).body);
            if (!work || work->to.isEmpty())
                return work ? count : -1;
            const auto sealed = sync::renewed(*work, pc.clinic.database->identity().sealer);
            count += int(sealed.rows.size() + sealed.events.size() + sealed.pieces.size());
            body = sync::encode(sealed);
        }
    }
    server::Rows ask(const Pc &pc, const QByteArray &sql, server::Row more = {})
    {
        server::Rows rows;
        const auto done = m_store->transact(pc.hospital, [&](server::SqlSession &session) -> Result<void> {
            auto answer = session.run(sql, server::Row{server::idValue(pc.hospital)} + more);
            if (!answer)
                return fail(answer);
            rows = *answer;
            return {};
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
        return rows;
    }
    // Ids of the keys that rows, events and pieces on the server are sealed with.
    QSet<int> keysInUse(const Pc &pc)
    {
        QSet<int> ids;
        for (const auto &row : ask(pc, "SELECT fields FROM record WHERE hospital_id=$1")) {
            const auto fields = sync::decodeFields(server::bytesAt(row, 0));
            for (const auto &value : *fields) {
                if (value.isSealed())
                    ids << sync::keyIdOf(value.envelope);
            }
        }
        for (const auto &row : ask(pc, "SELECT body FROM audit_chain WHERE hospital_id=$1")) {
            const auto batch = sync::decodeAudit(server::bytesAt(row, 0));
            const auto &event = batch->records.first();
            for (const QByteArray &envelope : {event.nameSealed, event.detailSealed}) {
                if (!envelope.isEmpty())
                    ids << sync::keyIdOf(envelope);
            }
        }
        for (const auto &row : ask(pc, "SELECT data FROM blob_piece WHERE hospital_id=$1"))
            ids << sync::keyIdOf(server::bytesAt(row, 0));
        return ids;
    }
    void pushAudit(Pc &pc)
    {
        for (;;) {
            qint64 after = 0;
            const auto body = pc.replica->auditRequest(&after);
            if (!body || body->isEmpty())
                return;
            const auto reply = sync::decodeAuditReply(call("POST", "/v1/audit", *body, pc.token).body);
            if (!reply || !pc.replica->take(*reply))
                qFatal("audit");
        }
    }
    void moveDocuments(Pc &pc)
    {
        storage::DocumentQueue queue(*pc.clinic.database, m_clock);
        for (auto task = queue.next(); task && *task; task = queue.next())
            QVERIFY(queue.take(**task, call("POST", (*task)->path, (*task)->body, pc.token).body));
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void initTestCase() { openStore(); }

    // Who was shut out before has no way to what comes after; everybody else goes on.
    void whoWasShutOutReadsNothingNew()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        const auto second = join(*first);
        exchangeKeys(*second);
        const auto stolen = join(*first);
        exchangeKeys(*stolen);
        QCOMPARE(hello(*first).value(u"keys"), false);
        setState(*first, *stolen, "revoked");
        // What was made before the key was replaced, and lies in a drawer, is void.
        const QByteArray secret = crypto::randomBytes(20);
        const auto &session = first->clinic.clinic->session();
        call("POST", "/v1/codes",
             sync::encodeCode(crypto::hash(sync::enrolmentProof(secret)),
                              sync::wrapKeys(keysOf(*first), secret, first->hospital), {}, session.user,
                              session.role),
             first->token);
        const int before = newest(*first);
        const int id = rotate(*first);
        QVERIFY(id > before);
        QCOMPARE(newest(*first), id);
        const sync::EnrolmentCode drawer{
            {QStringLiteral("x")}, first->hospital, m_service->publicKey(), {}, secret};
        QCOMPARE(call("POST", "/v1/enrol",
                      sync::encodeEnrol(drawer, {}, Id::create(m_clock.nowMs()), sync::DeviceKeys::create(),
                                        QStringLiteral("Drawer"), 1))
                     .status,
                 401);

        const auto person = first->clinic.patient(QStringLiteral("Later"), QStringLiteral("Ada"));
        push(*first);
        // The second PC cannot read it before it has fetched the key, and loses nothing by trying.
        const auto state = second->replica->state();
        const auto page =
            sync::decodePullReply(call("POST", "/v1/pull", pullFrom(*state, state->seq), second->token).body);
        QCOMPARE(second->replica->take(*page).error().code, ErrorCode::KeyMissing);
        QCOMPARE(second->replica->state()->seq, state->seq);
        QCOMPARE(hello(*second).value(u"keys"), true);
        QCOMPARE(hello(*second).value(u"key").toInt(), id);
        exchangeKeys(*second);
        pull(*second);
        QCOMPARE(storage::find<domain::Patient>(second->clinic.database->writerConnection(), person.id)
                     ->familyName,
                 QStringLiteral("Later"));
        QCOMPARE(hello(*second).value(u"keys"), false);

        // The one that was shut out: no answer, no grant of its own, and what others were sent is not for it.
        QCOMPARE(call("POST", "/v1/keys", *stolen->replica->keysRequest(stolen->keys.boxPublic, {}, {}),
                      stolen->token)
                     .status,
                 403);
        QCOMPARE(call("POST", "/v1/reseal", sync::encode(sync::Resealing{}), stolen->token).status, 403);
        QVERIFY(ask(*first, "SELECT 1 FROM device_key WHERE hospital_id=$1 AND device=$2",
                    {server::idValue(stolen->device())})
                    .isEmpty());
        // A whole copy of the server, with the keys it has: the new name stays shut, the old ones open.
        const auto thief = stolen->clinic.database->identity().sealer;
        int shut = 0;
        for (const auto &row :
             ask(*first, "SELECT id, fields FROM record WHERE hospital_id=$1 AND entity='patient'")) {
            const auto fields = sync::decodeFields(server::bytesAt(row, 1));
            const bool isNew = server::idAt(row, 0) == person.id;
            QCOMPARE(thief.open(fields->value("family_name").envelope, server::idAt(row, 0), "family_name")
                         .has_value(),
                     !isNew);
            shut += isNew;
        }
        QCOMPARE(shut, 1);
        for (const auto &grant : rotation(*first).grants)
            QVERIFY(!sync::openGrant(grant, keysOf(*stolen), first->hospital, boxOf(*stolen)));
        // What it wrote meanwhile is kept aside, under the old key, and blocks nobody.
        stolen->clinic.signIn(QStringLiteral("clerk"));
        static_cast<void>(stolen->clinic.patient(QStringLiteral("Stolen"), QStringLiteral("Sam")));
        for (const auto &result : push(*stolen))
            QCOMPARE(result.status, sync::GroupStatus::Quarantined);
        // Accepted again, it gets from another PC what it lacks.
        setState(*first, *stolen, "active");
        exchangeKeys(*stolen);
        QCOMPARE(newest(*stolen), before);
        QCOMPARE(hello(*second).value(u"keys"), true);
        exchangeKeys(*second);
        exchangeKeys(*stolen);
        QCOMPARE(newest(*stolen), id);
    }

    // Everything the server has is sealed anew, and nobody notices: no version, no number, no chain changes.
    void everythingIsSealedAnew()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        const auto patient = first->clinic.patient(QStringLiteral("Paper"), QStringLiteral("Pia"));
        services::AddDocument adding;
        adding.document.patientId = patient.id;
        adding.document.title = QStringLiteral("Letter");
        adding.bytes = QByteArray(size_t(sync::pieceSize) + 1000, 'x');
        QVERIFY(first->clinic.clinic->performNow(adding).has_value());
        push(*first);
        pull(*first);
        moveDocuments(*first);
        pushAudit(*first);
        const auto away = join(*first);
        exchangeKeys(*away);
        QCOMPARE(keysInUse(*first), QSet<int>{1});
        const auto versions =
            ask(*first, "SELECT entity, id, rv, seq FROM record WHERE hospital_id=$1 ORDER BY "
                        "entity, id");
        const auto chain =
            ask(*first, "SELECT device, n, hash FROM audit_chain WHERE hospital_id=$1 ORDER BY "
                        "device, n");
        const qint64 head = *m_service->head(first->hospital);

        const int id = rotate(*first);
        QCOMPARE(hello(*first).value(u"reseal"), true);
        QVERIFY(resealAll(*first) > 20);
        QCOMPARE(hello(*first).value(u"reseal"), false);
        QCOMPARE(keysInUse(*first), QSet<int>{id});
        QCOMPARE(
            ask(*first, "SELECT entity, id, rv, seq FROM record WHERE hospital_id=$1 ORDER BY entity, id"),
            versions);
        QCOMPARE(
            ask(*first, "SELECT device, n, hash FROM audit_chain WHERE hospital_id=$1 ORDER BY device, n"),
            chain);
        QCOMPARE(*m_service->head(first->hospital), head);

        // A PC that was away writes under the old key for a while: that is taken, and sealed anew later.
        static_cast<void>(away->clinic.signIn(QStringLiteral("administrator")));
        const auto late = away->clinic.patient(QStringLiteral("Late"), QStringLiteral("Lea"));
        for (const auto &result : push(*away))
            QCOMPARE(result.status, sync::GroupStatus::Ok);
        pushAudit(*away);
        QCOMPARE(keysInUse(*first), (QSet<int>{1, id}));
        QCOMPARE(hello(*away).value(u"reseal"), false); // it lacks the key
        QCOMPARE(hello(*first).value(u"reseal"), true);
        QVERIFY(resealAll(*first) > 0);
        QCOMPARE(keysInUse(*first), QSet<int>{id});

        // Who comes now reads everything, documents included, and the chains hold.
        const auto second = join(*first);
        QCOMPARE(second->clinic.count("patient"), first->clinic.count("patient") + 1);
        QCOMPARE(
            storage::find<domain::Patient>(second->clinic.database->writerConnection(), late.id)->familyName,
            QStringLiteral("Late"));
        second->clinic.signIn(QStringLiteral("administrator"));
        const auto document =
            storage::select<domain::Document>(second->clinic.database->writerConnection(), "");
        QVERIFY(second->clinic.clinic->performNow(services::OpenDocument{document->first().id}).has_value());
        moveDocuments(*second);
        QCOMPARE(
            *storage::documentBytes(second->clinic.database->writerConnection(), document->first().content),
            adding.bytes);
        const auto fault = storage::verifyAuditChain(first->clinic.database->writerConnection(),
                                                     first->clinic.database->identity());
        QVERIFY(fault && !*fault);
    }

    // What comes back is taken only where it can be nothing else than the same value.
    void whatComesBackIsLookedAt()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        static_cast<void>(first->clinic.patient(QStringLiteral("Kept"), QStringLiteral("Kim")));
        push(*first);
        const int id = rotate(*first);
        const auto work = sync::decodeResealing(
            call("POST", "/v1/reseal", sync::encode(sync::Resealing{}), first->token).body);
        QVERIFY(!work->rows.isEmpty());
        const auto good = sync::renewed(*work, first->clinic.database->identity().sealer);
        const auto attempt = [&](const std::function<void(sync::WireValue &)> &spoil) {
            auto bad = good;
            bad.to.clear(); // the walk stays where it is
            bad.events.clear();
            for (auto &row : bad.rows) {
                for (auto &value : row.fields)
                    spoil(value);
            }
            QCOMPARE(call("POST", "/v1/reseal", sync::encode(bad), first->token).status, 200);
            QVERIFY(!keysInUse(*first).contains(id) || keysInUse(*first).contains(1));
            for (const auto &row : good.rows) {
                const auto here = ask(*first,
                                      "SELECT fields FROM record WHERE hospital_id=$1 AND entity=$2 AND "
                                      "id=$3",
                                      {server::textValue(row.entity), server::idValue(row.id)});
                const auto fields = sync::decodeFields(server::bytesAt(here.first(), 0));
                for (const auto &value : *fields)
                    QVERIFY(!value.isSealed() || sync::keyIdOf(value.envelope) == 1);
            }
        };
        attempt([](auto &value) { value.fingerprint = "AAAA"; });
        attempt([](auto &value) { value.envelope.insert(value.envelope.indexOf('.') + 1, "AAAA"); });
        attempt([](auto &value) { value.envelope = "1" + value.envelope.mid(value.envelope.indexOf('.')); });
        // One field of a row is changed while the row is away: the others are taken all the same.
        auto person = storage::select<domain::Patient>(first->clinic.database->writerConnection(),
                                                       "WHERE family_name='Kept'")
                          ->first();
        auto renamed = person;
        renamed.familyName = QStringLiteral("Changed");
        QVERIFY(first->clinic.clinic->performNow(services::UpdatePatient{person, renamed}).has_value());
        push(*first);
        QCOMPARE(call("POST", "/v1/reseal", sync::encode(good), first->token).status, 200);
        const auto row =
            ask(*first, "SELECT fields FROM record WHERE hospital_id=$1 AND entity='patient' AND id=$2",
                {server::idValue(person.id)});
        const auto fields = sync::decodeFields(server::bytesAt(row.first(), 0));
        for (const auto &value : *fields)
            QVERIFY(!value.isSealed() || sync::keyIdOf(value.envelope) == id);
        QCOMPARE(first->clinic.database->identity().sealer.open(fields->value("family_name").envelope,
                                                                person.id, "family_name"),
                 Value{QStringLiteral("Changed")});
        QVERIFY(resealAll(*first) >= 0);
        QCOMPARE(keysInUse(*first), QSet<int>{id});
    }

    // A server cannot slip a PC of its own among those that get keys.
    void aServersOwnPcGetsNoKey()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        const auto second = join(*first);
        exchangeKeys(*second);
        const auto mine = sync::DeviceKeys::create();
        const Id ghost = Id::create(m_clock.nowMs());
        static_cast<void>(ask(*first,
                              "INSERT INTO device (hospital_id, id, number, name, sign_key, box_key, scopes, "
                              "state, may_upload, next_n, last_contact, created_at, box_proof) SELECT "
                              "hospital_id, $2, 99, name, $3, $4, scopes, state, 0, 1, 0, 0, box_proof FROM "
                              "device WHERE hospital_id=$1 AND id=$5",
                              {server::idValue(ghost), Value{mine.signPublic}, Value{mine.boxPublic},
                               server::idValue(second->device())}));
        QStringList later;
        rotate(*first, &later);
        QCOMPARE(later.size(), 1); // without a word to vouch for it
        exchangeKeys(*second);     // and nobody gives it one afterwards
        QVERIFY(ask(*first, "SELECT 1 FROM device_key WHERE hospital_id=$1 AND device=$2",
                    {server::idValue(ghost)})
                    .isEmpty());
        // Nor does a PC take a key that was not made by somebody with the hospital's.
        sync::HospitalKeys strange{{{newest(*first) + 5, crypto::randomBytes(32)}}, crypto::randomBytes(32)};
        sync::KeysReply reply;
        reply.grants << sync::sealGrant(strange, strange.newest(), first->hospital, first->device(),
                                        first->keys.boxPublic);
        QCOMPARE(*first->replica->take(reply, boxOf(*first)), QList<int>{strange.newest()});
        QVERIFY(newest(*first) < strange.newest());
    }

    // An envelope opens in its own place alone, under whatever key.
    void movedEnvelopesStayShut()
    {
        const auto first = found();
        const auto old = keysOf(*first);
        sync::HospitalKeys both = old;
        both.dataKeys.insert(7, crypto::randomBytes(32));
        const sync::Sealer before(old, first->hospital);
        const sync::Sealer after(both, first->hospital);
        const Id row = Id::create(1);
        const Id other = Id::create(2);
        const QByteArray envelope = before.envelope(Value{QStringLiteral("Secret")}, row, "family_name");
        QCOMPARE(after.open(envelope, row, "family_name"), Value{QStringLiteral("Secret")});
        QVERIFY(!after.open(envelope, other, "family_name"));
        QVERIFY(!after.open(envelope, row, "given_name"));
        QVERIFY(!after.renewed(envelope, other, "family_name"));
        const auto renewed = after.renewed(envelope, row, "family_name");
        QCOMPARE(sync::keyIdOf(*renewed), 7);
        QCOMPARE(after.open(*renewed, row, "family_name"), Value{QStringLiteral("Secret")});
        QVERIFY(!before.open(*renewed, row, "family_name") && !before.hasKeyOf(*renewed));
        QVERIFY(!after.open("1" + renewed->mid(renewed->indexOf('.')), row, "family_name"));
        const QByteArray name = before.contentName("bytes");
        const QByteArray piece = before.sealPiece("bytes", name, 0);
        const auto again = after.renewedPiece(piece, name, 0);
        QCOMPARE(after.openPiece(*again, name, 0), QByteArray("bytes"));
        QVERIFY(!after.openPiece(*again, name, 1) && !after.openPiece(*again, before.contentName("x"), 0));
        QVERIFY(!before.openPiece(*again, name, 0));
        QCOMPARE(after.contentName("bytes"), name); // documents keep their names
        for (const char *odd :
             {"", ".", "7", "7.", "x.AAAA", "-1.AAAA", "99999999999999999999.AAAA", "0.AAAA"})
            QVERIFY2(!after.open(odd, row, "family_name"), odd);
    }

    // By file, for a PC that never reaches the server; and a server that was put back hears of its key again.
    void keysGoByFileAndSurviveARestore()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        const auto field = join(*first);
        exchangeKeys(*field);
        const int id = rotate(*first);
        static_cast<void>(first->clinic.patient(QStringLiteral("Carried"), QStringLiteral("Carl")));
        push(*first);
        const sync::ParcelKeys who{field->device(), field->keys};
        const auto lines = sync::parcelLines(*field->clinic.database, *field->replica, who);
        QList<QByteArray> answers;
        for (const QByteArray &line : *lines) {
            auto request = *sync::decodeSealedRequest(line);
            answers << call("POST", "/v1/parcel", sync::encode(request)).body;
        }
        const auto taken = sync::takeAnswerLines(*field->clinic.database, *field->replica, who, answers);
        QVERIFY(taken.has_value());
        QCOMPARE(newest(*field), id);
        QCOMPARE(field->clinic.number("SELECT count(*) FROM patient WHERE family_name='Carried'"), 1);

        // The backup is from before the key was replaced.
        for (const char *table : {"data_key", "device_key", "key_walk"})
            static_cast<void>(ask(*first, QByteArray("DELETE FROM ") + table + " WHERE hospital_id=$1"));
        static_cast<void>(first->clinic.patient(QStringLiteral("After"), QStringLiteral("Ann")));
        const auto blocked = sync::decodePushReply(
            call("POST", "/v1/push", sync::encodePush(*first->replica->nextBatch(500, 1 << 20)), first->token)
                .body);
        QCOMPARE(blocked->results.first().status, sync::GroupStatus::Blocked);
        QCOMPARE(blocked->results.first().code, QByteArray("unknown-key"));
        QVERIFY(hello(*first).value(u"key").toInt() != id);
        exchangeKeys(*first);
        QCOMPARE(hello(*first).value(u"key").toInt(), id);
        for (const auto &result : push(*first))
            QCOMPARE(result.status, sync::GroupStatus::Ok);

        // A PC whose file was put back lacks again what it had, and gets it again.
        exchangeKeys(*field);
        const auto before = sync::encode(sync::KeysRequest{
            {sync::HospitalKeys::firstId},
            sync::boxProof(keysOf(*field), field->hospital, field->device(), field->keys.boxPublic)});
        QVERIFY(sync::decodeKeysReply(call("POST", "/v1/keys", before, field->token).body)->grants.isEmpty());
        QCOMPARE(hello(*first).value(u"keys"), true);
        exchangeKeys(*first);
        QCOMPARE(sync::decodeKeysReply(call("POST", "/v1/keys", before, field->token).body)->grants.size(),
                 1);
    }

    // The last PC is gone, and there is no backup: the server and the paper bring everything back. The server
    // alone brings nothing.
    void theLastPcIsLost()
    {
        const auto first = found();
        QCOMPARE(m_service->addPaperCode(Id::create(1)).error().code, ErrorCode::NotFound);
        const QString paper =
            *first->clinic.clinic->performNow(services::MakeRecoveryKey{QStringLiteral("correct horse")});
        static_cast<void>(first->clinic.patient(QStringLiteral("Before"), QStringLiteral("Bea")));
        push(*first);
        pull(*first);
        QVERIFY(!first->replica->state()->paper.isEmpty());
        QVERIFY(hello(*first).value(u"paper").toString().toLatin1() != first->replica->state()->paper);
        exchangeKeys(*first);
        QCOMPARE(hello(*first).value(u"paper").toString().toLatin1(), first->replica->state()->paper);
        rotate(*first); // and again for the new key
        QCOMPARE(hello(*first).value(u"paper").toString().toLatin1(), first->replica->state()->paper);
        static_cast<void>(first->clinic.patient(QStringLiteral("After"), QStringLiteral("Ada")));
        push(*first);

        const auto known = m_service->hospitals();
        QVERIFY(std::ranges::any_of(
            *known, [&](const auto &h) { return h.id == first->hospital && h.devices == 1; }));
        // The entry that its first code was made for says that another one has followed it.
        QVERIFY(std::ranges::any_of(*known, [](const auto &h) { return h.wasFollowed; }));
        QVERIFY(std::ranges::none_of(*known, [](const auto &h) { return h.wasFollowed && h.devices > 0; }));
        const auto code = m_service->addPaperCode(first->hospital);
        QVERIFY(code.has_value());
        auto pc = std::make_unique<Pc>(false);
        pc->replica = std::make_unique<storage::Replica>(*pc->clinic.database, m_clock);
        const Id device = Id::create(m_clock.nowMs());
        const sync::EnrolmentCode given{
            {QStringLiteral("x")}, first->hospital, m_service->publicKey(), {}, code->secret};
        const auto enrol = [&] {
            return sync::decodeEnrolReply(
                call("POST", "/v1/enrol",
                     sync::encodeEnrol(given, {}, device, pc->keys, QStringLiteral("New"), 1))
                    .body);
        };
        auto reply = enrol();
        reply = enrol(); // the answer was lost
        QVERIFY(reply.has_value() && reply->wrapped.isEmpty());
        QVERIFY(!sync::openWithPaper(reply->paper, first->hospital,
                                     *secrets::recovery::pairOf(secrets::recovery::create())));
        QVERIFY(!sync::openWithPaper(reply->paper, Id::create(1), *secrets::recovery::pairOf(paper)));
        storage::Enrolment enrolment{reply->hospital,
                                     device,
                                     sync::deviceCode(reply->number),
                                     given.servers,
                                     reply->epoch,
                                     reply->serverKey,
                                     {},
                                     {}};
        enrolment.keys =
            sync::openWithPaper(reply->paper, first->hospital, *secrets::recovery::pairOf(paper));
        QVERIFY(enrolment.keys.has_value());
        pc->clinic.clinic->setSession(services::Clinic::founderSession());
        QVERIFY(pc->clinic.clinic->performNow(services::EnrolDevice{enrolment}).has_value());
        pc->hospital = reply->hospital;
        pc->refresh = reply->refresh;
        pc->token = tokenOf(*pc);
        load(*pc);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM patient WHERE family_name IN ('Before','After')"),
                 2);
        pc->clinic.signIn(QStringLiteral("administrator")); // with the password of before
        QCOMPARE(newest(*pc), newest(*first));
    }

    // The engine alone: whenever keys or paper change, what lies on the server for the paper follows. A PC
    // that lacks a key does not put less in its place.
    void thePaperFollows()
    {
        const auto first = found();
        drive(*first);
        const auto second = join(*first);
        drive(*second);
        const auto there = [&] { return hello(*first).value(u"paper").toString().toLatin1(); };
        QCOMPARE(there(), first->replica->state()->paper);
        const QByteArray before = there();
        const QString paper =
            *first->clinic.clinic->performNow(services::MakeRecoveryKey{QStringLiteral("correct horse")});
        drive(*first); // sends the new public half
        drive(*first); // and greets with it
        QVERIFY(there() != before);
        QCOMPARE(there(), first->replica->state()->paper);
        drive(*second);
        const auto wanted = rotation(*first);
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wanted), first->token).status, 200);
        drive(*first);
        QCOMPARE(newest(*first), wanted.keyId);
        QCOMPARE(keysInUse(*first), QSet<int>{wanted.keyId}); // sealed anew in the same go
        const QByteArray whole = there();
        QCOMPARE(whole, first->replica->state()->paper);
        QCOMPARE(call("POST", "/v1/keys", *second->replica->keysRequest(second->keys.boxPublic, {}, {}),
                      second->token)
                     .status,
                 200);
        QCOMPARE(there(), whole);
        const auto rows = ask(*first, "SELECT sealed FROM paper_key WHERE hospital_id=$1");
        const auto opened = sync::openWithPaper(server::bytesAt(rows.first(), 0), first->hospital,
                                                *secrets::recovery::pairOf(paper));
        QVERIFY(opened && opened->newest() == wanted.keyId);
    }

    // The only PC that was given a key is shut out before it fetched it, and accepted again.
    void theLastCopyOfAKeyWaits()
    {
        const auto first = found();
        drive(*first);
        const auto wanted = rotation(*first);
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wanted), first->token).status, 200);
        QVERIFY(m_service->setDeviceState(first->hospital, first->device(), "revoked").has_value());
        QCOMPARE(call("POST", "/v1/keys", *first->replica->keysRequest(first->keys.boxPublic, {}, {}),
                      first->token)
                     .status,
                 403);
        QVERIFY(m_service->setDeviceState(first->hospital, first->device(), "active").has_value());
        drive(*first);
        QCOMPARE(newest(*first), wanted.keyId);
    }

    // A file is put back that lacks nothing but a look at a record: the server's signature reaches beyond its
    // chain, and it goes on as another PC instead of calling its chain cut off.
    void aPutBackFileLacksOnlyALook()
    {
        const auto first = found();
        push(*first);
        pushAudit(*first);
        const qint64 own = first->clinic.count("audit_event");
        sync::AuditReply reply;
        reply.kept = own + 1;
        reply.hash = QByteArray(32, 'h');
        QVERIFY(first->replica->take(reply));
        QCOMPARE(first->replica->state()->auditBroken, own + 1);
        const auto fault = storage::verifyAuditChain(first->clinic.database->writerConnection(),
                                                     first->clinic.database->identity());
        QVERIFY(fault && !*fault);
    }

    // A code whose answer was lost still brings the keys; once they have arrived, it does not any more.
    void aLostAnswerBringsTheKeysAgain()
    {
        const auto first = found();
        push(*first);
        const QByteArray secret = crypto::randomBytes(20);
        const auto &session = first->clinic.clinic->session();
        call("POST", "/v1/codes",
             sync::encodeCode(crypto::hash(sync::enrolmentProof(secret)),
                              sync::wrapKeys(keysOf(*first), secret, first->hospital), {}, session.user,
                              session.role),
             first->token);
        Pc pc(false);
        const Id device = Id::create(m_clock.nowMs());
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, first->hospital, m_service->publicKey(), {}, secret};
        const auto enrol = [&] {
            return sync::decodeEnrolReply(
                call("POST", "/v1/enrol",
                     sync::encodeEnrol(code, {}, device, pc.keys, QStringLiteral("PC"), 1))
                    .body);
        };
        QVERIFY(sync::unwrapKeys(enrol()->wrapped, secret, first->hospital).has_value());
        const auto again = enrol();
        QVERIFY(sync::unwrapKeys(again->wrapped, secret, first->hospital).has_value());
        const QByteArray signature = crypto::sign("clinicdesk token " + again->refresh, pc.keys.signSecret);
        QCOMPARE(call("POST", "/v1/token",
                      "{\"hospital\":" + quoted(first->hospital) + ",\"device\":" + quoted(device) +
                          ",\"refresh\":\"" + again->refresh.toBase64() + "\",\"signature\":\"" +
                          signature.toBase64() + "\"}")
                     .status,
                 200);
        QVERIFY(enrol()->wrapped.isEmpty());
    }

    // What must be sealed and is not, no PC of the hospital has written.
    void aServerWritesNoNames()
    {
        const auto first = found();
        const auto person = first->clinic.patient(QStringLiteral("Real"), QStringLiteral("Rita"));
        push(*first);
        pull(*first);
        const auto state = first->replica->state();
        sync::PullReply forged;
        forged.epoch = state->epoch;
        forged.head = forged.to = state->seq + 1;
        sync::ServerRow row{"patient", person.id, "T", 1, 2};
        row.fields.insert("family_name", {Value{QStringLiteral("Forged")}});
        forged.groups << sync::ServerGroup{state->seq + 1, {}, 0, {row}};
        QVERIFY(first->replica->take(forged));
        QCOMPARE(
            storage::find<domain::Patient>(first->clinic.database->writerConnection(), person.id)->familyName,
            QStringLiteral("Real"));
        // Nor the value that lost, in a conflict somebody is to decide.
        const auto &fields = domain::Patient::entity().fields;
        const auto &name = fields[size_t(domain::Patient::entity().indexOf("family_name"))];
        const auto sealer = first->clinic.database->identity().sealer;
        const Value value{QStringLiteral("Forged")};
        QVERIFY(!sync::receivedValue({value}, name, person.id, sealer));
        QCOMPARE(
            sync::receivedValue(sync::wireValue(value, name, person.id, sealer), name, person.id, sealer),
            value);
    }

    // Each of the three is refused in every way it can be.
    void everyRefusalIsAsDescribed()
    {
        const auto first = found();
        push(*first);
        exchangeKeys(*first);
        for (const char *path : {"/v1/keys", "/v1/rotate", "/v1/reseal"}) {
            QCOMPARE(call("POST", path, "{}", first->token).status, 400);
            QCOMPARE(call("POST", path, "{}", "x").status, 401);
            m_stumbling->isDown = true;
            QCOMPARE(call("POST", path, sync::encode(sync::Resealing{}), first->token).status, 503);
            m_stumbling->isDown = false;
        }
        auto wrong = rotation(*first);
        wrong.keyId = newest(*first);
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wrong), first->token).status, 409);
        wrong.keyId = newest(*first) + (1 << 20);
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wrong), first->token).status, 409);
        wrong = rotation(*first);
        wrong.grants.clear(); // it would lock everybody out
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wrong), first->token).status, 400);
        wrong = rotation(*first);
        first->clinic.signIn(QStringLiteral("clerk"));
        push(*first);
        wrong.actor = first->clinic.clinic->session().user;
        wrong.role = first->clinic.clinic->session().role;
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(wrong), first->token).status, 403);
        QCOMPARE(unseen(isAboutKeys).join(QStringLiteral(", ")), QString());
    }
};

int main(int argc, char **argv)
{
    return test::run<TstKeys, QCoreApplication>(argc, argv);
}
#include "tst_keys.moc"
