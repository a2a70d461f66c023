// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace clinic::models {

// Languages this program speaks completely.
[[nodiscard]] QStringList shippedLanguages();
// Loads Qt's own sentences and ours for a language ("en"; empty = the system's, English when it is not
// shipped). Before the first window.
void installLanguage(const QString &code);

} // namespace clinic::models
