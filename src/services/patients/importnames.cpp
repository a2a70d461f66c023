// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importnames.h"

namespace clinic::services {
namespace importnames {

// Initials are capitals as well: a family name has three letters or more of them.
bool isCapitals(const QString &word)
{
    return word.size() > 2 && word == word.toUpper() && word != word.toLower();
}

QStringList wordsOf(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

// "DUPONT Jean", "Jean DUPONT": how many words the family name has, counted from the end when negative; 0 =
// capitals do not say it.
qsizetype familyInCapitals(const QStringList &words)
{
    qsizetype leading = 0;
    while (leading < words.size() && isCapitals(words[leading]))
        ++leading;
    qsizetype trailing = 0;
    while (trailing < words.size() && isCapitals(words[words.size() - 1 - trailing]))
        ++trailing;
    if (leading == words.size() || (leading > 0 && trailing > 0))
        return 0;
    return leading > 0 ? leading : -trailing;
}

} // namespace importnames

using namespace importnames;

bool isOrderOpen(const QString &wholeName)
{
    if (wholeName.contains(u','))
        return false;
    const QStringList words = wordsOf(wholeName);
    return words.size() > 1 && familyInCapitals(words) == 0;
}

Result<void> divideName(const QString &wholeName, NameOrder order, domain::Patient &p)
{
    if (wholeName.contains(u',')) {
        p.familyName = wholeName.section(u',', 0, 0).trimmed();
        p.givenName = wholeName.section(u',', 1).trimmed();
        return {};
    }
    const QStringList words = wordsOf(wholeName);
    if (words.size() < 2) {
        p.familyName = words.join(u' ');
        return {};
    }
    qsizetype family = familyInCapitals(words);
    if (family == 0 && order == NameOrder::Unknown)
        return fail(ErrorCode::Invalid, QStringLiteral("import-names"), {wholeName.simplified()});
    if (family == 0)
        family = order == NameOrder::FamilyFirst ? 1 : -1;
    if (family > 0) {
        p.familyName = words.first(family).join(u' ');
        p.givenName = words.sliced(family).join(u' ');
    } else {
        p.familyName = words.last(-family).join(u' ');
        p.givenName = words.first(words.size() + family).join(u' ');
    }
    return {};
}

} // namespace clinic::services
