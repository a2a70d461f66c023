// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "models/workspace.h"

#include <QTimer>
#include <QWidget>
#include <memory>

namespace Ui {
class LoginPage;
}

namespace clinic::gui {

// Signs in, and unlocks: the same page, with the name fixed while a session is only locked.
class LoginPage : public QWidget
{
    Q_OBJECT
public:
    LoginPage(models::Workspace &workspace, const ProfileOffer &profile);
    ~LoginPage() override;

    void showLogin();
    void showLocked(const models::Session &session);
    void setNotice(const QString &text);
    // As if somebody had typed this: whoever opened the sealed file need not type it twice.
    void signIn(const QString &login, const QString &password);

Q_SIGNALS:
    void signedIn(const clinic::models::Session &session);
    void unlocked(const clinic::models::Session &session);
    void languageWanted(const QString &language);
    void profileWanted(const QString &profile);
    void otherWanted(); // somebody else at a locked desk

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void attempt(const QString &login, bool demo);
    void showRefusal(const Error &error);
    void askForCode(bool asked);
    void showDemoUsers();

    models::Workspace &m_workspace;
    std::unique_ptr<Ui::LoginPage> m_ui;
    models::Session m_locked;
    QTimer m_wait;
    qint64 m_waitUntil = 0;
};

} // namespace clinic::gui
