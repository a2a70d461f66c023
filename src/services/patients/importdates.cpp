// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/importdates.h"

#include "core/fold.h"
#include "domain/patients/rules.h"

#include <QLocale>
#include <QRegularExpression>

namespace clinic::services {
namespace importdates {

// Digits of any script as 0-9, direction marks removed, one kind of space.
QString normal(QStringView text)
{
    QString out;
    for (const QChar c : text.left(80)) {
        if (c.isDigit())
            out += QChar(u'0' + c.digitValue());
        else if (c.isSpace())
            out += u' ';
        else if (c.category() != QChar::Other_Format)
            out += c;
    }
    return out.simplified();
}

// The numbers of "3/4/1980", with or without a time.
struct Numbers
{
    int first = 0;
    int second = 0;
    int year = 0;
    bool isShort = false; // a two-digit year
};

std::optional<Numbers> threeNumbers(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral(
        "^(\\d{1,2}) ?[-/. ] ?(\\d{1,2}) ?[-/. ] ?(\\d{4}|\\d{2})(?:[ T]+\\d{1,2}:\\d{2}.*)?$"));
    if (const auto m = shape.match(text); m.hasMatch())
        return Numbers{m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt(),
                       m.captured(3).size() == 2};
    static const QRegularExpression packed(QStringLiteral("^(\\d{2})(\\d{2})(\\d{4})$"));
    if (const auto m = packed.match(text); m.hasMatch() && m.captured(3).toInt() >= 1800)
        return Numbers{m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt(), false};
    return std::nullopt;
}

bool couldBeEither(const Numbers &n)
{
    return n.first != n.second && n.first >= 1 && n.first <= 12 && n.second >= 1 && n.second <= 12;
}

static_assert(PartialDate::mostYears == domain::oldestAge); // one limit for ages and dates

// The years that two digits may mean for a birth, newest first.
QList<int> yearsOf(int twoDigits, int thisYear)
{
    QList<int> years;
    const int century = thisYear / 100 * 100;
    for (const int year : {century + twoDigits, century - 100 + twoDigits}) {
        if (year <= thisYear && year >= thisYear - PartialDate::mostYears)
            years << year;
    }
    return years;
}

// Month names, folded, in the languages of the known lists. A name of two months is left out.
const QHash<QString, int> &months()
{
    static const QHash<QString, int> all = [] {
        QHash<QString, int> names;
        QSet<QString> unclear;
        const auto add = [&](const QString &name, int month) {
            const QString word = fold(name).remove(u' ');
            if (word.size() < 2 || word.at(0).isDigit())
                return;
            const auto known = names.constFind(word);
            if (known != names.constEnd() && *known != month)
                unclear.insert(word);
            names.insert(word, month);
        };
        QList<QLocale> locales{QLocale(), QLocale::c()};
        for (const char *name :
             {"en", "fr", "es", "pt", "ar_EG", "ar_LB", "ar_MA", "ar_DZ", "de", "it", "nl", "sw", "tr",
              "id", "pl", "ru", "uk", "ro",    "cs",    "sv",    "da",    "nb", "el", "fa", "hi", "he",
              "hu", "fi", "so", "am", "ms",    "af",    "zu",    "xh",    "vi", "bg", "sr"})
            locales << QLocale(QString::fromLatin1(name));
        for (const QLocale &locale : std::as_const(locales)) {
            for (int month = 1; month <= 12; ++month) {
                for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat}) {
                    add(locale.monthName(month, format), month);
                    add(locale.standaloneMonthName(month, format), month);
                }
            }
        }
        add(QStringLiteral("sept"), 9);
        add(QStringLiteral("févr"), 2);
        add(QStringLiteral("juil"), 7);
        for (const QString &word : std::as_const(unclear))
            names.remove(word);
        return names;
    }();
    return all;
}

const QSet<QString> &fillers()
{
    static const QSet<QString> words = [] {
        QSet<QString> set;
        for (const char16_t *word :
             {u"de", u"del", u"of", u"the", u"den", u"le", u"el", u"il",  u"di",   u"st", u"nd",
              u"rd", u"th",  u"er", u"e",   u"ta",  u"r",  u"g",  u"год", u"года", u"من"})
            set.insert(fold(QStringView(word)));
        for (const char *name : {"en", "fr", "es", "pt", "ar", "de", "it", "nl", "sw", "tr", "id"}) {
            const QLocale locale(QString::fromLatin1(name));
            for (int day = 1; day <= 7; ++day) {
                for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat})
                    set.insert(fold(locale.dayName(day, format)).remove(u' '));
            }
        }
        return set;
    }();
    return words;
}

Result<PartialDate> withYear(int twoOrFour, bool isShort, int month, int day, const ImportMapping &mapping,
                             const QDate &today)
{
    if (!isShort)
        return PartialDate::create(twoOrFour, month, day);
    QList<int> years = yearsOf(twoOrFour, today.year());
    // A future birth is not meant.
    years.removeIf([&](int year) {
        return month && QDate(year, month, day ? day : 1).isValid() &&
               QDate(year, month, day ? day : 1) > today;
    });
    if (years.isEmpty())
        return fail(ErrorCode::BadDate);
    if (years.size() > 1 && mapping.shortYears == ShortYears::Unknown)
        return fail(ErrorCode::Invalid, QStringLiteral("import-years"),
                    {QString::number(years[1]), QString::number(years[0])});
    return PartialDate::create(mapping.shortYears == ShortYears::Earlier ? years.last() : years.first(),
                               month, day);
}

Result<PartialDate> ofNumbers(const Numbers &n, const ImportMapping &mapping, const QDate &today)
{
    // 00/00/1990 and 00/07/1990 have unknown parts.
    if (n.first == 0 && n.second <= 12)
        return withYear(n.year, n.isShort, n.second, 0, mapping, today);
    if (n.second == 0 && n.first <= 12 && mapping.dateOrder == DateOrder::MonthFirst)
        return withYear(n.year, n.isShort, n.first, 0, mapping, today);
    if (mapping.dateOrder == DateOrder::Unknown && couldBeEither(n))
        return fail(ErrorCode::Invalid, QStringLiteral("import-order"));
    bool monthFirst = mapping.dateOrder == DateOrder::MonthFirst;
    if (mapping.dateOrder == DateOrder::Unknown)
        monthFirst = n.second > 12;
    const int month = monthFirst ? n.first : n.second;
    const int day = monthFirst ? n.second : n.first;
    if (month > 12 || month == 0)
        return fail(ErrorCode::DateImpossible);
    return withYear(n.year, n.isShort, month, day, mapping, today);
}

// "3 févr. 1990", "Feb 3 1990", "July 1980".
Result<PartialDate> ofWords(const QString &text, const ImportMapping &mapping, const QDate &today)
{
    static const QRegularExpression part(QStringLiteral("(\\d+)|([\\p{L}\\p{M}'’]+)"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    int month = 0;
    QStringList numbers;
    QString words;
    for (auto it = part.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        if (!match.captured(1).isEmpty()) {
            numbers << match.captured(1);
            continue;
        }
        const QString word = fold(match.captured(2)).remove(u' ');
        // "كانون الثاني" is a month in two words.
        const int pair = words.isEmpty() ? 0 : months().value(words + word);
        const int found = pair ? pair : months().value(word);
        if (pair)
            month = 0;
        if (found && !month)
            month = found;
        else if (found || (!fillers().contains(word) && !word.startsWith(QStringView(u"كانون")) &&
                           !word.startsWith(QStringView(u"تشرين"))))
            return fail(ErrorCode::BadDate);
        words = word;
    }
    if (!month || numbers.isEmpty() || numbers.size() > 2)
        return fail(ErrorCode::BadDate);
    if (numbers.size() == 1)
        return numbers[0].size() == 4 ? PartialDate::create(numbers[0].toInt(), month)
                                      : fail(ErrorCode::BadDate);
    const bool yearLast = numbers[0].size() <= 2 && (numbers[1].size() == 4 || numbers[1].size() == 2);
    const bool yearFirst = numbers[0].size() == 4 && numbers[1].size() <= 2;
    if (!yearLast && !yearFirst)
        return fail(ErrorCode::BadDate);
    const QString year = numbers[yearLast ? 1 : 0];
    return withYear(year.toInt(), year.size() == 2, month, numbers[yearLast ? 0 : 1].toInt(), mapping, today);
}

enum class Unit { None, Years, Months, Weeks, Days };

std::optional<Unit> unitOf(const QString &written)
{
    static const QHash<QString, Unit> units = [] {
        QHash<QString, Unit> all{{QString(), Unit::None}};
        const std::pair<Unit, const char16_t *> lists[] = {
            {Unit::Years,
             u"y yr yrs year years yo y.o a an ans ano anos año años jahr jahre anno anni jaar miaka "
             u"mwaka yas yasinda yil tahun th thn lat rok лет год года سنة سنه سنوات سنين عام عاما"},
            {Unit::Months,
             u"m mo mos mth mths month months mois mes meses monat monate mese mesi maand maanden "
             u"miezi mwezi ay aylik bulan bln мес شهر شهور اشهر أشهر شهرا"},
            {Unit::Weeks,
             u"w wk wks week weeks semaine semaines semana semanas woche wochen settimana settimane "
             u"weken wiki hafta minggu нед اسبوع أسبوع اسابيع أسابيع"},
            {Unit::Days,
             u"d day days jour jours dia dias día días tag tage giorno giorni dag dagen siku gun gün "
             u"hari дн дней يوم ايام أيام يوما"}};
        for (const auto &[unit, words] : lists) {
            for (const QStringView word : QStringView(words).split(u' '))
                all.insert(fold(word).remove(u' '), unit);
        }
        return all;
    }();
    const auto found = units.constFind(fold(written).remove(u' '));
    return found == units.constEnd() ? std::nullopt : std::optional(*found);
}

// "30", "8 months", "~45", "1,5 y". Without a unit only in an age column.
Result<PartialDate> ofAge(const QString &text, const QDate &today, bool isColumnOfAges)
{
    static const QRegularExpression shape(
        QStringLiteral("^(~|about|approx\\.?|ca\\.?|c\\.|env\\.?)? ?(\\d{1,3})(?:[.,](\\d{1,2}))? "
                       "?([\\p{L}\\p{M}. ]*)$"),
        QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::CaseInsensitiveOption);
    const auto m = shape.match(text);
    if (!m.hasMatch())
        return fail(ErrorCode::BadDate);
    const auto unit = unitOf(m.captured(4));
    const bool isAbout = !m.captured(1).isEmpty();
    if (!unit || (*unit == Unit::None && !isColumnOfAges && !isAbout))
        return fail(ErrorCode::BadDate);
    const int count = m.captured(2).toInt();
    const double share = m.captured(3).isEmpty() ? 0 : (QStringLiteral("0.") + m.captured(3)).toDouble();
    QDate born;
    bool hasDay = false;
    switch (*unit) {
    case Unit::None:
    case Unit::Years:
        if (share == 0)
            return PartialDate::fromAge(count, today);
        born = today.addMonths(-int(12 * (count + share)));
        break;
    case Unit::Months:
        born = today.addMonths(-count);
        break;
    case Unit::Weeks:
        born = today.addDays(-7 * count);
        hasDay = true;
        break;
    case Unit::Days:
        born = today.addDays(-count);
        hasDay = true;
        break;
    }
    return PartialDate::create(born.year(), born.month(), hasDay ? born.day() : 0, true);
}

} // namespace importdates

using namespace importdates;

bool saysNothing(QStringView text)
{
    static const QSet<QString> words = [] {
        QSet<QString> set;
        for (const char16_t *word : {u"",
                                     u"n a",
                                     u"na",
                                     u"none",
                                     u"nil",
                                     u"null",
                                     u"unknown",
                                     u"not known",
                                     u"unk",
                                     u"nd",
                                     u"inconnu",
                                     u"inconnue",
                                     u"non connu",
                                     u"desconocido",
                                     u"desconocida",
                                     u"sin dato",
                                     u"desconhecido",
                                     u"desconhecida",
                                     u"unbekannt",
                                     u"sconosciuto",
                                     u"sconosciuta",
                                     u"onbekend",
                                     u"haijulikani",
                                     u"bilinmiyor",
                                     u"tidak diketahui",
                                     u"nieznany",
                                     u"nieznana",
                                     u"неизвестно",
                                     u"غير معروف",
                                     u"غير معروفة",
                                     u"مجهول",
                                     u"لا يوجد",
                                     u"00 00 0000",
                                     u"0000 00 00",
                                     u"0",
                                     u"0000",
                                     u"00 00 00"})
            set.insert(fold(QStringView(word)));
        return set;
    }();
    return words.contains(fold(text));
}

DateShape dateShape(QStringView text, int thisYear)
{
    DateShape shape;
    const auto numbers = threeNumbers(normal(text));
    if (!numbers)
        return shape;
    const auto &[first, second, year, isShort] = *numbers;
    shape.isDayFirst = first > 12 && first <= 31 && second >= 1 && second <= 12;
    shape.isMonthFirst = second > 12 && second <= 31 && first >= 1 && first <= 12;
    shape.isEither = couldBeEither(*numbers);
    shape.isShortYear = isShort && yearsOf(year, thisYear).size() > 1;
    return shape;
}

Result<PartialDate> importedDate(QStringView cell, const ImportMapping &mapping, const QDate &today)
{
    if (cell.size() > 80)
        return fail(ErrorCode::BadDate);
    QString text = normal(cell);
    if (saysNothing(text))
        return PartialDate();
    if (const auto age = ofAge(text, today, false))
        return age;
    static const QRegularExpression about(
        QStringLiteral("^(?:~|about|approx\\.?|circa|ca\\.?|c\\.|env\\.?) *|~$"),
        QRegularExpression::CaseInsensitiveOption);
    bool isEstimated = false;
    if (const auto match = about.match(text); match.hasMatch()) {
        isEstimated = true;
        text.remove(match.capturedStart(), match.capturedLength());
    }
    const auto read = [&]() -> Result<PartialDate> {
        static const QRegularExpression iso(
            QStringLiteral("^(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?)?(?:[ T]+\\d{1,2}:\\d{2}.*)?$"));
        if (const auto m = iso.match(text); m.hasMatch()) {
            const int month = m.captured(2).toInt();
            const int day = m.captured(3).toInt();
            if (month > 12)
                return fail(ErrorCode::DateImpossible);
            return month == 0 && day != 0 ? fail(ErrorCode::DateImpossible)
                                          : PartialDate::create(m.captured(1).toInt(), month, day);
        }
        static const QRegularExpression packed(QStringLiteral("^(1[89]\\d\\d|20\\d\\d)(\\d{2})(\\d{2})$"));
        if (const auto m = packed.match(text);
            m.hasMatch() && m.captured(2).toInt() <= 12 && m.captured(3).toInt() <= 31)
            return PartialDate::create(m.captured(1).toInt(), m.captured(2).toInt(),
                                       m.captured(2).toInt() ? m.captured(3).toInt() : 0);
        if (const auto numbers = threeNumbers(text))
            return ofNumbers(*numbers, mapping, today);
        static const QRegularExpression monthYear(QStringLiteral("^(\\d{1,2}) ?[-/. ] ?(\\d{4})$"));
        if (const auto m = monthYear.match(text); m.hasMatch())
            return m.captured(1).toInt() > 12
                       ? fail(ErrorCode::DateImpossible)
                       : PartialDate::create(m.captured(2).toInt(), m.captured(1).toInt());
        return ofWords(text, mapping, today);
    };
    const auto date = read();
    if (!date || !isEstimated)
        return date;
    return PartialDate::create(date->year(), date->month(), date->day(), true);
}

Result<PartialDate> importedAge(QStringView cell, const QDate &today)
{
    const QString text = normal(cell);
    if (cell.size() <= 80 && text == u"0") // younger than a year
        return PartialDate::create(today.year(), 0, 0, true);
    if (cell.size() <= 80 && saysNothing(text))
        return PartialDate();
    return ofAge(text, today, true);
}

} // namespace clinic::services
