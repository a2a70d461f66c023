// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/totp.h"
#include "gui/admin/accountpage.h"
#include "gui/admin/userspage.h"
#include "gui/appointments/calendarpage.h"
#include "gui/patients/patientprofile.h"
#include "gui/shell/kioskpage.h"
#include "gui/shell/todaypage.h"
#include "journey/desk.h"
#include "models/labels.h"
#include "services/admin/accounts.h"
#include "services/billing/billing.h"
#include "services/patients/documents.h"
#include "services/patients/importcolumns.h"
#include "services/patients/patients.h"
#include "support/testmain.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTableWidget>

using namespace clinic;
using namespace clinic::test;

// What people do all day, each through the real window.
class TstJourneys : public QObject
{
    Q_OBJECT

    static QList<models::AppointmentView> today(Desk &desk)
    {
        models::AppointmentFilter filter;
        filter.from = desk.workspace->startOf(desk.workspace->today());
        filter.to = filter.from + 86'400'000;
        return desk.clinic->answerNow(services::DayAppointments{filter})
            .value_or(QList<models::AppointmentView>());
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // A doctor: the next patient is on top; Enter opens, Enter starts; Enter opens, Enter completes.
    void doctorCompletesWithTheKeyboard()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-doctor"));
        auto *page = qobject_cast<gui::TodayPage *>(desk.window->currentScreen());
        QVERIFY(page);
        auto *table = page->findChild<QTableView *>();
        QCOMPARE(table->accessibleName(), QStringLiteral("My appointments today"));
        table->setFocus();
        const auto views = today(desk);
        desk.key(Qt::Key_Return);
        QCOMPARE(desk.top()->objectName(), QStringLiteral("appointment"));
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("state"))->text(),
                     QStringLiteral("State: In consultation"));
        desk.key(Qt::Key_Return);
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("state"))->text(), QStringLiteral("State: Completed"));
        QCOMPARE(desk.status(), QStringLiteral("Completed."));
        desk.key(Qt::Key_Escape);
        // Undo is offered, and real.
        QTest::mouseClick(desk.window->findChild<QAbstractButton *>(QStringLiteral("undo")), Qt::LeftButton);
        QTRY_VERIFY2(desk.status().startsWith(QStringLiteral("Undone")), qPrintable(desk.status()));
    }

    // Find and book the next free place, check in, change one's mind; and somebody who does not come. No
    // mouse.
    void bookingCheckInAndNoShowByKeyboard()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const auto tabTo = [&](const QString &text) {
            for (int i = 0; i < 60; ++i) {
                auto *button = qobject_cast<QAbstractButton *>(desk.top()->focusWidget());
                if (button && QString(button->text()).remove(u'&').startsWith(text))
                    return true;
                desk.key(Qt::Key_Tab);
            }
            return false;
        };
        const auto person = desk.clinic->answerNow(services::PatientSearch{QStringLiteral("smith")});
        QVERIFY(person && !person->isEmpty());
        desk.key(Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(desk.top()->windowTitle(), QStringLiteral("Book appointment"));
        desk.type(QStringLiteral("smith"));
        desk.key(Qt::Key_Return); // takes the first found
        QVERIFY(tabTo(QStringLiteral("Mon ")) || tabTo(QStringLiteral("Tue ")));
        desk.key(Qt::Key_Space);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(desk.status().startsWith(QStringLiteral("Booked for")), qPrintable(desk.status()));

        // The list on Today: the first who is still to come did not come.
        desk.key(Qt::Key_1, Qt::ControlModifier);
        auto *table = desk.window->currentScreen()->findChild<QTableView *>();
        table->setFocus();
        desk.clock.advanceMinutes(240);
        const auto open = [&](domain::AppointmentState state) {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (table->model()->index(row, 5).data().toString() == models::stateLabel(state)) {
                    desk.key(Qt::Key_Home, Qt::ControlModifier);
                    for (int i = 0; i < row; ++i)
                        desk.key(Qt::Key_Down);
                    desk.key(Qt::Key_Return);
                    return desk.top()->objectName() == u"appointment";
                }
            }
            return false;
        };
        QVERIFY(open(domain::AppointmentState::Booked));
        QVERIFY(tabTo(QStringLiteral("Did not come")));
        desk.key(Qt::Key_Space);
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("state"))->text(),
                     QStringLiteral("State: Did not come"));
        desk.key(Qt::Key_Escape);
        QTRY_COMPARE(desk.top(), desk.window);

        // The next one comes: checked in, and moved to another time first.
        table->setFocus();
        QVERIFY(open(domain::AppointmentState::Booked));
        QVERIFY(tabTo(QStringLiteral("Check in")));
        desk.key(Qt::Key_Space);
        QTRY_COMPARE(desk.find<QLabel>(QStringLiteral("state"))->text(), QStringLiteral("State: Checked in"));
        QVERIFY(tabTo(QStringLiteral("Change or move")));
        desk.key(Qt::Key_Space);
        QCOMPARE(desk.top()->windowTitle(), QStringLiteral("Change appointment"));
        QVERIFY(tabTo(QStringLiteral("Tue ")));
        desk.key(Qt::Key_Space);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("appointment"));
        QTRY_VERIFY2(desk.status().startsWith(QStringLiteral("Moved to")), qPrintable(desk.status()));
        desk.key(Qt::Key_Escape);
        QTRY_COMPARE(desk.top(), desk.window);
    }

    // By keys and by mouse: an appointment moves; onto another one it does not.
    void calendarMovesByKeyAndByMouse()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        auto *page = qobject_cast<gui::CalendarPage *>(desk.window->currentScreen());
        auto *view = page->view();
        page->setDay(QDate(2026, 3, 9)); // far enough to be thin
        desk.waitIdle();
        QTRY_VERIFY(view->boxes().size() > 10);
        // One that has room after it, and one that has not.
        const auto boxes = view->boxes();
        const auto find = [&](bool free) {
            for (const auto &box : boxes) {
                const qint64 end = box.view.appointment.startAt + box.view.appointment.minutes * 60'000LL;
                const bool taken = std::any_of(boxes.begin(), boxes.end(), [&](const auto &o) {
                    return o.column == box.column && o.view.appointment.id != box.view.appointment.id &&
                           o.view.appointment.startAt < end + 5 * 60'000 &&
                           o.view.appointment.startAt + o.view.appointment.minutes * 60'000LL > end;
                });
                if (taken != free && box.view.appointment.startAt <
                                         desk.workspace->startOf(QDate(2026, 3, 9)) + 14 * 3'600'000)
                    return box;
            }
            return models::CalendarBox{};
        };
        const auto movable = find(true);
        QVERIFY(!movable.view.appointment.id.isNull());
        view->select(movable.view.appointment.id);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
        desk.waitIdle();
        QTRY_VERIFY2(desk.status().startsWith(QStringLiteral("Moved to")), qPrintable(desk.status()));
        const auto startOf = [&](const Id &id) {
            const auto detail = desk.clinic->answerNow(services::ReadAppointment{id});
            return detail->view.appointment.startAt;
        };
        QCOMPARE(startOf(movable.view.appointment.id), movable.view.appointment.startAt + 5 * 60'000);
        QTest::mouseClick(desk.window->findChild<QAbstractButton *>(QStringLiteral("undo")), Qt::LeftButton);
        QTRY_COMPARE(startOf(movable.view.appointment.id), movable.view.appointment.startAt);
        desk.waitIdle();

        const auto stuck = find(false);
        QVERIFY(!stuck.view.appointment.id.isNull());
        view->select(stuck.view.appointment.id);
        QTest::keyClick(view, Qt::Key_Down, Qt::AltModifier);
        desk.waitIdle();
        QTRY_VERIFY2(desk.status().contains(QStringLiteral("has an appointment from")) ||
                         desk.status().contains(QStringLiteral("another appointment")),
                     qPrintable(desk.status()));
        QCOMPARE(startOf(stuck.view.appointment.id), stuck.view.appointment.startAt);

        // By mouse, in steps as a hand moves.
        QTRY_VERIFY(!view->boxes().isEmpty());
        view->scrollToTime(movable.view.appointment.startAt);
        for (const auto &box : view->boxes()) {
            if (box.view.appointment.id != movable.view.appointment.id)
                continue;
            const QPoint from = view->boxRect(box).center();
            const int step = view->boxRect(box).height() * 5 / box.view.appointment.minutes;
            QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
            for (int i = 1; i <= 8; ++i) {
                QMouseEvent move(
                    QEvent::MouseMove, QPointF(from + QPoint(0, step * i / 8 + (i == 8 ? 2 : 0))),
                    view->viewport()->mapToGlobal(from), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(view->viewport(), &move);
            }
            QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(0, step));
            break;
        }
        desk.waitIdle();
        QTRY_COMPARE(startOf(movable.view.appointment.id), movable.view.appointment.startAt + 5 * 60'000);
    }

    // Cancelled at the desk: why, who asked and how are kept with the step.
    void cancellingKeepsWhoAskedAndHow()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        Id id;
        for (const auto &view : today(desk)) {
            if (view.appointment.state == domain::AppointmentState::Booked)
                id = view.appointment.id;
        }
        desk.window->openAppointment(id);
        desk.waitIdle();
        desk.prompter.nextText = QStringLiteral("A relative, by telephone");
        desk.click(QStringLiteral("Cancel appointment"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Cancelled."));
        QCOMPARE(desk.prompter.asked, 2);
        const auto step = desk.clinic->answerNow(services::ReadAppointment{id})->steps.last().event;
        QCOMPARE(step.askedBy, QStringLiteral("relative"));
        QCOMPARE(step.channel, QStringLiteral("telephone"));
        QVERIFY(!step.reason.isEmpty());
    }

    void weekViewShowsSevenDays()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        auto *page = qobject_cast<gui::CalendarPage *>(desk.window->currentScreen());
        for (auto *box : page->findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Day or week") {
                box->setCurrentIndex(1);
                Q_EMIT box->activated(1);
            }
        }
        desk.waitIdle();
        QTRY_COMPARE(page->view()->columns().size(), 7);
        desk.shot(QStringLiteral("week"));
        // The choice is the user's, and comes back.
        desk.window->signOut();
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        QTRY_COMPARE(
            qobject_cast<gui::CalendarPage *>(desk.window->currentScreen())->view()->columns().size(), 7);
    }

    // "Who saw this record?" is answered beside the record, and by person and day; what is on the screen is
    // saved for whoever asked.
    void whoLooked()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const auto hits = desk.clinic->answerNow(services::PatientSearch{QStringLiteral("a")});
        QVERIFY(!hits->isEmpty());
        const Id patient = hits->first().id;
        desk.window->openPatient(patient);
        desk.waitIdle();
        const auto tabs = [&desk] { return desk.window->currentScreen()->findChild<QTabWidget *>(); };
        const auto tabNamed = [](QTabWidget *parts, const QString &name) {
            for (int i = 0; i < parts->count(); ++i) {
                if (parts->tabText(i) == name)
                    return i;
            }
            return -1;
        };
        QCOMPARE(tabNamed(tabs(), QStringLiteral("Who looked")), -1); // not for a clerk
        desk.window->signOut();
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->openPatient(patient);
        desk.waitIdle();
        const int index = tabNamed(tabs(), QStringLiteral("Who looked"));
        QVERIFY(index > 0);
        tabs()->setCurrentIndex(index);
        desk.waitIdle();
        auto *looked = tabs()->currentWidget()->findChild<QTableView *>();
        QTRY_VERIFY(looked->model()->rowCount() >= 2);
        QStringList who;
        for (int row = 0; row < looked->model()->rowCount(); ++row)
            who << looked->model()->index(row, 1).data().toString();
        QVERIFY2(who.contains(QStringLiteral("Clerk")), qPrintable(who.join(u',')));
        looked->selectRow(0);
        auto *detail = tabs()->currentWidget()->findChild<QLabel *>(QStringLiteral("auditDetail"));
        QTRY_VERIFY2(detail->text().contains(QStringLiteral("ClinicDesk " CLINIC_VERSION)),
                     qPrintable(detail->text()));
        desk.shot(QStringLiteral("who-looked"));
        const QString person = desk.folder.filePath(QStringLiteral("person.json"));
        desk.prompter.nextFile = person;
        desk.click(QStringLiteral("Export …"));
        QTRY_VERIFY(QFileInfo::exists(person) &&
                    QFileInfo(desk.folder.filePath(QStringLiteral("person.pdf"))).size() > 1000);
        desk.window->go(QStringLiteral("audit"));
        desk.waitIdle();
        desk.shot(QStringLiteral("audit-events"));
        const QString file = desk.folder.filePath(QStringLiteral("audit.csv"));
        desk.prompter.nextFile = file;
        desk.click(QStringLiteral("Save as CSV …"));
        QTRY_VERIFY(QFileInfo::exists(file) && QFileInfo::exists(file + QStringLiteral(".sig")));
        desk.click(QStringLiteral("Check the chain"));
        auto *chain = desk.window->findChild<QLabel *>(QStringLiteral("auditChain"));
        QTRY_VERIFY2(chain->text().endsWith(QStringLiteral("as they were written.")),
                     qPrintable(chain->text()));
        desk.shot(QStringLiteral("audit-chain"));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(saved.readAll());
        QVERIFY2(text.contains(QStringLiteral("Clerk")) && text.contains(patient.toString()),
                 qPrintable(text.left(500)));
        tabs()->setCurrentIndex(tabNamed(tabs(), QStringLiteral("By person and day")));
        desk.waitIdle();
        QTRY_VERIFY(tabs()->currentWidget()->findChild<QTableView *>()->model()->rowCount() >= 2);
        desk.shot(QStringLiteral("audit-by-day"));
    }

    // A role that needs a second factor, the administrator's own: his open window is at once left with the
    // page where one is set up.
    void aRoleMayNeedASecondFactor()
    {
        Desk desk({false, true, {1280, 800}, 1, true});
        desk.signInAs(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("users"));
        desk.waitIdle();
        auto *tabs = desk.window->currentScreen()->findChild<QTabWidget *>();
        tabs->setCurrentIndex(1);
        desk.waitIdle();
        auto *roles = tabs->currentWidget()->findChild<QTableView *>();
        for (int row = 0; row < roles->model()->rowCount(); ++row) {
            if (roles->model()->index(row, 0).data() == QStringLiteral("Administrator"))
                roles->selectRow(row);
        }
        roles->setFocus();
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(QApplication::activeModalWidget());
        auto *box =
            QApplication::activeModalWidget()->findChild<QCheckBox *>(QStringLiteral("needs_second_factor"));
        QVERIFY(box);
        QVERIFY(!QApplication::activeModalWidget()
                     ->findChild<QListWidget *>()
                     ->isEnabled()); // may always do everything
        box->setChecked(true);
        desk.shot(QStringLiteral("role-needs-second-factor"));
        desk.click(QStringLiteral("Save"));
        desk.waitIdle();
        QTRY_VERIFY(!QApplication::activeModalWidget());
        QTRY_VERIFY(qobject_cast<gui::AccountPage *>(desk.window->currentScreen()));
        desk.waitIdle();
        desk.shot(QStringLiteral("second-factor-needed"));
        QVERIFY(!desk.workspace->may("patients.view"));
        auto *factor = desk.window->currentScreen()->findChild<QLabel *>(QStringLiteral("factor"));
        QTRY_VERIFY2(factor->isVisible() && factor->text().startsWith(QStringLiteral("Your role needs")),
                     qPrintable(factor->text()));
    }

    // Whoever comes to a window that was left open makes nobody an administrator; whoever belongs there goes
    // on without typing anything again.
    void anOpenWindowAsksWhoSitsThere()
    {
        Desk desk({false, true, {1280, 800}, 1, true});
        desk.signInAs(QStringLiteral("demo-admin"));
        desk.clock.advanceMinutes(10);
        desk.window->go(QStringLiteral("users"));
        desk.waitIdle();
        auto *tabs = desk.window->currentScreen()->findChild<QTabWidget *>();
        auto *users = tabs->currentWidget()->findChild<QTableView *>();
        for (int row = 0; row < users->model()->rowCount(); ++row) {
            if (users->model()->index(row, 0).data() == QStringLiteral("demo-doctor"))
                users->selectRow(row);
        }
        users->setFocus();
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(QApplication::activeModalWidget());
        desk.find<QLineEdit>(QStringLiteral("blocked_from"))->setText(QStringLiteral("23/3/2026"));
        desk.find<QLineEdit>(QStringLiteral("inactive_reason"))
            ->setText(QStringLiteral("Licence under review"));
        desk.shot(QStringLiteral("user-blocked"));
        desk.click(QStringLiteral("Save"));
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("proof"));
        desk.waitIdle();
        desk.shot(QStringLiteral("proof"));
        auto *secret = desk.find<QLineEdit>(QStringLiteral("code"));
        secret->setText(QStringLiteral("not it"));
        desk.click(QStringLiteral("Continue"));
        desk.waitIdle();
        QCOMPARE(desk.top()->objectName(), QStringLiteral("proof"));
        secret->setText(QStringLiteral("correct horse"));
        desk.click(QStringLiteral("Continue"));
        QTRY_VERIFY(!QApplication::activeModalWidget());
        desk.waitIdle();
        const auto standing = [&] {
            for (int row = 0; row < users->model()->rowCount(); ++row) {
                if (users->model()->index(row, 0).data() == QStringLiteral("demo-doctor"))
                    return users->model()->index(row, 3).data().toString();
            }
            return QString();
        };
        QTRY_COMPARE(standing(), QStringLiteral("Blocked from 2026-03-23"));
        desk.shot(QStringLiteral("users-blocked"));

        // What a clerk sees: fewer menus, a line that says so, nothing that changes anything, and a way back.
        tabs->setCurrentIndex(1);
        desk.waitIdle();
        auto *roles = tabs->currentWidget()->findChild<QTableView *>();
        for (int row = 0; row < roles->model()->rowCount(); ++row) {
            if (roles->model()->index(row, 0).data() == QStringLiteral("Clerk (reception)") ||
                roles->model()->index(row, 0).data() == QStringLiteral("Clerk"))
                roles->selectRow(row);
        }
        desk.click(QStringLiteral("View as this role"));
        desk.waitIdle();
        QVERIFY(desk.workspace->isViewing());
        QVERIFY(!desk.workspace->may("users.view") && desk.workspace->may("patients.register"));
        desk.shot(QStringLiteral("view-as-clerk"));
        desk.click(QStringLiteral("Go back to your own view"));
        desk.waitIdle();
        QVERIFY(!desk.workspace->isViewing() && desk.workspace->may("users.view"));

        // Somebody else approves.
        desk.clock.advanceMinutes(10);
        bool done = false;
        const auto listed = *desk.clinic->answerNow(services::Users{});
        const auto nurse = *std::ranges::find_if(
            listed, [](const auto &view) { return view.user.userName == u"demo-nurse"; });
        desk.workspace->accounts.resetSecondFactor(desk.window, nurse.user.id,
                                                   [&](const auto &outcome) { done = outcome.has_value(); });
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("proof"));
        desk.waitIdle();
        desk.click(QStringLiteral("Somebody else approves"));
        desk.find<QLineEdit>(QStringLiteral("approver_login"))->setText(QStringLiteral("demo-clerk"));
        desk.find<QLineEdit>(QStringLiteral("approver_password"))->setText(QStringLiteral("correct horse"));
        desk.click(QStringLiteral("Continue"));
        desk.waitIdle();
        desk.shot(QStringLiteral("proof-by-somebody-else"));
        QCOMPARE(desk.top()->objectName(), QStringLiteral("proof")); // not the clerk's password
        desk.key(Qt::Key_Escape);
        desk.waitIdle();
        QVERIFY(!done);
    }

    // Amounts and quantities show how they were read before anything is saved; what cannot be read is said at
    // once, and no other item's total stands on its row.
    void amountsAreReadAsTheyAreMeant()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        Id appointment; // one that was not billed yet, of a service with a price
        for (const auto &view : today(desk)) {
            const auto bill = desk.clinic->answerNow(services::InvoiceForAppointment{view.appointment.id});
            if (bill && !bill->view.invoice.isStored() && bill->lines.size() == 1)
                appointment = view.appointment.id;
        }
        QVERIFY(!appointment.isNull());
        desk.window->invoiceAppointment(appointment);
        desk.waitIdle();
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("invoice"));
        auto *table = desk.find<QTableWidget>(QString());
        QVERIFY(table && table->rowCount() == 1);
        desk.click(QStringLiteral("Add item"));
        QCOMPARE(table->rowCount(), 2);
        table->item(0, 1)->setText(QStringLiteral("٢"));
        table->item(0, 2)->setText(QStringLiteral("1,5"));
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("2"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("1.50"));
        QCOMPARE(table->item(0, 4)->text(), QStringLiteral("3.00"));
        const QString second = table->item(1, 4)->text();
        for (const auto &[column, text] :
             {std::pair(1, QStringLiteral("abc")), std::pair(1, QStringLiteral("1,5")),
              std::pair(1, QString()), std::pair(2, QStringLiteral("0,500")),
              std::pair(2, QStringLiteral("€ 5"))}) {
            const QString before = table->item(0, column)->text();
            table->item(0, column)->setText(text);
            QCOMPARE(table->item(0, column)->text(), text); // as typed
            QCOMPARE(table->item(0, 4)->text(), QStringLiteral("–"));
            QCOMPARE(table->item(1, 4)->text(), second);
            QVERIFY(!desk.find<QLabel>(QStringLiteral("invoiceFault"))->text().isEmpty());
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            desk.waitIdle();
            QVERIFY(desk.button(QStringLiteral("Issue"))); // nothing was
            table->item(0, column)->setText(before);
            QVERIFY(desk.find<QLabel>(QStringLiteral("invoiceFault"))->text().isEmpty());
        }
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(desk.button(QStringLiteral("Take payment")));
        desk.click(QStringLiteral("Take payment"));
        auto *amount = desk.find<QLineEdit>(QStringLiteral("amount"));
        QTRY_VERIFY(amount);
        amount->setText(QStringLiteral("0,500"));
        desk.find<QLineEdit>(QStringLiteral("reference"))->setFocus();
        QVERIFY(amount->property("invalid").toBool()); // said on leaving it
        amount->setFocus();
        amount->setText(QStringLiteral("R 1,5"));
        QVERIFY(!amount->property("invalid").toBool());
        desk.find<QLineEdit>(QStringLiteral("reference"))->setFocus();
        QCOMPARE(amount->text(), QStringLiteral("1.50"));
        desk.find<QComboBox>(QStringLiteral("method"))->setCurrentIndex(1);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("document"));
        desk.click(QStringLiteral("Close"));
        const auto detail = desk.clinic->answerNow(services::InvoiceForAppointment{appointment});
        QCOMPARE(detail->payments.last().amountMinor, 150);
    }

    // More cash than is due is no error: the change is shown, what was due is on the receipt.
    void changeIsShown()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        QVERIFY(desk.clinic->performNow(services::OpenCashDrawer{0}));
        services::IssueInvoice issue;
        issue.invoice.patientId = desk.clinic->answerNow(services::PatientSearch{})->first().id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 1260;
        issue.lines = {line};
        const Id invoice = desk.clinic->performNow(issue)->id;
        desk.window->openInvoice(invoice);
        desk.waitIdle();
        desk.click(QStringLiteral("Take payment"));
        auto *amount = desk.find<QLineEdit>(QStringLiteral("amount"));
        QTRY_VERIFY(amount);
        auto *change = desk.find<QLabel>(QStringLiteral("change"));
        QVERIFY(change && change->text().isEmpty());
        amount->setText(QStringLiteral("20"));
        QCOMPARE(change->text(), QStringLiteral("Change: %1").arg(desk.workspace->money(740)));
        auto *method = desk.find<QComboBox>(QStringLiteral("method"));
        method->setCurrentIndex(1);
        Q_EMIT method->activated(1);
        QVERIFY(change->text().isEmpty()); // a card gives none
        method->setCurrentIndex(0);
        Q_EMIT method->activated(0);
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("document"));
        QCOMPARE(desk.status(), QStringLiteral("%1 taken, change %2.")
                                    .arg(desk.workspace->money(1260), desk.workspace->money(740)));
        QCOMPARE(desk.clinic->answerNow(services::ReadInvoice{invoice})->view.balanceMinor(), 0);
    }

    // Finance pays one item back; somebody else approves with his own password.
    void refundNeedsASecondPerson()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-finance"));
        models::InvoiceFilter filter;
        const auto invoices = desk.clinic->answerNow(services::Invoices{filter});
        Id paid;
        for (const auto &view : *invoices) {
            if (view.paidMinor > 1000)
                paid = view.invoice.id;
        }
        QVERIFY(!paid.isNull());
        desk.window->openInvoice(paid);
        desk.waitIdle();
        desk.click(QStringLiteral("Refund"));
        const auto set = [&](const char *name, const QString &text) {
            auto *edit = desk.find<QLineEdit>(QString::fromLatin1(name));
            QVERIFY(edit);
            edit->setText(text);
        };
        set("amount", QStringLiteral("10"));
        desk.find<QComboBox>(QStringLiteral("method"))->setCurrentIndex(1);
        set("reason", QStringLiteral("charged twice"));
        set("approver_login", QStringLiteral("demo-admin"));
        set("approver_password", QStringLiteral("wrong"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(desk.find<QLineEdit>(QStringLiteral("approver_password"))
                    ->property("invalid")
                    .toBool()); // still open, nothing lost
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("reason"))->text(), QStringLiteral("charged twice"));
        set("approver_password", QStringLiteral("correct horse"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("invoice"));
        const auto detail = desk.clinic->answerNow(services::ReadInvoice{paid});
        QCOMPARE(detail->payments.last().amountMinor, -1000);
    }

    // Two forms on one patient: a real change is announced with both values, a false alarm never.
    void twoFormsOnOneRecord()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const auto hit = desk.clinic->answerNow(services::PatientSearch{})->first();
        const auto patient = desk.clinic->performNow(services::OpenPatient{hit.id})->patient;
        desk.window->editPatient(patient);
        desk.waitIdle();
        auto other = patient;
        other.address = QStringLiteral("9 Elsewhere");
        QVERIFY(desk.clinic->performNow(services::UpdatePatient{patient, other}));
        auto third = other;
        third.phone = QStringLiteral("083 000 1111");
        QVERIFY(desk.clinic->performNow(services::UpdatePatient{other, third}));
        desk.find<QLineEdit>(QStringLiteral("phone"))->setText(QStringLiteral("084 999 8888"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(desk.status().contains(QStringLiteral("083 000 1111")) &&
                         desk.status().contains(QStringLiteral("084 999 8888")),
                     qPrintable(desk.status()));
        QVERIFY(desk.find<QLineEdit>(QStringLiteral("phone"))->property("invalid").toBool());
        QCOMPARE(desk.find<QLineEdit>(QStringLiteral("phone"))->text(), QStringLiteral("084 999 8888"));
        desk.key(Qt::Key_Return, Qt::ControlModifier); // knowing both: mine
        QTRY_COMPARE(desk.status(), QStringLiteral("Saved."));
        const auto now = desk.clinic->performNow(services::OpenPatient{hit.id})->patient;
        QCOMPARE(now.phone, QStringLiteral("084 999 8888"));
        QCOMPARE(now.address, QStringLiteral("9 Elsewhere")); // untouched by this form
    }

    // What is not understood is said beside its field; nothing is stored without it.
    void aWrongDateIsNotDropped()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-doctor"));
        const auto hit = desk.clinic->answerNow(services::PatientSearch{})->first();
        desk.window->openPatient(hit.id);
        desk.waitIdle();
        const auto add = [&]() -> QAbstractButton * {
            for (auto *b : desk.window->findChildren<QAbstractButton *>()) {
                if (b->accessibleName() == u"Add: Conditions")
                    return b;
            }
            return nullptr;
        };
        QTRY_VERIFY(add());
        add()->click();
        QTRY_VERIFY(desk.find<QLineEdit>(QStringLiteral("onset")));
        auto *onset = desk.find<QLineEdit>(QStringLiteral("onset"));
        desk.find<QLineEdit>(QStringLiteral("name"))->setText(QStringLiteral("Asthma"));
        const auto stored = [&] {
            return desk.clinic->performNow(services::OpenPatient{hit.id})->conditions;
        };
        for (const char *wrong : {"31/02/1999", "some time ago", "2030"}) {
            onset->setText(QString::fromLatin1(wrong));
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY(onset->property("invalid").toBool());
            desk.waitIdle();
            QVERIFY(stored().isEmpty());
        }
        onset->setText(QStringLiteral("~1999"));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(stored().size(), 1);
        QCOMPARE(stored().first().onset.toStored(), QStringLiteral("1999~"));
    }

    // Ages of the very young, a birth date nobody knows, and one that is hard to believe.
    void birthDatesAsTheyAreKnown()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        const auto registering = [&](const char *born) {
            domain::Patient saved;
            desk.window->registerPatient({}, [&](const domain::Patient &p) { saved = p; });
            desk.waitIdle();
            desk.find<QLineEdit>(QStringLiteral("family_name"))
                ->setText(QStringLiteral("Known %1").arg(QString::fromUtf8(born)));
            desk.find<QComboBox>(QStringLiteral("sex"))->setCurrentIndex(4); // not known
            desk.find<QLineEdit>(QStringLiteral("birth_date"))->setText(QString::fromUtf8(born));
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            desk.waitIdle();
            return saved;
        };
        QCOMPARE(registering("8 m").birthDate.toStored(), QStringLiteral("2025-07~"));
        QCOMPARE(registering("3 w").birthDate.toStored(), QStringLiteral("2026-02-09~"));
        QCOMPARE(registering("~45").birthDate.toStored(), QStringLiteral("1981~"));
        QCOMPARE(registering("\u0663\u0660").birthDate.toStored(), QStringLiteral("1996~"));
        const auto unknown = registering("?");
        QVERIFY(unknown.isStored() && unknown.birthDate.isNull());
        QCOMPARE(unknown.sex, domain::Sex::Unknown);
        QCOMPARE(desk.prompter.asked, 0);
        desk.prompter.nextConfirm = true;
        const auto old = registering("1903");
        QVERIFY(old.isStored());
        QCOMPARE(desk.prompter.asked, 1);
        // Nothing more is asked when something else is changed, and an estimate stays one.
        for (const auto &person :
             {old, unknown, desk.clinic->performNow(services::OpenPatient{registering("30").id})->patient}) {
            desk.window->editPatient(person);
            desk.waitIdle();
            desk.find<QLineEdit>(QStringLiteral("phone"))->setText(QStringLiteral("084 999 8888"));
            desk.key(Qt::Key_Return, Qt::ControlModifier);
            desk.waitIdle();
            const auto now = desk.clinic->performNow(services::OpenPatient{person.id})->patient;
            QCOMPARE(now.phone, QStringLiteral("084 999 8888"));
            QCOMPARE(now.birthDate, person.birthDate);
        }
        QCOMPARE(desk.prompter.asked, 1);
        // Neither nothing nor too much.
        for (const char *refused : {"", "1890", "131"}) {
            QVERIFY(!registering(refused).isStored());
            QVERIFY(desk.find<QLineEdit>(QStringLiteral("birth_date"))->property("invalid").toBool());
            desk.prompter.nextConfirm = true;
            desk.key(Qt::Key_Escape);
            desk.waitIdle();
        }
    }

    void importInTheProgram()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.prompter.nextFile = QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/patients-sample.csv");
        desk.window->importPatients();
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("import"));
        QTRY_VERIFY(desk.button(QStringLiteral("Import"))->isEnabled());
        QCOMPARE(desk.top()->findChild<QTableWidget *>()->columnCount(), 7);
        desk.shot(QStringLiteral("import"));
        // While it runs nothing can be chosen; Escape stops it, and the result stays to be read.
        auto *preview = desk.top()->findChild<QTableWidget *>();
        desk.button(QStringLiteral("Import"))->click(); // without waiting for the answers
        QVERIFY(!preview->isEnabled());
        QVERIFY(!desk.button(QStringLiteral("Import"))->isEnabled());
        QVERIFY(!desk.top()->findChild<QComboBox *>(QStringLiteral("importNames"))->isEnabled());
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(desk.status().contains(QStringLiteral("stopped;")), 20'000);
        QCOMPARE(desk.top()->objectName(), QStringLiteral("import"));
        QVERIFY(preview->isEnabled());
        auto *report = desk.top()->findChild<QPlainTextEdit *>();
        QVERIFY(report->toPlainText().contains(QStringLiteral("not imported, the import ended before them")));
        desk.click(QStringLiteral("Import"));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.status().contains(QStringLiteral("stopped;")), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(desk.status().contains(QStringLiteral("imported,")), 20'000);
        QVERIFY(desk.top()->findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("Line ")));
        desk.shot(QStringLiteral("imported"));
        desk.click(QStringLiteral("Close"));
        QCOMPARE(desk.clinic->answerNow(services::PatientSearch{QStringLiteral("theron jacques")})
                     ->first()
                     .familyName,
                 QStringLiteral("Theron"));
        // What can be read in two ways is asked about first.
        const QString doubtful = desk.folder.filePath(QStringLiteral("doubtful.csv"));
        QFile file(doubtful);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Name,DOB,Sex\nGr\xe9gory Asked,3/4/1980,M\nKhan Ali,3/4/1981,V\n");
        file.close();
        desk.prompter.nextFile = doubtful;
        desk.window->importPatients();
        QTRY_COMPARE(desk.top()->objectName(), QStringLiteral("import"));
        const auto choose = [&](const char *name, int index) {
            auto *box = desk.top()->findChild<QComboBox *>(QLatin1StringView(name));
            box->setCurrentIndex(index);
            Q_EMIT box->activated(index);
        };
        auto *coding = desk.top()->findChild<QComboBox *>(QStringLiteral("importCoding"));
        QCOMPARE(coding->itemText(0), QStringLiteral("Character set: choose"));
        auto *dates = desk.top()->findChild<QComboBox *>(QStringLiteral("importDates"));
        QTRY_VERIFY(coding->isVisible());
        QVERIFY(!desk.button(QStringLiteral("Import"))->isEnabled());
        desk.shot(QStringLiteral("import-asks"));
        choose("importCoding", coding->findData(QStringLiteral("windows-1252")));
        QTRY_VERIFY(dates->isVisible() && dates->isEnabled());
        QVERIFY(!desk.button(QStringLiteral("Import"))->isEnabled());
        choose("importDates", 1);
        auto *names = desk.top()->findChild<QComboBox *>(QStringLiteral("importNames"));
        auto *sexes = desk.top()->findChild<QComboBox *>(QStringLiteral("importSexes"));
        QTRY_VERIFY(names->isVisible() && sexes->isVisible());
        QVERIFY(!desk.button(QStringLiteral("Import"))->isEnabled());
        choose("importNames", names->findData(int(services::NameOrder::FamilyFirst)));
        choose("importSexes", sexes->findText(QStringLiteral("M is female, V is male")));
        QTRY_VERIFY(desk.button(QStringLiteral("Import"))->isEnabled());
        desk.click(QStringLiteral("Import"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.status().contains(QStringLiteral("2 imported,")), 20'000);
        desk.click(QStringLiteral("Close"));
        const auto asked = desk.clinic->answerNow(services::PatientSearch{QStringLiteral("gregory asked")});
        QCOMPARE(asked->first().familyName, QStringLiteral("Grégory"));
        QCOMPARE(asked->first().birthDate.toStored(), QStringLiteral("1980-04-03"));
        QCOMPARE(asked->first().sex, domain::Sex::Female);
    }

    void photoAndHistoryOfChanges()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-nurse"));
        const auto hit = desk.clinic->answerNow(services::PatientSearch{})->first();
        desk.window->openPatient(hit.id);
        desk.waitIdle();
        const QString picture = desk.folder.filePath(QStringLiteral("face.png"));
        QImage image(1200, 900, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        QVERIFY(image.save(picture));
        desk.prompter.nextFile = picture;
        desk.click(QStringLiteral("Add a photo"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Photo saved."));
        auto *profile = qobject_cast<gui::PatientProfile *>(desk.window->currentScreen());
        QTRY_VERIFY(!profile->chart().photo.isEmpty());
        QVERIFY(profile->chart().photo.size() < 200'000);
        desk.prompter.nextFile = QStringLiteral(CLINIC_SOURCE_DIR "/README.md"); // no picture
        QTRY_VERIFY(desk.button(QStringLiteral("Change the photo"))); // the page is read again, too
        desk.click(QStringLiteral("Change the photo"));
        QTRY_VERIFY(desk.status().startsWith(QStringLiteral("The file cannot be read")));
    }

    void aSecondFactorIsSetUpAndAskedFor()
    {
        Desk desk({false, true, {1280, 800}, 1, true});
        desk.signInAs(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("account"));
        desk.waitIdle();
        const auto state = [&] { return desk.window->findChild<QLabel *>(QStringLiteral("factor"))->text(); };
        QTRY_VERIFY(state().startsWith(QStringLiteral("Off")));
        desk.shot(QStringLiteral("account-without-second-factor"));
        desk.click(QStringLiteral("Set it up …"));
        QTRY_VERIFY(desk.top()->objectName() == u"secondfactor");
        const QByteArray secret = totp::fromText(desk.find<QPlainTextEdit>({})->toPlainText());
        QCOMPARE(secret.size(), 20);
        const auto code = [&] { return totp::code(secret, desk.clock.nowMs() / totp::stepMs); };
        auto *dialog = desk.top();
        const auto edits = dialog->findChildren<QLineEdit *>();
        QVERIFY(edits.size() >= 2);
        edits[edits.size() - 2]->setText(QStringLiteral("correct horse"));
        edits.last()->setText(QStringLiteral("123"));
        desk.shot(QStringLiteral("second-factor"));
        desk.click(QStringLiteral("Switch it on"));
        desk.waitIdle();
        QVERIFY(dialog->isVisible()); // said beside the field, and nothing is lost
        edits.last()->setText(code());
        desk.click(QStringLiteral("Switch it on"));
        QTRY_VERIFY(desk.top()->objectName() == u"document");
        desk.shot(QStringLiteral("codes-on-paper"));
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(state().startsWith(QStringLiteral("On")));
        QVERIFY(state().contains(QStringLiteral("10")));

        desk.window->signOut();
        desk.waitIdle();
        auto *typed = desk.window->findChild<QLineEdit *>(QStringLiteral("code"));
        QVERIFY(!typed->isVisible());
        desk.window->findChild<QLineEdit *>(QStringLiteral("login"))->setText(QStringLiteral("demo-admin"));
        auto *password = desk.window->findChild<QLineEdit *>(QStringLiteral("password"));
        password->setText(QStringLiteral("correct horse"));
        password->setFocus();
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(typed->isVisible() && typed->hasFocus());
        QCOMPARE(password->text(), QStringLiteral("correct horse"));
        desk.shot(QStringLiteral("asked-for-the-code"));
        desk.type(QStringLiteral("000 000"));
        desk.key(Qt::Key_Return);
        desk.waitIdle();
        QVERIFY(typed->isVisible() && !desk.workspace->session().isSignedIn());
        desk.clock.set(desk.clock.nowMs() + totp::stepMs);
        desk.type(code());
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.workspace->session().isSignedIn());
    }

    void kioskIsLockedToItsPatient()
    {
        Desk desk({false, true, {1280, 800}});
        desk.clinic->setSession(
            desk.clinic->performNow(services::SignIn{QStringLiteral("demo-admin"), {}, {}, {}, false, true})
                ->session);
        const auto patient = desk.clinic->answerNow(services::PatientSearch{})->first();
        const auto roles = desk.clinic->answerNow(services::Roles{});
        services::SaveUser kiosk;
        kiosk.user.userName = QStringLiteral("demo-kiosk");
        kiosk.user.patientId = patient.id;
        kiosk.password = QStringLiteral("waiting room screen");
        kiosk.quickHash = true;
        for (const auto &role : *roles) {
            if (role.role.code == u"patient")
                kiosk.roles = {role.role.id};
        }
        QVERIFY(desk.clinic->performNow(kiosk).has_value());
        desk.clinic->setSession({});
        desk.window->findChild<gui::LoginPage *>()->showLogin();
        desk.signIn(QStringLiteral("demo-kiosk"));
        QVERIFY(qobject_cast<gui::KioskPage *>(desk.window->currentScreen()));
        QVERIFY(!desk.window->menuBar()->isVisible());
        QVERIFY(!desk.window->findChild<QWidget *>(QStringLiteral("sidebar"))->isVisible());
        desk.shot(QStringLiteral("kiosk"));
        QAbstractButton *place = nullptr;
        for (auto *b : desk.window->currentScreen()->findChildren<QAbstractButton *>()) {
            if (b->isVisible() && b->text().contains(QStringLiteral("Mar 2026")))
                place = place ? place : b;
        }
        QVERIFY(place);
        QTest::mouseClick(place, Qt::LeftButton);
        QTRY_VERIFY(desk.status().startsWith(QStringLiteral("Booked for")));
        desk.waitIdle();
        desk.click(QStringLiteral("Cancel"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Cancelled."));
        QTest::mouseClick(desk.window->findChild<QAbstractButton *>(QStringLiteral("undo")), Qt::LeftButton);
        desk.waitIdle();
        QTRY_VERIFY(desk.button(QStringLiteral("Cancel")));
        desk.window->go(QStringLiteral("patients"));
        QVERIFY(qobject_cast<gui::KioskPage *>(desk.window->currentScreen()));
        // Left alone it belongs to nobody: signed out, not locked behind a password.
        QVERIFY(desk.passIdleTime());
        QTRY_VERIFY(!desk.workspace->session().isSignedIn());
        QVERIFY(!desk.workspace->isLocked());
    }

    // Everything about one person, with the keys: the bundle, the PDF and the documents lie in the folder.
    void aPersonsExportIsWritten()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-admin"));
        const auto hit = desk.clinic->answerNow(services::PatientSearch{QStringLiteral("s")})->first();
        services::AddDocument letter;
        letter.document.patientId = hit.id;
        letter.document.title = QStringLiteral("A letter");
        letter.document.fileName = QStringLiteral("letter.txt");
        letter.bytes = "Dear colleague";
        QVERIFY(desk.clinic->performNow(letter).has_value());
        desk.window->openPatient(hit.id);
        desk.waitIdle();
        QTemporaryDir folder;
        desk.prompter.nextSave = folder.filePath(QStringLiteral("all.json"));
        desk.find<QPushButton>(QStringLiteral("exportPerson"))->setFocus();
        desk.key(Qt::Key_Space);
        QTRY_VERIFY(desk.status().startsWith(QStringLiteral("Written, with a PDF and the documents")));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("all.pdf"))));
        QFile bundle(folder.filePath(QStringLiteral("all.json")));
        QVERIFY(bundle.open(QIODevice::ReadOnly) && bundle.readAll().contains("001-A-letter.txt"));
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*-documents")}, QDir::Dirs).size(), 1);
    }

    // Every morning there is a checked backup, and Today's status line says when.
    void dailyBackupIsMadeAndSaidSo()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        QTRY_VERIFY(desk.workspace->backup().lastGoodAt > 0);
        QCOMPARE(QDir(desk.folder.filePath(QStringLiteral("backups")))
                     .entryList({QStringLiteral("clinic-*.db")})
                     .size(),
                 1);
        desk.workspace->backUpIfDue();
        desk.waitIdle();
        QCOMPARE(QDir(desk.folder.filePath(QStringLiteral("backups")))
                     .entryList({QStringLiteral("clinic-*.db")})
                     .size(),
                 1); // once a day
        desk.clock.advanceMinutes(24 * 60);
        desk.workspace->backUpIfDue();
        desk.waitIdle();
        QTRY_COMPARE(QDir(desk.folder.filePath(QStringLiteral("backups")))
                         .entryList({QStringLiteral("clinic-*.db")})
                         .size(),
                     2);
        // Large ones do not fill the disk: three stay, and what goes into 20 GB.
        for (int day = 1; day <= 4; ++day) {
            QFile large(desk.folder.filePath(QStringLiteral("backups/clinic-2026010%1-090000.db").arg(day)));
            QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(9LL << 30)); // takes no room
        }
        desk.clock.advanceMinutes(24 * 60);
        desk.workspace->backUpIfDue();
        desk.waitIdle();
        QTRY_COMPARE(QDir(desk.folder.filePath(QStringLiteral("backups")))
                         .entryList({QStringLiteral("clinic-*.db")})
                         .size(),
                     5); // today's, yesterday's, the day before's, and 18 GB of January
    }
};

int main(int argc, char **argv)
{
    return test::run<TstJourneys, QApplication>(argc, argv);
}

#include "tst_journeys.moc"
