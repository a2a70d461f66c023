// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rowpage.h"
#include "server/service.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/limits.h"

// The part of the service that returns rows: changes, charts, single rows. (First loads: firstload.cpp.)
namespace clinic::server {
namespace {

constexpr qsizetype mostParts = 16; // of a digest, answered row by row at once

} // namespace

Result<Response> Service::pull(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const QByteArray epoch = reader.bytes("epoch");
    const qint64 after = reader.integer("seq"); // a cursor of another history may be any number
    if (!reader.ok())
        return reader.failed();
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    const auto reset = [&] {
        writer.number("to", 0).flag("more", false).flag("reset", true).openList("groups").closeList().close();
        return Response{200, out};
    };
    if (epoch != now->epoch || after > now->head || after < 0)
        return reset();
    const auto news = readNews(session, who.hospital, *record, after);
    if (!news)
        return fail(news);
    // A page ends between two groups; the next page continues.
    const qint64 to = news->isFull ? news->groups.back().seq : qMax(now->head, news->lastSeq());
    // Read after the rows: entries deleted meanwhile are noticed.
    const auto floor =
        session.run("SELECT log_floor FROM hospital_head WHERE hospital_id=$1", {idValue(who.hospital)});
    if (!floor)
        return fail(floor);
    if (after < integerAt(floor->first(), 0))
        return reset();
    writer.number("to", to).flag("more", to < now->head).flag("reset", false).openList("groups");
    for (const NewsPage::Group &group : news->groups) {
        writer.open().number("seq", group.seq).anyId("device", group.device).number("g", group.number);
        writer.openList("rows");
        if (!group.rows.isEmpty())
            writer.json(group.rows);
        writer.closeList().close();
    }
    writer.closeList().close();
    return Response{200, out};
}

// A page of whole rows in order of last change that fulfil `which`. after: where the previous page ended;
// empty = from the start. cacheName: the key for caching full pages; empty = not cached.
Result<Response> Service::page(SqlSession &session, const Id &hospital, const QByteArray &after,
                               const QByteArray &which, Row parameters, bool mayBeLast,
                               const QByteArray &cacheName)
{
    const auto parts = after.split('.');
    const bool goesOn = !after.isEmpty();
    if (goesOn && (parts.size() != 3 || !isPlaceInRows(parts[0], parts[1], parts[2])))
        return fail(ErrorCode::Invalid, QStringLiteral("/after"));
    const auto now = stamp(session, hospital); // before the rows: later changes come again with the change
                                               // log
    if (!now)
        return fail(now);
    if (goesOn) {
        parameters[1] = Value{parts[0].toLongLong()};
        parameters[2] = textValue(parts[1]);
        parameters[3] = Value{QByteArray::fromHex(parts[2])};
    }
    const auto whole = [&](const PageCache::Page &page, bool done) {
        QByteArray out;
        sync::JsonWriter writer(out);
        writer.open();
        sync::writeStamp(writer, *now);
        writer.text("after", page.next).flag("done", done).number("to", now->head).openList("rows");
        if (!page.rows.isEmpty())
            writer.json(page.rows);
        writer.closeList().close();
        return Response{200, out};
    };
    const QByteArray key = hospital.toBytes() + now->epoch + ' ' + cacheName + ' ' + after;
    if (!cacheName.isEmpty()) {
        if (const auto known = m_pages.find(key))
            return whole(*known, false);
    }
    RowPage read;
    if (auto done = readRows(session, read, "(seq, entity, id) > ($2, $3, $4)" + which, RowOrder::LastChanged,
                             parameters);
        !done)
        return fail(done);
    const QByteArray next = read.count ? QByteArray::number(read.lastSeq) + '.' + read.lastEntity + '.' +
                                             read.lastId.toBytes().toHex()
                                       : after;
    if (!cacheName.isEmpty() && read.isFull()) {
        read.rows.squeeze();
        m_pages.keep(key, {read.rows, next});
    }
    return whole({read.rows, next}, mayBeLast && !read.isFull());
}

// The rest of a patient's chart, for a PC without that branch; from now on the PC also gets changes to it.
Result<Response> Service::chart(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const Id patient = reader.id("patient");
    const Id actor = reader.id("actor");
    const Id role = reader.id("role");
    const QByteArray after = reader.bytes("after");
    if (!reader.ok())
        return reader.failed();
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    if (auto allowed = mayDo(session, who, *record, actor, role, "patients.view"); !allowed)
        return fail(allowed);
    const auto kept = session.run(
        "INSERT INTO device_chart (hospital_id, device, patient, since) VALUES ($1,$2,$3,$4) ON CONFLICT DO "
        "NOTHING RETURNING patient",
        {idValue(who.hospital), idValue(who.device), idValue(patient), Value{m_clock.nowMs()}});
    if (!kept)
        return fail(kept);
    Row parameters = firstRow(who.hospital);
    parameters << idValue(patient);
    // First the PC is subscribed to changes, then it gets the rows: the other way round it would miss a
    // group committed in between.
    if (!kept->isEmpty())
        return page(session, who.hospital, {}, " AND patient=$5 AND 1=0", parameters, false);
    return page(session, who.hospital, after, " AND patient=$5", parameters, true);
}

Result<Response> Service::repair(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    Picture picture(session, who.hospital);
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    writer.flag("done", false).number("to", 0).openList("rows");
    int count = 0;
    int answered = 0; // answered rows; the PC asks for the others again
    for (const sync::json::Element element : reader.array("rows")) {
        sync::json::Object object;
        if (element.get(object) != simdjson::SUCCESS || ++count > 500)
            return fail(ErrorCode::Invalid, QStringLiteral("/rows"));
        sync::json::Reader inner(object, "/rows");
        const RowKey key(inner.word("e", sync::grammar::isName), inner.id("i"));
        if (!inner.ok())
            return inner.failed();
        if (out.size() >= sync::limits::page)
            continue;
        const auto row = picture.row(key);
        if (!row)
            return fail(row);
        ++answered;
        // An unreadable row has no fields.
        if (!row->exists || row->fields.isEmpty() || !sees(*record, row->scope, row->patient))
            continue;
        writer.json(sync::encodeRow({key.first, key.second, row->scope, sync::ServerRow::whole, row->version,
                                     row->branch, row->createdAt, row->createdBy, row->updatedAt,
                                     row->updatedBy, row->device, row->fields}));
    }
    if (!reader.ok())
        return reader.failed();
    writer.closeList().text("after", QByteArray::number(answered)).close();
    return Response{200, out};
}

// The rows that the device should have: a sum for each part of them, or the versions of the rows in some
// parts.
Result<Response> Service::digest(SqlSession &session, const Bearer &who, const Request &request)
{
    sync::json::Message reader(request.body);
    QSet<int> parts;
    QList<int> asked;
    for (const sync::json::Element element : reader.array("parts")) {
        int64_t part = 0;
        if (element.get(part) != simdjson::SUCCESS || part < 0 || part >= sync::digestParts ||
            parts.size() >= mostParts)
            return fail(ErrorCode::Invalid, QStringLiteral("/parts"));
        parts << int(part);
        asked << int(part);
    }
    if (!reader.ok())
        return reader.failed();
    const auto record = activeDevice(session, who);
    if (!record)
        return fail(record);
    // Before the rows: they contain at least what a PC at this head has, so a PC's row is never taken for
    // one that the server lacks.
    const auto now = stamp(session, who.hospital);
    if (!now)
        return fail(now);
    Row parameters{idValue(who.hospital)};
    const QByteArray scoped = visibleTo(*record, parameters);
    sync::Digest digest;
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    sync::writeStamp(writer, *now);
    if (!parts.isEmpty()) {
        writer.openList("parts");
        for (const int part : std::as_const(asked))
            writer.number(part);
        writer.closeList().openList("rows");
    }
    const auto read =
        session.each("SELECT entity, id, rv FROM record WHERE hospital_id=$1" + scoped, parameters,
                     [&](const RowView &row) {
                         const Id id = row.id(1);
                         if (parts.isEmpty())
                             return digest.add(row.bytes(0), id, row.integer(2));
                         if (!parts.contains(sync::digestPart(id)))
                             return;
                         writer.open().text("e", row.bytes(0)).id("i", id).number("v", row.integer(2));
                         writer.close();
                     });
    if (!read)
        return fail(read);
    if (parts.isEmpty())
        writer.text("digest", digest.toText());
    else
        writer.closeList();
    writer.close();
    return Response{200, out};
}

} // namespace clinic::server
