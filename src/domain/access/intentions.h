// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/entity.h"
#include "domain/access/roles.h"

#include <QList>

namespace clinic::domain {

// Everything a person can set out to do. The number travels in groups: append only, never reorder.
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
    ManageDevices, // done on the server; the event is kept here
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

// A fact already happened and is never refused by a server; an intent may be.
enum class IntentionKind { Fact, Intent, AuditOnly };

enum : unsigned { opInsert = 1, opPatch = 2 };

// Which rows an intention may write: entity ("*" = any, "*-access" = any but roles and who has them),
// operations, and for patches which fields (space-separated; null = any).
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
// Done only by somebody who has shown within the last minutes that it is he: not by whoever comes to an open
// window.
[[nodiscard]] bool needsProof(IntentionId id);
// By its name on the wire; null when this version knows none of that name.
[[nodiscard]] const IntentionInfo *intentionNamed(QByteArrayView name);

// One changed row of a unit, as far as permission is concerned.
struct RowChange
{
    enum class Op { Insert, Patch };
    const EntityInfo *entity = nullptr;
    Id id{};
    Op op{};
    quint64 fields = 0; // bit n = fields[n] changed
};

// Permission AND footprint. Services ask before commit, the server asks again when the group arrives.
[[nodiscard]] Result<void> authorise(const Grants &grants, IntentionId intention,
                                     const QList<RowChange> &changes);

} // namespace clinic::domain
