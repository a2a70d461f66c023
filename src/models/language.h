// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace clinic::models {

// Languages this program speaks completely, by code.
[[nodiscard]] QStringList shippedLanguages();
// How a language calls itself.
[[nodiscard]] QString languageName(const QString &code);
// The language that is spoken for a wish: itself, or the system's for none; English when that is not shipped.
[[nodiscard]] QString spokenFor(const QString &wanted);
// The language spoken now.
[[nodiscard]] QString currentLanguage();
// Speaks a language from now on: Qt's own sentences and ours, dates and numbers, and the direction of
// layouts. Empty = the system's, English when it is not shipped. Windows that are open have to be made anew.
void installLanguage(const QString &code);

} // namespace clinic::models
