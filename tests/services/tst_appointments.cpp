// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/appointments/appointments.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <random>

using namespace clinic;
using namespace clinic::test;
using domain::Appointment;
using domain::AppointmentState;

class TstAppointments : public QObject
{
    Q_OBJECT

    static Appointment at(TestClinic &t, const Id &patient, int hour, int minute = 0, int minutes = 15)
    {
        Appointment a;
        a.patientId = patient;
        a.practitionerId = t.doctor.id;
        a.startAt = t.clock.todayAt(hour, minute);
        a.minutes = minutes;
        return a;
    }
    static Result<Appointment> book(TestClinic &t, const Appointment &a)
    {
        return t.clinic->performNow(services::BookAppointment{a});
    }
    static ErrorCode codeOf(const Result<Appointment> &r)
    {
        return r ? ErrorCode::NothingToDo : r.error().code;
    }
    static Result<Appointment> step(TestClinic &t, const Id &id, AppointmentState to)
    {
        services::StepAppointment s{id, to};
        s.reason = QStringLiteral("patient-request");
        return t.clinic->performNow(s);
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void nobodyIsBookedTwice()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto ben = t.patient(QStringLiteral("Botha"), QStringLiteral("Ben"));
        QVERIFY(book(t, at(t, ann.id, 10)));
        QCOMPARE(codeOf(book(t, at(t, ben.id, 10))), ErrorCode::Overlap);
        QCOMPARE(codeOf(book(t, at(t, ben.id, 10, 10))), ErrorCode::Overlap);
        QCOMPARE(codeOf(book(t, at(t, ben.id, 9, 50, 15))), ErrorCode::Overlap);
        QVERIFY(book(t, at(t, ben.id, 10, 15))); // half open
        auto elsewhere = at(t, ann.id, 10, 5);
        elsewhere.practitionerId = t.secondDoctor.id;
        QCOMPARE(codeOf(book(t, elsewhere)), ErrorCode::PatientOverlap);
        elsewhere.overbookReason = QStringLiteral("urgent");
        t.signIn(QStringLiteral("administrator")); // whoever asks: one body, one place
        QCOMPARE(codeOf(book(t, elsewhere)), ErrorCode::PatientOverlap);
        auto inRoom = at(t, ben.id, 14);
        inRoom.roomId = t.room.id;
        QVERIFY(book(t, inRoom));
        auto sameRoom = at(t, ann.id, 14);
        sameRoom.practitionerId = t.secondDoctor.id;
        sameRoom.roomId = t.room.id;
        QCOMPARE(codeOf(book(t, sameRoom)), ErrorCode::Overlap);
    }

    void overbookingNeedsPermissionAndReason()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto ben = t.patient(QStringLiteral("Botha"), QStringLiteral("Ben"));
        QVERIFY(book(t, at(t, ann.id, 10)));
        auto urgent = at(t, ben.id, 10);
        urgent.overbookReason = QStringLiteral("chest pain");
        QCOMPARE(codeOf(book(t, urgent)), ErrorCode::Forbidden);
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(book(t, urgent));
    }

    void anEditNeverClashesWithItself()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto booked = *book(t, at(t, ann.id, 10));
        auto longer = booked;
        longer.minutes = 30;
        QVERIFY(t.clinic->performNow(services::MoveAppointment{booked, longer}));
        auto later = longer;
        later.startAt += 10 * 60'000;
        QVERIFY(t.clinic->performNow(services::MoveAppointment{longer, later}));
    }

    void freedPlacesAreFree()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto ben = t.patient(QStringLiteral("Botha"), QStringLiteral("Ben"));
        const auto first = *book(t, at(t, ann.id, 10));
        QVERIFY(step(t, first.id, AppointmentState::Cancelled));
        const auto second = book(t, at(t, ben.id, 10));
        QVERIFY(second);
        // Taking the cancellation back now would put two people in one place.
        QCOMPARE(codeOf(t.clinic->performNow(services::UndoStep{first.id, AppointmentState::Cancelled})),
                 ErrorCode::Overlap);
        QVERIFY(step(t, second->id, AppointmentState::Cancelled));
        QCOMPARE(t.clinic->performNow(services::UndoStep{first.id, AppointmentState::Cancelled})->state,
                 AppointmentState::Booked);
    }

    void onlyLegalStepsAreTaken()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        using enum AppointmentState;
        int legal = 0;
        int hour = 8;
        const QList<QList<AppointmentState>> ways{
            {},          {CheckedIn}, {CheckedIn, InConsultation}, {CheckedIn, InConsultation, Completed},
            {Cancelled}, {NoShow}};
        t.clock.set(t.clock.todayAt(23));
        for (const auto &way : ways) {
            for (const AppointmentState to : {CheckedIn, InConsultation, Completed, Cancelled, NoShow}) {
                const auto p = t.patient(QStringLiteral("P%1").arg(hour), QStringLiteral("X"));
                auto a = at(t, p.id, 0);
                a.startAt = t.clock.todayAt(0) + qint64(hour++) * 20 * 60'000;
                const auto booked = book(t, a);
                QVERIFY(booked);
                for (const auto s : way)
                    QVERIFY(step(t, booked->id, s));
                const auto from = way.isEmpty() ? Booked : way.last();
                const bool comeAfterAll = from == NoShow && to == CheckedIn;
                const bool expected = domain::appointmentLifeCycle.allows(int(from), int(to)) || comeAfterAll;
                const auto done = step(t, booked->id, to);
                QCOMPARE(done.has_value(), expected);
                if (done)
                    QCOMPARE(done->state, to);
                legal += done.has_value();
            }
        }
        QCOMPARE(legal, 7);
    }

    void stepsAreRecordedAndUndoneInOrder()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto a = *book(t, at(t, ann.id, 10));
        QVERIFY(step(t, a.id, AppointmentState::CheckedIn));
        t.signIn(QStringLiteral("doctor"));
        QVERIFY(step(t, a.id, AppointmentState::InConsultation));
        // The check-in is no longer the last step.
        QCOMPARE(codeOf(t.clinic->performNow(services::UndoStep{a.id, AppointmentState::CheckedIn})),
                 ErrorCode::UndoTooLate);
        QCOMPARE(t.clinic->performNow(services::UndoStep{a.id, AppointmentState::InConsultation})->state,
                 AppointmentState::CheckedIn);
        const auto detail = t.clinic->answerNow(services::ReadAppointment{a.id});
        QCOMPARE(detail->steps.size(), 3);
        QVERIFY(detail->steps.last().isVoid);
        QCOMPARE(detail->steps.at(1).by, QStringLiteral("Clerk"));
    }

    void closedAppointmentsChangeByAmendmentOnly()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto a = *book(t, at(t, ann.id, 10));
        QVERIFY(step(t, a.id, AppointmentState::Cancelled));
        auto moved = a;
        moved.startAt += 3'600'000;
        QCOMPARE(codeOf(t.clinic->performNow(services::MoveAppointment{a, moved})), ErrorCode::Closed);
        QVERIFY(t.clinic->performNow(
            services::AmendAppointment{a.id, QStringLiteral("It was the clinic that cancelled.")}));
        QCOMPARE(t.clinic->answerNow(services::ReadAppointment{a.id})->amendments.size(), 1);
    }

    void leaveAndHoursAreRespected()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        domain::Availability monday;
        monday.resourceId = t.doctor.id;
        monday.weekday = 1;
        monday.startMinute = 9 * 60;
        monday.endMinute = 12 * 60;
        QVERIFY(t.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(monday)}));
        domain::Leave leave;
        leave.resourceId = t.doctor.id;
        leave.startAt = t.clock.todayAt(11);
        leave.endAt = t.clock.todayAt(12);
        leave.reason = QStringLiteral("course");
        QVERIFY(t.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(leave)}));
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(codeOf(book(t, at(t, ann.id, 8, 30))), ErrorCode::Unavailable);
        QCOMPARE(codeOf(book(t, at(t, ann.id, 11, 30))), ErrorCode::Unavailable);
        QVERIFY(book(t, at(t, ann.id, 9)));
        const auto free =
            t.clinic->answerNow(services::FreeSlots{t.doctor.id, ann.id, t.clock.todayAt(9), 60, 3});
        QVERIFY(free.has_value());
        QCOMPARE(free->at(0).slot.startMs(), t.clock.todayAt(9, 15));
        QCOMPARE(free->at(1).slot.startMs(),
                 t.clock.todayAt(9) + 7 * 86'400'000); // next Monday: 10:15 would run into leave
    }

    void freeSlotsCanBeBooked()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        std::mt19937 random(3);
        for (int i = 0; i < 12; ++i) {
            const auto p = t.patient(QStringLiteral("P%1").arg(i), QStringLiteral("X"));
            static_cast<void>(book(
                t, at(t, p.id, 8 + int(random() % 8), int(random() % 12) * 5, 5 * (1 + int(random() % 6)))));
        }
        const auto p = t.patient(QStringLiteral("Last"), QStringLiteral("One"));
        const auto free = t.clinic->answerNow(services::FreeSlots{{}, p.id, t.clock.nowMs(), 20, 15});
        QVERIFY(free->size() == 15);
        qint64 last = 0;
        for (const auto &place : *free) {
            QVERIFY(place.slot.startMs() >= last);
            last = place.slot.startMs();
            Appointment a;
            a.patientId = p.id;
            a.practitionerId = place.practitioner.id;
            a.startAt = place.slot.startMs();
            a.minutes = 20;
            const auto booked = book(t, a);
            QVERIFY2(booked.has_value() || booked.error().code == ErrorCode::PatientOverlap,
                     "a free slot was not free");
        }
    }

    // Whatever is tried in whatever order, no resource and no patient is ever in two places.
    void randomDaysNeverOverlap()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        std::mt19937 random(5);
        QList<Id> people;
        for (int i = 0; i < 6; ++i)
            people << t.patient(QStringLiteral("P%1").arg(i), QStringLiteral("X")).id;
        QList<Appointment> booked;
        int accepted = 0;
        for (int round = 0; round < 400; ++round) {
            auto a = at(t, people[qsizetype(random() % 6)], 8 + int(random() % 9), int(random() % 12) * 5,
                        5 * (1 + int(random() % 8)));
            a.practitionerId = random() % 2 ? t.doctor.id : t.secondDoctor.id;
            if (random() % 3 == 0)
                a.roomId = t.room.id;
            Result<Appointment> done = fail(ErrorCode::Internal);
            if (!booked.isEmpty() && random() % 3 == 0) {
                auto &old = booked[qsizetype(random() % size_t(booked.size()))];
                a.id = old.id;
                a.rid = old.rid;
                a.patientId = old.patientId;
                done = t.clinic->performNow(services::MoveAppointment{old, a});
                if (done)
                    old = *done;
            } else {
                done = book(t, a);
                if (done)
                    booked << *done;
            }
            accepted += done.has_value();
        }
        QVERIFY(accepted > 60);
        for (const char *column : {"practitioner_id", "room_id", "patient_id"}) {
            const QByteArray c(column);
            QCOMPARE(t.number("SELECT count(*) FROM appointment a JOIN appointment b ON a." + c + "=b." + c +
                              " AND a.rid<b.rid AND a.start_at < b.start_at+b.minutes*60000 AND b.start_at < "
                              "a.start_at+a.minutes*60000"),
                     0);
        }
    }

    void kioskReachesItsOwnOnly()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto foreign = *book(t, at(t, ann.id, 10));
        t.signIn(QStringLiteral("patient"));
        auto sneaky = at(t, ann.id, 11);
        const auto own = t.clinic->performNow(services::BookOwnAppointment{sneaky});
        QVERIFY(own.has_value());
        QVERIFY(own->patientId != ann.id);
        QCOMPARE(own->patientId, t.clinic->session().patient);
        QCOMPARE(codeOf(t.clinic->performNow(services::CancelOwnAppointment{foreign.id})),
                 ErrorCode::NotFound);
        QVERIFY(t.clinic->performNow(services::CancelOwnAppointment{own->id}));
        QCOMPARE(t.clinic->performNow(services::CancelOwnAppointment{own->id, true})->state,
                 AppointmentState::Booked);
        QCOMPARE(t.clinic->answerNow(services::OwnAppointments{})->size(), 1);
        QCOMPARE(t.clinic->answerNow(services::PatientSearch{QStringLiteral("meyer")}).error().code,
                 ErrorCode::Forbidden);
    }

    void waitingListEntryClosesWithItsBooking()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        domain::WaitingListEntry entry;
        entry.patientId = ann.id;
        const auto waiting = t.clinic->performNow(services::SaveWaitingEntry{entry});
        QVERIFY(waiting.has_value());
        QCOMPARE(t.clinic->answerNow(services::WaitingList{})->size(), 1);
        QVERIFY(t.clinic->performNow(services::BookAppointment{at(t, ann.id, 10), waiting->id}));
        QCOMPARE(t.clinic->answerNow(services::WaitingList{})->size(), 0);
    }

    // Every query a screen runs uses an index.
    void screensNeverScan()
    {
        TestClinic t;
        const char *queries[] = {
            "SELECT 1 FROM appointment WHERE practitioner_id=x'00' AND start_at<9 AND start_at>1 AND "
            "start_at + minutes*60000>2",
            "SELECT 1 FROM appointment WHERE patient_id=x'00' AND start_at<9 ORDER BY start_at DESC LIMIT 5",
            "SELECT 1 FROM appointment WHERE branch_id=x'00' AND start_at>=1 AND start_at<9 ORDER BY "
            "start_at",
            "SELECT rid FROM search_key WHERE kind=1 AND key>='a' AND key<'b' ORDER BY key LIMIT 50",
            "SELECT 1 FROM invoice WHERE patient_id=x'00' ORDER BY created_at DESC",
            "SELECT 1 FROM payment WHERE invoice_id=x'00'",
            "SELECT 1 FROM audit_event WHERE subject=x'00' AND n<9 ORDER BY n DESC",
            "SELECT 1 FROM waiting_list_entry WHERE branch_id=x'00' AND active=1 ORDER BY created_at",
            "SELECT 1 FROM patient WHERE family_name='a' COLLATE NOCASE AND given_name='b' COLLATE NOCASE",
        };
        for (const char *sql : queries) {
            auto q = t.database->writerConnection().query(QByteArray("EXPLAIN QUERY PLAN ") + sql);
            QString plan;
            while (q.next())
                plan += q.text(3) + u'\n';
            QVERIFY2(!plan.isEmpty() && !plan.contains(QStringLiteral("SCAN")),
                     qPrintable(QString::fromLatin1(sql) + u'\n' + plan));
        }
    }
};

int main(int argc, char **argv)
{
    return test::run<TstAppointments, QCoreApplication>(argc, argv);
}

#include "tst_appointments.moc"
