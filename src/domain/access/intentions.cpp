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
     QT_TRANSLATE_NOOP("Intention", "Set up a hospital"),
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
    {I::SignIn,
     "sign-in",
     QT_TRANSLATE_NOOP("Intention", "Sign in"),
     nullptr,
     AuditOnly,
     {{"app_user", patch, "verifier recovery_codes"}}},
    {I::SignOut, "sign-out", QT_TRANSLATE_NOOP("Intention", "Sign out"), nullptr, AuditOnly, {}},
    {I::LockScreen, "lock", QT_TRANSLATE_NOOP("Intention", "Lock"), nullptr, AuditOnly, {}},
    {I::UnlockScreen, "unlock", QT_TRANSLATE_NOOP("Intention", "Unlock"), nullptr, AuditOnly, {}},
    {I::SaveHospital,
     "save-hospital",
     QT_TRANSLATE_NOOP("Intention", "Change the hospital"),
     "setup.edit",
     Intent,
     {{"hospital", patch,
       "name address phone email tax_number currency prices_include_tax document_footer"}}},
    {I::SaveBranch,
     "save-branch",
     QT_TRANSLATE_NOOP("Intention", "Change branches"),
     "setup.edit",
     Intent,
     {{"branch", save}}},
    {I::SaveResource,
     "save-resource",
     QT_TRANSLATE_NOOP("Intention", "Change rooms and equipment"),
     "setup.edit",
     Intent,
     {{"resource", save}}},
    {I::SavePractitioner,
     "save-practitioner",
     QT_TRANSLATE_NOOP("Intention", "Change practitioners"),
     "setup.edit",
     Intent,
     {{"practitioner", save}, {"resource", save}}},
    {I::SaveService,
     "save-service",
     QT_TRANSLATE_NOOP("Intention", "Change services and prices"),
     "setup.edit",
     Intent,
     {{"service", save}}},
    {I::SaveCode,
     "save-code",
     QT_TRANSLATE_NOOP("Intention", "Change code lists"),
     "setup.edit",
     Intent,
     {{"code", save}}},
    {I::SaveSetting,
     "save-setting",
     QT_TRANSLATE_NOOP("Intention", "Change settings"),
     "settings.edit",
     Intent,
     {{"setting", save}}},
    {I::SaveOwnSetting,
     "save-own-setting",
     QT_TRANSLATE_NOOP("Intention", "Change own preferences"),
     "account.own",
     Intent,
     {{"setting", save}}},
    {I::SaveAvailability,
     "save-availability",
     QT_TRANSLATE_NOOP("Intention", "Change availability and leave"),
     "schedule.edit",
     Intent,
     {{"availability", save}, {"leave", save}}},
    {I::SaveOwnAvailability,
     "save-own-availability",
     QT_TRANSLATE_NOOP("Intention", "Change own availability and leave"),
     "schedule.own",
     Intent,
     {{"availability", save}, {"leave", save}}},
    {I::SaveUser,
     "save-user",
     QT_TRANSLATE_NOOP("Intention", "Change users"),
     "users.edit",
     Intent,
     {{"app_user", save}, {"user_role", save}}},
    {I::SaveRole,
     "save-role",
     QT_TRANSLATE_NOOP("Intention", "Change roles"),
     "users.edit",
     Intent,
     {{"role", save}, {"role_permission", save}}},
    {I::ResetPassword,
     "reset-password",
     QT_TRANSLATE_NOOP("Intention", "Set somebody's password"),
     "users.edit",
     Intent,
     {{"app_user", patch, "verifier session_mark"}}},
    {I::ChangeOwnPassword,
     "change-own-password",
     QT_TRANSLATE_NOOP("Intention", "Change own password"),
     "account.own",
     Intent,
     {{"app_user", patch, "verifier session_mark"}}},
    {I::SetSecondFactor,
     "set-second-factor",
     QT_TRANSLATE_NOOP("Intention", "Set up the own second factor"),
     "account.own",
     Intent,
     {{"app_user", patch, "second_factor recovery_codes"}}},
    {I::RemoveSecondFactor,
     "remove-second-factor",
     QT_TRANSLATE_NOOP("Intention", "Remove the own second factor"),
     "account.own",
     Intent,
     {{"app_user", patch, "second_factor recovery_codes"}}},
    {I::ResetSecondFactor,
     "reset-second-factor",
     QT_TRANSLATE_NOOP("Intention", "Remove somebody's second factor"),
     "users.edit",
     Intent,
     {{"app_user", patch, "second_factor recovery_codes"}}},
    {I::RegisterPatient,
     "register-patient",
     QT_TRANSLATE_NOOP("Intention", "Register a patient"),
     "patients.register",
     Fact,
     {{"patient", insert},
      {"identifier", insert},
      {"contact", insert},
      {"next_of_kin", insert},
      {"allergy", insert}}},
    {I::ImportPatients,
     "import-patients",
     QT_TRANSLATE_NOOP("Intention", "Import patients"),
     "patients.import",
     Fact,
     {{"patient", insert}, {"identifier", insert}, {"contact", insert}, {"allergy", insert}}},
    {I::OpenPatient,
     "open-patient",
     QT_TRANSLATE_NOOP("Intention", "Open a patient"),
     "patients.view",
     AuditOnly,
     {}},
    {I::UpdatePatient,
     "update-patient",
     QT_TRANSLATE_NOOP("Intention", "Change a patient's details"),
     "patients.edit",
     Fact,
     {{"patient", patch, "family_name given_name sex birth_date phone email address remarks"}}},
    {I::SetPatientActive,
     "set-patient-active",
     QT_TRANSLATE_NOOP("Intention", "Deactivate or reactivate a patient"),
     "patients.deactivate",
     Intent,
     {{"patient", patch, "active inactive_reason"}}},
    {I::SavePatientPart,
     "save-patient-part",
     QT_TRANSLATE_NOOP("Intention", "Change contacts, identifiers and next of kin"),
     "patients.edit",
     Fact,
     {{"identifier", save}, {"contact", save}, {"next_of_kin", save}, {"photo", insert}}},
    {I::SaveClinicalPart,
     "save-clinical-part",
     QT_TRANSLATE_NOOP("Intention", "Change allergies and conditions"),
     "patients.clinical",
     Fact,
     {{"allergy", save}, {"condition", save}}},
    {I::ExportPatients,
     "export-patients",
     QT_TRANSLATE_NOOP("Intention", "Export patients"),
     "patients.export",
     AuditOnly,
     {}},
    {I::PrintPatientHistory,
     "print-patient-history",
     QT_TRANSLATE_NOOP("Intention", "Print a patient's history"),
     "patients.view",
     AuditOnly,
     {}},
    {I::BookAppointment,
     "book-appointment",
     QT_TRANSLATE_NOOP("Intention", "Book an appointment"),
     "appointments.book",
     Intent,
     {{"appointment", insert},
      {"appointment_event", insert},
      {"appointment", patch, "state"},
      {"waiting_list_entry", patch, "active appointment_id"}}},
    {I::MoveAppointment,
     "move-appointment",
     QT_TRANSLATE_NOOP("Intention", "Move an appointment"),
     "appointments.book",
     Intent,
     {{"appointment", patch, "start_at minutes practitioner_id room_id equipment_id overbook_reason"}}},
    {I::UpdateAppointment,
     "update-appointment",
     QT_TRANSLATE_NOOP("Intention", "Change an appointment"),
     "appointments.book",
     Intent,
     {{"appointment", patch,
       "start_at minutes practitioner_id room_id equipment_id overbook_reason service_id reason"}}},
    {I::CheckIn,
     "check-in",
     QT_TRANSLATE_NOOP("Intention", "Check in"),
     "appointments.checkIn",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state overbook_reason"}}},
    {I::StartConsultation,
     "start-consultation",
     QT_TRANSLATE_NOOP("Intention", "Start a consultation"),
     "appointments.consult",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CompleteConsultation,
     "complete-consultation",
     QT_TRANSLATE_NOOP("Intention", "Complete a consultation"),
     "appointments.consult",
     Fact,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CancelAppointment,
     "cancel-appointment",
     QT_TRANSLATE_NOOP("Intention", "Cancel an appointment"),
     "appointments.cancel",
     Intent,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::MarkNoShow,
     "mark-no-show",
     QT_TRANSLATE_NOOP("Intention", "Mark a no-show"),
     "appointments.cancel",
     Intent,
     {{"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::UndoStep,
     "undo-step",
     QT_TRANSLATE_NOOP("Intention", "Undo the last step"),
     "appointments.checkIn",
     Intent,
     {{"void", insert}, {"appointment", patch, "state"}}},
    {I::AmendAppointment,
     "amend-appointment",
     QT_TRANSLATE_NOOP("Intention", "Amend a closed appointment"),
     "appointments.amend",
     Intent,
     {{"appointment_amendment", insert}}},
    {I::SaveWaitingEntry,
     "save-waiting-entry",
     QT_TRANSLATE_NOOP("Intention", "Change the waiting list"),
     "appointments.book",
     Intent,
     {{"waiting_list_entry", save}}},
    {I::PrintDayList,
     "print-day-list",
     QT_TRANSLATE_NOOP("Intention", "Print the day list"),
     "appointments.view",
     AuditOnly,
     {}},
    {I::BookOwnAppointment,
     "book-own-appointment",
     QT_TRANSLATE_NOOP("Intention", "Book at the kiosk"),
     "appointments.own",
     Intent,
     {{"appointment", insert}, {"appointment_event", insert}, {"appointment", patch, "state"}}},
    {I::CancelOwnAppointment,
     "cancel-own-appointment",
     QT_TRANSLATE_NOOP("Intention", "Cancel at the kiosk"),
     "appointments.own",
     Intent,
     {{"appointment_event", insert}, {"void", insert}, {"appointment", patch, "state"}}},
    {I::SaveInvoice,
     "save-invoice",
     QT_TRANSLATE_NOOP("Intention", "Make or change a draft invoice"),
     "billing.invoice",
     Intent,
     {{"invoice", save, "net_minor tax_minor total_minor note"}, {"invoice_line", save}}},
    {I::IssueInvoice,
     "issue-invoice",
     QT_TRANSLATE_NOOP("Intention", "Issue an invoice"),
     "billing.invoice",
     Fact,
     {{"invoice", save, "number state issued_at net_minor tax_minor total_minor note"},
      {"invoice_line", save}}},
    {I::TakePayment,
     "take-payment",
     QT_TRANSLATE_NOOP("Intention", "Take a payment"),
     "billing.pay",
     Fact,
     {{"payment", insert}}},
    {I::RefundPayment,
     "refund-payment",
     QT_TRANSLATE_NOOP("Intention", "Refund a payment"),
     "billing.refund",
     Fact,
     {{"payment", insert}, {"app_user", patch, "recovery_codes"}}}, // of whoever approves
    {I::IssueCreditNote,
     "issue-credit-note",
     QT_TRANSLATE_NOOP("Intention", "Issue a credit note"),
     "billing.credit",
     Fact,
     {{"credit_note", insert}}},
    {I::OpenCashDrawer,
     "open-cash-drawer",
     QT_TRANSLATE_NOOP("Intention", "Open the cash drawer"),
     "billing.cashDrawer",
     Fact,
     {{"cash_session", insert}}},
    {I::CloseCashDrawer,
     "close-cash-drawer",
     QT_TRANSLATE_NOOP("Intention", "Close the cash drawer"),
     "billing.cashDrawer",
     Fact,
     {{"cash_session", patch, "closed_at expected_minor counted_minor note"}}},
    {I::PrintBillingDocument,
     "print-billing-document",
     QT_TRANSLATE_NOOP("Intention", "Print invoices and receipts"),
     "billing.view",
     AuditOnly,
     {}},
    {I::ViewAudit,
     "view-audit",
     QT_TRANSLATE_NOOP("Intention", "Look at the audit log"),
     "audit.view",
     AuditOnly,
     {}},
    {I::BackUp, "back-up", QT_TRANSLATE_NOOP("Intention", "Back up"), "data.backup", AuditOnly, {}},
    {I::Restore,
     "restore",
     QT_TRANSLATE_NOOP("Intention", "Restore or copy a database"),
     "data.restore",
     AuditOnly,
     {}},
    {I::LoadDemo,
     "load-demo",
     QT_TRANSLATE_NOOP("Intention", "Fill a demo file"),
     "data.restore",
     Intent,
     {}},
    {I::SwitchBranch,
     "switch-branch",
     QT_TRANSLATE_NOOP("Intention", "Work in another branch"),
     "account.own",
     AuditOnly,
     {}},
    {I::ResolveConflict,
     "resolve-conflict",
     QT_TRANSLATE_NOOP("Intention", "Decide between two values"),
     "patients.edit",
     Intent,
     {{"conflict", patch, "resolved"},
      {"patient", patch},
      {"identifier", patch},
      {"contact", patch},
      {"next_of_kin", patch},
      {"allergy", patch},
      {"condition", patch},
      {"appointment", patch},
      {"document", patch}}},
    {I::ResolveAttention,
     "resolve-attention",
     QT_TRANSLATE_NOOP("Intention", "Tick off what needed attention"),
     "account.own",
     Intent,
     {{"attention", patch, "resolved"}}},
    {I::EnrolDevice,
     "enrol-device",
     QT_TRANSLATE_NOOP("Intention", "Connect to a server"),
     "settings.edit",
     Fact,
     {{"*", insert}}}, // the first device gives the hospital everything it has
    {I::ManageDevices,
     "manage-devices",
     QT_TRANSLATE_NOOP("Intention", "Accept or shut out PCs"),
     "settings.edit",
     AuditOnly,
     {}},
    {I::ChangeServer,
     "change-server",
     QT_TRANSLATE_NOOP("Intention", "Change the server's addresses"),
     "settings.edit",
     AuditOnly,
     {}},
    {I::ExchangeByFile,
     "exchange-by-file",
     QT_TRANSLATE_NOOP("Intention", "Exchange by file"),
     "account.own",
     AuditOnly,
     {}},
    {I::BringChart,
     "bring-chart",
     QT_TRANSLATE_NOOP("Intention", "Fetch a chart from other branches"),
     "patients.view",
     AuditOnly,
     {}},
    {I::AddDocument,
     "add-document",
     QT_TRANSLATE_NOOP("Intention", "Add a document"),
     "patients.edit",
     Fact,
     {{"document", insert}}},
    {I::ChangeDocument,
     "change-document",
     QT_TRANSLATE_NOOP("Intention", "Change a document's title"),
     "patients.edit",
     Intent,
     {{"document", patch, "kind title active"}}},
    {I::OpenDocument,
     "open-document",
     QT_TRANSLATE_NOOP("Intention", "Open a document"),
     "patients.view",
     AuditOnly,
     {}},
    {I::BringClinic,
     "bring-clinic",
     QT_TRANSLATE_NOOP("Intention", "Bring in another clinic"),
     "data.restore",
     Fact,
     {{"*-access", insert}}},
    {I::KeepPlaces,
     "keep-places",
     QT_TRANSLATE_NOOP("Intention", "Have places kept for a PC"),
     "appointments.book",
     AuditOnly,
     {}},
    {I::MakeRecoveryKey,
     "make-recovery-key",
     QT_TRANSLATE_NOOP("Intention", "Make a new recovery key"),
     "data.restore",
     Intent,
     {{"hospital", patch, "recovery_key"}}},
    {I::ProveIdentity,
     "prove-identity",
     QT_TRANSLATE_NOOP("Intention", "Prove one's identity"),
     "account.own",
     AuditOnly,
     {{"app_user", patch, "recovery_codes"}}},
    {I::EndOtherSessions,
     "end-other-sessions",
     QT_TRANSLATE_NOOP("Intention", "Sign out everywhere else"),
     "account.own",
     Intent,
     {{"app_user", patch, "session_mark"}}},
    {I::ExportAudit,
     "export-audit",
     QT_TRANSLATE_NOOP("Intention", "Export the audit"),
     "audit.view",
     AuditOnly,
     {}},
    {I::ExportPerson,
     "export-person",
     QT_TRANSLATE_NOOP("Intention", "Export everything about a person"),
     "patients.export",
     AuditOnly,
     {}},
    {I::ReplaceDataKey,
     "replace-data-key",
     QT_TRANSLATE_NOOP("Intention", "Replace the hospital's key"),
     "settings.edit",
     AuditOnly,
     {}},
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
        if (!footprint.entity || !(footprint.ops & op))
            continue;
        const std::string_view name(footprint.entity);
        const std::string_view changed(change.entity->name);
        const bool isAccess = changed == "role" || changed == "role_permission" || changed == "user_role";
        if (name != "*" && name != changed && (name != "*-access" || isAccess))
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

bool needsProof(IntentionId id)
{
    switch (id) {
    case IntentionId::SaveUser:
    case IntentionId::SaveRole:
    case IntentionId::ResetPassword:
    case IntentionId::ResetSecondFactor:
    case IntentionId::RefundPayment:
    case IntentionId::ExportPatients:
    case IntentionId::ExportAudit:
    case IntentionId::ExportPerson:
    case IntentionId::Restore:
    case IntentionId::ManageDevices:
    case IntentionId::ReplaceDataKey:
    case IntentionId::MakeRecoveryKey:
        return true;
    default:
        return false;
    }
}

const IntentionInfo *intentionNamed(QByteArrayView name)
{
    for (const IntentionInfo &info : intentiontables::intentions) {
        if (name == QByteArrayView(info.name))
            return &info;
    }
    return nullptr;
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
