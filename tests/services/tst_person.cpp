// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/documents.h"
#include "exchange/fhir.h"
#include "models/labels.h"
#include "services/appointments/appointments.h"
#include "services/billing/billing.h"
#include "services/demo.h"
#include "services/invented.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"
#include "support/fhirtable.h"
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

        QCOMPARE(fhirFaults(bundle), QStringList());

        // It is an event about the person, and nothing for whoever may not export.
        QCOMPARE(
            t.number("SELECT count(*) FROM audit_event WHERE intention='export-person' AND outcome='ok'"), 1);
        t.clock.advanceMinutes(10);
        QCOMPARE(t.clinic->performNow(ExportPerson{person.id}).error().code, ErrorCode::NeedsProof);
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->performNow(ExportPerson{person.id}).error().code, ErrorCode::Forbidden);
    }

    // Optional parts are left out, not written empty; an estimate is marked; what was taken off a record had
    // been entered in error; what was paid is a payment.
    void partsThatAreNotThere()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        RegisterPatient intent;
        intent.patient.givenName = QStringLiteral("Nuraini");
        intent.patient.birthDate = *PartialDate::create(1996, 0, 0, true);
        const auto person = t.clinic->performNow(intent);
        QVERIFY(person);
        domain::NextOfKin kin;
        kin.patientId = person->id;
        kin.name = QStringLiteral("Siti");
        part(t, kin);
        domain::Allergy allergy;
        allergy.patientId = person->id;
        allergy.substance = QStringLiteral("Latex");
        allergy.severity = domain::AllergySeverity::Mild;
        part(t, allergy);
        allergy.severity = domain::AllergySeverity::Unknown;
        allergy.active = false;
        allergy.id = {};
        part(t, allergy);
        domain::Condition condition;
        condition.patientId = person->id;
        condition.name = QStringLiteral("Asthma");
        condition.onset = *PartialDate::create(2001, 0, 0, true);
        condition.active = false;
        part(t, condition);
        domain::Invoice invoice;
        invoice.patientId = person->id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Bandage");
        line.unitMinor = 2000;
        const auto issued = t.clinic->performNow(IssueInvoice{invoice, {line}});
        QVERIFY(issued);
        QVERIFY(t.clinic->performNow(TakePayment{issued->id, 500, domain::PaymentMethod::Card, {}}));

        const auto record = t.clinic->performNow(ExportPerson{person->id});
        QVERIFY(record);
        const QByteArray json = exchange::fhirBundle(*record);
        QVERIFY(!json.contains("\"\"") && !json.contains('~'));
        const QJsonObject bundle = QJsonDocument::fromJson(json).object();
        QCOMPARE(fhirFaults(bundle), QStringList());
        QMultiHash<QString, QJsonObject> found;
        for (const auto &entry : bundle.value(u"entry").toArray()) {
            const QJsonObject resource = entry.toObject().value(u"resource").toObject();
            found.insert(resource.value(u"resourceType").toString(), resource);
        }
        const auto isMarked = [](const QJsonValue &beside) {
            return beside[u"extension"].toArray().first()[u"valueBoolean"].toBool();
        };
        const QJsonObject patient = found.value(QStringLiteral("Patient"));
        QCOMPARE(patient.value(u"birthDate").toString(), QStringLiteral("1996"));
        QVERIFY(isMarked(patient.value(u"_birthDate")));
        QCOMPARE(patient.value(u"gender").toString(), QStringLiteral("unknown"));
        QCOMPARE(patient.value(u"name").toArray().first()[u"text"].toString(), QStringLiteral("Nuraini"));
        const QJsonObject asthma = found.value(QStringLiteral("Condition"));
        QVERIFY(isMarked(asthma.value(u"_onsetDateTime")));
        QCOMPARE(asthma.value(u"verificationStatus")[u"coding"].toArray().first()[u"code"].toString(),
                 QStringLiteral("entered-in-error"));
        QVERIFY(!asthma.contains(u"clinicalStatus"));
        QCOMPARE(found.count(QStringLiteral("AllergyIntolerance")), 2);
        QCOMPARE(
            found.value(QStringLiteral("PaymentReconciliation")).value(u"paymentAmount")[u"value"].toDouble(),
            5.0);
        QVERIFY(!found.contains(QStringLiteral("PaymentNotice")));

        exchange::Letterhead head;
        head.hospital = record->hospital;
        head.zone = QTimeZone::utc();
        QString words = exchange::personHtml(head, *record);
        for (const char *part : {"about 1996", "about 2001", "Not known", "Nuraini"})
            QVERIFY2(words.contains(QLatin1StringView(part)), part);
        QVERIFY(!words.contains(u'~'));
        auto unknown = *record;
        unknown.patient.birthDate = {};
        words = exchange::personHtml(head, unknown);
        QVERIFY(words.contains(QStringLiteral("not known")));
    }

    // Every person of a demo, as the service reads him out.
    void demoPeoplePassTheElementTable()
    {
        TestClinic t({.demo = true});
        DemoOptions demo;
        demo.patients = 60;
        demo.days = 10;
        QVERIFY(fillDemo(*t.database, t.clock, demo));
        t.signIn(QStringLiteral("administrator"));
        const auto people = storage::select<domain::Patient>(t.database->writerConnection(), "ORDER BY rid");
        QVERIFY(people && people->size() >= 60);
        QSet<QString> kinds;
        for (const auto &person : *people) {
            const auto record = t.clinic->performNow(ExportPerson{person.id});
            QVERIFY(record);
            const QJsonObject bundle = QJsonDocument::fromJson(exchange::fhirBundle(*record)).object();
            const QStringList faults = fhirFaults(bundle);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
            for (const auto &entry : bundle.value(u"entry").toArray())
                kinds << entry[u"resource"][u"resourceType"].toString();
        }
        for (const char *kind : {"Patient", "Appointment", "Invoice", "PaymentReconciliation"})
            QVERIFY2(kinds.contains(QLatin1StringView(kind)), kind);
    }

    // A thousand people with everything that may be there or not, and texts nobody would expect.
    void generatedPeoplePassTheElementTable()
    {
        Dice dice(20260302);
        const QStringList texts{QString(),
                                QString(),
                                QStringLiteral("Rash"),
                                QStringLiteral("  "),
                                QStringLiteral("a < b & \"c\""),
                                QStringLiteral("two\nlines"),
                                QString(QChar(1)) + QStringLiteral("control"),
                                QStringLiteral("\u0623\u0645\u0644 \U0001F600"),
                                QStringLiteral("[x](y z)/%20?#")};
        const auto text = [&] { return texts[dice.below(int(texts.size()))]; };
        const auto date = [&] {
            return dice.chance(30)
                       ? PartialDate()
                       : PartialDate::create(1900 + dice.below(120), dice.chance(60) ? 1 + dice.below(12) : 0,
                                             0, dice.chance(30))
                             .value_or(PartialDate{});
        };
        qint64 moment = 1'600'000'000'000;
        const auto id = [&] { return Id::create(moment += 1000); };
        for (int i = 0; i < 1000; ++i) {
            PersonRecord r;
            r.at = moment;
            r.zone = QTimeZone(dice.chance(50) ? "Pacific/Kiritimati" : "America/Los_Angeles");
            r.patient = inventedPatient(dice, 2026, dice.chance(50));
            r.patient.id = id();
            r.patient.number =
                dice.chance(95) ? QStringLiteral("HC-01-%1").arg(i, 6, 10, QLatin1Char('0')) : QString();
            r.patient.remarks = text();
            r.patient.address = text();
            r.patient.email = dice.chance(20) ? QStringLiteral("a@example.org") : QString();
            if (dice.chance(20))
                r.patient.givenName = text();
            if (dice.chance(10))
                r.patient.familyName = text();
            if (dice.chance(30))
                r.patient.birthDate = date();
            r.patient.sex = domain::Sex(dice.below(4));
            r.patient.active = dice.chance(80);
            if (dice.chance(20))
                r.photo = "a picture";
            const auto several = [&](auto &list, auto make) {
                for (int n = dice.below(3); n > 0; --n) {
                    auto row = make();
                    row.id = id();
                    row.patientId = r.patient.id;
                    list << row;
                }
            };
            several(r.identifiers, [&] {
                domain::Identifier x;
                x.kind = domain::IdentifierKind(dice.below(4));
                x.value = text();
                x.active = dice.chance(80);
                return x;
            });
            several(r.contacts, [&] {
                domain::Contact x;
                x.kind = domain::ContactKind(dice.below(3));
                x.value = text();
                x.label = text();
                return x;
            });
            several(r.nextOfKin, [&] {
                domain::NextOfKin x;
                x.name = text();
                x.relationship = text();
                x.phone = text();
                return x;
            });
            several(r.allergies, [&] {
                domain::Allergy x;
                x.substance = text();
                x.reaction = text();
                x.severity = domain::AllergySeverity(dice.below(4));
                x.active = dice.chance(70);
                return x;
            });
            several(r.conditions, [&] {
                domain::Condition x;
                x.name = text();
                x.note = text();
                x.onset = date();
                x.active = dice.chance(70);
                return x;
            });
            several(r.consents, [&] {
                domain::Consent x;
                x.kind = domain::ConsentKind(dice.below(4));
                x.given = dice.chance(50);
                x.givenBy = text();
                x.saidAt = moment;
                return x;
            });
            several(r.documents, [&] {
                domain::Document x;
                x.title = text();
                x.fileName = text();
                x.size = dice.below(1000);
                x.createdAt = moment;
                x.active = dice.chance(80);
                return x;
            });
            for (const auto &document : std::as_const(r.documents)) {
                if (dice.chance(50))
                    r.contents.insert(document.id, "bytes");
            }
            for (int n = dice.below(3); n > 0; --n) {
                storage::AppointmentView view;
                view.appointment.id = id();
                view.appointment.startAt = moment;
                view.appointment.minutes = dice.below(60);
                view.appointment.state = domain::AppointmentState(dice.below(6));
                view.appointment.reason = text();
                view.practitionerName = text();
                view.serviceName = text();
                r.appointments << view;
            }
            several(r.invoices, [&] {
                domain::Invoice x;
                x.currency = dice.chance(50) ? QStringLiteral("KWD") : QStringLiteral("ZAR");
                x.totalMinor = dice.below(100000);
                x.state = domain::InvoiceState(dice.below(2));
                x.number = text();
                x.issuedAt = dice.chance(50) ? moment : 0;
                return x;
            });
            for (const auto &invoice : std::as_const(r.invoices)) {
                for (int n = dice.below(3); n > 0; --n) {
                    domain::InvoiceLine line;
                    line.invoiceId = invoice.id;
                    line.position = n - 1;
                    line.description = dice.chance(90) ? QStringLiteral("Bandage") : text();
                    line.totalMinor = dice.below(1000) - 100;
                    r.lines << line;
                }
                domain::Payment payment;
                payment.id = id();
                payment.invoiceId = invoice.id;
                payment.amountMinor = dice.below(1000) - 300;
                payment.currency = invoice.currency;
                payment.paidAt = moment;
                payment.reference = text();
                payment.number = text();
                r.payments << payment;
                domain::CreditNote note;
                note.id = id();
                note.invoiceId = invoice.id;
                note.amountMinor = dice.below(1000);
                note.currency = invoice.currency;
                note.createdAt = moment;
                r.creditNotes << note;
            }
            const QStringList faults = fhirFaults(QJsonDocument::fromJson(exchange::fhirBundle(r)).object());
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        }
    }

    // The table finds what it is there for.
    void theElementTableFindsFaults()
    {
        const auto faults = [](const char *resource) {
            const QJsonObject inner = QJsonDocument::fromJson(resource).object();
            return fhirFaults(
                       {{QStringLiteral("resourceType"), QStringLiteral("Bundle")},
                        {QStringLiteral("type"), QStringLiteral("collection")},
                        {QStringLiteral("entry"),
                         QJsonArray{QJsonObject{{QStringLiteral("fullUrl"), QStringLiteral("urn:uuid:1")},
                                                {QStringLiteral("resource"), inner}}}}})
                .size();
        };
        QCOMPARE(faults(R"({"resourceType":"Patient","gender":"female"})"), 0);
        for (
            const char *wrong :
            {R"({"resourceType":"Patient","gender":"f"})",
             R"({"resourceType":"Patient","birthDate":"1996~"})",
             R"({"resourceType":"Patient","birthDate":"2026-02-30"})",
             R"({"resourceType":"Patient","name":[{}]})", R"({"resourceType":"Patient","name":{"text":"x"}})",
             R"({"resourceType":"Patient","nick":"x"})",
             R"({"resourceType":"Patient","address":[{"text":""}]})",
             R"({"resourceType":"Patient","telecom":[{"value":"1"}]})",
             R"({"resourceType":"Condition","subject":{"reference":"urn:uuid:2"}})",
             R"({"resourceType":"RelatedPerson"})", R"({"resourceType":"Nothing"})",
             R"({"resourceType":"Appointment","status":"booked","minutesDuration":0,"participant":[{"status":"accepted","actor":{"display":"x"}}]})",
             R"({"resourceType":"Patient","text":{"status":"additional","div":"<p>x</p>"}})"})
            QVERIFY2(faults(wrong) > 0, wrong);
    }

    // What lists, forms and paper say of an age.
    void agesAreSaidAsTheyAreKnown()
    {
        const QDate today(2026, 3, 2);
        const auto age = [&](const char *born) {
            return models::ageText(PartialDate::fromStored(QString::fromLatin1(born)), today);
        };
        QCOMPARE(age("2026-03-02"), QStringLiteral("0 day(s)"));
        QCOMPARE(age("2026-03-01"), QStringLiteral("1 day(s)"));
        QCOMPARE(age("2026-02-16"), QStringLiteral("2 week(s)"));
        QCOMPARE(age("2026-02-03"), QStringLiteral("3 week(s)"));
        QCOMPARE(age("2026-02-02"), QStringLiteral("1 month(s)"));
        QCOMPARE(age("2025-07-03"), QStringLiteral("7 month(s)"));
        QCOMPARE(age("2025-07~"), QStringLiteral("about 8 month(s)"));
        QCOMPARE(age("2026-02-09~"), QStringLiteral("about 3 week(s)"));
        QCOMPARE(age("1996~"), QStringLiteral("about 30 y"));
        QCOMPARE(age("1980-03-03"), QStringLiteral("45 y"));
        QCOMPARE(models::dateText(PartialDate::fromStored(u"2026-02-09~")),
                 QStringLiteral("about 9 Feb 2026"));
        QCOMPARE(models::birthText({}), QStringLiteral("not known"));
        QCOMPARE(models::storedText(QStringLiteral("1996~")), QStringLiteral("about 1996"));
        QCOMPARE(models::storedText(QStringLiteral("1996")), QStringLiteral("1996"));
        QCOMPARE(models::ageAndSex({}, domain::Sex::Unknown, today),
                 QStringLiteral("age not known, sex not known"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstPerson, QGuiApplication>(argc, argv);
}

#include "tst_person.moc"
