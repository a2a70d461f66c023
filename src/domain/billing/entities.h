// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"

namespace clinic::domain {

enum class InvoiceState { Draft, Issued };

// FHIR Invoice. Frozen when issued; corrections are credit notes.
struct Invoice : Row
{
    QString number; // set when issued
    Id patientId;
    Id appointmentId;
    InvoiceState state{};
    qint64 issuedAt = 0;
    QString currency;
    bool pricesIncludeTax = true;
    qint64 netMinor = 0;
    qint64 taxMinor = 0;
    qint64 totalMinor = 0;
    QString note;
    static const EntityInfo &entity();
};

struct InvoiceLine : Row
{
    Id invoiceId;
    int position = 0;
    Id serviceId;
    QString description;
    int quantity = 1;
    qint64 unitMinor = 0;
    int taxBasisPoints = 0;
    qint64 netMinor = 0;
    qint64 taxMinor = 0;
    qint64 totalMinor = 0;
    bool active = true; // false = removed from the draft
    static const EntityInfo &entity();
};

enum class PaymentMethod { Cash, Card, Transfer, MobileMoney };

// FHIR PaymentReconciliation. A refund is a payment with a negative amount. Append-only.
struct Payment : Row
{
    QString number;
    Id invoiceId;
    Id patientId;
    qint64 amountMinor = 0;
    QString currency;
    PaymentMethod method{};
    QString reference;
    Id cashSessionId;
    qint64 paidAt = 0;
    Id lineId;      // the item a refund is for
    QString reason; // of a refund
    Id approvedBy;  // of a refund
    static const EntityInfo &entity();
};

// Reduces the amount of an issued invoice. Append-only.
struct CreditNote : Row
{
    QString number;
    Id invoiceId;
    Id patientId;
    Id lineId;
    qint64 amountMinor = 0;
    QString currency;
    QString reason;
    static const EntityInfo &entity();
};

// One opening of a cash drawer, from its float to the count at the end.
struct CashSession : Row
{
    QString drawer;
    Id openedBy;
    qint64 openedAt = 0;
    qint64 floatMinor = 0;
    qint64 closedAt = 0; // 0 = open
    qint64 expectedMinor = 0;
    qint64 countedMinor = 0;
    QString note;
    static const EntityInfo &entity();
};

} // namespace clinic::domain

template <>
struct clinic::EnumCodes<clinic::domain::InvoiceState>
{
    static constexpr const char *codes[] = {"draft", "issued"};
};
template <>
struct clinic::EnumCodes<clinic::domain::PaymentMethod>
{
    static constexpr const char *codes[] = {"cash", "card", "transfer", "mobile-money"};
};
