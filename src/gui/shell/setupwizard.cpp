// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/setupwizard.h"

#include "core/money.h"
#include "gui/admin/recoverydialog.h"
#include "gui/attention/enroldialog.h"
#include "gui/widgets/controls.h"

#include <QScrollArea>
#include <QTimeZone>

namespace clinic::gui {

SetupWizard::SetupWizard(Shell &shell) : m_shell(shell), m_workspace(shell.workspace()), m_form(new Form)
{
    setObjectName(QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
    auto *outer = new QHBoxLayout(this);
    auto *column = new QWidget;
    column->setMaximumWidth(760);
    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(12);
    layout->addStretch();
    layout->addWidget(label(tr("Welcome to ClinicDesk"), "title"));
    auto *text = label(tr("A minute for the basics. Everything can be changed later under Set-up; only the "
                          "currency is for good."),
                       "muted");
    text->setWordWrap(true);
    layout->addWidget(text);
    m_hospital = m_form->addLine(QStringLiteral("hospital"), tr("Name of the &hospital or clinic"));
    m_branch = m_form->addLine(QStringLiteral("branch"), tr("Name of this &branch"));
    m_branch->setText(tr("Main"));
    m_zone = m_form->addChoice(QStringLiteral("timezone"), tr("&Time zone"));
    m_zone->setEditable(true);
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
        m_zone->addItem(QString::fromLatin1(id));
    m_zone->setCurrentText(QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    m_currency = m_form->addChoice(QStringLiteral("currency"), tr("&Currency"));
    m_currency->addItems(currencies());
    const QString local = QLocale::system().currencySymbol(QLocale::CurrencyIsoCode);
    m_currency->setCurrentText(isCurrency(local) ? local : QStringLiteral("USD"));
    m_user = m_form->addLine(QStringLiteral("user_name"), tr("Your &user name"), 1,
                             tr("You become the first administrator"));
    m_display = m_form->addLine(QStringLiteral("display_name"), tr("Your &name"));
    m_password = m_form->addSecret(QStringLiteral("password"), tr("Choose a &password"),
                                   tr("At least 8 characters; three words in a row are good"));
    m_again = m_form->addSecret(QStringLiteral("again"), tr("The same password &again"));
    layout->addWidget(m_form);
    m_create = button(tr("Create the clinic"), "primary", this, [this] { create(); });
    m_join = button(tr("&Join a hospital that uses ClinicDesk already …"), "link", this, [this] { join(); });
    m_join->setVisible(m_workspace.connection.isPossible());
    auto *row = new QHBoxLayout;
    row->addWidget(m_create);
    row->addWidget(m_join);
    row->addStretch();
    layout->addLayout(row);
    m_loading = label(QString(), "muted");
    m_loading->setObjectName(QStringLiteral("loading"));
    m_loading->setWordWrap(true);
    m_loading->hide();
    layout->addWidget(m_loading);
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How much of everything is here"));
    m_progress->hide();
    layout->addWidget(m_progress);
    layout->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(column);
    scroll->setAlignment(Qt::AlignHCenter);
    outer->addWidget(scroll);
    m_hospital->setFocus();
}

// No form any more: what would be typed into it comes from the server.
void SetupWizard::join()
{
    auto *dialog = new EnrolDialog(m_workspace, window());
    connect(dialog, &EnrolDialog::connected, this, [this] {
        for (QWidget *widget : {static_cast<QWidget *>(m_form), static_cast<QWidget *>(m_create),
                                static_cast<QWidget *>(m_join)})
            widget->hide();
        m_loading->show();
        m_progress->show();
        const auto look = [this] {
            const auto &line = m_workspace.connection;
            m_loading->setText(line.summary() + u'\n' + line.explanation());
            showProgress(*m_progress, line.loadedPercent());
            if (line.isEnrolled() && line.status().replica.isUsable()) {
                m_workspace.connection.disconnect(this);
                Q_EMIT joined();
            }
        };
        connect(&m_workspace.connection, &models::Connection::changed, this, look);
        look();
    });
    dialog->open();
}

void SetupWizard::create()
{
    m_form->clearFaults();
    if (m_password->text() != m_again->text()) {
        m_form->showFault(Error(ErrorCode::WrongPassword, QStringLiteral("again")));
        return;
    }
    services::InitialiseHospital start;
    start.hospitalName = m_hospital->text();
    start.branchName = m_branch->text();
    start.timeZone = m_zone->currentText();
    start.currency = m_currency->currentText();
    start.adminUserName = m_user->text();
    start.adminDisplayName = m_display->text();
    start.adminPassword = m_password->text();
    m_create->setEnabled(false);
    m_workspace.setup.initialise(
        this, start,
        [this, &shell = m_shell, name = start.hospitalName](const Result<services::Founded> &done) {
            m_create->setEnabled(true);
            if (!done)
                return m_form->showFault(done.error());
            Q_EMIT finished();
            showRecoveryKey(shell, name, done->recoveryKey);
        });
}

} // namespace clinic::gui
