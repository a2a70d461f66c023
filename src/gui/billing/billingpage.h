// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// Invoices of the branch, what is unpaid, and the cash drawer.
class BillingPage : public Screen
{
    Q_OBJECT
public:
    explicit BillingPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Billing"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_list; }

private:
    models::RowsModel<models::InvoiceView> *m_model;
    ListView *m_list;
    QComboBox *m_which;
    QLabel *m_drawer;
    QLabel *m_takings;
};

} // namespace clinic::gui
