// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the seal costs: the same build on the same clinic, sealed and in the clear, in turns (./dev bench
// seal).
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

std::unique_ptr<storage::Database> openFile(const QString &path, const FileKey &key, const Clock &clock)
{
    storage::Database::Options options;
    options.path = path;
    options.key = key;
    options.inlineExecutors = true;
    auto opened = storage::Database::open(options, clock);
    if (!opened)
        qFatal("cannot open %s: %s", qPrintable(path), qPrintable(opened.error().detail));
    return std::move(*opened);
}

void makeDemo(const QString &folder, int patients)
{
    if (QFile::exists(folder + QStringLiteral("/clinic.db")))
        return;
    std::printf("making a clinic of %d patients in %s ...\n", patients, qPrintable(folder));
    std::fflush(stdout);
    QProcess maker;
    maker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    maker.start(QCoreApplication::applicationDirPath() + QStringLiteral("/../src/clinicdeskctl"),
                {QStringLiteral("--data"), folder, QStringLiteral("demo"), QStringLiteral("--patients"),
                 QString::number(patients)});
    maker.waitForFinished(-1);
}

// The connection type-ahead uses, with its cache.
std::unique_ptr<storage::Connection> reader(const QString &path, const FileKey &key)
{
    auto opened = storage::Connection::open(path, storage::Connection::Mode::ReadOnly, {}, key);
    if (!opened ||
        !(*opened)->execScript("PRAGMA temp_store=MEMORY; PRAGMA query_only=ON; PRAGMA cache_size=-64000"))
        qFatal("cannot read");
    return std::move(*opened);
}

double search(storage::Connection &c, const QString &text, qint64 now)
{
    const double before = cpuMs();
    if (!storage::searchPatients(c, text, 50, now))
        qFatal("search");
    return cpuMs() - before;
}

void benchSearch(const QString &plain, const QString &sealed, const FileKey &key)
{
    SystemClock clock;
    QStringList typed;
    {
        // What people really begin to type: two to four letters of names that are there.
        auto c = reader(plain, {});
        std::mt19937 random(7);
        for (int i = 0; i < 1000; ++i) {
            auto q = c->query("SELECT family_name FROM patient WHERE rid=?", int(1 + random() % 5000));
            if (q.next())
                typed << q.text(0).left(2 + int(random() % 3));
        }
    }
    QList<double> first[2];
    for (int round = 0; round < 15; ++round) {
        for (const int which : {0, 1}) {
            auto c = which ? reader(sealed, key) : reader(plain, {});
            first[which] << search(*c, typed[round], clock.nowMs());
        }
    }
    row("first search after start", median(first[1]), median(first[0]), "ms CPU", "1.5");
    auto open = reader(plain, {});
    auto shut = reader(sealed, key);
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
        database = openFile(path, key, clock);
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
    for (int i = 0; i < 300; ++i) {
        for (const int which : {0, 1}) {
            services::RegisterPatient intent;
            intent.patient.familyName = QStringLiteral("Bench%1").arg(i);
            intent.patient.givenName = QStringLiteral("Person%1").arg(i);
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
    const QString folder = QDir::tempPath() + QStringLiteral("/clinicdesk-bench-%1").arg(patients);
    makeDemo(folder, patients);
    const QString plain = folder + QStringLiteral("/clinic.db");
    QTemporaryDir dir;
    const QString sealed = dir.filePath(QStringLiteral("sealed.db"));
    const FileKey key = FileKey::create();
    std::printf("| %-44s | %9s | %9s | %-6s | %6s | %s |\n|---|---|---|---|---|---|\n", "what", "sealed",
                "clear", "unit", "ratio", "aim");
    {
        SystemClock clock;
        const auto source = openFile(plain, {}, clock); // brought to this version first
        QElapsedTimer timer;
        timer.start();
        const QString again = dir.filePath(QStringLiteral("plain.db"));
        if (!storage::copyPages(source->writerConnection(), again, {}, storage::CopyKind::Live))
            qFatal("copy");
        const double clearMs = double(timer.elapsed());
        timer.restart();
        if (!storage::copyPages(source->writerConnection(), sealed, key, storage::CopyKind::Live))
            qFatal("copy");
        row("copy of the whole file", double(timer.elapsed()), clearMs, "ms wall", "reported");
    }
    benchSearch(dir.filePath(QStringLiteral("plain.db")), sealed, key);
    benchWriting(dir.filePath(QStringLiteral("plain.db")), sealed, key);
    return 0;
}
