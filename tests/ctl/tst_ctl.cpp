// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/accounts.h"
#include "services/opening.h"
#include "storage/backup.h"
#include "storage/copying.h"
#include "storage/migrator.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <csignal>

using namespace clinic;

// The real program, as a script or an administrator calls it.
class TstCtl : public QObject
{
    Q_OBJECT

    struct Answer
    {
        int code = -1;
        QJsonObject json;
        QString out;
        QString err;
    };

    QTemporaryDir m_dir;
    QString m_clinic;
    QString m_secret;

    QStringList signedIn(const QStringList &rest, const QString &clinic = {}) const
    {
        return QStringList{QStringLiteral("--data"),          clinic.isEmpty() ? m_clinic : clinic,
                           QStringLiteral("--user"),          QStringLiteral("admin"),
                           QStringLiteral("--password-file"), m_secret,
                           QStringLiteral("--json")} +
               rest;
    }
    static Answer ctl(const QStringList &arguments, const QString &home = {})
    {
        QProcess process;
        // What a user's terminal shows, not what the tests' own environment leaves out.
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("QT_LOGGING_RULES"));
        if (!home.isEmpty()) {
            environment.insert(QStringLiteral("XDG_DATA_HOME"), home + QStringLiteral("/data"));
            environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home + QStringLiteral("/config"));
            environment.remove(QStringLiteral("CLINICDESK_PROFILE"));
        }
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdeskctl"), arguments);
        Answer answer;
        if (!process.waitForFinished(120'000))
            return answer;
        answer.code = process.exitCode();
        answer.err = QString::fromUtf8(process.readAllStandardError());
        answer.out = QString::fromUtf8(process.readAllStandardOutput());
        answer.json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
        return answer;
    }
    QString write(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_dir.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }

    // What is in `today`, as a file that an older version made and filled.
    static void makeOlder(const QString &today, const QString &file, int version)
    {
        auto c = storage::Connection::open(file, storage::Connection::Mode::ReadWrite);
        QVERIFY(c.has_value());
        test::must(storage::beginFile(**c));
        test::must((*c)->execScript(
            "CREATE TABLE migration (version INTEGER PRIMARY KEY, minimum_reader INTEGER NOT NULL, "
            "hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT"));
        for (const storage::Migration &m : storage::migrations()) {
            if (m.version > version)
                break;
            test::must((*c)->execScript(m.sql));
        }
        test::must((*c)->execScript("ATTACH '" + today.toUtf8() + "' AS today"));
        const auto texts = [&](const QByteArray &sql) {
            QList<QByteArray> found;
            storage::Query q = (*c)->query(sql);
            while (q.next())
                found << q.text(0).toUtf8();
            return found;
        };
        QByteArray script = "PRAGMA foreign_keys=OFF;";
        const auto triggers = texts("SELECT sql FROM main.sqlite_master WHERE type='trigger'");
        for (const QByteArray &name : texts("SELECT name FROM main.sqlite_master WHERE type='trigger'"))
            script += "DROP TRIGGER main." + name + ';';
        for (const QByteArray &table :
             texts("SELECT m.name FROM main.sqlite_master m JOIN today.sqlite_master t ON t.name=m.name AND "
                   "t.type='table' WHERE m.type='table' AND m.name NOT LIKE 'sqlite_%' AND m.sql LIKE "
                   "'CREATE TABLE%'")) {
            const QByteArray columns =
                texts("SELECT '\"' || name || '\"' FROM pragma_table_info('" + table + "')").join(',');
            script += "DELETE FROM main." + table + "; INSERT INTO main." + table + " (" + columns +
                      ") SELECT " + columns + " FROM today." + table + ';';
        }
        script += "DELETE FROM main.migration WHERE version>" + QByteArray::number(version) + ';' +
                  triggers.join(';') + "; PRAGMA user_version=" + QByteArray::number(version);
        test::must((*c)->execScript(script));
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void initTestCase()
    {
        m_clinic = m_dir.filePath(QStringLiteral("clinic"));
        m_secret = write("secret", "three green apples\n");
        const QStringList start{QStringLiteral("--data"),
                                m_clinic,
                                QStringLiteral("init"),
                                QStringLiteral("--hospital"),
                                QStringLiteral("Hill"),
                                QStringLiteral("--branch"),
                                QStringLiteral("Main"),
                                QStringLiteral("--timezone"),
                                QStringLiteral("Africa/Johannesburg"),
                                QStringLiteral("--currency"),
                                QStringLiteral("ZAR"),
                                QStringLiteral("--admin"),
                                QStringLiteral("admin"),
                                QStringLiteral("--password-file"),
                                m_secret};
        const auto made = ctl(start);
        QCOMPARE(made.code, 0);
        QCOMPARE(made.err, QString()); // no word about migrations
        QCOMPARE(ctl(start).code, 1);  // a clinic is there already
    }

    // A set-up that was killed after it wrote the key file, and before its commit, is done again.
    void anInterruptedSetUpIsDoneAgain()
    {
        const QString clinic = m_dir.filePath(QStringLiteral("interrupted"));
        QVERIFY(QDir().mkpath(clinic));
        {
            test::FakeClock clock;
            storage::Database::Options options;
            options.path = clinic + QStringLiteral("/clinic.db");
            options.inlineExecutors = true;
            auto opening = services::Opening::look(options.path, {}, clock);
            QVERIFY(opening.has_value());
            options.key = opening->key();
            const auto keys = opening->takeKeyFile();
            QVERIFY(storage::Database::open(options, clock).has_value());
            const QString password = QStringLiteral("correct horse");
            test::must(keys->hold(Id::create(1), QStringLiteral("administrator"), password,
                                  crypto::passwordVerifier(password, services::passwordCost(true)),
                                  services::passwordCost(true)));
            test::must(keys->save());
        }
        const auto begin = [&](const QString &passwords) {
            return ctl({QStringLiteral("--data"), clinic, QStringLiteral("init"),
                        QStringLiteral("--hospital"), QStringLiteral("Hill"), QStringLiteral("--branch"),
                        QStringLiteral("Main"), QStringLiteral("--timezone"), QStringLiteral("UTC"),
                        QStringLiteral("--currency"), QStringLiteral("EUR"), QStringLiteral("--admin"),
                        QStringLiteral("administrator"), QStringLiteral("--password-file"), passwords});
        };
        const QString right = write("right", "correct horse");
        const auto other = begin(write("other-password", "battery staple"));
        QCOMPARE(other.code, 1);
        QVERIFY2(other.err.contains(QStringLiteral("holds a clinic already")), qPrintable(other.err));
        const auto again = begin(right);
        QVERIFY2(again.code == 0, qPrintable(again.err));
        QVERIFY(again.out.contains(QStringLiteral("Recovery key")));
        QCOMPARE(
            ctl({QStringLiteral("--data"), clinic, QStringLiteral("--user"), QStringLiteral("administrator"),
                 QStringLiteral("--password-file"), right, QStringLiteral("verify")})
                .code,
            0);
        QCOMPARE(begin(right).code, 1);
    }

    // A file that is not there must not be told of: a sentence, a code, and what was there before.
    void exportsWithoutRoomFail()
    {
#ifdef CLINIC_FULL_DISK
        const QString csv =
            write("people.csv", "family_name,given_name,sex,birth_date\nMoyo,Ada,female,1990-01-01\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), csv})).code, 0);
        const auto found =
            ctl(signedIn({QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("Moyo")}));
        const QString number = found.json.value(QStringLiteral("found"))
                                   .toArray()
                                   .at(0)
                                   .toObject()
                                   .value(QStringLiteral("number"))
                                   .toString();
        QVERIFY(!number.isEmpty());
        const QString out = m_dir.filePath(QStringLiteral("out"));
        QVERIFY(QDir().mkpath(out));
        const QString file = out + QStringLiteral("/file");
        const QList<QStringList> commands{{QStringLiteral("export"), QStringLiteral("patients"), file},
                                          {QStringLiteral("export"), QStringLiteral("person"), number, file},
                                          {QStringLiteral("audit"), QStringLiteral("export"), file},
                                          { QStringLiteral("import"),
                                            QStringLiteral("patients"),
                                            csv,
                                            QStringLiteral("--report"),
                                            file }};
        for (const QStringList &command : commands) {
            const auto written = ctl(signedIn(command));
            QVERIFY2(written.code == 0, qPrintable(written.err));
        }
        const QStringList names = QDir(out).entryList(QDir::Files);
        QVERIFY(names.size() >= 4);
        for (const QString &name : names) {
            QFile old(out + u'/' + name);
            QVERIFY(old.size() > 0 && old.open(QIODevice::WriteOnly) && old.write("as it was") == 9);
        }
        qputenv("LD_PRELOAD", CLINIC_FULL_DISK);
        qputenv("ASAN_OPTIONS", "verify_asan_link_order=0:" + qgetenv("ASAN_OPTIONS"));
        qputenv("CLINICDESK_NO_ROOM_FOR", "/out/file");
        QList<Answer> answers;
        for (const QStringList &command : commands)
            answers << ctl(signedIn(command));
        qunsetenv("LD_PRELOAD");
        qunsetenv("CLINICDESK_NO_ROOM_FOR");
        for (const Answer &answer : answers) {
            QCOMPARE(answer.code, 1);
            QVERIFY2(answer.err.contains(QStringLiteral("no room on the disk for")), qPrintable(answer.err));
        }
        QCOMPARE(QDir(out).entryList(QDir::Files | QDir::Hidden), names);
        for (const QString &name : names) {
            QFile old(out + u'/' + name);
            QVERIFY(old.open(QIODevice::ReadOnly));
            QCOMPARE(old.readAll(), QByteArray("as it was"));
        }
#else
        QSKIP("fills a disk by a library of Linux");
#endif
    }

    // Who may do what, who is gone, what it is made of.
    void accessIsReviewed()
    {
        QCOMPARE(ctl(signedIn({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("rose"),
                               QStringLiteral("--role"), QStringLiteral("clerk"),
                               QStringLiteral("--new-password-file"), m_secret}))
                     .code,
                 0);
        const auto told =
            ctl({QStringLiteral("--data"), m_clinic, QStringLiteral("--user"), QStringLiteral("admin"),
                 QStringLiteral("--password-file"), m_secret, QStringLiteral("review")});
        QCOMPARE(told.code, 0);
        for (const char *part : {"  rose (", "signed in here never", "password only", "  Qt 6."})
            QVERIFY2(told.out.contains(QLatin1StringView(part)), qPrintable(told.out));
        const auto json = ctl(signedIn({QStringLiteral("review")})).json;
        QJsonObject admin;
        QJsonObject rose;
        for (const QJsonValue value : json.value(u"people").toArray())
            (value[u"user"] == QStringLiteral("admin") ? admin : rose) = value.toObject();
        QVERIFY(admin.value(u"permissions").toArray().contains(QStringLiteral("users.edit")));
        QVERIFY(admin.value(u"last_sign_in").toDouble() > 0 && !admin.value(u"stale").toBool(true));
        QVERIFY(!rose.value(u"permissions").toArray().contains(QStringLiteral("users.edit")));
        QVERIFY(rose.value(u"permissions").toArray().contains(QStringLiteral("patients.edit")));
        QVERIFY(!json.value(u"unused_roles").toArray().isEmpty());
        // Not for everybody.
        QCOMPARE(ctl({QStringLiteral("--data"), m_clinic, QStringLiteral("--user"), QStringLiteral("rose"),
                      QStringLiteral("--password-file"), m_secret, QStringLiteral("review")})
                     .code,
                 3);
    }

    void exitCodesMeanWhatTheySay()
    {
        QCOMPARE(ctl({}).code, 2);
        QCOMPARE(ctl({QStringLiteral("nonsense")}).code, 2);
        QCOMPARE(ctl({QStringLiteral("--data"), m_clinic, QStringLiteral("patients"), QStringLiteral("find"),
                      QStringLiteral("x")})
                     .code,
                 3);
        const QString wrong = write("wrong", "not it\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("--user"), QStringLiteral("admin"),
                               QStringLiteral("--password-file"), wrong, QStringLiteral("patients"),
                               QStringLiteral("find"), QStringLiteral("x")}))
                     .code,
                 3);
        const QString jpeg = m_dir.filePath(QStringLiteral("jpeg"));
        QVERIFY(QDir().mkpath(jpeg));
        write("jpeg/clinic.db", QByteArray("\xff\xd8\xff\xe0", 4) + QByteArray(5000, 'j'));
        const auto odd = ctl(signedIn({QStringLiteral("verify")}, jpeg));
        QCOMPARE(odd.code, 5);
        QVERIFY2(odd.err.contains(QStringLiteral("not a clinic")), qPrintable(odd.err));
        const auto zone =
            ctl({QStringLiteral("--data"), m_dir.filePath(QStringLiteral("other")), QStringLiteral("init"),
                 QStringLiteral("--hospital"), QStringLiteral("H"), QStringLiteral("--branch"),
                 QStringLiteral("B"), QStringLiteral("--timezone"), QStringLiteral("Mars/Base"),
                 QStringLiteral("--currency"), QStringLiteral("ZAR"), QStringLiteral("--admin"),
                 QStringLiteral("ann"), QStringLiteral("--password-file"), m_secret});
        QCOMPARE(zone.code, 1);
        QVERIFY2(zone.err.contains(QStringLiteral("Mars/Base")), qPrintable(zone.err));
    }

    // A command that cannot be done says which option, file or step is missing, and leaves nothing behind.
    void aRefusalSaysTheWayOut()
    {
        const QString none = m_dir.filePath(QStringLiteral("none"));
        const auto inFolder = [](const QString &folder, QStringList words) {
            return QStringList{QStringLiteral("--data"), folder} + words;
        };
        const auto begin = [&](const QString &zone) {
            return ctl(inFolder(none, {QStringLiteral("init"), QStringLiteral("--hospital"),
                                       QStringLiteral("H"), QStringLiteral("--branch"), QStringLiteral("B"),
                                       QStringLiteral("--timezone"), zone, QStringLiteral("--currency"),
                                       QStringLiteral("ZAR"), QStringLiteral("--admin"),
                                       QStringLiteral("ann"), QStringLiteral("--password-file"), m_secret}));
        };
        const auto unset =
            ctl(inFolder(none, {QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("ann")}));
        QCOMPARE(unset.code, 2);
        QVERIFY2(
            unset.err.startsWith(QStringLiteral("init needs --hospital, --branch, --timezone, --currency.")),
            qPrintable(unset.err));
        QVERIFY(!QFile::exists(none));
        QCOMPARE(begin(QStringLiteral("Mars/Base")).code, 1);
        QCOMPARE(QDir(none).entryList(QDir::Files), QStringList());
        for (const QStringList &words : {QStringList{QStringLiteral("verify")},
                                         {QStringLiteral("sync")},
                                         {QStringLiteral("code")},
                                         {QStringLiteral("backup"), QStringLiteral("b.db")},
                                         {QStringLiteral("seal")},
                                         {QStringLiteral("config")}}) {
            const auto missing = ctl(inFolder(none, words));
            QCOMPARE(missing.code, 1);
            QVERIFY2(missing.err.contains(none + QStringLiteral("/clinic.db is not there.")),
                     qPrintable(missing.err));
        }
        QCOMPARE(QDir(none).entryList(QDir::Files), QStringList());
        // A code that is refused leaves no clinic, only the sealed file of keys.
        QVERIFY(ctl(inFolder(none, {QStringLiteral("--secrets-password-file"), m_secret,
                                    QStringLiteral("enrol"), QStringLiteral("XXXX")}))
                    .code != 0);
        QCOMPARE(QDir(none).entryList({QStringLiteral("clinic.*")}, QDir::Files), QStringList());
        // Neither help nor version of the window's program needs a display.
        for (const char *option : {"--help", "--version", "-h", "-v"}) {
            QProcess window;
            QProcessEnvironment without = QProcessEnvironment::systemEnvironment();
            without.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("none-such"));
            window.setProcessEnvironment(without);
            window.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk"), {QString::fromLatin1(option)});
            QVERIFY(window.waitForFinished(60'000));
            QCOMPARE(window.exitStatus(), QProcess::NormalExit);
            QCOMPARE(window.exitCode(), 0);
            QVERIFY(!window.readAllStandardOutput().isEmpty());
        }
        const auto says = [&](const QStringList &words, const char *sentence) {
            const auto answer = ctl(words);
            const bool isSaid = answer.code != 0 && answer.err.contains(QString::fromLatin1(sentence));
            return isSaid ? QString() : QStringLiteral("%1: %2").arg(answer.code).arg(answer.err);
        };
        QCOMPARE(says(signedIn({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("ann")}),
                      "Give --new-password-file FILE."),
                 QString());
        QCOMPARE(says({QStringLiteral("nonsense")}, "clinicdeskctl --help lists the commands."), QString());
        QCOMPARE(says({QStringLiteral("export")}, "  export patients FILE.csv"), QString());
        QCOMPARE(says({QStringLiteral("--odd")}, "clinicdeskctl --help lists the commands."), QString());
        QCOMPARE(says(inFolder(m_clinic,
                               {QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("x")}),
                      "--user NAME and --password-file FILE"),
                 QString());
        for (const QStringList &words :
             {QStringList{QStringLiteral("sync")},
              {QStringLiteral("code")},
              {QStringLiteral("replace-key")},
              {QStringLiteral("sync"), QStringLiteral("export"), QStringLiteral("p")}})
            QCOMPARE(says(signedIn(words),
                          "not connected to a server.\nConnect it with: clinicdeskctl enrol CODE"),
                     QString());
        QCOMPARE(says(signedIn({QStringLiteral("backup"), m_dir.filePath(QStringLiteral("nowhere/b.db"))}),
                      "nowhere is not there."),
                 QString());
        QCOMPARE(says(signedIn({QStringLiteral("import"), QStringLiteral("patients"),
                                QStringLiteral("nofile.csv")}),
                      "nofile.csv is not there."),
                 QString());
    }

    void sampleThroughTheProgram()
    {
        const QString report = m_dir.filePath(QStringLiteral("report.json"));
        const auto done =
            ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"),
                          QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/patients-sample.csv"),
                          QStringLiteral("--report"), report}));
        QCOMPARE(done.code, 0);
        QCOMPARE(done.json.value(u"rows").toInt(), 600);
        QCOMPARE(done.json.value(u"imported").toInt() + done.json.value(u"duplicates").toInt() +
                     done.json.value(u"bad").toInt(),
                 600);
        QFile file(report);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(file.readAll()).object().value(u"details").toArray().size() >=
                done.json.value(u"bad").toInt());
        const auto found = ctl(
            signedIn({QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("jacques ther")}));
        QCOMPARE(found.json.value(u"found").toArray().first().toObject().value(u"family").toString(),
                 QStringLiteral("Theron"));
        QCOMPARE(ctl(signedIn({QStringLiteral("verify")})).code, 0);
    }

    // A list that can be read in two ways is not read: the sentence says what to say.
    void doubtfulListsAreAskedAbout()
    {
        const auto take = [&](const QString &file, const QStringList &more = {}) {
            return ctl(
                signedIn(QStringList{QStringLiteral("import"), QStringLiteral("patients"), file} + more));
        };
        const QString coded = write("coded.csv", "Surname,First name,DOB\nGr\xe9gory,Coded,1980\n");
        auto done = take(coded);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains(QStringLiteral("--encoding")) &&
                     done.err.contains(QStringLiteral("Grégory")),
                 qPrintable(done.err));
        done = take(coded, {QStringLiteral("--encoding"), QStringLiteral("windows-1252")});
        QCOMPARE(done.json.value(u"imported").toInt(), 1);
        const QString dates =
            write("dates.csv", "Surname,First name,DOB\nOne,Dated,3/4/1980\nTwo,Dated,5/6/80\n");
        done = take(dates);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains(QStringLiteral("--dates day-first")), qPrintable(done.err));
        done = take(dates, {QStringLiteral("--dates"), QStringLiteral("month-first")});
        QCOMPARE(done.json.value(u"imported").toInt(), 2);
        const QString columns =
            write("columns.csv", "Foo;Bar;Baz\nHaddad;Amal;1980-01-01\nKhan;;1981-01-01\n;;\n");
        done = take(columns);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains(QStringLiteral("Foo, Bar, Baz")), qPrintable(done.err));
        const QString skipped = m_dir.filePath(QStringLiteral("skipped.csv"));
        const QStringList named{QStringLiteral("--columns"), QStringLiteral("family=foo,given=BAR,birth=Baz"),
                                QStringLiteral("--skipped"), skipped};
        done = take(columns, named);
        QCOMPARE(done.json.value(u"imported").toInt(), 2);
        done = take(columns, named);
        QCOMPARE(done.json.value(u"duplicates").toInt(), 2);
        QFile file(skipped);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray rows = file.readAll();
        QVERIFY(rows.contains("Haddad") && rows.contains("registered already"));
        // Letters of sexes and the order of names, which other languages have otherwise.
        const QString letters =
            write("letters.csv", "Nombre;F. nac.;Sexo\nHaddad Amal;1980;M\nKhan Ali;1981;V\n");
        done = take(letters);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains(QStringLiteral("--names family-first")), qPrintable(done.err));
        const QStringList order{QStringLiteral("--names"), QStringLiteral("family-first")};
        done = take(letters, order);
        QCOMPARE(done.code, 1);
        QVERIFY2(done.err.contains(QStringLiteral("--sexes female=M,male=V")), qPrintable(done.err));
        QCOMPARE(take(letters, order + QStringList{QStringLiteral("--sexes"), QStringLiteral("m/v")}).code,
                 2);
        done =
            take(letters, order + QStringList{QStringLiteral("--sexes"), QStringLiteral("female=M,male=V")});
        QCOMPARE(done.json.value(u"imported").toInt(), 2);
        const auto amal =
            ctl(signedIn({QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("haddad amal")}))
                .json.value(u"found")
                .toArray();
        QVERIFY(std::any_of(amal.begin(), amal.end(), [](const QJsonValue &hit) {
            return hit.toObject().value(u"sex").toString() == u"female" &&
                   hit.toObject().value(u"family").toString() == u"Haddad";
        }));
        // What is exported has everything, and comes back.
        const QString list = m_dir.filePath(QStringLiteral("list.csv"));
        QCOMPARE(ctl(signedIn({QStringLiteral("export"), QStringLiteral("patients"), list})).code, 0);
        done = take(list);
        QCOMPARE(done.json.value(u"imported").toInt(), 0);
        QCOMPARE(done.json.value(u"duplicates").toInt(), done.json.value(u"rows").toInt());
    }

    // A first row that was taken for a header, and is a person: everybody of the file is there after the
    // second reading.
    void aListReadOtherwiseBeginsAgain()
    {
        const QString list = write(
            "people-only.csv", "Headless;Amal;unknown\nHeadless;Bea;1961-03-01\nHeadless;Cleo;1965-03-01\n");
        const auto take = [&](const char *columns) {
            return ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), list,
                                 QStringLiteral("--columns"), QString::fromLatin1(columns)}));
        };
        QCOMPARE(take("family=Headless,given=Amal,birth=unknown").json.value(u"imported").toInt(), 2);
        const auto again = take("family=1,given=2,birth=3");
        QCOMPARE(again.json.value(u"imported").toInt(), 1);
        QCOMPARE(again.json.value(u"duplicates").toInt(), 2);
        QCOMPARE(again.json.value(u"rowsDone").toInt(), 3);
    }

    // One name, the names of files as they were given, and an estimate that comes back as one.
    void aPersonIsExportedUnderTheNameGiven()
    {
        const QString people = write("people.csv", "Surname,First name,DOB,Sex\n,Nuraini,~1996,F\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), people}))
                     .json.value(u"imported")
                     .toInt(),
                 1);
        QStringList words =
            signedIn({QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("nuraini")});
        const auto found = ctl(words).json.value(u"found").toArray();
        QVERIFY(!found.isEmpty()); // others sound like it
        QCOMPARE(found.first()[u"given"].toString(), QStringLiteral("Nuraini"));
        QCOMPARE(found.first()[u"birthDate"].toString(), QStringLiteral("~1996"));
        words.removeAll(QStringLiteral("--json"));
        const QString line = ctl(words).out;
        QVERIFY2(line.contains(QStringLiteral("  Nuraini  about ")), qPrintable(line));
        const QString number = found.first()[u"number"].toString();
        for (const auto *name : {"plain", "named.json", "shown.HTML"}) {
            const QString file = m_dir.filePath(QString::fromLatin1(name));
            QCOMPARE(ctl(signedIn({QStringLiteral("export"), QStringLiteral("person"), number, file})).code,
                     0);
            const QString base = m_dir.filePath(QString::fromLatin1(name).section(u'.', 0, 0));
            for (const auto *suffix : {".json", ".html"})
                QVERIFY2(QFile::exists(base + QLatin1StringView(suffix)), name);
            if (file != base)
                QVERIFY(!QFile::exists(file + QStringLiteral(".json")));
        }
        const QString all = m_dir.filePath(QStringLiteral("all.csv"));
        QCOMPARE(ctl(signedIn({QStringLiteral("export"), QStringLiteral("patients"), all})).code, 0);
        QFile csv(all);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QByteArray lines = csv.readAll();
        QVERIFY(lines.contains("~1996") && !lines.contains("1996~"));
    }

    void backupRestoreAndDamage()
    {
        const QString copy = m_dir.filePath(QStringLiteral("copy.db"));
        QCOMPARE(ctl(signedIn({QStringLiteral("backup"), copy})).code, 0);
        QCOMPARE(ctl(signedIn({QStringLiteral("backup"), copy})).code,
                 1); // never over an older one
        const QString second = m_dir.filePath(QStringLiteral("restored"));
        // Looked at first: everything is checked, and nothing is there afterwards.
        const auto tried =
            ctl(signedIn({QStringLiteral("restore"), copy, QStringLiteral("--dry-run")}, second));
        QVERIFY2(tried.code == 0, qPrintable(tried.err));
        QVERIFY(!tried.json.value(u"hospital").toString().isEmpty());
        QVERIFY(tried.json.value(u"patients").toInt() > 0 &&
                tried.json.value(u"newestEventAt").toInteger() > 0);
        QVERIFY(!QFile::exists(second));
        for (const QByteArray &bytes : {QByteArray(), QByteArray("My holiday in the mountains")}) {
            const QString junk = write("junk.db", bytes);
            for (const bool isTrial : {true, false}) {
                const auto refused =
                    ctl(signedIn(QStringList{QStringLiteral("restore"), junk} +
                                     (isTrial ? QStringList{QStringLiteral("--dry-run")} : QStringList()),
                                 second));
                QCOMPARE(refused.code, 5);
                QVERIFY2(refused.err.contains(QStringLiteral("not a clinic")), qPrintable(refused.err));
                QVERIFY(!QFile::exists(second));
            }
        }
        const auto restored = ctl(signedIn({QStringLiteral("restore"), copy}, second));
        QCOMPARE(restored.code, 0);
        QCOMPARE(restored.json.value(u"patients"), tried.json.value(u"patients"));
        QCOMPARE(ctl(signedIn({QStringLiteral("verify")}, second)).code, 0);
        QCOMPARE(ctl(signedIn({QStringLiteral("restore"), copy}, second)).code,
                 1); // never over a clinic
        // What both register from now on never shares a number.
        const QString one = write("one.csv", "Surname,First name,DOB\nAfter,Backup,1980\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), one})).code, 0);
        QCOMPARE(ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), one}, second)).code, 0);
        const auto number = [&](const QString &clinic) {
            return ctl(signedIn({QStringLiteral("patients"), QStringLiteral("find"),
                                 QStringLiteral("after backup")},
                                clinic))
                .json.value(u"found")
                .toArray()
                .first()
                .toObject()
                .value(u"number")
                .toString();
        };
        QVERIFY(!number(m_clinic).isEmpty());
        QVERIFY(number(m_clinic) != number(second));
        QCOMPARE(ctl(signedIn({QStringLiteral("verify")}, second)).code, 0);
        // One flipped byte anywhere in a backup, and it is not restored.
        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        const char was = file.read(1)[0];
        file.seek(file.size() / 2);
        file.write(QByteArray(400, char(~was)));
        file.close();
        const QString third = m_dir.filePath(QStringLiteral("third"));
        QVERIFY(ctl({QStringLiteral("--data"), third, QStringLiteral("restore"), copy}).code != 0);
        QVERIFY(!QFile::exists(third + QStringLiteral("/clinic.db")));
    }

    // Several clinics on one PC; and what is copied from the real one has nobody in it.
    void profilesAndTheCopyBetweenThem()
    {
        const QString home = m_dir.filePath(QStringLiteral("home"));
        const QString json = QStringLiteral("--json");
        auto listed = ctl({json, QStringLiteral("profile"), QStringLiteral("list")}, home);
        QCOMPARE(listed.json.value(u"origin").toString(), QStringLiteral("default"));
        QCOMPARE(
            ctl({QStringLiteral("profile"), QStringLiteral("use"), QStringLiteral("nowhere")}, home).code, 1);
        QCOMPARE(
            ctl({QStringLiteral("profile"), QStringLiteral("use"), QStringLiteral("development")}, home).code,
            0);
        listed = ctl({json, QStringLiteral("profile"), QStringLiteral("list")}, home);
        QCOMPARE(listed.json.value(u"origin").toString(), QStringLiteral("profile use"));
        QVERIFY(listed.json.value(u"profiles").toArray().at(2).toObject().value(u"chosen").toBool());

        // A clinic with every kind of row: the sample's people, and the demo's appointments and money.
        QCOMPARE(ctl({QStringLiteral("--profile"), QStringLiteral("development"), QStringLiteral("demo"),
                      QStringLiteral("--patients"), QStringLiteral("300")},
                     home)
                     .code,
                 0);
        const QString secret = QStringLiteral("Xylophonia Verstappenheim");
        const QString list =
            write("secret.csv", "Name,Birth date,Sex,Phone,National ID,Address,Remarks,E-mail\n"
                                "Xylophonia Verstappenheim,1/2/1980,F,0825551234,8002015009087,"
                                "77 Zebra Crossing,knows the mayor,xylo@example.org\n");
        const QStringList admin{QStringLiteral("--profile"), QStringLiteral("development"),
                                QStringLiteral("--user"), QStringLiteral("demo-admin"), json};
        // That it was filled with invented people is in its audit.
        const QString events = m_dir.filePath(QStringLiteral("demo-audit.csv"));
        QCOMPARE(
            ctl(admin + QStringList{QStringLiteral("audit"), QStringLiteral("export"), events}, home).code,
            0);
        QFile eventsFile(events);
        QVERIFY(eventsFile.open(QIODevice::ReadOnly));
        QCOMPARE(eventsFile.readAll().count("Fill a demo file"), 1);
        QCOMPARE(ctl(admin + QStringList{QStringLiteral("import"), QStringLiteral("patients"), list,
                                         QStringLiteral("--dates"), QStringLiteral("day-first"),
                                         QStringLiteral("--names"), QStringLiteral("given-first")},
                     home)
                     .json.value(u"imported")
                     .toInt(),
                 1);
        const auto copied =
            ctl({json, QStringLiteral("--user"), QStringLiteral("demo-admin"), QStringLiteral("copy"),
                 QStringLiteral("--from"), QStringLiteral("development"), QStringLiteral("--to"),
                 QStringLiteral("testing")},
                home);
        QVERIFY2(copied.code == 0, qPrintable(copied.err));
        QCOMPARE(copied.json.value(u"patients").toInt(), 301);
        QVERIFY(copied.json.value(u"invoices").toInt() > 50);
        const QStringList there{QStringLiteral("--profile"), QStringLiteral("testing"),
                                QStringLiteral("--user"), QStringLiteral("demo-admin"), json};
        const auto sound = ctl(there + QStringList{QStringLiteral("verify")}, home);
        QVERIFY2(sound.json.value(u"sound").toBool(), qPrintable(sound.err));
        QVERIFY(ctl(there + QStringList{QStringLiteral("patients"), QStringLiteral("find"), secret}, home)
                    .json.value(u"patients")
                    .toArray()
                    .isEmpty());
        // Not one word of anybody's is in the file, in whatever encoding SQLite or we may write it.
        const QString folder = copied.json.value(u"folder").toString();
        const QString source = folder.chopped(7) + QStringLiteral("development");
        const auto contains = [](const QString &at, const QString &word) {
            bool found = false;
            for (const QFileInfo &file : QDir(at).entryInfoList(QDir::Files)) {
                QFile bytes(file.filePath());
                if (!bytes.open(QIODevice::ReadOnly))
                    continue;
                const QByteArray all = bytes.readAll();
                found |=
                    all.toLower().contains(word.toLower().toUtf8()) ||
                    all.contains(QByteArray(reinterpret_cast<const char *>(word.utf16()), word.size() * 2));
            }
            return found;
        };
        for (const char *word : {"Xylophonia", "Verstappenheim", "8002015009087", "Zebra Crossing", "mayor",
                                 "xylo@example.org", "5551234", "555 1234"}) {
            const QString text = QString::fromLatin1(word);
            QVERIFY2(!contains(folder, text), word);
            if (text != u"555 1234" && text != u"5551234")
                QVERIFY2(contains(source, text), word); // the search itself can find it
        }
        // Once only: a clinic is never written over.
        const QStringList copyAgain{QStringLiteral("copy"), QStringLiteral("--from"),
                                    QStringLiteral("development"), QStringLiteral("--to"),
                                    QStringLiteral("testing")};
        QCOMPARE(
            ctl(copyAgain + QStringList{QStringLiteral("--user"), QStringLiteral("demo-admin")}, home).code,
            1);
        // Nor by anybody who may not, or nobody.
        const QStringList elsewhere{QStringLiteral("copy"), QStringLiteral("--from"),
                                    QStringLiteral("development"), QStringLiteral("--to"),
                                    m_dir.filePath(QStringLiteral("copied"))};
        QCOMPARE(ctl(elsewhere, home).code, 3);
        QCOMPARE(
            ctl(elsewhere + QStringList{QStringLiteral("--user"), QStringLiteral("demo-clerk")}, home).code,
            3);
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("copied/clinic.db"))));
    }

    // What takes the clinic out or puts it back needs the permission of its name and is in the audit, whether
    // the program has the clinic open or not; only then the event cannot be written, and that is said.
    void takingOutNeedsPermission()
    {
        const QString clinic = m_dir.filePath(QStringLiteral("taken-out"));
        QVERIFY(QDir().mkpath(clinic));
        const QString secret = write("taken-password", "correct horse\n");
        const QString path = clinic + QStringLiteral("/clinic.db");
        const auto by = [&](const char *user, const QStringList &rest, const QString &folder = {}) {
            return ctl(QStringList{QStringLiteral("--json"), QStringLiteral("--data"),
                                   folder.isEmpty() ? clinic : folder, QStringLiteral("--user"),
                                   QString::fromLatin1(user), QStringLiteral("--password-file"), secret} +
                       rest);
        };
        const auto eventsOf = [](const QString &file, const char *intention, const char *outcome) {
            auto c = storage::Connection::open(file, storage::Connection::Mode::ReadOnly);
            if (!c)
                return -1;
            storage::Query q = (*c)->query("SELECT count(*) FROM audit_event WHERE intention=? AND outcome=?",
                                           QString::fromLatin1(intention), QString::fromLatin1(outcome));
            return q.next() ? q.number(0) : -1;
        };
        int copies = 0;
        const auto copy = [&] { return m_dir.filePath(QStringLiteral("taken-%1.db").arg(++copies)); };
        {
            test::TestClinic t({.path = path});
            // Beside the program.
            const QString target = copy();
            const auto taken = by("administrator", {QStringLiteral("backup"), target});
            QVERIFY2(taken.code == 0, qPrintable(taken.err));
            QVERIFY(!taken.json.value(u"noted").toBool(true));
            for (const char *user : {"clerk", "nobody"}) {
                const QString refused = copy();
                QCOMPARE(by(user, {QStringLiteral("backup"), refused}).code, 3);
                QVERIFY(!QFile::exists(refused));
            }
        }
        QCOMPARE(eventsOf(path, "back-up", "ok"), 0);
        const QString good = copy();
        const auto taken = by("administrator", {QStringLiteral("backup"), good});
        QVERIFY2(taken.code == 0, qPrintable(taken.err));
        QVERIFY(taken.json.value(u"noted").toBool());
        QCOMPARE(eventsOf(path, "back-up", "ok"), 1);
        const QString refused = copy();
        QCOMPARE(by("clerk", {QStringLiteral("backup"), refused}).code, 3);
        QCOMPARE(ctl({QStringLiteral("--data"), clinic, QStringLiteral("backup"), refused}).code, 3);
        QVERIFY(!QFile::exists(refused));
        QCOMPARE(eventsOf(path, "back-up", "refused"), 1);

        const QString back = m_dir.filePath(QStringLiteral("taken-back"));
        QCOMPARE(by("clerk", {QStringLiteral("restore"), good}, back).code, 3);
        QCOMPARE(ctl({QStringLiteral("--data"), back, QStringLiteral("restore"), good}).code, 3);
        QVERIFY(!QFile::exists(back + QStringLiteral("/clinic.db")));
        const auto restored = by("administrator", {QStringLiteral("restore"), good}, back);
        QVERIFY2(restored.code == 0, qPrintable(restored.err));
        QCOMPARE(eventsOf(back + QStringLiteral("/clinic.db"), "restore", "ok"), 1);

        QCOMPARE(by("clerk", {QStringLiteral("config")}).code, 3);
        QVERIFY(!by("administrator", {QStringLiteral("config")}).json.value(u"settings").toArray().isEmpty());
        QVERIFY(ctl({QStringLiteral("--json"), QStringLiteral("--data"), clinic, QStringLiteral("config")})
                    .json.value(u"settings")
                    .toArray()
                    .isEmpty());
        QCOMPARE(by("clerk", {QStringLiteral("seal")}).code, 3);
        QVERIFY(eventsOf(path, "seal-file", "refused") == 1); // still in the clear
        QCOMPARE(by("administrator", {QStringLiteral("seal")}).code, 0);
    }

    // Evidence: written with a signature, and known again.
    void theAuditLeavesSigned()
    {
        const QString csv = m_dir.filePath(QStringLiteral("audit.csv"));
        QCOMPARE(ctl(signedIn({QStringLiteral("audit"), QStringLiteral("export"), csv})).code, 0);
        const auto check = [&] {
            return ctl(signedIn({QStringLiteral("audit"), QStringLiteral("check"), csv}));
        };
        const auto sound = check();
        QCOMPARE(sound.code, 0);
        QVERIFY(sound.json.value(u"whole").toBool() && sound.json.value(u"thisPc").toBool());
        QVERIFY(sound.json.value(u"events").toInt() >= 2);
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        content.replace("Sign in", "Sign up");
        file.seek(0);
        file.write(content);
        file.close();
        QCOMPARE(check().code, 5);
        QVERIFY(QFile::remove(csv + QStringLiteral(".sig")));
        QCOMPARE(check().code, 1);
    }

    // Without a keychain a password opens the file, and whoever has no password any more does not.
    void passwordsAndPaperOpenTheFile()
    {
        const QString clinic = m_dir.filePath(QStringLiteral("sealed"));
        const auto made =
            ctl({QStringLiteral("--data"), clinic, QStringLiteral("--json"), QStringLiteral("init"),
                 QStringLiteral("--hospital"), QStringLiteral("Quetzal Hospital"), QStringLiteral("--branch"),
                 QStringLiteral("Main"), QStringLiteral("--timezone"), QStringLiteral("UTC"),
                 QStringLiteral("--currency"), QStringLiteral("ZAR"), QStringLiteral("--admin"),
                 QStringLiteral("admin"), QStringLiteral("--password-file"), m_secret});
        QCOMPARE(made.code, 0);
        const QString paper = write("paper", made.json.value(u"recoveryKey").toString().toUtf8());
        const QString other = write("other-secret", "five blue pears\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("zacharias"),
                               QStringLiteral("--role"), QStringLiteral("clerk"),
                               QStringLiteral("--new-password-file"), other},
                              clinic))
                     .code,
                 0);
        const auto as = [&](const char *user, const QString &password) {
            return ctl({QStringLiteral("--data"), clinic, QStringLiteral("--user"), QString::fromLatin1(user),
                        QStringLiteral("--password-file"), password, QStringLiteral("patients"),
                        QStringLiteral("find"), QStringLiteral("x")})
                .code;
        };
        QCOMPARE(as("zacharias", other), 0);
        QCOMPARE(as("zacharias", m_secret), 3); // opens for the administrator's password, but is not his
        QCOMPARE(as("nobody", write("no-secret", "no such password\n")), 3);
        QCOMPARE(ctl({QStringLiteral("--data"), clinic, QStringLiteral("verify")}).code, 3);
        // Another password: the new one opens from now on, the old one after the next sign-in no more.
        const QString next = write("next-secret", "seven grey stones\n");
        QCOMPARE(ctl(signedIn({QStringLiteral("user"), QStringLiteral("reset"), QStringLiteral("zacharias"),
                               QStringLiteral("--new-password-file"), next},
                              clinic))
                     .code,
                 0);
        QCOMPARE(as("zacharias", next), 0);
        QCOMPARE(as("zacharias", other), 3);
        QCOMPARE(ctl({QStringLiteral("--data"), clinic, QStringLiteral("--user"), QStringLiteral("zacharias"),
                      QStringLiteral("--password-file"), other, QStringLiteral("verify")})
                     .code,
                 3); // not even the file

        // A thief's look at the folder, logs and all: nobody's name, no password, no key.
        QDirIterator it(clinic, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int files = 0;
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            for (const char *word :
                 {"Quetzal", "zacharias", "Zacharias", "admin", "pears", "stones", "apples", "SQLite format"})
                QVERIFY2(!content.contains(word), qPrintable(file.fileName() + QLatin1StringView(word)));
            ++files;
        }
        QVERIFY(files >= 3);

        // Another PC, a backup, and the paper.
        const QString copy = m_dir.filePath(QStringLiteral("sealed-copy.db"));
        QCOMPARE(ctl(signedIn({QStringLiteral("backup"), copy}, clinic)).code, 0);
        const QString drill = m_dir.filePath(QStringLiteral("drill"));
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("restore"), copy}).code, 3);
        const QString wrong = write("wrong-paper", "EFKN-BNMJ-KMSH-DQPG-6FUI-KWVE-5UY2-YNTO-I");
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("--recovery-key-file"), wrong,
                      QStringLiteral("restore"), copy})
                     .code,
                 3);
        QVERIFY(!QFile::exists(drill + QStringLiteral("/clinic.db")));
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("--recovery-key-file"), paper,
                      QStringLiteral("restore"), copy})
                     .code,
                 0);
        QCOMPARE(ctl(signedIn({QStringLiteral("verify")}, drill)).code, 0);
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("--recovery-key-file"), paper,
                      QStringLiteral("verify")})
                     .code,
                 0);
        // A new paper; the old one opens nothing here any more.
        const auto renewed = ctl(signedIn({QStringLiteral("recovery-key")}, drill));
        QCOMPARE(renewed.code, 0);
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("--recovery-key-file"), paper,
                      QStringLiteral("verify")})
                     .code,
                 3);
        const QString second = write("paper2", renewed.json.value(u"recoveryKey").toString().toUtf8());
        QCOMPARE(ctl({QStringLiteral("--data"), drill, QStringLiteral("--recovery-key-file"), second,
                      QStringLiteral("verify")})
                     .code,
                 0);
    }

    // The clinic's file is away and the keychain has its key: that is not a password, and a paper that is no
    // paper is none either.
    void aKeychainRestoresNothingAlone()
    {
        const QString clinic = m_dir.filePath(QStringLiteral("kept"));
        const QStringList begin{QStringLiteral("--data"), clinic, QStringLiteral("--json"),
                                QStringLiteral("--secrets-password-file"), write("chain", "a b c d\n")};
        const auto made =
            ctl(begin + QStringList{QStringLiteral("init"), QStringLiteral("--hospital"),
                                    QStringLiteral("Hill"), QStringLiteral("--branch"),
                                    QStringLiteral("Main"), QStringLiteral("--timezone"),
                                    QStringLiteral("UTC"), QStringLiteral("--currency"),
                                    QStringLiteral("ZAR"), QStringLiteral("--admin"), QStringLiteral("admin"),
                                    QStringLiteral("--password-file"), m_secret});
        QCOMPARE(made.code, 0);
        const QStringList admin{QStringLiteral("--user"), QStringLiteral("admin"),
                                QStringLiteral("--password-file"), m_secret};
        const QString paper = write("kept-paper", made.json.value(u"recoveryKey").toString().toUtf8());
        const QString wrong = write("kept-wrong", "EFKN-BNMJ-KMSH-DQPG-6FUI-KWVE-5UY2-YNTO-I");
        const QString copy = m_dir.filePath(QStringLiteral("kept-copy.db"));
        QCOMPARE(ctl(begin + admin + QStringList{QStringLiteral("backup"), copy}).code, 0);
        QCOMPARE(ctl(begin + QStringList{QStringLiteral("verify")}).code, 0); // by the keychain
        const auto byPaper = [&](const QString &file, const QStringList &command) {
            return ctl(begin + QStringList{QStringLiteral("--recovery-key-file"), file} + command).code;
        };
        QCOMPARE(byPaper(wrong, {QStringLiteral("verify")}), 3);
        QCOMPARE(byPaper(paper, {QStringLiteral("verify")}), 0);
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(clinic + QStringLiteral("/clinic.db") + QLatin1StringView(suffix));
        const QStringList restore{QStringLiteral("restore"), copy};
        QVERIFY(byPaper(QStringLiteral("/dev/null"), restore) != 0);
        QCOMPARE(byPaper(wrong, restore), 3);
        QCOMPARE(byPaper(wrong, restore + QStringList{QStringLiteral("--dry-run")}), 3);
        QCOMPARE(ctl(begin + restore).code, 3);
        QVERIFY(!QFile::exists(clinic + QStringLiteral("/clinic.db")));
        QCOMPARE(byPaper(paper, restore), 0);
        QCOMPARE(ctl(begin + QStringList{QStringLiteral("verify")}).code, 0);
    }

    // A large clinic takes longer to restore than a proof of identity lasts: it is restored and noted all the
    // same.
    void aLongRestoreIsNoted()
    {
#ifdef CLINIC_LONG_WORK
        const QString copy = m_dir.filePath(QStringLiteral("long-copy.db"));
        QCOMPARE(ctl(signedIn({QStringLiteral("backup"), copy})).code, 0);
        const QString into = m_dir.filePath(QStringLiteral("long"));
        qputenv("LD_PRELOAD", CLINIC_LONG_WORK);
        qputenv("CLINICDESK_TAKES_LONG", "/clinic.db");
        const auto restored = ctl(signedIn({QStringLiteral("restore"), copy}, into));
        qunsetenv("LD_PRELOAD");
        qunsetenv("CLINICDESK_TAKES_LONG");
        QVERIFY2(restored.code == 0, qPrintable(restored.err));
        QFile events(m_dir.filePath(QStringLiteral("long.csv")));
        QCOMPARE(
            ctl(signedIn({QStringLiteral("audit"), QStringLiteral("export"), events.fileName()}, into)).code,
            0);
        QVERIFY(events.open(QIODevice::ReadOnly));
        const QByteArray content = events.readAll();
        QVERIFY2(content.toLower().contains("restore"), content.constData());
#else
        QSKIP("stands in for the C library of Linux");
#endif
    }

    // A backup before an upgrade is not the upgrade: a file of an older version is looked into and copied,
    // and stays as it is. What was backed up then is restored by whoever may.
    void olderFilesStayAsTheyAre()
    {
        const QString secret = write("older-secret", "correct horse\n");
        const QString folder = m_dir.filePath(QStringLiteral("older"));
        QVERIFY(QDir().mkpath(folder));
        const QString file = folder + QStringLiteral("/clinic.db");
        const QString today = m_dir.filePath(QStringLiteral("of-today.db"));
        {
            test::TestClinic t({.path = today});
            t.signIn(QStringLiteral("administrator"));
            t.patient(QStringLiteral("Zuma"), QStringLiteral("Thandi"));
        }
        constexpr int before = 14; // app_user gets a column after it
        makeOlder(today, file, before);
        const auto version = [](const QString &path) {
            const auto c = storage::Connection::open(path, storage::Connection::Mode::ReadOnly);
            return c ? storage::fileVersion(**c).value_or(-1) : -2;
        };
        QCOMPARE(version(file), before);
        const auto as = [&](const QString &password, const QString &data, const QStringList &command) {
            return ctl(QStringList{QStringLiteral("--data"), data, QStringLiteral("--user"),
                                   QStringLiteral("administrator"), QStringLiteral("--password-file"),
                                   password} +
                       command);
        };
        const QString copy = m_dir.filePath(QStringLiteral("older-copy.db"));
        QCOMPARE(as(m_secret, folder, {QStringLiteral("backup"), copy}).code, 3);
        const auto made = as(secret, folder, {QStringLiteral("backup"), copy});
        QVERIFY2(made.code == 0, qPrintable(made.err));
        QVERIFY2(made.out.contains(QStringLiteral("not in its audit")), qPrintable(made.out));
        QCOMPARE(version(file), before);
        QCOMPARE(version(copy), before);
        const QString invented = m_dir.filePath(QStringLiteral("older-invented"));
        const auto copied =
            as(secret, {},
               {QStringLiteral("copy"), QStringLiteral("--from"), folder, QStringLiteral("--to"), invented});
        QVERIFY2(copied.code == 0, qPrintable(copied.err));
        QCOMPARE(version(file), before);
        QCOMPARE(QDir(folder).entryList({QStringLiteral("*schema*")}), QStringList());
        const QString drill = m_dir.filePath(QStringLiteral("older-drill"));
        QCOMPARE(as(m_secret, drill, {QStringLiteral("restore"), copy}).code, 3);
        const auto restored = as(secret, drill, {QStringLiteral("restore"), copy});
        QVERIFY2(restored.code == 0, qPrintable(restored.err));
        QCOMPARE(version(copy), before);
    }

    // A clinic from before files were sealed, with a backup; and a new key for it: killed at any moment, the
    // file opens with a password, and in the end nothing in the clear is left.
    void killedSealingsGoOn()
    {
        const QString secret = write("horse", "correct horse\n");
        const QString clinic = m_dir.filePath(QStringLiteral("plain"));
        QVERIFY(QDir().mkpath(clinic + QStringLiteral("/backups")));
        {
            test::TestClinic t({.path = clinic + QStringLiteral("/clinic.db")});
            t.signIn(QStringLiteral("administrator"));
            for (int i = 0; i < 300; ++i)
                t.patient(QStringLiteral("Quetzalcoatl%1").arg(i), QStringLiteral("Popocatepetl"));
            QVERIFY(storage::backUp(t.database->writerConnection(), t.database->identity(),
                                    clinic + QStringLiteral("/backups/clinic-20200101-000000.db"), t.clock));
        }
        const auto arguments = [&](const char *command) {
            return QStringList{QStringLiteral("--data"),          clinic,
                               QStringLiteral("--user"),          QStringLiteral("administrator"),
                               QStringLiteral("--password-file"), secret,
                               QString::fromLatin1(command)};
        };
        const auto killed = [&](int afterMs) {
            QProcess process;
            process.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdeskctl"), arguments("seal"));
            if (process.waitForFinished(afterMs))
                return false;
            process.kill();
            process.waitForFinished();
            return true;
        };
        // How long a whole one takes here, tried on a copy.
        const QString trial = m_dir.filePath(QStringLiteral("trial"));
        QVERIFY(QDir().mkpath(trial));
        QVERIFY(QFile::copy(clinic + QStringLiteral("/clinic.db"), trial + QStringLiteral("/clinic.db")));
        QStringList onTrial = arguments("seal");
        onTrial[1] = trial;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ctl(onTrial).code, 0);
        const qint64 whole = timer.elapsed();
        int kills = 0;
        for (int round = 0; round < 30; ++round) {
            kills += killed(int(whole * (round + 1) / 32)) ? 1 : 0;
            const auto sound = ctl(arguments("verify"));
            QVERIFY2(sound.code == 0, qPrintable(QString::number(round) + sound.err));
            QVERIFY(sound.out.contains(QStringLiteral("301 patients")));
        }
        QVERIFY(kills > 5);
        qInfo("killed %d times", kills);
        // What a kill leaves beside a backup of two keys ago: neither the old key nor the new one opens it.
        const QString foreign = clinic + QStringLiteral("/backups/clinic-20190101-000000.db");
        for (const QString &name : {foreign, QString(foreign + QStringLiteral(".sealing"))}) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray(8192, char(0xa5)));
        }
        QCOMPARE(ctl(arguments("seal")).code, 0);
        QVERIFY(QFileInfo::exists(foreign));
        QCOMPARE(ctl(arguments("verify")).code, 0);
        QDirIterator it(clinic, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("Quetzalcoatl"), qPrintable(file.fileName()));
            QVERIFY2(!file.fileName().contains(QStringLiteral("sealing")), qPrintable(file.fileName()));
        }
        // The old backup is still one.
        QCOMPARE(ctl({QStringLiteral("--data"), m_dir.filePath(QStringLiteral("from-old")),
                      QStringLiteral("--user"), QStringLiteral("administrator"),
                      QStringLiteral("--password-file"), secret, QStringLiteral("restore"),
                      clinic + QStringLiteral("/backups/clinic-20200101-000000.db")})
                     .code,
                 0);
    }

#ifdef Q_OS_UNIX
    // Ctrl+C: what was done is reported, and the rows that were not reached are among those that were
    // skipped.
    void aStoppedImportSaysWhatWasNotDone()
    {
        QByteArray rows = "Surname,First name,DOB\n";
        constexpr int people = 6000;
        for (int i = 0; i < people; ++i)
            rows += "Stopped" + QByteArray::number(i) + ",Given,1980-01-01\n";
        const QString file = write("stopped.csv", rows);
        const QString skipped = m_dir.filePath(QStringLiteral("not-done.csv"));
        for (int round = 0; round < 60; ++round) {
            QProcess process;
            process.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdeskctl"),
                          signedIn({QStringLiteral("import"), QStringLiteral("patients"), file,
                                    QStringLiteral("--skipped"), skipped}));
            QVERIFY(!process.waitForFinished(200 + round * 150));
            ::kill(pid_t(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished(60'000));
            if (process.exitStatus() != QProcess::NormalExit)
                continue; // it was not that far yet
            const QJsonObject said = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
            const int done = said.value(u"rowsDone").toInt();
            QVERIFY(done < people);
            QVERIFY(said.value(u"interrupted").toBool());
            QFile written(skipped);
            QVERIFY(written.open(QIODevice::ReadOnly));
            QCOMPARE(written.readAll().count('\n'), 1 + said.value(u"duplicates").toInt() + people - done);
            return;
        }
        QFAIL("never stopped in time");
    }
#endif

    // The real program killed at any moment of an import, again and again: nobody is lost, and nobody is
    // there twice.
    void killedImportsGoOn()
    {
        const auto begun = [&](const QString &name) {
            const QString folder = m_dir.filePath(name);
            return ctl({QStringLiteral("--data"), folder, QStringLiteral("init"),
                        QStringLiteral("--hospital"), QStringLiteral("Hill"), QStringLiteral("--branch"),
                        QStringLiteral("Main"), QStringLiteral("--timezone"), QStringLiteral("UTC"),
                        QStringLiteral("--currency"), QStringLiteral("ZAR"), QStringLiteral("--admin"),
                        QStringLiteral("admin"), QStringLiteral("--password-file"), m_secret})
                               .code == 0
                       ? folder
                       : QString();
        };
        const QString clinic = begun(QStringLiteral("killed"));
        const QString other = begun(QStringLiteral("not-killed"));
        QVERIFY(!clinic.isEmpty() && !other.isEmpty());
        QByteArray rows = "Surname,First name,DOB,Cell\n";
        constexpr int people = 1500;
        for (int i = 0; i < people; ++i)
            rows += "Family" + QByteArray::number(i % 700) + ",Given" + QByteArray::number(i) + ",19" +
                    QByteArray::number(10 + i % 90) + ",08255" + QByteArray::number(10000 + i) + "\n";
        const QString file = write("many.csv", rows);
        // The time of an import that nobody kills, on this machine as busy as it is.
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), file}, other)).code, 0);
        const qint64 whole = timer.elapsed();
        int kills = 0;
        for (int round = 1; round < 200; ++round) {
            QProcess process;
            process.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdeskctl"),
                          signedIn({QStringLiteral("import"), QStringLiteral("patients"), file}, clinic));
            // Ever later: each begins with the first row, and gets on behind the last one that is stored.
            if (!process.waitForFinished(int(whole * round / 16))) {
                process.kill(); // SIGKILL
                process.waitForFinished();
                ++kills;
                continue;
            }
            QCOMPARE(process.exitCode(), 0);
            break;
        }
        QVERIFY2(kills >= 3, qPrintable(QString::number(kills)));
        const auto again =
            ctl(signedIn({QStringLiteral("import"), QStringLiteral("patients"), file}, clinic));
        QCOMPARE(again.json.value(u"imported").toInt(), 0);
        QCOMPARE(again.json.value(u"duplicates").toInt(), people);
        const auto sound = ctl(signedIn({QStringLiteral("verify")}, clinic));
        QCOMPARE(sound.json.value(u"patients").toInt(), people);
        QVERIFY(sound.json.value(u"sound").toBool());
        qInfo("killed %d times", kills);
    }

    // Where no keychain opens the file, its password is somebody's own, wrong ones cost time with every
    // command and are in the audit afterwards; a letter may be typed in one piece or in two.
    void theGateIsWatched()
    {
        const QString clinic = m_dir.filePath(QStringLiteral("gate"));
        const auto by = [&](const char *user, const QString &password, const QStringList &rest) {
            return ctl(QStringList{QStringLiteral("--data"), clinic, QStringLiteral("--user"),
                                   QString::fromLatin1(user), QStringLiteral("--password-file"), password} +
                       rest);
        };
        const QString ann = write("ann-password", "Stra\xc3\x9f"
                                                  "e hinauf \xc3\xa9\n");
        const QString annApart = write("ann-apart", "Stra\xc3\x9f"
                                                    "e hinauf e\xcc\x81\n");
        const QString annLatin = write("ann-latin", "Stra\xdf"
                                                    "e hinauf \xe9\n");
        const QString ben = write("ben-password", "seven grey stones\n");
        QCOMPARE(by("x", ann,
                    {QStringLiteral("init"), QStringLiteral("--hospital"), QStringLiteral("Gate"),
                     QStringLiteral("--branch"), QStringLiteral("Main"), QStringLiteral("--timezone"),
                     QStringLiteral("UTC"), QStringLiteral("--currency"), QStringLiteral("ZAR"),
                     QStringLiteral("--admin"), QStringLiteral("ann")})
                     .code,
                 0);
        const QStringList verify{QStringLiteral("verify")};
        QCOMPARE(by("ann", annApart, verify).code, 0);
        const auto latin = by("ann", annLatin, verify);
        QCOMPARE(latin.code, 1);
        QVERIFY2(latin.err.contains(QStringLiteral("UTF-8")), qPrintable(latin.err));
        QCOMPARE(by("ann", annApart,
                    {QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("ben"),
                     QStringLiteral("--role"), QStringLiteral("clerk"), QStringLiteral("--new-password-file"),
                     ben})
                     .code,
                 0);
        const QStringList find{QStringLiteral("patients"), QStringLiteral("find"), QStringLiteral("nobody")};
        QCOMPARE(by("ben", ben, find).code, 0); // from now on his opens it, too

        QCOMPARE(by("ben", ben, verify).code, 0);
        for (const char *other : {"ann", "thief"}) {
            QCOMPARE(by(other, ben, verify).code, 3);
            QCOMPARE(by(other, ben, {QStringLiteral("backup"), m_dir.filePath(QStringLiteral("taken"))}).code,
                     3);
        }
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("taken"))));
        // Four were wrong, which costs seconds; as many as it takes to be sure of the quarter of an hour.
        const QString note = clinic + QStringLiteral("/clinic.db.keys.tries");
        const auto setFailures = [&note](int failures) {
            QFile file(note);
            if (!file.open(QIODevice::ReadOnly))
                qFatal("no note");
            QJsonObject kept = QJsonDocument::fromJson(file.readAll()).object();
            file.close();
            const int before = kept.value(QStringLiteral("failures")).toInt();
            kept.insert(QStringLiteral("failures"), failures);
            if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(kept).toJson()) < 0)
                qFatal("note");
            return before;
        };
        QCOMPARE(setFailures(12), 4);
        const auto soon = by("ann", ann, find);
        QCOMPARE(soon.code, 3);
        QVERIFY2(soon.err.contains(QStringLiteral("Please wait")), qPrintable(soon.err));
        setFailures(3);
        QCOMPARE(by("ann", ann, find).code, 0);
        QVERIFY(!QFile::exists(note));

        const QString events = m_dir.filePath(QStringLiteral("gate.csv"));
        QCOMPARE(by("ann", ann, {QStringLiteral("audit"), QStringLiteral("export"), events}).code, 0);
        QFile file(events);
        QVERIFY(file.open(QIODevice::ReadOnly));
        int failed = 0;
        for (const QByteArray &line : file.readAll().split('\n'))
            failed += line.contains("Sign in") && line.contains("Failed");
        QCOMPARE(failed, 4);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstCtl, QCoreApplication>(argc, argv);
}

#include "tst_ctl.moc"
