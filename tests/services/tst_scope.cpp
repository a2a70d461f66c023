// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/access/permissions.h"
#include "domain/entities.h"
#include "domain/setup/settings.h"
#include "models/admin/auditcsv.h"
#include "models/errortext.h"
#include "services/admin/accounts.h"
#include "services/admin/breach.h"
#include "services/admin/emergency.h"
#include "services/admin/standing.h"
#include "services/appointments/appointments.h"
#include "services/appointments/touched.h"
#include "services/attention/attention.h"
#include "services/billing/billing.h"
#include "services/billing/printed.h"
#include "services/deidentify.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/documents.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"
#include "services/setup/setup.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTimeZone>

using namespace clinic;
using namespace clinic::test;
using namespace clinic::services;
using domain::DataScope;

namespace {

// A clinic with a doctor who reaches his own patients: `own` is booked with him, `other` with somebody else.
struct Scoped : TestClinic
{
    domain::Patient own;
    domain::Patient other;
    domain::Appointment ownBooking;
    domain::Appointment otherBooking;
    domain::Invoice otherInvoice;
    domain::Document otherDocument;
    domain::Branch second;

    Scoped()
    {
        signIn(QStringLiteral("administrator"));
        own = patient(QStringLiteral("Moyo"), QStringLiteral("Ada"), QStringLiteral("082 555 0101"));
        other = patient(QStringLiteral("Moyo"), QStringLiteral("Bo"), QStringLiteral("082 555 0202"));
        ownBooking = book(own, doctor, 9);
        otherBooking = book(other, secondDoctor, 9);
        IssueInvoice issue;
        issue.invoice.patientId = other.id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 11500;
        issue.lines << line;
        otherInvoice = must(clinic->performNow(issue));
        AddDocument add;
        add.document.patientId = other.id;
        add.document.fileName = QStringLiteral("letter.txt");
        add.bytes = "Dear colleague";
        otherDocument = must(clinic->performNow(add));
        domain::WaitingListEntry entry;
        entry.patientId = other.id;
        must(clinic->performNow(SaveWaitingEntry{entry}));
        domain::Branch branch;
        branch.name = QStringLiteral("Second");
        branch.code = QStringLiteral("SE");
        branch.timeZone = QStringLiteral("UTC");
        second = storage::fromRecord<domain::Branch>(
            must(clinic->performNow(SaveSetupRow{storage::Record{}, storage::toRecord(branch)})));
    }
    domain::Appointment book(const domain::Patient &who, const domain::Resource &with, int hour)
    {
        domain::Appointment a;
        a.patientId = who.id;
        a.practitionerId = with.id;
        a.serviceId = consultation.id;
        a.startAt = clock.todayAt(hour, 0) + 86'400'000LL;
        return must(clinic->performNow(BookAppointment{a}));
    }
    void limit(const char *code, DataScope scope, const QSet<QString> &more = {})
    {
        signIn(QStringLiteral("administrator"));
        for (auto view : must(clinic->answerNow(Roles{}))) {
            if (view.role.code != QLatin1StringView(code))
                continue;
            view.role.scope = scope;
            must(clinic->performNow(SaveRole{view.role, QSet<QString>(view.own) + more}));
        }
    }
    QStringList found(const QString &text)
    {
        QStringList names;
        for (const auto &hit : must(clinic->answerNow(PatientSearch{text})))
            names << hit.givenName + (hit.isOutside ? QStringLiteral(" outside ") : QStringLiteral(" ")) +
                         hit.phone;
        return names;
    }
};

template <class T>
ErrorCode code(const Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

} // namespace

class TstScope : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // Every way to a record, an appointment, an invoice or a document that is somebody else's is shut, each
    // refusal of an act is in the audit with whose record it was, and the own ones are open.
    void ownPatientsAndOwnCalendar()
    {
        Scoped t;
        t.limit("doctor", DataScope::Own,
                {QStringLiteral("patients.export"), QStringLiteral("billing.invoice")});
        t.signIn(QStringLiteral("doctor"));
        QCOMPARE(t.clinic->session().scope, DataScope::Own);
        const auto refused = [&](auto done, const char *what) {
            QVERIFY2(code(done) == ErrorCode::OutsideScope, what);
        };
        const qint64 before =
            t.number("SELECT count(*) FROM audit_event WHERE outcome='refused' AND subject IS "
                     "NOT NULL");
        refused(t.clinic->performNow(OpenPatient{t.other.id}), "open");
        domain::Patient changed = t.other;
        changed.phone = QStringLiteral("082 555 9999");
        refused(t.clinic->performNow(UpdatePatient{t.other, changed}), "update");
        domain::Allergy allergy;
        allergy.patientId = t.other.id;
        allergy.substance = QStringLiteral("Latex");
        refused(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(allergy)}), "part");
        domain::Consent consent;
        consent.patientId = t.other.id;
        refused(t.clinic->performNow(RecordConsent{consent}), "consent");
        refused(t.clinic->performNow(ExportPerson{t.other.id}), "export");
        refused(
            t.clinic->performNow(NoteOutput{domain::IntentionId::PrintPatientHistory, "patient", t.other.id}),
            "print");
        refused(t.clinic->performNow(OpenDocument{t.otherDocument.id}), "document");
        AddDocument add;
        add.document.patientId = t.other.id;
        add.document.fileName = QStringLiteral("a.txt");
        add.bytes = "a";
        refused(t.clinic->performNow(add), "add document");
        SaveInvoice draft;
        draft.invoice.patientId = t.other.id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 100;
        draft.lines << line;
        refused(t.clinic->performNow(draft), "invoice");
        QCOMPARE(t.number("SELECT count(*) FROM audit_event WHERE outcome='refused' AND subject IS NOT NULL"),
                 before + 9);
        // Nobody gets in by booking: not for himself, not by taking an appointment over, not by moving it.
        domain::Appointment mine;
        mine.patientId = t.other.id;
        mine.practitionerId = t.doctor.id;
        mine.startAt = t.ownBooking.startAt + 3'600'000;
        refused(t.clinic->performNow(BookAppointment{mine}), "book");
        mine.patientId = t.own.id;
        mine.practitionerId = t.secondDoctor.id;
        refused(t.clinic->performNow(BookAppointment{mine}), "book elsewhere");
        domain::Appointment taken = t.otherBooking;
        taken.practitionerId = t.doctor.id;
        taken.startAt += 3'600'000;
        refused(t.clinic->performNow(MoveAppointment{t.otherBooking, taken}), "take over");
        refused(t.clinic->performNow(StepAppointment{t.otherBooking.id, domain::AppointmentState::CheckedIn}),
                "step");
        domain::WaitingListEntry entry;
        entry.patientId = t.other.id;
        refused(t.clinic->performNow(SaveWaitingEntry{entry}), "waiting");
        QCOMPARE(t.count("waiting_list_entry"), 1); // the other desk's
        QVERIFY(must(t.clinic->answerNow(WaitingList{})).isEmpty());
        // Questions.
        refused(t.clinic->answerNow(ReadPatientChart{t.other.id}), "chart");
        refused(t.clinic->answerNow(WhoIs{t.other.id}), "who is");
        refused(t.clinic->answerNow(PatientHistory{t.other.id}), "history");
        refused(t.clinic->answerNow(PatientChanges{t.other.id}), "changes");
        refused(t.clinic->answerNow(PatientDocuments{t.other.id}), "documents");
        refused(t.clinic->answerNow(PatientConsents{t.other.id}), "consents");
        refused(t.clinic->answerNow(DocumentBytes{t.otherDocument.content}), "bytes");
        refused(t.clinic->answerNow(UsualPractitioner{t.other.id}), "usual");
        refused(t.clinic->answerNow(ReadAppointment{t.otherBooking.id}), "appointment");
        refused(t.clinic->answerNow(ReadInvoice{t.otherInvoice.id}), "invoice");
        refused(t.clinic->answerNow(PrintedPapers{t.otherInvoice.id}), "papers of an invoice");
        refused(t.clinic->answerNow(InvoiceForAppointment{t.otherBooking.id}), "invoice of appointment");
        refused(t.clinic->answerNow(ReadStatement{t.other.id}), "statement");
        storage::InvoiceFilter invoices;
        invoices.patient = t.other.id;
        refused(t.clinic->answerNow(Invoices{invoices}), "invoices");
        QVERIFY(must(t.clinic->answerNow(Invoices{})).isEmpty());
        QCOMPARE(must(t.clinic->answerNow(UnpaidInvoices{})), 0);
        storage::AppointmentFilter day;
        day.to = std::numeric_limits<qint64>::max();
        const auto calendar = must(t.clinic->answerNow(DayAppointments{day}));
        QCOMPARE(calendar.size(), 1);
        QCOMPARE(calendar.first().appointment.id, t.ownBooking.id);
        day.practitioner = t.secondDoctor.id;
        QVERIFY(must(t.clinic->answerNow(DayAppointments{day})).isEmpty());
        day.practitioner = {};
        day.patient = t.other.id;
        refused(t.clinic->answerNow(DayAppointments{day}), "day of a patient");
        const auto bookings = must(t.clinic->answerNow(ReadBookings{{t.otherBooking.id, t.ownBooking.id}}));
        QCOMPARE(bookings.size(), 1);
        QCOMPARE(bookings.first().appointment.id, t.ownBooking.id);
        QVERIFY(t.database->writerConnection().exec("UPDATE patient SET active=0 WHERE id=?", t.other.id));
        QVERIFY(must(t.clinic->answerNow(StrandedBookings{})).isEmpty()); // nobody else's
        const auto hours = must(t.clinic->answerNow(WorkingHours{0, 86'400'000}));
        QCOMPARE(hours.size(), 1);
        QCOMPARE(hours.first().resource.id, t.doctor.id);
        QCOMPARE(must(t.clinic->answerNow(ReadSurroundings{})).practitioners.size(), 1);
        FreeSlots slots;
        slots.from = t.clock.nowMs();
        for (const auto &slot : must(t.clinic->answerNow(slots)))
            QCOMPARE(slot.practitioner.id, t.doctor.id);
        // His own: everything as before.
        QVERIFY(t.clinic->performNow(OpenPatient{t.own.id}).has_value());
        QVERIFY(t.clinic->answerNow(ReadAppointment{t.ownBooking.id}).has_value());
        mine.practitionerId = t.doctor.id;
        QVERIFY(t.clinic->performNow(BookAppointment{mine}).has_value());
        QVERIFY(t.clinic->performNow(StepAppointment{t.ownBooking.id, domain::AppointmentState::CheckedIn})
                    .has_value());
    }

    // Whoever may open records in an emergency finds everybody, and of the others no more than who they are.
    void searching()
    {
        Scoped t;
        t.limit("doctor", DataScope::Own, {QStringLiteral("patients.register")});
        t.limit("viewer", DataScope::Own);
        t.signIn(QStringLiteral("doctor"));
        QCOMPARE(t.found(QStringLiteral("moyo")),
                 (QStringList{QStringLiteral("Ada 082 555 0101"), QStringLiteral("Bo outside ")}));
        QCOMPARE(t.found({}), QStringList{QStringLiteral("Ada 082 555 0101")});
        // The same person is not registered twice for want of looking.
        DuplicateSearch twin;
        twin.typed = t.other;
        twin.typed.id = {};
        const auto twins = must(t.clinic->answerNow(twin));
        QVERIFY(std::ranges::any_of(twins, [&](const auto &hit) {
            return hit.id == t.other.id && hit.isOutside && hit.phone.isEmpty();
        }));
        // Whom he registers is his own.
        const auto fresh = t.patient(QStringLiteral("Zulu"), QStringLiteral("Zoe"));
        QVERIFY(t.clinic->performNow(OpenPatient{fresh.id}).has_value());
        // A page is filled with what is reached, however many others bear the name.
        t.signIn(QStringLiteral("administrator"));
        domain::Patient last;
        for (int i = 0; i < 60; ++i)
            last = t.patient(QStringLiteral("Moyo"), QStringLiteral("Clone%1").arg(i));
        t.book(last, t.doctor, 11);
        t.signIn(QStringLiteral("doctor"));
        PatientSearch page{QStringLiteral("moyo")};
        page.limit = 10;
        const auto hits = must(t.clinic->answerNow(page));
        QCOMPARE(hits.size(), 10);
        QCOMPARE(hits[0].id, t.own.id);
        QCOMPARE(hits[1].id, last.id);
        QVERIFY(hits[2].isOutside);
        t.signIn(QStringLiteral("viewer"));
        QCOMPARE(t.found(QStringLiteral("moyo")), QStringList());
        QCOMPARE(t.found({}), QStringList());
    }

    void aBranch()
    {
        Scoped t;
        t.limit("clerk", DataScope::Branch);
        t.signIn(QStringLiteral("administrator"));
        const Id main = t.clinic->session().branch;
        // Held in the second branch only: nowhere else to sign in, and no way out.
        for (const auto &view : must(t.clinic->answerNow(Users{}))) {
            if (view.user.userName != u"clerk")
                continue;
            SaveUser save{view.user, view.roles};
            save.spans.insert(view.roles.first(), Span{{}, {}, t.second.id});
            must(t.clinic->performNow(save));
        }
        const auto again = must(t.clinic->answerNow(Users{}));
        QVERIFY(std::ranges::any_of(again, [&](const auto &view) {
            return !view.roles.isEmpty() && view.spans.value(view.roles.first()).branch == t.second.id;
        }));
        SignIn signIn{QStringLiteral("clerk"), QStringLiteral("correct horse")};
        signIn.branch = main;
        t.clinic->setSession(must(t.clinic->performNow(signIn)).session);
        QCOMPARE(t.clinic->session().branch, t.second.id);
        QCOMPARE(code(t.clinic->performNow(SwitchBranch{main})), ErrorCode::OutsideScope);
        QCOMPARE(must(t.clinic->answerNow(CurrentStanding{})).onlyBranch, t.second.id);
        QCOMPARE(code(t.clinic->performNow(OpenPatient{t.own.id})), ErrorCode::OutsideScope);
        QCOMPARE(t.found(QStringLiteral("moyo")), QStringList());
        QCOMPARE(t.found({}), QStringList());
        storage::AppointmentFilter day;
        day.branch = main;
        day.to = std::numeric_limits<qint64>::max();
        QVERIFY(must(t.clinic->answerNow(DayAppointments{day})).isEmpty());
        storage::InvoiceFilter invoices;
        invoices.branch = main;
        QVERIFY(must(t.clinic->answerNow(Invoices{invoices})).isEmpty());
        // Nobody gets in by booking, by an invoice or by the waiting list.
        domain::Appointment mine;
        mine.patientId = t.own.id;
        mine.roomId = t.room.id;
        mine.startAt = t.clock.todayAt(12, 0) + 86'400'000LL;
        QCOMPARE(code(t.clinic->performNow(BookAppointment{mine})), ErrorCode::OutsideScope);
        SaveInvoice draft;
        draft.invoice.patientId = t.own.id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 100;
        draft.lines << line;
        QCOMPARE(code(t.clinic->performNow(draft)), ErrorCode::OutsideScope);
        domain::WaitingListEntry entry;
        entry.patientId = t.own.id;
        QCOMPARE(code(t.clinic->performNow(SaveWaitingEntry{entry})), ErrorCode::OutsideScope);
        // Who is registered here belongs here.
        const auto here = t.patient(QStringLiteral("Here"), QStringLiteral("Hal"));
        QVERIFY(t.clinic->performNow(OpenPatient{here.id}).has_value());
        QCOMPARE(t.found({}), QStringList{QStringLiteral("Hal ")});
    }

    // What an account in wrong hands reaches is what its roles reach.
    void aBreachKnowsTheReach()
    {
        Scoped t;
        const auto reachable = [&] {
            return must(t.clinic->answerNow(ReachOfAccount{QStringLiteral("doctor"), 0})).reachable;
        };
        QCOMPARE(reachable(), t.count("patient"));
        t.limit("doctor", DataScope::Own);
        QCOMPARE(reachable(), 1);
        t.limit("doctor", DataScope::Branch);
        QCOMPARE(reachable(), t.count("patient")); // of any branch he signs in to
        for (const auto &view : must(t.clinic->answerNow(Users{}))) {
            if (view.user.userName != u"doctor")
                continue;
            SaveUser save{view.user, view.roles};
            save.spans.insert(view.roles.first(), Span{{}, {}, t.second.id});
            must(t.clinic->performNow(save));
        }
        QCOMPARE(reachable(), 0);
    }

    // Every question about people, appointments or invoices is asked above by somebody who does not reach
    // them; a new one fails here until it is.
    void noQuestionIsLeftOut()
    {
        // A count, one's own, or an id that says nothing by itself.
        const QSet<QString> harmless{QStringLiteral("OwnAppointments"), QStringLiteral("ReadDrawer"),
                                     QStringLiteral("PatientByNumber")};
        QFile self(QStringLiteral(CLINIC_SOURCE_DIR "/tests/services/tst_scope.cpp"));
        QVERIFY(self.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(self.readAll());
        static const QRegularExpression question(
            QStringLiteral("struct (\\w+)\\s*\\{\\s*using "
                           "Outcome[^}]*?permission\\s*=\\s*\"(patients|appointments|billing)\\."));
        int found = 0;
        QDirIterator headers(QStringLiteral(CLINIC_SOURCE_DIR "/src/services"), {QStringLiteral("*.h")},
                             QDir::Files, QDirIterator::Subdirectories);
        while (headers.hasNext()) {
            QFile file(headers.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto match = question.globalMatch(QString::fromUtf8(file.readAll()));
            while (match.hasNext()) {
                const QString name = match.next().captured(1);
                ++found;
                QVERIFY2(harmless.contains(name) || text.contains(name + u'{') || text.contains(name + u' '),
                         qPrintable(name));
            }
        }
        QVERIFY(found >= 18);
    }

    // What needs attention names patients only to who may see patients, and only such a person ticks it off.
    void attentionNamesNobody()
    {
        Scoped t;
        domain::Attention attention;
        attention.id = Id::create(6);
        auto &c = t.database->writerConnection();
        QByteArray registration;
        {
            storage::Query group =
                c.query("SELECT body FROM outbox WHERE intention='register-patient' ORDER BY n LIMIT 1");
            QVERIFY(group.next());
            registration = group.bytes(0);
        }
        QVERIFY(
            c.exec(
                 "INSERT INTO attention (id, hospital_id, created_at, updated_at, origin_device, kind, code, "
                 "group_number, body, happened_at, resolved) VALUES "
                 "(?,?,0,0,?,'rejected','slot-taken',1,?,0,0)",
                 attention.id, attention.id, attention.id, QString::fromUtf8(registration))
                .has_value());
        const auto shown = [&](const char *role) {
            t.signIn(QString::fromLatin1(role));
            return must(t.clinic->answerNow(OpenAttention{})).size();
        };
        QCOMPARE(shown("doctor"), 1);
        QCOMPARE(shown("inventory-manager"), 0);
        QCOMPARE(code(t.clinic->performNow(ResolveAttention{attention.id})), ErrorCode::Forbidden);
        QCOMPARE(t.number("SELECT resolved FROM attention"), 0);
    }

    // A conflict about somebody else's record is somebody else's to decide.
    void conflicts()
    {
        Scoped t;
        domain::Conflict conflict;
        conflict.id = Id::create(5);
        conflict.entityName = QStringLiteral("patient");
        conflict.rowId = t.other.id;
        conflict.field = QStringLiteral("phone");
        auto &c = t.database->writerConnection();
        QVERIFY(
            c.exec("INSERT INTO conflict (id, hospital_id, created_at, updated_at, origin_device, entity, "
                   "row_id, field, lost_at, resolved) VALUES (?,?,0,0,?,'patient',?,'phone',0,0)",
                   conflict.id, conflict.id, conflict.id, t.other.id)
                .has_value());
        QCOMPARE(must(t.clinic->answerNow(OpenConflicts{})).size(), 1);
        t.limit("doctor", DataScope::Own);
        t.signIn(QStringLiteral("doctor"));
        QVERIFY(must(t.clinic->answerNow(OpenConflicts{})).isEmpty());
        QVERIFY(!t.clinic->performNow(ResolveConflict{conflict.id, false, {}}).has_value());
        QCOMPARE(t.number("SELECT resolved FROM conflict"), 0);
    }

    void anEmergency()
    {
        Scoped t;
        t.limit("doctor", DataScope::Own, {QStringLiteral("access.review")});
        t.limit("viewer", DataScope::Own);
        t.signIn(QStringLiteral("viewer"));
        QCOMPARE(code(t.clinic->performNow(OpenInEmergency{t.other.id, QStringLiteral("x")})),
                 ErrorCode::Forbidden);
        t.signIn(QStringLiteral("doctor"));
        QCOMPARE(code(t.clinic->performNow(OpenInEmergency{t.other.id, QStringLiteral("  ")})),
                 ErrorCode::NeedsReason);
        QCOMPARE(code(t.clinic->performNow(OpenInEmergency{t.own.id, QStringLiteral("Collapsed")})),
                 ErrorCode::NothingToDo);
        const auto access =
            must(t.clinic->performNow(OpenInEmergency{t.other.id, QStringLiteral("Collapsed in the hall")}));
        QCOMPARE(access.expiresAt - access.openedAt, 60 * 60'000LL);
        const auto chart = must(t.clinic->performNow(OpenPatient{t.other.id}));
        QCOMPARE(chart.emergencyUntil, access.expiresAt);
        QCOMPARE(must(t.clinic->performNow(OpenPatient{t.own.id})).emergencyUntil, 0);
        domain::Allergy allergy;
        allergy.patientId = t.other.id;
        allergy.substance = QStringLiteral("Latex");
        QVERIFY(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(allergy)}).has_value());
        // Another person's emergency is nobody else's, and it is over when it is over.
        const Session doctor = t.clinic->session();
        Session nurse = doctor;
        nurse.user = Id::create(7);
        t.clinic->setSession(nurse);
        QCOMPARE(code(t.clinic->performNow(OpenPatient{t.other.id})), ErrorCode::OutsideScope);
        t.clinic->setSession(doctor);
        t.clock.set(access.expiresAt - 1);
        QVERIFY(t.clinic->performNow(OpenPatient{t.other.id}).has_value());
        t.clock.set(access.expiresAt);
        QCOMPARE(code(t.clinic->performNow(OpenPatient{t.other.id})), ErrorCode::OutsideScope);
        // A clock that goes back to before it was opened does not open it again.
        t.clock.set(access.openedAt - 1);
        QCOMPARE(code(t.clinic->performNow(OpenPatient{t.other.id})), ErrorCode::OutsideScope);
        t.clock.set(access.expiresAt + 1);
        // The review is a second person's, once, and says why when it was wrong.
        QCOMPARE(must(t.clinic->answerNow(EmergenciesToReview{})), 0);
        QCOMPARE(code(t.clinic->performNow(ReviewEmergency{access.id, true, {}})), ErrorCode::OwnReview);
        t.signIn(QStringLiteral("administrator"));
        QCOMPARE(must(t.clinic->answerNow(EmergenciesToReview{})), 1);
        const auto views = must(t.clinic->answerNow(EmergencyAccesses{}));
        QCOMPARE(views.size(), 1);
        QCOMPARE(views.first().patientName, QStringLiteral("Moyo, Bo"));
        QVERIFY(!views.first().isOwn && !views.first().userName.isEmpty());
        QStringList done;
        for (const auto &event : must(t.clinic->answerNow(EmergencyEvents{access.id})))
            done << event.intention;
        QVERIFY(done.contains(QStringLiteral("open-in-emergency")) &&
                done.contains(QStringLiteral("save-clinical-part")) &&
                done.contains(QStringLiteral("open-patient")));
        // What the server tells of other PCs is among it, as far as it is about that person, by that person,
        // in that time, and not known already.
        sync::AuditFound everywhere;
        const auto elsewhere = [&](const Id &subject, const Id &actor, qint64 at, const char *intention) {
            sync::AuditRecord event;
            event.n = everywhere.records.size() + 1;
            event.id = Id::create(at);
            event.device = Id::create(9);
            event.at = at;
            event.actor = actor;
            event.subject = subject;
            event.intention = intention;
            event.outcome = "ok";
            everywhere.records << event;
        };
        everywhere.pcs.insert(Id::create(9), QStringLiteral("Ward (BB)"));
        elsewhere(t.other.id, access.userId, access.openedAt + 5, "print-patient-history");
        elsewhere(t.own.id, access.userId, access.openedAt + 5, "update-patient");
        elsewhere(t.other.id, Id::create(7), access.openedAt + 5, "update-patient");
        elsewhere(t.other.id, access.userId, access.expiresAt + 5, "update-patient");
        const auto local = must(t.clinic->answerNow(EmergencyEvents{access.id}));
        everywhere.records << everywhere.records.first();
        everywhere.records.last().id = local.first().id;
        const auto all = must(t.clinic->answerNow(EmergencyEvents{access.id, everywhere}));
        QCOMPARE(all.size(), local.size() + 1);
        const auto printed =
            std::ranges::find_if(all, [](const auto &e) { return e.intention == u"print-patient-history"; });
        QVERIFY(printed != all.end());
        QCOMPARE(code(t.clinic->performNow(ReviewEmergency{access.id, false, {}})), ErrorCode::NeedsReason);
        QVERIFY(t.clinic->performNow(ReviewEmergency{access.id, false, QStringLiteral("No emergency")})
                    .has_value());
        QCOMPARE(code(t.clinic->performNow(ReviewEmergency{access.id, true, {}})), ErrorCode::Closed);
        QCOMPARE(must(t.clinic->answerNow(EmergenciesToReview{})), 0);
    }

    // An event about a patient names her to who reaches her, and to nobody else: they see her number.
    void theAuditNamesWhomTheReaderReaches()
    {
        Scoped t;
        domain::NextOfKin aunt;
        aunt.patientId = t.other.id;
        aunt.name = QStringLiteral("Thandi");
        must(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(aunt)}));
        domain::Condition asthma;
        asthma.patientId = t.other.id;
        asthma.name = QStringLiteral("Asthma");
        must(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(asthma)}));
        t.limit("doctor", DataScope::Own, {QStringLiteral("audit.view")});
        const auto about = [&t](const domain::Patient &who) {
            AuditTrail all;
            all.filter.subject = who.id;
            QSet<QString> names;
            for (const auto &entry : must(t.clinic->answerNow(all)))
                names << entry.about;
            return names;
        };
        const auto named = [](const domain::Patient &who) { return who.number + u' ' + who.displayName(); };
        const auto inCsv = [&t](const QString &text) {
            const auto csv = models::auditCsv(must(t.clinic->answerNow(AuditTrail{})), QTimeZone::utc());
            return QString::fromUtf8(csv).contains(QStringLiteral("Patient ") + text);
        };
        t.signIn(QStringLiteral("administrator"));
        QCOMPARE(about(t.own), QSet<QString>{named(t.own)});
        QCOMPARE(about(t.other), QSet<QString>{named(t.other)});
        QVERIFY(inCsv(named(t.other)));
        t.signIn(QStringLiteral("doctor"));
        QCOMPARE(about(t.own), QSet<QString>{named(t.own)});
        QCOMPARE(about(t.other), QSet<QString>{t.other.number});
        QVERIFY(inCsv(t.other.number));
        QVERIFY(!inCsv(named(t.other)));
        // So for what belongs to her.
        int parts = 0;
        for (const auto &entry : must(t.clinic->answerNow(AuditTrail{}))) {
            QVERIFY2(!entry.about.contains(t.other.displayName()), qPrintable(entry.about));
            parts += entry.intention != u"register-patient" && entry.about == t.other.number;
        }
        QVERIFY(parts >= 2);
        // Nobody's name where the role sees no patients at all, though its scope is the whole hospital.
        t.limit("inventory-manager", DataScope::Hospital, {QStringLiteral("audit.view")});
        t.signIn(QStringLiteral("inventory-manager"));
        QCOMPARE(about(t.own), QSet<QString>{t.own.number});
    }

    // Two entities have a column of this name; each has its own word for it.
    void aChangedFieldHasItsEntitysWord()
    {
        Scoped t;
        const auto rename = [&t](auto part, const char *from, const char *to) {
            part.patientId = t.own.id;
            part.name = QString::fromLatin1(from);
            const auto before = must(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(part)}));
            storage::Record after = before;
            after.values[after.entity->indexOf("name")] = QString::fromLatin1(to);
            must(t.clinic->performNow(SavePatientPart{before, after}));
        };
        rename(domain::NextOfKin(), "Thandi", "Zanele");
        rename(domain::Condition(), "Cough", "Asthma");
        const auto entries = must(t.clinic->answerNow(AuditTrail{}));
        QStringList summaries;
        for (const auto &entry : entries)
            summaries << models::changeSummary(entry);
        const QString all = summaries.join(u'\n');
        QVERIFY2(all.contains(QStringLiteral("Name: Thandi → Zanele")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Condition: Cough → Asthma")), qPrintable(all));
        const QString csv = QString::fromUtf8(models::auditCsv(entries, QTimeZone::utc()));
        QVERIFY(csv.contains(QStringLiteral("Condition: Cough → Asthma")));
        QCOMPARE(models::fieldLabel(u"condition", QStringLiteral("name")), QStringLiteral("Condition"));
        QCOMPARE(models::fieldLabel(u"next_of_kin", QStringLiteral("name")), QStringLiteral("Name"));
    }

    // A hospital that was made before there was such a permission: its administrators have it all the same.
    void administratorsMayWhatIsNew()
    {
        Scoped t;
        QVERIFY(t.database->writerConnection()
                    .exec("UPDATE role_permission SET granted=0 WHERE permission='patients.anonymise'")
                    .has_value());
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(t.clinic->session().may(u"patients.anonymise"));
        QVERIFY(must(t.clinic->answerNow(CurrentStanding{}))
                    .permissions.contains(QStringLiteral("patients.anonymise")));
    }

    // Roles that are changed take effect in the window that is open; a copy is none of the built-in ones.
    void rolesOfTheHospital()
    {
        Scoped t;
        t.signIn(QStringLiteral("doctor"));
        const Session doctor = t.clinic->session();
        t.limit("doctor", DataScope::Branch);
        t.clinic->setSession(doctor);
        QCOMPARE(must(t.clinic->answerNow(CurrentStanding{})).scope, DataScope::Branch);
        t.signIn(QStringLiteral("administrator"));
        domain::Role copy;
        copy.name = QStringLiteral("Copy");
        copy.code = QStringLiteral("administrator");
        copy = must(t.clinic->performNow(SaveRole{copy, {QStringLiteral("account.own")}}));
        QVERIFY(copy.code.isEmpty());
        copy.name = QStringLiteral("Renamed");
        QVERIFY(t.clinic->performNow(SaveRole{copy, {}}).has_value());
        for (const auto &position : domain::roleTemplates()) {
            const auto permissions = domain::permissionsOf(position);
            QVERIFY(permissions.size() > 3);
            for (const QString &name : permissions)
                QVERIFY2(*domain::permissionLabel(name), qPrintable(name));
        }
    }

    void consents()
    {
        Scoped t;
        using enum domain::ConsentKind;
        const auto say = [&](domain::ConsentKind kind, bool given, qint64 at = 0) {
            domain::Consent consent;
            consent.patientId = t.own.id;
            consent.kind = kind;
            consent.given = given;
            consent.saidAt = at;
            return t.clinic->performNow(RecordConsent{consent});
        };
        domain::Photo photo;
        photo.patientId = t.own.id;
        photo.image = "jpeg";
        const auto picture = [&] {
            return t.clinic->performNow(SavePatientPart{{}, storage::toRecord(photo)});
        };
        QVERIFY(picture().has_value());
        QVERIFY(say(Photo, false).has_value());
        QCOMPARE(code(picture()), ErrorCode::ConsentRefused);
        QVERIFY(must(t.clinic->performNow(OpenPatient{t.own.id})).photo.isEmpty());
        QCOMPARE(code(say(Photo, true, t.clock.nowMs() + 1)), ErrorCode::DateInFuture);
        t.clock.set(t.clock.nowMs() + 1000);
        QVERIFY(say(Photo, true).has_value());
        QVERIFY(picture().has_value());
        QCOMPARE(must(t.clinic->performNow(OpenPatient{t.own.id})).photo, QByteArray("jpeg"));
        // What was said earlier and is recorded later does not count.
        QVERIFY(say(Photo, false, t.clock.nowMs() - 500).has_value());
        QVERIFY(picture().has_value());
        QCOMPARE(must(t.clinic->answerNow(PatientConsents{t.own.id})).size(), 1);
        QCOMPARE(t.count("consent"), 3);
        // Nobody is in a copy for trying out who does not want to be.
        QVERIFY(say(Research, false).has_value());
        TestClinic::Options options;
        options.setUp = false;
        TestClinic copy(options);
        const auto tally = must(copyDeidentified(*t.database, *copy.database, t.clock));
        QCOMPARE(tally.patients, t.count("patient") - 1);
        QCOMPARE(copy.count("patient"), t.count("patient") - 1);
        QCOMPARE(copy.count("appointment"), t.count("appointment") - 1);
        QCOMPARE(copy.number("SELECT count(*) FROM appointment_event e WHERE NOT EXISTS (SELECT 1 FROM "
                             "appointment a WHERE a.id=e.appointment_id)"),
                 0);
    }

    // Nothing that says who it was is left in any table but the audit, which is not shown.
    void anonymising()
    {
        Scoped t;
        const auto needle = QStringLiteral("Qwyx");
        auto person = t.patient(needle, needle + u'g', QStringLiteral("082 777 1234"));
        domain::Patient full = person;
        full.address = needle + QStringLiteral(" street");
        full.email = needle + QStringLiteral("@example.org");
        full.remarks = needle;
        person = must(t.clinic->performNow(UpdatePatient{person, full}));
        const auto part = [&](auto row) {
            row.patientId = person.id;
            must(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(row)}));
        };
        domain::Identifier identifier;
        identifier.value = needle;
        part(identifier);
        domain::Contact contact;
        contact.value = QStringLiteral("082 777 1234");
        contact.label = needle;
        part(contact);
        domain::NextOfKin kin;
        kin.name = needle;
        part(kin);
        domain::Condition condition;
        condition.name = QStringLiteral("Asthma");
        condition.note = needle;
        part(condition);
        domain::Photo photo;
        photo.image = needle.toUtf8();
        part(photo);
        AddDocument add;
        add.document.patientId = person.id;
        add.document.title = needle;
        add.document.fileName = needle;
        add.bytes = needle.toUtf8() + "-bytes";
        must(t.clinic->performNow(add));
        domain::Consent consent;
        consent.patientId = person.id;
        consent.givenBy = needle;
        must(t.clinic->performNow(RecordConsent{consent}));
        auto booking = t.book(person, t.doctor, 10);
        QCOMPARE(code(t.clinic->performNow(AnonymisePatient{person.id})), ErrorCode::StillNeeded);
        must(t.clinic->performNow(
            StepAppointment{booking.id, domain::AppointmentState::Cancelled, needle, {}, {}}));
        must(t.clinic->performNow(AmendAppointment{booking.id, needle}));
        must(t.clinic->performNow(OpenPatient{person.id}));
        QCOMPARE(code(t.clinic->performNow(AnonymisePatient{t.other.id})), ErrorCode::StillNeeded); // owes

        const auto done = must(t.clinic->performNow(AnonymisePatient{person.id}));
        QVERIFY(done.isDone);
        QCOMPARE(done.patient.birthDate.toStored(), QStringLiteral("1980"));
        auto &c = t.database->writerConnection();
        int columns = 0;
        for (const EntityInfo *entity : domain::allEntities()) {
            for (const FieldInfo &field : entity->fields) {
                ++columns;
                auto q = c.query(QByteArray("SELECT count(*) FROM ") + entity->name + " WHERE CAST(\"" +
                                     field.column + "\" AS TEXT) LIKE ? OR CAST(\"" + field.column +
                                     "\" AS TEXT) LIKE '%777%1234%'",
                                 QString(u'%' + needle + u'%'));
                QVERIFY(q.next());
                QVERIFY2(q.integer(0) == 0, qPrintable(QString::fromLatin1(entity->name) + u'.' +
                                                       QString::fromLatin1(field.column)));
            }
        }
        QVERIFY(columns > 150);
        QCOMPARE(t.number("SELECT count(*) FROM blob_chunk WHERE CAST(data AS TEXT) LIKE '%Qwyx%'"), 0);
        QCOMPARE(
            t.number("SELECT count(*) FROM recent_patient WHERE patient_id=(SELECT id FROM patient WHERE "
                     "anonymised_at>0)"),
            0);
        QVERIFY(t.found(needle).isEmpty());
        QVERIFY(t.found(QStringLiteral("0827771234")).isEmpty());
        // What happened stays.
        const auto chart = must(t.clinic->performNow(OpenPatient{person.id}));
        QCOMPARE(chart.appointments.size(), 1);
        QCOMPARE(chart.conditions.first().name, QStringLiteral("Asthma"));
        // Old events do not tell it to anybody either; the chain of them holds as it was written.
        for (const auto &entry : must(t.clinic->answerNow(AuditTrail{})))
            QVERIFY2(!entry.detail.contains(needle), qPrintable(entry.intention));
        for (const auto &entry : must(t.clinic->answerNow(PatientChanges{person.id})))
            QVERIFY(!entry.detail.contains(needle));
        QCOMPARE(
            t.number("SELECT count(*) FROM audit_event WHERE intention='anonymise-patient' AND detail LIKE "
                     "'%Qwyx%'"),
            0);
        QVERIFY(!must(storage::verifyAuditChain(c, t.database->identity())).has_value());
        // Nothing comes back.
        QCOMPARE(code(t.clinic->performNow(UpdatePatient{chart.patient, person})), ErrorCode::Anonymised);
        QCOMPARE(code(t.clinic->performNow(SetPatientActive{person.id, true, {}})), ErrorCode::Anonymised);
        QCOMPARE(code(t.clinic->performNow(RecordConsent{consent})), ErrorCode::Anonymised);
        QCOMPARE(code(t.clinic->performNow(add)), ErrorCode::Anonymised);
        domain::Contact late = contact;
        late.patientId = person.id;
        QCOMPARE(code(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(late)})),
                 ErrorCode::Anonymised);
        // Once more: nothing to write.
        const qint64 groups = t.count("outbox");
        QVERIFY(must(t.clinic->performNow(AnonymisePatient{person.id})).isDone);
        QCOMPARE(t.count("outbox"), groups);
    }

    // Whoever signed in at the kiosk as that person does so no more, and is not named among the users.
    void anonymisingAKioskAccount()
    {
        TestClinic t;
        t.signIn(QStringLiteral("patient"));
        const Id person = t.clinic->session().patient;
        t.signIn(QStringLiteral("administrator"));
        for (const auto &view : must(t.clinic->answerNow(Users{}))) {
            if (view.user.userName != u"patient")
                continue;
            SaveUser save{view.user, view.roles};
            save.user.email = QStringLiteral("kim@hill.example");
            save.user.phone = QStringLiteral("082 555 0303");
            must(t.clinic->performNow(save));
        }
        QVERIFY(must(t.clinic->performNow(AnonymisePatient{person})).isDone);
        QCOMPARE(t.number("SELECT count(*) FROM app_user WHERE user_name='patient' AND "
                          "(ifnull(email,'')<>'' OR ifnull(phone,'')<>'')"),
                 0);
        const auto answer =
            must(t.clinic->performNow(SignIn{QStringLiteral("patient"), QStringLiteral("correct horse")}));
        QVERIFY(!answer.session.isSignedIn());
        QCOMPARE(t.number("SELECT count(*) FROM app_user WHERE user_name='patient' AND display_name='***'"),
                 1);
    }

    // A record with more rows than a group carries is done in steps.
    void anonymisingALargeRecord()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto person = t.patient(QStringLiteral("Large"), QStringLiteral("Lou"));
        for (int i = 0; i < 450; ++i) {
            domain::Contact contact;
            contact.patientId = person.id;
            contact.value = QStringLiteral("c%1").arg(i);
            contact.kind = domain::ContactKind::Other;
            must(t.clinic->performNow(SavePatientPart{{}, storage::toRecord(contact)}));
        }
        QVERIFY(!must(t.clinic->performNow(AnonymisePatient{person.id})).isDone);
        QVERIFY(must(t.clinic->performNow(AnonymisePatient{person.id})).isDone);
        QCOMPARE(t.number("SELECT count(*) FROM contact WHERE value<>'***'"), 0);
    }

    void retention()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const qint64 today = t.clock.nowMs();
        const auto years = [](int n) { return qint64(n) * 366 * 86'400'000LL; };
        t.clock.set(today - years(12));
        const auto gone = t.patient(QStringLiteral("Gone"), QStringLiteral("Gil"));
        const auto owes = t.patient(QStringLiteral("Owes"), QStringLiteral("Olu"));
        IssueInvoice issue;
        issue.invoice.patientId = owes.id;
        domain::InvoiceLine line;
        line.description = QStringLiteral("Consultation");
        line.unitMinor = 11500;
        issue.lines << line;
        must(t.clinic->performNow(issue));
        const auto back = t.patient(QStringLiteral("Back"), QStringLiteral("Bea"));
        t.clock.set(today - years(6));
        const auto quiet = t.patient(QStringLiteral("Quiet"), QStringLiteral("Quin"));
        domain::Appointment a;
        a.patientId = back.id;
        a.practitionerId = t.doctor.id;
        a.startAt = t.clock.todayAt(10, 0);
        must(t.clinic->performNow(BookAppointment{a}));
        t.clock.set(today);
        t.signIn(QStringLiteral("administrator"));
        const auto rule = [&](const char *key, const char *value) {
            must(t.clinic->performNow(SaveSetting{domain::SettingScope::Hospital, QString::fromLatin1(key),
                                                  QString::fromLatin1(value)}));
        };
        const auto ids = [](const QList<domain::Patient> &patients) {
            QSet<Id> set;
            for (const auto &patient : patients)
                set.insert(patient.id);
            return set;
        };
        auto plan = must(t.clinic->answerNow(PlanRetention{}));
        QVERIFY(plan.archive.isEmpty() && plan.anonymise.isEmpty());
        rule(domain::setting::archiveYears, "5");
        rule(domain::setting::anonymiseYears, "10");
        plan = must(t.clinic->answerNow(PlanRetention{}));
        QCOMPARE(ids(plan.anonymise), QSet<Id>{gone.id});
        QCOMPARE(ids(plan.archive), (QSet<Id>{quiet.id, back.id}));
        PlanRetention small;
        small.limit = 1;
        QVERIFY(!must(t.clinic->answerNow(small)).isComplete);
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(code(t.clinic->answerNow(PlanRetention{})), ErrorCode::Forbidden);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstScope, QCoreApplication>(argc, argv);
}

#include "tst_scope.moc"
