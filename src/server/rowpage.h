// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"
#include "sync/wire/limits.h"

namespace clinic::server {

inline constexpr qint64 pageLimit = 1000; // rows, and sync::limits::page bytes

// The condition for the rows that a device may read, and its parameters ($1 is the hospital).
[[nodiscard]] QByteArray visibleTo(const DeviceRecord &device, Row &parameters);

// Encoded rows, separated by commas, and the last of them.
struct RowPage
{
    QByteArray rows{};
    qint64 count = 0;
    qint64 lastSeq = 0;
    QByteArray lastEntity{};
    Id lastId{};
    [[nodiscard]] bool isFull() const { return count >= pageLimit || rows.size() >= sync::limits::page; }
};
// Whether these can be the end of a page: a number, the entity and the id of its last row.
[[nodiscard]] bool isPlaceInRows(const QByteArray &number, const QByteArray &entity, const QByteArray &id);
// In order of last change (from seq, entity and id in $2 to $4 on), or of entity and id (in $2 and $3).
enum class RowOrder { LastChanged, ByName };
// Fills a page with the first rows of a hospital ($1) that fulfil `which`, in that order. among: a selective
// condition for finding them faster than by the order; empty = none.
Result<void> readRows(SqlSession &session, RowPage &page, const QByteArray &which, RowOrder order,
                      Row parameters, const QByteArray &among = {});

// $1 to $4 for the first page in order of last change.
[[nodiscard]] inline Row firstRow(const Id &hospital)
{
    return {idValue(hospital), Value{qint64(0)}, Value{QString(QLatin1Char('!'))}, Value{QByteArray(1, 0)}};
}

// A page of change log entries.
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
    bool isFull = false; // more follow; a group larger than a page comes whole and alone
    [[nodiscard]] qint64 lastSeq() const { return groups.empty() ? 0 : groups.back().seq; }
};
[[nodiscard]] Result<NewsPage> readNews(SqlSession &session, const Id &hospital, const DeviceRecord &device,
                                        qint64 after);

} // namespace clinic::server
