// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filekey.h"
#include "core/totp.h"
#include "core/trydelay.h"
#include "domain/setup/settings.h"
#include "services/admin/accounts.h"
#include "services/admin/filerights.h"
#include "services/admin/proof.h"
#include "services/admin/secondfactor.h"
#include "services/admin/standing.h"
#include "services/appointments/appointments.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "storage/replica/enrolment.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

using namespace clinic;
using namespace clinic::test;
using namespace clinic::services;
using domain::IntentionId;

// Whether somebody who has signed in is still the one who did, still may, and for how long.
class TstStanding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    // Where only rows are read (a backup) somebody who guesses waits, whatever he guesses at: a name that is
    // not there is answered as a wrong password is, and so often.
    void guessesAtAFileAreCounted_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("password");
        QTest::newRow("password") << QStringLiteral("administrator") << QStringLiteral("wrong");
        QTest::newRow("name") << QStringLiteral("nobody") << QStringLiteral("correct horse");
    }
    void guessesAtAFileAreCounted()
    {
        QFETCH(QString, login);
        QFETCH(QString, password);
        const QTemporaryDir folder;
        TestClinic t({.path = folder.filePath(QStringLiteral("clinic.db"))});
        const auto refusal = [&](const QString &who, const QString &typed) {
            const auto session = sessionInFile(*t.database, {who, typed}, t.clock);
            return session ? std::optional<ErrorCode>() : session.error().code;
        };
        const QString administrator = QStringLiteral("administrator");
        const QString right = QStringLiteral("correct horse");
        QVERIFY(!refusal(administrator, right));
        for (int i = 0; i <= TryDelay::freeAttempts; ++i)
            QVERIFY(refusal(login, password) == ErrorCode::WrongPassword);
        QVERIFY(refusal(login, password) == ErrorCode::WaitBeforeLogin);
        QVERIFY(refusal(administrator, right) == ErrorCode::WaitBeforeLogin);
        t.clock.advanceMinutes(20);
        QVERIFY(!refusal(administrator, right));
        // Rows of a copy: counted where the file lies that was asked for.
        const QString asked = folder.filePath(QStringLiteral("asked.db"));
        QVERIFY(!sessionInFile(*t.database, {login, password, {}, asked}, t.clock));
        QVERIFY(QFile::exists(keyFileOf(asked) + QStringLiteral(".tries")));
    }

    // The code of the second factor is six digits: it is not guessed with the password at hand.
    void guessedCodesAreCounted()
    {
        const QTemporaryDir folder;
        TestClinic t({.path = folder.filePath(QStringLiteral("clinic.db"))});
        t.signIn(QStringLiteral("administrator"));
        const QByteArray secret = QByteArrayLiteral("12345678901234567890");
        const auto code = [&] { return totp::code(secret, t.clock.nowMs() / totp::stepMs); };
        const QString password = QStringLiteral("correct horse");
        QVERIFY(t.clinic->performNow(SetSecondFactor{password, secret, code()}));
        const auto refusal = [&](const QString &typed) {
            const auto session =
                sessionInFile(*t.database, {QStringLiteral("administrator"), password, typed}, t.clock);
            return session ? std::optional<ErrorCode>() : session.error().code;
        };
        for (int i = 0; i <= TryDelay::freeAttempts; ++i)
            QVERIFY(refusal(QStringLiteral("nonsense")) == ErrorCode::WrongSecondFactor);
        QVERIFY(refusal(QStringLiteral("nonsense")) == ErrorCode::WaitBeforeLogin);
        t.clock.advanceMinutes(20);
        QVERIFY(!refusal(code()));
    }

    // Whoever comes to an open window gives no refunds and makes nobody an administrator.
    void someThingsNeedProof()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto roles = *t.clinic->answerNow(Roles{});
        const auto find = [&](QStringView code) {
            return *std::ranges::find_if(roles, [&](const RoleView &v) { return v.role.code == code; });
        };
        const SaveRole change{find(u"clerk").role, find(u"clerk").own};
        QVERIFY(t.clinic->performNow(change)); // just signed in
        t.clock.advanceMinutes(6);
        QCOMPARE(t.clinic->performNow(change).error().code, ErrorCode::NeedsProof);
        QVERIFY(t.clinic->answerNow(OwnProof{})->password);
        // Nothing else is in the way of work.
        QVERIFY(!t.patient(QStringLiteral("Late"), QStringLiteral("Visitor")).id.isNull());
        const auto prove = [&](const QString &secret, const char *approver = "", const QString &code = {}) {
            ProveIdentity intent{IntentionId::SaveRole, secret};
            if (*approver)
                intent.approver = {QString::fromLatin1(approver), secret, code};
            return *t.clinic->performNow(intent);
        };
        QCOMPARE(prove(QStringLiteral("wrong")).refusal.code, ErrorCode::WrongPassword);
        QCOMPARE(t.clinic->performNow(change).error().code, ErrorCode::NeedsProof);
        QVERIFY(prove(QStringLiteral("correct horse")).isProven);
        t.clinic->noteProven(services::proofLastsMs);
        QVERIFY(t.clinic->performNow(change));
        t.clock.advanceMinutes(6);

        // Somebody else: not oneself, not whoever may not do it himself.
        QCOMPARE(prove(QStringLiteral("correct horse"), "administrator").refusal.code, ErrorCode::Invalid);
        QCOMPARE(prove(QStringLiteral("correct horse"), "clerk").refusal.code, ErrorCode::Forbidden);
        SaveUser second;
        second.user.userName = QStringLiteral("second");
        second.password = QStringLiteral("three green apples");
        second.quickHash = true;
        second.roles = {find(u"administrator").role.id};
        t.clinic->noteProven(services::proofLastsMs);
        QVERIFY(t.clinic->performNow(second));
        QVERIFY(prove(QStringLiteral("three green apples"), "second").isProven);

        // Where the hospital says so, a password is not enough.
        QVERIFY(t.clinic->performNow(SaveSetting{domain::SettingScope::Hospital,
                                                 QString::fromLatin1(domain::setting::passwordProves),
                                                 QStringLiteral("false")}));
        QVERIFY(!t.clinic->answerNow(OwnProof{})->password);
        QCOMPARE(prove(QStringLiteral("correct horse")).refusal.code, ErrorCode::NeedsProof);
        // Guessing takes time as it does at signing in, and is in the audit.
        for (int i = 0; i < 5; ++i)
            static_cast<void>(prove(QStringLiteral("wrong"), "second"));
        QCOMPARE(prove(QStringLiteral("three green apples"), "second").refusal.code,
                 ErrorCode::WaitBeforeLogin);
        QVERIFY(t.number("SELECT count(*) FROM audit_event WHERE intention='prove-identity' AND "
                         "outcome='failed'") >= 6);
        // A code of the app is enough, once.
        t.clock.advanceMinutes(60);
        const QByteArray secret(20, 'k');
        QVERIFY(t.clinic->performNow(SetSecondFactor{QStringLiteral("correct horse"), secret,
                                                     totp::code(secret, t.clock.nowMs() / totp::stepMs)}));
        t.clock.advanceMinutes(1);
        const QString code = totp::code(secret, t.clock.nowMs() / totp::stepMs);
        QVERIFY(t.clinic->answerNow(OwnProof{})->code);
        QVERIFY(prove(code).isProven);
        QCOMPARE(prove(code).refusal.code, ErrorCode::WrongSecondFactor);

        // Somebody else's password is not enough either where a password is not, and never where he has a
        // code.
        t.clock.advanceMinutes(60);
        QCOMPARE(prove(QStringLiteral("three green apples"), "second").refusal.code, ErrorCode::NeedsProof);
        t.signIn(QStringLiteral("second"), QStringLiteral("three green apples"));
        const auto next = [&] { return totp::code(secret, t.clock.nowMs() / totp::stepMs); };
        QCOMPARE(prove(QStringLiteral("correct horse"), "administrator").refusal.code,
                 ErrorCode::NeedsSecondFactor);
        QCOMPARE(
            prove(QStringLiteral("correct horse"), "administrator", QStringLiteral("000000")).refusal.code,
            ErrorCode::WrongSecondFactor);
        t.clock.advanceMinutes(60);
        QVERIFY(prove(QStringLiteral("correct horse"), "administrator", next()).isProven);
        QCOMPARE(prove(QStringLiteral("correct horse"), "administrator", next()).refusal.code,
                 ErrorCode::WrongSecondFactor); // once
    }

    // In a demo nobody has a password to show.
    void demosAskForNothing()
    {
        TestClinic t({.demo = true});
        t.signIn(QStringLiteral("administrator"));
        const auto roles = *t.clinic->answerNow(Roles{});
        const auto clerk =
            *std::ranges::find_if(roles, [](const RoleView &v) { return v.role.code == u"clerk"; });
        t.clock.advanceMinutes(60);
        QVERIFY(t.clinic->performNow(SaveRole{clerk.role, clerk.own}));
    }

    // A role for a fortnight, and a doctor who is blocked from Monday on: neither signs in nor is booked.
    void rolesAndBlocksHaveDays()
    {
        TestClinic t; // Monday 2 March 2026
        t.signIn(QStringLiteral("administrator"));
        const auto view = [&](QStringView name) {
            const auto users = *t.clinic->answerNow(Users{});
            return *std::ranges::find_if(users, [&](const UserView &v) { return v.user.userName == name; });
        };
        const auto save = [&](const UserView &v) {
            t.clinic->noteProven(services::proofLastsMs);
            return t.clinic->performNow(SaveUser{v.user, v.roles, v.spans});
        };
        const auto signIn = [&](const char *name) {
            return *t.clinic->performNow(SignIn{QString::fromLatin1(name), QStringLiteral("correct horse")});
        };
        UserView clerk = view(u"clerk");
        clerk.spans.insert(clerk.roles.first(), {QStringLiteral("2026-03-04"), QStringLiteral("18/3/2026")});
        QVERIFY(save(clerk));
        QCOMPARE(view(u"clerk").spans.value(clerk.roles.first()).until, QStringLiteral("2026-03-18"));
        QCOMPARE(signIn("clerk").refusal.code, ErrorCode::Inactive);
        t.clock.advanceMinutes(2 * 24 * 60);
        const auto session = signIn("clerk").session;
        QVERIFY(session.isSignedIn());
        const auto admin = t.clinic->session();
        t.clinic->setSession(session);
        QVERIFY(!t.clinic->answerNow(CurrentStanding{})->permissions.isEmpty());
        t.clock.advanceMinutes(15 * 24 * 60); // the day after the last one
        QVERIFY(t.clinic->answerNow(CurrentStanding{})->permissions.isEmpty());
        QCOMPARE(signIn("clerk").refusal.code, ErrorCode::Inactive);
        t.clinic->setSession(admin);
        clerk.spans[clerk.roles.first()] = {QStringLiteral("2026-03-20"), QStringLiteral("2026-03-18")};
        QCOMPARE(save(clerk).error().code, ErrorCode::EndsBeforeStart);
        clerk.spans[clerk.roles.first()] = {QStringLiteral("31.2.2026"), {}};
        QCOMPARE(save(clerk).error().code, ErrorCode::BadDate);

        // It is Thursday 19 March. Blocked from Monday 23 to Tuesday 24.
        UserView doctor = view(u"doctor");
        doctor.user.blockedFrom = QStringLiteral("2026-03-23");
        doctor.user.blockedUntil = QStringLiteral("2026-03-24");
        QCOMPARE(save(doctor).error().code, ErrorCode::NeedsReason);
        doctor.user.inactiveReason = QStringLiteral("Licence under review");
        QVERIFY(save(doctor));
        const domain::Patient patient = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        const auto book = [&](int day) {
            domain::Appointment a;
            a.patientId = patient.id;
            a.practitionerId = t.doctor.id;
            a.serviceId = t.consultation.id;
            a.startAt = QDateTime(QDate(2026, 3, day), QTime(10, 0), Qt::UTC).toMSecsSinceEpoch();
            return t.clinic->performNow(BookAppointment{a});
        };
        QVERIFY(book(20));
        QCOMPARE(book(23).error().code, ErrorCode::Unavailable);
        QCOMPARE(book(24).error().code, ErrorCode::Unavailable);
        QVERIFY(book(25));
        QVERIFY(signIn("doctor").session.isSignedIn());
        t.clinic->setSession(signIn("doctor").session);
        QVERIFY(t.clinic->answerNow(CurrentStanding{})->mayGoOn);
        t.clock.advanceMinutes(4 * 24 * 60);
        QVERIFY(!t.clinic->answerNow(CurrentStanding{})->mayGoOn); // an open window ends
        const auto refusal = signIn("doctor").refusal;
        QCOMPARE(refusal.code, ErrorCode::Inactive);
        QCOMPARE(refusal.args.value(0), QStringLiteral("Licence under review"));
        t.clock.advanceMinutes(2 * 24 * 60);
        QVERIFY(signIn("doctor").session.isSignedIn());
        // The last administrator is never blocked, nor one for a time.
        t.clinic->setSession(admin);
        UserView self = view(u"administrator");
        self.user.blockedFrom = QStringLiteral("2027-01-01");
        self.user.inactiveReason = QStringLiteral("x");
        QCOMPARE(save(self).error().code, ErrorCode::Invalid);
        self = view(u"administrator");
        self.spans.insert(self.roles.first(), {{}, QStringLiteral("2027-01-01")});
        QCOMPARE(save(self).error().code, ErrorCode::Invalid);
    }

    // Days of roles are the branch's, whose midnight is not that of UTC.
    void daysBeginAtTheBranchsMidnight()
    {
        TestClinic t({.timeZone = QStringLiteral("Africa/Johannesburg")}); // two hours ahead
        t.signIn(QStringLiteral("administrator"));
        const auto users = *t.clinic->answerNow(Users{});
        UserView clerk =
            *std::ranges::find_if(users, [](const UserView &v) { return v.user.userName == u"clerk"; });
        clerk.spans.insert(clerk.roles.first(), {QStringLiteral("2026-03-04"), QStringLiteral("2026-03-05")});
        t.clinic->noteProven(services::proofLastsMs);
        QVERIFY(t.clinic->performNow(SaveUser{clerk.user, clerk.roles, clerk.spans}));
        const auto maySignIn = [&](const char *iso) {
            t.clock.set(QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch());
            return t.clinic->performNow(SignIn{QStringLiteral("clerk"), QStringLiteral("correct horse")})
                ->session.isSignedIn();
        };
        QVERIFY(!maySignIn("2026-03-03T21:59:59Z"));
        QVERIFY(maySignIn("2026-03-03T22:00:00Z"));
        QVERIFY(maySignIn("2026-03-05T21:59:59Z"));
        QVERIFY(!maySignIn("2026-03-05T22:00:00Z"));
    }

    // A row of an owner that may not have this setting (another program wrote it) changes nothing here.
    void aSettingOfTheWrongOwnerIsPassedOver()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const QString approval = QString::fromLatin1(domain::setting::refundApproval);
        const QString theme = QString::fromLatin1(domain::setting::theme);
        const auto value = [&](const QString &key) {
            return t.clinic->answerNow(ReadSettings{})->value(key);
        };
        const QString usual = value(approval);
        QVERIFY(usual != u"false");
        QVERIFY(t.clinic->performNow(SaveSetting{domain::SettingScope::User, theme, QStringLiteral("dark")}));
        QCOMPARE(value(theme), QStringLiteral("dark"));
        auto &c = t.database->writerConnection();
        QVERIFY(c.exec("UPDATE setting SET \"key\"=?, value='false' WHERE scope='user'", approval));
        QCOMPARE(t.number("SELECT count(*) FROM setting WHERE value='false' AND scope='user'"), 1);
        QCOMPARE(value(approval), usual);
        // The hospital's own row counts.
        QVERIFY(c.exec("UPDATE setting SET scope='hospital', owner_id=NULL WHERE scope='user'"));
        QCOMPARE(value(approval), QStringLiteral("false"));
    }

    // Another password, or "everywhere else", ends the other sessions and never this one.
    void otherSessionsEnd()
    {
        TestClinic t;
        const auto signIn = [&](const char *name, const char *password = "correct horse") {
            return t.clinic->performNow(SignIn{QString::fromLatin1(name), QString::fromLatin1(password)})
                ->session;
        };
        const auto goesOn = [&](const Session &session) {
            t.clinic->setSession(session);
            return t.clinic->answerNow(CurrentStanding{})->mayGoOn;
        };
        const Session here = signIn("clerk");
        const Session there = signIn("clerk");
        QVERIFY(goesOn(here) && goesOn(there));
        t.clinic->setSession(here);
        QVERIFY(t.clinic->performNow(EndOtherSessions{}));
        QVERIFY(goesOn(here) && !goesOn(there));
        const Session again = signIn("clerk");
        QVERIFY(goesOn(here) && goesOn(again));
        t.clinic->setSession(again);
        QVERIFY(t.clinic->performNow(
            ChangeOwnPassword{QStringLiteral("correct horse"), QStringLiteral("three green apples")}));
        QVERIFY(!goesOn(here) && goesOn(again));
        // An administrator's new password for somebody ends all of them.
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(t.clinic->performNow(ResetPassword{here.user, QStringLiteral("five blue pears"), true}));
        QVERIFY(!goesOn(again));
        QVERIFY(goesOn(signIn("clerk", "five blue pears")));
    }

    // A window that was open all day is unlocked with all that signing in asks for.
    void sessionsGrowOld()
    {
        TestClinic t;
        const QByteArray secret(20, 'k');
        const auto code = [&] { return totp::code(secret, t.clock.nowMs() / totp::stepMs); };
        t.signIn(QStringLiteral("clerk"));
        QVERIFY(t.clinic->performNow(SetSecondFactor{QStringLiteral("correct horse"), secret, code()}));
        t.clock.advanceMinutes(1);
        SignIn intent{QStringLiteral("clerk"), QStringLiteral("correct horse")};
        intent.code = code();
        t.clinic->setSession(t.clinic->performNow(intent)->session);
        intent.code.clear();
        intent.unlocking = true;
        t.clock.advanceMinutes(11 * 60);
        const auto back = t.clinic->performNow(intent)->session;
        QVERIFY(back.isSignedIn());
        t.clinic->setSession(back); // and it is as old as before
        t.clock.advanceMinutes(2 * 60);
        QCOMPARE(t.clinic->performNow(intent)->refusal.code, ErrorCode::NeedsSecondFactor);
        intent.code = code();
        QVERIFY(t.clinic->performNow(intent)->session.isSignedIn());
    }

    // Delays outlast a restart, and a clock that is set back makes them no longer than they are.
    void delaysAndClocks()
    {
        TestClinic t;
        const auto attempt = [&](const char *password) {
            return t.clinic->performNow(SignIn{QStringLiteral("clerk"), QString::fromLatin1(password)})
                ->refusal;
        };
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(attempt("wrong").code, ErrorCode::WrongPassword);
            t.clock.advanceMinutes(1);
        }
        QCOMPARE(attempt("wrong").code, ErrorCode::WrongPassword);
        const auto wait = attempt("correct horse");
        QCOMPARE(wait.code, ErrorCode::WaitBeforeLogin);
        const int seconds = wait.args.value(0).toInt();
        QVERIFY(seconds >= 40 && seconds <= 90);
        for (const qint64 days : {-365, 365, 1}) { // the clock on the wall, to any time
            t.clock.setWallClockAhead(days * 24 * 60 * 60'000);
            const auto again = attempt("correct horse");
            QCOMPARE(again.code, ErrorCode::WaitBeforeLogin);
            QVERIFY(again.args.value(0).toInt() <= seconds && again.args.value(0).toInt() >= seconds - 1);
        }
        t.clock.setWallClockAhead(0);
        // The machine was started anew, and its clock without battery stands years ago.
        t.clock.advanceMinutes(-365 * 24 * 60);
        QVERIFY(attempt("correct horse").args.value(0).toInt() <= seconds);
        t.clock.advanceMinutes(2);
        QCOMPARE(attempt("correct horse").code, Error().code); // signed in: nothing was refused
    }

    // What another role sees, and nothing of it can be changed.
    void viewingChangesNothing()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        Session viewing = t.clinic->session();
        viewing.viewingAs = QStringLiteral("Clerk");
        t.clinic->setSession(viewing);
        RegisterPatient intent;
        intent.patient.familyName = QStringLiteral("Nobody");
        intent.patient.sex = domain::Sex::Female;
        QCOMPARE(t.clinic->performNow(intent).error().code, ErrorCode::OnlyViewing);
        QVERIFY(t.clinic->performNow(NoteSession{IntentionId::LockScreen, "manual"}));
        QVERIFY(t.clinic->answerNow(Users{}));
    }

    // A PC that has not reached its server for weeks lets administrators in and nobody else, whatever its
    // clock says.
    void aLongTimeWithoutTheServer()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(t.clinic->performNow(SaveSetting{domain::SettingScope::Hospital,
                                                 QString::fromLatin1(domain::setting::offlineDays),
                                                 QStringLiteral("14")}));
        const auto refused = [&](const char *name) {
            return t.clinic->performNow(SignIn{QString::fromLatin1(name), QStringLiteral("correct horse")})
                       ->refusal.code == ErrorCode::OfflineTooLong;
        };
        QVERIFY(t.database->transactLocal([](storage::Connection &c) {
            return c.exec("INSERT INTO local_state VALUES ('enrolled','1')");
        }));
        QVERIFY(t.database->reload());
        QVERIFY(!refused("clerk")); // nobody knows since when
        storage::noteContact(*t.database, t.clock.nowMs());
        t.clock.advanceMinutes(13 * 24 * 60);
        QVERIFY(!refused("clerk"));
        t.clock.advanceMinutes(3 * 24 * 60);
        QVERIFY(refused("clerk") && !refused("administrator"));
        t.clock.advanceMinutes(-10 * 24 * 60); // somebody helps himself
        QVERIFY(refused("clerk"));
        storage::noteContact(*t.database, t.clock.nowMs() + 16LL * 24 * 60 * 60'000);
        QVERIFY(!refused("clerk"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstStanding, QCoreApplication>(argc, argv);
}

#include "tst_standing.moc"
