// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/executor.h"

#include "core/log.h"

#ifdef Q_OS_LINUX
#include <pthread.h>
#endif

namespace clinic::storage {

ThreadExecutor::ThreadExecutor(const char *name) : m_thread([this] { loop(); })
{
#ifdef Q_OS_LINUX
    pthread_setname_np(m_thread.native_handle(), name);
#else
    Q_UNUSED(name)
#endif
}

ThreadExecutor::~ThreadExecutor()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void ThreadExecutor::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
}

void ThreadExecutor::loop()
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        // The one exception boundary of this thread: code of ours does not throw, libraries might.
        try {
            work();
        } catch (const std::exception &e) {
            qCCritical(logStorage) << "exception on a storage thread:" << e.what();
        }
    }
}

} // namespace clinic::storage
