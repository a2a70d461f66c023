// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/patients/emergencydialog.h"

#include "gui/widgets/controls.h"

namespace clinic::gui {

EmergencyDialog::EmergencyDialog(Shell &shell, const Id &patient)
    : FormDialog(tr("Open in an emergency"), tr("&Open the record"), shell.window()),
      m_shell(shell),
      m_patient(patient),
      m_form(new Form(1))
{
    setObjectName(QStringLiteral("emergency"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 360);
    const int minutes = shell.workspace().setting(domain::setting::emergencyMinutes).toInt();
    auto *text =
        label(tr("This record is outside of what your role reaches. If somebody's care needs it now, "
                 "say why: it opens for %n minute(s). What you do in it is recorded, and somebody else "
                 "looks at it afterwards.",
                 nullptr, minutes));
    text->setWordWrap(true);
    body()->addWidget(text);
    m_reason = m_form->addText(QStringLiteral("reason"), tr("&Reason"), 1, 3);
    body()->addWidget(m_form);
    body()->addStretch();
    m_reason->setFocus();
}

void EmergencyDialog::save()
{
    m_form->clearFaults();
    setBusy(true);
    m_shell.workspace().patients.openInEmergency(
        this, m_patient, m_reason->toPlainText(), [this](const Result<domain::EmergencyAccess> &opened) {
            setBusy(false);
            // Somebody may have booked him meanwhile: it is open either way.
            if (!opened && opened.error().code != ErrorCode::NothingToDo)
                return m_form->showFault(opened.error());
            m_reason->clear();
            accept();
        });
}

} // namespace clinic::gui
