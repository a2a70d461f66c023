// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/wire/wirevalue.h"

#include "sync/wire/groupencoder.h"
#include "sync/wire/json.h"

namespace clinic::sync {

void appendWireValue(QByteArray &out, const WireValue &value)
{
    if (value.isSealed())
        out.append("{\"e\":\"")
            .append(value.envelope)
            .append("\",\"f\":\"")
            .append(value.fingerprint)
            .append("\"}");
    else
        appendJsonValue(out, value.clear);
}

bool isBase(const WireValue &base, const WireValue &current)
{
    if (current.isSealed())
        return base.clear == Value{QString::fromLatin1(current.fingerprint)};
    return base.key() == current.key();
}

QByteArray encodeFields(const WireFields &fields)
{
    QByteArray out("{");
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        if (it->isNull())
            continue;
        out.append(out.size() > 1 ? ",\"" : "\"").append(it.key()).append("\":");
        appendWireValue(out, *it);
    }
    return out.append('}');
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
        value.clear = qint64(number);
        return value;
    }
    if (element.get(text) == simdjson::SUCCESS) {
        value.clear = QString::fromUtf8(view(text));
        return value;
    }
    if (element.get(sealed) == simdjson::SUCCESS) {
        Reader reader(sealed);
        value.envelope = reader.bytes("e");
        value.fingerprint = reader.bytes("f");
        // Copied into messages as they are, so nothing that would need escaping may stand in them.
        const auto plain = [](const QByteArray &part) {
            return !part.isEmpty() && std::all_of(part.begin(), part.end(), [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '+' || c == '/' || c == '=' || c == '.';
            });
        };
        if (reader.ok() && plain(value.envelope) && plain(value.fingerprint))
            return value;
    }
    return std::nullopt;
}

std::optional<WireFields> readFields(const Object &object)
{
    WireFields fields;
    for (const auto &member : object) {
        const auto value = readValue(member.value);
        const QByteArray column = view(member.key).toByteArray();
        const bool named = !column.isEmpty() && std::all_of(column.begin(), column.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
        if (!value || !named || fields.contains(column))
            return std::nullopt;
        fields.insert(column, *value);
    }
    return fields;
}

} // namespace json

Result<WireFields> decodeFields(QByteArrayView text)
{
    json::Document document;
    if (!document.parse(text))
        return fail(ErrorCode::Invalid, QStringLiteral("fields"));
    const auto fields = json::readFields(document.root());
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
