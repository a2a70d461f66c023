// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/numberformat.h"
#include "exchange/textfile.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <memory>
#include <zip.h>

namespace clinic::exchange {
namespace workbook {

constexpr qint64 largestPart = 400 * 1024 * 1024; // uncompressed: limits a zip bomb
constexpr qint64 largestToken = 8 * 1024 * 1024;  // one tag or one run of text
constexpr qsizetype longestText = 32'767;         // of a cell; no spreadsheet program writes more
constexpr qsizetype mostStyles = 70'000;
constexpr int deepest = 100; // elements within each other

Error damaged(const char *what)
{
    return {ErrorCode::Damaged, QStringLiteral("import-workbook"), {}, QString::fromLatin1(what)};
}

Error tooLarge(const char *what, qint64 limit)
{
    return {ErrorCode::TooLong,
            QStringLiteral("import-size"),
            {QString::fromLatin1(what), QString::number(limit)}};
}

// One part of the workbook, unpacked as it is read.
class Part : public QIODevice
{
public:
    Part(zip_t *archive, const QString &name, const QDeadlineTimer &until)
        : m_file(zip_fopen(archive, name.toUtf8().constData(), 0)), m_until(until)
    {
        if (m_file)
            open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    ~Part() override
    {
        if (m_file)
            zip_fclose(m_file);
    }
    Q_DISABLE_COPY_MOVE(Part)
    [[nodiscard]] bool isThere() const { return m_file; }
    [[nodiscard]] bool isSequential() const override { return true; }
    void nextToken() { m_sinceToken = 0; }
    [[nodiscard]] const std::optional<Error> &fault() const { return m_fault; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (m_fault)
            return -1;
        const auto read = zip_fread(m_file, data, zip_uint64_t(size));
        m_read += qMax(zip_int64_t(0), read);
        m_sinceToken += qMax(zip_int64_t(0), read);
        if (read < 0)
            m_fault = damaged("zip");
        else if (m_read > largestPart)
            m_fault = tooLarge("megabytes", largestPart / 1024 / 1024);
        else if (m_sinceToken > largestToken)
            m_fault = tooLarge("cell", longestText);
        else if (m_until.hasExpired())
            m_fault = Error(ErrorCode::TooLong, QStringLiteral("import-time"));
        return m_fault ? -1 : read;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    zip_file_t *m_file;
    QDeadlineTimer m_until;
    std::optional<Error> m_fault;
    qint64 m_read = 0;
    qint64 m_sinceToken = 0;
};

// Walks the elements of a part; ends at invalid XML or a limit.
class Walk
{
public:
    explicit Walk(Part &part) : m_part(part), m_xml(&part) {}

    bool next()
    {
        m_part.nextToken();
        m_xml.readNext();
        m_depth += m_xml.isStartElement() ? 1 : m_xml.isEndElement() ? -1 : 0;
        if (m_xml.isDTD() || m_depth > deepest) // entities serve only for attacks
            m_fault = damaged("not a workbook's XML");
        return !m_fault && !m_xml.atEnd();
    }
    [[nodiscard]] bool starts(QStringView name) const
    {
        return m_xml.isStartElement() && m_xml.name() == name;
    }
    [[nodiscard]] bool ends(QStringView name) const { return m_xml.isEndElement() && m_xml.name() == name; }
    [[nodiscard]] bool isText() const { return m_xml.isCharacters(); }
    [[nodiscard]] QStringView text() const { return m_xml.text(); }
    [[nodiscard]] QString value(const char *attribute) const
    {
        return m_xml.attributes().value(QLatin1StringView(attribute)).toString();
    }
    // An attribute with any prefix: r:id.
    [[nodiscard]] QString valueOfAny(QStringView attribute) const
    {
        for (const auto &a : m_xml.attributes()) {
            if (a.name() == attribute && !a.prefix().isEmpty())
                return a.value().toString();
        }
        return {};
    }
    [[nodiscard]] std::optional<Error> fault() const
    {
        if (m_part.fault())
            return m_part.fault();
        if (m_fault)
            return m_fault;
        return m_xml.hasError() ? std::optional(damaged("XML")) : std::nullopt;
    }

private:
    Part &m_part;
    QXmlStreamReader m_xml;
    std::optional<Error> m_fault;
    int m_depth = 0;
};

// "_x000D_" stands in a workbook for a character that XML does not allow.
QString unescaped(QString text)
{
    static const QRegularExpression escape(QStringLiteral("_x([0-9A-Fa-f]{4})_"));
    if (!text.contains(QStringView(u"_x")))
        return text;
    QString out;
    qsizetype last = 0;
    for (auto it = escape.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        out += QStringView(text).mid(last, match.capturedStart() - last);
        out += QChar(match.captured(1).toUShort(nullptr, 16));
        last = match.capturedEnd();
    }
    out += QStringView(text).mid(last);
    return out.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
}

struct Book
{
    QString sheet = QStringLiteral("xl/worksheets/sheet1.xml");
    QString strings = QStringLiteral("xl/sharedStrings.xml");
    QString styles = QStringLiteral("xl/styles.xml");
    QStringList otherSheets;
    bool is1904 = false;
};

// A relation's target, relative to the folder of its part.
QString resolved(const QString &folder, const QString &target)
{
    return target.startsWith(u'/') ? target.mid(1) : folder + target;
}

// Relations of a part: target and type by id.
QHash<QString, std::pair<QString, QString>> relations(zip_t *archive, const QString &part,
                                                      const QDeadlineTimer &until)
{
    QHash<QString, std::pair<QString, QString>> found;
    Part rels(archive, part, until);
    if (!rels.isThere())
        return found;
    Walk walk(rels);
    while (walk.next() && found.size() < 10'000) {
        if (walk.starts(u"Relationship"))
            found.insert(walk.value("Id"), {walk.value("Target"), walk.value("Type").section(u'/', -1)});
    }
    return found;
}

Result<Book> readBook(zip_t *archive, const TableLimits &limits, const QDeadlineTimer &until)
{
    Book book;
    QString path = QStringLiteral("xl/workbook.xml");
    const auto ofPackage = relations(archive, QStringLiteral("_rels/.rels"), until);
    for (const auto &[target, type] : ofPackage) {
        if (type == u"officeDocument")
            path = resolved({}, target);
    }
    const qsizetype slash = path.lastIndexOf(u'/') + 1;
    const QString folder = path.left(slash);
    const auto ofBook = relations(
        archive, folder + QStringLiteral("_rels/") + path.mid(slash) + QStringLiteral(".rels"), until);
    for (const auto &[target, type] : ofBook) {
        if (type == u"sharedStrings")
            book.strings = resolved(folder, target);
        else if (type == u"styles")
            book.styles = resolved(folder, target);
    }
    Part part(archive, path, until);
    if (!part.isThere()) {
        if (zip_name_locate(archive, book.sheet.toUtf8().constData(), 0) < 0)
            return fail(ErrorCode::FileUnreadable, QStringLiteral("import-kind"));
        return book; // as some programs write them
    }
    Walk walk(part);
    bool isFound = false;
    while (walk.next() && book.otherSheets.size() < limits.columns) {
        if (walk.starts(u"workbookPr")) {
            const QString said = walk.value("date1904");
            book.is1904 = said == u"1" || said == u"true";
        } else if (walk.starts(u"sheet")) {
            const QString state = walk.value("state");
            const bool isVisible = state.isEmpty() || state == u"visible";
            if (isVisible && !isFound) {
                isFound = true;
                const auto at = ofBook.constFind(walk.valueOfAny(u"id"));
                if (at != ofBook.constEnd())
                    book.sheet = resolved(folder, at->first);
            } else if (isVisible) {
                book.otherSheets << walk.value("name").left(60);
            }
        }
    }
    if (const auto fault = walk.fault())
        return tl::unexpected(*fault);
    return book;
}

Result<QStringList> readStrings(zip_t *archive, const Book &book, const TableLimits &limits,
                                const QDeadlineTimer &until)
{
    QStringList strings;
    Part part(archive, book.strings, until);
    if (!part.isThere())
        return strings;
    Walk walk(part);
    QString text;
    qsizetype characters = 0;
    int phonetic = 0; // phonetic guides are not the text
    bool isText = false;
    while (walk.next()) {
        if (walk.starts(u"si")) {
            text.clear();
        } else if (walk.starts(u"rPh") || walk.ends(u"rPh")) {
            phonetic += walk.starts(u"rPh") ? 1 : -1;
        } else if (walk.starts(u"t") || walk.ends(u"t")) {
            isText = walk.starts(u"t") && phonetic == 0;
        } else if (isText && walk.isText()) {
            text += walk.text();
            characters += walk.text().size();
            if (text.size() > longestText)
                return tl::unexpected(tooLarge("cell", longestText));
            if (characters > limits.characters)
                return tl::unexpected(tooLarge("characters", limits.characters));
        } else if (walk.ends(u"si")) {
            strings << unescaped(text);
            if (strings.size() > limits.cells)
                return tl::unexpected(tooLarge("cells", limits.cells));
        }
    }
    if (const auto fault = walk.fault())
        return tl::unexpected(*fault);
    return strings;
}

Result<QList<NumberFormat>> readStyles(zip_t *archive, const Book &book, const QDeadlineTimer &until)
{
    QList<NumberFormat> styles;
    Part part(archive, book.styles, until);
    if (!part.isThere())
        return styles;
    Walk walk(part);
    QHash<int, QString> codes;
    bool isCell = false;
    while (walk.next()) {
        if (walk.starts(u"numFmt")) {
            codes.insert(walk.value("numFmtId").toInt(), walk.value("formatCode").left(255));
        } else if (walk.starts(u"cellXfs") || walk.ends(u"cellXfs")) {
            isCell = walk.starts(u"cellXfs");
        } else if (isCell && walk.starts(u"xf")) {
            const int id = walk.value("numFmtId").toInt();
            styles << numberFormat(id, codes.value(id));
        }
        if (styles.size() > mostStyles || codes.size() > mostStyles)
            return tl::unexpected(damaged("styles"));
    }
    if (const auto fault = walk.fault())
        return tl::unexpected(*fault);
    return styles;
}

// "SF12" is column 499; -1 for an invalid reference.
int columnOf(QStringView reference)
{
    int column = 0;
    int letters = 0;
    for (const QChar c : reference) {
        const char16_t upper = c.toUpper().unicode();
        if (upper < u'A' || upper > u'Z')
            break;
        if (++letters > 3)
            return -1;
        column = column * 26 + (upper - u'A' + 1);
    }
    return column - 1;
}

// The cell being read.
struct Cell
{
    qsizetype column = 0;
    QString type;
    int style = -1;
    QString text;
    int values = 0; // <v> within it
};

Result<QString> cellText(const Cell &cell, const QStringList &strings, const QList<NumberFormat> &styles,
                         bool is1904)
{
    if (cell.type == u"s") {
        bool isNumber = false;
        const qsizetype index = cell.text.trimmed().toInt(&isNumber);
        if (cell.values == 0)
            return QString();
        if (!isNumber || index < 0 || index >= strings.size())
            return tl::unexpected(damaged("string"));
        return strings[index];
    }
    if (cell.type == u"b")
        return cell.text.trimmed() == u"1" ? QStringLiteral("TRUE") : QStringLiteral("FALSE");
    if (cell.type == u"e")
        return cell.text.startsWith(u'#') ? cell.text : QStringLiteral("#ERROR!");
    if (cell.type == u"d") {
        static const QRegularExpression day(QStringLiteral("^\\s*(\\d{4}-\\d{2}-\\d{2})(?:T.*)?$"));
        const auto match = day.match(cell.text);
        return match.hasMatch() ? match.captured(1) : cell.text;
    }
    if (cell.type.isEmpty() || cell.type == u"n")
        return formattedNumber(cell.text.trimmed(), styles.value(cell.style), is1904);
    return unescaped(cell.text); // inlineStr, str
}

Result<void> readSheet(zip_t *archive, const Book &book, const QStringList &strings,
                       const QList<NumberFormat> &styles, const TableLimits &limits,
                       const QDeadlineTimer &until, TableBuilder &builder)
{
    Part part(archive, book.sheet, until);
    if (!part.isThere())
        return fail(ErrorCode::FileUnreadable, QStringLiteral("import-kind"));
    Walk walk(part);
    QStringList row;
    int number = 0;
    Cell cell;
    bool isRow = false;
    bool isCell = false;
    bool isText = false;
    int phonetic = 0;
    while (walk.next()) {
        if (walk.starts(u"row")) {
            row.clear();
            number = qMax(number + 1, walk.value("r").toInt());
            isRow = true;
        } else if (isRow && walk.starts(u"c")) {
            const int column = columnOf(walk.value("r"));
            const QString style = walk.value("s");
            cell = {column < 0 ? row.size() : column,
                    walk.value("t"),
                    style.isEmpty() ? -1 : style.toInt(),
                    {},
                    0};
            isCell = true;
        } else if (walk.starts(u"rPh") || walk.ends(u"rPh")) {
            phonetic += walk.starts(u"rPh") ? 1 : -1;
        } else if (isCell && (walk.starts(u"v") || walk.starts(u"t"))) {
            cell.values += walk.starts(u"v");
            if (cell.values > 1)
                return tl::unexpected(damaged("cell"));
            isText = phonetic == 0;
        } else if (walk.ends(u"v") || walk.ends(u"t")) {
            isText = false;
        } else if (isText && walk.isText()) {
            cell.text += walk.text();
            if (cell.text.size() > longestText)
                return tl::unexpected(tooLarge("cell", longestText));
        } else if (isCell && walk.ends(u"c")) {
            isCell = false;
            auto text = cellText(cell, strings, styles, book.is1904);
            if (!text)
                return fail(text);
            if (text->isEmpty())
                continue;
            if (cell.column >= limits.columns)
                return tl::unexpected(tooLarge("columns", limits.columns));
            while (row.size() <= cell.column)
                row << QString();
            row[cell.column] = *text;
        } else if (isRow && walk.ends(u"row")) {
            isRow = false;
            if (auto added = builder.add(row, number); !added)
                return added;
        }
    }
    if (const auto fault = walk.fault())
        return tl::unexpected(*fault);
    return {};
}

} // namespace workbook

Result<TextTable> readXlsx(const QString &path, const TableOptions &options)
{
    int code = 0;
    const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(
        zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code), &zip_discard);
    if (!archive) {
        if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_NOENT)
            return fail(ErrorCode::FileUnreadable, {}, {path}, QStringLiteral("zip %1").arg(code));
        return tl::unexpected(workbook::damaged("not a whole ZIP file"));
    }
    const QDeadlineTimer until(options.limits.seconds * 1000);
    const auto book = workbook::readBook(archive.get(), options.limits, until);
    if (!book)
        return fail(book);
    const auto strings = workbook::readStrings(archive.get(), *book, options.limits, until);
    if (!strings)
        return fail(strings);
    const auto styles = workbook::readStyles(archive.get(), *book, until);
    if (!styles)
        return fail(styles);
    TableBuilder builder(options.limits);
    if (auto read =
            workbook::readSheet(archive.get(), *book, *strings, *styles, options.limits, until, builder);
        !read)
        return fail(read);
    builder.table.encoding = QStringLiteral("XLSX");
    builder.table.otherSheets = book->otherSheets;
    return builder.finish(false);
}

} // namespace clinic::exchange
