// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// Asks for the reason to open a record the role does not reach.
class EmergencyDialog : public FormDialog
{
    Q_OBJECT
public:
    EmergencyDialog(Shell &shell, const Id &patient);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return !m_reason->toPlainText().trimmed().isEmpty(); }

private:
    Shell &m_shell;
    Id m_patient;
    Form *m_form;
    QPlainTextEdit *m_reason;
};

} // namespace clinic::gui
