// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/walltime.h"
#include "secrets/keyfile.h"
#include "services/session.h"
#include "storage/transaction.h"

namespace clinic::services {

// Parameters of a service function: the open transaction, the session, and the time.
struct WorkUnit
{
    storage::Transaction &tx;
    const Session &session;
    const Clock &clock;
    secrets::KeyFile *keys = nullptr; // the key file; null for an unsealed file

    [[nodiscard]] qint64 now() const { return tx.now(); }
    // Today in the branch's zone.
    [[nodiscard]] QDate today() const { return walltime::dayOf(now(), session.zone()); }
};

// Parameters of a reading function: a reader's connection, the session, and the time.
struct ReadUnit
{
    storage::Connection &connection;
    const Session &session;
    qint64 now = 0;
    sync::Sealer sealer; // opens values that are sealed even in this file: those of conflicts

    [[nodiscard]] QDate today() const { return walltime::dayOf(now, session.zone()); }
};

// The outcome of an intention without a result.
struct Done
{};

} // namespace clinic::services
