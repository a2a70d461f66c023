// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace clinic::storage {

// A row's title: a patient's name, an invoice's or receipt's number, a user's or a room's name. A row that
// belongs to a patient has the patient's name. Empty when the row is missing or has no name.
[[nodiscard]] QString rowTitle(Connection &connection, const EntityInfo &entity, const Id &row);

// The patient's number; empty when the record is missing.
[[nodiscard]] QString patientNumber(Connection &connection, const Id &patient);

} // namespace clinic::storage
