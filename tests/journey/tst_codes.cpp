// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"
#include "journey/desk.h"
#include "services/admin/accounts.h"
#include "services/setup/setup.h"
#include "support/listener.h"
#include "support/must.h"
#include "support/serverprocess.h"
#include "support/testmain.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace clinic;
using namespace clinic::test;

// A window, the real server, and a provider of text messages.
class TstCodes : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // Whoever has no authenticator app shows who he is with the code the server sends.
    void aCodeByTextMessage()
    {
        Listener provider([](const QByteArray &heard) { return providerAnswer(heard); });
        const QString data = m_dir.filePath(QStringLiteral("server"));
        QVERIFY(QDir().mkpath(data));
        QFile file(data + QStringLiteral("/gateway.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QJsonObject sms{
            {QStringLiteral("url"), QStringLiteral("http://127.0.0.1:%1/").arg(provider.serverPort())},
            {QStringLiteral("text"), QStringLiteral("{code}")},
            {QStringLiteral("body"), QStringLiteral("{\"to\":\"{to}\",\"text\":\"{text}\"}")}};
        file.write(QJsonDocument(QJsonObject{{QStringLiteral("sms"), sms}}).toJson());
        file.close();
        ServerProcess server(data, {}, false);
        const QString code = server.addHospital(QStringLiteral("Hillside"));
        server.start();

        Desk desk({false, true, {1280, 800}, 1, true});
        desk.signInAs(QStringLiteral("demo-admin"));
        for (const auto &view : must(desk.clinic->answerNow(services::Users{}))) {
            if (view.user.userName != u"demo-admin")
                continue;
            services::SaveUser save{view.user, view.roles};
            save.user.phone = QStringLiteral("082 555 0101");
            must(desk.clinic->performNow(save));
        }
        desk.window->go(QStringLiteral("server"));
        desk.waitIdle();
        desk.click(QStringLiteral("Connect to a server …"));
        auto *dialog = desk.window->findChild<QDialog *>(QStringLiteral("enrol"));
        QTRY_VERIFY(dialog && dialog->isVisible());
        dialog->findChild<QPlainTextEdit *>()->setPlainText(code);
        desk.click(QStringLiteral("Connect"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.agent->status().isCalm(), 20'000);
        desk.waitIdle();

        const auto users = must(desk.clinic->answerNow(services::Users{}));
        const auto nurse = *std::ranges::find_if(
            users, [](const auto &view) { return view.user.userName == u"demo-nurse"; });
        bool done = false;
        const auto ask = [&] {
            done = false;
            desk.clock.advanceMinutes(10);
            desk.workspace->accounts.resetSecondFactor(
                desk.window, nurse.user.id, [&](const auto &outcome) { done = outcome.has_value(); });
            QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("proof"));
            desk.waitIdle();
        };
        const auto sentCode = [&] {
            const QByteArray body = provider.heard.mid(provider.heard.lastIndexOf("\r\n\r\n") + 4);
            const auto message = QJsonDocument::fromJson(body).object();
            return message.value(u"to").toString() == u"0825550101" ? message.value(u"text").toString()
                                                                    : QString();
        };
        ask();
        desk.shot(QStringLiteral("proof-code-offered"));
        // With the keyboard alone.
        const auto focused = [&desk] {
            const QWidget *widget = desk.top()->focusWidget();
            return widget ? widget->objectName() : QString();
        };
        for (int i = 0; i < 6 && focused() != u"send-sms"; ++i)
            desk.key(Qt::Key_Tab);
        QCOMPARE(focused(), QStringLiteral("send-sms"));
        desk.key(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(sentCode().size(), 6, 20'000);
        auto *typed = desk.find<QLineEdit>(QStringLiteral("code"));
        QTRY_VERIFY(typed->echoMode() == QLineEdit::Normal && typed->isEnabled());
        desk.waitIdle();
        desk.shot(QStringLiteral("proof-code-sent"));
        typed->setText(sentCode() == u"111111" ? QStringLiteral("222222") : QStringLiteral("111111"));
        desk.click(QStringLiteral("Continue"));
        const auto saysWrong = [&] {
            const auto labels = desk.top()->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [](const QLabel *label) {
                return label->isVisible() && label->text().startsWith(u"This is not the code that was sent");
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(saysWrong(), 20'000);
        desk.shot(QStringLiteral("proof-code-wrong"));
        typed->setText(sentCode());
        desk.click(QStringLiteral("Continue"));
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 20'000);
        QTRY_VERIFY(done);

        // Another one at once is too soon; the dialog says for how long, and the password does as well.
        ask();
        desk.click(QStringLiteral("Send me a code by text message"));
        const auto saysWait = [&] {
            const auto labels = desk.top()->findChildren<QLabel *>();
            return std::ranges::any_of(labels, [](const QLabel *label) {
                return label->isVisible() && label->text().startsWith(u"A code was sent already.");
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(saysWait(), 20'000);
        desk.find<QLineEdit>(QStringLiteral("code"))->setText(QStringLiteral("correct horse"));
        desk.click(QStringLiteral("Continue"));
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 20'000);
        QTRY_VERIFY(done);

        // Without the server nothing of it is offered.
        desk.agent->workOffline(true);
        QTRY_VERIFY(desk.workspace->connection.codeChannels().isEmpty());
        ask();
        QVERIFY(!desk.find<QPushButton>(QStringLiteral("send-sms")));
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
    }
};

int main(int argc, char **argv)
{
    return test::run<TstCodes, QApplication>(argc, argv);
}

#include "tst_codes.moc"
