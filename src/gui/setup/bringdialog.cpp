// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setup/bringdialog.h"

#include "gui/widgets/controls.h"
#include "models/errortext.h"
#include "models/labels.h"

namespace clinic::gui {

BringDialog::BringDialog(Shell &shell, const QString &path)
    : FormDialog(tr("Bring in another clinic"), tr("&Bring it in"), shell.window()),
      m_shell(shell),
      m_bringer(new models::Bringer(shell.workspace().clinic(), path, this)),
      m_unlock(new Form(2)),
      m_text(label(tr("Looking into the file …"), "muted")),
      m_progress(new QProgressBar)
{
    setObjectName(QStringLiteral("bring"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 320);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(fontMetrics().lineSpacing() * 11); // room for the file's description
    m_text->setAlignment(Qt::AlignTop);
    m_text->setObjectName(QStringLiteral("bringText"));
    body()->addWidget(m_text);
    m_user = m_unlock->addLine(QStringLiteral("user_name"), tr("&User name there"), 1,
                               tr("Empty for a recovery key"));
    m_password = m_unlock->addSecret(QStringLiteral("password"), tr("&Password or recovery key"));
    m_unlock->hide();
    body()->addWidget(m_unlock);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    body()->addWidget(m_progress);
    body()->addStretch();
    saveButton()->setEnabled(false);
    connect(m_bringer, &models::Bringer::looked, this, [this] {
        m_unlock->hide();
        setBusy(false);
        const auto &found = m_bringer->found();
        const auto number = [](qint64 n) { return QLocale().toString(n); };
        say(tr("“%1”: patients %2, appointments %3, invoices %4, documents %5.\n\nThey come into this "
               "hospital "
               "with their branches, services and practitioners, and keep their numbers and dates. Its users "
               "come without a password and switched off; roles and settings do not come. Somebody who is a "
               "patient of both is there twice.\n\nThe file stays as it is. Nobody should work with it any "
               "more.")
                .arg(models::isolated(found.hospitalName), number(found.patients), number(found.appointments),
                     number(found.invoices), number(found.documents)));
        saveButton()->setEnabled(true);
        saveButton()->setFocus();
    });
    connect(m_bringer, &models::Bringer::progressed, this, [this] {
        m_progress->setMaximum(int(m_bringer->found().rows));
        m_progress->setValue(int(m_bringer->done()));
    });
    connect(m_bringer, &models::Bringer::finished, this, [this] {
        m_running = false;
        m_finished = true;
        setBusy(false);
        m_progress->hide();
        say(tr("%n row(s) were brought in. What was here already was passed over.", nullptr,
               int(m_bringer->stored())));
        showOnly();
    });
    connect(m_bringer, &models::Bringer::failed, this, [this](const Error &error) {
        m_running = false;
        setBusy(false);
        m_progress->hide();
        if (error.code == ErrorCode::SealedFile) {
            say(tr("This clinic's file is sealed. Somebody who has worked on it opens it with name and "
                   "password, or "
                   "its recovery key does. The file with its keys (%1) has to lie beside it.")
                    .arg(QStringLiteral("clinic.db.keys")));
            m_unlock->show();
            saveButton()->setEnabled(true);
            m_user->setFocus();
            return;
        }
        if (m_unlock->isVisible())
            return m_unlock->showFault(error);
        say(models::errorText(error), "error");
        saveButton()->setEnabled(m_bringer->found().rows > 0); // continues an interrupted run
    });
    connect(this, &QDialog::rejected, this, [this] {
        if (m_running)
            m_shell.say(tr("Stopped. What is here stays; bring the same file in again to go on."));
    });
    m_bringer->look();
}

void BringDialog::say(const QString &text, const char *role)
{
    m_text->setText(text);
    setRole(m_text, role);
}

void BringDialog::save()
{
    if (m_finished)
        return accept();
    if (m_unlock->isVisible()) {
        m_unlock->clearFaults();
        setBusy(true);
        return m_bringer->unlock(m_user->text().trimmed(), m_password->text());
    }
    m_running = true;
    setBusy(true);
    m_progress->show();
    m_bringer->start();
}

} // namespace clinic::gui
