// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/entities.h"
#include "storage/replica/replica.h"
#include "sync/wire/unjudged.h"

#include <algorithm>

// The half of the replica that is about what leaves this file, and what came of it. A group is "waiting"
// until it is answered, "accepted" until its rows have come back, and "held" when it could not be sent or the
// server did not judge it (docs/decisions/0032).
namespace clinic::storage {
namespace outgoing {

constexpr const char *needsHeld = "after"; // last_code of a group that depends on a held group

using RowName = QPair<QString, Id>;

Result<QList<RowName>> rowsOf(Connection &c, qint64 n)
{
    QList<RowName> rows;
    Query q = c.query("SELECT entity, id FROM unsent WHERE n=?", n);
    while (q.next())
        rows << RowName(q.text(0), q.id(1));
    return q.ok() ? Result<QList<RowName>>(rows) : q.failed();
}

// The rows that held groups wrote. A later group that changes one of these rows, or names one of the
// inserted rows, waits for them; an earlier group does not.
class HeldRows
{
public:
    // hospital: its id stands in the head of every group, and says nothing of what a group needs.
    static Result<HeldRows> read(Connection &c, const Id &hospital)
    {
        HeldRows held;
        held.m_hospital = hospital;
        Query q = c.query("SELECT n, body FROM outbox WHERE state='held' ORDER BY n");
        while (q.next()) {
            held.m_first = qMin(held.m_first, q.integer(0));
            if (auto added = held.add(c, q.integer(0), q.bytes(1)); !added)
                return fail(added);
        }
        return q.ok() ? Result<HeldRows>(held) : q.failed();
    }

    Result<void> add(Connection &c, qint64 n, const QByteArray &body)
    {
        const auto rows = rowsOf(c, n);
        if (!rows)
            return fail(rows);
        const auto note = [n](auto &first, const auto &key) {
            const auto it = first.find(key);
            first.insert(key, it == first.end() ? n : qMin(n, *it));
        };
        for (const RowName &row : *rows)
            note(m_touched, row);
        const auto group = sync::decodeGroup(body);
        for (const auto &change : group ? group->changes : QList<sync::WireChange>()) {
            if (change.op == sync::Change::Op::Insert && change.id != m_hospital)
                note(m_inserted, change.id.toString().toLatin1());
        }
        return {};
    }

    [[nodiscard]] Result<bool> isNeededBy(Connection &c, qint64 n, const QByteArray &body) const
    {
        if (m_touched.isEmpty() && m_inserted.isEmpty())
            return false;
        const auto rows = rowsOf(c, n);
        if (!rows)
            return fail(rows);
        return std::ranges::any_of(*rows, [&](const RowName &row) { return m_touched.value(row, n) < n; }) ||
               names(n, body);
    }

    // Whether a group with that number comes after a held one.
    [[nodiscard]] bool isBefore(qint64 n) const { return m_first < n; }

private:
    // An id in a group is text in quotes.
    [[nodiscard]] bool names(qint64 n, const QByteArray &body) const
    {
        constexpr qsizetype length = 36;
        for (auto at = body.indexOf('"'); at >= 0 && !m_inserted.isEmpty(); at = body.indexOf('"', at + 1)) {
            if (at + length + 1 < body.size() && body[at + length + 1] == '"' &&
                m_inserted.value(body.mid(at + 1, length), n) < n)
                return true;
        }
        return false;
    }

    QHash<RowName, qint64> m_touched; // by row, the first held group
    QHash<QByteArray, qint64> m_inserted;
    qint64 m_first = std::numeric_limits<qint64>::max();
    Id m_hospital;
};

Result<void> setAside(Connection &c, qint64 n, const QByteArray &code)
{
    return c.exec("UPDATE outbox SET state='held', seq=0, tries=tries+1, last_code=? WHERE n=?",
                  QString::fromLatin1(code), n);
}

Result<QString> stateOfGroup(Connection &c, qint64 n)
{
    Query q = c.query("SELECT state FROM outbox WHERE n=?", n);
    const QString state = q.next() ? q.text(0) : QString();
    return q.ok() ? Result<QString>(state) : q.failed();
}

QString textOf(const sync::ServerRow &row, const char *column)
{
    const Value value = row.fields.value(column).clear;
    return std::holds_alternative<QString>(value) ? std::get<QString>(value) : QString();
}

// Whether a group of the server's history with this device's id is the one in the outbox. A restored copy of
// the file uses a number again: then the server has another group with it. False when it is uncertain; the
// answer to a push decides.
bool isSameGroup(const sync::ServerGroup &known, const QByteArray &body)
{
    QSet<RowName> rows;
    for (const sync::ServerRow &row : known.rows) {
        if (row.entity == "attention" && textOf(row, "body").toUtf8() == body)
            return true;
        rows.insert(RowName(QString::fromLatin1(row.entity), row.id));
    }
    const auto group = sync::decodeGroup(body);
    if (!group)
        return false;
    bool anyIsThere = false;
    for (const sync::WireChange &change : group->changes) {
        const bool isThere = rows.contains(RowName(QString::fromLatin1(change.entity), change.id));
        if (!isThere && change.op == sync::Change::Op::Insert)
            return false;
        anyIsThere = anyIsThere || isThere;
    }
    return anyIsThere;
}

} // namespace outgoing

using namespace outgoing;

// A group that was held once may be sent out of order, and so may the groups after it: /v1/recover takes
// them.
Result<QList<sync::OutboxGroup>> Replica::nextBatch(int mostChanges, qsizetype mostBytes, qint64 after)
{
    Connection &c = connection();
    auto held = HeldRows::read(c, m_database.identity().hospital);
    if (!held)
        return fail(held);
    QList<sync::OutboxGroup> batch;
    QList<qint64> dependants;
    int changes = 0;
    qsizetype bytes = 0;
    {
        Query q =
            c.query("SELECT n, body, hash, changes, device, tries FROM outbox WHERE state='waiting' AND n>? "
                    "ORDER BY n",
                    after);
        while (q.next()) {
            const qint64 n = q.integer(0);
            const QByteArray body = q.bytes(1);
            const auto needs = held->isNeededBy(c, n, body);
            if (!needs)
                return fail(needs);
            if (*needs) {
                dependants << n;
                if (auto added = held->add(c, n, body); !added)
                    return fail(added);
                continue;
            }
            changes += q.number(3);
            bytes += body.size();
            const bool recovered = !q.isNull(4) || q.number(5) > 0 || held->isBefore(n);
            if (!batch.isEmpty() &&
                (changes > mostChanges || bytes > mostBytes || recovered != batch.first().recovered))
                break;
            batch << sync::OutboxGroup{n, q.integer(3), body, q.bytes(2), recovered};
        }
        if (!q.ok())
            return q.failed();
    }
    if (!dependants.isEmpty()) {
        const auto done = m_database.transactLocal([&](Connection &connection) -> Result<void> {
            for (const qint64 n : std::as_const(dependants)) {
                if (auto aside = setAside(connection, n, needsHeld); !aside)
                    return aside;
            }
            return {};
        });
        if (!done)
            return fail(done);
    }
    return batch;
}

Result<std::optional<sync::OutboxGroup>> Replica::nextHeld(qint64 after)
{
    Query q = connection().query("SELECT n, body, hash, changes FROM outbox WHERE state='held' AND n>? AND "
                                 "last_code<>? ORDER BY n LIMIT 1",
                                 after, QString::fromLatin1(needsHeld));
    if (!q.next())
        return q.ok() ? Result<std::optional<sync::OutboxGroup>>(std::nullopt) : q.failed();
    return std::optional(sync::OutboxGroup{q.integer(0), q.integer(3), q.bytes(1), q.bytes(2), true});
}

Result<void> Replica::hold(qint64 n, const QByteArray &code)
{
    return m_database.transactLocal([&](Connection &c) { return setAside(c, n, code); });
}

// The group that they waited for may be through; a group that depends on another held group as well is held
// again before it is sent.
Result<void> Replica::releaseDependants()
{
    return connection().exec("UPDATE outbox SET state='waiting' WHERE state='held' AND last_code=?",
                             QString::fromLatin1(needsHeld));
}

// A pulled group was written on this PC.
Result<void> Replica::noteOwn(const sync::ServerGroup &group)
{
    Connection &c = connection();
    bool isHeld = false;
    {
        Query q =
            c.query("SELECT state, body FROM outbox WHERE n=? AND state IN ('waiting','held')", group.group);
        const bool isHere = q.next();
        if (!q.ok())
            return q.failed();
        if (!isHere || !isSameGroup(group, q.bytes(1)))
            return {};
        isHeld = q.text(0) == u"held";
    }
    for (const sync::ServerRow &row : group.rows) {
        // A group that was kept aside before, for another reason, brings a patch of its attention row.
        const QByteArray code = row.entity == "attention" ? textOf(row, "code").toLatin1() : QByteArray();
        if (sync::isUnjudged(code))
            return setAside(c, group.group, code);
        if (isHeld && sync::mayBeJudgedAgain(enumFromCode<sync::GroupStatus>(textOf(row, "kind")), code))
            return {};
    }
    auto done = c.exec("UPDATE outbox SET state='accepted', seq=? WHERE n=?", group.seq, group.group);
    return done && isHeld ? releaseDependants() : done;
}

// The group is answered: its rows now show the server's state plus the remaining outbox.
Result<void> Replica::retire(RowKeeper &keeper, qint64 n, qint64 serverNow)
{
    Connection &c = connection();
    const auto touched = rowsOf(c, n);
    if (!touched)
        return fail(touched);
    if (auto done = c.exec(
            "INSERT INTO outbox_archive (n, changes, body, hash, acknowledged_at, seq, intention, device) "
            "SELECT n, changes, body, hash, ?, seq, intention, device FROM outbox WHERE n=? ON CONFLICT "
            "DO UPDATE SET seq=excluded.seq, acknowledged_at=excluded.acknowledged_at",
            serverNow, n);
        !done)
        return done;
    for (const char *sql : {"DELETE FROM unsent WHERE n=?", "DELETE FROM outbox WHERE n=?"}) {
        if (auto done = c.exec(sql, n); !done)
            return done;
    }
    for (const auto &[name, id] : *touched) {
        const EntityInfo *entity = domain::entityNamed(name);
        if (!entity)
            continue;
        if (auto done = keeper.layAgain(*entity, id); !done)
            return done;
    }
    return {};
}

// Accepted groups leave the outbox once the cursor has passed them; until then their changes lie on top.
Result<void> Replica::retirePassed(RowKeeper &keeper, qint64 seq, qint64 serverNow)
{
    QList<qint64> passed;
    {
        Query q =
            connection().query("SELECT n FROM outbox WHERE state='accepted' AND seq<=? ORDER BY n", seq);
        while (q.next())
            passed << q.integer(0);
        if (!q.ok())
            return q.failed();
    }
    for (const qint64 n : std::as_const(passed)) {
        if (auto done = retire(keeper, n, serverNow); !done)
            return done;
    }
    return {};
}

// Groups that the new epoch lacks wait again, oldest first, with the same bytes.
Result<void> Replica::revive(qint64 from)
{
    Connection &c = connection();
    {
        Query q = c.query("SELECT n, body FROM outbox_archive WHERE n>=? ORDER BY n", from);
        while (q.next()) {
            const auto group = sync::decodeGroup(q.bytes(1));
            if (!group)
                return fail(group);
            for (const auto &change : group->changes) {
                const QString entity = QString::fromLatin1(change.entity);
                if (auto done = c.exec("INSERT INTO unsent VALUES (?,?,?) ON CONFLICT DO NOTHING", entity,
                                       change.id, q.integer(0));
                    !done)
                    return done;
                if (auto done = c.exec("INSERT INTO base_row VALUES (?,?,'null') ON CONFLICT DO NOTHING",
                                       entity, change.id);
                    !done)
                    return done;
            }
        }
        if (!q.ok())
            return q.failed();
    }
    if (auto done = c.exec(
            "INSERT INTO outbox (n, changes, intention, body, hash, seen, schema, state, made_at, device) "
            "SELECT n, changes, intention, body, hash, 0, 0, 'waiting', acknowledged_at, device FROM "
            "outbox_archive WHERE n>=? ON CONFLICT DO NOTHING",
            from);
        !done)
        return done;
    if (auto done = c.exec("UPDATE outbox SET state='waiting', seq=0 WHERE n>=? AND state='accepted'", from);
        !done)
        return done;
    return c.exec("DELETE FROM outbox_archive WHERE n>=?", from);
}

Result<void> Replica::take(const sync::PushReply &reply)
{
    return write(QStringLiteral("server's answer"), [&](RowKeeper &keeper, Connection &c) -> Result<void> {
        qint64 cursor = 0;
        {
            Query q = c.query("SELECT seq FROM cursor WHERE id=1");
            cursor = q.next() ? q.integer(0) : 0;
            if (!q.ok())
                return q.failed();
        }
        qint64 expected = 0;
        bool isReleased = false;
        for (const sync::GroupResult &result : reply.results) {
            using enum sync::GroupStatus;
            const auto state = stateOfGroup(c, result.group);
            if (!state)
                return fail(state);
            const bool wasHeld = *state == u"held";
            Result<void> done;
            switch (result.status) {
            case Ok:
            case Dup:
            case Merged:
            case Flagged:
                done = c.exec("UPDATE outbox SET state='accepted', seq=?, last_code=? WHERE n=?", result.seq,
                              QString::fromLatin1(result.code), result.group);
                isReleased = isReleased || wasHeld;
                break;
            case Rejected:
            case Quarantined: {
                bool stays = result.status == Quarantined && sync::isUnjudged(result.code);
                if (!stays && sync::mayBeJudgedAgain(result.status, result.code)) {
                    // Rejected because its parent is held here: it waits for the parent.
                    const auto held = HeldRows::read(c, m_database.identity().hospital);
                    Query q = c.query("SELECT body FROM outbox WHERE n=?", result.group);
                    const QByteArray body = q.next() ? q.bytes(0) : QByteArray();
                    const auto needs = held ? held->isNeededBy(c, result.group, body) : fail(held);
                    if (!needs)
                        return fail(needs);
                    stays = *needs;
                }
                if (stays && *state == u"waiting") {
                    done = setAside(c, result.group,
                                    sync::isUnjudged(result.code) ? result.code : QByteArray(needsHeld));
                    break;
                }
                if (stays)
                    break;
                done = c.exec("UPDATE outbox SET seq=?, last_code=? WHERE n=?", result.seq,
                              QString::fromLatin1(result.code), result.group);
                if (done)
                    done = retire(keeper, result.group, reply.now);
                isReleased = isReleased || wasHeld;
                break;
            }
            case Blocked:
                if (result.expect > 0 && result.expect < result.group)
                    expected = expected ? qMin(expected, result.expect) : result.expect;
                else if (result.expect > result.group) // the server is past it and never had it
                    done = c.exec("UPDATE outbox SET tries=tries+1 WHERE n=? AND tries=0", result.group);
                break;
            }
            if (!done)
                return done;
        }
        if (isReleased) {
            if (auto done = releaseDependants(); !done)
                return done;
        }
        if (expected) {
            if (auto done = revive(expected); !done)
                return done;
        }
        return retirePassed(keeper, cursor, reply.now);
    });
}

} // namespace clinic::storage
