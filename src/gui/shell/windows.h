// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/mainwindow.h"

#include <QPointer>

namespace clinic::gui {

// The program's windows: one or more on the same session, so that a chart and the calendar can lie side by
// side. They are made anew when the language changes.
class Windows : public QObject
{
    Q_OBJECT
public:
    Windows(models::Workspace &workspace, Theme &theme, Prompter &prompter, const ProfileOffer &profile);
    ~Windows() override;

    // Another window, shown; the first one asks for the password or for the set-up.
    MainWindow *open();
    [[nodiscard]] QList<MainWindow *> all() const;
    // To the front, as somebody started the program again.
    void raise();
    // Shown to the first person who is asked to sign in.
    void setNotice(const QString &text) { m_notice = text; }
    // Speaks a language in all windows; they come back where they were. Dialogs are closed, their drafts
    // kept.
    void speak(const QString &language);

Q_SIGNALS:
    void profileWanted(const QString &profile);

private:
    void chooseForThisPc(const QString &language);
    void followSettings();

    models::Workspace &m_workspace;
    Theme &m_theme;
    Prompter &m_prompter;
    ProfileOffer m_profile;
    QString m_notice;
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace clinic::gui
