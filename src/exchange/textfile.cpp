// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/textfile.h"

#include <QDate>
#include <QFile>
#include <QStringConverter>
#include <QXmlStreamReader>
#include <zip.h>

namespace clinic::exchange {
namespace textfile {

constexpr qint64 largestFile = 200 * 1024 * 1024;
constexpr qint64 largestEntry = 400 * 1024 * 1024; // of a workbook, unpacked: a zip bomb ends here

QString decode(const QByteArray &bytes, QString &encoding)
{
    if (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff")) {
        encoding = QStringLiteral("UTF-16");
        QStringDecoder decoder(QStringDecoder::Utf16);
        return decoder.decode(bytes);
    }
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8.decode(bytes);
    if (!utf8.hasError()) {
        encoding = QStringLiteral("UTF-8");
        return text.startsWith(QChar(0xFEFF)) ? text.mid(1) : text;
    }
    encoding = QStringLiteral("Latin-1");
    return QString::fromLatin1(bytes);
}

QChar guessSeparator(QStringView text)
{
    const QStringView first =
        text.left(qMax(qsizetype(0), text.indexOf(u'\n') < 0 ? text.size() : text.indexOf(u'\n')));
    QChar best = u',';
    for (const QChar c : {QChar(u','), QChar(u';'), QChar(u'\t')}) {
        if (first.count(c) > first.count(best))
            best = c;
    }
    return best;
}

// What the first row of a list of people is called, in words people use.
bool looksLikeHeader(const QStringList &row)
{
    int words = 0;
    for (const QString &cell : row) {
        const QString c = cell.trimmed().toLower();
        static const QStringList known{
            QStringLiteral("name"),   QStringLiteral("surname"), QStringLiteral("dob"),
            QStringLiteral("birth"),  QStringLiteral("gender"),  QStringLiteral("sex"),
            QStringLiteral("phone"),  QStringLiteral("cell"),    QStringLiteral("mobile"),
            QStringLiteral("email"),  QStringLiteral("id"),      QStringLiteral("address"),
            QStringLiteral("remark"), QStringLiteral("note"),    QStringLiteral("tel")};
        words += std::any_of(known.begin(), known.end(), [&](const QString &k) { return c.contains(k); });
    }
    return words >= 2;
}

void takeHeader(TextTable &table)
{
    if (!table.rows.isEmpty() && looksLikeHeader(table.rows.first())) {
        table.header = table.rows.takeFirst();
        table.lines.removeFirst();
        for (QString &cell : table.header)
            cell = cell.trimmed();
    }
}

QByteArray zipEntry(zip_t *archive, const char *name)
{
    zip_stat_t stat;
    if (zip_stat(archive, name, 0, &stat) != 0 || qint64(stat.size) > largestEntry)
        return {};
    zip_file_t *file = zip_fopen(archive, name, 0);
    if (!file)
        return {};
    QByteArray bytes(qsizetype(stat.size), Qt::Uninitialized);
    const auto read = zip_fread(file, bytes.data(), stat.size);
    zip_fclose(file);
    bytes.resize(qMax(zip_int64_t(0), read));
    return bytes;
}

int columnOf(QStringView reference)
{
    int column = 0;
    for (const QChar c : reference) {
        if (!c.isLetter())
            break;
        column = column * 26 + (c.toUpper().unicode() - u'A' + 1);
    }
    return column - 1;
}

} // namespace textfile

using namespace textfile;

Result<TextTable> readTextTable(const QByteArray &bytes)
{
    TextTable table;
    const QString text = decode(bytes, table.encoding);
    table.separator = guessSeparator(text);
    QStringList row;
    QString cell;
    bool quoted = false;
    bool wasQuoted = false;
    int line = 1;
    int rowLine = 1;
    const auto endCell = [&] {
        row << (wasQuoted ? cell : cell.trimmed());
        cell.clear();
        wasQuoted = false;
    };
    const auto endRow = [&] {
        endCell();
        const bool blank = std::all_of(row.begin(), row.end(), [](const QString &c) { return c.isEmpty(); });
        if (!blank) {
            table.rows << row;
            table.lines << rowLine;
        }
        row.clear();
        rowLine = line + 1;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
                cell += c;
                ++i;
            } else if (c == u'"') {
                quoted = false;
            } else {
                line += c == u'\n';
                cell += c;
            }
        } else if (c == u'"' && cell.trimmed().isEmpty()) {
            quoted = true;
            wasQuoted = true;
            cell.clear();
        } else if (c == table.separator) {
            endCell();
        } else if (c == u'\n') {
            endRow();
            ++line;
        } else if (c != u'\r') {
            cell += c;
        }
    }
    if (!cell.isEmpty() || !row.isEmpty())
        endRow();
    takeHeader(table);
    return table;
}

Result<TextTable> readXlsx(const QString &path)
{
    int code = 0;
    zip_t *archive = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code);
    if (!archive)
        return fail(ErrorCode::FileUnreadable, {}, {}, QStringLiteral("zip %1").arg(code));
    const QByteArray sharedXml = zipEntry(archive, "xl/sharedStrings.xml");
    const QByteArray sheetXml = zipEntry(archive, "xl/worksheets/sheet1.xml");
    const QByteArray stylesXml = zipEntry(archive, "xl/styles.xml");
    zip_close(archive);
    if (sheetXml.isEmpty())
        return fail(ErrorCode::FileUnreadable);
    QStringList shared;
    {
        QXmlStreamReader xml(sharedXml);
        QString text;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == u"si")
                text.clear();
            else if (xml.isStartElement() && xml.name() == u"t")
                text += xml.readElementText();
            else if (xml.isEndElement() && xml.name() == u"si")
                shared << text;
        }
    }
    QSet<int> dateStyles; // built-in number formats 14-22 and custom ones that spell a day
    {
        QXmlStreamReader xml(stylesXml);
        QSet<int> dateFormats;
        for (int i = 14; i <= 22; ++i)
            dateFormats.insert(i);
        bool inXfs = false;
        int style = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == u"numFmt") {
                const QString format =
                    xml.attributes().value(QLatin1StringView("formatCode")).toString().toLower();
                if (format.contains(u'y') && format.contains(u'd'))
                    dateFormats.insert(xml.attributes().value(QLatin1StringView("numFmtId")).toInt());
            } else if (xml.isStartElement() && xml.name() == u"cellXfs") {
                inXfs = true;
            } else if (xml.isEndElement() && xml.name() == u"cellXfs") {
                inXfs = false;
            } else if (inXfs && xml.isStartElement() && xml.name() == u"xf") {
                if (dateFormats.contains(xml.attributes().value(QLatin1StringView("numFmtId")).toInt()))
                    dateStyles.insert(style);
                ++style;
            }
        }
    }
    TextTable table;
    table.encoding = QStringLiteral("XLSX");
    QXmlStreamReader xml(sheetXml);
    QStringList row;
    int rowNumber = 0;
    int column = 0;
    QString type;
    int style = -1;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == u"row") {
            row.clear();
            rowNumber = qMax(rowNumber + 1, xml.attributes().value(QLatin1StringView("r")).toInt());
        } else if (xml.isStartElement() && xml.name() == u"c") {
            column = columnOf(xml.attributes().value(QLatin1StringView("r")));
            type = xml.attributes().value(QLatin1StringView("t")).toString();
            style = xml.attributes().hasAttribute(QLatin1StringView("s"))
                        ? xml.attributes().value(QLatin1StringView("s")).toInt()
                        : -1;
            if (column < 0 || column > 500)
                column = static_cast<int>(row.size());
        } else if (xml.isStartElement() && (xml.name() == u"v" || xml.name() == u"t")) {
            QString value = xml.readElementText();
            if (type == u"s")
                value = shared.value(value.toInt());
            else if (type.isEmpty() && dateStyles.contains(style))
                value = QDate(1899, 12, 30).addDays(value.section(u'.', 0, 0).toInt()).toString(Qt::ISODate);
            while (row.size() <= column)
                row << QString();
            row[column] += value;
        } else if (xml.isEndElement() && xml.name() == u"row") {
            const bool blank =
                std::all_of(row.begin(), row.end(), [](const QString &c) { return c.trimmed().isEmpty(); });
            if (!blank) {
                table.rows << row;
                table.lines << rowNumber;
            }
        }
    }
    if (xml.hasError() && table.rows.isEmpty())
        return fail(ErrorCode::FileUnreadable, {}, {}, xml.errorString());
    takeHeader(table);
    return table;
}

Result<TextTable> readTable(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::FileMissing);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable);
    if (file.size() > largestFile)
        return fail(ErrorCode::TooLong, QStringLiteral("file"), {QStringLiteral("200 MB")});
    if (file.peek(4) == "PK\x03\x04")
        return readXlsx(path);
    return readTextTable(file.readAll());
}

QString csvLine(const QStringList &cells)
{
    QStringList safe;
    for (const QString &cell : cells)
        safe << csvCell(cell);
    return safe.join(u',');
}

QString csvCell(const QString &text)
{
    QString cell = text;
    if (!cell.isEmpty() && QStringView(u"=+-@\t\r").contains(cell.at(0)) && !cell.at(0).isDigit())
        cell.prepend(u'\'');
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u';'))
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return cell;
}

} // namespace clinic::exchange
