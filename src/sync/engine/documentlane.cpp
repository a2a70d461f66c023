// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/documentlane.h"

#include "sync/wire/messages.h"

namespace clinic::sync {
namespace lanedetail {

constexpr int answerMs = 60'000; // a piece on a slow line
constexpr int longestPauseMs = 5 * 60 * 1000;
constexpr int betweenPiecesMs = 20; // the server counts requests, and rows have to get through as well

} // namespace lanedetail

DocumentLane::DocumentLane(storage::Database &database, const Clock &clock, QObject *parent)
    : QObject(parent), m_database(database), m_clock(clock)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { look(); });
}

void DocumentLane::run(const Client::Server &server, const QByteArray &token)
{
    m_client.setServer(server);
    m_token = token;
    m_running = !token.isEmpty();
    m_later.clear();
    m_failures = 0;
    m_retry.stop();
    look();
}

void DocumentLane::stop()
{
    m_running = false;
    m_retry.stop();
    m_client.abort();
    m_busy = false;
    ++m_turn;
}

// Asks the file what is next. What comes in meanwhile is looked at when that is through.
void DocumentLane::look()
{
    if (m_busy) {
        m_again = true;
        return;
    }
    if (!m_running)
        return;
    m_busy = true;
    m_again = false;
    m_database.writer().post([this, later = m_later, turn = m_turn] {
        const auto task = storage::DocumentQueue(m_database, m_clock).next(later);
        QMetaObject::invokeMethod(
            this,
            [this, task, turn] {
                if (turn != m_turn)
                    return;
                if (!task)
                    return pause();
                if (*task)
                    return ask(**task);
                m_busy = false;
                if (m_again)
                    return look();
                if (std::exchange(m_moved, false))
                    Q_EMIT settled();
            },
            Qt::QueuedConnection);
    });
}

void DocumentLane::ask(const storage::DocumentTask &task)
{
    m_client.send({"POST", task.path, task.body, m_token, lanedetail::answerMs},
                  [this, task](const Engine::Reply &reply) { answered(task, reply); });
}

void DocumentLane::answered(const storage::DocumentTask &task, const Engine::Reply &reply)
{
    switch (reply.status) {
    case 200:
        m_database.writer().post([this, task, turn = m_turn, body = reply.body] {
            const auto done = storage::DocumentQueue(m_database, m_clock).take(task, body);
            QMetaObject::invokeMethod(
                this,
                [this, task, turn, done] {
                    if (turn == m_turn)
                        taken(task, done);
                },
                Qt::QueuedConnection);
        });
        return;
    case 401: // the engine gets another token, and calls again
    case 403:
        m_busy = false;
        m_running = false;
        return;
    case 404:
    case 400:                                            // this one cannot be served now; others can
        if (decodeErrorReply(reply.body).code.isEmpty()) // not the server's answer
            return pause();
        m_later << task.document;
        if (storage::isUnknownDocument(reply.status, reply.body) && task.path != "/v1/blobs/get") {
            m_database.writer().post([this, task] {
                if (auto noted = storage::DocumentQueue(m_database, m_clock).refused(task); !noted)
                    qWarning("a refused document was not noted");
            });
            m_moved = true;
        }
        m_busy = false;
        return look();
    default:
        pause();
    }
}

void DocumentLane::taken(const storage::DocumentTask &task, const Result<void> &done)
{
    if (!done && done.error().code != ErrorCode::Damaged)
        return pause();
    m_failures = 0;
    m_busy = false;
    m_moved = true;
    if (done)
        Q_EMIT moved(task.content);
    else
        Q_EMIT damaged(task.content);
    m_retry.start(lanedetail::betweenPiecesMs);
}

void DocumentLane::pause()
{
    m_busy = false;
    m_retry.start(qMin(lanedetail::longestPauseMs, 2000 << qMin(m_failures++, 8)));
}

} // namespace clinic::sync
