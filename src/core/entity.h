// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/value.h"

#include <span>

namespace clinic {

// What every synced row carries besides its own columns. Taken from the group's header; never patched or
// merged.
struct Row
{
    qint64 rid = 0; // local row number; 0 = not stored yet; never leaves this file
    Id id{};
    Id branchId{}; // null = shared by the whole hospital
    qint64 createdAt = 0;
    Id createdBy{};
    qint64 updatedAt = 0;
    Id updatedBy{};

    [[nodiscard]] bool isStored() const { return rid != 0; }
};

enum class Sealing { Clear, Sealed }; // Sealed: leaves the device only as an envelope

// What happens on the server when two people changed the same field (docs: sync, section 3).
enum class ConflictPolicy {
    KeepServer, // the stored value stays, the other is kept for a person to decide
    TakeLater,  // the later arrival is taken, the other is kept
    Frozen,     // never changes after insert
    Erasable,   // the same, but it may be emptied: nobody is to know any more who it was
};

// One column of one entity: every algorithm (insert, difference, wire, audit, CSV) is written once against
// this.
struct FieldInfo
{
    const char *column;
    const char *label; // English; translated in context "Field"
    ValueType type;
    Sealing sealing;
    ConflictPolicy policy;
    Value (*get)(const Row &);
    void (*set)(Row &, const Value &);
    bool secret = false; // never shown to anybody, and not written to the audit
};

[[nodiscard]] constexpr FieldInfo asSecret(FieldInfo field)
{
    field.secret = true;
    return field;
}

struct EntityInfo
{
    const char *name;  // table name and name on the wire
    const char *label; // English; translated in context "Entity"
    std::span<const FieldInfo> fields;
    bool appendOnly = false;
    bool perBranch = false;  // rows belong to the branch they were made in
    bool everywhere = false; // and every PC has them all the same
    bool fromServer = false; // the server alone makes them

    [[nodiscard]] int indexOf(std::string_view column) const
    {
        for (size_t i = 0; i < fields.size(); ++i) {
            if (column == fields[i].column)
                return static_cast<int>(i);
        }
        return -1;
    }
};

namespace detail {
template <class>
struct MemberOf;
template <class C, class T>
struct MemberOf<T C::*>
{
    using Class = C;
    using Type = T;
};
} // namespace detail

template <auto Member>
constexpr FieldInfo field(const char *column, const char *label, Sealing sealing, ConflictPolicy policy)
{
    using Class = typename detail::MemberOf<decltype(Member)>::Class;
    using Type = typename detail::MemberOf<decltype(Member)>::Type;
    static_assert(std::is_base_of_v<Row, Class>);
    return {column,
            label,
            ValueCodec<Type>::type,
            sealing,
            policy,
            [](const Row &row) { return ValueCodec<Type>::to(static_cast<const Class &>(row).*Member); },
            [](Row &row, const Value &v) { ValueCodec<Type>::from(v, static_cast<Class &>(row).*Member); },
            false};
}

} // namespace clinic
