// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/documents.h"
#include "exchange/fhir.h"
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QUrl>

using namespace clinic;
using namespace clinic::test;
using namespace clinic::services;

// What a clinic has about one person, all of it, and nothing of anybody else.
class TstPerson : public QObject
{
    Q_OBJECT

    template <class T>
    static void part(TestClinic &t, T row)
    {
        const auto saved = t.clinic->performNow(SavePatientPart{{}, storage::toRecord(row)});
        if (!saved)
            qFatal("part: %s", qPrintable(saved.error().detail));
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void everythingAndNobodyElse()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto other =
            t.patient(QStringLiteral("Stranger"), QStringLiteral("Sam"), QStringLiteral("082 555 9999"));
        const auto person = t.patient(QStringLiteral("O'Brien <b>"), QStringLiteral("Anna Maria"),
                                      QStringLiteral("082 555 0101"));
        domain::Identifier identifier;
        identifier.patientId = person.id;
        identifier.value = QStringLiteral("8001015009087");
        part(t, identifier);
        domain::Allergy allergy;
        allergy.patientId = person.id;
        allergy.substance = QStringLiteral("Penicillin");
        allergy.reaction = QStringLiteral("Rash");
        allergy.severity = domain::AllergySeverity::Severe;
        part(t, allergy);
        domain::Condition condition;
        condition.patientId = person.id;
        condition.name = QStringLiteral("Asthma");
        condition.onset = *PartialDate::create(1999);
        part(t, condition);
        domain::Consent consent;
        consent.patientId = person.id;
        consent.kind = domain::ConsentKind::Sharing;
        consent.givenBy = QStringLiteral("Rose");
        QVERIFY(t.clinic->performNow(RecordConsent{consent}).has_value());
        domain::NextOfKin kin;
        kin.patientId = person.id;
        kin.name = QStringLiteral("Rose");
        kin.relationship = QStringLiteral("Sister");
        part(t, kin);
        domain::Appointment a;
        a.patientId = person.id;
        a.practitionerId = t.doctor.id;
        a.serviceId = t.consultation.id;
        a.startAt = t.clock.todayAt(11);
        QVERIFY(t.clinic->performNow(BookAppointment{a}));
        domain::Invoice invoice;
        invoice.patientId = person.id;
        domain::InvoiceLine line;
        line.serviceId = t.consultation.id;
        line.description = t.consultation.name;
        line.unitMinor = t.consultation.priceMinor;
        line.taxBasisPoints = t.consultation.taxBasisPoints;
        const auto issued = t.clinic->performNow(IssueInvoice{invoice, {line}});
        QVERIFY(issued);

        AddDocument letter;
        letter.document.patientId = person.id;
        letter.document.title = QStringLiteral("../../Letter: \"x\"");
        letter.document.fileName = QStringLiteral("letter.pdf");
        letter.bytes = "%PDF-1.7 a letter";
        QVERIFY(t.clinic->performNow(letter));
        letter.document.title = QStringLiteral("Elsewhere");
        letter.bytes = "%PDF-1.7 another";
        const auto elsewhere = t.clinic->performNow(letter);
        QVERIFY(elsewhere);
        QVERIFY(t.database->writerConnection().exec("DELETE FROM blob_chunk WHERE content=?",
                                                    elsewhere->content));
        QVERIFY(t.database->writerConnection().exec("DELETE FROM blob WHERE content=?", elsewhere->content));

        const auto record = t.clinic->performNow(ExportPerson{person.id});
        QVERIFY(record && record->isWhole);
        // Documents that are here come along; what is not here is asked for.
        QVERIFY(!record->hasAllDocuments());
        QCOMPARE(record->contents.size(), 1);
        QCOMPARE(t.number("SELECT count(*) FROM blob WHERE state='wanted'"), 1);
        QTemporaryDir folder;
        QVERIFY(exchange::writePerson(*record, folder.filePath(QStringLiteral("bundle.json"))));
        const auto files = exchange::personDocuments(*record);
        QCOMPARE(files.size(), 1);
        QVERIFY(files.first().path.endsWith(QStringLiteral(".pdf")) && !files.first().path.contains(u".."));
        QCOMPARE(files.first().path.count(u'/'), 1);
        QFile written(folder.filePath(files.first().path));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), QByteArray("%PDF-1.7 a letter"));
        const QByteArray json = exchange::fhirBundle(*record);
        QVERIFY(!json.contains("Stranger") && !json.contains(other.id.toString().toUtf8()));
        const QJsonObject bundle = QJsonDocument::fromJson(json).object();
        QCOMPARE(bundle.value(u"resourceType").toString(), QStringLiteral("Bundle"));
        QHash<QString, QJsonObject> found;
        QSet<QString> urls;
        const auto entries = bundle.value(u"entry").toArray();
        for (const auto &entry : entries) {
            const QJsonObject resource = entry.toObject().value(u"resource").toObject();
            found.insert(resource.value(u"resourceType").toString(), resource);
            urls.insert(entry.toObject().value(u"fullUrl").toString());
        }
        QCOMPARE(urls.size(), entries.size());
        const QJsonObject patient = found.value(QStringLiteral("Patient"));
        QCOMPARE(patient.value(u"birthDate").toString(), QStringLiteral("1980-05-17"));
        QCOMPARE(patient.value(u"gender").toString(), QStringLiteral("female"));
        QCOMPARE(patient.value(u"name").toArray().first()[u"family"].toString(),
                 QStringLiteral("O'Brien <b>"));
        QCOMPARE(patient.value(u"name").toArray().first()[u"given"].toArray().size(), 2);
        QCOMPARE(patient.value(u"identifier").toArray().size(), 2); // the number and the national id
        QCOMPARE(found.value(QStringLiteral("AllergyIntolerance"))
                     .value(u"reaction")
                     .toArray()
                     .first()[u"severity"],
                 QJsonValue(QStringLiteral("severe")));
        QCOMPARE(found.value(QStringLiteral("Condition")).value(u"onsetDateTime").toString(),
                 QStringLiteral("1999"));
        QCOMPARE(found.value(QStringLiteral("Appointment")).value(u"status").toString(),
                 QStringLiteral("booked"));
        QCOMPARE(found.value(QStringLiteral("Appointment")).value(u"end").toString(),
                 QStringLiteral("2026-03-02T11:15:00Z"));
        const QJsonObject total = found.value(QStringLiteral("Invoice")).value(u"totalGross").toObject();
        QCOMPARE(total.value(u"value").toDouble(), 115.0);
        QCOMPARE(total.value(u"currency").toString(), QStringLiteral("ZAR"));
        QVERIFY(found.contains(QStringLiteral("RelatedPerson")));
        const QJsonObject said = found.value(QStringLiteral("Consent"));
        QCOMPARE(said.value(u"provision")[u"type"].toString(), QStringLiteral("deny"));
        QCOMPARE(said.value(u"performer").toArray().first()[u"display"].toString(), QStringLiteral("Rose"));
        // Whatever it refers to is in it.
        qsizetype references = 0;
        for (qsizetype at = 0; (at = json.indexOf("\"reference\": \"", at)) >= 0; ++at, ++references) {
            const auto from = at + 14;
            QVERIFY(urls.contains(QString::fromLatin1(json.mid(from, json.indexOf('"', from) - from))));
        }
        QVERIFY(references >= 5);
        QVERIFY(json.contains('"' + QUrl::toPercentEncoding(files.first().path, "/") + '"'));

        exchange::Letterhead head;
        head.hospital = record->hospital;
        head.zone = QTimeZone::utc();
        const QString words = exchange::personHtml(head, *record);
        for (const char *part : {"O'Brien &lt;b&gt;", "Penicillin", "Asthma", "Rose", "Consultation",
                                 "8001015009087", "does not agree"})
            QVERIFY2(words.contains(QLatin1StringView(part)), part);
        QVERIFY(!words.contains(QStringLiteral("Stranger")));

        // It is an event about the person, and nothing for whoever may not export.
        QCOMPARE(
            t.number("SELECT count(*) FROM audit_event WHERE intention='export-person' AND outcome='ok'"), 1);
        t.clock.advanceMinutes(10);
        QCOMPARE(t.clinic->performNow(ExportPerson{person.id}).error().code, ErrorCode::NeedsProof);
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->performNow(ExportPerson{person.id}).error().code, ErrorCode::Forbidden);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstPerson, QGuiApplication>(argc, argv);
}

#include "tst_person.moc"
