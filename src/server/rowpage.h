// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"
#include "sync/wire/limits.h"

namespace clinic::server {

inline constexpr qint64 pageLimit = 1000; // rows, and sync::limits::page bytes

// The condition by which a device's rows are told from others', and its parameters ($1 is the hospital).
[[nodiscard]] QByteArray visibleTo(const DeviceRecord &device, Row &parameters);

// Rows as they stand in an answer, with commas between them, and the last of them.
struct RowPage
{
    QByteArray rows{};
    qint64 count = 0;
    qint64 lastSeq = 0;
    QByteArray lastEntity{};
    Id lastId{};
    [[nodiscard]] bool isFull() const { return count >= pageLimit || rows.size() >= sync::limits::page; }
};
// Whether that is where a page may have ended: a number, the entity and the id of its last row.
[[nodiscard]] bool isPlaceInRows(const QByteArray &number, const QByteArray &entity, const QByteArray &id);
// By when they last changed (from seq, entity and id in $2 to $4 on), or by entity and id (in $2 and $3).
enum class RowOrder { LastChanged, ByName };
// Fills a page with the first rows of a hospital ($1) of which `which` is true, in that order. among: a
// condition that leaves few rows, by which they are found rather than by the order; empty = none.
Result<void> readRows(SqlSession &session, RowPage &page, const QByteArray &which, RowOrder order,
                      Row parameters, const QByteArray &among = {});

// $1 to $4 of a page in the order rows last changed: before the first of them.
[[nodiscard]] inline Row firstRow(const Id &hospital)
{
    return {idValue(hospital), Value{qint64(0)}, Value{QString(QLatin1Char('!'))}, Value{QByteArray(1, 0)}};
}

// News as they lie in the log, a page of them.
struct NewsPage
{
    struct Group
    {
        qint64 seq = 0;
        Id device{};
        qint64 number = 0;
        QByteArray rows{};
    };
    std::vector<Group> groups{};
    bool isFull = false; // there are more; a group that is larger than a page comes whole and alone
    [[nodiscard]] qint64 lastSeq() const { return groups.empty() ? 0 : groups.back().seq; }
};
[[nodiscard]] Result<NewsPage> readNews(SqlSession &session, const Id &hospital, const DeviceRecord &device,
                                        qint64 after);

} // namespace clinic::server
