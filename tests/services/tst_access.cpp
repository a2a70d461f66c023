// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/totp.h"
#include "domain/access/permissions.h"
#include "services/admin/accounts.h"
#include "services/admin/activity.h"
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
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTemporaryDir>

using namespace clinic;
using namespace clinic::test;
using domain::IntentionId;

class TstAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // Who looked at a record, what a person did on a day, and only what was refused.
    void theTrailIsAsked()
    {
        TestClinic t;
        const auto first = t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        const auto second = t.patient(QStringLiteral("Ncube"), QStringLiteral("Bo"));
        const QDate monday = QDateTime::fromMSecsSinceEpoch(t.clock.nowMs(), Qt::UTC).date();
        t.signIn(QStringLiteral("nurse"));
        const Id nurse = t.clinic->session().user;
        QVERIFY(t.clinic->performNow(services::OpenPatient{first.id}).has_value());
        QVERIFY(t.clinic
                    ->performNow(
                        services::NoteOutput{domain::IntentionId::PrintPatientHistory, "patient", first.id})
                    .has_value());
        t.clock.set(t.clock.nowMs() + 24 * 3'600'000LL);
        QVERIFY(t.clinic->performNow(services::OpenPatient{second.id}).has_value());
        QCOMPARE(t.clinic->performNow(services::ResetPassword{nurse, QStringLiteral("another one"), true})
                     .error()
                     .code,
                 ErrorCode::Forbidden);
        // The nurse may not ask.
        QCOMPARE(t.clinic->answerNow(services::AuditActivity{monday, monday, {}}).error().code,
                 ErrorCode::Forbidden);
        t.signIn(QStringLiteral("administrator"));
        const auto asked = [&](const storage::AuditFilter &filter) {
            QStringList names;
            const auto entries = t.clinic->answerNow(services::AuditTrail{filter});
            for (const auto &entry : entries ? *entries : QList<storage::AuditEntry>()) {
                names << entry.intention;
                if (entry.version != QStringLiteral(CLINIC_VERSION) || entry.osUser.isEmpty())
                    names << QStringLiteral("without version or user");
            }
            return names;
        };
        QCOMPARE(asked({.subject = first.id, .actor = nurse}),
                 (QStringList{QStringLiteral("print-patient-history"), QStringLiteral("open-patient")}));
        QCOMPARE(asked({.actor = nurse, .refusedOnly = true}), QStringList{QStringLiteral("reset-password")});
        const qint64 midnight = monday.addDays(1).startOfDay(t.clinic->session().zone()).toMSecsSinceEpoch();
        QVERIFY(asked({.subject = second.id, .actor = nurse, .to = midnight}).isEmpty());
        QCOMPARE(asked({.subject = second.id, .actor = nurse, .from = midnight}).size(), 1);
        const auto activity = t.clinic->answerNow(services::AuditActivity{monday, monday.addDays(1), nurse});
        QVERIFY(activity.has_value());
        QCOMPARE(activity->size(), 2);
        const auto &later = activity->first();
        QCOMPARE(later.day, monday.addDays(1));
        QCOMPARE(later.actor, nurse);
        QCOMPARE(later.opened, 1);
        QCOMPARE(later.refused, 1);
        QCOMPARE(later.changed, 0);
        const auto &earlier = activity->last();
        QCOMPARE(earlier.opened, 1);
        QCOMPARE(earlier.out, 1);
        QCOMPARE(earlier.refused, 0);
        QVERIFY(earlier.signIns > 0);
        QVERIFY(t.clinic->answerNow(services::AuditActivity{monday.addDays(5), monday.addDays(6), {}})
                    ->isEmpty());
        // Nobody is found whose name is not theirs: everybody together has at least as many rows.
        QVERIFY(t.clinic->answerNow(services::AuditActivity{monday, monday.addDays(1), {}})->size() > 2);
    }

    // A role may need a second factor; whoever has none in it can do nothing but set one up, then everything.
    void aRoleMayNeedASecondFactor()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto require = [&t](const char *code, bool needed) -> Result<domain::Role> {
            auto roles = t.clinic->answerNow(services::Roles{});
            for (auto &view : *roles) {
                if (view.role.code == QLatin1StringView(code)) {
                    view.role.needsSecondFactor = needed;
                    return t.clinic->performNow(services::SaveRole{view.role, view.own});
                }
            }
            return fail(ErrorCode::NotFound);
        };
        QVERIFY(require("nurse", true).has_value());
        const QString password = QStringLiteral("correct horse");
        const auto signIn = [&](const QString &user, const QString &code = {}) {
            services::SignIn intent{user, password};
            intent.code = code;
            const auto answer = t.clinic->performNow(intent);
            if (answer && answer->session.isSignedIn())
                t.clinic->setSession(answer->session);
            return answer->session.grants.permissions();
        };
        const QSet<QString> only{QStringLiteral("account.own")};
        QVERIFY(signIn(QStringLiteral("clerk")).size() > 5);
        QCOMPARE(signIn(QStringLiteral("nurse")), only);
        QCOMPARE(t.clinic->answerNow(services::PatientSearch{QStringLiteral("a")}).error().code,
                 ErrorCode::Forbidden);
        QCOMPARE(t.clinic->answerNow(services::CurrentStanding{})->permissions, only);
        QVERIFY(t.clinic->answerNow(services::OwnSecondFactor{})->isRequired);
        const QByteArray secret = crypto::randomBytes(20);
        const auto code = [&](int ahead = 0) {
            return totp::code(secret, t.clock.nowMs() / totp::stepMs + ahead);
        };
        QVERIFY(t.clinic->performNow(services::SetSecondFactor{password, secret, code()}).has_value());
        // At once, in the window that is open, and at the next sign-in.
        QVERIFY(t.clinic->answerNow(services::CurrentStanding{})
                    ->permissions.contains(QStringLiteral("patients.view")));
        t.signOut();
        t.clock.set(t.clock.nowMs() + totp::stepMs);
        QVERIFY(signIn(QStringLiteral("nurse"), code()).contains(QStringLiteral("patients.view")));
        // The administrator's own role may need one too; nothing else about it changes.
        t.signIn(QStringLiteral("administrator"));
        QCOMPARE(require("administrator", false).error().code, ErrorCode::Frozen);
        const auto saved = require("administrator", true);
        QVERIFY(saved && saved->needsSecondFactor);
        QCOMPARE(t.clinic->answerNow(services::CurrentStanding{})->permissions, only);
    }

    void delayGrowsAndSurvivesARestart()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        const auto tryOnce = [](TestClinic &t, const QString &password) {
            return t.clinic->performNow(services::SignIn{QStringLiteral("clerk"), password})->refusal;
        };
        qint64 now = 0;
        {
            TestClinic t({path});
            for (int i = 0; i < 3; ++i)
                QCOMPARE(tryOnce(t, QStringLiteral("wrong")).code, ErrorCode::WrongPassword);
            QCOMPARE(tryOnce(t, QStringLiteral("wrong")).code, ErrorCode::WrongPassword);
            QCOMPARE(tryOnce(t, QStringLiteral("correct horse")).code,
                     ErrorCode::WaitBeforeLogin); // even the right one
            now = t.clock.nowMs();
        }
        TestClinic t({path});
        t.clock.set(now);
        const auto wait = tryOnce(t, QStringLiteral("correct horse"));
        QCOMPARE(wait.code, ErrorCode::WaitBeforeLogin);
        QCOMPARE(wait.args.first(), QStringLiteral("5"));
        t.clock.set(now + 6000);
        QCOMPARE(tryOnce(t, QStringLiteral("wrong")).code, ErrorCode::WrongPassword);
        t.clock.set(now + 6000 + 9000);
        QCOMPARE(tryOnce(t, QStringLiteral("correct horse")).code,
                 ErrorCode::WaitBeforeLogin); // twice as long now
        t.clock.set(now + 6000 + 11000);
        QVERIFY(
            t.clinic->performNow(services::SignIn{QStringLiteral("CLERK"), QStringLiteral("correct horse")})
                ->session.isSignedIn());
        QVERIFY(t.number("SELECT count(*) FROM audit_event WHERE intention='sign-in' AND outcome='failed'") >=
                6);
    }

    // Starting the machine again with its clock set forward gains nothing: there the delay is counted from
    // that start.
    void aRestartWithAnotherClockEndsNoDelay()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("clinic.db"));
        qint64 now = 0;
        {
            TestClinic t({path});
            for (int i = 0; i < 8; ++i) {
                const auto refused =
                    t.clinic->performNow(services::SignIn{QStringLiteral("clerk"), QStringLiteral("wrong")});
                QCOMPARE(refused->refusal.code, ErrorCode::WrongPassword);
                if (i < 7)
                    t.clock.set(t.clock.nowMs() + 60'000);
            }
            now = t.clock.nowMs();
        }
        TestClinic t({path});
        const auto signIn = [&t] {
            return t.clinic->performNow(
                services::SignIn{QStringLiteral("clerk"), QStringLiteral("correct horse")});
        };
        const auto startedSince = [&](qint64 ms) {
            t.clock.set(ms);
            t.clock.setWallClockAhead(now + 10 * 86'400'000LL);
        };
        startedSince(1'000);
        QCOMPARE(signIn()->refusal.code, ErrorCode::WaitBeforeLogin);
        QCOMPARE(signIn()->refusal.args.first(), QStringLiteral("79"));
        startedSince(79'000);
        QCOMPARE(signIn()->refusal.code, ErrorCode::WaitBeforeLogin);
        startedSince(80'001);
        QVERIFY(signIn()->session.isSignedIn());
    }

    void theSecondFactor()
    {
        using namespace services;
        TestClinic t;
        const QString password = QStringLiteral("correct horse");
        const QByteArray secret(20, 'z');
        const auto code = [&](int later = 0) {
            return totp::code(secret, t.clock.nowMs() / totp::stepMs + later);
        };
        const auto attempt = [&](const QString &typed, bool unlocking = false) {
            SignIn intent{QStringLiteral("clerk"), password};
            intent.code = typed;
            intent.unlocking = unlocking;
            return *t.clinic->performNow(intent);
        };
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->performNow(SetSecondFactor{QStringLiteral("wrong"), secret, code()}).error().code,
                 ErrorCode::WrongPassword);
        QCOMPARE(
            t.clinic->performNow(SetSecondFactor{password, secret, QStringLiteral("000000")}).error().code,
            ErrorCode::WrongSecondFactor);
        QCOMPARE(t.clinic->performNow(SetSecondFactor{password, {}, code()}).error().code,
                 ErrorCode::Invalid);
        QVERIFY(!t.clinic->answerNow(OwnSecondFactor{})->isOn);
        const auto codes = t.clinic->performNow(SetSecondFactor{password, secret, code()});
        QCOMPARE(codes->size(), 10);
        QCOMPARE(QSet<QString>(codes->begin(), codes->end()).size(), 10);
        QCOMPARE(t.clinic->answerNow(OwnSecondFactor{})->codesLeft, 10);

        // The password alone is not enough, and is not said to be wrong; a code is good once.
        QCOMPARE(attempt({}).refusal.code, ErrorCode::NeedsSecondFactor);
        QVERIFY(attempt({}, true).session.isSignedIn()); // his own locked screen
        t.signOut();
        QCOMPARE(attempt({}, true).refusal.code, ErrorCode::NeedsSecondFactor); // nobody's
        const auto old = attempt(code(-120)).refusal; // of a telephone an hour behind this PC
        QCOMPARE(old.code, ErrorCode::WrongSecondFactor);
        QCOMPARE(old.field, QStringLiteral("clock"));
        QCOMPARE(old.args, QStringList{QStringLiteral("60")});
        // Nobody learns when a code that he guessed will be right.
        QCOMPARE(attempt(code(120)).refusal.field, QString());
        QVERIFY(attempt(code()).session.isSignedIn());
        QCOMPARE(attempt(code()).refusal.code, ErrorCode::WrongSecondFactor);
        t.clock.set(t.clock.nowMs() + totp::stepMs);
        QVERIFY(attempt(code()).session.isSignedIn());
        // Paper: once each, however it is typed.
        QVERIFY(attempt(codes->first().toLower().remove(u'-')).session.isSignedIn());
        QCOMPARE(attempt(codes->first()).refusal.code, ErrorCode::WrongSecondFactor);
        t.signIn(QStringLiteral("administrator"));
        // Guessing costs what guessing passwords does.
        for (int i = 0; i < 2; ++i)
            QCOMPARE(attempt(QStringLiteral("12345")).refusal.code, ErrorCode::WrongSecondFactor);
        QCOMPARE(attempt(QStringLiteral("12345")).refusal.code, ErrorCode::WrongSecondFactor);
        QCOMPARE(attempt(codes->last()).refusal.code, ErrorCode::WaitBeforeLogin);
        t.clock.set(t.clock.nowMs() + 60'000);
        QVERIFY(attempt(codes->last()).session.isSignedIn());

        // Nobody sees it: not in lists, not in the audit.
        const auto users = *t.clinic->answerNow(Users{});
        const auto clerk = std::find_if(users.begin(), users.end(),
                                        [](const auto &u) { return u.user.userName == u"clerk"; });
        QVERIFY(clerk->hasSecondFactor && clerk->user.secondFactor.isEmpty() &&
                clerk->user.recoveryCodes.isEmpty());
        QCOMPARE(t.number("SELECT count(*) FROM audit_event WHERE detail LIKE '%" +
                          totp::toText(secret).toLatin1() + "%'"),
                 0);
        QVERIFY(
            t.number("SELECT count(*) FROM audit_event WHERE intention='set-second-factor' AND detail LIKE "
                     "'%***%'") > 0);
        // Changing the user leaves it; only what is meant for it takes it away.
        QVERIFY(t.clinic->performNow(SaveUser{clerk->user, clerk->roles}).has_value());
        QCOMPARE(attempt({}).refusal.code, ErrorCode::NeedsSecondFactor);
        QVERIFY(t.clinic->performNow(ResetSecondFactor{clerk->user.id}).has_value());
        QVERIFY(attempt({}).session.isSignedIn());
    }

    void accountsKeepTheirRules()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto users = *t.clinic->answerNow(services::Users{});
        const auto named = [&](const QString &name) {
            return *std::ranges::find_if(users, [&](const auto &u) { return u.user.userName == name; });
        };
        QVERIFY(named(QStringLiteral("clerk")).user.verifier.isEmpty());
        services::SaveUser twin;
        twin.user.userName = QStringLiteral("Clerk");
        twin.roles = named(QStringLiteral("clerk")).roles;
        twin.password = QStringLiteral("long enough here");
        twin.quickHash = true;
        QCOMPARE(t.clinic->performNow(twin).error().code, ErrorCode::Duplicate);
        twin.user.userName = QStringLiteral("other");
        twin.password = QStringLiteral("Password1");
        QCOMPARE(t.clinic->performNow(twin).error().code, ErrorCode::WeakPassword);
        // Changing somebody as the list shows them leaves their password as it was.
        services::SaveUser renamed;
        renamed.user = named(QStringLiteral("clerk")).user;
        renamed.user.displayName = QStringLiteral("Reception");
        renamed.roles = named(QStringLiteral("clerk")).roles;
        QVERIFY(t.clinic->performNow(renamed).has_value());
        QVERIFY(
            t.clinic->performNow(services::SignIn{QStringLiteral("clerk"), QStringLiteral("correct horse")})
                ->session.isSignedIn());
        // The last administrator cannot be taken away.
        services::SaveUser self;
        self.user = named(QStringLiteral("administrator")).user;
        self.roles = named(QStringLiteral("clerk")).roles;
        QCOMPARE(t.clinic->performNow(self).error().field, QStringLiteral("last_administrator"));
    }

    void aRoleTakenAwayTakesEffect()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto roles = *t.clinic->answerNow(services::Roles{});
        const auto clerk =
            *std::ranges::find_if(roles, [](const auto &r) { return r.role.code == u"clerk"; });
        auto permissions = clerk.own;
        permissions.remove(QStringLiteral("billing.pay"));
        permissions.insert(QStringLiteral("appointments.overbook"));
        QVERIFY(t.clinic->performNow(services::SaveRole{clerk.role, permissions}));
        t.signIn(QStringLiteral("clerk"));
        QVERIFY(!t.clinic->session().may(u"billing.pay"));
        QVERIFY(t.clinic->session().may(u"appointments.overbook"));
        QCOMPARE(t.clinic->answerNow(services::CurrentStanding{})->permissions, permissions);
    }

    void renamingChangesOneRow()
    {
        TestClinic t;
        t.signIn(QStringLiteral("administrator"));
        const auto rows = *t.clinic->answerNow(services::SetupRows{&domain::Service::entity()});
        const qint64 before = t.count("service");
        auto after = rows.first();
        after.values[domain::Service::entity().indexOf("name")] = Value{QStringLiteral("Long consultation")};
        QVERIFY(t.clinic->performNow(services::SaveSetupRow{rows.first(), after}));
        QCOMPARE(t.count("service"), before);
        auto q = t.database->writerConnection().query("SELECT changes FROM outbox ORDER BY n DESC LIMIT 1");
        QVERIFY(q.next());
        QCOMPARE(q.integer(0), 1);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstAccess, QCoreApplication>(argc, argv);
}

#include "tst_access.moc"
