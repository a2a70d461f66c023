// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

#include <QListWidget>

namespace clinic::gui {

// One person who signs in: names, password, roles and the days they are held, whether and when he is let in.
// Sentences belong to the users' page.
class UserDialog : public FormDialog
{
public:
    UserDialog(Shell &shell, const models::UserView &view, const QList<models::RoleView> &roles);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    void resetPassword();
    void resetSecondFactor();
    void showSpan(const QListWidgetItem *item);
    void keepSpan();

    Shell &m_shell;
    models::UserView m_before;
    bool m_isNew;
    Form *m_form;
    QLineEdit *m_name;
    QLineEdit *m_display;
    QLineEdit *m_email;
    QLineEdit *m_phone;
    QLineEdit *m_password;
    QComboBox *m_practitioner;
    QListWidget *m_roles;
    QLineEdit *m_from; // of the role that is current in the list
    QLineEdit *m_until;
    QComboBox *m_onlyBranch;
    QCheckBox *m_active;
    QLineEdit *m_blockedFrom;
    QLineEdit *m_blockedUntil;
    QLineEdit *m_reason;
    QCheckBox *m_noFactor;
    bool m_dirty = false;
};

} // namespace clinic::gui
