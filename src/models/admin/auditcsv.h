// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/auditlog.h"

namespace clinic::models {

// What an event changed, in one line: "Name: old → new; …".
[[nodiscard]] QString changeSummary(const storage::AuditEntry &entry);
// Events as a table that a spreadsheet opens without running any of it: UTF-8 with its mark, times in that
// zone.
[[nodiscard]] QByteArray auditCsv(const QList<storage::AuditEntry> &entries, const QTimeZone &zone);

} // namespace clinic::models
