// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchkeys.h"

#include "core/fold.h"
#include "core/log.h"
#include "core/telephone.h"
#include "domain/patients/rules.h"

namespace clinic::storage {
namespace {

constexpr int shortestRun = 3; // digits

bool hasSpaces(QChar::Script script)
{
    return script != QChar::Script_Han && script != QChar::Script_Hiragana &&
           script != QChar::Script_Katakana && script != QChar::Script_Hangul && script != QChar::Script_Thai;
}

void addNames(QStringList &words, const QString &name)
{
    const QStringList folded = foldedWords(name);
    words += folded;
    // "Jean-Pierre" and "van der Merwe" are also typed as one word.
    if (folded.size() > 1 && folded.size() < 5)
        words << folded.join(QString());
    for (const QString &chunk : name.split(u' ', Qt::SkipEmptyParts)) {
        // "Jean-Pierre" beside another name; "O'Hara" in two words.
        const QStringList parts = foldedWords(chunk);
        if (parts.size() > 1 && parts.size() < 5)
            words << parts.join(QString());
        words += apostropheParts(chunk);
    }
    for (const QString &word : folded) {
        const QString latin = transliterated(word);
        if (!latin.isEmpty()) {
            words += latin.split(u' ', Qt::SkipEmptyParts);
            words << QString(latin).remove(u' ');
        }
        // The Arabic article is often left out.
        if (word.startsWith(QStringView(u"ال")) && word.size() > 4)
            words << word.mid(2);
    }
}

Result<SearchDocument> documentOf(Connection &connection, qint64 rid)
{
    SearchDocument document;
    Id id;
    QStringList words;
    QStringList numbers;
    const auto addDigits = [&](const QString &text) {
        const QString digits = digitsOf(text);
        if (digits.size() >= shortestRun)
            numbers << u'd' + digits;
    };
    const auto addTelephones = [&](const QString &text) {
        const QStringList found = telephone::numbersIn(text);
        if (found.isEmpty())
            addDigits(text);
        for (const QString &number : found) {
            for (const QString &form : telephone::storedForms(number))
                numbers << u'd' + form;
        }
    };
    const auto addCompact = [&](const QString &text) {
        const QString compact = foldedWords(text).join(QString());
        if (!compact.isEmpty())
            numbers << u'c' + compact;
    };
    {
        Query q = connection.query(
            "SELECT id, family_name, given_name, number, phone, birth_date FROM patient WHERE rid=?", rid);
        if (!q.next())
            return q.ok() ? fail(ErrorCode::NotFound) : q.failed();
        id = q.id(0);
        const QString family = q.text(1);
        const QString given = q.text(2);
        addNames(words, family);
        addNames(words, given);
        // Names without spaces are typed as one word, family name first.
        if (!family.isEmpty() && !given.isEmpty() && !hasSpaces(family.at(0).script()))
            words << fold(family + given).remove(u' ') << fold(given + family).remove(u' ');
        const QString number = q.text(3);
        addCompact(number);
        const QStringList parts = number.split(u'-');
        if (parts.size() > 2) { // the counter alone, as it is read out
            const QString counter = digitsOf(parts.at(2));
            if (!counter.isEmpty())
                numbers << u'c' + QString::number(counter.toLongLong());
        }
        addTelephones(q.text(4));
        document.born = q.text(5).remove(u'~');
    }
    {
        Query q = connection.query("SELECT value, kind FROM identifier WHERE patient_id=? AND active=1", id);
        while (q.next()) {
            addDigits(q.text(0));
            addCompact(q.text(0));
            const auto kind = enumFromCode<domain::IdentifierKind>(q.text(1));
            if (kind && !domain::normalIdentifier(q.text(0)).isEmpty())
                numbers << u'i' + identityKey(*kind, q.text(0));
        }
    }
    {
        Query q = connection.query(
            "SELECT value FROM contact WHERE patient_id=? AND active=1 AND kind='phone'", id);
        while (q.next())
            addTelephones(q.text(0));
    }
    words.removeAll(QString());
    words.removeDuplicates();
    numbers.removeDuplicates();
    document.names = words.isEmpty() ? QString() : u' ' + words.join(u' ') + u' ';
    document.numbers = numbers.join(u' ');
    return document;
}

// The dictionary holds each distinct word once. words: sorted.
Result<void> addWords(Connection &connection, const QByteArrayList &words)
{
    std::vector<std::pair<QByteArray, QByteArray>> fresh; // in the order of the index
    {
        Query known = connection.query("SELECT 1 FROM search_word WHERE variant=? AND word=?");
        for (const QByteArray &word : words) {
            const QByteArray itself = "w:" + word;
            known.bindUtf8(1, itself);
            known.bindUtf8(2, word);
            const bool isKnown = known.next();
            if (!known.ok())
                return known.failed();
            known.again();
            if (isKnown)
                continue;
            for (const QString &variant : variantsOf(QString::fromUtf8(word)))
                fresh.emplace_back(variant.toUtf8(), word);
        }
    }
    std::ranges::sort(fresh);
    Query insert = connection.query("INSERT OR IGNORE INTO search_word VALUES (?,?)");
    for (const auto &[variant, word] : fresh) {
        insert.bindUtf8(1, variant);
        insert.bindUtf8(2, word);
        if (auto done = insert.run(); !done)
            return done;
        insert.again();
    }
    return {};
}

} // namespace

QSet<SearchKey> keysOf(const SearchDocument &document)
{
    QSet<SearchKey> keys;
    QStringList words;
    for (const QString &word : document.names.split(u' ', Qt::SkipEmptyParts))
        words << word.left(longestWord);
    words.sort();
    for (qsizetype i = 0; i < words.size(); ++i) {
        keys.insert({KeyKind::Name, words[i]});
        for (qsizetype k = i + 1; k < words.size(); ++k) {
            if (words[k] != words[i])
                keys.insert({KeyKind::Pair, pairKey(words[i], words[k])});
        }
    }
    for (const QString &number : document.numbers.split(u' ', Qt::SkipEmptyParts)) {
        const QString rest = number.mid(1);
        if (number.startsWith(u'd')) {
            for (qsizetype from = 0; from + shortestRun <= rest.size(); ++from)
                keys.insert({KeyKind::Digits, rest.mid(from)});
        } else {
            keys.insert({number.startsWith(u'i') ? KeyKind::Identity : KeyKind::Compact, rest});
        }
    }
    if (!document.born.isEmpty())
        keys.insert({KeyKind::Born, document.born});
    return keys;
}

QStringList variantsOf(const QString &word)
{
    QStringList variants{QStringLiteral("w:") + word};
    // Typing errors are mostly in the first letters; eight keep the dictionary small.
    if (word.size() >= 3 && word.size() <= 24) {
        variants << QStringLiteral("d:") + word;
        for (qsizetype i = 0; i < qMin(word.size(), qsizetype(10)); ++i) {
            QString left = word;
            left.remove(i, 1);
            variants << QStringLiteral("d:") + left;
        }
    }
    const QString sound = phoneticKey(word);
    if (!sound.isEmpty())
        variants << QStringLiteral("p:") + sound;
    for (const QString &other : domain::nicknamesOf(word))
        variants << QStringLiteral("n:") + other;
    variants.removeDuplicates();
    return variants;
}

QString opening(const QString &word)
{
    qsizetype units = 0;
    int characters = 0;
    for (; characters < 2 && units < word.size(); ++characters)
        units += word.at(units).isHighSurrogate() && units + 1 < word.size() ? 2 : 1;
    return characters < 2 ? word + u' ' : word.left(units);
}

QString pairKey(const QString &first, const QString &second)
{
    return opening(first) + opening(second) + u'|' + first + u' ' + second;
}

QString identityKey(domain::IdentifierKind kind, const QString &value)
{
    return enumCode(kind).left(1) + domain::normalIdentifier(value); // n, p, m, o
}

QString afterPrefix(const QString &prefix)
{
    return prefix + QString::fromUcs4(U"\U0010FFFF", 1);
}

namespace {

using Entry = std::tuple<int, QByteArray, qint64>; // in the order of the index: by bytes of UTF-8

// Keeps the list of identifiers that belong to one patient and are in several records.
Result<void> noteShared(Connection &connection, const std::vector<Entry> &changed)
{
    const auto owned = [](const QByteArray &key) {
        return std::ranges::any_of(
            std::array{domain::IdentifierKind::NationalId, domain::IdentifierKind::Passport},
            [&](domain::IdentifierKind kind) {
                return domain::hasOneOwner(kind) && key.startsWith(identityKey(kind, {}).toUtf8());
            });
    };
    for (const auto &[kind, key, rid] : changed) {
        if (kind != int(KeyKind::Identity) || !owned(key))
            continue;
        Query q = connection.query("SELECT count(*) FROM search_key WHERE kind=? AND key=?", kind,
                                   QString::fromUtf8(key));
        if (!q.next())
            return q.failed();
        const auto done =
            connection.exec(q.integer(0) > 1 ? "INSERT OR IGNORE INTO shared_identifier VALUES (?)"
                                             : "DELETE FROM shared_identifier WHERE key=?",
                            QString::fromUtf8(key));
        if (!done)
            return done;
    }
    return {};
}

} // namespace

Result<void> refreshSearchKeys(Connection &connection, const QList<qint64> &rids)
{
    std::vector<Entry> gone;
    std::vector<Entry> fresh;
    const auto nonNull = [](const QString &s) { return s.isNull() ? QStringLiteral("") : s; };
    for (const qint64 rid : rids) {
        auto document = documentOf(connection, rid);
        if (!document)
            return fail(document);
        SearchDocument before;
        bool known = false;
        {
            Query q = connection.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
            if (q.next()) {
                known = true;
                before = {q.text(0), q.text(1), q.text(2)};
            }
        }
        if (known && before == *document)
            continue;
        const auto newKeys = keysOf(*document);
        if (!known) {
            for (const SearchKey &key : newKeys)
                fresh.emplace_back(int(key.kind), key.key.toUtf8(), rid);
        }
        const auto oldKeys = known ? keysOf(before) : QSet<SearchKey>();
        for (const SearchKey &key : oldKeys) {
            if (!newKeys.contains(key))
                gone.emplace_back(int(key.kind), key.key.toUtf8(), rid);
        }
        for (const SearchKey &key : newKeys) {
            if (known && !oldKeys.contains(key))
                fresh.emplace_back(int(key.kind), key.key.toUtf8(), rid);
        }
        if (auto done = connection.exec(
                "INSERT INTO search_doc VALUES (?,?,?,?) ON CONFLICT (rid) DO UPDATE SET "
                "names=excluded.names, numbers=excluded.numbers, born=excluded.born",
                rid, nonNull(document->names), nonNull(document->numbers), nonNull(document->born));
            !done)
            return done;
    }
    std::ranges::sort(fresh);
    const auto each = [&connection](const std::vector<Entry> &entries, const char *sql) -> Result<void> {
        if (entries.empty())
            return {};
        Query q = connection.query(sql);
        for (const auto &[kind, key, rid] : entries) {
            q.bind(1, kind);
            q.bindUtf8(2, key);
            q.bind(3, rid);
            if (auto done = q.run(); !done)
                return done;
            q.again();
        }
        return {};
    };
    if (auto done = each(gone, "DELETE FROM search_key WHERE kind=? AND key=? AND rid=?"); !done)
        return done;
    if (auto done = each(fresh, "INSERT INTO search_key VALUES (?,?,?)"); !done)
        return done;
    for (const auto *entries : {&fresh, &gone}) {
        if (auto done = noteShared(connection, *entries); !done)
            return done;
    }
    QByteArrayList words;
    for (const auto &[kind, key, rid] : fresh) {
        if (kind == int(KeyKind::Name) && (words.isEmpty() || words.last() != key))
            words << key;
    }
    return addWords(connection, words);
}

Result<void> rebuildSearchKeys(Connection &connection)
{
    if (auto done = connection.execScript(
            "DELETE FROM search_key; DELETE FROM search_doc; DELETE FROM shared_identifier");
        !done)
        return done;
    qint64 last = 0;
    while (true) {
        QList<qint64> rids;
        {
            Query q = connection.query("SELECT rid FROM patient WHERE rid>? ORDER BY rid LIMIT 1000", last);
            while (q.next())
                rids << q.integer(0);
            if (!q.ok())
                return q.failed();
        }
        if (rids.isEmpty())
            return connection.exec(
                "INSERT INTO local_state VALUES ('folding-tables',?) ON CONFLICT (\"key\") DO "
                "UPDATE SET value=excluded.value",
                foldingTables());
        if (auto done = refreshSearchKeys(connection, rids); !done)
            return done;
        last = rids.last();
    }
}

Result<QString> tablesOfSearchKeys(Connection &connection)
{
    Query q = connection.query("SELECT value FROM local_state WHERE \"key\"='folding-tables'");
    if (q.next())
        return q.text(0);
    return q.ok() ? Result<QString>(QString()) : q.failed();
}

Result<void> keepSearchKeysUp(Connection &connection)
{
    const auto before = tablesOfSearchKeys(connection);
    if (!before)
        return fail(before);
    if (*before == foldingTables())
        return {};
    auto done = connection.execScript("BEGIN IMMEDIATE");
    if (!done)
        return done;
    done = rebuildSearchKeys(connection);
    if (done)
        done = connection.execScript("COMMIT");
    if (!done) {
        static_cast<void>(connection.execScript("ROLLBACK"));
        return done;
    }
    qCInfo(logStorage) << "search keys made anew: they were of" << *before << "and are of" << foldingTables();
    return {};
}

Result<qint64> countWrongSearchKeys(Connection &connection)
{
    qint64 wrong = 0;
    qint64 expected = 0;
    QList<qint64> rids;
    {
        Query q = connection.query("SELECT rid FROM patient");
        while (q.next())
            rids << q.integer(0);
        if (!q.ok())
            return q.failed();
    }
    for (const qint64 rid : std::as_const(rids)) {
        const auto document = documentOf(connection, rid);
        if (!document)
            return fail(document);
        SearchDocument stored;
        Query q = connection.query("SELECT names, numbers, born FROM search_doc WHERE rid=?", rid);
        if (q.next())
            stored = {q.text(0), q.text(1), q.text(2)};
        if (!(stored == *document))
            ++wrong;
        const auto keys = keysOf(*document);
        expected += keys.size();
        for (const SearchKey &key : keys) {
            Query found = connection.query("SELECT 1 FROM search_key WHERE kind=? AND key=? AND rid=?",
                                           int(key.kind), key.key, rid);
            if (!found.next())
                ++wrong;
        }
    }
    Query q = connection.query("SELECT count(*) FROM search_key");
    if (q.next() && q.integer(0) > expected)
        wrong += q.integer(0) - expected;
    return wrong;
}

} // namespace clinic::storage
