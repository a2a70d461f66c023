// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/wire/grammar.h"
#include "sync/wire/wirevalue.h"

#include <simdjson.h>

// The strict JSON reader of devices and server. Included by .cpp files of sync and server only; simdjson's
// header is large.
namespace clinic::sync::json {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

inline QByteArrayView view(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

// Records the first absent or wrongly typed member, with its path; later reads are harmless.
class Reader
{
public:
    explicit Reader(Object object, QByteArray path = {}) : m_object(object), m_path(std::move(path)) {}

    [[nodiscard]] bool has(const char *key) const
    {
        Element e;
        return m_object[key].get(e) == simdjson::SUCCESS && !e.is_null();
    }
    qint64 integer(const char *key)
    {
        int64_t value = 0;
        if (m_object[key].get(value) != simdjson::SUCCESS)
            note(key);
        return value;
    }
    // A time within grammar.h's limits; 0 for anything else.
    qint64 time(const char *key) { return within(key, integer(key), grammar::isTime); }
    qint64 count(const char *key) { return within(key, integer(key), grammar::isCount); }
    qint64 optionalTime(const char *key) { return has(key) ? time(key) : 0; }
    qint64 optionalCount(const char *key) { return has(key) ? count(key) : 0; }
    // A text that `is` (of grammar.h) accepts; empty for anything else.
    QByteArray word(const char *key, bool (*is)(QByteArrayView))
    {
        const QByteArray text = bytes(key);
        if (is(text))
            return text;
        note(key);
        return {};
    }
    QByteArray bytes(const char *key)
    {
        std::string_view value;
        if (m_object[key].get(value) != simdjson::SUCCESS)
            note(key);
        return view(value).toByteArray();
    }
    QByteArray base64(const char *key)
    {
        const auto decoded =
            QByteArray::fromBase64Encoding(bytes(key), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            note(key);
        return *decoded;
    }
    QString text(const char *key) { return QString::fromUtf8(bytes(key)); }
    Id id(const char *key)
    {
        const Id value = Id::fromString(text(key));
        if (value.isNull())
            note(key);
        return value;
    }
    Id optionalId(const char *key) { return has(key) ? id(key) : Id{}; }
    qint64 optionalInteger(const char *key, qint64 otherwise = 0)
    {
        return has(key) ? integer(key) : otherwise;
    }
    QByteArray optionalBytes(const char *key) { return has(key) ? bytes(key) : QByteArray(); }
    QByteArray optionalBase64(const char *key) { return has(key) ? base64(key) : QByteArray(); }
    bool boolean(const char *key)
    {
        bool value = false;
        if (m_object[key].get(value) != simdjson::SUCCESS)
            note(key);
        return value;
    }
    Array array(const char *key)
    {
        Array value;
        if (m_object[key].get(value) != simdjson::SUCCESS) {
            note(key);
            return nothing().array;
        }
        return value;
    }
    Object object(const char *key)
    {
        Object value;
        if (m_object[key].get(value) != simdjson::SUCCESS) {
            note(key);
            return nothing().object;
        }
        return value;
    }
    [[nodiscard]] const QByteArray &path() const { return m_path; }
    [[nodiscard]] bool ok() const { return m_fault.isEmpty(); }
    [[nodiscard]] const QByteArray &fault() const { return m_fault; }
    void note(const char *key)
    {
        if (m_fault.isEmpty())
            m_fault = m_path + '/' + key;
    }
    void note(const Reader &inner)
    {
        if (m_fault.isEmpty())
            m_fault = inner.fault();
    }
    [[nodiscard]] tl::unexpected<Error> failed() const
    {
        return fail(ErrorCode::Invalid, QString::fromUtf8(m_fault), {},
                    QStringLiteral("undecodable message"));
    }

protected:
    // simdjson's default array and object cannot be read: they have no document.
    struct Nothing
    {
        simdjson::dom::parser arrays;
        simdjson::dom::parser objects;
        Array array;
        Object object;
        Nothing()
        {
            const std::string_view none("[]");
            const std::string_view empty("{}");
            if (arrays.parse(none.data(), none.size(), true).get(array) != simdjson::SUCCESS ||
                objects.parse(empty.data(), empty.size(), true).get(object) != simdjson::SUCCESS)
                std::abort();
        }
    };
    static const Nothing &nothing()
    {
        static const Nothing made;
        return made;
    }

private:
    qint64 within(const char *key, qint64 value, bool (*is)(qint64))
    {
        if (is(value))
            return value;
        note(key);
        return 0;
    }

    Object m_object;
    QByteArray m_path;
    QByteArray m_fault;
};

// A parsed text; its elements are valid as long as it exists.
class Document
{
public:
    // False when text is not one JSON object in valid UTF-8.
    [[nodiscard]] bool parse(QByteArrayView text)
    {
        Element root;
        if (m_parser.parse(text.data(), size_t(text.size()), true).get(root) != simdjson::SUCCESS)
            return false;
        return root.get(m_root) == simdjson::SUCCESS;
    }
    [[nodiscard]] Object root() const { return m_root; }

private:
    simdjson::dom::parser m_parser;
    Object m_root;
};

struct Opened
{
    Document document;
    bool whole;
    explicit Opened(QByteArrayView text) : whole(document.parse(text)) {}
};

// A whole message. A text that is not one JSON object has the fault "/" and no members.
class Message : private Opened, public Reader
{
public:
    explicit Message(QByteArrayView text) : Opened(text), Reader(whole ? document.root() : nothing().object)
    {
        if (!whole)
            note("");
    }
    Message(const Message &) = delete;
    Message &operator=(const Message &) = delete;
};

[[nodiscard]] std::optional<WireValue> readValue(const Element &element);
[[nodiscard]] std::optional<WireFields> readFields(const Object &object,
                                                   bool (*isName)(QByteArrayView) = grammar::isName);

} // namespace clinic::sync::json
