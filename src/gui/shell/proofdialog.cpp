// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shell/proofdialog.h"

#include "gui/widgets/controls.h"
#include "models/labels.h"

namespace clinic::gui {

ProofDialog::ProofDialog(models::Workspace &workspace, domain::IntentionId forWhat, QWidget *parent)
    : FormDialog(tr("Is it you?"), tr("&Continue"), parent),
      m_workspace(workspace),
      m_forWhat(forWhat),
      m_own(new Form(1)),
      m_other(new Form(1))
{
    setObjectName(QStringLiteral("proof"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(480, 440);
    auto *what =
        label(models::intentionLabel(QString::fromLatin1(domain::intentionInfo(forWhat).name)), "heading");
    what->setWordWrap(true);
    body()->addWidget(what);
    m_text = label(QString(), "muted");
    m_text->setWordWrap(true);
    body()->addWidget(m_text);
    m_secret = m_own->addLine(QStringLiteral("code"), tr("Co&de or password"));
    m_secret->setEchoMode(QLineEdit::Password);
    body()->addWidget(m_own);
    m_approver = m_other->addLine(QStringLiteral("approver_login"), tr("&User name of whoever approves"));
    m_password = m_other->addLine(QStringLiteral("approver_password"), tr("Their &password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_code = m_other->addLine(QStringLiteral("approver_code"), tr("Th&eir code"), 1,
                              tr("Of their authenticator app or on paper, if they have one"));
    m_other->hide();
    body()->addWidget(m_other);
    m_switch = button(tr("Somebody else approves"), "link", this, [this] {
        m_byOther = !m_byOther;
        m_own->setVisible(!m_byOther);
        m_other->setVisible(m_byOther);
        m_switch->setText(m_byOther ? tr("I show it myself") : tr("Somebody else approves"));
        (m_byOther ? m_approver : m_secret)->setFocus();
    });
    body()->addWidget(m_switch, 0, Qt::AlignLeft);
    body()->addStretch();
    m_secret->setFocus();
    workspace.accounts.ownProof(this, [this](const Result<services::ProofNeeded> &needed) {
        if (needed)
            showNeeded(*needed);
    });
}

void ProofDialog::showNeeded(const services::ProofNeeded &needed)
{
    m_text->setText(needed.code ? tr("This window has been open for a while. Type the six digits your "
                                     "authenticator app shows, or one of your codes on paper.")
                    : needed.password
                        ? tr("This window has been open for a while. Type your password once more.")
                        : tr("You have no second factor. Somebody else who may do this approves it, or "
                             "you set one up under My account."));
    m_secret->setEchoMode(needed.code ? QLineEdit::Normal : QLineEdit::Password);
    if (!needed.code && !needed.password && !m_byOther) {
        m_switch->click();
        m_switch->hide();
    }
}

void ProofDialog::save()
{
    Form *form = m_byOther ? m_other : m_own;
    form->clearFaults();
    setBusy(true);
    services::ProveIdentity intent;
    intent.forWhat = m_forWhat;
    if (m_byOther)
        intent.approver = {m_approver->text(), m_password->text(), m_code->text()};
    else
        intent.secret = m_secret->text();
    m_workspace.accounts.prove(this, intent, [this, form](const Result<services::ProofAnswer> &answer) {
        setBusy(false);
        if (answer && answer->isProven)
            return accept();
        const Error why = answer ? answer->refusal : answer.error();
        form->showFault(why);
        QLineEdit *again = !m_byOther ? m_secret : why.field == u"approver_code" ? m_code : m_password;
        again->selectAll();
        again->setFocus();
    });
}

} // namespace clinic::gui
