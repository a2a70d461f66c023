// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "core/result.h"
#include "sync/wire/grammar.h"
#include "sync/wire/sealer.h"

#include <QMap>

namespace clinic::sync {

// One field's value on the wire: a clear scalar, or an envelope with its fingerprint. The form shows which
// of the two it is, so that a server carries fields it does not know.
struct WireValue
{
    Value clear{};
    QByteArray envelope{};
    QByteArray fingerprint{};

    [[nodiscard]] bool isSealed() const { return !envelope.isEmpty(); }
    [[nodiscard]] bool isNull() const { return !isSealed() && clinic::isNull(clear); }
    // Decides equality: the fingerprint of a sealed value, the bytes of a clear one.
    [[nodiscard]] QByteArray key() const { return isSealed() ? 'f' + fingerprint : valueBytes(clear); }
    friend bool operator==(const WireValue &a, const WireValue &b) { return a.key() == b.key(); }
};

// True when `base`, in the form of a patch (a sealed field's fingerprint as text), equals `current`.
[[nodiscard]] bool isBase(const WireValue &base, const WireValue &current);

// A row's fields by column; an absent column is null.
using WireFields = QMap<QByteArray, WireValue>;

void appendWireValue(QByteArray &out, const WireValue &value);
// The inverse; nothing for an invalid text.
[[nodiscard]] std::optional<WireValue> decodeWireValue(QByteArrayView text);
// {"column":value,...} without nulls.
[[nodiscard]] QByteArray encodeFields(const WireFields &fields);
// Invalid when text is not such an object.
[[nodiscard]] Result<WireFields> decodeFields(QByteArrayView text,
                                              bool (*isName)(QByteArrayView) = grammar::isName);

// The value for a field: opened when sealed, ids and bytes from their text. Nothing when it cannot be opened
// or has another type.
[[nodiscard]] std::optional<Value> localValue(const WireValue &wire, const FieldInfo &field, const Id &row,
                                              const Sealer &sealer);
// The same for a value from a server: a value that must be sealed and is not was not written by a PC of the
// hospital, and gives nothing.
[[nodiscard]] std::optional<Value> receivedValue(const WireValue &wire, const FieldInfo &field, const Id &row,
                                                 const Sealer &sealer);
// A field's value for the wire.
[[nodiscard]] WireValue wireValue(const Value &value, const FieldInfo &field, const Id &row,
                                  const Sealer &sealer);

} // namespace clinic::sync
