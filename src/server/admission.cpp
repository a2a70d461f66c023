// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"
#include "sync/wire/jsonwriter.h"

// Admission: what the server checks before it accepts a request's body, and its health.
namespace clinic::server {
namespace {

constexpr size_t mostOfStranger = size_t(16) * 1024; // requests for enrolment and tokens hold a few keys
constexpr qint64 fullForMs = 300'000;                // unless a push succeeds before

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

// A server that cannot store changes is not healthy, even if it can read.
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
