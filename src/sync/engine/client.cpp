// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine/client.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

namespace clinic::sync {
namespace {

constexpr qsizetype worthPacking = 200;

} // namespace

Client::Client(QObject *parent) : QObject(parent)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // a server does not redirect its PCs
}

void Client::setServer(const Server &server)
{
    if (server == m_server)
        return;
    if (m_reply) {
        const auto then = std::exchange(m_then, {});
        abort();
        QMetaObject::invokeMethod(
            this, [then] { then({}); }, Qt::QueuedConnection);
    }
    m_server = server;
    m_current = 0;
    m_knowsDictionary = false;
    m_network.clearConnectionCache(); // connections opened with other settings
}

void Client::send(const Engine::Send &send, std::function<void(const Engine::Reply &)> then)
{
    abort();
    if (m_server.addresses.isEmpty()) {
        QMetaObject::invokeMethod(
            this, [then = std::move(then)] { then({}); }, Qt::QueuedConnection);
        return;
    }
    const QString address = m_server.addresses[m_current % m_server.addresses.size()];
    QNetworkRequest request(QUrl(address + QString::fromLatin1(send.path)));
    request.setRawHeader("Accept-Encoding", QByteArray(sharedEncoding) + ", " + plainEncoding);
    if (!send.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + send.token);
    QByteArray body = send.body;
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (body.size() > worthPacking) {
        const bool shared = m_knowsDictionary && body.size() <= mostShared;
        body = compressed(body, shared);
        request.setRawHeader("Content-Encoding", shared ? sharedEncoding : plainEncoding);
    }
    // Bytes accepted by the system may still be on their way: a kilobyte a second is the slowest line.
    request.setTransferTimeout(send.timeoutMs + int(body.size()));
    if (!m_server.authority.isEmpty()) {
        QSslConfiguration tls = request.sslConfiguration();
        tls.addCaCertificates(QSslCertificate::fromData(m_server.authority));
        request.setSslConfiguration(tls);
    }
    Exchange exchange;
    exchange.at = QDateTime::currentDateTimeUtc();
    exchange.address = address;
    exchange.what = send.method + ' ' + send.path.split('?').first();
    exchange.sent = body.size();
    QNetworkReply *reply = send.method == "GET" ? m_network.get(request) : m_network.post(request, body);
    m_reply = reply;
    m_then = std::move(then);
    if (!m_server.certificate.isEmpty()) {
        const auto isOurs = [reply, pin = m_server.certificate] {
            return reply->sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256) == pin;
        };
        // The enrolment code named the certificate: only that one is accepted, whoever signed it.
        connect(reply, &QNetworkReply::sslErrors, this, [reply, isOurs](const QList<QSslError> &errors) {
            if (isOurs())
                reply->ignoreSslErrors(errors);
        });
        connect(reply, &QNetworkReply::encrypted, this, [reply, isOurs] {
            if (!isOurs())
                reply->abort();
        });
    }
    connect(reply, &QNetworkReply::finished, this, [this, reply, exchange]() mutable {
        reply->deleteLater();
        if (m_reply != reply)
            return; // aborted: the answer is not needed
        m_reply.clear();
        Engine::Reply answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (reply->isOpen()) // not after the time is over: Qt warns then
            answer.body = reply->readAll();
        exchange.received = answer.body.size();
        answer.retryAfter = reply->rawHeader("Retry-After").toInt();
        // A truncated answer is no answer.
        const bool cut = answer.status == 200 && reply->error() != QNetworkReply::NoError;
        if (answer.status && !cut && reply->rawHeader("Content-Encoding").startsWith(plainEncoding)) {
            const auto plain = decompressed(answer.body, limits::answer);
            answer.body = plain.value_or(QByteArray());
            if (!plain)
                answer.status = 0;
        }
        if (cut)
            answer.status = 0;
        if (answer.status == 0)
            ++m_current;
        exchange.ms = exchange.at.msecsTo(QDateTime::currentDateTimeUtc());
        exchange.status = answer.status;
        exchange.requestId = reply->rawHeader("X-Request-Id");
        if (answer.status)
            m_knowsDictionary = reply->rawHeader("Accept-Encoding").contains(sharedEncoding);
        if (answer.status == 0)
            exchange.fault = reply->errorString();
        Q_EMIT exchanged(exchange);
        const auto answered = std::exchange(m_then, {}); // the callback may send the next one
        answered(answer);
    });
}

void Client::abort()
{
    if (QNetworkReply *reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

} // namespace clinic::sync
