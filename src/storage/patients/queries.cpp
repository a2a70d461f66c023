// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/patients/queries.h"

#include "core/fold.h"
#include "storage/searchkeys.h"

#include <QRegularExpression>
#include <QSet>
#include <vector>

namespace clinic::storage {
namespace patientsearch {

constexpr int estimateCap = 5'000; // rows counted to see which word is rarest
constexpr int followed = 800;      // so many scattered rows cost as much as reading two long ranges
constexpr int fewHits = 10;        // who finds so many has not mistyped
constexpr int variantCap = 24;     // spellings tried for one word in the forgiving pass

// One thing that must hold for a hit.
struct Term
{
    KeyKind kind = KeyKind::Name;
    QString text;
    qint64 estimate = -1; // rows in its range, up to a cap; -1 = not counted yet
    bool exact = false;   // the whole word, not its beginning
    [[nodiscard]] QString upTo() const { return exact ? text + QChar(1) : afterPrefix(text); }
};

bool looksLikePhone(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isDigit() || c.isSpace() || QStringView(u"+-()./").contains(c);
    });
}

QList<Term> termsOf(const QString &text)
{
    QList<Term> terms;
    static const QRegularExpression date(
        QStringLiteral("(?:^|\\s)(\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4})(?=\\s|$)"));
    QString rest = text;
    if (const auto match = date.match(rest); match.hasMatch()) {
        const auto born = PartialDate::parse(match.captured(1), QDate::currentDate());
        if (born && born->isComplete()) {
            terms << Term{KeyKind::Born, born->toStored()};
            rest.remove(match.capturedStart(1), match.capturedLength(1));
        }
    }
    rest = rest.trimmed();
    if (looksLikePhone(rest)) {
        QString digits = digitsOf(rest);
        // A trunk zero or the international 00 is not part of the number people share.
        if (!rest.startsWith(u'+') && digits.size() > 6 && digits.startsWith(u'0'))
            digits = digits.mid(digits.startsWith(QStringLiteral("00")) ? 2 : 1);
        if (digits.size() >= 3) {
            terms << Term{KeyKind::Digits, digits};
            return terms;
        }
    }
    for (const QString &chunk : rest.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList words = foldedWords(chunk);
        const bool hasDigit = std::any_of(chunk.begin(), chunk.end(), [](QChar c) { return c.isDigit(); });
        if (hasDigit) {
            const QString compact = words.join(QString());
            const QString digits = digitsOf(chunk);
            terms << (compact == digits && digits.size() >= 3 ? Term{KeyKind::Digits, digits}
                                                              : Term{KeyKind::Compact, compact});
        } else {
            for (const QString &word : words)
                terms << Term{KeyKind::Name, word.left(40)};
        }
    }
    return terms;
}

qint64 estimate(Connection &c, const Term &term)
{
    Query q =
        c.query("SELECT count(*) FROM (SELECT 1 FROM search_key WHERE kind=? AND key>=? AND key<? LIMIT ?)",
                int(term.kind), term.text, term.upTo(), estimateCap);
    return q.next() ? q.integer(0) : 0;
}

// Does the document of a patient contain this term as well?
bool holds(const SearchDocument &document, const Term &term)
{
    switch (term.kind) {
    case KeyKind::Name:
        return document.names.contains(term.exact ? QString(u' ' + term.text + u' ')
                                                  : QString(u' ' + term.text));
    case KeyKind::Born:
        return document.born == term.text;
    case KeyKind::Compact:
        return document.numbers.contains(QString(u'c' + term.text));
    case KeyKind::Digits:
        for (const QString &number : document.numbers.split(u' ', Qt::SkipEmptyParts)) {
            if (number.startsWith(u'd') && number.contains(term.text))
                return true;
        }
        return false;
    }
    return false;
}

// A patient found, and how well when that was seen on the way; -1 = to be worked out from the names.
struct Candidate
{
    qint64 rid = 0;
    int misses = -1;
};

// Exact words before beginnings before other places a word was found in.
int missesOf(const QString &words, const QList<Term> &terms)
{
    int misses = 0;
    for (const Term &term : terms) {
        if (term.kind != KeyKind::Name)
            continue;
        const qsizetype at = words.indexOf(QString(u' ' + term.text));
        if (at < 0)
            misses += 5;
        else if (!words.contains(QString(u' ' + term.text + u' ')))
            misses += 1;
    }
    return misses;
}

// Every rid in a term's range. The range is one stretch of the index, so this touches few pages.
QList<qint64> ridsOf(Connection &c, const Term &term)
{
    QList<qint64> rids;
    Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(term.kind),
                      term.text, term.upTo());
    while (q.next())
        rids << q.integer(0);
    return rids;
}

// What has been found so far, each patient once.
struct Found
{
    QList<Candidate> list;
    QSet<qint64> seen;
    qsizetype limit = 0;

    [[nodiscard]] bool isFull() const { return list.size() >= limit; }
    void add(qint64 rid, int misses)
    {
        if (seen.contains(rid))
            return;
        seen.insert(rid);
        list << Candidate{rid, misses};
    }
};

// Looks at one patient's document; adds him when it holds every one of the terms.
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

// One term alone: a stretch of the index in its order, which also says whether the whole word was typed.
void collectOne(Connection &c, const Term &only, Found &found)
{
    Query q =
        c.query("SELECT rid, key FROM search_key WHERE kind=? AND key>=? AND key<? ORDER BY key LIMIT ?",
                int(only.kind), only.text, only.upTo(), found.limit * 4);
    while (!found.isFull() && q.next())
        found.add(q.integer(0), only.kind != KeyKind::Name || q.text(1) == only.text ? 0 : 1);
}

// A set of patients, one bit each.
class Marks
{
public:
    // Those of a term's range, at most so many; true when that was all of them.
    bool addRange(Connection &c, const Term &term, int most)
    {
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(term.kind),
                          term.text, term.upTo());
        for (int count = 0; count < most; ++count) {
            if (!q.next())
                return true;
            const auto rid = size_t(q.integer(0));
            if (rid >= m_bits.size())
                m_bits.resize(rid + rid / 2 + 1);
            m_bits[rid] = true;
        }
        return false;
    }
    [[nodiscard]] bool has(qint64 rid) const { return size_t(rid) < m_bits.size() && m_bits[size_t(rid)]; }

private:
    std::vector<bool> m_bits;
};

// How much of two long ranges is read before giving up looking for a page in it.
struct Reach
{
    int marked = std::numeric_limits<int>::max();
    int looked = std::numeric_limits<int>::max();
};

constexpr Reach partly{8'000, 16'000};

// Stretches of two ranges intersected, because a stretch of an index is far cheaper than as many scattered
// rows. False when there may be more than was looked at.
bool intersect(Connection &c, const Term &first, const Term &second, const QList<Term> &others, Found &found,
               const Reach &reach)
{
    Marks marks;
    const bool all = marks.addRange(c, first, reach.marked);
    Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(second.kind),
                      second.text, second.upTo());
    for (int looked = 0; !found.isFull(); ++looked) {
        if (looked >= reach.looked)
            return false;
        if (!q.next())
            return all;
        if (marks.has(q.integer(0)))
            static_cast<void>(addIfHolding(c, q.integer(0), others, found));
    }
    return true;
}

// People who satisfy every term, from the rarest one on.
void collect(Connection &c, QList<Term> terms, Found &found)
{
    if (terms.size() == 1) {
        collectOne(c, terms.first(), found);
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
        for (const qint64 rid : ridsOf(c, rarest)) {
            if (found.isFull())
                return;
            static_cast<void>(addIfHolding(c, rid, terms, found));
        }
        return;
    }
    // Two common words have many people in common: parts of both ranges fill a page.
    const Term second = terms.takeFirst();
    if (!intersect(c, rarest, second, terms, found, partly))
        intersect(c, rarest, second, terms, found, Reach{});
}

// Words of the dictionary that a mistyped word may stand for, nearest first.
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

// A term and what else may have been meant by it.
struct Spellings
{
    QList<Term> list;
    qint64 estimate = 0;

    [[nodiscard]] bool anyHolds(const SearchDocument &document) const
    {
        return std::ranges::any_of(list, [&](const Term &t) { return holds(document, t); });
    }
};

// Every word may be another one of the dictionary that sounds or looks like it. All spellings of the rarest
// word are one set of people, in which those of the next are looked up: one pass, however many spellings
// there are.
void collectForgiving(Connection &c, const QList<Term> &terms, Found &found)
{
    QList<Spellings> words;
    for (const Term &term : terms) {
        Spellings word{{term}, 0};
        if (term.kind == KeyKind::Name) {
            for (const QString &spelling : spellingsOf(c, term.text)) {
                Term other = term;
                other.text = spelling;
                other.exact = true; // a word of the dictionary, whole
                if (spelling != term.text)
                    word.list << other;
            }
        }
        words << word;
    }
    if (words.size() == 1) {
        for (const Term &spelling : words.first().list.mid(1))
            collectOne(c, spelling, found);
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
        people.addRange(c, spelling, std::numeric_limits<int>::max());
    const Spellings second = words.takeFirst();
    for (const Term &spelling : second.list) {
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(spelling.kind),
                          spelling.text, spelling.upTo());
        while (!found.isFull() && q.next()) {
            const qint64 rid = q.integer(0);
            if (!people.has(rid) || found.seen.contains(rid))
                continue;
            if (!words.isEmpty()) {
                Query row = c.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
                if (!row.next())
                    continue;
                const SearchDocument document{row.text(0), row.text(1), row.text(2)};
                if (!std::ranges::all_of(words, [&](const Spellings &w) { return w.anyHolds(document); }))
                    continue;
            }
            found.add(rid, -1);
        }
    }
}

constexpr const char *hitColumns =
    "SELECT p.rid, p.id, p.number, p.family_name, p.given_name, p.sex, p.birth_date, p.phone, p.active, "
    "(SELECT a.start_at FROM appointment a WHERE a.patient_id=p.id AND a.start_at<=? "
    "ORDER BY a.start_at DESC LIMIT 1), EXISTS (SELECT 1 FROM conflict k WHERE k.row_id=p.id AND "
    "k.resolved=0) "
    "FROM patient p ";

PatientHit readHit(const Query &q)
{
    PatientHit hit;
    hit.rid = q.integer(0);
    hit.id = q.id(1);
    hit.number = q.text(2);
    hit.familyName = q.text(3);
    hit.givenName = q.text(4);
    hit.sex = enumFromCode<domain::Sex>(q.text(5)).value_or(domain::Sex::Unknown);
    hit.birthDate = PartialDate::fromStored(q.text(6));
    hit.phone = q.text(7);
    hit.active = q.integer(8) != 0;
    hit.lastVisitAt = q.integer(9);
    hit.hasConflict = q.integer(10) != 0;
    return hit;
}

// Exact words before beginnings, people seen lately before strangers, active before deactivated.
int rankOf(const PatientHit &hit, int misses, const QList<Term> &terms)
{
    if (misses < 0)
        misses = missesOf(u' ' + fold(hit.familyName) + u' ' + fold(hit.givenName) + u' ', terms);
    return misses + (hit.active ? 0 : 100);
}

} // namespace patientsearch

Result<QList<PatientHit>> searchPatients(Connection &c, const QString &text, int limit, qint64 nowMs)
{
    using namespace patientsearch;
    const QList<Term> terms = termsOf(text.left(200));
    if (terms.isEmpty())
        return QList<PatientHit>();
    Found found;
    found.limit = limit;
    collect(c, terms, found);
    const qsizetype strict = found.list.size();
    if (strict < qMin(limit, fewHits) && !c.failure())
        collectForgiving(c, terms, found);
    QList<PatientHit> hits;
    hits.reserve(found.list.size());
    for (qsizetype i = 0; i < found.list.size(); ++i) {
        static const QByteArray byRid = QByteArray(hitColumns) + "WHERE p.rid=?";
        Query q = c.query(byRid, nowMs, found.list[i].rid);
        if (q.next()) {
            PatientHit hit = readHit(q);
            hit.rank = rankOf(hit, found.list[i].misses, terms) + (i < strict ? 0 : 20);
            hits << hit;
        }
    }
    if (c.failure())
        return tl::unexpected(*c.failure());
    std::ranges::stable_sort(hits, [](const PatientHit &a, const PatientHit &b) {
        return std::tie(a.rank, b.lastVisitAt) < std::tie(b.rank, a.lastVisitAt);
    });
    return hits;
}

Result<QList<PatientHit>> newestPatients(Connection &c, int limit, qint64 nowMs)
{
    QList<PatientHit> hits;
    Query q = c.query(QByteArray(patientsearch::hitColumns) + "ORDER BY p.rid DESC LIMIT ?", nowMs, limit);
    while (q.next())
        hits << patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return hits;
}

Result<QList<PatientHit>> recentPatients(Connection &c, const Id &user, int limit, qint64 nowMs)
{
    QList<PatientHit> hits;
    Query q = c.query(
        QByteArray(patientsearch::hitColumns) +
            "JOIN recent_patient r ON r.patient_id=p.id WHERE r.user_id=? ORDER BY r.opened_at DESC LIMIT ?",
        nowMs, user, limit);
    while (q.next())
        hits << patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return hits;
}

Result<PatientHit> patientHit(Connection &c, const Id &id, qint64 nowMs)
{
    Query q = c.query(QByteArray(patientsearch::hitColumns) + "WHERE p.id=?", nowMs, id);
    if (q.next())
        return patientsearch::readHit(q);
    if (!q.ok())
        return q.failed();
    return fail(ErrorCode::NotFound, QStringLiteral("patient"));
}

Result<QList<PatientHit>> probableDuplicates(Connection &c, const domain::Patient &typed,
                                             const QStringList &identifiers, qint64 nowMs)
{
    QList<PatientHit> out;
    QSet<Id> seen{typed.id};
    const auto add = [&](const QList<PatientHit> &hits, auto accept) {
        for (const PatientHit &hit : hits) {
            if (!seen.contains(hit.id) && accept(hit)) {
                seen.insert(hit.id);
                out << hit;
            }
        }
    };
    const auto anyone = [](const PatientHit &) { return true; };
    for (const QString &identifier : identifiers) {
        if (digitsOf(identifier).size() < 5)
            continue;
        const auto hits = searchPatients(c, identifier, 5, nowMs);
        if (!hits)
            return hits;
        add(*hits, anyone);
    }
    const QString name = QString(typed.familyName + u' ' + typed.givenName).simplified();
    if (!typed.familyName.isEmpty() && !typed.givenName.isEmpty()) {
        const auto hits = searchPatients(c, name, 20, nowMs);
        if (!hits)
            return hits;
        add(*hits, [&](const PatientHit &hit) {
            if (typed.birthDate.isNull() || hit.birthDate.isNull())
                return hit.rank < 20;
            const int apart = qAbs(hit.birthDate.year() - typed.birthDate.year());
            if (hit.birthDate.isEstimated() || typed.birthDate.isEstimated() || !hit.birthDate.isComplete() ||
                !typed.birthDate.isComplete())
                return apart <= 2;
            // Day and month swapped, or one of the three parts mistyped.
            const int same = (hit.birthDate.day() == typed.birthDate.day()) +
                             (hit.birthDate.month() == typed.birthDate.month()) + (apart == 0);
            const bool swapped = apart == 0 && hit.birthDate.day() == typed.birthDate.month() &&
                                 hit.birthDate.month() == typed.birthDate.day();
            return swapped || same >= 2;
        });
    }
    if (digitsOf(typed.phone).size() >= 7) {
        const auto hits = searchPatients(c, typed.phone, 10, nowMs);
        if (!hits)
            return hits;
        // Families share telephones: the given name has to agree as well, if both are known.
        add(*hits, [&](const PatientHit &hit) {
            return typed.givenName.isEmpty() || hit.givenName.isEmpty() ||
                   fold(hit.givenName) == fold(typed.givenName);
        });
    }
    return out;
}

Result<qint64> patientCount(Connection &c)
{
    Query q = c.query("SELECT max(rid) FROM patient");
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

} // namespace clinic::storage
