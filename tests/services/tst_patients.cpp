// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fold.h"
#include "services/patients/patients.h"
#include "storage/patients/queries.h"
#include "storage/searchkeys.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <random>

using namespace clinic;
using namespace clinic::test;

class TstPatients : public QObject
{
    Q_OBJECT

    QStringList found(TestClinic &t, const QString &text)
    {
        const auto hits = t.clinic->answerNow(services::PatientSearch{text});
        QStringList names;
        if (hits) {
            for (const auto &hit : *hits)
                names << hit.familyName + u' ' + hit.givenName;
        }
        return names;
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    void searchFindsPeopleAsTheyAreAskedFor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first");
        QTest::newRow("family") << "theron"
                                << "Theron Jacques";
        QTest::newRow("given first") << "jacques theron"
                                     << "Theron Jacques";
        QTest::newRow("beginnings") << "jac the"
                                    << "Theron Jacques";
        QTest::newRow("no accents") << "que linh"
                                    << "Phùng Quế Linh";
        QTest::newRow("apostrophe") << "obrien"
                                    << "O'Brien Siobhán";
        QTest::newRow("apostrophe typed") << "o'brien"
                                          << "O'Brien Siobhán";
        QTest::newRow("stroke") << "lukasz"
                                << "Łukasz-Öz Beyrek";
        QTest::newRow("chinese") << "渡辺"
                                 << "渡辺 浩之";
        QTest::newRow("chinese full") << "渡辺浩之"
                                      << "渡辺 浩之";
        QTest::newRow("chinese two characters") << "陀涛"
                                                << "陀 涛";
        QTest::newRow("arabic") << "القلشاني"
                                << "القلشاني عرفان";
        QTest::newRow("arabic without article") << "قلشاني"
                                                << "القلشاني عرفان";
        QTest::newRow("greek") << "σπυρος"
                               << "Μέλιοι Σπύρος";
        QTest::newRow("cyrillic in latin") << "prohorov"
                                           << "Прохоров Матвей";
        QTest::newRow("phone end") << "9593"
                                   << "Theron Jacques";
        QTest::newRow("phone middle") << "5909"
                                      << "Theron Jacques";
        QTest::newRow("phone national") << "082 590 9593"
                                        << "Theron Jacques";
        QTest::newRow("phone international") << "+27825909593"
                                             << "Theron Jacques";
        QTest::newRow("typing error") << "thernn"
                                      << "Theron Jacques";
        QTest::newRow("swapped letters") << "tehron"
                                         << "Theron Jacques";
        QTest::newRow("missing letter") << "jaques"
                                        << "Theron Jacques";
        QTest::newRow("sounds alike") << "shivon"
                                      << "";
        QTest::newRow("nickname") << "bill smith"
                                  << "Smith William";
        QTest::newRow("nobody") << "xyzzyx"
                                << "";
        QTest::newRow("sql") << "'; DROP TABLE patient; --"
                             << "";
        QTest::newRow("like") << "%"
                              << "";
        QTest::newRow("birth date") << "21/11/1953"
                                    << "Theron Jacques";
    }
    void searchFindsPeopleAsTheyAreAskedFor()
    {
        static TestClinic t;
        static bool filled = false;
        if (!filled) {
            filled = true;
            t.signIn(QStringLiteral("clerk"));
            services::RegisterPatient theron;
            theron.patient.familyName = QStringLiteral("Theron");
            theron.patient.givenName = QStringLiteral("Jacques");
            theron.patient.phone = QStringLiteral("+27 82 590 9593");
            theron.patient.birthDate = *PartialDate::create(1953, 11, 21);
            QVERIFY(t.clinic->performNow(theron).has_value());
            const char16_t *people[][2] = {
                {u"Phùng", u"Quế Linh"}, {u"O'Brien", u"Siobhán"}, {u"Łukasz-Öz", u"Beyrek"},
                {u"渡辺", u"浩之"},      {u"陀", u"涛"},           {u"القلشاني", u"عرفان"},
                {u"Μέλιοι", u"Σπύρος"},  {u"Прохоров", u"Матвей"}, {u"Smith", u"William"}};
            for (const auto &person : people)
                t.patient(QString::fromUtf16(person[0]), QString::fromUtf16(person[1]));
        }
        QFETCH(QString, text);
        QFETCH(QString, first);
        const QStringList names = found(t, text);
        if (first.isEmpty()) {
            if (QByteArray(QTest::currentDataTag()) != "sounds alike")
                QVERIFY2(names.isEmpty(), qPrintable(names.join(u'|')));
        } else {
            QVERIFY2(!names.isEmpty() && names.first() == first, qPrintable(names.join(u'|')));
        }
    }

    // Two and three beginnings against a plain reading of everybody, in any order of the words and any
    // script: nobody is missed and nobody is made up, whichever way the index is walked.
    void beginningsFindExactlyWhoHasThem()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        std::mt19937 random(7);
        const QStringList parts{QStringLiteral("ma"),   QStringLiteral("mar"), QStringLiteral("mari"),
                                QStringLiteral("m"),    QStringLiteral("ra"),  QStringLiteral("rama"),
                                QStringLiteral("b"),    QStringLiteral("渡"),  QStringLiteral("渡辺"),
                                QStringLiteral("𠮷野"), QStringLiteral("о"),   QStringLiteral("ол")};
        const auto any = [&] { return parts[qsizetype(random() % size_t(parts.size()))]; };
        for (int i = 0; i < 150; ++i)
            t.patient(any() + (random() % 2 ? any() : QString()),
                      any() + (random() % 3 ? QString() : u' ' + any()));
        QList<QPair<qint64, QStringList>> everybody;
        auto q = t.database->writerConnection().query("SELECT rid, names FROM search_doc");
        while (q.next())
            everybody << qMakePair(q.integer(0), q.text(1).split(u' ', Qt::SkipEmptyParts));
        QCOMPARE(everybody.size(), 151); // with the one of the set-up
        int hitsSeen = 0;
        for (int i = 0; i < 400; ++i) {
            QStringList typed{any(), any()};
            if (i % 3 == 0)
                typed << any();
            QStringList words;
            for (const QString &word : std::as_const(typed))
                words += foldedWords(word);
            QSet<qint64> expected;
            for (const auto &[rid, names] : std::as_const(everybody)) {
                if (std::ranges::all_of(words, [&names = names](const QString &word) {
                        return std::ranges::any_of(
                            names, [&](const QString &name) { return name.startsWith(word); });
                    }))
                    expected.insert(rid);
            }
            const auto hits = storage::searchPatients(t.database->writerConnection(), typed.join(u' '), 200,
                                                      t.clock.nowMs());
            QVERIFY(hits.has_value());
            QSet<qint64> found;
            for (const auto &hit : *hits) {
                if (hit.rank < 20) // not by another spelling
                    found.insert(hit.rid);
            }
            QVERIFY2(found == expected, qPrintable(typed.join(u' ')));
            hitsSeen += int(found.size());
        }
        QVERIFY2(hitsSeen > 400, qPrintable(QString::number(hitsSeen)));
    }

    void duplicatesAreSeenWhileTyping()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto known =
            t.patient(QStringLiteral("Meyer"), QStringLiteral("Catherine"), QStringLiteral("082 111 2222"));
        const auto duplicates = [&](const QString &family, const QString &given, const PartialDate &born,
                                    const QString &phone) {
            services::DuplicateSearch search;
            search.typed.familyName = family;
            search.typed.givenName = given;
            search.typed.birthDate = born;
            search.typed.phone = phone;
            return t.clinic->answerNow(search)->size();
        };
        QCOMPARE(duplicates(QStringLiteral("Meyer"), QStringLiteral("Catherine"), known.birthDate, {}), 1);
        QCOMPARE(
            duplicates(QStringLiteral("Mayer"), QStringLiteral("Catherine"), *PartialDate::create(1980), {}),
            1);
        QCOMPARE(duplicates(QStringLiteral("Meyer"), QStringLiteral("Kate"), known.birthDate, {}), 1);
        QCOMPARE(duplicates(QStringLiteral("Meyer"), QStringLiteral("Catherine"),
                            *PartialDate::create(1955, 1, 1), {}),
                 0);
        QCOMPARE(duplicates(QString(), QStringLiteral("Catherine"), {}, QStringLiteral("0821112222")), 1);
        QCOMPARE(duplicates(QStringLiteral("Botha"), QStringLiteral("Piet"), known.birthDate, {}), 0);
    }

    // A word with a digit may be part of a name, a number, a year or a telephone; apostrophes and groups of
    // digits are typed as they come.
    void whatIsTypedHasMoreThanOneReading_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("who"); // given name
        const auto row = [](const char *name, const QString &text, const char *who) {
            QTest::newRow(name) << text << QString::fromLatin1(who);
        };
        const auto u = [](const char16_t *text) { return QString::fromUtf16(text); };
        row("letters and digits", u(u"x ae 12"), "Musk");
        row("as written", u(u"X \u00C6 12"), "Musk");
        row("newborn", u(u"Baby2"), "Newborn");
        row("newborn, beginning", u(u"baby"), "Newborn");
        row("only digits in the name", u(u"-5"), "Minus");
        row("percent", u(u"100% Wong"), "Percent");
        row("percent alone", u(u"100%"), "Percent");
        row("family with number", u(u"Fam00001"), "Many");
        row("name and year", u(u"clara santos 1984"), "Clara");
        row("year", u(u"1984"), "Clara");
        row("year and month", u(u"1984-05"), "Clara");
        row("month and year", u(u"5/1984"), "Clara");
        row("name and date", u(u"santos 17.5.1984"), "Clara");
        row("date, month first", u(u"5/17/1984"), "Clara");
        row("date in words", u(u"17 May 1984"), "Clara");
        row("date with blanks", u(u"17 5 1984"), "Clara");
        row("date, packed", u(u"17051984"), "Clara");
        row("apostrophe apart", u(u"o hara"), "Scarlett");
        row("apostrophe, other", u(u"o\u201Bhara"), "Scarlett");
        row("acute accent stored", u(u"o'neill"), "Acute");
        row("acute accent apart", u(u"o neill"), "Acute");
        row("prime", u(u"d\u2032arcy"), "Prime");
        row("prime apart", u(u"d arcy"), "Prime");
        row("one of two joined", u(u"jeanpierre"), "Double");
        row("international for national", u(u"+49 30 23125 002"), "Berlin");
        row("international for national, 00", u(u"0049 30 23125002"), "Berlin");
        row("national", u(u"030/23125-002"), "Berlin");
        row("trunk zero stored in brackets", u(u"+441614960003"), "Manchester");
        row("trunk zero typed in brackets", u(u"+44 (0)161 496 0003"), "Manchester");
        row("national for international", u(u"0161 496 0003"), "Manchester");
        row("with its extension", u(u"555-0105 ext. 12"), "Extension");
        row("without its extension", u(u"5550105"), "Extension");
        row("second number", u(u"0161 496 0013"), "Parents");
        row("whose number", u(u"01614960012"), "Parents");
        row("identifier", u(u"AB-1001"), "Identity");
        row("identifier, in groups", u(u"ab 1001"), "Identity");
        row("identifier, hyphen that never breaks", u(u"AB\u20111001"), "Identity");
        row("identifier, beginning", u(u"ab10"), "Identity");
        row("national identifier in groups", u(u"840517 5009 087"), "Clara");
    }
    void whatIsTypedHasMoreThanOneReading()
    {
        static TestClinic t;
        static bool filled = false;
        if (!filled) {
            filled = true;
            t.signIn(QStringLiteral("clerk"));
            const auto add = [](const char16_t *family, const char *given, const char16_t *phone = u"",
                                const PartialDate &born = *PartialDate::create(1950, 1, 1),
                                const char *identifier = "") {
                services::RegisterPatient intent;
                intent.patient.familyName = QString::fromUtf16(family);
                intent.patient.givenName = QString::fromLatin1(given);
                intent.patient.phone = QString::fromUtf16(phone);
                intent.patient.birthDate = born;
                if (*identifier) {
                    domain::Identifier id;
                    id.value = QString::fromLatin1(identifier);
                    intent.identifiers << id;
                }
                QVERIFY(t.clinic->performNow(intent).has_value());
            };
            add(u"X \u00C6 12", "Musk");
            add(u"Baby2", "Newborn");
            add(u"-5", "Minus");
            add(u"100% Wong", "Percent");
            add(u"Fam00001", "Many");
            add(u"Santos", "Clara", u"", *PartialDate::create(1984, 5, 17), "8405175009087");
            add(u"O'Hara", "Scarlett");
            add(u"O\u00B4Neill", "Acute");
            add(u"D\u2032Arcy", "Prime");
            add(u"Jean-Pierre Dupont", "Double");
            add(u"Schmidt", "Berlin", u"030/23125-002");
            add(u"Jones", "Manchester", u"+44 (0)161 496 0003");
            add(u"Smith", "Extension", u"555-0105 ext. 12");
            add(u"Brown", "Parents", u"0161 496 0012 (mother), 0161 496 0013 (father)");
            add(u"Green", "Identity", u"", *PartialDate::create(1950, 1, 1), "AB-1001");
            QCOMPARE(*storage::countWrongSearchKeys(t.database->writerConnection()), 0);
        }
        QFETCH(QString, text);
        QFETCH(QString, who);
        const auto hits = t.clinic->answerNow(services::PatientSearch{text});
        QVERIFY(hits && !hits->isEmpty());
        QCOMPARE(hits->first().givenName, who);
    }

    // Many born in a year leave room for whose number, or the end of whose telephone, it is.
    void aYearHidesNobody()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        for (int i = 0; i < 70; ++i) {
            services::RegisterPatient intent;
            intent.patient.familyName = QStringLiteral("Born");
            intent.patient.birthDate = *PartialDate::create(1984, 1 + i % 12, 1 + i % 28);
            QVERIFY(t.clinic->performNow(intent).has_value());
        }
        const auto phone = t.patient(QStringLiteral("Phone"), {}, QStringLiteral("082 555 1984"));
        const auto name = t.patient(QStringLiteral("Room 1984"), {});
        const auto hits = t.clinic->answerNow(services::PatientSearch{QStringLiteral("1984")});
        QVERIFY(hits);
        QCOMPARE(hits->size(), 50);
        for (const auto &person : {phone, name})
            QVERIFY(std::ranges::any_of(*hits, [&](const auto &hit) { return hit.id == person.id; }));
    }

    // Whoever has one name is somebody all the same.
    void peopleWithOneName()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto first = t.patient({}, QStringLiteral("Nuraini"));
        const auto duplicates = [&](const domain::Patient &typed) {
            return t.clinic->answerNow(services::DuplicateSearch{typed, {}})->size();
        };
        domain::Patient typed;
        typed.givenName = QStringLiteral("nuraini");
        typed.birthDate = first.birthDate;
        QCOMPARE(duplicates(typed), 1);
        typed.familyName = std::exchange(typed.givenName, QString());
        QCOMPARE(duplicates(typed), 1);
        typed.birthDate = *PartialDate::create(1950, 2, 3);
        QCOMPARE(duplicates(typed), 0);
        const auto chart = [&](const Id &id) { return *t.clinic->performNow(services::OpenPatient{id}); };
        QVERIFY(!chart(first.id).hasNamesake);
        const auto second = t.patient(QStringLiteral("Nuraini"), {});
        QVERIFY(chart(first.id).hasNamesake && chart(second.id).hasNamesake);
        QCOMPARE(second.displayName(), QStringLiteral("Nuraini"));
        t.patient(QStringLiteral("Suparman"), QStringLiteral("Nuraini"));
        QVERIFY(!chart(t.patient(QStringLiteral("Suparman"), {}).id).hasNamesake);
        // Of a name that many bear, the one of that day.
        for (int i = 0; i < 30; ++i) {
            services::RegisterPatient intent;
            intent.patient.familyName = QStringLiteral("Santos");
            intent.patient.givenName = QStringLiteral("Maria");
            intent.patient.birthDate = *PartialDate::create(1950 + i, 1, 1 + i % 28);
            QVERIFY(t.clinic->performNow(intent).has_value());
        }
        const auto maria = t.patient(QStringLiteral("Santos"), QStringLiteral("Maria"));
        typed = maria;
        typed.id = {};
        typed.rid = 0;
        QVERIFY(duplicates(typed) >= 1);
    }

    // An identifier belongs to one person, however it is spelled and on whatever path.
    void anIdentifierHasOneOwner()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto registering = [&](const char16_t *value,
                                     domain::IdentifierKind kind = domain::IdentifierKind::NationalId) {
            services::RegisterPatient intent;
            intent.patient.familyName = QStringLiteral("Person");
            intent.patient.birthDate = *PartialDate::create(1980);
            domain::Identifier identifier;
            identifier.kind = kind;
            identifier.value = QString::fromUtf16(value);
            intent.identifiers << identifier;
            return t.clinic->performNow(intent);
        };
        const auto owner = registering(u"AB-1001");
        QVERIFY(owner);
        for (const char16_t *same :
             {u"AB-1001", u"ab-1001", u" AB 1001", u"AB\u00A01001", u"A\u200BB1001", u"AB\u20111001"}) {
            const auto refused = registering(same);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::IdentifierTaken);
            QCOMPARE(refused.error().args, (QStringList{owner->displayName(), owner->number}));
            domain::Patient typed;
            QCOMPARE(
                t.clinic->answerNow(services::DuplicateSearch{typed, {QString::fromUtf16(same)}})->size(), 1);
        }
        QVERIFY(registering(u"AB-1001", domain::IdentifierKind::Passport)); // another authority's
        // A family shares one, and nobody knows whose numbers the others are: told, not refused.
        QVERIFY(registering(u"MA 77", domain::IdentifierKind::MedicalAid));
        const auto family = registering(u"ma77", domain::IdentifierKind::MedicalAid);
        QVERIFY(family);
        QCOMPARE(t.clinic->performNow(services::OpenPatient{family->id})->shared.size(), 1);

        // Added later, taken off and put back.
        const auto other = t.patient(QStringLiteral("Other"), QStringLiteral("Olga"));
        domain::Identifier identifier;
        identifier.patientId = other.id;
        identifier.value = QStringLiteral("ab 1001");
        const auto saving = [&](const domain::Identifier &before, const domain::Identifier &after) {
            return t.clinic->performNow(services::SavePatientPart{
                before.isStored() ? storage::toRecord(before) : storage::Record{}, storage::toRecord(after)});
        };
        QCOMPARE(saving({}, identifier).error().code, ErrorCode::IdentifierTaken);
        const auto owned = t.clinic->performNow(services::OpenPatient{owner->id})->identifiers.first();
        auto taken = owned;
        taken.active = false;
        const auto off = saving(owned, taken);
        QVERIFY(off);
        QVERIFY(saving({}, identifier));
        const auto back = storage::fromRecord<domain::Identifier>(*off);
        QCOMPARE(saving(back, owned).error().code, ErrorCode::IdentifierTaken);
        // Who is not active any more holds nothing.
        t.signIn(QStringLiteral("administrator"));
        QVERIFY(t.clinic->performNow(
            services::SetPatientActive{other.id, false, QStringLiteral("Registered twice")}));
        QVERIFY(saving(back, owned));
        QCOMPARE(*storage::countWrongSearchKeys(t.database->writerConnection()), 0);
    }

    void editsMergePerFieldAndSayWhatClashes()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto opened = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        auto first = opened;
        first.phone = QStringLiteral("082 111 2222");
        QVERIFY(t.clinic->performNow(services::UpdatePatient{opened, first}).has_value());
        // A second form, opened before that, changes something else: no false alarm, both survive.
        auto second = opened;
        second.address = QStringLiteral("1 Long Street");
        const auto merged = t.clinic->performNow(services::UpdatePatient{opened, second});
        QVERIFY(merged.has_value());
        QCOMPARE(merged->phone, QStringLiteral("082 111 2222"));
        QCOMPARE(merged->address, QStringLiteral("1 Long Street"));
        // The same field to another value: told, and nothing overwritten.
        auto third = opened;
        third.phone = QStringLiteral("083 333 4444");
        const auto clash = t.clinic->performNow(services::UpdatePatient{opened, third});
        QVERIFY(!clash.has_value());
        QCOMPARE(clash.error().code, ErrorCode::Stale);
        QCOMPARE(clash.error().args, QStringList{QStringLiteral("phone")});
        // The same field to the same value is no clash.
        auto fourth = opened;
        fourth.phone = QStringLiteral("082 111 2222");
        QVERIFY(t.clinic->performNow(services::UpdatePatient{opened, fourth}).has_value());
    }

    void deactivatingNeedsAReasonAndIsNotDeleting()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto p = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        QCOMPARE(
            t.clinic->performNow(services::SetPatientActive{p.id, false, QStringLiteral(" ")}).error().code,
            ErrorCode::NeedsReason);
        QVERIFY(t.clinic->performNow(services::SetPatientActive{p.id, false, QStringLiteral("moved away")})
                    .has_value());
        QCOMPARE(found(t, QStringLiteral("meyer")).size(), 1);
        QVERIFY(t.clinic->performNow(services::SetPatientActive{p.id, true, {}})->active);
    }

    void openingAChartIsAudited()
    {
        TestClinic t;
        t.signIn(QStringLiteral("nurse"));
        t.signIn(QStringLiteral("clerk"));
        const auto p = t.patient(QStringLiteral("Meyer"), QStringLiteral("Ann"));
        t.signIn(QStringLiteral("nurse"));
        const qint64 groups = t.count("outbox");
        const auto chart = t.clinic->performNow(services::OpenPatient{p.id});
        QVERIFY(chart.has_value());
        QCOMPARE(chart->patient.number, p.number);
        QCOMPARE(t.count("outbox"), groups);
        QCOMPARE(t.number("SELECT count(*) FROM audit_event WHERE intention='open-patient' AND role='nurse'"),
                 1);
        QCOMPARE(t.clinic->answerNow(services::PatientSearch{})->first().id, p.id); // recent first
        // An allergy is clinical: a nurse may record it, a clerk may not.
        domain::Allergy allergy;
        allergy.patientId = p.id;
        allergy.substance = QStringLiteral("Penicillin");
        QVERIFY(t.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(allergy)}).has_value());
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(t.clinic->performNow(services::SavePatientPart{{}, storage::toRecord(allergy)}).error().code,
                 ErrorCode::Forbidden);
        QCOMPARE(t.clinic->performNow(services::OpenPatient{p.id})->allergies.size(), 1);
    }

    void numbersHaveNoGaps()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto a = t.patient(QStringLiteral("A"), QStringLiteral("B"));
        services::RegisterPatient bad;
        QVERIFY(!t.clinic->performNow(bad).has_value());
        const auto b = t.patient(QStringLiteral("C"), QStringLiteral("D"));
        const auto counter = [](const QString &number) { return number.section(u'-', 2, 2).mid(1).toInt(); };
        QCOMPARE(counter(b.number), counter(a.number) + 1);
    }

    void continuationsNeverOutliveTheirContext()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        int ran = 0;
        auto *context = new QObject;
        QObject alive;
        for (int i = 0; i < 50; ++i) {
            t.clinic->ask(context, services::PatientSearch{QStringLiteral("a")},
                          [&](const auto &) { ++ran; });
            t.clinic->ask(&alive, services::DuplicateSearch{}, [&](const auto &) { ran += 1000; });
        }
        delete context;
        QTRY_COMPARE(t.clinic->pendingAnswers(), 0);
        QCOMPARE(ran, 50'000);
    }

    // The program ends while work is on its way: all of it is stored, and nothing touches what is gone.
    void endingWaitsForWorkUnderWay()
    {
        for (int round = 0; round < 20; ++round) {
            QTemporaryDir dir;
            const QString path = dir.filePath(QStringLiteral("clinic.db"));
            {
                TestClinic made({path});
            }
            constexpr int people = 8;
            {
                TestClinic t({.path = path, .threads = true});
                t.signIn(QStringLiteral("clerk"));
                QObject context;
                for (int i = 0; i < people; ++i) {
                    services::RegisterPatient intent;
                    intent.patient.familyName = QStringLiteral("Last%1").arg(i);
                    intent.patient.birthDate = *PartialDate::create(1990);
                    t.clinic->run(&context, intent, [](const auto &) {});
                    t.clinic->ask(&context, services::PatientSearch{QStringLiteral("la")},
                                  [](const auto &) {});
                }
                t.clinic.reset(); // at once
            }
            TestClinic again({path});
            QCOMPARE(again.number("SELECT count(*) FROM patient WHERE family_name LIKE 'Last%'"), people);
        }
    }

    void announcementsSayWhatChanged()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        QSignalSpy spy(t.clinic.get(), &services::Clinic::rowsChanged);
        const auto p = t.patient(QStringLiteral("A"), QStringLiteral("B"));
        QCOMPARE(spy.size(), 1);
        const auto rows = spy.first().first().value<QList<domain::RowChange>>();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().id, p.id);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstPatients, QCoreApplication>(argc, argv);
}

#include "tst_patients.moc"
