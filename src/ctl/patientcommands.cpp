// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriter.h"
#include "core/walltime.h"
#include "ctl/commands.h"
#include "exchange/documents.h"
#include "exchange/fhir.h"
#include "exchange/textfile.h"
#include "models/errortext.h"
#include "models/labels.h"
#include "models/patients/importtext.h"
#include "services/admin/scope.h"
#include "services/patients/anonymise.h"
#include "services/patients/consents.h"
#include "services/patients/importing.h"
#include "services/patients/patientlist.h"
#include "services/patients/patients.h"
#include "services/patients/personexport.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTextStream>
#include <csignal>

namespace clinic::ctl {
namespace {

volatile std::sig_atomic_t interrupted = 0;

// What the options say of values that could mean two things; false when one of them is not understood.
bool takeReading(const QCommandLineParser &parser, services::ImportMapping &mapping)
{
    const QString order = parser.value(QStringLiteral("dates"));
    const QString years = parser.value(QStringLiteral("two-digit-years"));
    const QString names = parser.value(QStringLiteral("names"));
    const QString sexes = parser.value(QStringLiteral("sexes"));
    static const QRegularExpression letters(QStringLiteral("^(female|male)=(\\p{L})$"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    if (order == u"day-first" || order == u"month-first")
        mapping.dateOrder =
            order == u"day-first" ? services::DateOrder::DayFirst : services::DateOrder::MonthFirst;
    else if (!order.isEmpty())
        return false;
    if (years == u"later" || years == u"earlier")
        mapping.shortYears = years == u"later" ? services::ShortYears::Later : services::ShortYears::Earlier;
    else if (!years.isEmpty())
        return false;
    if (names == u"given-first" || names == u"family-first")
        mapping.nameOrder =
            names == u"given-first" ? services::NameOrder::GivenFirst : services::NameOrder::FamilyFirst;
    else if (!names.isEmpty())
        return false;
    mapping.sexLettersStay = sexes == u"remarks";
    for (const QString &part :
         mapping.sexLettersStay ? QStringList() : sexes.split(u',', Qt::SkipEmptyParts)) {
        const auto match = letters.match(part.trimmed());
        if (!match.hasMatch())
            return false;
        (match.captured(1) == u"female" ? mapping.sexLetters.female : mapping.sexLetters.male) =
            services::sexLetter(match.captured(2));
    }
    return true;
}

QString hintFor(const services::ImportQuestions &asked)
{
    if (asked.dateOrder)
        return QStringLiteral("Say which: --dates day-first or --dates month-first");
    if (asked.shortYears)
        return QStringLiteral("Say which: --two-digit-years later (20 is 2020) or --two-digit-years earlier "
                              "(20 is 1920)");
    if (asked.nameOrder)
        return QStringLiteral("Say which: --names given-first (Amal Haddad) or --names family-first (Haddad "
                              "Amal)");
    QStringList options;
    for (const auto &letters : asked.sexes) {
        QStringList parts;
        if (!letters.female.isEmpty())
            parts << QStringLiteral("female=") + letters.female.toUpper();
        if (!letters.male.isEmpty())
            parts << QStringLiteral("male=") + letters.male.toUpper();
        options << QStringLiteral("--sexes ") + parts.join(u',');
    }
    options << QStringLiteral("--sexes remarks (the letters are kept in the remarks)");
    return QStringLiteral("Say which: ") + options.join(QStringLiteral(" or "));
}

} // namespace

// Decides how to read the list; returns the exit code when the user has to decide.
int Commands::chooseReading(exchange::TextTable &table, services::ImportMapping &mapping)
{
    const auto stop = [this](const Error &error, const QString &hint) {
        const int code = failed(error);
        m_err << hint << "\n";
        return code;
    };
    if (table.doubt)
        return stop(models::codingInDoubt(*table.doubt),
                    QStringLiteral("Say which: --encoding utf-8, windows-1252, windows-1250, windows-1256, "
                                   "iso-8859-1, utf-16 ..."));
    const QString columns = m_parser.value(QStringLiteral("columns"));
    if (m_parser.isSet(QStringLiteral("columns"))) {
        auto named = services::namedMapping(columns, table.header, models::columnNames(table).size());
        // With columns given by number, a doubtful first row is a patient.
        static const QRegularExpression places(QStringLiteral("^(?:[^=,]+=\\s*(?:\\d+|none)\\s*,?)+$"));
        if (!table.isHeaderSure && places.match(columns).hasMatch())
            exchange::takeHeaderAsRow(table);
        if (!named)
            return failed(named.error());
        mapping = *named;
    } else {
        mapping = services::guessMapping(table.header, table.rows);
    }
    if (!takeReading(m_parser, mapping)) {
        m_err << "--dates is day-first or month-first, --two-digit-years is later or earlier, --names is "
                 "given-first or family-first, --sexes is remarks or letters such as female=F,male=M\n";
        return Usage;
    }
    if (!mapping.isComplete())
        return stop(
            models::columnsUnknown(table),
            QStringLiteral("Name them: --columns family=NAME,given=NAME,birth=NAME ... (or their places "
                           "from 1; birth=none for a list without birth dates)"));
    const auto asked = services::examineList(mapping, table.rows, table.lines,
                                             QDateTime::currentDateTimeUtc().date().year());
    if (asked.any())
        return stop(models::listInDoubt(asked), hintFor(asked));
    return Ok;
}

int Commands::importPatients(const QString &path)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    exchange::TableOptions options;
    options.encoding = m_parser.value(QStringLiteral("encoding"));
    auto table = exchange::readTable(path, options);
    if (!table)
        return failed(table.error());
    services::ImportBatch batch;
    if (const int code = chooseReading(*table, batch.mapping); code != Ok)
        return code;
    std::signal(SIGINT, [](int) { interrupted = 1; });

    int imported = 0;
    int duplicates = 0;
    QList<services::ImportOutcome> skipped;
    QJsonArray details;
    int bad = 0;
    const bool toTerminal = !m_parser.isSet(QStringLiteral("json"));
    // Always from the first row: patients who are registered already are duplicates.
    qsizetype done = 0;
    std::optional<Error> fault;
    while (done < table->rows.size() && !interrupted) {
        batch.rows = models::importRows(*table, done, done + services::ImportBatch::maximumRows);
        const auto outcomes = m_clinic->performNow(batch);
        if (!outcomes) {
            fault = models::endOfImport(outcomes.error(), done);
            break; // what was done before is reported all the same
        }
        done += batch.rows.size();
        for (const auto &outcome : *outcomes) {
            imported += outcome.fate == services::ImportFate::Imported;
            duplicates += outcome.fate == services::ImportFate::Duplicate;
            bad += outcome.fate == services::ImportFate::Bad;
            const QString why = models::importOutcomeText(outcome);
            if (why.isEmpty())
                continue;
            const QString what = outcome.fate == services::ImportFate::Bad ? QStringLiteral("bad")
                                 : outcome.fate == services::ImportFate::Duplicate
                                     ? QStringLiteral("duplicate")
                                     : QStringLiteral("warning");
            if (outcome.fate != services::ImportFate::Imported)
                skipped << outcome;
            details << QJsonObject{{QStringLiteral("line"), outcome.line},
                                   {QStringLiteral("what"), what},
                                   {QStringLiteral("number"), outcome.number},
                                   {QStringLiteral("why"), why}};
            if (toTerminal)
                m_out << "line " << outcome.line << ": " << why << "\n";
        }
    }
    const QString notReached = models::notReachedText(*table, done);
    if (toTerminal && !notReached.isEmpty())
        m_out << notReached << "\n";
    const QStringList names = models::columnNames(*table);
    QStringList unused = table->otherSheets + table->above;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (batch.mapping.columns.value(i) == services::ImportField::LeaveOut)
            unused << names[i];
    }
    if (toTerminal && !unused.isEmpty())
        m_out << "not read: " << unused.join(QStringLiteral(", ")) << "\n";
    const QJsonObject summary{{QStringLiteral("rows"), table->rows.size()},
                              {QStringLiteral("rowsDone"), done},
                              {QStringLiteral("imported"), imported},
                              {QStringLiteral("duplicates"), duplicates},
                              {QStringLiteral("bad"), bad},
                              {QStringLiteral("encoding"), table->encoding},
                              {QStringLiteral("notRead"), QJsonArray::fromStringList(unused)},
                              {QStringLiteral("interrupted"), interrupted != 0}};
    if (m_parser.isSet(QStringLiteral("skipped"))) {
        const auto written =
            writeFile(m_parser.value(QStringLiteral("skipped")), models::skippedRows(*table, skipped, done));
        if (!written)
            return failed(written.error());
    }
    if (m_parser.isSet(QStringLiteral("report"))) {
        QJsonObject whole = summary;
        whole.insert(QStringLiteral("details"), details);
        const auto written =
            writeFile(m_parser.value(QStringLiteral("report")), QJsonDocument(whole).toJson());
        if (!written)
            return failed(written.error());
    }
    print(QStringLiteral("%1 rows read, %2 imported, %3 duplicates, %4 bad%5")
              .arg(table->rows.size())
              .arg(imported)
              .arg(duplicates)
              .arg(bad)
              .arg(done < table->rows.size()
                       ? QStringLiteral("; stopped after %1 rows. Run it again for the others: who is "
                                        "stored already is recognised")
                             .arg(done)
                       : QString()),
          summary);
    return fault ? failed(*fault) : int(Ok);
}

int Commands::findPatients(const QString &text)
{
    // Signing in writes an audit event, so the file must be writable here; this fails while the program has
    // it open.
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto hits = m_clinic->answerNow(services::PatientSearch{text});
    if (!hits)
        return failed(hits.error());
    QJsonArray found;
    QString lines;
    const QDate today = walltime::dayOf(m_clinic->clock().nowMs(), m_clinic->session().zone());
    for (const auto &hit : *hits) {
        found << QJsonObject{{QStringLiteral("number"), hit.number},
                             {QStringLiteral("family"), hit.familyName},
                             {QStringLiteral("given"), hit.givenName},
                             {QStringLiteral("birthDate"), hit.birthDate.toTyped()},
                             {QStringLiteral("sex"), enumCode(hit.sex)},
                             {QStringLiteral("phone"), hit.phone}};
        QStringList parts{hit.number, hit.displayName(), models::ageAndSex(hit.birthDate, hit.sex, today),
                          hit.phone};
        parts.removeAll(QString());
        lines += parts.join(QStringLiteral("  ")) + u'\n';
    }
    print(lines.isEmpty() ? QStringLiteral("Nobody found.") : lines.chopped(1),
          {{QStringLiteral("found"), found}});
    return Ok;
}

int Commands::exportPatients(const QString &path)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    if (const auto noted =
            m_clinic->performNow(services::NoteOutput{domain::IntentionId::ExportPatients, "patient", {}});
        !noted)
        return failed(noted.error());
    FileWriter out(path);
    if (!out.begin())
        return failed(out.failure());
    // With a byte order mark, so that spreadsheet programs read it as UTF-8.
    out.write("\xef\xbb\xbf" + exchange::csvLine(services::listHeader()).toUtf8() + '\n');
    int count = 0;
    int refused = 0;
    qint64 last = 0;
    const auto away =
        services::consents::refusedBy(m_database->writerConnection(), domain::ConsentKind::Sharing);
    if (!away)
        return failed(away.error());
    const storage::Reach reach = services::scope::reachOf(m_clinic->session(), m_clinic->clock().nowMs());
    for (;;) { // a page at a time, in the order of registration
        const auto page = storage::select<domain::Patient>(m_database->writerConnection(),
                                                           "WHERE rid>? ORDER BY rid LIMIT 1000", last);
        if (!page)
            return failed(page.error());
        if (page->isEmpty())
            break;
        for (const auto &p : *page) {
            last = p.rid;
            if (p.anonymisedAt > 0)
                continue;
            const auto reached = storage::reaches(m_database->writerConnection(), reach, p.id);
            if (!reached)
                return failed(reached.error());
            if (!*reached)
                continue;
            if (away->contains(p.id)) {
                ++refused;
                continue;
            }
            const auto listed = services::listedPerson(m_database->writerConnection(), p);
            if (!listed)
                return failed(listed.error());
            out.write(exchange::csvLine(services::listCells(*listed)).toUtf8() + '\n');
            ++count;
        }
    }
    if (const auto written = out.commit(); !written)
        return failed(written.error());
    print(QStringLiteral("%1 patients exported.").arg(count) +
              (refused
                   ? QStringLiteral(" %1 left out: they do not want their data to go to others.").arg(refused)
                   : QString()),
          {{QStringLiteral("patients"), count},
           {QStringLiteral("refused"), refused},
           {QStringLiteral("file"), path}});
    return Ok;
}

int Commands::retention()
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const bool apply = m_parser.isSet(QStringLiteral("apply"));
    int archived = 0;
    int anonymised = 0;
    QString lines;
    QJsonArray listed;
    for (bool more = true; more;) {
        const auto plan = m_clinic->answerNow(services::PlanRetention{});
        if (!plan)
            return failed(plan.error());
        for (const auto &[patients, forEver] : {std::pair(&plan->anonymise, true), {&plan->archive, false}}) {
            for (const auto &patient : *patients) {
                lines += patient.number +
                         (forEver ? QStringLiteral("  anonymise\n") : QStringLiteral("  archive\n"));
                listed << QJsonObject{{QStringLiteral("number"), patient.number},
                                      {QStringLiteral("anonymise"), forEver}};
                ++(forEver ? anonymised : archived);
                if (!apply)
                    continue;
                m_clinic->noteProven(services::proofLastsMs); // the user has just given the password
                if (!forEver) {
                    const auto done = m_clinic->performNow(
                        services::SetPatientActive{patient.id, false, QString(services::retentionReason)});
                    if (!done)
                        return failed(done.error());
                    continue;
                }
                for (bool done = false; !done;) {
                    const auto step = m_clinic->performNow(services::AnonymisePatient{patient.id});
                    if (!step)
                        return failed(step.error());
                    done = step->isDone;
                }
            }
        }
        more = apply && !plan->isComplete;
    }
    print((apply ? QString() : lines) +
              QStringLiteral("%1 to be anonymised, %2 to be archived%3.")
                  .arg(anonymised)
                  .arg(archived)
                  .arg(apply ? QStringLiteral(": done") : QStringLiteral("; nothing was done, see --apply")),
          {{QStringLiteral("applied"), apply},
           {QStringLiteral("anonymised"), anonymised},
           {QStringLiteral("archived"), archived},
           {QStringLiteral("patients"), listed}});
    return Ok;
}

int Commands::exportPerson(const QString &number, const QString &typedPath)
{
    // Two files are written; either name means both.
    QString path = typedPath;
    for (const auto *suffix : {u".json", u".html"}) {
        if (path.endsWith(QStringView(suffix), Qt::CaseInsensitive))
            path.chop(5);
    }
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const auto patient = m_clinic->answerNow(services::PatientByNumber{number});
    if (!patient)
        return failed(patient.error());
    const auto record = m_clinic->performNow(services::ExportPerson{*patient});
    if (!record)
        return failed(record.error());
    exchange::Letterhead head;
    head.hospital = record->hospital;
    head.branchName = m_clinic->session().branchName;
    head.zone = m_clinic->session().zone();
    head.printedAt = record->at;
    head.printedBy = m_clinic->session().displayName;
    if (auto written = exchange::writePerson(*record, path + QStringLiteral(".json")); !written)
        return failed(written.error());
    const QByteArray words =
        "<!DOCTYPE html><meta charset='utf-8'>" + exchange::personHtml(head, *record).toUtf8();
    if (auto written = writeFile(path + QStringLiteral(".html"), words); !written)
        return failed(written.error());
    print(QStringLiteral("Written: %1.json and %1.html%2")
                  .arg(path, record->isWhole
                                 ? QString()
                                 : QStringLiteral(". Other branches may have more: this PC keeps some.")) +
              (record->hasAllDocuments()
                   ? QString()
                   : QStringLiteral("\nSome documents are on the server only; sync, then export again.")),
          {{QStringLiteral("file"), path},
           {QStringLiteral("whole"), record->isWhole},
           {QStringLiteral("documents"), int(record->contents.size())},
           {QStringLiteral("documentsToCome"), int(record->documents.size() - record->contents.size())}});
    return Ok;
}

} // namespace clinic::ctl
