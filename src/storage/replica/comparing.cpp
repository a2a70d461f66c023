// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "storage/replica/enrolment.h"
#include "storage/replica/replica.h"

// Whether this file has what its server has. Nothing should ever differ; if something does, by a mistake of
// ours or of a disk, it is found and mended here.
namespace clinic::storage {
namespace {

// Every row that is in its table, with the version the server gave it.
Result<void> eachRow(Connection &c, const std::function<void(const sync::RowVersion &)> &take)
{
    for (const EntityInfo *entity : domain::allEntities()) {
        Query q = c.query("SELECT s.id, s.rv FROM row_state s JOIN " + QByteArray(entity->name) +
                              " t ON t.id=s.id WHERE s.entity=?",
                          QString::fromLatin1(entity->name));
        while (q.next())
            take({entity->name, q.id(0), q.integer(1)});
        if (!q.ok())
            return q.failed();
    }
    return {};
}

// Only what stands at the very same number can be compared.
Result<bool> isHere(Connection &c, const sync::Stamp &stamp)
{
    Query q = c.query("SELECT 1 FROM cursor WHERE id=1 AND epoch=? AND seq=?", stamp.epoch, stamp.head);
    const bool here = q.next();
    return q.ok() ? Result<bool>(here) : q.failed();
}

} // namespace

Result<void> Replica::take(const sync::DigestReply &reply)
{
    return m_database.transactLocal([&](Connection &c) -> Result<void> {
        const auto here = isHere(c, reply);
        if (!here || !*here)
            return here ? Result<void>() : fail(here);
        sync::Digest mine;
        const auto read =
            eachRow(c, [&](const sync::RowVersion &row) { mine.add(row.entity, row.id, row.version); });
        if (!read)
            return read;
        QStringList differing;
        for (int part = 0; part < sync::digestParts; ++part) {
            if (mine.part(part) != reply.digest.part(part))
                differing << QString::number(part);
        }
        if (auto kept = setState(c, "check-parts", differing.join(u',')); !kept || !differing.isEmpty())
            return kept;
        return setState(c, "checked-at", QString::number(reply.now));
    });
}

Result<void> Replica::take(const sync::VersionsReply &reply)
{
    return write(QStringLiteral("comparison"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        const auto here = isHere(c, reply);
        if (!here || !*here)
            return here ? Result<void>() : fail(here);
        const QSet<int> parts(reply.parts.begin(), reply.parts.end());
        QHash<QPair<QByteArray, Id>, qint64> mine;
        const auto read = eachRow(c, [&](const sync::RowVersion &row) {
            if (parts.contains(sync::digestPart(row.id)))
                mine.insert({row.entity, row.id}, row.version);
        });
        if (!read)
            return read;
        for (const sync::RowVersion &row : reply.rows) {
            const auto known = mine.constFind({row.entity, row.id});
            const bool same = known != mine.constEnd() && *known == row.version;
            mine.remove({row.entity, row.id});
            const QString name = QString::fromLatin1(row.entity);
            if (same || !domain::entityNamed(name))
                continue;
            auto asked = c.exec("INSERT INTO repair VALUES (?,?) ON CONFLICT DO NOTHING", name, row.id);
            if (asked) // whatever is noted of it is in doubt
                asked = c.exec("DELETE FROM row_state WHERE entity=? AND id=?", name, row.id);
            if (!asked)
                return asked;
        }
        for (auto it = mine.constBegin(); it != mine.constEnd(); ++it) {
            const EntityInfo *entity = domain::entityNamed(QString::fromLatin1(it.key().first));
            auto done = c.exec("DELETE FROM row_state WHERE entity=? AND id=?",
                               QString::fromLatin1(entity->name), it.key().second);
            if (done)
                done = c.exec("UPDATE base_row SET fields='null' WHERE entity=? AND id=?",
                              QString::fromLatin1(entity->name), it.key().second);
            if (done)
                done = keeper.layAgain(*entity, it.key().second, QStringLiteral("not on the server"));
            if (!done)
                return done;
        }
        Query q = c.query("SELECT value FROM local_state WHERE \"key\"='check-parts'");
        QStringList left = q.next() ? q.text(0).split(u',', Qt::SkipEmptyParts) : QStringList();
        left.removeIf([&](const QString &part) { return parts.contains(part.toInt()); });
        if (auto over =
                left.isEmpty() ? setState(c, "checked-at", QString::number(reply.now)) : Result<void>();
            !over)
            return over;
        return setState(c, "check-parts", left.join(u','));
    });
}

} // namespace clinic::storage
