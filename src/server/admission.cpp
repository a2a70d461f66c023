// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"
#include "sync/wire/jsonwriter.h"

// What is judged by a request's first lines, before anything of its body is taken; and whether this server
// can do what it is there for.
namespace clinic::server {
namespace {

constexpr size_t mostOfStranger = size_t(16) * 1024; // joining and asking for a token are a few keys
constexpr qint64 fullForMs = 300'000;                // unless news are taken in before

} // namespace

Service::Admission Service::admit(const Request &request) const
{
    const auto refuse = [](int status, const QByteArray &code) {
        return Admission{errorResponse(status, code), {}, 0, false};
    };
    if (request.path == "/healthz")
        return {};
    bool isKnown = false;
    for (const Route &route : routes()) {
        if (request.path != route.path)
            continue;
        isKnown = true;
        if (request.method != route.method)
            continue;
        Admission admission;
        if (route.needsToken) {
            const auto who = bearer(request);
            if (!who)
                return refuse(401, "token");
            admission.device = who->device;
        }
        admission.isParcel = route.handler == &Service::parcel;
        if (request.method == "POST")
            admission.mostBytes =
                route.needsToken || admission.isParcel ? std::numeric_limits<size_t>::max() : mostOfStranger;
        return admission;
    }
    return isKnown ? refuse(405, "method") : refuse(404, "unknown-route");
}

// A server that takes no news is not well, whatever it can still read.
Response Service::health()
{
    const qint64 fullAt = m_fullAt;
    const bool wasFull = fullAt >= 0 && m_clock.monotonicMs() - fullAt < fullForMs;
    QByteArray okay;
    sync::JsonWriter(okay).open().text("status", QByteArrayView("ok")).close();
    const auto done =
        !wasFull && m_store.hasRoom() && m_store.transact({}, [](SqlSession &session) -> Result<void> {
            const auto written = session.run("UPDATE server_schema SET version=version");
            return written ? Result<void>() : fail(written);
        });
    return done ? Response{200, okay} : errorResponse(503, "store");
}

} // namespace clinic::server
