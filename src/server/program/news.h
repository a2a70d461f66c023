// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"

#include <utility>

#include <QHash>
#include <boost/asio.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace clinic::server {

// Who waits for which hospital's next group. A commit of this instance wakes its waiters at once.
class News
{
public:
    using Timer = boost::asio::steady_timer;
    // othersCommit: other instances work on the same database, and what is known here is never the last word.
    explicit News(bool othersCommit) : m_othersCommit(othersCommit) {}
    // A hospital's head, from a commit of this instance or from the database. Two commits may be told in the
    // wrong order: alone the larger one counts. With others it may go back (a restored database), and they
    // are asked again soon.
    void tell(const Id &hospital, qint64 head, const QByteArray &epoch = {})
    {
        const std::lock_guard lock(m_mutex);
        Known &known = m_known[hospital];
        if (!epoch.isEmpty())
            known.epoch = epoch;
        const qint64 now = m_othersCommit ? head : qMax(known.head, head);
        if (std::exchange(known.head, now) == now)
            return;
        ++known.version;
        wake(known.waiting);
    }
    // Head and epoch as they are now, when that is known without asking the database: every commit is told
    // here.
    [[nodiscard]] std::optional<std::pair<qint64, QByteArray>> latest(const Id &hospital)
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.constFind(hospital);
        if (m_othersCommit || known == m_known.constEnd() || known->epoch.isEmpty())
            return std::nullopt;
        return std::pair(known->head, known->epoch);
    }
    // Taken before the database is read: what happens in between is not waited for in vain.
    [[nodiscard]] quint64 version(const Id &hospital)
    {
        const std::lock_guard lock(m_mutex);
        return m_known.value(hospital).version;
    }
    // Until something happened that `version` does not know.
    boost::asio::awaitable<void> wait(Id hospital, quint64 version,
                                      std::chrono::steady_clock::time_point until)
    {
        const auto timer = std::make_shared<Timer>(co_await boost::asio::this_coro::executor, until);
        {
            const std::lock_guard lock(m_mutex);
            Known &known = m_known[hospital];
            if (known.version != version)
                co_return;
            known.waiting.insert(timer);
        }
        boost::system::error_code ignored;
        co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        const std::lock_guard lock(m_mutex);
        m_known[hospital].waiting.erase(timer);
    }
    // Whose heads somebody waits for.
    [[nodiscard]] QList<Id> hospitals()
    {
        const std::lock_guard lock(m_mutex);
        QList<Id> list;
        for (auto known = m_known.cbegin(); known != m_known.cend(); ++known) {
            if (!known->waiting.empty())
                list << known.key();
        }
        return list;
    }
    [[nodiscard]] size_t waiting()
    {
        const std::lock_guard lock(m_mutex);
        size_t count = 0;
        for (const Known &known : std::as_const(m_known))
            count += known.waiting.size();
        return count;
    }
    void wakeAll()
    {
        const std::lock_guard lock(m_mutex);
        for (const Known &known : std::as_const(m_known))
            wake(known.waiting);
    }

private:
    using Timers = std::set<std::shared_ptr<Timer>>;
    struct Known
    {
        qint64 head = -1;
        QByteArray epoch;
        quint64 version = 0;
        Timers waiting;
    };
    // On each timer's own strand: a timer is nobody else's to touch.
    static void wake(const Timers &timers)
    {
        for (const auto &timer : timers)
            boost::asio::post(timer->get_executor(), [timer] { timer->cancel(); });
    }

    const bool m_othersCommit;
    std::mutex m_mutex;
    QHash<Id, Known> m_known;
};

} // namespace clinic::server
