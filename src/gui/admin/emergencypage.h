// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"
#include "models/rowsmodel.h"

namespace clinic::gui {

// Records that were opened in an emergency: who, whose, why, what was done, and whether somebody else found
// it right.
class EmergencyPage : public Screen
{
    Q_OBJECT
public:
    explicit EmergencyPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("Emergency access"); }
    void refresh() override;
    [[nodiscard]] QWidget *firstFocus() override { return m_list; }

private:
    void showDetail();
    void askServer(const domain::EmergencyAccess &access);
    void review(bool isJustified);
    void askWhyNot(const Id &access, const QString &typed); // typed: the refused text
    void record(const Id &access, bool isJustified, const QString &note);

    models::RowsModel<services::EmergencyView> *m_model;
    ListView *m_list;
    models::RowsModel<storage::AuditEntry> *m_events;
    ListView *m_eventList;
    QLabel *m_detail;
    QPushButton *m_right;
    QPushButton *m_wrong;
};

} // namespace clinic::gui
