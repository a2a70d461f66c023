// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/personexport.h"

#include "domain/billing/rules.h"
#include "storage/replica/documentqueue.h"
#include "storage/replica/replica.h"

namespace clinic::services {
namespace personexport {

constexpr int everyAppointment = 1'000'000;

template <class T>
Result<void> read(storage::Connection &c, QList<T> &into, const QByteArray &where, const Id &patient)
{
    auto rows = storage::select<T>(c, where, patient);
    if (!rows)
        return fail(rows);
    into = std::move(*rows);
    return {};
}

} // namespace personexport

Result<PersonRecord> perform(WorkUnit &unit, const ExportPerson &intent)
{
    using personexport::read;
    storage::Connection &c = unit.tx.connection();
    const auto patient = unit.tx.get<domain::Patient>(intent.patient);
    if (!patient)
        return fail(patient);
    unit.tx.setSubject("patient", patient->id);
    PersonRecord record;
    record.patient = *patient;
    record.at = unit.now();
    record.zone = unit.session.zone();
    const auto hospitals = unit.tx.all<domain::Hospital>("LIMIT 1");
    if (!hospitals)
        return fail(hospitals);
    if (!hospitals->isEmpty())
        record.hospital = hospitals->first();
    const QByteArray own = "WHERE patient_id=? ORDER BY rid";
    const Id &id = patient->id;
    QList<domain::Photo> photos;
    for (const Result<void> &done :
         {read(c, record.identifiers, own, id), read(c, record.contacts, own, id),
          read(c, record.nextOfKin, own, id), read(c, record.allergies, own, id),
          read(c, record.conditions, own, id), read(c, record.consents, own, id),
          read(c, photos, "WHERE patient_id=? ORDER BY rid DESC LIMIT 1", id),
          read(c, record.documents, own, id), read(c, record.invoices, own, id),
          read(
              c, record.lines,
              "WHERE invoice_id IN (SELECT id FROM invoice WHERE patient_id=?) ORDER BY invoice_id, position",
              id),
          read(c, record.payments, own, id), read(c, record.creditNotes, own, id)}) {
        if (!done)
            return fail(done);
    }
    // A draft's totals are those of its lines; a draft without lines has been issued.
    QHash<Id, QList<domain::InvoiceLine>> linesOf;
    for (const domain::InvoiceLine &line : std::as_const(record.lines)) {
        if (line.active)
            linesOf[line.invoiceId] << line;
    }
    for (domain::Invoice &invoice : record.invoices) {
        if (invoice.state == domain::InvoiceState::Draft) {
            domain::sumUp(invoice, linesOf.value(invoice.id));
            invoice.number.clear(); // the issued invoice's number
        }
    }
    record.invoices.removeIf([&](const domain::Invoice &invoice) {
        return invoice.state == domain::InvoiceState::Draft && !linesOf.contains(invoice.id);
    });
    for (const domain::Document &document : std::as_const(record.documents)) {
        auto bytes = storage::documentBytes(c, document.content);
        if (bytes) {
            record.contents.insert(document.id, *bytes);
        } else if (bytes.error().code != ErrorCode::NotFound) {
            return fail(bytes);
        } else if (auto wanted = storage::wantDocument(c, document.content, document.size, unit.now());
                   !wanted) { // for the next time
            return fail(wanted);
        }
    }
    if (!photos.isEmpty())
        record.photo = photos.first().image;
    const auto appointments = storage::appointmentHistory(c, id, personexport::everyAppointment,
                                                          std::numeric_limits<qint64>::max());
    if (!appointments)
        return fail(appointments);
    record.appointments = *appointments;
    const auto whole = storage::hasWholeChart(c, id);
    const auto loading = storage::isLoading(c);
    if (!whole || !loading)
        return fail(whole ? loading : whole);
    record.isWhole = *whole && !*loading;
    return record;
}

Result<Id> answer(ReadUnit &unit, const PatientByNumber &question)
{
    storage::Query q =
        unit.connection.query("SELECT id FROM patient WHERE number=? LIMIT 1", question.number.trimmed());
    if (q.next())
        return q.id(0);
    return q.ok() ? fail(ErrorCode::NotFound, QStringLiteral("patient")) : q.failed();
}

} // namespace clinic::services
