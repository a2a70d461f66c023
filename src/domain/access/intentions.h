// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "domain/access/roles.h"

#include <QList>

namespace clinic::domain {

// All intentions. The number travels in groups: append only, never reorder.
enum class IntentionId : int {
    InitialiseHospital,
    SignIn,
    SignOut,
    LockScreen,
    UnlockScreen,
    SaveHospital,
    SaveBranch,
    SaveResource,
    SavePractitioner,
    SaveService,
    SaveCode,
    SaveSetting,
    SaveOwnSetting,
    SaveAvailability,
    SaveOwnAvailability,
    SaveUser,
    SaveRole,
    ResetPassword,
    ChangeOwnPassword,
    SetSecondFactor,
    RemoveSecondFactor,
    ResetSecondFactor,
    RegisterPatient,
    ImportPatients,
    OpenPatient,
    UpdatePatient,
    SetPatientActive,
    SavePatientPart,
    SaveClinicalPart,
    ExportPatients,
    PrintPatientHistory,
    BookAppointment,
    MoveAppointment,
    UpdateAppointment,
    CheckIn,
    StartConsultation,
    CompleteConsultation,
    CancelAppointment,
    MarkNoShow,
    UndoStep,
    AmendAppointment,
    SaveWaitingEntry,
    PrintDayList,
    BookOwnAppointment,
    CancelOwnAppointment,
    SaveInvoice,
    IssueInvoice,
    TakePayment,
    RefundPayment,
    IssueCreditNote,
    OpenCashDrawer,
    CloseCashDrawer,
    PrintBillingDocument,
    ViewAudit,
    BackUp,
    Restore,
    LoadDemo,
    SealFile,
    SwitchBranch,
    ResolveConflict,
    ResolveAttention,
    EnrolDevice,
    ManageDevices, // done on the server; its audit event is stored here
    ChangeServer,
    ExchangeByFile,
    BringChart,
    AddDocument,
    ChangeDocument,
    OpenDocument,
    BringClinic,
    KeepPlaces,
    MakeRecoveryKey,
    ProveIdentity,
    EndOtherSessions,
    ExportAudit,
    ExportPerson,
    ReplaceDataKey, // done on the server, like ManageDevices
    OpenInEmergency,
    ReviewEmergency,
    RecordConsent,
    AnonymisePatient,
    Count
};

// A fact has happened, and the server never rejects it because of other PCs' changes; an intent may be
// rejected.
enum class IntentionKind { Fact, Intent, AuditOnly };

enum : unsigned { opInsert = 1, opPatch = 2 };

// The rows that an intention may write: entity ("*" = any, "*-access" = any but roles and their holders),
// operations, and for patches the fields (space-separated; null = any).
struct Footprint
{
    const char *entity = nullptr;
    unsigned ops = 0;
    const char *fields = nullptr;
};

struct IntentionInfo
{
    IntentionId id;
    const char *name;       // in audit events and on the wire
    const char *label;      // English; translated in context "Intention"
    const char *permission; // null = anybody, signed in or not
    IntentionKind kind;
    Footprint footprint[14];
};

[[nodiscard]] std::span<const IntentionInfo> allIntentions();
[[nodiscard]] const IntentionInfo &intentionInfo(IntentionId id);
// Whether the intention needs a proof of identity from the last minutes, so that nobody does it at another
// user's open window.
[[nodiscard]] bool needsProof(IntentionId id);
// By its name on the wire; null for an unknown name.
[[nodiscard]] const IntentionInfo *intentionNamed(QByteArrayView name);

// One changed row of a unit, for authorise().
struct RowChange
{
    enum class Op { Insert, Patch };
    const EntityInfo *entity = nullptr;
    Id id{};
    Op op{};
    quint64 fields = 0; // bit n = fields[n] changed
};

// Checks permission and footprint. Services call it before commit, the server when the group arrives.
[[nodiscard]] Result<void> authorise(const Grants &grants, IntentionId intention,
                                     const QList<RowChange> &changes);

} // namespace clinic::domain
