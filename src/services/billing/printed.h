// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

#include <QSet>

namespace clinic::services {

// Documents of an invoice that this PC has printed: the invoice's own id, and the ids of the payments with
// receipts. Only a repeated print is a copy.
struct PrintedPapers
{
    using Outcome = QSet<Id>;
    static constexpr const char *permission = "billing.view";
    Id invoice{};
};
[[nodiscard]] Result<QSet<Id>> answer(ReadUnit &unit, const PrintedPapers &question);

} // namespace clinic::services
