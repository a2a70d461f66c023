// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/textcoding.h"

#include <QBuffer>
#include <QStringConverter>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

namespace clinic::exchange {
namespace textcoding {

constexpr qint64 chunk = 64 * 1024;
constexpr qsizetype sampleSize = 64 * 1024; // bytes of doubtful lines to read
constexpr qsizetype shownLines = 5;
constexpr qsizetype shownCharacters = 120;

bool hasHighByte(QByteArrayView bytes)
{
    return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (uchar(c) & 0x80) != 0; });
}

// UTF-16 without a byte order mark: nearly every second byte of such a list is zero.
QString utf16WithoutMark(QByteArrayView start)
{
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < start.size(); ++i)
        (i % 2 ? odd : even) += start[i] == '\0';
    const qsizetype half = start.size() / 2;
    if (half < 8)
        return {};
    if (odd > half * 7 / 10 && even < half / 20)
        return QStringLiteral("UTF-16LE");
    if (even > half * 7 / 10 && odd < half / 20)
        return QStringLiteral("UTF-16BE");
    return {};
}

// The share of the sample's non-ASCII characters that are valid UTF-8.
bool isMostlyUtf8(QByteArrayView sample)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(sample);
    qsizetype sound = 0;
    qsizetype broken = 0;
    for (const QChar c : text) {
        broken += c == QChar::ReplacementCharacter;
        sound += c.unicode() > 0x7f && c != QChar::ReplacementCharacter;
    }
    return sound > broken;
}

QString likeliest(QByteArrayView sample)
{
    if (isMostlyUtf8(sample))
        return QStringLiteral("UTF-8");
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                              &ucsdet_close);
    ucsdet_setText(detector.get(), sample.data(), int32_t(sample.size()), &status);
    const UCharsetMatch *match = ucsdet_detect(detector.get(), &status);
    const char *name = match ? ucsdet_getName(match, &status) : nullptr;
    if (U_FAILURE(status) || !name)
        return QStringLiteral("windows-1252");
    // Programs call the Windows page ISO-8859-1; it has letters where ISO-8859-1 has none.
    if (qstrcmp(name, "ISO-8859-1") == 0)
        return QStringLiteral("windows-1252");
    return QString::fromLatin1(name);
}

} // namespace textcoding

using namespace textcoding;

const QStringList &offeredCodings()
{
    static const QStringList names{
        QStringLiteral("UTF-8"),        QStringLiteral("windows-1252"), QStringLiteral("windows-1250"),
        QStringLiteral("windows-1251"), QStringLiteral("windows-1253"), QStringLiteral("windows-1254"),
        QStringLiteral("windows-1255"), QStringLiteral("windows-1256"), QStringLiteral("windows-1257"),
        QStringLiteral("windows-1258"), QStringLiteral("ISO-8859-1"),   QStringLiteral("ISO-8859-2"),
        QStringLiteral("ISO-8859-15"),  QStringLiteral("ISO-8859-6"),   QStringLiteral("IBM850"),
        QStringLiteral("macintosh"),    QStringLiteral("GB18030"),      QStringLiteral("Big5"),
        QStringLiteral("Shift_JIS"),    QStringLiteral("EUC-KR"),       QStringLiteral("UTF-16LE"),
        QStringLiteral("UTF-16BE")};
    return names;
}

Result<Coding> findCoding(QIODevice &device)
{
    Coding coding;
    const QByteArray start = device.peek(4096);
    for (const auto &[mark, name] :
         {std::pair("\xef\xbb\xbf", "UTF-8"), {"\xff\xfe", "UTF-16LE"}, {"\xfe\xff", "UTF-16BE"}}) {
        if (start.startsWith(mark)) {
            coding.name = QString::fromLatin1(name);
            coding.isCertain = coding.name != u"UTF-8"; // invalid bytes are in doubt even behind a byte order
                                                        // mark
            break;
        }
    }
    if (coding.isCertain)
        return coding;
    if (const QString utf16 = utf16WithoutMark(start); !utf16.isEmpty())
        return Coding{utf16, true, {}};

    QStringDecoder utf8(QStringDecoder::Utf8);
    QByteArray sample;
    QByteArrayList doubtful;
    QList<int> numbers;
    bool isSound = true;
    int number = 0;
    while (!device.atEnd()) {
        // Line by line keeps examples whole; a file without line ends comes in pieces.
        const QByteArray line = device.readLine(chunk);
        if (line.isEmpty())
            break;
        ++number;
        if (!hasHighByte(line))
            continue;
        static_cast<void>(QString(utf8(line)));
        const bool isBroken = utf8.hasError();
        if (isBroken)
            utf8.resetState();
        isSound = isSound && !isBroken;
        if (sample.size() < sampleSize)
            sample += line.first(qMin(line.size(), qsizetype(4096)));
        if (doubtful.size() < shownLines || (isBroken && numbers.size() < 2 * shownLines)) {
            doubtful << line;
            numbers << number;
        }
        if (!isSound && sample.size() >= sampleSize && doubtful.size() >= shownLines)
            break;
    }
    if (!device.seek(0))
        return fail(ErrorCode::FileUnreadable);
    if (isSound)
        return Coding{QStringLiteral("UTF-8"), true, {}};
    coding.name = likeliest(sample);
    for (qsizetype i = 0; i < doubtful.size() && coding.lines.size() < shownLines; ++i) {
        // In a mostly valid UTF-8 file only the invalid lines are in doubt.
        if (coding.name == u"UTF-8") {
            utf8.resetState();
            static_cast<void>(QString(utf8(doubtful[i])));
            if (!utf8.hasError())
                continue;
        }
        QBuffer buffer(&doubtful[i]);
        buffer.open(QIODevice::ReadOnly);
        auto lines = CodedLines::open(buffer, coding.name);
        CodedLines::Line line;
        while (lines && coding.lines.size() < shownLines && (*lines)->next(line)) {
            if (std::any_of(line.text.begin(), line.text.end(), [](QChar c) { return c.unicode() > 0x7f; }))
                coding.lines << QStringLiteral("%1: %2").arg(QString::number(numbers[i] + line.number - 1),
                                                             line.text.left(shownCharacters).simplified());
        }
    }
    return coding;
}

Result<std::unique_ptr<CodedLines>> CodedLines::open(QIODevice &device, const QString &coding)
{
    std::unique_ptr<CodedLines> lines(new CodedLines(device));
    UErrorCode status = U_ZERO_ERROR;
    // An empty name would be the system's encoding.
    if (!coding.isEmpty() && coding.size() < 60)
        lines->m_converter = ucnv_open(coding.toLatin1().constData(), &status);
    if (U_FAILURE(status) || !lines->m_converter)
        return fail(ErrorCode::Invalid, QStringLiteral("import-encoding-name"),
                    {coding.left(60), offeredCodings().first(8).join(QStringLiteral(", "))});
    return lines;
}

CodedLines::~CodedLines()
{
    if (m_converter)
        ucnv_close(m_converter);
}

bool CodedLines::readOn()
{
    if (m_isAtEnd)
        return false;
    m_text.remove(0, m_at);
    m_at = 0;
    const QByteArray bytes = m_device.read(chunk);
    m_isAtEnd = bytes.isEmpty();
    const char *from = bytes.constData();
    const char *const end = from + bytes.size();
    char16_t out[4096];
    for (UErrorCode status = U_BUFFER_OVERFLOW_ERROR; status == U_BUFFER_OVERFLOW_ERROR;) {
        status = U_ZERO_ERROR;
        char16_t *to = out;
        ucnv_toUnicode(m_converter, &to, out + std::size(out), &from, end, nullptr, m_isAtEnd, &status);
        m_text.append(reinterpret_cast<const QChar *>(out), to - out);
    }
    if (!m_isBegun && !m_text.isEmpty()) {
        m_isBegun = true;
        if (m_text.startsWith(QChar(0xFEFF)))
            m_text.remove(0, 1);
    }
    return true;
}

bool CodedLines::next(Line &line)
{
    line = {{}, m_number + 1, false};
    bool hasAny = false;
    qsizetype from = m_at;
    for (;;) {
        qsizetype end = from;
        while (end < m_text.size() && m_text[end] != u'\n' && m_text[end] != u'\r')
            ++end;
        hasAny = hasAny || end > m_at;
        const bool mayGoOn = end + 1 >= m_text.size(); // CR LF may be cut between two chunks
        if (end < m_text.size() && !(m_text[end] == u'\r' && mayGoOn && !m_isAtEnd)) {
            line.text += QStringView(m_text).mid(m_at, end - m_at);
            m_at = end + 1;
            if (m_text[end] == u'\r' && m_at < m_text.size() && m_text[m_at] == u'\n')
                ++m_at;
            break;
        }
        if (end < m_text.size()) { // a CR at the end of the chunk
            line.text += QStringView(m_text).mid(m_at, end - m_at);
            m_at = end;
            if (!readOn() && m_at >= m_text.size())
                break;
            from = m_at;
            continue;
        }
        line.text += QStringView(m_text).mid(m_at, end - m_at);
        m_at = end;
        if (line.text.size() > longestLine) {
            line.isCut = true;
            line.text.truncate(longestLine);
        }
        if (!readOn()) {
            if (!hasAny)
                return false;
            break;
        }
        from = m_at;
    }
    if (line.text.size() > longestLine) {
        line.isCut = true;
        line.text.truncate(longestLine);
    }
    ++m_number;
    return true;
}

} // namespace clinic::exchange
