// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "storage/identity.h"
#include "storage/records.h"
#include "sync/wire/messages.h"

namespace clinic::storage {

// Keeps the tables equal to the server's rows with this device's unsent changes on top. Lives for one
// transaction; the triggers of append-only rows are lifted meanwhile.
class RowKeeper
{
public:
    RowKeeper(Connection &connection, FileIdentity identity)
        : m_connection(connection), m_identity(std::move(identity))
    {}

    // Opens maintenance(reason).
    Result<void> begin(const QString &reason);
    // Takes a row of the server. A row whose version does not follow is requested again (table repair).
    Result<void> take(const sync::ServerRow &row);
    // Makes a row from the server's state and the unsent changes. When neither exists, the row is deleted;
    // with a reason, it moves to unknown_row.
    Result<void> layAgain(const EntityInfo &entity, const Id &id, const QString &reasonAside = {});
    // Moves a row that the server no longer has to unknown_row.
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
    std::optional<bool> m_anyUnsent; // usually there is nothing to look for
    bool m_anyEmptied = false;
    bool m_anyRepair = true;
    QHash<qint64, sync::WireGroup> m_groups;
    QHash<const EntityInfo *, QList<bool>> m_notNull;
};

// Call before a unit of work of this enrolled device changes a row: the row's present state is the server's,
// unless unsent changes lie on it already. `before` null: the row is new.
Result<void> keepBase(Connection &connection, const EntityInfo &entity, const Id &id, const Record *before);

} // namespace clinic::storage
