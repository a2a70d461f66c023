// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/patients/rules.h"

#include "core/fold.h"

#include <QRegularExpression>

namespace clinic::domain {
namespace patientrules {

// Families of first names; all members of a line stand for each other.
constexpr const char16_t *nicknameFamilies[] = {
    u"william will bill billy willem wim liam",
    u"robert rob bob bobby robbie roberto",
    u"richard rick dick ricky ricardo",
    u"margaret maggie meg peggy margarita greta",
    u"elizabeth liz beth betty eliza lisa elsie bettie",
    u"katherine catherine kate kathy katie cathy katarina",
    u"john johnny jack johan johannes jan juan hansie",
    u"james jim jimmy jamie",
    u"joseph joe jose joey jozef",
    u"michael mike mick mikhail miguel",
    u"alexander alex sasha sandy alec aleksandr alejandro",
    u"alexandra alex sasha sandra",
    u"thomas tom tommy tomas",
    u"charles charlie chuck carlos karel",
    u"edward ed eddie ted ned eduardo",
    u"henry harry hank hendrik enrique",
    u"peter pete pieter piet pedro petr",
    u"jacobus kobus koos jacob jakob",
    u"susan sue susie susanna",
    u"patricia pat patty trish",
    u"anthony tony antonio anton",
    u"daniel dan danny danie",
    u"samuel sam sammy",
    u"samantha sam sammie",
    u"victoria vicky tori",
    u"rebecca becky bex",
    u"christopher chris topher",
    u"christina chris tina kristina",
    u"nicholas nick nico nikolai",
    u"mohammed muhammad mohamed mohammad mehmet mo",
    u"abdullah abdallah abdul",
    u"fatima fatma fatimah",
    u"maria mary marie miriam maryam mariam",
    u"anna ann anne annie hanna ana",
    u"nomvula vula",
    u"sipho siphiwe",
    u"francisco paco pancho frans",
    u"ekaterina katya",
    u"dmitri dima",
    u"vladimir volodya vova",
};

bool isForbidden(QChar c, bool multiLine)
{
    const char16_t u = c.unicode();
    if (multiLine && (u == u'\n' || u == u'\t'))
        return false;
    // Bidirectional overrides and isolates can make a name read as another.
    const bool bidiControl = (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
    return c.category() == QChar::Other_Control || bidiControl || u == 0xFFFE || u == 0xFFFF;
}

} // namespace patientrules

Result<QString> cleanText(const QString &text, const QString &field, int maximum, bool multiLine)
{
    if (text.size() > maximum * 4) // before any work is spent on it
        return fail(ErrorCode::TooLong, field, {QString::number(maximum)});
    QString clean = multiLine ? text.trimmed() : text.simplified();
    // simplified() turns inner control characters such as tab into spaces; NUL and overrides stay and are
    // refused.
    if (std::any_of(clean.begin(), clean.end(),
                    [&](QChar c) { return patientrules::isForbidden(c, multiLine); }))
        return fail(ErrorCode::ControlCharacters, field);
    clean = clean.normalized(QString::NormalizationForm_C);
    if (clean.size() > maximum)
        return fail(ErrorCode::TooLong, field, {QString::number(maximum)});
    return clean;
}

Result<QString> parsePhone(const QString &text, const QString &field)
{
    auto clean = cleanText(text, field, 40);
    if (!clean || clean->isEmpty())
        return clean;
    const auto digits = digitsOf(*clean).size();
    static const QRegularExpression shape(QStringLiteral("^\\+?[\\d\\s().\\-/]+$"),
                                          QRegularExpression::UseUnicodePropertiesOption);
    if (digits < 5 || digits > 15 || !shape.match(*clean).hasMatch())
        return fail(ErrorCode::BadPhone, field);
    return clean;
}

Result<QString> parseEmail(const QString &text, const QString &field)
{
    auto clean = cleanText(text, field, 254);
    if (!clean || clean->isEmpty())
        return clean;
    static const QRegularExpression shape(QStringLiteral("^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$"));
    if (!shape.match(*clean).hasMatch())
        return fail(ErrorCode::BadEmail, field);
    return clean;
}

tl::expected<Patient, QList<Error>> checkedPatient(const Patient &typed, const QDate &today)
{
    QList<Error> faults;
    Patient patient = typed;
    const auto take = [&](Result<QString> checked, QString &into) {
        if (checked)
            into = *checked;
        else
            faults << checked.error();
    };
    take(cleanText(typed.familyName, QStringLiteral("family_name")), patient.familyName);
    take(cleanText(typed.givenName, QStringLiteral("given_name")), patient.givenName);
    take(parsePhone(typed.phone, QStringLiteral("phone")), patient.phone);
    take(parseEmail(typed.email, QStringLiteral("email")), patient.email);
    take(cleanText(typed.address, QStringLiteral("address"), 500, true), patient.address);
    take(cleanText(typed.remarks, QStringLiteral("remarks"), 4000, true), patient.remarks);
    if (faults.isEmpty() && foldedWords(patient.familyName + u' ' + patient.givenName).isEmpty())
        faults << Error(ErrorCode::Required, QStringLiteral("family_name"));
    if (patient.birthDate.isNull())
        faults << Error(ErrorCode::Required, QStringLiteral("birth_date"));
    else if (patient.birthDate.earliest() > today)
        faults << Error(ErrorCode::DateInFuture, QStringLiteral("birth_date"));
    else if (patient.birthDate.year() < today.year() - 130)
        faults << Error(ErrorCode::BadDate, QStringLiteral("birth_date"));
    if (!faults.isEmpty())
        return tl::unexpected(faults);
    return patient;
}

std::optional<Sex> sexFromText(QStringView text)
{
    const QString t = fold(text);
    static const QHash<QString, Sex> words{
        {QStringLiteral("f"), Sex::Female},        {QStringLiteral("female"), Sex::Female},
        {QStringLiteral("woman"), Sex::Female},    {QStringLiteral("w"), Sex::Female},
        {QStringLiteral("girl"), Sex::Female},     {QStringLiteral("m"), Sex::Male},
        {QStringLiteral("male"), Sex::Male},       {QStringLiteral("man"), Sex::Male},
        {QStringLiteral("boy"), Sex::Male},        {QStringLiteral("u"), Sex::Unknown},
        {QStringLiteral("unknown"), Sex::Unknown}, {QString(), Sex::Unknown},
        {QStringLiteral("o"), Sex::Other},         {QStringLiteral("other"), Sex::Other},
        {QStringLiteral("x"), Sex::Other},         {QStringLiteral("ذكر"), Sex::Male},
        {QStringLiteral("انثي"), Sex::Female},
    };
    const auto it = words.find(t);
    return it == words.end() ? std::nullopt : std::optional(*it);
}

QStringList nicknamesOf(const QString &foldedWord)
{
    static const QHash<QString, QStringList> index = [] {
        QHash<QString, QStringList> out;
        for (const char16_t *family : patientrules::nicknameFamilies) {
            const auto members = QString::fromUtf16(family).split(u' ');
            for (const QString &member : members) {
                for (const QString &other : members) {
                    if (other != member)
                        out[member] << other;
                }
            }
        }
        return out;
    }();
    return index.value(foldedWord);
}

} // namespace clinic::domain
