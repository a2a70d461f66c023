// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/userspage.h"

#include "gui/admin/roledialog.h"
#include "gui/admin/userdialog.h"
#include "models/errortext.h"
#include "models/labels.h"

#include <QMenu>

namespace clinic::gui {
UsersPage::UsersPage(Shell &shell) : Screen(shell), m_tabs(new QTabWidget)
{
    using models::RoleView;
    using models::UserView;
    m_users = new models::RowsModel<UserView>(
        {{tr("User name"), [](const UserView &v) { return QVariant(v.user.userName); }},
         {tr("Name"), [](const UserView &v) { return QVariant(v.user.displayName); }},
         {tr("Roles"), [](const UserView &v) { return QVariant(v.roleNames); }},
         {tr("May sign in"),
          [this](const UserView &v) {
              const auto &user = v.user;
              if (!user.active)
                  return QVariant(tr("No"));
              if (user.blockedFrom.isEmpty() && user.blockedUntil.isEmpty())
                  return QVariant(tr("Yes"));
              const QString day = workspace().today().toString(Qt::ISODate);
              if (!user.blockedUntil.isEmpty() && user.blockedUntil < day)
                  return QVariant(tr("Yes"));
              return QVariant(user.blockedFrom.isEmpty() ? tr("Blocked until %1").arg(user.blockedUntil)
                              : user.blockedUntil.isEmpty()
                                  ? tr("Blocked from %1").arg(user.blockedFrom)
                                  : tr("Blocked %1 to %2").arg(user.blockedFrom, user.blockedUntil));
          }}},
        this);
    m_userList = new ListView(tr("Users"), m_users, TakenAs::nobody());
    m_userList->setStretch({20, 27, 27, 26});
    m_roles = new models::RowsModel<RoleView>(
        {{tr("Role"),
          [](const RoleView &v) { return QVariant(models::roleLabel(v.role.code, v.role.name)); }},
         {tr("Permissions"), [](const RoleView &v) { return QVariant(v.effective.size()); },
          [](const RoleView &v) { return QVariant(v.effective.size()); }, models::alignNumber},
         {tr("Reaches"), [](const RoleView &v) { return QVariant(models::scopeLabel(v.role.scope)); }},
         {tr("Second factor"),
          [](const RoleView &v) {
              return QVariant(v.role.needsSecondFactor ? tr("Required") : tr("As one likes"));
          }}},
        this);
    m_roleList = new ListView(tr("Roles"), m_roles, TakenAs::nobody());
    m_roleList->setStretch({38, 14, 26, 22});
    m_tabs->setAccessibleName(tr("Users or roles"));
    m_tabs->addTab(m_userList, tr("Users"));
    m_tabs->addTab(m_roleList, tr("Roles"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Users and roles"), "title"));
    top->addStretch();
    m_view = button(tr("&View as this role"), nullptr, this, [this] {
        if (const auto *view = m_roles->at(m_roleList->current()))
            workspace().viewAs(*view);
    });
    m_view->setToolTip(tr("Shows the menus and screens of this role, as far as you may see them yourself"));
    top->addWidget(m_view);
    const auto showView = [this] { m_view->setVisible(m_tabs->currentWidget() == m_roleList); };
    connect(m_tabs, &QTabWidget::currentChanged, this, showView);
    showView();
    if (workspace().may("users.edit")) {
        top->addWidget(button(tr("Copy role"), nullptr, this, [this] {
            if (const auto *view = m_roles->at(m_roleList->current())) {
                auto copy = *view;
                copy.role = {};
                copy.role.name = tr("Copy of %1").arg(view->role.name);
                copy.role.scope = view->role.scope;
                copy.role.parentId = view->role.parentId;
                editRole(copy);
            }
        }));
        auto *fresh = new QPushButton(tr("New &role"));
        fresh->setObjectName(QStringLiteral("newRole"));
        auto *menu = new QMenu(fresh);
        menu->setToolTipsVisible(true);
        for (const auto &position : domain::roleTemplates()) {
            auto *action = menu->addAction(models::templateLabel(position.name), this, [this, &position] {
                models::RoleView view;
                view.role.name = models::templateLabel(position.name);
                view.role.scope = position.scope;
                view.own = domain::permissionsOf(position);
                view.effective = view.own;
                editRole(view);
            });
            action->setToolTip(models::templateLabel(position.about));
        }
        menu->addSeparator();
        menu->addAction(tr("An empty role"), this, [this] { editRole({}); });
        fresh->setMenu(menu);
        top->addWidget(fresh);
        top->addWidget(button(tr("&New user"), "primary", this, [this] { editUser({}); }));
        connect(m_userList, &ListView::opened, this, [this](const QModelIndex &i) {
            if (const auto *view = m_users->at(i))
                editUser(*view);
        });
        connect(m_roleList, &ListView::opened, this, [this](const QModelIndex &i) {
            if (const auto *view = m_roles->at(i))
                editRole(*view);
        });
    }
    layout->addLayout(top);
    layout->addWidget(m_tabs, 1);
    connect(&workspace(), &models::Workspace::rowsChanged, this,
            [this](const QList<domain::RowChange> &rows) {
                using namespace domain;
                if (isVisible() && models::touches(rows, {&AppUser::entity(), &UserRole::entity(),
                                                          &Role::entity(), &RolePermission::entity()}))
                    refresh();
            });
}

void UsersPage::refresh()
{
    workspace().accounts.users(this, [this](const Result<QList<models::UserView>> &views) {
        if (!views) {
            m_userList->showFailure(models::errorText(views.error()), [this] { refresh(); });
            return;
        }
        m_users->setRows(*views);
        m_userList->showRows();
    });
    workspace().accounts.roles(this, [this](const Result<QList<models::RoleView>> &views) {
        if (!views) {
            m_roleList->showFailure(models::errorText(views.error()), [this] { refresh(); });
            return;
        }
        m_roles->setRows(*views);
        m_roleList->showRows();
    });
}

void UsersPage::editUser(const models::UserView &view)
{
    (new UserDialog(shell(), view, m_roles->rows()))->open();
}

void UsersPage::editRole(const models::RoleView &view)
{
    (new RoleDialog(shell(), view, m_roles->rows()))->open();
}

} // namespace clinic::gui
