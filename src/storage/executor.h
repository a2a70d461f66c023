// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace clinic::storage {

// Where work runs. Injected: threads in the program, inline in tests and simulation.
class Executor
{
public:
    virtual ~Executor() = default;
    virtual void post(std::function<void()> work) = 0;
    [[nodiscard]] virtual bool isInline() const { return false; }

    // Runs work there and waits for its answer. Never from the interface thread of a running window.
    template <class F>
    auto runAndWait(F work) -> decltype(work())
    {
        if (isInline())
            return work();
        std::promise<decltype(work())> promise;
        auto future = promise.get_future();
        post([&] { promise.set_value(work()); });
        return future.get();
    }
};

class InlineExecutor final : public Executor
{
public:
    void post(std::function<void()> work) override { work(); }
    [[nodiscard]] bool isInline() const override { return true; }
};

// One thread, first come first served; what was posted before destruction still runs.
class ThreadExecutor final : public Executor
{
public:
    explicit ThreadExecutor(const char *name);
    ~ThreadExecutor() override;
    ThreadExecutor(const ThreadExecutor &) = delete;
    ThreadExecutor &operator=(const ThreadExecutor &) = delete;
    void post(std::function<void()> work) override;

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace clinic::storage
