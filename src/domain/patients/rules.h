// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"

#include <QList>

namespace clinic::domain {

// Text for storing: without invisible characters (soft hyphens, zero-width spaces, direction marks), with one
// kind of space, without outer and doubled spaces, with ordinary hyphens for non-breaking ones; composed
// (NFC). Lines of a text with several end in a line feed. Control characters, unpaired surrogates and
// direction overrides are errors, as is anything longer than maximum characters.
[[nodiscard]] Result<QString> cleanText(const QString &text, const QString &field, int maximum = 200,
                                        bool multiLine = false);
// A typed telephone number: one or several, of 5 to 15 digits each, with an extension and its owner ("0161
// 496 0012 (mother)"); stored as typed. core/telephone.h reads the numbers out of it.
[[nodiscard]] Result<QString> parsePhone(const QString &text, const QString &field);
// Exactly one number without words, for gateways.
[[nodiscard]] Result<QString> parseOnePhone(const QString &text, const QString &field);
// An identifier for storing: as typed, at most 60 characters, with at least one letter or digit.
[[nodiscard]] Result<QString> parseIdentifier(const QString &text, const QString &field);
// The normal form of an identifier: letters and digits, folded. "AB-1001" -> "ab1001".
[[nodiscard]] QString normalIdentifier(const QString &text);
// Whether identifiers of this kind belong to one patient each. A family shares a medical aid number, and the
// issuer of others is unknown.
[[nodiscard]] bool hasOneOwner(IdentifierKind kind);
[[nodiscard]] Result<QString> parseEmail(const QString &text, const QString &field);
inline constexpr int oldestAge = 130;   // no older person is known
inline constexpr int doubtfulAge = 110; // the form asks before saving
// A patient for storing, or every error, each with its field. Birth date and sex may be unknown. If the PC's
// clock is doubted, today may be any day from `earliest` to `today`.
[[nodiscard]] tl::expected<Patient, QList<Error>> checkedPatient(const Patient &typed, const QDate &today,
                                                                 const QDate &earliest = {});
// The inactive reason of a patient who died: "died 2026-03-01", or only "died" for an unknown day.
[[nodiscard]] QString deathReason(const PartialDate &day);
struct Death
{
    PartialDate day{}; // null = not known
};
// The death such a reason tells of: "died" alone, or with a date. DateImpossible or DateInFuture for a date
// that cannot be the day. "Died in hospital" is a reason like any other: nothing, as for any other reason.
[[nodiscard]] Result<std::optional<Death>> deathIn(const QString &reason, const QDate &today);
// A sex as users and files write it: f, Female, F, woman, m, male, U, other ...; nothing for an unknown
// word.
[[nodiscard]] std::optional<Sex> sexFromText(QStringView text);
// Other given names for the same person ("william" -> "bill", "will" ...), folded, both ways.
[[nodiscard]] QStringList nicknamesOf(const QString &foldedWord);

} // namespace clinic::domain
