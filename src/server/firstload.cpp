// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rowpage.h"
#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

// First loads. Most of a hospital's rows are history, and work does not have to wait for them: before the
// rows come in the order they last changed, a PC gets set-up and users, the appointments from today on, and
// the charts of patients expected around now. Those rows come again in their order, so nothing depends on
// changes to them meanwhile.
namespace clinic::server {
namespace {

constexpr qint64 slotsOfDay = 24LL * 60 * 60 * 1000 / slotMs;

struct Part
{
    QByteArray name;    // the part's name in `after`
    QByteArray which;   // condition
    int times = 0;      // how many of $4 and $5 the condition uses: the first slot and the one after the last
    QByteArray among{}; // a condition that is checked first: it leaves few rows
};

// Appointments that hold a slot of a resource between these two.
QByteArray due(const QByteArray &when)
{
    return "SELECT c.owner FROM record p JOIN slot_claim c ON c.hospital_id=p.hospital_id AND "
           "c.resource=p.id "
           "WHERE p.hospital_id=$1 AND p.entity='resource' AND " +
           when;
}

QByteArray patientsOf(const QByteArray &appointments)
{
    return "SELECT a.patient FROM record a WHERE a.hospital_id=$1 AND a.entity='appointment' AND a.id IN (" +
           appointments + ')';
}

// A row never comes before the rows it needs: events come before their appointment, lines before their
// invoice.
const std::vector<Part> &parts()
{
    static const QByteArray booked = due("c.slot>=$4");
    static const QByteArray expected = patientsOf(due("c.slot>=$4 AND c.slot<$5"));
    static const std::vector<Part> all{
        {"setup", "entity IN ('hospital','branch','practitioner','resource','availability','leave','service',"
                  "'code','setting','role','role_permission','app_user','user_role','device','busy')"},
        {"voids", "1=1", 1,
         "entity='void' AND parent IN (SELECT e.id FROM record e WHERE e.hospital_id=$1 AND "
         "e.entity='appointment_event' AND e.parent IN (" +
             booked + "))"},
        {"steps", "1=1", 1,
         "entity IN ('appointment_event','appointment_amendment') AND parent IN (" + booked + ')'},
        {"appointments", "entity='appointment' AND id IN (" + booked + ')', 1},
        {"patients", "entity='patient' AND id IN (" + patientsOf(booked) + ')', 1},
        // A whole day on both sides covers the PC's own day in any time zone.
        {"records", "1=1", 2,
         "entity IN ('identifier','contact','next_of_kin','allergy','condition') AND parent IN (" + expected +
             ')'},
        {"charts", "entity<>'invoice'", 2, "patient IN (" + expected + ')'},
        {"invoices", "entity='invoice'", 2, "patient IN (" + expected + ')'},
    };
    return all;
}

// A position in `after`: part name, first slot, and the entity and id of the last row sent.
QList<QByteArray> startOf(const Part &part, qint64 from)
{
    return {part.name, QByteArray::number(from), "!", "00"};
}

} // namespace

// A page of the rows needed first; nothing when they are complete. The last of these replies gives the
// number of all rows.
Result<std::optional<Response>> Service::firstOfAll(SqlSession &session, const Bearer &who,
                                                    const DeviceRecord &record, const QByteArray &after)
{
    auto place =
        after.isEmpty() ? startOf(parts().front(), m_clock.nowMs() / slotMs - slotsOfDay) : after.split('.');
    auto part = std::find_if(parts().begin(), parts().end(),
                             [&](const Part &each) { return each.name == place.first(); });
    if (part == parts().end() || place.size() != 4 || !isPlaceInRows(place[1], place[2], place[3]))
        return std::nullopt;
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    const qint64 from = place[1].toLongLong();
    RowPage page;
    for (; part != parts().end(); ++part) {
        if (part->name != place.first())
            place = startOf(*part, from);
        Row parameters{idValue(who.hospital), textValue(place[2]), Value{QByteArray::fromHex(place[3])}};
        if (part->times > 0)
            parameters << Value{from};
        if (part->times > 1)
            parameters << Value{from + 2 * slotsOfDay};
        const QByteArray scoped = visibleTo(record, parameters);
        const auto read = readRows(session, page, "(entity, id) > ($2, $3) AND " + part->which + scoped,
                                   RowOrder::ByName, parameters, part->among);
        if (!read)
            return fail(read);
        if (page.isFull())
            break;
    }
    QByteArray next = "0.!.00";
    std::optional<qint64> total;
    if (part != parts().end()) {
        next = part->name + '.' + QByteArray::number(from) + '.' + page.lastEntity + '.' +
               page.lastId.toBytes().toHex();
    } else {
        Row counted{idValue(who.hospital)};
        const QByteArray visible = visibleTo(record, counted);
        const auto rows = session.run("SELECT count(*) FROM record WHERE hospital_id=$1" + visible, counted);
        if (!rows)
            return fail(rows);
        total = integerAt(rows->first(), 0);
    }
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.text("after", next).flag("done", false).number("to", now->head);
    if (total)
        writer.number("total", *total);
    writer.openList("rows");
    if (!page.rows.isEmpty())
        writer.json(page.rows);
    writer.closeList().close();
    return Response{200, out};
}

Result<Response> Service::boot(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const QByteArray after = reader.bytes("after");
    const QByteArray scopes = reader.optionalBytes("scopes");
    if (!reader.ok())
        return reader.failed();
    auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (!scopes.isEmpty() && scopes != record->scopes.join(' ')) {
        // The PC begins anew with the scopes its administrator chose; these may have changed meanwhile.
        if (scopes != record->wished)
            return fail(ErrorCode::Invalid, QStringLiteral("/scopes"));
        const auto taken = session.run("UPDATE device SET scopes=wished, wished='' WHERE hospital_id=$1 AND "
                                       "id=$2",
                                       {idValue(who.hospital), idValue(who.device)});
        if (!taken)
            return fail(taken);
        record->scopes = scopes.split(' ');
    }
    if (const auto first = firstOfAll(session, who, *record, after); !first || *first)
        return first ? Result<Response>(**first) : fail(first);
    Row parameters = firstRow(who.hospital);
    const QByteArray scoped = visibleTo(*record, parameters);
    // A PC with charts of other branches gets rows that no other PC gets.
    return page(session, who.hospital, after, scoped, parameters, true,
                record->charts.isEmpty() ? record->scopes.join(' ') : QByteArray());
}

} // namespace clinic::server
