// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"
#include "models/setup/bringer.h"

#include <QProgressBar>

namespace clinic::gui {

// Another clinic's file is looked into, and brought into this hospital when somebody says so.
class BringDialog : public FormDialog
{
    Q_OBJECT
public:
    BringDialog(Shell &shell, const QString &path);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void say(const QString &text, const char *role = "muted");

    Shell &m_shell;
    models::Bringer *m_bringer;
    Form *m_unlock; // shown for a sealed file
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLabel *m_text;
    QProgressBar *m_progress;
    bool m_running = false;
    bool m_finished = false;
};

} // namespace clinic::gui
