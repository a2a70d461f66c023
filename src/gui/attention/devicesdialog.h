// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// The hospital's PCs as the server knows them: which one was heard of when, and which one is not accepted any
// more.
class DevicesDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit DevicesDialog(Shell &shell);

protected:
    void save() override { accept(); }
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void read(const sync::DeviceChange &change = {});
    void chooseKept();
    void updateButtons();
    void revoke();
    void reportLost();
    void replaceKey(const QString &why);

    Shell &m_shell;
    models::RowsModel<sync::DeviceListing> *m_devices;
    ListView *m_list;
    QLabel *m_fault;
    QPushButton *m_revoke;
    QPushButton *m_lost;
    QPushButton *m_accept;
    QPushButton *m_keep;
    QPushButton *m_key;
    QList<domain::Branch> m_branches;
    QHash<Id, QString> m_names; // of people
};

} // namespace clinic::gui
