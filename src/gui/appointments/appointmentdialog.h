// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"

#include <QDialog>

namespace clinic::gui {

// One appointment: what it is, what may happen next, and every step it took.
class AppointmentDialog : public QDialog
{
    Q_OBJECT
public:
    AppointmentDialog(Shell &shell, const Id &appointment);

private:
    void refresh();
    void show(const models::AppointmentDetail &detail);
    void amend(const QString &typed); // typed: what was refused, to be corrected

    Shell &m_shell;
    Id m_appointment;
    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr;
};

} // namespace clinic::gui
