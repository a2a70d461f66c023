// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/auditlog.h"

#include "core/crypto.h"
#include "domain/entities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

namespace clinic::storage {
namespace {

QByteArray osUser()
{
    static const QByteArray name = qEnvironmentVariableIsSet("USER") ? qgetenv("USER") : qgetenv("USERNAME");
    return name.isNull() ? QByteArray("") : name;
}

QByteArray detailOf(const QList<sync::Change> &changes)
{
    QByteArray out("[");
    for (const sync::Change &change : changes) {
        if (out.size() > 1)
            out.append(',');
        out.append("{\"e\":\"")
            .append(change.entity->name)
            .append("\",\"id\":\"")
            .append(change.id.toString().toLatin1());
        out.append("\"");
        if (change.op == sync::Change::Op::Patch) {
            out.append(",\"f\":{");
            bool first = true;
            for (const sync::FieldChange &f : change.fields) {
                out.append(first ? "\"" : ",\"").append(f.field->column).append("\":[");
                first = false;
                sync::appendJsonValue(out, f.before);
                out.append(',');
                sync::appendJsonValue(out, f.after);
                out.append(']');
            }
            out.append('}');
        }
        out.append('}');
    }
    out.append(']');
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

// The detail with every sealed value replaced by its fingerprint: what is hashed and what the server may see.
QByteArray canonicalDetail(const QByteArray &detail, const sync::Sealer &sealer)
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

QByteArray hashOf(const StoredEvent &e, const FileIdentity &identity, const QByteArray &previous)
{
    QByteArray text = previous;
    const auto add = [&text](const QByteArray &part) {
        text.append(QByteArray::number(part.size())).append(':').append(part);
    };
    add(QByteArray::number(e.n));
    add(e.id.toBytes());
    add(identity.hospital.toBytes());
    add(e.device.toBytes());
    add(e.branch.toBytes());
    add(QByteArray::number(e.at));
    add(e.actor.toBytes());
    // The name is a sealed value like any other.
    add(identity.sealer.fingerprint(ValueCodec<QString>::to(e.actorName), e.id, "actor_name"));
    add(e.role.toUtf8());
    add(e.session.toBytes());
    add(e.intention.toUtf8());
    add(e.outcome.toUtf8());
    add(e.entity.toUtf8());
    add(e.subject.toBytes());
    add(canonicalDetail(e.detail, identity.sealer));
    add(e.bodyHash);
    add(e.version.toUtf8());
    add(e.user.toUtf8());
    return crypto::hash(text);
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
    e.detail = changes.isEmpty() ? QByteArray() : detailOf(changes);
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
    // A second record of where the chain ends, so that a cut-off tail is seen before a server has
    // countersigned.
    return connection.exec(
        "INSERT INTO counter VALUES ('audit-head',?) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
        e.n);
}

Result<std::optional<ChainFault>> verifyAuditChain(Connection &connection, const FileIdentity &identity)
{
    Query q = connection.query("SELECT n, id, device, at, actor, actor_name, role, session, branch, "
                               "intention, outcome, entity, subject, detail, "
                               "body_hash, version, os_user, prev_hash, hash FROM audit_event ORDER BY n");
    QByteArray previous(crypto::hashSize, 0);
    qint64 expected = 1;
    while (q.next()) {
        const StoredEvent e{
            q.integer(0), q.id(1),    q.id(2),   q.integer(3), q.id(4),    q.text(5), q.text(6),
            q.id(7),      q.id(8),    q.text(9), q.text(10),   q.text(11), q.id(12),  q.text(13).toUtf8(),
            q.bytes(14),  q.text(15), q.text(16)};
        if (e.n != expected)
            return ChainFault{expected, QStringLiteral("removed")};
        if (q.bytes(17) != previous)
            return ChainFault{e.n, QStringLiteral("reordered")};
        const QByteArray hash = hashOf(e, identity, previous);
        if (q.bytes(18) != hash)
            return ChainFault{e.n, QStringLiteral("changed")};
        previous = hash;
        ++expected;
    }
    if (!q.ok())
        return q.failed();
    Query head = connection.query("SELECT value FROM counter WHERE name='audit-head'");
    if (head.next() && head.integer(0) != expected - 1)
        return ChainFault{expected, QStringLiteral("truncated")};
    return std::optional<ChainFault>();
}

Result<QList<AuditEntry>> auditEntries(Connection &connection, const AuditFilter &filter)
{
    QByteArray sql = "SELECT n, id, at, actor, actor_name, role, intention, outcome, entity, subject, detail "
                     "FROM audit_event WHERE n < ?";
    if (!filter.subject.isNull())
        sql += " AND subject = ?2";
    if (!filter.actor.isNull())
        sql += " AND actor = ?3";
    if (!filter.intention.isEmpty())
        sql += " AND intention = ?4";
    sql += " ORDER BY n DESC LIMIT ?5";
    sql.replace("n < ?", "n < ?1");
    Query q = connection.query(sql);
    q.bind(1, filter.before > 0 ? filter.before : std::numeric_limits<qint64>::max());
    if (!filter.subject.isNull())
        q.bind(2, filter.subject);
    if (!filter.actor.isNull())
        q.bind(3, filter.actor);
    if (!filter.intention.isEmpty())
        q.bind(4, filter.intention);
    q.bind(5, filter.limit);
    QList<AuditEntry> entries;
    while (q.next())
        entries << AuditEntry{q.integer(0), q.id(1),   q.integer(2), q.id(3), q.text(4), q.text(5),
                              q.text(6),    q.text(7), q.text(8),    q.id(9), q.text(10)};
    if (!q.ok())
        return q.failed();
    return entries;
}

} // namespace clinic::storage
