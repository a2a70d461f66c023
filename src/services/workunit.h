// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/walltime.h"
#include "secrets/keyfile.h"
#include "services/session.h"
#include "storage/transaction.h"

namespace clinic::services {

// What a service function works on: the open transaction, who asks, and the time.
struct WorkUnit
{
    storage::Transaction &tx;
    const Session &session;
    const Clock &clock;
    secrets::KeyFile *keys = nullptr; // who may open the sealed file; null where it is not sealed

    [[nodiscard]] qint64 now() const { return tx.now(); }
    // Today in the branch's zone.
    [[nodiscard]] QDate today() const { return walltime::dayOf(now(), session.zone()); }
};

// What a reading function works on: a reader's connection, who asks, and the time.
struct ReadUnit
{
    storage::Connection &connection;
    const Session &session;
    qint64 now = 0;
    sync::Sealer sealer; // opens what is kept sealed even here: the values of conflicts

    [[nodiscard]] QDate today() const { return walltime::dayOf(now, session.zone()); }
};

// The outcome of an intention that has nothing to tell.
struct Done
{};

} // namespace clinic::services
