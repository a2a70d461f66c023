// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/loginpage.h"
#include "journey/desk.h"
#include "models/language.h"
#include "services/patients/patients.h"
#include "support/testmain.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>

using namespace clinic;
using namespace clinic::test;

// What holds for the program's windows together: one session, one lock, one language, one branch.
class TstWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
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
    }

    // The language is chosen before signing in and on one's own account; windows turn round at once, stay
    // where they were, and keep what was typed.
    void languageChangesInPlace()
    {
        Desk desk({false, true, {1280, 800}});
        auto *language = desk.window->findChild<QComboBox *>(QStringLiteral("language"));
        QVERIFY(language && language->isVisible());
        const int arabic = language->findData(QStringLiteral("ar"));
        language->setCurrentIndex(arabic);
        Q_EMIT language->activated(arabic);
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
