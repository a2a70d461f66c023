// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sql.h"

namespace clinic::server {

// Creates what is missing. The same text for both engines; hospital_id leads every key.
[[nodiscard]] Result<void> migrateSchema(SqlSession &session);
// The tables that hold a hospital's rows: what row-level security is forced on.
[[nodiscard]] const QList<QByteArray> &tenantTables();

} // namespace clinic::server
