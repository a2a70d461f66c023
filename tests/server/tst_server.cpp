// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto.h"
#include "support/serverprocess.h"
#include "support/testmain.h"
#include "sync/wire/token.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QUuid>

using namespace clinic;

// The real programs over real sockets: a server with TLS, two PCs, and people who wish it ill.
class TstServer : public QObject
{
    Q_OBJECT

    struct Answer
    {
        int code = -1;
        QString out;
        QString err;
        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    };

    QTemporaryDir m_dir;
    std::unique_ptr<QProcess> m_server;
    int m_port = 0;
    QString m_code;
    QNetworkAccessManager m_network;

    [[nodiscard]] QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    static QString program(const char *name)
    {
        return QStringLiteral(CLINIC_BINARY_DIR "/src/") + QString::fromLatin1(name);
    }
    QString write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }
    [[nodiscard]] QStringList serverArguments() const
    {
        return {QStringLiteral("--data"), path("server"), QStringLiteral("--listen"),
                QStringLiteral("127.0.0.1:%1").arg(m_port)};
    }
    Answer serverCommand(const QStringList &rest)
    {
        return run(program("clinicdesk-server"), serverArguments() + rest);
    }
    static Answer run(const QString &name, const QStringList &arguments)
    {
        QProcess process;
        process.start(name, arguments);
        Answer answer;
        if (!process.waitForFinished(120'000))
            return answer;
        answer = {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                  QString::fromUtf8(process.readAllStandardError())};
        return answer;
    }
    [[nodiscard]] QStringList pc(const char *folder, const QStringList &rest) const
    {
        return QStringList{QStringLiteral("--data"),
                           path(folder),
                           QStringLiteral("--user"),
                           QStringLiteral("admin"),
                           QStringLiteral("--password-file"),
                           path("password"),
                           QStringLiteral("--secrets-password-file"),
                           path("secrets-password"),
                           QStringLiteral("--json")} +
               rest;
    }
    Answer ctl(const char *folder, const QStringList &rest) const
    {
        return run(program("clinicdeskctl"), pc(folder, rest));
    }
    void startServer()
    {
        m_server = std::make_unique<QProcess>();
        m_server->setStandardErrorFile(path("server.log"), QIODevice::Append);
        m_server->start(program("clinicdesk-server"), serverArguments());
        QVERIFY(m_server->waitForStarted());
        QString said;
        while (!said.contains(QStringLiteral("certificate")) && m_server->waitForReadyRead(20'000))
            said += QString::fromUtf8(m_server->readAllStandardOutput());
        QVERIFY2(said.contains(QStringLiteral("listening on https")), qPrintable(said));
    }
    void stopServer(bool hard)
    {
        if (hard)
            m_server->kill();
        else
            m_server->terminate();
        QVERIFY(m_server->waitForFinished(20'000));
        if (!hard)
            QCOMPARE(m_server->exitCode(), 0);
        m_server.reset();
    }
    QPair<int, QByteArray> ask(const char *method, const QByteArray &route, const QByteArray &body = {},
                               const QByteArray &token = {})
    {
        QNetworkRequest request(
            QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_port) + QString::fromLatin1(route)));
        request.setTransferTimeout(20'000);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token);
        QNetworkReply *reply = m_network.sendCustomRequest(request, method, body);
        reply->ignoreSslErrors();
        QElapsedTimer clock;
        clock.start();
        while (!reply->isFinished() && clock.elapsed() < 25'000)
            QTest::qWait(5);
        reply->deleteLater();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
    }
    // Bytes as they are, through TLS; what came back until the other side closed or three quiet seconds.
    QByteArray raw(const QByteArray &bytes)
    {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), quint16(m_port));
        if (!socket.waitForEncrypted(5000))
            return {};
        socket.write(bytes);
        QByteArray answer;
        while (socket.waitForReadyRead(3000))
            answer += socket.readAll();
        return answer;
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void cleanupTestCase()
    {
        if (m_server)
            stopServer(false);
    }

    void initTestCase()
    {
        write("password", "three green apples\n");
        write("secrets-password", "four blue plums\n");
        QTcpServer probe; // any free port; nobody else takes it in the meantime but by ill luck
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        m_port = probe.serverPort();
        probe.close();
        const auto added =
            serverCommand({QStringLiteral("hospital"), QStringLiteral("add"), QStringLiteral("Hill")});
        QCOMPARE(added.code, 0);
        m_code = added.out.trimmed().section(u'\n', -1);
        QVERIFY(m_code.size() > 150);
        startServer();
    }

    void aPcJoinsWithEverythingItHas()
    {
        QCOMPARE(
            ctl("first", {QStringLiteral("init"), QStringLiteral("--hospital"), QStringLiteral("Hill"),
                          QStringLiteral("--branch"), QStringLiteral("Main"), QStringLiteral("--timezone"),
                          QStringLiteral("UTC"), QStringLiteral("--currency"), QStringLiteral("ZAR"),
                          QStringLiteral("--admin"), QStringLiteral("admin")})
                .code,
            0);
        const QString sample = QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/patients-sample.csv");
        QCOMPARE(ctl("first", {QStringLiteral("import"), QStringLiteral("patients"), sample}).code, 0);
        // A code with one wrong letter is refused before anything is sent.
        QString wrong = m_code;
        wrong[20] = wrong[20] == u'A' ? u'B' : u'A';
        QCOMPARE(ctl("first", {QStringLiteral("enrol"), wrong}).code, 1);
        QCOMPARE(ctl("first", {QStringLiteral("enrol"), m_code.toLower()}).code, 0);
        QCOMPARE(ctl("first", {QStringLiteral("enrol"), m_code}).code, 1); // once
        const auto done = ctl("first", {QStringLiteral("sync")});
        QCOMPARE(done.code, 0);
        QCOMPARE(done.json().value(QStringLiteral("waiting")).toInt(), 0);
    }

    void aSecondPcHasEverythingAndLogsItsPeopleIn()
    {
        const auto code = ctl("first", {QStringLiteral("code")});
        QCOMPARE(code.code, 0);
        const QString text = code.json().value(QStringLiteral("code")).toString();
        QCOMPARE(ctl("second", {QStringLiteral("enrol"), text}).code, 0);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        const auto found =
            ctl("second", {QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("jacques")});
        QCOMPARE(found.code, 0);
        QVERIFY(found.out.contains(QStringLiteral("Theron")));
        QCOMPARE(ctl("second", {QStringLiteral("verify")}).code, 0);
        // The code was good once.
        QCOMPARE(ctl("third", {QStringLiteral("enrol"), text}).code, 1);
        // Somebody else's hospital does not come in.
        QCOMPARE(
            ctl("fourth", {QStringLiteral("init"), QStringLiteral("--hospital"), QStringLiteral("Other"),
                           QStringLiteral("--branch"), QStringLiteral("Main"), QStringLiteral("--timezone"),
                           QStringLiteral("UTC"), QStringLiteral("--currency"), QStringLiteral("ZAR"),
                           QStringLiteral("--admin"), QStringLiteral("admin")})
                .code,
            0);
        const auto next =
            ctl("first", {QStringLiteral("code")}).json().value(QStringLiteral("code")).toString();
        QCOMPARE(ctl("fourth", {QStringLiteral("enrol"), next}).code, 1);
    }

    // A PC that never sees the network exchanges by files that another one carries.
    void aFileIsCarried()
    {
        const auto take = [&](const char *pc, const char *name) {
            const QByteArray csv =
                QByteArray("Family name,Given name,Sex,Birth date\n") + name + ",Ada,f,1990-01-02\n";
            QCOMPARE(
                ctl(pc, {QStringLiteral("import"), QStringLiteral("patients"), write("one.csv", csv)}).code,
                0);
        };
        take("second", "Carriedaway");
        take("first", "Broughtback");
        QCOMPARE(ctl("first", {QStringLiteral("sync")}).code, 0);
        const auto sync = [&](const char *pc, const QStringList &rest) {
            return ctl(pc, QStringList{QStringLiteral("sync")} + rest);
        };
        QCOMPARE(sync("second", {QStringLiteral("export"), path("out.parcel")}).code, 0);
        QFile file(path("out.parcel"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Carriedaway"));
        QCOMPARE(sync("first", {QStringLiteral("carry"), path("out.parcel"), path("back.parcel")}).code, 0);
        QCOMPARE(sync("first", {QStringLiteral("import"), path("back.parcel")}).code, 1); // not for this PC
        QCOMPARE(sync("second", {QStringLiteral("import"), path("out.parcel")}).code, 1); // not an answer
        const auto done = sync("second", {QStringLiteral("import"), path("back.parcel")});
        QCOMPARE(done.code, 0);
        QVERIFY(done.json().value(QStringLiteral("answered")).toInt() > 0);
        QCOMPARE(sync("second", {QStringLiteral("import"), path("back.parcel")}).code, 0); // twice is once
        const auto finds = [&](const char *pc, const char *name) {
            return ctl(pc, {QStringLiteral("patients"), QStringLiteral("find"), QString::fromLatin1(name)})
                       .out.count(QString::fromLatin1(name), Qt::CaseInsensitive) > 0;
        };
        QVERIFY(finds("second", "Broughtback"));
        QCOMPARE(ctl("first", {QStringLiteral("sync")}).code, 0);
        QVERIFY(finds("first", "Carriedaway"));
        // A file that was cut, or another hospital's, is refused with a sentence.
        QVERIFY(QFile::resize(path("back.parcel"), 700));
        QCOMPARE(sync("second", {QStringLiteral("import"), path("back.parcel")}).code, 5);
        const auto other = sync("fourth", {QStringLiteral("carry"), path("out.parcel"), path("x.parcel")});
        QCOMPARE(other.code, 1);
        QVERIFY(!other.err.trimmed().isEmpty());
        QVERIFY(!QFile::exists(path("x.parcel")));
    }

    // Whatever the server holds, writes or logs: no name of a patient stands in it.
    void theServerCannotReadNames()
    {
        const QDir folder(path("server"));
        QByteArray all;
        for (const QString &name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            all += file.readAll();
        }
        QFile log(path("server.log"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        all += log.readAll();
        QVERIFY(all.size() > 100'000);
        QVERIFY(all.contains("update") || all.contains("patient")); // it was looked into at all
        for (const char *name : {"Theron", "Jacques", "Nguyen", "argon2id"})
            QVERIFY2(!all.contains(name), name);
    }

    // kill -9 of either side in the middle: nothing is lost and nothing is there twice.
    void killedInTheMiddleOfIt()
    {
        QByteArray csv("Family name,Given name,Sex,Birth date\n");
        for (int i = 0; i < 3000; ++i)
            csv += "Killtest" + QByteArray::number(i) + ",Ada,f,1990-01-02\n";
        QCOMPARE(
            ctl("first", {QStringLiteral("import"), QStringLiteral("patients"), write("many.csv", csv)}).code,
            0);
        for (int round = 0; round < 6; ++round) {
            QProcess device;
            device.start(program("clinicdeskctl"), pc("first", {QStringLiteral("sync")}));
            QVERIFY(device.waitForStarted());
            QTest::qWait(120 + round * 90);
            if (round % 2) {
                device.kill();
            } else {
                stopServer(true);
                startServer();
            }
            QVERIFY(device.state() == QProcess::NotRunning || device.waitForFinished(60'000));
        }
        QTRY_COMPARE_WITH_TIMEOUT(ctl("first", {QStringLiteral("sync")}).code, 0, 60'000);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        const auto count = [&](const char *folder) {
            return ctl(folder, {QStringLiteral("verify")}).json().value(QStringLiteral("patients")).toInt();
        };
        QVERIFY(count("first") > 3500);
        QCOMPARE(count("second"), count("first"));
        QCOMPARE(ctl("second", {QStringLiteral("verify")}).code, 0);
    }

    // An old backup takes the server's place under PCs that know more: they bring it back.
    void aRestoredServerIsFilledAgain()
    {
        QCOMPARE(serverCommand({QStringLiteral("backup"), path("server.backup")}).code, 0);
        QByteArray csv("Family name,Given name,Sex,Birth date\nAfterbackup,Ada,f,1990-01-02\n");
        QCOMPARE(
            ctl("second", {QStringLiteral("import"), QStringLiteral("patients"), write("one.csv", csv)}).code,
            0);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        stopServer(false);
        QCOMPARE(serverCommand({QStringLiteral("restore"), path("server.backup")}).code, 0);
        startServer();
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        QCOMPARE(ctl("first", {QStringLiteral("sync")}).code, 0);
        const auto found =
            ctl("first", {QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("afterbackup")});
        QVERIFY(found.out.contains(QStringLiteral("Afterbackup")));
    }

    // What is to be restored is looked at before anything is touched, and nothing that was there goes.
    void restoringKeepsWhatIsThere()
    {
        const QString folder = path("keeper");
        const auto command = [&](const QString &data, const QStringList &rest) {
            return run(program("clinicdesk-server"),
                       QStringList{QStringLiteral("--data"), data, QStringLiteral("--plain-http"),
                                   QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} +
                           rest);
        };
        const auto hospitals = [&](const QString &data) {
            const auto told = command(data, {QStringLiteral("hospital"), QStringLiteral("list")});
            return told.code == 0 ? int(told.out.count(QStringLiteral("PCs"))) : -1;
        };
        const auto add = [&](const char *name) {
            return command(folder,
                           {QStringLiteral("hospital"), QStringLiteral("add"), QString::fromLatin1(name)})
                .code;
        };
        const auto restore = [&](const QString &file) {
            return command(folder, {QStringLiteral("restore"), file});
        };
        const auto names = [&] {
            return QDir(folder).entryList({QStringLiteral("server.db*")}, QDir::Files);
        };
        const auto asides = [&] {
            return QDir(folder).entryList({QStringLiteral("server.db.before-restore-*")}, QDir::Files);
        };
        const QString copy = path("keeper.backup");
        QCOMPARE(add("One"), 0);
        QCOMPARE(command(folder, {QStringLiteral("backup"), copy}).code, 0);
        QProcess server;
        server.start(program("clinicdesk-server"),
                     {QStringLiteral("--data"), folder, QStringLiteral("--plain-http"),
                      QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QVERIFY(server.waitForReadyRead(20'000));
        QCOMPARE(add("Two"), 0); // in the log, as long as the server has it open
        const auto beside = restore(copy);
        QCOMPARE(beside.code, 1);
        QVERIFY2(beside.err.contains(QStringLiteral("stop it first")), qPrintable(beside.err));
        server.kill();
        QVERIFY(server.waitForFinished(20'000));
        QVERIFY(QFileInfo(folder + QStringLiteral("/server.db-wal")).size() > 0);

        QFile whole(copy);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        for (const QByteArray &content :
             {QByteArray("no database"), QByteArray(), bytes.left(bytes.size() / 2),
              bytes.left(4096) + QByteArray(bytes.size() - 4096, 'x')}) {
            const QStringList before = names();
            const auto refused = restore(write("keeper.odd", content));
            QCOMPARE(refused.code, 1);
            QVERIFY(refused.err.contains(QStringLiteral("keeper.odd")));
            QCOMPARE(names(), before);
        }
        for (int round = 1; round <= 2; ++round) {
            QCOMPARE(restore(copy).code, 0);
            QCOMPARE(hospitals(folder), 1);
            QCOMPARE(asides().size(), round);
        }
        // Everything that was there is in what was set aside, the log too.
        const QString other = path("keeper-before");
        QVERIFY(QDir().mkpath(other));
        for (const char *key : {"signing.key", "signing.key.copy"})
            QVERIFY(QFile::copy(folder + u'/' + QString::fromLatin1(key),
                                other + u'/' + QString::fromLatin1(key)));
        QVERIFY(QFile::copy(folder + u'/' + asides().first(), other + QStringLiteral("/server.db")));
        QCOMPARE(hospitals(other), 2);

        // The key that PCs know it by: either of the two is enough, and none is made anew unasked.
        const QString key = folder + QStringLiteral("/signing.key");
        QFile::resize(key, 0);
        QCOMPARE(hospitals(folder), 1);
        QVERIFY(QFileInfo(key).size() > 0);
        QFile::resize(key, 0);
        QFile::resize(key + QStringLiteral(".copy"), 0);
        auto told = command(folder, {QStringLiteral("hospital"), QStringLiteral("list")});
        QCOMPARE(told.code, 1);
        QVERIFY2(told.err.contains(QStringLiteral("signing.key is empty or damaged")), qPrintable(told.err));
        QVERIFY(QFile::remove(key) && QFile::remove(key + QStringLiteral(".copy")));
        told = command(folder, {QStringLiteral("hospital"), QStringLiteral("list")});
        QCOMPARE(told.code, 1);
        QVERIFY2(told.err.contains(QStringLiteral("signing.key is missing")), qPrintable(told.err));
        QVERIFY(!QFile::exists(key));
        QCOMPARE(command(folder, {QStringLiteral("--new-signing-key"), QStringLiteral("hospital"),
                                  QStringLiteral("list")})
                     .code,
                 0);
        QCOMPARE(hospitals(folder), 1);
    }

    // Somebody puts an older copy of a PC's folder back and goes on working: nothing that either file wrote
    // is lost or there twice, and the PC needs no new code.
    void aFileThatWasPutBack()
    {
        const QDir folder(path("second"));
        const auto copyTo = [&](const QString &from, const QString &to) {
            for (const QString &name : QDir(from).entryList({QStringLiteral("*.db*")}, QDir::Files)) {
                QFile::remove(to + u'/' + name);
                QVERIFY(QFile::copy(from + u'/' + name, to + u'/' + name));
            }
        };
        const auto take = [&](const char *name) {
            const QByteArray csv =
                QByteArray("Family name,Given name,Sex,Birth date\n") + name + ",Ada,f,1990-01-02\n";
            QCOMPARE(
                ctl("second", {QStringLiteral("import"), QStringLiteral("patients"), write("one.csv", csv)})
                    .code,
                0);
        };
        take("Waitedincopy");
        QVERIFY(QDir().mkpath(path("copy")));
        copyTo(folder.path(), path("copy"));
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        take("Onlyonserver");
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        copyTo(path("copy"), folder.path());
        take("Afterwards");
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        QCOMPARE(ctl("first", {QStringLiteral("sync")}).code, 0);
        for (const char *pc : {"first", "second"}) {
            for (const char *name : {"Waitedincopy", "Onlyonserver", "Afterwards"}) {
                const auto found = ctl(pc, {QStringLiteral("patients"), QStringLiteral("find"),
                                            QString::fromLatin1(name).toLower()});
                QVERIFY2(found.out.count(QString::fromLatin1(name)) == 1,
                         qPrintable(QString::fromLatin1(pc) + u' ' + found.out));
            }
        }
        const auto list = serverCommand({QStringLiteral("devices"), QStringLiteral("list"), hospitalId()});
        QCOMPARE(list.out.count(u'\n'), 3);
        QCOMPARE(list.out.count(QStringLiteral("retired")), 1);
    }

    void whoMayNotIsTurnedAway()
    {
        QCOMPARE(ask("GET", "/healthz").first, 200);
        QVERIFY(ask("GET", "/metrics").second.contains("clinicdesk_requests_total"));
        QCOMPARE(ask("GET", "/v1/everything").first, 404);
        QCOMPARE(ask("GET", "/v1/push").first, 405);
        for (const char *route : {"/v1/push", "/v1/pull", "/v1/boot", "/v1/repair", "/v1/codes"})
            QCOMPARE(ask("POST", route, "{}").first, 401);
        QCOMPARE(ask("GET", "/v1/live?since=0").first, 401);
        QCOMPARE(ask("POST", "/v1/pull", "{}", "e30.e30.e30").first, 401);
        QCOMPARE(ask("POST", "/v1/token", "not json").first, 400);
        QCOMPARE(ask("POST", "/v1/token", "{\"hospital\":\"x\"}").first, 400);
        // A token that signs itself.
        const auto mine = crypto::newSigningKey();
        const auto url = [](const QByteArray &b) {
            return b.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        };
        const QByteArray text =
            url("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}") + '.' +
            url("{\"sub\":\"" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + "\",\"hos\":\"" +
                QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + "\",\"iat\":1,\"exp\":99999999999}");
        QCOMPARE(ask("GET", "/v1/hello", {}, text + '.' + url(crypto::sign(text, mine.secretKey))).first,
                 401);
        QCOMPARE(ask("GET", "/v1/hello", {}, url("{\"alg\":\"none\"}") + '.' + url("{}") + '.').first, 401);
        // Too much, at the door.
        QVERIFY(raw("POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n")
                    .startsWith("HTTP/1.1 413"));
        QVERIFY(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(20'000, 'a') + "\r\n\r\n")
                    .startsWith("HTTP/1.1 431"));
        // Two lengths, or a length and chunks: nothing a proxy could be fooled with is answered with 200.
        QVERIFY(!raw("POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc")
                     .contains(" 200 "));
        QVERIFY(!raw("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
                     "chunked\r\n\r\n0\r\n\r\n")
                     .contains(" 200 "));
        QVERIFY(!raw(QByteArray(100, '\0')).contains("200"));
        QCOMPARE(ask("GET", "/healthz").first, 200);
    }

    void aRevokedPcGetsNothingMore()
    {
        QFile folder(path("second"));
        const auto status = ctl("second", {QStringLiteral("sync")});
        QCOMPARE(status.code, 0);
        // The hospital's id stands in the code.
        const auto hospital = hospitalId();
        const auto list = serverCommand({QStringLiteral("devices"), QStringLiteral("list"), hospital});
        QCOMPARE(list.out.count(u'\n'), 3); // the second is its own predecessor's successor
        const QString second = list.out.section(u'\n', 2, 2).section(u'\t', 0, 0);
        QCOMPARE(serverCommand({QStringLiteral("devices"), QStringLiteral("revoke"), hospital, second}).code,
                 0);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 3);
        QCOMPARE(ctl("second", {QStringLiteral("verify")}).code, 0); // and loses nothing
        QCOMPARE(
            serverCommand({QStringLiteral("devices"), QStringLiteral("activate"), hospital, second}).code, 0);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
    }

    // With a new code a PC that was revoked comes back as another device; what it wrote meanwhile comes
    // along.
    void aRevokedPcComesBackWithACode()
    {
        const auto list = serverCommand({QStringLiteral("devices"), QStringLiteral("list"), hospitalId()});
        const QString second = list.out.section(u'\n', 2, 2).section(u'\t', 0, 0);
        QCOMPARE(
            serverCommand({QStringLiteral("devices"), QStringLiteral("revoke"), hospitalId(), second}).code,
            0);
        QByteArray csv("Family name,Given name,Sex,Birth date\nWhilerevoked,Ada,f,1990-01-02\n");
        QCOMPARE(
            ctl("second", {QStringLiteral("import"), QStringLiteral("patients"), write("one.csv", csv)}).code,
            0);
        const auto code =
            ctl("first", {QStringLiteral("code")}).json().value(QStringLiteral("code")).toString();
        QCOMPARE(ctl("second", {QStringLiteral("enrol"), code}).code, 0);
        QCOMPARE(ctl("second", {QStringLiteral("sync")}).code, 0);
        QCOMPARE(ctl("first", {QStringLiteral("sync")}).code, 0);
        const auto found = ctl(
            "first", {QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("whilerevoked")});
        QVERIFY(found.out.contains(QStringLiteral("Whilerevoked")));
        QCOMPARE(ctl("second", {QStringLiteral("verify")}).code, 0);
    }

    // The real programs: reported lost, at its next contact the PC has nothing left, and what it had not sent
    // is kept aside on the server.
    void aLostPcKeepsNothing()
    {
        QVERIFY(QDir().mkpath(path("lost")));
        const QStringList keeping{QStringLiteral("code"), QStringLiteral("--branch")};
        QCOMPARE(ctl("first", keeping + QStringList{QStringLiteral("Nowhere")}).code, 1);
        const auto code = ctl("first", keeping + QStringList{QStringLiteral("Main")})
                              .json()
                              .value(QStringLiteral("code"))
                              .toString();
        QCOMPARE(ctl("lost", {QStringLiteral("enrol"), code}).code, 0);
        QCOMPARE(ctl("lost", {QStringLiteral("sync")}).code, 0);
        QCOMPARE(ctl("lost", {QStringLiteral("import"), QStringLiteral("patients"),
                              write("lost.csv",
                                    "Family name,Given name,Sex,Birth date\nOnthelost,Ada,f,1990-01-02\n")})
                     .code,
                 0);
        QVERIFY(QDir().mkpath(path("lost/backups")));
        for (const char *name :
             {"lost/backups/clinic-20260101-000000.db", "lost/clinic.db.before-schema-3", "lost/letter.pdf"})
            write(name, "something");
        const auto list = serverCommand({QStringLiteral("devices"), QStringLiteral("list"), hospitalId()});
        const QString device = list.out.trimmed().section(u'\n', -1).section(u'\t', 0, 0);
        QCOMPARE(
            serverCommand({QStringLiteral("devices"), QStringLiteral("lost"), hospitalId(), device}).code, 0);
        const auto ordered = ctl("lost", {QStringLiteral("sync")});
        QVERIFY(ordered.code != 0);
        QVERIFY2(ordered.err.contains(QStringLiteral("reported lost")) ||
                     ordered.out.contains(QStringLiteral("reported lost")),
                 qPrintable(ordered.out + ordered.err));
        const auto left = QDir(path("lost")).entryList(QDir::Files | QDir::Hidden);
        QCOMPARE(left,
                 (QStringList{QStringLiteral("clinic.db.lock"), QStringLiteral("letter.pdf")})); // not ours
        QVERIFY(QDir(path("lost/backups")).isEmpty());
        const auto status = ctl("first", {QStringLiteral("sync")});
        QVERIFY2(status.json().value(QStringLiteral("attention")).toInt() > 0, qPrintable(status.out));
    }

    void whoeverAsksTooOftenIsToldToWait()
    {
        QTemporaryDir folder;
        test::ServerProcess server(folder.path(), {}, false, 1); // a burst of four, then one a second
        server.start();
        QTcpSocket socket;
        const auto hello = [&socket, &server] {
            QByteArray answer;
            if (socket.state() != QAbstractSocket::ConnectedState) { // a refusal ends the connection
                socket.abort();
                socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(server.port()));
                socket.waitForConnected(5000);
            }
            socket.write("GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n");
            while (!answer.contains('}') && socket.waitForReadyRead(5000))
                answer += socket.readAll();
            if (answer.contains("HTTP/1.1 429"))
                socket.abort();
            return answer;
        };
        int served = 0;
        QByteArray answer = hello();
        for (; served < 1000 && answer.contains("HTTP/1.1 401"); ++served)
            answer = hello();
        QVERIFY2(answer.contains("HTTP/1.1 429"), answer.constData());
        QVERIFY2(answer.toLower().contains("retry-after"), answer.constData());
        QVERIFY(served >= 4); // and not at once
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 30'000 && answer.contains("HTTP/1.1 429"))
            answer = hello();
        QVERIFY2(answer.contains("HTTP/1.1 401"), answer.constData()); // it is over after a while
    }

    // Whoever shows no token, or one that asks for too much, costs the server no memory: it says no after the
    // first lines, and what comes all the same is dropped.
    void whatNobodyAskedForIsNotKept()
    {
        QTemporaryDir folder;
        test::ServerProcess server(folder.path(), {}, false);
        server.start();
        const auto connected = [&server] {
            auto socket = std::make_unique<QTcpSocket>();
            socket->connectToHost(QStringLiteral("127.0.0.1"), quint16(server.port()));
            socket->waitForConnected(5000);
            return socket;
        };
        const auto said = [](QTcpSocket &socket) {
            QByteArray answer;
            while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(5000))
                answer += socket.readAll();
            return answer.left(12);
        };
        const auto send = [](QTcpSocket &socket, const QByteArray &bytes) {
            socket.write(bytes);
            while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5000)) {
            }
        };
        const QByteArray large(1'900'000, 'a');
        const auto post = [&large](const char *route, const QByteArray &token) {
            return QByteArray("POST ") + route + " HTTP/1.1\r\nHost: x\r\n" +
                   (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n") +
                   "Content-Length: " + QByteArray::number(large.size() + 1) + "\r\n\r\n";
        };
        const double before = server.memory();
        std::vector<std::unique_ptr<QTcpSocket>> held;
        for (int i = 0; i < 30; ++i) {
            held.push_back(connected());
            send(*held.back(), post(i % 2 ? "/v1/push" : "/v1/token", {}));
            QCOMPARE(said(*held.back()), QByteArray(i % 2 ? "HTTP/1.1 401" : "HTTP/1.1 413"));
            send(*held.back(), large);
        }
        QVERIFY2(server.memory() < before + 20'000, qPrintable(QString::number(server.memory())));
        // Chunks without an end, and extensions of chunks.
        for (const QByteArray begun : {"2;", "2\r\n{}\r\n0\r\nX: "}) {
            held.push_back(connected());
            send(*held.back(),
                 "POST /v1/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + begun);
            QCOMPARE(said(*held.back()), QByteArray("HTTP/1.1 411"));
            for (int i = 0; i < 30 && held.back()->state() == QAbstractSocket::ConnectedState; ++i)
                send(*held.back(), large);
        }
        QVERIFY2(server.memory() < before + 20'000, qPrintable(QString::number(server.memory())));
        held.clear();
        // A PC that is known has its share and no more.
        QFile file(folder.filePath(QStringLiteral("signing.key")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const QByteArray token = sync::encodeToken({Id::create(1), Id::create(2), now, now + 600'000},
                                                   QByteArray::fromBase64(file.readAll()));
        for (int i = 0; i < 40; ++i) {
            held.push_back(connected());
            send(*held.back(), post("/v1/push", token));
            send(*held.back(), large);
        }
        qsizetype refused = 0;
        QTRY_VERIFY((refused += std::ranges::count_if(held, [](const auto &socket) {
                         return socket->readAll().startsWith("HTTP/1.1 503");
                     })) >= 20);
        QVERIFY2(server.memory() < before + 60'000, qPrintable(QString::number(server.memory())));
        auto other = connected();
        send(*other, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(said(*other), QByteArray("HTTP/1.1 200"));
    }

    // A program that sends all before it listens hears why all the same.
    void whoIsRefusedHearsWhy()
    {
        QCOMPARE(ask("POST", "/v1/push", QByteArray(1'500'000, 'x')).first, 401);
        QCOMPARE(ask("POST", "/v1/push", QByteArray(3'500'000, 'x')).first, 413);
        QCOMPARE(ask("GET", "/healthz").first, 200);
    }

    void oneAddressDoesNotGetEveryConnection()
    {
        QTemporaryDir folder;
        test::ServerProcess server(folder.path(), {}, true, 1'000'000,
                                   {QStringLiteral("--connections"), QStringLiteral("40"),
                                    QStringLiteral("--connections-per-address"), QStringLiteral("39")});
        server.start();
        std::vector<std::unique_ptr<QTcpSocket>> held;
        for (int i = 0; i < 60; ++i) {
            held.push_back(std::make_unique<QTcpSocket>());
            held.back()->connectToHost(QStringLiteral("127.0.0.1"), quint16(server.port()));
            QVERIFY(held.back()->waitForConnected(5000));
        }
        const auto open = [&held] {
            return std::ranges::count_if(
                held, [](const auto &socket) { return socket->state() == QAbstractSocket::ConnectedState; });
        };
        QTRY_COMPARE(open(), 30); // three quarters at most, whatever was asked for
        QSslSocket other;
        other.setPeerVerifyMode(QSslSocket::VerifyNone);
        QVERIFY(other.bind(QHostAddress(QStringLiteral("127.0.0.2"))));
        other.connectToHostEncrypted(QStringLiteral("127.0.0.1"), quint16(server.port()));
        QVERIFY(other.waitForEncrypted(5000));
        other.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(other.waitForReadyRead(5000));
        QVERIFY(other.readAll().startsWith("HTTP/1.1 200"));
        held.clear();
    }

    void onlyCiphersThatAuthenticate()
    {
        const auto connects = [this](QSsl::SslProtocol protocol, const char *cipher) {
            QSslConfiguration configuration;
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
            configuration.setProtocol(protocol);
            if (cipher)
                configuration.setCiphers({QSslCipher(QString::fromLatin1(cipher))});
            QSslSocket socket;
            socket.setSslConfiguration(configuration);
            socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), quint16(m_port));
            return socket.waitForEncrypted(5000);
        };
        QVERIFY(connects(QSsl::TlsV1_3OrLater, nullptr));
        QVERIFY(connects(QSsl::TlsV1_2, "ECDHE-ECDSA-AES128-GCM-SHA256"));
        for (const char *cipher : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA",
                                   "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA384"}) {
            QVERIFY2(!QSslCipher(QString::fromLatin1(cipher)).isNull(), cipher);
            QVERIFY2(!connects(QSsl::TlsV1_2, cipher), cipher);
        }
    }

    // A core dump of it would hold what it has in memory.
    void theProgramLeavesNoDump()
    {
        for (const char *line : {"Max core file size"}) {
            QFile file(QStringLiteral("/proc/%1/limits").arg(m_server->processId()));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray limits = file.readAll();
            QVERIFY(limits.mid(limits.indexOf(line)).simplified().startsWith(QByteArray(line) + " 0 0 "));
        }
    }

    // A server whose disk takes nothing any more says so to whoever watches it.
    void aFullDiskIsNotHealthy()
    {
        QTemporaryDir folder;
        test::ServerProcess server(folder.path(), {}, true);
        server.start();
        const int usual = std::exchange(m_port, server.port());
        const auto health = [this] { return ask("GET", "/healthz").first; };
        QTRY_COMPARE_WITH_TIMEOUT(health(), 200, 20'000);
        server.limitFiles(0);
        QTRY_COMPARE_WITH_TIMEOUT(health(), 503, 20'000);
        server.limitFiles(-1);
        QTRY_COMPARE_WITH_TIMEOUT(health(), 200, 20'000);
        m_port = usual;
    }

private:
    // Of the first PC's file, as the program prints it.
    QString hospitalId() const
    {
        return ctl("first", {QStringLiteral("config")}).json().value(QStringLiteral("hospital")).toString();
    }
};

int main(int argc, char **argv)
{
    return test::run<TstServer, QCoreApplication>(argc, argv);
}
#include "tst_server.moc"
