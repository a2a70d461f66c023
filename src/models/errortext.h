// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace clinic::models {

// The one place where errors become sentences: what happened, what was kept, what to do next.
[[nodiscard]] QString errorText(const Error &error);
// What a column or form field is called, translated ("family_name" -> "Family name").
[[nodiscard]] QString fieldLabel(const QString &column);
// The column of that entity; a number of an invoice is not the number of a patient.
[[nodiscard]] QString fieldLabel(QStringView entity, const QString &column);
// What a permission lets one do, translated.
[[nodiscard]] QString permissionText(const QString &permission);

} // namespace clinic::models
