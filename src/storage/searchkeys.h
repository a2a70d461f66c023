// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// What can be found of one patient, folded. Keys are a pure function of it, so old ones need no index to be
// found.
struct SearchDocument
{
    QString names;   // " word word " : folded names, transliterations, joined forms
    QString numbers; // "d082... cmn0abp12x in8001...": d = digits to be found by any run, c = compact text
                     // found by its start, i = an identifier in its normal form behind a letter for its kind
    QString born;    // stored birth date
    bool operator==(const SearchDocument &) const = default;
};

// Pair: two words of one person, for beginnings that each are common: see pairKey(). Identity: whose
// identifier it is: see identityKey().
enum class KeyKind { Name = 1, Digits = 2, Compact = 3, Born = 4, Pair = 5, Identity = 6 };

struct SearchKey
{
    KeyKind kind;
    QString key;
    bool operator==(const SearchKey &) const = default;
    friend size_t qHash(const SearchKey &k, size_t seed) noexcept
    {
        return qHash(k.key, seed) ^ size_t(k.kind);
    }
};

[[nodiscard]] QSet<SearchKey> keysOf(const SearchDocument &document);
// The other spellings under which a folded word is looked up in the forgiving pass: one letter left out
// ("d:"), sounds alike ("p:"), another form of the first name ("n:").
[[nodiscard]] QStringList variantsOf(const QString &word);
constexpr qsizetype longestWord = 40; // characters of a word that are searched
// The first two characters of a word, filled up with a space: what pair keys begin with.
[[nodiscard]] QString opening(const QString &word);
// Two words of a person, in order: "opening opening|word word". People with two beginnings in common lie
// in one short stretch of the index.
[[nodiscard]] QString pairKey(const QString &first, const QString &second);
// An identifier in its normal form, apart from other kinds: "n" and "8001015009087". Two people with the same
// one are a question for a person (hasOneOwner() in domain/patients/rules.h).
[[nodiscard]] QString identityKey(domain::IdentifierKind kind, const QString &value);
// Everything that follows a prefix in byte order.
[[nodiscard]] QString afterPrefix(const QString &prefix);

// Rewrites the keys of these patients from their stored rows; touches only what differs, in the order of the
// index.
Result<void> refreshSearchKeys(Connection &connection, const QList<qint64> &patientRids);
// The keys of everybody anew, after their form changed.
Result<void> rebuildSearchKeys(Connection &connection);
// foldingTables() of the program that made the keys; empty in files from before that was kept.
[[nodiscard]] Result<QString> tablesOfSearchKeys(Connection &connection);
// The same, in a transaction, where they were made with other tables than this program's.
Result<void> keepSearchKeysUp(Connection &connection);
// Rows whose keys do not match what their names and numbers ask for (verify).
[[nodiscard]] Result<qint64> countWrongSearchKeys(Connection &connection);

} // namespace clinic::storage
