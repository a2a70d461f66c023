// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/windows.h"

#include "core/log.h"
#include "core/preferences.h"
#include "gui/shell/proofdialog.h"
#include "models/language.h"

#include <QApplication>

namespace clinic::gui {

Windows::Windows(models::Workspace &workspace, Theme &theme, Prompter &prompter, const ProfileOffer &profile)
    : m_workspace(workspace), m_theme(theme), m_prompter(prompter), m_profile(profile)
{
    workspace.clinic().setProofAsker([this](domain::IntentionId what, std::function<void(bool)> done) {
        QWidget *parent = QApplication::activeWindow();
        const auto open = all();
        if (!parent && !open.isEmpty())
            parent = open.first();
        auto *dialog = new ProofDialog(m_workspace, what, parent);
        connect(dialog, &QDialog::finished, this,
                [done = std::move(done)](int result) { done(result == QDialog::Accepted); });
        dialog->open();
    });
    // Queued: the requesting window is inside its own signal.
    connect(&workspace, &models::Workspace::ready, this, &Windows::followSettings, Qt::QueuedConnection);
    connect(&workspace, &models::Workspace::settingsChanged, this, &Windows::followSettings,
            Qt::QueuedConnection);
    connect(&workspace, &models::Workspace::sessionEnded, this, &Windows::followSettings,
            Qt::QueuedConnection);
}

Windows::~Windows()
{
    m_workspace.clinic().setProofAsker({});
    for (const auto &window : std::as_const(m_windows))
        delete window;
}

MainWindow *Windows::open()
{
    auto *window = new MainWindow(m_workspace, m_theme, m_prompter, m_profile);
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(window, &MainWindow::anotherWanted, this, &Windows::open);
    connect(window, &MainWindow::languageWanted, this, &Windows::chooseForThisPc, Qt::QueuedConnection);
    connect(window, &MainWindow::profileWanted, this, &Windows::profileWanted, Qt::QueuedConnection);
    const auto others = all();
    m_windows << window;
    if (!others.isEmpty()) {
        window->resize(others.last()->size());
        window->move(others.last()->pos() + QPoint(40, 40));
    }
    window->show();
    if (const QString notice = std::exchange(m_notice, {}); !notice.isEmpty())
        window->showNotice(notice);
    return window;
}

QList<MainWindow *> Windows::all() const
{
    QList<MainWindow *> open;
    for (const auto &window : m_windows) {
        if (window)
            open << window;
    }
    return open;
}

void Windows::raise()
{
    for (auto *window : all()) {
        window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
        window->raise();
        window->activateWindow();
    }
}

void Windows::speak(const QString &language)
{
    if (models::spokenFor(language) == models::currentLanguage())
        return;
    const auto old = all();
    for (auto *window : old)
        window->keepDrafts();
    models::installLanguage(language);
    m_windows.clear();
    for (auto *window : old) {
        auto *fresh = open();
        fresh->setGeometry(window->geometry());
        fresh->go(window->currentId());
    }
    for (auto *window : old) {
        window->hide();
        window->deleteLater();
    }
}

void Windows::chooseForThisPc(const QString &language)
{
    if (const auto kept = setPreference(QStringLiteral("language"), language); !kept)
        qCWarning(logGui) << "the language is not kept:" << kept.error().detail;
    speak(language);
}

// The user's own language during the session; the PC's before and after, and for users without one.
void Windows::followSettings()
{
    const QString own =
        m_workspace.session().isSignedIn() ? m_workspace.setting(domain::setting::language) : QString();
    speak(own.isEmpty() ? preference(QStringLiteral("language")) : own);
}

} // namespace clinic::gui
