// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkdigit.h"
#include "core/clock.h"
#include "core/crypto.h"
#include "core/digits.h"
#include "core/filename.h"
#include "core/fold.h"
#include "core/id.h"
#include "core/log.h"
#include "core/money.h"
#include "core/pagecipher.h"
#include "core/partialdate.h"
#include "core/privatememory.h"
#include "core/timeslot.h"
#include "core/totp.h"
#include "core/walltime.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <QFile>
#include <QTemporaryDir>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace clinic;

class TstCore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void idsAreUniqueAndSortByTime()
    {
        QSet<Id> seen;
        Id last;
        for (int i = 0; i < 10'000; ++i) {
            const Id id = Id::create(1'700'000'000'000);
            QVERIFY(!seen.contains(id));
            QVERIFY(last < id);
            seen.insert(id);
            last = id;
        }
        QCOMPARE(Id::fromString(last.toString()), last);
        QVERIFY(Id::fromString(u"nonsense").isNull());
        QCOMPARE(Id::derived(last, "penalty"), Id::derived(last, "penalty"));
        QVERIFY(Id::derived(last, "penalty") != Id::derived(last, "reminder"));
    }

    void moneyReadsWhatPeopleType_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("currency");
        QTest::addColumn<qint64>("minor"); // -1 = refused
        QTest::newRow("plain") << "12"
                               << "ZAR" << qint64(1200);
        QTest::newRow("cents") << "12.5"
                               << "ZAR" << qint64(1250);
        QTest::newRow("comma") << "12,50"
                               << "EUR" << qint64(1250);
        QTest::newRow("grouped") << "1,234.50"
                                 << "ZAR" << qint64(123450);
        QTest::newRow("yen") << "1234"
                             << "JPY" << qint64(1234);
        QTest::newRow("yen with fraction") << "12.5"
                                           << "JPY" << qint64(-1);
        QTest::newRow("dinar") << "1.234"
                               << "KWD" << qint64(1234);
        QTest::newRow("letters") << "12x"
                                 << "ZAR" << qint64(-1);
        QTest::newRow("empty") << ""
                               << "ZAR" << qint64(-1);
        QTest::newRow("too much") << "1000000000000000"
                                  << "ZAR" << qint64(-1);
        QTest::newRow("arabic digits") << QStringLiteral("١٢") << "EGP" << qint64(1200);
    }
    void moneyReadsWhatPeopleType()
    {
        QFETCH(QString, typed);
        QFETCH(QString, currency);
        QFETCH(qint64, minor);
        const auto read = money::parse(typed, currency, QLocale(QLocale::English, QLocale::UnitedKingdom));
        QCOMPARE(read.value_or(-1), minor);
    }

    // What people type, in the notation of six countries: it is read as they mean it or refused, never as
    // more.
    void amountsNeverGrow_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("currency");
        QTest::addColumn<QString>("locales"); // where it is that amount; in all others it is refused
        QTest::addColumn<qint64>("minor");
        const QString all = QStringLiteral("en_GB de_DE fr_FR en_ZA de_CH ar_EG en_IN");
        const auto row = [](const char *typed, const char *currency, const QString &locales, qint64 minor) {
            QTest::addRow("%s %s", typed, currency)
                << QString::fromUtf8(typed) << QString::fromLatin1(currency) << locales << minor;
        };
        row("12,50", "ZAR", all, 1250);
        row("12.50", "ZAR", all, 1250);
        row("0,5", "ZAR", all, 50);
        row("1,5", "ZAR", all, 150);
        row("123,00", "ZAR", all, 12300);
        row("100,50", "EUR", all, 10050);
        row("12.5", "EUR", all, 1250);
        row(",5", "EUR", all, 50);
        row("12.", "EUR", all, 1200);
        row("12.-", "CHF", all, 1200);
        row("12,--", "EUR", all, 1200);
        row("1 234,50", "ZAR", all, 123450);
        row("1\u00a0234.5", "ZAR", all, 123450);
        row("1\u202f234", "EUR", all, 123400);
        row("1'234.50", "CHF", all, 123450);
        row("1’234.50", "CHF", all, 123450);
        row("1,234.50", "ZAR", all, 123450);
        row("1.234,50", "ZAR", all, 123450);
        row("1,234,567", "ZAR", all, 123456700);
        row("1.234.567,8", "ZAR", all, 123456780);
        row("12,34,567.00", "INR", all, 123456700);
        row("1,234", "ZAR", QStringLiteral("en_GB en_IN"), 123400);
        row("1.234", "ZAR", QStringLiteral("de_DE"), 123400);
        row("1,234", "JPY", QStringLiteral("en_GB en_IN"), 1234);
        row("0,500", "ZAR", {}, 0);
        row("1234,567", "ZAR", {}, 0);
        row("12,3456", "ZAR", {}, 0);
        row("1,2,3", "ZAR", {}, 0);
        row("1,23,45", "ZAR", {}, 0);
        row("12 50", "ZAR", {}, 0);
        row("1 2", "ZAR", {}, 0);
        row("12'50", "CHF", {}, 0);
        row("1.234.56", "ZAR", {}, 0);
        row("1,234.567", "ZAR", {}, 0);
        row("1 234'567", "CHF", {}, 0);
        row("12.34.567", "ZAR", {}, 0);
        row("12'34'567", "CHF", {}, 0);
        row("12,5", "JPY", {}, 0);
        row("1,250", "KWD", QStringLiteral("de_DE fr_FR en_ZA de_CH ar_EG"), 1250);
        row("1.250", "KWD", QStringLiteral("en_GB fr_FR en_ZA de_CH ar_EG en_IN"), 1250);
        row("1,25", "KWD", all, 1250);
        row("1,250.500", "KWD", all, 1250500);
        row("€ 12,50", "EUR", all, 1250);
        row("12,50 €", "EUR", all, 1250);
        row("eur12.50", "EUR", all, 1250);
        row("R 1 234,50", "ZAR", all, 123450);
        row("ZAR\u00a01,50", "ZAR", all, 150);
        row("-R12,50", "ZAR", all, -1250);
        row("R -12,50", "ZAR", all, -1250);
        row("€ 12,50", "ZAR", {}, 0);
        row("12.50 USD", "ZAR", {}, 0);
        row("١٢٫٥٠", "EGP", all, 1250);
        row("١٬٢٣٤٫٥٠", "EGP", all, 123450);
        row("١٢,٥", "EGP", all, 1250);
        row("۱۲٫۵", "IRR", all, 1250);
        row("\u200f١٢", "EGP", all, 1200);
        row("１２．５０", "CNY", all, 1250);
        row("१२.५०", "INR", all, 1250);
        row("12-", "ZAR", {}, 0);
        row("(12)", "ZAR", {}, 0);
        row("1e3", "ZAR", {}, 0);
        row("0x10", "ZAR", {}, 0);
        row("--5", "ZAR", {}, 0);
        row("½", "ZAR", {}, 0);
        row("5²", "ZAR", {}, 0);
        row(".", "ZAR", {}, 0);
        row(",-", "ZAR", {}, 0);
        row("R", "ZAR", {}, 0);
    }
    void amountsNeverGrow()
    {
        QFETCH(QString, typed);
        QFETCH(QString, currency);
        QFETCH(QString, locales);
        QFETCH(qint64, minor);
        for (const char *name : {"en_GB", "de_DE", "fr_FR", "en_ZA", "de_CH", "ar_EG", "en_IN"}) {
            const auto read = money::parse(typed, currency, QLocale(QString::fromLatin1(name)));
            const bool isThere = locales.split(u' ').contains(QString::fromLatin1(name));
            QVERIFY2(read.has_value() == isThere && (!isThere || *read == minor),
                     qPrintable(QStringLiteral("%1 in %2: %3")
                                    .arg(typed, QString::fromLatin1(name))
                                    .arg(read.value_or(-1))));
        }
    }

    // Nothing that is shown in any locale reads back as another amount, with its code or without.
    void amountsReadBackInEveryLocale()
    {
        const auto locales =
            QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory);
        for (const QLocale &locale : locales) {
            for (const qint64 minor : {1LL, 150LL, 99'999LL, 123'456LL, 100'000'000LL, -123'456'789LL}) {
                for (const auto *code : {u"ZAR", u"JPY", u"KWD"}) {
                    const QString shown = money::format(minor, code, locale);
                    QVERIFY2(money::parse(shown, code, locale) == minor &&
                                 money::parse(money::formatWithCode(minor, code, locale), code, locale) ==
                                     minor,
                             qPrintable(locale.name() + u' ' + shown));
                }
            }
        }
    }

    void millionsAreGroupedToTheEnd()
    {
        QCOMPARE(money::format(123456789, u"EUR", QLocale(QStringLiteral("es_ES"))),
                 QStringLiteral("1.234.567,89"));
        QCOMPARE(money::format(123456, u"EUR", QLocale(QStringLiteral("es_ES"))), QStringLiteral("1234,56"));
        QCOMPARE(money::format(-105, u"ZAR", QLocale(QStringLiteral("en_GB"))), QStringLiteral("-1.05"));
        QCOMPARE(money::format(12345678905, u"INR", QLocale(QStringLiteral("en_IN"))),
                 QStringLiteral("12,34,56,789.05"));
    }

    void wholeNumbersAreReadInEveryScript()
    {
        QCOMPARE(digits::whole(u"30"), 30);
        QCOMPARE(digits::whole(u" ٣٠ "), 30);
        QCOMPARE(digits::whole(u"۳۰"), 30);
        QCOMPARE(digits::whole(u"３０"), 30);
        QCOMPARE(digits::whole(u"\u200e-٣\u200f"), -3);
        for (const QStringView none :
             {u"", u"-", u"1,5", u"1.000", u"1 000", u"abc", u"2x", u"½", u"0x1F", u"99999999999999999999"})
            QVERIFY2(!digits::whole(none), qPrintable(none.toString()));
        QCOMPARE(digits::plain(u"٣٠ يوم، ３x"), QStringLiteral("30 يوم، 3x"));
        QCOMPARE(digits::decimal(u"14,5", 2, QLocale(QLocale::English)), 1450);
        QCOMPARE(digits::decimal(u"١٤٫٥", 2, QLocale(QLocale::English)), 1450);
        QVERIFY(!digits::decimal(u"14,555", 2, QLocale(QLocale::French)));
    }

    void moneyRoundsHalfAwayFromZeroAndBack()
    {
        QCOMPARE(money::scaled(5, 1, 2), 3);
        QCOMPARE(money::scaled(-5, 1, 2), -3);
        QCOMPARE(money::scaled(999'999'999'999, 1500, 11500), 130434782609);
        const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
        for (int i = 0; i < 2000; ++i) { // what is shown reads back as the same amount
            const qint64 minor = QRandomGenerator::global()->bounded(2'000'000'000) - 1'000'000'000;
            for (const auto *code : {u"ZAR", u"JPY", u"KWD"})
                QCOMPARE(money::parse(money::format(minor, code, locale), code, locale).value_or(1), minor);
        }
    }

    void datesAreReadAsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("stored"); // empty = refused
        QTest::newRow("iso") << "1953-11-21"
                             << "1953-11-21";
        QTest::newRow("slashes") << "21/11/1953"
                                 << "1953-11-21";
        QTest::newRow("dots, short") << "1.2.85"
                                     << "1985-02-01";
        QTest::newRow("packed") << "21111953"
                                << "1953-11-21";
        QTest::newRow("year") << "1987"
                              << "1987";
        QTest::newRow("month") << "1962-11"
                               << "1962-11";
        QTest::newRow("named") << "21 Nov 1953"
                               << "1953-11-21";
        QTest::newRow("29 February") << "29/02/2023"
                                     << "";
        QTest::newRow("13th month") << "01/13/1980"
                                    << "";
        QTest::newRow("nothing for day and month") << "00/00/1990"
                                                   << "";
        QTest::newRow("nothing for a month") << "1990-00"
                                             << "";
        QTest::newRow("packed, year first") << "19900203"
                                            << "1990-02-03";
        QTest::newRow("named, month first") << "Feb 3 1990"
                                            << "1990-02-03";
        QTest::newRow("named, American") << "February 3rd, 1990"
                                         << "1990-02-03";
        QTest::newRow("named, year first") << "1990-Feb-03"
                                           << "1990-02-03";
        QTest::newRow("named, month") << "Feb 1990"
                                      << "1990-02";
        QTest::newRow("dots and blanks") << "3. 2. 1990"
                                         << "1990-02-03";
        QTest::newRow("estimated") << "~1996"
                                   << "1996~";
        QTest::newRow("estimated, as stored") << "1996-05~"
                                              << "1996-05~";
        QTest::newRow("estimated, in words") << "about 1950"
                                             << "1950~";
        QTest::newRow("estimated, c.") << "c. 1950"
                                       << "1950~";
        QTest::newRow("Eastern digits")
            << QStringLiteral("\u0662\u0661/\u0661\u0661/\u0661\u0669\u0665\u0663") << "1953-11-21";
        QTest::newRow("Buddhist") << "2568"
                                  << "2568";
        QTest::newRow("Persian") << "1370"
                                 << "";
        QTest::newRow("word") << "tomorrow"
                              << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void datesAreReadAsTyped()
    {
        QFETCH(QString, typed);
        QFETCH(QString, stored);
        const auto date = PartialDate::parse(typed, QDate(2026, 3, 2));
        QCOMPARE(date ? date->toStored() : QString(), stored);
        if (date)
            QCOMPARE(PartialDate::fromStored(date->toStored()), *date);
    }

    void agesAreReadAsSpoken_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("stored"); // empty = refused
        QTest::newRow("years") << "30"
                               << "1996~";
        QTest::newRow("newborn") << "0"
                                 << "2026~";
        QTest::newRow("years, unit") << "30 y"
                                     << "1996~";
        QTest::newRow("months") << "8 m"
                                << "2025-07~";
        QTest::newRow("months, joined") << "8months"
                                        << "2025-07~";
        QTest::newRow("weeks") << "3 w"
                               << "2026-02-09~";
        QTest::newRow("days") << "5 days"
                              << "2026-02-25~";
        QTest::newRow("estimate") << "~45"
                                  << "1981~";
        QTest::newRow("about") << "about 45"
                               << "1981~";
        QTest::newRow("Eastern digits") << QStringLiteral("\u0663\u0660") << "1996~";
        QTest::newRow("Arabic") << QStringLiteral("\u0663 \u0623\u0634\u0647\u0631") << "2025-12~";
        QTest::newRow("a year is no age") << "1980"
                                          << "1980";
        QTest::newRow("a date is no age") << "21/7/1980"
                                          << "1980-07-21";
        QTest::newRow("nobody") << "131"
                                << "";
        QTest::newRow("unit of nothing") << "3 q"
                                         << "";
        QTest::newRow("negative") << "-3"
                                  << "";
    }
    void agesAreReadAsSpoken()
    {
        QFETCH(QString, typed);
        QFETCH(QString, stored);
        const QDate today(2026, 3, 2);
        const auto date = PartialDate::parseBirth(typed, today);
        QCOMPARE(date ? date->toStored() : QString(), stored);
        if (!date)
            return;
        QCOMPARE(PartialDate::fromStored(date->toStored()), *date);
        QCOMPARE(*PartialDate::parseBirth(date->toTyped(), today), *date); // forms and files read it back
        QCOMPARE(*PartialDate::parse(date->toStored(), today), *date);
        QVERIFY(!date->toTyped().endsWith(u'~'));
    }

    void agesAreWholeYears()
    {
        const auto born = *PartialDate::create(1980, 3, 3);
        QCOMPARE(born.ageOn(QDate(2026, 3, 2)), 45);
        QCOMPARE(born.ageOn(QDate(2026, 3, 3)), 46);
        QCOMPARE(PartialDate::fromAge(30, QDate(2026, 3, 2))->year(), 1996);
        QVERIFY(PartialDate::fromAge(30, QDate(2026, 3, 2))->isEstimated());
    }

    // The two samples of c2sp.org/XAES-256-GCM, with and without the carry of the derived block.
    void pagesAreSealedAsTheStandardSays()
    {
        using namespace pagecipher;
        const QByteArray nonce("ABCDEFGHIJKLMNOPQRSTUVWX");
        const auto raw = [](const QByteArray &b) {
            return reinterpret_cast<const unsigned char *>(b.constData());
        };
        const struct
        {
            char key;
            const char *associated;
            const char *sealed;
        } samples[] = {
            {1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"},
            {3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"}};
        for (const auto &sample : samples) {
            const QByteArray key(keySize, sample.key);
            const QByteArray associated(sample.associated);
            const Bytes bound{raw(associated), size_t(associated.size())};
            QByteArray text("XAES-256-GCM");
            auto *inPlace = reinterpret_cast<unsigned char *>(text.data());
            unsigned char prepared[16];
            unsigned char tag[tagSize];
            QVERIFY(prepare(raw(key), prepared));
            QVERIFY(
                seal(inPlace, tag, {inPlace, size_t(text.size())}, bound, raw(nonce), raw(key), prepared));
            QCOMPARE((text + QByteArray(reinterpret_cast<const char *>(tag), tagSize)).toHex(),
                     sample.sealed);
            const QByteArray sealed = text;
            QVERIFY(open({inPlace, size_t(text.size())}, tag, bound, raw(nonce), raw(key), prepared));
            QCOMPARE(text, QByteArray("XAES-256-GCM"));
            // Any bit of the nonce, also of the half the key comes from, and of the tag.
            for (int bit = 0; bit < nonceSize * 8; ++bit) {
                QByteArray other = nonce;
                other[bit / 8] = char(other[bit / 8] ^ (1 << bit % 8));
                text = sealed;
                inPlace = reinterpret_cast<unsigned char *>(text.data());
                QVERIFY(!open({inPlace, size_t(text.size())}, tag, bound, raw(other), raw(key), prepared));
                tag[bit % tagSize] ^= 0x10;
                text = sealed;
                inPlace = reinterpret_cast<unsigned char *>(text.data());
                QVERIFY(!open({inPlace, size_t(text.size())}, tag, bound, raw(nonce), raw(key), prepared));
                tag[bit % tagSize] ^= 0x10;
            }
        }
    }

    // RFC 6238, appendix B (SHA-1, eight digits), and RFC 4648.
    void oneTimeCodesAreThoseOfTheStandard()
    {
        const QByteArray secret("12345678901234567890");
        const std::pair<qint64, const char *> samples[] = {
            {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
            {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
        for (const auto &[seconds, code] : samples) {
            QCOMPARE(totp::code(secret, seconds / 30, 8), QString::fromLatin1(code));
            QCOMPARE(totp::code(secret, seconds / 30), QString::fromLatin1(code).mid(2));
        }
        QCOMPARE(totp::toText("foobar"), QStringLiteral("MZXW6YTBOI"));
        QCOMPARE(totp::toText("foob"), QStringLiteral("MZXW6YQ"));
        for (int size = 0; size < 40; ++size) {
            const QByteArray bytes = crypto::randomBytes(size);
            QCOMPARE(totp::fromText(totp::toText(bytes)), bytes);
        }
        QCOMPARE(totp::fromText(QStringLiteral("mzxw 6ytb-oi==")), QByteArray("foobar"));
        QVERIFY(totp::fromText(QStringLiteral("MZXW1")).isEmpty());
        QVERIFY(totp::fromText(QStringLiteral("MZ\u0130")).isEmpty());

        const qint64 step = 1111111109 / 30;
        const qint64 now = step * totp::stepMs + 12'345;
        QCOMPARE(totp::match(secret, QStringLiteral("081 804"), now, 0), step);
        QCOMPARE(totp::match(secret, QStringLiteral("\u0660\u0668\u0661\u0668\u0660\u0664"), now, 0),
                 step); // Arabic
        QCOMPARE(totp::match(secret, totp::code(secret, step - 1), now, 0), step - 1);
        QCOMPARE(totp::match(secret, totp::code(secret, step + 1), now, 0), step + 1);
        QVERIFY(!totp::match(secret, totp::code(secret, step + 2), now, 0));
        QVERIFY(!totp::match(secret, totp::code(secret, step - 2), now, 0));
        QVERIFY(!totp::match(secret, QStringLiteral("081804"), now, step)); // once
        for (const char *no : {"", " ", "08180", "0818040", "08180x", "-81804"})
            QVERIFY(!totp::match(secret, QString::fromLatin1(no), now, 0));
        QCOMPARE(totp::uri(secret, QStringLiteral("ClinicDesk"), QStringLiteral("zoe & co")),
                 QStringLiteral("otpauth://totp/ClinicDesk:zoe%20%26%20co?secret="
                                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ClinicDesk"));
    }

    void theLogStartsAgain()
    {
        QTemporaryDir first;
        QTemporaryDir second;
        startLogging(first.path());
        startLogging(second.path());
        qInfo("after the change");
        const auto text = [](const QTemporaryDir &dir) {
            QFile file(dir.filePath(QStringLiteral("clinicdesk.log")));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QCOMPARE(text(second).count("after the change"), 1);
        QVERIFY(!text(first).contains("after the change"));
    }

    // A log in a folder that cannot be written to must not end the program that warns.
    void aLogWithoutAFileIsSilent()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        startLogging(file.fileName());
        qInfo("nowhere to go");
    }

    // Whatever a title is made of, some system would not take as a file's name.
    void fileNamesAreMadeOfAnything()
    {
        QCOMPARE(fileNameOf(QStringLiteral("Statement of Kumar s/o Rajan.pdf")),
                 QStringLiteral("Statement of Kumar s-o Rajan.pdf"));
        QCOMPARE(fileNameOf(QStringLiteral("a\\b:c*d?e\"f<g>h|i.txt")),
                 QStringLiteral("a-b-c-d-e-f-g-h-i.txt"));
        QCOMPARE(fileNameOf(QStringLiteral("CON.pdf")), QStringLiteral("_CON.pdf"));
        QCOMPARE(fileNameOf(QStringLiteral("lpt1")), QStringLiteral("_lpt1"));
        QCOMPARE(fileNameOf(QStringLiteral("../../etc/passwd")), QStringLiteral("-..-etc-passwd"));
        QCOMPARE(fileNameOf(QStringLiteral(" name. ")), QStringLiteral("name"));
        QCOMPARE(fileNameOf(QString::fromUtf8("\u202Eevil\u0001\n.pdf")), QStringLiteral("evil.pdf"));
        QCOMPARE(fileNameOf({}), QStringLiteral("_"));
        QCOMPARE(fileNameOf(QString(500, u'x') + QStringLiteral(".pdf")).size(), 124);
        QCOMPARE(fileNameOf(QStringLiteral("أمل حداد.pdf")), QStringLiteral("أمل حداد.pdf"));
    }

    void textFoldsAsPeopleSearch()
    {
        QCOMPARE(fold(u"O'Brien-Müller"), QStringLiteral("obrien muller"));
        for (const char16_t apostrophe :
             {0x27, 0x60, 0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2BF, 0x2C8, 0x2CA, 0x2018, 0x2019, 0x201A, 0x201B,
              0x2032, 0x2035, 0x5F3, 0x1FBD, 0xA78C, 0xFF07}) {
            const QString name = QStringLiteral("O") + QChar(apostrophe) + QStringLiteral("Hara");
            QCOMPARE(fold(name), QStringLiteral("ohara"));
            QCOMPARE(apostropheParts(name), (QStringList{QStringLiteral("o"), QStringLiteral("hara")}));
        }
        QVERIFY(apostropheParts(u"Hara").isEmpty());
        QCOMPARE(fold(u"Łukasz"), QStringLiteral("lukasz"));
        QCOMPARE(fold(u"Søren Straße"), QStringLiteral("soren strasse"));
        QCOMPARE(fold(u"Quế"), QStringLiteral("que"));
        QCOMPARE(fold(u"Σπύρος"), fold(u"ΣΠΥΡΟΣ"));
        QCOMPARE(fold(u"나채율"), QStringLiteral("나채율"));
        QCOMPARE(transliterated(u"Smith"), QString());
        QVERIFY(transliterated(u"Прохоров").startsWith(u"prohorov") ||
                transliterated(u"Прохоров").startsWith(u"prokhorov"));
        QCOMPARE(phoneticKey(u"catherine"), phoneticKey(u"katharine"));
    }

    void sealedBytesOpenOnlyInTheirPlace()
    {
        const QByteArray key = crypto::randomBytes(crypto::keySize);
        QByteArray sealed = crypto::seal("secret", key, "row1");
        QCOMPARE(crypto::open(sealed, key, "row1").value_or(""), QByteArray("secret"));
        QVERIFY(!crypto::open(sealed, key, "row2"));
        sealed[sealed.size() - 1] = char(sealed[sealed.size() - 1] ^ 1);
        QVERIFY(!crypto::open(sealed, key, "row1"));
        const QString verifier = crypto::passwordVerifier(QStringLiteral("correct horse"), {1, 8192});
        QVERIFY(crypto::passwordMatches(QStringLiteral("correct horse"), verifier));
        QVERIFY(!crypto::passwordMatches(QStringLiteral("correct horsf"), verifier));
        // However a keyboard puts a letter together, also under a verifier from before that was settled.
        const QString composed = QStringLiteral("Stra\u00dfe \u00e9");
        const QString apart = QStringLiteral("Stra\u00dfe e\u0301");
        QVERIFY(composed != apart);
        for (const QString &set : {composed, apart}) {
            const QString kept = crypto::passwordVerifier(set, {1, 8192});
            QVERIFY(crypto::passwordMatches(composed, kept));
            QVERIFY(crypto::passwordMatches(apart, kept));
            QVERIFY(!crypto::passwordMatches(QStringLiteral("Strasse e"), kept));
        }
        QCOMPARE(crypto::passwordForms(apart),
                 (QList<QByteArray>{composed.toUtf8(), apart.toUtf8()})); // the new one first
        QCOMPARE(crypto::passwordForms(QStringLiteral("plain")), QList<QByteArray>{"plain"});
        QVERIFY(crypto::needsRaise(verifier, {}));
    }

    // Where clocks are put forward or back, by half an hour, at midnight, or by a whole day.
    void wallTimesNameInstants_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<int>("minute");
        QTest::addColumn<QStringList>("instants"); // in UTC
        QTest::addColumn<QString>("opens");
        QTest::addColumn<QString>("closes");
        const auto add = [](const char *name, const char *zone, const char *day, int minute,
                            const QStringList &instants, const QString &opens, const QString &closes) {
            QTest::newRow(name) << QByteArray(zone)
                                << QDate::fromString(QString::fromLatin1(day), Qt::ISODate) << minute
                                << instants << opens << closes;
        };
        const auto one = [&](const char *name, const char *zone, const char *day, int minute,
                             const char *instant) {
            const QString at = QString::fromLatin1(instant);
            add(name, zone, day, minute, {at}, at, at);
        };
        const auto none = [&](const char *name, const char *zone, const char *day, int minute,
                              const char *change) {
            const QString at = QString::fromLatin1(change);
            add(name, zone, day, minute, {}, at, at);
        };
        const auto two = [&](const char *name, const char *zone, const char *day, int minute,
                             const char *first, const char *second) {
            const QString a = QString::fromLatin1(first);
            const QString b = QString::fromLatin1(second);
            add(name, zone, day, minute, {a, b}, a, b);
        };
        one("an ordinary day", "America/New_York", "2026-03-09", 9 * 60, "2026-03-09T13:00:00Z");
        one("before it is skipped", "America/New_York", "2026-03-08", 115, "2026-03-08T06:55:00Z");
        none("skipped", "America/New_York", "2026-03-08", 150, "2026-03-08T07:00:00Z");
        one("after it", "America/New_York", "2026-03-08", 8 * 60, "2026-03-08T12:00:00Z");
        two("repeated", "America/New_York", "2026-11-01", 90, "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z");
        one("after the repeat", "America/New_York", "2026-11-01", 8 * 60, "2026-11-01T13:00:00Z");
        one("the end of such a day", "America/New_York", "2026-11-01", 24 * 60, "2026-11-02T05:00:00Z");
        none("midnight is skipped", "Africa/Cairo", "2026-04-24", 0, "2026-04-23T22:00:00Z");
        one("a working Friday", "Africa/Cairo", "2026-04-24", 8 * 60, "2026-04-24T05:00:00Z");
        one("far east", "Pacific/Kiritimati", "2026-03-02", 9 * 60, "2026-03-01T19:00:00Z");
        none("a whole day is skipped", "Pacific/Apia", "2011-12-30", 9 * 60, "2011-12-30T10:00:00Z");
        one("the day before that", "Pacific/Apia", "2011-12-29", 9 * 60, "2011-12-29T19:00:00Z");
        none("half an hour is skipped", "Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:30:00Z");
        two("half an hour twice", "Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45:00Z",
            "2026-04-04T15:15:00Z");
        none("midnight in Brazil", "America/Sao_Paulo", "2018-11-04", 30, "2018-11-04T03:00:00Z");
        two("the hour before midnight twice", "America/Sao_Paulo", "2018-02-17", 23 * 60 + 30,
            "2018-02-18T01:30:00Z", "2018-02-18T02:30:00Z");
        one("no such zone counts as UTC", "Nowhere/At_All", "2026-03-02", 9 * 60, "2026-03-02T09:00:00Z");
    }
    void wallTimesNameInstants()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, day);
        QFETCH(int, minute);
        QFETCH(QStringList, instants);
        QFETCH(QString, opens);
        QFETCH(QString, closes);
        const QTimeZone there(zone);
        const auto text = [](qint64 ms) {
            return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
        };
        QStringList found;
        for (const qint64 ms : walltime::instantsOf(day, minute, there))
            found << text(ms);
        QCOMPARE(found, instants);
        QCOMPARE(text(walltime::opening(day, minute, there)), opens);
        QCOMPARE(text(walltime::closing(day, minute, there)), closes);
        QCOMPARE(walltime::isRepeated(day, minute, there), instants.size() == 2);
        const auto first = walltime::instantOf(day, minute, there);
        QCOMPARE(first.has_value(), !instants.isEmpty());
        if (!first) {
            QCOMPARE(first.error().code, ErrorCode::DateImpossible);
            return;
        }
        QCOMPARE(text(*first), instants.first());
        QCOMPARE(text(*walltime::instantOf(day, minute, there, walltime::Pass::Second)), instants.last());
        if (minute < walltime::minutesPerDay) { // and back
            for (const qint64 ms : walltime::instantsOf(day, minute, there)) {
                QCOMPARE(walltime::dayOf(ms, there), day);
                QCOMPARE(walltime::minuteOf(ms, there), minute);
                QCOMPARE(*walltime::instantOf(day, minute, there, walltime::passOf(ms, there)), ms);
            }
        }
    }

    void slotsKeepToTheGrid()
    {
        QVERIFY(!TimeSlot::create(1, 15));
        QVERIFY(!TimeSlot::create(0, 7));
        QVERIFY(!TimeSlot::create(0, 0));
        const auto a = *TimeSlot::create(0, 15);
        const auto b = *TimeSlot::create(TimeSlot::gridMs * 3, 15);
        QVERIFY(!a.overlaps(b)); // half open: one ends as the other begins
        QVERIFY(a.overlaps(*TimeSlot::create(TimeSlot::gridMs * 2, 15)));
    }

    void checkCharacterCatchesSlips()
    {
        const QString number = QStringLiteral("MN-0AB-P123");
        const QChar check = checkCharacter(number);
        for (qsizetype i = 0; i < number.size(); ++i) {
            if (!number[i].isDigit())
                continue;
            QString wrong = number;
            wrong[i] = wrong[i] == u'9' ? QChar(u'0') : QChar(wrong[i].unicode() + 1);
            QVERIFY(checkCharacter(wrong) != check);
        }
    }

#ifdef Q_OS_LINUX
    // Neither a core dump nor another program of the same person reads it.
    void memoryIsPrivate()
    {
        const pid_t child = fork();
        if (child == 0) {
            keepMemoryPrivate();
            rlimit core{1, 1};
            getrlimit(RLIMIT_CORE, &core);
            if (prctl(PR_GET_DUMPABLE) != 0 || core.rlim_cur != 0 || core.rlim_max != 0)
                _exit(1);
            signal(SIGSEGV, SIG_DFL); // and not QTest's handler
            raise(SIGSEGV);
            _exit(2);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGSEGV);
        QVERIFY(!WCOREDUMP(status));
    }
#endif
};

int main(int argc, char **argv)
{
    return test::run<TstCore, QCoreApplication>(argc, argv);
}

#include "tst_core.moc"
