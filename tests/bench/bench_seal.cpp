// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the seal costs: the same build on the same clinic, sealed and in the clear, in turns (./dev bench
// seal).
#include "bench/democlinic.h"
#include "bench/figures.h"
#include "core/crypto.h"
#include "services/admin/accounts.h"
#include "services/clinic.h"
#include "services/patients/importing.h"
#include "services/patients/patients.h"
#include "storage/copying.h"
#include "storage/patients/queries.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <random>

using namespace clinic;
using namespace clinic::bench;

namespace {

std::unique_ptr<storage::Database> openFile(const QString &path, const FileKey &key, const Clock &clock,
                                            bool threads = false)
{
    storage::Database::Options options;
    options.path = path;
    options.key = key;
    options.inlineExecutors = !threads;
    auto opened = storage::Database::open(options, clock);
    if (!opened)
        qFatal("cannot open %s: %s", qPrintable(path), qPrintable(opened.error().detail));
    return std::move(*opened);
}

// On the thread and the connection that type-ahead has, with its cache.
double search(storage::Database &database, const QString &text, qint64 now)
{
    return database.searchReader().runAndWait([&] {
        const double before = cpuMs();
        if (!storage::searchPatients(database.searchConnection(), text, 50, now))
            qFatal("search");
        return cpuMs() - before;
    });
}

void benchSearch(const QString &plain, const QString &sealed, const FileKey &key)
{
    SystemClock clock;
    QStringList typed;
    {
        // What people really begin to type: two to four letters of names that are there.
        const auto file = openFile(plain, {}, clock, false);
        std::mt19937 random(7);
        for (int i = 0; i < 1000; ++i) {
            auto q = file->writerConnection().query("SELECT family_name FROM patient WHERE rid=?",
                                                    int(1 + random() % 5000));
            if (q.next())
                typed << q.text(0).left(2 + int(random() % 3));
        }
    }
    QList<double> first[2];
    for (int round = 0; round < 15; ++round) {
        for (const int which : {0, 1}) {
            const auto file = which ? openFile(sealed, key, clock, true) : openFile(plain, {}, clock, true);
            first[which] << search(*file, typed[round], clock.nowMs());
        }
    }
    row("first search after start", median(first[1]), median(first[0]), "ms CPU", "1.5");
    const auto open = openFile(plain, {}, clock, true);
    const auto shut = openFile(sealed, key, clock, true);
    double sum[2] = {0, 0};
    QList<double> each[2];
    for (int pass = 0; pass < 2; ++pass) { // the first one fills the caches of both
        for (const QString &text : std::as_const(typed)) {
            const double a = search(*shut, text, clock.nowMs());
            const double b = search(*open, text, clock.nowMs());
            if (pass == 0)
                continue;
            sum[1] += a;
            sum[0] += b;
            each[1] << a;
            each[0] << b;
        }
    }
    row("typed search, median", median(each[1]), median(each[0]), "ms CPU", "1.15");
    row("typed search, a thousand of them", sum[1], sum[0], "ms CPU", "1.15");
}

struct Desk
{
    SystemClock clock;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<services::Clinic> clinic;

    Desk(const QString &path, const FileKey &key)
    {
        database = openFile(path, key, clock, false);
        clinic = std::make_unique<services::Clinic>(*database, clock);
        clinic->setSession(services::Clinic::founderSession());
        const auto answer =
            clinic->performNow(services::SignIn{QStringLiteral("demo-admin"), {}, {}, {}, false, true});
        if (!answer || !answer->session.isSignedIn())
            qFatal("sign in");
        clinic->setSession(answer->session);
    }
};

void benchWriting(const QString &plain, const QString &sealed, const FileKey &key)
{
    Desk open(plain, {});
    Desk shut(sealed, key);
    QElapsedTimer timer;
    QList<double> wall[2];
    // Names as they occur: most people share theirs with somebody.
    QStringList family;
    QStringList given;
    storage::Query names = open.database->writerConnection().query(
        "SELECT family_name, given_name FROM patient WHERE given_name<>'' LIMIT 300");
    while (names.next()) {
        family << names.text(0);
        given << names.text(1);
    }
    for (int i = 0; i < family.size(); ++i) {
        for (const int which : {0, 1}) {
            services::RegisterPatient intent;
            intent.patient.familyName = family[i];
            intent.patient.givenName = given[family.size() - 1 - i];
            intent.patient.phone = QStringLiteral("082 555 %1").arg(1000 + i);
            intent.patient.birthDate =
                PartialDate::create(1980, 1 + i % 12, 1 + i % 28).value_or(PartialDate{});
            timer.restart();
            if (!(which ? shut : open).clinic->performNow(intent))
                qFatal("register");
            if (i >= 20)
                wall[which] << double(timer.nsecsElapsed()) / 1e6;
        }
    }
    row("registration, durable", median(wall[1]), median(wall[0]), "ms wall", "1.2");
    QList<double> batches[2];
    for (int i = 0; i < 120; ++i) {
        services::ImportBatch batch;
        batch.mapping = services::guessMapping({QStringLiteral("family name"), QStringLiteral("given name"),
                                                QStringLiteral("birth date"), QStringLiteral("phone")});
        batch.mapping.dateOrder = services::DateOrder::DayFirst;
        for (int line = 0; line < services::ImportBatch::maximumRows; ++line)
            batch.rows << services::ImportRow{
                line,
                {QStringLiteral("Imported%1").arg(i * 100 + line),
                 QStringLiteral("Name%1").arg((line * 37 + i) % 400),
                 QStringLiteral("%1.3.1985").arg(1 + line % 28),
                 QStringLiteral("083 4%1 %2").arg(10 + i % 80).arg(1000 + line)}};
        for (const int which : {0, 1}) {
            timer.restart();
            if (!(which ? shut : open).clinic->performNow(batch))
                qFatal("import");
            batches[which] << double(timer.nsecsElapsed()) / 1e6;
        }
    }
    double sum[2] = {0, 0};
    for (const int which : {0, 1}) {
        for (const double ms : std::as_const(batches[which]))
            sum[which] += ms;
    }
    row("import, 7,200 patients in units of 60", sum[1], sum[0], "ms wall", "1.5");
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_LOGGING_RULES", "clinic.*=false");
    if (!crypto::initialise())
        return 1;
    QCoreApplication app(argc, argv);
    const int patients = argc > 1 ? QCoreApplication::arguments().at(1).toInt() : 1'000'000;
    std::printf("| %-44s | %9s | %9s | %-6s | %6s | %s |\n|---|---|---|---|---|---|\n", "what", "sealed",
                "clear", "unit", "ratio", "aim");
    const FileKey key = FileKey::create();
    // Searching is measured in the largest register, saving in a clinic's usual one (and reported for the
    // largest).
    for (const int size : {patients, 20'000}) {
        const QString folder = QDir::tempPath() + QStringLiteral("/clinicdesk-bench-%1").arg(size);
        makeDemo(folder, size);
        QTemporaryDir dir;
        const QString plain = dir.filePath(QStringLiteral("plain.db"));
        const QString sealed = dir.filePath(QStringLiteral("sealed.db"));
        {
            SystemClock clock;
            const auto source = openFile(folder + QStringLiteral("/clinic.db"), {}, clock, false);
            QElapsedTimer timer;
            timer.start();
            if (!storage::copyPages(source->writerConnection(), plain, {}, storage::CopyKind::Live))
                qFatal("copy");
            const double clearMs = double(timer.elapsed());
            timer.restart();
            if (!storage::copyPages(source->writerConnection(), sealed, key, storage::CopyKind::Live))
                qFatal("copy");
            std::printf("| %d patients\n", size);
            row("copy of the whole file", double(timer.elapsed()), clearMs, "ms wall", "reported");
        }
        if (size == patients)
            benchSearch(plain, sealed, key);
        benchWriting(plain, sealed, key);
    }
    return 0;
}
