// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/service.h"

namespace clinic::server {

inline constexpr qint64 pageLimit = 1000; // rows

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
};
// Whether that is where a page may have ended: a number, the entity and the id of its last row.
[[nodiscard]] bool isPlaceInRows(const QByteArray &number, const QByteArray &entity, const QByteArray &id);
// Fills a page up to pageLimit with the first rows of a hospital ($1) of which `which` is true, in that
// order. among: a condition that leaves few rows, by which they are found rather than by the order; empty =
// none.
Result<void> readRows(SqlSession &session, RowPage &page, const QByteArray &which, const QByteArray &order,
                      const Row &parameters, const QByteArray &among = {});

// $1 to $4 of a page in the order rows last changed: before the first of them.
[[nodiscard]] inline Row firstRow(const Id &hospital)
{
    return {idValue(hospital), Value{qint64(0)}, Value{QString(QLatin1Char('!'))}, Value{QByteArray(1, 0)}};
}

} // namespace clinic::server
