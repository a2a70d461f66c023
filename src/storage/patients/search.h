// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/searchkeys.h"

#include <functional>

// How people are found by what is typed; searchPatients in queries.h is the way in.
namespace clinic::storage::patientsearch {

// One thing that must hold for a hit: in one of its readings, because digits may be a telephone, a number, a
// year or part of a name.
struct Term
{
    KeyKind kind = KeyKind::Name;
    QString text;
    qint64 estimate = -1; // rows in its ranges, up to a cap each; -1 = not counted yet
    bool exact = false;   // the whole word, not its beginning
    QList<Term> others{}; // its other readings; they have none themselves

    [[nodiscard]] bool isName() const { return kind == KeyKind::Name && others.isEmpty(); }

    [[nodiscard]] bool fits(QStringView word) const { return exact ? word == text : word.startsWith(text); }
    [[nodiscard]] QString upTo() const { return exact ? text + QChar(1) : afterPrefix(text); }
};

// A patient found, and how well when that was seen on the way; -1 = to be worked out from the names.
struct Candidate
{
    qint64 rid = 0;
    int misses = -1;
};

// What has been found so far, each patient once.
struct Found
{
    QList<Candidate> list;
    QSet<qint64> seen;
    qsizetype limit = 0;
    std::function<bool(qint64)> accepts{}; // empty = everybody

    // Of those who are not accepted so many are looked at: whoever typed one letter types another.
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

constexpr int fewHits = 10; // who finds so many has not mistyped

// What a typed text asks for, read in one or two ways: as one number or date with blanks in it, and word by
// word. Each word counts by its start, a telephone by any run of its digits, a number, a date in whole or in
// part; a word with a digit as any of these.
struct Reading
{
    QList<Term> whole; // one term, or none
    QList<Term> words;
    bool isPhone =
        false; // nothing but digits with blanks: words are looked for only where whole found nobody
};
[[nodiscard]] Reading readingOf(const QString &text);
// How far folded names (" word word ") are from the terms: 0 = every word whole.
[[nodiscard]] int missesOf(const QString &words, const QList<Term> &terms);
// People who satisfy every term, until the page is full.
void collect(Connection &connection, const QList<Term> &terms, Found &found);
// The same with every word standing also for others of the dictionary that sound or look like it.
void collectForgiving(Connection &connection, const QList<Term> &terms, Found &found);

} // namespace clinic::storage::patientsearch
