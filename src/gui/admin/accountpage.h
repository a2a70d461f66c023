// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

#include <QListWidget>
#include <QTabWidget>

namespace clinic::gui {

// One's own account: roles and permissions, password, second factor, PCs, theme, size of text.
class AccountPage : public Screen
{
    Q_OBJECT
public:
    explicit AccountPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("My account"); }
    void refresh() override
    {
        readSecondFactor();
        readDevices();
    }

private:
    void changePassword();
    void readSecondFactor();
    void readDevices();
    models::RowsModel<sync::DeviceListing> *m_devices;
    ListView *m_deviceList;
    Form *m_password;
    QLabel *m_factor;
    std::function<void()> m_showFactorFirst;
    QPushButton *m_setFactor;
    QPushButton *m_newCodes;
    QPushButton *m_removeFactor;
    QLineEdit *m_old;
    QLineEdit *m_new;
    QLineEdit *m_again;
};

} // namespace clinic::gui
