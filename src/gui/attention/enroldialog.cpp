// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/enroldialog.h"

#include "gui/widgets/controls.h"

namespace clinic::gui {

EnrolDialog::EnrolDialog(models::Workspace &workspace, QWidget *parent)
    : FormDialog(tr("Connect to a server"), tr("&Connect"), parent),
      m_workspace(workspace),
      m_form(new Form(1))
{
    setObjectName(QStringLiteral("enrol"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(560, 380);
    auto *hint = label(
        workspace.isSetUp()
            ? tr("Paste the code from the server, or the one made on another PC under “Code for another "
                 "PC”. Everything on this PC is kept and becomes the hospital's.")
            : tr("Paste the code made on another PC under “Code for another PC”. The hospital's data "
                 "comes to this PC; it may take some minutes."),
        "muted");
    hint->setWordWrap(true);
    body()->addWidget(hint);
    m_code = m_form->addSecretText(QStringLiteral("code"), tr("Enrolment &code"), 6);
    body()->addWidget(m_form);
    m_paperForm = new Form(1);
    m_paper =
        m_paperForm->addSecret(QStringLiteral("recovery"), tr("Recovery &key"),
                               tr("As it was printed; blanks and hyphens do not matter"), QLineEdit::Normal);
    m_paperForm->hide(); // until a code asks for it
    body()->addWidget(m_paperForm);
    body()->addStretch();
}

void EnrolDialog::save()
{
    m_form->clearFaults();
    setBusy(true);
    m_paperForm->clearFaults();
    const auto finished = [this](const Result<services::Done> &done) {
        setBusy(false);
        if (!done) {
            const ErrorCode why = done.error().code;
            const bool isPaper = why == ErrorCode::NeedsRecoveryKey || why == ErrorCode::WrongKey;
            if (isPaper)
                m_paperForm->show();
            (isPaper ? m_paperForm : m_form)->showFault(done.error());
            return;
        }
        m_code->clear();
        m_paper->clear();
        Q_EMIT connected();
        accept();
    };
    m_workspace.connection.enrol(this, m_code->toPlainText(), m_paper->text(), finished);
}

} // namespace clinic::gui
