// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mailbox.h"

#include <QThread>

namespace clinic::services {

quint64 Mailbox::expect(QObject *context, Continuation continuation)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_pending.insert(++m_next, {context, std::move(continuation)});
    return m_next;
}

void Mailbox::deliver(quint64 number, std::shared_ptr<void> result)
{
    bool first;
    {
        const std::lock_guard lock(m_mutex);
        first = m_arrived.isEmpty();
        m_arrived.append({number, std::move(result)});
    }
    if (first) // one wake-up per non-empty list
        QMetaObject::invokeMethod(this, &Mailbox::drain, Qt::QueuedConnection);
}

void Mailbox::drain()
{
    QList<QPair<quint64, std::shared_ptr<void>>> arrived;
    {
        const std::lock_guard lock(m_mutex);
        arrived.swap(m_arrived);
    }
    for (const auto &[number, result] : std::as_const(arrived)) {
        const Pending pending = m_pending.take(number);
        if (pending.context)
            pending.continuation(result);
    }
}

} // namespace clinic::services
