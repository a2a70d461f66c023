// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets/form.h"
#include "models/workspace.h"

namespace clinic::gui {

// Asks whoever sits at the open window who he is, before a refund, a role or an export: a code of the app,
// the own password, or somebody else who may do it.
class ProofDialog : public FormDialog
{
    Q_OBJECT
public:
    ProofDialog(models::Workspace &workspace, domain::IntentionId forWhat, QWidget *parent);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void showNeeded(const services::ProofNeeded &needed);
    // A link that has the server send a code there.
    void offerCode(const QByteArray &channel, const QString &to);
    void requestCode(const QByteArray &channel, const QString &to);
    void prove(const services::ProveIdentity &intent);

    models::Workspace &m_workspace;
    domain::IntentionId m_forWhat;
    QLabel *m_text;
    Form *m_own;
    QLineEdit *m_secret;
    QPushButton *m_switch;
    Form *m_other;
    QLineEdit *m_approver;
    QLineEdit *m_password;
    QLineEdit *m_code;
    QVBoxLayout *m_offers;
    bool m_byOther = false;
    bool m_isSent = false; // what is typed is the server's code
};

} // namespace clinic::gui
