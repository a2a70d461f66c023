// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/patients/rules.h"

#include "core/fold.h"
#include "core/telephone.h"

#include <QRegularExpression>

namespace clinic::domain {
namespace patientrules {

// Nicknames; all names of a line stand for each other.
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

enum class Kept {
    Itself,
    Space,
    Line,
    Hyphen,
    Nothing,
    IfJoining, // only where it changes the shape of its neighbours
    Refused,
};

Kept keptOf(char32_t u)
{
    switch (u) {
    case U'\n':
    case U'\r':
    case U'\v':
    case U'\f':
    case 0x0085:
    case 0x2028:
    case 0x2029:
        return Kept::Line;
    case U'\t':
        return Kept::Itself;
    case 0x2010: // hyphen and non-breaking hyphen, as word processors write them
    case 0x2011:
        return Kept::Hyphen;
    case 0x3164: // letters by category, but they look blank
    case 0xFFA0:
    case 0x2800:
        return Kept::Space;
    case 0x034F:
    case 0x115F:
    case 0x1160:
    case 0x17B4:
    case 0x17B5:
        return Kept::Nothing;
    case 0x200C: // joiners spell Persian and Indic names; elsewhere they are removed
    case 0x200D:
        return Kept::IfJoining;
    case 0x202D: // overrides make one name read as another
    case 0x202E:
        return Kept::Refused;
    case 0x06DD: // visible format characters: signs of Arabic and Syriac numbers
    case 0x070F:
    case 0x0890:
    case 0x0891:
    case 0x08E2:
    case 0x110BD:
    case 0x110CD:
        return Kept::Itself;
    default:
        break;
    }
    if (u >= 0x0600 && u <= 0x0605)
        return Kept::Itself;
    if ((u & 0xFFFE) == 0xFFFE || (u >= 0xFDD0 && u <= 0xFDEF))
        return Kept::Refused; // not characters
    switch (QChar::category(u)) {
    case QChar::Other_Control:
        return Kept::Refused;
    case QChar::Other_Format:
        return Kept::Nothing;
    case QChar::Separator_Space:
        return Kept::Space;
    default:
        return Kept::Itself;
    }
}

// The text as it looks; nothing when it has a forbidden character.
std::optional<QString> visibleText(const QString &text, bool multiLine)
{
    if (std::ranges::all_of(text, [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; }))
        return text;
    if (!text.isValidUtf16())
        return std::nullopt;
    const auto points = text.toUcs4();
    const auto joins = [](char32_t u) { return u > 0x7f && keptOf(u) == Kept::Itself; };
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t u = points[i];
        switch (keptOf(u)) {
        case Kept::Itself:
            out += QChar::fromUcs4(u);
            break;
        case Kept::Space:
            out += u' ';
            break;
        case Kept::Line:
            if (u == U'\r' && i + 1 < points.size() && points[i + 1] == U'\n')
                break; // the next one ends the line
            out += multiLine ? u'\n' : u' ';
            break;
        case Kept::Hyphen:
            out += u'-';
            break;
        case Kept::IfJoining:
            if (i > 0 && i + 1 < points.size() && joins(points[i - 1]) && joins(points[i + 1]))
                out += QChar(char16_t(u));
            break;
        case Kept::Nothing:
            break;
        case Kept::Refused:
            return std::nullopt;
        }
    }
    return out;
}

} // namespace patientrules

Result<QString> cleanText(const QString &text, const QString &field, int maximum, bool multiLine)
{
    if (text.size() > maximum * 4) // before any work is spent on it
        return fail(ErrorCode::TooLong, field, {QString::number(maximum)});
    const auto seen = patientrules::visibleText(text, multiLine);
    if (!seen)
        return fail(ErrorCode::ControlCharacters, field);
    const QString clean =
        (multiLine ? seen->trimmed() : seen->simplified()).normalized(QString::NormalizationForm_C);
    if (clean.size() > maximum)
        return fail(ErrorCode::TooLong, field, {QString::number(maximum)});
    return clean;
}

Result<QString> parsePhone(const QString &text, const QString &field)
{
    auto clean = cleanText(text, field, 80);
    if (!clean || clean->isEmpty())
        return clean;
    if (!telephone::isPlausible(*clean))
        return fail(ErrorCode::BadPhone, field);
    return clean;
}

Result<QString> parseOnePhone(const QString &text, const QString &field)
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

Result<QString> parseIdentifier(const QString &text, const QString &field)
{
    auto clean = cleanText(text, field, 60);
    if (!clean)
        return clean;
    if (clean->isEmpty())
        return fail(ErrorCode::Required, field);
    if (normalIdentifier(*clean).isEmpty())
        return fail(ErrorCode::Invalid, field);
    return clean;
}

QString normalIdentifier(const QString &text)
{
    return foldedWords(text).join(QString());
}

bool hasOneOwner(IdentifierKind kind)
{
    return kind == IdentifierKind::NationalId || kind == IdentifierKind::Passport;
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

tl::expected<Patient, QList<Error>> checkedPatient(const Patient &typed, const QDate &today,
                                                   const QDate &earliest)
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
    // Null = unknown; the form asks for one of the two.
    if (!patient.birthDate.isNull() && patient.birthDate.earliest() > today)
        faults << Error(ErrorCode::DateInFuture, QStringLiteral("birth_date"));
    else if (patient.birthDate.ageOn(earliest.isValid() ? earliest : today) > oldestAge)
        faults << Error(ErrorCode::TooOld, QStringLiteral("birth_date"), {QString::number(oldestAge)});
    if (!faults.isEmpty())
        return tl::unexpected(faults);
    return patient;
}

QString deathReason(const PartialDate &day)
{
    return day.isNull() ? QStringLiteral("died") : QStringLiteral("died ") + day.toStored();
}

Result<std::optional<Death>> deathIn(const QString &reason, const QDate &today)
{
    static const QRegularExpression shape(QStringLiteral("^died(?:\\s+(?:on\\s+)?(\\S.*))?$"),
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = shape.match(reason.trimmed());
    if (!match.hasMatch())
        return std::optional<Death>();
    if (match.captured(1).isEmpty())
        return std::optional(Death{});
    auto day = PartialDate::fromStored(match.captured(1));
    if (day.isNull() || day.toStored() != match.captured(1)) {
        const auto read = PartialDate::parse(match.captured(1), today);
        if (!read && read.error().code == ErrorCode::BadDate)
            return std::optional<Death>();
        if (!read)
            return fail(read.error().code, QStringLiteral("died_on"));
        day = *read;
    }
    if (day.earliest() > today)
        return fail(ErrorCode::DateInFuture, QStringLiteral("died_on"));
    return std::optional(Death{day});
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
