// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/auditlog.h"

#include "core/crypto.h"
#include "domain/access/intentions.h"
#include "domain/entities.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <pwd.h>
#include <unistd.h>
#endif
#include <array>

namespace clinic::storage {
namespace {

// From the operating system: an environment variable could hold anything.
QByteArray osUser()
{
#ifdef Q_OS_WIN
    wchar_t name[257];
    DWORD size = 257;
    return GetUserNameW(name, &size) ? QString::fromWCharArray(name).toLocal8Bit() : QByteArray();
#else
    static const QByteArray name = [] {
        std::array<char, 4096> buffer{};
        passwd entry{};
        passwd *found = nullptr;
        const uid_t uid = getuid();
        return getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found
                   ? QByteArray(found->pw_name)
                   : QByteArray::number(qint64(uid));
    }();
    return name;
#endif
}

// hidesValues: only the names of fields, as for a password.
QByteArray detailOf(const QList<sync::Change> &changes, bool hidesValues)
{
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.openList();
    for (const sync::Change &change : changes) {
        writer.open().text("e", QByteArrayView(change.entity->name)).id("id", change.id);
        if (change.op == sync::Change::Op::Patch) {
            writer.open("f");
            for (const sync::FieldChange &f : change.fields) {
                const auto shown = [&](const Value &value) {
                    return (f.field->secret || hidesValues) && !isNull(value) ? Value{QStringLiteral("***")}
                                                                              : value;
                };
                writer.openList(f.field->column).value(shown(f.before)).value(shown(f.after)).closeList();
            }
            writer.close();
        }
        writer.close();
    }
    writer.closeList();
    return out;
}

Value valueOf(const QJsonValue &json)
{
    if (json.isString())
        return Value{json.toString()};
    if (json.isDouble())
        return Value{json.toInteger()};
    return {};
}

// The detail with fingerprints in place of sealed values: the hashed form, which the server may see.
// hasSealed: whether there were any.
QByteArray canonicalDetail(const QByteArray &detail, const sync::Sealer &sealer, bool *hasSealed = nullptr)
{
    QByteArray out;
    const QJsonArray changes = QJsonDocument::fromJson(detail).array();
    for (const auto &item : changes) {
        const QJsonObject change = item.toObject();
        const Id id = Id::fromString(change.value(u"id").toString());
        const EntityInfo *entity = domain::entityNamed(change.value(u"e").toString());
        out.append('\n')
            .append(change.value(u"e").toString().toUtf8())
            .append(' ')
            .append(id.toString().toLatin1());
        const QJsonObject fields = change.value(u"f").toObject();
        for (auto it = fields.begin(); it != fields.end(); ++it) {
            const QByteArray column = it.key().toLatin1();
            const int index = entity ? entity->indexOf(column.constData()) : -1;
            const bool isSealed = index < 0 || entity->fields[size_t(index)].sealing == Sealing::Sealed;
            if (hasSealed && isSealed)
                *hasSealed = true;
            out.append(' ').append(column);
            for (const auto &v : it.value().toArray()) {
                const Value value = valueOf(v);
                out.append('=').append(isSealed ? sealer.fingerprint(value, id, column)
                                                : sync::valueBytes(value).toBase64());
            }
        }
    }
    return out;
}

struct StoredEvent
{
    qint64 n = 0;
    Id id{};
    Id device{};
    qint64 at = 0;
    Id actor{};
    QString actorName;
    QString role;
    Id session{};
    Id branch{};
    QString intention;
    QString outcome;
    QString entity;
    Id subject{};
    QByteArray detail;
    QByteArray bodyHash;
    QString version;
    QString user;
};

sync::AuditRecord recordOf(const StoredEvent &e, const sync::Sealer &sealer, bool *hasSealed = nullptr)
{
    sync::AuditRecord record;
    record.n = e.n;
    record.id = e.id;
    record.device = e.device;
    record.branch = e.branch;
    record.at = e.at;
    record.actor = e.actor;
    // The name is sealed like other values.
    record.namePrint = sealer.fingerprint(ValueCodec<QString>::to(e.actorName), e.id, "actor_name");
    record.role = e.role.toUtf8();
    record.session = e.session;
    record.intention = e.intention.toUtf8();
    record.outcome = e.outcome.toUtf8();
    record.entity = e.entity.toUtf8();
    record.subject = e.subject;
    record.canonical = canonicalDetail(e.detail, sealer, hasSealed);
    record.bodyHash = e.bodyHash;
    record.version = e.version.toUtf8();
    record.osUser = e.user.toUtf8();
    return record;
}

QByteArray hashOf(const StoredEvent &e, const FileIdentity &identity, const QByteArray &previous)
{
    return sync::auditHash(recordOf(e, identity.sealer), identity.hospital, previous);
}

constexpr const char *eventColumns = "SELECT n, id, device, at, actor, actor_name, role, session, branch, "
                                     "intention, outcome, entity, subject, "
                                     "detail, body_hash, version, os_user, prev_hash, hash FROM audit_event ";

StoredEvent readEvent(const Query &q)
{
    return {q.integer(0), q.id(1),    q.id(2),   q.integer(3), q.id(4),    q.text(5), q.text(6),
            q.id(7),      q.id(8),    q.text(9), q.text(10),   q.text(11), q.id(12),  q.text(13).toUtf8(),
            q.bytes(14),  q.text(15), q.text(16)};
}

} // namespace

Result<void> appendAuditEvent(Connection &connection, const FileIdentity &identity, const UnitHeader &header,
                              const QByteArray &subjectEntity, const Id &subject,
                              const QList<sync::Change> &changes, const QByteArray &bodyHash)
{
    StoredEvent e;
    QByteArray previous(crypto::hashSize, 0);
    {
        Query q = connection.query("SELECT n, hash FROM audit_event ORDER BY n DESC LIMIT 1");
        if (q.next()) {
            e.n = q.integer(0);
            previous = q.bytes(1);
        }
    }
    ++e.n;
    e.id = Id::create(header.at);
    e.device = identity.device;
    e.at = header.at;
    e.actor = header.actor;
    e.actorName = header.actorName;
    e.role = header.roleCode;
    e.session = header.session;
    e.branch = header.branch;
    e.intention = QString::fromLatin1(header.intention);
    e.outcome = QString::fromLatin1(header.outcome);
    e.entity = QString::fromLatin1(subjectEntity);
    e.subject = subject;
    e.detail = changes.isEmpty()
                   ? QByteArray()
                   : detailOf(changes, header.intention ==
                                           domain::intentionInfo(domain::IntentionId::AnonymisePatient).name);
    e.bodyHash = bodyHash;
    e.version = QStringLiteral(CLINIC_VERSION);
    e.user = QString::fromLocal8Bit(osUser());
    const QByteArray hash = hashOf(e, identity, previous);
    const auto done =
        connection.exec("INSERT INTO audit_event (n, id, hospital_id, device, branch, at, actor, actor_name, "
                        "role, session, intention, outcome, "
                        "entity, subject, detail, body_hash, version, os_user, prev_hash, hash) VALUES "
                        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                        e.n, e.id, identity.hospital, identity.device, e.branch, e.at, e.actor,
                        ValueCodec<QString>::to(e.actorName), ValueCodec<QString>::to(e.role), e.session,
                        e.intention, e.outcome, ValueCodec<QString>::to(e.entity), e.subject,
                        ValueCodec<QString>::to(QString::fromUtf8(e.detail)),
                        ValueCodec<QByteArray>::to(e.bodyHash), e.version, e.user, previous, hash);
    if (!done)
        return done;
    // A second record of the chain's end, so that a cut-off tail is noticed before the server has
    // countersigned.
    return connection.exec(
        "INSERT INTO counter VALUES ('audit-head',?) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
        e.n);
}

namespace {

Result<QByteArray> stateOf(Connection &connection, const char *key)
{
    Query q = connection.query("SELECT value FROM local_state WHERE \"key\"=?", QString::fromLatin1(key));
    const QByteArray value = q.next() ? q.text(0).toLatin1() : QByteArray();
    return q.ok() ? Result<QByteArray>(value) : q.failed();
}

// Events that the server has signed must still be here: nobody else can make that signature for a cut or new
// chain.
Result<std::optional<ChainFault>> checkSignedHead(Connection &connection, const FileIdentity &identity)
{
    const auto text = stateOf(connection, "audit-signed");
    const auto serverKey = stateOf(connection, "server-key");
    if (!text || !serverKey) // an unreadable value is not "never signed"
        return fail(text ? serverKey : text);
    if (text->isEmpty())
        return std::optional<ChainFault>();
    const auto parts = text->split(' ');
    const qint64 n = parts.first().toLongLong();
    const QByteArray hash = parts.size() == 4 ? QByteArray::fromBase64(parts[1]) : QByteArray();
    const QByteArray head =
        sync::auditHead(identity.hospital, Id::fromString(QString::fromLatin1(parts.last())), n, hash);
    if (parts.size() != 4 ||
        !crypto::verify(head, QByteArray::fromBase64(parts[2]), QByteArray::fromBase64(*serverKey)))
        return ChainFault{n, QStringLiteral("signature")};
    Query q = connection.query("SELECT hash FROM audit_event WHERE n=?", n);
    if (!q.next())
        return q.ok() ? Result<std::optional<ChainFault>>(ChainFault{n, QStringLiteral("truncated")})
                      : q.failed();
    if (q.bytes(0) != hash)
        return ChainFault{n, QStringLiteral("replaced")};
    return std::optional<ChainFault>();
}

} // namespace

Result<std::optional<ChainFault>> verifyAuditChain(Connection &connection, const FileIdentity &identity)
{
    struct Link
    {
        qint64 n = 0;
        QByteArray previous; // the hash before it, by its own record
        QByteArray hash;     // its own hash, by its record
        bool isItself = false;
    };
    Query q = connection.query(QByteArray(eventColumns) + "ORDER BY n");
    const auto next = [&]() -> std::optional<Link> {
        if (!q.next())
            return std::nullopt;
        const StoredEvent e = readEvent(q);
        Link link{e.n, q.bytes(17), q.bytes(18), false};
        link.isItself = hashOf(e, identity, link.previous) == link.hash;
        return link;
    };
    const auto isSomewhere = [&connection](const QByteArray &hash) {
        Query other = connection.query("SELECT 1 FROM audit_event WHERE hash=? LIMIT 1", hash);
        return other.next();
    };
    QByteArray before; // the hash two events before
    QByteArray previous(crypto::hashSize, 0);
    qint64 expected = 1;
    std::optional<Link> link = next();
    while (link) {
        const std::optional<Link> following = next();
        if (link->n != expected)
            return ChainFault{expected, QStringLiteral("removed")};
        if (link->previous != previous) {
            // It follows the event before its neighbour: the neighbour was inserted between them.
            if (!before.isEmpty() && link->previous == before)
                return ChainFault{link->n - 1, QStringLiteral("inserted")};
            return ChainFault{link->n, isSomewhere(link->previous) ? QStringLiteral("reordered")
                                                                   : QStringLiteral("removed")};
        }
        if (!link->isItself) {
            const bool isExtra = following && following->previous == previous;
            return ChainFault{link->n, isExtra ? QStringLiteral("inserted") : QStringLiteral("changed")};
        }
        before = std::exchange(previous, link->hash);
        link = following;
        ++expected;
    }
    if (!q.ok())
        return q.failed();
    Query head = connection.query("SELECT value FROM counter WHERE name='audit-head'");
    if (head.next() && head.integer(0) != expected - 1)
        return ChainFault{expected, QStringLiteral("truncated")};
    return checkSignedHead(connection, identity);
}

Result<AuditStanding> auditStanding(Connection &connection, const FileIdentity &identity)
{
    AuditStanding standing;
    const auto fault = verifyAuditChain(connection, identity);
    if (!fault)
        return fail(fault);
    standing.fault = *fault;
    Query count = connection.query("SELECT coalesce(max(n),0) FROM audit_event");
    if (!count.next())
        return count.failed();
    standing.events = count.integer(0);
    const auto countersigned = stateOf(connection, "audit-signed");
    const auto forked = stateOf(connection, "audit-forked");
    const auto broken = stateOf(connection, "audit-broken");
    for (const auto *read : {&countersigned, &forked, &broken}) {
        if (!*read)
            return fail(*read);
    }
    standing.signedUpTo = countersigned->split(' ').first().toLongLong();
    standing.clonedAt = forked->toLongLong();
    if (standing.clonedAt == 0)
        standing.clonedAt = broken->toLongLong();
    return standing;
}

Result<sync::AuditBatch> auditBatch(Connection &connection, const FileIdentity &identity, qint64 after,
                                    int limit)
{
    constexpr qsizetype smallEvent = 600; // ids, hashes and names
    sync::AuditBatch batch;
    qsizetype bytes = 0;
    batch.previous = QByteArray(crypto::hashSize, 0);
    QHash<QPair<Id, QString>, QByteArray> names;
    Query q = connection.query(QByteArray(eventColumns) + "WHERE n>? ORDER BY n LIMIT ?", after, limit);
    while (q.next()) {
        const StoredEvent e = readEvent(q);
        if (batch.records.isEmpty())
            batch.previous = q.bytes(17);
        bool hasSealed = false;
        sync::AuditRecord record = recordOf(e, identity.sealer, &hasSealed);
        if (!e.actorName.isEmpty()) {
            QByteArray &name = names[{e.actor, e.actorName}];
            if (name.isEmpty())
                name = identity.sealer.envelope(Value{e.actorName}, e.actor, "actor_name");
            record.nameSealed = name;
        }
        if (hasSealed)
            record.detailSealed =
                identity.sealer.envelope(Value{QString::fromUtf8(e.detail)}, e.id, "detail");
        record.hash = q.bytes(18);
        bytes += record.nameSealed.size() + record.detailSealed.size() + record.canonical.size() + smallEvent;
        if (bytes > sync::limits::batch && !batch.records.isEmpty())
            break; // the next batch takes it
        batch.records << record;
    }
    if (!q.ok())
        return q.failed();
    return batch;
}

Result<QList<AuditEntry>> auditEntries(Connection &connection, const AuditFilter &filter)
{
    QByteArray sql =
        "SELECT n, id, at, actor, actor_name, role, intention, outcome, entity, subject, detail, version, "
        "os_user FROM audit_event WHERE n < ?1";
    if (!filter.subject.isNull())
        sql += " AND subject = ?2";
    if (!filter.actor.isNull())
        sql += " AND actor = ?3";
    if (!filter.intention.isEmpty())
        sql += " AND intention = ?4";
    if (filter.refusedOnly)
        sql += " AND outcome IN ('refused','failed')";
    if (filter.from > 0)
        sql += " AND at >= ?6";
    if (filter.to > 0)
        sql += " AND at < ?7";
    sql += " ORDER BY n DESC LIMIT ?5";
    Query q = connection.query(sql);
    q.bind(1, filter.before > 0 ? filter.before : std::numeric_limits<qint64>::max());
    if (!filter.subject.isNull())
        q.bind(2, filter.subject);
    if (!filter.actor.isNull())
        q.bind(3, filter.actor);
    if (!filter.intention.isEmpty())
        q.bind(4, filter.intention);
    q.bind(5, filter.limit);
    if (filter.from > 0)
        q.bind(6, filter.from);
    if (filter.to > 0)
        q.bind(7, filter.to);
    QList<AuditEntry> entries;
    while (q.next())
        entries << AuditEntry{q.integer(0), q.id(1),    q.integer(2), q.id(3),   q.text(4),
                              q.text(5),    q.text(6),  q.text(7),    q.text(8), q.id(9),
                              q.text(10),   q.text(11), q.text(12),   q.text(13)};
    if (!q.ok())
        return q.failed();
    return entries;
}

} // namespace clinic::storage
