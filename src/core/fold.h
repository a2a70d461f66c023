// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace clinic {

// The searchable form of a text: NFKD, case folded, marks and apostrophes removed, ø and similar letters
// spelled out, all other punctuation a space. "O'Brien-Müller" -> "obrien muller".
[[nodiscard]] QString fold(QStringView text);
// The words of fold(text).
[[nodiscard]] QStringList foldedWords(QStringView text);
// The words on either side of any apostrophe: "O'Hara" -> "o", "hara"; none without one.
[[nodiscard]] QStringList apostropheParts(QStringView text);
// Only the digits of the text, as 0-9.
[[nodiscard]] QString digitsOf(QStringView text);
// The Latin spelling of a text in any script (ICU "Any-Latin; Latin-ASCII"), folded; empty when the text is
// Latin already.
[[nodiscard]] QString transliterated(QStringView text);
// The versions of the character tables behind fold() and transliterated(): another version may fold a name
// differently.
[[nodiscard]] QString foldingTables();
// Phonetic key of one folded Latin word: consonant skeleton with similar letters joined; empty if none.
[[nodiscard]] QString phoneticKey(QStringView foldedWord);

} // namespace clinic
