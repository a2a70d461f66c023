// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace clinic::test {

// One HTTP connection, plain or TLS, without a framework that would be measured too.
class HttpLine
{
public:
    explicit HttpLine(int port, SSL_CTX *tls = nullptr) : m_socket(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(quint16(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(m_socket, reinterpret_cast<sockaddr *>(&to), sizeof to) != 0)
            qFatal("cannot connect");
        const int one = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (tls) {
            m_tls = SSL_new(tls);
            SSL_set_fd(m_tls, m_socket);
            if (SSL_connect(m_tls) != 1)
                qFatal("no TLS");
        }
    }
    ~HttpLine()
    {
        if (m_tls)
            SSL_free(m_tls);
        close(m_socket);
    }
    HttpLine(const HttpLine &) = delete;
    HttpLine &operator=(const HttpLine &) = delete;

    void ask(const QByteArray &method, const QByteArray &path, const QByteArray &body,
             const QByteArray &token) const
    {
        QByteArray text = method + ' ' + path + " HTTP/1.1\r\nHost: bench\r\n";
        if (!token.isEmpty())
            text += "Authorization: Bearer " + token + "\r\n";
        text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        for (qsizetype at = 0; at < text.size();) {
            const auto sent = m_tls ? SSL_write(m_tls, text.constData() + at, int(text.size() - at))
                                    : ::send(m_socket, text.constData() + at, size_t(text.size() - at), 0);
            if (sent <= 0)
                qFatal("the server hung up");
            at += sent;
        }
    }
    // Status and body of one answer.
    [[nodiscard]] std::pair<int, QByteArray> answer()
    {
        qsizetype head = -1;
        while ((head = m_read.indexOf("\r\n\r\n")) < 0)
            more();
        const QByteArray lower = m_read.first(head).toLower();
        const auto at = lower.indexOf("content-length:");
        const auto length = lower.mid(at + 15, lower.indexOf('\r', at) - at - 15).trimmed().toLongLong();
        while (m_read.size() < head + 4 + length)
            more();
        const QByteArray body = m_read.mid(head + 4, length);
        const int status = m_read.mid(9, 3).toInt();
        m_read.remove(0, head + 4 + length);
        return {status, body};
    }
    [[nodiscard]] QByteArray post(const char *path, const QByteArray &body, const QByteArray &token)
    {
        ask("POST", path, body, token);
        const auto [status, text] = answer();
        if (status != 200)
            qFatal("%s: %d %s", path, status, text.constData());
        return text;
    }

private:
    void more()
    {
        char buffer[16384];
        const auto got =
            m_tls ? SSL_read(m_tls, buffer, sizeof buffer) : ::recv(m_socket, buffer, sizeof buffer, 0);
        if (got <= 0)
            qFatal("the server hung up");
        m_read.append(buffer, got);
    }

    int m_socket;
    SSL *m_tls = nullptr;
    QByteArray m_read;
};

} // namespace clinic::test
