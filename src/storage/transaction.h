// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "storage/identity.h"
#include "storage/records.h"
#include "storage/replica/enrolment.h"
#include "sync/wire/groupencoder.h"

namespace clinic::storage {

// One unit of work while it runs: reads and writes rows, and remembers every difference, from which outbox
// group, search keys and audit event are made before the commit. The only way to write synced rows.
class Transaction
{
public:
    static constexpr int maximumChanges = 400;

    Transaction(Connection &connection, FileIdentity &identity, UnitHeader header);

    [[nodiscard]] Connection &connection() { return m_connection; }
    [[nodiscard]] const UnitHeader &header() const { return m_header; }
    [[nodiscard]] const FileIdentity &identity() const { return m_identity; }
    [[nodiscard]] qint64 now() const { return m_header.at; }

    template <class T>
    [[nodiscard]] Result<T> get(const Id &id)
    {
        return find<T>(m_connection, id);
    }
    template <class T, class... Args>
    [[nodiscard]] Result<QList<T>> all(QByteArrayView tail, const Args &...args)
    {
        return select<T>(m_connection, tail, args...);
    }

    // Stores a new row; gives it an id when it has none, and its branch when its entity belongs to one.
    Result<void> insertRecord(Record &record) { return insertRow(record, false); }
    // The same, and it keeps when it was made and by whom: it was there before, elsewhere.
    Result<void> insertAsItWas(Record &record) { return insertRow(record, true); }
    // Stores what differs from the stored row; nothing at all when nothing does.
    Result<void> updateRecord(Record &record);
    template <class T>
    Result<void> insert(T &object)
    {
        Record record = toRecord(object);
        auto done = insertRecord(record);
        static_cast<Row &>(object) = record.row;
        return done;
    }
    template <class T>
    Result<void> update(T &object)
    {
        Record record = toRecord(object);
        auto done = updateRecord(record);
        static_cast<Row &>(object) = record.row;
        return done;
    }

    // The next number of this device's gapless series: "MN-0AB-P123-7" for kind "P" in branch code "MN".
    [[nodiscard]] Result<QString> nextNumber(QStringView kind, const QString &branchCode);

    // Search keys of a patient before the end of the unit, for units that look at what they just wrote.
    Result<void> indexNow(qint64 patientRid);

    // What the audit event is about; the first changed row when never set.
    void setSubject(const char *entity, const Id &id);
    [[nodiscard]] QPair<QByteArray, Id> subject() const { return {m_subjectEntity, m_subject}; }
    // Who it was, when that is known only now: signing in.
    void identify(const Id &actor, const QString &name, const QString &role)
    {
        m_header.actor = actor;
        m_header.actorName = name;
        m_header.roleCode = role;
    }
    void setOutcome(const QByteArray &outcome) { m_header.outcome = outcome; }
    // Makes this file the hospital's: identity, keys and device, in this transaction.
    Result<void> adoptIdentity(const Id &hospital, const Id &device, bool isDemo);

    // Makes this file a device of a server's hospital.
    Result<void> enrol(const Enrolment &enrolment)
    {
        return enrolFile(m_connection, m_identity, enrolment, m_header.at);
    }

    // How this PC reaches its server from now on.
    Result<void> setServerAccess(const domain::ServerAccess &access)
    {
        return storage::setServerAccess(m_connection, access);
    }

    [[nodiscard]] QList<domain::RowChange> rowChanges() const;
    // Writes search keys, outbox group and audit event. Called by Database before COMMIT.
    Result<void> finish();

private:
    Result<void> insertRow(Record &record, bool asItWas);
    Result<void> writeGroup(QByteArray &bodyHash);

    Connection &m_connection;
    FileIdentity &m_identity;
    UnitHeader m_header;
    QByteArray m_subjectEntity;
    Id m_subject;
    QList<sync::Change> m_changes;
    QList<qint64> m_patientsToIndex;
};

// "0" and two letters, as a PC that never enrolled is called; not one that papers of this file bear already.
[[nodiscard]] Result<QString> newDeviceCode(Connection &connection);

// The keys in the file, and more of them for it; those that are there stay.
[[nodiscard]] Result<sync::HospitalKeys> hospitalKeys(Connection &connection);
Result<void> keepHospitalKeys(Connection &connection, const sync::HospitalKeys &keys, qint64 now);

} // namespace clinic::storage
