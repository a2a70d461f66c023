// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/patients/entities.h"
#include "services/workunit.h"
#include "storage/appointments/queries.h"
#include "storage/auditlog.h"
#include "storage/patients/queries.h"

namespace clinic::services {

// Registers a patient with a number from this device's series. One name is required; another active
// patient's identifier is refused (IdentifierTaken).
struct RegisterPatient
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::RegisterPatient;
    domain::Patient patient{};
    QList<domain::Identifier> identifiers{};
};
[[nodiscard]] Result<domain::Patient> perform(WorkUnit &unit, const RegisterPatient &intent);

// Changes details: writes only fields that differ from `before`; Stale when another user changed one of
// them.
struct UpdatePatient
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::UpdatePatient;
    domain::Patient before{};
    domain::Patient after{};
};
[[nodiscard]] Result<domain::Patient> perform(WorkUnit &unit, const UpdatePatient &intent);

// StillNeeded (services/appointments/touched.h) unless the patient's appointments and waiting list entries
// were shown to the user.
struct SetPatientActive
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::SetPatientActive;
    Id patient{};
    bool active = false;
    QString reason;    // required to deactivate; domain::deathReason for a patient who died
    QList<Id> shown{}; // appointments and waiting list entries
};
[[nodiscard]] Result<domain::Patient> perform(WorkUnit &unit, const SetPatientActive &intent);

// A contact, identifier, next of kin, photo, allergy or condition of a patient, new or changed.
struct SavePatientPart
{
    using Outcome = storage::Record;
    storage::Record before{};
    storage::Record after{};
    [[nodiscard]] domain::IntentionId intentionId() const;
};
[[nodiscard]] Result<storage::Record> perform(WorkUnit &unit, const SavePatientPart &intent);

// An identifier that another record has as well.
struct SharedNumber
{
    domain::IdentifierKind kind{};
    QString value;
    QString name; // of the other patient
    QString number;
};

// All data of the chart.
struct PatientChart
{
    domain::Patient patient;
    QList<domain::Identifier> identifiers;
    QList<domain::Contact> contacts;
    QList<domain::NextOfKin> nextOfKin;
    QList<domain::Allergy> allergies;
    QList<domain::Condition> conditions;
    QList<domain::Consent> consents; // the newest of each kind
    QByteArray photo;                // empty without the consent to show it
    qint64 balanceMinor = 0;
    int waiting = 0;                          // groups about this record that the server does not have
    QList<QPair<QString, QString>> undecided; // entity and column of open conflicts
    bool isLoading = false;                   // this PC's first load is still running: parts may be missing
    bool isWhole = true;                      // false: rows of other branches are not on this PC
    bool hasNamesake = false;                 // another patient has a similar name
    QList<SharedNumber> shared;               // identifiers that others have as well
    qint64 emergencyUntil = 0;                // end of the emergency access; 0 = the role reaches the record
    QList<storage::AppointmentView> appointments; // newest first, one page
    int appointmentCount = 0;
};
// Opens a record: writes one audit event, and puts the patient on the user's recent list.
struct OpenPatient
{
    using Outcome = PatientChart;
    static constexpr auto intention = domain::IntentionId::OpenPatient;
    Id patient{};
};
[[nodiscard]] Result<PatientChart> perform(WorkUnit &unit, const OpenPatient &intent);

// Reads the open chart again after a change: writes no event.
struct ReadPatientChart
{
    using Outcome = PatientChart;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<PatientChart> answer(ReadUnit &unit, const ReadPatientChart &question);

// Name, birth date, sex, number and whether the record is active: for forms about a patient (an appointment,
// an invoice) that do not open the record. All other fields are empty. For roles that see patients,
// appointments or invoices.
struct WhoIs
{
    using Outcome = domain::Patient;
    static constexpr const char *permission = "account.own"; // and one of the three above
    Id patient{};
};
[[nodiscard]] Result<domain::Patient> answer(ReadUnit &unit, const WhoIs &question);

struct PatientSearch
{
    using Outcome = QList<storage::PatientHit>;
    static constexpr const char *permission = "patients.view";
    static constexpr bool typeAhead = true;
    QString text; // empty = this user's recent ones, then the newest
    int limit = 50;
};
[[nodiscard]] Result<QList<storage::PatientHit>> answer(ReadUnit &unit, const PatientSearch &question);

struct DuplicateSearch
{
    using Outcome = QList<storage::PatientHit>;
    static constexpr const char *permission = "patients.view";
    domain::Patient typed{};
    QStringList identifiers{};
};
[[nodiscard]] Result<QList<storage::PatientHit>> answer(ReadUnit &unit, const DuplicateSearch &question);

struct PatientHistory
{
    using Outcome = QList<storage::AppointmentView>;
    static constexpr const char *permission = "appointments.view";
    Id patient{};
    int limit = 1000;
    qint64 before = std::numeric_limits<qint64>::max();
};
[[nodiscard]] Result<QList<storage::AppointmentView>> answer(ReadUnit &unit, const PatientHistory &question);

// The changes to this patient with user and time, newest first.
struct PatientChanges
{
    using Outcome = QList<storage::AuditEntry>;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const PatientChanges &question);

// A document leaves the screen: one audit event that it was printed or exported.
struct NoteOutput
{
    using Outcome = Done;
    domain::IntentionId what{};
    QByteArray entity{};
    Id subject{};
    [[nodiscard]] domain::IntentionId intentionId() const { return what; }
};
[[nodiscard]] Result<Done> perform(WorkUnit &unit, const NoteOutput &intent);

} // namespace clinic::services
