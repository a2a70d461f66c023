// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

#include <QListWidget>

namespace clinic::gui {

// A role: its name, the one it inherits, and what it may, with where each permission comes from. Sentences
// belong to the users' page.
class RoleDialog : public FormDialog
{
public:
    RoleDialog(Shell &shell, const models::RoleView &view, const QList<models::RoleView> &roles);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    models::RoleView m_before;
    Form *m_form;
    QLineEdit *m_name;
    QComboBox *m_parent;
    QComboBox *m_scope;
    QCheckBox *m_factor;
    QListWidget *m_list;
    bool m_dirty = false;
};

} // namespace clinic::gui
