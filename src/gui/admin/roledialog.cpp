// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/roledialog.h"

#include "domain/access/permissions.h"
#include "gui/admin/userspage.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

RoleDialog::RoleDialog(Shell &shell, const models::RoleView &view, const QList<models::RoleView> &roles)
    : FormDialog(UsersPage::tr("Role"), UsersPage::tr("Save"), shell.window()),
      m_shell(shell),
      m_before(view),
      m_form(new Form(1))
{
    resize(560, 640);
    m_name = m_form->addLine(QStringLiteral("name"), UsersPage::tr("&Name"));
    m_name->setText(view.role.name);
    m_parent = m_form->addChoice(QStringLiteral("parent_id"), UsersPage::tr("&Inherits from"));
    m_parent->addItem(UsersPage::tr("No other role"), QByteArray());
    for (const auto &role : roles) {
        if (role.role.id != view.role.id)
            m_parent->addItem(models::roleLabel(role.role.code, role.role.name), role.role.id.toBytes());
    }
    m_parent->setCurrentIndex(qMax(0, m_parent->findData(view.role.parentId.toBytes())));
    m_scope =
        m_form->addChoice(QStringLiteral("scope"), UsersPage::tr("&Reaches patients and appointments of"));
    using enum domain::DataScope;
    for (const auto scope : {Hospital, Branch, Own})
        m_scope->addItem(models::scopeLabel(scope), enumCode(scope));
    m_scope->setCurrentIndex(int(view.role.scope));
    m_scope->setToolTip(
        UsersPage::tr("Own patients are those somebody is or was booked with, or has registered. Whoever may "
                      "open records in an emergency finds the others by name and gives a reason."));
    m_factor =
        m_form->addCheck(QStringLiteral("needs_second_factor"), UsersPage::tr("Only with a &second factor"));
    m_factor->setChecked(view.role.needsSecondFactor);
    m_factor->setToolTip(
        UsersPage::tr("Users in this role without a second factor can only set one up under My account."));
    // The nearest role above that gives it itself.
    const auto sourceOf = [&](const QString &permission) {
        QSet<Id> seen;
        for (Id above = view.role.parentId; !above.isNull() && !seen.contains(above);) {
            seen.insert(above);
            const auto it = std::ranges::find_if(roles, [&](const auto &r) { return r.role.id == above; });
            if (it == roles.end())
                break;
            if (it->own.contains(permission))
                return models::roleLabel(it->role.code, it->role.name);
            above = it->role.parentId;
        }
        return UsersPage::tr("another role");
    };
    m_list = m_form->add(QStringLiteral("permission"), UsersPage::tr("&Permissions"), new QListWidget);
    setRole(m_list, "checks");
    m_list->setMinimumHeight(280);
    for (const auto &permission : domain::allPermissions()) {
        const QString name = QString::fromLatin1(permission.name);
        auto *item = new QListWidgetItem(models::permissionText(name), m_list);
        item->setData(Qt::UserRole, name);
        const bool inherited = view.effective.contains(name) && !view.own.contains(name);
        item->setCheckState(view.effective.contains(name) ? Qt::Checked : Qt::Unchecked);
        if (inherited) {
            item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
            item->setText(UsersPage::tr("%1 (from %2)").arg(item->text(), sourceOf(name)));
        }
    }
    if (view.role.isStored() && view.role.code == u"administrator") { // may always do everything
        for (QWidget *fixed : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_parent),
                               static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_scope)})
            fixed->setEnabled(false);
    }
    body()->addWidget(m_form);
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
    connect(m_list, &QListWidget::itemChanged, this, [this] { m_dirty = true; });
}

void RoleDialog::save()
{
    m_form->clearFaults();
    services::SaveRole intent;
    intent.role = m_before.role;
    intent.role.name = m_name->text();
    intent.role.parentId = Id::fromBytes(m_parent->currentData().toByteArray());
    intent.role.needsSecondFactor = m_factor->isChecked();
    intent.role.scope = static_cast<domain::DataScope>(m_scope->currentIndex());
    for (int i = 0; i < m_list->count(); ++i) {
        const auto *item = m_list->item(i);
        if (item->checkState() == Qt::Checked && item->flags() & Qt::ItemIsUserCheckable)
            intent.permissions.insert(item->data(Qt::UserRole).toString());
    }
    setBusy(true);
    m_shell.workspace().accounts.saveRole(this, intent, [this](const Result<domain::Role> &saved) {
        setBusy(false);
        if (!saved) {
            m_form->showFault(saved.error());
            return;
        }
        m_dirty = false;
        accept();
    });
}

} // namespace clinic::gui
