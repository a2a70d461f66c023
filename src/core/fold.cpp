// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fold.h"

#include <algorithm>
#include <memory>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/uversion.h>

namespace clinic {
namespace {

// Letters that NFKD does not decompose, as users without that keyboard type them.
QStringView spelledOut(char16_t c)
{
    switch (c) {
    case u'ø':
        return u"o";
    case u'ł':
        return u"l";
    case u'đ':
        return u"d";
    case u'ð':
        return u"d";
    case u'þ':
        return u"th";
    case u'æ':
        return u"ae";
    case u'œ':
        return u"oe";
    case u'ß':
        return u"ss";
    case u'ħ':
        return u"h";
    case u'ı':
        return u"i";
    case u'ŋ':
        return u"n";
    case u'ё':
        return u"е";
    case u'ə':
        return u"e";
    case 0x0640:
        return u""; // Arabic tatweel
    case u'أ':
    case u'إ':
    case u'آ':
    case u'ٱ':
        return u"ا";
    case u'ى':
        return u"ي";
    case u'ة':
        return u"ه";
    case u'ς':
        return u"σ";
    default:
        return {};
    }
}

// Characters typed as an apostrophe. NFKD decomposes some of them into a space and a mark, so they are
// replaced before.
bool isApostrophe(char16_t c)
{
    switch (c) {
    case u'\'':
    case u'`':
    case 0x00B4: // acute accent
    case 0x02B9: // modifier letters: prime, turned comma, apostrophe, reversed comma, rings, accents
    case 0x02BB:
    case 0x02BC:
    case 0x02BD:
    case 0x02BE:
    case 0x02BF:
    case 0x02C8:
    case 0x02CA:
    case 0x02CB:
    case 0x0374:
    case 0x0384:
    case 0x055A: // Armenian
    case 0x05F3: // Hebrew geresh
    case 0x07F4: // N'Ko
    case 0x07F5:
    case 0x1FBD: // Greek
    case 0x1FBF:
    case 0x1FEF:
    case 0x1FFD:
    case 0x1FFE:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032: // primes
    case 0x2035:
    case 0x275B:
    case 0x275C:
    case 0xA78B: // saltillo
    case 0xA78C:
    case 0xFF07: // full width
    case 0xFF40:
        return true;
    default:
        return false;
    }
}

bool isLatin(QStringView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return !c.isLetter() || c.script() == QChar::Script_Latin; });
}

// A shortcut with the same result, for the many ASCII texts.
void foldAscii(QStringView text, QString &out)
{
    bool space = true;
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (isApostrophe(u))
            continue;
        if ((u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9')) {
            out += c;
            space = false;
        } else if (u >= u'A' && u <= u'Z') {
            out += QChar(char16_t(u + (u'a' - u'A')));
            space = false;
        } else if (!space) {
            out += u' ';
            space = true;
        }
    }
    if (out.endsWith(u' '))
        out.chop(1);
}

} // namespace

QString fold(QStringView text)
{
    QString out;
    out.reserve(text.size());
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; })) {
        foldAscii(text, out);
        return out;
    }
    QString written = text.toString();
    written.removeIf([](QChar c) { return isApostrophe(c.unicode()); });
    const QString decomposed = written.toCaseFolded().normalized(QString::NormalizationForm_KD);
    bool space = true;
    for (const QChar c : decomposed) {
        const char16_t u = c.unicode();
        if (c.isMark() || isApostrophe(u) || c.category() == QChar::Other_Format)
            continue;
        if (u > 0x7f || u == 0) {
            const QStringView spelled = spelledOut(u);
            if (!spelled.isNull()) {
                out += spelled;
                space = false;
                continue;
            }
        }
        if (c.isDigit()) {
            out += QChar(u'0' + c.digitValue());
            space = false;
        } else if (c.isLetter() || c.isSurrogate()) {
            out += c;
            space = false;
        } else if (!space) {
            out += u' ';
            space = true;
        }
    }
    if (out.endsWith(u' '))
        out.chop(1);
    // NFKD decomposes Hangul; compose again so that a syllable is one character in the search keys.
    return out.normalized(QString::NormalizationForm_KC);
}

QStringList foldedWords(QStringView text)
{
    return fold(text).split(u' ', Qt::SkipEmptyParts);
}

QStringList apostropheParts(QStringView text)
{
    if (std::ranges::none_of(text, [](QChar c) { return isApostrophe(c.unicode()); }))
        return {};
    QString apart = text.toString();
    std::ranges::replace_if(
        apart, [](QChar c) { return isApostrophe(c.unicode()); }, QChar(u' '));
    const QStringList words = foldedWords(apart);
    return words.size() > 1 ? words : QStringList();
}

QString digitsOf(QStringView text)
{
    QString out;
    for (const QChar c : text) {
        if (c.isDigit())
            out += QChar(u'0' + c.digitValue());
    }
    return out;
}

QString transliterated(QStringView text)
{
    if (isLatin(text))
        return {};
    // ICU transliterators are not thread-safe and take a millisecond to make.
    thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::Transliterator>(
            icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    }();
    if (!transliterator)
        return {};
    icu::UnicodeString s(reinterpret_cast<const char16_t *>(text.utf16()), static_cast<int32_t>(text.size()));
    transliterator->transliterate(s);
    return fold(QStringView(s.getBuffer(), s.length()));
}

QString foldingTables()
{
    UVersionInfo version;
    u_getVersion(version);
    return QStringLiteral("ICU %1.%2, Unicode of Qt %3")
        .arg(version[0])
        .arg(version[1])
        .arg(int(QChar::currentUnicodeVersion()));
}

QString phoneticKey(QStringView word)
{
    if (word.size() < 3 || !isLatin(word))
        return {};
    QString key;
    QChar last;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const char16_t c = word[i].unicode();
        const char16_t next = i + 1 < word.size() ? word[i + 1].unicode() : u'\0';
        QChar code;
        switch (c) {
        case u'b':
        case u'p':
            code = (c == u'p' && next == u'h') ? u'F' : u'P';
            break;
        case u'f':
        case u'v':
        case u'w':
            code = u'F';
            break;
        case u'c':
            code = next == u'h' ? u'S' : (next == u'e' || next == u'i' || next == u'y') ? u'S' : u'K';
            break;
        case u's':
        case u'z':
        case u'x':
            code = u'S';
            break;
        case u'g':
        case u'j':
            code = (c == u'j' || next == u'e' || next == u'i' || next == u'y') ? u'J' : u'K';
            break;
        case u'k':
        case u'q':
            code = u'K';
            break;
        case u'd':
        case u't':
            code = u'T';
            break;
        case u'l':
        case u'r':
            code = u'L';
            break;
        case u'm':
        case u'n':
            code = u'N';
            break;
        case u'h':
            continue; // silent wherever it matters
        case u'a':
        case u'e':
        case u'i':
        case u'o':
        case u'u':
        case u'y':
            if (i == 0)
                code = u'A';
            else {
                last = QChar();
                continue;
            }
            break;
        default:
            continue;
        }
        if (code != last)
            key += code;
        last = code;
    }
    return key.size() < 2 ? QString() : key;
}

} // namespace clinic
