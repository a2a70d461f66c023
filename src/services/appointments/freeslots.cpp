// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/walltime.h"
#include "domain/setup/hours.h"
#include "services/appointments/appointments.h"
#include "services/appointments/placing.h"
#include "storage/patients/reach.h"

// Working hours and free slots.
namespace clinic::services {
namespace appointmentservice {

// A user with the scope "own" sees no other calendar.
Result<QList<storage::Schedule>> schedules(ReadUnit &unit, qint64 from, qint64 to)
{
    auto all = storage::schedules(unit.connection, unit.session.branch, domain::ResourceKind::Practitioner,
                                  from, to);
    if (!all || unit.session.scope != domain::DataScope::Own)
        return all;
    const auto own = storage::ownCalendars(unit.connection, unit.session.user);
    if (!own)
        return fail(own);
    all->removeIf([&](const auto &schedule) { return !own->contains(schedule.resource.id); });
    return all;
}

} // namespace appointmentservice

namespace freeslots {

constexpr int horizonDays = 60;
constexpr qint64 grid = TimeSlot::gridMs;

qint64 onGrid(qint64 ms)
{
    return (ms + grid - 1) / grid * grid;
}

// The default hours for a resource without hours.
QList<domain::Availability> usualWeek()
{
    QList<domain::Availability> week;
    for (int day = 1; day <= 7; ++day) {
        domain::Availability hours;
        hours.weekday = day;
        week << hours;
    }
    return week;
}

// The next start worth trying; `at` itself when the slot is free.
Result<qint64> freeFrom(ReadUnit &unit, const FreeSlots &question, const storage::Schedule &schedule,
                        const TimeSlot &slot)
{
    for (const auto &leave : schedule.leaves) {
        if (leave.startAt < slot.endMs() && slot.startMs() < leave.endAt)
            return leave.endAt;
    }
    const auto taken =
        storage::occupying(unit.connection, storage::Holder::Practitioner, schedule.resource.id, slot, {});
    if (!taken)
        return fail(taken);
    if (taken->size() >= schedule.resource.capacity)
        return taken->last().endAt;
    if (question.patient.isNull())
        return slot.startMs();
    const auto own =
        storage::occupying(unit.connection, storage::Holder::Patient, question.patient, slot, {});
    if (!own)
        return fail(own);
    return own->isEmpty() ? slot.startMs() : own->last().endAt;
}

} // namespace freeslots

Result<QList<FreeSlot>> answer(ReadUnit &unit, const FreeSlots &question)
{
    using namespace freeslots;
    const QTimeZone zone = unit.session.zone();
    const qint64 from = onGrid(qMax(question.from, unit.now));
    const qint64 to = from + qint64(horizonDays) * 86'400'000;
    auto schedules = appointmentservice::schedules(unit, from, to);
    if (!schedules)
        return fail(schedules);
    if (!question.practitioner.isNull())
        schedules->removeIf([&](const auto &s) { return s.resource.id != question.practitioner; });
    QList<FreeSlot> found;
    // Day by day, so that "any practitioner" answers in order of time without reading all sixty days of
    // each.
    const QDate firstDay = walltime::dayOf(from, zone);
    for (int day = 0; day < horizonDays && found.size() < question.limit; ++day) {
        const QDate date = firstDay.addDays(day);
        const qint64 dayBegins = walltime::startOfDay(date, zone);
        const qint64 dayEnds = walltime::startOfDay(date.addDays(1), zone);
        QList<FreeSlot> today;
        for (const auto &schedule : std::as_const(*schedules)) {
            const auto week = domain::hasHours(schedule.week) ? schedule.week : usualWeek();
            for (const auto &[opens, closes] : domain::openStretches(week, date, date.addDays(1), zone)) {
                qint64 at = onGrid(qMax(from, qMax(opens, dayBegins)));
                // A slot may end on the next day, within the working hours.
                while (at < dayEnds && at + qint64(question.minutes) * 60'000 <= closes) {
                    const auto slot = TimeSlot::create(at, question.minutes);
                    if (!slot)
                        return fail(slot);
                    const auto next = freeFrom(unit, question, schedule, *slot);
                    if (!next)
                        return fail(next);
                    if (*next == at) {
                        today << FreeSlot{*slot, schedule.resource};
                        if (today.size() > question.limit * 4)
                            break;
                    }
                    at = onGrid(*next == at ? slot->endMs() : *next);
                }
            }
        }
        std::ranges::stable_sort(today, {}, [](const FreeSlot &s) { return s.slot.startMs(); });
        found += today;
    }
    return found.first(qMin(found.size(), qsizetype(question.limit)));
}

Result<QList<storage::Schedule>> answer(ReadUnit &unit, const WorkingHours &question)
{
    return appointmentservice::schedules(unit, question.from, question.to);
}

} // namespace clinic::services
