// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/id.h"

#include <QUuid>
#include <atomic>
#include <mutex>
#include <sodium.h>

namespace clinic {

Id Id::create(qint64 unixMs)
{
    // Monotonic within the process even when the clock steps back, so that the insertion order is kept.
    static std::mutex mutex;
    static qint64 lastMs = 0;
    static quint16 counter = 0;
    qint64 ms;
    quint16 count;
    {
        const std::lock_guard lock(mutex);
        if (unixMs > lastMs) {
            lastMs = unixMs;
            counter = 0;
        } else if (++counter == 0x1000) {
            ++lastMs;
            counter = 0;
        }
        ms = lastMs;
        count = counter;
    }
    Id id;
    for (int i = 0; i < 6; ++i)
        id.m_bytes[size_t(i)] = static_cast<unsigned char>(ms >> (8 * (5 - i)));
    id.m_bytes[6] = static_cast<unsigned char>(0x70 | (count >> 8));
    id.m_bytes[7] = static_cast<unsigned char>(count & 0xff);
    randombytes_buf(id.m_bytes.data() + 8, 8);
    id.m_bytes[8] = static_cast<unsigned char>((id.m_bytes[8] & 0x3f) | 0x80);
    return id;
}

Id Id::derived(const Id &cause, QByteArrayView role)
{
    const QUuid ns = QUuid::fromRfc4122(cause.toBytes());
    return fromBytes(QUuid::createUuidV5(ns, role.toByteArray()).toRfc4122());
}

Id Id::fromString(QStringView text)
{
    // QUuid accepts several spellings of an id, and ignores trailing characters.
    constexpr qsizetype length = 36;
    if (text.size() != length)
        return {};
    Id id;
    size_t digits = 0;
    for (qsizetype i = 0; i < length; ++i) {
        const char16_t c = text[i].unicode();
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != u'-')
                return {};
            continue;
        }
        const int digit = c >= u'0' && c <= u'9' ? c - u'0' : c >= u'a' && c <= u'f' ? c - u'a' + 10 : -1;
        if (digit < 0)
            return {};
        unsigned char &byte = id.m_bytes[digits / 2];
        byte = static_cast<unsigned char>((byte << 4) | digit);
        ++digits;
    }
    return id;
}

Id Id::fromBytes(QByteArrayView bytes)
{
    Id id;
    if (bytes.size() == 16)
        std::copy_n(reinterpret_cast<const unsigned char *>(bytes.data()), 16, id.m_bytes.begin());
    return id;
}

QString Id::toString() const
{
    return QUuid::fromRfc4122(toBytes()).toString(QUuid::WithoutBraces);
}

void Id::appendTo(QByteArray &out) const
{
    constexpr char digits[] = "0123456789abcdef";
    char text[36];
    char *at = text;
    for (size_t i = 0; i < m_bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[m_bytes[i] >> 4];
        *at++ = digits[m_bytes[i] & 15];
    }
    out.append(text, sizeof text);
}

} // namespace clinic
