// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/appointments/calendarview.h"
#include "gui/shell/loginpage.h"
#include "gui/widgets/controls.h"
#include "journey/desk.h"
#include "models/language.h"
#include "services/patients/patients.h"
#include "support/testmain.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace clinic;
using namespace clinic::test;

// What holds for the program's windows together: one session, one lock, one language, one branch.
class TstWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // A lid that was closed for the night: timers and one of the clocks stood still, nobody was there.
    void whoeverSleptIsAskedAgain()
    {
        Desk desk;
        desk.signIn(QStringLiteral("demo-clerk"));
        const qint64 startedAt = desk.workspace->session().startedAt;
        QVERIFY(!desk.workspace->hasSlept());
        desk.clock.advanceMinutes(3); // at work
        desk.key(Qt::Key_Shift);
        QVERIFY(!desk.workspace->isLocked());
        desk.clock.setWallClockAhead(30'000); // a clock that is put right
        desk.key(Qt::Key_Shift);
        QVERIFY(!desk.workspace->isLocked());
        desk.clock.setWallClockAhead(9 * 3'600'000);
        desk.key(Qt::Key_N); // the first key after it does nothing else
        QVERIFY(desk.workspace->isLocked());
        QVERIFY(!desk.window->menuBar()->isVisible());
        QCOMPARE(desk.workspace->session().startedAt, startedAt - 9 * 3'600'000 + 30'000);
        desk.waitIdle();
        desk.click(QStringLiteral("Unlock"));
        QTRY_VERIFY(!desk.workspace->isLocked());
        desk.key(Qt::Key_Shift);
        QVERIFY(!desk.workspace->isLocked());
    }

    void init() { failOnAnyWarning(); }

    void twoWindowsOneSession()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("patients"));
        desk.waitIdle();
        desk.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(desk.windows->all().size(), 2);
        QPointer<gui::MainWindow> second = desk.windows->all().last();
        desk.waitIdle();
        QVERIFY(second->currentScreen());
        QVERIFY(second->menuBar()->isVisible());

        // What is registered in one appears in the other.
        second->go(QStringLiteral("patients"));
        desk.waitIdle();
        auto *list = second->currentScreen()->findChild<QTableView *>();
        QVERIFY(list);
        const int before = list->model()->rowCount();
        domain::Patient fresh;
        fresh.familyName = QStringLiteral("Zinnemann");
        fresh.givenName = QStringLiteral("Ada");
        fresh.sex = domain::Sex::Female;
        fresh.birthDate = *PartialDate::create(1980, 1, 1);
        QVERIFY(desk.clinic->performNow(services::RegisterPatient{fresh}).has_value());
        QTRY_COMPARE(list->model()->rowCount(), before + 1);

        // Locked and unlocked together.
        desk.workspace->lock("manual");
        desk.waitIdle();
        QVERIFY(!desk.window->menuBar()->isVisible());
        QVERIFY(!second->menuBar()->isVisible());
        QVERIFY(second->findChild<gui::LoginPage *>()->isVisible());
        desk.click(QStringLiteral("Unlock"));
        QTRY_VERIFY(!desk.workspace->isLocked());
        QTRY_VERIFY(second->menuBar()->isVisible());

        // Closing one leaves the other at work; signing out ends the session for all.
        second->close();
        QTRY_VERIFY(!second);
        QVERIFY(desk.workspace->session().isSignedIn());
        second = desk.windows->open();
        desk.waitIdle();
        desk.window->signOut();
        desk.waitIdle();
        QVERIFY(!desk.workspace->session().isSignedIn());
        QVERIFY(second->findChild<gui::LoginPage *>()->isVisible());
        desk.signIn(QStringLiteral("demo-clerk"));
        QTRY_VERIFY(second->currentScreen());
    }

    void aBranchIsChosenInTheTitleBar()
    {
        Desk desk({true, true, {1280, 800}, 2});
        desk.signIn(QStringLiteral("demo-clerk"));
        auto *place = desk.window->findChild<QPushButton *>(QStringLiteral("place"));
        QVERIFY(place && place->isVisible() && place->menu());
        QCOMPARE(place->menu()->actions().size(), 2);
        const auto go = [&](const QString &branch) {
            for (auto *action : place->menu()->actions()) {
                if (action->text() == branch) {
                    action->trigger();
                    break;
                }
            }
            QTRY_COMPARE(desk.workspace->session().branchName, branch);
            desk.waitIdle();
            QCOMPARE(place->text(), branch);
        };
        go(QStringLiteral("Main"));
        QVERIFY(!desk.workspace->place().practitioners.isEmpty());
        go(QStringLiteral("Branch 2"));
        // Nobody works there yet; patients are the hospital's, so they are found here as well.
        QVERIFY(desk.workspace->place().practitioners.isEmpty());
        QCOMPARE(desk.clinic->answerNow(services::PatientSearch{})->size(), 50);

        // A form that is open in another window keeps the branch it was begun for.
        gui::MainWindow *second = desk.windows->open();
        QTRY_VERIFY(second->currentScreen());
        second->registerPatient(QStringLiteral("Half typed"), {});
        auto *form = second->findChild<QDialog *>();
        QTRY_VERIFY(form && form->isVisible());
        for (auto *action : place->menu()->actions()) {
            if (action->text() == QStringLiteral("Main"))
                action->trigger();
        }
        desk.waitIdle();
        QCOMPARE(desk.workspace->session().branchName, QStringLiteral("Branch 2"));
        QVERIFY(desk.status().contains(QStringLiteral("form is still open")));
        form->reject();
        go(QStringLiteral("Main"));
    }

    // Whoever may sees every branch beside the others, to look at only.
    void allBranchesAtOnce()
    {
        Desk desk({true, true, {1280, 800}, 2});
        desk.signIn(QStringLiteral("demo-admin"));
        auto *place = desk.window->findChild<QPushButton *>(QStringLiteral("place"));
        for (auto *action : place->menu()->actions()) {
            if (action->text() == u"Main")
                action->trigger();
        }
        desk.waitIdle();
        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        auto *view = desk.window->findChild<gui::CalendarView *>();
        const qsizetype ofMain = view->boxes().size();
        QVERIFY(ofMain > 10);
        QComboBox *columns = nullptr;
        for (auto *box : desk.window->currentScreen()->findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Columns")
                columns = box;
        }
        QVERIFY(columns && columns->count() == 4);
        columns->setCurrentIndex(3);
        Q_EMIT columns->activated(3);
        desk.waitIdle();
        QCOMPARE(view->columns().size(), 2);
        QCOMPARE(view->boxes().size(), ofMain);
        desk.shot(QStringLiteral("all-branches"));
    }

    // F1 lists what works here: the menus' shortcuts of this role.
    void keyboardHelp()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-viewer"));
        desk.key(Qt::Key_F1);
        QCOMPARE(desk.top()->objectName(), QStringLiteral("keyboard"));
        QStringList words;
        for (auto *l : desk.top()->findChildren<QLabel *>())
            words << l->text();
        QVERIFY(words.contains(QStringLiteral("Ctrl+K")));
        QVERIFY(words.contains(QStringLiteral("Lock")));
        QVERIFY(!words.contains(QStringLiteral("Register patient"))); // a viewer may not
        desk.shot(QStringLiteral("keyboard"));
        desk.click(QStringLiteral("Close"));
        QCOMPARE(desk.top(), desk.window);
    }

    // One person's language is nobody else's: it ends with his session.
    void ownLanguageEndsWithTheSession()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-doctor"));
        desk.speak(QStringLiteral("ar"));
        desk.window->signOut();
        QTRY_COMPARE(models::currentLanguage(), QStringLiteral("en"));
        desk.window = desk.windows->all().first();
        desk.signIn(QStringLiteral("demo-clerk"));
        QCOMPARE(desk.window->currentScreen()->title(), QStringLiteral("Today"));
        desk.window->signOut();
        desk.signIn(QStringLiteral("demo-doctor"));
        QTRY_COMPARE(models::currentLanguage(), QStringLiteral("ar"));
    }

    // Left alone, a desk locks - every time, not only the first.
    void leftAloneItLocksEveryTime()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        QSignalSpy locked(desk.workspace.get(), &models::Workspace::locked);
        QSignalSpy unlocked(desk.workspace.get(), &models::Workspace::unlocked);
        QVERIFY(desk.passIdleTime());
        QTRY_COMPARE(locked.count(), 1);
        desk.click(QStringLiteral("Unlock"));
        QTRY_COMPARE(unlocked.count(), 1);
        QTRY_COMPARE(locked.count(), 2); // the time left alone is still a millisecond
    }

    // A list remembers which columns somebody hid, and filters its rows with Ctrl+F.
    void listsRememberTheirColumns()
    {
        Desk desk({true, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("patients"));
        desk.waitIdle();
        auto *list = desk.window->currentScreen()->findChild<gui::ListView *>();
        auto *header = list->table()->horizontalHeader();
        Q_EMIT header->customContextMenuRequested({5, 5});
        auto *menu = list->findChild<QMenu *>();
        QVERIFY(menu);
        QVERIFY(!menu->actions().first()->isEnabled());
        menu->actions().at(2)->trigger();
        menu->close();
        QVERIFY(header->isSectionHidden(2));
        header->moveSection(header->visualIndex(4), 1);
        desk.waitIdle();
        const QString arranged = list->arrangement();
        desk.window->signOut();
        desk.waitIdle();
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("patients"));
        desk.waitIdle();
        auto *again = desk.window->currentScreen()->findChild<gui::ListView *>();
        QCOMPARE(again->arrangement(), arranged);
        QVERIFY(again->table()->horizontalHeader()->isSectionHidden(2));

        const int all = again->table()->model()->rowCount();
        again->table()->setFocus();
        QTest::keyClick(again->table(), Qt::Key_F, Qt::ControlModifier);
        auto *filter = again->findChild<QLineEdit *>();
        QVERIFY(filter->isVisible());
        QTest::keyClicks(filter, QStringLiteral("botha"));
        const int some = again->table()->model()->rowCount();
        QVERIFY(some > 0 && some < all);
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!filter->isVisible());
        QCOMPARE(again->table()->model()->rowCount(), all);
    }

    // The hospital's settings are checked, saved all or none, and hold for the next person.
    void settingsOfTheHospital()
    {
        Desk desk({false, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-admin"));
        desk.window->go(QStringLiteral("settings"));
        desk.waitIdle();
        desk.shot(QStringLiteral("settings"));
        auto *lock = desk.find<QLineEdit>(QStringLiteral("session.lockMinutes"));
        auto *paper = desk.find<QComboBox>(QStringLiteral("print.paper"));
        QVERIFY(lock && paper);
        QCOMPARE(lock->text(), QStringLiteral("5"));
        lock->setFocus();
        lock->selectAll();
        desk.type(QStringLiteral("900"));
        paper->setCurrentIndex(2);
        Q_EMIT paper->activated(2);
        desk.click(QStringLiteral("Save"));
        QVERIFY(!lock->accessibleDescription().isEmpty());
        QCOMPARE(desk.workspace->setting("print.paper"), QStringLiteral("A4"));
        lock->setFocus();
        lock->selectAll();
        desk.type(QStringLiteral("12"));
        desk.click(QStringLiteral("Save"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Saved."));
        QTRY_COMPARE(desk.workspace->setting("print.paper"), QStringLiteral("A5"));
        desk.window->signOut();
        desk.signIn(QStringLiteral("demo-clerk"));
        QCOMPARE(desk.workspace->setting("session.lockMinutes"), QStringLiteral("12"));
    }

    // A doctor keeps his own working hours and leave, and nobody else's.
    void doctorsKeepTheirOwnSchedule()
    {
        Desk desk({true, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-doctor"));
        desk.window->go(QStringLiteral("schedule"));
        desk.waitIdle();
        const auto lists = desk.window->currentScreen()->findChildren<gui::ListView *>();
        QCOMPARE(lists.size(), 2);
        QCOMPARE(lists[0]->table()->model()->rowCount(), 5); // Monday to Friday
        desk.shot(QStringLiteral("my-schedule"));
        for (auto *b : desk.window->currentScreen()->findChildren<QAbstractButton *>()) {
            if (b->accessibleName() == u"Add: Leave")
                QTest::mouseClick(b, Qt::LeftButton);
        }
        desk.waitIdle();
        QVERIFY(!desk.find<QComboBox>(QStringLiteral("resource_id")));
        auto *reason = desk.find<QLineEdit>(QStringLiteral("reason"));
        QVERIFY(reason);
        reason->setText(QStringLiteral("Course"));
        auto *until = desk.find<QDateTimeEdit>(QStringLiteral("end_at"));
        until->setDateTime(until->dateTime().addDays(2));
        desk.key(Qt::Key_Return, Qt::ControlModifier);
        // Patients are booked on those days: they are shown before anything is saved.
        QTRY_VERIFY(desk.top()->objectName() == u"touched");
        auto *touched = desk.find<gui::ListView>({});
        QTRY_VERIFY(touched->table()->model()->rowCount() > 0);
        desk.shot(QStringLiteral("leave-touches-bookings"));
        desk.click(QStringLiteral("Save and keep them"));
        QTRY_COMPARE(desk.status(), QStringLiteral("Saved."));
        QTRY_COMPARE(lists[1]->table()->model()->rowCount(), 1);
    }

    // What a screen reader hears of the calendar: every appointment, where it is, and that it can be opened.
    void calendarSpeaks()
    {
        Desk desk({true, true, {1280, 800}});
        desk.signIn(QStringLiteral("demo-clerk"));
        desk.window->go(QStringLiteral("calendar"));
        desk.waitIdle();
        auto *view = desk.window->findChild<gui::CalendarView *>();
        auto *spoken = QAccessible::queryAccessibleInterface(view);
        QVERIFY(spoken);
        QCOMPARE(spoken->role(), QAccessible::List);
        QCOMPARE(spoken->childCount(), int(view->boxes().size()));
        auto *box = spoken->child(3);
        QVERIFY(box && box->isValid());
        QCOMPARE(spoken->indexOfChild(box), 3);
        QVERIFY(box->text(QAccessible::Name).contains(view->boxes()[3].view.patientName));
        QVERIFY(box->text(QAccessible::Name).startsWith(view->columns().at(view->boxes()[3].column).title));
        QVERIFY(box->rect().width() > 20);
        QCOMPARE(spoken->childAt(box->rect().center().x(), box->rect().center().y()), box);
        QCOMPARE(box->parent(), spoken);
        box->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        desk.waitIdle();
        QVERIFY(box->state().selected);
        QCOMPARE(spoken->focusChild(), box);
        QVERIFY(desk.top() != desk.window);
    }

    // The language is chosen before signing in and on one's own account; windows turn round at once, stay
    // where they were, and keep what was typed.
    void languageChangesInPlace()
    {
        Desk desk({false, true, {1280, 800}});
        auto *language = desk.window->findChild<QPushButton *>(QStringLiteral("language"));
        QVERIFY(language && language->isVisible());
        Q_EMIT language->menu()->aboutToShow();
        QCOMPARE(language->menu()->actions().size(), models::shippedLanguages().size());
        language->menu()->actions().last()->trigger();
        QTRY_COMPARE(models::currentLanguage(), QStringLiteral("ar"));
        desk.window = desk.windows->all().first();
        QCOMPARE(desk.windows->all().size(), 1);
        QCOMPARE(desk.window->layoutDirection(), Qt::RightToLeft);
        QCOMPARE(QApplication::layoutDirection(), Qt::RightToLeft);
        desk.signIn(QStringLiteral("demo-clerk"));
        QVERIFY(desk.window->currentScreen());
        QCOMPARE(desk.window->currentScreen()->title(), QStringLiteral("اليوم"));
        desk.window->go(QStringLiteral("patients"));
        desk.window->registerPatient({}, {});
        desk.waitIdle();
        desk.type(QStringLiteral("Half"));
        desk.speak(QStringLiteral("en"));
        QCOMPARE(desk.window->layoutDirection(), Qt::LeftToRight);
        QTRY_COMPARE(desk.window->currentScreen()->title(), QStringLiteral("Patients"));
        QCOMPARE(desk.clinic->answerNow(services::Drafts{})->size(), 1);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstWindows, QApplication>(argc, argv);
}

#include "tst_windows.moc"
