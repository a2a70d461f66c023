// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/accountpage.h"

#include "domain/access/permissions.h"
#include "domain/setup/settings.h"
#include "gui/admin/secondfactordialog.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/language.h"

#include <QScrollArea>

namespace clinic::gui {

AccountPage::AccountPage(Shell &shell) : Screen(shell)
{
    auto &ws = workspace();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(label(tr("My account"), "title"));
    auto *columns = new QHBoxLayout;
    auto *who = new Card(tr("Signed in"));
    who->body()->addWidget(label(tr("%1 (%2)").arg(models::isolated(ws.session().displayName),
                                                   models::isolated(ws.session().userName))));
    who->body()->addWidget(
        label(tr("Role: %1").arg(models::roleLabel(ws.session().roleCode, ws.session().roleName))));
    who->body()->addWidget(label(tr("Branch: %1").arg(models::isolated(ws.session().branchName))));
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
    m_old = m_password->addSecret(QStringLiteral("old_password"), tr("&Present password"));
    m_new = m_password->addSecret(QStringLiteral("password"), tr("&New password"),
                                  tr("At least 8 characters; three words in a row are good"));
    m_again = m_password->addSecret(QStringLiteral("again"), tr("New password &again"));
    secret->body()->addWidget(m_password);
    secret->body()->addWidget(button(tr("Change password"), "primary", this, [this] { changePassword(); }), 0,
                              Qt::AlignLeft);
    right->addWidget(secret);
    auto *elsewhere = new Card(tr("Where you work"));
    m_devices = new models::RowsModel<sync::DeviceListing>(
        {{tr("PC"),
          [this](const sync::DeviceListing &d) {
              return QVariant(d.id == workspace().connection.thisDevice()
                                  ? tr("%1 (this PC)").arg(models::isolated(d.name))
                                  : d.name);
          }},
         {tr("System"), [](const sync::DeviceListing &d) { return QVariant(d.system); }},
         {tr("You worked there"),
          [this](const sync::DeviceListing &d) {
              return QVariant(models::dayTimeText(d.lastUsedAt, workspace().zone()));
          },
          [](const sync::DeviceListing &d) { return QVariant(d.lastUsedAt); }}},
        this);
    m_deviceList = new ListView(tr("PCs on which you work"), m_devices, TakenAs::nobody());
    m_deviceList->setStretch({4, 4, 3});
    m_deviceList->setMinimumHeight(150);
    m_deviceList->hide(); // until the server answers
    elsewhere->body()->addWidget(m_deviceList);
    auto *text =
        label(tr("Ends your sessions on all other PCs: at once where the server can be reached, elsewhere "
                 "with the next contact. Changing your password does the same."),
              "muted");
    text->setWordWrap(true);
    elsewhere->body()->addWidget(text);
    elsewhere->body()->addWidget(button(tr("Sign out everywhere else"), nullptr, this,
                                        [this] {
                                            workspace().accounts.endOtherSessions(
                                                this, [this](const Result<services::Done> &done) {
                                                    if (done)
                                                        this->shell().say(tr("Your other sessions end."));
                                                    else
                                                        this->shell().sayError(done.error());
                                                });
                                        }),
                                 0, Qt::AlignLeft);
    elsewhere->setVisible(!ws.isDemo());
    right->addWidget(elsewhere);
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

// On an unknown PC another person has signed in as this user.
void AccountPage::readDevices()
{
    if (!workspace().connection.isEnrolled())
        return;
    workspace().connection.ownDevices(this, [this](const Result<QList<sync::DeviceListing>> &list) {
        if (!list || list->isEmpty())
            return;
        m_devices->setRows(*list);
        m_deviceList->showRows();
        m_deviceList->show();
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
