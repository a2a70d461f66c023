// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/leases.h"

#include "sync/wire/json.h"

namespace clinic::sync {
namespace leasecoding {

QByteArray text(const Lease &lease)
{
    QByteArray out("{");
    if (!lease.id.isNull())
        out += "\"id\":\"" + lease.id.toString().toLatin1() + "\",";
    return out + "\"resource\":\"" + lease.resource.toString().toLatin1() +
           "\",\"from\":" + QByteArray::number(lease.from) + ",\"to\":" + QByteArray::number(lease.to) + '}';
}

QByteArray list(const QList<Lease> &leases)
{
    QByteArray out;
    for (const Lease &lease : leases)
        out += (out.isEmpty() ? "" : ",") + text(lease);
    return '[' + out + ']';
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
        leases << Lease{named ? inner.id("id") : Id{}, inner.id("resource"), inner.integer("from"),
                        inner.integer("to")};
        reader.note(inner);
        if (!reader.ok())
            break;
    }
    return leases;
}

} // namespace leasecoding

QByteArray encodeLeases(const Id &actor, const Id &role, const LeaseRequest &request)
{
    QByteArray back;
    for (const Id &id : request.giveBack)
        back += (back.isEmpty() ? "\"" : ",\"") + id.toString().toLatin1() + '"';
    return "{\"actor\":\"" + actor.toString().toLatin1() + "\",\"role\":\"" + role.toString().toLatin1() +
           "\",\"take\":" + leasecoding::list(request.take) + ",\"give_back\":[" + back + "]}";
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
    QByteArray out("{");
    appendStamp(out, reply);
    return out + ",\"leases\":" + leasecoding::list(reply.leases) + '}';
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
