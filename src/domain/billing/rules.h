// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/entities.h"

#include <QList>

namespace clinic::domain {

// Fills net, tax and total of one line: tax per line, rounded half away from zero.
[[nodiscard]] Result<InvoiceLine> priced(InvoiceLine line, bool pricesIncludeTax);
// Sets the invoice's totals from its active lines: total = sum of lines, nothing is rounded twice.
void sumUp(Invoice &invoice, const QList<InvoiceLine> &lines);

} // namespace clinic::domain
