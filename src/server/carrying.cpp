// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/parcel.h"

// Requests in a file that a user carried from a PC without a network.
namespace clinic::server {
namespace {

// The same request, continued where the last answer ended.
QByteArray goingOn(const sync::OpenedRequest &request, const QByteArray &from)
{
    QByteArray out;
    sync::JsonWriter writer(out);
    if (request.path == "/v1/boot") {
        writer.open().text("after", from).close();
        return out;
    }
    sync::json::Message reader(request.body);
    writer.open().text("epoch", reader.bytes("epoch")).number("seq", from.toLongLong()).close();
    return out;
}

// Where a first load or a pull continues; empty when the answer was complete.
QByteArray nextOf(const QByteArray &path, const QByteArray &answer)
{
    sync::json::Message reader(answer);
    if (path == "/v1/pull")
        return reader.boolean("more") ? QByteArray::number(reader.integer("to")) : QByteArray();
    if (path == "/v1/boot")
        return reader.boolean("done") ? QByteArray() : reader.bytes("after");
    return {};
}

} // namespace

Result<Response> Service::parcel(SqlSession &session, const Bearer &, const Request &request)
{
    const auto sealed = sync::decodeSealedRequest(request.body);
    if (!sealed)
        return fail(sealed);
    const Bearer who{sealed->hospital, sealed->device};
    const auto known = device(session, who.hospital, who.device, true);
    if (!known || !*known)
        return known ? fail(ErrorCode::NotFound, QStringLiteral("unknown-device")) : fail(known);
    const auto opened = sync::open(*sealed, (*known)->signKey, m_key);
    if (!opened)
        return fail(ErrorCode::NotSignedIn, QStringLiteral("signature"));
    const std::pair<QByteArray, Handler> carried[] = {
        {"/v1/push", &Service::push}, {"/v1/recover", &Service::recover}, {"/v1/audit", &Service::audit},
        {"/v1/pull", &Service::pull}, {"/v1/boot", &Service::boot},       {"/v1/repair", &Service::repair},
        {"/v1/keys", &Service::keys}};
    const auto *route = std::find_if(std::begin(carried), std::end(carried),
                                     [&](const auto &each) { return each.first == opened->path; });
    if (route == std::end(carried))
        return fail(ErrorCode::Invalid, QStringLiteral("/path"));
    const bool goesOn = !sealed->from.isEmpty() && (opened->path == "/v1/pull" || opened->path == "/v1/boot");
    const Request inner{"POST", opened->path, {}, {}, goesOn ? goingOn(*opened, sealed->from) : opened->body};
    auto answered = (this->*route->second)(session, who, inner);
    // After a database error the carrying PC asks again; a refusal is for the PC that wrote the request.
    if (!answered && refusalOf(answered.error()).status == 503)
        return answered;
    const Response response = answered ? *answered : refusalOf(answered.error());
    const auto box = session.run("SELECT box_key FROM device WHERE hospital_id=$1 AND id=$2",
                                 {idValue(who.hospital), idValue(who.device)});
    if (!box)
        return fail(box);
    auto sealedAnswer =
        sync::sealAnswer(who.hospital, who.device,
                         {opened->path, goesOn ? sealed->from : QByteArray(), response.status, response.body},
                         bytesAt(box->first(), 0), m_key);
    if (response.status == 200)
        sealedAnswer.next = nextOf(opened->path, response.body);
    Response out{200, sync::encode(sealedAnswer)};
    out.hospital = response.hospital;
    out.head = response.head;
    return out;
}

} // namespace clinic::server
