// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/id.h"
#include "core/partialdate.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <variant>

namespace clinic {

// What one column of one row holds: SQLite's storage classes without floating point.
using Value = std::variant<std::monostate, qint64, QString, QByteArray>;

enum class ValueType { Integer, Text, Bytes };

[[nodiscard]] inline bool isNull(const Value &value)
{
    return std::holds_alternative<std::monostate>(value);
}

// Enumerations are stored by code, so that files and messages stay readable and order in code is free to
// change.
template <class E>
struct EnumCodes; // specialised with: static constexpr const char *codes[]

template <class E>
concept CodedEnum = requires
{
    EnumCodes<E>::codes;
};

template <CodedEnum E>
[[nodiscard]] QString enumCode(E e)
{
    return QString::fromLatin1(EnumCodes<E>::codes[static_cast<size_t>(e)]);
}

template <CodedEnum E>
[[nodiscard]] std::optional<E> enumFromCode(QStringView code)
{
    for (size_t i = 0; i < std::size(EnumCodes<E>::codes); ++i) {
        if (code == QLatin1StringView(EnumCodes<E>::codes[i]))
            return static_cast<E>(i);
    }
    return std::nullopt;
}

// Between a struct's member and a Value. Empty text and null ids are NULL in the file.
template <class T>
struct ValueCodec;

template <>
struct ValueCodec<QString>
{
    static constexpr ValueType type = ValueType::Text;
    static Value to(const QString &v) { return v.isEmpty() ? Value{} : Value{v}; }
    static void from(const Value &v, QString &out)
    {
        out = std::holds_alternative<QString>(v) ? std::get<QString>(v) : QString();
    }
};

template <>
struct ValueCodec<QByteArray>
{
    static constexpr ValueType type = ValueType::Bytes;
    static Value to(const QByteArray &v) { return v.isEmpty() ? Value{} : Value{v}; }
    static void from(const Value &v, QByteArray &out)
    {
        out = std::holds_alternative<QByteArray>(v) ? std::get<QByteArray>(v) : QByteArray();
    }
};

template <class T>
requires std::is_integral_v<T>
struct ValueCodec<T>
{
    static constexpr ValueType type = ValueType::Integer;
    static Value to(T v) { return Value{static_cast<qint64>(v)}; }
    static void from(const Value &v, T &out)
    {
        out = std::holds_alternative<qint64>(v) ? static_cast<T>(std::get<qint64>(v)) : T{};
    }
};

template <>
struct ValueCodec<Id>
{
    static constexpr ValueType type = ValueType::Bytes;
    static Value to(const Id &v) { return v.isNull() ? Value{} : Value{v.toBytes()}; }
    static void from(const Value &v, Id &out)
    {
        out = std::holds_alternative<QByteArray>(v) ? Id::fromBytes(std::get<QByteArray>(v)) : Id{};
    }
};

template <>
struct ValueCodec<PartialDate>
{
    static constexpr ValueType type = ValueType::Text;
    static Value to(const PartialDate &v) { return v.isNull() ? Value{} : Value{v.toStored()}; }
    static void from(const Value &v, PartialDate &out)
    {
        out = std::holds_alternative<QString>(v) ? PartialDate::fromStored(std::get<QString>(v))
                                                 : PartialDate{};
    }
};

template <CodedEnum E>
struct ValueCodec<E>
{
    static constexpr ValueType type = ValueType::Text;
    static Value to(E v) { return Value{enumCode(v)}; }
    static void from(const Value &v, E &out)
    {
        out = std::holds_alternative<QString>(v) ? enumFromCode<E>(std::get<QString>(v)).value_or(E{}) : E{};
    }
};

} // namespace clinic
