// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

#include <QProgressBar>

namespace clinic::gui {

// The first start: hospital, branch, time zone, currency and the first administrator on one page.
class SetupWizard : public QWidget
{
    Q_OBJECT
public:
    explicit SetupWizard(Shell &shell);

Q_SIGNALS:
    void finished();
    void joined(); // the hospital's data is here

private:
    void create();
    void join();

    Shell &m_shell;
    models::Workspace &m_workspace;
    Form *m_form;
    QLineEdit *m_hospital;
    QLineEdit *m_branch;
    QComboBox *m_zone;
    QComboBox *m_currency;
    QLineEdit *m_user;
    QLineEdit *m_display;
    QLineEdit *m_password;
    QLineEdit *m_again;
    QPushButton *m_create;
    QPushButton *m_join;
    QLabel *m_loading;
    QProgressBar *m_progress;
};

} // namespace clinic::gui
