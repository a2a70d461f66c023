// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"
#include "domain/access/intentions.h"
#include "domain/access/permissions.h"
#include "domain/admin/entities.h"
#include "domain/admin/passwords.h"
#include "domain/appointments/lifecycle.h"
#include "domain/attention/serveraddress.h"
#include "domain/billing/rules.h"
#include "domain/entities.h"
#include "domain/patients/entities.h"
#include "domain/patients/rules.h"
#include "domain/setup/settings.h"
#include "support/testmain.h"
#include "sync/merge/fold.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>
#include <random>

using namespace clinic;
using domain::AppointmentState;

class TstDomain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passwordsThatAreTriedFirst()
    {
        const QStringList about{QStringLiteral("thandi.m"), QStringLiteral("Thandiwe Maseko"),
                                QStringLiteral("Hillside Clinic")};
        for (const char *guessed :
             {"password",    "Password1",  "P@ssw0rd2026!", "passw0rd",      "pa55word",     "WELCOME123",
              "!!letmein!!", "qwertyuiop", "Qwerty123",     "asdfghjkl",     "1qwerty1",     "12345678",
              "19800517",    "0825551234", "abcdefgh",      "hgfedcba",      "abcabcabc",    "12341234",
              "aaaaaaaa",    "zxcvbnmasd", "iloveyou2",     "thandi.m",      "Thandiwe1980", "maseko99",
              "hillside1",   "Hillside!",  "1l0v3y0u",      "administrator", "M0nkey!!",     "qwertz123",
              "azertyuiop"})
            QVERIFY2(domain::isGuessable(QString::fromLatin1(guessed), about), guessed);
        for (const char *good : {"correct horse", "three green apples", "Fj2!kfp0", "passionfruit jam",
                                 "dragon flies over", "welcome to my own house", "hillside goats eat",
                                 "93-Ziegen", "kiwi7banjo", "mein roter Ball", "083 555 1234 ring"})
            QVERIFY2(!domain::isGuessable(QString::fromLatin1(good), about), good);
        QVERIFY(!domain::isGuessable(QStringLiteral("ثلاث تفاحات خضراء"), about));
        QVERIFY(domain::isGuessable(QString(), about));
    }

    void serverAddresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("address"); // empty: refused
        QTest::newRow("plain") << "https://sync.example:8443"
                               << "https://sync.example:8443";
        QTest::newRow("with a slash") << " https://sync.example/ "
                                      << "https://sync.example";
        QTest::newRow("this computer") << "http://127.0.0.1:8443"
                                       << "http://127.0.0.1:8443";
        QTest::newRow("IPv6") << "https://[2001:db8::1]:8443"
                              << "https://[2001:db8::1]:8443";
        QTest::newRow("not secret") << "http://sync.example:8443"
                                    << "";
        QTest::newRow("nearly this computer") << "http://127.0.0.1.example"
                                              << "";
        QTest::newRow("with a path") << "https://sync.example/v1"
                                     << "";
        QTest::newRow("with somebody in it") << "https://me:secret@sync.example"
                                             << "";
        QTest::newRow("no scheme") << "sync.example:8443"
                                   << "";
        QTest::newRow("file") << "file:///etc/passwd"
                              << "";
        QTest::newRow("port 0") << "https://sync.example:0"
                                << "";
    }
    void serverAddresses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, address);
        const auto parsed = domain::parseServerAddress(typed);
        QCOMPARE(parsed.value_or(QString()), address);
    }
    void serverAccess()
    {
        const auto parse = [](const char *addresses, const char *fingerprint, const char *authority) {
            return domain::parseServerAccess(QString::fromLatin1(addresses), QString::fromLatin1(fingerprint),
                                             authority);
        };
        const auto both = parse("https://a.example\n https://b.example, https://a.example", "", "");
        QVERIFY(both.has_value());
        QCOMPARE(both->addresses,
                 (QStringList{QStringLiteral("https://a.example"), QStringLiteral("https://b.example")}));
        QVERIFY(both->certificate.isEmpty());
        const QByteArray print = QByteArray(32, '\xab').toHex(':');
        QCOMPARE(parse("https://a.example", print, "")->certificate, QByteArray(32, '\xab'));
        QCOMPARE(parse("https://a.example", "abc", "").error().field, QStringLiteral("fingerprint"));
        QCOMPARE(parse("https://a.example", "", "a JPEG").error().field, QStringLiteral("authority"));
        QCOMPARE(parse(" ", "", "").error().code, ErrorCode::Required);
        QCOMPARE(parse("https://a https://b https://c https://d https://e https://f https://g https://h "
                       "https://i",
                       "", "")
                     .error()
                     .code,
                 ErrorCode::TooLong);
    }

    void init() { test::failOnAnyWarning(); }

    void everyFieldComesBackAsItWasSet()
    {
        int fields = 0;
        domain::Patient patient;
        for (const FieldInfo &f : domain::Patient::entity().fields) {
            const Value value = f.type == ValueType::Integer          ? Value{qint64(1)}
                                : std::string_view(f.column) == "sex" ? Value{QStringLiteral("female")}
                                : std::string_view(f.column) == "birth_date"
                                    ? Value{QStringLiteral("1980-05")}
                                    : Value{QStringLiteral("x")};
            f.set(patient, value);
            QVERIFY(f.get(patient) == value);
            ++fields;
        }
        QVERIFY(fields >= 10);
        QVERIFY(domain::allEntities().size() >= 30);
        for (const EntityInfo *entity : domain::allEntities())
            QVERIFY2(entity->fields.size() <= 64, entity->name);
    }

    void namesThatLieAreRefused()
    {
        const auto code = [](const QString &text) {
            const auto clean = domain::cleanText(text, QStringLiteral("name"));
            return clean ? -1 : int(clean.error().code);
        };
        QCOMPARE(domain::cleanText(QStringLiteral("  Ikin  Lee "), {}).value_or(QString()),
                 QStringLiteral("Ikin Lee"));
        QCOMPARE(code(QStringLiteral("a") + QChar(0x202E) + QStringLiteral("b")),
                 int(ErrorCode::ControlCharacters));
        QCOMPARE(code(QStringLiteral("a") + QChar(0) + QStringLiteral("b")),
                 int(ErrorCode::ControlCharacters));
        QCOMPARE(code(QString(10'000'000, u'x')), int(ErrorCode::TooLong));
        QCOMPARE(code(QStringLiteral("<b>Robert'); DROP TABLE patient;--</b>")),
                 -1); // odd, but a name is a name
    }

    void patientsNeedANameAndAPlausibleBirthDate()
    {
        domain::Patient p;
        auto checked = domain::checkedPatient(p, QDate(2026, 3, 2));
        QVERIFY(!checked);
        QCOMPARE(checked.error().size(), 2);
        p.givenName = QStringLiteral("渡");
        p.birthDate = *PartialDate::create(2027);
        checked = domain::checkedPatient(p, QDate(2026, 3, 2));
        QCOMPARE(checked.error().first().code, ErrorCode::DateInFuture);
        p.birthDate = *PartialDate::create(1990);
        QVERIFY(domain::checkedPatient(p, QDate(2026, 3, 2)));
        p.phone = QStringLiteral("call my wife");
        QVERIFY(!domain::checkedPatient(p, QDate(2026, 3, 2)));
    }

    void lifeCycleHasNoOtherStep()
    {
        using enum AppointmentState;
        const QSet<QPair<int, int>> legal{
            {int(Booked), int(CheckedIn)},         {int(CheckedIn), int(InConsultation)},
            {int(InConsultation), int(Completed)}, {int(Booked), int(Cancelled)},
            {int(CheckedIn), int(Cancelled)},      {int(Booked), int(NoShow)}};
        int seen = 0;
        for (int from = 0; from < 6; ++from) {
            for (int to = 0; to < 6; ++to) {
                QCOMPARE(domain::appointmentLifeCycle.allows(from, to), legal.contains({from, to}));
                seen += domain::appointmentLifeCycle.allows(from, to);
            }
        }
        QCOMPARE(seen, 6);
    }

    void foldFollowsTheRules()
    {
        using enum AppointmentState;
        const auto event = [](Id follows, AppointmentState s, bool isVoid = false) {
            return sync::StateEvent{Id::create(1), follows, int(s), isVoid};
        };
        const auto booked = event({}, Booked);
        const auto arrived = event(booked.id, CheckedIn);
        const auto cancelledAfter = event(arrived.id, Cancelled);
        const auto cancelledBeside = event(booked.id, Cancelled);
        const auto noShow = event(booked.id, NoShow);
        const auto &table = domain::appointmentLifeCycle;
        QCOMPARE(sync::fold({booked, arrived, cancelledAfter}, table).state, int(Cancelled));
        QCOMPARE(sync::fold({booked, arrived, cancelledBeside}, table).state, int(CheckedIn));
        QCOMPARE(sync::fold({booked, noShow, arrived}, table).state, int(CheckedIn)); // came after all
        const auto illegal = event(booked.id, Completed);
        QCOMPARE(sync::fold({booked, illegal}, table).state, int(Booked));
        auto undone = arrived;
        undone.isVoid = true;
        QCOMPARE(sync::fold({booked, undone}, table).state, int(Booked));
        QCOMPARE(sync::fold({arrived}, table).state, -1); // its parent has not come yet
    }

    // Whatever order events arrive in, and however often, they mean the same.
    void foldDoesNotDependOnArrival()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 2000; ++round) {
            QList<sync::StateEvent> events;
            const int count = 1 + int(random() % 8);
            for (int i = 0; i < count; ++i) {
                const Id follows = events.isEmpty() || random() % 6 == 0
                                       ? Id{}
                                       : events[qsizetype(random() % size_t(events.size()))].id;
                events << sync::StateEvent{Id::create(1), follows, follows.isNull() ? 0 : int(random() % 6),
                                           random() % 7 == 0};
            }
            const auto expected = sync::fold(events, domain::appointmentLifeCycle);
            for (int shuffle = 0; shuffle < 4; ++shuffle) {
                std::shuffle(events.begin(), events.end(), random);
                const auto got = sync::fold(events, domain::appointmentLifeCycle);
                QCOMPARE(got.state, expected.state);
                QCOMPARE(got.lastId, expected.lastId);
            }
        }
    }

    void linesAddUp()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 2000; ++round) {
            domain::Invoice invoice;
            invoice.pricesIncludeTax = random() % 2;
            QList<domain::InvoiceLine> lines;
            qint64 total = 0;
            for (int i = 0; i < 1 + int(random() % 9); ++i) {
                domain::InvoiceLine line;
                line.quantity = 1 + int(random() % 20);
                line.unitMinor = qint64(random() % 1'000'000);
                line.taxBasisPoints = int(random() % 3) * 750;
                const auto priced = domain::priced(line, invoice.pricesIncludeTax);
                QVERIFY(priced.has_value());
                QCOMPARE(priced->netMinor + priced->taxMinor, priced->totalMinor);
                if (invoice.pricesIncludeTax)
                    QCOMPARE(priced->totalMinor, line.unitMinor * line.quantity);
                total += priced->totalMinor;
                lines << *priced;
            }
            domain::sumUp(invoice, lines);
            QCOMPARE(invoice.totalMinor, total);
            QCOMPARE(invoice.netMinor + invoice.taxMinor, invoice.totalMinor);
        }
        domain::InvoiceLine line;
        line.unitMinor = 1'000'000'000'000'000;
        QVERIFY(!domain::priced(line, true));
    }

    // A clinic that is brought in brings nobody's rights.
    void whatIsBroughtInGivesNoRights()
    {
        const domain::Grants grants({QStringLiteral("data.restore")});
        const auto may = [&](const EntityInfo &entity, domain::RowChange::Op op) {
            return domain::authorise(grants, domain::IntentionId::BringClinic, {{&entity, {}, op, 1}})
                .has_value();
        };
        using Op = domain::RowChange::Op;
        QVERIFY(may(domain::Patient::entity(), Op::Insert));
        QVERIFY(!may(domain::Patient::entity(), Op::Patch));
        for (const EntityInfo *access :
             {&domain::Role::entity(), &domain::RolePermission::entity(), &domain::UserRole::entity()})
            QVERIFY2(!may(*access, Op::Insert), access->name);
    }

    // Nobody lifts for himself, or for a branch, what protects the hospital.
    void settingsBelongToTheirOwners()
    {
        using namespace domain::setting;
        constexpr auto Hospital = domain::SettingScope::Hospital;
        constexpr auto Branch = domain::SettingScope::Branch;
        constexpr auto User = domain::SettingScope::User;
        using domain::mayBeSet;
        for (const char *key : {sessionHours, offlineDays, passwordProves, refundApproval, backupFolder,
                                documentsKept, emergencyMinutes, archiveYears, anonymiseYears}) {
            const QString name = QString::fromLatin1(key);
            QVERIFY2(mayBeSet(name, Hospital), key);
            QVERIFY2(!mayBeSet(name, Branch) && !mayBeSet(name, User), key);
        }
        const QString lock = QString::fromLatin1(lockMinutes);
        QVERIFY(mayBeSet(lock, Branch) && !mayBeSet(lock, User));
        const QString theme = QString::fromLatin1(domain::setting::theme);
        QVERIFY(mayBeSet(theme, Hospital) && mayBeSet(theme, User));
        const QString lists = QString::fromLatin1(domain::setting::lists);
        QVERIFY(mayBeSet(lists, User) && !mayBeSet(lists, Hospital));
        QVERIFY(!mayBeSet(u"unheard.of", User) && !mayBeSet(u"unheard.of", Hospital));
        for (const auto &info : domain::allSettings())
            QVERIFY2(info.scopes != 0 && info.scopes < 8, info.key);
    }

    void everyIntentionNamesRealThings()
    {
        QSet<QString> permissions;
        for (const auto &p : domain::allPermissions())
            permissions.insert(QString::fromLatin1(p.name));
        QSet<QString> names;
        for (const auto &info : domain::allIntentions()) {
            QVERIFY2(!info.permission || permissions.contains(QString::fromLatin1(info.permission)),
                     info.name);
            QVERIFY2(!names.contains(QString::fromLatin1(info.name)), info.name);
            names.insert(QString::fromLatin1(info.name));
            for (const auto &footprint : info.footprint) {
                if (!footprint.entity || footprint.entity[0] == '*')
                    continue;
                const auto *entity = domain::entityNamed(QString::fromLatin1(footprint.entity));
                QVERIFY2(entity, footprint.entity);
                if (footprint.fields) {
                    for (const QString &field : QString::fromLatin1(footprint.fields).split(u' '))
                        QVERIFY2(entity->indexOf(field.toStdString()) >= 0, qPrintable(field));
                }
            }
        }
        for (const auto &role : domain::builtInRoles()) {
            for (const QString &permission : domain::effectivePermissions(role))
                QVERIFY2(permissions.contains(permission), qPrintable(permission));
        }
    }

    void authoriseChecksTheFootprint()
    {
        const domain::Grants clerk(domain::effectivePermissions(*domain::builtInRole(u"clerk")));
        domain::RowChange rename{&domain::Patient::entity(), Id::create(1), domain::RowChange::Op::Patch,
                                 quint64(1) << domain::Patient::entity().indexOf("family_name")};
        QVERIFY(domain::authorise(clerk, domain::IntentionId::UpdatePatient, {rename}));
        rename.fields |= quint64(1) << domain::Patient::entity().indexOf("active");
        QVERIFY(!domain::authorise(clerk, domain::IntentionId::UpdatePatient, {rename}));
        QCOMPARE(domain::authorise(clerk, domain::IntentionId::RefundPayment, {}).error().code,
                 ErrorCode::Forbidden);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstDomain, QCoreApplication>(argc, argv);
}

#include "tst_domain.moc"
