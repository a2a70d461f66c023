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
    resize(480, 500);
    auto *what =
        label(models::intentionLabel(QString::fromLatin1(domain::intentionInfo(forWhat).name)), "heading");
    what->setWordWrap(true);
    body()->addWidget(what);
    m_text = label(QString(), "muted");
    m_text->setWordWrap(true);
    body()->addWidget(m_text);
    m_secret = m_own->addSecret(QStringLiteral("code"), tr("Co&de or password"));
    body()->addWidget(m_own);
    m_approver = m_other->addLine(QStringLiteral("approver_login"), tr("&User name of the approver"));
    m_password = m_other->addSecret(QStringLiteral("approver_password"), tr("Their &password"));
    m_code =
        m_other->addSecret(QStringLiteral("approver_code"), tr("Th&eir code"),
                           tr("Of their authenticator app or on paper, if they have one"), QLineEdit::Normal);
    m_other->hide();
    body()->addWidget(m_other);
    m_switch = button(tr("Somebody else approves"), "link", this, [this] {
        m_byOther = !m_byOther;
        m_own->setVisible(!m_byOther);
        m_other->setVisible(m_byOther);
        m_switch->setText(m_byOther ? tr("I show it myself") : tr("Somebody else approves"));
        (m_byOther ? m_approver : m_secret)->setFocus();
    });
    m_offers = new QVBoxLayout;
    body()->addLayout(m_offers);
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
    Form::setShown(m_secret, needed.code ? QLineEdit::Normal : QLineEdit::Password);
    if (needed.code)
        return;
    bool canSend = false;
    for (const auto &[channel, to] : {std::pair("email", needed.email), std::pair("sms", needed.phone)}) {
        if (to.isEmpty() || !m_workspace.connection.codeChannels().contains(channel))
            continue;
        offerCode(channel, to);
        canSend = true;
    }
    if (needed.password)
        return;
    if (canSend)
        return m_text->setText(
            tr("You have no second factor. The server sends you a code, or somebody else who "
               "may do this approves it."));
    if (!m_byOther) {
        m_switch->click();
        m_switch->hide();
    }
}

void ProofDialog::offerCode(const QByteArray &channel, const QString &to)
{
    const QString text =
        channel == "email" ? tr("Send me a code by e-mail") : tr("Send me a code by text message");
    auto *link = button(text, "link", this, [this, channel, to] { requestCode(channel, to); });
    link->setObjectName(QStringLiteral("send-") + QString::fromLatin1(channel));
    m_offers->addWidget(link, 0, Qt::AlignLeft);
}

void ProofDialog::requestCode(const QByteArray &channel, const QString &to)
{
    setBusy(true);
    m_own->clearFaults();
    if (m_byOther)
        m_switch->click();
    m_workspace.connection.sendCode(this, channel, to, [this, to](const Result<void> &sent) {
        setBusy(false);
        if (!sent)
            return m_own->showFault(sent.error());
        m_isSent = true;
        m_text->setText(
            tr("A code was sent to %1. Type it here within ten minutes.").arg(models::leftToRight(to)));
        Form::setShown(m_secret, QLineEdit::Normal);
        m_secret->clear();
        m_secret->setFocus();
    });
}

void ProofDialog::save()
{
    (m_byOther ? m_other : m_own)->clearFaults();
    setBusy(true);
    services::ProveIdentity intent;
    intent.forWhat = m_forWhat;
    if (m_byOther)
        intent.approver = {m_approver->text(), m_password->text(), m_code->text()};
    else
        intent.secret = m_secret->text();
    if (m_byOther || !m_isSent)
        return prove(intent);
    m_workspace.connection.checkCode(this, m_secret->text(),
                                     [this, intent](const Result<services::ServerWord> &word) mutable {
                                         if (!word && word.error().code != ErrorCode::WrongSecondFactor) {
                                             setBusy(false);
                                             return m_own->showFault(word.error());
                                         }
                                         // Without the server's signature the code is refused, counted and
                                         // audited like any wrong code.
                                         intent.word = word.value_or(services::ServerWord{0, "wrong"});
                                         prove(intent);
                                     });
}

void ProofDialog::prove(const services::ProveIdentity &intent)
{
    m_workspace.accounts.prove(this, intent, [this](const Result<services::ProofAnswer> &answer) {
        setBusy(false);
        if (answer && answer->isProven)
            return accept();
        const Error why = answer ? answer->refusal : answer.error();
        (m_byOther ? m_other : m_own)->showFault(why);
        QLineEdit *again = !m_byOther ? m_secret : why.field == u"approver_code" ? m_code : m_password;
        again->selectAll();
        again->setFocus();
    });
}

} // namespace clinic::gui
