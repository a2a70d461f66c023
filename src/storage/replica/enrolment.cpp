// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/replica/enrolment.h"

#include "storage/database.h"

#include "core/crypto.h"
#include "domain/entities.h"
#include "storage/migrator.h"
#include "storage/replica/rowkeeper.h"
#include "sync/wire/jsonwriter.h"
#include "sync/wire/limits.h"

namespace clinic::storage {
namespace enrolling {

constexpr qsizetype changesPerGroup = 400;
constexpr int rowsAtOnce = 200; // read at once

// A row for the first upload, with its own time and user.
sync::Change uploaded(const EntityInfo &entity, const Record &record)
{
    sync::Change change{&entity, record.row.id, record.row.branchId, sync::Change::Op::Insert, {}, {}};
    change.made = sync::RowStamps{record.row.createdAt, record.row.createdBy, record.row.updatedAt,
                                  record.row.updatedBy};
    for (size_t i = 0; i < entity.fields.size(); ++i)
        change.fields << sync::FieldChange{&entity.fields[i], {}, record.values[qsizetype(i)]};
    return change;
}

// Writes all rows of this file as groups, in place of its outbox: the snapshot contains the outbox's
// changes.
Result<void> writeSnapshot(Connection &c, const FileIdentity &identity, qint64 now)
{
    // The snapshot contains these changes. Leases were another server's.
    for (const char *sql : {"DELETE FROM outbox", "DELETE FROM unsent", "DELETE FROM base_row",
                            "UPDATE busy SET active=0", "DELETE FROM lease"}) {
        if (auto done = c.exec(sql); !done)
            return done;
    }
    qint64 next = 0;
    {
        Query q = c.query("SELECT value FROM counter WHERE name='outbox'");
        next = q.next() ? q.integer(0) : 0;
    }
    const auto all = noteUploadedRows(c);
    if (!all)
        return fail(all);
    const qint64 first = next;
    QByteArray changes; // of the group being filled
    QList<QPair<const EntityInfo *, Id>> rows;
    const auto writeGroup = [&]() -> Result<void> {
        if (rows.isEmpty())
            return {};
        // Until the server has them these rows are unsent like any other.
        for (const auto &[entity, id] : std::as_const(rows)) {
            if (auto kept = keepBase(c, *entity, id, nullptr); !kept)
                return kept;
            if (auto noted = c.exec("INSERT INTO unsent VALUES (?,?,?)", QString::fromLatin1(entity->name),
                                    id, next + 1);
                !noted)
                return noted;
        }
        sync::GroupHeader header;
        header.group = next + 1;
        next += rows.size();
        header.intention = "enrol-device";
        header.device = identity.device;
        header.hospital = identity.hospital;
        header.at = now;
        header.schema = schemaVersion();
        const QByteArray body = sync::encodeGroup(header, changes);
        const auto done =
            c.exec("INSERT INTO outbox (n, changes, intention, body, hash, seen, schema, state, made_at) "
                   "VALUES (?,?,?,?,?,0,?,'waiting',?)",
                   header.group, qint64(rows.size()), QString::fromLatin1(header.intention), body,
                   crypto::hash(body), header.schema, header.at);
        changes.clear();
        rows.clear();
        return done;
    };
    for (const EntityInfo *entity : domain::allEntities()) {
        for (qint64 rid = 0;;) {
            // Pictures are large: not all rows at once.
            const auto records =
                selectRecords(c, *entity, "WHERE rid>? ORDER BY rid LIMIT ?", rid, rowsAtOnce);
            if (!records)
                return fail(records);
            for (const Record &record : *records) {
                const QByteArray change = sync::encodeChange(uploaded(*entity, record), identity.sealer);
                // A row that is larger than a group goes alone.
                if (rows.size() == changesPerGroup ||
                    changes.size() + change.size() > sync::limits::uploadGroup) {
                    if (auto done = writeGroup(); !done)
                        return done;
                }
                sync::JsonWriter(changes).json(change);
                rows << qMakePair(entity, record.row.id);
            }
            if (records->size() < rowsAtOnce)
                break;
            rid = records->last().row.rid;
        }
    }
    if (auto done = writeGroup(); !done)
        return done;
    if (next - first != *all)
        return fail(ErrorCode::Internal, {}, {},
                    QStringLiteral("%1 rows are here, %2 would be uploaded").arg(*all).arg(next - first));
    return c.exec(
        "INSERT INTO counter VALUES ('outbox',?) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
        next);
}

// The old code's number series end here; the new code's begin at one.
Result<void> endSeries(Connection &c, const QString &oldCode)
{
    return c.exec("UPDATE counter SET name='ended/' || name || '/' || ? WHERE name LIKE 'number/%'",
                  oldCode.isNull() ? QStringLiteral("") : oldCode);
}

// The keys that a code brought must belong to this file's hospital.
Result<void> checkKeys(Connection &c, const sync::HospitalKeys &keys)
{
    Query q = c.query("SELECT 1 FROM hospital_key WHERE fingerprint_key=?", keys.fingerprintKey);
    if (q.next())
        return {};
    return q.ok() ? fail(ErrorCode::OtherHospital) : q.failed();
}

} // namespace enrolling

Result<void> setState(Connection &c, const char *key, const QString &value)
{
    return c.exec("INSERT INTO local_state VALUES (?,?) ON CONFLICT DO UPDATE SET value=excluded.value", key,
                  value.isNull() ? QStringLiteral("") : value);
}

Result<QString> stateOf(Connection &c, const char *key)
{
    Query q = c.query("SELECT value FROM local_state WHERE \"key\"=?", key);
    const QString value = q.next() ? q.text(0) : QString();
    return q.ok() ? Result<QString>(value) : q.failed();
}

Result<qint64> lastContact(Connection &connection)
{
    Query q = connection.query("SELECT value FROM local_state WHERE \"key\"='last-contact'");
    const qint64 at = q.next() ? q.text(0).toLongLong() : 0;
    return q.ok() ? Result<qint64>(at) : q.failed();
}

void noteContact(Database &database, qint64 now)
{
    static_cast<void>(database.transactLocal(
        [now](Connection &c) { return setState(c, "last-contact", QString::number(now)); }));
}

Result<void> setServerAccess(Connection &c, const domain::ServerAccess &access)
{
    Result<void> step;
    const std::pair<const char *, QString> state[] = {
        {"servers", access.addresses.join(u' ')},
        {"server-certificate", QString::fromLatin1(access.certificate.toBase64())},
        {"server-authority", QString::fromLatin1(access.authority)}};
    for (const auto &[key, value] : state) {
        if (step)
            step = setState(c, key, value);
    }
    return step;
}

Result<void> becomeDevice(Connection &c, const FileIdentity &identity, const Id &device,
                          const QString &deviceCode, qint64 now)
{
    using namespace enrolling;
    auto step = endSeries(c, identity.deviceCode);
    for (const char *table : {"outbox", "outbox_archive"}) {
        if (step)
            step =
                c.exec("UPDATE " + QByteArray(table) + " SET device=? WHERE device IS NULL", identity.device);
    }
    // The server keeps the chain under the old device; this file continues it under the new one.
    if (step)
        step =
            c.exec("UPDATE OR REPLACE local_state SET \"key\"='audit-forked' WHERE \"key\"='audit-broken'");
    // The open cash drawer stays open.
    if (step)
        step =
            setState(c, "former-device/" + identity.device.toString().toLatin1(), identity.device.toString());
    // The first predecessor that the server knows.
    if (step && identity.isEnrolled)
        step = c.exec("INSERT INTO local_state VALUES ('successor-of',?) ON CONFLICT DO NOTHING",
                      identity.device.toString());
    const std::pair<const char *, QString> state[] = {{"device", device.toString()},
                                                      {"device-code", deviceCode},
                                                      {"incarnation", Id::create(now).toString()}};
    for (const auto &[key, value] : state) {
        if (step)
            step = setState(c, key, value);
    }
    return step;
}

Result<void> nameDevice(Connection &c, const FileIdentity &identity, const QString &deviceCode)
{
    using namespace enrolling;
    auto step = endSeries(c, identity.deviceCode);
    if (step)
        step = setState(c, "device-code", deviceCode);
    if (step)
        step = c.exec("DELETE FROM local_state WHERE \"key\"='successor-of'");
    return step;
}

Result<void> enrolFile(Connection &c, FileIdentity &identity, const Enrolment &enrolment, qint64 now)
{
    if (identity.isDemo)
        return fail(ErrorCode::WrongProfile, QStringLiteral("demo"));
    if (identity.isEnrolled) {
        if (identity.hospital != enrolment.hospital || !enrolment.keys || identity.device == enrolment.device)
            return fail(ErrorCode::Duplicate, QStringLiteral("server"));
        auto step = enrolling::checkKeys(c, *enrolment.keys);
        if (step) // the keys may have been replaced while the PC was away
            step = keepHospitalKeys(c, *enrolment.keys, now);
        if (step)
            step = becomeDevice(c, identity, enrolment.device, enrolment.deviceCode, now);
        // A signature of another server means nothing to this one.
        if (step)
            step = c.exec("DELETE FROM local_state WHERE \"key\" IN ('successor-of','audit-signed')");
        if (step)
            step = setServerAccess(c, {enrolment.servers, enrolment.certificate, {}});
        if (step)
            step = setState(c, "server-key", QString::fromLatin1(enrolment.serverKey.toBase64()));
        if (!step)
            return step;
        identity.device = enrolment.device;
        identity.deviceCode = enrolment.deviceCode;
        identity.sealer.add(enrolment.keys->dataKeys);
        return {};
    }
    if (identity.isSetUp() ? identity.hospital != enrolment.hospital || enrolment.keys : !enrolment.keys)
        return fail(ErrorCode::Duplicate, QStringLiteral("hospital"));
    Result<void> step;
    if (enrolment.keys)
        step = keepHospitalKeys(c, *enrolment.keys, now);
    const std::pair<const char *, QString> state[] = {
        {"hospital", enrolment.hospital.toString()},
        {"device", enrolment.device.toString()},
        {"device-code", enrolment.deviceCode},
        {"demo", QStringLiteral("0")},
        {"server-key", QString::fromLatin1(enrolment.serverKey.toBase64())},
        {"enrolled", QStringLiteral("1")},
        {"booted", QStringLiteral("0")}};
    for (const auto &[key, value] : state) {
        if (step)
            step = setState(c, key, value);
    }
    if (step)
        step = setServerAccess(c, {enrolment.servers, enrolment.certificate, {}});
    if (step)
        step = enrolling::endSeries(c, identity.deviceCode);
    if (step)
        step = c.exec("INSERT INTO cursor (id, epoch, seq) VALUES (1,?,0) ON CONFLICT DO UPDATE SET "
                      "epoch=excluded.epoch, seq=0",
                      enrolment.epoch);
    if (step && identity.isSetUp())
        step = enrolling::writeSnapshot(c, identity, now);
    if (!step)
        return step;
    identity.hospital = enrolment.hospital;
    identity.device = enrolment.device;
    identity.deviceCode = enrolment.deviceCode;
    identity.isEnrolled = true;
    if (enrolment.keys)
        identity.sealer = sync::Sealer(*enrolment.keys, enrolment.hospital);
    return {};
}

} // namespace clinic::storage
