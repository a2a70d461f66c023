// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/mainwindow.h"

#include "gui/attention/attentionpage.h"

#include "domain/setup/settings.h"
#include "gui/patients/patientprofile.h"
#include "gui/shell/commandpalette.h"
#include "gui/shell/gallery.h"
#include "gui/shell/kioskpage.h"
#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QAccessible>
#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QTimer>

namespace clinic::gui {

MainWindow::MainWindow(models::Workspace &workspace, Theme &theme, Prompter &prompter,
                       const ProfileOffer &profile)
    : m_workspace(workspace),
      m_theme(theme),
      m_prompter(prompter),
      m_profile(profile),
      m_pages(new QStackedWidget),
      m_login(new LoginPage(workspace, profile)),
      m_work(new QWidget),
      m_sideBar(new QListWidget),
      m_screens(new QStackedWidget),
      m_forms(new FormKeeper(workspace.clinic(), this)),
      m_idle(new QTimer(this))
{
    setWindowTitle(workspace.isDemo() ? tr("ClinicDesk – Demo") : tr("ClinicDesk"));
    resize(1280, 800);
    setMinimumSize(800, 520);
    auto *central = new QWidget;
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (profile.showsBanner) {
        // Real patients must not be booked in a test profile.
        auto *banner = new QFrame;
        banner->setProperty("role", QStringLiteral("environment"));
        auto *line = new QHBoxLayout(banner);
        line->setContentsMargins(20, 4, 20, 4);
        line->addWidget(label(profile.current == u"testing" ? tr("TESTING – nothing here is real")
                                                            : tr("DEVELOPMENT – nothing here is real"),
                              "heading"));
        layout->addWidget(banner);
    }
    m_viewing = new QFrame;
    m_viewing->setProperty("role", QStringLiteral("environment"));
    auto *viewed = new QHBoxLayout(m_viewing);
    viewed->setContentsMargins(20, 4, 20, 4);
    viewed->addWidget(m_viewed = label(QString(), "heading"), 1);
    viewed->addWidget(
        button(tr("Go back to your own view"), nullptr, this, [this] { m_workspace.stopViewing(); }));
    m_viewing->hide();
    layout->addWidget(m_viewing);
    layout->addWidget(m_pages, 1);
    setCentralWidget(central);
    buildWork();
    m_pages->addWidget(m_login);
    m_pages->addWidget(m_work);
    connect(m_login, &LoginPage::signedIn, this,
            [this](const models::Session &session) { m_workspace.begin(session); });
    connect(m_login, &LoginPage::unlocked, &workspace, &models::Workspace::unlock);
    connect(m_login, &LoginPage::otherWanted, this, [this] { signOut(); });
    connect(m_login, &LoginPage::languageWanted, this, &MainWindow::languageWanted);
    connect(m_login, &LoginPage::profileWanted, this, &MainWindow::profileWanted);
    connect(&workspace, &models::Workspace::locked, this, &MainWindow::hideWork);
    connect(&workspace, &models::Workspace::unlocked, this, &MainWindow::showWorkAgain);
    connect(&workspace, &models::Workspace::sessionEnds, this, &MainWindow::keepDrafts);
    connect(&workspace, &models::Workspace::sessionEnded, this, &MainWindow::leave);
    connect(&workspace, &models::Workspace::placeChanged, this, &MainWindow::buildPlaceMenu);
    connect(&workspace, &models::Workspace::ready, this, &MainWindow::startWork);
    connect(&workspace, &models::Workspace::settingsChanged, this, &MainWindow::applyAppearance);
    connect(&workspace, &models::Workspace::grantsChanged, this, [this] {
        if (!m_workspace.isViewing() && m_viewing->isHidden())
            say(tr("What you may do has changed."), {});
        startWork();
    });
    connect(&workspace, &models::Workspace::backupChanged, this, [this] {
        const auto &backup = m_workspace.backup();
        const QString when =
            backup.lastGoodAt ? models::dayTimeText(backup.lastGoodAt, m_workspace.zone()) : tr("never");
        setRole(m_saved, backup.failed ? "error" : "muted");
        m_saved->setText(backup.failed
                             ? tr("Backup failed: %1 Last good backup: %2")
                                   .arg(models::errorText(backup.failure).section(u'\n', 0, 0), when)
                             : tr("Everything is saved on this PC · last good backup %1").arg(when));
    });
    auto *hourly = new QTimer(this);
    hourly->setInterval(3'600'000);
    connect(hourly, &QTimer::timeout, &workspace, &models::Workspace::backUpIfDue);
    hourly->start();
    m_idle->setSingleShot(true);
    connect(m_idle, &QTimer::timeout, this, &MainWindow::leaveAlone);
    auto *clocks = new QTimer(this);
    clocks->setInterval(5'000);
    connect(clocks, &QTimer::timeout, this, [this] {
        if (m_workspace.hasSlept())
            leaveAlone();
    });
    clocks->start();
    qApp->installEventFilter(this);
    if (workspace.session().isSignedIn()) {
        startWork();
        if (workspace.isLocked())
            hideWork();
    } else if (workspace.isSetUp()) {
        m_login->showLogin();
    } else {
        startSetUp();
    }
}

void MainWindow::buildWork()
{
    auto *outer = new QVBoxLayout(m_work);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *top = new QFrame;
    top->setObjectName(QStringLiteral("topbar"));
    auto *bar = new QHBoxLayout(top);
    bar->setContentsMargins(12, 6, 12, 6);
    m_search = button(tr("Search patients, screens, actions …   Ctrl+K"), nullptr, this,
                      [this] { (new CommandPalette(*this))->open(); });
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search patients, screens and actions"));
    m_place = new QPushButton;
    m_place->setObjectName(QStringLiteral("place"));
    m_place->setAccessibleName(tr("Branch"));
    m_who = new QPushButton;
    m_who->setObjectName(QStringLiteral("who"));
    m_who->setAccessibleName(tr("Account"));
    bar->addWidget(m_search, 1);
    bar->addStretch(1);
    bar->addWidget(m_place);
    bar->addWidget(m_who);
    outer->addWidget(top);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_sideBar->setObjectName(QStringLiteral("sidebar"));
    m_sideBar->setAccessibleName(tr("Screens"));
    m_sideBar->setProperty("mirrored", layoutDirection() == Qt::RightToLeft);
    connect(m_sideBar, &QListWidget::itemActivated, this,
            [this](QListWidgetItem *item) { go(item->data(Qt::UserRole).toString()); });
    connect(m_sideBar, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { go(item->data(Qt::UserRole).toString()); });
    middle->addWidget(m_sideBar);
    middle->addWidget(m_screens, 1);
    outer->addLayout(middle, 1);
    auto *bottom = new QFrame;
    bottom->setObjectName(QStringLiteral("statusline"));
    auto *line = new QHBoxLayout(bottom);
    line->setContentsMargins(12, 2, 12, 2);
    m_status = label(QString());
    m_status->setObjectName(QStringLiteral("status"));
    m_undo = button(tr("Undo"), "link", this, [this] {
        m_undo->hide();
        if (const auto run = std::exchange(m_undoRun, {}))
            run();
    });
    m_undo->setObjectName(QStringLiteral("undo"));
    m_undo->hide();
    line->addWidget(m_status);
    line->addWidget(m_undo);
    line->addStretch();
    m_saved = label(tr("Everything is saved on this PC"), "muted");
    line->addWidget(m_saved);
    line->addWidget(new ServerIndicator(*this));
    outer->addWidget(bottom);
}

void MainWindow::clearWork()
{
    m_history.clear();
    m_byId.clear();
    while (m_screens->count() > 0) {
        auto *screen = m_screens->widget(0);
        m_screens->removeWidget(screen);
        screen->deleteLater();
    }
    m_sideBar->clear();
    menuBar()->clear();
    m_undoRun = {};
    m_undo->hide();
    m_status->clear();
}

void MainWindow::buildMenus()
{
    menuBar()->clear();
    m_sideBar->clear();
    static constexpr const char *titles[] = {
        QT_TRANSLATE_NOOP("Actions", "&File"),         QT_TRANSLATE_NOOP("Actions", "&Patients"),
        QT_TRANSLATE_NOOP("Actions", "&Appointments"), QT_TRANSLATE_NOOP("Actions", "&Billing"),
        QT_TRANSLATE_NOOP("Actions", "A&dmin"),        QT_TRANSLATE_NOOP("Actions", "&Help")};
    QList<QMenu *> menus;
    for (const char *title : titles)
        menus << new QMenu(QCoreApplication::translate("Actions", title), menuBar());
    for (const auto &info : allActions()) {
        if (!isOffered(info, m_workspace))
            continue;
        auto *action = menus[int(info.menu)]->addAction(actionText(info), this, [this, run = info.run] {
            if (!m_workspace.isLocked()) // a shortcut must not act behind the lock
                run(*this);
        });
        action->setObjectName(QString::fromLatin1(info.id));
        if (info.icon)
            action->setIcon(m_theme.icon(QString::fromLatin1(info.icon)));
        if (info.shortcut)
            action->setShortcut(QKeySequence(QString::fromLatin1(info.shortcut)));
        if (info.inSideBar) {
            auto *item = new QListWidgetItem(m_theme.icon(QString::fromLatin1(info.icon)),
                                             actionText(info).remove(u'&'), m_sideBar);
            item->setData(Qt::UserRole, QString::fromLatin1(info.id));
        }
    }
    QMenu *file = menus[int(Menu::File)];
    file->addSeparator();
    const auto add = [this](QMenu *menu, const QString &text, const char *keys, std::function<void()> run) {
        auto *action = menu->addAction(text, this, [this, run = std::move(run)] {
            if (!m_workspace.isLocked())
                run();
        });
        if (keys)
            action->setShortcut(QKeySequence(QString::fromLatin1(keys)));
        return action;
    };
    add(file, tr("&Go to …"), "Ctrl+K", [this] { (new CommandPalette(*this))->open(); });
    add(file, tr("Go &back"), "Alt+Left", [this] { back(); });
    add(file, tr("&Lock"), "Ctrl+L", [this] { m_workspace.lock("manual"); });
    add(file, tr("New &window"), "Ctrl+Shift+N", [this] { Q_EMIT anotherWanted(); });
    add(file, tr("&Sign out"), "Ctrl+Shift+L", [this] { signOut(); });
    add(file, tr("&Quit"), "Ctrl+Q", [this] { close(); });
    QMenu *help = menus[int(Menu::Help)];
    add(help, tr("&Keyboard"), "F1", [this] { showKeyboardHelp(); });
    add(help, tr("&Why can I not do this?"), nullptr, [this] { explainActions(); });
    if (m_profile.current == u"development")
        add(help, tr("Widget &gallery"), nullptr, [this] { (new Gallery(m_theme, this))->show(); });
    add(help, tr("&About ClinicDesk"), nullptr, [this] {
        m_prompter.confirm(
            this, tr("About ClinicDesk"),
            tr("ClinicDesk %1\nProfile: %2\nFile: %3")
                .arg(QStringLiteral(CLINIC_VERSION), m_profile.current, m_workspace.clinic().path()),
            tr("Close"), [](bool) {});
    });
    for (QMenu *menu : menus) {
        if (menu->isEmpty())
            delete menu;
        else
            menuBar()->addMenu(menu);
    }
}

void MainWindow::startWork()
{
    clearWork();
    applyAppearance();
    const auto &session = m_workspace.session();
    buildPlaceMenu();
    m_who->setText(QStringLiteral("%1 · %2").arg(session.displayName,
                                                 models::roleLabel(session.roleCode, session.roleName)));
    m_viewing->setVisible(m_workspace.isViewing());
    m_viewed->setText(tr("You see what the role %1 sees. Nothing can be changed.")
                          .arg(models::isolated(session.viewingAs)));
    const bool kiosk = m_workspace.may("appointments.own") && !session.patient.isNull();
    m_sideBar->setVisible(!kiosk);
    m_search->setVisible(!kiosk);
    menuBar()->setVisible(!kiosk);
    auto *account = new QMenu(m_who);
    if (!kiosk) {
        account->addAction(tr("My account"), this, [this] { go(QStringLiteral("account")); });
        account->addAction(tr("Lock"), this, [this] { m_workspace.lock("manual"); });
    }
    account->addAction(tr("Sign out"), this, [this] { signOut(); });
    delete m_who->menu();
    m_who->setMenu(account);
    m_pages->setCurrentWidget(m_work);
    m_workspace.backUpIfDue();
    if (kiosk) {
        showScreen(new KioskPage(*this), false);
    } else {
        buildMenus();
        // A user who may see nothing else begins where a second factor is set up.
        const bool onlyAccount = session.grants.permissions() == QSet<QString>{QStringLiteral("account.own")};
        go(onlyAccount ? QStringLiteral("account") : QStringLiteral("today"));
    }
    m_idle->start(qMax(1, m_workspace.setting(domain::setting::lockMinutes).toInt()) * 60'000);
}

void MainWindow::applyAppearance()
{
    const QString theme = m_workspace.setting(domain::setting::theme);
    const bool changed = m_theme.apply(theme, m_workspace.setting(domain::setting::fontPercent).toInt());
    m_sideBar->setFixedWidth(fontMetrics().averageCharWidth() * 24 + 40);
    const int icon = qMax(20, fontMetrics().height() * 5 / 4);
    m_sideBar->setIconSize({icon, icon});
    if (changed && m_sideBar->count() > 0) { // icons are tinted
        buildMenus();
        markSideBar();
    }
}

Screen *MainWindow::currentScreen() const
{
    return qobject_cast<Screen *>(m_screens->currentWidget());
}

void MainWindow::showScreen(Screen *screen, bool remember)
{
    if (remember && currentScreen() && currentScreen() != screen)
        m_history << currentScreen();
    if (m_screens->indexOf(screen) < 0) {
        m_screens->addWidget(screen);
        rememberColumns(screen);
    }
    m_screens->setCurrentWidget(screen);
    screen->refresh();
    screen->firstFocus()->setFocus();
    markSideBar();
}

void MainWindow::markSideBar()
{
    // A patient's chart belongs to the screen Patients.
    const QString id = m_byId.key(currentScreen(), QStringLiteral("patients"));
    m_sideBar->setCurrentRow(-1);
    for (int i = 0; i < m_sideBar->count(); ++i) {
        if (m_sideBar->item(i)->data(Qt::UserRole).toString() == id)
            m_sideBar->setCurrentRow(i);
    }
}

void MainWindow::go(const QString &screen)
{
    for (const auto &info : allActions()) {
        if (screen != QLatin1StringView(info.id) || !info.factory)
            continue;
        if (!isOffered(info, m_workspace)) {
            sayError(Error(ErrorCode::Forbidden, {}, {QString::fromLatin1(info.permission)}));
            return;
        }
        if (!m_byId.contains(screen))
            m_byId.insert(screen, info.factory(*this));
        showScreen(m_byId.value(screen), true);
        return;
    }
}

void MainWindow::back()
{
    if (m_history.isEmpty())
        return;
    Screen *left = currentScreen();
    showScreen(m_history.takeLast(), false);
    if (qobject_cast<PatientProfile *>(left) && !m_history.contains(left)) {
        say(m_status->text(), {}); // the undo belonged to the previous page
        m_screens->removeWidget(left);
        left->deleteLater();
    }
}

void MainWindow::openPatient(const Id &patient)
{
    if (auto *open = qobject_cast<PatientProfile *>(currentScreen()); open && open->patient() == patient) {
        open->refresh();
        return;
    }
    showScreen(new PatientProfile(*this, patient), true);
}

void MainWindow::say(const QString &text, std::function<void()> undo)
{
    m_status->setText(text);
    setRole(m_status, "help");
    QAccessibleEvent heard(m_status, QAccessible::Alert); // announced to screen readers
    QAccessible::updateAccessibility(&heard);
    m_undoRun = std::move(undo);
    m_undo->setVisible(bool(m_undoRun));
}

void MainWindow::sayError(const Error &error)
{
    say(models::errorText(error).replace(u'\n', u' '), {});
    setRole(m_status, "error");
}

void MainWindow::buildPlaceMenu()
{
    const auto &session = m_workspace.session();
    m_place->setText(session.branchName);
    delete m_place->menu();
    m_place->setMenu(nullptr);
    const auto &branches = m_workspace.place().branches;
    m_place->setEnabled(branches.size() > 1 && session.patient.isNull() && session.onlyBranch.isNull());
    if (!m_place->isEnabled())
        return;
    auto *menu = new QMenu(m_place);
    for (const auto &branch : branches) {
        auto *action = menu->addAction(branch.name, this, [this, id = branch.id] { switchBranch(id); });
        action->setCheckable(true);
        action->setChecked(branch.id == session.branch);
    }
    m_place->setMenu(menu);
}

void MainWindow::keepDrafts()
{
    m_forms->flush();
}

void MainWindow::hideWork()
{
    keepDrafts();
    // Dialogs are hidden, and come back with their text.
    for (auto *dialog : findChildren<QDialog *>()) {
        if (dialog->isVisible()) {
            dialog->setProperty("lockedAway", true);
            dialog->setVisible(false);
        }
    }
    menuBar()->setVisible(false);
    m_login->showLocked(m_workspace.session());
    m_pages->setCurrentWidget(m_login);
}

void MainWindow::leaveAlone()
{
    // A kiosk is not unlocked but signed out.
    if (!m_workspace.session().patient.isNull() && m_workspace.may("appointments.own"))
        m_workspace.end("idle");
    else
        m_workspace.lock("idle");
}

void MainWindow::showWorkAgain()
{
    m_idle->start(); // it fired or expired behind the lock
    menuBar()->setVisible(true);
    m_pages->setCurrentWidget(m_work);
    for (auto *dialog : findChildren<QDialog *>()) {
        if (dialog->property("lockedAway").toBool()) {
            dialog->setProperty("lockedAway", false);
            dialog->open();
        }
    }
}

void MainWindow::leave()
{
    for (auto *dialog : findChildren<QDialog *>())
        dialog->deleteLater(); // the typed text is in the drafts
    clearWork();
    m_idle->stop();
    m_login->showLogin();
    const QByteArray &why = m_workspace.endedBecause();
    if (why == "ended-elsewhere")
        m_login->setNotice(
            tr("Your session was ended: on another PC, or because your account or its password was "
               "changed. What you had typed waits for you on Today."));
    else if (why == "role-changed")
        m_login->setNotice(tr("Your role now applies to another branch: sign in there. What you had typed "
                              "waits for you on Today."));
    m_pages->setCurrentWidget(m_login);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        if (m_workspace.hasSlept() && m_workspace.session().isSignedIn() && !m_workspace.isLocked()) {
            leaveAlone(); // timers stood still as well: check before the first key press after a night
            return true;
        }
        if (!m_workspace.isLocked() && m_idle->isActive())
            m_idle->start();
        break;
    default:
        break;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace clinic::gui
