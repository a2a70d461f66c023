// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/form.h"
#include "models/workspace.h"

namespace clinic::gui {

// Connects this PC to a server with an administrator's code, typed or pasted.
class EnrolDialog : public FormDialog
{
    Q_OBJECT
public:
    EnrolDialog(models::Workspace &workspace, QWidget *parent);

Q_SIGNALS:
    void connected();

protected:
    [[nodiscard]] bool isDirty() const override
    {
        return !m_code->toPlainText().trimmed().isEmpty() || !m_paper->text().trimmed().isEmpty();
    }
    void save() override;

private:
    models::Workspace &m_workspace;
    Form *m_form;
    QPlainTextEdit *m_code;
    Form *m_paperForm;
    QLineEdit *m_paper;
};

} // namespace clinic::gui
