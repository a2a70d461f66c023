// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

#include <QSet>

namespace clinic::storage {

// The invoice and those of its payments whose papers were printed on this PC.
[[nodiscard]] Result<QSet<Id>> printedPapers(Connection &connection, const Id &invoice);

} // namespace clinic::storage
