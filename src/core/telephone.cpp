// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/telephone.h"

#include "core/fold.h"

#include <QRegularExpression>

namespace clinic::telephone {
namespace {

constexpr qsizetype fewest = 5; // digits of a number
constexpr qsizetype most = 15;  // ITU-T E.164

QString withPlainDigits(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text)
        out += c.isDigit() ? QChar(u'0' + c.digitValue()) : c;
    return out;
}

// ITU-T E.164: country codes beginning with 1 and 7 have one digit, these two, all others three.
qsizetype countryCodeLength(QStringView digits)
{
    if (digits.startsWith(u'1') || digits.startsWith(u'7'))
        return 1;
    static constexpr QStringView two[] = {u"20", u"27", u"30", u"31", u"32", u"33", u"34", u"36", u"39",
                                          u"40", u"41", u"43", u"44", u"45", u"46", u"47", u"48", u"49",
                                          u"51", u"52", u"53", u"54", u"55", u"56", u"57", u"58", u"60",
                                          u"61", u"62", u"63", u"64", u"65", u"66", u"81", u"82", u"84",
                                          u"86", u"90", u"91", u"92", u"93", u"94", u"95", u"98"};
    return std::ranges::any_of(two, [&](QStringView code) { return digits.startsWith(code); }) ? 2 : 3;
}

constexpr qsizetype wholeNumber = 7; // digits of a number without its area code

// Splits at words, commas and the like, and at a slash or a + between two numbers.
QStringList piecesOf(QStringView text)
{
    static const QRegularExpression between(QStringLiteral("[^\\d\\s()./+\\-]+|(?=\\+)"));
    QStringList pieces;
    for (const QString &piece : withoutExtensions(text).split(between, Qt::SkipEmptyParts)) {
        const QStringList parts = piece.split(u'/');
        // "030/23125" is one number, "0161 496 0003/0161 496 0004" are two.
        if (std::ranges::all_of(parts,
                                [](const QString &part) { return digitsOf(part).size() >= wholeNumber; }))
            pieces += parts;
        else
            pieces << piece;
    }
    return pieces;
}

// One piece as a number, or empty.
QString numberOf(const QString &piece)
{
    QString written = piece.trimmed();
    const bool international = written.startsWith(u'+') || written.startsWith(u"00");
    if (international)
        written.remove(QStringLiteral("(0)"));
    QString digits = digitsOf(written);
    if (international && digits.startsWith(u"00"))
        digits.remove(0, 2);
    if (digits.size() < fewest || digits.size() > most)
        return {};
    return international ? u'+' + digits : digits;
}

} // namespace

QString withoutExtensions(QStringView text)
{
    static const QRegularExpression extension(
        QStringLiteral(
            "(?<=[\\d)])[\\s,;]*(?:(?:ext|extn|extension)\\b\\.?|x(?=[\\s.]*\\d)\\.?|#)\\s*\\d{1,6}(?!\\d)"),
        QRegularExpression::CaseInsensitiveOption);
    return withPlainDigits(text).replace(extension, QStringLiteral(" ; "));
}

QStringList numbersIn(QStringView text)
{
    QStringList numbers;
    for (const QString &piece : piecesOf(text)) {
        const QString number = numberOf(piece);
        if (!number.isEmpty())
            numbers << number;
    }
    numbers.removeDuplicates();
    return numbers;
}

bool isPlausible(QStringView text)
{
    static const QRegularExpression joined(QStringLiteral("\\d\\p{L}|\\p{L}\\d"));
    if (numbersIn(text).isEmpty() || joined.match(withoutExtensions(text)).hasMatch())
        return false;
    const QStringList pieces = piecesOf(text);
    return std::ranges::all_of(pieces,
                               [](const QString &piece) { return digitsOf(piece).size() <= most + 2; });
}

QStringList storedForms(const QString &number)
{
    QString digits = digitsOf(number);
    QStringList forms{digits};
    if (number.startsWith(u'+')) {
        const qsizetype code = countryCodeLength(digits);
        if (digits.size() > code + 1 && digits[code] == u'0')
            forms << digits.remove(code, 1);
    }
    return forms;
}

QStringList soughtForms(QStringView typed)
{
    QString written = withPlainDigits(typed).trimmed();
    QString digits = digitsOf(written);
    const bool international = written.startsWith(u'+') || (written.startsWith(u"00") && digits.size() > 6);
    if (!international) { // the trunk zero is not part of the common number
        if (digits.size() > 6 && digits.startsWith(u'0'))
            digits.remove(0, 1);
        return {digits};
    }
    digits = digitsOf(written.remove(QStringLiteral("(0)")));
    if (digits.startsWith(u"00"))
        digits.remove(0, 2);
    QStringList forms{digits};
    QString national = digits.mid(countryCodeLength(digits));
    if (national.startsWith(u'0')) {
        forms << digits.first(digits.size() - national.size()) + national.mid(1);
        national.remove(0, 1);
    }
    if (national.size() > fewest) // shorter ones would match too many
        forms << national;
    return forms;
}

bool looksLikeOne(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return c.isDigit() || c.isSpace() || QStringView(u"+-()./").contains(c);
    });
}

} // namespace clinic::telephone
