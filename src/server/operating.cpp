// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service.h"
#include "sync/wire/enrolment.h"

// Commands that the operator runs on the server's own machine.
namespace clinic::server {
Result<Service::NewCode> Service::addHospital(const QString &name)
{
    const qint64 now = m_clock.nowMs();
    const NewCode code{crypto::randomBytes(20), Id::create(now)};
    const auto done = m_store.transact(code.hospital, [&](SqlSession &session) -> Result<void> {
        const Value hospital = idValue(code.hospital);
        const std::pair<const char *, Row> steps[] = {
            {"INSERT INTO hospital VALUES ($1,$2,$3)", {hospital, Value{name}, Value{now}}},
            {"INSERT INTO enrolment_code (hospital_id, proof_hash, wrapped, scopes, expires_at, used_at, "
             "first) "
             "VALUES ($1,$2,NULL,'*',$3,0,1)",
             {hospital, Value{crypto::hash(sync::enrolmentProof(code.secret))}, Value{now + codeMs}}}};
        for (const auto &[sql, parameters] : steps) {
            if (auto ran = session.run(sql, parameters); !ran)
                return fail(ran);
        }
        return noteOperation(session, code.hospital, "hospital add", {});
    });
    if (!done)
        return fail(done);
    return code;
}

Result<QList<Service::Hospital>> Service::hospitals()
{
    QList<Hospital> list;
    const auto done = m_store.transact({}, [&](SqlSession &session) -> Result<void> {
        const auto rows = session.run("SELECT hospital_id, name FROM hospital ORDER BY created_at");
        if (!rows)
            return fail(rows);
        for (const Row &row : *rows) {
            const Id id = idAt(row, 0);
            if (auto acting = session.actFor(id); !acting)
                return fail(acting);
            const auto count = session.run("SELECT count(*) FROM device WHERE hospital_id=$1", {idValue(id)});
            if (!count)
                return fail(count);
            // The first PC may bring its own id; the entry that its code was made for then stays empty.
            const auto used = session.run(
                "SELECT count(*) FROM enrolment_code WHERE hospital_id=$1 AND used_at>0", {idValue(id)});
            if (!used)
                return fail(used);
            const qint64 devices = integerAt(count->first(), 0);
            list << Hospital{id, QString::fromUtf8(bytesAt(row, 1)), devices,
                             devices == 0 && integerAt(used->first(), 0) > 0};
        }
        return {};
    });
    if (!done)
        return fail(done);
    return list;
}

Result<QList<DeviceRecord>> Service::devices(const Id &hospital)
{
    QList<DeviceRecord> list;
    const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
        const auto ids =
            session.run("SELECT id FROM device WHERE hospital_id=$1 ORDER BY number", {idValue(hospital)});
        if (!ids)
            return fail(ids);
        for (const Row &row : *ids) {
            const auto record = device(session, hospital, idAt(row, 0), false);
            if (!record)
                return fail(record);
            list << **record;
        }
        return {};
    });
    if (!done)
        return fail(done);
    return list;
}

Result<void> Service::setDeviceState(const Id &hospital, const Id &id, const QByteArray &state)
{
    if (state != "active" && state != "revoked" && state != "retired" && state != "lost")
        return fail(ErrorCode::Invalid, QStringLiteral("state"));
    return m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
        if (auto done = changeState(session, hospital, id, state); !done)
            return done;
        return noteOperation(session, hospital, "device " + state, id.toString().toLatin1());
    });
}

Result<void> Service::noteOperation(SqlSession &session, const Id &hospital, const QByteArray &what,
                                    const QByteArray &about)
{
    if (m_operator.isEmpty())
        return {};
    const auto noted =
        session.run("INSERT INTO operation_log (hospital_id, n, at, who, what, about, version) SELECT $1, "
                    "coalesce(max(n),0)+1, $2, $3, $4, $5, $6 FROM operation_log WHERE hospital_id=$1",
                    {idValue(hospital), Value{m_clock.nowMs()}, textValue(m_operator), textValue(what),
                     textValue(about), textValue(CLINIC_VERSION)});
    return noted ? Result<void>() : fail(noted);
}

Result<QList<Service::Operation>> Service::operations(const Id &hospital)
{
    QList<Operation> list;
    const auto done = m_store.transact(hospital, [&](SqlSession &session) -> Result<void> {
        const auto rows = session.run(
            "SELECT at, who, what, about, version FROM operation_log WHERE hospital_id=$1 ORDER BY n",
            {idValue(hospital)});
        if (!rows)
            return fail(rows);
        for (const Row &row : *rows)
            list << Operation{integerAt(row, 0), bytesAt(row, 1), bytesAt(row, 2), bytesAt(row, 3),
                              bytesAt(row, 4)};
        return {};
    });
    if (!done)
        return fail(done);
    return list;
}

Result<void> Service::bumpEpochs()
{
    return m_store.transact({}, [this](SqlSession &session) -> Result<void> {
        const auto hospitals = session.run("SELECT hospital_id FROM hospital");
        if (!hospitals)
            return fail(hospitals);
        for (const Row &row : *hospitals) {
            if (auto acting = session.actFor(idAt(row, 0)); !acting)
                return fail(acting);
            const auto set = session.run("UPDATE hospital_head SET epoch=$2 WHERE hospital_id=$1",
                                         {row.first(), Value{crypto::randomBytes(16)}});
            if (!set)
                return fail(set);
            // This server's tokens are older than the PCs', and a PC that it took for a copy since it was
            // restored may not be one. A real copy is noticed again after the next two tokens.
            const auto forgotten =
                session.run("DELETE FROM token_family WHERE hospital_id=$1", {row.first()});
            if (!forgotten)
                return fail(forgotten);
            if (auto noted = noteOperation(session, idAt(row, 0), "new history", {}); !noted)
                return noted;
        }
        return {};
    });
}

} // namespace clinic::server
