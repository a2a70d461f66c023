// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "gui/widgets/form.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// What went between this PC and the server: what was done here and whether the server has it, and for whoever
// looks for a fault the last requests and where the file stands. Nothing in it names a patient.
class ExchangeDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit ExchangeDialog(Shell &shell);

protected:
    void save() override { accept(); }
    [[nodiscard]] bool isDirty() const override { return false; }

private:
    void read();
    [[nodiscard]] QStringList facts() const;
    void copyFacts();

    Shell &m_shell;
    models::RowsModel<services::SentGroup> *m_sent;
    ListView *m_sentList;
    models::RowsModel<sync::Client::Exchange> *m_requests;
    ListView *m_requestList;
    QLabel *m_facts;
};

} // namespace clinic::gui
