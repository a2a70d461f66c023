// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/money.h"
#include "core/telephone.h"
#include "domain/access/deciding.h"
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

    // What nobody sees is not stored, what only looks blank is no name, and nothing that can be seen is lost.
    void textIsStoredAsItIsSeen_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<bool>("several");
        const auto row = [](const char *name, const char16_t *typed, const char16_t *stored,
                            bool several = false) {
            QTest::newRow(name) << QString::fromUtf16(typed) << QString::fromUtf16(stored) << several;
        };
        row("zero width", u"AB\u200B-10\u200301\u200B", u"AB-10 01");
        row("soft hyphen", u"Meier\u00ADhofer", u"Meierhofer");
        row("hyphens that never break", u"AB\u20111001 x\u2010y", u"AB-1001 x-y");
        row("as Windows contacts copy it", u"\u202A+49 30 23125001\u202C", u"+49 30 23125001");
        row("blanks", u"\u00A0Ana\u00A0\u2009 Lee\u3000", u"Ana Lee");
        row("marks of direction", u"\u200E\u2067Ana\u2069\u061C\uFEFF", u"Ana");
        row("Hangul fillers", u"\u3164\uFFA0\u115F\u1160\u2800", u"");
        row("only what is not seen", u"\u200B\u00AD\u2060\u180E\U000E0020", u"");
        row("Persian joiner", u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
            u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");
        row("joiner in Latin", u"AB\u200D1\u200C", u"AB1");
        row("composed", u"Jose\u0301", u"Jos\u00E9");
        row("beyond the first plane", u"\U00020BB7\u91CE \U0001F600", u"\U00020BB7\u91CE \U0001F600");
        row("Arabic number sign", u"\u0600\u0661", u"\u0600\u0661");
        row("line ends", u"a\r\nb\rc\u2028d\n", u"a\nb\nc\nd", true);
        row("line ends in one line", u"a\r\nb\vc", u"a b c");
    }
    void textIsStoredAsItIsSeen()
    {
        QFETCH(QString, typed);
        QFETCH(QString, stored);
        QFETCH(bool, several);
        const auto clean = domain::cleanText(typed, QStringLiteral("name"), 200, several);
        QVERIFY(clean);
        QCOMPARE(*clean, stored);
        QCOMPARE(domain::cleanText(*clean, {}, 200, several).value_or(QString()), stored); // once is enough
    }

    void namesOfBlanksAreNone()
    {
        for (const char16_t *name :
             {u"\u3164", u"\u2800\uFFA0", u"\u115F\u1160", u"\u200B", u"\u00A0", u"\u0301", u"-"}) {
            domain::Patient p;
            p.familyName = QString::fromUtf16(name);
            const auto checked = domain::checkedPatient(p, QDate(2026, 3, 2));
            QVERIFY(!checked);
            QCOMPARE(checked.error().first().code, ErrorCode::Required);
        }
        QVERIFY(!domain::cleanText(QString(QChar(0xD800)), {})); // half a character
        QVERIFY(!domain::cleanText(QString(QChar(0xFDD0)), {}));
    }

    void telephonesAsPeopleWriteThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("numbers"); // empty = refused
        QTest::newRow("national") << "082 555 0101"
                                  << "0825550101";
        QTest::newRow("trunk zero in brackets") << "+44 (0)161 496 0003"
                                                << "+441614960003";
        QTest::newRow("international access") << "0044 161 496 0003"
                                              << "+441614960003";
        QTest::newRow("slash") << "030/23125-002"
                               << "03023125002";
        QTest::newRow("slash with blanks") << "030 / 23125 - 002"
                                           << "03023125002";
        QTest::newRow("extension") << "555-0105 ext. 12"
                                   << "5550105";
        QTest::newRow("extension x") << "(0161) 496 0003 x12"
                                     << "01614960003";
        QTest::newRow("extension #") << "5550105#7"
                                     << "5550105";
        QTest::newRow("whose") << "0161 496 0012 (mother)"
                               << "01614960012";
        QTest::newRow("two") << "0161 496 0012, 0161 496 0013"
                             << "01614960012 01614960013";
        QTest::newRow("two, slash") << "0161 496 0012/0161 496 0013"
                                    << "01614960012 01614960013";
        QTest::newRow("two, plus") << "+27825550101 +27825550102"
                                   << "+27825550101 +27825550102";
        QTest::newRow("two, word") << "0161 496 0012 or 0161 496 0013"
                                   << "01614960012 01614960013";
        QTest::newRow("as contacts copy it")
            << QStringLiteral("\u202A+49 30 23125001\u202C") << "+493023125001";
        QTest::newRow("hyphen that never breaks") << QStringLiteral("555\u20110105") << "5550105";
        QTest::newRow("Arabic digits")
            << QStringLiteral("\u0660\u0668\u0662 \u0665\u0665\u0665 \u0660\u0661\u0660\u0661")
            << "0825550101";
        QTest::newRow("words") << "call my wife"
                               << "";
        QTest::newRow("few") << "1234"
                             << "";
        QTest::newRow("letter O") << "082 555 01O1"
                                  << "";
        QTest::newRow("many") << "1234567890123456789"
                              << "";
    }
    void telephonesAsPeopleWriteThem()
    {
        QFETCH(QString, typed);
        QFETCH(QString, numbers);
        const auto clean = domain::parsePhone(typed, QStringLiteral("phone"));
        QCOMPARE(clean.has_value(), !numbers.isEmpty());
        if (clean)
            QCOMPARE(telephone::numbersIn(*clean).join(u' '), numbers);
        else
            QCOMPARE(clean.error().code, ErrorCode::BadPhone);
    }

    void oneIdentifierHasOneForm()
    {
        for (const char16_t *same : {u"AB-1001", u"ab1001", u" AB 1001 ", u"AB\u00A01001", u"AB\u200B-1001",
                                     u"AB\u20111001", u"ab/1001", u"AB\u0661\u0660\u0660\u0661"}) {
            const auto clean =
                domain::parseIdentifier(QString::fromUtf16(same), QStringLiteral("identifier"));
            QVERIFY(clean);
            QCOMPARE(domain::normalIdentifier(*clean), QStringLiteral("ab1001"));
        }
        QCOMPARE(domain::parseIdentifier(QStringLiteral("\u200B "), {}).error().code, ErrorCode::Required);
        QCOMPARE(domain::parseIdentifier(QStringLiteral("-/-"), {}).error().code, ErrorCode::Invalid);
    }

    void patientsNeedANameAndAPlausibleBirthDate()
    {
        domain::Patient p;
        auto checked = domain::checkedPatient(p, QDate(2026, 3, 2));
        QVERIFY(!checked);
        QCOMPARE(checked.error().size(), 1); // a birth date nobody knows is none
        p.givenName = QStringLiteral("渡");
        p.birthDate = *PartialDate::create(2027);
        checked = domain::checkedPatient(p, QDate(2026, 3, 2));
        QCOMPARE(checked.error().first().code, ErrorCode::DateInFuture);
        p.birthDate = *PartialDate::create(1990);
        QVERIFY(domain::checkedPatient(p, QDate(2026, 3, 2)));
        p.phone = QStringLiteral("call my wife");
        QVERIFY(!domain::checkedPatient(p, QDate(2026, 3, 2)));
        p.phone.clear();
        p.birthDate = *PartialDate::create(1895);
        QCOMPARE(domain::checkedPatient(p, QDate(2026, 3, 2)).error().first().code, ErrorCode::TooOld);
        p.birthDate = *PartialDate::create(1896);
        QVERIFY(domain::checkedPatient(p, QDate(2026, 3, 2)));
        p.birthDate = {};
        QVERIFY(domain::checkedPatient(p, QDate(2026, 3, 2)));
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

    // Who decides which of two values a field has is who may write it.
    void decidingNeedsTheFieldsOwnPermission()
    {
        const auto may = [](const char *permission, const char *entity, const char *field) {
            const EntityInfo *info = domain::entityNamed(QString::fromLatin1(entity));
            return domain::mayDecide(domain::Grants({QString::fromLatin1(permission)}), *info,
                                     info->indexOf(field));
        };
        QVERIFY(may("patients.edit", "patient", "address"));
        QVERIFY(!may("patients.edit", "patient", "active"));
        QVERIFY(may("patients.deactivate", "patient", "active"));
        QVERIFY(!may("patients.edit", "allergy", "reaction") &&
                may("patients.clinical", "allergy", "reaction"));
        QVERIFY(!may("patients.edit", "appointment", "reason") &&
                may("appointments.book", "appointment", "reason"));
        QVERIFY(!may("patients.edit", "resource", "name") && may("setup.edit", "resource", "name"));
        // One's own password is nobody's to decide but of who may set it.
        QVERIFY(!may("account.own", "app_user", "verifier") && may("users.edit", "app_user", "verifier"));
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
