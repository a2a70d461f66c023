// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"
#include "server/servicefixture.h"
#include "services/admin/accounts.h"
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/must.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/keygrants.h"

#include <QCoreApplication>

using namespace clinic;
using namespace clinic::test;

// A PC that is enrolled like any other and whose program somebody has changed: what it may send, and that
// nothing of it harms the others.
class TstChangedPc : public ServiceFixture
{
    Q_OBJECT

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
    QJsonObject hello(Pc &pc)
    {
        const auto answer = call("GET", "/v1/hello", {}, pc.token);
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(answer.body, &error);
        if (error.error != QJsonParseError::NoError)
            qFatal("hello is no JSON: %s", answer.body.constData());
        return document.object();
    }
    qint64 expected(Pc &pc) { return hello(pc).value(u"expect").toInteger(); }

    // A group as its text, by somebody who knows what one looks like. device: in whose name.
    QByteArray group(Pc &pc, const char *intention, const services::Session &who, const QByteArray &changes,
                     qint64 n = 0, const Id &device = {})
    {
        QByteArray out;
        sync::JsonWriter writer(out);
        writer.open().number("g", n ? n : expected(pc)).text("intention", QByteArrayView(intention));
        writer.anyId("actor", who.user).anyId("role", who.role);
        writer.id("device", device.isNull() ? pc.device() : device).id("hospital", pc.hospital);
        writer.number("at", m_clock.nowMs()).number("seen", 0).number("schema", 15);
        writer.json("changes", '[' + changes + ']').close();
        return out;
    }
    sync::GroupResult send(Pc &pc, const QByteArray &body, const QByteArray &path = "/v1/push", qint64 n = 0)
    {
        const auto decoded = sync::decodeGroup(body);
        const qint64 count = decoded ? qMax<qint64>(1, decoded->changes.size()) : 1;
        const auto answer =
            call("POST", path, sync::encodePush({{n ? n : expected(pc), count, body, crypto::hash(body)}}),
                 pc.token);
        const auto reply = sync::decodePushReply(answer.body);
        if (!reply || reply->results.size() != 1)
            qFatal("%d %s", answer.status, answer.body.constData());
        return reply->results.first();
    }
    static bool isTaken(const sync::GroupResult &result)
    {
        using enum sync::GroupStatus;
        return result.status == Ok || result.status == Merged || result.status == Flagged;
    }
    static QByteArray patch(const char *entity, const Id &id, const QByteArray &fields)
    {
        return QByteArray("{\"op\":\"patch\",\"entity\":\"") + entity + "\",\"id\":" + quoted(id) +
               ",\"f\":{" + fields + "}}";
    }
    static QByteArray insert(const char *entity, const Id &id, const QByteArray &fields)
    {
        return QByteArray("{\"op\":\"insert\",\"entity\":\"") + entity + "\",\"id\":" + quoted(id) +
               ",\"f\":{" + fields + "}}";
    }

    services::Session sessionOf(Pc &pc, const char *user)
    {
        pc.clinic.signIn(QString::fromLatin1(user));
        const auto session = pc.clinic.clinic->session();
        pc.clinic.signIn(QStringLiteral("administrator")); // who invites other PCs
        push(pc);
        return session;
    }
    static QByteArray text(const char *name, const Id &id)
    {
        return '"' + QByteArray(name) + "\":" + quoted(id);
    }
    static constexpr const char *secret = "{\"e\":\"1.AAAA\",\"f\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}";
    // Each is sent and is not taken, and whoever looks is told why.
    struct Attempt
    {
        const char *intention;
        services::Session who;
        QByteArray changes;
    };
    void refuseEach(Pc &pc, const QList<Attempt> &attempts)
    {
        for (const Attempt &attempt : attempts) {
            const auto result = send(pc, group(pc, attempt.intention, attempt.who, attempt.changes));
            QVERIFY2(!isTaken(result), (attempt.intention + attempt.changes).constData());
            QVERIFY2(result.code == "not-permitted" || result.code == "setting-refused" ||
                         result.code == "already-decided",
                     (result.code + ' ' + result.detail + attempt.changes).constData());
        }
    }
    void takeEach(Pc &pc, const QList<Attempt> &attempts)
    {
        for (const Attempt &attempt : attempts) {
            const auto result = send(pc, group(pc, attempt.intention, attempt.who, attempt.changes));
            QVERIFY2(isTaken(result), (result.code + ' ' + result.detail + attempt.changes).constData());
        }
    }

    // What another PC is given, from the first news on and as a first load, is what the record has and
    // nothing else. Empty = so it is.
    QString strangeRows(Pc &reader)
    {
        QHash<QPair<QByteArray, Id>, server::Row> record;
        for (const auto &row : ask(reader, "SELECT entity, id, fields, rv FROM record WHERE hospital_id=$1"))
            record.insert({server::bytesAt(row, 0), server::idAt(row, 1)}, row);
        const auto look = [&](const sync::ServerRow &row, bool isWhole) -> QString {
            const auto known = record.constFind({row.entity, row.id});
            if (known == record.constEnd())
                return QStringLiteral("a row that the record does not have: ") +
                       QString::fromLatin1(row.entity);
            const auto fields = sync::decodeFields(server::bytesAt(*known, 2));
            if (isWhole && fields && (row.version != server::integerAt(*known, 3) || row.fields != *fields))
                return QStringLiteral("another row than the record has: ") + QString::fromLatin1(row.entity);
            return {};
        };
        const auto state = reader.replica->state();
        for (qint64 seq = 0;;) {
            const auto reply =
                sync::decodePullReply(call("POST", "/v1/pull", pullFrom(*state, seq), reader.token).body);
            if (!reply)
                return QStringLiteral("news that cannot be read");
            for (const auto &news : reply->groups) {
                for (const auto &row : news.rows) {
                    if (const QString strange = look(row, false); !strange.isEmpty())
                        return strange;
                }
            }
            if (!reply->more)
                break;
            seq = reply->to;
        }
        for (QByteArray after;;) {
            const auto page = sync::decodeBootReply(
                call("POST", "/v1/boot", "{\"after\":\"" + after + "\"}", reader.token).body);
            if (!page)
                return QStringLiteral("a first load that cannot be read");
            for (const auto &row : page->rows) {
                if (const QString strange = look(row, true); !strange.isEmpty())
                    return strange;
            }
            if (page->done)
                return {};
            after = page->after;
        }
    }

private Q_SLOTS:
    void init()
    {
        failOnAnyWarning();
        m_sendsAnything = true;
    }
    void initTestCase() { openStore(); }
    void cleanupTestCase()
    {
        m_service.reset();
        m_store.reset();
        m_cluster.reset();
    }

    // The name of a field that ends its text ended every page, or put rows into it that nobody had written.
    void oddNamesGoNowhere()
    {
        const auto pc = found();
        push(*pc);
        const auto other = join(*pc);
        const auto clerk = sessionOf(*pc, "clerk");
        const Id row = Id::create(m_clock.nowMs());
        const QByteArray owner = "\"scope\":\"user\",\"owner_id\":" + quoted(clerk.user) + ',';
        QVERIFY(isTaken(send(
            *pc, group(*pc, "save-own-setting", clerk,
                       insert("setting", row, owner + "\"key\":\"interface.theme\",\"value\":\"dark\"")))));
        const QByteArray smuggled =
            "value\\\":\\\"x\\\"}},{\\\"e\\\":\\\"role_permission\\\",\\\"i\\\":\\\"" +
            Id::create(7).toString().toLatin1() +
            "\\\",\\\"s\\\":\\\"T\\\",\\\"p\\\":0,\\\"v\\\":1,\\\"ua\\\":1,\\\"f\\\":{"
            "\\\"permission\\\":\\\"users.edit\\\",\\\"granted\\\":1}},{\\\"e\\\":"
            "\\\"setting\\\",\\\"i\\\":\\\"" +
            row.toString().toLatin1() +
            "\\\",\\\"s\\\":\\\"T\\\",\\\"p\\\":1,\\\"v\\\":2,\\\"ua\\\":1,\\\"f\\\":{"
            "\\\"value";
        for (const QByteArray &name :
             {QByteArray("x\\\"y"), smuggled, QByteArray(""), QByteArray("Value"), QByteArray("va lue"),
              QByteArray("val\\u0000ue"), QByteArray("val\\nue"), QByteArray("_value"), QByteArray("1value"),
              QByteArray("valu\xc3\xa9"), QByteArray("\\ud800"), QByteArray(65, 'v'), QByteArray("v\\\\"),
              QByteArray("v}"), QByteArray("value\":1,\"value")}) {
            const QByteArray fields = '"' + name + "\":";
            const auto patched = send(
                *pc, group(*pc, "save-own-setting", clerk, patch("setting", row, fields + "[null,\"z\"]")));
            QVERIFY2(!isTaken(patched), name.constData());
            const auto inserted =
                send(*pc, group(*pc, "save-own-setting", clerk,
                                insert("setting", Id::create(m_clock.nowMs()), owner + fields + "\"z\"")));
            QVERIFY2(!isTaken(inserted), name.constData());
            QCOMPARE(strangeRows(*other), QString());
        }
        // The same field twice is not one change.
        QVERIFY(!isTaken(send(*pc, group(*pc, "save-own-setting", clerk,
                                         patch("setting", row,
                                               "\"value\":[\"dark\",\"a\"],\"value\":[\"dark\","
                                               "\"b\"]")))));
        // A name that may be one and that this version does not know is carried, as it was.
        QVERIFY(isTaken(send(*pc, group(*pc, "save-own-setting", clerk,
                                        patch("setting", row, "\"from_a_later_version\":[null,\"z\"]")))));
        QCOMPARE(strangeRows(*other), QString());
        pull(*other);
        QCOMPARE(other->clinic.number("SELECT count(*) FROM attention WHERE code='undecodable'"), 31);
    }

    // Entities, intentions, envelopes and everything else that is named.
    void oddWordsGoNowhere()
    {
        const auto pc = found();
        const auto patient = pc->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        const auto other = join(*pc);
        const auto who = pc->clinic.clinic->session();
        for (const char *word : {"x\\\"y", "Patient", "pa tient", "patient\\u0000", "1patient", ""}) {
            QVERIFY2(!isTaken(send(*pc, group(*pc, "update-patient", who,
                                              patch(word, patient.id, "\"address\":[null,null]")))),
                     word);
            QByteArray body =
                group(*pc, "update-patient", who, patch("patient", patient.id, "\"active\":[1,1]"));
            body.replace("update-patient", word);
            QVERIFY2(!isTaken(send(*pc, body)), word);
        }
        const QByteArray print = "\"f\":\"AAAAAAAAAAAAAAAAAAAAAA==\"";
        for (const char *envelope :
             {"1.AA\\\"A", "1", ".AAAA", "01.AAAA", "+1.AAAA", " 1.AAAA", "-1.AAAA", "1.AA A", "1.AAA",
              "99999999999.AAAA", "2147483648.AAAA", "1.", "1.AA==AAAA", "x.AAAA", "1.AAAA\\u0000", ""}) {
            const QByteArray value = "{\"e\":\"" + QByteArray(envelope) + "\"," + print + '}';
            QVERIFY2(
                !isTaken(send(*pc, group(*pc, "update-patient", who,
                                         patch("patient", patient.id, "\"address\":[null," + value + ']')))),
                envelope);
            QCOMPARE(strangeRows(*other), QString());
        }
        // Numbers that nobody counts to, and times that no calendar has.
        for (const char *number : {"9223372036854775807", "-9223372036854775808", "9007199254740993"}) {
            for (const char *member : {"\"at\":", "\"seen\":", "\"schema\":"}) {
                QByteArray body =
                    group(*pc, "update-patient", who, patch("patient", patient.id, "\"active\":[1,1]"));
                const auto from = body.indexOf(member) + qstrlen(member);
                const auto to = qMin(body.indexOf(',', from), body.size());
                body.replace(from, to - from, number);
                QVERIFY2(!isTaken(send(*pc, body)), body.constData());
            }
        }
        // As many numbers as there are, in the envelope of a group: they cannot be added.
        for (const char *path : {"/v1/push", "/v1/recover"}) {
            const QByteArray body =
                group(*pc, "update-patient", who, patch("patient", patient.id, "\"active\":[1,1]"));
            for (const auto &[n, c] : {std::pair("9223372036854775807", "9223372036854775807"),
                                       {"1", "0"},
                                       {"-1", "1"},
                                       {"9223372036854775807", "1"},
                                       {"1", "9223372036854775807"}})
                QCOMPARE(call("POST", path,
                              QByteArray("{\"groups\":[{\"n\":") + n + ",\"c\":" + c + ",\"h\":\"" +
                                  crypto::hash(body).toBase64() + "\",\"b\":" + body + "}]}",
                              pc->token)
                             .status,
                         400);
        }
        // An id has one spelling.
        const QByteArray id = patient.id.toString().toLatin1();
        for (const QByteArray &spelling :
             {'{' + id + '}', id.toUpper(), id + ' ', id + "\\u0000", QByteArray(id).replace('-', ""),
              id.left(35), QByteArray(id).replace(8, 1, ":"), QByteArray(id).replace(0, 1, "g")}) {
            QByteArray body =
                group(*pc, "update-patient", who, patch("patient", patient.id, "\"active\":[1,1]"));
            body.replace(quoted(patient.id), '"' + spelling + '"');
            QVERIFY2(!isTaken(send(*pc, body)), spelling.constData());
            QCOMPARE(call("POST", "/v1/repair", "{\"rows\":[{\"e\":\"patient\",\"i\":\"" + spelling + "\"}]}",
                          pc->token)
                         .status,
                     400);
        }
        QCOMPARE(strangeRows(*other), QString());
    }

    // What every greeting repeats is what a PC without any role once said.
    void thePapersNameIsHexadecimal()
    {
        const auto pc = found();
        push(*pc);
        const auto other = join(*pc);
        const auto paper = [&](const QByteArray &id, const QByteArray &sealed = "eHh4") {
            return call("POST", "/v1/keys",
                        "{\"has\":[1],\"proof\":\"" + QByteArray(32, 'p').toBase64() +
                            "\",\"grants\":[],\"refused\":[],\"paper_id\":\"" + id + "\",\"paper\":\"" +
                            sealed + "\"}",
                        pc->token)
                .status;
        };
        const QByteArray good = "0123456789abcdef0123456789abcdef";
        for (const QByteArray &id : {good.left(31) + "\\\"", good.left(30), good + "00", good.toUpper(),
                                     good.left(31) + 'g', good.left(31) + ' '}) {
            QCOMPARE(paper(id), 400);
            QCOMPARE(hello(*other).value(u"paper").toString(), QString());
        }
        QCOMPARE(paper(good, "eHh4!"), 400);
        QCOMPARE(paper(good), 200);
        QCOMPARE(hello(*other).value(u"paper").toString(), QString::fromLatin1(good));
        for (const char *place : {"rows/x\\\"y/00", "rows/a b/00", "\\u0000"})
            QCOMPARE(call("POST", "/v1/reseal",
                          QByteArray("{\"from\":\"") + place +
                              "\",\"to\":\"\",\"rows\":[],\"events\":[],\"pieces\":[]}",
                          pc->token)
                         .status,
                     400);
        for (const char *after : {"1.x\\\"y.00", "1.patient.0", "x.patient.00", "1.patient.zz",
                                  "9223372036854775807.patient.00", "setup.9223372036854775807.!.00"})
            QVERIFY(call("POST", "/v1/boot", QByteArray("{\"after\":\"") + after + "\"}", pc->token).status ==
                    400);
    }

    // A store that was written to before names were looked at: its pages can be read all the same, and hold
    // nothing that was never accepted.
    void whatLiesInTheStoreBreaksNoPage()
    {
        const auto pc = found();
        push(*pc);
        const auto other = join(*pc);
        const auto clerk = sessionOf(*pc, "clerk");
        QList<Id> rows;
        for (int i = 0; i < 3; ++i) {
            rows << Id::create(m_clock.nowMs());
            QVERIFY(isTaken(send(*pc, group(*pc, "save-own-setting", clerk,
                                            insert("setting", rows.last(),
                                                   "\"scope\":\"user\",\"owner_id\":" + quoted(clerk.user) +
                                                       ",\"key\":\"interface.theme\",\"value\":\"dark\"")))));
        }
        const QByteArray broken = "{\"scope\":\"user\",\"x\"y\":\"z\"}";
        const QByteArray strange = "{\"scope\":\"user\",\"x y\":\"z\"}";
        const QByteArray two =
            "{\"scope\":\"user\"}},{\"e\":\"role_permission\",\"i\":" + quoted(Id::create(9)) +
            ",\"s\":\"T\",\"p\":-1,\"v\":1,\"ua\":1,\"f\":{\"granted\":1}";
        const QByteArray bodies[] = {broken, strange, two};
        for (int i = 0; i < 3; ++i) {
            ask(*pc, "UPDATE record SET fields=$3 WHERE hospital_id=$1 AND id=$2",
                {server::idValue(rows[i]), server::textValue(bodies[i])});
            ask(*pc, "UPDATE change_log SET body=$3 WHERE hospital_id=$1 AND body LIKE $2",
                {server::textValue('%' + rows[i].toString().toLatin1() + '%'),
                 server::textValue("{\"e\":\"setting\",\"i\":" + quoted(rows[i]) +
                                   ",\"s\":\"T\",\"p\":0,\"v\":1,\"ca\":1,\"ua\":1,\"f\":" + bodies[i] +
                                   '}')});
        }
        QCOMPARE(strangeRows(*other), QString());
        pull(*other);
        const auto third = join(*pc);
        QCOMPARE(third->clinic.number("SELECT count(*) FROM role_permission"),
                 other->clinic.number("SELECT count(*) FROM role_permission"));
        QByteArray wanted;
        for (const Id &id : rows)
            wanted += (wanted.isEmpty() ? "{\"e\":\"setting\",\"i\":" : ",{\"e\":\"setting\",\"i\":") +
                      quoted(id) + '}';
        const auto repaired = sync::decodeBootReply(
            call("POST", "/v1/repair", "{\"rows\":[" + wanted + "]}", other->token).body);
        QVERIFY(repaired && repaired->rows.isEmpty());
    }

    // "Own" is whose row it is, whatever the intention is called.
    void ownMeansOnesOwn()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto clerk = sessionOf(*pc, "clerk");
        const auto doctor = sessionOf(*pc, "doctor");
        const auto kiosk = sessionOf(*pc, "patient");
        const auto ada = (t.signIn(QStringLiteral("administrator")),
                          t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada")));
        push(*pc);
        const auto bad = join(*pc);
        const auto id = [] { return Id::create(5); };
        const QByteArray password = QByteArray("\"verifier\":[null,") + secret + ']';
        const QByteArray factor = QByteArray("\"second_factor\":[null,") + secret + ']';
        const auto setting = [&](const char *scope, const Id &owner, const char *key, const char *value) {
            return insert("setting", id(),
                          QByteArray("\"scope\":\"") + scope + "\",\"key\":\"" + key + "\",\"value\":\"" +
                              value + '"' + (owner.isNull() ? QByteArray() : ',' + text("owner_id", owner)));
        };
        const auto hours = [&](const Id &resource) {
            return insert("availability", id(),
                          text("resource_id", resource) +
                              ",\"weekday\":1,\"start_minute\":480,\"end_minute\":600");
        };
        qint64 day = 30;
        const auto booking = [&](const Id &appointment, const Id &patient, const QByteArray &more = {}) {
            return insert("appointment", appointment,
                          text("patient_id", patient) + ',' + text("practitioner_id", t.doctor.id) +
                              ",\"start_at\":" + QByteArray::number(t.clock.todayAt(9) + ++day * 86'400'000) +
                              ",\"minutes\":15,\"state\":\"booked\"" + more);
        };
        const auto event = [&](const Id &appointment, const char *state) {
            return insert("appointment_event", id(),
                          text("appointment_id", appointment) + ",\"state\":\"" + state + '"');
        };
        refuseEach(
            *bad,
            {{"change-own-password", clerk, patch("app_user", administrator.user, password)},
             {"sign-in", clerk, patch("app_user", administrator.user, password)},
             {"sign-in", {}, patch("app_user", administrator.user, password)},
             {"set-second-factor", clerk, patch("app_user", administrator.user, factor)},
             {"remove-second-factor", clerk, patch("app_user", administrator.user, factor)},
             {"end-other-sessions", clerk,
              patch("app_user", administrator.user, "\"session_mark\":[null,\"x\"]")},
             {"save-own-setting", clerk, setting("hospital", {}, "interface.theme", "dark")},
             {"save-own-setting", clerk, setting("branch", clerk.branch, "session.lockMinutes", "60")},
             {"save-own-setting", clerk, setting("user", administrator.user, "interface.theme", "dark")},
             {"save-own-setting", clerk, setting("user", clerk.user, "billing.refundNeedsApproval", "false")},
             {"save-own-setting", clerk, setting("user", clerk.user, "session.lockMinutes", "240")},
             {"save-own-setting", clerk, setting("user", clerk.user, "unheard.of", "1")},
             {"save-own-setting", clerk, setting("user", clerk.user, "interface.theme", "plaid")},
             {"save-setting", administrator, setting("hospital", {}, "session.lockMinutes", "9999")},
             {"save-setting", administrator, setting("branch", administrator.branch, "session.hours", "9")},
             {"save-setting", administrator, setting("user", clerk.user, "interface.theme", "dark")},
             {"save-own-availability", doctor, hours(t.secondDoctor.id)},
             {"save-own-availability", doctor, hours(t.room.id)},
             {"book-own-appointment", kiosk, booking(id(), ada.id)},
             {"book-own-appointment", kiosk, booking(id(), kiosk.patient, ",\"walk_in\":1")},
             {"initialise-hospital", administrator,
              insert("role_permission", id(), "\"permission\":\"users.edit\",\"granted\":1")},
             {"anonymise-patient", administrator,
              patch("patient", ada.id, "\"anonymised_at\":[null,1]") + ',' +
                  patch("app_user", administrator.user, "\"active\":[1,0]")}});
        const Id theirs = id();
        const Id own = id();
        takeEach(*bad,
                 {{"change-own-password", clerk, patch("app_user", clerk.user, password)},
                  {"save-own-setting", clerk, setting("user", clerk.user, "interface.theme", "dark")},
                  {"save-setting", administrator, setting("hospital", {}, "session.lockMinutes", "7")},
                  {"save-setting", administrator,
                   setting("branch", administrator.branch, "session.lockMinutes", "9")},
                  {"save-own-availability", doctor, hours(doctor.resource)},
                  {"book-own-appointment", kiosk, booking(own, kiosk.patient) + ',' + event(own, "booked")},
                  {"book-appointment", clerk, booking(theirs, ada.id) + ',' + event(theirs, "booked")}});
        // One step is not another, and each has its own permission.
        refuseEach(*bad, {{"check-in", clerk, event(theirs, "cancelled")},
                          {"check-in", clerk, event(theirs, "completed")},
                          {"start-consultation", doctor, event(theirs, "checked-in")},
                          {"mark-no-show", clerk, event(theirs, "cancelled")},
                          {"cancel-own-appointment", kiosk, event(theirs, "cancelled")},
                          {"undo-step", clerk,
                           insert("void", id(), "\"entity\":\"payment\"," + text("row_id", id()))},
                          {"undo-step", clerk, insert("void", id(), text("row_id", id()))}});
        pull(*pc);
        t.signOut();
        t.signIn(QStringLiteral("administrator")); // with the password he always had
    }

    // A refund is not a payment, and its second person is somebody who may say yes.
    void moneyGoesBackWithASecondPerson()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto clerk = sessionOf(*pc, "clerk");
        services::IssueInvoice bill;
        bill.invoice.patientId = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada")).id;
        bill.lines.resize(1);
        bill.lines.first().description = QStringLiteral("Consultation");
        bill.lines.first().unitMinor = 10'000;
        const Id invoice = must(t.clinic->performNow(bill)).id;
        QVERIFY(t.clinic->performNow(services::TakePayment{invoice, 10'000, domain::PaymentMethod::Card, {}})
                    .has_value());
        QVERIFY(
            t.clinic
                ->performNow(services::IssueCreditNote{invoice, {}, 10'000, QStringLiteral("none needed")})
                .has_value());
        push(*pc);
        const auto bad = join(*pc);
        const auto money = [&](qint64 amount, const Id &approver = {}) {
            return insert("payment", Id::create(5),
                          text("invoice_id", invoice) + ",\"amount_minor\":" + QByteArray::number(amount) +
                              (approver.isNull() ? QByteArray() : ',' + text("approved_by", approver)));
        };
        const auto code = [&](const Id &user) {
            return ',' + patch("app_user", user, QByteArray("\"recovery_codes\":[null,") + secret + ']');
        };
        QVERIFY(administrator.may(u"billing.refund") && administrator.may(u"billing.pay"));
        // Of an invoice that nobody sent nothing is believed yet.
        QCOMPARE(send(*bad, group(*bad, "refund-payment", administrator,
                                  insert("payment", Id::create(5),
                                         text("invoice_id", Id::create(6)) + ",\"amount_minor\":-500")))
                     .code,
                 QByteArray("parent-missing"));
        refuseEach(*bad, {{"take-payment", administrator, money(-500)},
                          {"take-payment", administrator, money(0)},
                          {"take-payment", administrator, money(500, clerk.user)},
                          {"refund-payment", administrator, money(500)},
                          {"refund-payment", administrator, money(-500, administrator.user)},
                          {"refund-payment", administrator, money(-500, clerk.user)},
                          {"refund-payment", administrator, money(-500, Id::create(9))},
                          {"refund-payment", administrator, money(-500) + code(clerk.user)}});
        // Nobody is asked who approved, and the hospital wants one: the money is gone, and somebody looks.
        const auto alone = send(*bad, group(*bad, "refund-payment", administrator, money(-500)));
        QCOMPARE(int(alone.status), int(sync::GroupStatus::Flagged));
        QCOMPARE(alone.code, QByteArray("not-approved"));
        // A second administrator approves.
        t.signIn(QStringLiteral("administrator"));
        services::SaveUser save;
        save.user.userName = QStringLiteral("second");
        save.user.displayName = save.user.userName;
        save.password = QStringLiteral("correct horse");
        save.quickHash = true;
        save.roles = {administrator.role};
        const auto second = must(t.clinic->performNow(save));
        push(*pc);
        const auto approved = send(
            *bad, group(*bad, "refund-payment", administrator, money(-500, second.id) + code(second.id)));
        QVERIFY2(approved.status == sync::GroupStatus::Ok || approved.status == sync::GroupStatus::Merged,
                 (approved.code + approved.detail).constData());
        // Where the hospital wants nobody, none has to be named.
        QVERIFY(t.clinic
                    ->performNow(services::SaveSetting{domain::SettingScope::Hospital,
                                                       QString::fromLatin1(domain::setting::refundApproval),
                                                       QStringLiteral("false")})
                    .has_value());
        push(*pc);
        QCOMPARE(int(send(*bad, group(*bad, "refund-payment", administrator, money(-500))).status),
                 int(sync::GroupStatus::Ok));
    }

    // Whoever decides between two values writes one of the two, of a field that he may change.
    void onlyWhatIsOpenIsDecided()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto clerk = sessionOf(*pc, "clerk");
        QVERIFY(clerk.may(u"patients.edit") && !clerk.may(u"patients.clinical"));
        t.signIn(QStringLiteral("administrator"));
        const auto ada = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        const auto bad = join(*pc);
        const Id allergy = Id::create(5);
        takeEach(*bad, {{"save-clinical-part", administrator,
                         insert("allergy", allergy, text("patient_id", ada.id) + ",\"active\":1")}});
        // Two of everything: what was written first stands, what came later lies beside it.
        const auto print = [](char c) { return QByteArray(22, c) + "=="; };
        const auto value = [&](char c) {
            return "{\"e\":\"1." + QByteArray(4, c) + "\",\"f\":\"" + print(c) + "\"}";
        };
        const auto change = [&](const char *field, char c) {
            return QByteArray("\"") + field + "\":[null," + value(c) + ']';
        };
        const auto conflictOf = [&](const char *entity, const char *field) {
            for (const auto &row :
                 ask(*pc, "SELECT id, fields FROM record WHERE hospital_id=$1 AND entity='conflict'")) {
                server::PictureRow conflict;
                conflict.fields = *sync::decodeFields(server::bytesAt(row, 1));
                if (conflict.text("entity") == QLatin1StringView(entity) &&
                    conflict.text("field") == QLatin1StringView(field))
                    return server::idAt(row, 0);
            }
            return Id{};
        };
        takeEach(*bad,
                 {{"update-patient", clerk, patch("patient", ada.id, change("address", 'A'))},
                  {"update-patient", clerk, patch("patient", ada.id, change("address", 'B'))},
                  {"save-clinical-part", administrator, patch("allergy", allergy, change("reaction", 'A'))},
                  {"save-clinical-part", administrator, patch("allergy", allergy, change("reaction", 'B'))}});
        const Id address = conflictOf("patient", "address");
        const Id note = conflictOf("allergy", "reaction");
        QVERIFY(!address.isNull() && !note.isNull());
        const QByteArray decided = "\"resolved\":[0,1]";
        const auto lostOf = [&](const Id &conflict) {
            server::PictureRow row;
            row.fields = *sync::decodeFields(
                server::bytesAt(ask(*pc, "SELECT fields FROM record WHERE hospital_id=$1 AND id=$2",
                                    {server::idValue(conflict)})
                                    .first(),
                                0));
            return row.text("lost").contains(u"AAAA") ? 'A' : 'B';
        };
        const char lost = lostOf(address);
        const QByteArray own = patch("conflict", address, decided);
        refuseEach(
            *bad,
            {{"resolve-conflict", clerk, patch("allergy", allergy, change("reaction", 'C'))},
             {"resolve-conflict", clerk, own + ',' + patch("allergy", allergy, change("reaction", 'C'))},
             {"resolve-conflict", clerk, own + ',' + patch("patient", ada.id, change("phone", lost))},
             {"resolve-conflict", clerk, own + ',' + patch("patient", ada.id, change("address", 'C'))},
             {"resolve-conflict", clerk, patch("conflict", note, decided)},
             {"resolve-conflict", clerk,
              patch("conflict", note, decided) + ',' +
                  patch("allergy", allergy, change("reaction", lostOf(note)))}});
        takeEach(*bad,
                 {{"resolve-conflict", clerk, own + ',' + patch("patient", ada.id, change("address", lost))},
                  {"resolve-conflict", administrator, patch("conflict", note, decided)}});
        refuseEach(*bad, {{"resolve-conflict", clerk,
                           own + ',' + patch("patient", ada.id, change("address", lost))}});
    }

    // What comes by /v1/recover came from this PC, or from the one that it was before.
    void nobodyRecoversForAnother()
    {
        const auto pc = found();
        push(*pc);
        const auto clerk = sessionOf(*pc, "clerk");
        const auto bad = join(*pc);
        const auto own = [&](const Id &row) {
            return insert("setting", row,
                          "\"scope\":\"user\"," + text("owner_id", clerk.user) +
                              ",\"key\":\"interface.theme\",\"value\":\"dark\"");
        };
        const auto originOf = [&](const Id &row) {
            return server::idAt(
                ask(*pc, "SELECT device FROM record WHERE hospital_id=$1 AND id=$2", {server::idValue(row)})
                    .first(),
                0);
        };
        const Id forged = Id::create(5);
        QVERIFY(isTaken(send(*bad, group(*bad, "save-own-setting", clerk, own(forged), 5000, pc->device()),
                             "/v1/recover", 5000)));
        QCOMPARE(originOf(forged), bad->device());
        QVERIFY(!isTaken(
            send(*bad, group(*bad, "save-own-setting", clerk, own(Id::create(5)), 0, pc->device()))));
        // A file that was put back speaks for the PC it was, and for the one before that.
        Id before = bad->device();
        auto keys = bad->keys;
        const Id first = before;
        for (int i = 0; i < 2; ++i) {
            const Id next = Id::create(m_clock.nowMs());
            const auto newKeys = sync::DeviceKeys::create();
            const auto answer = sync::decodeEnrolReply(
                call("POST", "/v1/succeed",
                     sync::encodeSucceed(bad->hospital, before, keys.signSecret, next, newKeys, 1))
                    .body);
            QVERIFY(answer.has_value());
            bad->refresh = answer->refresh;
            bad->keys = newKeys;
            before = next;
            keys = newKeys;
        }
        const QByteArray token = [&] {
            const QByteArray signature = crypto::sign("clinicdesk token " + bad->refresh, keys.signSecret);
            const auto answer =
                call("POST", "/v1/token",
                     "{\"hospital\":" + quoted(bad->hospital) + ",\"device\":" + quoted(before) +
                         ",\"refresh\":\"" + bad->refresh.toBase64() + "\",\"signature\":\"" +
                         signature.toBase64() + "\"}");
            return QJsonDocument::fromJson(answer.body).object().value(u"access").toString().toLatin1();
        }();
        bad->token = token;
        const Id honest = Id::create(5);
        QVERIFY(isTaken(send(*bad, group(*bad, "save-own-setting", clerk, own(honest), 6000, first),
                             "/v1/recover", 6000)));
        QCOMPARE(originOf(honest), first);
        const Id again = Id::create(5);
        QVERIFY(isTaken(send(*bad, group(*bad, "save-own-setting", clerk, own(again), 6001, pc->device()),
                             "/v1/recover", 6001)));
        QCOMPARE(originOf(again), before);
    }

    // A changed PC makes a key for itself alone: the hospital's key can be replaced all the same, before and
    // after that PC is revoked. Two PCs that replace the key at the same time still make one.
    void aKeyForOnePcBarsNobody()
    {
        const auto pc = found();
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto bad = join(*pc);
        const auto rotate = [&](Pc &by, int beyond, bool forItselfAlone) {
            const auto listed = sync::decodeDevicesReply(
                call("POST", "/v1/devices", sync::encodeDevices(administrator.user, administrator.role),
                     pc->token)
                    .body);
            auto wanted = sync::newRotation(pc->clinic.database->identity().sealer.keys(), by.hospital,
                                            by.device(), by.keys.boxPublic, *listed, beyond, nullptr);
            wanted.actor = administrator.user;
            wanted.role = administrator.role;
            if (forItselfAlone)
                wanted.grants.removeIf(
                    [&](const sync::KeyGrant &grant) { return grant.device != by.device(); });
            return call("POST", "/v1/rotate", sync::encode(wanted), by.token);
        };
        QCOMPARE(rotate(*bad, 131'000, true).status, 200);
        const auto barred = rotate(*pc, 5, false);
        QCOMPARE(barred.status, 409);
        const auto said = sync::decodeErrorReply(barred.body);
        QCOMPARE(said.code, QByteArray("key-claimed"));
        QVERIFY(m_service->setDeviceState(bad->hospital, bad->device(), "revoked").has_value());
        QCOMPARE(sync::decodeErrorReply(rotate(*pc, 5, false).body).code, QByteArray("key-claimed"));
        QCOMPARE(rotate(*pc, said.detail.toInt(), false).status, 200);
        QCOMPARE(sync::decodeErrorReply(rotate(*pc, 5, false).body).code, QByteArray("key-order"));
    }

    // Somebody counts keys up to the end of the numbers, so that nobody can make another.
    void keysCannotBeUsedUp()
    {
        const auto pc = found();
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto bad = join(*pc);
        const auto claim = [&](Pc &from, QList<int> has) {
            sync::KeysRequest request;
            request.has = QList<int>{1} + has;
            request.proof = QByteArray(32, 'p');
            return call("POST", "/v1/keys", sync::encode(request), from.token).status;
        };
        QList<int> claimed;
        int refused = 0;
        for (int i = 1; i <= 40; ++i) {
            const int next = i * 131'072;
            if (claim(*bad, claimed + QList<int>{next}) == 200)
                claimed << next;
            else
                ++refused;
        }
        QCOMPARE(claimed.size(), 4);
        QCOMPARE(refused, 36);
        QCOMPARE(claim(*bad, {std::numeric_limits<int>::max()}), 400);
        // Nobody is asked for keys that nobody has.
        QCOMPARE(claim(*pc, {}), 200);
        QCOMPARE(hello(*pc).value(u"keys").toBool(), false);
        // The key is replaced all the same, beyond what was said to be there.
        const auto rotation = [&](int beyond) {
            const auto listed = sync::decodeDevicesReply(
                call("POST", "/v1/devices", sync::encodeDevices(administrator.user, administrator.role),
                     pc->token)
                    .body);
            auto wanted = sync::newRotation(pc->clinic.database->identity().sealer.keys(), pc->hospital,
                                            pc->device(), pc->keys.boxPublic, *listed, beyond, nullptr);
            wanted.actor = administrator.user;
            wanted.role = administrator.role;
            return wanted;
        };
        const auto low = call("POST", "/v1/rotate", sync::encode(rotation(5)), pc->token);
        QCOMPARE(low.status, 409);
        const auto told = sync::decodeErrorReply(low.body);
        QCOMPARE(told.code, QByteArray("key-claimed"));
        QCOMPARE(told.detail.toInt(), claimed.last());
        const auto high = rotation(told.detail.toInt());
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(high), pc->token).status, 200);
        QCOMPARE(hello(*pc).value(u"key").toInt(), high.keyId);
        // Whoever is shut out takes with him what he alone claimed.
        QCOMPARE(
            call("POST", "/v1/devices",
                 sync::encodeDevices(administrator.user, administrator.role, {bad->device(), "revoked", {}}),
                 pc->token)
                .status,
            200);
        QCOMPARE(server::integerAt(ask(*pc, "SELECT count(*) FROM data_key WHERE hospital_id=$1").first(), 0),
                 1);
        // Nor is the end reached by replacing them.
        auto keys = pc->clinic.database->identity().sealer;
        int replaced = 1;
        for (int i = 1; i < 40; ++i) {
            auto next = rotation(high.keyId + i * 100);
            replaced += call("POST", "/v1/rotate", sync::encode(next), pc->token).status == 200;
        }
        QCOMPARE(replaced, 20);
        m_clock.set(m_clock.nowMs() + 86'400'001);
        pc->token = tokenOf(*pc);
        QCOMPARE(call("POST", "/v1/rotate", sync::encode(rotation(high.keyId + 5000)), pc->token).status,
                 200);
    }

    // A server that was put back by its own database's means knows older tokens than its PCs have, and takes
    // each of them for a copy until it is told.
    void aPutBackServerLetsItsPcsIn()
    {
        const auto pc = found();
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto other = join(*pc);
        const auto takenForCopies = [&] {
            ask(*pc,
                "UPDATE token_family SET current_hash=$2, previous_hash=NULL, spare_hash=NULL WHERE "
                "hospital_id=$1",
                {Value{QByteArray(32, 'o')}});
            for (Pc *each : {pc.get(), other.get()}) {
                const QByteArray before = each->refresh;
                QVERIFY(tokenOf(*each).isEmpty());
                each->refresh = before; // nothing came that it could keep
                QVERIFY(tokenOf(*each).isEmpty());
                each->refresh = before;
            }
        };
        takenForCopies();
        QVERIFY(m_service->bumpEpochs().has_value());
        for (Pc *each : {pc.get(), other.get()}) {
            each->token = tokenOf(*each);
            QVERIFY(!each->token.isEmpty());
        }
        // One by one, where the operator knows which PC it is.
        takenForCopies();
        QVERIFY(m_service->setDeviceState(pc->hospital, other->device(), "active").has_value());
        other->token = tokenOf(*other);
        QVERIFY(!other->token.isEmpty());
        const QByteArray before = pc->refresh;
        QVERIFY(tokenOf(*pc).isEmpty());
        pc->refresh = before;
        QVERIFY(m_service->setDeviceState(pc->hospital, pc->device(), "active").has_value());
        pc->token = tokenOf(*pc);
        QVERIFY(!pc->token.isEmpty());
        // A copy that is one is still found: whoever comes second.
        const QByteArray copy = before;
        const QByteArray honest = pc->refresh;
        pc->token = tokenOf(*pc);
        pc->token = tokenOf(*pc);
        pc->refresh = copy;
        QVERIFY(tokenOf(*pc).isEmpty());
        Q_UNUSED(honest)
    }

    // Two PCs that do not hear each other book one place; where the booking is refused the patient had come.
    void whoCameStaysWhateverBecameOfTheBooking_data()
    {
        QTest::addColumn<bool>("apart"); // the arrival is sent after the refusal was read
        QTest::addColumn<bool>(
            "forbidden"); // the booking was refused for a permission, and the place is free
        QTest::newRow("together") << false << false;
        QTest::newRow("apart") << true << false;
        QTest::newRow("forbidden") << false << true;
    }
    void whoCameStaysWhateverBecameOfTheBooking()
    {
        QFETCH(bool, apart);
        QFETCH(bool, forbidden);
        using enum domain::AppointmentState;
        const auto first = found();
        push(*first);
        const auto ada = first->clinic.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        const auto eve = first->clinic.patient(QStringLiteral("Lund"), QStringLiteral("Eve"));
        push(*first);
        const auto second = join(*first);
        second->clinic.signIn(QStringLiteral("clerk"));
        const auto clerk = second->clinic.clinic->session();
        second->clinic.signIn(QStringLiteral("administrator"));
        const auto administrator = second->clinic.clinic->session();
        push(*second);
        pull(*second);
        const auto booking = [&](const domain::Patient &patient) {
            domain::Appointment a;
            a.patientId = patient.id;
            a.practitionerId = first->clinic.doctor.id;
            a.startAt = first->clinic.clock.todayAt(14);
            a.minutes = 15;
            return a;
        };
        Id stands;
        if (!forbidden) {
            stands = must(first->clinic.clinic->performNow(services::BookAppointment{booking(ada)})).id;
            push(*first);
        }
        second->clinic.clinic->setSession(clerk);
        const Id came = must(second->clinic.clinic->performNow(services::BookAppointment{booking(eve)})).id;
        second->clinic.clock.set(first->clinic.clock.todayAt(14));
        second->clinic.clinic->setSession(administrator);
        if (forbidden) {
            ask(*first, "UPDATE record SET fields=replace(fields,'\"granted\":1','\"granted\":0') WHERE "
                        "hospital_id=$1 "
                        "AND entity='role_permission' AND fields LIKE '%\"appointments.book\"%'");
        }
        const auto step = [&](domain::AppointmentState to) {
            QVERIFY(second->clinic.clinic->performNow(services::StepAppointment{came, to, {}, {}, {}})
                        .has_value());
        };
        QList<sync::GroupResult> results;
        step(CheckedIn);
        step(InConsultation);
        if (apart) {
            auto batch = *second->replica->nextBatch(1, 1);
            const auto reply =
                sync::decodePushReply(call("POST", "/v1/push", sync::encodePush(batch), second->token).body);
            QVERIFY(reply && second->replica->take(*reply).has_value());
            results = reply->results;
        }
        results += push(*second);
        QCOMPARE(results.size(), 3);
        QCOMPARE(int(results[0].status), int(sync::GroupStatus::Rejected));
        QCOMPARE(results[0].code, QByteArray(forbidden ? "not-permitted" : "slot-taken"));
        QCOMPARE(int(results[1].status), int(sync::GroupStatus::Flagged));
        QCOMPARE(results[1].code, QByteArray("came-anyway"));
        QVERIFY(isTaken(results[2]));
        pull(*second); // as every PC does when it has sent something
        step(Completed);
        for (const auto &result : push(*second))
            QVERIFY(isTaken(result));
        pull(*second);
        pull(*first);
        for (Pc *pc : {first.get(), second.get()}) {
            auto q = pc->clinic.database->writerConnection().query(
                "SELECT state, walk_in, start_at FROM appointment WHERE id=?", came);
            QVERIFY(q.next());
            QCOMPARE(q.text(0), enumCode(Completed));
            QCOMPARE(q.integer(1), 1);
            QCOMPARE(q.integer(2), first->clinic.clock.todayAt(14));
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM appointment_event"), forbidden ? 4 : 5);
            QVERIFY(pc->clinic.number("SELECT count(*) FROM attention WHERE kind='flagged' AND "
                                      "intention='check-in'") == 1);
            QCOMPARE(pc->clinic.number("SELECT count(*) FROM attention WHERE code='parent-refused'"), 0);
            if (!forbidden)
                QCOMPARE(pc->clinic.number("SELECT count(*) FROM appointment WHERE state='booked'"), 1);
        }
        QCOMPARE(strangeRows(*first), QString());
    }

    // An event that comes with the booking it brings in after all stands in the booking's branch, wherever
    // the person worked who wrote it; else a PC of that branch alone would not get it.
    void anEventStandsWhereItsBookingStands()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto nurse = sessionOf(*pc, "nurse");
        const auto ada = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        const auto second = join(*pc);
        const Id appointment = Id::create(5);
        const auto at = [](const QByteArray &change, const Id &branch) {
            return QByteArray(change).replace("\"f\":", "\"branch\":" + quoted(branch) + ",\"f\":");
        };
        const auto event = [&](const char *what, const Id &branch) {
            return at(insert("appointment_event", Id::create(5),
                             text("appointment_id", appointment) + ",\"state\":\"" + what + '"'),
                      branch);
        };
        const Id here = Id::create(6);
        const Id elsewhere = Id::create(7);
        const QByteArray booking = at(insert("appointment", appointment,
                                             text("patient_id", ada.id) + ",\"start_at\":" +
                                                 QByteArray::number(t.clock.todayAt(9) + 86'400'000) +
                                                 ",\"minutes\":15,\"state\":\"booked\""),
                                      here) +
                                   ',' + event("booked", here);
        QCOMPARE(send(*second, group(*second, "book-appointment", nurse, booking)).code,
                 QByteArray("not-permitted"));
        QCOMPARE(send(*second,
                      group(*second, "check-in", nurse,
                            event("checked-in", elsewhere) + ',' +
                                patch("appointment", appointment, "\"state\":[\"booked\",\"checked-in\"]")))
                     .code,
                 QByteArray("came-anyway"));
        const auto scopes = ask(*pc, "SELECT scope, count(*) FROM record WHERE hospital_id=$1 AND entity IN "
                                     "('appointment','appointment_event') GROUP BY scope");
        QCOMPARE(scopes.size(), 1);
        QCOMPARE(server::bytesAt(scopes.first(), 0), domain::scopeOfBranch(here));
        QCOMPARE(server::integerAt(scopes.first(), 1), 3);
    }

    // Whoever may book checks nobody in who was booked before.
    void aBookingChecksNobodyElseIn()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto administrator = sessionOf(*pc, "administrator");
        const auto ada = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        const auto bad = join(*pc);
        const Id appointment = Id::create(5);
        const auto event = [&](const char *state) {
            return insert("appointment_event", Id::create(5),
                          text("appointment_id", appointment) + ",\"state\":\"" + state + '"');
        };
        const QByteArray booking = insert("appointment", appointment,
                                          text("patient_id", ada.id) + ",\"start_at\":" +
                                              QByteArray::number(t.clock.todayAt(9) + 86'400'000) +
                                              ",\"minutes\":15,\"state\":\"booked\"");
        QVERIFY(isTaken(
            send(*bad, group(*bad, "book-appointment", administrator, booking + ',' + event("booked")))));
        QCOMPARE(send(*bad, group(*bad, "book-appointment", administrator, event("checked-in"))).code,
                 QByteArray("not-permitted"));
    }

    // What was refused for good is not brought in by a fact that is made to hang on it.
    void aFactBringsNothingElse()
    {
        const auto pc = found();
        auto &t = pc->clinic;
        push(*pc);
        const auto nurse = sessionOf(*pc, "nurse");
        QVERIFY(nurse.may(u"appointments.checkIn") && !nurse.may(u"appointments.book"));
        const auto ada = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        push(*pc);
        const auto bad = join(*pc);
        qint64 day = 60;
        const auto attempt = [&](const QByteArray &beside, const char *state) {
            const Id appointment = Id::create(5);
            const QByteArray booking =
                insert("appointment", appointment,
                       text("patient_id", ada.id) +
                           ",\"start_at\":" + QByteArray::number(t.clock.todayAt(9) + ++day * 86'400'000) +
                           ",\"minutes\":15,\"state\":\"booked\"");
            const auto event = [&](const char *what) {
                return ',' + insert("appointment_event", Id::create(5),
                                    text("appointment_id", appointment) + ",\"state\":\"" + what + '"');
            };
            if (isTaken(send(*bad, group(*bad, "book-appointment", nurse, booking + event(state) + beside))))
                return QByteArray("booked");
            return send(*bad,
                        group(*bad, "check-in", nurse,
                              patch("appointment", appointment, "\"state\":[\"booked\",\"checked-in\"]") +
                                  event("checked-in")))
                .code;
        };
        QCOMPARE(attempt({}, "booked"), QByteArray("came-anyway"));
        QCOMPARE(attempt({}, "completed"), QByteArray("parent-refused"));
        const auto before = ask(*pc, "SELECT count(*) FROM record WHERE hospital_id=$1 AND entity IN "
                                     "('role_permission','setting','app_user')");
        for (const char *entity : {"role_permission", "setting", "app_user"})
            QCOMPARE(attempt(',' + insert(entity, Id::create(5), "\"active\":1"), "booked"),
                     QByteArray("parent-refused"));
        const auto after = ask(*pc, "SELECT count(*) FROM record WHERE hospital_id=$1 AND entity IN "
                                    "('role_permission','setting','app_user')");
        QCOMPARE(server::integerAt(after.first(), 0), server::integerAt(before.first(), 0));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstChangedPc, QCoreApplication>(argc, argv);
}

#include "tst_changedpc.moc"
