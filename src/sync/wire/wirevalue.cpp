// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/wirevalue.h"

#include "sync/wire/json.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::sync {

void appendWireValue(QByteArray &out, const WireValue &value)
{
    JsonWriter writer(out);
    if (value.isSealed())
        writer.open().text("e", value.envelope).text("f", value.fingerprint).close();
    else
        writer.value(value.clear);
}

bool isBase(const WireValue &base, const WireValue &current)
{
    if (current.isSealed())
        return base.clear == Value{QString::fromLatin1(current.fingerprint)};
    return base.key() == current.key();
}

QByteArray encodeFields(const WireFields &fields)
{
    QByteArray out;
    JsonWriter writer(out);
    writer.open();
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (it->isNull())
            continue;
        writer.name(it.key());
        appendWireValue(out, *it);
    }
    writer.close();
    return out;
}

namespace json {

std::optional<WireValue> readValue(const Element &element)
{
    WireValue value;
    std::string_view text;
    int64_t number = 0;
    Object sealed;
    if (element.is_null())
        return value;
    if (element.get(number) == simdjson::SUCCESS) {
        if (!grammar::isFieldInteger(number))
            return std::nullopt;
        value.clear = qint64(number);
        return value;
    }
    if (element.get(text) == simdjson::SUCCESS) {
        value.clear = QString::fromUtf8(view(text));
        return value;
    }
    if (element.get(sealed) == simdjson::SUCCESS) {
        Reader reader(sealed);
        value.envelope = reader.word("e", grammar::isEnvelope);
        value.fingerprint = reader.word("f", grammar::isBase64);
        if (reader.ok())
            return value;
    }
    return std::nullopt;
}

std::optional<WireFields> readFields(const Object &object, bool (*isName)(QByteArrayView))
{
    WireFields fields;
    for (const auto &member : object) {
        const auto value = readValue(member.value);
        const QByteArray column = view(member.key).toByteArray();
        if (!value || !isName(column) || fields.contains(column))
            return std::nullopt;
        fields.insert(column, *value);
    }
    return fields;
}

} // namespace json

std::optional<WireValue> decodeWireValue(QByteArrayView text)
{
    simdjson::dom::parser parser;
    json::Element value;
    if (parser.parse(text.data(), size_t(text.size()), true).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return json::readValue(value);
}

Result<WireFields> decodeFields(QByteArrayView text, bool (*isName)(QByteArrayView))
{
    json::Document document;
    if (!document.parse(text))
        return fail(ErrorCode::Invalid, QStringLiteral("fields"));
    const auto fields = json::readFields(document.root(), isName);
    if (!fields)
        return fail(ErrorCode::Invalid, QStringLiteral("fields"));
    return *fields;
}

std::optional<Value> localValue(const WireValue &wire, const FieldInfo &field, const Id &row,
                                const Sealer &sealer)
{
    if (wire.isSealed())
        return sealer.open(wire.envelope, row, field.column);
    if (isNull(wire.clear))
        return Value{};
    if (field.type == ValueType::Integer)
        return std::holds_alternative<qint64>(wire.clear) ? std::optional(wire.clear) : std::nullopt;
    const auto *text = std::get_if<QString>(&wire.clear);
    if (!text)
        return std::nullopt;
    if (field.type == ValueType::Text)
        return wire.clear;
    if (const Id id = Id::fromString(*text); !id.isNull())
        return Value{id.toBytes()};
    const auto bytes =
        QByteArray::fromBase64Encoding(text->toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? std::optional(Value{*bytes}) : std::nullopt;
}

std::optional<Value> receivedValue(const WireValue &wire, const FieldInfo &field, const Id &row,
                                   const Sealer &sealer)
{
    const bool isForged = field.sealing == Sealing::Sealed && !wire.isSealed() && !wire.isNull();
    return isForged ? std::nullopt : localValue(wire, field, row, sealer);
}

WireValue wireValue(const Value &value, const FieldInfo &field, const Id &row, const Sealer &sealer)
{
    if (isNull(value))
        return {};
    if (field.sealing == Sealing::Sealed)
        return {{}, sealer.envelope(value, row, field.column), sealer.fingerprint(value, row, field.column)};
    if (const auto *bytes = std::get_if<QByteArray>(&value)) // as the encoder writes them
        return {Value{bytes->size() == 16 ? Id::fromBytes(*bytes).toString()
                                          : QString::fromLatin1(bytes->toBase64())}};
    return {value};
}

} // namespace clinic::sync
