// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/workunit.h"

#include <QSet>

namespace clinic::services {

// Which papers of an invoice this PC has printed: the invoice's own id, and the payments' whose receipts they
// are. What is printed once more is a copy, and nothing else is.
struct PrintedPapers
{
    using Outcome = QSet<Id>;
    static constexpr const char *permission = "billing.view";
    Id invoice{};
};
[[nodiscard]] Result<QSet<Id>> answer(ReadUnit &unit, const PrintedPapers &question);

} // namespace clinic::services
