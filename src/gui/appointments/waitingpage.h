// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// Who wants a place: longest waiting first, booked from here.
class WaitingPage : public Screen
{
    Q_OBJECT
public:
    explicit WaitingPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Waiting list"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_list; }

private:
    void add();
    void book(const models::WaitingView &view);

    models::RowsModel<models::WaitingView> *m_model;
    ListView *m_list;
};

} // namespace clinic::gui
