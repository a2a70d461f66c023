// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/textfile.h"
#include "services/patients/importing.h"
#include "services/patients/patients.h"
#include "storage/backup.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <xlsxwriter.h>

using namespace clinic;
using namespace clinic::test;

class TstImport : public QObject
{
    Q_OBJECT

    static QList<services::ImportOutcome> importAll(TestClinic &t, const exchange::TextTable &table)
    {
        QList<services::ImportOutcome> all;
        services::ImportBatch batch;
        batch.mapping = services::guessMapping(table.header);
        for (int at = 0; at < table.rows.size(); at += services::ImportBatch::maximumRows) {
            batch.rows.clear();
            for (int i = at; i < qMin(at + services::ImportBatch::maximumRows, int(table.rows.size())); ++i)
                batch.rows << services::ImportRow{table.lines[i], table.rows[i]};
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
            const bool importable = !name.isEmpty() && date && date->earliest() <= QDate(2026, 3, 2);
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
        QTest::addColumn<QString>("encoding");
        const QString text = QStringLiteral(
            "Name;Born;Remarks\n\"Müller, Käthe\";1.2.1980;\"said \"\"hello\"\"\nand left\"\n");
        QTest::newRow("utf-8") << text.toUtf8() << "UTF-8";
        QTest::newRow("utf-8 with mark") << QByteArray("\xef\xbb\xbf") + text.toUtf8() << "UTF-8";
        QTest::newRow("latin-1") << text.toLatin1() << "Latin-1";
        QByteArray utf16("\xff\xfe", 2);
        for (const QChar c : text) {
            utf16.append(char(c.unicode() & 0xff));
            utf16.append(char(c.unicode() >> 8));
        }
        QTest::newRow("utf-16") << utf16 << "UTF-16";
    }
    void separatorsQuotesAndEncodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, encoding);
        const auto table = exchange::readTextTable(bytes);
        QVERIFY(table.has_value());
        QCOMPARE(table->encoding, encoding);
        QCOMPARE(table->header,
                 (QStringList{QStringLiteral("Name"), QStringLiteral("Born"), QStringLiteral("Remarks")}));
        QCOMPARE(table->rows.size(), 1);
        QCOMPARE(table->rows.first(),
                 (QStringList{QStringLiteral("Müller, Käthe"), QStringLiteral("1.2.1980"),
                              QStringLiteral("said \"hello\"\nand left")}));
        QCOMPARE(table->lines.first(), 2);
    }

    void workbooksAreRead()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("list.xlsx"));
        lxw_workbook *book = workbook_new(path.toUtf8().constData());
        lxw_worksheet *sheet = workbook_add_worksheet(book, nullptr);
        lxw_format *date = workbook_add_format(book);
        format_set_num_format(date, "dd/mm/yyyy");
        const char *header[] = {"Surname", "First name", "DOB", "Cell"};
        for (int i = 0; i < 4; ++i)
            worksheet_write_string(sheet, 0, lxw_col_t(i), header[i], nullptr);
        worksheet_write_string(sheet, 1, 0, "Łukasik", nullptr);
        worksheet_write_string(sheet, 1, 1, "Zofia", nullptr);
        lxw_datetime born{1980, 7, 21, 0, 0, 0};
        worksheet_write_datetime(sheet, 1, 2, &born, date);
        worksheet_write_string(sheet, 1, 3, "082 555 0101", nullptr);
        workbook_close(book);
        const auto table = exchange::readTable(path);
        QVERIFY(table.has_value());
        QCOMPARE(table->header.value(2), QStringLiteral("DOB"));
        QCOMPARE(table->rows.first(),
                 (QStringList{QStringLiteral("Łukasik"), QStringLiteral("Zofia"),
                              QStringLiteral("1980-07-21"), QStringLiteral("082 555 0101")}));
        TestClinic t;
        t.signIn(QStringLiteral("clerk"));
        QCOMPARE(importAll(t, *table).first().fate, services::ImportFate::Imported);
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
