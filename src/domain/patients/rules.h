// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"

#include <QList>

namespace clinic::domain {

// Text as it is stored: what nobody sees (soft hyphens, zero-width spaces, direction marks) is gone, every
// kind of blank is a space, outer and doubled spaces are gone, hyphens that never break are hyphens; composed
// (NFC). Lines of a text with several end in a line feed. Control characters, halves of characters and
// overrides of the direction are errors, as is anything longer than maximum characters.
[[nodiscard]] Result<QString> cleanText(const QString &text, const QString &field, int maximum = 200,
                                        bool multiLine = false);
// A telephone as people write it: one number or several, of 5 to 15 digits each, an extension, and whose it
// is
// ("0161 496 0012 (mother)"); kept as typed. core/telephone.h reads the numbers out of it.
[[nodiscard]] Result<QString> parsePhone(const QString &text, const QString &field);
// One number and no word beside it, for whatever sends to it.
[[nodiscard]] Result<QString> parseOnePhone(const QString &text, const QString &field);
// An identifier as it is stored: as typed, at most 60 characters, with at least one letter or digit.
[[nodiscard]] Result<QString> parseIdentifier(const QString &text, const QString &field);
// What two spellings of one identifier have in common: letters and digits, folded. "AB-1001" -> "ab1001".
[[nodiscard]] QString normalIdentifier(const QString &text);
// Whether whoever gives out such identifiers gives each to one person. A family shares a medical aid's
// number, and nobody knows who gave out the others.
[[nodiscard]] bool hasOneOwner(IdentifierKind kind);
[[nodiscard]] Result<QString> parseEmail(const QString &text, const QString &field);
inline constexpr int oldestAge = 130;   // nobody is older
inline constexpr int doubtfulAge = 110; // somebody is asked before it is saved
// A patient as it may be stored, or every fault found, each with its field. Birth date and sex may be
// unknown. Where the PC's clock is doubted,
// today may be any day from `earliest` to `today`.
[[nodiscard]] tl::expected<Patient, QList<Error>> checkedPatient(const Patient &typed, const QDate &today,
                                                                 const QDate &earliest = {});
// Why a patient is deactivated who died, as it is stored: "died 2026-03-01", or only "died" when nobody knows
// the day.
[[nodiscard]] QString deathReason(const PartialDate &day);
struct Death
{
    PartialDate day{}; // null = not known
};
// The death such a reason tells of: "died" alone, or with a date. DateImpossible or DateInFuture for a date
// that cannot be the day. "Died in hospital" is a reason like any other: nothing, as for any other reason.
[[nodiscard]] Result<std::optional<Death>> deathIn(const QString &reason, const QDate &today);
// What people and files write for it: f, Female, F, woman, m, male, U, other ...; nothing when not
// understood.
[[nodiscard]] std::optional<Sex> sexFromText(QStringView text);
// Other first names the same person may go by ("william" -> "bill", "will" ...), folded, both ways.
[[nodiscard]] QStringList nicknamesOf(const QString &foldedWord);

} // namespace clinic::domain
