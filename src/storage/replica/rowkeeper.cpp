// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/replica/rowkeeper.h"

#include "core/log.h"
#include "domain/appointments/entities.h"
#include "domain/appointments/lifecycle.h"
#include "domain/entities.h"
#include "domain/patients/entities.h"
#include "storage/appointments/queries.h"
#include "storage/replica/documentqueue.h"
#include "storage/searchkeys.h"
#include "sync/merge/fieldmerge.h"
#include "sync/merge/fold.h"
#include "sync/wire/jsonwriter.h"

namespace clinic::storage {
namespace rowkeeping {

// A base never leaves this file: plain values, by column, with the row's stamps.
QString encodeBase(const EntityInfo &entity, const QList<Value> &values)
{
    QByteArray out;
    sync::JsonWriter writer(out);
    writer.open();
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        if (!isNull(values[qsizetype(i)]))
            writer.name(entity.fields[i].column).value(values[qsizetype(i)]);
    }
    writer.close();
    return QString::fromUtf8(out);
}

QList<Value> nulls(const EntityInfo &entity)
{
    return QList<Value>(qsizetype(entity.fields.size()));
}

// A local value in the form of a patch's base; only the fingerprint matters for equality.
sync::WireValue comparable(const Value &value, const FieldInfo &field, const Id &row,
                           const sync::Sealer &sealer)
{
    if (field.sealing == Sealing::Sealed && !isNull(value))
        return {{}, QByteArrayLiteral("-"), sealer.fingerprint(value, row, field.column)};
    return sync::wireValue(value, field, row, sealer);
}

} // namespace rowkeeping

using namespace rowkeeping;

Result<void> keepBase(Connection &connection, const EntityInfo &entity, const Id &id, const Record *before)
{
    // During a new epoch's load, a row that was not named yet may not be in it: its base is unknown until it
    // comes.
    const bool named = before && connection
                                     .query("SELECT 1 FROM row_state WHERE entity=? AND id=?",
                                            QString::fromLatin1(entity.name), id)
                                     .next();
    const QString fields = named ? encodeBase(entity, before->values) : QStringLiteral("null");
    return connection.exec("INSERT INTO base_row VALUES (?,?,?) ON CONFLICT DO NOTHING",
                           QString::fromLatin1(entity.name), id, fields);
}

Result<void> RowKeeper::begin(const QString &reason)
{
    return m_connection.exec("INSERT INTO maintenance VALUES (1,?)", reason);
}

Result<const QList<bool> *> RowKeeper::notNull(const EntityInfo &entity)
{
    auto &flags = m_notNull[&entity];
    if (flags.isEmpty()) {
        flags.resize(qsizetype(entity.fields.size()));
        Query q = m_connection.query("PRAGMA table_info(" + QByteArray(entity.name) + ')');
        while (q.next()) {
            const int index = entity.indexOf(q.text(1).toStdString());
            if (index >= 0)
                flags[index] = q.integer(3) != 0;
        }
        if (!q.ok())
            return q.failed();
    }
    return &flags;
}

Result<RowKeeper::State> RowKeeper::stored(const EntityInfo &entity, const Id &id)
{
    Query q = m_connection.query(
        "SELECT branch_id, created_at, created_by, updated_at, updated_by, origin_device FROM " +
            QByteArray(entity.name) + " WHERE id=?",
        id);
    if (!q.next()) {
        if (!q.ok())
            return q.failed();
        return State{};
    }
    State state;
    state.stamps = {q.id(0), q.integer(1), q.id(2), q.integer(3), q.id(4), q.id(5)};
    auto record = findRecord(m_connection, entity, id);
    if (!record)
        return fail(record);
    state.values = record->values;
    return state;
}

Result<RowKeeper::State> RowKeeper::baseOf(const EntityInfo &entity, const Id &row)
{
    auto state = stored(entity, row); // for the stamps
    if (!state)
        return state;
    state->values.reset();
    Query q = m_connection.query("SELECT fields FROM base_row WHERE entity=? AND id=?",
                                 QString::fromLatin1(entity.name), row);
    if (!q.next()) {
        if (!q.ok())
            return q.failed();
        return *state;
    }
    const QString text = q.text(0);
    if (text == u"null")
        return *state;
    const auto fields = sync::decodeFields(text.toUtf8(), sync::grammar::isLocalName);
    if (!fields)
        return fail(ErrorCode::Damaged, {}, {}, QStringLiteral("base of a row"));
    // A row that is not in its table has its stamps in the state.
    Stamps &stamps = state->stamps;
    const auto number = [&](const char *key, qint64 &out) {
        if (const auto it = fields->find(key); it != fields->end())
            ValueCodec<qint64>::from(it->clear, out);
    };
    const auto id = [&](const char *key, Id &out) {
        const Value value = fields->value(key).clear;
        if (const auto *written = std::get_if<QString>(&value))
            out = Id::fromString(*written);
    };
    id("_branch", stamps.branch);
    number("_created_at", stamps.createdAt);
    id("_created_by", stamps.createdBy);
    number("_updated_at", stamps.updatedAt);
    id("_updated_by", stamps.updatedBy);
    id("_device", stamps.device);
    state->values = nulls(entity);
    for (size_t i = 0; i < entity.fields.size(); ++i) {
        if (const auto it = fields->find(entity.fields[i].column); it != fields->end())
            (*state->values)[qsizetype(i)] =
                sync::localValue(*it, entity.fields[i], row, m_identity.sealer).value_or(Value{});
    }
    return *state;
}

Result<void> RowKeeper::saveBase(const EntityInfo &entity, const Id &id, const State &state)
{
    QString text = QStringLiteral("null");
    if (state.values) {
        QByteArray out = encodeBase(entity, *state.values).toUtf8();
        out.chop(1);
        const auto add = [&out](const char *key, const Value &value) {
            if (!isNull(value))
                sync::JsonWriter(out).name(key).value(value);
        };
        const Stamps &s = state.stamps;
        add("_branch", ValueCodec<Id>::to(s.branch));
        add("_created_at", Value{s.createdAt});
        add("_created_by", ValueCodec<Id>::to(s.createdBy));
        add("_updated_at", Value{s.updatedAt});
        add("_updated_by", ValueCodec<Id>::to(s.updatedBy));
        add("_device", ValueCodec<Id>::to(s.device));
        text = QString::fromUtf8(out.append('}'));
    }
    return m_connection.exec(
        "INSERT INTO base_row VALUES (?,?,?) ON CONFLICT DO UPDATE SET fields=excluded.fields",
        QString::fromLatin1(entity.name), id, text);
}

void RowKeeper::noteChange(const EntityInfo &entity, const Id &id, const Values &values)
{
    m_changed << domain::RowChange{&entity, id, domain::RowChange::Op::Patch, ~quint64(0)};
    const auto idAt = [&](const char *column) {
        const Value &value = values[entity.indexOf(column)];
        return std::holds_alternative<QByteArray>(value) ? Id::fromBytes(std::get<QByteArray>(value)) : Id{};
    };
    if (&entity == &domain::Appointment::entity())
        m_appointments << id;
    else if (&entity == &domain::AppointmentEvent::entity())
        m_appointments << idAt("appointment_id");
    else if (&entity == &domain::Patient::entity())
        m_patients << id;
    else if (&entity == &domain::Identifier::entity() || &entity == &domain::Contact::entity())
        m_patients << idAt("patient_id");
    else if (&entity == &domain::VoidMark::entity()) {
        Query q =
            m_connection.query("SELECT appointment_id FROM appointment_event WHERE id=?", idAt("row_id"));
        if (q.next())
            m_appointments << q.id(0);
    }
}

Result<void> RowKeeper::write(const EntityInfo &entity, const Id &id, State state, bool likelyNew)
{
    const auto required = notNull(entity);
    if (!required)
        return fail(required);
    Values &values = *state.values;
    for (qsizetype i = 0; i < values.size(); ++i) {
        // A server version without this field left it out: the replica takes the row all the same.
        if (isNull(values[i]) && (*required)->at(i))
            values[i] = entity.fields[size_t(i)].type == ValueType::Integer ? Value{qint64(0)}
                                                                            : Value{QStringLiteral("")};
    }
    const Stamps &s = state.stamps;
    const auto replaced = [&]() -> Result<bool> {
        Query update = m_connection.query(sqlFor(entity).replace);
        int index = 0;
        update.bind(++index, s.updatedAt);
        update.bind(++index, s.updatedBy);
        for (const Value &value : std::as_const(values))
            update.bind(++index, value);
        update.bind(++index, id);
        const bool exists = update.next();
        if (!update.ok())
            return update.failed();
        if (exists)
            static_cast<void>(update.next());
        return exists;
    };
    const auto inserted = [&]() -> Result<bool> {
        Query insert =
            m_connection.query(sqlFor(entity).insertMissing, id, s.branch, s.createdAt, s.createdBy,
                               s.updatedAt, s.updatedBy, m_identity.hospital, s.device);
        for (qsizetype i = 0; i < values.size(); ++i)
            insert.bind(int(9 + i), values[i]);
        const bool isNew = insert.next(); // RETURNING
        if (!insert.ok())
            return insert.failed();
        if (isNew)
            static_cast<void>(insert.next());
        return isNew;
    };
    // The likelier statement first.
    auto done = likelyNew ? inserted() : replaced();
    if (done && !*done)
        done = likelyNew ? replaced() : inserted();
    if (!done)
        return fail(done);
    noteChange(entity, id, values);
    return {};
}

Result<void> RowKeeper::remove(const EntityInfo &entity, const Id &id)
{
    const auto state = stored(entity, id);
    if (!state)
        return fail(state);
    if (!state->values)
        return {};
    noteChange(entity, id, *state->values);
    if (&entity == &domain::Patient::entity()) {
        m_patients.remove(id);
        for (const char *sql :
             {"DELETE FROM shared_identifier WHERE key IN (SELECT key FROM search_key WHERE "
              "kind=6 AND rid=(SELECT rid FROM patient WHERE id=?)) AND (SELECT count(*) FROM "
              "search_key k WHERE k.kind=6 AND k.key=shared_identifier.key)<3",
              "DELETE FROM search_key WHERE rid=(SELECT rid FROM patient WHERE id=?)",
              "DELETE FROM search_doc WHERE rid=(SELECT rid FROM patient WHERE id=?)"}) {
            if (auto done = m_connection.exec(sql, id); !done)
                return done;
        }
    }
    return m_connection.exec("DELETE FROM " + QByteArray(entity.name) + " WHERE id=?", id);
}

Result<QList<qint64>> RowKeeper::unsentOf(const EntityInfo &entity, const Id &id)
{
    QList<qint64> groups;
    Query q = m_connection.query("SELECT n FROM unsent WHERE entity=? AND id=? ORDER BY n",
                                 QString::fromLatin1(entity.name), id);
    while (q.next())
        groups << q.integer(0);
    if (!q.ok())
        return q.failed();
    return groups;
}

Result<const sync::WireGroup *> RowKeeper::groupOf(qint64 n)
{
    const auto known = m_groups.constFind(n);
    if (known != m_groups.constEnd())
        return &*known;
    Query q = m_connection.query("SELECT body FROM outbox WHERE n=?", n);
    if (!q.next())
        return q.ok()
                   ? tl::unexpected(Error(ErrorCode::Damaged, {}, {}, QStringLiteral("unsent group is gone")))
                   : q.failed();
    auto group = sync::decodeGroup(q.bytes(0));
    if (!group)
        return fail(group);
    return &*m_groups.insert(n, *group);
}

// Applies an unsent change as the server will.
void RowKeeper::layOn(State &state, const EntityInfo &entity, const Id &id, const sync::WireGroup &group)
{
    for (const sync::WireChange &change : group.changes) {
        if (change.id != id || change.entity != entity.name)
            continue;
        const bool insert = change.op == sync::Change::Op::Insert;
        if (insert == state.values.has_value())
            continue; // the server has that insert already, or rejected the one this patch needs
        if (insert) {
            state.values = nulls(entity);
            const auto made = change.made.value_or(
                sync::RowStamps{group.header.at, group.header.actor, group.header.at, group.header.actor});
            state.stamps = {change.branchId, made.createdAt, made.createdBy,
                            made.updatedAt,  made.updatedBy, group.header.device};
        }
        for (const auto &f : change.fields) {
            const int index = entity.indexOf(std::string_view(f.column.constData(), size_t(f.column.size())));
            if (index < 0)
                continue;
            const FieldInfo &info = entity.fields[size_t(index)];
            const auto wanted = sync::localValue(f.value, info, id, m_identity.sealer);
            if (!wanted)
                continue;
            Value &current = (*state.values)[index];
            const auto outcome =
                insert
                    ? sync::FieldOutcome::Take
                    : sync::mergeField(sync::isBase(f.base, comparable(current, info, id, m_identity.sealer)),
                                       current == *wanted, info.policy);
            if (outcome == sync::FieldOutcome::Take || outcome == sync::FieldOutcome::TakeWanted)
                current = *wanted;
        }
    }
}

Result<void> RowKeeper::layAgain(const EntityInfo &entity, const Id &id, const QString &reasonAside)
{
    const auto groups = unsentOf(entity, id);
    if (!groups)
        return fail(groups);
    auto state = baseOf(entity, id);
    if (!state)
        return fail(state);
    for (const qint64 n : *groups) {
        const auto group = groupOf(n);
        if (!group)
            return fail(group);
        layOn(*state, entity, id, **group);
    }
    if (groups->isEmpty()) {
        if (auto done = m_connection.exec("DELETE FROM base_row WHERE entity=? AND id=?",
                                          QString::fromLatin1(entity.name), id);
            !done)
            return done;
    }
    if (state->values)
        return write(entity, id, *state);
    return reasonAside.isEmpty() ? remove(entity, id) : setAside(entity, id, reasonAside);
}

Result<void> RowKeeper::setAside(const EntityInfo &entity, const Id &id, const QString &reason)
{
    const auto state = stored(entity, id);
    if (!state || !state->values)
        return state ? Result<void>() : fail(state);
    if (auto done = m_connection.exec("INSERT INTO unknown_row VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET "
                                      "reason=excluded.reason, body=excluded.body",
                                      QString::fromLatin1(entity.name), id, reason,
                                      encodeBase(entity, *state->values));
        !done)
        return done;
    return remove(entity, id);
}

Result<void> RowKeeper::take(const sync::ServerRow &row)
{
    const QString name = QString::fromLatin1(row.entity);
    const EntityInfo *entity = domain::entityNamed(name);
    if (!entity) {
        return m_connection.exec("INSERT INTO unknown_row VALUES (?,?,'newer',?) ON CONFLICT DO UPDATE SET "
                                 "body=excluded.body",
                                 name, row.id, QString::fromUtf8(sync::encodeRow(row)));
    }
    qint64 version = 0;
    QString extraText;
    {
        Query q = m_connection.query("SELECT rv, extra FROM row_state WHERE entity=? AND id=?");
        q.bindUtf8(1, row.entity);
        q.bind(2, row.id);
        if (q.next()) {
            version = q.integer(0);
            extraText = q.text(1);
        }
    }
    if (version >= row.version)
        return {}; // repeated
    if (row.entity == "document" && row.fields.contains("content") && row.fields.value("content").isNull())
        m_anyEmptied = true;
    const auto askAgain = [&] {
        m_anyRepair = true;
        return m_connection.exec("INSERT INTO repair VALUES (?,?) ON CONFLICT DO NOTHING", name, row.id);
    };
    if (row.previous > 0 && row.previous != version)
        return askAgain();

    if (!m_anyUnsent) {
        Query q = m_connection.query("SELECT EXISTS (SELECT 1 FROM unsent), EXISTS (SELECT 1 FROM repair)");
        if (!q.next())
            return q.failed();
        m_anyUnsent = q.number(0) != 0;
        m_anyRepair = q.number(1) != 0;
    }
    const auto unsent = *m_anyUnsent ? unsentOf(*entity, row.id) : QList<qint64>();
    if (!unsent)
        return fail(unsent);
    // A whole row does not need the previous one.
    auto state = row.previous <= 0   ? Result<State>(State{})
                 : unsent->isEmpty() ? stored(*entity, row.id)
                                     : baseOf(*entity, row.id);
    if (!state)
        return fail(state);
    sync::WireFields extra;
    if (!extraText.isEmpty())
        extra = sync::decodeFields(extraText.toUtf8()).value_or(sync::WireFields());
    if (row.previous <= 0) {
        state->values = nulls(*entity);
        state->stamps = {row.branch, row.createdAt, row.createdBy, row.updatedAt, row.updatedBy, row.device};
        extra.clear();
    } else if (!state->values) {
        return askAgain();
    }
    state->stamps.updatedAt = row.updatedAt;
    state->stamps.updatedBy = row.updatedBy;
    for (const auto &value : row.fields) {
        // The key comes from another PC; until then this and later rows are not taken.
        if (!m_identity.sealer.hasKeyOf(value.envelope))
            return fail(ErrorCode::KeyMissing);
    }
    for (auto it = row.fields.begin(); it != row.fields.end(); ++it) {
        const int index = entity->indexOf(std::string_view(it.key().constData(), size_t(it.key().size())));
        const auto value =
            index < 0 ? std::optional<Value>()
                      : sync::receivedValue(*it, entity->fields[size_t(index)], row.id, m_identity.sealer);
        if (value)
            (*state->values)[index] = *value;
        else
            extra.insert(it.key(),
                         *it); // a newer version's or unreadable value: kept as received
    }
    if (auto done = m_connection.exec("INSERT INTO row_state VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET "
                                      "rv=excluded.rv, scope=excluded.scope, "
                                      "extra=excluded.extra",
                                      name, row.id, row.version, QString::fromLatin1(row.scope),
                                      extra.isEmpty() ? Value{}
                                                      : Value{QString::fromUtf8(sync::encodeFields(extra))});
        !done)
        return done;
    if (row.previous <= 0 && m_anyRepair) {
        if (auto done = m_connection.exec("DELETE FROM repair WHERE entity=? AND id=?", name, row.id); !done)
            return done;
    }
    if (unsent->isEmpty())
        return write(*entity, row.id, *state, version == 0 && row.previous <= 0);
    if (auto done = saveBase(*entity, row.id, *state); !done)
        return done;
    return layAgain(*entity, row.id);
}

Result<void> RowKeeper::foldStates()
{
    for (const Id &id : std::as_const(m_appointments)) {
        if (id.isNull())
            continue;
        const auto events = stateEvents(m_connection, id);
        if (!events)
            return fail(events);
        const auto folded = sync::fold(*events, domain::appointmentLifeCycle);
        if (folded.state < 0)
            continue;
        const QString state = enumCode(static_cast<domain::AppointmentState>(folded.state));
        if (auto done =
                m_connection.exec("UPDATE appointment SET state=? WHERE id=? AND state<>?", state, id, state);
            !done)
            return done;
    }
    return {};
}

Result<void> RowKeeper::finish()
{
    if (auto done = foldStates(); !done)
        return done;
    QList<qint64> rids;
    for (const Id &patient : std::as_const(m_patients)) {
        Query q = m_connection.query("SELECT rid FROM patient WHERE id=?", patient);
        if (q.next()) // otherwise the row is not here yet
            rids << q.integer(0);
    }
    std::ranges::sort(rids);
    if (auto done = refreshSearchKeys(m_connection, rids); !done)
        return done;
    if (m_anyEmptied) { // the anonymised patient's old values must not stay
        if (auto done = forgetStrayDocuments(m_connection); !done)
            return done;
    }
    return m_connection.exec("DELETE FROM maintenance");
}

} // namespace clinic::storage
