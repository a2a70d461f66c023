// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// The invoice's id, and the ids of its payments, if their documents were printed on this PC.
[[nodiscard]] Result<QSet<Id>> printedPapers(Connection &connection, const Id &invoice);

} // namespace clinic::storage
