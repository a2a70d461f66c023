// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/actions.h"
#include "gui/shell/formkeeper.h"
#include "gui/shell/loginpage.h"

#include <QLabel>
#include <QListWidget>
#include <QMainWindow>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

namespace clinic::gui {

// The frame: set-up, login or the screens of the session, with menus made from the action registry.
class MainWindow : public QMainWindow, public Shell
{
    Q_OBJECT
public:
    MainWindow(models::Workspace &workspace, Theme &theme, Prompter &prompter, const ProfileOffer &profile);

    // Shell
    [[nodiscard]] models::Workspace &workspace() override { return m_workspace; }
    [[nodiscard]] Theme &theme() override { return m_theme; }
    [[nodiscard]] Prompter &prompter() override { return m_prompter; }
    [[nodiscard]] QWidget *window() override { return this; }
    void go(const QString &screen) override;
    void back() override;
    void openPatient(const Id &patient) override;
    void say(const QString &text, std::function<void()> undo) override;
    void sayError(const Error &error) override;
    void registerPatient(const QString &typed, std::function<void(const domain::Patient &)> then) override;
    void editPatient(const domain::Patient &patient) override;
    void bookAppointment(const domain::Appointment &proposal, const Id &waitingEntry,
                         std::function<void()> then = {}) override;
    void openAppointment(const Id &appointment) override;
    void invoiceAppointment(const Id &appointment) override;
    void openInvoice(const Id &invoice) override;
    void newInvoice(const Id &patient) override;
    void openDrawer() override;
    void importPatients() override;
    void printTomorrow() override;

    [[nodiscard]] Screen *currentScreen() const;
    // The id of the screen in view, as go() takes it; empty on a patient's page.
    [[nodiscard]] QString currentId() const { return m_byId.key(currentScreen()); }
    void keepDrafts();
    void showNotice(const QString &text) { m_login->setNotice(text); }
    void signIn(const QString &login, const QString &password) { m_login->signIn(login, password); }
    void signOut();
    [[nodiscard]] QString unsentWarning() const;

Q_SIGNALS:
    void anotherWanted();                         // a second window
    void languageWanted(const QString &language); // before anybody is signed in
    void profileWanted(const QString &profile);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildWork();
    void clearWork();
    void buildMenus();
    void startWork();
    void showScreen(Screen *screen, bool remember);
    void applyAppearance();
    void markSideBar();
    void buildPlaceMenu();
    void switchBranch(const Id &branch);
    void startSetUp();
    void rememberColumns(Screen *screen);
    void hideWork();
    void showWorkAgain();
    void leaveAlone(); // the idle time is over
    void leave();
    void explainActions();
    void showKeyboardHelp();

    models::Workspace &m_workspace;
    Theme &m_theme;
    Prompter &m_prompter;
    ProfileOffer m_profile;
    QStackedWidget *m_pages;
    LoginPage *m_login;
    QWidget *m_work;
    QListWidget *m_sideBar;
    QStackedWidget *m_screens;
    QPushButton *m_search;
    QPushButton *m_who;
    QPushButton *m_place;
    QLabel *m_status;
    QPushButton *m_undo;
    QLabel *m_saved;
    QFrame *m_viewing; // while viewing as another role
    QLabel *m_viewed;
    QHash<QString, Screen *> m_byId;
    QList<Screen *> m_history;
    FormKeeper *m_forms;
    QTimer *m_idle;
    std::function<void()> m_undoRun;
    bool m_leaving = false; // the user has confirmed closing
};

} // namespace clinic::gui
