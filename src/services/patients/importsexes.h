// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"

#include <QMap>

namespace clinic::services {

// What single letters in a column of sexes mean, folded: "f" and "m" in English, "m" and "v" in Spanish, "v"
// and "m" in Dutch. Letters in neither are not read.
struct SexLetters
{
    QString female{};
    QString male{};
    [[nodiscard]] bool isNull() const { return female.isEmpty() && male.isEmpty(); }
    bool operator==(const SexLetters &) const = default;
};

// The folded letter of a cell that holds nothing but a letter; empty for everything else.
[[nodiscard]] QString sexLetter(const QString &cell);
// The reading on which all known sets of letters agree that have these letters (with how often each is
// there), or all the readings from which a person has to choose. A letter in at most one of fifty cells may
// be missing from the set: it is a slip.
struct SexReadings
{
    SexLetters found{};
    QList<SexLetters> possible{};
};
[[nodiscard]] SexReadings readingsOf(const QMap<QString, int> &letters);
// The sex in a cell: words in many languages, single letters as said; nothing when neither says it.
[[nodiscard]] std::optional<domain::Sex> sexOf(const QString &cell, const SexLetters &letters);

} // namespace clinic::services
