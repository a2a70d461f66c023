// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"
#include "gui/widgets/controls.h"

namespace clinic::gui {

// The waiting-room screen: one's own appointments, book, cancel, take a cancellation back. Nothing else is
// reachable.
class KioskPage : public Screen
{
    Q_OBJECT
public:
    explicit KioskPage(Shell &shell);
    [[nodiscard]] QString title() const override { return tr("My appointments"); }
    void refresh() override;

private:
    void show(const QList<models::AppointmentView> &views);
    void showFree();
    void confirm(const domain::Appointment &booked);

    QVBoxLayout *m_list;
    QVBoxLayout *m_free;
    QWidget *m_freeBox;
};

} // namespace clinic::gui
