// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "server/service.h"
#include "server/sqlitestore.h"
#include "services/appointments/appointments.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "storage/replica/replica.h"
#include "support/testclinic.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/json.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

// The whole way of a push, from the body of one group to the rows: whatever an enrolled device may send. The
// hash is right, because whoever holds a device can make it so. Seeds name hospital, device, person and role
// by placeholders. With CLINICDESK_FUZZ_SEEDS=DIR seeds of a real day are written there.
namespace {

using namespace clinic;

constexpr const char *placeholders[] = {
    "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000d1",
    "00000000-0000-7000-8000-0000000000b1", "00000000-0000-7000-8000-0000000000c1"};

// What is asked in here is asked in a transaction that is under way.
class OpenStore final : public server::Store
{
public:
    explicit OpenStore(server::SqlSession &session) : m_session(session) {}
    Result<void> transact(const Id &, const std::function<Result<void>(server::SqlSession &)> &work) override
    {
        return work(m_session);
    }
    [[nodiscard]] QString describe() const override { return {}; }

private:
    server::SqlSession &m_session;
};

// Nothing stays: every input meets the same server. Before that it is looked at what others would be given.
class ForgetfulStore final : public server::Store
{
public:
    explicit ForgetfulStore(server::Store &inner) : m_inner(inner) {}
    bool forgets = false;
    std::function<void(server::SqlSession &)> look;
    Result<void> transact(const Id &hospital,
                          const std::function<Result<void>(server::SqlSession &)> &work) override
    {
        Result<void> done;
        const auto kept = m_inner.transact(hospital, [&](server::SqlSession &session) -> Result<void> {
            done = work(session);
            if (done && forgets)
                look(session);
            return done && forgets ? fail(ErrorCode::Cancelled) : done;
        });
        return forgets ? done : kept;
    }
    [[nodiscard]] QString describe() const override { return m_inner.describe(); }

private:
    server::Store &m_inner;
};

struct Stage
{
    int count = 1;
    char name[5] = "fuzz";
    char *arguments[2] = {name, nullptr};
    QCoreApplication app{count, arguments};
    test::TestClinic clinic;
    test::FakeClock clock;
    std::unique_ptr<server::Store> store;
    std::unique_ptr<ForgetfulStore> forgetful;
    const crypto::SigningKey key = crypto::newSigningKey();
    std::unique_ptr<server::Service> service;
    QByteArray token;
    qint64 head = 0; // before any input
    qint64 next = 1;
    QByteArray ids[4];

    Stage()
    {
        store = std::move(*server::SqliteStore::open(QStringLiteral(":memory:")));
        forgetful = std::make_unique<ForgetfulStore>(*store);
        service = std::make_unique<server::Service>(*forgetful, clock, key);
        const auto added = service->addHospital(QStringLiteral("Hill"));
        const sync::EnrolmentCode code{
            {QStringLiteral("x")}, added->hospital, service->publicKey(), {}, added->secret};
        const auto keys = sync::DeviceKeys::create();
        const auto &identity = clinic.database->identity();
        storage::Replica replica(*clinic.database, clock);
        const auto reply = sync::decodeEnrolReply(
            service
                ->handle({"POST",
                          "/v1/enrol",
                          {},
                          {},
                          sync::encodeEnrol(code, identity.hospital, identity.device, keys,
                                            QStringLiteral("PC"), replica.state()->nextN)})
                .body);
        if (!clinic.clinic->performNow(services::EnrolDevice{{reply->hospital,
                                                              identity.device,
                                                              sync::deviceCode(reply->number),
                                                              code.servers,
                                                              reply->epoch,
                                                              reply->serverKey,
                                                              {},
                                                              {}}}))
            qFatal("not enrolled");
        const QByteArray answer =
            service
                ->handle({"POST",
                          "/v1/token",
                          {},
                          {},
                          "{\"hospital\":\"" + reply->hospital.toString().toLatin1() + "\",\"device\":\"" +
                              identity.device.toString().toLatin1() + "\",\"refresh\":\"" +
                              reply->refresh.toBase64() + "\",\"signature\":\"" +
                              crypto::sign("clinicdesk token " + reply->refresh, keys.signSecret).toBase64() +
                              "\"}"})
                .body;
        token = answer.mid(11, answer.indexOf('"', 11) - 11);
        for (auto batch = *replica.nextBatch(500, 1 << 20); !batch.isEmpty();
             batch = *replica.nextBatch(500, 1 << 20)) {
            const auto pushed = sync::decodePushReply(
                service->handle({"POST", "/v1/push", {}, token, sync::encodePush(batch)}).body);
            if (!pushed || !replica.take(*pushed))
                qFatal("the stage cannot be set");
        }
        next = replica.state()->nextN;
        const auto &session = clinic.clinic->session();
        const Id all[] = {identity.hospital, identity.device, session.user, session.role};
        for (int i = 0; i < 4; ++i)
            ids[i] = all[i].toString().toLatin1();
        if (qEnvironmentVariableIsSet("CLINICDESK_FUZZ_SEEDS"))
            writeSeeds(qEnvironmentVariable("CLINICDESK_FUZZ_SEEDS"));
        head = *service->head(reply->hospital);
        const Id hospital = reply->hospital;
        forgetful->look = [this, hospital](server::SqlSession &asked) { lookAround(asked, hospital); };
        forgetful->forgets = true;
    }

    // The next news and a first load of any other PC can be read, and hold what the record has.
    void lookAround(server::SqlSession &session, const Id &hospital)
    {
        OpenStore open(session);
        server::Service asked(open, clock, key);
        const auto rows = session.run("SELECT entity, id, fields, rv FROM record WHERE hospital_id=$1",
                                      {server::idValue(hospital)});
        if (!rows)
            __builtin_trap();
        QHash<QPair<QByteArray, Id>, server::Row> record;
        for (const server::Row &row : *rows)
            record.insert({server::bytesAt(row, 0), server::idAt(row, 1)}, row);
        const auto hello = asked.handle({"GET", "/v1/hello", {}, token, {}});
        sync::json::Message greeting(hello.body);
        const QByteArray epoch = greeting.bytes("epoch");
        if (!greeting.ok())
            __builtin_trap();
        for (qint64 seq = head;;) {
            const auto news = sync::decodePullReply(
                asked.handle({"POST", "/v1/pull", {}, token, sync::encodePull(epoch, seq)}).body);
            if (!news)
                __builtin_trap();
            for (const auto &group : news->groups) {
                for (const auto &row : group.rows) {
                    if (!record.contains({row.entity, row.id}))
                        __builtin_trap();
                }
            }
            if (!news->more)
                break;
            seq = news->to;
        }
        qsizetype seen = 0;
        for (QByteArray after = "0.!.00";;) {
            const auto page = sync::decodeBootReply(
                asked.handle({"POST", "/v1/boot", {}, token, sync::encodeBoot(after)}).body);
            if (!page)
                __builtin_trap();
            for (const auto &row : page->rows) {
                const auto known = record.constFind({row.entity, row.id});
                const auto fields = known == record.constEnd()
                                        ? Result<sync::WireFields>(fail(ErrorCode::NotFound))
                                        : sync::decodeFields(server::bytesAt(*known, 2));
                if (!fields || *fields != row.fields || server::integerAt(*known, 3) != row.version)
                    __builtin_trap();
                ++seen;
            }
            if (page->done)
                break;
            after = page->after;
        }
        if (seen != record.size())
            __builtin_trap();
    }

    void writeSeeds(const QString &folder)
    {
        const auto patient = clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        domain::Patient after = patient;
        after.address = QStringLiteral("Hill Road 1");
        static_cast<void>(clinic.clinic->performNow(services::UpdatePatient{patient, after}));
        domain::Appointment booking;
        booking.patientId = patient.id;
        booking.practitionerId = clinic.doctor.id;
        booking.startAt = clinic.clock.todayAt(11);
        booking.minutes = 15;
        const auto booked = clinic.clinic->performNow(services::BookAppointment{booking});
        if (booked)
            static_cast<void>(clinic.clinic->performNow(
                services::StepAppointment{booked->id, domain::AppointmentState::CheckedIn, {}, {}, {}}));
        services::IssueInvoice issue;
        issue.invoice.patientId = patient.id;
        domain::InvoiceLine line;
        line.serviceId = clinic.consultation.id;
        line.quantity = 1;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 1000;
        issue.lines << line;
        const auto issued = clinic.clinic->performNow(issue);
        if (issued)
            static_cast<void>(clinic.clinic->performNow(
                services::TakePayment{issued->id, 500, domain::PaymentMethod::Card, QStringLiteral("slip")}));
        auto q = clinic.database->writerConnection().query("SELECT n, body FROM outbox WHERE n>=? ORDER BY n",
                                                           next);
        QDir().mkpath(folder);
        while (q.next()) {
            QByteArray body = q.bytes(1);
            for (int i = 0; i < 4; ++i)
                body.replace(ids[i], placeholders[i]);
            body.replace("{\"g\":" + QByteArray::number(q.integer(0)) + ',', "{\"g\":1,");
            QFile file(folder + QStringLiteral("/group%1.json").arg(q.integer(0) - next));
            if (file.open(QIODevice::WriteOnly))
                file.write(body);
        }
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Stage &stage = *new Stage;
    QByteArray body(reinterpret_cast<const char *>(data), qsizetype(size));
    for (int i = 0; i < 4; ++i)
        body.replace(placeholders[i], stage.ids[i]);
    body.replace("{\"g\":1,", "{\"g\":" + QByteArray::number(stage.next) + ',');
    const auto decoded = sync::decodeGroup(body);
    const qint64 changes = decoded ? qMax<qsizetype>(1, decoded->changes.size()) : 1;
    for (const char *route : {"/v1/push", "/v1/recover"}) {
        const auto answer =
            stage.service->handle({"POST",
                                   route,
                                   {},
                                   stage.token,
                                   sync::encodePush({{stage.next, changes, body, crypto::hash(body)}})});
        // Whatever it was, it is answered: 400 for what is no message, else one result.
        if (answer.status != 400 && answer.status != 200)
            __builtin_trap();
        if (answer.status == 200 && sync::decodePushReply(answer.body)->results.size() != 1)
            __builtin_trap();
    }
    return 0;
}
