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
    QPushButton *m_view;
    models::RowsModel<models::UserView> *m_users;
    models::RowsModel<models::RoleView> *m_roles;
    ListView *m_userList;
    ListView *m_roleList;
};

} // namespace clinic::gui
