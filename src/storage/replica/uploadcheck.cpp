// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "storage/replica/enrolment.h"

// Checks that the rows that were here when this file was connected to a server are still here.
namespace clinic::storage {
namespace {

constexpr const char *stateKey = "uploaded-rows"; // "patient=505/505 ...": number of rows and highest rid

struct Extent
{
    qint64 rows = 0;
    qint64 last = 0;
};

Result<Extent> extentOf(Connection &c, const EntityInfo &entity, qint64 upTo)
{
    Query q = c.query(
        "SELECT count(*), coalesce(max(rid),0) FROM " + QByteArray(entity.name) + " WHERE rid<=?", upTo);
    const Extent extent = q.next() ? Extent{q.integer(0), q.integer(1)} : Extent{};
    return q.ok() ? Result<Extent>(extent) : q.failed();
}

} // namespace

Result<qint64> noteUploadedRows(Connection &c)
{
    QStringList noted;
    qint64 sum = 0;
    for (const EntityInfo *entity : domain::allEntities()) {
        const auto extent = extentOf(c, *entity, std::numeric_limits<qint64>::max());
        if (!extent)
            return fail(extent);
        sum += extent->rows;
        if (extent->rows > 0)
            noted << QStringLiteral("%1=%2/%3")
                         .arg(QLatin1StringView(entity->name))
                         .arg(extent->rows)
                         .arg(extent->last);
    }
    const auto done = setState(c, stateKey, noted.join(u' '));
    return done ? Result<qint64>(sum) : fail(done);
}

Result<void> forgetUploadedRows(Connection &c)
{
    return setState(c, stateKey, QString());
}

Result<QStringList> missingSinceUpload(Connection &c)
{
    const auto noted = stateOf(c, stateKey);
    if (!noted)
        return fail(noted);
    QStringList missing;
    for (const QString &each : noted->split(u' ', Qt::SkipEmptyParts)) {
        const EntityInfo *entity = domain::entityNamed(each.section(u'=', 0, 0));
        const QString numbers = each.section(u'=', 1);
        if (!entity)
            continue;
        const qint64 before = numbers.section(u'/', 0, 0).toLongLong();
        const auto now = extentOf(c, *entity, numbers.section(u'/', 1).toLongLong());
        if (!now)
            return fail(now);
        if (now->rows < before)
            missing << QStringLiteral(
                           "%1 of %2 rows of %3 that were here before this PC was connected are missing")
                           .arg(before - now->rows)
                           .arg(before)
                           .arg(QLatin1StringView(entity->name));
    }
    return missing;
}

} // namespace clinic::storage
