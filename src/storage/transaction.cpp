// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/transaction.h"

#include "core/checkdigit.h"
#include "core/crypto.h"
#include "storage/auditlog.h"
#include "storage/migrator.h"
#include "storage/replica/replica.h"
#include "storage/searchkeys.h"
#include "sync/wire/limits.h"

#include <QRandomGenerator>

namespace clinic::storage {
namespace {

Result<qint64> nextCounter(Connection &connection, const QString &name, qint64 step = 1)
{
    Query q = connection.query("INSERT INTO counter VALUES (?,?) ON CONFLICT (name) DO UPDATE SET "
                               "value=value+excluded.value RETURNING value",
                               name, step);
    if (!q.next())
        return q.failed();
    return q.integer(0);
}

// A larger value or group could not be sent to a server.
Result<void> checkSize(const Value &value, const FieldInfo &field)
{
    const QString column = QString::fromLatin1(field.column);
    if (const auto *text = std::get_if<QString>(&value); text && text->size() > sync::limits::text)
        return fail(ErrorCode::TooLong, column, {QString::number(sync::limits::text)});
    if (const auto *bytes = std::get_if<QByteArray>(&value); bytes && bytes->size() > sync::limits::bytes)
        return fail(ErrorCode::TooLong, column,
                    {QString::number(sync::limits::bytes / sync::limits::kib), QStringLiteral("kB")});
    return {};
}

bool isIndexed(const EntityInfo &entity)
{
    const std::string_view name(entity.name);
    return name == "patient" || name == "identifier" || name == "contact";
}

} // namespace

Result<QString> newDeviceCode(Connection &connection)
{
    QSet<QString> used;
    {
        // The key of an ended series is "ended/number/kind/branch/code".
        Query q =
            connection.query("SELECT value FROM local_state WHERE \"key\"='device-code' UNION SELECT name "
                             "FROM counter WHERE name LIKE 'ended/%'");
        while (q.next())
            used << q.text(0).section(u'/', -1);
        if (!q.ok())
            return q.failed();
    }
    // Base 32 without similar letters.
    static constexpr char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    QString code;
    for (int tries = 0; code.isEmpty() || used.contains(code); ++tries) {
        code = u'0';
        for (int i = 0; i < 2 + tries / 1000; ++i)
            code += QLatin1Char(letters[QRandomGenerator::system()->bounded(32)]);
    }
    return code;
}

Result<sync::HospitalKeys> hospitalKeys(Connection &connection)
{
    sync::HospitalKeys keys;
    Query q = connection.query("SELECT key_id, data_key, fingerprint_key FROM hospital_key");
    while (q.next()) {
        keys.dataKeys.insert(q.number(0), q.bytes(1));
        keys.fingerprintKey = q.bytes(2);
    }
    return q.ok() ? Result<sync::HospitalKeys>(keys) : q.failed();
}

Result<void> keepHospitalKeys(Connection &connection, const sync::HospitalKeys &keys, qint64 now)
{
    for (auto it = keys.dataKeys.begin(); it != keys.dataKeys.end(); ++it) {
        auto done = connection.exec("INSERT INTO hospital_key VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
                                    it.key(), it.value(), keys.fingerprintKey, now);
        if (!done)
            return done;
    }
    return {};
}

Transaction::Transaction(Connection &connection, FileIdentity &identity, UnitHeader header)
    : m_connection(connection), m_identity(identity), m_header(std::move(header))
{}

Result<void> Transaction::insertRow(Record &record, bool asItWas)
{
    const EntityInfo &entity = *record.entity;
    Row &row = record.row;
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        if (auto fits = checkSize(record.values[qsizetype(i)], entity.fields[i]); !fits)
            return fits;
    }
    if (row.id.isNull())
        row.id = Id::create(m_header.at);
    if (entity.perBranch && row.branchId.isNull())
        row.branchId = m_header.branch;
    if (!asItWas) {
        row.createdAt = row.updatedAt = m_header.at;
        row.createdBy = row.updatedBy = m_header.actor;
    }
    if (m_identity.isEnrolled) {
        // A window may still show a branch that this PC has just stopped keeping.
        if (entity.perBranch && !entity.everywhere) {
            const auto here = kept(m_connection);
            if (!here)
                return fail(here);
            if (!here->hasBranch(row.branchId))
                return fail(ErrorCode::NotFound, QStringLiteral("kept"));
        }
        if (auto kept = keepBase(m_connection, entity, row.id, nullptr); !kept)
            return kept;
    }
    {
        Query q =
            m_connection.query(sqlFor(entity).insert, row.id, row.branchId, row.createdAt, row.createdBy,
                               row.updatedAt, row.updatedBy, m_identity.hospital, m_identity.device);
        for (qsizetype i = 0; i < record.values.size(); ++i)
            q.bind(static_cast<int>(9 + i), record.values[i]);
        if (auto done = q.run(); !done)
            return done;
    }
    {
        Query q = m_connection.query("SELECT last_insert_rowid()");
        if (!q.next())
            return q.failed();
        row.rid = q.integer(0);
    }
    sync::Change change{&entity, row.id, row.branchId, sync::Change::Op::Insert, {}, {}};
    if (asItWas)
        change.made = sync::RowStamps{row.createdAt, row.createdBy, row.updatedAt, row.updatedBy};
    for (size_t i = 0; i < entity.fields.size(); ++i)
        change.fields << sync::FieldChange{&entity.fields[i], {}, record.values[qsizetype(i)]};
    m_changes << change;
    if (isIndexed(entity)) {
        const bool own = std::string_view(entity.name) == "patient";
        qint64 rid = row.rid;
        if (!own) {
            Query q = m_connection.query("SELECT rid FROM patient WHERE id=?", record.values[0]);
            rid = q.next() ? q.integer(0) : 0;
        }
        if (rid && !m_patientsToIndex.contains(rid))
            m_patientsToIndex << rid;
    }
    return {};
}

Result<void> Transaction::updateRecord(Record &record)
{
    const EntityInfo &entity = *record.entity;
    auto stored = findRecord(m_connection, entity, record.row.id);
    if (!stored)
        return fail(stored);
    sync::Change change{&entity, record.row.id, stored->row.branchId, sync::Change::Op::Patch, {}, {}};
    QByteArray assignments;
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        const Value &before = stored->values[qsizetype(i)];
        const Value &after = record.values[qsizetype(i)];
        if (before == after)
            continue;
        const ConflictPolicy policy = entity.fields[i].policy;
        if (policy == ConflictPolicy::Frozen || (policy == ConflictPolicy::Erasable && !isNull(after)))
            return fail(ErrorCode::Frozen, QString::fromLatin1(entity.fields[i].column));
        if (auto fits = checkSize(after, entity.fields[i]); !fits)
            return fits;
        change.fields << sync::FieldChange{&entity.fields[i], before, after};
        assignments += '"' + QByteArray(entity.fields[i].column) + "\"=?, ";
    }
    record.row = stored->row;
    if (change.fields.isEmpty())
        return {};
    if (m_identity.isEnrolled) {
        if (auto kept = keepBase(m_connection, entity, record.row.id, &*stored); !kept)
            return kept;
    }
    record.row.updatedAt = m_header.at;
    record.row.updatedBy = m_header.actor;
    const QByteArray sql = "UPDATE " + QByteArray(entity.name) + " SET " + assignments +
                           "updated_at=?, updated_by=? WHERE rid=?";
    {
        Query q = m_connection.query(sql);
        int index = 0;
        for (const auto &f : std::as_const(change.fields))
            q.bind(++index, f.after);
        q.bind(++index, m_header.at);
        q.bind(++index, m_header.actor);
        q.bind(++index, record.row.rid);
        if (auto done = q.run(); !done)
            return done;
    }
    m_changes << change;
    if (isIndexed(entity)) {
        const bool own = std::string_view(entity.name) == "patient";
        Query q = m_connection.query("SELECT rid FROM patient WHERE id=?",
                                     own ? Value{record.row.id.toBytes()} : record.values[0]);
        if (q.next() && !m_patientsToIndex.contains(q.integer(0)))
            m_patientsToIndex << q.integer(0);
    }
    return {};
}

Result<QString> Transaction::nextNumber(QStringView kind, const QString &branchCode)
{
    const auto counter = nextCounter(m_connection, QStringLiteral("number/%1/%2").arg(kind, branchCode));
    if (!counter)
        return fail(counter);
    const QString body =
        branchCode + u'-' + m_identity.deviceCode + u'-' + kind.toString() + QString::number(*counter);
    return QString(body + u'-' + checkCharacter(body));
}

Result<void> Transaction::indexNow(qint64 patientRid)
{
    m_patientsToIndex.removeAll(patientRid);
    return refreshSearchKeys(m_connection, {patientRid});
}

void Transaction::setSubject(const char *entity, const Id &id)
{
    m_subjectEntity = entity;
    m_subject = id;
}

Result<void> Transaction::adoptIdentity(const Id &hospital, const Id &device, bool isDemo)
{
    const auto code = newDeviceCode(m_connection);
    if (!code)
        return fail(code);
    const auto keys = sync::HospitalKeys::create();
    if (auto done = keepHospitalKeys(m_connection, keys, m_header.at); !done)
        return done;
    const std::pair<const char *, QString> state[] = {
        {"hospital", hospital.toString()},
        {"device", device.toString()},
        {"device-code", *code},
        {"demo", isDemo ? QStringLiteral("1") : QStringLiteral("0")},
        {"incarnation", Id::create(m_header.at).toString()}};
    for (const auto &[key, value] : state) {
        if (auto done = m_connection.exec("INSERT INTO local_state VALUES (?,?)", key, value); !done)
            return done;
    }
    m_identity.hospital = hospital;
    m_identity.device = device;
    m_identity.deviceCode = *code;
    m_identity.isDemo = isDemo;
    m_identity.sealer = sync::Sealer(keys, hospital);
    return {};
}

QList<domain::RowChange> Transaction::rowChanges() const
{
    QList<domain::RowChange> rows;
    rows.reserve(m_changes.size());
    for (const sync::Change &change : m_changes) {
        domain::RowChange row{change.entity, change.id,
                              change.op == sync::Change::Op::Insert ? domain::RowChange::Op::Insert
                                                                    : domain::RowChange::Op::Patch,
                              0};
        for (const auto &f : change.fields)
            row.fields |= quint64(1) << (f.field - change.entity->fields.data());
        rows << row;
    }
    return rows;
}

Result<void> Transaction::writeGroup(QByteArray &bodyHash)
{
    const auto last = nextCounter(m_connection, QStringLiteral("outbox"), m_changes.size());
    if (!last)
        return fail(last);
    sync::GroupHeader group;
    group.group = *last - m_changes.size() + 1;
    group.intention = m_header.intention;
    group.actor = m_header.actor;
    group.role = m_header.role;
    group.session = m_header.session;
    group.device = m_identity.device;
    group.hospital = m_identity.hospital;
    group.branch = m_header.branch;
    group.at = m_header.at;
    group.schema = schemaVersion();
    if (m_identity.isEnrolled) {
        Query q = m_connection.query("SELECT seq FROM cursor WHERE id=1");
        group.seen = q.next() ? q.integer(0) : 0;
        for (const sync::Change &change : std::as_const(m_changes)) {
            if (auto noted =
                    m_connection.exec("INSERT INTO unsent VALUES (?,?,?) ON CONFLICT DO NOTHING",
                                      QString::fromLatin1(change.entity->name), change.id, group.group);
                !noted)
                return noted;
        }
    }
    const QByteArray body = sync::encodeGroup(group, m_changes, m_identity.sealer);
    if (body.size() > sync::limits::group)
        return fail(ErrorCode::TooLong, QStringLiteral("group"));
    bodyHash = crypto::hash(body);
    return m_connection.exec("INSERT INTO outbox (n, changes, intention, actor, session, body, hash, seen, "
                             "schema, state, made_at) "
                             "VALUES (?,?,?,?,?,?,?,?,?,'waiting',?)",
                             group.group, m_changes.size(), QString::fromLatin1(m_header.intention),
                             m_header.actor, m_header.session, body, bodyHash, group.seen, group.schema,
                             m_header.at);
}

Result<void> Transaction::finish()
{
    if (m_changes.size() > maximumChanges)
        return fail(ErrorCode::Internal, {}, {},
                    QStringLiteral("%1 changes in one group").arg(m_changes.size()));
    if (auto done = refreshSearchKeys(m_connection, m_patientsToIndex); !done)
        return done;
    QByteArray bodyHash;
    if (!m_changes.isEmpty()) {
        if (auto done = writeGroup(bodyHash); !done)
            return done;
        if (m_subject.isNull())
            setSubject(m_changes.first().entity->name, m_changes.first().id);
    }
    if (!m_header.audited || !m_identity.isSetUp())
        return {};
    return appendAuditEvent(m_connection, m_identity, m_header, m_subjectEntity, m_subject, m_changes,
                            bodyHash);
}

} // namespace clinic::storage
