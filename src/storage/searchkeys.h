// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/patients/entities.h"
#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// The searchable content of one patient, folded. Keys are a pure function of it, so old keys can be found
// without an index.
struct SearchDocument
{
    QString names;   // " word word " : folded names, transliterations, joined forms
    QString numbers; // "d082... cmn0abp12x in8001...": d = digits, found by any run, c = compact text, found
                     // by its start, i = an identifier's normal form behind a letter for its kind
    QString born;    // stored birth date
    bool operator==(const SearchDocument &) const = default;
};

// Pair: two words of one patient, for two common beginnings: see pairKey(). Identity: an identifier: see
// identityKey().
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
// Other spellings of a folded word for the forgiving pass: one letter left out ("d:"), sounds alike ("p:"),
// another form of the given name ("n:").
[[nodiscard]] QStringList variantsOf(const QString &word);
constexpr qsizetype longestWord = 40; // searchable characters of a word
// The first two characters of a word, padded with a space: the begin of pair keys.
[[nodiscard]] QString opening(const QString &word);
// Two words of a patient, in order: "opening opening|word word". Patients with both beginnings are in one
// short range of the index.
[[nodiscard]] QString pairKey(const QString &first, const QString &second);
// An identifier's normal form with its kind: "n" and "8001015009087". If two patients have the same one, a
// user decides (hasOneOwner() in domain/patients/rules.h).
[[nodiscard]] QString identityKey(domain::IdentifierKind kind, const QString &value);
// The end of the range of all keys with a prefix, in byte order.
[[nodiscard]] QString afterPrefix(const QString &prefix);

// Rewrites the keys of these patients from their stored rows; writes only differences, in the order of the
// index.
Result<void> refreshSearchKeys(Connection &connection, const QList<qint64> &patientRids);
// Rewrites all keys, after their form changed.
Result<void> rebuildSearchKeys(Connection &connection);
// foldingTables() of the program that made the keys; empty in files of older versions.
[[nodiscard]] Result<QString> tablesOfSearchKeys(Connection &connection);
// Rewrites all keys, in a transaction, if they were made with other tables than this program's.
Result<void> keepSearchKeysUp(Connection &connection);
// Rows whose keys do not match their names and numbers (verify).
[[nodiscard]] Result<qint64> countWrongSearchKeys(Connection &connection);

} // namespace clinic::storage
