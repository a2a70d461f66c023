// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importsexes.h"

#include "core/fold.h"
#include "domain/patients/rules.h"
#include "services/patients/importdates.h"

namespace clinic::services {
namespace importsexes {

using domain::Sex;

struct Set
{
    const char16_t *female;
    const char16_t *male;
    const char16_t *others = u""; // belong to the set, and mean neither
    bool isRare = false;          // counts only where both letters are there
};
constexpr Set sets[] = {
    {u"f", u"m"},            // female, male and most Romance languages
    {u"f", u"h"},            // femme, homme
    {u"m", u"h"},            // mujer, hombre; mulher, homem
    {u"m", u"v"},            // mujer, varón
    {u"v", u"m"},            // vrouw, man
    {u"w", u"m", u"d"},      // weiblich, männlich, divers
    {u"w", u"p"},            // wanita, pria
    {u"p", u"l"},            // perempuan, laki-laki
    {u"w", u"l"},            // wanita, laki-laki
    {u"k", u"m"},            // kobieta, mężczyzna; kvinna, man
    {u"k", u"e"},            // kadın, erkek
    {u"z", u"m"},            // žena, muž
    {u"d", u"h"},            // dona, home
    {u"d", u"u"},            // donna, uomo
    {u"f", u"g"},            // fille, garçon
    {u"f", u"b"},            // feminin, bărbătesc
    {u"b", u"l"},            // babae, lalaki
    {u"n", u"m"},            // nainen, mies
    {u"n", u"f", u"", true}, // nő, férfi
    {u"ж", u"м"},            // женский, мужской
    {u"ж", u"ч"},            // жінка, чоловік
    {u"θ", u"α"},            // θήλυ, άρρεν
    {u"ا", u"ذ"},            // أنثى, ذكر
    {u"נ", u"ז"},            // נקבה, זכר
};

// Without a set these mean that the sex is another one, or not known.
bool isNeutral(const QString &letter)
{
    return letter == u"u" || letter == u"o" || letter == u"x";
}

enum class Reading { None, Female, Male };
Reading readingOf(const QString &letter, const Set &set)
{
    return letter == QStringView(set.female) ? Reading::Female
           : letter == QStringView(set.male) ? Reading::Male
                                             : Reading::None;
}

int uncovered(const QMap<QString, int> &letters, const Set &set)
{
    int cells = 0;
    for (auto it = letters.begin(); it != letters.end(); ++it) {
        if (readingOf(it.key(), set) == Reading::None && it.key() != QStringView(set.others) &&
            !isNeutral(it.key()))
            cells += qMax(1, it.value());
    }
    return cells;
}

SexLetters lettersOf(const Set &set)
{
    return {fold(QStringView(set.female)), fold(QStringView(set.male))};
}

} // namespace importsexes

using namespace importsexes;

QString sexLetter(const QString &cell)
{
    if (cell.size() > 5)
        return {};
    const QString word = fold(cell).trimmed();
    if (word.size() != 1 || !word.at(0).isLetter())
        return {};
    switch (word.at(0).script()) {
    case QChar::Script_Latin:
    case QChar::Script_Cyrillic:
    case QChar::Script_Greek:
    case QChar::Script_Arabic:
    case QChar::Script_Hebrew:
        return word;
    default: // a character that is a word
        return {};
    }
}

SexReadings readingsOf(const QMap<QString, int> &letters)
{
    SexReadings readings;
    int cells = 0;
    for (auto it = letters.begin(); it != letters.end(); ++it)
        cells += isNeutral(it.key()) ? 0 : qMax(1, it.value());
    if (cells == 0)
        return readings;
    QList<const Set *> whole;
    QList<const Set *> nearly;
    for (const Set &set : sets) {
        if (set.isRare &&
            (!letters.contains(lettersOf(set).female) || !letters.contains(lettersOf(set).male)))
            continue;
        const int left = uncovered(letters, set);
        if (left == 0)
            whole << &set;
        else if (left <= cells / 50)
            nearly << &set;
    }
    const QList<const Set *> fitting = whole.isEmpty() ? nearly : whole;
    bool agree = !fitting.isEmpty();
    for (auto it = letters.begin(); it != letters.end(); ++it) {
        for (const Set *set : fitting)
            agree = agree && readingOf(it.key(), *set) == readingOf(it.key(), *fitting.first());
    }
    if (agree) {
        readings.found = lettersOf(*fitting.first());
        for (const Set *set : fitting) { // what only one of them has is not there
            if (lettersOf(*set).female != readings.found.female)
                readings.found.female.clear();
            if (lettersOf(*set).male != readings.found.male)
                readings.found.male.clear();
        }
        return readings;
    }
    for (const Set *set : fitting)
        readings.possible << lettersOf(*set);
    if (!fitting.isEmpty())
        return readings;
    // No known set: the two letters that stand there most often, either way.
    QStringList often;
    for (const QString &letter : letters.keys()) {
        if (!isNeutral(letter))
            often << letter;
    }
    std::stable_sort(often.begin(), often.end(),
                     [&](const QString &a, const QString &b) { return letters[a] > letters[b]; });
    readings.possible << SexLetters{often.value(0), often.value(1)}
                      << SexLetters{often.value(1), often.value(0)};
    return readings;
}

std::optional<Sex> sexOf(const QString &cell, const SexLetters &letters)
{
    static const QHash<QString, Sex> words = [] {
        QHash<QString, Sex> all;
        const std::pair<Sex, const char16_t *> lists[] = {
            {Sex::Female,
             u"fem female femme femenino feminin féminin fille mujer hembra feminino mulher weiblich "
             u"frau femmina donna vrouw vrouwelijk mke mwanamke ke kadin kadın bayan kiz kız perempuan "
             u"wanita kobieta жен женский жін أنثى انثى امرأة انثي 女 女性 여 여성 θηλυ nu nữ nő "
             u"kvinna "
             u"kvinde kvinne महिला נקבה زن"},
            {Sex::Male,
             u"hom homme masculin masculino masc garcon garçon hombre varon varón macho homem mannlich "
             u"männlich mann herr maschio uomo man mannelijk mume mwanamume me erkek bay laki pria "
             u"mezczyzna mężczyzna муж мужской чол ذكر رجل 男 男性 남 남성 αρρεν nam ferfi férfi man "
             u"mies "
             u"पुरुष זכר مرد"}};
        for (const auto &[sex, text] : lists) {
            for (const QStringView word : QStringView(text).split(u' '))
                all.insert(fold(word), sex);
        }
        all.insert(QStringLiteral("laki laki"), Sex::Male);
        return all;
    }();
    const QString letter = sexLetter(cell);
    if (!letter.isEmpty()) {
        if (letter == letters.female)
            return Sex::Female;
        if (letter == letters.male)
            return Sex::Male;
        return isNeutral(letter) ? domain::sexFromText(letter) : std::nullopt;
    }
    if (const auto sex = domain::sexFromText(cell))
        return sex;
    const auto found = words.constFind(fold(cell));
    if (found != words.constEnd())
        return *found;
    return saysNothing(cell) ? std::optional(Sex::Unknown) : std::nullopt;
}

} // namespace clinic::services
