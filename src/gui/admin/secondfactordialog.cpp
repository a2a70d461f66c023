// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/admin/secondfactordialog.h"

#include "core/totp.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/documents.h"
#include "models/documents.h"

namespace clinic::gui {
namespace {

QString titleOf(SecondFactorDialog::What what)
{
    return what == SecondFactorDialog::What::SwitchOn ? SecondFactorDialog::tr("Second factor")
           : what == SecondFactorDialog::What::NewCodes
               ? SecondFactorDialog::tr("New codes on paper")
               : SecondFactorDialog::tr("Switch off the second factor");
}

QString verbOf(SecondFactorDialog::What what)
{
    return what == SecondFactorDialog::What::SwitchOn   ? SecondFactorDialog::tr("&Switch it on")
           : what == SecondFactorDialog::What::NewCodes ? SecondFactorDialog::tr("&Make them")
                                                        : SecondFactorDialog::tr("&Switch it off");
}

} // namespace

SecondFactorDialog::SecondFactorDialog(Shell &shell, What what)
    : FormDialog(titleOf(what), verbOf(what), shell.window()),
      m_shell(shell),
      m_what(what),
      m_form(new Form(1))
{
    setObjectName(QStringLiteral("secondfactor"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(what == What::SwitchOn ? 640 : 480, what == What::SwitchOn ? 520 : 320);
    auto *hint = label(
        what == What::SwitchOn
            ? tr("Somebody who knows your password then needs your telephone, too. Read the picture with an "
                 "authenticator app (or type the text beside it), and type the six digits that the "
                 "app shows.")
        : what == What::NewCodes
            ? tr("Ten new codes for when the telephone is not at hand. The old codes stop working.")
            : tr("After that your password alone is enough to sign in."),
        "muted");
    hint->setWordWrap(true);
    body()->addWidget(hint);
    if (what == What::SwitchOn)
        addSecret();
    m_password = m_form->addSecret(QStringLiteral("password"), tr("Your &password"));
    if (what != What::SwitchOff)
        m_code = m_form->addSecret(QStringLiteral("code"), tr("Six &digits from the app"), QString(),
                                   QLineEdit::Normal);
    body()->addWidget(m_form);
    body()->addStretch();
    m_password->setFocus();
}

void SecondFactorDialog::addSecret()
{
    m_secret = totp::newSecret();
    auto *row = new QHBoxLayout;
    const QString uri =
        totp::uri(m_secret, QStringLiteral("ClinicDesk"), m_shell.workspace().session().userName);
    auto *picture = new QLabel;
    picture->setObjectName(QStringLiteral("qr"));
    picture->setPixmap(QPixmap::fromImage(models::qrCode(uri, 4)));
    picture->setAccessibleName(tr("The secret as a picture for authenticator apps"));
    row->addWidget(picture);
    QString text = totp::toText(m_secret);
    for (qsizetype at = text.size() - 4; at > 0; at -= 4)
        text.insert(at, u' ');
    auto *form = new Form(1);
    auto *secret = form->addSecretText(QStringLiteral("secret"), tr("The same as &text"), 3);
    secret->setPlainText(text);
    secret->setReadOnly(true);
    secret->setTabChangesFocus(true);
    row->addWidget(form, 1);
    body()->addLayout(row);
}

void SecondFactorDialog::save()
{
    m_form->clearFaults();
    setBusy(true);
    auto &accounts = m_shell.workspace().accounts;
    if (m_what == What::SwitchOff) {
        accounts.removeSecondFactor(this, m_password->text(), [this](const Result<services::Done> &done) {
            setBusy(false);
            if (!done)
                return m_form->showFault(done.error());
            Q_EMIT changed();
            m_shell.say(tr("The second factor is off."));
            accept();
        });
        return;
    }
    accounts.setSecondFactor(this, {m_password->text(), m_secret, m_code->text()},
                             [this](const Result<QStringList> &codes) {
                                 setBusy(false);
                                 if (!codes)
                                     return m_form->showFault(codes.error());
                                 Q_EMIT changed();
                                 accept();
                                 showCodes(*codes);
                             });
}

// On the screen once, to print or to keep as a file; afterwards nobody can read them again.
void SecondFactorDialog::showCodes(const QStringList &codes)
{
    QString html =
        QStringLiteral("<h2>%1</h2><p>%2</p><p>%3</p><table cellpadding=\"6\">")
            .arg(tr("Codes instead of the telephone").toHtmlEscaped(),
                 tr("ClinicDesk, %1").arg(m_shell.workspace().session().userName).toHtmlEscaped(),
                 tr("Each code works once, instead of the six digits. Keep them where you keep your "
                    "passport; they are not shown again.")
                     .toHtmlEscaped());
    for (qsizetype i = 0; i + 1 < codes.size(); i += 2)
        html +=
            QStringLiteral("<tr><td><tt>%1</tt></td><td><tt>%2</tt></td></tr>").arg(codes[i], codes[i + 1]);
    showDocument(m_shell, tr("Codes on paper"), html + QStringLiteral("</table>"));
}

} // namespace clinic::gui
