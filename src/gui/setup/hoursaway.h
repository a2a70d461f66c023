// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

namespace clinic::gui {

// Deactivates a row of working hours; shows affected appointments first. own: a practitioner's own hours.
void takeHoursAway(Shell &shell, QWidget *parent, const storage::Record &record, bool own,
                   const QList<Id> &shown, std::function<void()> then);
// Removes deactivated working hours from the list.
void removeTakenAway(QList<storage::Record> &rows);

} // namespace clinic::gui
