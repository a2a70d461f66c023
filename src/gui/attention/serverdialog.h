// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/form.h"
#include "models/workspace.h"

namespace clinic::gui {

// The server's addresses and how its certificate is known: for a server that moved, has a second line, or got
// a certificate of the hospital's own authority.
class ServerDialog : public FormDialog
{
    Q_OBJECT
public:
    ServerDialog(models::Workspace &workspace, QWidget *parent);

Q_SIGNALS:
    void changed();

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override;

private:
    [[nodiscard]] services::ChangeServer typed() const;
    void probe();

    models::Workspace &m_workspace;
    Form *m_form;
    QPlainTextEdit *m_addresses;
    QLineEdit *m_fingerprint;
    QPlainTextEdit *m_authority;
    QPushButton *m_probe;
    QLabel *m_outcome;
    services::ChangeServer m_before;
};

} // namespace clinic::gui
