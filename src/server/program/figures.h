// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace clinic::server {

// What an operator looks at: counts for Prometheus and one line of JSON per request. Paths and codes, never a
// body, never a token.
class Figures
{
public:
    void count(const QByteArray &path, int status, std::chrono::steady_clock::duration took);
    void log(const std::string &requestId, const std::string &peer, const Request &request, int status,
             std::chrono::steady_clock::duration took, size_t bytes);
    [[nodiscard]] QByteArray text(size_t connections, size_t waiting);
    [[nodiscard]] std::string nextRequestId();
    // Requests that are being answered at this moment.
    [[nodiscard]] int underWay() const { return m_underWay; }
    class Busy
    {
    public:
        explicit Busy(Figures &figures) : m_figures(figures) { ++m_figures.m_underWay; }
        ~Busy() { --m_figures.m_underWay; }
        Busy(const Busy &) = delete;
        Busy &operator=(const Busy &) = delete;

    private:
        Figures &m_figures;
    };
    void quiet(bool quiet) { m_quiet = quiet; }

private:
    struct Line
    {
        qint64 requests = 0;
        double seconds = 0;
    };
    std::mutex m_mutex;
    std::map<std::pair<std::string, int>, Line> m_lines;
    std::atomic<quint64> m_ids = 0;
    std::atomic<int> m_underWay = 0;
    std::atomic<bool> m_quiet = false;
};

// A bucket of requests per address; full after four quiet seconds.
class RateLimiter
{
public:
    explicit RateLimiter(double perSecond) : m_perSecond(perSecond) {}
    [[nodiscard]] bool allows(const std::string &peer);

private:
    struct Bucket
    {
        double left = 0;
        std::chrono::steady_clock::time_point at{};
    };
    double m_perSecond;
    std::mutex m_mutex;
    std::map<std::string, Bucket> m_buckets;
};

} // namespace clinic::server
