// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/searchkeys.h"

#include <functional>

// The search behind searchPatients() in queries.h.
namespace clinic::storage::patientsearch {

// One condition for a hit: in one of its readings, because digits may be a telephone number, an identifier,
// a year or part of a name.
struct Term
{
    KeyKind kind = KeyKind::Name;
    QString text;
    qint64 estimate = -1; // rows in its ranges, up to a cap each; -1 = not counted yet
    bool exact = false;   // the whole word, not its beginning
    QList<Term> others{}; // other readings, which have none themselves

    [[nodiscard]] bool isName() const { return kind == KeyKind::Name && others.isEmpty(); }

    [[nodiscard]] bool fits(QStringView word) const { return exact ? word == text : word.startsWith(text); }
    [[nodiscard]] QString upTo() const { return exact ? text + QChar(1) : afterPrefix(text); }
};

// A patient found, and the misses if the search counted them; -1 = calculate them from the names.
struct Candidate
{
    qint64 rid = 0;
    int misses = -1;
};

// The results so far, each patient once.
struct Found
{
    QList<Candidate> list;
    QSet<qint64> seen;
    qsizetype limit = 0;
    std::function<bool(qint64)> accepts{}; // empty = all patients

    // How many patients outside the scope are read before the search ends: a user who typed one letter types
    // another.
    static constexpr qsizetype mostLooked = 50'000;
    [[nodiscard]] bool isFull() const
    {
        return list.size() >= limit || (accepts && seen.size() >= mostLooked);
    }
    void add(qint64 rid, int misses)
    {
        if (seen.contains(rid))
            return;
        seen.insert(rid);
        if (!accepts || accepts(rid))
            list << Candidate{rid, misses};
    }
};

constexpr int fewHits = 10; // with more hits the text is not mistyped

// A typed text in one or two readings: as one number or date with spaces in it, and word by word. Each word
// counts by its start, a telephone number by any run of its digits, a date in whole or in part; a word with
// a digit as any of these.
struct Reading
{
    QList<Term> whole; // one term, or none
    QList<Term> words;
    bool isPhone = false; // only digits and spaces: words are searched only if whole found no patient
};
[[nodiscard]] Reading readingOf(const QString &text);
// How far folded names (" word word ") are from the terms: 0 = every word whole.
[[nodiscard]] int missesOf(const QString &words, const QList<Term> &terms);
// Patients who match every term, until the page is full.
void collect(Connection &connection, const QList<Term> &terms, Found &found);
// The same with similar dictionary words for every word.
void collectForgiving(Connection &connection, const QList<Term> &terms, Found &found);

} // namespace clinic::storage::patientsearch
