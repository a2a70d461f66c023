// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>
#include <mutex>

namespace clinic::services {

// Brings results from storage threads back to the interface thread. A continuation runs there at most once:
// exactly once while its context lives, never after. Continuations never leave the interface thread.
class Mailbox : public QObject
{
    Q_OBJECT
public:
    using Continuation = std::function<void(const std::shared_ptr<void> &)>;

    explicit Mailbox(QObject *parent = nullptr) : QObject(parent) {}

    // Interface thread. The number goes with the work and comes back with its result.
    [[nodiscard]] quint64 expect(QObject *context, Continuation continuation);
    // Any thread.
    void deliver(quint64 number, std::shared_ptr<void> result);
    // Interface thread: how many answers are still to come.
    [[nodiscard]] qsizetype pending() const { return m_pending.size(); }

private:
    void drain();

    struct Pending
    {
        QPointer<QObject> context;
        Continuation continuation;
    };
    QHash<quint64, Pending> m_pending;
    quint64 m_next = 0;

    std::mutex m_mutex;
    QList<QPair<quint64, std::shared_ptr<void>>> m_arrived;
};

} // namespace clinic::services
