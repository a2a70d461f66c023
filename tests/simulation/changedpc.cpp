// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/world.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/keygrants.h"

// A fourth PC, enrolled like the others, whose program somebody has changed. Nothing it sends is taken, and
// nobody else is troubled by it (I24). It has its own dice, so that it changes nothing of what the others do.
namespace clinic::test {
namespace {

sync::GroupHeader headerOf(const services::Session &who, const Id &device, const Id &hospital, qint64 n)
{
    sync::GroupHeader header;
    header.group = n;
    header.actor = who.user;
    header.role = who.role;
    header.device = device;
    header.hospital = hospital;
    return header;
}

// A group with one change, whatever its words.
QByteArray groupOf(const sync::GroupHeader &header, const char *intention, const char *op, const char *entity,
                   const Id &row, const QByteArray &fields)
{
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open().number("g", header.group).text("intention", QByteArrayView(intention));
    writer.id("actor", header.actor).id("role", header.role).id("device", header.device);
    writer.id("hospital", header.hospital).number("at", header.at).number("seen", 0).number("schema", 1);
    writer.openList("changes").open().text("op", QByteArrayView(op)).text("entity", QByteArrayView(entity));
    writer.id("id", row).json("f", fields).close().closeList().close();
    return out;
}

} // namespace

void World::enrolStranger()
{
    m_stranger = Id::create(m_serverClock.nowMs());
    static_cast<void>(
        ask("INSERT INTO device (hospital_id, id, number, name, sign_key, scopes, state, may_upload, next_n, "
            "last_contact, created_at) VALUES ($1,$2,99,'PC',$3,'*','active',0,1,0,0) RETURNING id",
            {server::idValue(m_hospital), server::idValue(m_stranger), Value{QByteArray(32, 's')}}));
}

void World::meddle()
{
    const auto rows = ask("SELECT next_n, state FROM device WHERE hospital_id=$1 AND id=$2",
                          {server::idValue(m_hospital), server::idValue(m_stranger)});
    if (rows.isEmpty() || server::bytesAt(rows.first(), 1) != "active")
        return;
    const auto roll = [this](int limit) { return int(m_mischief() % quint64(limit)); };
    const qint64 now = m_serverClock.nowMs();
    const QByteArray token = strangersToken();
    const services::Session &administrator = m_devices.front()->session;
    const services::Session &clerk = m_devices.back()->session;
    auto header = headerOf(clerk, m_stranger, m_hospital, server::integerAt(rows.first(), 0));
    const Id row = Id::create(now);
    static constexpr const char *names[] = {"\"x\\\"y\"",   "\"A\"",
                                            "\"\"",         "\"a b\"",
                                            "\"a\\u0000\"", "\"address\\\":1}},{\\\"e\\\":\\\"patient\""};
    const QByteArray name = names[roll(int(std::size(names)))];
    QByteArray body;
    QByteArray path = "/v1/push";
    switch (roll(8)) {
    case 0:
        body = groupOf(header, "save-own-setting", "patch", "setting", row, '{' + name + ":[null,\"z\"]}");
        break;
    case 1:
        body = groupOf(header, "save-own-setting", "insert", "setting", row,
                       "{\"scope\":\"user\"," + name + ":\"z\"}");
        break;
    case 2:
        body = groupOf(header, "change-own-password", "patch", "app_user", administrator.user,
                       "{\"verifier\":[null,{\"e\":\"1.AAAA\",\"f\":\"AAAA\"}]}");
        break;
    case 3:
        body = groupOf(header, "save-own-setting", "insert", "setting", row,
                       "{\"scope\":\"hospital\",\"key\":\"session.lockMinutes\",\"value\":\"240\"}");
        break;
    case 4: { // what another PC has written, under another name and with a field that is none
        if (m_bodies.isEmpty())
            return;
        body = m_bodies[roll(int(m_bodies.size()))];
        const auto from = body.indexOf("\"f\":{");
        if (from < 0)
            return;
        body.insert(from + 5, name + (body.contains("\"op\":\"patch\"") ? ":[null,1]," : ":1,"));
        path = "/v1/recover";
        break;
    }
    case 5: { // keys that nobody has, and a paper that is none
        sync::KeysRequest claim;
        claim.has = {1, 1 + roll(roll(2) ? 1 << 20 : std::numeric_limits<int>::max() - 1)};
        claim.proof = QByteArray(32, 'p');
        claim.paper = {roll(2) ? "0123456789abcdef0123456789abcde\"" : "0123", "sealed"};
        const auto answer = m_service->handle({"POST", "/v1/keys", {}, token, sync::encode(claim)});
        if (answer.status == 200)
            m_believed = QStringLiteral("a paper's name that is none");
        claim.paper = {};
        static_cast<void>(m_service->handle({"POST", "/v1/keys", {}, token, sync::encode(claim)}));
        return;
    }
    case 6: {
        const auto answer = m_service->handle(
            {"POST",
             "/v1/recover",
             {},
             token,
             "{\"groups\":[{\"n\":9223372036854775807,\"c\":9223372036854775807,\"h\":\"\",\"b\":{}}]}"});
        if (answer.status != 400)
            m_believed = QStringLiteral("numbers that cannot be added");
        return;
    }
    default: { // what a real PC had written, in the administrator's stead and by another intention
        header.actor = administrator.user;
        header.role = administrator.role;
        body = groupOf(header, "resolve-conflict", "patch", "patient", row, "{\"address\":[null,null]}");
    }
    }
    const auto decoded = sync::decodeGroup(body);
    const qint64 changes = decoded ? qMax<qint64>(1, decoded->changes.size()) : 1;
    const qint64 n = path == "/v1/recover" ? 900'000 + roll(100'000) : header.group;
    const auto answer = m_service->handle(
        {"POST", path, {}, token, sync::encodePush({{n, changes, body, crypto::hash(body)}})});
    ++m_counts[QStringLiteral("mischief")];
    const auto reply = sync::decodePushReply(answer.body);
    for (const auto &result : reply ? reply->results : QList<sync::GroupResult>()) {
        using enum sync::GroupStatus;
        if (result.status == Ok || result.status == Merged || result.status == Flagged)
            m_believed = QStringLiteral("a group of the changed PC: ") + QString::fromUtf8(body);
    }
}

// I24: nothing of a PC whose program was changed was taken where it had no right to it. That the others can
// read their pages all the same, the other invariants say.
QString World::checkStranger()
{
    if (!m_believed.isEmpty())
        return QStringLiteral("I24 taken: %1").arg(m_believed);
    const auto rows =
        ask("SELECT count(*) FROM applied_change WHERE hospital_id=$1 AND device=$2 AND status IN "
            "('ok','merged','flagged')",
            {server::idValue(m_hospital), server::idValue(m_stranger)});
    if (const qint64 taken = server::integerAt(rows.first(), 0))
        return QStringLiteral("I24 %1 groups of the changed PC were taken").arg(taken);
    // I25: who came, and what was issued, is not kept aside because of what it hangs on.
    for (const auto &row : ask("SELECT body FROM quarantine WHERE hospital_id=$1 AND code='parent-refused'",
                               {server::idValue(m_hospital)})) {
        const auto group = sync::decodeGroup(server::bytesAt(row, 0));
        static const QList<QByteArray> stay{"check-in", "start-consultation", "complete-consultation",
                                            "issue-invoice"};
        if (group && stay.contains(group->header.intention))
            return QStringLiteral("I25 %1 was kept aside for what it hangs on")
                .arg(QString::fromLatin1(group->header.intention));
    }
    // Nothing waits for ever for what it belongs to.
    const auto waiting =
        ask("SELECT count(*) FROM quarantine WHERE hospital_id=$1 AND code='parent-missing' AND "
            "device<>$2",
            {server::idValue(m_hospital), server::idValue(m_stranger)});
    if (const qint64 groups = server::integerAt(waiting.first(), 0))
        return QStringLiteral("I25 %1 groups wait for what they belong to").arg(groups);
    return {};
}

} // namespace clinic::test
