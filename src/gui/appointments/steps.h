// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

namespace clinic::gui {

// Steps of the life cycle that this person may take from where the appointment is, in the order offered.
[[nodiscard]] QList<domain::AppointmentState> possibleSteps(const models::Workspace &workspace,
                                                            const domain::Appointment &appointment);
// What the step is called on a button: "Check in", "Start consultation" ...
[[nodiscard]] QString stepText(domain::AppointmentState to);
// Takes the step, asking for a reason where one is needed, and offers undo.
void takeStep(Shell &shell, QWidget *parent, const domain::Appointment &appointment,
              domain::AppointmentState to, std::function<void()> then = {});

} // namespace clinic::gui
