// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace clinic::secrets {

// Reads a password from a file: UTF-8, without line feeds at its end. FileMissing for a missing or empty
// file; Invalid in "password-file" for invalid UTF-8, which would give another password.
[[nodiscard]] Result<QString> passwordFromFile(const QString &path);

} // namespace clinic::secrets
