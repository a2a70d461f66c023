// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/figures.h"

#include <QDateTime>
#include <cstdio>

namespace clinic::server {
namespace {

constexpr size_t mostBuckets = 100'000;

// Only what this server has: a scanner's thousand paths are one line.
std::string route(const QByteArray &path)
{
    static const QList<QByteArray> known = [] {
        QList<QByteArray> paths{"/metrics"};
        for (const QByteArray &served : Service::served())
            paths << served.mid(served.indexOf(' ') + 1);
        return paths;
    }();
    return known.contains(path) ? path.toStdString() : "other";
}

double seconds(std::chrono::steady_clock::duration took)
{
    return std::chrono::duration<double>(took).count();
}

} // namespace

void Figures::count(const QByteArray &path, int status, std::chrono::steady_clock::duration took)
{
    const std::lock_guard lock(m_mutex);
    Line &line = m_lines[{route(path), status}];
    ++line.requests;
    line.seconds += seconds(took);
}

void Figures::log(const std::string &requestId, const std::string &peer, const Request &request, int status,
                  std::chrono::steady_clock::duration took, size_t bytes)
{
    if (m_quiet)
        return;
    const QByteArray line =
        "{\"at\":\"" + QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() +
        "\",\"id\":\"" + requestId.c_str() + "\",\"peer\":\"" + peer.c_str() + "\",\"route\":\"" +
        route(request.path).c_str() + "\",\"status\":" + QByteArray::number(status) +
        ",\"ms\":" + QByteArray::number(seconds(took) * 1000, 'f', 1) +
        ",\"in\":" + QByteArray::number(request.body.size()) +
        ",\"out\":" + QByteArray::number(qulonglong(bytes)) + "}\n";
    std::fputs(line.constData(), stderr);
}

QByteArray Figures::text(size_t connections, size_t waiting)
{
    QByteArray out("# TYPE clinicdesk_requests_total counter\n");
    QByteArray sums("# TYPE clinicdesk_request_seconds_total counter\n");
    const std::lock_guard lock(m_mutex);
    for (const auto &[key, line] : m_lines) {
        const QByteArray labels = QByteArray("{route=\"") + key.first.c_str() + "\",status=\"" +
                                  QByteArray::number(key.second) + "\"} ";
        out += "clinicdesk_requests_total" + labels + QByteArray::number(line.requests) + '\n';
        sums += "clinicdesk_request_seconds_total" + labels + QByteArray::number(line.seconds, 'f', 6) + '\n';
    }
    return out + sums + "# TYPE clinicdesk_connections gauge\nclinicdesk_connections " +
           QByteArray::number(qulonglong(connections)) +
           "\n# TYPE clinicdesk_live_waiting gauge\nclinicdesk_live_waiting " +
           QByteArray::number(qulonglong(waiting)) + '\n';
}

std::string Figures::nextRequestId()
{
    static const QByteArray start = crypto::randomBytes(4).toHex();
    return start.toStdString() + '-' + std::to_string(++m_ids);
}

bool RateLimiter::allows(const std::string &peer)
{
    const auto now = std::chrono::steady_clock::now();
    const double most = m_perSecond * 4;
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() > mostBuckets)
        m_buckets.clear(); // an attack from everywhere: start counting anew rather than grow
    auto [it, isNew] = m_buckets.try_emplace(peer, Bucket{most, now});
    Bucket &bucket = it->second;
    bucket.left = std::min(most, bucket.left + seconds(now - bucket.at) * m_perSecond);
    bucket.at = now;
    if (bucket.left < 1)
        return false;
    bucket.left -= 1;
    return true;
}

} // namespace clinic::server
