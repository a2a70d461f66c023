// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/actions.h"

#include <QDialog>
#include <QLineEdit>
#include <QListWidget>

namespace clinic::gui {

// Ctrl+K: actions by name and patients by search, in one list.
class CommandPalette : public QDialog
{
    Q_OBJECT
public:
    explicit CommandPalette(Shell &shell);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void start(int row);

    Shell &m_shell;
    QLineEdit *m_edit;
    QListWidget *m_list;
    QList<std::function<void()>> m_runs;
};

} // namespace clinic::gui
