// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/jsonwriter.h"

#include <algorithm>

namespace clinic::sync {
namespace jsonwriting {

// Appends the text with its quotes.
void appendQuoted(QByteArray &out, QByteArrayView utf8)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.append('"');
    for (const char c : utf8) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append('\\').append(c);
        else if (u < 0x20)
            out.append("\\u00").append(hex[u >> 4]).append(hex[u & 15]);
        else
            out.append(c);
    }
    out.append('"');
}

} // namespace jsonwriting

// The character before tells whether a comma is due: a text ends with its quote.
void JsonWriter::separate()
{
    if (!m_out.isEmpty() && !QByteArrayView("{[:,").contains(m_out.back()))
        m_out.append(',');
}

JsonWriter &JsonWriter::begin(char bracket)
{
    separate();
    m_out.append(bracket);
    return *this;
}

JsonWriter &JsonWriter::end(char bracket)
{
    m_out.append(bracket);
    return *this;
}

JsonWriter &JsonWriter::name(QByteArrayView name)
{
    text(name);
    m_out.append(':');
    return *this;
}

JsonWriter &JsonWriter::text(QByteArrayView utf8)
{
    separate();
    const bool isAscii =
        std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (isAscii)
        jsonwriting::appendQuoted(m_out, utf8);
    else
        jsonwriting::appendQuoted(m_out, QString::fromUtf8(utf8).toUtf8());
    return *this;
}

JsonWriter &JsonWriter::number(qint64 number)
{
    separate();
    m_out.append(QByteArray::number(number));
    return *this;
}

JsonWriter &JsonWriter::flag(bool flag)
{
    return json(flag ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return json("null");
}

JsonWriter &JsonWriter::id(const Id &id)
{
    separate();
    m_out.append('"');
    id.appendTo(m_out);
    m_out.append('"');
    return *this;
}

JsonWriter &JsonWriter::value(const Value &value)
{
    if (const auto *i = std::get_if<qint64>(&value))
        return number(*i);
    if (const auto *s = std::get_if<QString>(&value))
        return text(s->toUtf8());
    if (const auto *b = std::get_if<QByteArray>(&value))
        return b->size() == 16 ? id(Id::fromBytes(*b)) : text(b->toBase64());
    return null();
}

JsonWriter &JsonWriter::json(QByteArrayView json)
{
    separate();
    m_out.append(json);
    return *this;
}

} // namespace clinic::sync
