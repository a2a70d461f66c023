// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <QString>
#include <array>
#include <compare>

namespace clinic {

// A row's identity everywhere: 16 bytes, UUIDv7 for new rows (RFC 9562), UUIDv5 for rows derived from a
// cause.
class Id
{
public:
    constexpr Id() = default;

    // A new id whose first 48 bits are unixMs; ids made in one process never repeat and sort by time.
    [[nodiscard]] static Id create(qint64 unixMs);
    // The id of the one row that may exist for this cause: the same on every device.
    [[nodiscard]] static Id derived(const Id &cause, QByteArrayView role);
    // Null when text is not a UUID.
    [[nodiscard]] static Id fromString(QStringView text);
    // Null when bytes is not 16 long.
    [[nodiscard]] static Id fromBytes(QByteArrayView bytes);

    [[nodiscard]] bool isNull() const { return *this == Id{}; }
    [[nodiscard]] QString toString() const;
    // The same text onto the end of `out`, without a detour.
    void appendTo(QByteArray &out) const;
    [[nodiscard]] QByteArray toBytes() const { return {reinterpret_cast<const char *>(m_bytes.data()), 16}; }
    [[nodiscard]] const unsigned char *data() const { return m_bytes.data(); }
    [[nodiscard]] QByteArrayView view() const { return {m_bytes.data(), qsizetype(m_bytes.size())}; }

    auto operator<=>(const Id &) const = default;

private:
    std::array<unsigned char, 16> m_bytes{};
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept
    {
        return qHashBits(id.m_bytes.data(), id.m_bytes.size(), seed);
    }
};

} // namespace clinic
