// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/billing/entities.h"

#include "domain/fieldwords.h"

namespace clinic::domain {
namespace billingtables {
using namespace fieldwords;

constexpr FieldInfo invoiceFields[] = {
    field<&Invoice::number>("number", QT_TRANSLATE_NOOP("Field", "Invoice number"), clear, keepServer),
    field<&Invoice::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Invoice::appointmentId>("appointment_id", QT_TRANSLATE_NOOP("Field", "Appointment"), clear,
                                   frozen),
    field<&Invoice::state>("state", QT_TRANSLATE_NOOP("Field", "State"), clear, keepServer),
    field<&Invoice::issuedAt>("issued_at", QT_TRANSLATE_NOOP("Field", "Issued"), clear, keepServer),
    field<&Invoice::currency>("currency", QT_TRANSLATE_NOOP("Field", "Currency"), clear, frozen),
    field<&Invoice::pricesIncludeTax>("prices_include_tax", QT_TRANSLATE_NOOP("Field", "Prices include tax"),
                                      clear, frozen),
    field<&Invoice::netMinor>("net_minor", QT_TRANSLATE_NOOP("Field", "Net"), clear, keepServer),
    field<&Invoice::taxMinor>("tax_minor", QT_TRANSLATE_NOOP("Field", "Tax"), clear, keepServer),
    field<&Invoice::totalMinor>("total_minor", QT_TRANSLATE_NOOP("Field", "Total"), clear, keepServer),
    field<&Invoice::note>("note", QT_TRANSLATE_NOOP("Field", "Note"), sealed, takeLater),
};
constexpr FieldInfo lineFields[] = {
    field<&InvoiceLine::invoiceId>("invoice_id", QT_TRANSLATE_NOOP("Field", "Invoice"), clear, frozen),
    field<&InvoiceLine::position>("position", QT_TRANSLATE_NOOP("Field", "Position"), clear, keepServer),
    field<&InvoiceLine::serviceId>("service_id", QT_TRANSLATE_NOOP("Field", "Service"), clear, keepServer),
    field<&InvoiceLine::description>("description", QT_TRANSLATE_NOOP("Field", "Description"), sealed,
                                     keepServer),
    field<&InvoiceLine::quantity>("quantity", QT_TRANSLATE_NOOP("Field", "Quantity"), clear, keepServer),
    field<&InvoiceLine::unitMinor>("unit_minor", QT_TRANSLATE_NOOP("Field", "Price"), clear, keepServer),
    field<&InvoiceLine::taxBasisPoints>("tax_basis_points", QT_TRANSLATE_NOOP("Field", "Tax rate"), clear,
                                        keepServer),
    field<&InvoiceLine::netMinor>("net_minor", QT_TRANSLATE_NOOP("Field", "Net"), clear, keepServer),
    field<&InvoiceLine::taxMinor>("tax_minor", QT_TRANSLATE_NOOP("Field", "Tax"), clear, keepServer),
    field<&InvoiceLine::totalMinor>("total_minor", QT_TRANSLATE_NOOP("Field", "Total"), clear, keepServer),
    field<&InvoiceLine::active>("active", QT_TRANSLATE_NOOP("Field", "Active"), clear, keepServer),
};
constexpr FieldInfo paymentFields[] = {
    field<&Payment::number>("number", QT_TRANSLATE_NOOP("Field", "Receipt number"), clear, frozen),
    field<&Payment::invoiceId>("invoice_id", QT_TRANSLATE_NOOP("Field", "Invoice"), clear, frozen),
    field<&Payment::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&Payment::amountMinor>("amount_minor", QT_TRANSLATE_NOOP("Field", "Amount"), clear, frozen),
    field<&Payment::currency>("currency", QT_TRANSLATE_NOOP("Field", "Currency"), clear, frozen),
    field<&Payment::method>("method", QT_TRANSLATE_NOOP("Field", "Method"), clear, frozen),
    field<&Payment::reference>("reference", QT_TRANSLATE_NOOP("Field", "Reference"), sealed, frozen),
    field<&Payment::cashSessionId>("cash_session_id", QT_TRANSLATE_NOOP("Field", "Cash drawer"), clear,
                                   frozen),
    field<&Payment::paidAt>("paid_at", QT_TRANSLATE_NOOP("Field", "Paid"), clear, frozen),
    field<&Payment::lineId>("line_id", QT_TRANSLATE_NOOP("Field", "Item"), clear, frozen),
    field<&Payment::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, frozen),
    field<&Payment::approvedBy>("approved_by", QT_TRANSLATE_NOOP("Field", "Approved by"), clear, frozen),
};
constexpr FieldInfo creditFields[] = {
    field<&CreditNote::number>("number", QT_TRANSLATE_NOOP("Field", "Credit note number"), clear, frozen),
    field<&CreditNote::invoiceId>("invoice_id", QT_TRANSLATE_NOOP("Field", "Invoice"), clear, frozen),
    field<&CreditNote::patientId>("patient_id", QT_TRANSLATE_NOOP("Field", "Patient"), clear, frozen),
    field<&CreditNote::lineId>("line_id", QT_TRANSLATE_NOOP("Field", "Item"), clear, frozen),
    field<&CreditNote::amountMinor>("amount_minor", QT_TRANSLATE_NOOP("Field", "Amount"), clear, frozen),
    field<&CreditNote::currency>("currency", QT_TRANSLATE_NOOP("Field", "Currency"), clear, frozen),
    field<&CreditNote::reason>("reason", QT_TRANSLATE_NOOP("Field", "Reason"), sealed, frozen),
};
constexpr FieldInfo cashFields[] = {
    field<&CashSession::drawer>("drawer", QT_TRANSLATE_NOOP("Field", "Drawer"), clear, frozen),
    field<&CashSession::openedBy>("opened_by", QT_TRANSLATE_NOOP("Field", "Opened by"), clear, frozen),
    field<&CashSession::openedAt>("opened_at", QT_TRANSLATE_NOOP("Field", "Opened"), clear, frozen),
    field<&CashSession::floatMinor>("float_minor", QT_TRANSLATE_NOOP("Field", "Float"), clear, frozen),
    field<&CashSession::closedAt>("closed_at", QT_TRANSLATE_NOOP("Field", "Closed"), clear, keepServer),
    field<&CashSession::expectedMinor>("expected_minor", QT_TRANSLATE_NOOP("Field", "Expected"), clear,
                                       keepServer),
    field<&CashSession::countedMinor>("counted_minor", QT_TRANSLATE_NOOP("Field", "Counted"), clear,
                                      keepServer),
    field<&CashSession::note>("note", QT_TRANSLATE_NOOP("Field", "Note"), sealed, takeLater),
};
constexpr EntityInfo invoice{"invoice", QT_TRANSLATE_NOOP("Entity", "Invoice"), invoiceFields, false, true};
constexpr EntityInfo line{"invoice_line", QT_TRANSLATE_NOOP("Entity", "Invoice line"), lineFields, false,
                          true};
constexpr EntityInfo payment{"payment", QT_TRANSLATE_NOOP("Entity", "Payment"), paymentFields, true, true};
constexpr EntityInfo credit{"credit_note", QT_TRANSLATE_NOOP("Entity", "Credit note"), creditFields, true,
                            true};
constexpr EntityInfo cash{"cash_session", QT_TRANSLATE_NOOP("Entity", "Cash drawer"), cashFields, false,
                          true};
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
