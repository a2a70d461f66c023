// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace clinic::domain {

// Whether a password is among those that are tried first: a word everybody uses, with whatever digits and
// signs around it and letters written as digits ("P@ssw0rd2026!"); digits alone; one piece repeated; runs of
// the alphabet or of a keyboard; or one of `about` (the user's name, the hospital's words).
[[nodiscard]] bool isGuessable(const QString &password, const QStringList &about);

} // namespace clinic::domain
