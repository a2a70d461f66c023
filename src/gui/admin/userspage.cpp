// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/userspage.h"

#include "domain/access/permissions.h"
#include "domain/setup/settings.h"
#include "gui/admin/secondfactordialog.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/language.h"

#include <QScrollArea>

namespace clinic::gui {
namespace users {

class UserDialog : public FormDialog
{
public:
    UserDialog(Shell &shell, const models::UserView &view, const QList<models::RoleView> &roles)
        : FormDialog(view.user.isStored() ? UsersPage::tr("Change user") : UsersPage::tr("New user"),
                     UsersPage::tr("Save"), shell.window()),
          m_shell(shell),
          m_before(view),
          m_isNew(!view.user.isStored()),
          m_form(new Form)
    {
        resize(620, 600);
        m_name = m_form->addLine(QStringLiteral("user_name"), UsersPage::tr("&User name"));
        m_display = m_form->addLine(QStringLiteral("display_name"), UsersPage::tr("&Name"));
        m_email = m_form->addLine(QStringLiteral("email"), UsersPage::tr("&E-mail"));
        m_practitioner =
            m_form->addChoice(QStringLiteral("practitioner_id"), UsersPage::tr("Is the &practitioner"));
        m_practitioner->addItem(UsersPage::tr("Nobody bookable"), QByteArray());
        for (const auto &resource : shell.workspace().place().practitioners)
            m_practitioner->addItem(resource.name, resource.practitionerId.toBytes());
        m_password = m_form->addLine(
            QStringLiteral("password"),
            view.user.isStored() ? UsersPage::tr("New pass&word") : UsersPage::tr("Pass&word"), 1,
            view.user.isStored() ? UsersPage::tr("Leave empty to keep it")
                                 : UsersPage::tr("At least 8 characters"));
        m_password->setEchoMode(QLineEdit::Password);
        m_roles = m_form->add(QStringLiteral("role"), UsersPage::tr("&Roles"), new QListWidget, 1);
        for (const auto &role : roles) {
            auto *item = new QListWidgetItem(models::roleLabel(role.role.code, role.role.name), m_roles);
            item->setData(Qt::UserRole, role.role.id.toBytes());
            item->setCheckState(view.roles.contains(role.role.id) ? Qt::Checked : Qt::Unchecked);
        }
        m_noFactor =
            m_form->addCheck(QStringLiteral("no_factor"),
                             UsersPage::tr("Take the second factor away (telephone and codes are lost)"));
        m_noFactor->setVisible(view.hasSecondFactor);
        m_active = m_form->addCheck(QStringLiteral("active"), UsersPage::tr("May sign in"));
        m_name->setText(view.user.userName);
        m_display->setText(view.user.displayName);
        m_email->setText(view.user.email);
        m_active->setChecked(view.user.active);
        m_practitioner->setCurrentIndex(
            qMax(0, m_practitioner->findData(view.user.practitionerId.toBytes())));
        body()->addWidget(m_form);
        body()->addStretch();
        connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
        connect(m_roles, &QListWidget::itemChanged, this, [this] { m_dirty = true; });
    }

protected:
    void save() override
    {
        m_form->clearFaults();
        services::SaveUser intent;
        intent.user = m_before.user;
        intent.user.userName = m_name->text();
        intent.user.displayName = m_display->text();
        intent.user.email = m_email->text();
        intent.user.active = m_active->isChecked();
        intent.user.practitionerId = Id::fromBytes(m_practitioner->currentData().toByteArray());
        intent.password = m_password->text();
        for (int i = 0; i < m_roles->count(); ++i) {
            if (m_roles->item(i)->checkState() == Qt::Checked)
                intent.roles << Id::fromBytes(m_roles->item(i)->data(Qt::UserRole).toByteArray());
        }
        setBusy(true);
        m_shell.workspace().accounts.saveUser(this, intent, [this](const Result<domain::AppUser> &saved) {
            setBusy(false);
            if (!saved) {
                m_form->showFault(saved.error());
                return;
            }
            m_dirty = false;
            m_before.user = *saved;
            resetPassword();
        });
    }
    void resetPassword()
    {
        if (!m_before.user.isStored() || m_isNew || m_password->text().isEmpty())
            return resetSecondFactor();
        m_shell.workspace().accounts.resetPassword(this, m_before.user.id, m_password->text(),
                                                   [this](const Result<services::Done> &done) {
                                                       if (!done)
                                                           m_form->showFault(done.error());
                                                       else
                                                           resetSecondFactor();
                                                   });
    }
    void resetSecondFactor()
    {
        if (!m_noFactor->isChecked())
            return accept();
        m_shell.workspace().accounts.resetSecondFactor(this, m_before.user.id,
                                                       [this](const Result<services::Done> &done) {
                                                           if (!done)
                                                               m_form->showFault(done.error());
                                                           else
                                                               accept();
                                                       });
    }
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    models::UserView m_before;
    bool m_isNew;
    Form *m_form;
    QLineEdit *m_name;
    QLineEdit *m_display;
    QLineEdit *m_email;
    QLineEdit *m_password;
    QComboBox *m_practitioner;
    QListWidget *m_roles;
    QCheckBox *m_active;
    QCheckBox *m_noFactor;
    bool m_dirty = false;
};

class RoleDialog : public FormDialog
{
public:
    RoleDialog(Shell &shell, const models::RoleView &view, const QList<models::RoleView> &roles)
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
        m_factor = m_form->addCheck(QStringLiteral("needs_second_factor"),
                                    UsersPage::tr("Only with a &second factor"));
        m_factor->setChecked(view.role.needsSecondFactor);
        m_factor->setToolTip(
            UsersPage::tr("Whoever works in this role and has no second factor can do nothing but set "
                          "one up under My account."));
        m_list = m_form->add(QStringLiteral("permission"), UsersPage::tr("&Permissions"), new QListWidget);
        m_list->setMinimumHeight(320);
        for (const auto &permission : domain::allPermissions()) {
            const QString name = QString::fromLatin1(permission.name);
            auto *item = new QListWidgetItem(models::permissionText(name), m_list);
            item->setData(Qt::UserRole, name);
            const bool inherited = view.effective.contains(name) && !view.own.contains(name);
            item->setCheckState(view.effective.contains(name) ? Qt::Checked : Qt::Unchecked);
            if (inherited) {
                item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
                item->setText(UsersPage::tr("%1 (inherited)").arg(item->text()));
            }
        }
        if (view.role.isStored() && view.role.code == u"administrator") { // may always do everything
            for (QWidget *fixed : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_parent),
                                   static_cast<QWidget *>(m_list)})
                fixed->setEnabled(false);
        }
        body()->addWidget(m_form);
        connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
        connect(m_list, &QListWidget::itemChanged, this, [this] { m_dirty = true; });
    }

protected:
    void save() override
    {
        m_form->clearFaults();
        services::SaveRole intent;
        intent.role = m_before.role;
        intent.role.name = m_name->text();
        intent.role.parentId = Id::fromBytes(m_parent->currentData().toByteArray());
        intent.role.needsSecondFactor = m_factor->isChecked();
        for (int i = 0; i < m_list->count(); ++i) {
            const auto *item = m_list->item(i);
            if (item->checkState() == Qt::Checked && item->flags() & Qt::ItemIsUserCheckable)
                intent.permissions.insert(item->data(Qt::UserRole).toString());
        }
        m_shell.workspace().accounts.saveRole(this, intent, [this](const Result<domain::Role> &saved) {
            if (!saved) {
                m_form->showFault(saved.error());
                return;
            }
            m_dirty = false;
            accept();
        });
    }
    [[nodiscard]] bool isDirty() const override { return m_dirty; }

private:
    Shell &m_shell;
    models::RoleView m_before;
    Form *m_form;
    QLineEdit *m_name;
    QComboBox *m_parent;
    QCheckBox *m_factor;
    QListWidget *m_list;
    bool m_dirty = false;
};

} // namespace users

UsersPage::UsersPage(Shell &shell) : Screen(shell), m_tabs(new QTabWidget)
{
    using models::RoleView;
    using models::UserView;
    m_users = new models::RowsModel<UserView>(
        {{tr("User name"), [](const UserView &v) { return QVariant(v.user.userName); }},
         {tr("Name"), [](const UserView &v) { return QVariant(v.user.displayName); }},
         {tr("Roles"), [](const UserView &v) { return QVariant(v.roleNames); }},
         {tr("May sign in"),
          [](const UserView &v) { return QVariant(v.user.active ? tr("Yes") : tr("No")); }}},
        this);
    m_userList = new ListView(tr("Users"), m_users);
    m_userList->setStretch({25, 30, 30, 15});
    m_roles = new models::RowsModel<RoleView>(
        {{tr("Role"),
          [](const RoleView &v) { return QVariant(models::roleLabel(v.role.code, v.role.name)); }},
         {tr("Permissions"), [](const RoleView &v) { return QVariant(v.effective.size()); },
          [](const RoleView &v) { return QVariant(v.effective.size()); }, models::alignNumber},
         {tr("Second factor"),
          [](const RoleView &v) {
              return QVariant(v.role.needsSecondFactor ? tr("Required") : tr("As one likes"));
          }}},
        this);
    m_roleList = new ListView(tr("Roles"), m_roles);
    m_roleList->setStretch({55, 20, 25});
    m_tabs->setAccessibleName(tr("Users or roles"));
    m_tabs->addTab(m_userList, tr("Users"));
    m_tabs->addTab(m_roleList, tr("Roles"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    auto *top = new QHBoxLayout;
    top->addWidget(label(tr("Users and roles"), "title"));
    top->addStretch();
    if (workspace().may("users.edit")) {
        top->addWidget(button(tr("Copy role"), nullptr, this, [this] {
            if (const auto *view = m_roles->at(m_roleList->current())) {
                auto copy = *view;
                copy.role = {};
                copy.role.name = tr("Copy of %1").arg(view->role.name);
                copy.role.code = view->role.code;
                copy.role.parentId = view->role.parentId;
                editRole(copy);
            }
        }));
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
    (new users::UserDialog(shell(), view, m_roles->rows()))->open();
}

void UsersPage::editRole(const models::RoleView &view)
{
    (new users::RoleDialog(shell(), view, m_roles->rows()))->open();
}

AccountPage::AccountPage(Shell &shell) : Screen(shell)
{
    auto &ws = workspace();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("My account"), "title"));
    auto *columns = new QHBoxLayout;
    auto *who = new Card(tr("Signed in"));
    who->body()->addWidget(label(tr("%1 (%2)").arg(ws.session().displayName, ws.session().userName)));
    who->body()->addWidget(
        label(tr("Role: %1").arg(models::roleLabel(ws.session().roleCode, ws.session().roleName))));
    who->body()->addWidget(label(tr("Branch: %1").arg(ws.session().branchName)));
    who->body()->addWidget(label(tr("You may:"), "muted"));
    QStringList list;
    for (const auto &permission : domain::allPermissions()) {
        if (ws.session().may(QString::fromLatin1(permission.name)))
            list << models::permissionText(QString::fromLatin1(permission.name));
    }
    auto *permissions = label(list.join(u'\n'));
    permissions->setWordWrap(true);
    permissions->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(permissions);
    scroll->setAccessibleName(tr("Own permissions"));
    who->body()->addWidget(scroll, 1);
    columns->addWidget(who, 1);
    auto *right = new QVBoxLayout;
    auto *looks = new Card(tr("Appearance"));
    auto *look = new Form;
    auto *theme = look->addChoice(QStringLiteral("theme"), tr("&Theme"));
    for (const auto &[code, name] : {std::pair{"system", tr("As the system")},
                                     {"light", tr("Light")},
                                     {"dark", tr("Dark")},
                                     {"contrast", tr("High contrast")}})
        theme->addItem(name, QString::fromLatin1(code));
    theme->setCurrentIndex(qMax(0, theme->findData(ws.setting(domain::setting::theme))));
    auto *size = look->addChoice(QStringLiteral("size"), tr("Size of te&xt"));
    for (const int percent : {80, 90, 100, 110, 125, 150, 200, 300})
        size->addItem(tr("%1 %").arg(percent), QString::number(percent));
    size->setCurrentIndex(qMax(0, size->findData(ws.setting(domain::setting::fontPercent))));
    auto *language = look->addChoice(QStringLiteral("language"), tr("&Language"));
    for (const QString &code : models::shippedLanguages())
        language->addItem(models::languageName(code), code);
    language->setCurrentIndex(qMax(0, language->findData(models::currentLanguage())));
    connect(language, &QComboBox::activated, this, [this, language] {
        workspace().saveSetting(domain::SettingScope::User, domain::setting::language,
                                language->currentData().toString());
    });
    connect(theme, &QComboBox::activated, this, [this, theme] {
        workspace().saveSetting(domain::SettingScope::User, domain::setting::theme,
                                theme->currentData().toString());
    });
    connect(size, &QComboBox::activated, this, [this, size] {
        workspace().saveSetting(domain::SettingScope::User, domain::setting::fontPercent,
                                size->currentData().toString());
    });
    looks->body()->addWidget(look);
    right->addWidget(looks);
    auto *secret = new Card(tr("Change password"));
    m_password = new Form(1);
    m_old = m_password->addLine(QStringLiteral("old_password"), tr("&Present password"));
    m_new = m_password->addLine(QStringLiteral("password"), tr("&New password"), 1,
                                tr("At least 8 characters; three words in a row are good"));
    m_again = m_password->addLine(QStringLiteral("again"), tr("New password &again"));
    for (auto *edit : {m_old, m_new, m_again})
        edit->setEchoMode(QLineEdit::Password);
    secret->body()->addWidget(m_password);
    secret->body()->addWidget(button(tr("Change password"), "primary", this, [this] { changePassword(); }), 0,
                              Qt::AlignLeft);
    right->addWidget(secret);
    auto *factor = new Card(tr("Second factor"));
    m_showFactorFirst = [right, factor] { right->insertWidget(0, factor); };
    m_factor = label(QString(), "muted");
    m_factor->setObjectName(QStringLiteral("factor"));
    m_factor->setWordWrap(true);
    factor->body()->addWidget(m_factor);
    auto *doing = new QHBoxLayout;
    const auto opens = [this](SecondFactorDialog::What what) {
        return [this, what] {
            auto *dialog = new SecondFactorDialog(this->shell(), what);
            connect(dialog, &SecondFactorDialog::changed, this, &AccountPage::readSecondFactor);
            dialog->open();
        };
    };
    m_setFactor = button(tr("Set it up …"), "primary", this, opens(SecondFactorDialog::What::SwitchOn));
    m_newCodes = button(tr("New codes on paper …"), nullptr, this, opens(SecondFactorDialog::What::NewCodes));
    m_removeFactor = button(tr("Switch it off …"), nullptr, this, opens(SecondFactorDialog::What::SwitchOff));
    for (auto *one : {m_setFactor, m_newCodes, m_removeFactor}) {
        one->hide();
        doing->addWidget(one);
    }
    doing->addStretch();
    factor->body()->addLayout(doing);
    factor->setVisible(!ws.isDemo() && ws.session().may(QStringLiteral("account.own")));
    right->addWidget(factor);
    right->addStretch();
    columns->addLayout(right, 1);
    auto *page = new QWidget;
    page->setLayout(columns);
    auto *outer = new QScrollArea;
    outer->setWidgetResizable(true);
    outer->setFocusPolicy(Qt::NoFocus);
    outer->setWidget(page);
    layout->addWidget(outer, 1);
}

void AccountPage::readSecondFactor()
{
    workspace().accounts.ownSecondFactor(this, [this](const Result<services::SecondFactorState> &state) {
        const bool isOn = state && state->isOn;
        m_factor->setText(
            isOn ? tr("On: signing in asks for a code of your authenticator app. Codes on paper left: %1.")
                       .arg(state->codesLeft)
            : state && state->isRequired
                ? tr("Your role needs a second factor. Until it is set up, nothing else can be done with "
                     "this account.")
                : tr("Off: your password alone lets you in. With a second factor signing in also asks for a "
                     "code that your telephone shows."));
        m_setFactor->setVisible(!isOn);
        if (state && state->isRequired && !isOn)
            m_showFactorFirst();
        m_newCodes->setVisible(isOn);
        m_removeFactor->setVisible(isOn);
    });
}

void AccountPage::changePassword()
{
    m_password->clearFaults();
    if (m_new->text() != m_again->text()) {
        m_password->showFault(Error(ErrorCode::Invalid, QStringLiteral("again")));
        return;
    }
    workspace().accounts.changePassword(this, m_old->text(), m_new->text(),
                                        [this](const Result<services::Done> &done) {
                                            if (!done) {
                                                m_password->showFault(done.error());
                                                return;
                                            }
                                            for (auto *edit : {m_old, m_new, m_again})
                                                edit->clear();
                                            shell().say(tr("Password changed."));
                                        });
}

} // namespace clinic::gui
