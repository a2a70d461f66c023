// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/leases.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {
namespace leasecoding {

void write(JsonWriter &out, const char *name, const QList<Lease> &leases)
{
    out.openList(name);
    for (const Lease &lease : leases) {
        out.open().anyId("id", lease.id).id("resource", lease.resource);
        out.number("from", lease.from).number("to", lease.to).close();
    }
    out.closeList();
}

QList<Lease> read(json::Reader &reader, const char *key, bool named)
{
    QList<Lease> leases;
    for (const json::Element element : reader.array(key)) {
        json::Object object;
        if (element.get(object) != simdjson::SUCCESS) {
            reader.note(key);
            break;
        }
        json::Reader inner(object, '/' + QByteArray(key));
        leases << Lease{named ? inner.id("id") : Id{}, inner.id("resource"), inner.time("from"),
                        inner.time("to")};
        reader.note(inner);
        if (!reader.ok())
            break;
    }
    return leases;
}

} // namespace leasecoding

QByteArray encodeLeases(const Id &actor, const Id &role, const LeaseRequest &request)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open().id("actor", actor).id("role", role);
    leasecoding::write(writer, "take", request.take);
    writer.openList("give_back");
    for (const Id &id : request.giveBack)
        writer.id(id);
    writer.closeList().close();
    return out;
}

Result<LeaseRequest> decodeLeaseRequest(QByteArrayView message)
{
    json::Message reader(message);
    LeaseRequest request{leasecoding::read(reader, "take", false), {}};
    for (const json::Element element : reader.array("give_back")) {
        std::string_view id;
        if (element.get(id) != simdjson::SUCCESS)
            reader.note("give_back");
        request.giveBack << Id::fromString(QString::fromUtf8(json::view(id)));
        if (request.giveBack.last().isNull())
            reader.note("give_back");
    }
    if (reader.ok() && (request.take.size() > mostLeases || request.giveBack.size() > mostLeases))
        reader.note("take");
    for (const Lease &lease : std::as_const(request.take)) {
        if (lease.from < 0 || lease.to <= lease.from || lease.to - lease.from > longestLeaseMs)
            reader.note("take");
    }
    if (!reader.ok())
        return reader.failed();
    return request;
}

QByteArray encode(const LeasesReply &reply)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    writeStamp(writer, reply);
    leasecoding::write(writer, "leases", reply.leases);
    writer.close();
    return out;
}

Result<LeasesReply> decodeLeasesReply(QByteArrayView message)
{
    json::Message reader(message);
    LeasesReply reply;
    readStamp(reader, reply);
    reply.leases = leasecoding::read(reader, "leases", true);
    if (!reader.ok())
        return reader.failed();
    return reply;
}

} // namespace clinic::sync
