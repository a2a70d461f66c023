// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/gatewindow.h"

#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "shell/ui_gatewindow.h"

namespace clinic::gui {

GateWindow::GateWindow(Purpose purpose) : m_purpose(purpose), m_ui(std::make_unique<Ui::GateWindow>())
{
    m_ui->setupUi(this);
    setObjectName(QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
    setWindowTitle(tr("ClinicDesk"));
    resize(900, 620);
    setRole(m_ui->heading, "title");
    setRole(m_ui->note, "muted");
    setRole(m_ui->fault, "error");
    setRole(m_ui->enter, "primary");
    setRole(m_ui->other, "link");
    m_ui->heading->setText(purpose == Purpose::Open ? tr("This clinic is sealed")
                                                    : tr("This clinic will be sealed"));
    m_ui->progress->setAccessibleName(tr("Working"));
    m_ui->progress->setRange(0, 0);
    for (auto *edit : {m_ui->user, m_ui->password, m_ui->paper})
        connect(edit, &QLineEdit::returnPressed, this, &GateWindow::give);
    connect(m_ui->enter, &QPushButton::clicked, this, &GateWindow::give);
    connect(m_ui->other, &QPushButton::clicked, this, [this] {
        if (m_purpose == Purpose::Seal)
            Q_EMIT postponed();
        else
            askForPaper(!m_paper);
    });
    m_ui->other->setVisible(purpose == Purpose::Open);
    m_ui->fault->hide();
    m_ui->progress->hide();
    askForPaper(false);
}

GateWindow::~GateWindow() = default;

void GateWindow::askForPaper(bool paper)
{
    m_paper = paper;
    for (QWidget *widget :
         {static_cast<QWidget *>(m_ui->userLabel), static_cast<QWidget *>(m_ui->user),
          static_cast<QWidget *>(m_ui->passwordLabel), static_cast<QWidget *>(m_ui->password)})
        widget->setVisible(!paper);
    m_ui->paperLabel->setVisible(paper);
    m_ui->paper->setVisible(paper);
    m_ui->fault->hide();
    m_ui->enter->setText(m_purpose == Purpose::Open ? tr("Open") : tr("Seal and open"));
    m_ui->other->setText(m_purpose == Purpose::Seal ? tr("Open it as it is, and seal it next time")
                         : paper                    ? tr("Use a password instead")
                                                    : tr("Use the recovery key instead"));
    if (m_purpose == Purpose::Seal)
        m_ui->note->setText(tr(
            "From this version on nobody can read a clinic's file who only copies it. Sign in once: the file "
            "and its backups here are sealed, checked, and opened. It takes a moment, and the old file stays "
            "until the new one is known to be whole."));
    else if (paper)
        m_ui->note->setText(tr("The recovery key was printed when the clinic was set up."));
    else
        m_ui->note->setText(
            tr("This PC's keychain does not have its key. The password of anybody who has worked "
               "on this PC opens it."));
    (paper ? m_ui->paper : m_ui->user->text().isEmpty() ? m_ui->user : m_ui->password)->setFocus();
}

void GateWindow::give()
{
    if (!m_ui->enter->isEnabled())
        return;
    m_ui->fault->hide();
    wait(true);
    if (m_paper)
        Q_EMIT recoveryKeyGiven(m_ui->paper->text());
    else
        Q_EMIT passwordGiven(m_ui->user->text(), m_ui->password->text());
}

void GateWindow::wait(bool waiting)
{
    for (QWidget *widget : {static_cast<QWidget *>(m_ui->user), static_cast<QWidget *>(m_ui->password),
                            static_cast<QWidget *>(m_ui->paper), static_cast<QWidget *>(m_ui->enter),
                            static_cast<QWidget *>(m_ui->other)})
        widget->setEnabled(!waiting);
    m_ui->progress->setVisible(waiting);
}

void GateWindow::showFault(const Error &error)
{
    wait(false);
    m_ui->fault->setText(models::errorText(error));
    m_ui->fault->show();
    // A clinic whose disk is full has to work all the same; who has the wrong password has not.
    const bool isPersonal = error.code == ErrorCode::WrongPassword ||
                            error.code == ErrorCode::WaitBeforeLogin || error.code == ErrorCode::Inactive;
    if (m_purpose == Purpose::Seal && !isPersonal)
        m_ui->other->show();
    QLineEdit *again = m_paper ? m_ui->paper : m_ui->password;
    again->selectAll();
    again->setFocus();
}

} // namespace clinic::gui
