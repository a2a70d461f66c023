// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/gateway.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>
#include <QUuid>
#include <cstring>
#include <curl/curl.h>
#include <memory>

namespace clinic::server {
namespace {

constexpr long answerSeconds = 10;

struct Ended
{
    void operator()(CURL *curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, Ended>;
using List = std::unique_ptr<curl_slist, Ended>;

QByteArray textOf(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1StringView(key)).toString().toUtf8();
}

void append(List &list, const QByteArray &text)
{
    if (curl_slist *longer = curl_slist_append(list.get(), text.constData())) {
        static_cast<void>(list.release());
        list.reset(longer);
    }
}

// Without TLS only to this machine.
bool isHere(const QUrl &url)
{
    return url.host() == u"127.0.0.1" || url.host() == u"::1" || url.host() == u"localhost";
}

Result<void> perform(CURL *curl)
{
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, answerSeconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    const CURLcode code = curl_easy_perform(curl);
    return code == CURLE_OK ? Result<void>()
                            : fail(ErrorCode::NoServer, {}, {}, QString::fromUtf8(curl_easy_strerror(code)));
}

struct Letter
{
    QByteArray text;
    qsizetype at = 0;
};

size_t readLetter(char *out, size_t size, size_t count, void *from)
{
    auto *letter = static_cast<Letter *>(from);
    const qsizetype taken = qMin(qsizetype(size * count), letter->text.size() - letter->at);
    std::memcpy(out, letter->text.constData() + letter->at, size_t(taken));
    letter->at += taken;
    return size_t(taken);
}

size_t dropAnswer(char *, size_t size, size_t count, void *)
{
    return size * count;
}

// Base64 in lines as letters have them.
QByteArray folded(const QByteArray &text)
{
    QByteArray lines;
    for (qsizetype at = 0; at < text.size(); at += 76)
        lines += text.mid(at, 76) + "\r\n";
    return lines;
}

// What is said, as the file has it, with the code in it.
QString said(const QJsonObject &gateway, const QString &code)
{
    return gateway.value(u"text")
        .toString(QStringLiteral("{code} is your ClinicDesk code. It is good for ten minutes, once. Nobody "
                                 "else needs it."))
        .replace(QStringLiteral("{code}"), code);
}

} // namespace

Result<std::unique_ptr<Gateway>> Gateway::fromFile(const QString &file)
{
    const auto wrong = [&file](const QString &what) {
        return fail(ErrorCode::Invalid, {}, {}, file + QStringLiteral(": ") + what);
    };
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return wrong(QStringLiteral("cannot be read"));
    QJsonParseError fault{};
    const QJsonObject all = QJsonDocument::fromJson(source.readAll(), &fault).object();
    if (fault.error != QJsonParseError::NoError)
        return wrong(fault.errorString());
    auto gateway = std::make_unique<Gateway>();
    gateway->m_email = all.value(u"email").toObject();
    gateway->m_sms = all.value(u"sms").toObject();
    if (gateway->channels().isEmpty())
        return wrong(QStringLiteral("has neither \"email\" nor \"sms\""));
    if (!gateway->m_email.isEmpty()) {
        const QUrl server(gateway->m_email.value(u"server").toString());
        // smtp:// goes over to TLS before anything is said; without it there is none.
        if (server.scheme() != u"smtp" && server.scheme() != u"smtps")
            return wrong(QStringLiteral("\"server\" of \"email\" is smtp://… or smtps://…"));
        if (gateway->m_email.value(u"from").toString().count(u'@') != 1)
            return wrong(QStringLiteral("\"from\" of \"email\" is an address"));
    }
    if (!gateway->m_sms.isEmpty()) {
        const QUrl url(gateway->m_sms.value(u"url").toString());
        if (url.scheme() != u"https" && !(url.scheme() == u"http" && isHere(url)))
            return wrong(QStringLiteral("\"url\" of \"sms\" is https://…"));
        const QString body = gateway->m_sms.value(u"body").toString();
        if (!body.contains(u"{to}") || !body.contains(u"{text}"))
            return wrong(QStringLiteral("\"body\" of \"sms\" has {to} and {text} in it"));
    }
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        return wrong(QString::fromUtf8(curl_easy_strerror(started)));
    return gateway;
}

QList<QByteArray> Gateway::channels() const
{
    QList<QByteArray> list;
    if (!m_email.isEmpty())
        list << "email";
    if (!m_sms.isEmpty())
        list << "sms";
    return list;
}

Result<void> Gateway::send(const Message &message)
{
    return message.channel == "email" ? sendMail(message) : sendText(message);
}

Result<void> Gateway::sendMail(const Message &message) const
{
    const Curl curl(curl_easy_init());
    if (!curl)
        return fail(ErrorCode::Internal);
    const QByteArray from = textOf(m_email, "from");
    const QByteArray to = message.to.toUtf8();
    const QByteArray subject =
        m_email.value(u"subject").toString(QStringLiteral("Your ClinicDesk code")).toUtf8().toBase64();
    Letter letter{"From: ClinicDesk <" + from + ">\r\nTo: <" + to + ">\r\nSubject: =?utf-8?B?" + subject +
                  "?=\r\nDate: " + QDateTime::currentDateTimeUtc().toString(Qt::RFC2822Date).toLatin1() +
                  "\r\nMessage-ID: <" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + '@' +
                  from.mid(from.indexOf('@') + 1) +
                  ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
                  folded(said(m_email, message.code).toUtf8().toBase64())};
    const QUrl server(m_email.value(u"server").toString());
    const QByteArray url = server.toEncoded();
    const QByteArray user = textOf(m_email, "user");
    const QByteArray password = textOf(m_email, "password");
    List recipients;
    append(recipients, '<' + to + '>');
    CURL *handle = curl.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.constData());
    curl_easy_setopt(handle, CURLOPT_USE_SSL, isHere(server) ? long(CURLUSESSL_TRY) : long(CURLUSESSL_ALL));
    if (!user.isEmpty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, user.constData());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, password.constData());
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, QByteArray('<' + from + '>').constData());
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, readLetter);
    curl_easy_setopt(handle, CURLOPT_READDATA, &letter);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    return perform(handle);
}

Result<void> Gateway::sendText(const Message &message) const
{
    const Curl curl(curl_easy_init());
    if (!curl)
        return fail(ErrorCode::Internal);
    List headers;
    bool hasType = false;
    for (const QJsonValue &header : m_sms.value(u"headers").toArray()) {
        const QByteArray text = header.toString().toUtf8();
        hasType = hasType || text.toLower().startsWith("content-type:");
        append(headers, text);
    }
    if (!hasType)
        append(headers, "Content-Type: application/json");
    // Numbers as providers want them: digits, with a plus where it was typed.
    QString to = message.to;
    to.removeIf([](QChar c) { return !c.isDigit() && c != u'+'; });
    const bool isForm = m_sms.value(u"form").toBool();
    const auto quoted = [isForm](const QString &text) {
        if (isForm)
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(json.sliced(2, json.size() - 4)); // without [" and "]
    };
    QString body = m_sms.value(u"body").toString();
    body.replace(QStringLiteral("{text}"), quoted(said(m_sms, message.code)));
    body.replace(QStringLiteral("{to}"), quoted(to));
    const QByteArray bytes = body.toUtf8();
    const QByteArray url = textOf(m_sms, "url");
    CURL *handle = curl.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.constData());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes.constData());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, long(bytes.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, dropAnswer);
    curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    return perform(handle);
}

} // namespace clinic::server
