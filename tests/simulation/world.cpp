// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/world.h"

#include "server/schema.h"
#include "services/admin/accounts.h"
#include "services/appointments/appointments.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "simulation/bugs.h"
#include "support/faultvfs.h"
#include "sync/wire/token.h"

#include <QDir>

namespace clinic::test {
namespace {

constexpr int deviceCount = 3;

void copyFile(const QString &from, const QString &to)
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(to + QString::fromLatin1(suffix));
    if (!QFile::copy(from, to))
        qFatal("cannot copy %s", qPrintable(from));
}

QString shortId(const Id &id)
{
    return id.toString().right(6);
}

} // namespace

// Made once: a hospital with its server and three enrolled PCs, everything exchanged. Every history starts
// here.
struct World::Template
{
    QTemporaryDir dir;
    crypto::SigningKey key;
    Id hospital;
    Id branches[2];
    Id doctor;
    Id room;
    Id service;
    sync::Engine::Credentials credentials[deviceCount];
    services::Session session;
    services::Session clerk; // of every PC but the first
};

const World::Template &World::templateFiles()
{
    static const Template *made = [] {
        auto *t = new Template;
        t->key = crypto::newSigningKey();
        FakeClock clock;
        auto store = must(server::SqliteStore::open(t->dir.filePath(QStringLiteral("server.db"))));
        server::Service service(*store, clock, t->key);
        const auto added = must(service.addHospital(QStringLiteral("Hill Clinic")));
        QByteArray secret = added.secret;
        sync::HospitalKeys keys;
        for (int i = 0; i < deviceCount; ++i) {
            const QString path = t->dir.filePath(QStringLiteral("device%1.db").arg(i));
            TestClinic clinic({.path = path, .setUp = i == 0});
            if (i == 0) {
                domain::Branch north;
                north.name = QStringLiteral("North");
                north.code = QStringLiteral("NO");
                north.timeZone = QStringLiteral("UTC");
                must(clinic.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(north)}));
                const auto branches = must(clinic.clinic->answerNow(services::ReadBranches{}));
                for (int n = 0; n < 2; ++n)
                    t->branches[n] = branches[n].id;
            }
            const auto deviceKeys = sync::DeviceKeys::create();
            const Id device = i == 0 ? clinic.database->identity().device : Id::create(clock.nowMs());
            const sync::EnrolmentCode code{{QStringLiteral("sim")},
                                           i == 0 ? added.hospital : t->hospital,
                                           service.publicKey(),
                                           {},
                                           secret};
            const qint64 next =
                clinic.number("SELECT coalesce((SELECT value FROM counter WHERE name='outbox'),0)") + 1;
            const auto answer =
                service.handle({"POST",
                                "/v1/enrol",
                                {},
                                {},
                                sync::encodeEnrol(code, clinic.database->identity().hospital, device,
                                                  deviceKeys, QStringLiteral("PC"), next)});
            if (answer.status != 200)
                qFatal("enrol: %d %s", answer.status, answer.body.constData());
            const auto reply = must(sync::decodeEnrolReply(answer.body));
            t->hospital = reply.hospital;
            storage::Replica replica(*clinic.database, clock);
            storage::Enrolment enrolment{t->hospital,  device,      sync::deviceCode(reply.number),
                                         code.servers, reply.epoch, reply.serverKey,
                                         {},           {}};
            if (!reply.wrapped.isEmpty())
                enrolment.keys = sync::unwrapKeys(reply.wrapped, secret, t->hospital);
            if (i > 0)
                clinic.clinic->setSession(services::Clinic::founderSession());
            must(clinic.clinic->performNow(services::EnrolDevice{enrolment}));
            t->credentials[i] = {t->hospital,
                                 device,
                                 reply.refresh,
                                 deviceKeys.signSecret,
                                 {deviceKeys.boxPublic, deviceKeys.boxSecret}};
            if (i == 0) {
                t->session = clinic.clinic->session();
                clinic.signIn(QStringLiteral("clerk"));
                t->clerk = clinic.clinic->session();
                clinic.clinic->setSession(t->session);
                t->doctor = clinic.doctor.id;
                t->room = clinic.room.id;
                t->service = clinic.consultation.id;
            }
            // Drive the engine straight until it has nothing left to do.
            sync::Engine engine(t->credentials[i], [] { return 0.5; });
            QList<sync::Engine::Event> events{sync::Engine::Start{}};
            for (int rounds = 0; !events.isEmpty(); ++rounds) {
                if (rounds > 2000)
                    qFatal("the template never comes to rest");
                for (const auto &action : engine.handle(events.takeFirst())) {
                    using E = sync::Engine;
                    if (const auto *send = std::get_if<E::Send>(&action)) {
                        if (send->path.startsWith("/v1/live"))
                            continue; // at rest
                        const auto response =
                            service.handle({send->method, send->path, {}, send->token, send->body});
                        events << E::Reply{response.status, response.body, response.retryAfter};
                    } else if (const auto *save = std::get_if<E::SaveRefresh>(&action)) {
                        t->credentials[i].refresh = save->refresh;
                        events << E::RefreshSaved{true};
                    } else if (const auto event = E::carryOut(action, replica))
                        events << *event;
                    else if (std::holds_alternative<E::Schedule>(action))
                        qFatal("the template's engine backs off: %s", engine.status().problem.constData());
                }
            }
            // Compared when the world says so, not when a week is over: a history must not depend on clocks.
            must(clinic.database->writerConnection().execScript(
                "UPDATE local_state SET value='41024448000000' WHERE \"key\"='checked-at'"));
            if (engine.status().replica.waiting || !engine.status().replica.booted)
                qFatal("device %d of the template is not up to date: %s, waiting %lld, attention %lld", i,
                       engine.status().problem.constData(), engine.status().replica.waiting,
                       engine.status().replica.openAttention);
            if (i == 0)
                keys = clinic.database->identity().sealer.keys();
            // The next one's code, as an administrator's PC makes it.
            secret = crypto::randomBytes(20);
            must(store->transact(t->hospital, [&](server::SqlSession &session) -> Result<void> {
                const auto done = session.run("INSERT INTO enrolment_code (hospital_id, proof_hash, wrapped, "
                                              "scopes, expires_at, used_at, first) "
                                              "VALUES ($1,$2,$3,'*',$4,0,0)",
                                              {server::idValue(t->hospital),
                                               Value{crypto::hash(sync::enrolmentProof(secret))},
                                               server::textValue(sync::wrapKeys(keys, secret, t->hospital)),
                                               Value{clock.nowMs() + 86'400'000}});
                return done ? Result<void>() : fail(done);
            }));
        }
        return t;
    }();
    return *made;
}

World::World(quint64 seed, Bug bug, std::function<std::unique_ptr<server::Store>()> stores)
    : m_random(seed),
      m_mischief(seed ^ 0x5eed),
      m_bug(bug),
      m_dir(QDir(QStringLiteral("/dev/shm")).exists()
                ? QStringLiteral("/dev/shm/clinicdesk-sim-XXXXXX")
                : QDir::tempPath() + QStringLiteral("/clinicdesk-sim-XXXXXX"))
{
    const Template &t = templateFiles();
    m_stores = std::move(stores);
    m_hospital = t.hospital;
    m_doctor = t.doctor;
    std::copy(std::begin(t.branches), std::end(t.branches), m_branches);
    m_room = t.room;
    m_serviceRow = t.service;
    m_clerk = t.clerk.user;
    copyFile(t.dir.filePath(QStringLiteral("server.db")), m_dir.filePath(QStringLiteral("server.db")));
    openServer();
    if (m_stores)
        fillStore();
    for (int i = 0; i < deviceCount; ++i) {
        auto device = std::make_unique<SimDevice>();
        device->path = m_dir.filePath(QStringLiteral("device%1.db").arg(i));
        copyFile(t.dir.filePath(QStringLiteral("device%1.db").arg(i)), device->path);
        device->credentials = t.credentials[i];
        device->session = i == 0 ? t.session : t.clerk;
        device->session.provenUntil = std::numeric_limits<qint64>::max(); // nobody is there to ask
        m_devices.push_back(std::move(device));
        open(*m_devices.back());
    }
    enrolStranger();
}

World::~World()
{
    for (auto &device : m_devices)
        close(*device);
}

QByteArray World::strangersToken() const
{
    const qint64 now = m_serverClock.nowMs();
    return sync::encodeToken({m_hospital, m_stranger, now, now + 60'000}, templateFiles().key.secretKey);
}

void World::openServer()
{
    m_service.reset();
    m_store.reset();
    if (m_stores) {
        m_store = m_stores();
        if (!m_secondStore) {
            m_secondStore = m_stores();
            m_secondService =
                std::make_unique<server::Service>(*m_secondStore, m_serverClock, templateFiles().key);
        }
    } else {
        m_store =
            planted(must(server::SqliteStore::open(m_dir.filePath(QStringLiteral("server.db")))), m_bug);
    }
    m_service = std::make_unique<server::Service>(*m_store, m_serverClock, templateFiles().key);
}

// The template's rows in a database that somebody else keeps.
void World::fillStore()
{
    const auto from = must(server::SqliteStore::open(m_dir.filePath(QStringLiteral("server.db"))));
    for (const QByteArray &table : server::tenantTables()) {
        server::Rows rows;
        must(from->transact(m_hospital, [&](server::SqlSession &session) -> Result<void> {
            auto read = session.run("SELECT * FROM " + table + " WHERE hospital_id=$1",
                                    {server::idValue(m_hospital)});
            if (!read)
                return fail(read);
            rows = *read;
            return {};
        }));
        must(m_store->transact(m_hospital, [&](server::SqlSession &session) -> Result<void> {
            const auto emptied =
                session.run("DELETE FROM " + table + " WHERE hospital_id=$1", {server::idValue(m_hospital)});
            if (!emptied)
                return fail(emptied);
            for (const server::Row &row : std::as_const(rows)) {
                QByteArray marks;
                for (qsizetype i = 0; i < row.size(); ++i)
                    marks += (i ? ",$" : "$") + QByteArray::number(i + 1);
                if (auto done = session.run("INSERT INTO " + table + " VALUES (" + marks + ')', row); !done)
                    return fail(done);
            }
            return {};
        }));
    }
}

void World::open(SimDevice &device)
{
    storage::Database::Options options;
    options.path = device.path;
    options.vfs = device.vfs;
    options.inlineExecutors = true;
    device.database = must(storage::Database::open(options, device.clock));
    device.clinic = std::make_unique<services::Clinic>(*device.database, device.clock);
    device.clinic->setSession(device.session);
    device.engine = std::make_unique<sync::Engine>(device.credentials, [] { return 0.5; });
    pump(device, sync::Engine::Start{});
}

void World::close(SimDevice &device)
{
    device.request.reset();
    device.timerSet = false;
    device.engine.reset();
    device.clinic.reset();
    device.database.reset();
}

void World::shiftClocks(qint64 ms)
{
    m_serverClock.set(m_serverClock.nowMs() + ms);
    m_opening += ms;
    for (auto &device : m_devices)
        device->clock.set(device->clock.nowMs() + ms);
}

void World::note(const QString &what)
{
    m_history << what;
    ++m_counts[what.section(u' ', 1, 1)];
}

void World::pump(SimDevice &device, const sync::Engine::Event &first)
{
    using E = sync::Engine;
    QList<E::Event> events{first};
    storage::Replica replica(*device.database, device.clock);
    while (!events.isEmpty()) {
        for (const auto &action : device.engine->handle(events.takeFirst())) {
            if (const auto *send = std::get_if<E::Send>(&action))
                device.request = *send;
            else if (const auto *read = std::get_if<E::ReadBatch>(&action); read && read->heldAfter < 0) {
                auto batch = replica.nextBatch(read->mostChanges, read->mostBytes);
                if (m_bug == Bug::Resealed && batch)
                    reseal(*batch, m_random());
                if (m_bug == Bug::Unsealed && batch)
                    unseal(*batch);
                events << E::BatchRead{batch};
            } else if (std::holds_alternative<E::ReadBatch>(action) && m_bug == Bug::NeverAgain) {
                events << E::BatchRead{QList<sync::OutboxGroup>()};
            } else if (const auto *hold = std::get_if<E::Hold>(&action);
                       hold && (m_bug == Bug::StatusIsLoss || m_bug == Bug::EmptiedInstead)) {
                auto &c = device.database->writerConnection();
                must(m_bug == Bug::StatusIsLoss
                         ? c.exec("DELETE FROM outbox WHERE n=?", hold->n)
                         : c.exec("UPDATE outbox SET body=x'7b7d' WHERE n=?", hold->n));
                must(c.exec("DELETE FROM unsent WHERE n=?", hold->n));
                events << E::StateRead{replica.state()};
            } else if (std::holds_alternative<E::ReadAudit>(action)) {
                auto request = replica.auditRequest();
                if (m_bug == Bug::AuditGap && request)
                    request = withoutOneEvent(*request, m_random());
                events << E::AuditRead{request};
            } else if (const auto *take = std::get_if<E::Take>(&action)) {
                auto done = Result<void>();
                const auto *answer = std::get_if<sync::PushReply>(take);
                for (const auto &result : answer ? answer->results : QList<sync::GroupResult>()) {
                    if (result.status == sync::GroupStatus::Quarantined)
                        ++m_counts[QStringLiteral("kept aside")];
                }
                if (const auto broken =
                        brokenTake(m_bug, *take, *device.database, [this] { return chance(20); }))
                    done = std::visit([&](const auto &r) { return replica.take(r); }, *broken);
                else
                    done = std::visit([&](const auto &r) { return replica.take(r); }, *take);
                if (!done && qEnvironmentVariableIsSet("CLINICDESK_SIM_TRACE"))
                    qInfo() << "not stored:" << int(done.error().code) << done.error().field
                            << done.error().detail;
                if (m_bug == Bug::NoArchive)
                    must(device.database->writerConnection().execScript("DELETE FROM outbox_archive"));
                events << E::StateRead{done ? replica.state() : fail(done)};
            } else if (const auto *save = std::get_if<E::SaveRefresh>(&action)) {
                device.credentials.refresh = save->refresh;
                events << E::RefreshSaved{true};
            } else if (std::holds_alternative<E::BecomeSuccessor>(action) && m_bug == Bug::CopyUnnoticed) {
                events << E::StateRead{fail(ErrorCode::Storage)};
            } else if (std::holds_alternative<E::MakeSuccessorKeys>(action)) {
                const Id next = device.database->identity().device;
                if (device.successor != next) {
                    device.successor = next;
                    device.successorKeys = sync::DeviceKeys::create();
                }
                events << E::SuccessorKeys{device.successorKeys};
            } else if (const auto *successor = std::get_if<E::SaveSuccessor>(&action)) {
                device.credentials = successor->who;
                m_hasBackup = false; // a server from before would not know this PC: it needs a new code
                note(QStringLiteral("PC succeeded"));
                const auto done = replica.succeeded(successor->number);
                events << E::StateRead{done ? replica.state() : fail(done)};
            } else if (const auto event = E::carryOut(action, replica)) {
                if (std::holds_alternative<E::Hold>(action))
                    note(QStringLiteral("PC held"));
                if (std::holds_alternative<E::SealAnew>(action))
                    note(QStringLiteral("PC sealed-anew"));
                events << *event;
            } else if (std::holds_alternative<E::Schedule>(action))
                device.timerSet = true;
            else if (std::holds_alternative<E::Abort>(action))
                device.request.reset();
        }
    }
}

server::Response World::serve(const sync::Engine::Send &send)
{
    const auto question = send.path.indexOf('?');
    server::Service &service = m_secondService && chance(50) ? *m_secondService : *m_service;
    const QByteArray path = question < 0 ? send.path : send.path.first(question);
    const auto response = service.handle({send.method, path, {}, send.token, send.body});
    listen(path, send.body, response);
    return response;
}

// Somebody sits on the line, and looks what a PC gets that was shut out.
void World::listen(const QByteArray &path, const QByteArray &sent, const server::Response &response)
{
    if (isReadable(sent) || isReadable(response.body))
        m_overheard = path;
}

void World::deliver(SimDevice &device, bool loseRequest, bool loseReply, bool twice, bool cut)
{
    const auto send = std::exchange(device.request, {});
    if (++m_answers == m_failAt) {
        loseRequest = m_failure == Failure::RequestLost;
        loseReply = m_failure == Failure::AnswerLost;
        cut = m_failure == Failure::Cut;
        if (m_failure == Failure::WrongBytes)
            return pump(device, sync::Engine::Reply{200, "<html>Welcome to this hotel's network</html>", 0});
        if (m_failure == Failure::Unavailable)
            return pump(device, sync::Engine::Reply{503, "{\"error\":\"store\"}", 1});
    }
    if (const auto other = obstacle(device, *send))
        return pump(device, *other);
    if (loseRequest)
        return pump(device, sync::Engine::NoAnswer{});
    server::Response response = serve(*send);
    if (twice)
        static_cast<void>(serve(*send)); // the network sent it again; nobody reads that answer
    if (loseReply)
        return pump(device, sync::Engine::NoAnswer{});
    if (cut)
        response.body.truncate(response.body.size() / 2);
    if (qEnvironmentVariableIsSet("CLINICDESK_SIM_TRACE"))
        qInfo().noquote() << send->path << send->body.left(200) << "->" << response.status
                          << response.body.left(300);
    pump(device, sync::Engine::Reply{response.status, response.body, response.retryAfter});
}

namespace {

constexpr int proxyAnswers[] = {400, 401, 403, 404, 413, 429, 500, 502, 503, 200};

} // namespace

// Something between this PC and its server does not let one group through.
std::optional<sync::Engine::Reply> World::obstacle(const SimDevice &device,
                                                   const sync::Engine::Send &send) const
{
    if (send.path != "/v1/push" && send.path != "/v1/recover")
        return std::nullopt;
    for (const Obstacle &each : m_obstacles) {
        if (each.device == indexOf(device) && send.body.contains(each.mark))
            return sync::Engine::Reply{each.status, proxyPage, 0};
    }
    return std::nullopt;
}

void World::network(SimDevice &device)
{
    if (!device.request) {
        if (std::exchange(device.timerSet, false))
            pump(device, sync::Engine::Timer{});
        return;
    }
    const int fate = below(100);
    if (fate < 8 && device.request->path != "/v1/token")
        m_strays << *device.request; // and it is answered as well: it arrives again, much later
    if (fate < 60)
        deliver(device, false, false, false, false);
    else if (fate < 70) {
        note(QStringLiteral("net request-lost %1").arg(QString::fromLatin1(device.request->path)));
        deliver(device, true, false, false, false);
    } else if (fate < 82) {
        note(QStringLiteral("net answer-lost %1").arg(QString::fromLatin1(device.request->path)));
        deliver(device, false, true, false, false);
    } else if (fate < 90 && device.request->path != "/v1/token") {
        note(QStringLiteral("net twice %1").arg(QString::fromLatin1(device.request->path)));
        deliver(device, false, false, true, false);
    } else if (fate < 94) {
        note(QStringLiteral("net cut %1").arg(QString::fromLatin1(device.request->path)));
        deliver(device, false, false, false, true);
    } else if (fate < 96) {
        const int status = proxyAnswers[below(int(std::size(proxyAnswers)))];
        note(QStringLiteral("net answers-%1 %2").arg(status).arg(QString::fromLatin1(device.request->path)));
        device.request.reset();
        pump(device, sync::Engine::Reply{status, proxyPage, 0});
    }
    // else: it takes its time
}

void World::work(SimDevice &device)
{
    using namespace services;
    const int index = indexOf(device);
    auto &c = device.database->writerConnection();
    const auto pick = [&](const char *table, const char *where = "") -> Id {
        auto count = c.query(QByteArray("SELECT count(*) FROM ") + table + ' ' + where);
        const int rows = count.next() ? count.number(0) : 0;
        if (!rows)
            return {};
        auto q =
            c.query(QByteArray("SELECT id FROM ") + table + ' ' + where + " ORDER BY id LIMIT 1 OFFSET ?",
                    below(rows));
        return q.next() ? q.id(0) : Id{};
    };
    const auto lastGroup = [&] {
        auto q = c.query("SELECT max(n) FROM outbox");
        return q.next() ? q.integer(0) : 0;
    };
    const qint64 before = lastGroup();
    // People work in whichever branch the PC keeps.
    auto session = device.session;
    const auto kept = must(storage::kept(c));
    session.branch = m_branches[below(2)];
    if (!kept.hasBranch(session.branch))
        session.branch = session.branch == m_branches[0] ? m_branches[1] : m_branches[0];
    device.clinic->setSession(session);
    QString what;
    switch (below(10)) {
    case 0: {
        domain::Patient patient;
        patient.familyName = secretText(m_writes.size());
        patient.givenName = QStringLiteral("Given");
        patient.sex = domain::Sex::Female;
        patient.birthDate = *PartialDate::create(1980, 1, 1);
        const auto done = device.clinic->performNow(RegisterPatient{patient});
        what = QStringLiteral("register ") + (done ? shortId(done->id) : QStringLiteral("-"));
        break;
    }
    case 1:
    case 2:
    case 3: {
        const Id id = pick("patient");
        const auto stored = storage::find<domain::Patient>(c, id);
        if (!stored)
            return;
        domain::Patient after = *stored;
        const QString value = secretText(m_writes.size());
        const bool name = chance(50);
        (name ? after.familyName : after.address) = value;
        const auto done = device.clinic->performNow(UpdatePatient{*stored, after});
        if (done)
            m_writes << Write{id, name ? "family_name" : "address", value, index};
        what = QStringLiteral("edit %1 %2=%3").arg(shortId(id), name ? u"name" : u"address", value);
        break;
    }
    case 4:
    case 5: {
        domain::Appointment a;
        a.patientId = pick("patient");
        a.practitionerId = m_doctor;
        if (chance(50))
            a.roomId = m_room;
        a.startAt = m_opening + below(8) * 15 * 60'000;
        a.minutes = 15 * (1 + below(2));
        a.walkIn = chance(20);
        const auto done = device.clinic->performNow(BookAppointment{a});
        what = QStringLiteral("book %1 at %2")
                   .arg(done ? shortId(done->id) : QStringLiteral("-"))
                   .arg(a.startAt / 60'000 % 1440);
        break;
    }
    case 6:
    case 7: {
        const Id id = pick("appointment");
        if (id.isNull())
            return;
        using enum domain::AppointmentState;
        const domain::AppointmentState to[] = {CheckedIn, Cancelled, InConsultation, Completed};
        const auto target = to[below(4)];
        const auto done =
            device.clinic->performNow(StepAppointment{id, target, QStringLiteral("because"), {}, {}});
        what = QStringLiteral("step %1 %2%3").arg(shortId(id), enumCode(target), done ? u"" : u" refused");
        break;
    }
    case 8:
        what = bill(device, pick);
        break;
    default:
        what = takeMoney(device, pick);
        break;
    }
    if (what.isEmpty())
        return;
    noteGroup(device, before, what);
}

// An invoice at once, or a draft that several people add to and somebody issues.
QString World::bill(SimDevice &device, const Pick &pick)
{
    using namespace services;
    domain::InvoiceLine line;
    line.serviceId = m_serviceRow;
    line.quantity = 1 + below(3);
    line.description = QStringLiteral("Consultation");
    line.unitMinor = 1000;
    const int way = below(5);
    SaveInvoice draft;
    if (way > 1) {
        if (const Id id = pick("invoice", "WHERE state='draft'"); !id.isNull()) {
            const auto stored = must(device.clinic->answerNow(ReadInvoice{id}));
            draft.invoice = stored.view.invoice;
            draft.lines = stored.lines;
            draft.shown = stored.lineIds();
        }
    }
    if (draft.invoice.isStored() ? way < 4 : way > 1) {
        draft.lines << line;
        if (!draft.invoice.isStored())
            draft.invoice.patientId = pick("patient", "");
        const auto done = device.clinic->performNow(draft);
        return QStringLiteral("draft ") + (done ? shortId(done->id) : QStringLiteral("refused"));
    }
    IssueInvoice invoice{draft.invoice, draft.lines, draft.shown};
    if (!invoice.invoice.isStored()) {
        invoice.invoice.patientId = pick("patient", "");
        invoice.lines << line;
    }
    const auto done = device.clinic->performNow(invoice);
    if (done)
        m_printed.insert(done->id, printed(must(device.clinic->answerNow(ReadInvoice{done->id}))));
    return QStringLiteral("invoice ") + (done ? shortId(done->id) : QStringLiteral("refused"));
}

// What stands on the paper, but for what was paid.
QString World::printed(const storage::InvoiceDetail &detail)
{
    const auto &invoice = detail.view.invoice;
    QStringList texts{invoice.number, QString::number(invoice.netMinor), QString::number(invoice.taxMinor),
                      QString::number(invoice.totalMinor), invoice.note};
    for (const auto &line : detail.lines)
        texts << QStringLiteral("%1 %2 %3 %4")
                     .arg(line.description)
                     .arg(line.quantity)
                     .arg(line.unitMinor)
                     .arg(line.totalMinor);
    return texts.join(u'|');
}

// Pays, pays back or credits.
QString World::takeMoney(SimDevice &device, const Pick &pick)
{
    using namespace services;
    const Id invoice = pick("invoice", "WHERE state='issued'");
    if (invoice.isNull())
        return {};
    const qint64 amount = 100 + below(500);
    const auto before = must(device.clinic->answerNow(ReadInvoice{invoice}));
    const auto outcome = [&](const QString &what, bool done) {
        return what + u' ' + shortId(invoice) + u' ' +
               (done ? QString::number(amount) : QStringLiteral("refused"));
    };
    switch (below(6)) {
    case 0: {
        RefundPayment refund;
        refund.invoice = invoice;
        refund.line = before.lines.isEmpty() ? Id{} : before.lines.first().id;
        refund.amountMinor = amount;
        refund.method = domain::PaymentMethod::Card;
        refund.reason = QStringLiteral("because");
        refund.approver = {QStringLiteral("finance"), QStringLiteral("correct horse"), {}};
        const auto done = device.clinic->performNow(refund);
        if (done) {
            m_payments.insert(done->id, done->amountMinor);
            const auto after = must(device.clinic->answerNow(ReadInvoice{invoice}));
            if (after.view.balanceMinor() > qMax<qint64>(0, before.view.balanceMinor()))
                m_debtor = shortId(invoice);
        }
        return outcome(QStringLiteral("pay back"), done.has_value());
    }
    case 1: {
        // Nobody credits here what he knows to be paid: every balance below zero has to be told.
        if (before.lines.isEmpty() || before.view.balanceMinor() < amount)
            return {};
        const auto done = device.clinic->performNow(
            IssueCreditNote{invoice, before.lines.first().id, amount, QStringLiteral("because")});
        return outcome(QStringLiteral("credit"), done.has_value());
    }
    default: {
        const auto done = device.clinic->performNow(
            TakePayment{invoice, amount, domain::PaymentMethod::Card, QStringLiteral("slip")});
        if (done)
            m_payments.insert(done->id, done->amountMinor);
        return outcome(QStringLiteral("pay"), done.has_value());
    }
    }
}

// A picture, which does not become smaller when it is packed, or a text as long as one may be.
void World::savePhoto(SimDevice &device)
{
    auto &c = device.database->writerConnection();
    auto last = c.query("SELECT max(n) FROM outbox");
    const qint64 before = last.next() ? last.integer(0) : 0;
    auto q = c.query("SELECT id FROM patient ORDER BY id LIMIT 1");
    if (!q.next())
        return;
    const Id patient = q.id(0);
    static_cast<void>(q.next());
    if (chance(70)) {
        domain::Photo photo;
        photo.patientId = patient;
        photo.image.resize(1000 + below(60'000));
        for (char &byte : photo.image)
            byte = char(m_random());
        static_cast<void>(device.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(photo)}));
        return noteGroup(device, before, QStringLiteral("photo"));
    }
    const auto stored = storage::find<domain::Patient>(c, patient);
    if (!stored)
        return;
    domain::Patient after = *stored;
    after.remarks = QString(4000, QChar(u'a' + below(26)));
    static_cast<void>(device.clinic->performNow(services::UpdatePatient{*stored, after}));
    noteGroup(device, before, QStringLiteral("long text"));
}

// Remembers what was just written there, if anything was.
void World::noteGroup(SimDevice &device, qint64 before, const QString &what)
{
    const auto index = indexOf(device);
    auto body = device.database->writerConnection().query(
        "SELECT n, body, hash FROM outbox WHERE n>? ORDER BY n DESC LIMIT 1", before);
    if (body.next()) {
        m_bodies << body.bytes(1);
        m_groups << Group{index, body.integer(0), body.bytes(2)};
        if (chance(3))
            m_obstacles << Obstacle{index, "{\"g\":" + QByteArray::number(body.integer(0)) + ',',
                                    proxyAnswers[below(int(std::size(proxyAnswers)))]};
    }
    note(QStringLiteral("PC%1 %2").arg(index).arg(what));
    pump(device, sync::Engine::LocalCommit{});
}

int World::indexOf(const SimDevice &device) const
{
    return int(
        std::find_if(m_devices.begin(), m_devices.end(), [&](const auto &d) { return d.get() == &device; }) -
        m_devices.begin());
}

// Somebody copies a PC's file, and later puts the copy back in its place. What the server does not have yet
// would be lost that way, so it is done when everything is there.
void World::copyOrPutBack(SimDevice &device, bool putBack)
{
    const QString copy = device.path + QStringLiteral(".copy");
    if (putBack && !device.hasCopy)
        return;
    for (int round = 0; putBack && !device.engine->status().isCalm(); ++round) {
        if (round == 60)
            return;
        moveDocuments(device, 4, false);
        if (device.request)
            deliver(device, false, false, false, false);
        else if (std::exchange(device.timerSet, false))
            pump(device, sync::Engine::Timer{});
        else
            pump(device, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
    }
    // Decision 26 does not promise a key back that one PC alone had and that its own older copy lacks.
    const auto has = device.database->identity().sealer.keys().dataKeys.keys();
    for (const int key : putBack ? has : QList<int>()) {
        const auto others = std::ranges::count_if(m_devices, [&](const auto &other) {
            return other->database->identity().sealer.keys().dataKeys.contains(key);
        });
        if (others < 2)
            return;
    }
    close(device);
    if (putBack) {
        copyFile(copy, device.path);
        m_hasBackup = false; // a server put back as well would have nobody left to tell it
        note(QStringLiteral("PC put-back"));
    } else {
        copyFile(device.path, copy);
        device.hasCopy = true;
        note(QStringLiteral("PC copied"));
    }
    open(device);
}

void World::step()
{
    m_serverClock.set(m_serverClock.nowMs() + 700);
    if (m_mischief() % 100 < 4)
        meddle();
    SimDevice &device = *m_devices[size_t(below(deviceCount))];
    device.clock.set(device.clock.nowMs() + 1000);
    const int what = below(1000);
    if (what < 25)
        return addDocument(device);
    if (what < 45)
        return openDocument(device);
    if (what < 100)
        return moveDocuments(device, 2, true);
    if (what < 110)
        return savePhoto(device);
    if (what < 330)
        return work(device);
    if (what < 336)
        return replaceKey(*m_devices.front());
    if (what < 344)
        return anonymise(*m_devices.front());
    if (what < 930)
        return network(device);
    if (what < 938)
        return copyOrPutBack(device, device.hasCopy && chance(60));
    if (what < 940) {
        // An administrator shuts a PC out, or lets it in again.
        const bool out = device.revoked = !device.revoked;
        note(out ? QStringLiteral("PC revoked") : QStringLiteral("PC accepted"));
        const qint64 head = must(m_service->head(m_hospital));
        if (out)
            m_shutOut << ShutOut{device.credentials.device, head};
        else
            letIn(device, head);
        if (m_bug != Bug::RevokedHeard)
            must(
                m_service->setDeviceState(m_hospital, device.credentials.device, out ? "revoked" : "active"));
        return;
    }
    if (what < 944)
        return changeRights(*m_devices.front());
    if (what < 951)
        return changeScopes(device);
    if (what < 956)
        return fetchChart(device);
    if (what < 965) {
        note(QStringLiteral("PC killed"));
        close(device);
        return open(device);
    }
    if (what < 973) {
        note(QStringLiteral("server restarted"));
        return openServer();
    }
    if (what < 979) {
        const qint64 years = (below(21) - 10) * 365LL * 86'400'000;
        note(QStringLiteral("clock shifted"));
        device.clock.set(device.clock.nowMs() + years);
        return;
    }
    if (what < 981 && (m_bug == Bug::None || m_bug == Bug::NeverCompared))
        return damage(device);
    if (what < 983) {
        // News that somebody may still need: whoever is behind begins anew.
        const qint64 gone = must(m_service->compact({m_serverClock.nowMs() - qint64(below(200)) * 700, 0}));
        note(QStringLiteral("server forgets %1").arg(gone));
        return;
    }
    if (what < 987 && !m_strays.isEmpty()) {
        note(QStringLiteral("stray request"));
        static_cast<void>(serve(m_strays.takeAt(below(int(m_strays.size())))));
        return;
    }
    const QString live = m_dir.filePath(QStringLiteral("server.db"));
    const QString backup = m_dir.filePath(QStringLiteral("backup.db"));
    if (m_stores)
        return; // backups of a database server are its own affair
    if (what < 992) {
        m_service.reset();
        m_store.reset(); // closing writes the log back, so that one file is everything
        copyFile(live, backup);
        m_hasBackup = true;
        openServer();
        note(QStringLiteral("server backup"));
    } else if (m_hasBackup) {
        m_service.reset();
        m_store.reset();
        copyFile(backup, live);
        openServer();
        must(m_service->bumpEpochs());
        m_strays.clear();
        for (auto &each : m_devices)
            each->hasCopy = false;
        for (auto &each : m_devices)
            each->notForIt.clear();
        m_shutOut.clear(); // who was shut out since is so no more: an operator has to do it again
        note(QStringLiteral("server restored"));
    }
}

void World::letIn(SimDevice &device, qint64 head)
{
    for (const QByteArray &key : device.database->identity().sealer.keys().dataKeys) {
        if (device.notForIt.contains(key))
            m_keyLeaked = QStringLiteral("PC%1").arg(indexOf(device));
    }
    device.notForIt.clear();
    for (auto &out : m_shutOut) {
        if (out.device == device.credentials.device && out.to < 0)
            out.to = head;
    }
}

// The administrator says whether reception may book. The others work on as they know it.
void World::changeRights(SimDevice &administrator)
{
    const bool may = !chance(35);
    const auto roles = must(administrator.clinic->answerNow(services::Roles{}));
    for (const auto &view : roles) {
        if (view.role.code != u"clerk" || view.own.contains(QStringLiteral("appointments.book")) == may)
            continue;
        services::SaveRole change{view.role, view.own};
        if (may)
            change.permissions.insert(QStringLiteral("appointments.book"));
        else
            change.permissions.remove(QStringLiteral("appointments.book"));
        auto q = administrator.database->writerConnection().query("SELECT max(n) FROM outbox");
        const qint64 before = q.next() ? q.integer(0) : 0;
        const auto done = administrator.clinic->performNow(change);
        noteGroup(administrator, before,
                  !done ? QStringLiteral("rights refused")
                  : may ? QStringLiteral("rights given")
                        : QStringLiteral("rights taken"));
    }
}

// The administrator says what a PC is to keep; the first one keeps everything.
void World::changeScopes(SimDevice &device)
{
    if (&device == m_devices.front().get())
        return;
    const auto scope = [this](int n) { return " B:" + m_branches[n].toString().toLatin1(); };
    const QByteArray choices[] = {"*", "T" + scope(0), "T" + scope(1), "T" + scope(0) + scope(1)};
    const QByteArray wish = choices[below(4)];
    static_cast<void>(ask(
        "UPDATE device SET wished=CASE WHEN scopes=$3 THEN '' ELSE $3 END WHERE "
        "hospital_id=$1 AND id=$2 RETURNING id",
        {server::idValue(m_hospital), server::idValue(device.credentials.device), server::textValue(wish)}));
    note(QStringLiteral("PC%1 keeps %2").arg(indexOf(device)).arg(QString::fromLatin1(wish).left(9)));
}

// An administrator replaces the hospital's key, in a moment when the line is good.
void World::replaceKey(SimDevice &administrator)
{
    if (!administrator.request || administrator.request->token.isEmpty())
        return;
    const auto &session = administrator.session;
    const auto listed = serve({"POST", "/v1/devices", sync::encodeDevices(session.user, session.role),
                               administrator.request->token});
    const auto devices = listed.status == 200 ? sync::decodeDevicesReply(listed.body)
                                              : Result<QList<sync::DeviceListing>>(fail(ErrorCode::NoServer));
    if (!devices)
        return;
    const auto &who = administrator.database->identity();
    auto rotation = sync::newRotation(who.sealer.keys(), who.hospital, administrator.credentials.device,
                                      administrator.credentials.boxKey.publicKey, *devices,
                                      below(sync::mostIdsPassedOver), nullptr);
    rotation.actor = session.user;
    rotation.role = session.role;
    auto keys = who.sealer.keys();
    const auto own = std::find_if(rotation.grants.begin(), rotation.grants.end(), [&](const auto &grant) {
        return grant.device == administrator.credentials.device;
    });
    if (own == rotation.grants.end())
        return; // it is shut out itself
    if (m_bug == Bug::KeyNotReplaced) {
        keys.dataKeys.insert(rotation.keyId, keys.dataKeys.first());
        for (const auto &device : *devices) {
            for (auto &grant : rotation.grants) {
                if (grant.device == device.id)
                    grant = sync::sealGrant(keys, rotation.keyId, who.hospital, device.id, device.boxKey);
            }
        }
    }
    const auto key = sync::openGrant(*own, who.sealer.keys(), who.hospital, administrator.credentials.boxKey);
    const auto answer = serve({"POST", "/v1/rotate", sync::encode(rotation), administrator.request->token});
    note(QStringLiteral("key replaced-%1").arg(answer.status));
    if (answer.status != 200 || !key)
        return;
    for (auto &device : m_devices) {
        for (const auto &listing :
             *devices) { // as the server knew it; one that was put back may have forgotten
            if (listing.id == device->credentials.device && listing.state != "active")
                device->notForIt << *key;
        }
    }
    if (chance(50)) // else it hears of it later
        pump(administrator, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
}

// Somebody asks for the rest of a chart; the line is good for that moment.
void World::fetchChart(SimDevice &device)
{
    auto &c = device.database->writerConnection();
    auto q = c.query("SELECT id FROM patient ORDER BY id LIMIT 1 OFFSET ?",
                     below(int(must(device.clinic->answerNow(services::PatientSearch{})).size()) + 1));
    if (!q.next() || !device.request || device.request->token.isEmpty())
        return;
    const Id patient = q.id(0);
    const sync::Engine::Send ask{"POST", "/v1/chart",
                                 sync::encodeChart(patient, device.session.user, device.session.role, {}),
                                 device.request->token};
    // The first one only promises what changes from now on.
    static_cast<void>(serve(ask));
    const auto answer = serve(ask);
    const auto page = answer.status == 200 ? sync::decodeBootReply(answer.body)
                                           : Result<sync::BootReply>(fail(ErrorCode::NoServer));
    note(QStringLiteral("PC%1 chart %2").arg(indexOf(device)).arg(answer.status));
    storage::Replica replica(*device.database, device.clock);
    // Another history than this file's: it is not taken.
    if (page)
        static_cast<void>(replica.take(sync::ChartReply{*page, patient}));
}

QString World::heal()
{
    // Somebody has seen what one of the PCs sends.
    must(m_service->setDeviceState(m_hospital, m_stranger, "revoked"));
    m_obstacles.clear();
    // Whatever a restored server believes: everybody is let in again.
    for (auto &device : m_devices) {
        if (std::exchange(device->revoked, false))
            letIn(*device, must(m_service->head(m_hospital)));
        must(m_service->setDeviceState(m_hospital, device->credentials.device, "active"));
        pump(*device, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
    }
    if (auto stuck = settle(); !stuck.isEmpty())
        return stuck;
    // Tokens run out now and then, everybody greets the server again, gets the keys that are lacking, and
    // what still lies there under an older one is sealed anew; what comes meanwhile lets that begin once
    // more.
    for (int turn = 0; turn < 4 && !areKeysSettled(); ++turn) {
        m_serverClock.set(m_serverClock.nowMs() + 61'000);
        for (auto &device : m_devices)
            pump(*device, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
        if (auto stuck = settle(); !stuck.isEmpty())
            return stuck;
    }
    if (m_bug != Bug::None)
        return {};
    // Everything is compared in the end, and what differs is mended.
    for (auto &device : m_devices)
        pump(*device, sync::Engine::Wish{sync::Engine::Wish::Compare});
    return settle();
}

bool World::areKeysSettled()
{
    const qsizetype count =
        1 +
        server::integerAt(
            ask("SELECT count(*) FROM data_key WHERE hospital_id=$1", {server::idValue(m_hospital)}).first(),
            0);
    for (auto &device : m_devices) {
        if (device->database->identity().sealer.keys().dataKeys.size() != count)
            return false;
    }
    return ask("SELECT 1 FROM key_walk WHERE hospital_id=$1 AND position<>''", {server::idValue(m_hospital)})
        .isEmpty();
}

// A row goes back to what it was, as no program would do it: nothing says so until it is compared.
void World::damage(SimDevice &device)
{
    auto &c = device.database->writerConnection();
    auto q = c.query("SELECT s.id FROM row_state s JOIN patient p ON p.id=s.id WHERE s.entity='patient' AND "
                     "s.rv>1 AND NOT EXISTS (SELECT 1 FROM unsent u WHERE u.id=s.id) ORDER BY s.id LIMIT 1");
    if (!q.next())
        return;
    const Id id = q.id(0);
    static_cast<void>(q.next());
    must(c.exec("UPDATE patient SET address='Stale' WHERE id=?", id));
    must(c.exec("UPDATE row_state SET rv=rv-1 WHERE entity='patient' AND id=?", id));
    note(QStringLiteral("PC%1 damaged %2").arg(indexOf(device)).arg(shortId(id)));
}

QString World::settle()
{
    for (int round = 0; round < 800; ++round) {
        bool calm = true;
        // Tokens run out, and everybody greets the server again.
        if (round % 50 == 49) {
            m_serverClock.set(m_serverClock.nowMs() + 61'000);
            for (auto &device : m_devices)
                pump(*device, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
        }
        const qint64 head = must(m_service->head(m_hospital));
        for (auto &device : m_devices) {
            m_serverClock.set(m_serverClock.nowMs() + 10);
            const auto &status = device->engine->status();
            const bool atRest = device->request && device->request->path.startsWith("/v1/live");
            if (atRest)
                moveDocuments(*device, 8, false);
            if (atRest && status.isCalm() && status.replica.seq == head)
                continue;
            calm = false;
            if (m_dyingDisk && faultvfs::hasFailed()) {
                m_dyingDisk = false;
                m_diskFailed = true;
                close(*m_devices.front());
                faultvfs::failFrom(0);
                open(*m_devices.front());
                break;
            }
            if (device->request)
                deliver(*device, false, false, false, false);
            else if (std::exchange(device->timerSet, false))
                pump(*device, sync::Engine::Timer{});
            else
                pump(*device, sync::Engine::Wish{sync::Engine::Wish::SyncNow});
        }
        if (calm)
            return {};
    }
    QStringList states;
    for (auto &device : m_devices) {
        const auto &status = device->engine->status();
        auto held = device->database->writerConnection().query(
            "SELECT group_concat(n || ' ' || intention || ' ' || last_code) FROM outbox WHERE state='held'");
        states << QStringLiteral("phase %1 problem %2 waiting %3 held [%6] events %7 documents %8 seq %4 %5")
                      .arg(int(status.phase))
                      .arg(QString::fromLatin1(status.problem))
                      .arg(status.replica.waiting)
                      .arg(status.replica.seq)
                      .arg(device->request ? QString::fromLatin1(device->request->path)
                                           : QStringLiteral("no request"))
                      .arg(held.next() ? held.text(0) : QString())
                      .arg(status.replica.auditWaiting)
                      .arg(status.replica.documentsWaiting);
    }
    return QStringLiteral("I11 an outbox does not drain: ") + states.join(QStringLiteral("; "));
}

void World::dayOfWork()
{
    for (int i = 0; i < 12; ++i)
        work(*m_devices[size_t(i % deviceCount)]);
}

QString World::exchangeFailing(int n, Failure how)
{
    m_answers = 0;
    m_failAt = n;
    m_failure = how;
    for (int day = 0; day < 2; ++day) {
        dayOfWork();
        if (auto stuck = heal(); !stuck.isEmpty())
            return stuck;
    }
    return check();
}

QString World::exchangeOnDyingDisk(qint64 n)
{
    faultvfs::install();
    faultvfs::failFrom(0);
    close(*m_devices.front());
    m_devices.front()->vfs = "clinic-fault";
    open(*m_devices.front());
    dayOfWork();
    faultvfs::failFrom(n);
    m_dyingDisk = n > 0;
    if (auto stuck = heal(); !stuck.isEmpty())
        return stuck;
    m_dyingDisk = false;
    faultvfs::failFrom(0);
    return check();
}

QString World::run(int steps)
{
    for (int i = 0; i < steps; ++i) {
        step();
        if (i % 10 == 9) {
            for (auto &device : m_devices) {
                if (auto wrong = checkGroups(*device); !wrong.isEmpty())
                    return wrong;
                if (auto wrong = checkNothingLeft(*device); !wrong.isEmpty())
                    return wrong;
            }
        }
    }
    if (auto stuck = heal(); !stuck.isEmpty())
        return stuck;
    return check();
}

} // namespace clinic::test
