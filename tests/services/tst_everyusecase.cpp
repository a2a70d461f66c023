// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/totp.h"
#include "domain/entities.h"
#include "services/admin/accounts.h"
#include "services/admin/auditexport.h"
#include "services/admin/emergency.h"
#include "services/admin/keyholders.h"
#include "services/admin/proof.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"
#include "services/appointments/appointments.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"
#include "services/setup/bringing.h"
#include "services/setup/setup.h"
#include "storage/auditlog.h"
#include "storage/searchkeys.h"
#include "support/faultvfs.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"
#include "sync/wire/wirevalue.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <functional>

using namespace clinic;
using namespace clinic::test;
using domain::IntentionId;
using S = domain::AppointmentState;

namespace {

// A clinic in the middle of its day: everything there is something left to do with. Ids of the template file,
// from which every run starts.
struct Day
{
    QHash<QString, services::Session> sessions; // by user name
    domain::Hospital hospital;
    domain::Patient patient;
    domain::Resource doctor;
    domain::Service service;
    domain::Appointment booked;
    domain::Appointment late; // its time has passed
    domain::Appointment waiting;
    domain::Appointment withDoctor;
    domain::Appointment completed;
    domain::Appointment own; // of the kiosk's patient
    domain::WaitingListEntry place;
    domain::Invoice draft;
    domain::Invoice issued; // cash drawer open, half paid
    Id issuedLine;
    domain::Document document;
    Id conflict;
    Id secondConflict; // of the same field
    Id thirdConflict;  // of another one
    Id attention;
    Id emergency; // opened by the doctor
    domain::Patient leaving;
    Id role;
    Id clerk;
};

// What whoever changes hours or deactivates the patient has been shown.
QList<Id> everythingPlanned(const Day &day)
{
    return {day.booked.id,    day.late.id, day.waiting.id, day.withDoctor.id,
            day.completed.id, day.own.id,  day.place.id};
}

// As in a branch nobody of the clinic has been to.
services::Session elsewhere(services::Session session)
{
    session.scope = domain::DataScope::Branch;
    session.branch = Id::create(1);
    session.branchCode = QStringLiteral("XX");
    return session;
}

Day prepare(const QString &path)
{
    Day day;
    TestClinic t({path});
    const auto run = [&](const auto &intent) { return must(t.clinic->performNow(intent)); };
    for (const char *user : {"doctor", "patient", "administrator"}) {
        t.signIn(QString::fromLatin1(user));
        day.sessions.insert(QString::fromLatin1(user), t.clinic->session());
    }
    day.patient = t.patient(QStringLiteral("First"), QStringLiteral("Patient"));
    day.leaving = t.patient(QStringLiteral("Leaving"), QStringLiteral("Lee"), QStringLiteral("082 555 7777"));
    t.clinic->setSession(elsewhere(day.sessions.value(QStringLiteral("doctor"))));
    day.emergency = run(services::OpenInEmergency{day.patient.id, QStringLiteral("Unconscious")}).id;
    t.signIn(QStringLiteral("administrator"));
    day.hospital = must(t.clinic->answerNow(services::ReadSurroundings{})).hospital;
    day.doctor = t.doctor;
    day.service = t.consultation;
    const auto book = [&](const Id &patient, int hour, int minute) {
        domain::Appointment a;
        a.patientId = patient;
        a.practitionerId = t.doctor.id;
        a.serviceId = t.consultation.id;
        a.startAt = t.clock.todayAt(hour, minute);
        return run(services::BookAppointment{a});
    };
    const auto step = [&](const domain::Appointment &a, std::initializer_list<S> states) {
        domain::Appointment now = a;
        for (const S state : states)
            now = run(services::StepAppointment{a.id, state});
        return now;
    };
    day.late = book(day.patient.id, 8, 15);
    day.waiting = step(book(day.patient.id, 9, 0), {S::CheckedIn});
    day.withDoctor = step(book(day.patient.id, 9, 30), {S::CheckedIn, S::InConsultation});
    day.completed = step(book(day.patient.id, 10, 0), {S::CheckedIn, S::InConsultation, S::Completed});
    day.booked = book(day.patient.id, 11, 0);
    day.own = book(day.sessions.value(QStringLiteral("patient")).patient, 14, 0);
    domain::WaitingListEntry entry;
    entry.patientId = day.patient.id;
    day.place = run(services::SaveWaitingEntry{entry});
    run(services::OpenCashDrawer{10000});
    domain::InvoiceLine line;
    line.description = QStringLiteral("Consultation");
    line.unitMinor = 11500;
    services::IssueInvoice issue;
    issue.invoice.patientId = day.patient.id;
    issue.lines << line;
    day.issued = run(issue);
    run(services::TakePayment{day.issued.id, 6000, domain::PaymentMethod::Cash, {}});
    services::SaveInvoice draft;
    draft.invoice.patientId = day.patient.id;
    draft.lines << line;
    day.draft = run(draft);
    day.issuedLine = must(t.clinic->answerNow(services::ReadInvoice{day.issued.id})).lines.first().id;
    for (const auto &view : must(t.clinic->answerNow(services::Roles{}))) {
        if (view.role.code == u"clerk")
            day.role = view.role.id;
    }
    for (const auto &view : must(t.clinic->answerNow(services::Users{}))) {
        if (view.user.userName == u"clerk")
            day.clerk = view.user.id;
    }
    services::AddDocument letter;
    letter.document.patientId = day.patient.id;
    letter.document.fileName = QStringLiteral("letter.pdf");
    letter.bytes = "%PDF";
    day.document = run(letter);
    // As a server would have made them.
    domain::Conflict conflict;
    conflict.entityName = QStringLiteral("patient");
    conflict.rowId = day.patient.id;
    conflict.field = QStringLiteral("address");
    QByteArray lost;
    const EntityInfo &patient = domain::Patient::entity();
    sync::appendWireValue(lost, sync::wireValue(Value{QStringLiteral("12 Hill Road")},
                                                patient.fields[size_t(patient.indexOf("address"))],
                                                day.patient.id, t.database->identity().sealer));
    conflict.lost = QString::fromUtf8(lost);
    auto second = conflict; // another PC entered something else for it
    auto third = conflict;
    third.field = QStringLiteral("email");
    domain::Attention attention;
    storage::UnitHeader header;
    header.intention = "enrol-device";
    header.at = t.clock.nowMs();
    must(t.database
             ->transact(header,
                        [&](storage::Transaction &tx) -> Result<void> {
                            auto done = tx.insert(conflict);
                            for (auto *other : {&second, &third}) {
                                if (done)
                                    done = tx.insert(*other);
                            }
                            return done ? tx.insert(attention) : done;
                        })
             .map([] { return true; }));
    day.conflict = conflict.id;
    day.secondConflict = second.id;
    day.thirdConflict = third.id;
    day.attention = attention.id;
    run(services::SaveSetting{domain::SettingScope::Hospital, QStringLiteral("billing.refundNeedsApproval"),
                              QStringLiteral("false")});
    return day;
}

struct UseCase
{
    const char *user = "administrator";
    std::function<bool(TestClinic &, const Day &)> run; // true = the service said it is stored
};

template <class F>
std::function<bool(TestClinic &, const Day &)> doing(F intent)
{
    return [intent](TestClinic &t, const Day &day) {
        const auto done = t.clinic->performNow(intent(t, day));
        return done.has_value();
    };
}

template <class T>
std::function<bool(TestClinic &, const Day &)> adding(T row)
{
    return doing([row](TestClinic &, const Day &) {
        return services::SaveSetupRow{storage::Record{}, storage::toRecord(row)};
    });
}

std::function<bool(TestClinic &, const Day &)> stepping(domain::Appointment Day::*which, S to)
{
    return doing([which, to](TestClinic &, const Day &day) {
        return services::StepAppointment{(day.*which).id, to, QStringLiteral("other")};
    });
}

std::function<bool(TestClinic &, const Day &)> noting(IntentionId what)
{
    return doing([what](TestClinic &, const Day &day) {
        return services::NoteOutput{what, "patient", day.patient.id};
    });
}

QHash<IntentionId, UseCase> useCases()
{
    using namespace services;
    QHash<IntentionId, UseCase> cases;
    const auto add = [&](IntentionId id, auto run, const char *user = "administrator") {
        cases.insert(id, UseCase{user, run});
    };
    add(IntentionId::SignIn, doing([](TestClinic &, const Day &) {
            return SignIn{QStringLiteral("clerk"), QStringLiteral("correct horse")};
        }));
    add(IntentionId::SignOut,
        doing([](TestClinic &, const Day &) { return NoteSession{IntentionId::SignOut}; }));
    add(IntentionId::LockScreen,
        doing([](TestClinic &, const Day &) { return NoteSession{IntentionId::LockScreen}; }));
    add(IntentionId::UnlockScreen,
        doing([](TestClinic &, const Day &) { return NoteSession{IntentionId::UnlockScreen}; }));
    add(IntentionId::SwitchBranch,
        doing([](TestClinic &t, const Day &) { return SwitchBranch{t.clinic->session().branch}; }));
    add(IntentionId::ResolveConflict, doing([](TestClinic &, const Day &day) {
            return ResolveConflict{day.conflict, true, {day.secondConflict}};
        }));
    add(IntentionId::ResolveAttention,
        doing([](TestClinic &, const Day &day) { return ResolveAttention{day.attention}; }));
    add(IntentionId::EnrolDevice, doing([](TestClinic &t, const Day &) {
            storage::Enrolment enrolment;
            enrolment.hospital = t.database->identity().hospital;
            enrolment.device = t.database->identity().device;
            enrolment.deviceCode = QStringLiteral("7");
            enrolment.epoch = "00";
            return EnrolDevice{enrolment};
        }));
    add(IntentionId::SaveHospital, doing([](TestClinic &, const Day &day) {
            auto after = day.hospital;
            after.phone = QStringLiteral("0115550100");
            return SaveSetupRow{storage::toRecord(day.hospital), storage::toRecord(after)};
        }));
    domain::Branch branch;
    branch.name = QStringLiteral("North");
    branch.code = QStringLiteral("NO");
    branch.timeZone = QStringLiteral("UTC");
    add(IntentionId::SaveBranch, adding(branch));
    domain::Resource room;
    room.kind = domain::ResourceKind::Room;
    room.name = QStringLiteral("Room 2");
    add(IntentionId::SaveResource, adding(room));
    domain::Practitioner practitioner;
    practitioner.familyName = QStringLiteral("Newcomer");
    practitioner.givenName = QStringLiteral("Nora");
    add(IntentionId::SavePractitioner, adding(practitioner));
    domain::Service service;
    service.code = QStringLiteral("NEW");
    service.name = QStringLiteral("New service");
    add(IntentionId::SaveService, adding(service));
    domain::Code code;
    code.codeSet = QStringLiteral("cancel-reason");
    code.code = QStringLiteral("strike");
    code.label = QStringLiteral("Strike");
    add(IntentionId::SaveCode, adding(code));
    const auto setting = [&](IntentionId id, domain::SettingScope scope, const char *key, const char *value) {
        add(id, doing([=](TestClinic &, const Day &) {
                return SaveSetting{scope, QString::fromLatin1(key), QString::fromLatin1(value)};
            }));
    };
    setting(IntentionId::SaveSetting, domain::SettingScope::Hospital, "print.paper", "A5");
    setting(IntentionId::SaveOwnSetting, domain::SettingScope::User, "interface.theme", "dark");
    const auto hours = [](const Day &day) {
        domain::Availability row;
        row.resourceId = day.doctor.id;
        row.weekday = 6;
        row.startMinute = 480;
        row.endMinute = 720;
        return storage::toRecord(row);
    };
    add(IntentionId::SaveAvailability, doing([hours](TestClinic &, const Day &day) {
            return SaveSetupRow{{}, hours(day), everythingPlanned(day)};
        }));
    add(IntentionId::SaveOwnAvailability, doing([hours](TestClinic &, const Day &day) {
            return SaveOwnSchedule{{}, hours(day), everythingPlanned(day)};
        }),
        "doctor");
    add(IntentionId::SaveUser, doing([](TestClinic &, const Day &day) {
            SaveUser user;
            user.user.userName = QStringLiteral("newcomer");
            user.password = QStringLiteral("correct horse");
            user.quickHash = true;
            user.roles = {day.role};
            return user;
        }));
    add(IntentionId::SaveRole, doing([](TestClinic &, const Day &) {
            SaveRole role;
            role.role.name = QStringLiteral("Porter");
            role.permissions = {QStringLiteral("patients.view"), QStringLiteral("appointments.view")};
            return role;
        }));
    add(IntentionId::ResetPassword, doing([](TestClinic &, const Day &day) {
            return ResetPassword{day.clerk, QStringLiteral("another good horse"), true};
        }));
    add(IntentionId::ResetSecondFactor,
        doing([](TestClinic &, const Day &day) { return ResetSecondFactor{day.clerk}; }));
    add(IntentionId::RegisterPatient, doing([](TestClinic &, const Day &) {
            RegisterPatient intent;
            intent.patient.familyName = QStringLiteral("Fault");
            intent.patient.givenName = QStringLiteral("Tolerant");
            intent.patient.birthDate = *PartialDate::create(1990, 1, 1);
            domain::Identifier id;
            id.value = QStringLiteral("9001015800087");
            intent.identifiers << id;
            return intent;
        }));
    add(IntentionId::AddDocument, doing([](TestClinic &, const Day &day) {
            domain::Document document;
            document.patientId = day.patient.id;
            document.fileName = QStringLiteral("scan.pdf");
            return AddDocument{document, QByteArray(300 * 1024, 's')};
        }));
    add(IntentionId::ChangeDocument, doing([](TestClinic &, const Day &day) {
            auto after = day.document;
            after.title = QStringLiteral("Letter of Monday");
            return ChangeDocument{day.document, after};
        }));
    add(IntentionId::BringClinic, doing([](TestClinic &, const Day &) {
            domain::Patient patient;
            patient.familyName = QStringLiteral("Elsewhere");
            domain::Document scan;
            scan.title = QStringLiteral("Scan");
            BringRows intent;
            patient.id = Id::create(1);
            scan.id = Id::create(2);
            scan.patientId = patient.id;
            intent.rows.records << storage::toRecord(patient) << storage::toRecord(scan);
            intent.rows.bytes.insert(scan.id, "%PDF");
            return intent;
        }));
    add(IntentionId::OpenDocument,
        doing([](TestClinic &, const Day &day) { return OpenDocument{day.document.id}; }));
    add(IntentionId::OpenPatient,
        doing([](TestClinic &, const Day &day) { return OpenPatient{day.patient.id}; }));
    add(IntentionId::UpdatePatient, doing([](TestClinic &, const Day &day) {
            domain::Patient after = day.patient;
            after.familyName = QStringLiteral("Married");
            after.phone = QStringLiteral("0825550111");
            return UpdatePatient{day.patient, after};
        }));
    add(IntentionId::SetPatientActive, doing([](TestClinic &, const Day &day) {
            return SetPatientActive{day.patient.id, false, QStringLiteral("Moved away"),
                                    everythingPlanned(day)};
        }));
    add(IntentionId::SavePatientPart, doing([](TestClinic &, const Day &day) {
            domain::Contact contact;
            contact.patientId = day.patient.id;
            contact.value = QStringLiteral("0825550123");
            return SavePatientPart{{}, storage::toRecord(contact)};
        }));
    add(IntentionId::SaveClinicalPart, doing([](TestClinic &, const Day &day) {
            domain::Allergy allergy;
            allergy.patientId = day.patient.id;
            allergy.substance = QStringLiteral("Latex");
            return SavePatientPart{{}, storage::toRecord(allergy)};
        }));
    add(IntentionId::BookAppointment, doing([](TestClinic &t, const Day &day) {
            domain::Appointment a;
            a.patientId = day.patient.id;
            a.practitionerId = day.doctor.id;
            a.startAt = t.clock.todayAt(15);
            return BookAppointment{a, day.place.id};
        }));
    const auto later = [](const Day &day) {
        domain::Appointment after = day.booked;
        after.startAt += 30 * 60'000;
        return after;
    };
    add(IntentionId::MoveAppointment, doing([later](TestClinic &, const Day &day) {
            return MoveAppointment{day.booked, later(day)};
        }));
    add(IntentionId::UpdateAppointment, doing([later](TestClinic &, const Day &day) {
            domain::Appointment after = later(day);
            after.reason = QStringLiteral("Cough");
            return UpdateAppointment{day.booked, after};
        }));
    add(IntentionId::CheckIn, stepping(&Day::booked, S::CheckedIn));
    add(IntentionId::StartConsultation, stepping(&Day::waiting, S::InConsultation));
    add(IntentionId::CompleteConsultation, stepping(&Day::withDoctor, S::Completed));
    add(IntentionId::CancelAppointment, stepping(&Day::booked, S::Cancelled));
    add(IntentionId::MarkNoShow, [](TestClinic &t, const Day &day) {
        t.clock.advanceMinutes(60);
        return t.clinic->performNow(StepAppointment{day.late.id, S::NoShow}).has_value();
    });
    add(IntentionId::UndoStep, doing([](TestClinic &, const Day &day) {
            return UndoStep{day.waiting.id, S::CheckedIn};
        }));
    add(IntentionId::AmendAppointment, doing([](TestClinic &, const Day &day) {
            return AmendAppointment{day.completed.id, QStringLiteral("It was the left arm")};
        }));
    add(IntentionId::SaveWaitingEntry, doing([](TestClinic &, const Day &day) {
            domain::WaitingListEntry entry = day.place;
            entry.note = QStringLiteral("Mornings only");
            return SaveWaitingEntry{entry};
        }));
    add(IntentionId::BookOwnAppointment, doing([](TestClinic &t, const Day &day) {
            domain::Appointment a;
            a.practitionerId = day.doctor.id;
            a.startAt = t.clock.todayAt(16);
            return BookOwnAppointment{a};
        }),
        "patient");
    add(IntentionId::CancelOwnAppointment,
        doing([](TestClinic &, const Day &day) { return CancelOwnAppointment{day.own.id}; }), "patient");
    add(IntentionId::SaveInvoice, doing([](TestClinic &, const Day &day) {
            domain::InvoiceLine line;
            line.description = QStringLiteral("Bandage");
            line.unitMinor = 2000;
            return SaveInvoice{day.draft, {line}};
        }));
    add(IntentionId::IssueInvoice, doing([](TestClinic &, const Day &day) {
            domain::InvoiceLine line;
            line.description = QStringLiteral("Bandage");
            line.unitMinor = 2000;
            return IssueInvoice{day.draft, {line}};
        }));
    add(IntentionId::TakePayment, doing([](TestClinic &, const Day &day) {
            return TakePayment{day.issued.id, 1000, domain::PaymentMethod::Cash, {}};
        }));
    add(IntentionId::RefundPayment, doing([](TestClinic &, const Day &day) {
            RefundPayment refund;
            refund.invoice = day.issued.id;
            refund.line = day.issuedLine;
            refund.amountMinor = 500;
            refund.method = domain::PaymentMethod::Cash;
            refund.reason = QStringLiteral("Charged twice");
            return refund;
        }));
    add(IntentionId::IssueCreditNote, doing([](TestClinic &, const Day &day) {
            return IssueCreditNote{day.issued.id, day.issuedLine, 500, QStringLiteral("Wrong amount")};
        }));
    add(IntentionId::CloseCashDrawer, doing([](TestClinic &, const Day &) {
            return CloseCashDrawer{16000, {}};
        }));
    add(IntentionId::OpenCashDrawer, [](TestClinic &t, const Day &) {
        // The drawer is open in the template: closed and opened again, and the second is what is looked at.
        return t.clinic->performNow(CloseCashDrawer{16000, {}}).has_value() &&
               t.clinic->performNow(OpenCashDrawer{20000}).has_value();
    });
    add(IntentionId::ChangeServer, doing([](TestClinic &, const Day &) {
            return services::ChangeServer{QStringLiteral("https://b.example:8443")};
        }));
    for (const IntentionId id :
         {IntentionId::ImportPatients, IntentionId::ExportPatients, IntentionId::PrintPatientHistory,
          IntentionId::PrintDayList, IntentionId::PrintBillingDocument, IntentionId::ViewAudit,
          IntentionId::BackUp, IntentionId::Restore, IntentionId::LoadDemo, IntentionId::SealFile,
          IntentionId::ManageDevices, IntentionId::ReplaceDataKey, IntentionId::ExchangeByFile,
          IntentionId::BringChart, IntentionId::KeepPlaces})
        add(id, noting(id));
    const QByteArray secret(20, 's');
    add(IntentionId::SetSecondFactor, [secret](TestClinic &t, const Day &) {
        return t.clinic
            ->performNow(SetSecondFactor{QStringLiteral("correct horse"), secret,
                                         totp::code(secret, t.clock.nowMs() / totp::stepMs)})
            .has_value();
    });
    add(IntentionId::RemoveSecondFactor, [](TestClinic &t, const Day &) {
        return t.clinic->performNow(RemoveSecondFactor{QStringLiteral("correct horse")}).has_value();
    });
    add(IntentionId::ProveIdentity, [](TestClinic &t, const Day &) {
        const auto answer = t.clinic->performNow(
            services::ProveIdentity{IntentionId::SaveRole, QStringLiteral("correct horse"), {}});
        return answer && answer->isProven;
    });
    add(IntentionId::EndOtherSessions,
        doing([](TestClinic &, const Day &) { return services::EndOtherSessions{}; }));
    add(
        IntentionId::OpenInEmergency,
        [](TestClinic &t, const Day &day) {
            t.clinic->setSession(elsewhere(t.clinic->session()));
            return t.clinic->performNow(OpenInEmergency{day.leaving.id, QStringLiteral("Unconscious")})
                .has_value();
        },
        "doctor");
    add(IntentionId::ReviewEmergency, doing([](TestClinic &, const Day &day) {
            return ReviewEmergency{day.emergency, true, {}};
        }));
    add(IntentionId::RecordConsent, doing([](TestClinic &, const Day &day) {
            domain::Consent consent;
            consent.patientId = day.patient.id;
            consent.givenBy = QStringLiteral("Mother");
            return RecordConsent{consent};
        }));
    add(IntentionId::AnonymisePatient,
        doing([](TestClinic &, const Day &day) { return AnonymisePatient{day.leaving.id}; }));
    add(IntentionId::ExportPerson,
        doing([](TestClinic &, const Day &day) { return services::ExportPerson{day.patient.id}; }));
    add(IntentionId::ExportAudit,
        doing([](TestClinic &, const Day &) { return services::SignAuditExport{"events"}; }));
    add(IntentionId::MakeRecoveryKey, [](TestClinic &t, const Day &) {
        return t.clinic->performNow(services::MakeRecoveryKey{QStringLiteral("correct horse")}).has_value();
    });
    add(IntentionId::ChangeOwnPassword, [](TestClinic &t, const Day &) {
        return t.clinic
            ->performNow(
                ChangeOwnPassword{QStringLiteral("correct horse"), QStringLiteral("three green apples")})
            .has_value();
    });
    return cases;
}

// Every row of every kind by count and size: the same for the same work, whatever ids it made.
QByteArray fingerprint(TestClinic &t)
{
    QByteArray text;
    auto &c = t.database->writerConnection();
    const auto add = [&](const QByteArray &sql) {
        auto q = c.query(sql);
        while (q.next())
            text += QByteArray::number(q.integer(0)) + ' ' + QByteArray::number(q.integer(1)) + ';';
    };
    for (const EntityInfo *entity : domain::allEntities()) {
        QByteArray sizes = "0";
        for (const FieldInfo &field : entity->fields) {
            const QByteArray column = QByteArray("\"") + field.column + '"';
            sizes += field.type == ValueType::Integer ? "+ifnull(" + column + ",0)"
                                                      : "+ifnull(length(" + column + "),0)";
        }
        text += QByteArray(entity->name) + '=';
        add(QByteArray("SELECT count(*), ifnull(sum(") + sizes + "),0) FROM " + entity->name);
    }
    text += "outbox=";
    add("SELECT count(*), ifnull(sum(changes),0) FROM outbox");
    text += "audit=";
    add("SELECT count(*), ifnull(sum(length(outcome)),0) FROM audit_event");
    text += "counter=";
    add("SELECT count(*), ifnull(sum(value),0) FROM counter");
    text += "bytes=";
    add("SELECT count(*), ifnull(sum(length(data)),0) FROM blob_chunk");
    text += "blobs=";
    add("SELECT count(*), ifnull(sum(size),0) FROM blob");
    text += "keys=";
    add("SELECT count(*), ifnull(sum(length(key)),0) FROM search_key");
    return text;
}

} // namespace

class TstEveryUseCase : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_template;
    Day m_day;

    void copyTo(const QString &path)
    {
        for (const char *suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(path + QString::fromLatin1(suffix));
        QVERIFY(QFile::copy(m_template, path));
    }

private Q_SLOTS:
    void initTestCase()
    {
        faultvfs::install();
        m_template = m_dir.filePath(QStringLiteral("template.db"));
        m_day = prepare(m_template);
    }

    // Nothing a person can set out to do is left out; only the first start, which has no clinic to start
    // from.
    void everyIntentionIsWalked()
    {
        const auto cases = useCases();
        for (const auto &info : domain::allIntentions()) {
            if (info.id != IntentionId::InitialiseHospital)
                QVERIFY2(cases.contains(info.id), info.name);
        }
    }

    // Each of them once more by somebody of a branch nobody of the clinic has been to: what is about people,
    // their appointments or their invoices is refused, with an event; everything else goes on.
    void outOfReach()
    {
        // Of people who are there afterwards, of nobody in particular, or what is there for emergencies.
        const QSet<IntentionId> allowed{IntentionId::RegisterPatient, IntentionId::ImportPatients,
                                        IntentionId::ExportPatients,  IntentionId::PrintDayList,
                                        IntentionId::OpenCashDrawer,  IntentionId::CloseCashDrawer,
                                        IntentionId::OpenInEmergency};
        const auto cases = useCases();
        int shut = 0;
        for (const auto &info : domain::allIntentions()) {
            if (!cases.contains(info.id) || !info.permission)
                continue;
            const QByteArray permission(info.permission);
            const bool isAboutPeople =
                (permission.startsWith("patients.") || permission.startsWith("appointments.") ||
                 permission.startsWith("billing.")) &&
                !allowed.contains(info.id);
            if (!isAboutPeople)
                continue;
            const UseCase useCase = cases[info.id];
            if (useCase.user == QByteArray("patient"))
                continue; // a kiosk knows one person
            const QString path = m_dir.filePath(QStringLiteral("reach.db"));
            copyTo(path);
            TestClinic t({path});
            t.clinic->setSession(elsewhere(m_day.sessions.value(QString::fromLatin1(useCase.user))));
            const QByteArray refused = "SELECT count(*) FROM audit_event WHERE outcome='refused'";
            const qint64 before = t.number(refused);
            // A drawer that is closed there would be in the way of cash first.
            services::RefundPayment refund;
            refund.invoice = m_day.issued.id;
            refund.line = m_day.issuedLine;
            refund.amountMinor = 500;
            refund.method = domain::PaymentMethod::Card;
            refund.reason = QStringLiteral("Charged twice");
            const services::TakePayment payment{m_day.issued.id, 1000, domain::PaymentMethod::Card, {}};
            const bool isDone =
                info.id == IntentionId::TakePayment     ? t.clinic->performNow(payment).has_value()
                : info.id == IntentionId::RefundPayment ? t.clinic->performNow(refund).has_value()
                                                        : useCase.run(t, m_day);
            QVERIFY2(!isDone, info.name);
            QVERIFY2(t.number(refused) == before + 1, info.name);
            ++shut;
        }
        QVERIFY(shut >= 25);
    }

    // One decision ends what was entered for that field, and nothing else.
    void oneDecisionForAField()
    {
        const QString path = m_dir.filePath(QStringLiteral("decision.db"));
        copyTo(path);
        TestClinic t({path});
        t.clinic->setSession(m_day.sessions.value(QStringLiteral("administrator")));
        QCOMPARE(t.number("SELECT count(*) FROM conflict WHERE resolved=0"), 3);
        const auto wrong =
            t.clinic->performNow(services::ResolveConflict{m_day.conflict, false, {m_day.thirdConflict}});
        QVERIFY(!wrong && wrong.error().code == ErrorCode::Invalid);
        QCOMPARE(t.number("SELECT count(*) FROM conflict WHERE resolved=0"), 3);
        QVERIFY(t.clinic->performNow(services::ResolveConflict{m_day.conflict, true, {m_day.secondConflict}})
                    .has_value());
        const auto open = t.clinic->answerNow(services::OpenConflicts{m_day.patient.id});
        QVERIFY(open && open->size() == 1);
        QCOMPARE(open->first().conflict.id, m_day.thirdConflict);
        QCOMPARE(t.number("SELECT count(*) FROM patient WHERE address='12 Hill Road'"), 1);
    }

    // Fail access i and all after it, for every i of every use case: after reopening all of it is there or
    // nothing, what was said to be stored is, and the file is sound.
    void everyFailingAccess_data()
    {
        QTest::addColumn<int>("intention");
        const auto cases = useCases();
        for (const auto &info : domain::allIntentions()) {
            if (cases.contains(info.id))
                QTest::newRow(info.name) << int(info.id);
        }
    }
    void everyFailingAccess()
    {
        QFETCH(int, intention);
        const UseCase useCase = useCases()[IntentionId(intention)];
        // Two units of work in one: what stands between them is stored as well.
        const bool twice = IntentionId(intention) == IntentionId::OpenCashDrawer;
        const auto session = m_day.sessions.value(QString::fromLatin1(useCase.user));
        const QString path = m_dir.filePath(QStringLiteral("fault.db"));
        QByteArray nothing;
        QByteArray all;
        QByteArray half;
        { // once without faults, for what "all" means
            copyTo(path);
            TestClinic t({path});
            t.clinic->setSession(session);
            nothing = fingerprint(t);
            if (twice) {
                QVERIFY(t.clinic->performNow(services::CloseCashDrawer{16000, {}}).has_value());
                half = fingerprint(t);
                QVERIFY(t.clinic->performNow(services::OpenCashDrawer{20000}).has_value());
            } else {
                QVERIFY(useCase.run(t, m_day));
            }
            all = fingerprint(t);
            QVERIFY(all != nothing);
            // It has left its event: what, who, as what, on which PC, with which program, for which user of
            // the system.
            auto q = t.database->writerConnection().query("SELECT intention, outcome, actor, role, device, "
                                                          "version, os_user, at FROM audit_event ORDER BY n "
                                                          "DESC LIMIT 1");
            QVERIFY(q.next());
            QCOMPARE(q.text(0), QString::fromLatin1(domain::intentionInfo(IntentionId(intention)).name));
            QVERIFY(q.text(1) != u"refused" && q.text(1) != u"failed");
            QVERIFY(!q.isNull(2) && !q.text(3).isEmpty());
            QCOMPARE(q.id(4), t.database->identity().device);
            QCOMPARE(q.text(5), QStringLiteral(CLINIC_VERSION));
            QVERIFY(!q.text(6).isEmpty() && q.integer(7) > 0);
        }
        int refused = 0;
        qint64 walked = 0;
        for (qint64 i = 1;; ++i) {
            copyTo(path);
            bool said = false;
            {
                faultvfs::failFrom(0);
                TestClinic t({path, "clinic-fault"});
                t.clinic->setSession(session);
                faultvfs::failFrom(i);
                said = useCase.run(t, m_day);
                walked = i;
                const bool failed = faultvfs::hasFailed();
                faultvfs::failFrom(0);
                if (!failed) {
                    QVERIFY(said);
                    break; // past the last access
                }
            }
            TestClinic again({path});
            const QByteArray found = fingerprint(again);
            if (found != all && found != nothing && !(twice && found == half))
                QFAIL(("half done at access " + QByteArray::number(i) + ": " + found + "\nnothing " +
                       nothing + "\nall " + all)
                          .constData());
            if (said)
                QCOMPARE(found, all); // acknowledged means stored
            QCOMPARE(again.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"),
                     1);
            const auto chain =
                storage::verifyAuditChain(again.database->writerConnection(), again.database->identity());
            QVERIFY(chain.has_value() && !chain->has_value());
            QCOMPARE(storage::countWrongSearchKeys(again.database->writerConnection()).value_or(-1), 0);
            refused += said ? 0 : 1;
        }
        QVERIFY2(walked > 3, "the test walked no range");
        QVERIFY2(refused > 0, "no access ever failed the use case");
        m_walked += walked - 1;
    }

    void cleanupTestCase() { qInfo("%lld accesses failed one after the other", (long long)m_walked); }

private:
    qint64 m_walked = 0;
};

int main(int argc, char **argv)
{
    return test::run<TstEveryUseCase, QCoreApplication>(argc, argv);
}

#include "tst_everyusecase.moc"
