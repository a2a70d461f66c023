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

// A new patient with a number from this device's series. One name is required; an identifier that is another
// active person's is refused (IdentifierTaken).
struct RegisterPatient
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::RegisterPatient;
    domain::Patient patient{};
    QList<domain::Identifier> identifiers{};
};
[[nodiscard]] Result<domain::Patient> perform(WorkUnit &unit, const RegisterPatient &intent);

// Changes details: only fields that differ from `before` are written; Stale when somebody else changed one of
// them.
struct UpdatePatient
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::UpdatePatient;
    domain::Patient before{};
    domain::Patient after{};
};
[[nodiscard]] Result<domain::Patient> perform(WorkUnit &unit, const UpdatePatient &intent);

// StillNeeded (services/appointments/touched.h) as long as the person is booked or waits for a place and that
// was not shown to whoever deactivates.
struct SetPatientActive
{
    using Outcome = domain::Patient;
    static constexpr auto intention = domain::IntentionId::SetPatientActive;
    Id patient{};
    bool active = false;
    QString reason;    // required to deactivate; domain::deathReason when the person died
    QList<Id> shown{}; // bookings and places on the waiting list
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

// An identifier of a record that stands in another one, too.
struct SharedNumber
{
    domain::IdentifierKind kind{};
    QString value;
    QString name; // of the other person
    QString number;
};

// Everything the profile shows at once.
struct PatientChart
{
    domain::Patient patient;
    QList<domain::Identifier> identifiers;
    QList<domain::Contact> contacts;
    QList<domain::NextOfKin> nextOfKin;
    QList<domain::Allergy> allergies;
    QList<domain::Condition> conditions;
    QList<domain::Consent> consents; // the newest of each kind
    QByteArray photo;                // not of who does not want it shown
    qint64 balanceMinor = 0;
    int waiting = 0;                          // groups about this record that the server does not have
    QList<QPair<QString, QString>> undecided; // entity and column for which two values were entered
    bool isLoading = false;     // the first load of this PC is still running: parts may be missing
    bool isWhole = true;        // false: what other branches know of this person is not on this PC
    bool hasNamesake = false;   // somebody else bears much the same name
    QList<SharedNumber> shared; // identifiers that others have as well
    qint64 emergencyUntil = 0;  // opened in an emergency that ends then; 0 = it is reached anyway
    QList<storage::AppointmentView> appointments; // newest first, one page
    int appointmentCount = 0;
};
// Opening a chart is looking at a record: one audit event, and the patient joins the reader's recent ones.
struct OpenPatient
{
    using Outcome = PatientChart;
    static constexpr auto intention = domain::IntentionId::OpenPatient;
    Id patient{};
};
[[nodiscard]] Result<PatientChart> perform(WorkUnit &unit, const OpenPatient &intent);

// The chart that is open already, read again because something changed: no event, nobody looked anew.
struct ReadPatientChart
{
    using Outcome = PatientChart;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<PatientChart> answer(ReadUnit &unit, const ReadPatientChart &question);

// Name, birth date, sex, number and whether the record is active: what a form about a patient (an
// appointment, an invoice) shows without opening the record. Everything else of the patient is empty. For
// whoever sees patients, appointments or invoices.
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
    QString text; // empty = recent ones of this user, then the newest
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

// Who changed what of this patient, newest first.
struct PatientChanges
{
    using Outcome = QList<storage::AuditEntry>;
    static constexpr const char *permission = "patients.view";
    Id patient{};
};
[[nodiscard]] Result<QList<storage::AuditEntry>> answer(ReadUnit &unit, const PatientChanges &question);

// For documents that leave the screen: one audit event that it was printed or exported.
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
