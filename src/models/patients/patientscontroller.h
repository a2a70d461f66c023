// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/admin/emergency.h"
#include "services/clinic.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"

namespace clinic::models {

using services::DocumentView;
using services::PatientChart;
using storage::PatientHit;
template <class T>
using Then = std::function<void(const Result<T> &)>;

// The questions and intentions about patients, for screens. Answers come while `context` lives, on the
// interface thread.
class PatientsController
{
public:
    explicit PatientsController(services::Clinic &clinic) : m_clinic(clinic) {}

    void search(QObject *context, const QString &text, Then<QList<PatientHit>> then)
    {
        m_clinic.ask(context, services::PatientSearch{text}, std::move(then));
    }
    void findDuplicates(QObject *context, const domain::Patient &typed, const QStringList &identifiers,
                        Then<QList<PatientHit>> then)
    {
        m_clinic.ask(context, services::DuplicateSearch{typed, identifiers}, std::move(then));
    }
    // Reads the open chart again after a change: no audit event.
    void readChart(QObject *context, const Id &patient, Then<PatientChart> then)
    {
        m_clinic.ask(context, services::ReadPatientChart{patient}, std::move(then));
    }
    // Name, birth date and number, without opening the record.
    void whoIs(QObject *context, const Id &patient, Then<domain::Patient> then)
    {
        m_clinic.ask(context, services::WhoIs{patient}, std::move(then));
    }
    // Opens a record: writes an audit event.
    void open(QObject *context, const Id &patient, Then<PatientChart> then)
    {
        m_clinic.run(context, services::OpenPatient{patient}, std::move(then));
    }
    // Opens a record outside the role's scope, for a time and with a reason.
    void openInEmergency(QObject *context, const Id &patient, const QString &reason,
                         Then<domain::EmergencyAccess> then)
    {
        m_clinic.run(context, services::OpenInEmergency{patient, reason}, std::move(then));
    }
    void recordConsent(QObject *context, const domain::Consent &consent, Then<domain::Consent> then)
    {
        m_clinic.run(context, services::RecordConsent{consent}, std::move(then));
    }
    // Large records take several steps; then() comes at the end or at an error.
    void anonymise(QObject *context, const Id &patient, Then<services::Anonymised> then)
    {
        m_clinic.run(context, services::AnonymisePatient{patient},
                     [this, patient, context = QPointer<QObject>(context),
                      then = std::move(then)](const Result<services::Anonymised> &step) {
                         if (step && !step->isDone && context)
                             return anonymise(context, patient, then);
                         then(step);
                     });
    }
    void planRetention(QObject *context, Then<services::RetentionPlan> then)
    {
        m_clinic.ask(context, services::PlanRetention{}, std::move(then));
    }
    void exportPerson(QObject *context, const Id &patient, Then<services::PersonRecord> then)
    {
        m_clinic.run(context, services::ExportPerson{patient}, std::move(then));
    }
    void registerPatient(QObject *context, const domain::Patient &patient,
                         const QList<domain::Identifier> &identifiers, Then<domain::Patient> then)
    {
        m_clinic.run(context, services::RegisterPatient{patient, identifiers}, std::move(then));
    }
    void update(QObject *context, const domain::Patient &before, const domain::Patient &after,
                Then<domain::Patient> then)
    {
        m_clinic.run(context, services::UpdatePatient{before, after}, std::move(then));
    }
    // shown: the appointments and waiting list entries that the user has seen.
    void setActive(QObject *context, const Id &patient, bool active, const QString &reason,
                   Then<domain::Patient> then, const QList<Id> &shown = {})
    {
        m_clinic.run(context, services::SetPatientActive{patient, active, reason, shown}, std::move(then));
    }
    // T: Identifier, Contact, NextOfKin, Allergy, Condition or Photo. before = the row when the form was
    // opened.
    template <class T>
    void savePart(QObject *context, const T &before, const T &after, Then<storage::Record> then)
    {
        m_clinic.run(
            context,
            services::SavePatientPart{before.isStored() ? storage::toRecord(before) : storage::Record{},
                                      storage::toRecord(after)},
            std::move(then));
    }
    void history(QObject *context, const Id &patient, Then<QList<storage::AppointmentView>> then)
    {
        m_clinic.ask(context, services::PatientHistory{patient}, std::move(then));
    }
    void changes(QObject *context, const Id &patient, Then<QList<storage::AuditEntry>> then)
    {
        m_clinic.ask(context, services::PatientChanges{patient}, std::move(then));
    }
    void documents(QObject *context, const Id &patient, Then<QList<DocumentView>> then)
    {
        m_clinic.ask(context, services::PatientDocuments{patient}, std::move(then));
    }
    void addDocument(QObject *context, const domain::Document &document, const QByteArray &bytes,
                     Then<domain::Document> then)
    {
        m_clinic.run(context, services::AddDocument{document, bytes}, std::move(then));
    }
    void changeDocument(QObject *context, const domain::Document &before, const domain::Document &after,
                        Then<domain::Document> then)
    {
        m_clinic.run(context, services::ChangeDocument{before, after}, std::move(then));
    }
    // The bytes; empty when they are on the server only and were requested now (ask again at
    // Connection::documentMoved).
    void openDocument(QObject *context, const Id &document, Then<QByteArray> then)
    {
        m_clinic.run(context, services::OpenDocument{document},
                     [this, context, then = std::move(then)](const Result<services::OpenedDocument> &opened) {
                         using enum storage::DocumentPlace;
                         if (!opened)
                             return then(fail(opened));
                         if (opened->state.place != Here && opened->state.place != Unsent)
                             return then(QByteArray());
                         m_clinic.ask(context, services::DocumentBytes{opened->document.content}, then);
                     });
    }
    void notePrinted(const Id &patient)
    {
        m_clinic.run(&m_clinic,
                     services::NoteOutput{domain::IntentionId::PrintPatientHistory, "patient", patient},
                     [](const auto &) {});
    }

private:
    services::Clinic &m_clinic;
};

} // namespace clinic::models
