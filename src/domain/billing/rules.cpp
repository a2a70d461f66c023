// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/billing/rules.h"

#include "core/money.h"

namespace clinic::domain {

Result<InvoiceLine> priced(InvoiceLine line, bool pricesIncludeTax)
{
    if (line.quantity < 1 || line.quantity > 10'000)
        return fail(ErrorCode::Invalid, QStringLiteral("quantity"));
    if (line.unitMinor < 0 || line.taxBasisPoints < 0 || line.taxBasisPoints > 10'000)
        return fail(ErrorCode::BadAmount, QStringLiteral("unit_minor"));
    if (line.unitMinor > money::maximum / line.quantity)
        return fail(ErrorCode::AmountTooLarge, QStringLiteral("unit_minor"));
    const qint64 gross = line.unitMinor * line.quantity;
    if (pricesIncludeTax) {
        line.taxMinor = money::scaled(gross, line.taxBasisPoints, 10'000 + line.taxBasisPoints);
        line.totalMinor = gross;
        line.netMinor = gross - line.taxMinor;
    } else {
        line.taxMinor = money::scaled(gross, line.taxBasisPoints, 10'000);
        line.netMinor = gross;
        line.totalMinor = gross + line.taxMinor;
    }
    return line;
}

void sumUp(Invoice &invoice, const QList<InvoiceLine> &lines)
{
    invoice.netMinor = invoice.taxMinor = invoice.totalMinor = 0;
    for (const InvoiceLine &line : lines) {
        if (!line.active)
            continue;
        invoice.netMinor += line.netMinor;
        invoice.taxMinor += line.taxMinor;
        invoice.totalMinor += line.totalMinor;
    }
}

} // namespace clinic::domain
