// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/entities.h"

#include <QHash>
#include <QList>

namespace clinic::domain {

// The amounts of one issued invoice: total, payments, refunds and credits. The only place that calculates
// these sums and what they still allow. A PC asks before it acts, the server after several PCs acted.
// Amounts are minor units; the server has every value in the clear.
class Books
{
public:
    explicit Books(qint64 totalMinor) : m_total(totalMinor) {}
    static Books of(const Invoice &invoice, const QList<InvoiceLine> &lines, const QList<Payment> &payments,
                    const QList<CreditNote> &credits);

    void addLine(const Id &line, qint64 totalMinor);
    // Negative = a refund. A null line is the only line, if there is only one.
    void addPayment(const Id &line, qint64 amountMinor);
    void addCredit(const Id &line, qint64 amountMinor);

    // Payments minus refunds.
    [[nodiscard]] qint64 paidMinor() const { return m_paid; }
    [[nodiscard]] qint64 creditedMinor() const { return m_credited; }
    // Still to pay; negative = the clinic owes it.
    [[nodiscard]] qint64 owedMinor() const { return m_total - m_credited - m_paid; }

    // The item that an amount is for: the named one, or the only one.
    [[nodiscard]] Id itemOf(const Id &named) const;
    // The amount that may still be credited or refunded for an item; for a null one, for the whole invoice.
    [[nodiscard]] qint64 mostToCredit(const Id &line) const;
    [[nodiscard]] qint64 mostToPayBack(const Id &line) const;
    // The credit that a refund needs, so that the patient does not owe the refunded amount again: the refund
    // minus the patient's credit balance.
    [[nodiscard]] qint64 creditWith(qint64 paidBackMinor) const;
    // True when an amount names its item, or is the whole rest: otherwise the same item could be refunded
    // twice.
    [[nodiscard]] bool saysWhat(const Id &line, qint64 amountMinor, qint64 most) const;

    // The flag code for a result of several PCs that no single PC would have allowed; empty = none. `before`
    // is the state without the new group: its own faults are not flagged again.
    [[nodiscard]] const char *fault(const Books &before) const;
    // The clinic owes more than before: flagged when a PC did not know of a payment.
    [[nodiscard]] bool owesMoreThan(const Books &before) const
    {
        return owedMinor() < 0 && owedMinor() < before.owedMinor();
    }

private:
    // Payments beyond the total. A refund returns them through an item, beyond that item's own amount.
    [[nodiscard]] qint64 overpaid() const;

    struct Item
    {
        qint64 total = 0;
        qint64 credited = 0;
        qint64 paidBack = 0;
    };
    qint64 m_total;
    qint64 m_paid = 0;
    qint64 m_received = 0;
    qint64 m_credited = 0;
    QHash<Id, Item> m_items;
};

} // namespace clinic::domain
