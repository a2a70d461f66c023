// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/recoverydialog.h"

#include "gui/widgets/controls.h"
#include "gui/widgets/documents.h"

#include <QDate>

namespace clinic::gui {

RecoveryDialog::RecoveryDialog(Shell &shell)
    : FormDialog(tr("Recovery key"), tr("&Make a new one"), shell.window()),
      m_shell(shell),
      m_form(new Form(1))
{
    setObjectName(QStringLiteral("recovery"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 360);
    const bool isDemo = shell.workspace().isDemo();
    const bool hasOne = !shell.workspace().place().hospital.recoveryKey.isEmpty();
    auto *text = label(
        tr("The clinic's file on each PC is sealed, and so are its backups. The recovery key on paper opens "
           "them when keychain and passwords are lost, on a new PC as well. Keep it where you keep the "
           "clinic's contracts: whoever has it and a copy of the file can read everything."),
        "muted");
    text->setWordWrap(true);
    body()->addWidget(text);
    auto *state = label(
        isDemo   ? tr("This demo is not sealed: there is nobody's data in it.")
        : hasOne ? tr("There is a recovery key. With a new one the old paper opens nothing any more: on this "
                      "PC at "
                      "once, on the others from their next sign-in on. Backups made before keep the old one.")
                 : tr("There is no recovery key yet."),
        hasOne || isDemo ? nullptr : "warning");
    state->setWordWrap(true);
    body()->addWidget(state);
    m_password = m_form->addSecret(QStringLiteral("password"), tr("Your &password"));
    body()->addWidget(m_form);
    body()->addStretch();
    if (isDemo) {
        m_form->hide();
        showOnly();
    }
    m_password->setFocus();
}

void RecoveryDialog::save()
{
    if (m_form->isHidden())
        return accept();
    m_form->clearFaults();
    setBusy(true);
    m_shell.workspace().accounts.makeRecoveryKey(
        this, m_password->text(), [this](const Result<QString> &key) {
            setBusy(false);
            if (!key)
                return m_form->showFault(key.error());
            accept();
            showRecoveryKey(m_shell, m_shell.workspace().place().hospital.name, *key);
        });
}

void showRecoveryKey(Shell &shell, const QString &hospital, const QString &key)
{
    const auto escaped = [](const QString &text) { return text.toHtmlEscaped(); };
    showDocument(
        shell, RecoveryDialog::tr("Recovery key"),
        QStringLiteral(
            "<h2>%1</h2><h3>%2</h3><p>%3</p><p align='center'><font size='5'><tt>%4</tt></font></p>"
            "<p>%5</p><p>%6</p>")
            .arg(escaped(hospital), escaped(RecoveryDialog::tr("Recovery key of ClinicDesk")),
                 escaped(RecoveryDialog::tr("Opens the clinic's sealed files and backups when keychain and "
                                            "passwords are lost.")),
                 escaped(key),
                 escaped(RecoveryDialog::tr(
                     "Keep this sheet where you keep the clinic's contracts, and no copy of "
                     "it on a PC. It is not shown again; an administrator can make another "
                     "one, which ends this one.")),
                 escaped(RecoveryDialog::tr("Made on %1.")
                             .arg(QLocale().toString(shell.workspace().today(), QLocale::LongFormat)))));
}

} // namespace clinic::gui
