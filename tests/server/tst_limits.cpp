// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/servicefixture.h"

#include "services/appointments/appointments.h"
#include "services/patients/patients.h"
#include "support/must.h"
#include "sync/engine/engine.h"
#include "sync/wire/keygrants.h"
#include "sync/wire/limits.h"
#include "sync/wire/parcel.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

// How much may travel at once, and that nothing a person saved goes away because something does not get
// through.
class TstLimits : public ServiceFixture
{
    Q_OBJECT

    using E = sync::Engine;
    // What stands between a PC and its server: its answer in place of the server's, or nothing.
    using InTheWay = std::function<std::optional<E::Reply>(const E::Send &)>;

    // A picture does not become smaller when it is packed.
    static domain::Photo photo(TestClinic &clinic, const Id &patient, int bytes)
    {
        domain::Photo photo;
        photo.patientId = patient;
        photo.image = crypto::randomBytes(bytes);
        const auto saved = clinic.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(photo)});
        if (!saved)
            qFatal("photo not saved: %d", int(saved.error().code));
        photo.id = saved->row.id;
        return photo;
    }
    static std::function<void(TestClinic &)> withPhotos(int count, int bytes)
    {
        return [=](TestClinic &clinic) {
            for (int i = 0; i < count; ++i)
                photo(clinic, clinic.patient(QStringLiteral("Photo%1").arg(i), QStringLiteral("Ada")).id,
                      bytes);
        };
    }
    // The real engine from its start until it has nothing more to do, over a line with the HTTP server's
    // limits.
    sync::SyncStatus drive(Pc &pc, const InTheWay &inTheWay = {}, int timers = 60)
    {
        E engine({pc.hospital,
                  pc.device(),
                  pc.refresh,
                  pc.keys.signSecret,
                  {pc.keys.boxPublic, pc.keys.boxSecret}},
                 [] { return 0.0; });
        QList<E::Event> events{E::Start{}};
        for (int steps = 0; !events.isEmpty() && steps < 5000; ++steps) {
            for (const auto &action : engine.handle(events.takeFirst())) {
                if (const auto *send = std::get_if<E::Send>(&action)) {
                    if (send->path.startsWith("/v1/live"))
                        continue; // at rest
                    const auto other = inTheWay ? inTheWay(*send) : std::nullopt;
                    if (other && other->status == 0) {
                        events << E::NoAnswer{};
                    } else if (other) {
                        events << *other;
                    } else if (sync::compressed(send->body).size() > sync::limits::request ||
                               send->body.size() > sync::limits::unpackedRequest) {
                        events << E::Reply{413, "{\"error\":\"too-large\",\"detail\":\"\"}", 0};
                    } else {
                        const auto answer = call(send->method, send->path, send->body, send->token);
                        m_largestAnswer = qMax(m_largestAnswer, answer.body.size());
                        if (answer.body.size() > sync::limits::answer)
                            events << E::NoAnswer{};
                        else
                            events << E::Reply{answer.status, answer.body, answer.retryAfter};
                    }
                } else if (const auto *save = std::get_if<E::SaveRefresh>(&action)) {
                    pc.refresh = save->refresh;
                    events << E::RefreshSaved{true};
                } else if (const auto event = E::carryOut(action, *pc.replica)) {
                    events << *event;
                } else if (std::holds_alternative<E::Schedule>(action) && timers-- > 0) {
                    events << E::Timer{};
                }
            }
        }
        return engine.status();
    }
    static QMap<QByteArray, qint64> counts(Pc &pc)
    {
        QMap<QByteArray, qint64> rows;
        for (const char *table : {"patient", "photo", "contact", "app_user", "role_permission", "service",
                                  "appointment", "appointment_event"})
            rows.insert(table, pc.clinic.count(table));
        return rows;
    }
    server::Rows ask(const Pc &pc, const QByteArray &sql, const server::Row &more = {})
    {
        server::Rows rows;
        const auto done = m_store->transact(pc.hospital, [&](server::SqlSession &session) -> Result<void> {
            auto found = session.run(sql, server::Row{server::idValue(pc.hospital)} + more);
            if (!found)
                return fail(found);
            rows = *found;
            return {};
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
        return rows;
    }
    qint64 onServer(const Pc &pc, const QByteArray &entity)
    {
        return server::integerAt(ask(pc, "SELECT count(*) FROM record WHERE hospital_id=$1 AND entity=$2",
                                     {server::textValue(entity)})
                                     .first(),
                                 0);
    }

    // An appointment of today, two in the afternoon.
    Id book(Pc &pc) const
    {
        domain::Appointment booking;
        booking.patientId = pc.clinic.patient(QStringLiteral("Late"), QStringLiteral("Ada")).id;
        booking.practitionerId = pc.clinic.doctor.id;
        booking.startAt = m_clock.todayAt(14);
        booking.minutes = 15;
        return must(pc.clinic.clinic->performNow(services::BookAppointment{booking})).id;
    }
    // A server that was put back has not got the bookings, and gets them again.
    void lose(const Pc &pc)
    {
        ask(pc, "UPDATE record SET entity='lost-' || entity WHERE hospital_id=$1 AND entity IN "
                "('appointment','appointment_event')");
    }
    void find(const Pc &pc)
    {
        ask(pc, "UPDATE record SET entity=replace(entity,'lost-','') WHERE hospital_id=$1 AND entity LIKE "
                "'lost-%'");
    }

    qsizetype m_largestAnswer = 0;

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        m_largestAnswer = 0;
    }
    void initTestCase() { openStore(); }

    // A clinic that has photos connects: everything arrives, on the server and on the next PC, and nothing
    // goes away here.
    void aClinicWithPhotosConnects()
    {
        auto pc = found(withPhotos(60, 45'000));
        const auto before = counts(*pc);
        QCOMPARE(before.value("photo"), 60);
        const auto status = drive(*pc);
        QVERIFY2(status.isCalm(), status.problem.constData());
        QCOMPARE(status.replica.auditWaiting, 0); // events hold pictures as well
        QCOMPARE(counts(*pc), before);
        QCOMPARE(pc->clinic.count("attention"), 0);
        QCOMPARE(onServer(*pc, "photo"), 60);
        auto second = join(*pc, {}, false);
        QVERIFY(drive(*second).isCalm());
        QCOMPARE(counts(*second), before);
        QVERIFY(m_largestAnswer < 2 * sync::limits::page);
    }

    // A PC that was away while others saved photos gets on, page by page.
    void aPcThatWasAwayGetsOn()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto away = join(*pc);
        QVERIFY(drive(*away).isCalm());
        withPhotos(250, 55'000)(pc->clinic);
        QVERIFY(drive(*pc).isCalm());
        m_largestAnswer = 0;
        QVERIFY(drive(*away).isCalm());
        QCOMPARE(counts(*away), counts(*pc));
        QVERIFY2(m_largestAnswer < sync::limits::page + sync::limits::group,
                 qPrintable(QString::number(m_largestAnswer)));
    }

    // Whatever is in the way of one group: it stays here with all it did, others go on, people see it, and it
    // arrives when nothing is in its way any more.
    void whateverIsInTheWay_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const QByteArray html = "<html><body>Request blocked</body></html>";
        QTest::newRow("400") << 400 << QByteArray("{\"error\":\"undecodable\",\"detail\":\"/\"}");
        QTest::newRow("400 of a proxy") << 400 << html;
        QTest::newRow("401 of a proxy") << 401 << html;
        QTest::newRow("403 of a proxy") << 403 << html;
        QTest::newRow("404 of a proxy") << 404 << html;
        QTest::newRow("413") << 413 << QByteArray("{\"error\":\"too-large\",\"detail\":\"\"}");
        QTest::newRow("413 of a proxy") << 413 << html;
        QTest::newRow("429") << 429 << html;
        QTest::newRow("500") << 500 << html;
        QTest::newRow("502") << 502 << html;
        QTest::newRow("503") << 503 << html;
        QTest::newRow("504") << 504 << html;
        QTest::newRow("200 of somebody else") << 200 << html;
        QTest::newRow("cut") << 200 << QByteArray("{\"epoch\":\"ab\",\"head\":1");
        QTest::newRow("nothing") << 0 << QByteArray();
    }
    void whateverIsInTheWay()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        const auto before = pc->clinic.patient(QStringLiteral("Before"), QStringLiteral("Ada"));
        const auto picture = photo(pc->clinic, before.id, 45'000);
        const auto after = pc->clinic.patient(QStringLiteral("After"), QStringLiteral("Ada"));
        const auto had = counts(*pc);
        const QByteArray id = picture.id.toString().toLatin1();
        const auto proxy = [&](const E::Send &send) {
            const bool isIt =
                send.body.contains(id) && (send.path == "/v1/push" || send.path == "/v1/recover");
            return isIt ? std::optional(E::Reply{status, body, 0}) : std::nullopt;
        };
        auto told = drive(*pc, proxy);
        QCOMPARE(counts(*pc), had);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM photo WHERE length(image)=45000"), 1);
        QVERIFY(!told.isCalm());
        QCOMPARE(onServer(*pc, "photo"), 0);
        QCOMPARE(told.replica.waiting + told.replica.held > 0, true);
        QCOMPARE(told.replica.held, 1);
        QCOMPARE(told.replica.waiting, 0);
        QVERIFY(told.isAtRest());
        QCOMPARE(onServer(*pc, "patient"), had.value("patient")); // who came after it is not held up
        // It is tried again at every greeting, and stays what it is.
        told = drive(*pc, proxy, 3);
        QCOMPARE(counts(*pc), had);
        // The way is free.
        told = drive(*pc);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "photo"), 1);
        auto second = join(*pc);
        QCOMPARE(counts(*second), had);
        // And what comes later takes the usual way, in its order.
        pc->clinic.patient(QStringLiteral("Later"), QStringLiteral("Ada"));
        for (const auto &result : push(*pc))
            QCOMPARE(result.status, sync::GroupStatus::Ok);
    }

    // What needs a group that is held waits for it; nothing of it is refused for the want of what stands
    // before.
    void whatNeedsItWaitsForIt()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        const auto known = pc->clinic.patient(QStringLiteral("Known"), QStringLiteral("Ada"));
        QVERIFY(drive(*pc).isCalm());
        const auto held = pc->clinic.patient(QStringLiteral("Held"), QStringLiteral("Eve"));
        domain::Appointment booking;
        booking.patientId = held.id;
        booking.practitionerId = pc->clinic.doctor.id;
        booking.startAt = m_clock.todayAt(14);
        booking.minutes = 15;
        const auto booked = pc->clinic.clinic->performNow(services::BookAppointment{booking});
        QVERIFY(booked.has_value());
        auto changed = known;
        changed.address = QStringLiteral("Elsewhere");
        QVERIFY(pc->clinic.clinic->performNow(services::UpdatePatient{known, changed}).has_value());
        const auto had = counts(*pc);
        const QByteArray first =
            "\"g\":" +
            QByteArray::number(pc->clinic.number("SELECT min(n) FROM outbox WHERE state='waiting'"));
        const auto told = drive(*pc, [&](const E::Send &send) {
            return send.body.contains(first + ',') ? std::optional(E::Reply{413, {}, 0}) : std::nullopt;
        });
        QCOMPARE(told.replica.held, 2); // she and her booking
        const auto day = pc->clinic.clinic->answerNow(services::ReadAppointment{booked->id});
        QVERIFY(day && day->view.isUnconfirmed); // nobody has the place yet
        QCOMPARE(onServer(*pc, "appointment"), 0);
        QCOMPARE(counts(*pc), had);
        const auto fields =
            ask(*pc, "SELECT fields FROM record WHERE hospital_id=$1 AND entity='patient' AND id=$2",
                {server::idValue(known.id)});
        QVERIFY(server::bytesAt(fields.first(), 0).contains("\"address\""));
        QVERIFY(drive(*pc).isCalm());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "appointment"), 1);
        QCOMPARE(pc->clinic.count("attention"), 0);
    }

    // What the server stumbles over is kept there, stays here, and is taken when it comes again.
    void whatTheServerStumblesOverStaysHere()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto second = join(*pc);
        const auto bad = pc->clinic.patient(QStringLiteral("Bad"), QStringLiteral("Ada"));
        pc->clinic.patient(QStringLiteral("After"), QStringLiteral("Ada"));
        const auto had = counts(*pc);
        m_stumbling->poison = bad.id.toBytes();
        auto told = drive(*pc);
        QCOMPARE(told.replica.held, 1);
        QVERIFY(!told.isCalm());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "patient"), had.value("patient") - 1);
        QVERIFY(drive(*second).isAtRest());
        QCOMPARE(
            second->clinic.number("SELECT count(*) FROM attention WHERE code='server-error' AND resolved=0"),
            1);
        m_stumbling->poison.clear();
        told = drive(*pc);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "patient"), had.value("patient"));
        QVERIFY(drive(*second).isCalm());
        QCOMPARE(second->clinic.count("patient"), had.value("patient"));
        QCOMPARE(second->clinic.number("SELECT count(*) FROM attention WHERE resolved=0"), 0);
        QCOMPARE(
            server::integerAt(ask(*pc, "SELECT count(*) FROM quarantine WHERE hospital_id=$1").first(), 0),
            0);
    }

    // A server that was put back has not got the booking yet that a check-in belongs to: the check-in waits
    // on its PC, with what it did there, until another PC has sent the booking again.
    void whatItBelongsToComesLater()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto second = join(*pc);
        second->clinic.signIn(QStringLiteral("clerk"));
        const Id booked = book(*pc);
        QVERIFY(drive(*pc).isCalm());
        QVERIFY(drive(*second).isCalm());
        using enum domain::AppointmentState;
        QVERIFY(second->clinic.clinic->performNow(services::StepAppointment{booked, CheckedIn, {}, {}, {}})
                    .has_value());
        const auto had = counts(*second);
        lose(*pc);
        auto told = drive(*second);
        QCOMPARE(told.replica.held, 1);
        QCOMPARE(counts(*second), had);
        const auto isIn = [&](Pc &where) {
            return where.clinic.number("SELECT count(*) FROM appointment WHERE state='checked-in'") == 1;
        };
        QVERIFY(isIn(*second));
        QCOMPARE(second->clinic.number("SELECT count(*) FROM attention WHERE code='parent-missing'"), 1);
        find(*pc);
        told = drive(*second);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QVERIFY(drive(*pc).isCalm());
        QVERIFY(isIn(*second));
        QVERIFY(isIn(*pc));
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM attention WHERE resolved=0"), 0);
    }

    // A group that nobody could read ends nobody's first upload, and nothing of it leaves this PC.
    void nobodyReadsAGroupOfTheFirstUpload()
    {
        auto pc = found(withPhotos(20, 45'000));
        auto had = counts(*pc);
        // As a disk would have done it: other bytes than were hashed.
        auto &c = pc->clinic.database->writerConnection();
        auto q = c.query("SELECT n, body FROM outbox ORDER BY n LIMIT 1 OFFSET 1");
        QVERIFY(q.next());
        const qint64 n = q.integer(0);
        const QByteArray body = q.bytes(1);
        static_cast<void>(q.next());
        QVERIFY(c.exec("UPDATE outbox SET body=? WHERE n=?",
                       QByteArray(body).replace("enrol-device", "enrol-devise"), n)
                    .has_value());
        auto told = drive(*pc);
        QVERIFY(told.replica.held > 0);
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "photo") > 0, true);
        // What this PC does meanwhile ends the first upload, and not for the group that was made before.
        const auto later = pc->clinic.patient(QStringLiteral("Later"), QStringLiteral("Ada"));
        told = drive(*pc);
        had = counts(*pc);
        QCOMPARE(ask(*pc, "SELECT 1 FROM record WHERE hospital_id=$1 AND id=$2", {server::idValue(later.id)})
                     .size(),
                 1);
        QVERIFY(c.exec("UPDATE outbox SET body=? WHERE n=?", body, n).has_value());
        told = drive(*pc);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(onServer(*pc, "photo"), 20);
        QCOMPARE(onServer(*pc, "patient"), had.value("patient"));
    }

    // What a PC sends that was shut out is bounded, goes to nobody, and is taken once it is let in again.
    void whoWasShutOutStopsNobody()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto thief = join(*pc);
        QVERIFY(drive(*thief).isCalm());
        thief->clinic.signIn(QStringLiteral("clerk"));
        QVERIFY(m_service->setDeviceState(thief->hospital, thief->device(), "revoked").has_value());
        const auto person = thief->clinic.patient(QStringLiteral("Kept"), QStringLiteral("Ada"));
        for (int i = 0; i < 150; ++i)
            photo(thief->clinic, person.id, 200'000);
        const auto had = counts(*thief);
        auto told = drive(*thief, {}, 3);
        QCOMPARE(told.phase, sync::SyncStatus::Phase::Refused);
        QCOMPARE(counts(*thief), had);
        const auto kept = ask(*pc, "SELECT count(*), sum(length(body)) FROM quarantine WHERE hospital_id=$1");
        QVERIFY(server::integerAt(kept.first(), 0) > 0);
        QVERIFY(server::integerAt(kept.first(), 1) <= sync::limits::shutOutBytes + sync::limits::batch);
        m_largestAnswer = 0;
        QVERIFY(drive(*pc).isAtRest());
        QVERIFY2(m_largestAnswer < sync::limits::mib, qPrintable(QString::number(m_largestAnswer)));
        QCOMPARE(pc->clinic.count("photo"), 0);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM attention WHERE body IS NOT NULL"), 0);
        // Let in again it sends everything, also what was kept aside.
        QVERIFY(m_service->setDeviceState(thief->hospital, thief->device(), "active").has_value());
        told = drive(*thief);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QCOMPARE(counts(*thief), had);
        QCOMPARE(thief->replica->state()->auditWaiting, 0);
        QVERIFY(drive(*pc).isCalm());
        QCOMPARE(counts(*pc), had);
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM attention WHERE resolved=0"), 0);
    }

    // A PC that was shut out and let in again has its group judged then; another reason to wait does not take
    // it from here.
    void anotherReasonToWait()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto second = join(*pc);
        second->clinic.signIn(QStringLiteral("clerk"));
        const Id booked = book(*pc);
        QVERIFY(drive(*pc).isCalm());
        QVERIFY(drive(*second).isCalm());
        auto third = join(*pc);
        QVERIFY(m_service->setDeviceState(second->hospital, second->device(), "revoked").has_value());
        using enum domain::AppointmentState;
        QVERIFY(second->clinic.clinic->performNow(services::StepAppointment{booked, CheckedIn, {}, {}, {}})
                    .has_value());
        const auto had = counts(*second);
        static_cast<void>(drive(*second, {}, 3));
        lose(*pc);
        QVERIFY(m_service->setDeviceState(second->hospital, second->device(), "active").has_value());
        auto told = drive(*second);
        QCOMPARE(told.replica.held, 1);
        QCOMPARE(counts(*second), had);
        // Another PC has read it in what needs attention. It does not answer for the PC that wrote it.
        QVERIFY(drive(*third).isAtRest());
        auto q = second->clinic.database->writerConnection().query(
            "SELECT n, changes, body, hash FROM outbox WHERE state='held'");
        QVERIFY(q.next());
        const sync::OutboxGroup group{q.integer(0), q.integer(1), q.bytes(2), q.bytes(3), true};
        static_cast<void>(q.next());
        find(*pc);
        const auto answer = call("POST", "/v1/recover", sync::encodePush({group}), third->token);
        const auto reply = sync::decodePushReply(answer.body);
        QVERIFY(reply && reply->results.size() == 1);
        QCOMPARE(reply->results.first().code, QByteArray("parent-missing")); // as it was answered before
        told = drive(*second);
        QVERIFY2(told.isCalm(), told.problem.constData());
        QCOMPARE(counts(*second), had);
        QVERIFY(drive(*pc).isCalm());
        QCOMPARE(pc->clinic.number("SELECT count(*) FROM appointment WHERE state='checked-in'"), 1);
    }

    // A group that is larger than any PC makes is refused unread: it would stand six times as large in what
    // everybody gets.
    void nobodyGetsWhatNobodyMakes()
    {
        auto pc = found();
        QVERIFY(drive(*pc).isCalm());
        auto second = join(*pc);
        QVERIFY(drive(*second).isCalm());
        for (const char filler : {'\n', ' ', '"'}) {
            QByteArray body = filler == '"' ? "{\"x\":\"" : "{";
            body += filler == '"' ? QByteArray("\\\"").repeated(int(sync::limits::mib))
                                  : QByteArray(2 * sync::limits::mib, filler);
            body += filler == '"' ? "\"}" : "}";
            const qint64 n = next(*pc);
            const QByteArray push = sync::encodePush({{n, 1, body, crypto::hash(body)}});
            for (const char *path : {"/v1/push", "/v1/recover"}) {
                QCOMPARE(call("POST", path, push, pc->token).status, 400);
                const auto carried = sync::sealRequest(pc->hospital, pc->device(), path, push,
                                                       pc->keys.signSecret, m_service->publicKey());
                static_cast<void>(call("POST", "/v1/parcel", sync::encode(carried)));
            }
        }
        m_largestAnswer = 0;
        QVERIFY(drive(*second).isCalm());
        QVERIFY(m_largestAnswer < sync::limits::mib);
        QCOMPARE(second->clinic.count("attention"), 0);
    }

    // Rows that are asked for again, and rows that are sealed anew, come in portions as well.
    void rowsComeAgainInPortions()
    {
        auto pc = found(withPhotos(120, 55'000));
        QVERIFY(drive(*pc).isCalm());
        auto second = join(*pc);
        auto &c = second->clinic.database->writerConnection();
        QVERIFY(c.execScript("INSERT INTO repair SELECT 'photo', id FROM photo").has_value());
        QVERIFY(c.execScript("INSERT INTO repair VALUES ('photo', x'00000000000000000000000000000001')")
                    .has_value());
        m_largestAnswer = 0;
        QVERIFY(drive(*second).isCalm());
        QCOMPARE(second->clinic.count("repair"), 0);
        QCOMPARE(counts(*second), counts(*pc));
        QVERIFY(m_largestAnswer < sync::limits::page + sync::limits::group);
        // Another key of the hospital's.
        const auto &session = pc->clinic.clinic->session();
        const auto listed = sync::decodeDevicesReply(
            call("POST", "/v1/devices", sync::encodeDevices(session.user, session.role), tokenOf(*pc)).body);
        auto rotation = sync::newRotation(pc->clinic.database->identity().sealer.keys(), pc->hospital,
                                          pc->device(), pc->keys.boxPublic, *listed, 5, nullptr);
        rotation.actor = session.user;
        rotation.role = session.role;
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(rotation), tokenOf(*pc)).status, 200);
        for (int round = 0; round < 3; ++round)
            QVERIFY(drive(*pc).isCalm());
        QVERIFY(ask(*pc, "SELECT 1 FROM key_walk WHERE hospital_id=$1 AND position<>''").isEmpty());
        QVERIFY(drive(*second).isCalm());
        QCOMPARE(counts(*second), counts(*pc));
    }

    // What would not get to a server is refused where it is saved.
    void whatIsTooLargeIsNotSaved()
    {
        TestClinic clinic;
        const auto person = clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        domain::Photo large;
        large.patientId = person.id;
        large.image = crypto::randomBytes(int(sync::limits::bytes) + 1);
        const auto refused =
            clinic.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(large)});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::TooLong);
        QCOMPARE(refused.error().field, QStringLiteral("image"));
        QCOMPARE(clinic.count("photo"), 0);
        photo(clinic, person.id, int(sync::limits::bytes));
        QVERIFY(clinic.number("SELECT max(length(body)) FROM outbox") < sync::limits::group);
        // So many rows that they would not get through together.
        const auto many =
            clinic.database->transact({.intention = "save-patient-part"}, [&](auto &tx) -> Result<void> {
                for (int i = 0; i < 5; ++i) {
                    domain::Photo each;
                    each.patientId = person.id;
                    each.image = crypto::randomBytes(200'000);
                    if (auto done = tx.insert(each); !done)
                        return done;
                }
                return {};
            });
        QVERIFY(!many);
        QCOMPARE(many.error().field, QStringLiteral("group"));
        QCOMPARE(clinic.count("photo"), 1);
    }
};

int main(int argc, char **argv)
{
    return run<TstLimits, QCoreApplication>(argc, argv);
}
#include "tst_limits.moc"
