// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace clinic {

// Text as search sees it: NFKD, case folded, marks and apostrophes dropped, o-slash and its like spelled out,
// all other punctuation a space. "O'Brien-Müller" -> "obrien muller".
[[nodiscard]] QString fold(QStringView text);
// The words of fold(text).
[[nodiscard]] QStringList foldedWords(QStringView text);
// The words on either side of apostrophes, of whatever kind: "O'Hara" -> "o", "hara"; none without one.
[[nodiscard]] QStringList apostropheParts(QStringView text);
// The digits of text as 0-9, nothing else.
[[nodiscard]] QString digitsOf(QStringView text);
// Latin spelling of text in any script (ICU "Any-Latin; Latin-ASCII"), folded; empty when text is Latin
// already.
[[nodiscard]] QString transliterated(QStringView text);
// Whose tables of characters fold() and transliterated() use: another version may fold a name otherwise.
[[nodiscard]] QString foldingTables();
// Sounds-alike key of one folded Latin word: consonant skeleton with similar letters joined; empty if none.
[[nodiscard]] QString phoneticKey(QStringView foldedWord);

} // namespace clinic
