// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/userdialog.h"

#include "gui/admin/userspage.h"
#include "models/labels.h"

namespace clinic::gui {
namespace {

constexpr int fromRole = Qt::UserRole + 1;
constexpr int untilRole = Qt::UserRole + 2;
constexpr int branchRole = Qt::UserRole + 3;

} // namespace

UserDialog::UserDialog(Shell &shell, const models::UserView &view, const QList<models::RoleView> &roles)
    : FormDialog(view.user.isStored() ? UsersPage::tr("Change user") : UsersPage::tr("New user"),
                 UsersPage::tr("Save"), shell.window()),
      m_shell(shell),
      m_before(view),
      m_isNew(!view.user.isStored()),
      m_form(new Form)
{
    resize(660, 720);
    m_name = m_form->addLine(QStringLiteral("user_name"), UsersPage::tr("&User name"));
    m_display = m_form->addLine(QStringLiteral("display_name"), UsersPage::tr("&Name"));
    m_email = m_form->addLine(QStringLiteral("email"), UsersPage::tr("&E-mail"));
    m_phone = m_form->addLine(QStringLiteral("phone"), UsersPage::tr("P&hone"));
    m_practitioner =
        m_form->addChoice(QStringLiteral("practitioner_id"), UsersPage::tr("Is the &practitioner"));
    m_practitioner->addItem(UsersPage::tr("No practitioner"), QByteArray());
    for (const auto &resource : shell.workspace().place().practitioners)
        m_practitioner->addItem(resource.name, resource.practitionerId.toBytes());
    m_password =
        m_form->addSecret(QStringLiteral("password"),
                          view.user.isStored() ? UsersPage::tr("New pass&word") : UsersPage::tr("Pass&word"),
                          view.user.isStored() ? UsersPage::tr("Leave empty to keep it")
                                               : UsersPage::tr("At least 8 characters"));
    m_active = m_form->addCheck(QStringLiteral("active"), UsersPage::tr("May sign in"));
    m_roles = m_form->add(QStringLiteral("role"), UsersPage::tr("&Roles"), new QListWidget, 2);
    setRole(m_roles, "checks");
    m_roles->setMaximumHeight(m_roles->fontMetrics().lineSpacing() * 11);
    // The kiosk's role is only for the account of one patient.
    const auto isOffered = [&view](const models::RoleView &role) {
        return role.role.code != u"patient" || !view.user.patientId.isNull() ||
               view.roles.contains(role.role.id);
    };
    for (const auto &role : roles) {
        if (!isOffered(role))
            continue;
        auto *item = new QListWidgetItem(models::roleLabel(role.role.code, role.role.name), m_roles);
        item->setData(Qt::UserRole, role.role.id.toBytes());
        item->setCheckState(view.roles.contains(role.role.id) ? Qt::Checked : Qt::Unchecked);
        const auto span = view.spans.value(role.role.id);
        item->setData(fromRole, span.from);
        item->setData(untilRole, span.until);
        item->setData(branchRole, span.branch.toBytes());
    }
    const QString days = UsersPage::tr("Day, month, year; empty: without an end");
    m_from = m_form->addLine(QStringLiteral("valid_from"), UsersPage::tr("The chosen role &from"), 1, days);
    m_until = m_form->addLine(QStringLiteral("valid_until"), UsersPage::tr("The chosen role un&til"));
    m_onlyBranch =
        m_form->addChoice(QStringLiteral("only_branch_id"), UsersPage::tr("The chosen role &in"), 2);
    m_onlyBranch->addItem(UsersPage::tr("Every branch"), QByteArray());
    shell.workspace().setup.branches(this, [this](const Result<QList<domain::Branch>> &branches) {
        for (const auto &branch : branches ? *branches : QList<domain::Branch>())
            m_onlyBranch->addItem(branch.name, branch.id.toBytes());
        showSpan(m_roles->currentItem());
    });
    m_blockedFrom =
        m_form->addLine(QStringLiteral("blocked_from"), UsersPage::tr("&Blocked from"), 1,
                        UsersPage::tr("On these days: no signing in, and no bookings for a practitioner"));
    m_blockedUntil = m_form->addLine(QStringLiteral("blocked_until"), UsersPage::tr("Bl&ocked until"));
    m_reason = m_form->addLine(QStringLiteral("inactive_reason"), UsersPage::tr("Re&ason"), 2);
    m_noFactor =
        m_form->addCheck(QStringLiteral("no_factor"),
                         UsersPage::tr("Remove the second factor (telephone and codes stop working)"));
    m_noFactor->setVisible(view.hasSecondFactor);
    m_name->setText(view.user.userName);
    m_display->setText(view.user.displayName);
    m_email->setText(view.user.email);
    m_phone->setText(view.user.phone);
    m_active->setChecked(view.user.active);
    m_blockedFrom->setText(view.user.blockedFrom);
    m_blockedUntil->setText(view.user.blockedUntil);
    m_reason->setText(view.user.inactiveReason);
    m_practitioner->setCurrentIndex(qMax(0, m_practitioner->findData(view.user.practitionerId.toBytes())));
    body()->addWidget(m_form);
    body()->addStretch();
    connect(m_roles, &QListWidget::currentItemChanged, this,
            [this](const QListWidgetItem *item) { showSpan(item); });
    connect(m_from, &QLineEdit::textEdited, this, [this] { keepSpan(); });
    connect(m_until, &QLineEdit::textEdited, this, [this] { keepSpan(); });
    connect(m_onlyBranch, &QComboBox::activated, this, [this] { keepSpan(); });
    m_roles->setCurrentRow(0);
    connect(m_form, &Form::edited, this, [this] { m_dirty = true; });
    connect(m_roles, &QListWidget::itemChanged, this, [this] { m_dirty = true; });
}

// A role has no end unless a date is set.
void UserDialog::showSpan(const QListWidgetItem *item)
{
    m_from->setText(item ? item->data(fromRole).toString() : QString());
    m_until->setText(item ? item->data(untilRole).toString() : QString());
    m_onlyBranch->setCurrentIndex(
        qMax(0, item ? m_onlyBranch->findData(item->data(branchRole).toByteArray()) : 0));
}

void UserDialog::keepSpan()
{
    if (auto *item = m_roles->currentItem()) {
        item->setData(fromRole, m_from->text().trimmed());
        item->setData(untilRole, m_until->text().trimmed());
        item->setData(branchRole, m_onlyBranch->currentData().toByteArray());
    }
}

void UserDialog::save()
{
    m_form->clearFaults();
    services::SaveUser intent;
    intent.user = m_before.user;
    intent.user.userName = m_name->text();
    intent.user.displayName = m_display->text();
    intent.user.email = m_email->text();
    intent.user.phone = m_phone->text();
    intent.user.active = m_active->isChecked();
    intent.user.blockedFrom = m_blockedFrom->text();
    intent.user.blockedUntil = m_blockedUntil->text();
    intent.user.inactiveReason = m_reason->text();
    intent.user.practitionerId = Id::fromBytes(m_practitioner->currentData().toByteArray());
    intent.password = m_password->text();
    for (int i = 0; i < m_roles->count(); ++i) {
        if (m_roles->item(i)->checkState() == Qt::Checked)
            intent.roles << Id::fromBytes(m_roles->item(i)->data(Qt::UserRole).toByteArray());
        const QString from = m_roles->item(i)->data(fromRole).toString();
        const QString until = m_roles->item(i)->data(untilRole).toString();
        const Id branch = Id::fromBytes(m_roles->item(i)->data(branchRole).toByteArray());
        if (!from.isEmpty() || !until.isEmpty() || !branch.isNull())
            intent.spans.insert(Id::fromBytes(m_roles->item(i)->data(Qt::UserRole).toByteArray()),
                                {from, until, branch});
    }
    setBusy(true);
    m_shell.workspace().accounts.saveUser(this, intent, [this](const Result<domain::AppUser> &saved) {
        if (!saved) {
            setBusy(false);
            m_form->showFault(saved.error());
            return;
        }
        m_dirty = false;
        m_before.user = *saved;
        resetPassword();
    });
}
void UserDialog::resetPassword()
{
    if (!m_before.user.isStored() || m_isNew || m_password->text().isEmpty())
        return resetSecondFactor();
    m_shell.workspace().accounts.resetPassword(this, m_before.user.id, m_password->text(),
                                               [this](const Result<services::Done> &done) {
                                                   if (done)
                                                       return resetSecondFactor();
                                                   setBusy(false);
                                                   m_form->showFault(done.error());
                                               });
}
void UserDialog::resetSecondFactor()
{
    if (!m_noFactor->isChecked())
        return accept();
    m_shell.workspace().accounts.resetSecondFactor(this, m_before.user.id,
                                                   [this](const Result<services::Done> &done) {
                                                       if (done)
                                                           return accept();
                                                       setBusy(false);
                                                       m_form->showFault(done.error());
                                                   });
}

} // namespace clinic::gui
