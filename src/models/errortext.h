// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace clinic::models {

// The only place that makes messages of errors: what happened, what was kept, what to do next.
[[nodiscard]] QString errorText(const Error &error);
// The label of a column or form field, translated ("family_name" -> "Family name").
[[nodiscard]] QString fieldLabel(const QString &column);
// The label of an entity's column; an invoice's number is not a patient's.
[[nodiscard]] QString fieldLabel(QStringView entity, const QString &column);
// The label of a permission, translated.
[[nodiscard]] QString permissionText(const QString &permission);

} // namespace clinic::models
