// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/hours.h"
#include "services/appointments/appointments.h"
#include "services/appointments/touched.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTimeZone>
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

    static qint64 utc(const char *iso)
    {
        return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch();
    }
    // The doctor works on that weekday, by the clock on the wall.
    static domain::Availability works(TestClinic &t, int weekday, int from, int to)
    {
        domain::Availability hours;
        hours.resourceId = t.doctor.id;
        hours.weekday = weekday;
        hours.startMinute = from;
        hours.endMinute = to;
        const auto saved = t.clinic->performNow(services::SaveSetupRow{{}, storage::toRecord(hours)});
        return saved ? storage::fromRecord<domain::Availability>(*saved) : domain::Availability{};
    }
    static Appointment atInstant(TestClinic &t, const Id &patient, const char *iso, int minutes = 15)
    {
        auto a = at(t, patient, 9, 0, minutes);
        a.startAt = utc(iso);
        return a;
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

    // The day on which clocks change: every hour of the plan is offered, and none beside it.
    void theDayClocksChange_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<int>("weekday");
        QTest::addColumn<QByteArray>("first"); // of the hours 08:00 to 12:00
        QTest::newRow("New York, forward")
            << QStringLiteral("America/New_York") << QByteArray("2026-03-07T20:00:00Z") << 7
            << QByteArray("2026-03-08T12:00:00Z");
        QTest::newRow("New York, back")
            << QStringLiteral("America/New_York") << QByteArray("2026-10-31T20:00:00Z") << 7
            << QByteArray("2026-11-01T13:00:00Z");
        QTest::newRow("Cairo, forward at midnight")
            << QStringLiteral("Africa/Cairo") << QByteArray("2026-04-23T12:00:00Z") << 5
            << QByteArray("2026-04-24T05:00:00Z");
        QTest::newRow("Lord Howe, half an hour")
            << QStringLiteral("Australia/Lord_Howe") << QByteArray("2026-10-03T06:00:00Z") << 7
            << QByteArray("2026-10-03T21:00:00Z");
        QTest::newRow("Kiritimati") << QStringLiteral("Pacific/Kiritimati")
                                    << QByteArray("2026-03-01T09:00:00Z") << 1
                                    << QByteArray("2026-03-01T18:00:00Z");
    }
    void theDayClocksChange()
    {
        QFETCH(QString, zone);
        QFETCH(QByteArray, now);
        QFETCH(int, weekday);
        QFETCH(QByteArray, first);
        TestClinic::Options options;
        options.timeZone = zone;
        TestClinic t(options);
        t.clock.set(utc(now));
        t.signIn(QStringLiteral("administrator"));
        works(t, weekday, 8 * 60, 12 * 60);
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto free =
            t.clinic->answerNow(services::FreeSlots{t.doctor.id, ann.id, t.clock.nowMs(), 60, 5});
        QVERIFY(free && free->size() == 5);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(free->at(i).slot.startMs(), utc(first) + i * 3'600'000);
        QVERIFY(free->at(4).slot.startMs() > utc(first) + 86'400'000);
        auto a = atInstant(t, ann.id, first.constData(), 60);
        a.startAt -= 60 * 60'000; // 07:00
        QCOMPARE(codeOf(book(t, a)), ErrorCode::Unavailable);
        a.startAt += 4 * 60 * 60'000; // 11:00
        QVERIFY(book(t, a));
        a.startAt += 60 * 60'000; // 12:00
        QCOMPARE(codeOf(book(t, a)), ErrorCode::Unavailable);
    }

    // Hours may go over midnight, in one row or two; what is booked over it stands on both days.
    void overMidnight()
    {
        for (const bool inTwoRows : {false, true}) {
            TestClinic t;
            t.signIn(QStringLiteral("administrator"));
            if (inTwoRows) {
                works(t, 1, 18 * 60, 24 * 60);
                works(t, 2, 0, 2 * 60);
            } else {
                QVERIFY(!works(t, 1, 18 * 60, 2 * 60).id.isNull());
            }
            const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
            const auto night = book(t, at(t, ann.id, 23, 45, 45));
            QVERIFY(night);
            QCOMPARE(codeOf(book(t, atInstant(t, ann.id, "2026-03-03T01:45:00Z", 30))),
                     ErrorCode::Unavailable);
            const auto free =
                t.clinic->answerNow(services::FreeSlots{t.doctor.id, {}, utc("2026-03-02T23:00:00Z"), 45, 3});
            QCOMPARE(free->at(0).slot.startMs(), utc("2026-03-02T23:00:00Z"));
            QCOMPARE(free->at(1).slot.startMs(), utc("2026-03-03T00:30:00Z"));
            QCOMPARE(free->at(2).slot.startMs(), utc("2026-03-03T01:15:00Z"));
            for (const char *day : {"2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"}) {
                services::DayAppointments list;
                list.filter.branch = t.clinic->session().branch;
                list.filter.from = utc(day);
                list.filter.to = utc(day) + 86'400'000;
                const auto views = t.clinic->answerNow(list);
                QVERIFY(views && views->size() == 1);
                QCOMPARE(views->first().appointment.id, night->id);
            }
        }
    }

    // Hours, leave, rooms, services and people are not changed under bookings without a word.
    void changesShowWhatTheyTouch()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        auto monday = works(t, 1, 8 * 60, 18 * 60);
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto ben = t.patient(QStringLiteral("Botha"), QStringLiteral("Ben"));
        auto early = at(t, ann.id, 9);
        early.roomId = t.room.id;
        early.serviceId = t.consultation.id;
        early = *book(t, early);
        const auto late = *book(t, at(t, ben.id, 16));
        const auto touched = [&](const storage::Record &before, const storage::Record &after) {
            const auto done = t.clinic->performNow(services::SaveSetupRow{before, after});
            return done ? QList<Id>() : services::touchedIn(done.error());
        };
        const auto save = [&](const storage::Record &before, const storage::Record &after,
                              const QList<Id> &shown) {
            return t.clinic->performNow(services::SaveSetupRow{before, after, shown}).has_value();
        };
        const qint64 before = t.number("SELECT max(updated_at) FROM availability");
        auto shorter = monday;
        shorter.startMinute = 10 * 60;
        shorter.endMinute = 15 * 60;
        QCOMPARE(touched(storage::toRecord(monday), storage::toRecord(shorter)), (QList{early.id, late.id}));
        QCOMPARE(t.number("SELECT max(updated_at) FROM availability"), before);
        auto away = monday;
        away.weekday = domain::noWeekday; // taken away: then any time is as good as another
        QCOMPARE(touched(storage::toRecord(monday), storage::toRecord(away)), QList<Id>());
        // Seen one of them: still asked. Seen both: it is done.
        QVERIFY(!save(storage::toRecord(monday), storage::toRecord(shorter), {early.id}));

        domain::Leave leave;
        leave.resourceId = t.secondDoctor.id;
        leave.startAt = t.clock.todayAt(15);
        leave.endAt = t.clock.todayAt(17);
        QVERIFY(save({}, storage::toRecord(leave), {})); // somebody else's
        leave.id = {};
        leave.resourceId = t.doctor.id;
        QCOMPARE(touched({}, storage::toRecord(leave)), QList{late.id});
        QVERIFY(save({}, storage::toRecord(leave), {late.id}));

        const auto deactivated = [&](auto row) {
            auto after = storage::toRecord(row);
            after.values[after.entity->indexOf("active")] = qint64(0);
            return qMakePair(storage::toRecord(row), after);
        };
        const auto room = deactivated(t.room);
        QCOMPARE(touched(room.first, room.second), QList{early.id});
        const auto service = deactivated(t.consultation);
        QCOMPARE(touched(service.first, service.second), QList{early.id});
        const auto doctor = deactivated(
            *storage::find<domain::Practitioner>(t.database->writerConnection(), t.doctor.practitionerId));
        QCOMPARE(touched(doctor.first, doctor.second), (QList{early.id, late.id}));
        QVERIFY(save(doctor.first, doctor.second, {early.id, late.id}));
        // They are where somebody looks for them.
        const auto stranded = t.clinic->answerNow(services::StrandedBookings{});
        QVERIFY(stranded && stranded->size() == 2);
        QVERIFY(stranded->first().isResourceInactive);
        QCOMPARE(t.clinic->answerNow(services::ReadBookings{{late.id}})->size(), 1);
    }

    // Hours that are taken away are worked no more, and undoing it brings them back.
    void hoursAreTakenAwayAndBroughtBack()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto monday = works(t, 1, 8 * 60, 18 * 60);
        works(t, 2, 9 * 60, 18 * 60);
        const auto stretches = [&] {
            const QDate day(2026, 3, 2); // Monday
            const auto schedules =
                t.clinic->answerNow(services::WorkingHours{t.clock.todayAt(0), t.clock.todayAt(0) + 1});
            for (const auto &schedule : *schedules) {
                if (schedule.resource.id == t.doctor.id)
                    return domain::openStretches(schedule.week, day, day, QTimeZone::utc());
            }
            return domain::Stretches();
        };
        const auto firstFree = [&] {
            const auto free =
                t.clinic->answerNow(services::FreeSlots{t.doctor.id, ann.id, t.clock.nowMs(), 15, 1});
            return free->isEmpty() ? 0 : free->first().slot.startMs();
        };
        const domain::Stretches worked{qMakePair(t.clock.todayAt(8), t.clock.todayAt(18))};
        const qint64 tomorrow = t.clock.todayAt(9) + 86'400'000;
        QCOMPARE(stretches(), worked);
        QCOMPARE(firstFree(), t.clock.nowMs());
        const auto away = [&](const domain::Availability &hours) {
            auto after = hours;
            after.weekday = domain::noWeekday;
            return t.clinic->performNow(
                services::SaveSetupRow{storage::toRecord(hours), storage::toRecord(after)});
        };
        const auto taken = away(monday);
        QVERIFY(taken);
        QCOMPARE(stretches(), domain::Stretches());
        QCOMPARE(firstFree(), tomorrow);
        QCOMPARE(codeOf(book(t, at(t, ann.id, 10))), ErrorCode::Unavailable);
        auto restored = *taken;
        restored.values = storage::toRecord(monday).values;
        QVERIFY(t.clinic->performNow(services::SaveSetupRow{*taken, restored}));
        QCOMPARE(stretches(), worked);
        QCOMPARE(firstFree(), t.clock.nowMs());
        QVERIFY(book(t, at(t, ann.id, 10)));
    }

    void whoDiedIsNotExpected()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto ann = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        const auto booked = *book(t, at(t, ann.id, 15));
        domain::WaitingListEntry entry;
        entry.patientId = ann.id;
        const auto waiting = *t.clinic->performNow(services::SaveWaitingEntry{entry});
        services::SetPatientActive dies{ann.id, false, QStringLiteral("died 2099-01-01")};
        QCOMPARE(t.clinic->performNow(dies).error().code, ErrorCode::DateInFuture);
        dies.reason = QStringLiteral("died 1950-01-01"); // before she was born
        QCOMPARE(t.clinic->performNow(dies).error().code, ErrorCode::EndsBeforeStart);
        dies.reason = QStringLiteral("died 2026-02-31");
        QCOMPARE(t.clinic->performNow(dies).error().code, ErrorCode::DateImpossible);
        // Only a date makes it a day of death; other words are a reason like any other.
        const auto moved = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ben"));
        for (const char *reason : {"Died in hospital", "died, as his son says"}) {
            const auto away = t.clinic->performNow(
                services::SetPatientActive{moved.id, false, QString::fromLatin1(reason)});
            QVERIFY2(away, reason);
            QCOMPARE(away->inactiveReason, QString::fromLatin1(reason));
        }
        dies.reason = QStringLiteral("Died 1/3/2026");
        const auto asked = t.clinic->performNow(dies);
        QVERIFY(!asked);
        QCOMPARE(services::touchedIn(asked.error()), (QList{booked.id, waiting.id}));
        QVERIFY(storage::find<domain::Patient>(t.database->writerConnection(), ann.id)->active);
        dies.shown = {booked.id, waiting.id};
        const auto dead = t.clinic->performNow(dies);
        QVERIFY(dead);
        QCOMPARE(dead->inactiveReason, QStringLiteral("died 2026-03-01"));
        QCOMPARE(codeOf(step(t, booked.id, AppointmentState::CheckedIn)), ErrorCode::Inactive);
        QCOMPARE(t.clinic->performNow(services::SaveWaitingEntry{entry}).error().code, ErrorCode::Inactive);
        QVERIFY(t.clinic->answerNow(services::StrandedBookings{})->first().isPatientInactive);
        auto off = waiting;
        off.active = false;
        QVERIFY(t.clinic->performNow(services::SaveWaitingEntry{off}));
        QVERIFY(step(t, booked.id, AppointmentState::Cancelled));
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
