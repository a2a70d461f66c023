// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"
#include "sync/wire/limits.h"

#include <memory>
#include <string>

namespace clinic::server {

struct HttpOptions
{
    std::string address = "127.0.0.1";
    unsigned short port = 8443;
    std::string certificateFile{}; // empty: plain HTTP, which is allowed on a loopback address only
    std::string keyFile{};
    int networkThreads = 2;
    int workers = 4; // requests that may be at the database at once
    size_t mostConnections = 10'000;
    size_t mostConnectionsPerAddress = 1'000;
    size_t mostBodyBytes = size_t(sync::limits::request);
    size_t mostBytesUnderWay = size_t(256) << 20; // of all bodies at once, packed and unpacked
    double requestsPerSecond = 100;               // per address, after a burst of four times as many
    int liveSeconds = 25;
    int drainSeconds = 10;
};

// The thin shell around Service: HTTP/1.1, TLS, limits, waiting for news, figures, log lines. It knows
// nothing of what is said.
class HttpServer
{
public:
    HttpServer(Service &service, HttpOptions options);
    ~HttpServer();

    // Binds; what went wrong as a sentence, or nothing. Port 0 takes any free one.
    [[nodiscard]] std::string listen();
    [[nodiscard]] unsigned short port() const;
    // Serves until stop() or SIGTERM/SIGINT, then lets what is under way finish.
    void run();
    // From any thread.
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace clinic::server
