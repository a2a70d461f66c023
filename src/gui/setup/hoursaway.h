// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

namespace clinic::gui {

// Takes a row of working hours away; what is booked in them is shown first. own: one's own, by a
// practitioner.
void takeHoursAway(Shell &shell, QWidget *parent, const storage::Record &record, bool own,
                   const QList<Id> &shown, std::function<void()> then);
// Leaves out the rows of working hours that were taken away.
void removeTakenAway(QList<storage::Record> &rows);

} // namespace clinic::gui
