// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/clockdoubt.h"

#include <algorithm>

namespace clinic::services {
namespace clockdoubt {

constexpr qint64 programMade = 1'767'225'600'000; // 2026-01-01: older than any release
constexpr qint64 hourMs = 3'600'000;
constexpr qint64 longSilenceMs = 400 * 24 * hourMs;

} // namespace clockdoubt

Result<QList<qint64>> writtenTimes(storage::Connection &c)
{
    QList<qint64> times;
    storage::Query q = c.query("SELECT at FROM audit_event ORDER BY n DESC LIMIT 50");
    while (q.next())
        times << q.integer(0);
    if (!q.ok())
        return q.failed();
    std::ranges::sort(times);
    return times;
}

std::optional<qint64> contradiction(const QList<qint64> &written, qint64 now)
{
    using namespace clockdoubt;
    if (now < programMade)
        return qMax(programMade, written.isEmpty() ? 0 : written.last());
    if (written.isEmpty())
        return std::nullopt;
    if (written.last() > now + hourMs)
        return written.last();
    for (qsizetype i = 0; i < written.size(); ++i) {
        const qint64 next = i + 1 < written.size() ? written[i + 1] : now;
        if (next - written[i] > longSilenceMs)
            return written[i];
    }
    return std::nullopt;
}

PossibleDays possibleToday(const QList<qint64> &written, qint64 now, const QTimeZone &zone)
{
    const auto against = contradiction(written, now);
    if (!against)
        return {walltime::dayOf(now, zone), walltime::dayOf(now, zone)};
    return {walltime::dayOf(qMin(now, *against), zone), walltime::dayOf(qMax(now, *against), zone)};
}

Result<PossibleDays> possibleToday(storage::Connection &c, qint64 now, const QTimeZone &zone)
{
    const auto written = writtenTimes(c);
    if (!written)
        return fail(written);
    return possibleToday(*written, now, zone);
}

} // namespace clinic::services
