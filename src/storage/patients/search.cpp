// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/search.h"

#include "core/fold.h"
#include "core/telephone.h"

#include <vector>

namespace clinic::storage::patientsearch {
namespace {

constexpr int estimateCap = 5'000; // rows counted to find the rarest word
constexpr int followed = 800;      // this many scattered rows cost as much as reading two long ranges
constexpr int variantCap = 24;     // spellings tried for one word in the forgiving pass

bool hasDigit(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isDigit(); });
}

// Birth dates that a text may be, in either order of day and month; whole dates, or years and months.
QList<Term> datesIn(const QString &text, bool complete)
{
    QList<Term> terms;
    const QDate today = QDateTime::currentDateTimeUtc().date();
    for (const bool dayFirst : {true, false}) {
        const auto born = PartialDate::parse(text, today, dayFirst);
        if (!born || born->isComplete() != complete || born->earliest() > today)
            continue;
        const QString key = born->toStored().remove(u'~');
        if (std::ranges::none_of(terms, [&](const Term &t) { return t.text == key; }))
            terms << Term{KeyKind::Born, key};
    }
    return terms;
}

QList<Term> phonesIn(const QString &text)
{
    QList<Term> terms;
    if (telephone::looksLikeOne(text)) {
        for (const QString &digits : telephone::soughtForms(text)) {
            if (digits.size() >= 3)
                terms << Term{KeyKind::Digits, digits};
        }
    }
    return terms;
}

// One term with several readings.
QList<Term> oneOf(QList<Term> readings)
{
    if (readings.isEmpty())
        return {};
    Term term = readings.takeFirst();
    term.others = readings;
    return {term};
}

QList<Term> termsOf(const QString &chunk)
{
    const QStringList words = foldedWords(chunk);
    if (words.isEmpty())
        return {};
    if (!hasDigit(chunk)) {
        QList<Term> terms;
        for (const QString &word : words)
            terms << Term{KeyKind::Name, word.left(longestWord)};
        return terms;
    }
    // A name with a digit is rare, so that it hides no other.
    const QString joined = words.join(QString());
    return oneOf(datesIn(chunk, true) + QList<Term>{{KeyKind::Name, joined.left(longestWord)}} +
                 phonesIn(chunk) + QList<Term>{{KeyKind::Compact, joined}} + datesIn(chunk, false));
}

} // namespace

Reading readingOf(const QString &typed)
{
    Reading reading;
    const QString text = telephone::withoutExtensions(typed).simplified();
    const QStringList chunks = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &chunk : chunks)
        reading.words += termsOf(chunk);
    if (chunks.size() < 2 || !hasDigit(text))
        return reading;
    QList<Term> whole = datesIn(text, true) + phonesIn(text);
    reading.isPhone = !whole.isEmpty() && telephone::looksLikeOne(text);
    // Identifiers are written in groups.
    if (const QString compact = foldedWords(text).join(QString()); compact.size() >= 4)
        whole << Term{KeyKind::Compact, compact};
    reading.whole = oneOf(whole + datesIn(text, false));
    return reading;
}

namespace {

// The readings of a term, one at a time.
QList<Term> readingsOf(const Term &term)
{
    QList<Term> readings = term.others;
    readings.prepend(term);
    readings.first().others.clear();
    return readings;
}

qint64 estimate(Connection &c, const Term &term)
{
    qint64 rows = 0;
    for (const Term &reading : readingsOf(term)) {
        Query q = c.query(
            "SELECT count(*) FROM (SELECT 1 FROM search_key WHERE kind=? AND key>=? AND key<? LIMIT ?)",
            int(reading.kind), reading.text, reading.upTo(), estimateCap);
        rows += q.next() ? q.integer(0) : 0;
    }
    return rows;
}

// Every rid in a term's ranges, until `take` returns false. A range is contiguous in the index, so this
// reads few pages. True when all were read.
template <class Take>
bool eachRid(Connection &c, const Term &term, Take take)
{
    for (const Term &reading : readingsOf(term)) {
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(reading.kind),
                          reading.text, reading.upTo());
        while (q.next()) {
            if (!take(q.integer(0)))
                return false;
        }
    }
    return true;
}

bool holdsReading(const SearchDocument &document, const Term &term)
{
    switch (term.kind) {
    case KeyKind::Name:
        return document.names.contains(term.exact ? QString(u' ' + term.text + u' ')
                                                  : QString(u' ' + term.text));
    case KeyKind::Born:
        return document.born.startsWith(term.text);
    case KeyKind::Compact:
        return QString(u' ' + document.numbers).contains(QString(QStringLiteral(" c") + term.text));
    case KeyKind::Pair: // never a typed term
    case KeyKind::Identity:
        return false;
    case KeyKind::Digits:
        for (const QString &number : document.numbers.split(u' ', Qt::SkipEmptyParts)) {
            if (number.startsWith(u'd') && number.contains(term.text))
                return true;
        }
        return false;
    }
    return false;
}

// Whether a patient's document contains this term as well.
bool holds(const SearchDocument &document, const Term &term)
{
    return holdsReading(document, term) ||
           std::ranges::any_of(term.others, [&](const Term &t) { return holdsReading(document, t); });
}

} // namespace

// Whole words before beginnings before other positions.
int missesOf(const QString &words, const QList<Term> &terms)
{
    int misses = 0;
    for (const Term &term : terms) {
        if (!term.isName())
            continue;
        const qsizetype at = words.indexOf(QString(u' ' + term.text));
        if (at < 0)
            misses += 5;
        else if (!words.contains(QString(u' ' + term.text + u' ')))
            misses += 1;
    }
    return misses;
}

namespace {

// Adds a patient whose document contains every term.
bool addIfHolding(Connection &c, qint64 rid, const QList<Term> &terms, Found &found)
{
    if (found.seen.contains(rid))
        return true;
    if (terms.isEmpty()) {
        found.add(rid, -1);
        return true;
    }
    Query q = c.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
    if (!q.next())
        return false;
    const SearchDocument document{q.text(0), q.text(1), q.text(2)};
    if (!std::all_of(terms.begin(), terms.end(), [&](const Term &t) { return holds(document, t); }))
        return false;
    found.add(rid, -1);
    return true;
}

// A single term: ranges of the index in order, which also show whether the whole word was typed.
void collectOne(Connection &c, const Term &only, Found &found)
{
    const QList<Term> readings = readingsOf(only);
    const auto read = [&](const Term &reading, qsizetype most) {
        Query q =
            c.query("SELECT rid, key FROM search_key WHERE kind=? AND key>=? AND key<? ORDER BY key LIMIT ?",
                    int(reading.kind), reading.text, reading.upTo(), found.accepts ? -1 : found.limit * 4);
        while (!found.isFull() && found.list.size() < most && q.next())
            found.add(q.integer(0), reading.kind != KeyKind::Name || q.text(1) == reading.text ? 0 : 1);
    };
    // Each reading has its share of the page: the many patients born in a year do not hide one with that
    // number.
    for (qsizetype i = 0; i < readings.size(); ++i)
        read(readings[i], found.limit * (i + 1) / readings.size());
    for (qsizetype i = 0; i + 1 < readings.size() && !found.isFull(); ++i)
        read(readings[i], found.limit);
}

// A set of patients, one bit each.
class Marks
{
public:
    // Adds the patients of a term, at most so many; true when those were all.
    bool addAll(Connection &c, const Term &term, int most)
    {
        int count = 0;
        return eachRid(c, term, [&](qint64 each) {
            if (count++ >= most)
                return false;
            const auto rid = size_t(each);
            if (rid >= m_bits.size())
                m_bits.resize(rid + rid / 2 + 1);
            m_bits[rid] = true;
            return true;
        });
    }
    [[nodiscard]] bool has(qint64 rid) const { return size_t(rid) < m_bits.size() && m_bits[size_t(rid)]; }

private:
    std::vector<bool> m_bits;
};

// How much of two long ranges is read before the search for a page ends.
struct Depth
{
    int marked = std::numeric_limits<int>::max();
    int looked = std::numeric_limits<int>::max();
};

constexpr Depth partly{8'000, 16'000};

// Intersects two ranges, because reading a range is far cheaper than as many scattered rows. False when
// there may be more patients than were read.
bool intersect(Connection &c, const Term &first, const Term &second, const QList<Term> &others, Found &found,
               const Depth &depth)
{
    Marks marks;
    const bool all = marks.addAll(c, first, depth.marked);
    int looked = 0;
    const bool whole = eachRid(c, second, [&](qint64 rid) {
        if (found.isFull() || looked++ >= depth.looked)
            return false;
        if (marks.has(rid))
            static_cast<void>(addIfHolding(c, rid, others, found));
        return true;
    });
    return found.isFull() || (whole && all);
}

// Two words that must match different words of a patient, in the order of pair keys.
struct Pair
{
    Term first;
    Term second;
};

// Nothing when one word of a name may match both, or when only its first letter is known: then pair keys are
// not contiguous.
std::optional<Pair> pairOf(Term first, Term second)
{
    if (!first.isName() || !second.isName() || first.text.startsWith(second.text) ||
        second.text.startsWith(first.text))
        return std::nullopt;
    if (second.text < first.text)
        std::swap(first, second);
    if (!first.exact && opening(first.text).endsWith(u' '))
        return std::nullopt;
    return Pair{first, second};
}

// The patients of a pair: a range of the index in which only the rest of the second word is compared.
void collectPair(Connection &c, const Pair &pair, const QList<Term> &others, Found &found)
{
    const auto &[first, second] = pair;
    QString from = opening(first.text);
    if (const QString next = opening(second.text); second.exact || !next.endsWith(u' '))
        from += next + u'|' + first.text + (first.exact ? QStringLiteral(" ") + second.text : QString());
    else
        from += second.text;
    Query q = c.query("SELECT key, rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(KeyKind::Pair),
                      from, afterPrefix(from));
    while (!found.isFull() && q.next()) {
        const QString key = q.text(0);
        const qsizetype bar = key.indexOf(u'|');
        const qsizetype gap = key.lastIndexOf(u' ');
        const QStringView words(key);
        if (first.fits(words.mid(bar + 1, gap - bar - 1)) && second.fits(words.mid(gap + 1)))
            static_cast<void>(addIfHolding(c, q.integer(1), others, found));
    }
}

// The two longest typed words as a pair; others: the remaining ones.
std::optional<Pair> takePair(QList<Term> terms, QList<Term> &others)
{
    if (terms.size() < 2)
        return std::nullopt;
    std::ranges::stable_sort(terms, std::ranges::greater{}, [](const Term &t) { return t.text.size(); });
    others = terms.mid(2);
    return pairOf(terms[0], terms[1]);
}

} // namespace

void collect(Connection &c, const QList<Term> &typed, Found &found)
{
    QList<Term> terms = typed;
    if (terms.size() == 1) {
        collectOne(c, terms.first(), found);
        return;
    }
    if (QList<Term> others; const auto pair = takePair(terms, others)) {
        collectPair(c, *pair, others, found);
        return;
    }
    for (Term &term : terms) {
        if (term.estimate < 0)
            term.estimate = estimate(c, term);
    }
    std::ranges::sort(terms, {}, &Term::estimate);
    const Term rarest = terms.takeFirst();
    if (rarest.estimate == 0)
        return;
    if (rarest.estimate <= followed) {
        QList<qint64> rids;
        eachRid(c, rarest, [&](qint64 rid) {
            rids << rid;
            return true;
        });
        for (const qint64 rid : std::as_const(rids)) {
            if (found.isFull())
                return;
            static_cast<void>(addIfHolding(c, rid, terms, found));
        }
        return;
    }
    // Two common words have many patients in common: parts of both ranges fill a page.
    const Term second = terms.takeFirst();
    if (!intersect(c, rarest, second, terms, found, partly))
        intersect(c, rarest, second, terms, found, Depth{});
}

namespace {

// Dictionary words that a mistyped word may mean, nearest first.
QStringList spellingsOf(Connection &c, const QString &word)
{
    QStringList out{word};
    const auto add = [&](const QString &variant) {
        Query q = c.query("SELECT word FROM search_word WHERE variant=? LIMIT ?", variant, variantCap);
        while (q.next() && out.size() < variantCap) {
            if (!out.contains(q.text(0)))
                out << q.text(0);
        }
    };
    if (word.size() >= 3) {
        add(QStringLiteral("d:") + word);
        for (qsizetype i = 0; i < qMin(word.size(), qsizetype(10)); ++i) {
            QString left = word;
            left.remove(i, 1);
            add(QStringLiteral("d:") + left);
        }
    }
    add(QStringLiteral("n:") + word);
    const QString sound = phoneticKey(word);
    if (!sound.isEmpty())
        add(QStringLiteral("p:") + sound);
    return out;
}

// A term and its other spellings.
struct Spellings
{
    QList<Term> list;
    qint64 estimate = 0;

    [[nodiscard]] bool anyHolds(const SearchDocument &document) const
    {
        return std::ranges::any_of(list, [&](const Term &t) { return holds(document, t); });
    }
};

bool allHold(Connection &c, qint64 rid, const QList<Spellings> &words)
{
    Query row = c.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
    if (!row.next())
        return false;
    const SearchDocument document{row.text(0), row.text(1), row.text(2)};
    return std::ranges::all_of(words, [&](const Spellings &w) { return w.anyHolds(document); });
}

// All spellings of one word with all of the other.
void collectPairs(Connection &c, const Spellings &first, const Spellings &second,
                  const QList<Spellings> &others, Found &found)
{
    for (const Term &one : first.list) {
        for (const Term &two : second.list) {
            const auto pair = pairOf(one, two);
            if (!pair || (!one.exact && !two.exact)) // the typed spelling was searched already
                continue;
            Found candidates;
            candidates.limit =
                others.isEmpty() && !found.accepts ? found.limit : std::numeric_limits<int>::max();
            collectPair(c, *pair, {}, candidates);
            for (const Candidate &candidate : std::as_const(candidates.list)) {
                if (found.isFull())
                    return;
                if (others.isEmpty() || allHold(c, candidate.rid, others))
                    found.add(candidate.rid, -1);
            }
        }
    }
}

} // namespace

// Every word may be another dictionary word that sounds or looks like it. All spellings of the rarest word
// give one set of patients, in which the next word's spellings are looked up: one pass, however many
// spellings there are.
void collectForgiving(Connection &c, const QList<Term> &terms, Found &found)
{
    QList<Spellings> words;
    for (const Term &term : terms) {
        Spellings word{readingsOf(term), 0};
        if (term.isName()) {
            for (const QString &spelling : spellingsOf(c, term.text)) {
                Term other = term;
                other.text = spelling;
                other.exact = true; // a whole dictionary word
                if (spelling != term.text)
                    word.list << other;
            }
        }
        words << word;
    }
    if (words.size() == 1) {
        for (const Term &spelling : words.first().list.mid(1)) // the typed spelling was searched already
            collectOne(c, spelling, found);
        return;
    }
    if (QList<Term> rest; takePair(terms, rest)) {
        // The two longest words are the most selective; longer words first, as in takePair().
        std::ranges::stable_sort(words, std::ranges::greater{},
                                 [](const Spellings &w) { return w.list.first().text.size(); });
        collectPairs(c, words[0], words[1], words.mid(2), found);
        return;
    }
    for (Spellings &word : words) {
        for (const Term &spelling : std::as_const(word.list))
            word.estimate += estimate(c, spelling);
        if (word.estimate == 0)
            return;
    }
    std::ranges::sort(words, {}, &Spellings::estimate);
    Marks people;
    const Spellings rarest = words.takeFirst();
    for (const Term &spelling : rarest.list)
        people.addAll(c, spelling, std::numeric_limits<int>::max());
    const Spellings second = words.takeFirst();
    for (const Term &spelling : second.list) {
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(spelling.kind),
                          spelling.text, spelling.upTo());
        while (!found.isFull() && q.next()) {
            const qint64 rid = q.integer(0);
            if (!people.has(rid) || found.seen.contains(rid))
                continue;
            if (words.isEmpty() || allHold(c, rid, words))
                found.add(rid, -1);
        }
    }
}

} // namespace clinic::storage::patientsearch
