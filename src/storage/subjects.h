// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace clinic::storage {

// What people call a row: a patient's name, an invoice's or receipt's number, a user's or a room's name. A
// row that hangs on a patient is called by the patient's name. Empty when the row is not here or has no name.
[[nodiscard]] QString rowTitle(Connection &connection, const EntityInfo &entity, const Id &row);

// The number a patient's record has on paper; empty when the record is not here.
[[nodiscard]] QString patientNumber(Connection &connection, const Id &patient);

} // namespace clinic::storage
