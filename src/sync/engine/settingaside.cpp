// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/engine.h"

// Holding groups that do not get through (docs/decisions/0032). No status, size or silence is an answer
// about a group: it leaves the outbox only for the server's answer about that group.
namespace clinic::sync {
namespace {

constexpr qsizetype smallestBatch = 16 * limits::kib;
constexpr int mostTriesAlone = 5; // of one group while the server answers other requests

} // namespace

QList<Engine::Action> Engine::pushed(const QList<OutboxGroup> &groups)
{
    if (groups.isEmpty()) {
        if (m_isRetry)
            m_heldAfter = -1;
        else
            m_status.replica.waiting = 0;
        return next();
    }
    m_sent.clear();
    m_sentChanges = 0;
    for (const OutboxGroup &group : groups) {
        m_sent << group.n;
        m_sentChanges += int(group.changes);
    }
    return {
        send(Doing::Push, "POST", groups.first().recovered ? "/v1/recover" : "/v1/push", encodePush(groups))};
}

QList<Engine::Action> Engine::unheard()
{
    if (m_doing != Doing::Push)
        return backOff("no-answer");
    if (m_sent.size() > 1) {
        // A slow line needs smaller batches; and one group may be the cause.
        if (m_batchBytes == smallestBatch)
            m_batchLimit = qMax(1, qMin(m_batchLimit, m_sentChanges) / 2);
        m_batchBytes = qMax(smallestBatch, m_batchBytes / 2);
        return backOff("no-answer");
    }
    m_batchBytes = qMax(smallestBatch, m_batchBytes / 2);
    if (m_isRetry) {
        m_heldAfter = -1;
        return backOff("no-answer");
    }
    if (std::exchange(m_alone, m_sent.first()) != m_sent.first())
        m_aloneTries = 0;
    if (++m_aloneTries == mostTriesAlone)
        return setAside("no-answer");
    // Is it the line, or this group? From the second time on a hello comes before the next try.
    m_greeted = m_greeted && m_aloneTries == 1;
    return backOff("no-answer");
}

QList<Engine::Action> Engine::notTaken(const QByteArray &code)
{
    if (m_sent.size() == 1)
        return setAside(code);
    m_batchLimit = qMax(1, qMin(m_batchLimit, m_sentChanges) / 2);
    m_leftToSend = 0; // a PC that was reported lost tries the halves as well
    return next();
}

QList<Engine::Action> Engine::setAside(const QByteArray &code)
{
    m_alone = 0;
    if (m_isRetry) { // it stays held; other held groups may get through
        m_heldAfter = m_sent.first();
        return next();
    }
    m_doing = Doing::Storing;
    return {Hold{m_sent.first(), code}};
}

} // namespace clinic::sync
