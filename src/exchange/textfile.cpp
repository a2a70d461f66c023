// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/textfile.h"

#include "services/patients/importcolumns.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <deque>

namespace clinic::exchange {
namespace textfile {

constexpr qsizetype longestQuoted = 200; // lines of one quoted cell; a longer one is not closed

// Characters that begin a formula in spreadsheet programs, with their full-width forms.
bool startsFormula(QChar c)
{
    return QStringView(u"=+-@\t\r＝＋－＠").contains(c);
}

// Apostrophes before a formula: a guarded text, or one that has to be.
bool looksGuarded(QStringView text)
{
    qsizetype at = 0;
    while (at < text.size() && text[at] == u'\'')
        ++at;
    return at > 0 && at < text.size() && startsFormula(text[at]);
}

QChar guessSeparator(const QList<CodedLines::Line> &lines)
{
    QChar best = u',';
    qsizetype most = 0;
    for (const QChar c : {QChar(u','), QChar(u';'), QChar(u'\t'), QChar(u'|')}) {
        // The first line with separators decides: it is the header. Quoted text does not count.
        qsizetype count = 0;
        for (const auto &line : lines) {
            bool quoted = false;
            for (const QChar at : line.text) {
                quoted = quoted != (at == u'"');
                count += !quoted && at == c;
            }
            if (count > 0)
                break;
        }
        if (count > most) {
            most = count;
            best = c;
        }
    }
    return best;
}

// Makes rows of lines. Keeps the lines of a quoted cell until it is closed, to read them again if it never
// is.
class Rows
{
public:
    Rows(CodedLines &lines, QChar separator, std::deque<CodedLines::Line> first)
        : m_lines(lines), m_separator(separator), m_waiting(std::move(first))
    {}

    // False at the end.
    bool next(QStringList &row, int &number, std::optional<Error> &fault)
    {
        CodedLines::Line line;
        if (!take(line))
            return false;
        row.clear();
        fault.reset();
        number = line.number;
        for (qsizetype at = 0;;) {
            QString cell;
            const bool isQuoted = quoteAt(line.text, at);
            if (line.isCut)
                fault =
                    Error(ErrorCode::TooLong, QStringLiteral("import-line"), {QString::number(line.number)});
            if (!isQuoted || !quoted(line, at, cell)) {
                if (isQuoted && !fault)
                    fault = Error(ErrorCode::Invalid, QStringLiteral("import-quote"),
                                  {QString::number(line.number)});
                qsizetype end = line.text.indexOf(m_separator, at);
                if (end < 0 || isQuoted) // text after an open quote stays as it is
                    end = line.text.size();
                cell = line.text.mid(at, end - at).trimmed();
                at = end;
            }
            row << cell;
            if (at >= line.text.size())
                return true;
            ++at; // the separator; at the very end an empty cell follows
            if (at == line.text.size()) {
                row << QString();
                return true;
            }
        }
    }

private:
    bool take(CodedLines::Line &line)
    {
        if (m_waiting.empty())
            return m_lines.next(line);
        line = std::move(m_waiting.front());
        m_waiting.pop_front();
        return true;
    }
    [[nodiscard]] bool quoteAt(const QString &text, qsizetype at) const
    {
        while (at < text.size() && text[at].isSpace() && text[at] != m_separator)
            ++at;
        return at < text.size() && text[at] == u'"';
    }
    // Reads a quoted cell; line and at are after it then. False, and nothing read, when it is not closed or
    // when text follows its end.
    bool quoted(CodedLines::Line &line, qsizetype &at, QString &cell)
    {
        std::deque<CodedLines::Line> taken;
        CodedLines::Line current = line;
        QString text;
        qsizetype i = current.text.indexOf(u'"', at) + 1;
        const auto giveBack = [&] {
            m_waiting.insert(m_waiting.begin(), taken.begin(), taken.end());
            return false;
        };
        for (;;) {
            if (i >= current.text.size()) {
                if (qsizetype(taken.size()) >= longestQuoted || text.size() > CodedLines::longestLine ||
                    current.isCut || !take(current))
                    return giveBack();
                taken.push_back(current);
                text += u'\n';
                i = 0;
            } else if (current.text[i] != u'"') {
                text += current.text[i++];
            } else if (i + 1 < current.text.size() && current.text[i + 1] == u'"') {
                text += u'"';
                i += 2;
            } else {
                break;
            }
        }
        for (++i; i < current.text.size() && current.text[i] != m_separator; ++i) {
            if (!current.text[i].isSpace())
                return giveBack();
        }
        cell = text;
        line = current;
        at = i;
        return true;
    }

    CodedLines &m_lines;
    QChar m_separator;
    std::deque<CodedLines::Line> m_waiting;
};

Error tooLarge(const char *what, qsizetype limit)
{
    return {ErrorCode::TooLong,
            QStringLiteral("import-size"),
            {QString::fromLatin1(what), QString::number(limit)}};
}

} // namespace textfile

using namespace textfile;

Result<void> TableBuilder::add(QStringList row, int line, const std::optional<Error> &fault)
{
    while (row.size() > m_limits.columns && row.last().isEmpty())
        row.removeLast();
    const bool isBlank =
        std::all_of(row.begin(), row.end(), [](const QString &c) { return c.trimmed().isEmpty(); });
    if (isBlank && !fault)
        return {};
    if (row.size() > m_limits.columns)
        return tl::unexpected(tooLarge("columns", m_limits.columns));
    m_cells += row.size();
    for (QString &cell : row) {
        m_characters += cell.size();
        if (looksGuarded(cell))
            cell.remove(0, 1);
    }
    if (m_cells > m_limits.cells)
        return tl::unexpected(tooLarge("cells", m_limits.cells));
    if (m_characters > m_limits.characters)
        return tl::unexpected(tooLarge("characters", m_limits.characters));
    if (table.rows.size() >= m_limits.rows)
        return tl::unexpected(tooLarge("rows", m_limits.rows));
    if (fault)
        table.faults.insert(table.rows.size(), *fault);
    table.rows << std::move(row);
    table.lines << line;
    return {};
}

TextTable TableBuilder::finish(bool textual)
{
    const qsizetype at = services::headerRow(table.rows);
    if (at >= 0) {
        table.header = table.rows[at];
        table.headerLine = table.lines[at];
        table.isHeaderSure = services::isHeader(table.header);
        for (QString &cell : table.header)
            cell = cell.trimmed();
        for (qsizetype i = 0; i < at; ++i)
            table.above << table.rows[i].join(u' ').simplified();
        table.rows.remove(0, at + 1);
        table.lines.remove(0, at + 1);
        QHash<qsizetype, Error> faults;
        for (auto it = table.faults.constBegin(); it != table.faults.constEnd(); ++it) {
            if (it.key() > at)
                faults.insert(it.key() - at - 1, it.value());
        }
        table.faults = faults;
    }
    for (qsizetype i = 0; textual && at >= 0 && i < table.rows.size(); ++i) {
        while (table.rows[i].size() > table.header.size() && table.rows[i].last().isEmpty())
            table.rows[i].removeLast();
        if (table.rows[i].size() > table.header.size() && !table.faults.contains(i))
            table.faults.insert(
                i, Error(ErrorCode::Invalid, QStringLiteral("import-row"),
                         {QString::number(table.rows[i].size()), QString::number(table.header.size())}));
    }
    return std::move(table);
}

Result<TextTable> readTextTable(QIODevice &device, const TableOptions &options)
{
    TableBuilder builder(options.limits);
    const auto found = findCoding(device);
    if (!found)
        return fail(found);
    builder.table.encoding = options.encoding.isEmpty() ? found->name : options.encoding;
    if (options.encoding.isEmpty() && !found->isCertain)
        builder.table.doubt = *found;
    const auto lines = CodedLines::open(device, builder.table.encoding);
    if (!lines)
        return fail(lines);
    // The first lines show the separator.
    std::deque<CodedLines::Line> first;
    CodedLines::Line line;
    while (first.size() < 10 && (*lines)->next(line))
        first.push_back(line);
    QChar separator = guessSeparator({first.begin(), first.end()});
    if (!first.empty()) {
        QString said = first.front().text.trimmed().toLower();
        said.remove(u'"');
        if (said.startsWith(QStringView(u"sep=")) && said.size() <= 5) {
            separator = said.size() == 5 ? said.at(4) : QChar(u'\t'); // a tab was trimmed away
            first.pop_front();
        }
    }
    builder.table.separator = separator;
    Rows rows(**lines, separator, std::move(first));
    QStringList row;
    int number = 0;
    std::optional<Error> fault;
    while (rows.next(row, number, fault)) {
        if (auto added = builder.add(row, number, fault); !added)
            return fail(added);
    }
    return builder.finish(true);
}

Result<TextTable> readTextTable(const QByteArray &bytes, const TableOptions &options)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return readTextTable(buffer, options);
}

Result<TextTable> readTable(const QString &path, const TableOptions &options)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::FileMissing, {}, {path});
    if (!file.open(QIODevice::ReadOnly) || file.isSequential())
        return fail(ErrorCode::FileUnreadable, {}, {path});
    if (file.size() > options.limits.fileBytes)
        return fail(ErrorCode::FileTooLarge, {}, {QString::number(options.limits.fileBytes / 1024 / 1024)});
    const QByteArray start = file.peek(8);
    if (start.startsWith("PK\x03\x04"))
        return readXlsx(path, options);
    if (start.startsWith("\xd0\xcf\x11\xe0") || start.startsWith("%PDF"))
        return fail(ErrorCode::FileUnreadable, QStringLiteral("import-kind"));
    return readTextTable(file, options);
}

void takeHeaderAsRow(TextTable &table)
{
    if (table.headerLine == 0)
        return;
    table.rows.prepend(table.header);
    table.lines.prepend(table.headerLine);
    table.header.clear();
    table.headerLine = 0;
    QHash<qsizetype, Error> faults;
    for (auto it = table.faults.constBegin(); it != table.faults.constEnd(); ++it)
        faults.insert(it.key() + 1, it.value());
    table.faults = faults;
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
    if (!cell.isEmpty() && (startsFormula(cell.at(0)) || looksGuarded(cell)))
        cell.prepend(u'\'');
    const bool hasEdge = !cell.isEmpty() && (cell.front().isSpace() || cell.back().isSpace());
    if (hasEdge || std::any_of(cell.begin(), cell.end(),
                               [](QChar c) { return QStringView(u"\",;|\n\r\t").contains(c); }))
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return cell;
}

} // namespace clinic::exchange
