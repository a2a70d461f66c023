// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention/serverdialog.h"

#include "gui/widgets/controls.h"
#include "models/labels.h"

namespace clinic::gui {

ServerDialog::ServerDialog(models::Workspace &workspace, QWidget *parent)
    : FormDialog(tr("The server's addresses"), tr("&Save"), parent),
      m_workspace(workspace),
      m_form(new Form(1))
{
    setObjectName(QStringLiteral("serverAddresses"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(620, 560);
    auto *hint =
        label(tr("Several addresses are tried one after the other; all lead to the same server. Whatever "
                 "answers there has to prove that it is yours before anything is sent."),
              "muted");
    hint->setWordWrap(true);
    body()->addWidget(hint);
    const auto access = workspace.connection.access();
    m_addresses = m_form->addText(QStringLiteral("addresses"), tr("&Addresses, one a line"), 1, 3);
    m_addresses->setPlainText(access.addresses.join(u'\n'));
    m_fingerprint = m_form->addLine(
        QStringLiteral("fingerprint"), tr("&Fingerprint of its certificate (SHA-256)"), 1,
        tr("As the server prints it when it starts. Empty: an authority vouches for the certificate."));
    m_fingerprint->setText(QString::fromLatin1(access.certificate.toHex(':')).toUpper());
    m_fingerprint->setLayoutDirection(Qt::LeftToRight);
    m_authority = m_form->addText(QStringLiteral("authority"),
                                  tr("&Certificate of your own authority (PEM), if it has one"), 1, 4);
    m_authority->setPlainText(QString::fromLatin1(access.authority));
    for (auto *text : {m_addresses, m_authority}) {
        text->setTabChangesFocus(true);
        text->setLayoutDirection(Qt::LeftToRight);
    }
    body()->addWidget(m_form);
    m_outcome = label(QString());
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    body()->addWidget(m_outcome);
    body()->addStretch();
    m_probe = button(tr("&Try them"), nullptr, this, [this] { probe(); });
    m_probe->setObjectName(QStringLiteral("probe"));
    buttons()->insertWidget(0, m_probe);
    m_before = typed();
}

services::ChangeServer ServerDialog::typed() const
{
    return {m_addresses->toPlainText().trimmed(), m_fingerprint->text().trimmed(),
            m_authority->toPlainText().trimmed().toLatin1()};
}

bool ServerDialog::isDirty() const
{
    const auto now = typed();
    return now.addresses != m_before.addresses || now.fingerprint != m_before.fingerprint ||
           now.authority != m_before.authority;
}

void ServerDialog::probe()
{
    m_form->clearFaults();
    const auto now = typed();
    const auto access = domain::parseServerAccess(now.addresses, now.fingerprint, now.authority);
    if (!access)
        return m_form->showFault(access.error());
    m_probe->setEnabled(false);
    m_outcome->setText(tr("Trying …"));
    m_outcome->show();
    m_workspace.connection.probe(this, *access, [this, tried = access->addresses](const QStringList &faults) {
        QStringList lines;
        for (qsizetype i = 0; i < tried.size() && i < faults.size(); ++i)
            lines << (faults[i].isEmpty()
                          ? tr("%1 answers.").arg(models::leftToRight(tried[i]))
                          : tr("%1 does not answer: %2")
                                .arg(models::leftToRight(tried[i]), models::leftToRight(faults[i])));
        m_outcome->setText(lines.join(u'\n'));
        m_probe->setEnabled(true);
        showWhole(m_outcome);
    });
}

void ServerDialog::save()
{
    m_form->clearFaults();
    setBusy(true);
    m_workspace.connection.changeServer(this, typed(), [this](const Result<domain::ServerAccess> &done) {
        setBusy(false);
        if (!done)
            return m_form->showFault(done.error());
        Q_EMIT changed();
        accept();
    });
}

} // namespace clinic::gui
