// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value.h"

#include <QByteArray>

namespace clinic::sync {

// Appends JSON to a text: no spaces, members in order of writing. Escapes every name and text and replaces
// invalid UTF-8, so that no sent text can end a string, a row or a message. The only JSON writer in sync and
// server (tst_house).
class JsonWriter
{
public:
    explicit JsonWriter(QByteArray &out) : m_out(out) {}

    // Objects and lists; a member has a name.
    JsonWriter &open() { return begin('{'); }
    JsonWriter &open(QByteArrayView name) { return this->name(name).begin('{'); }
    JsonWriter &close() { return end('}'); }
    JsonWriter &openList() { return begin('['); }
    JsonWriter &openList(QByteArrayView name) { return this->name(name).begin('['); }
    JsonWriter &closeList() { return end(']'); }

    // The name of a member; the next call writes its value.
    JsonWriter &name(QByteArrayView name);

    JsonWriter &text(QByteArrayView utf8);
    JsonWriter &number(qint64 number);
    JsonWriter &flag(bool flag);
    JsonWriter &null();
    JsonWriter &id(const Id &id);
    // A field's value: bytes as base64, an id as its text.
    JsonWriter &value(const Value &value);
    // JSON that this class wrote, or that the strict decoder read.
    JsonWriter &json(QByteArrayView json);

    JsonWriter &text(QByteArrayView name, QByteArrayView utf8) { return this->name(name).text(utf8); }
    template <class T>
    requires std::is_same_v<T, QString> // excludes QByteArray
        JsonWriter &text(QByteArrayView name, const T &text)
    {
        return this->text(name, text.toUtf8());
    }
    JsonWriter &number(QByteArrayView name, qint64 number) { return this->name(name).number(number); }
    JsonWriter &flag(QByteArrayView name, bool flag) { return this->name(name).flag(flag); }
    JsonWriter &id(QByteArrayView name, const Id &id) { return this->name(name).id(id); }
    JsonWriter &base64(QByteArrayView name, const QByteArray &bytes) { return text(name, bytes.toBase64()); }
    JsonWriter &json(QByteArrayView name, QByteArrayView json) { return this->name(name).json(json); }

    // The same, left out when empty.
    JsonWriter &anyText(QByteArrayView name, QByteArrayView utf8)
    {
        return utf8.isEmpty() ? *this : text(name, utf8);
    }
    JsonWriter &anyId(QByteArrayView name, const Id &id) { return id.isNull() ? *this : this->id(name, id); }

private:
    void separate();
    JsonWriter &begin(char bracket);
    JsonWriter &end(char bracket);

    QByteArray &m_out;
};

} // namespace clinic::sync
