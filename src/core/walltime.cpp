// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/walltime.h"

#include <algorithm>

namespace clinic::walltime {
namespace {

constexpr qint64 minuteMs = 60'000;
// More than any zone's offset, and less than the time between two clock changes.
constexpr qint64 beyondAnyOffset = 26 * 3'600'000;

// The zone's offset from UTC in milliseconds.
qint64 offsetAt(qint64 ms, const QTimeZone &zone)
{
    return zone.isValid() ? zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc())) * 1000LL
                          : 0;
}

// The wall time as if the zone were UTC.
qint64 wallMs(const QDate &day, int minute)
{
    return QDate(1970, 1, 1).daysTo(day) * minutesPerDay * minuteMs + minute * minuteMs;
}

// The instant of the clock change that skips that time.
qint64 changeAround(qint64 wall, const QTimeZone &zone)
{
    const qint64 after = offsetAt(wall + beyondAnyOffset, zone);
    qint64 low = wall - after; // still before the change
    qint64 high = wall - offsetAt(wall - beyondAnyOffset, zone);
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        (offsetAt(middle, zone) == after ? high : low) = middle;
    }
    return high;
}

} // namespace

QList<qint64> instantsOf(const QDate &day, int minute, const QTimeZone &zone)
{
    QList<qint64> found;
    const qint64 wall = wallMs(day, minute);
    for (const qint64 around : {wall - beyondAnyOffset, wall, wall + beyondAnyOffset}) {
        const qint64 offset = offsetAt(around, zone);
        const qint64 ms = wall - offset;
        if (offsetAt(ms, zone) == offset && !found.contains(ms))
            found << ms;
    }
    std::ranges::sort(found);
    return found;
}

Result<qint64> instantOf(const QDate &day, int minute, const QTimeZone &zone, Pass pass)
{
    const auto found = instantsOf(day, minute, zone);
    if (!found.isEmpty())
        return pass == Pass::First ? found.first() : found.last();
    const auto text = [](int minutes) {
        return QTime::fromMSecsSinceStartOfDay(minutes % minutesPerDay * 60'000)
            .toString(QStringLiteral("HH:mm"));
    };
    return fail(ErrorCode::DateImpossible, QStringLiteral("start"),
                {text(minute), text(minuteOf(opening(day, minute, zone), zone))});
}

bool isRepeated(const QDate &day, int minute, const QTimeZone &zone)
{
    return instantsOf(day, minute, zone).size() > 1;
}

qint64 opening(const QDate &day, int minute, const QTimeZone &zone)
{
    const auto found = instantsOf(day, minute, zone);
    return found.isEmpty() ? changeAround(wallMs(day, minute), zone) : found.first();
}

qint64 closing(const QDate &day, int minute, const QTimeZone &zone)
{
    const auto found = instantsOf(day, minute, zone);
    return found.isEmpty() ? changeAround(wallMs(day, minute), zone) : found.last();
}

qint64 startOfDay(const QDate &day, const QTimeZone &zone)
{
    return opening(day, 0, zone);
}

QDateTime shown(qint64 ms, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(ms, zone.isValid() ? zone : QTimeZone::utc());
}

QDate dayOf(qint64 ms, const QTimeZone &zone)
{
    return shown(ms, zone).date();
}

int minuteOf(qint64 ms, const QTimeZone &zone)
{
    return shown(ms, zone).time().msecsSinceStartOfDay() / static_cast<int>(minuteMs);
}

Pass passOf(qint64 ms, const QTimeZone &zone)
{
    const auto found = instantsOf(dayOf(ms, zone), minuteOf(ms, zone), zone);
    return found.size() > 1 && ms / minuteMs >= found.last() / minuteMs ? Pass::Second : Pass::First;
}

} // namespace clinic::walltime
