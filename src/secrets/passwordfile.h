// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace clinic::secrets {

// What somebody typed into a file: UTF-8, without the line feeds at its end. FileMissing when it is not there
// or empty; Invalid in "password-file" for what is no such text: half understood, it would be another
// password.
[[nodiscard]] Result<QString> passwordFromFile(const QString &path);

} // namespace clinic::secrets
