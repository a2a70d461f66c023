// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/billing/books.h"

namespace clinic::domain {

Books Books::of(const Invoice &invoice, const QList<InvoiceLine> &lines, const QList<Payment> &payments,
                const QList<CreditNote> &credits)
{
    Books books(invoice.totalMinor);
    for (const InvoiceLine &line : lines) {
        if (line.active)
            books.addLine(line.id, line.totalMinor);
    }
    for (const Payment &payment : payments)
        books.addPayment(payment.lineId, payment.amountMinor);
    for (const CreditNote &note : credits)
        books.addCredit(note.lineId, note.amountMinor);
    return books;
}

void Books::addLine(const Id &line, qint64 totalMinor)
{
    m_items[line].total += totalMinor;
}

void Books::addPayment(const Id &line, qint64 amountMinor)
{
    m_paid += amountMinor;
    if (amountMinor > 0)
        m_received += amountMinor;
    else if (const auto item = m_items.find(itemOf(line)); item != m_items.end())
        item->paidBack -= amountMinor;
}

void Books::addCredit(const Id &line, qint64 amountMinor)
{
    m_credited += amountMinor;
    if (const auto item = m_items.find(itemOf(line)); item != m_items.end())
        item->credited += amountMinor;
}

Id Books::itemOf(const Id &named) const
{
    return named.isNull() && m_items.size() == 1 ? m_items.constBegin().key() : named;
}

qint64 Books::mostToCredit(const Id &line) const
{
    const qint64 all = qMax<qint64>(0, m_total - m_credited);
    const auto item = m_items.constFind(itemOf(line));
    return item == m_items.constEnd() ? all : qBound<qint64>(0, item->total - item->credited, all);
}

qint64 Books::mostToPayBack(const Id &line) const
{
    const qint64 covered = qMax<qint64>(0, -owedMinor()) + mostToCredit(line);
    const qint64 all = qBound<qint64>(0, m_paid, covered);
    const auto item = m_items.constFind(itemOf(line));
    return item == m_items.constEnd() ? all
                                      : qBound<qint64>(0, item->total + overpaid() - item->paidBack, all);
}

qint64 Books::overpaid() const
{
    return qMax<qint64>(0, m_received - m_total);
}

qint64 Books::creditWith(qint64 paidBackMinor) const
{
    return qMax<qint64>(0, paidBackMinor - qMax<qint64>(0, -owedMinor()));
}

bool Books::saysWhat(const Id &line, qint64 amountMinor, qint64 most) const
{
    return !itemOf(line).isNull() || m_items.isEmpty() || amountMinor == most;
}

const char *Books::fault(const Books &before) const
{
    if (m_paid < 0 && m_paid < before.m_paid)
        return "over-refunded";
    // Two refunds for one credit: the patient would owe the amount again.
    if (m_paid < before.m_paid && owedMinor() > qMax<qint64>(0, before.owedMinor()))
        return "over-refunded";
    for (auto it = m_items.begin(); it != m_items.end(); ++it) {
        if (it->paidBack > it->total + overpaid() && it->paidBack > before.m_items.value(it.key()).paidBack)
            return "over-refunded";
    }
    if (m_credited > m_total && m_credited > before.m_credited)
        return "over-credited";
    for (auto it = m_items.begin(); it != m_items.end(); ++it) {
        if (it->credited > it->total && it->credited > before.m_items.value(it.key()).credited)
            return "over-credited";
    }
    if (owesMoreThan(before) && m_received > before.m_received)
        return "overpaid";
    return "";
}

} // namespace clinic::domain
