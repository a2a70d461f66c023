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
constexpr int triedSpellings = 60; // combinations of them tried before giving up
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

// Keeps those of `rids` whose document holds every one of the terms; one row of the table each.
void keepHolding(Connection &c, const QList<qint64> &rids, const QList<Term> &terms, int limit,
                 QList<qint64> &found, QSet<qint64> &seen)
{
    for (const qint64 rid : rids) {
        if (found.size() >= limit)
            return;
        if (seen.contains(rid))
            continue;
        if (!terms.isEmpty()) {
            Query q = c.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
            if (!q.next())
                continue;
            const SearchDocument document{q.text(0), q.text(1), q.text(2)};
            if (!std::all_of(terms.begin(), terms.end(), [&](const Term &t) { return holds(document, t); }))
                continue;
        }
        seen.insert(rid);
        found << rid;
    }
}

// rids that satisfy every term. A rare word is followed row by row; when even the rarest is common, the two
// rarest ranges are intersected first, because reading a stretch of an index is far cheaper than as many
// scattered rows.
void collect(Connection &c, QList<Term> terms, int limit, QList<qint64> &found, QSet<qint64> &seen)
{
    if (terms.size() == 1) {
        const Term &only = terms.first();
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<? ORDER BY key LIMIT ?",
                          int(only.kind), only.text, only.upTo(), limit * 4);
        while (found.size() < limit && q.next()) {
            if (!seen.contains(q.integer(0))) {
                seen.insert(q.integer(0));
                found << q.integer(0);
            }
        }
        return;
    }
    for (Term &term : terms) {
        if (term.estimate < 0)
            term.estimate = estimate(c, term);
    }
    std::ranges::sort(terms, {}, &Term::estimate);
    if (terms.first().estimate == 0)
        return;
    QList<qint64> candidates = ridsOf(c, terms.takeFirst());
    if (candidates.size() > followed) {
        qint64 largest = 0;
        for (const qint64 rid : std::as_const(candidates))
            largest = qMax(largest, rid);
        std::vector<bool> marked(size_t(largest) + 1);
        for (const qint64 rid : std::as_const(candidates))
            marked[size_t(rid)] = true;
        // Two common words have many people in common: the second range is left as soon as there are enough.
        const Term second = terms.takeFirst();
        const qsizetype enough = terms.isEmpty() ? limit * 2 : limit * 40;
        candidates.clear();
        Query q = c.query("SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<?", int(second.kind),
                          second.text, second.upTo());
        while (candidates.size() < enough && q.next()) {
            const qint64 rid = q.integer(0);
            if (rid <= largest && marked[size_t(rid)])
                candidates << rid;
        }
    }
    keepHolding(c, candidates, terms, limit, found, seen);
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

void collectForgiving(Connection &c, QList<Term> terms, int limit, QList<qint64> &found, QSet<qint64> &seen)
{
    // One word at a time is replaced by its other spellings, then all of them: enough for a typing error in
    // each.
    if (terms.size() > 1) {
        for (Term &term : terms) // once, not for every combination
            term.estimate = estimate(c, term);
    }
    QList<QStringList> spellings;
    qsizetype combinations = 1;
    for (const Term &term : terms) {
        spellings << (term.kind == KeyKind::Name ? spellingsOf(c, term.text) : QStringList{term.text});
        combinations *= spellings.last().size();
    }
    const qsizetype most = qMin(combinations, qsizetype(triedSpellings));
    for (qsizetype n = 1; n < most && found.size() < limit; ++n) {
        QList<Term> tried = terms;
        qsizetype rest = n;
        for (qsizetype i = 0; i < tried.size(); ++i) {
            const qsizetype which = rest % spellings[i].size();
            tried[i].text = spellings[i][which];
            if (which > 0)
                tried[i].estimate = -1;
            tried[i].exact = which > 0; // another spelling is a word of the dictionary, whole
            rest /= spellings[i].size();
        }
        collect(c, tried, limit, found, seen);
    }
}

constexpr const char *hitColumns =
    "SELECT p.rid, p.id, p.number, p.family_name, p.given_name, p.sex, p.birth_date, p.phone, p.active, "
    "(SELECT a.start_at FROM appointment a WHERE a.patient_id=p.id AND a.start_at<=? "
    "ORDER BY a.start_at DESC LIMIT 1) FROM patient p ";

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
    return hit;
}

// Exact words before beginnings, people seen lately before strangers, active before deactivated.
int rankOf(const PatientHit &hit, const QList<Term> &terms)
{
    const QString words = u' ' + fold(hit.familyName) + u' ' + fold(hit.givenName) + u' ';
    int rank = hit.active ? 0 : 100;
    for (const Term &term : terms) {
        if (term.kind != KeyKind::Name)
            continue;
        const QString beginning = u' ' + term.text;
        if (!words.contains(beginning))
            rank += 5;
        else if (!words.contains(QString(beginning + u' ')))
            rank += 1;
    }
    return rank;
}

} // namespace patientsearch

Result<QList<PatientHit>> searchPatients(Connection &c, const QString &text, int limit, qint64 nowMs)
{
    using namespace patientsearch;
    const QList<Term> terms = termsOf(text.left(200));
    if (terms.isEmpty())
        return QList<PatientHit>();
    QList<qint64> rids;
    QSet<qint64> seen;
    collect(c, terms, limit, rids, seen);
    const qsizetype strict = rids.size();
    if (strict < limit && !c.failure())
        collectForgiving(c, terms, limit, rids, seen);
    QList<PatientHit> hits;
    for (qsizetype i = 0; i < rids.size(); ++i) {
        static const QByteArray byRid = QByteArray(hitColumns) + "WHERE p.rid=?";
        Query q = c.query(byRid, nowMs, rids[i]);
        if (q.next()) {
            PatientHit hit = readHit(q);
            hit.rank = rankOf(hit, terms) + (i < strict ? 0 : 20);
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
