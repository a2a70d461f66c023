// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

#include <QListWidget>
#include <QTabWidget>

namespace clinic::gui {

// Users with their roles, and roles with their permissions.
class UsersPage : public Screen
{
    Q_OBJECT
public:
    explicit UsersPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Users and roles"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_tabs; }

private:
    void editUser(const models::UserView &view);
    void editRole(const models::RoleView &view);

    QTabWidget *m_tabs;
    models::RowsModel<models::UserView> *m_users;
    models::RowsModel<models::RoleView> *m_roles;
    ListView *m_userList;
    ListView *m_roleList;
};

// One's own account: roles and permissions, password, theme, size of text.
class AccountPage : public Screen
{
    Q_OBJECT
public:
    explicit AccountPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("My account"); }
    void refresh() override { readSecondFactor(); }

private:
    void changePassword();
    void readSecondFactor();
    Form *m_password;
    QLabel *m_factor;
    std::function<void()> m_showFactorFirst;
    QPushButton *m_setFactor;
    QPushButton *m_newCodes;
    QPushButton *m_removeFactor;
    QLineEdit *m_old;
    QLineEdit *m_new;
    QLineEdit *m_again;
};

} // namespace clinic::gui
