// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLoggingCategory>

// Categories, one per area. Nothing about a patient is ever logged: ids, codes and timings only.
namespace clinic {
Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logServices)
Q_DECLARE_LOGGING_CATEGORY(logGui)
Q_DECLARE_LOGGING_CATEGORY(logApp)
Q_DECLARE_LOGGING_CATEGORY(logSql) // every statement without its values; development profile only

// Writes Qt's messages to folder/NAME.log, keeping five files of 2 MB. Warnings go to the terminal as well.
// Verbose: every debug message, in both places. Call once, early.
void startLogging(const QString &folder, bool verbose = false,
                  const QString &name = QStringLiteral("clinicdesk"));
// For a program without a log yet: only warnings reach the terminal.
void keepTerminalQuiet();
// Gives the error an id that a user can read out on the telephone, and logs it with the detail.
Error logged(Error error, const QLoggingCategory &category);

} // namespace clinic
