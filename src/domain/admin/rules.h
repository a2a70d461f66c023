// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "domain/admin/entities.h"

#include <QDate>

namespace clinic::domain {

// Days as they are stored, yyyy-mm-dd, so that they are ordered as text; both ends belong to the span, an
// empty one is open.
[[nodiscard]] bool isWithin(const QString &from, const QString &until, const QDate &day);
// From what was typed, the day first; empty stays empty. BadDate, with the field, for what is no day.
[[nodiscard]] Result<QString> checkedDay(const QString &typed, const QString &field);
// The end does not come before the beginning: EndsBeforeStart at `field` otherwise.
[[nodiscard]] Result<void> checkSpan(const QString &from, const QString &until, const QString &field);

// Blocked on that day, whatever else is true of the account. A span with neither end blocks nobody.
[[nodiscard]] bool isBlocked(const AppUser &user, const QDate &day);

} // namespace clinic::domain
