// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"

#include <QList>

namespace clinic::domain {

// Text as it is stored: outer and doubled spaces gone, composed (NFC). Control characters, NUL and
// bidirectional overrides are errors, as is anything longer than maximum characters.
[[nodiscard]] Result<QString> cleanText(const QString &text, const QString &field, int maximum = 200,
                                        bool multiLine = false);
// Digits with an optional leading +, 5 to 15 of them; spaces, brackets, dots and hyphens are kept as typed.
[[nodiscard]] Result<QString> parsePhone(const QString &text, const QString &field);
[[nodiscard]] Result<QString> parseEmail(const QString &text, const QString &field);
// A patient as it may be stored, or every fault found, each with its field.
[[nodiscard]] tl::expected<Patient, QList<Error>> checkedPatient(const Patient &typed, const QDate &today);
// What people and files write for it: f, Female, F, woman, m, male, U, other ...; nothing when not
// understood.
[[nodiscard]] std::optional<Sex> sexFromText(QStringView text);
// Other first names the same person may go by ("william" -> "bill", "will" ...), folded, both ways.
[[nodiscard]] QStringList nicknamesOf(const QString &foldedWord);

} // namespace clinic::domain
