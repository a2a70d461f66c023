// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"

// What a server forgets, and when.
namespace clinic::server {
namespace {

constexpr qint64 msADay = 24 * 60 * 60 * 1000;
constexpr qint64 logDays = 120;
constexpr qint64 answerDays = 400;     // a PC's archive reaches back ninety
constexpr qint64 numbersAtOnce = 5000; // in one transaction, so that nobody waits long

} // namespace

Service::Horizon Service::usualHorizon() const
{
    const qint64 now = m_clock.nowMs();
    return {now - logDays * msADay, now - answerDays * msADay};
}

Result<qint64> Service::compact(const Horizon &horizon, const std::function<bool()> &goOn)
{
    QList<Id> hospitals;
    const auto listed = m_store.transact({}, [&](SqlSession &session) -> Result<void> {
        const auto rows = session.run("SELECT hospital_id FROM hospital");
        if (!rows)
            return fail(rows);
        for (const Row &row : *rows)
            hospitals << idAt(row, 0);
        return {};
    });
    if (!listed)
        return fail(listed);
    qint64 gone = 0;
    for (const Id &hospital : std::as_const(hospitals)) {
        for (bool more = true; more && goOn();) {
            const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
                const Value id = idValue(hospital);
                const auto floor =
                    session.run("SELECT log_floor FROM hospital_head WHERE hospital_id=$1", {id});
                if (!floor)
                    return fail(floor);
                const qint64 from = floor->isEmpty() ? 0 : integerAt(floor->first(), 0);
                // Up to the first number that is younger; clocks may have gone back in between.
                const auto last = session.run(
                    "SELECT coalesce((SELECT min(seq)-1 FROM change_log WHERE hospital_id=$1 AND at>=$2), "
                    "(SELECT max(seq) FROM change_log WHERE hospital_id=$1), 0)",
                    {id, Value{horizon.logBefore}});
                if (!last)
                    return fail(last);
                const qint64 to = qMin(integerAt(last->first(), 0), from + numbersAtOnce);
                more = to == from + numbersAtOnce;
                if (to <= from)
                    return {};
                const auto removed = session.run("DELETE FROM change_log WHERE hospital_id=$1 AND seq<=$2 "
                                                 "RETURNING seq",
                                                 {id, Value{to}});
                if (!removed)
                    return fail(removed);
                gone += removed->size();
                const auto set = session.run("UPDATE hospital_head SET log_floor=$2 WHERE hospital_id=$1",
                                             {id, Value{to}});
                return set ? Result<void>() : fail(set);
            });
            if (!done)
                return fail(done);
        }
        const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
            for (const char *sql : {"DELETE FROM applied_change WHERE hospital_id=$1 AND at<$2",
                                    "DELETE FROM enrolment_code WHERE hospital_id=$1 AND expires_at<$2"}) {
                if (auto ran = session.run(sql, {idValue(hospital), Value{horizon.answersBefore}}); !ran)
                    return fail(ran);
            }
            return {};
        });
        if (!done)
            return fail(done);
    }
    return gone;
}

} // namespace clinic::server
