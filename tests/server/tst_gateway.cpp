// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/program/doorkeeper.h"
#include "server/program/gateway.h"
#include "server/program/pace.h"
#include "support/listener.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <future>

using namespace clinic;
using namespace clinic::test;

// Codes on their way out: real sockets, the real library, a gateway of the test's own.
class TstGateway : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    QString file(const QJsonObject &content) const
    {
        const QString path = m_dir.filePath(QStringLiteral("gateway.json"));
        QFile f(path);
        if (!f.open(QIODevice::WriteOnly) || f.write(QJsonDocument(content).toJson()) < 0)
            qFatal("file");
        return path;
    }
    static bool send(server::Gateway &gateway, const server::Message &message)
    {
        auto sent = std::async(std::launch::async, [&] { return gateway.send(message).has_value(); });
        while (sent.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        return sent.get();
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void everyoneHasAShare()
    {
        using server::Doorkeeper;
        using Thing = Doorkeeper::Thing;
        Doorkeeper::Limits limits{};
        limits[size_t(Thing::Body)] = {100, 60};
        limits[size_t(Thing::StrangerBody)] = {10, 10};
        Doorkeeper keeper(limits);
        auto first = keeper.take(Thing::Body, "first", 50);
        QVERIFY(first);
        QVERIFY(first->grow(10));
        QVERIFY(!first->grow(1)); // its own most
        QVERIFY(!keeper.take(Thing::Body, "first", 1));
        {
            const auto second = keeper.take(Thing::Body, "second", 40);
            QVERIFY(second);
            QVERIFY(!keeper.take(Thing::Body, "third", 1)); // everybody's most
            QVERIFY(keeper.take(Thing::StrangerBody, "third", 10));
            QVERIFY(!keeper.take(Thing::StrangerBody, "third", size_t(-1)));
        }
        QCOMPARE(keeper.taken(Thing::Body), size_t(60));
        first = keeper.take(Thing::Body, "third", 40);
        QCOMPARE(keeper.taken(Thing::Body), size_t(40));
        first.reset();
        QCOMPARE(keeper.taken(Thing::Body), size_t(0));
        QCOMPARE(keeper.taken(Thing::StrangerBody), size_t(0));

        QCOMPARE(Doorkeeper::senderOf("203.0.113.9"), "203.0.113.9");
        QCOMPARE(Doorkeeper::senderOf("::ffff:203.0.113.9"), "203.0.113.9");
        QCOMPARE(Doorkeeper::senderOf("2001:db8:1:2:3:4:5:6"), Doorkeeper::senderOf("2001:db8:1:2::9"));
        QVERIFY(Doorkeeper::senderOf("2001:db8:1:2::9") != Doorkeeper::senderOf("2001:db8:1:3::9"));
    }

    // One byte now and then does not keep a connection; a kilobyte a second does.
    void slowLinesHaveTimeAndIdleOnesDoNot()
    {
        using server::Pace;
        using namespace std::chrono_literals;
        const Pace::Time began{};
        const Pace pace(began);
        QVERIFY(pace.deadline(began, 0) == began + 20s);
        QVERIFY(pace.deadline(began + 19s, 1) == began + 20s);
        QVERIFY(pace.deadline(began + 19s, 19'000) == began + 39s);
        QVERIFY(pace.deadline(began + 1000s, 1'000'000) == began + 1020s);
        QVERIFY(pace.deadline(began + 1100s, 1'000'000) < began + 1100s);
    }

    void aLetter()
    {
        bool inData = false;
        QByteArray refuse;
        qsizetype answered = 0;
        Listener smtp(
            [&](const QByteArray &heard) {
                QByteArray reply;
                for (qsizetype end = heard.indexOf('\n', answered); end >= 0;
                     end = heard.indexOf('\n', answered)) {
                    const QByteArray line = heard.mid(answered, end - answered).trimmed();
                    answered = end + 1;
                    if (inData) {
                        inData = line != ".";
                        reply += inData ? "" : "250 taken\r\n";
                    } else if (!refuse.isEmpty() && line.startsWith(refuse))
                        reply += "550 no\r\n";
                    else if (line == "DATA") {
                        inData = true;
                        reply += "354 go on\r\n";
                    } else
                        reply += line == "QUIT" ? "221 bye\r\n" : "250 ok\r\n";
                }
                return reply;
            },
            "220 here\r\n");
        const auto gateway = server::Gateway::fromFile(
            file({{QStringLiteral("email"),
                   QJsonObject{{QStringLiteral("server"),
                                QStringLiteral("smtp://127.0.0.1:%1").arg(smtp.serverPort())},
                               {QStringLiteral("from"), QStringLiteral("clinic@hill.example")},
                               {QStringLiteral("text"), QStringLiteral("Ihr Schlüssel: {code}")}}}}));
        QVERIFY(gateway.has_value());
        QCOMPARE((*gateway)->channels(), QList<QByteArray>{"email"});
        QVERIFY(send(**gateway, {"email", QStringLiteral("ada@hill.example"), QStringLiteral("012345")}));
        QVERIFY(smtp.heard.contains("MAIL FROM:<clinic@hill.example>"));
        QCOMPARE(smtp.heard.count("RCPT TO:<ada@hill.example>"), 1);
        QVERIFY(smtp.heard.contains(QStringLiteral("Ihr Schlüssel: 012345").toUtf8().toBase64()));
        QVERIFY(smtp.heard.contains("\r\nTo: <ada@hill.example>\r\n"));
        // An address the gateway does not take.
        refuse = "RCPT";
        answered = 0;
        smtp.heard.clear();
        QVERIFY(!send(**gateway, {"email", QStringLiteral("bo@hill.example"), QStringLiteral("012345")}));
    }

    void aTextMessage()
    {
        QByteArray status = "200 OK";
        Listener http([&](const QByteArray &heard) { return providerAnswer(heard, status); });
        const auto gateway = server::Gateway::fromFile(file(
            {{QStringLiteral("sms"),
              QJsonObject{
                  {QStringLiteral("url"), QStringLiteral("http://127.0.0.1:%1/send").arg(http.serverPort())},
                  {QStringLiteral("headers"), QJsonArray{QStringLiteral("X-Key: secret")}},
                  {QStringLiteral("text"), QStringLiteral("\"{code}\" \\ ok")},
                  {QStringLiteral("body"), QStringLiteral("{\"to\":\"{to}\",\"say\":\"{text}\"}")}}}}));
        QVERIFY(gateway.has_value());
        QVERIFY(send(**gateway, {"sms", QStringLiteral("+27 (82) 555-0101"), QStringLiteral("654321")}));
        QVERIFY(http.heard.startsWith("POST /send "));
        QVERIFY(http.heard.contains("X-Key: secret\r\n"));
        const auto said =
            QJsonDocument::fromJson(http.heard.mid(http.heard.indexOf("\r\n\r\n") + 4)).object();
        QCOMPARE(said.value(u"to").toString(), QStringLiteral("+27825550101"));
        QCOMPARE(said.value(u"say").toString(), QStringLiteral("\"654321\" \\ ok"));
        // A gateway that says no has not sent it.
        status = "402 Payment Required";
        http.heard.clear();
        QVERIFY(!send(**gateway, {"sms", QStringLiteral("0825550101"), QStringLiteral("654321")}));
        // Nobody there.
        http.close();
        QVERIFY(!send(**gateway, {"sms", QStringLiteral("0825550101"), QStringLiteral("654321")}));
    }

    void wrongFiles()
    {
        const auto why = [this](const QJsonObject &content) {
            const auto read = server::Gateway::fromFile(file(content));
            return read ? QString() : read.error().detail;
        };
        const auto email = [](const char *server, const char *from) {
            return QJsonObject{
                {QStringLiteral("email"), QJsonObject{{QStringLiteral("server"), QLatin1StringView(server)},
                                                      {QStringLiteral("from"), QLatin1StringView(from)}}}};
        };
        const auto sms = [](const char *url, const char *body) {
            return QJsonObject{
                {QStringLiteral("sms"), QJsonObject{{QStringLiteral("url"), QLatin1StringView(url)},
                                                    {QStringLiteral("body"), QLatin1StringView(body)}}}};
        };
        QVERIFY(why({}).contains(u"neither"));
        QVERIFY(why(email("http://mail.example", "a@b")).contains(u"smtp"));
        QVERIFY(why(email("smtp://mail.example", "nobody")).contains(u"from"));
        QVERIFY(why(sms("http://sms.example", "{to}{text}")).contains(u"https")); // in the clear, over a net
        QVERIFY(why(sms("https://sms.example", "{to}")).contains(u"{text}"));
        QVERIFY(why(email("smtps://mail.example", "a@b")).isEmpty());
        QVERIFY(!server::Gateway::fromFile(m_dir.filePath(QStringLiteral("none"))).has_value());
    }
};

int main(int argc, char **argv)
{
    return test::run<TstGateway, QCoreApplication>(argc, argv);
}

#include "tst_gateway.moc"
