// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/access/intentions.h"
#include "domain/billing/entities.h"
#include "domain/patients/entities.h"
#include "domain/setup/entities.h"
#include "services/workunit.h"
#include "storage/appointments/queries.h"

#include <QTimeZone>

namespace clinic::services {

// All data of this PC about one patient, also removed rows, for an answer to the patient's request.
struct PersonRecord
{
    domain::Hospital hospital{};
    domain::Patient patient{};
    QList<domain::Identifier> identifiers{};
    QList<domain::Contact> contacts{};
    QList<domain::NextOfKin> nextOfKin{};
    QList<domain::Allergy> allergies{};
    QList<domain::Condition> conditions{};
    QList<domain::Consent> consents{};
    QByteArray photo{}; // JPEG
    QList<domain::Document> documents{};
    QHash<Id, QByteArray> contents{}; // of documents whose bytes are here; others are being fetched
    QList<storage::AppointmentView> appointments{};
    QList<domain::Invoice> invoices{};
    QList<domain::InvoiceLine> lines{};
    QList<domain::Payment> payments{};
    QList<domain::CreditNote> creditNotes{};
    [[nodiscard]] bool hasAllDocuments() const { return contents.size() == documents.size(); }
    bool isWhole = true; // false: other branches may have rows that this PC does not keep
    qint64 at = 0;
    QTimeZone zone = QTimeZone::utc(); // of the clinic, for the days of payments
};
// Writes an audit event; needs a proof.
struct ExportPerson
{
    using Outcome = PersonRecord;
    static constexpr auto intention = domain::IntentionId::ExportPerson;
    Id patient{};
};
[[nodiscard]] Result<PersonRecord> perform(WorkUnit &unit, const ExportPerson &intent);

// By number, for the command line.
struct PatientByNumber
{
    using Outcome = Id;
    static constexpr const char *permission = "patients.view";
    QString number;
};
[[nodiscard]] Result<Id> answer(ReadUnit &unit, const PatientByNumber &question);

} // namespace clinic::services
