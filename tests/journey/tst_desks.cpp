// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/attentionpage.h"
#include "journey/desk.h"
#include "services/admin/accounts.h"
#include "services/appointments/appointments.h"
#include "services/patients/patients.h"
#include "storage/auditlog.h"
#include "support/testclinic.h"
#include "support/testmain.h"
#include "sync/engine/client.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QDesktopServices>
#include <QDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <csignal>

using namespace clinic;
using namespace clinic::test;

// Two windows, two files, and the real server between them.
class TstDesks : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QProcess m_server;
    QStringList m_arguments;
    QString m_code;

    void startServer()
    {
        m_server.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-server"), m_arguments);
        QVERIFY(m_server.waitForStarted());
        QString said;
        while (!said.contains(QStringLiteral("listening")) && m_server.waitForReadyRead(20'000))
            said += QString::fromUtf8(m_server.readAllStandardOutput());
        QVERIFY2(said.contains(QStringLiteral("listening")), qPrintable(said));
    }
    void stopServer()
    {
        if (m_server.state() == QProcess::NotRunning)
            return;
        m_server.terminate();
        QVERIFY(m_server.waitForFinished(20'000));
    }
    // The code of a new hospital's first PC.
    static QString addHospital(const QStringList &arguments)
    {
        QProcess add;
        add.start(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-server"),
                  arguments + QStringList{QStringLiteral("hospital"), QStringLiteral("add"),
                                          QStringLiteral("Hillside")});
        return add.waitForFinished(20'000)
                   ? QString::fromUtf8(add.readAllStandardOutput()).trimmed().section(u'\n', -1)
                   : QString();
    }
    static int freePort()
    {
        QTcpServer probe;
        return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
    }
    void openssl(const QStringList &arguments)
    {
        QProcess tool;
        tool.setWorkingDirectory(m_dir.path());
        tool.start(QStringLiteral("openssl"), arguments);
        QVERIFY(tool.waitForFinished(60'000));
        QVERIFY2(tool.exitCode() == 0, tool.readAllStandardError().constData());
    }
    static void enter(Desk &desk, const QString &code)
    {
        auto *dialog = desk.window->findChild<QDialog *>(QStringLiteral("enrol"));
        QTRY_VERIFY(dialog && dialog->isVisible());
        dialog->findChild<QPlainTextEdit *>()->setPlainText(code);
        desk.click(QStringLiteral("Connect"));
    }
    static QString indicator(const Desk &desk)
    {
        return desk.window->findChild<QPushButton *>(QStringLiteral("serverIndicator"))->text();
    }

    QString m_opened;

public Q_SLOTS:
    void openedElsewhere(const QUrl &url) { m_opened = url.toLocalFile(); }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void cleanupTestCase() { stopServer(); }
    void initTestCase()
    {
        m_arguments = {QStringLiteral("--data"), m_dir.filePath(QStringLiteral("server")),
                       QStringLiteral("--plain-http"), QStringLiteral("--listen"),
                       QStringLiteral("127.0.0.1:%1").arg(freePort())};
        m_code = addHospital(m_arguments);
        startServer();
    }

    // One desk connects with everything it has, a second joins from the first page, both see each other's
    // work at once; what both change is decided in the window; what loses its place is offered again.
    void twoDesksOneHospital()
    {
        Desk first({false, true, {1280, 800}, 1, true});
        first.signInAs(QStringLiteral("demo-admin"));
        QVERIFY(!first.window->findChild<QPushButton *>(QStringLiteral("serverIndicator"))->isVisible());
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.shot(QStringLiteral("server-alone"));
        first.click(QStringLiteral("Connect to a server …"));
        enter(first, QStringLiteral("NOT A CODE"));
        QVERIFY(QApplication::activeModalWidget()); // said beside the field; what was typed stays
        first.top()->findChild<QPlainTextEdit *>()->setPlainText(m_code);
        first.click(QStringLiteral("Connect"));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        first.shot(QStringLiteral("server-connected"));

        first.click(QStringLiteral("Code for another PC …"));
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 10'000);
        const QString code = first.top()->findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY(code.size() > 150);
        first.shot(QStringLiteral("code-for-another-pc"));
        first.click(QStringLiteral("Copy"));

        Desk second({false, false, {1280, 800}, 1, true});
        second.shot(QStringLiteral("first-start-join"));
        second.click(QStringLiteral("Join a hospital that uses ClinicDesk already …"));
        // The server stands still as soon as what is needed today is here: work begins all the same.
        const auto held = connect(second.agent.get(), &sync::Agent::statusChanged, this,
                                  [this, &second](const sync::SyncStatus &status) {
                                      if (status.replica.isUsable() && !status.replica.booted)
                                          ::kill(pid_t(m_server.processId()), SIGSTOP);
                                  });
        const auto goOn = qScopeGuard([&] { ::kill(pid_t(m_server.processId()), SIGCONT); });
        enter(second, code);
        QTRY_VERIFY_WITH_TIMEOUT(second.agent->status().replica.isUsable(), 20'000);
        QVERIFY(!second.agent->status().replica.booted);
        second.waitIdle();
        second.signInAs(QStringLiteral("demo-admin"));
        QVERIFY2(indicator(second).startsWith(QStringLiteral("Loading from the server · ")),
                 qPrintable(indicator(second)));
        second.shot(QStringLiteral("loading-today"));
        second.window->go(QStringLiteral("server"));
        second.waitIdle();
        second.shot(QStringLiteral("loading-server"));
        second.window->go(QStringLiteral("patients"));
        second.waitIdle();
        second.shot(QStringLiteral("loading-patients"));
        disconnect(held);
        ::kill(pid_t(m_server.processId()), SIGCONT);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);

        // A patient registered on one is on the other without anybody asking.
        second.window->go(QStringLiteral("patients"));
        second.waitIdle();
        auto *list = second.window->currentScreen()->findChild<QTableView *>();
        const int before = list->model()->rowCount();
        domain::Patient zoe;
        zoe.familyName = QStringLiteral("Zinnemann");
        zoe.givenName = QStringLiteral("Zoe");
        zoe.sex = domain::Sex::Female;
        zoe.birthDate = *PartialDate::create(1980, 1, 1);
        const auto registered = first.clinic->performNow(services::RegisterPatient{zoe});
        QVERIFY(registered.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), before + 1, 10'000);
        const auto there = second.clinic->answerNow(services::PatientSearch{QStringLiteral("zinnem")});
        QCOMPARE(there->size(), 1);

        // Who had it open on the other desk is told beside the record, by the server.
        second.window->openPatient(registered->id);
        second.waitIdle();
        first.window->openPatient(registered->id);
        first.waitIdle();
        auto *parts = first.window->currentScreen()->findChild<QTabWidget *>();
        for (int i = 0; i < parts->count(); ++i) {
            if (parts->tabText(i) == u"Who looked")
                parts->setCurrentIndex(i);
        }
        auto *everywhere = parts->currentWidget()->findChild<QCheckBox *>(QStringLiteral("allPcs"));
        QVERIFY(everywhere && everywhere->isVisible());
        auto *lookers = parts->currentWidget()->findChild<QTableView *>();
        const auto machines = [lookers] {
            QSet<QString> names;
            for (int row = 0; row < lookers->model()->rowCount(); ++row)
                names << lookers->model()->index(row, 6).data().toString();
            return int(names.size());
        };
        // Events travel in a lane of their own, with the next exchange: asked until they are there.
        second.agent->syncNow();
        for (int tries = 0; tries < 100 && machines() < 2; ++tries) {
            everywhere->setChecked(false);
            everywhere->setChecked(true);
            QTest::qWait(200);
        }
        QCOMPARE(machines(), 2);
        first.shot(QStringLiteral("who-looked-everywhere"));
        second.window->go(QStringLiteral("patients"));

        // Both change the name while the server is away.
        stopServer();
        const auto rename = [](Desk &desk, const Id &id, const QString &name) {
            const auto stored = desk.clinic->performNow(services::OpenPatient{id});
            domain::Patient after = stored->patient;
            after.familyName = name;
            QVERIFY(desk.clinic->performNow(services::UpdatePatient{stored->patient, after}).has_value());
        };
        rename(first, registered->id, QStringLiteral("Zinnemann-Abel"));
        rename(second, registered->id, QStringLiteral("Zinnemann-Baker"));
        // And both give the same quarter of an hour to different people.
        const auto people = first.clinic->answerNow(services::PatientSearch{});
        qint64 at = first.clock.todayAt(8) + 86'400'000;
        const auto book = [&](Desk &desk, const Id &patient) {
            domain::Appointment a;
            a.patientId = patient;
            a.practitionerId = desk.workspace->place().practitioners.first().id;
            a.startAt = at;
            a.minutes = 15;
            return desk.clinic->performNow(services::BookAppointment{a}).has_value();
        };
        for (int tries = 0; tries < 30 && !book(first, registered->id); ++tries)
            at += 15 * 60'000;
        Id other;
        for (const auto &hit : *people) {
            if (hit.id != registered->id)
                other = hit.id;
        }
        QVERIFY(book(second, other));
        QTRY_VERIFY_WITH_TIMEOUT(indicator(first).contains(QStringLiteral("2 changes wait")), 20'000);
        // Where the booking is, in words, on its own window.
        const auto chart = first.clinic->performNow(services::OpenPatient{registered->id});
        first.window->openAppointment(chart->appointments.first().appointment.id);
        const auto whereItIs = [&first] {
            auto *dialog = first.window->findChild<QDialog *>(QStringLiteral("appointment"));
            auto *where = dialog ? dialog->findChild<QLabel *>(QStringLiteral("whereItIs")) : nullptr;
            return where ? where->text() : QString();
        };
        QTRY_COMPARE(whereItIs(), QStringLiteral("Saved here; 1 change waits for the server"));
        first.shot(QStringLiteral("where-a-booking-is"));
        first.window->findChild<QDialog *>(QStringLiteral("appointment"))->reject();
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.shot(QStringLiteral("server-not-reached"));

        startServer();
        first.click(QStringLiteral("Exchange now"));
        // The other desk may be there at once, and then there is something to decide on this one as well.
        QTRY_VERIFY_WITH_TIMEOUT(indicator(first).startsWith(QStringLiteral("Saved here and on the server")),
                                 20'000);
        second.workspace->connection.syncNow();
        QTRY_VERIFY_WITH_TIMEOUT(indicator(second).contains(QStringLiteral("2 to decide")), 20'000);
        second.window->go(QStringLiteral("server"));
        second.waitIdle();
        const auto tables = second.window->currentScreen()->findChildren<QTableView *>();
        QCOMPARE(tables.size(), 2);
        QTRY_COMPARE(tables[0]->model()->rowCount(), 1);
        QTRY_COMPARE(tables[1]->model()->rowCount(), 1);
        const auto cell = [](QTableView *table, int column) {
            return table->model()->index(0, column).data().toString();
        };
        QCOMPARE(cell(tables[0], 2), QStringLiteral("Zinnemann-Abel"));
        QCOMPARE(cell(tables[0], 3), QStringLiteral("Zinnemann-Baker"));
        QVERIFY(cell(tables[1], 4).contains(QStringLiteral("took the time first")));
        tables[0]->selectRow(0);
        tables[1]->selectRow(0);
        second.waitIdle();
        second.shot(QStringLiteral("server-to-decide"));
        // The booking that lost is gone from the calendar of the one who made it.
        storage::AppointmentFilter day;
        day.branch = second.workspace->session().branch;
        day.from = at;
        day.to = at + 1;
        QCOMPARE(second.clinic->answerNow(services::DayAppointments{day})->size(), 1);
        // Three free times to offer on the telephone.
        QTRY_VERIFY(second.find<QPushButton>(QStringLiteral("freeInstead0"))->isVisible());
        second.click(QStringLiteral("Take the other"));
        QTRY_COMPARE(tables[0]->model()->rowCount(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(
            first.clinic->performNow(services::OpenPatient{registered->id})->patient.familyName,
            QStringLiteral("Zinnemann-Baker"), 10'000);
        second.click(QStringLiteral("Done"));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);

        // Working offline is a wish that is kept.
        second.click(QStringLiteral("Work offline"));
        QTRY_COMPARE(indicator(second), QStringLiteral("Working offline"));
        rename(second, registered->id, QStringLiteral("Zinnemann"));
        QTRY_VERIFY(indicator(second).contains(QStringLiteral("1 change waits")));

        // Whoever closes the program or signs out is told what only this PC has.
        second.prompter.nextConfirm = false;
        const int asked = second.prompter.asked;
        first.window->hide(); // it stands for another PC: the second's is the last of its program
        second.window->close();
        first.window->show();
        second.window->signOut();
        QCOMPARE(second.prompter.asked, asked + 2);
        QVERIFY(second.window->isVisible() && second.workspace->session().isSignedIn());
        second.prompter.nextConfirm = true;

        // A booking that nobody has confirmed looks like one.
        const auto openForm = [&](Desk &desk, const Id &patient, qint64 start) {
            domain::Appointment a;
            a.patientId = patient;
            a.practitionerId = desk.workspace->place().practitioners.first().id;
            a.startAt = start;
            a.minutes = 15;
            desk.window->bookAppointment(a, {});
            desk.waitIdle();
        };
        const auto unconfirmed = [](Desk &desk, qint64 start) {
            storage::AppointmentFilter filter;
            filter.branch = desk.workspace->session().branch;
            filter.from = start;
            filter.to = start + 1;
            int count = 0;
            const auto views = desk.clinic->answerNow(services::DayAppointments{filter});
            for (const auto &view : *views)
                count += view.isUnconfirmed;
            return count;
        };
        qint64 free = at + 86'400'000;
        openForm(second, other, free);
        second.click(QStringLiteral("Book"));
        QTRY_VERIFY(!QApplication::activeModalWidget());
        QVERIFY2(second.status().contains(QStringLiteral("not confirmed it yet")),
                 qPrintable(second.status()));
        QCOMPARE(unconfirmed(second, free), 1);
        second.window->go(QStringLiteral("calendar"));
        second.waitIdle();
        for (int days = 0; days < 2; ++days)
            second.window->currentScreen()->findChild<QDateEdit *>()->stepUp();
        second.waitIdle();
        second.shot(QStringLiteral("calendar-unconfirmed"));
        second.workspace->connection.workOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);
        QCOMPARE(unconfirmed(second, free), 0);

        // Online the form stays until the server has said that the place is this desk's.
        openForm(second, other, free + 3'600'000);
        second.click(QStringLiteral("Book"));
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 20'000);
        QVERIFY2(second.status().contains(QStringLiteral("Booked for")), qPrintable(second.status()));
        QCOMPARE(unconfirmed(second, free + 3'600'000), 0);

        // Taken by the first desk in the same moment: said in the form, with everything still in it.
        second.workspace->connection.workOffline(true);
        at = free + 7'200'000;
        QVERIFY(book(first, registered->id));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        openForm(second, other, at);
        second.workspace->connection.workOffline(false);
        second.click(QStringLiteral("Book"));
        const auto said = [&] {
            const auto labels = second.top()->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
                return label->isVisible() &&
                       label->text().contains(QStringLiteral("Another desk has just taken"));
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), 20'000);
        QVERIFY(QApplication::activeModalWidget());
        second.shot(QStringLiteral("booking-lost"));
        second.waitIdle();
        second.click(second.find<QPushButton>(QStringLiteral("firstFree"))->text());
        second.click(QStringLiteral("Book"));
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::activeModalWidget(), 10'000);
        // What lost needs nobody any more: it was dealt with on the spot.
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);

        // An administrator sees the hospital's PCs, shuts one out and lets it in again.
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("PCs of the hospital …"));
        auto *devices = first.window->findChild<QDialog *>(QStringLiteral("devices"));
        QTRY_VERIFY(devices);
        auto *pcs = devices->findChild<QTableView *>();
        QTRY_COMPARE_WITH_TIMEOUT(pcs->model()->rowCount(), 2, 10'000);
        QVERIFY(cell(pcs, 0).contains(QStringLiteral("(this PC)")));
        pcs->selectRow(1);
        first.shot(QStringLiteral("pcs-of-the-hospital"));
        first.click(QStringLiteral("Do not accept any more …"));
        QTRY_COMPARE_WITH_TIMEOUT(pcs->model()->index(1, 2).data().toString(), QStringLiteral("Not accepted"),
                                  10'000);
        // Who did it is in the chain of events: a code for the second PC, and this.
        const auto noted = [&] {
            return first.database->writer().runAndWait([&] {
                storage::AuditFilter filter;
                filter.intention = QStringLiteral("manage-devices");
                return storage::auditEntries(first.database->writerConnection(), filter)->size();
            });
        };
        QTRY_COMPARE(noted(), 2);
        // What that PC has opens nothing that comes after: the hospital has another key.
        const auto keys = [](Desk &desk) { return desk.database->identity().sealer.keys().dataKeys.keys(); };
        QTRY_COMPARE_WITH_TIMEOUT(keys(first).size(), 2, 10'000);
        QCOMPARE(keys(second).size(), 1);
        domain::Patient hidden = zoe;
        hidden.familyName = QStringLiteral("Afterwards");
        QVERIFY(first.clinic->performNow(services::RegisterPatient{hidden}).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        second.workspace->connection.syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Not accepted by the server"), 20'000);
        second.window->go(QStringLiteral("server"));
        second.waitIdle();
        second.shot(QStringLiteral("server-refused"));
        first.click(QStringLiteral("Accept again"));
        QTRY_COMPARE_WITH_TIMEOUT(pcs->model()->index(1, 2).data().toString(), QStringLiteral("Accepted"),
                                  10'000);
        second.workspace->connection.syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(keys(second), keys(first), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            second.clinic->answerNow(services::PatientSearch{QStringLiteral("afterwards")})->size(), 1,
            20'000);
        first.shot(QStringLiteral("another-key"));
        first.click(QStringLiteral("Close"));

        // Everybody sees on which PCs he has worked.
        first.window->go(QStringLiteral("account"));
        QTableView *mine = nullptr;
        for (auto *table : first.window->findChildren<QTableView *>()) {
            if (table->accessibleName() == QStringLiteral("PCs on which you work"))
                mine = table;
        }
        QVERIFY(mine);
        QTRY_VERIFY_WITH_TIMEOUT(mine->isVisible() && mine->model()->rowCount() > 0, 10'000);
        QVERIFY(mine->model()->index(0, 0).data().toString().contains(QStringLiteral("(this PC)")));
        first.waitIdle();
        first.shot(QStringLiteral("where-i-work"));
        first.window->go(QStringLiteral("server"));
        first.waitIdle();

        // The second desk loses its network for good: a file goes to the server on a stick, and comes back.
        second.workspace->connection.workOffline(true);
        domain::Patient carried = zoe;
        carried.familyName = QStringLiteral("Carriedaway");
        QVERIFY(second.clinic->performNow(services::RegisterPatient{carried}).has_value());
        domain::Patient brought = zoe;
        brought.familyName = QStringLiteral("Broughtback");
        QVERIFY(first.clinic->performNow(services::RegisterPatient{brought}).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        const auto outcome = [](Desk &) {
            const auto *dialog = QApplication::activeModalWidget();
            return dialog && dialog->objectName() == QStringLiteral("byFile")
                       ? dialog->findChild<QLabel *>(QStringLiteral("outcome"))->text()
                       : QString();
        };
        second.window->go(QStringLiteral("server"));
        second.waitIdle();
        second.click(QStringLiteral("By file …"));
        second.prompter.nextFile = m_dir.filePath(QStringLiteral("out.parcel"));
        second.click(QStringLiteral("Write a file for the server …"));
        QTRY_VERIFY_WITH_TIMEOUT(outcome(second).startsWith(QStringLiteral("Written")), 10'000);
        second.click(QStringLiteral("Close"));
        first.click(QStringLiteral("By file …"));
        first.prompter.nextFile = m_dir.filePath(QStringLiteral("out.parcel"));
        first.prompter.nextSave = m_dir.filePath(QStringLiteral("back.answers"));
        first.click(QStringLiteral("Carry another PC's file …"));
        QTRY_VERIFY_WITH_TIMEOUT(outcome(first).startsWith(QStringLiteral("The answers for")), 10'000);
        first.click(QStringLiteral("Close"));
        second.click(QStringLiteral("By file …"));
        second.prompter.nextFile = m_dir.filePath(QStringLiteral("out.parcel")); // the wrong one
        second.click(QStringLiteral("Take in the answers …"));
        QTRY_VERIFY_WITH_TIMEOUT(outcome(second).startsWith(QStringLiteral("This is not the right")), 10'000);
        second.prompter.nextFile = m_dir.filePath(QStringLiteral("back.answers"));
        second.click(QStringLiteral("Take in the answers …"));
        QTRY_VERIFY_WITH_TIMEOUT(outcome(second).startsWith(QStringLiteral("Taken in")), 10'000);
        second.shot(QStringLiteral("by-file"));
        second.click(QStringLiteral("Close"));
        QCOMPARE(second.clinic->answerNow(services::PatientSearch{QStringLiteral("broughtb")})->size(), 1);
        const auto arrived = [&] {
            return first.clinic->answerNow(services::PatientSearch{QStringLiteral("carrieda")})->size();
        };
        for (int tries = 0; tries < 200 && arrived() == 0; ++tries)
            QTest::qWait(50);
        QCOMPARE(arrived(), 1);
        QCOMPARE(indicator(second), QStringLiteral("Working offline"));
        second.workspace->connection.workOffline(false);

        // What was exchanged, for people and for whoever looks for a fault.
        QVERIFY(first.agent->status().replica.checkedAt > 0); // once by itself, after the first load
        first.click(QStringLiteral("What was exchanged …"));
        auto *exchange = first.window->findChild<QDialog *>(QStringLiteral("exchange"));
        QTRY_VERIFY(exchange);
        QTableView *sent = nullptr;
        for (auto *table : exchange->findChildren<QTableView *>()) {
            if (table->accessibleName() == QStringLiteral("What was done on this PC"))
                sent = table;
        }
        QVERIFY(sent);
        QTRY_VERIFY(sent->model()->rowCount() > 5);
        first.waitIdle();
        QCOMPARE(sent->model()->index(0, 4).data().toString(), QStringLiteral("On the server"));
        first.shot(QStringLiteral("what-was-exchanged"));
        exchange->findChild<QTabWidget *>()->setCurrentIndex(1);
        first.shot(QStringLiteral("the-line"));
        first.click(QStringLiteral("Copy for support"));
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("POST /v1/push 200")));
        QVERIFY(!copied.contains(QStringLiteral("Zinnemann")));
        first.click(QStringLiteral("Close"));
    }

    // Documents: kept at once, sent when there is a server, fetched by whoever opens them.
    void documentsComeWhenSomebodyOpensThem()
    {
        Desk first({false, true, {1280, 800}, 1, true});
        first.signInAs(QStringLiteral("demo-admin"));
        domain::Patient zoe;
        zoe.familyName = QStringLiteral("Zinnemann");
        zoe.givenName = QStringLiteral("Zoe");
        zoe.sex = domain::Sex::Female;
        zoe.birthDate = *PartialDate::create(1980, 1, 1);
        const Id patient = first.clinic->performNow(services::RegisterPatient{zoe})->id;
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("Connect to a server …"));
        enter(first, addHospital(m_arguments));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        first.click(QStringLiteral("Code for another PC …"));
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 10'000);
        const QString code = first.top()->findChild<QPlainTextEdit *>()->toPlainText();
        first.click(QStringLiteral("Copy"));
        Desk second({false, false, {1280, 800}, 1, true});
        second.click(QStringLiteral("Join a hospital that uses ClinicDesk already …"));
        enter(second, code);
        QTRY_VERIFY_WITH_TIMEOUT(second.agent->status().replica.booted, 20'000);
        second.waitIdle();
        second.signInAs(QStringLiteral("demo-admin"));

        const auto documentsOf = [&](Desk &desk) {
            desk.window->openPatient(patient);
            desk.waitIdle();
            auto *tabs = desk.window->currentScreen()->findChild<QTabWidget *>();
            for (int i = 0; i < tabs->count(); ++i) {
                if (tabs->tabText(i) == u"Documents")
                    tabs->setCurrentIndex(i);
            }
            desk.waitIdle();
            auto *tab = desk.window->currentScreen()->findChild<QWidget *>(QStringLiteral("documents"));
            return tab->findChild<QTableView *>();
        };
        const auto cell = [](QTableView *list, int column) {
            return list->model()->index(0, column).data().toString();
        };
        stopServer();
        QImage scan(1400, 1000, QImage::Format_RGB32);
        for (int y = 0; y < scan.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(scan.scanLine(y));
            for (int x = 0; x < scan.width(); ++x)
                line[x] = qRgb((x * 7919 + y * 104729) % 251, (x * y) % 241, (x ^ y) & 255);
        }
        first.prompter.nextFile = m_dir.filePath(QStringLiteral("X-ray 4711.png"));
        QVERIFY(scan.save(first.prompter.nextFile));
        QVERIFY(QFileInfo(first.prompter.nextFile).size() > qint64(600) * 1024); // several pieces
        auto *mine = documentsOf(first);
        first.shot(QStringLiteral("documents-none"));
        first.click(QStringLiteral("Add a document …"));
        QTRY_VERIFY(first.top()->objectName() == u"document");
        QCOMPARE(first.find<QLineEdit>({})->text(), QStringLiteral("X-ray 4711"));
        first.find<QComboBox>({})->setCurrentIndex(0);
        first.shot(QStringLiteral("add-a-document"));
        first.click(QStringLiteral("Save"));
        QTRY_COMPARE(mine->model()->rowCount(), 1);
        QTRY_COMPARE(cell(mine, 5), QStringLiteral("On this PC, not sent yet"));
        first.shot(QStringLiteral("documents-waiting"));
        first.click(QStringLiteral("Open")); // it is here, whatever the server does
        QTRY_VERIFY(first.top()->objectName() == u"picture");
        first.shot(QStringLiteral("document-picture"));
        first.click(QStringLiteral("Close"));

        startServer();
        first.workspace->connection.syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(cell(mine, 5), QStringLiteral("Here and on the server"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        second.workspace->connection.syncNow();
        auto *theirs = documentsOf(second);
        QTRY_COMPARE_WITH_TIMEOUT(theirs->model()->rowCount(), 1, 20'000);
        QCOMPARE(cell(theirs, 0), QStringLiteral("X-ray 4711"));
        QCOMPARE(cell(theirs, 5), QStringLiteral("On the server"));
        second.click(QStringLiteral("Open"));
        QTRY_VERIFY_WITH_TIMEOUT(second.top()->objectName() == u"picture", 20'000);
        QCOMPARE(cell(theirs, 5), QStringLiteral("Here and on the server"));
        second.click(QStringLiteral("Close"));
        second.prompter.nextFile = m_dir.filePath(QStringLiteral("copy.png"));
        second.click(QStringLiteral("Save a copy …"));
        QTRY_VERIFY(QImage(second.prompter.nextFile).convertToFormat(scan.format()) == scan);

        // What other programs show is told by what is in it; a script that is called a letter is not started.
        QFile script(m_dir.filePath(QStringLiteral("letter.pdf")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexit 0\n");
        script.close();
        first.prompter.nextFile = script.fileName();
        first.click(QStringLiteral("Add …"));
        QTRY_VERIFY(first.top()->objectName() == u"document");
        first.click(QStringLiteral("Save"));
        QTRY_COMPARE(mine->model()->rowCount(), 2);
        mine->selectRow(0);
        QCOMPARE(cell(mine, 0), QStringLiteral("letter"));
        first.click(QStringLiteral("Open"));
        QTRY_VERIFY(first.status().startsWith(QStringLiteral("ClinicDesk does not open files of this kind")));
        first.click(QStringLiteral("Entered in error"));
        QTRY_COMPARE(mine->model()->rowCount(), 1);
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "openedElsewhere");
        QFile letter(m_dir.filePath(QStringLiteral("result.txt")));
        QVERIFY(letter.open(QIODevice::WriteOnly));
        letter.write("All is well.\n");
        letter.close();
        first.prompter.nextFile = letter.fileName();
        first.click(QStringLiteral("Add …"));
        QTRY_VERIFY(first.top()->objectName() == u"document");
        first.click(QStringLiteral("Save"));
        QTRY_COMPARE(mine->model()->rowCount(), 2);
        mine->selectRow(0);
        first.shot(QStringLiteral("documents"));
        first.click(QStringLiteral("Open"));
        QTRY_VERIFY(!m_opened.isEmpty());
        QFile copy(m_opened);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), QByteArray("All is well.\n"));
        QVERIFY(!(QFileInfo(m_opened).permissions() & (QFileDevice::ReadOther | QFileDevice::ReadGroup)));
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QTRY_COMPARE_WITH_TIMEOUT(theirs->model()->rowCount(), 2, 20'000);

        // The first desk will be off the network: tomorrow is kept for it. The second does not hear of it in
        // time.
        second.workspace->connection.workOffline(true);
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("Without the network …"));
        QTRY_VERIFY(first.top()->objectName() == u"leases");
        auto *wanted = first.top()->findChildren<QCheckBox *>().first();
        QTRY_VERIFY(wanted->isEnabled()); // once the server has said what it keeps
        wanted->click();
        first.click(QStringLiteral("Keep these times")); // this desk's clock is months behind the server's
        QTRY_VERIFY(first.find<QLabel>(QStringLiteral("outcome"))
                        ->text()
                        .startsWith(QStringLiteral("By the server")));
        QDate tomorrow = QDateTime::currentDateTimeUtc().date().addDays(1);
        while (tomorrow.dayOfWeek() != Qt::Tuesday)
            tomorrow = tomorrow.addDays(1);
        const auto edits = first.top()->findChildren<QDateEdit *>();
        QCOMPARE(edits.size(), 2);
        for (auto *edit : edits)
            edit->setDate(tomorrow);
        first.click(QStringLiteral("Keep these times"));
        auto *keptTimes = first.top()->findChild<QTableView *>();
        QTRY_COMPARE(keptTimes->model()->rowCount(), 1);
        first.shot(QStringLiteral("without-the-network"));
        first.click(QStringLiteral("Cancel"));
        const auto bookTomorrow = [&](Desk &desk, int hour) {
            domain::Appointment a;
            a.patientId = patient;
            a.practitionerId = desk.workspace->place().practitioners.first().id;
            a.startAt = QDateTime(tomorrow, QTime(hour, 0), desk.workspace->zone()).toMSecsSinceEpoch();
            a.minutes = 15;
            const auto booked = desk.clinic->performNow(services::BookAppointment{a});
            return booked ? booked->id : Id{};
        };
        const auto isOpen = [&](const Id &id) {
            return first.clinic->answerNow(services::ReadAppointment{id})->view.isUnconfirmed;
        };
        first.workspace->connection.workOffline(true);
        const Id certain = bookTomorrow(first, 9);
        QVERIFY(!certain.isNull() && !isOpen(certain));
        QVERIFY(!bookTomorrow(second, 9).isNull());
        second.workspace->connection.workOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(second.workspace->connection.toDecide() == 1, 20'000);
        first.workspace->connection.workOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first),
                                  QStringLiteral("Saved here and on the server · 1 to decide"), 20'000);
        QVERIFY(bookTomorrow(second, 10).isNull()); // now it knows

        // A second clinic of the same owner comes in, and is on the other desk as well.
        first.prompter.nextFile = m_dir.filePath(QStringLiteral("second-clinic.db"));
        {
            TestClinic other({.path = first.prompter.nextFile});
            other.signIn(QStringLiteral("clerk"));
            other.patient(QStringLiteral("Elsewhere"), QStringLiteral("Ada"));
        }
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("Bring in another clinic …"));
        const auto said = [&] {
            auto *text = first.find<QLabel>(QStringLiteral("bringText"));
            return text ? text->text() : QString();
        };
        QTRY_VERIFY2(said().contains(QStringLiteral("patients 2,")), qPrintable(said()));
        first.shot(QStringLiteral("bring-in-a-clinic"));
        first.click(QStringLiteral("Bring it in"));
        QTRY_VERIFY2(said().contains(QStringLiteral("brought in")), qPrintable(said()));
        first.shot(QStringLiteral("brought-in"));
        first.click(QStringLiteral("Close"));
        const auto known = [&] {
            return second.clinic->answerNow(services::PatientSearch{QStringLiteral("elsewh")})->size();
        };
        for (int tries = 0; tries < 400 && known() == 0; ++tries)
            QTest::qWait(50);
        QCOMPARE(known(), 1);
    }

    // A PC that keeps one branch of two: its code is read off the screen by a scanner, the other branch's
    // part of a chart comes when it is asked for, and somebody decides later that it keeps everything.
    void aPcKeepsOneBranch()
    {
        Desk first({false, true, {1280, 800}, 2, true});
        first.signInAs(QStringLiteral("demo-admin"));
        domain::Patient zoe;
        zoe.familyName = QStringLiteral("Zinnemann");
        zoe.givenName = QStringLiteral("Zoe");
        zoe.sex = domain::Sex::Female;
        zoe.birthDate = *PartialDate::create(1980, 1, 1);
        const auto registered = first.clinic->performNow(services::RegisterPatient{zoe});
        domain::Appointment a;
        a.patientId = registered->id;
        a.practitionerId = first.workspace->place().practitioners.first().id;
        a.startAt = first.clock.todayAt(8) + 86'400'000;
        a.minutes = 15;
        for (int tries = 0; tries < 30 && !first.clinic->performNow(services::BookAppointment{a}); ++tries)
            a.startAt += 15 * 60'000;
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("Connect to a server …"));
        enter(first, addHospital(m_arguments));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);

        first.click(QStringLiteral("Code for another PC …"));
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 10'000);
        const auto box = [&](const QString &name) {
            for (auto *check : first.top()->findChildren<QCheckBox *>()) {
                if (check->text() == name)
                    return check;
            }
            return static_cast<QCheckBox *>(nullptr);
        };
        QVERIFY(box(QStringLiteral("Branch 2")));
        box(QStringLiteral("Branch 2"))->click();
        first.shot(QStringLiteral("what-the-other-pc-keeps"));
        first.click(QStringLiteral("Make the code"));
        QLabel *qr = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (qr = first.window->findChild<QLabel *>(QStringLiteral("qr"))) && qr->isVisible(), 10'000);
        first.shot(QStringLiteral("code-with-qr"));
        const QString picture = m_dir.filePath(QStringLiteral("qr.png"));
        QVERIFY(qr->grab().save(picture));
        QProcess scanner;
        scanner.start(QStringLiteral("zbarimg"),
                      {QStringLiteral("-q"), QStringLiteral("--raw"), QStringLiteral("--nodbus"), picture});
        QVERIFY(scanner.waitForFinished(30'000));
        const QString code = QString::fromUtf8(scanner.readAllStandardOutput()).trimmed();
        QCOMPARE(code, first.top()->findChild<QPlainTextEdit *>()->toPlainText().trimmed());
        first.click(QStringLiteral("Copy"));

        Desk second({false, false, {1280, 800}, 1, true});
        second.click(QStringLiteral("Join a hospital that uses ClinicDesk already …"));
        enter(second, code);
        QTRY_VERIFY_WITH_TIMEOUT(second.agent->status().replica.booted, 20'000);
        second.waitIdle();
        second.signInAs(QStringLiteral("demo-admin"));
        QCOMPARE(second.workspace->session().branchName, QStringLiteral("Branch 2"));
        QCOMPARE(second.workspace->place().branches.size(), 1);
        second.window->openPatient(registered->id);
        second.waitIdle();
        const auto partial = [&] {
            auto *card = second.window->findChild<QWidget *>(QStringLiteral("partial"));
            return card && card->isVisible();
        };
        QTRY_VERIFY(partial());
        second.shot(QStringLiteral("part-of-a-chart"));
        second.click(QStringLiteral("Fetch them"));
        QTRY_VERIFY_WITH_TIMEOUT(!partial(), 20'000);
        QTRY_COMPARE(second.clinic->performNow(services::OpenPatient{registered->id})->appointmentCount, 1);
        second.shot(QStringLiteral("whole-chart"));

        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("PCs of the hospital …"));
        auto *dialog = first.window->findChild<QDialog *>(QStringLiteral("devices"));
        auto *list = dialog->findChild<QTableView *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, 10'000);
        list->selectRow(1);
        QCOMPARE(list->model()->index(1, 3).data().toString(), QStringLiteral("Branch 2"));
        first.shot(QStringLiteral("pcs-and-what-they-keep"));
        first.click(QStringLiteral("What it keeps …"));
        QTRY_VERIFY(first.top()->objectName() == u"keep");
        first.top()->findChild<QRadioButton *>()->click();
        first.click(QStringLiteral("Apply"));
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->index(1, 3).data().toString(), QStringLiteral("Everything"),
                                  10'000);
        first.click(QStringLiteral("Close"));
        second.workspace->connection.syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(second.agent->status().replica.scopes, QByteArray("*"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(second), QStringLiteral("Saved here and on the server"), 20'000);
        QTRY_COMPARE(second.workspace->place().branches.size(), 2);

        // Somebody leaves the second PC in a taxi.
        QSignalSpy ordered(second.agent.get(), &sync::Agent::removalOrdered);
        QVERIFY(!second.secrets.isEmpty());
        first.click(QStringLiteral("PCs of the hospital …"));
        dialog = first.window->findChild<QDialog *>(QStringLiteral("devices"));
        list = dialog->findChild<QTableView *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, 10'000);
        list->selectRow(1);
        first.click(QStringLiteral("It was lost …"));
        QTRY_VERIFY_WITH_TIMEOUT(
            list->model()->index(1, 2).data().toString().contains(QStringLiteral("will remove")), 10'000);
        first.shot(QStringLiteral("a-pc-was-lost"));
        second.workspace->connection.syncNow();
        zoe.familyName = QStringLiteral("Anything");
        QVERIFY(first.clinic->performNow(services::RegisterPatient{zoe})); // news: the second asks for them
        QTRY_COMPARE_WITH_TIMEOUT(ordered.count(), 1, 20'000);
        QVERIFY(second.secrets.isEmpty());
        first.click(QStringLiteral("Close"));
        first.click(QStringLiteral("PCs of the hospital …"));
        list = first.top()->findChild<QTableView *>();
        QTRY_VERIFY_WITH_TIMEOUT(
            list->model()->rowCount() == 2 &&
                list->model()->index(1, 2).data().toString().contains(QStringLiteral("removed")),
            10'000);
        first.click(QStringLiteral("Close"));
    }

    // Two people take a place in the same moment, one of them at the waiting room's screen: it says what the
    // server says.
    void theKioskSaysWhatTheServerSays()
    {
        Desk first({false, true, {1280, 800}, 1, true});
        first.signInAs(QStringLiteral("demo-admin"));
        const auto registered = [&](const char *family) {
            domain::Patient patient;
            patient.familyName = QString::fromLatin1(family);
            patient.givenName = QStringLiteral("Ada");
            patient.sex = domain::Sex::Female;
            patient.birthDate = *PartialDate::create(1980, 1, 1);
            return *first.clinic->performNow(services::RegisterPatient{patient});
        };
        const auto waiting = registered("Waiting");
        const auto calling = registered("Calling");
        services::SaveUser kiosk;
        kiosk.user.userName = QStringLiteral("kiosk");
        kiosk.user.patientId = waiting.id;
        kiosk.password = QStringLiteral("correct horse");
        kiosk.quickHash = true;
        const auto roles = first.clinic->answerNow(services::Roles{});
        for (const auto &role : *roles) {
            if (role.role.code == u"patient")
                kiosk.roles = {role.role.id};
        }
        QVERIFY(first.clinic->performNow(kiosk).has_value());
        first.window->go(QStringLiteral("server"));
        first.waitIdle();
        first.click(QStringLiteral("Connect to a server …"));
        enter(first, addHospital(m_arguments));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        first.click(QStringLiteral("Code for another PC …"));
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), 10'000);
        const QString code = first.top()->findChild<QPlainTextEdit *>()->toPlainText();
        first.click(QStringLiteral("Copy"));

        Desk second({false, false, {1280, 800}, 1, true});
        second.click(QStringLiteral("Join a hospital that uses ClinicDesk already …"));
        enter(second, code);
        QTRY_VERIFY_WITH_TIMEOUT(second.agent->status().replica.booted, 20'000);
        second.waitIdle();
        second.signInAs(QStringLiteral("kiosk"));
        const auto isOnline = [&] { return second.workspace->connection.status().isCalm(); };
        // The server hears who works here before anything else happens.
        const auto tokens = [&] {
            const auto lately = second.workspace->connection.exchanges();
            return std::ranges::count_if(lately, [](const auto &e) { return e.what.endsWith("/v1/token"); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(tokens() > 1 && isOnline(), 20'000);
        const auto place = [&]() -> QAbstractButton * {
            for (auto *b : second.window->currentScreen()->findChildren<QAbstractButton *>()) {
                if (b->isVisible() && b->text().contains(QStringLiteral("Mar 2026")))
                    return b;
            }
            return nullptr;
        };
        QTRY_VERIFY(place());
        services::FreeSlots question;
        question.patient = waiting.id;
        question.from = second.workspace->now();
        question.limit = 1;
        question.minutes = second.workspace->setting(domain::setting::slotMinutes).toInt();
        const auto free = second.clinic->answerNow(question);
        QVERIFY(free && !free->isEmpty());

        second.workspace->connection.workOffline(true);
        second.waitIdle();
        domain::Appointment a;
        a.patientId = calling.id;
        a.practitionerId = free->first().practitioner.id;
        a.startAt = free->first().slot.startMs();
        a.minutes = question.minutes;
        QVERIFY(first.clinic->performNow(services::BookAppointment{a}).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(indicator(first), QStringLiteral("Saved here and on the server"), 20'000);
        second.workspace->connection.workOffline(false);
        const QString lost = place()->text();
        QTest::mouseClick(place(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(second.status().startsWith(QStringLiteral("Somebody else has just taken")),
                                 20'000);
        second.shot(QStringLiteral("kiosk-place-lost"));
        QTRY_VERIFY_WITH_TIMEOUT(isOnline(), 20'000);
        second.waitIdle();
        // What is taken is not offered any more.
        for (int tries = 0; tries < 200 && (!place() || place()->text().contains(lost)); ++tries)
            QTest::qWait(50);
        QTest::mouseClick(place(), Qt::LeftButton);
        for (int k = 0; k < 400 && !second.status().startsWith(QStringLiteral("Booked for")); ++k)
            QTest::qWait(50);
        QVERIFY2(second.status().startsWith(QStringLiteral("Booked for")), qPrintable(second.status()));
        QCOMPARE(second.clinic->answerNow(services::OwnAppointments{})->size(), 1);
    }

    // The server gets another address and a certificate of the hospital's own authority; somebody else's
    // server at that address is told nothing.
    void theServerMoves()
    {
        const QString code = addHospital(m_arguments);
        Desk desk({false, true, {1280, 800}, 1, true});
        desk.signInAs(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("server"));
        desk.waitIdle();
        desk.click(QStringLiteral("Connect to a server …"));
        enter(desk, code);
        QTRY_COMPARE_WITH_TIMEOUT(indicator(desk), QStringLiteral("Saved here and on the server"), 20'000);

        stopServer();
        openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                 QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                 QStringLiteral("ca.key"), QStringLiteral("-out"), QStringLiteral("ca.crt"),
                 QStringLiteral("-subj"), QStringLiteral("/CN=Own authority"), QStringLiteral("-days"),
                 QStringLiteral("30")});
        openssl({QStringLiteral("req"),
                 QStringLiteral("-x509"),
                 QStringLiteral("-CA"),
                 QStringLiteral("ca.crt"),
                 QStringLiteral("-CAkey"),
                 QStringLiteral("ca.key"),
                 QStringLiteral("-newkey"),
                 QStringLiteral("rsa:2048"),
                 QStringLiteral("-nodes"),
                 QStringLiteral("-keyout"),
                 QStringLiteral("server.key"),
                 QStringLiteral("-out"),
                 QStringLiteral("server.crt"),
                 QStringLiteral("-subj"),
                 QStringLiteral("/CN=server"),
                 QStringLiteral("-addext"),
                 QStringLiteral("subjectAltName=IP:127.0.0.1"),
                 QStringLiteral("-addext"),
                 QStringLiteral("basicConstraints=critical,CA:FALSE"),
                 QStringLiteral("-days"),
                 QStringLiteral("30")});
        const auto secure = [&](const QString &data, int port) {
            return QStringList{QStringLiteral("--data"),
                               m_dir.filePath(data),
                               QStringLiteral("--tls-certificate"),
                               m_dir.filePath(QStringLiteral("server.crt")),
                               QStringLiteral("--tls-key"),
                               m_dir.filePath(QStringLiteral("server.key")),
                               QStringLiteral("--listen"),
                               QStringLiteral("127.0.0.1:%1").arg(port)};
        };
        const int port = freePort();
        const QString address = QStringLiteral("https://127.0.0.1:%1").arg(port);
        const auto edit = [&](const QString &addresses, const QString &authority) {
            desk.click(QStringLiteral("Addresses …"));
            auto *dialog = desk.window->findChild<QDialog *>(QStringLiteral("serverAddresses"));
            const auto texts = dialog->findChildren<QPlainTextEdit *>();
            texts[0]->setPlainText(addresses);
            texts[1]->setPlainText(authority);
            return dialog;
        };
        QFile ca(m_dir.filePath(QStringLiteral("ca.crt")));
        QVERIFY(ca.open(QIODevice::ReadOnly));
        const QString authority = QString::fromLatin1(ca.readAll());

        // Somebody else's server there.
        m_arguments = secure(QStringLiteral("elsewhere"), port);
        startServer();
        auto *dialog = edit(QStringLiteral("http://clinic.example:1"), {});
        desk.click(QStringLiteral("Save"));
        QVERIFY(dialog->isVisible()); // refused beside the field
        QCOMPARE(dialog->findChildren<QPlainTextEdit *>().first()->toPlainText(),
                 QStringLiteral("http://clinic.example:1"));
        dialog->findChildren<QPlainTextEdit *>().first()->setPlainText(
            QStringLiteral("https://127.0.0.1:%1\n").arg(freePort()) + address);
        dialog->findChildren<QPlainTextEdit *>().last()->setPlainText(authority);
        desk.click(QStringLiteral("Try them"));
        auto *outcome = dialog->findChild<QLabel *>(QStringLiteral("outcome"));
        QTRY_VERIFY_WITH_TIMEOUT(outcome->text().contains(QStringLiteral(" answers.")), 20'000);
        QVERIFY2(outcome->text().contains(QStringLiteral("does not answer")), qPrintable(outcome->text()));
        desk.shot(QStringLiteral("addresses"));
        desk.click(QStringLiteral("Save"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.agent->status().problem, QByteArray("other-server"), 90'000);
        QCOMPARE(indicator(desk), QStringLiteral("Server not reached"));
        stopServer();

        // The right one, whose certificate nobody vouches for yet; then with the authority.
        m_arguments = secure(QStringLiteral("server"), port);
        startServer();
        edit(address, {});
        desk.click(QStringLiteral("Save"));
        desk.waitIdle();
        QTRY_COMPARE_WITH_TIMEOUT(desk.agent->status().phase, sync::SyncStatus::Phase::Waiting, 20'000);
        edit(address, authority);
        desk.click(QStringLiteral("Save"));
        QTRY_COMPARE_WITH_TIMEOUT(indicator(desk), QStringLiteral("Saved here and on the server"), 90'000);
        QCOMPARE(desk.agent->status().replica.servers, QStringList{address});
    }

    // A server that takes a request and says nothing: no answer, and no warning about the reply that is
    // closed.
    void aServerThatSaysNothing()
    {
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        sync::Client client;
        client.setServer({{QStringLiteral("http://127.0.0.1:%1").arg(mute.serverPort())}, {}, {}});
        int status = -1;
        client.send({"GET", "/v1/hello", {}, {}, 300},
                    [&](const sync::Engine::Reply &reply) { status = reply.status; });
        QTRY_COMPARE_WITH_TIMEOUT(status, 0, 60'000);
        QVERIFY(mute.hasPendingConnections());
    }
};

int main(int argc, char **argv)
{
    return test::run<TstDesks, QApplication>(argc, argv);
}
#include "tst_desks.moc"
