// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "journey/desk.h"

#include "core/preferences.h"
#include "models/language.h"
#include "services/demo.h"
#include "services/setup/setup.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <algorithm>

namespace clinic::test {

Desk::Desk(const Options &options)
{
    models::installLanguage(QStringLiteral("en"));
    forgetPreferences();
    storage::Database::Options open;
    open.path = folder.filePath(QStringLiteral("clinic.db"));
    if (options.setUp) {
        open.inlineExecutors = true;
        open.synchronous = 0;
        auto made = storage::Database::open(open, clock);
        if (!made)
            qFatal("cannot open");
        services::Clinic maker(**made, clock);
        maker.setSession(services::Clinic::founderSession());
        services::InitialiseHospital start;
        start.hospitalName = QStringLiteral("Hillside Clinic");
        start.branchName = QStringLiteral("Main");
        start.branchCode = QStringLiteral("HC");
        start.timeZone = QStringLiteral("Africa/Johannesburg");
        start.currency = QStringLiteral("ZAR");
        start.adminUserName = QStringLiteral("demo-admin");
        start.adminDisplayName = QStringLiteral("Administrator");
        start.adminPassword = QStringLiteral("correct horse");
        start.isDemo = !options.real;
        start.quickHash = true;
        if (!maker.performNow(start))
            qFatal("cannot set up");
        for (int i = 1; i < options.branches; ++i) {
            domain::Branch branch;
            branch.name = QStringLiteral("Branch %1").arg(i + 1);
            branch.code = QStringLiteral("B%1").arg(i + 1);
            branch.timeZone = start.timeZone;
            if (!maker.performNow(services::SaveSetupRow{{}, storage::toRecord(branch)}))
                qFatal("cannot add a branch");
        }
        services::DemoOptions demo;
        demo.patients = options.demo ? 300 : 3;
        demo.days = options.demo ? 14 : 0;
        if (!services::fillDemo(**made, clock, demo))
            qFatal("cannot fill");
    }
    open.inlineExecutors = false;
    open.synchronous = 2;
    auto opened = storage::Database::open(open, clock);
    if (!opened)
        qFatal("cannot open again");
    database = std::move(*opened);
    clinic = std::make_unique<services::Clinic>(*database, clock);
    workspace = std::make_unique<models::Workspace>(*clinic);
    workspace->pictures = models::PictureReader(QStringLiteral(CLINIC_BINARY_DIR "/src/clinicdesk-preview"));
    workspace->patienceMs = 20'000; // the machine may be busy; what is said then is another story
    if (options.real) {
        agent = std::make_unique<sync::Agent>(*database, clock, secrets);
        workspace->connection.attach(agent.get());
        agent->start();
    }
    theme = std::make_unique<gui::Theme>();
    theme->apply(qEnvironmentVariable("CLINICDESK_THEME", QStringLiteral("light")), 100);
    windows = std::make_unique<gui::Windows>(*workspace, *theme, prompter, gui::ProfileOffer{});
    window = windows->open();
    window->resize(options.size);
    static_cast<void>(QTest::qWaitForWindowActive(window));
    waitIdle();
}

Desk::~Desk()
{
    windows.reset();
    workspace.reset();
    agent.reset();
    clinic.reset();
    database.reset();
}

void Desk::signInAs(const QString &user)
{
    waitIdle();
    const auto answer = clinic->performNow(services::SignIn{user, QStringLiteral("correct horse")});
    if (!answer || !answer->session.isSignedIn())
        qFatal("cannot sign in as %s", qPrintable(user));
    workspace->begin(answer->session);
    waitIdle();
    waitIdle();
    keepTheme();
}

// Pictures in another theme, as whoever is signed in would choose it.
void Desk::keepTheme()
{
    const QString wanted = qEnvironmentVariable("CLINICDESK_THEME");
    if (wanted.isEmpty() || workspace->setting(domain::setting::theme) == wanted)
        return;
    workspace->saveSetting(domain::SettingScope::User, domain::setting::theme, wanted);
    if (!QTest::qWaitFor([&] { return workspace->setting(domain::setting::theme) == wanted; }))
        qFatal("the theme did not change");
    waitIdle();
}

void Desk::waitIdle()
{
    for (int quiet = 0; quiet < 3;) {
        QTest::qWait(5);
        quiet = clinic->pendingAnswers() == 0 ? quiet + 1 : 0;
    }
}

void Desk::signIn(const QString &user)
{
    waitIdle();
    auto *b = window->findChild<QAbstractButton *>(QStringLiteral("demo-") + user);
    if (!b)
        qFatal("no demo button for %s", qPrintable(user));
    QTest::mouseClick(b, Qt::LeftButton);
    waitIdle();
    waitIdle();
    keepTheme();
}

bool Desk::passIdleTime()
{
    for (auto *timer : window->findChildren<QTimer *>()) {
        if (timer->isSingleShot() && timer->isActive() && timer->interval() == 5 * 60'000) {
            timer->start(1);
            return true;
        }
    }
    return false;
}

void Desk::speak(const QString &language)
{
    workspace->saveSetting(domain::SettingScope::User, domain::setting::language, language);
    if (!QTest::qWaitFor([&] { return models::currentLanguage() == language; }))
        qFatal("the language did not change");
    window = windows->all().first();
    waitIdle();
}

QWidget *Desk::top() const
{
    if (auto *modal = QApplication::activeModalWidget())
        return modal;
    return window;
}

QAbstractButton *Desk::button(const QString &text) const
{
    for (auto *b : top()->findChildren<QAbstractButton *>()) {
        if (b->isVisible() && QString(b->text()).remove(u'&') == text)
            return b;
    }
    return nullptr;
}

void Desk::click(const QString &text)
{
    auto *b = button(text);
    if (!b)
        qFatal("no button “%s” in %s", qPrintable(text), qPrintable(top()->windowTitle()));
    QTest::mouseClick(b, Qt::LeftButton);
    waitIdle();
}

void Desk::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    top()->activateWindow();
    QWidget *target = top()->focusWidget() ? top()->focusWidget() : top();
    QTest::keyClick(target, key, modifiers);
    waitIdle();
}

void Desk::type(const QString &text)
{
    top()->activateWindow();
    QWidget *target = top()->focusWidget() ? top()->focusWidget() : top();
    QTest::keyClicks(target, text);
    waitIdle();
}

QString Desk::status() const
{
    return window->findChild<QLabel *>(QStringLiteral("status"))->text();
}

void Desk::grab(const QString &path)
{
    waitIdle();
    QPixmap picture = window->grab();
    QList<QWidget *> dialogs;
    for (auto *w : QApplication::topLevelWidgets()) {
        if (w != window && w->isVisible() && w->isWindow() && qobject_cast<QDialog *>(w))
            dialogs << w;
    }
    std::ranges::stable_sort(dialogs, {}, [](QWidget *w) { return w == QApplication::activeModalWidget(); });
    QPainter painter(&picture);
    for (auto *dialog : std::as_const(dialogs)) {
        const QPixmap front = dialog->grab();
        const QPoint at((picture.width() / picture.devicePixelRatio() - dialog->width()) / 2,
                        qMax(0, int(picture.height() / picture.devicePixelRatio() - dialog->height()) / 2));
        painter.fillRect(QRect(at, dialog->size()).adjusted(-1, -1, 1, 1), Qt::gray);
        painter.drawPixmap(at, front);
    }
    painter.end();
    picture.save(path);
}

void Desk::shot(const QString &name)
{
    const QString tour = qEnvironmentVariable("CLINICDESK_TOUR");
    if (!tour.isEmpty())
        grab(QStringLiteral("%1/%2-%3.png").arg(tour).arg(++m_shots, 2, 10, QLatin1Char('0')).arg(name));
}

} // namespace clinic::test
