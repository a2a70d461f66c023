// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/billing/entities.h"

#include <QHash>
#include <QList>

namespace clinic::domain {

// What one issued invoice asks for, and what was paid, paid back and credited against it: the one place where
// these sums, and what they still allow, are worked out. A PC asks before it acts, the server after several
// PCs did. Amounts are minor units; everything it needs is clear on the server.
class Books
{
public:
    explicit Books(qint64 totalMinor) : m_total(totalMinor) {}
    static Books of(const Invoice &invoice, const QList<InvoiceLine> &lines, const QList<Payment> &payments,
                    const QList<CreditNote> &credits);

    void addLine(const Id &line, qint64 totalMinor);
    // Negative = paid back. A null line is the only one's, where there is only one.
    void addPayment(const Id &line, qint64 amountMinor);
    void addCredit(const Id &line, qint64 amountMinor);

    // Received minus paid back.
    [[nodiscard]] qint64 paidMinor() const { return m_paid; }
    [[nodiscard]] qint64 creditedMinor() const { return m_credited; }
    // Still to pay; negative = the clinic owes it.
    [[nodiscard]] qint64 owedMinor() const { return m_total - m_credited - m_paid; }

    // The item an amount is about: the one that was named, or the only one there is.
    [[nodiscard]] Id itemOf(const Id &named) const;
    // What may still be credited or paid back for an item; for a null one, of the whole invoice.
    [[nodiscard]] qint64 mostToCredit(const Id &line) const;
    [[nodiscard]] qint64 mostToPayBack(const Id &line) const;
    // What has to be credited when so much is paid back, so that nobody owes it again: what is not in the
    // patient's favour already.
    [[nodiscard]] qint64 creditWith(qint64 paidBackMinor) const;
    // True for an amount that says which item it is about, or is all there is: anything else could give the
    // same item back twice.
    [[nodiscard]] bool saysWhat(const Id &line, qint64 amountMinor, qint64 most) const;

    // What several PCs came to together that none of them would have done alone, as the code of a flag; empty
    // = nothing. `before` is the state without what has just come: what was wrong already is not told again.
    [[nodiscard]] const char *fault(const Books &before) const;
    // The clinic owes more than before: somebody has to be told when a PC did not know of a payment.
    [[nodiscard]] bool owesMoreThan(const Books &before) const
    {
        return owedMinor() < 0 && owedMinor() < before.owedMinor();
    }

private:
    // Received beyond the total. It goes back through an item, and that item can be paid back all the same.
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
