// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/form.h"

namespace clinic::gui {

// The own second factor: switched on with a picture for the app, codes for paper made anew, or switched off.
class SecondFactorDialog : public FormDialog
{
    Q_OBJECT
public:
    enum class What { SwitchOn, NewCodes, SwitchOff };
    SecondFactorDialog(Shell &shell, What what);

Q_SIGNALS:
    void changed();

protected:
    [[nodiscard]] bool isDirty() const override { return false; }
    void save() override;

private:
    void addSecret();
    void showCodes(const QStringList &codes);

    Shell &m_shell;
    What m_what;
    QByteArray m_secret;
    Form *m_form;
    QLineEdit *m_password;
    QLineEdit *m_code = nullptr;
};

} // namespace clinic::gui
