// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fold.h"
#include "exchange/numberformat.h"
#include "exchange/textfile.h"
#include "models/errortext.h"
#include "models/patients/importer.h"
#include "models/patients/importtext.h"
#include "services/patients/importdates.h"
#include "services/patients/importing.h"
#include "services/patients/importrow.h"
#include "services/patients/patientlist.h"
#include "services/patients/patients.h"
#include "storage/backup.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <zip.h>

using namespace clinic;
using namespace clinic::test;

namespace {

// A workbook of these parts.
QString workbook(const QTemporaryDir &dir, const QHash<QString, QByteArray> &parts)
{
    static int number = 0;
    const QString path = dir.filePath(QStringLiteral("book%1.xlsx").arg(++number));
    int code = 0;
    zip_t *zip = zip_open(path.toUtf8().constData(), ZIP_CREATE, &code);
    for (auto it = parts.begin(); it != parts.end(); ++it) {
        zip_source_t *source = zip_source_buffer(zip, it->constData(), zip_uint64_t(it->size()), 0);
        if (zip_file_add(zip, it.key().toUtf8().constData(), source, ZIP_FL_ENC_UTF_8) < 0)
            qFatal("zip");
    }
    if (zip_close(zip) != 0)
        qFatal("zip");
    return path;
}

QByteArray sheet(const QByteArray &rows)
{
    return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
}

QByteArray text(const char *cell, const QByteArray &value)
{
    return QByteArray("<c r=\"") + cell + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
}

const QByteArray headerRow = "<row r=\"1\">" + text("A1", "Surname") + text("B1", "First name") +
                             text("C1", "DOB") + text("D1", "ID number") + "</row>";

exchange::TextTable tableOf(const QByteArray &csv)
{
    const auto table = exchange::readTextTable(csv);
    if (!table)
        qFatal("not read");
    return *table;
}

} // namespace

class TstImport : public QObject
{
    Q_OBJECT

    static bool sexLetterIsOpen(const domain::Patient &patient)
    {
        return patient.sex == domain::Sex::Unknown;
    }

    static QList<services::ImportOutcome> importAll(TestClinic &t, const exchange::TextTable &table)
    {
        QList<services::ImportOutcome> all;
        services::ImportBatch batch;
        batch.mapping = services::guessMapping(table.header, table.rows);
        const auto asked = services::examineList(batch.mapping, table.rows, table.lines, 2026);
        if (!asked.sexes.isEmpty()) // a list of men alone
            batch.mapping.sexLetters = {QStringLiteral("f"), QStringLiteral("m")};
        if (asked.dateOrder || asked.shortYears || asked.nameOrder)
            qFatal("%s", qPrintable(models::errorText(models::listInDoubt(asked))));
        for (int at = 0; at < table.rows.size(); at += services::ImportBatch::maximumRows) {
            batch.rows = models::importRows(table, at, at + services::ImportBatch::maximumRows);
            const auto outcomes = t.clinic->performNow(batch);
            if (!outcomes)
                qFatal("batch failed: %s", qPrintable(outcomes.error().detail));
            all += *outcomes;
        }
        return all;
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }

    // The messy sample: everything importable is imported, and everybody is found again as a person would
    // search.
    void sampleIsImportedAndFoundAgain()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto table =
            exchange::readTable(QStringLiteral(CLINIC_SOURCE_DIR "/tests/fixtures/patients-sample.csv"));
        QVERIFY(table.has_value());
        QCOMPARE(table->rows.size(), 600);
        QCOMPARE(table->header.size(), 7);
        const auto outcomes = importAll(t, *table);
        QCOMPARE(outcomes.size(), 600);
        int imported = 0;
        int duplicates = 0;
        int bad = 0;
        int searched = 0;
        for (int i = 0; i < outcomes.size(); ++i) {
            const auto &row = table->rows[i];
            const auto &outcome = outcomes[i];
            imported += outcome.fate == services::ImportFate::Imported;
            duplicates += outcome.fate == services::ImportFate::Duplicate;
            bad += outcome.fate == services::ImportFate::Bad;
            const QString name = QString(row[0] + u' ' + row[1]).simplified();
            const auto date = PartialDate::parse(row[2], QDate(2026, 3, 2));
            const bool isDateGood =
                services::saysNothing(row[2]) || (date && date->earliest() <= QDate(2026, 3, 2));
            const bool importable = !foldedWords(name).isEmpty() && isDateGood;
            QVERIFY2((outcome.fate == services::ImportFate::Bad) == !importable, qPrintable(row.join(u'|')));
            if (!importable)
                continue;
            const auto finds = [&](const QString &text) {
                const auto hits = t.clinic->answerNow(services::PatientSearch{text, 50});
                ++searched;
                return hits && std::any_of(hits->begin(), hits->end(),
                                           [&](const auto &h) { return h.number == outcome.number; });
            };
            QVERIFY2(finds(name), qPrintable(name));
            QVERIFY2(finds(QString(row[1].trimmed() + u' ' + row[0].trimmed())), qPrintable(name));
            QVERIFY2(finds(outcome.number), qPrintable(outcome.number));
            if (outcome.fate == services::ImportFate::Imported && !row[4].isEmpty()) {
                QVERIFY2(finds(row[4]), qPrintable(row[4]));
                QString digits;
                for (const QChar c : row[4]) {
                    if (c.isDigit())
                        digits += c;
                }
                QVERIFY2(finds(digits.right(6)), qPrintable(row[4]));
            }
            if (outcome.fate == services::ImportFate::Imported && !row[5].isEmpty())
                QVERIFY2(finds(row[5]), qPrintable(row[5]));
        }
        qInfo("%d imported, %d duplicates, %d bad, %d searches", imported, duplicates, bad, searched);
        QVERIFY(imported > 550 && duplicates > 0 && bad >= 9 && searched > 2000);
        QCOMPARE(storage::checkDatabase(t.database->writerConnection(), t.database->identity())->faults,
                 QStringList());

        // Once more: nothing new, everybody known.
        const qint64 before = t.count("patient");
        for (const auto &outcome : importAll(t, *table))
            QVERIFY(outcome.fate != services::ImportFate::Imported);
        QCOMPARE(t.count("patient"), before);
    }

    void separatorsQuotesAndEncodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<bool>("inDoubt");
        const QString list = QStringLiteral(
            "Name;Born;Remarks\n\"Müller, Käthe\";1.2.1980;\"said \"\"hello\"\"\nand left\"\n");
        const auto utf16 = [&](bool bigEndian) {
            QByteArray bytes;
            for (const QChar c : list) {
                const char low = char(c.unicode() & 0xff);
                const char high = char(c.unicode() >> 8);
                bytes.append(bigEndian ? high : low);
                bytes.append(bigEndian ? low : high);
            }
            return bytes;
        };
        QTest::newRow("utf-8") << list.toUtf8() << QString() << "UTF-8" << false;
        QTest::newRow("utf-8 with mark")
            << QByteArray("\xef\xbb\xbf") + list.toUtf8() << QString() << "UTF-8" << false;
        QTest::newRow("latin-1") << list.toLatin1() << QString() << "windows-1252" << true;
        QTest::newRow("latin-1, as said") << list.toLatin1() << "iso-8859-1"
                                          << "iso-8859-1" << false;
        QTest::newRow("utf-16") << QByteArray("\xff\xfe") + utf16(false) << QString() << "UTF-16LE" << false;
        QTest::newRow("utf-16, other end")
            << QByteArray("\xfe\xff") + utf16(true) << QString() << "UTF-16BE" << false;
        QTest::newRow("utf-16 without mark") << utf16(false) << QString() << "UTF-16LE" << false;
        QByteArray crlf = list.toUtf8();
        QTest::newRow("cr lf") << crlf.replace("\n", "\r\n") << QString() << "UTF-8" << false;
        QByteArray cr = list.toUtf8();
        QTest::newRow("cr alone") << cr.replace('\n', '\r') << QString() << "UTF-8" << false;
        QTest::newRow("sep=;") << "sep=;\r\n" + list.toUtf8() << QString() << "UTF-8" << false;
    }
    void separatorsQuotesAndEncodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        exchange::TableOptions options;
        options.encoding = said;
        const auto table = exchange::readTextTable(bytes, options);
        QVERIFY(table.has_value());
        QTEST(table->encoding, "encoding");
        QTEST(table->doubt.has_value(), "inDoubt");
        QCOMPARE(table->header,
                 (QStringList{QStringLiteral("Name"), QStringLiteral("Born"), QStringLiteral("Remarks")}));
        QCOMPARE(table->rows.size(), 1);
        QCOMPARE(table->rows.first(),
                 (QStringList{QStringLiteral("Müller, Käthe"), QStringLiteral("1.2.1980"),
                              QStringLiteral("said \"hello\"\nand left")}));
        QCOMPARE(table->lines.first(), bytes.startsWith("sep") ? 3 : 2);
    }

    // One broken byte does not turn a file into another coding: its line is shown, and a person says.
    void doubtfulCodingsAreShown()
    {
        const QByteArray broken = "Surname,DOB\nGr\xc3\xa9gory,1980\n\xc5ofie,1980\nM\xc3\xbcller,1980\n";
        const auto table = exchange::readTextTable(broken);
        QVERIFY(table && table->doubt);
        QCOMPARE(table->doubt->name, QStringLiteral("UTF-8"));
        QCOMPARE(table->doubt->lines.size(), 1);
        QVERIFY(table->doubt->lines.first().startsWith(QStringLiteral("3: ")));
        QVERIFY(models::errorText(models::codingInDoubt(*table->doubt)).contains(QStringLiteral("ofie")));
        // Said to be UTF-8 all the same, that row alone is not taken.
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        exchange::TableOptions options;
        options.encoding = QStringLiteral("utf-8");
        QList<services::ImportFate> fates;
        for (const auto &outcome : importAll(t, *exchange::readTextTable(broken, options)))
            fates << outcome.fate;
        using services::ImportFate;
        QCOMPARE(fates, (QList<ImportFate>{ImportFate::Imported, ImportFate::Bad, ImportFate::Imported}));
        options.encoding = QStringLiteral("windows-1256");
        const auto arabic =
            exchange::readTextTable(QByteArray("Surname,DOB\n\xcd\xcf\xc7\xcf,1980\n"), options);
        QCOMPARE(arabic->rows.first().first(), QStringLiteral("حداد"));
        options.encoding = QStringLiteral("no such coding");
        QVERIFY(models::errorText(exchange::readTextTable(broken, options).error())
                    .contains(QStringLiteral("no such coding")));
    }

    // An open quotation mark is the fault of its row, and takes no other row with it.
    void openQuotesSwallowNobody()
    {
        QByteArray csv = "Surname,First name,DOB,Address\n";
        for (int i = 2; i < 300; ++i)
            csv += "Row" + QByteArray::number(i) + ",A,1980-01-01," +
                   (i == 7 ? QByteArray("\"never closed") : "\"Street " + QByteArray::number(i) + '"') + '\n';
        auto table = tableOf(csv);
        QCOMPARE(table.rows.size(), 298);
        QCOMPARE(table.faults.size(), 1);
        QCOMPARE(table.lines[table.faults.begin().key()], 7);
        QVERIFY(models::errorText(*table.faults.begin()).contains(QStringLiteral("line 7")));
        QCOMPARE(table.rows[6].first(), QStringLiteral("Row8"));
        // The last row's is found as well, and one behind a sound cell of two lines.
        table = tableOf("Surname,DOB,Address\nA,1980,\"x\"\nB,1980,\"y");
        QCOMPARE(table.rows.size(), 2);
        QVERIFY(table.faults.contains(1));
        table = tableOf("Surname,Address,DOB\nA,\"High St\nFlat 3\",\"1980\nB,x,1981\n");
        QCOMPARE(table.rows.size(), 2);
        QVERIFY(models::errorText(table.faults.value(0)).contains(QStringLiteral("line 3")));
        QCOMPARE(table.rows[1].first(), QStringLiteral("B"));
        // A separator that nobody quoted would move every cell after it.
        table = tableOf("Surname,Address,DOB\nA,High St, Flat 3,1980\nB,x,1981,\n");
        QCOMPARE(table.faults.keys(), QList<qsizetype>{0});
    }

    void workbooksAreRead()
    {
        QTemporaryDir dir;
        const QByteArray styles =
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt "
            "numFmtId=\"165\" "
            "formatCode=\"0000000000\"/><numFmt numFmtId=\"166\" "
            "formatCode=\"TT.MM.JJJJ\"/></numFmts><cellXfs>"
            "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf "
            "numFmtId=\"17\"/></cellXfs></styleSheet>";
        const QByteArray shared =
            "<sst><si><r><t>AB</t></r><r><t>-78</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t>"
            "</rPh></si></sst>";
        const auto row = [](int number, const QByteArray &born, const QByteArray &id) {
            const QByteArray n = QByteArray::number(number);
            return "<row r=\"" + n + "\">" + text(("A" + n).constData(), "Łukasik" + n) +
                   text(("B" + n).constData(), "Zofia") + "<c r=\"C" + n + "\" " + born + "</c><c r=\"D" + n +
                   "\" " + id + "</c></row>";
        };
        const QByteArray rows = headerRow + row(2, "s=\"1\"><v>29423</v>", "s=\"2\"><v>774000000</v>") +
                                row(3, "s=\"1\" t=\"n\"><v>2.9423E4</v>", "><v>7.1E+16</v>") +
                                row(4, "t=\"d\" s=\"1\"><v>1980-07-21T00:00:00</v>", "t=\"s\"><v>0</v>") +
                                row(5, "s=\"3\"><v>29423.75</v>", "t=\"b\"><v>1</v>") +
                                row(6, "s=\"4\"><v>29403</v>", "t=\"str\"><f>x</f><v>007</v>") +
                                row(7, "s=\"1\"><v>60</v>", "><v>12345678901234567890</v>") +
                                row(8, "><v>29423</v>", "t=\"e\"><v>#N/A</v>");
        const QByteArray other = sheet("<row>" + text("A1", "other") + "</row>");
        const QByteArray relations =
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" "
            "Type=\"x/worksheet\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\" "
            "Type=\"x/worksheet\"/></Relationships>";
        const auto book = [&](const QByteArray &properties) {
            return workbook(
                dir, {{QStringLiteral("xl/workbook.xml"),
                       "<workbook xmlns:r=\"r\">" + properties +
                           "<sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"S\" "
                           "r:id=\"r2\"/><sheet name=\"Third\" r:id=\"r1\"/></sheets></workbook>"},
                      {QStringLiteral("xl/_rels/workbook.xml.rels"), relations},
                      {QStringLiteral("xl/worksheets/sheet1.xml"), other},
                      {QStringLiteral("xl/worksheets/sheet2.xml"), sheet(rows)},
                      {QStringLiteral("xl/styles.xml"), styles},
                      {QStringLiteral("xl/sharedStrings.xml"), shared}});
        };
        const auto table = exchange::readTable(book({}));
        QVERIFY(table.has_value());
        QCOMPARE(table->otherSheets, QStringList{QStringLiteral("Third")});
        QCOMPARE(table->header.value(2), QStringLiteral("DOB"));
        QStringList born;
        QStringList ids;
        for (const QStringList &cells : table->rows) {
            born << cells.value(2);
            ids << cells.value(3);
        }
        QCOMPARE(born.join(u' '),
                 QStringLiteral("1980-07-21 1980-07-21 1980-07-21 1980-07-21 1980-07 60 29423"));
        QCOMPARE(ids.join(u' '), QStringLiteral("0774000000 71000000000000000 AB-78 TRUE 007 "
                                                "12345678901234567890 #N/A"));
        const auto mac = exchange::readTable(book("<workbookPr date1904=\"1\"/>"));
        QCOMPARE(mac->rows.first().value(2), QStringLiteral("1984-07-22"));
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto outcomes = importAll(t, *table);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(outcomes[i].fate, services::ImportFate::Imported);
        QCOMPARE(outcomes[5].fate, services::ImportFate::Bad); // the 29th of February 1900 never was
        QCOMPARE(outcomes[6].reason.field, QStringLiteral("import-cell"));
        QVERIFY(models::errorText(outcomes[6].reason).contains(QStringLiteral("#N/A")));
    }

    void numbersAsTheirFormatsShowThem()
    {
        const auto shown = [](const char *raw, const char *code) {
            return exchange::formattedNumber(QString::fromLatin1(raw),
                                             exchange::numberFormat(164, QString::fromUtf8(code)), false);
        };
        QCOMPARE(shown("1234567", "000-00-0000"), QStringLiteral("001-23-4567"));
        QCOMPARE(shown("5550101", "[<=9999999]###-####;(###) ###-####"), QStringLiteral("555-0101"));
        QCOMPARE(shown("8255501010", "[<=9999999]###-####;(###) ###-####"), QStringLiteral("(825) 550-1010"));
        QCOMPARE(shown("29423", "[$-409]d mmm yyyy"), QStringLiteral("1980-07-21"));
        QCOMPARE(shown("29423", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"), QStringLiteral("1980-07-21"));
        QCOMPARE(shown("29423", "\"day \"0"), QStringLiteral("day 29423")); // a word is no format of dates
        QCOMPARE(shown("29221", "yyyy"), QStringLiteral("1980"));
        QCOMPARE(shown("29423", "#,##0.00"), QStringLiteral("29423"));
        QCOMPARE(shown("0.25", "h:mm"), QStringLiteral("0.25"));
        QCOMPARE(shown("1e400", "General"), QStringLiteral("1e400"));
        for (const char *never : {"0", "-1", "2958466"})
            QCOMPARE(shown(never, "dd/mm/yyyy"), QString::fromLatin1(never));
    }

    // Small files that would unpack to more memory than a PC has get a sentence.
    void hostileWorkbooksEndWithASentence()
    {
        QTemporaryDir dir;
        const auto refused = [&](const QByteArray &rows, const QByteArray &shared) {
            const auto table = exchange::readTable(
                workbook(dir, {{QStringLiteral("xl/worksheets/sheet1.xml"), sheet(headerRow + rows)},
                               {QStringLiteral("xl/sharedStrings.xml"), "<sst>" + shared + "</sst>"}}));
            return table ? QString() : models::errorText(table.error());
        };
        // Half a million rows with one cell far to the right.
        QVERIFY(refused(QByteArray("<row><c r=\"SF2\"><v>1</v></c></row>").repeated(500'000), {})
                    .contains(QStringLiteral("cells")));
        QVERIFY(refused("<row><c r=\"SG2\"><v>1</v></c></row>", {}).contains(QStringLiteral("columns")));
        // One text of three megabytes, three thousand times in one cell.
        const QByteArray often =
            "<row><c r=\"A2\" t=\"s\">" + QByteArray("<v>0</v>").repeated(3000) + "</c></row>";
        QVERIFY(refused(often, "<si><t>" + QByteArray(3'000'000, 'A') + "</t></si>")
                    .contains(QStringLiteral("characters")));
        QVERIFY(refused(often, "<si><t>A</t></si>").contains(QStringLiteral("damaged")));
        QVERIFY(
            refused("<row><c r=\"A2\" t=\"s\"><v>-5</v></c></row>", {}).contains(QStringLiteral("damaged")));
        QVERIFY(refused(QByteArray("<a>").repeated(5000) + QByteArray("</a>").repeated(5000), {})
                    .contains(QStringLiteral("damaged")));
        const auto bomb = exchange::readTable(workbook(
            dir, {{QStringLiteral("xl/worksheets/sheet1.xml"),
                   "<!DOCTYPE x [<!ENTITY a \"bbbb\">]>" + sheet("<row>" + text("A1", "&a;") + "</row>")}}));
        QCOMPARE(bomb.error().code, ErrorCode::Damaged);
        exchange::TableOptions options;
        options.limits.rows = 3;
        QVERIFY(
            models::errorText(exchange::readTextTable("Surname,DOB\na,1\nb,2\nc,3\nd,4\n", options).error())
                .contains(QStringLiteral("3 rows")));
        // A line without an end is cut and said to be.
        const auto endless = tableOf("surname,dob\n" + QByteArray(3'000'000, 'a') + ",1980\nb,1980\n");
        QCOMPARE(endless.rows.size(), 2);
        QVERIFY(endless.faults.contains(0));
        QVERIFY(tableOf("surname,dob\n" + QByteArray(3'000'000, ',') + "\nb,1980\n").faults.contains(0));
    }

    // Columns by their names as lists have them, in any case, accents and punctuation.
    void columnsByTheirNames_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("meanings");
        const auto add = [](const char *name, const char *header, const char *meanings) {
            QTest::newRow(name) << QString::fromUtf8(header) << QString::fromLatin1(meanings);
        };
        add("English", "Surname,First name(s),DOB,Gender,Cell,ID number,Remarks",
            "family,given,birth,sex,phone,id,remarks");
        add("English, name", "Name,Surname,Date of Birth,Sex", "given,family,birth,sex");
        add("English, more", "Patient Name;Age;Sex;Mobile No.;Home address;File No.;Doctor;Next of kin",
            "name,age,sex,phone,address,other-id,,");
        add("French, in capitals", "NOM;PRENOM;NE(E) LE;SEXE;TEL", "family,given,birth,sex,phone");
        add("French", "Nom et prénom;Date de naissance;Lieu de naissance;N° dossier;Âge;Téléphone portable",
            "name,birth,,other-id,age,phone");
        add("Spanish", "Primer apellido;Segundo apellido;Nombre;F. nac.;Género;Cédula;Correo electrónico",
            "family,family,given,birth,sex,id,email");
        add("Portuguese", "Nome;Sobrenome;Data de nascimento;Sexo;Celular;CPF;Endereço",
            "given,family,birth,sex,phone,id,address");
        add("German", "Name;Vorname;Geb.-Datum;Geschlecht;Telefon;PLZ;Ort;Bemerkungen",
            "family,given,birth,sex,phone,address,address,remarks");
        add("Italian", "Cognome;Nome;Data di nascita;Sesso;Codice fiscale", "family,given,birth,sex,id");
        add("Dutch", "Achternaam;Voornaam;Geboortedatum;Geslacht;BSN", "family,given,birth,sex,id");
        add("Swahili", "Jina la ukoo;Jina la kwanza;Tarehe ya kuzaliwa;Jinsia;Simu",
            "family,given,birth,sex,phone");
        add("Turkish", "Adı;Soyadı;Doğum tarihi;Cinsiyet;TC Kimlik No", "given,family,birth,sex,id");
        add("Indonesian", "Nama;Tgl. Lahir;Jenis Kelamin;No. HP;NIK;Alamat",
            "name,birth,sex,phone,id,address");
        add("Arabic", "الاسم الأول;اسم العائلة;تاريخ الميلاد;الجنس;رقم الهاتف;العنوان;ملاحظات",
            "given,family,birth,sex,phone,address,remarks");
        add("Russian", "Фамилия;Имя;Отчество;Дата рождения;Пол", "family,given,given,birth,sex");
        add("Polish", "Nazwisko;Imię;Data urodzenia;Płeć;PESEL", "family,given,birth,sex,id");
        add("Chinese", "姓名;性别;出生日期;电话;身份证号", "name,sex,birth,phone,id");
        add("our own",
            "number;family_name;given_name;sex;birth_date;phone;email;address;remarks;active;"
            "inactive_reason;identifiers;contacts;next_of_kin",
            "number,family,given,sex,birth,phone,email,address,remarks,active,inactive-reason,identifiers,"
            "contacts,"
            "next-of-kin");
    }
    void columnsByTheirNames()
    {
        QFETCH(QString, header);
        const QStringList names = header.split(header.contains(u';') ? u';' : u',');
        QVERIFY(services::isHeader(names));
        const auto mapping = services::guessMapping(names);
        QStringList meanings;
        for (const auto field : mapping.columns)
            meanings << services::importFieldCode(field);
        QTEST(meanings.join(u','), "meanings");
    }

    // What no name says is looked for in the cells; a list whose columns stay unknown is not read at all.
    void columnsByTheirCells()
    {
        const auto table = tableOf("Foo;Bar;Baz;Qux;Quux\nHaddad;Amal;13/02/1950;F;0774000123\n"
                                   "Khan;Ali;01/03/1961;M;0774000124\nKhan;Sara;11/12/2024;F;\n");
        QCOMPARE(table.header.size(), 5);
        QVERIFY(!table.isHeaderSure);
        const auto guessed = services::guessMapping(table.header, table.rows);
        using services::ImportField;
        QCOMPARE(guessed.columns,
                 (QList<ImportField>{ImportField::LeaveOut, ImportField::LeaveOut, ImportField::BirthDate,
                                     ImportField::Sex, ImportField::Phone}));
        QVERIFY(!guessed.isComplete());
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const qint64 before = t.count("patient");
        services::ImportBatch batch;
        batch.mapping = guessed;
        batch.rows = models::importRows(table, 0, 3);
        const auto refused = t.clinic->performNow(batch);
        QVERIFY(!refused);
        QCOMPARE(t.count("patient"), before);
        QVERIFY(models::errorText(models::columnsUnknown(table))
                    .contains(QStringLiteral("Foo, Bar, Baz, Qux, Quux")));
        // Dates of visits are no birth dates.
        const auto visits = tableOf("Foo;Bar\nHaddad;13/02/2024\nKhan;01/03/2025\n");
        QVERIFY(!services::guessMapping(visits.header, visits.rows).has(ImportField::BirthDate));
        // Named columns: by name in any writing, or by place.
        const auto named = services::namedMapping(QStringLiteral("family=foo,given=2,birth=Baz,remarks=qux"),
                                                  table.header, 5);
        QVERIFY(named && named->isComplete());
        QCOMPARE(named->columns[0], ImportField::FamilyName);
        QCOMPARE(named->columns[1], ImportField::GivenName);
        QVERIFY(
            models::errorText(services::namedMapping(QStringLiteral("family=Nom"), table.header, 5).error())
                .contains(QStringLiteral("Foo, Bar")));
        QVERIFY(!services::namedMapping(QStringLiteral("surnames=Foo"), table.header, 5));
        QVERIFY(services::namedMapping(QStringLiteral("name=1,birth=none"), table.header, 5)->isComplete());
    }

    void datesAsListsHaveThem_data()
    {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<int>("order"); // 0 unknown, 1 day first, 2 month first
        QTest::addColumn<int>("years"); // 0 unknown, 1 later, 2 earlier
        QTest::addColumn<QString>("stored");
        const auto add = [](const char *cell, int order, int years, const char *stored) {
            QTest::newRow(
                qPrintable(QStringLiteral("%1 (%2 %3)").arg(QString::fromUtf8(cell)).arg(order).arg(years)))
                << QString::fromUtf8(cell) << order << years << QString::fromLatin1(stored);
        };
        add("3/4/1980", 1, 0, "1980-04-03");
        add("3/4/1980", 2, 0, "1980-03-04");
        add("3/4/1980", 0, 0, "import-order");
        add("4/4/1980", 0, 0, "1980-04-04");
        add("13/2/1980", 0, 0, "1980-02-13");
        add("13/2/1980", 2, 0, "birth_date");
        add("2/13/1980", 1, 0, "birth_date");
        add("13/13/1990", 1, 0, "birth_date");
        add("31/02/1990", 1, 0, "birth_date");
        add("29/02/2023", 1, 0, "birth_date");
        add("13.2.80", 1, 0, "1980-02-13");
        add("13.2.20", 1, 0, "import-years");
        add("13.2.20", 1, 1, "2020-02-13");
        add("13.2.20", 1, 2, "1920-02-13");
        add("31.12.26", 1, 0, "1926-12-31"); // in 2026 it is not born yet
        add("00/00/1990", 1, 0, "1990");
        add("00/07/1990", 0, 0, "1990-07");
        add("1990-00-00", 0, 0, "1990");
        add("1990", 0, 0, "1990");
        add("7/1990", 0, 0, "1990-07");
        add("Feb 3 1990", 0, 0, "1990-02-03");
        add("3 févr. 1990", 0, 0, "1990-02-03");
        add("3. März 1990", 0, 0, "1990-03-03");
        add("3 de febrero de 1990", 0, 0, "1990-02-03");
        add("٣ فبراير ١٩٩٠", 0, 0, "1990-02-03");
        add("Saturday, 3 February 1990", 0, 0, "1990-02-03");
        add("February 1990", 0, 0, "1990-02");
        add("Febtober 3 1990", 0, 0, "birth_date");
        add("19900203", 0, 0, "1990-02-03");
        add("03021990", 1, 0, "1990-02-03");
        add("1990-02-03 00:00:00", 0, 0, "1990-02-03");
        add("1990-02-03T00:00:00Z", 0, 0, "1990-02-03");
        add("3/2/1990 0:00", 1, 0, "1990-02-03");
        add("٠٣/٠٢/١٩٩٠", 1, 0, "1990-02-03");
        add("1996~", 0, 0, "1996~");
        add("about 1996", 0, 0, "1996~");
        add("8 months", 0, 0, "2025-07~");
        add("~45", 0, 0, "1981~");
        add("30", 0, 0, "birth_date"); // an age, or a year?
        add("1/1", 1, 0, "birth_date");
        add("1370/11/05", 0, 0, "birth_date");
        add("unknown", 0, 0, "");
        add("00/00/0000", 0, 0, "");
        add("N/A", 0, 0, "");
    }
    void datesAsListsHaveThem()
    {
        QFETCH(QString, cell);
        QFETCH(int, order);
        QFETCH(int, years);
        services::ImportMapping mapping =
            services::guessMapping({QStringLiteral("Name"), QStringLiteral("DOB")});
        mapping.nameOrder = services::NameOrder::GivenFirst;
        mapping.dateOrder = services::DateOrder(order);
        mapping.shortYears = services::ShortYears(years);
        const auto person =
            services::importedPerson({2, {QStringLiteral("X Y"), cell}, {}}, mapping, QDate(2026, 3, 2));
        if (person)
            QTEST(person->person.patient.birthDate.toStored(), "stored");
        else
            QTEST(person.error().field, "stored");
    }

    // The order of day and month is found from the whole column; where nothing says it, it is asked.
    void orderOfDatesIsFoundOrAsked()
    {
        const auto examine = [](const char *csv) {
            const auto table = tableOf(csv);
            auto mapping = services::guessMapping(table.header, table.rows);
            const auto asked = services::examineList(mapping, table.rows, table.lines, 2026);
            return std::pair(mapping.dateOrder, asked);
        };
        using services::DateOrder;
        QCOMPARE(examine("Name,DOB\na,2/3/1980\nb,2/13/1980\n").first, DateOrder::MonthFirst);
        QCOMPARE(examine("Name,DOB\na,2/3/1980\nb,13/2/1980\n").first, DateOrder::DayFirst);
        auto [order, asked] = examine("Name,DOB\na,2/3/1980\nb,13/2/1980\nc,2/13/1980\n");
        QVERIFY(order == DateOrder::Unknown && asked.dateOrder);
        QCOMPARE(asked.dates.size(), 3);
        QVERIFY(examine("Name,DOB\na,2/3/1980\n").second.dateOrder);
        QVERIFY(!examine("Name,DOB\na,2/2/1980\nb,1980-03-02\n").second.any());
        QVERIFY(examine("Name,DOB\na,13/2/20\n").second.shortYears);
        QVERIFY(!examine("Name,DOB\na,13/2/80\n").second.any());
        QVERIFY(models::errorText(models::listInDoubt(asked)).contains(QStringLiteral("4: 2/13/1980")));
    }

    // Single letters mean a woman in one language and a man in another: the set of a whole column says it, or
    // a person.
    void lettersOfTheSexesAreFoundOrAsked_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("cells");
        QTest::addColumn<QString>("sexes"); // of each row; "?" = asked
        const auto add = [](const char *cells, const char *sexes, const char *column = "Sex") {
            QTest::newRow(cells) << QString::fromUtf8(column) << QString::fromUtf8(cells)
                                 << QString::fromLatin1(sexes);
        };
        add("M F", "male female");
        add("H F", "male female");
        add("H M", "male female");
        add("M W D", "male female unknown");
        add("L P", "male female");
        add("P W", "male female");
        add("K M", "female male");
        add("E K", "male female");
        add("м ж", "male female");
        add("f F female", "female female female");
        add("X F U", "other female unknown");
        add("hombre mujer", "male female");
        add("V M", "?"); // varón and mujer, or man and vrouw
        add("M M", "?"); // man, mujer, mulher
        add("P P", "?"); // perempuan, pria
        add("Q R", "?");
        add("M H F", "?"); // two sets in one list
        add("M M ", "male male", "Sex (M/F)");
    }
    void lettersOfTheSexesAreFoundOrAsked()
    {
        QFETCH(QString, column);
        QFETCH(QString, cells);
        const QStringList letters = cells.split(u' ', Qt::SkipEmptyParts);
        services::ImportMapping mapping;
        mapping.columns = {services::ImportField::FamilyName, services::ImportField::Sex};
        mapping.names = {QStringLiteral("Surname"), column};
        mapping.withoutBirthDate = true;
        QList<QStringList> rows;
        for (const QString &letter : letters)
            rows << QStringList{QStringLiteral("A"), letter};
        const auto asked = services::examineList(mapping, rows, {}, 2026);
        QStringList sexes;
        for (const QStringList &row : rows) {
            const auto person = services::importedPerson({2, row, {}}, mapping, QDate(2026, 3, 2));
            QVERIFY(person.has_value());
            const auto &patient = person->person.patient;
            sexes << enumCode(patient.sex);
            // What is not read is kept.
            if (sexLetterIsOpen(patient) && !asked.sexes.isEmpty())
                QCOMPARE(patient.remarks, QStringLiteral("Sex: ") + row[1]);
        }
        QTEST(asked.sexes.isEmpty() ? sexes.join(u' ') : QStringLiteral("?"), "sexes");
        if (asked.sexes.isEmpty())
            return;
        QVERIFY(asked.sexes.size() >= 2);
        QVERIFY(models::errorText(models::listInDoubt(asked)).contains(letters.first(), Qt::CaseInsensitive));
        // Once it is said, nothing is asked.
        mapping.sexLetters = {QStringLiteral("m"), QStringLiteral("v")};
        QVERIFY(!services::examineList(mapping, rows, {}, 2026).any());
        if (cells == u"V M") {
            const auto woman = services::importedPerson({2, rows[1], {}}, mapping, QDate(2026, 3, 2));
            QCOMPARE(woman->person.patient.sex, domain::Sex::Female);
        }
    }

    // A slip in one cell of many is no other set; it stays in the remarks.
    void aSlipAmongLettersIsKept()
    {
        services::SexReadings readings = services::readingsOf(
            {{QStringLiteral("m"), 120}, {QStringLiteral("f"), 90}, {QStringLiteral("p"), 1}});
        QCOMPARE(readings.found, (services::SexLetters{QStringLiteral("f"), QStringLiteral("m")}));
        readings = services::readingsOf(
            {{QStringLiteral("m"), 120}, {QStringLiteral("f"), 90}, {QStringLiteral("h"), 80}});
        QVERIFY(readings.found.isNull() && readings.possible.size() >= 2);
    }

    // Which part of a whole name is the family name is asked, unless the column, a comma or capitals say it.
    void orderOfNamesIsFoundOrAsked()
    {
        const auto asks = [](const char *csv) {
            const auto table = tableOf(csv);
            auto mapping = services::guessMapping(table.header, table.rows);
            return services::examineList(mapping, table.rows, table.lines, 2026);
        };
        const auto asked = asks("Name,DOB\nHaddad Amal,1980\n");
        QVERIFY(asked.nameOrder);
        QVERIFY(models::errorText(models::listInDoubt(asked)).contains(QStringLiteral("2: Haddad Amal")));
        QVERIFY(!asks("Name,DOB\n\"Haddad, Amal\",1980\nHADDAD Amal,1981\nAmal,1982\n").any());
        QVERIFY(asks("Name,DOB\n\"Haddad, Amal\",1980\nJP Haddad,1981\n").nameOrder);
        QVERIFY(!asks("Nom et prénom,DOB\nHaddad Amal,1980\n").any());
        QVERIFY(!asks("Vor- und Nachname,DOB\nAmal Haddad,1980\n").any());
        services::ImportMapping mapping =
            services::guessMapping({QStringLiteral("Name"), QStringLiteral("DOB")});
        const services::ImportRow row{2, {QStringLiteral("Haddad Amal Rose"), QStringLiteral("1980")}, {}};
        const QDate today(2026, 3, 2);
        QCOMPARE(services::importedPerson(row, mapping, today).error().field, QStringLiteral("import-names"));
        mapping.nameOrder = services::NameOrder::FamilyFirst;
        QCOMPARE(services::importedPerson(row, mapping, today)->person.patient.familyName,
                 QStringLiteral("Haddad"));
        mapping.nameOrder = services::NameOrder::GivenFirst;
        QCOMPARE(services::importedPerson(row, mapping, today)->person.patient.familyName,
                 QStringLiteral("Rose"));
    }

    // Two columns that mean the same: what the second one says beside the first stays in the remarks.
    void nothingOfASecondColumnIsLost()
    {
        using services::ImportField;
        services::ImportMapping mapping;
        mapping.nameOrder = services::NameOrder::GivenFirst;
        const auto take = [&](const QList<ImportField> &columns, const QStringList &cells) {
            mapping.columns = columns;
            mapping.names.clear();
            for (qsizetype i = 0; i < columns.size(); ++i)
                mapping.names << QStringLiteral("c%1").arg(i);
            const auto person = services::importedPerson({2, cells, {}}, mapping, QDate(2026, 3, 2));
            if (!person)
                qFatal("%s", qPrintable(models::errorText(person.error())));
            const auto &p = person->person.patient;
            return QStringList{p.familyName, p.givenName, p.birthDate.toTyped(), enumCode(p.sex), p.remarks}
                .join(u'|');
        };
        mapping.withoutBirthDate = true;
        QCOMPARE(take({ImportField::FullName, ImportField::FamilyName},
                      {QStringLiteral("Amal Haddad"), QStringLiteral("Haddad")}),
                 QStringLiteral("Haddad|Amal||unknown|"));
        QCOMPARE(take({ImportField::FullName, ImportField::FamilyName},
                      {QStringLiteral("Amal Haddad"), QStringLiteral("Khan")}),
                 QStringLiteral("Khan|||unknown|c0: Amal Haddad"));
        QCOMPARE(take({ImportField::FullName, ImportField::FamilyName, ImportField::GivenName},
                      {QStringLiteral("Haddad Amal"), QStringLiteral("Haddad"), QStringLiteral("Amal")}),
                 QStringLiteral("Haddad|Amal||unknown|"));
        QCOMPARE(take({ImportField::FullName, ImportField::FullName},
                      {QStringLiteral("Amal Haddad"), QStringLiteral("Amal Khan")}),
                 QStringLiteral("Haddad|Amal||unknown|c1: Amal Khan"));
        QCOMPARE(take({ImportField::FamilyName, ImportField::BirthDate, ImportField::BirthDate},
                      {QStringLiteral("A"), QStringLiteral("1980-01-02"), QStringLiteral("1981-01-02")}),
                 QStringLiteral("A||1980-01-02|unknown|c2: 1981-01-02"));
        QCOMPARE(take({ImportField::FamilyName, ImportField::BirthDate, ImportField::BirthDate},
                      {QStringLiteral("A"), QStringLiteral("-"), QStringLiteral("1981-01-02")}),
                 QStringLiteral("A||1981-01-02|unknown|"));
        QCOMPARE(take({ImportField::FamilyName, ImportField::BirthDate, ImportField::Age, ImportField::Age},
                      {QStringLiteral("A"), QStringLiteral("1980-01-02"), QStringLiteral("45"),
                       QStringLiteral("12")}),
                 QStringLiteral("A||1980-01-02|unknown|c3: 12"));
        QCOMPARE(take({ImportField::FamilyName, ImportField::Sex, ImportField::Sex, ImportField::Sex},
                      {QStringLiteral("A"), QStringLiteral("female"), QStringLiteral("femme"),
                       QStringLiteral("male")}),
                 QStringLiteral("A|||female|c3: male"));
        QCOMPARE(take({ImportField::FamilyName, ImportField::Active, ImportField::InactiveReason},
                      {QStringLiteral("A"), QStringLiteral("perhaps"), QStringLiteral("moved")}),
                 QStringLiteral("A|||unknown|c1: perhaps\nc2: moved"));
    }

    // What a duplicate says beside its record is named: labels, relationships, whether it is in use.
    void whatADuplicateSaysMoreIsNamed()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const QByteArray header =
            "number,family_name,given_name,sex,birth_date,active,inactive_reason,contacts,next_of_kin\n";
        const auto first = importAll(t, tableOf(header + ",Alive,Ann,female,1950-01-01,yes,,"
                                                         "phone|0825550101|,Bea||0825550102\n"));
        QCOMPARE(first[0].fate, services::ImportFate::Imported);
        const QByteArray number = first[0].number.toUtf8();
        const auto fieldsOf = [&](const QByteArray &row) {
            const auto outcome = importAll(t, tableOf(header + row)).first();
            QStringList fields{outcome.fate == services::ImportFate::Duplicate ? QStringLiteral("known")
                                                                               : QStringLiteral("taken")};
            for (const auto &note : outcome.notes)
                fields << note.field;
            return fields.join(u' ');
        };
        QCOMPARE(fieldsOf(number + ",Alive,Ann,female,1950-01-01,yes,,phone|0825550101|,Bea||0825550102\n"),
                 QStringLiteral("known"));
        QCOMPARE(fieldsOf(number + ",Alive,Ann,female,1950-01-01,no,died 2026-03-01,,\n"),
                 QStringLiteral("known active inactive_reason"));
        QCOMPARE(fieldsOf(",Alive,Ann,female,1950-01-01,no,died 2026-03-01,,\n"),
                 QStringLiteral("known active inactive_reason"));
        QCOMPARE(fieldsOf(",Alive,Ann,female,1950-01-01,,,phone|0825550101|sister,Bea|mother|0825550102\n"),
                 QStringLiteral("known label relationship"));
        QCOMPARE(fieldsOf(number + ",Alive,Ann,female,1950-01-01,,,other|signal: ann|,\n"),
                 QStringLiteral("known value"));
    }

    // The identifier of somebody who is deactivated may be given to another person, in the form and here.
    void identifiersOfDeactivatedPeopleAreFree()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto take = [&](const char *row) {
            return importAll(t, tableOf(QByteArray("Surname,First name,DOB,ID number\n") + row)).first();
        };
        const auto gone = take("Nkosi,Sipho,1981-01-01,8101015009087\n");
        QCOMPARE(gone.fate, services::ImportFate::Imported);
        const auto id = t.clinic->answerNow(services::PatientByNumber{gone.number});
        const auto put =
            t.clinic->performNow(services::SetPatientActive{*id, false, QStringLiteral("moved")});
        QVERIFY(put.has_value());
        const auto other = take("Dube,Thabo,1985-02-02,8101015009087\n");
        QCOMPARE(other.fate, services::ImportFate::Imported);
        QVERIFY(other.notes.isEmpty());
        QCOMPARE(take("Nkosi,Sipho,1981-01-01,8101015009087\n").number, gone.number); // still the same person
        // Now it is an active person's.
        QCOMPARE(take("Ndlovu,Mia,1985-02-03,8101015009087\n").notes.value(0).kind,
                 services::ImportNote::Kind::IdentifierTaken);
    }

    // An import begins with the first row whatever was done of the file before, and says what a stop left.
    void anImportBeginsWithTheFirstRow()
    {
        QTemporaryDir dir;
        TestClinic::Options options;
        options.threads = true;
        options.path = dir.filePath(QStringLiteral("clinic.db"));
        TestClinic t(options);
        t.signIn(QStringLiteral("clerk"));
        QByteArray csv = "Surname,Kept,DOB\n";
        constexpr int people = 150;
        for (int i = 0; i < people; ++i)
            csv += "Family" + QByteArray::number(i) + ",x,1980-01-01\n";
        QFile file(dir.filePath(QStringLiteral("list.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(csv);
        file.close();
        models::Importer importer(*t.clinic, file.fileName());
        bool isLoaded = false;
        int ended = 0;
        connect(&importer, &models::Importer::loaded, this, [&] { isLoaded = true; });
        connect(&importer, &models::Importer::finished, this, [&] { ++ended; });
        importer.load();
        QTRY_VERIFY(isLoaded);
        // The wrong column for the birth date, stopped after the first batch.
        using services::ImportField;
        services::ImportMapping wrong = importer.mapping();
        wrong.columns = {ImportField::FamilyName, ImportField::BirthDate, ImportField::LeaveOut};
        const auto stopping =
            connect(&importer, &models::Importer::progressed, this, [&] { importer.stop(); });
        importer.start(wrong);
        QVERIFY(importer.isRunning());
        importer.start(wrong); // refused, as is another reading of the file
        importer.load();
        QTRY_COMPARE(ended, 1);
        QVERIFY(!importer.isRunning());
        QCOMPARE(importer.tally().done, 60);
        QCOMPARE(importer.tally().bad, 60);
        QCOMPARE(importer.report().size(), 61);
        QVERIFY2(importer.report().last().contains(QStringLiteral("Lines 62 to 151")),
                 qPrintable(importer.report().last()));
        const QString skipped = dir.filePath(QStringLiteral("skipped.csv"));
        QVERIFY(importer.saveSkipped(skipped).has_value());
        QFile saved(skipped);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll().count('\n'), people + 1);
        // The right columns, stopped once more, and then to the end: everybody is there, and in the result.
        services::ImportMapping right = importer.mapping();
        right.columns = {ImportField::FamilyName, ImportField::Remarks, ImportField::BirthDate};
        importer.start(right);
        QTRY_COMPARE(ended, 2);
        QCOMPARE(importer.tally().imported, 60);
        QVERIFY(disconnect(stopping));
        importer.start(right);
        QTRY_COMPARE(ended, 3);
        QCOMPARE(importer.tally().imported, people);
        QCOMPARE(importer.tally().duplicates, 0);
        QCOMPARE(importer.report(), QStringList());
        const int stored = t.database->reader().runAndWait([&] {
            auto q = t.database->readerConnection().query(
                "SELECT count(*) FROM patient WHERE family_name LIKE 'Family%'");
            return q.next() ? q.number(0) : 0;
        });
        QCOMPARE(stored, people);
    }

    // Nobody is dropped for being like somebody else.
    void alikeIsNotTheSame()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        using services::ImportFate;
        const auto take = [&](const char *rows) {
            QList<ImportFate> fates;
            QStringList words;
            for (const auto &outcome :
                 importAll(t, tableOf(QByteArray("Surname,First name,DOB,Sex,Phone,ID number,"
                                                 "Address,Remarks\n") +
                                      rows))) {
                fates << outcome.fate;
                words << models::importOutcomeText(outcome);
            }
            return std::pair(fates, words.join(u'\n'));
        };
        const qint64 before = t.count("patient");
        constexpr auto taken = ImportFate::Imported;
        constexpr auto known = ImportFate::Duplicate;
        // Twins, of two sexes and of one.
        QCOMPARE(take("Haddad,Baby of,2026-01-05,M,0774000123,,High St 1,\n"
                      "Haddad,Baby of,2026-01-05,F,0774000123,,High St 1,first\n"
                      "Haddad,Baby of,2026-01-05,F,0774000123,,High St 1,second\n")
                     .first,
                 (QList<ImportFate>{taken, taken, taken}));
        // One name and day, two telephones: both are there, and a person is told.
        const auto [fates, words] = take("Pereira,Joao,1980-05-05,M,0774000001,,,\n"
                                         "Pereira,João,1980-05-05,M,0774000002,,,\n");
        QCOMPARE(fates, (QList<ImportFate>{taken, taken}));
        QVERIFY2(words.contains(QStringLiteral("both are registered")), qPrintable(words));
        // The same telephone written otherwise is no other telephone.
        QCOMPARE(take("Pereira,Joao,1980-05-05,M,+44 774000001,,,\n").first, QList<ImportFate>{known});
        // Two people with one identity number: both are there, the number stays with the first.
        const auto clash =
            take("Nkosi,Sipho,1981-01-01,M,,8101015009087,,\nDube,Thabo,1985-02-02,M,,8101015009087,,\n");
        QCOMPARE(clash.first, (QList<ImportFate>{taken, taken}));
        QVERIFY2(clash.second.contains(QStringLiteral("identifier")), qPrintable(clash.second));
        auto q = t.database->writerConnection().query("SELECT remarks FROM patient WHERE family_name='Dube'");
        QVERIFY(q.next());
        QCOMPARE(q.text(0), QStringLiteral("8101015009087"));
        // The number in another writing is the same number, and with the same names the same person.
        QCOMPARE(take("Nkosi,Sipho,1981-01-01,M,,810101 5009 087,,\n").first, QList<ImportFate>{known});
        // Another number is another person; a row that says less is nobody new.
        QCOMPARE(take("Nkosi,Sipho,1981-01-01,M,,8101015009999,,\nNkosi,Sipho,1981-01-01,,,,,\n").first,
                 (QList<ImportFate>{taken, known}));
        // Birth date and sex that nobody knows.
        QCOMPARE(take("Doe,Nobody,,,,,,\nDoe,Nobody,unknown,,0774000777,,,\nDoe,Nobody,,,,,,\n").first,
                 (QList<ImportFate>{taken, taken, known}));
        QCOMPARE(t.count("patient"), before + 10);
        // All of it once more adds nobody.
        QCOMPARE(take("Haddad,Baby of,2026-01-05,F,0774000123,,High St 1,second\n"
                      "Dube,Thabo,1985-02-02,M,,8101015009087,,\n"
                      "Pereira,Joao,1980-05-05,M,0774000002,,,\n")
                     .first,
                 (QList<ImportFate>{known, known, known}));
        QCOMPARE(storage::checkDatabase(t.database->writerConnection(), t.database->identity())->faults,
                 QStringList());
    }

    // Everything a row had is there afterwards, and what was skipped can be saved and mended.
    void nothingOfARowIsLost()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        const auto table =
            tableOf("Name,DOB,Sex,Tel,Tel work,E-mail,Ort,Address\n"
                    "\"Haddad, Amal\",1980,divers,\u202a+49 30 23125001\u202c,0161 496 0012 (mother),"
                    "a@b.example; c@d.example,Town,\"Street 1\r\nFlat 3\"\n"
                    "\"Y, X\",31/02/1990,F,,,,,\n");
        const auto outcomes = importAll(t, table);
        QCOMPARE(outcomes[0].fate, services::ImportFate::Imported);
        const auto found = t.clinic->answerNow(services::PatientSearch{QStringLiteral("01614960012")});
        QCOMPARE(found->size(), 1);
        const auto chart = t.clinic->performNow(services::OpenPatient{found->first().id});
        QCOMPARE(chart->patient.phone, QStringLiteral("+49 30 23125001"));
        QCOMPARE(chart->patient.email, QStringLiteral("a@b.example"));
        QCOMPARE(chart->patient.address, QStringLiteral("Town\nStreet 1\nFlat 3"));
        QCOMPARE(chart->patient.remarks, QStringLiteral("divers"));
        QCOMPARE(chart->contacts.size(), 2);
        QCOMPARE(chart->contacts.first().label, QStringLiteral("Tel work"));
        QCOMPARE(chart->contacts.first().value, QStringLiteral("0161 496 0012 (mother)"));
        // The row that was refused, mended in the file of skipped rows.
        const QByteArray skipped = models::skippedRows(table, outcomes, outcomes.size());
        QVERIFY(skipped.contains("31/02/1990") && !skipped.contains("Haddad"));
        const auto mended = importAll(t, tableOf(QByteArray(skipped).replace("31/02/1990", "28/02/1990")));
        QCOMPARE(mended.size(), 1);
        QCOMPARE(mended.first().fate, services::ImportFate::Imported);
    }

    // Our own list comes back as it was: every column, estimated dates, cells that look like formulas.
    void ourOwnListComesBack()
    {
        const auto listOf = [](TestClinic &t, bool withNumbers) {
            QByteArray csv = exchange::csvLine(services::listHeader()).toUtf8() + '\n';
            const auto people = storage::select<domain::Patient>(t.database->writerConnection(),
                                                                 "WHERE family_name<>'Kiosk' ORDER BY rid");
            for (const auto &patient : *people) {
                const auto listed = services::listedPerson(t.database->writerConnection(), patient);
                QStringList cells = services::listCells(*listed);
                if (!withNumbers)
                    cells[0].clear(); // each clinic's own
                csv += exchange::csvLine(cells).toUtf8() + '\n';
            }
            return csv;
        };
        TestClinic first;
        first.signIn(QStringLiteral("clerk"));
        const QByteArray csv =
            "number,family_name,given_name,sex,birth_date,phone,email,address,remarks,active,inactive_reason,"
            "identifiers,contacts,next_of_kin\n"
            "X,\"'=HYPERLINK(\"\"http://x.invalid\"\",\"\"y\"\")\",A,female,1996~,'+49 30 23125 "
            "011,a@b.example,'=1+1,'-5 kg,yes,,national-id|8001015009087\\|x,\"phone|0161 496 0012|mother\n"
            "email|c@d.example|\",Ana|mother|0825550101\n"
            "Y,'@sum,'+Ana,other,1980-07,,,\"line1\nline2\",'quoted,no,moved; away,,,\n"
            "Z,''=x,B,unknown,,,,,\"a,b;c\"\"d\",yes,,\"passport|A1\nmedical-aid|7\",,\n";
        for (const auto &outcome : importAll(first, tableOf(csv)))
            QCOMPARE(outcome.fate, services::ImportFate::Imported);
        auto q = first.database->writerConnection().query(
            "SELECT family_name, phone, remarks FROM patient WHERE family_name<>'Kiosk' ORDER BY rid");
        QVERIFY(q.next());
        QCOMPARE(q.text(0), QStringLiteral("=HYPERLINK(\"http://x.invalid\",\"y\")"));
        QCOMPARE(q.text(1), QStringLiteral("+49 30 23125 011"));
        QCOMPARE(q.text(2), QStringLiteral("-5 kg"));
        QVERIFY(q.next() && q.next());
        QCOMPARE(q.text(0), QStringLiteral("'=x"));
        const QByteArray exported = listOf(first, true);
        TestClinic second;
        second.signIn(QStringLiteral("clerk"));
        for (const auto &outcome : importAll(second, tableOf(exported)))
            QCOMPARE(outcome.fate, services::ImportFate::Imported);
        QCOMPARE(listOf(second, false), listOf(first, false));
        // Where it came from everybody is known by number.
        for (const auto &outcome : importAll(first, tableOf(exported)))
            QCOMPARE(outcome.fate, services::ImportFate::Duplicate);
        for (const char *cell :
             {"=1+1", "'=1+1", "''=1", "+49 30", "plain", "'plain", " x ", "a\tb", "\"", "ＡＢ"}) {
            const QString text = QString::fromUtf8(cell);
            const auto table =
                tableOf("Name,Remarks\n" + exchange::csvLine({QStringLiteral("N"), text}).toUtf8() + '\n');
            QCOMPARE(table.rows.first().value(1), text);
        }
    }

    void hostileRowsAreListedNotLost()
    {
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        exchange::TextTable table;
        table.header = {QStringLiteral("Surname"), QStringLiteral("First name"), QStringLiteral("DOB"),
                        QStringLiteral("Cell")};
        const auto row = [&](const QString &family, const QString &born, const QString &phone = {}) {
            table.rows << QStringList{family, QStringLiteral("X"), born, phone};
            table.lines << int(table.rows.size()) + 1;
        };
        row(QStringLiteral("Good"), QStringLiteral("1980"));
        row(QString(10'000'000, u'y'), QStringLiteral("1980"));
        row(QStringLiteral("Nul") + QChar(0), QStringLiteral("1980"));
        row(QStringLiteral("Day"), QStringLiteral("31/02/1980"));
        row(QStringLiteral("Future"), QStringLiteral("2090"));
        row(QStringLiteral("<b>'; DROP TABLE patient;--"), QStringLiteral("1980"));
        row(QStringLiteral("Phone"), QStringLiteral("1980"), QStringLiteral("ask the neighbour"));
        const auto outcomes = importAll(t, table);
        QList<int> fates;
        for (const auto &o : outcomes)
            fates << int(o.fate);
        QCOMPARE(fates, (QList<int>{0, 2, 2, 2, 2, 0, 0}));
        auto q =
            t.database->writerConnection().query("SELECT remarks FROM patient WHERE family_name='Phone'");
        QVERIFY(q.next());
        QCOMPARE(q.text(0), QStringLiteral("ask the neighbour")); // kept where a person will read it
        QCOMPARE(exchange::csvCell(QStringLiteral("=1+1")), QStringLiteral("'=1+1"));
    }
};

int main(int argc, char **argv)
{
    return test::run<TstImport, QCoreApplication>(argc, argv);
}

#include "tst_import.moc"
