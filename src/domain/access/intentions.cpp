// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/intentions.h"

namespace clinic::domain {
namespace intentiontables {

constexpr unsigned insert = opInsert;
constexpr unsigned patch = opPatch;
constexpr unsigned save = opInsert | opPatch;
using enum IntentionKind;
using I = IntentionId;

constexpr IntentionInfo intentions[] = {
    {I::InitialiseHospital,
     "initialise-hospital",
     "Set up a hospital",
     "settings.edit",
     Intent,
     {{"hospital", insert},
      {"branch", insert},
      {"role", insert},
      {"role_permission", insert},
      {"app_user", insert},
      {"user_role", insert},
      {"device", insert},
      {"code", insert}}},
    {I::SignIn, "sign-in", "Sign in", nullptr, AuditOnly, {{"app_user", patch, "verifier"}}},
    {I::SignOut, "sign-out", "Sign out", nullptr, AuditOnly, {}},
    {I::LockScreen, "lock", "Lock", nullptr, AuditOnly, {}},
    {I::UnlockScreen, "unlock", "Unlock", nullptr, AuditOnly, {}},
    {I::SaveHospital, "save-hospital", "Change the hospital", "setup.edit", Intent, {{"hospital", patch}}},
    {I::SaveBranch, "save-branch", "Change branches", "setup.edit", Intent, {{"branch", save}}},
    {I::SaveResource,
     "save-resource",
     "Change rooms and equipment",
     "setup.edit",
     Intent,
     {{"resource", save}}},
    {I::SavePractitioner,
     "save-practitioner",
     "Change practitioners",
     "setup.edit",
     Intent,
     {{"practitioner", save}, {"resource", save}}},
    {I::SaveService, "save-service", "Change services and prices", "setup.edit", Intent, {{"service", save}}},
    {I::SaveCode, "save-code", "Change code lists", "setup.edit", Intent, {{"code", save}}},
    {I::SaveSetting, "save-setting", "Change settings", "settings.edit", Intent, {{"setting", save}}},
    {I::SaveOwnSetting,
     "save-own-setting",
     "Change own preferences",
     "account.own",
     Intent,
     {{"setting", save}}},
    {I::SaveAvailability,
     "save-availability",
     "Change availability and leave",
     "schedule.edit",
     Intent,
     {{"availability", save}, {"leave", save}}},
    {I::SaveOwnAvailability,
     "save-own-availability",
     "Change own availability and leave",
     "schedule.own",
     Intent,
     {{"availability", save}, {"leave", save}}},
    {I::SaveUser,
     "save-user",
     "Change users",
     "users.edit",
     Intent,
     {{"app_user", save}, {"user_role", save}}},
    {I::SaveRole,
     "save-role",
     "Change roles",
     "users.edit",
     Intent,
     {{"role", save}, {"role_permission", save}}},
    {I::ResetPassword,
     "reset-password",
     "Set somebody's password",
     "users.edit",
     Intent,
     {{"app_user", patch, "verifier"}}},
    {I::ChangeOwnPassword,
     "change-own-password",
     "Change own password",
     "account.own",
     Intent,
     {{"app_user", patch, "verifier"}}},
    {I::RegisterPatient,
     "register-patient",
     "Register a patient",
     "patients.register",
     Fact,
     {{"patient", insert},
      {"identifier", insert},
      {"contact", insert},
      {"next_of_kin", insert},
      {"allergy", insert}}},
    {I::ImportPatients,
     "import-patients",
     "Import patients",
     "patients.import",
     Fact,
     {{"patient", insert}, {"identifier", insert}, {"contact", insert}, {"allergy", insert}}},
    {I::OpenPatient, "open-patient", "Open a patient", "patients.view", AuditOnly, {}},
    {I::UpdatePatient,
     "update-patient",
     "Change a patient's details",
     "patients.edit",
     Fact,
     {{"patient", patch, "family_name given_name sex birth_date phone email address remarks"}}},
    {I::SetPatientActive,
     "set-patient-active",
     "Deactivate or reactivate a patient",
     "patients.deactivate",
     Intent,
     {{"patient", patch, "active inactive_reason"}}},
    {I::SavePatientPart,
     "save-patient-part",
     "Change contacts, identifiers and next of kin",
     "patients.edit",
     Fact,
     {{"identifier", save}, {"contact", save}, {"next_of_kin", save}, {"photo", insert}}},
    {I::SaveClinicalPart,
     "save-clinical-part",
     "Change allergies and conditions",
     "patients.clinical",
     Fact,
     {{"allergy", save}, {"condition", save}}},
    {I::ExportPatients, "export-patients", "Export patients", "patients.export", AuditOnly, {}},
    {I::PrintPatientHistory,
     "print-patient-history",
     "Print a patient's history",
     "patients.view",
     AuditOnly,
     {}},
    {I::BookAppointment,
     "book-appointment",
     "Book an appointment",
     "appointments.book",
     Intent,
     {{"appointment", insert},
      {"appointment_event", insert},
      {"appointment", patch, "state"},
      {"waiting_list_entry", patch, "active appointment_id"}}},
    {I::MoveAppointment,
     "move-appointment",
     "Move an appointment",
     "appointments.book",
     Intent,
     {{"appointment", patch, "start_at minutes practitioner_id room_id equipment_id overbook_reason"}}},
    {I::UpdateAppointment,
     "update-appointment",
     "Change an appointment",
     "appointments.book",
     Intent,
     {{"appointment", patch,
       "start_at minutes practitioner_id room_id equipment_id overbook_reason service_id reason"}}},
    {I::CheckIn,
     "check-in",
     "Check in",
     "appointments.checkIn",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state overbook_reason"}}},
    {I::StartConsultation,
     "start-consultation",
     "Start a consultation",
     "appointments.consult",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CompleteConsultation,
     "complete-consultation",
     "Complete a consultation",
     "appointments.consult",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CancelAppointment,
     "cancel-appointment",
     "Cancel an appointment",
     "appointments.cancel",
     Intent,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::MarkNoShow,
     "mark-no-show",
     "Mark a no-show",
     "appointments.cancel",
     Intent,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::UndoStep,
     "undo-step",
     "Undo the last step",
     "appointments.checkIn",
     Intent,
     {{"void", insert}, {"appointment", patch, "state"}}},
    {I::AmendAppointment,
     "amend-appointment",
     "Amend a closed appointment",
     "appointments.amend",
     Intent,
     {{"appointment_amendment", insert}}},
    {I::SaveWaitingEntry,
     "save-waiting-entry",
     "Change the waiting list",
     "appointments.book",
     Intent,
     {{"waiting_list_entry", save}}},
    {I::PrintDayList, "print-day-list", "Print the day list", "appointments.view", AuditOnly, {}},
    {I::BookOwnAppointment,
     "book-own-appointment",
     "Book at the kiosk",
     "appointments.own",
     Intent,
     {{"appointment", insert}, {"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CancelOwnAppointment,
     "cancel-own-appointment",
     "Cancel at the kiosk",
     "appointments.own",
     Intent,
     {{"appointment_event", insert}, {"void", insert}, {"appointment", patch, "state"}}},
    {I::SaveInvoice,
     "save-invoice",
     "Make or change a draft invoice",
     "billing.invoice",
     Intent,
     {{"invoice", save, "net_minor tax_minor total_minor note"}, {"invoice_line", save}}},
    {I::IssueInvoice,
     "issue-invoice",
     "Issue an invoice",
     "billing.invoice",
     Fact,
     {{"invoice", save, "number state issued_at net_minor tax_minor total_minor note"},
      {"invoice_line", save}}},
    {I::TakePayment, "take-payment", "Take a payment", "billing.pay", Fact, {{"payment", insert}}},
    {I::RefundPayment, "refund-payment", "Refund a payment", "billing.refund", Fact, {{"payment", insert}}},
    {I::IssueCreditNote,
     "issue-credit-note",
     "Issue a credit note",
     "billing.credit",
     Fact,
     {{"credit_note", insert}}},
    {I::OpenCashDrawer,
     "open-cash-drawer",
     "Open the cash drawer",
     "billing.cashDrawer",
     Fact,
     {{"cash_session", insert}}},
    {I::CloseCashDrawer,
     "close-cash-drawer",
     "Close the cash drawer",
     "billing.cashDrawer",
     Fact,
     {{"cash_session", patch, "closed_at expected_minor counted_minor note"}}},
    {I::PrintBillingDocument,
     "print-billing-document",
     "Print invoices and receipts",
     "billing.view",
     AuditOnly,
     {}},
    {I::ViewAudit, "view-audit", "Look at the audit log", "audit.view", AuditOnly, {}},
    {I::BackUp, "back-up", "Back up", "data.backup", AuditOnly, {}},
    {I::Restore, "restore", "Restore or copy a database", "data.restore", AuditOnly, {}},
    {I::LoadDemo, "load-demo", "Fill a demo file", "data.restore", Intent, {}},
};
static_assert(std::size(intentions) == size_t(I::Count));
constexpr bool inOrder()
{
    for (size_t i = 0; i < std::size(intentions); ++i) {
        if (size_t(intentions[i].id) != i)
            return false;
    }
    return true;
}
static_assert(inOrder(), "the table is looked up by number");

// Bits of the fields named in a footprint; all of them when it names none.
quint64 fieldMask(const EntityInfo &entity, const char *fields)
{
    if (!fields)
        return ~quint64(0);
    quint64 mask = 0;
    std::string_view rest(fields);
    while (!rest.empty()) {
        const size_t space = rest.find(' ');
        const int index = entity.indexOf(rest.substr(0, space));
        Q_ASSERT(index >= 0);
        mask |= quint64(1) << index;
        rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    }
    return mask;
}

bool covers(const IntentionInfo &info, const RowChange &change)
{
    const unsigned op = change.op == RowChange::Op::Insert ? insert : patch;
    for (const Footprint &footprint : info.footprint) {
        if (!footprint.entity || std::string_view(footprint.entity) != change.entity->name ||
            !(footprint.ops & op))
            continue;
        if (op == insert || (change.fields & ~fieldMask(*change.entity, footprint.fields)) == 0)
            return true;
    }
    return false;
}

} // namespace intentiontables

std::span<const IntentionInfo> allIntentions()
{
    return intentiontables::intentions;
}

const IntentionInfo &intentionInfo(IntentionId id)
{
    return intentiontables::intentions[size_t(id)];
}

Result<void> authorise(const Grants &grants, IntentionId id, const QList<RowChange> &changes)
{
    const IntentionInfo &info = intentionInfo(id);
    if (info.permission && !grants.has(QString::fromLatin1(info.permission)))
        return fail(ErrorCode::Forbidden, {}, {QString::fromLatin1(info.permission)});
    for (const RowChange &change : changes) {
        if (!intentiontables::covers(info, change))
            return fail(ErrorCode::Internal, {}, {},
                        QStringLiteral("%1 outside the footprint of %2")
                            .arg(QLatin1StringView(change.entity->name), QLatin1StringView(info.name)));
    }
    return {};
}

} // namespace clinic::domain
