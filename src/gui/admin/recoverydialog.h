// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// Makes a new recovery key for the hospital and shows it once, to print.
class RecoveryDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit RecoveryDialog(Shell &shell);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    Shell &m_shell;
    Form *m_form;
    QLineEdit *m_password;
};

// The sheet with a recovery key, to print or to save.
void showRecoveryKey(Shell &shell, const QString &hospital, const QString &key);

} // namespace clinic::gui
