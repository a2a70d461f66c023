// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/democlinic.h"
#include "bench/figures.h"
#include "core/crypto.h"
#include "gui/appointments/calendarview.h"
#include "gui/patients/patientspage.h"
#include "gui/shell/mainwindow.h"
#include "gui/widgets/prompts.h"
#include "services/demo.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QMainWindow>
#include <QPainter>
#include <QProcess>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <algorithm>
#include <ctime>
#include <random>
#include <sqlite3.h>

// Ratios to a stated baseline, measured in the same run, interleaved; CPU is that of the whole process, all
// threads. Absolute figures depend on the machine and are printed for orientation only.
using namespace clinic;

namespace {

using bench::cpuMs;
using bench::makeDemo;
using bench::median;
using bench::quantile;
using bench::row;

// Beginnings of names that the million have plenty of.
constexpr const char16_t starts[] =
    u"ma ra ko le do vi sa ta mu ri be go na ts la kw sh ho te fa ne os wa jo ke ru nk dl mo bo pr sm ng "
    u"ze th si an em wi ja pe jo";

// Sleeps between events: waiting must not be counted as work.
void spinUntil(const std::function<bool()> &done)
{
    while (!done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

qint64 rssAnonKb()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).simplified().split(' ').first().toLongLong();
    }
    return 0;
}

struct Program
{
    SystemClock clock;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<services::Clinic> clinic;
    std::unique_ptr<models::Workspace> workspace;
    std::unique_ptr<gui::Theme> theme;
    gui::WindowPrompter prompter;
    std::unique_ptr<gui::MainWindow> window;

    explicit Program(const QString &folder)
    {
        storage::Database::Options options;
        options.path = folder + QStringLiteral("/clinic.db");
        auto opened = storage::Database::open(options, clock);
        if (!opened)
            qFatal("cannot open %s", qPrintable(folder));
        database = std::move(*opened);
        clinic = std::make_unique<services::Clinic>(*database, clock);
        workspace = std::make_unique<models::Workspace>(*clinic);
        theme = std::make_unique<gui::Theme>();
        theme->apply(QStringLiteral("light"), 100);
        window = std::make_unique<gui::MainWindow>(*workspace, *theme, prompter, gui::ProfileOffer{});
        window->resize(1280, 800);
        window->show();
    }
    void settle()
    {
        for (int quiet = 0; quiet < 3;) {
            const bool pending = clinic->pendingAnswers() > 0;
            QCoreApplication::processEvents(pending ? QEventLoop::WaitForMoreEvents : QEventLoop::AllEvents);
            quiet = clinic->pendingAnswers() == 0 ? quiet + 1 : 0;
        }
        window->repaint();
    }
    void signIn()
    {
        services::SignIn intent{QStringLiteral("demo-clerk"), {}, {}, {}, false, true};
        const auto answer = clinic->performNow(intent);
        if (!answer || !answer->session.isSignedIn())
            qFatal("cannot sign in");
        workspace->begin(answer->session);
        spinUntil([&] { return window->currentScreen() != nullptr; });
        settle();
    }
};

// Prints CPU and memory of one way of starting, in a process of its own.
int child(const QString &what, const QString &folder)
{
    if (what == u"bare") {
        QMainWindow window;
        window.resize(1280, 800);
        window.show();
        QCoreApplication::processEvents();
        window.repaint();
        std::printf("%f 0 %lld\n", cpuMs(), static_cast<long long>(rssAnonKb()));
        return 0;
    }
    if (what == u"words") {
        // What Qt itself needs to show the words of Today: a plain table of as many names, and nothing else.
        sqlite3 *file = nullptr;
        sqlite3_open_v2((folder + QStringLiteral("/clinic.db")).toUtf8().constData(), &file,
                        SQLITE_OPEN_READONLY, nullptr);
        sqlite3_stmt *names = nullptr;
        sqlite3_prepare_v2(
            file,
            "SELECT p.family_name||', '||ifnull(p.given_name,'') FROM appointment a JOIN patient p ON "
            "p.id=a.patient_id ORDER BY a.start_at DESC LIMIT 30",
            -1, &names, nullptr);
        QStandardItemModel model(0, 7);
        while (sqlite3_step(names) == SQLITE_ROW) {
            QList<QStandardItem *> items{new QStandardItem(
                QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(names, 0))))};
            while (items.size() < 7)
                items << new QStandardItem(QStringLiteral("Consultation"));
            model.appendRow(items);
        }
        sqlite3_finalize(names);
        sqlite3_close(file);
        QMainWindow window;
        auto *table = new QTableView;
        table->setModel(&model);
        window.setCentralWidget(table);
        window.resize(1280, 800);
        window.show();
        QCoreApplication::processEvents();
        window.repaint();
        std::printf("%f 0 %lld\n", cpuMs(), static_cast<long long>(rssAnonKb()));
        return 0;
    }
    Program program(folder);
    program.settle();
    const double login = cpuMs();
    program.signIn();
    const double today = cpuMs();
    if (what == u"memory") {
        program.window->go(QStringLiteral("patients"));
        auto *edit = program.window->currentScreen()->findChild<QLineEdit *>();
        std::mt19937 random(1);
        const auto words = QStringView(starts).split(u' ');
        for (int i = 0; i < 200; ++i) {
            edit->setText(words[qsizetype(random() % size_t(words.size()))].toString() +
                          QChar(char16_t(u'a' + random() % 26)));
            program.settle();
        }
        QElapsedTimer idle;
        idle.start();
        while (idle.elapsed() < 5000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    }
    std::printf("%f %f %lld\n", login, today - login, static_cast<long long>(rssAnonKb()));
    return 0;
}

QList<double> runChild(const char *what, const QString &folder)
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("--child"), QString::fromLatin1(what), folder});
    process.waitForFinished(120'000);
    QList<double> numbers;
    for (const QByteArray &word : process.readAllStandardOutput().simplified().split(' '))
        numbers << word.toDouble();
    return numbers.size() == 3 ? numbers : QList<double>{0, 0, 0};
}

void benchStart(const QString &folder)
{
    QList<double> bare;
    QList<double> words;
    QList<double> ours;
    for (int i = 0; i < 11; ++i) {
        bare << runChild("bare", folder)[0];
        words << runChild("words", folder)[0];
        const auto start = runChild("start", folder);
        ours << start[0] + start[1];
    }
    row("start: login painted + Today painted", median(ours), median(bare), "ms CPU", "reported");
    row("  against a plain table with the same names", median(ours), median(words), "ms CPU", "2");
    const double bareMemory = runChild("bare", folder)[2] / 1024;
    const double memory = runChild("memory", folder)[2] / 1024;
    row("memory after 200 searches (RssAnon)", memory, bareMemory, "MB", "bare + 120 MB");
}

// The statements of the search's ordinary pass in plain C: the same texts, the same columns into QStrings.
class PlainSearch
{
public:
    explicit PlainSearch(const QString &path)
    {
        sqlite3_open_v2(path.toUtf8().constData(), &m_db, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_exec(m_db, "PRAGMA cache_size=-16000", nullptr, nullptr, nullptr);
        sqlite3_prepare_v3(
            m_db, "SELECT rid FROM search_key WHERE kind=? AND key>=? AND key<? ORDER BY key LIMIT ?", -1,
            SQLITE_PREPARE_PERSISTENT, &m_keys, nullptr);
        sqlite3_prepare_v3(
            m_db,
            "SELECT p.rid, p.id, p.number, p.family_name, p.given_name, p.sex, p.birth_date, p.phone, "
            "p.active, (SELECT a.start_at FROM appointment a WHERE a.patient_id=p.id AND "
            "a.start_at<=? ORDER BY a.start_at DESC LIMIT 1) FROM patient p WHERE p.rid=?",
            -1, SQLITE_PREPARE_PERSISTENT, &m_hit, nullptr);
    }
    ~PlainSearch()
    {
        sqlite3_finalize(m_keys);
        sqlite3_finalize(m_hit);
        sqlite3_close(m_db);
    }
    int run(const QString &prefix)
    {
        const QByteArray from = prefix.toUtf8();
        const QByteArray to = from + "\xf4\x8f\xbf\xbf";
        sqlite3_bind_int(m_keys, 1, 1);
        sqlite3_bind_text(m_keys, 2, from.constData(), -1, SQLITE_STATIC);
        sqlite3_bind_text(m_keys, 3, to.constData(), -1, SQLITE_STATIC);
        sqlite3_bind_int(m_keys, 4, 200);
        QList<qint64> rids;
        while (rids.size() < 50 && sqlite3_step(m_keys) == SQLITE_ROW) {
            const qint64 rid = sqlite3_column_int64(m_keys, 0);
            if (!rids.contains(rid))
                rids << rid;
        }
        sqlite3_reset(m_keys);
        for (const qint64 rid : rids) {
            sqlite3_bind_int64(m_hit, 1, 4'000'000'000'000);
            sqlite3_bind_int64(m_hit, 2, rid);
            if (sqlite3_step(m_hit) == SQLITE_ROW) {
                for (int i = 2; i <= 7; ++i)
                    m_texts << QString::fromUtf8(
                        reinterpret_cast<const char *>(sqlite3_column_text(m_hit, i)),
                        sqlite3_column_bytes(m_hit, i));
            }
            sqlite3_reset(m_hit);
        }
        m_texts.clear();
        return int(rids.size());
    }

private:
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_keys = nullptr;
    sqlite3_stmt *m_hit = nullptr;
    QStringList m_texts;
};

void benchSearch(const QString &folder)
{
    Program program(folder);
    program.settle();
    program.signIn();
    models::RowsModel<models::PatientHit> model(gui::patientColumns(*program.workspace));
    PlainSearch plain(folder + QStringLiteral("/clinic.db"));
    const auto search = [&](const QString &text) {
        bool done = false;
        qsizetype found = 0;
        program.workspace->patients.search(&model, text, [&](const Result<QList<models::PatientHit>> &hits) {
            if (hits) {
                model.setRows(*hits);
                found = hits->size();
            }
            done = true;
        });
        spinUntil([&] { return done; });
        return found;
    };
    // 1,000 fixed prefixes of 2 to 4 letters that fill a page, so that both sides run the very same
    // statements.
    std::mt19937 random(42);
    const auto words = QStringView(starts).split(u' ');
    QStringList prefixes;
    while (prefixes.size() < 1000) {
        QString prefix = words[qsizetype(random() % size_t(words.size()))].toString();
        if (random() % 2)
            prefix += QChar(char16_t(u'a' + random() % 26));
        if (plain.run(prefix) == 50)
            prefixes << prefix;
    }
    for (int i = 0; i < 50; ++i)
        search(prefixes[i]);
    QList<double> ours;
    QList<double> baseline;
    for (const QString &prefix : std::as_const(prefixes)) {
        // Whoever comes second finds the pages warm: by turns.
        for (const bool our : {ours.size() % 2 == 0, ours.size() % 2 != 0}) {
            const double t = cpuMs();
            if (our)
                search(prefix);
            else
                plain.run(prefix);
            (our ? ours : baseline) << cpuMs() - t;
        }
    }
    row("search, one beginning, text to model reset", median(ours), median(baseline), "ms CPU", "1.5");
    QList<double> all = ours;
    {
        // Where the rest goes: the same without threads, announcement and model.
        QList<double> alone;
        auto &connection = program.database->readerConnection();
        program.database->reader().runAndWait([&] {
            for (const QString &prefix : std::as_const(prefixes)) {
                const double t = cpuMs();
                static_cast<void>(storage::searchPatients(connection, prefix, 50, program.clock.nowMs()));
                alone << cpuMs() - t;
            }
            return true;
        });
        row("  of it the query alone", median(alone), median(baseline), "ms CPU", "reported");
    }
    const auto hardOnes = [&](const char *what, const std::function<QString()> &make) {
        QList<double> times;
        for (int i = 0; i < 200; ++i) {
            const QString text = make();
            const double t = cpuMs();
            search(text);
            times << cpuMs() - t;
            if (qEnvironmentVariableIsSet("CLINICDESK_BENCH_EACH"))
                std::fprintf(stderr, "%9.3f ms  %s\n", times.last(), qPrintable(text));
        }
        all += times;
        std::printf("|   %-42s | %9.3f | %9.3f | ms CPU | median, p99 |\n", what, median(times),
                    quantile(times, 0.99));
    };
    hardOnes("two beginnings", [&] {
        return prefixes[qsizetype(random() % 1000)] + u' ' + prefixes[qsizetype(random() % 1000)];
    });
    hardOnes("run of four digits", [&] { return QString::number(1000 + int(random() % 9000)); });
    hardOnes("misspelt", [&] {
        return prefixes[qsizetype(random() % 1000)] + QStringLiteral("xe") +
               prefixes[qsizetype(random() % 1000)];
    });
    row("search, all kinds, p99", quantile(all, 0.99), 16, "ms CPU", "under 16 ms (1.0)");
}

double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000.0 + double(now.tv_nsec) / 1e6;
}

// What the interface thread itself works for one letter typed into the search, until the new rows are
// painted.
void benchInterface(const QString &folder)
{
    Program program(folder);
    program.settle();
    program.signIn();
    program.window->go(QStringLiteral("patients"));
    program.settle();
    auto *edit = program.window->currentScreen()->findChild<QLineEdit *>();
    std::mt19937 random(7);
    QList<double> letters;
    for (int i = 0; i < 300; ++i) {
        if (i % 4 == 0)
            edit->clear();
        program.settle();
        const double t = threadCpuMs();
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(QChar(char16_t(u'a' + random() % 26))));
        QCoreApplication::sendEvent(edit, &press);
        program.settle();
        letters << threadCpuMs() - t;
    }
    std::printf("| %-44s | %9.3f | %9.3f | ms CPU | median, p99 |\n",
                "interface thread, one letter to rows painted", median(letters), quantile(letters, 0.99));
}

void benchRegistration(const QString &folder)
{
    // A copy for each side, on the same disk.
    QTemporaryDir dir(folder + QStringLiteral("/bench-XXXXXX"));
    const QString a = dir.filePath(QStringLiteral("a.db"));
    const QString b = dir.filePath(QStringLiteral("b.db"));
    SystemClock clock;
    {
        storage::Database::Options options;
        options.path = a;
        options.inlineExecutors = true;
        auto database = storage::Database::open(options, clock);
        services::Clinic clinic(**database, clock);
        clinic.setSession(services::Clinic::founderSession());
        services::InitialiseHospital start{QStringLiteral("H"),
                                           QStringLiteral("Main"),
                                           QStringLiteral("MN"),
                                           QStringLiteral("UTC"),
                                           QStringLiteral("ZAR"),
                                           QStringLiteral("admin"),
                                           {},
                                           QStringLiteral("three green apples"),
                                           true,
                                           true};
        if (!clinic.performNow(start))
            qFatal("set-up");
        services::DemoOptions demo;
        demo.patients = 20'000;
        if (!services::fillDemo(**database, clock, demo))
            qFatal("demo");
    }
    QFile::copy(a, b);
    storage::Database::Options options;
    options.path = a;
    auto database = storage::Database::open(options, clock);
    services::Clinic clinic(**database, clock);
    const auto answer =
        clinic.performNow(services::SignIn{QStringLiteral("demo-clerk"), {}, {}, {}, false, true});
    clinic.setSession(answer->session);
    sqlite3 *plain = nullptr;
    sqlite3_open(b.toUtf8().constData(), &plain);
    sqlite3_exec(plain,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA "
                 "recursive_triggers=ON; PRAGMA wal_autocheckpoint=2000",
                 nullptr, nullptr, nullptr);
    // What the registration really sends to SQLite, with its values, is what the baseline replays.
    static QList<QByteArray> traced;
    sqlite3 *handle = (*database)->writerConnection().handle();
    sqlite3_trace_v2(
        handle, SQLITE_TRACE_STMT,
        [](unsigned, void *, void *statement, void *text) {
            if (static_cast<const char *>(text)[0] == '-')
                return 0; // a trigger's inner statement
            char *sql = sqlite3_expanded_sql(static_cast<sqlite3_stmt *>(statement));
            traced << QByteArray(sql);
            sqlite3_free(sql);
            return 0;
        },
        nullptr);
    QList<double> ours;
    QList<double> baseline;
    QList<double> oursCpu;
    QList<double> baselineCpu;
    QElapsedTimer timer;
    for (int i = 0; i < 220; ++i) {
        services::RegisterPatient intent;
        intent.patient.familyName = QStringLiteral("Bench%1").arg(i);
        intent.patient.givenName = QStringLiteral("Person%1").arg(i);
        intent.patient.phone = QStringLiteral("082 555 %1").arg(1000 + i);
        intent.patient.birthDate = PartialDate::create(1980, 1 + i % 12, 1 + i % 28).value_or(PartialDate{});
        traced.clear();
        timer.restart();
        double cpu = cpuMs();
        if (!clinic.performNow(intent))
            qFatal("register");
        const double wall = double(timer.nsecsElapsed()) / 1e6;
        const double spent = cpuMs() - cpu;
        const QList<QByteArray> statements = traced;
        timer.restart();
        cpu = cpuMs();
        for (const QByteArray &sql : statements)
            sqlite3_exec(plain, sql.constData(), nullptr, nullptr, nullptr);
        if (i < 20)
            continue;
        ours << wall;
        oursCpu << spent;
        baseline << double(timer.nsecsElapsed()) / 1e6;
        baselineCpu << cpuMs() - cpu;
    }
    sqlite3_close(plain);
    row("registration, durable, 200 pairs", median(ours), median(baseline), "ms wall", "1.3");
    row("  the same, CPU (baseline parses its SQL)", median(oursCpu), median(baselineCpu), "ms CPU",
        "reported");
}

void benchCalendar()
{
    gui::Theme theme;
    theme.apply(QStringLiteral("light"), 100);
    gui::CalendarView view(theme);
    view.resize(1600, 1000);
    QList<models::CalendarColumn> columns;
    QList<models::AppointmentView> views;
    const QDate day(1970, 1, 1);
    const auto axis = models::calendarAxis({day}, 0, 12 * 60, QTimeZone::utc());
    for (int c = 0; c < 40; ++c) {
        models::CalendarColumn column;
        column.day = day;
        column.pieces = axis.pieces.first();
        column.title = QStringLiteral("Dr Somebody %1").arg(c);
        column.resource = Id::create(c + 1);
        column.to = 12 * 3'600'000;
        column.open << qMakePair(qint64(0), column.to);
        columns << column;
        for (int i = 0; i < 40; ++i) {
            models::AppointmentView v;
            v.appointment.id = Id::create(1000 + c * 40 + i);
            v.appointment.practitionerId = column.resource;
            v.appointment.startAt = qint64(i) * 15 * 60'000;
            v.patientName = QStringLiteral("Somebody, Patient %1").arg(i);
            v.serviceName = QStringLiteral("Consultation");
            views << v;
        }
    }
    view.setContent(columns, axis, views, QTimeZone::utc(), 15, true);
    view.show();
    QPixmap page(view.size());
    QList<double> ours;
    QList<double> baseline;
    for (int i = 0; i < 60; ++i) {
        double t = cpuMs();
        view.setContent(columns, axis, views, QTimeZone::utc(), 15, true);
        view.viewport()->render(&page);
        ours << cpuMs() - t;
        t = cpuMs();
        {
            QPainter painter(&page);
            painter.fillRect(page.rect(), Qt::white);
            QFont bold = view.font();
            bold.setBold(true);
            for (const auto &box : view.boxes()) {
                const QRect r = view.boxRect(box);
                if (!r.intersects(page.rect()))
                    continue;
                painter.setBrush(Qt::lightGray);
                painter.setPen(Qt::darkGray);
                painter.drawRoundedRect(r, 4, 4);
                painter.setPen(Qt::black);
                painter.setFont(bold);
                const QString first = QStringLiteral("○ ") + QStringLiteral("08:00 ") + box.view.patientName;
                painter.drawText(r.adjusted(6, 1, -4, -1), Qt::AlignTop | Qt::AlignLeading,
                                 painter.fontMetrics().elidedText(first, Qt::ElideRight, r.width() - 10));
                painter.setFont(view.font());
                painter.drawText(
                    r.adjusted(6, 16, -4, -1), Qt::AlignTop | Qt::AlignLeading,
                    painter.fontMetrics().elidedText(box.view.serviceName, Qt::ElideRight, r.width() - 10));
            }
        }
        baseline << cpuMs() - t;
    }
    row("calendar 40 x 40, lay out and paint", median(ours), median(baseline), "ms CPU", "1.5");
}

void benchChart(const QString &folder)
{
    // A chart with 500 appointments and invoices against an empty one.
    QTemporaryDir dir(folder + QStringLiteral("/chart-XXXXXX"));
    SystemClock clock;
    storage::Database::Options options;
    options.path = dir.filePath(QStringLiteral("clinic.db"));
    options.inlineExecutors = true;
    options.synchronous = 0;
    auto database = storage::Database::open(options, clock);
    auto service = std::make_unique<services::Clinic>(**database, clock);
    services::Clinic &clinic = *service;
    clinic.setSession(services::Clinic::founderSession());
    services::InitialiseHospital start{QStringLiteral("H"),
                                       QStringLiteral("Main"),
                                       QStringLiteral("MN"),
                                       QStringLiteral("UTC"),
                                       QStringLiteral("ZAR"),
                                       QStringLiteral("admin"),
                                       {},
                                       QStringLiteral("three green apples"),
                                       true,
                                       true};
    if (!clinic.performNow(start) || !services::fillDemo(**database, clock, {}))
        qFatal("demo");
    const auto answer = clinic.performNow(services::SignIn{QStringLiteral("admin"), {}, {}, {}, false, true});
    clinic.setSession(answer->session);
    Id ids[2];
    {
        auto q = (*database)->writerConnection().query("SELECT id FROM patient ORDER BY rid DESC LIMIT 2");
        for (auto &id : ids) {
            q.next();
            id = q.id(0);
        }
    }
    // Written straight into the file: the bench is about opening, not about booking.
    static_cast<void>((*database)->transactLocal([&](storage::Connection &c) -> Result<void> {
        for (int i = 0; i < 500; ++i) {
            const Id id = Id::create(clock.nowMs());
            if (auto done = c.exec("INSERT INTO appointment (id, hospital_id, branch_id, created_at, "
                                   "updated_at, origin_device, patient_id, start_at, minutes, state, "
                                   "walk_in) VALUES (?,?,?,0,0,?,?,?,15,'completed',0)",
                                   id, (*database)->identity().hospital, answer->session.branch,
                                   (*database)->identity().device, ids[0], qint64(i) * 86'400'000);
                !done)
                return done;
            if (auto done = c.exec("INSERT INTO invoice (id, hospital_id, branch_id, created_at, updated_at, "
                                   "origin_device, number, patient_id, appointment_id, state, issued_at, "
                                   "currency, prices_include_tax, net_minor, tax_minor, total_minor) "
                                   "VALUES (?,?,?,?,0,?,?,?,?,'issued',1,'ZAR',1,100,0,100)",
                                   Id::create(clock.nowMs()), (*database)->identity().hospital,
                                   answer->session.branch, i, (*database)->identity().device,
                                   QStringLiteral("X%1").arg(i), ids[0], id);
                !done)
                return done;
        }
        return {};
    }));
    QList<double> times[2];
    for (int i = 0; i < 200; ++i) {
        for (int which = 0; which < 2; ++which) {
            const double t = cpuMs();
            if (!clinic.performNow(services::OpenPatient{ids[which]}))
                qFatal("open");
            times[which] << cpuMs() - t;
        }
    }
    row("  of it the query alone", median(times[0]), median(times[1]), "ms CPU", "reported");
    service.reset();
    database->reset();
    Program program(dir.path());
    program.settle();
    program.signIn();
    QList<double> painted[2];
    for (int i = 0; i < 60; ++i) {
        for (int which = 0; which < 2; ++which) {
            program.window->go(QStringLiteral("today"));
            program.settle();
            const double t = cpuMs();
            program.window->openPatient(ids[which]);
            program.settle();
            painted[which] << cpuMs() - t;
        }
    }
    row("chart with 500 visits against an empty one", median(painted[0]), median(painted[1]), "ms CPU",
        "1.1");
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LOGGING_RULES", "clinic.*=false");
    if (!crypto::initialise())
        return 1;
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.value(1) == u"--child")
        return child(arguments.value(2), arguments.value(3));
    const int patients = arguments.size() > 1 ? arguments[1].toInt() : 1'000'000;
    const QString folder = QDir::tempPath() + QStringLiteral("/clinicdesk-bench-%1").arg(patients);
    makeDemo(folder, patients);
    std::printf("| %-44s | %9s | %9s | %-6s | %6s | %s |\n|---|---|---|---|---|---|\n", "what", "ours",
                "baseline", "unit", "ratio", "aim");
    benchSearch(folder);
    if (argc > 2)
        return 0;
    benchInterface(folder);
    benchStart(folder);
    benchRegistration(folder);
    benchChart(folder);
    benchCalendar();
    return 0;
}
