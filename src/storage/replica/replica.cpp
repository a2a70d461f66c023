// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/replica/replica.h"

#include "domain/entities.h"
#include "storage/auditlog.h"
#include "storage/replica/documentqueue.h"
#include "storage/replica/enrolment.h"
#include "sync/wire/enrolment.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::storage {
namespace replicadetail {

// By the server's time: a PC whose clock jumps must not delete its archive.
constexpr qint64 archiveDays = 90;
constexpr qint64 dayMs = 24 * 60 * 60 * 1000;
constexpr int auditPage = 300;
constexpr qint64 mostRepairs = 500; // rows requested at once
constexpr const char *auditSent =
    "coalesce((SELECT CAST(value AS INTEGER) FROM local_state WHERE \"key\"='audit-sent'),0)";

Result<qint64> number(Connection &c, QByteArrayView sql)
{
    Query q = c.query(sql);
    if (!q.next())
        return q.ok() ? Result<qint64>(0) : q.failed();
    return q.integer(0);
}

Result<void> moveCursor(Connection &c, qint64 seq)
{
    return c.exec("UPDATE cursor SET seq=? WHERE id=1", seq);
}

} // namespace replicadetail

using namespace replicadetail;

Result<Kept> kept(Connection &connection)
{
    Query q = connection.query("SELECT scopes FROM cursor WHERE id=1 AND scopes IS NOT NULL");
    if (q.next())
        return Kept{q.text(0).toLatin1()};
    return q.ok() ? Result<Kept>(Kept()) : q.failed();
}

Result<bool> isLoading(Connection &connection)
{
    Query q = connection.query("SELECT 1 FROM local_state e JOIN local_state b ON e.\"key\"='enrolled' AND "
                               "e.value='1' AND b.\"key\"='booted' AND b.value='0'");
    const bool loading = q.next();
    return q.ok() ? Result<bool>(loading) : q.failed();
}

Result<bool> hasWholeChart(Connection &connection, const Id &patient)
{
    const auto what = kept(connection);
    if (!what)
        return fail(what);
    if (what->everything())
        return true;
    Query q = connection.query("SELECT 1 FROM chart_here WHERE patient=?", patient);
    const bool here = q.next();
    return q.ok() ? Result<bool>(here) : q.failed();
}

Result<ReplicaState> Replica::state()
{
    ReplicaState state;
    Connection &c = connection();
    {
        Query q = c.query("SELECT \"key\", value FROM local_state");
        while (q.next()) {
            const QString key = q.text(0);
            if (key == u"enrolled")
                state.enrolled = q.text(1) == u"1";
            else if (key == u"servers")
                state.servers = q.text(1).split(u' ', Qt::SkipEmptyParts);
            else if (key == u"server-certificate")
                state.certificate = QByteArray::fromBase64(q.text(1).toLatin1());
            else if (key == u"server-authority")
                state.authority = q.text(1).toLatin1();
            else if (key == u"server-key")
                state.serverKey = QByteArray::fromBase64(q.text(1).toLatin1());
            else if (key == u"boot-after")
                state.bootAfter = q.text(1).toLatin1();
            else if (key == u"boot-rows")
                state.bootRows = q.text(1).toLongLong();
            else if (key == u"boot-had")
                state.bootHad = q.text(1).toLongLong();
            else if (key == u"checked-at")
                state.checkedAt = q.text(1).toLongLong();
            else if (key == u"check-parts")
                state.checkParts = q.text(1).toLatin1();
            else if (key == u"booted")
                state.booted = q.text(1) == u"1";
            else if (key == u"device")
                state.device = Id::fromString(q.text(1));
            else if (key == u"successor-of")
                state.successorOf = Id::fromString(q.text(1));
        }
        if (!q.ok())
            return q.failed();
    }
    {
        Query q = c.query("SELECT epoch, seq, coalesce(scopes,'*') FROM cursor WHERE id=1");
        if (q.next()) {
            state.epoch = q.bytes(0);
            state.seq = q.integer(1);
            state.scopes = q.text(2).toLatin1();
        }
    }
    const auto keys = m_database.identity().sealer.keys();
    state.keyId = keys.newest();
    const auto paper = recoveryKey();
    if (!paper)
        return fail(paper);
    state.paper = sync::paperId(keys, *paper);
    const std::pair<qint64 *, const char *> counts[] = {
        {&state.waiting, "SELECT count(*) FROM outbox WHERE state='waiting'"},
        {&state.held, "SELECT count(*) FROM outbox WHERE state='held'"},
        {&state.openConflicts, "SELECT count(*) FROM conflict WHERE resolved=0"},
        {&state.openAttention, "SELECT count(*) FROM attention WHERE resolved=0"},
        {&state.sharedIdentifiers, countSharedIdentifiers},
        {&state.auditBroken, "SELECT CAST(value AS INTEGER) FROM local_state WHERE \"key\"='audit-broken'"},
        {&state.auditForked, "SELECT CAST(value AS INTEGER) FROM local_state WHERE \"key\"='audit-forked'"},
        {&state.repairs, "SELECT count(*) FROM repair"},
        {&state.documentsWaiting,
         "SELECT count(*) FROM blob b WHERE state='unsent' AND asked<>2 AND EXISTS (SELECT 1 FROM "
         "document d WHERE d.content=b.content)"},
        {&state.nextN, "SELECT coalesce((SELECT value FROM counter WHERE name='outbox'),0)+1"},
        {&state.firstN, "SELECT coalesce((SELECT min(n) FROM outbox WHERE device IS NULL),(SELECT value FROM "
                        "counter WHERE name='outbox')+1,1)"}};
    for (const auto &[target, sql] : counts) {
        const auto count = number(c, sql);
        if (!count)
            return fail(count);
        *target = *count;
    }
    const auto events = number(c, QByteArray("SELECT coalesce(max(n),0)-") + auditSent + " FROM audit_event");
    if (!events)
        return fail(events);
    state.auditWaiting = qMax<qint64>(0, *events);
    return state;
}

Result<QByteArray> Replica::auditRequest(qint64 *after)
{
    const auto sent = number(connection(), QByteArray("SELECT ") + auditSent);
    if (!sent)
        return fail(sent);
    const auto batch =
        auditBatch(connection(), m_database.identity(), after ? qMax(*after, *sent) : *sent, auditPage);
    if (!batch)
        return fail(batch);
    if (after) {
        if (batch->records.isEmpty())
            return QByteArray();
        *after = batch->records.last().n;
    }
    return sync::encodeAudit(*batch);
}

Result<void> Replica::take(const sync::AuditReply &reply)
{
    return m_database.transactLocal([&](Connection &c) -> Result<void> {
        // The server has another chain: its number says nothing about this file.
        if (reply.broken > 0)
            return setState(c, "audit-broken", QString::number(reply.broken));
        // The server has more events than this file: an older copy of the file was restored, and only audit
        // events are missing.
        const auto own = number(c, "SELECT coalesce(max(n),0) FROM audit_event");
        if (!own)
            return fail(own);
        if (reply.kept > *own)
            return setState(c, "audit-broken", QString::number(*own + 1));
        auto step = setState(c, "audit-sent", QString::number(reply.kept));
        // The server has signed this event: a chain that is shorter or differs later was changed here.
        if (step && reply.kept > 0)
            step = setState(c, "audit-signed",
                            QStringLiteral("%1 %2 %3 %4")
                                .arg(reply.kept)
                                .arg(QString::fromLatin1(reply.hash.toBase64()),
                                     QString::fromLatin1(reply.signature.toBase64()),
                                     m_database.identity().device.toString()));
        return step;
    });
}

Result<QByteArray> Replica::repairRequest()
{
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open().openList("rows");
    Query q = connection().query("SELECT entity, id FROM repair ORDER BY entity, id LIMIT ?", mostRepairs);
    while (q.next())
        writer.open().text("e", q.text(0)).id("i", q.id(1)).close();
    if (!q.ok())
        return q.failed();
    writer.closeList().close();
    return out;
}

Result<void> Replica::write(const QString &reason,
                            const std::function<Result<void>(RowKeeper &, Connection &)> &work)
{
    return m_database.apply([&](Connection &c) -> Result<QList<domain::RowChange>> {
        RowKeeper keeper(c, m_database.identity());
        auto done = keeper.begin(reason);
        if (done)
            done = work(keeper, c);
        if (done)
            done = keeper.finish();
        if (!done)
            return fail(done);
        return keeper.changed();
    });
}

Result<void> Replica::take(const sync::PullReply &reply)
{
    return write(QStringLiteral("pull"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        QByteArray epoch;
        qint64 seq = 0;
        {
            Query q = c.query("SELECT epoch, seq FROM cursor WHERE id=1");
            if (q.next()) {
                epoch = q.bytes(0);
                seq = q.integer(1);
            }
        }
        if (reply.epoch != epoch || reply.to < seq)
            return fail(ErrorCode::Invalid, QStringLiteral("epoch"), {}, QStringLiteral("another history"));
        for (const sync::ServerGroup &group : reply.groups) {
            if (group.seq <= seq)
                continue; // a repeated page
            if (group.device == m_database.identity().device && group.group > 0) {
                if (auto done = noteOwn(group); !done)
                    return done;
            }
            for (const sync::ServerRow &row : group.rows) {
                if (auto done = keeper.take(row); !done)
                    return done;
            }
        }
        if (auto done = moveCursor(c, reply.to); !done)
            return done;
        if (auto done = c.exec("DELETE FROM outbox_archive WHERE acknowledged_at < ?",
                               reply.now - archiveDays * dayMs);
            !done)
            return done;
        return retirePassed(keeper, reply.to, reply.now);
    });
}

Result<void> Replica::take(const sync::BootReply &reply)
{
    return write(QStringLiteral("first load"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        for (const sync::ServerRow &row : reply.rows) {
            if (auto done = keeper.take(row); !done)
                return done;
        }
        if (auto done = setState(c, "boot-after", QString::fromLatin1(reply.after)); !done)
            return done;
        const auto had = number(c, "SELECT CAST(value AS INTEGER) FROM local_state WHERE \"key\"='boot-had'");
        if (!had)
            return fail(had);
        if (reply.total > 0) {
            if (auto done = setState(c, "boot-rows", QString::number(reply.total)); !done)
                return done;
        }
        if (auto done =
                setState(c, "boot-had", QString::number(reply.total > 0 ? 0 : *had + reply.rows.size()));
            !done)
            return done;
        if (!reply.done)
            return {};
        // Rows that the server never named are not in its history, or no longer in this PC's scopes: rows
        // with unsent changes stay, others move to unknown_row, or are removed.
        const auto narrowed = number(c, "SELECT count(*) FROM local_state WHERE \"key\"='narrowed' AND "
                                        "value='1'");
        if (!narrowed)
            return fail(narrowed);
        for (const EntityInfo *entity : domain::allEntities()) {
            QList<Id> left;
            Query q = c.query("SELECT t.id FROM " + QByteArray(entity->name) +
                                  " t LEFT JOIN row_state s ON s.entity=? AND s.id=t.id WHERE s.id IS NULL",
                              QString::fromLatin1(entity->name));
            while (q.next())
                left << q.id(0);
            if (!q.ok())
                return q.failed();
            for (const Id &id : std::as_const(left)) {
                const auto waits = c.query("SELECT 1 FROM unsent WHERE entity=? AND id=?",
                                           QString::fromLatin1(entity->name), id)
                                       .next();
                const QString reason = QStringLiteral("not on the server");
                const auto done = *narrowed ? keeper.layAgain(*entity, id)
                                  : waits   ? keeper.layAgain(*entity, id, reason)
                                            : keeper.setAside(*entity, id, reason);
                if (!done)
                    return done;
            }
        }
        if (auto done = setState(c, "narrowed", QString()); !done)
            return done;
        if (auto done = forgetStrayDocuments(c); !done)
            return done;
        if (auto done = setState(c, "booted", QStringLiteral("1")); !done)
            return done;
        if (auto done = moveCursor(c, reply.to); !done)
            return done;
        return retirePassed(keeper, reply.to, reply.now);
    });
}

Result<void> Replica::take(const sync::RepairReply &reply)
{
    return write(QStringLiteral("repair"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        // The answer covers this many of the requested rows; a row that is missing from it is not in this
        // PC's scopes.
        const qint64 answered = reply.after.isEmpty() ? mostRepairs : reply.after.toLongLong();
        auto asked =
            c.exec("DELETE FROM repair WHERE (entity, id) IN (SELECT entity, id FROM repair ORDER BY "
                   "entity, id LIMIT ?)",
                   answered);
        if (!asked)
            return asked;
        // The local version is in doubt, so the received row is taken whatever its version.
        for (const sync::ServerRow &row : reply.rows) {
            if (auto done = c.exec("UPDATE row_state SET rv=0 WHERE entity=? AND id=? AND rv<=?",
                                   QString::fromLatin1(row.entity), row.id, row.version);
                !done)
                return done;
            if (auto done = keeper.take(row); !done)
                return done;
        }
        return {};
    });
}

Result<void> Replica::take(const sync::LeasesReply &reply)
{
    return write(QStringLiteral("leases"), [&](RowKeeper &, Connection &c) -> Result<void> {
        Query q = c.query("SELECT 1 FROM cursor WHERE id=1 AND epoch=?", reply.epoch);
        if (!q.next())
            return q.ok() ? fail(ErrorCode::Invalid, QStringLiteral("epoch")) : q.failed();
        auto done = c.exec("DELETE FROM lease");
        for (const sync::Lease &lease : reply.leases) {
            if (done)
                done = c.exec("INSERT INTO lease VALUES (?,?,?,?)", lease.id, lease.resource, lease.from,
                              lease.to);
        }
        return done;
    });
}

Result<void> Replica::take(const sync::ChartReply &reply)
{
    return write(QStringLiteral("chart"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        Query q = c.query("SELECT 1 FROM cursor WHERE id=1 AND epoch=?", reply.epoch);
        if (!q.next())
            return q.ok() ? fail(ErrorCode::Invalid, QStringLiteral("epoch")) : q.failed();
        for (const sync::ServerRow &row : reply.rows) {
            if (auto done = keeper.take(row); !done)
                return done;
        }
        if (!reply.done)
            return {};
        return c.exec("INSERT INTO chart_here VALUES (?,?) ON CONFLICT DO UPDATE SET at=excluded.at",
                      reply.patient, reply.now);
    });
}

Result<void> Replica::becomeSuccessor()
{
    return m_database.becomeNewDevice(m_clock.nowMs());
}

Result<void> Replica::noteRemoval()
{
    return write(QStringLiteral("removal"), [](RowKeeper &, Connection &c) {
        return setState(c, "removal-ordered", QStringLiteral("1"));
    });
}

Result<void> Replica::succeeded(qint64 number)
{
    return m_database.takeDeviceCode(sync::deviceCode(number));
}

Result<void> Replica::startOver(const QByteArray &epoch, const QByteArray &scopes)
{
    return write(QStringLiteral("another history"), [&](RowKeeper &, Connection &c) -> Result<void> {
        QByteArray old;
        {
            Query q = c.query("SELECT epoch FROM cursor WHERE id=1");
            if (q.next())
                old = q.bytes(0);
        }
        if (old != epoch) {
            if (auto done = revive(1); !done)
                return done;
            // The new epoch may take a group that the old one did not.
            if (auto done = c.exec("UPDATE outbox SET state='waiting' WHERE state='held'"); !done)
                return done;
            // The new epoch tells how many audit events it has.
            if (auto done = setState(c, "audit-sent", QStringLiteral("0")); !done)
                return done;
            if (auto done = askAboutDocumentsAgain(c); !done)
                return done;
            // The new epoch may not know the requested charts and the leases.
            for (const char *sql : {"DELETE FROM chart_here", "DELETE FROM lease"}) {
                if (auto done = c.exec(sql); !done)
                    return done;
            }
        }
        // The base of unsent changes is unknown until the rows come again; some may not come.
        if (old != epoch || !scopes.isEmpty()) {
            if (auto done = c.exec("UPDATE base_row SET fields='null'"); !done)
                return done;
        }
        if (auto done = c.exec("INSERT INTO cursor (id, epoch, seq) VALUES (1,?,0) ON CONFLICT DO UPDATE SET "
                               "epoch=excluded.epoch, seq=0",
                               epoch);
            !done)
            return done;
        if (!scopes.isEmpty()) {
            auto done = c.exec("UPDATE cursor SET scopes=? WHERE id=1", QString::fromLatin1(scopes));
            if (done)
                done = forgetUploadedRows(c);
            if (done && old == epoch)
                done = setState(c, "narrowed", QStringLiteral("1"));
            if (!done)
                return done;
        }
        if (auto done = setState(c, "check-parts", QString()); !done)
            return done;
        if (auto done = c.exec("DELETE FROM row_state"); !done)
            return done;
        // Documents that were out of scope may be in scope now.
        if (auto done = c.exec("UPDATE blob SET asked=0 WHERE asked=2"); !done)
            return done;
        if (auto done = c.exec("DELETE FROM repair"); !done)
            return done;
        if (auto done = setState(c, "booted", QStringLiteral("0")); !done)
            return done;
        if (auto done = setState(c, "boot-rows", QStringLiteral("0")); !done)
            return done;
        return setState(c, "boot-after", QString());
    });
}

} // namespace clinic::storage
