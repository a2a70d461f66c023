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
    int workers = 4; // requests at the database at once
    size_t mostConnections = 10'000;
    size_t mostConnectionsPerAddress = 1'000;
    size_t mostBodyBytes = size_t(sync::limits::request);
    size_t mostBytesUnderWay = size_t(256) << 20; // of all bodies at once, compressed and uncompressed
    double requestsPerSecond = 100;               // per address, after a burst of four times as many
    int liveSeconds = 25;
    int drainSeconds = 10;
};

// The HTTP shell around Service: HTTP/1.1, TLS, limits, waiting, figures, log lines. Does not read messages.
class HttpServer
{
public:
    HttpServer(Service &service, HttpOptions options);
    ~HttpServer();

    // Binds; returns an error as a sentence, or nothing. Port 0 takes any free port.
    [[nodiscard]] std::string listen();
    [[nodiscard]] unsigned short port() const;
    // Serves until stop() or SIGTERM/SIGINT, then finishes requests in progress.
    void run();
    // Thread-safe.
    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace clinic::server
