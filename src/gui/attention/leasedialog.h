// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "gui/widgets/timefields.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// Before a PC leaves the network: takes leases on resources, and lists the present ones.
class LeaseDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit LeaseDialog(Shell &shell);

protected:
    void save() override;
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void ask(const sync::LeaseRequest &request, const QString &said);
    void giveBack();
    void updateButtons();
    [[nodiscard]] QString nameOf(const Id &resource) const;

    Shell &m_shell;
    QList<std::pair<domain::Resource, QCheckBox *>> m_resources;
    DayEdit *m_from;
    DayEdit *m_to;
    models::RowsModel<sync::Lease> *m_leases;
    ListView *m_list;
    QLabel *m_outcome;
    QPushButton *m_giveBack;
};

} // namespace clinic::gui
