// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "storage/identity.h"
#include "storage/records.h"
#include "sync/wire/messages.h"

namespace clinic::storage {

// Keeps the tables, as screens read them, equal to "what the server has, with this device's unsent changes
// laid on top". Lives for one transaction; the guards of append-only rows are open meanwhile.
class RowKeeper
{
public:
    RowKeeper(Connection &connection, FileIdentity identity)
        : m_connection(connection), m_identity(std::move(identity))
    {}

    // Opens maintenance(reason).
    Result<void> begin(const QString &reason);
    // Takes a row as the server has it. A version that does not follow ours is asked for again (table
    // repair).
    Result<void> take(const sync::ServerRow &row);
    // Makes a row anew from what the server has of it and what is still unsent. When nothing is left of it,
    // it goes; with a reason, it is set aside.
    Result<void> layAgain(const EntityInfo &entity, const Id &id, const QString &reasonAside = {});
    // A row the server no longer has: kept aside in unknown_row, out of the tables.
    Result<void> setAside(const EntityInfo &entity, const Id &id, const QString &reason);
    // Folds states, refreshes search keys, closes maintenance.
    Result<void> finish();

    [[nodiscard]] const QList<domain::RowChange> &changed() const { return m_changed; }

private:
    using Values = QList<Value>;
    struct Stamps
    {
        Id branch{};
        qint64 createdAt = 0;
        Id createdBy{};
        qint64 updatedAt = 0;
        Id updatedBy{};
        Id device{};
    };
    struct State
    {
        std::optional<Values> values; // nothing: no such row
        Stamps stamps{};
    };

    [[nodiscard]] Result<State> baseOf(const EntityInfo &entity, const Id &id);
    [[nodiscard]] Result<State> stored(const EntityInfo &entity, const Id &id);
    Result<void> saveBase(const EntityInfo &entity, const Id &id, const State &state);
    Result<void> write(const EntityInfo &entity, const Id &id, State state, bool likelyNew = false);
    Result<void> remove(const EntityInfo &entity, const Id &id);
    void layOn(State &state, const EntityInfo &entity, const Id &id, const sync::WireGroup &group);
    [[nodiscard]] Result<QList<qint64>> unsentOf(const EntityInfo &entity, const Id &id);
    [[nodiscard]] Result<const sync::WireGroup *> groupOf(qint64 n);
    [[nodiscard]] Result<const QList<bool> *> notNull(const EntityInfo &entity);
    void noteChange(const EntityInfo &entity, const Id &id, const Values &values);
    Result<void> foldStates();

    Connection &m_connection;
    const FileIdentity m_identity;
    QList<domain::RowChange> m_changed;
    QSet<Id> m_appointments;
    QSet<Id> m_patients;
    std::optional<bool> m_anyUnsent; // most of the time there is nothing to look for
    bool m_anyEmptied = false;
    bool m_anyRepair = true;
    QHash<qint64, sync::WireGroup> m_groups;
    QHash<const EntityInfo *, QList<bool>> m_notNull;
};

// Notes that a row is about to be changed by a unit of this enrolled device: its present state is the
// server's, unless unsent changes lie on it already. `before` null: the row is new.
Result<void> keepBase(Connection &connection, const EntityInfo &entity, const Id &id, const Record *before);

} // namespace clinic::storage
