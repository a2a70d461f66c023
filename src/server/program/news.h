// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <utility>

#include <QHash>
#include <boost/asio.hpp>
#include <memory>
#include <mutex>
#include <set>

namespace clinic::server {

// Who waits for which hospital's next group. A commit of this instance wakes its waiters at once.
class News
{
public:
    using Timer = boost::asio::steady_timer;
    void tell(const Id &hospital, qint64 head)
    {
        const std::lock_guard lock(m_mutex);
        qint64 &known = m_heads[hospital];
        known = qMax(known, head);
        const auto waiters = m_waiters.constFind(hospital);
        if (waiters != m_waiters.constEnd())
            wake(*waiters);
    }
    [[nodiscard]] qint64 known(const Id &hospital)
    {
        const std::lock_guard lock(m_mutex);
        return m_heads.value(hospital, -1);
    }
    // What the database said. It may go back: a restored server.
    qint64 learned(const Id &hospital, qint64 head)
    {
        const std::lock_guard lock(m_mutex);
        if (head >= 0)
            m_heads.insert(hospital, head);
        return head;
    }
    boost::asio::awaitable<void> wait(Id hospital, std::chrono::steady_clock::time_point until)
    {
        const auto timer = std::make_shared<Timer>(co_await boost::asio::this_coro::executor, until);
        {
            const std::lock_guard lock(m_mutex);
            m_waiters[hospital].insert(timer);
        }
        boost::system::error_code ignored;
        co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        const std::lock_guard lock(m_mutex);
        auto &waiters = m_waiters[hospital];
        waiters.erase(timer);
        if (waiters.empty())
            m_waiters.remove(hospital);
    }
    // With thousands waiting each asks less often; a commit on this instance still reaches them at once.
    [[nodiscard]] std::chrono::milliseconds pause()
    {
        const std::lock_guard lock(m_mutex);
        return std::chrono::milliseconds(qMin<qint64>(900, m_waiters.size() / 2));
    }
    [[nodiscard]] size_t waiting()
    {
        const std::lock_guard lock(m_mutex);
        size_t count = 0;
        for (const auto &waiters : std::as_const(m_waiters))
            count += waiters.size();
        return count;
    }
    void wakeAll()
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &waiters : std::as_const(m_waiters))
            wake(waiters);
    }

private:
    using Waiters = std::set<std::shared_ptr<Timer>>;
    // On each timer's own strand: a timer is nobody else's to touch.
    static void wake(const Waiters &waiters)
    {
        for (const auto &timer : waiters)
            boost::asio::post(timer->get_executor(), [timer] { timer->cancel(); });
    }

    std::mutex m_mutex;
    QHash<Id, qint64> m_heads;
    QHash<Id, Waiters> m_waiters;
};

} // namespace clinic::server
