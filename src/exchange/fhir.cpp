// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/fhir.h"

#include "core/filewriter.h"
#include "core/money.h"
#include "core/walltime.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>
#include <QUrl>
#include <cmath>

namespace clinic::exchange {
namespace fhir {

using namespace domain;

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

QString instant(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc())
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss'Z'"));
}

// Text as FHIR allows it: with a visible character, and without the forbidden control characters.
QString fhirText(QString words)
{
    words.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t';
    });
    return words.trimmed();
}

// The same without empty texts, lists and objects, which FHIR does not have.
QJsonValue withoutEmpty(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: {
        const QString words = fhirText(value.toString());
        return words.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(words);
    }
    case QJsonValue::Array: {
        QJsonArray kept;
        for (const QJsonValue each : value.toArray()) {
            if (const QJsonValue clean = withoutEmpty(each); !clean.isUndefined())
                kept << clean;
        }
        return kept.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(kept);
    }
    case QJsonValue::Object: {
        QJsonObject kept;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (const QJsonValue clean = withoutEmpty(it.value()); !clean.isUndefined())
                kept.insert(it.key(), clean);
        }
        return kept.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(kept);
    }
    default:
        return value;
    }
}

QJsonObject reference(const Id &id)
{
    return {{s("reference"), s("urn:uuid:") + id.toString()}};
}

QJsonObject text(const QString &words)
{
    return {{s("text"), words}};
}

// FHIR has decimal numbers. ClinicDesk calculates with whole minor units; this is the output only.
QJsonObject amount(qint64 minor, const QString &currency)
{
    return {{s("value"), double(minor) / std::pow(10.0, currencyDigits(currency))},
            {s("currency"), currency}};
}

QJsonObject coding(const char *system, const QString &code)
{
    return {{s("coding"), QJsonArray{QJsonObject{{s("system"), s(system)}, {s("code"), code}}}}};
}

QJsonObject extension(const char *url, const char *type, const QJsonValue &value)
{
    return {{s("extension"), QJsonArray{QJsonObject{{s("url"), s(url)}, {s(type), value}}}}};
}

// Texts that FHIR requires: a reaction, an item. Or the mark that they are missing.
QJsonObject neededText(const QString &words)
{
    return fhirText(words).isEmpty() ? extension("http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                                                 "valueCode", s("unknown"))
                                     : text(words);
}

// A partial date; an estimate has an extension beside it.
void insertDate(QJsonObject &resource, const QString &element, const PartialDate &date)
{
    if (date.isNull())
        return;
    resource.insert(element, date.toStored().remove(u'~'));
    if (date.isEstimated())
        resource.insert(u'_' + element, extension("urn:clinicdesk:estimated", "valueBoolean", true));
}

// An inactive entry was entered in error: then it has no clinical status.
void insertStatus(QJsonObject &resource, const char *clinical, const char *verification, bool active)
{
    if (active)
        resource.insert(s("clinicalStatus"), coding(clinical, s("active")));
    else
        resource.insert(s("verificationStatus"), coding(verification, s("entered-in-error")));
}

class Bundle
{
public:
    void add(const Id &id, const char *type, QJsonObject resource)
    {
        resource = withoutEmpty(resource).toObject();
        resource.insert(s("resourceType"), s(type));
        resource.insert(s("id"), id.toString());
        m_entries << QJsonObject{{s("fullUrl"), s("urn:uuid:") + id.toString()}, {s("resource"), resource}};
    }
    [[nodiscard]] QByteArray done(qint64 at) const
    {
        return QJsonDocument(QJsonObject{{s("resourceType"), s("Bundle")},
                                         {s("type"), s("collection")},
                                         {s("timestamp"), instant(at)},
                                         {s("entry"), m_entries}})
            .toJson(QJsonDocument::Indented);
    }

private:
    QJsonArray m_entries;
};

QJsonObject telecom(const char *system, const QString &value, const QString &label = {})
{
    if (fhirText(value).isEmpty())
        return {};
    QJsonObject contact =
        fhirText(label).isEmpty() ? QJsonObject() : extension("urn:clinicdesk:label", "valueString", label);
    contact.insert(s("system"), s(system));
    contact.insert(s("value"), value);
    return contact;
}

QJsonObject patient(const services::PersonRecord &record)
{
    const Patient &p = record.patient;
    QJsonArray identifiers{QJsonObject{{s("use"), s("usual")}, {s("value"), p.number}}};
    for (const Identifier &i : record.identifiers)
        identifiers << QJsonObject{{s("use"), i.active ? s("official") : s("old")},
                                   {s("type"), text(enumCode(i.kind))},
                                   {s("value"), i.value}};
    QJsonArray contacts;
    if (!p.phone.isEmpty())
        contacts << telecom("phone", p.phone);
    if (!p.email.isEmpty())
        contacts << telecom("email", p.email);
    for (const Contact &c : record.contacts) {
        if (c.active)
            contacts << telecom(c.kind == ContactKind::Email   ? "email"
                                : c.kind == ContactKind::Phone ? "phone"
                                                               : "other",
                                c.value, c.label);
    }
    const QJsonObject name{
        {s("use"), s("official")},
        {s("text"), p.displayName()},
        {s("family"), p.familyName},
        {s("given"), QJsonArray::fromStringList(p.givenName.split(u' ', Qt::SkipEmptyParts))}};
    QJsonObject resource{
        {s("active"), p.active}, {s("identifier"), identifiers}, {s("gender"), enumCode(p.sex)}};
    if (!p.displayName().isEmpty())
        resource.insert(s("name"), QJsonArray{name});
    if (!contacts.isEmpty())
        resource.insert(s("telecom"), contacts);
    insertDate(resource, s("birthDate"), p.birthDate);
    if (!p.address.isEmpty())
        resource.insert(s("address"), QJsonArray{text(p.address)});
    if (!fhirText(p.remarks).isEmpty())
        resource.insert(s("text"),
                        QJsonObject{{s("status"), s("additional")},
                                    {s("div"), s("<div xmlns=\"http://www.w3.org/1999/xhtml\">") +
                                                   fhirText(p.remarks).toHtmlEscaped() + s("</div>")}});
    if (!record.photo.isEmpty())
        resource.insert(s("photo"),
                        QJsonArray{QJsonObject{{s("contentType"), s("image/jpeg")},
                                               {s("data"), QString::fromLatin1(record.photo.toBase64())}}});
    return resource;
}

QString appointmentStatus(AppointmentState state)
{
    switch (state) {
    case AppointmentState::Booked:
        return s("booked");
    case AppointmentState::CheckedIn:
    case AppointmentState::InConsultation:
        return s("checked-in");
    case AppointmentState::Completed:
        return s("fulfilled");
    case AppointmentState::Cancelled:
        return s("cancelled");
    case AppointmentState::NoShow:
        return s("noshow");
    }
    return s("booked");
}

QString urlOf(const QString &path)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(path, "/"));
}

QString documentStatus(const Document &document)
{
    return document.active ? s("current") : s("entered-in-error");
}

} // namespace fhir

QByteArray fhirBundle(const services::PersonRecord &record)
{
    using namespace fhir;
    const QJsonObject subject = reference(record.patient.id);
    Bundle bundle;
    bundle.add(record.patient.id, "Patient", fhir::patient(record));
    for (const NextOfKin &k : record.nextOfKin)
        bundle.add(k.id, "RelatedPerson",
                   {{s("patient"), subject},
                    {s("active"), k.active},
                    {s("relationship"), QJsonArray{text(k.relationship)}},
                    {s("name"), QJsonArray{text(k.name)}},
                    {s("telecom"), QJsonArray{telecom("phone", k.phone)}}});
    for (const Allergy &a : record.allergies) {
        QJsonObject resource{{s("patient"), subject}, {s("code"), text(a.substance)}};
        insertStatus(resource, "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                     "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", a.active);
        if (!fhirText(a.reaction).isEmpty() || a.severity != AllergySeverity::Unknown) {
            QJsonObject reaction{{s("manifestation"), QJsonArray{neededText(a.reaction)}}};
            if (a.severity != AllergySeverity::Unknown)
                reaction.insert(s("severity"), enumCode(a.severity));
            resource.insert(s("reaction"), QJsonArray{reaction});
        }
        bundle.add(a.id, "AllergyIntolerance", resource);
    }
    for (const Condition &c : record.conditions) {
        QJsonObject resource{{s("subject"), subject}, {s("code"), text(c.name)}};
        insertStatus(resource, "http://terminology.hl7.org/CodeSystem/condition-clinical",
                     "http://terminology.hl7.org/CodeSystem/condition-ver-status", c.active);
        insertDate(resource, s("onsetDateTime"), c.onset);
        if (!c.note.isEmpty())
            resource.insert(s("note"), QJsonArray{text(c.note)});
        bundle.add(c.id, "Condition", resource);
    }
    for (const domain::Consent &c : record.consents) {
        QJsonObject resource{
            {s("status"), s("active")},
            {s("scope"),
             coding("http://terminology.hl7.org/CodeSystem/consentscope",
                    c.kind == domain::ConsentKind::Research ? s("research") : s("patient-privacy"))},
            {s("category"), QJsonArray{coding("http://loinc.org", s("59284-0"))}},
            {s("patient"), subject},
            {s("dateTime"), instant(c.saidAt)},
            {s("policyRule"), text(enumCode(c.kind))},
            {s("provision"), QJsonObject{{s("type"), c.given ? s("permit") : s("deny")},
                                         {s("code"), QJsonArray{text(enumCode(c.kind))}}}}};
        if (!c.givenBy.isEmpty())
            resource.insert(s("performer"), QJsonArray{QJsonObject{{s("display"), c.givenBy}}});
        bundle.add(c.id, "Consent", resource);
    }
    for (const auto &view : record.appointments) {
        const Appointment &a = view.appointment;
        QJsonObject resource{{s("status"), appointmentStatus(a.state)},
                             {s("start"), instant(a.startAt)},
                             {s("end"), instant(a.startAt + qint64(a.minutes) * 60'000)},
                             {s("minutesDuration"), qMax(1, a.minutes)},
                             {s("serviceType"), QJsonArray{text(view.serviceName)}}};
        QJsonArray participants{QJsonObject{{s("actor"), subject}, {s("status"), s("accepted")}}};
        if (!fhirText(view.practitionerName).isEmpty())
            participants << QJsonObject{{s("actor"), QJsonObject{{s("display"), view.practitionerName}}},
                                        {s("status"), s("accepted")}};
        resource.insert(s("participant"), participants);
        if (!a.reason.isEmpty())
            resource.insert(s("description"), a.reason);
        bundle.add(a.id, "Appointment", resource);
    }
    for (const Invoice &invoice : record.invoices) {
        QJsonArray lines;
        for (const InvoiceLine &line : record.lines) {
            if (line.invoiceId == invoice.id && line.active)
                lines << QJsonObject{
                    {s("sequence"), qMax(1, line.position)},
                    {s("chargeItemCodeableConcept"), neededText(line.description)},
                    {s("priceComponent"),
                     QJsonArray{QJsonObject{{s("type"), s("base")},
                                            {s("factor"), line.quantity},
                                            {s("amount"), amount(line.totalMinor, invoice.currency)}}}}};
        }
        QJsonObject resource{{s("status"), invoice.state == InvoiceState::Issued ? s("issued") : s("draft")},
                             {s("subject"), subject},
                             {s("lineItem"), lines},
                             {s("totalNet"), amount(invoice.netMinor, invoice.currency)},
                             {s("totalGross"), amount(invoice.totalMinor, invoice.currency)}};
        if (!invoice.number.isEmpty())
            resource.insert(s("identifier"), QJsonArray{QJsonObject{{s("value"), invoice.number}}});
        if (invoice.issuedAt > 0)
            resource.insert(s("date"), instant(invoice.issuedAt));
        bundle.add(invoice.id, "Invoice", resource);
    }
    // PaymentNotice would need another resource for the payment itself and a recipient; a clinic knows the
    // payment.
    const auto settled = [&](const Id &id, const QString &number, const Id &invoice, qint64 minor,
                             const QString &currency, qint64 at, const char *type, const QString &what,
                             const QString &paidWith) {
        const QString day = walltime::dayOf(at, record.zone).toString(Qt::ISODate);
        QJsonObject kind = coding("http://terminology.hl7.org/CodeSystem/payment-type", s(type));
        kind.insert(s("text"), what);
        bundle.add(id, "PaymentReconciliation",
                   {{s("status"), s("active")},
                    {s("identifier"), QJsonArray{QJsonObject{{s("value"), number}}}},
                    {s("created"), instant(at)},
                    {s("disposition"), what},
                    {s("paymentDate"), day},
                    {s("paymentAmount"), amount(minor, currency)},
                    {s("paymentIdentifier"), QJsonObject{{s("value"), paidWith}}},
                    {s("detail"), QJsonArray{QJsonObject{{s("type"), kind},
                                                         {s("request"), reference(invoice)},
                                                         {s("date"), day},
                                                         {s("amount"), amount(minor, currency)}}}}});
    };
    for (const Payment &p : record.payments)
        settled(p.id, p.number, p.invoiceId, p.amountMinor, p.currency, p.paidAt, "payment",
                p.amountMinor < 0 ? s("refund") : s("paid"), p.reference);
    for (const CreditNote &n : record.creditNotes)
        settled(n.id, n.number, n.invoiceId, n.amountMinor, n.currency, n.createdAt, "adjustment",
                s("credit note"), {});
    QHash<Id, QString> paths;
    for (const PersonDocument &file : personDocuments(record))
        paths.insert(file.document, urlOf(file.path));
    for (const Document &d : record.documents)
        bundle.add(d.id, "DocumentReference",
                   {{s("status"), documentStatus(d)},
                    {s("subject"), subject},
                    {s("type"), text(enumCode(d.kind))},
                    {s("date"), instant(d.createdAt)},
                    {s("content"),
                     QJsonArray{QJsonObject{
                         {s("attachment"), QJsonObject{{s("title"), d.title},
                                                       {s("url"), paths.value(d.id, urlOf(d.fileName))},
                                                       {s("size"), d.size}}}}}}});
    return bundle.done(record.at);
}

namespace fhir {

// A name that every file system accepts, and that is no path.
QString plainName(const QString &text)
{
    QString out;
    for (const QChar c : text.left(80))
        out += c.isLetterOrNumber() || c == u'-' || c == u'_' ? c : c == u' ' ? u'-' : u'_';
    return out;
}

} // namespace fhir

QList<PersonDocument> personDocuments(const services::PersonRecord &record)
{
    QList<PersonDocument> files;
    for (const domain::Document &d : record.documents) {
        const auto bytes = record.contents.constFind(d.id);
        if (bytes == record.contents.constEnd())
            continue;
        const QString suffix = fhir::plainName(d.fileName.section(u'.', -1)).left(8);
        files << PersonDocument{
            d.id,
            QStringLiteral("%1-documents/%2-%3.%4")
                .arg(fhir::plainName(record.patient.number))
                .arg(files.size() + 1, 3, 10, QLatin1Char('0'))
                .arg(fhir::plainName(d.title), d.fileName.contains(u'.') ? suffix : QStringLiteral("bin")),
            *bytes};
    }
    return files;
}

Result<void> writePerson(const services::PersonRecord &record, const QString &path)
{
    const QDir folder = QFileInfo(path).absoluteDir();
    for (const PersonDocument &file : personDocuments(record)) {
        if (!folder.mkpath(QFileInfo(file.path).path()))
            return fail(ErrorCode::ReadOnly, {}, {folder.filePath(QFileInfo(file.path).path())});
        if (auto written = writeFile(folder.filePath(file.path), file.bytes); !written)
            return written;
    }
    return writeFile(path, fhirBundle(record));
}

} // namespace clinic::exchange
