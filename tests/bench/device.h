// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto.h"
#include "services/attention/attention.h"
#include "storage/replica/replica.h"
#include "support/testclinic.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/json.h"

// A PC of a benchmark, without an engine: what is sent and when is the benchmark's to say.
namespace clinic::bench {

template <class T>
T must(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: code %d %s %s", what, int(result.error().code), qPrintable(result.error().field),
               qPrintable(result.error().detail));
    return std::move(*result);
}

// Gives a body to a server, ends the program unless it is answered with 200.
using Post = std::function<QByteArray(const char *path, const QByteArray &body, const QByteArray &token)>;

struct Device
{
    test::TestClinic clinic;
    SystemClock clock;
    sync::DeviceKeys keys = sync::DeviceKeys::create();
    QByteArray token;
    std::unique_ptr<storage::Replica> replica;
    explicit Device(const test::TestClinic::Options &options) : clinic(options)
    {
        replica = std::make_unique<storage::Replica>(*clinic.database, clock);
    }
};

// Enrols it and gets it a token.
inline void join(Device &device, const Post &post, const sync::EnrolmentCode &code)
{
    const auto &identity = device.clinic.database->identity();
    const Id id = identity.isSetUp() ? identity.device : Id::create(1);
    const auto reply = must(
        sync::decodeEnrolReply(post("/v1/enrol",
                                    sync::encodeEnrol(code, identity.hospital, id, device.keys,
                                                      QStringLiteral("PC"), device.replica->state()->nextN),
                                    {})),
        "enrol");
    storage::Enrolment enrolment{reply.hospital,
                                 id,
                                 sync::deviceCode(reply.number),
                                 code.servers,
                                 reply.epoch,
                                 reply.serverKey,
                                 {},
                                 {}};
    if (!reply.wrapped.isEmpty()) {
        enrolment.keys = sync::unwrapKeys(reply.wrapped, code.secret, reply.hospital);
        device.clinic.clinic->setSession(services::Clinic::founderSession());
    }
    must(device.clinic.clinic->performNow(services::EnrolDevice{enrolment}), "enrolment");
    const QByteArray body =
        "{\"hospital\":\"" + reply.hospital.toString().toLatin1() + "\",\"device\":\"" +
        id.toString().toLatin1() + "\",\"refresh\":\"" + reply.refresh.toBase64() + "\",\"signature\":\"" +
        crypto::sign("clinicdesk token " + reply.refresh, device.keys.signSecret).toBase64() + "\"}";
    sync::json::Document document;
    const QByteArray answer = post("/v1/token", body, {});
    if (!document.parse(answer))
        qFatal("token");
    sync::json::Reader reader(document.root());
    device.token = reader.bytes("access");
}

} // namespace clinic::bench
