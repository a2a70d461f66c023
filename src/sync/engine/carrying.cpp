// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/agent.h"
#include "sync/wire/limits.h"

#include <QSysInfo>

// Files carried between a PC without a network and its server.
namespace clinic::sync {
namespace {

constexpr int lineMs = 20'000;
constexpr int mostLineTries = 5; // of one line

} // namespace

void Agent::writeParcel(const QString &file, std::function<void(const Result<ParcelHead> &)> then)
{
    withKeys([this, file, then = std::move(then)](const Result<ParcelKeys> &who) {
        if (!who)
            return then(fail(who));
        m_database.writer().post([this, file, who = *who, then] {
            storage::Replica replica(m_database, m_clock);
            ParcelFile parcel;
            parcel.head = {false, m_database.identity().hospital, who.device,
                           QSysInfo::machineHostName().toUtf8(), m_clock.nowMs()};
            auto lines = parcelLines(m_database, replica, who);
            Result<ParcelHead> outcome = lines ? Result<ParcelHead>(parcel.head) : fail(lines);
            if (lines) {
                parcel.lines = std::move(*lines);
                outcome->lines = parcel.lines.size();
                if (auto written = writeParcelFile(file, parcel); !written)
                    outcome = fail(written);
            }
            QMetaObject::invokeMethod(this, [outcome, then] { then(outcome); });
        });
    });
}

void Agent::takeAnswers(const QString &file, std::function<void(const Result<CarriedAnswers> &)> then)
{
    withKeys([this, file, then = std::move(then)](const Result<ParcelKeys> &who) {
        if (!who)
            return then(fail(who));
        m_database.writer().post([this, file, who = *who, then] {
            storage::Replica replica(m_database, m_clock);
            const auto parcel = readParcelFile(file, true);
            Result<CarriedAnswers> outcome = fail(ErrorCode::OtherHospital, QStringLiteral("parcel"));
            if (!parcel)
                outcome = fail(parcel);
            else if (parcel->head.hospital == m_database.identity().hospital &&
                     parcel->head.device == who.device)
                outcome = takeAnswerLines(m_database, replica, who, parcel->lines);
            const auto state = replica.state();
            QMetaObject::invokeMethod(this, [this, outcome, state, then] {
                if (state)
                    feed(Engine::StateNow{*state});
                then(outcome);
            });
        });
    });
}

// A carried file in progress: its lines are sent one after the other.
struct Agent::Carrying
{
    ParcelFile parcel;
    ParcelFile answers;
    QString to;
    qsizetype line = 0;
    QByteArray from;
    Client *client = nullptr; // of its own: no other request aborts it
    int tries = 0;
    qsizetype bytes = 0; // of the answers
    std::function<void(const Result<ParcelHead> &)> then;
};

void Agent::carry(const QString &file, const QString &answers,
                  std::function<void(const Result<ParcelHead> &)> then)
{
    m_database.writer().post([this, file, answers, then = std::move(then)] {
        const auto parcel = readParcelFile(file, false);
        const bool isOurs = parcel && parcel->head.hospital == m_database.identity().hospital;
        storage::Replica replica(m_database, m_clock);
        const auto state = replica.state();
        QMetaObject::invokeMethod(this, [this, parcel, isOurs, state, answers, then] {
            if (!parcel || !isOurs)
                return then(parcel ? fail(ErrorCode::OtherHospital, QStringLiteral("parcel")) : fail(parcel));
            if (!state || !state->enrolled)
                return then(fail(ErrorCode::NoServer));
            auto carrying = std::make_shared<Carrying>();
            carrying->client = new Client(this);
            carrying->client->setServer({state->servers, state->certificate, state->authority});
            carrying->parcel = *parcel;
            carrying->answers.head = parcel->head;
            carrying->answers.head.isAnswer = true;
            carrying->to = answers;
            carrying->then = then;
            carryNext(carrying);
        });
    });
}

void Agent::carried(const std::shared_ptr<Carrying> &carrying, const Result<ParcelHead> &outcome)
{
    carrying->client->deleteLater();
    carrying->then(outcome);
}

void Agent::carryNext(const std::shared_ptr<Carrying> &carrying)
{
    if (carrying->line == carrying->parcel.lines.size()) {
        m_database.writer().post([this, carrying] {
            const auto written = writeParcelFile(carrying->to, carrying->answers);
            QMetaObject::invokeMethod(this, [this, carrying, written] {
                carried(carrying, written ? Result<ParcelHead>(carrying->parcel.head) : fail(written));
            });
        });
        return;
    }
    auto request = decodeSealedRequest(carrying->parcel.lines[carrying->line]);
    if (!request)
        return carried(carrying, fail(ErrorCode::Damaged, QStringLiteral("parcel")));
    request->from = carrying->from;
    carrying->client->send(
        {"POST", "/v1/parcel", encode(*request), {}, lineMs}, [this, carrying](const Engine::Reply &reply) {
            if (reply.status == 0 || reply.status == 429 || reply.status >= 500) {
                if (++carrying->tries == mostLineTries)
                    return carried(carrying, fail(ErrorCode::NoServer));
                QTimer::singleShot(std::chrono::seconds(qMax(1, reply.retryAfter)), this,
                                   [this, carrying] { carryNext(carrying); });
                return;
            }
            const auto answer = decodeSealedAnswer(reply.body);
            if (reply.status != 200 || !answer)
                return carried(carrying,
                               fail(reply.status == 401 ? ErrorCode::OtherHospital : ErrorCode::Damaged,
                                    QStringLiteral("parcel")));
            carrying->answers.lines << reply.body;
            carrying->tries = 0;
            carrying->bytes += reply.body.size();
            // The PC requests the rest with its next file.
            carrying->from = carrying->bytes < limits::parcel ? answer->next : QByteArray();
            carrying->line += carrying->from.isEmpty();
            carryNext(carrying);
        });
}

} // namespace clinic::sync
