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
    Windows(models::Workspace &workspace, Theme &theme, Prompter &prompter, const QString &profile);
    ~Windows() override;

    // Another window, shown; the first one asks for the password or for the set-up.
    MainWindow *open();
    [[nodiscard]] QList<MainWindow *> all() const;
    // Speaks a language in all windows; they come back where they were. Dialogs are closed, their drafts
    // kept.
    void speak(const QString &language);

private:
    void followSettings();

    models::Workspace &m_workspace;
    Theme &m_theme;
    Prompter &m_prompter;
    QString m_profile;
    QList<QPointer<MainWindow>> m_windows;
};

} // namespace clinic::gui
