// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/billing/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace billingtables {
using namespace fieldwords;

constexpr FieldInfo invoiceFields[] = {
    field<&Invoice::number>("number", "Invoice number", clear, keepServer),
    field<&Invoice::patientId>("patient_id", "Patient", clear, frozen),
    field<&Invoice::appointmentId>("appointment_id", "Appointment", clear, frozen),
    field<&Invoice::state>("state", "State", clear, keepServer),
    field<&Invoice::issuedAt>("issued_at", "Issued", clear, keepServer),
    field<&Invoice::currency>("currency", "Currency", clear, frozen),
    field<&Invoice::pricesIncludeTax>("prices_include_tax", "Prices include tax", clear, frozen),
    field<&Invoice::netMinor>("net_minor", "Net", clear, keepServer),
    field<&Invoice::taxMinor>("tax_minor", "Tax", clear, keepServer),
    field<&Invoice::totalMinor>("total_minor", "Total", clear, keepServer),
    field<&Invoice::note>("note", "Note", sealed, takeLater),
};
constexpr FieldInfo lineFields[] = {
    field<&InvoiceLine::invoiceId>("invoice_id", "Invoice", clear, frozen),
    field<&InvoiceLine::position>("position", "Position", clear, keepServer),
    field<&InvoiceLine::serviceId>("service_id", "Service", clear, keepServer),
    field<&InvoiceLine::description>("description", "Description", sealed, keepServer),
    field<&InvoiceLine::quantity>("quantity", "Quantity", clear, keepServer),
    field<&InvoiceLine::unitMinor>("unit_minor", "Price", clear, keepServer),
    field<&InvoiceLine::taxBasisPoints>("tax_basis_points", "Tax rate", clear, keepServer),
    field<&InvoiceLine::netMinor>("net_minor", "Net", clear, keepServer),
    field<&InvoiceLine::taxMinor>("tax_minor", "Tax", clear, keepServer),
    field<&InvoiceLine::totalMinor>("total_minor", "Total", clear, keepServer),
    field<&InvoiceLine::active>("active", "Active", clear, keepServer),
};
constexpr FieldInfo paymentFields[] = {
    field<&Payment::number>("number", "Receipt number", clear, frozen),
    field<&Payment::invoiceId>("invoice_id", "Invoice", clear, frozen),
    field<&Payment::patientId>("patient_id", "Patient", clear, frozen),
    field<&Payment::amountMinor>("amount_minor", "Amount", clear, frozen),
    field<&Payment::currency>("currency", "Currency", clear, frozen),
    field<&Payment::method>("method", "Method", clear, frozen),
    field<&Payment::reference>("reference", "Reference", sealed, frozen),
    field<&Payment::cashSessionId>("cash_session_id", "Cash drawer", clear, frozen),
    field<&Payment::paidAt>("paid_at", "Paid", clear, frozen),
    field<&Payment::lineId>("line_id", "Item", clear, frozen),
    field<&Payment::reason>("reason", "Reason", sealed, frozen),
    field<&Payment::approvedBy>("approved_by", "Approved by", clear, frozen),
};
constexpr FieldInfo creditFields[] = {
    field<&CreditNote::number>("number", "Credit note number", clear, frozen),
    field<&CreditNote::invoiceId>("invoice_id", "Invoice", clear, frozen),
    field<&CreditNote::patientId>("patient_id", "Patient", clear, frozen),
    field<&CreditNote::lineId>("line_id", "Item", clear, frozen),
    field<&CreditNote::amountMinor>("amount_minor", "Amount", clear, frozen),
    field<&CreditNote::currency>("currency", "Currency", clear, frozen),
    field<&CreditNote::reason>("reason", "Reason", sealed, frozen),
};
constexpr FieldInfo cashFields[] = {
    field<&CashSession::drawer>("drawer", "Drawer", clear, frozen),
    field<&CashSession::openedBy>("opened_by", "Opened by", clear, frozen),
    field<&CashSession::openedAt>("opened_at", "Opened", clear, frozen),
    field<&CashSession::floatMinor>("float_minor", "Float", clear, frozen),
    field<&CashSession::closedAt>("closed_at", "Closed", clear, keepServer),
    field<&CashSession::expectedMinor>("expected_minor", "Expected", clear, keepServer),
    field<&CashSession::countedMinor>("counted_minor", "Counted", clear, keepServer),
    field<&CashSession::note>("note", "Note", sealed, takeLater),
};
constexpr EntityInfo invoice{"invoice", "Invoice", invoiceFields, false, true};
constexpr EntityInfo line{"invoice_line", "Invoice line", lineFields, false, true};
constexpr EntityInfo payment{"payment", "Payment", paymentFields, true, true};
constexpr EntityInfo credit{"credit_note", "Credit note", creditFields, true, true};
constexpr EntityInfo cash{"cash_session", "Cash drawer", cashFields, false, true};
} // namespace billingtables

const EntityInfo &Invoice::entity()
{
    return billingtables::invoice;
}
const EntityInfo &InvoiceLine::entity()
{
    return billingtables::line;
}
const EntityInfo &Payment::entity()
{
    return billingtables::payment;
}
const EntityInfo &CreditNote::entity()
{
    return billingtables::credit;
}
const EntityInfo &CashSession::entity()
{
    return billingtables::cash;
}

} // namespace clinic::domain
