// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/patients/patients.h"
#include "storage/backup.h"
#include "storage/sealedvfs.h"
#include "storage/sealing.h"
#include "support/faultvfs.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace clinic;
using namespace clinic::test;

// A file gets a seal, or another one, on a disk that fails at the i-th access: whatever i, it opens with one
// of the two keys, has everything, and the next try gets through.
class TstSealing : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    FakeClock m_clock;
    FileKey m_first = FileKey::create();
    FileKey m_second = FileKey::create();
    static constexpr int patients = 25;

    [[nodiscard]] QString folder(const QString &name) const { return m_dir.filePath(name); }
    static QString clinicIn(const QString &folder) { return folder + QStringLiteral("/clinic.db"); }
    static QString backupIn(const QString &folder)
    {
        return folder + QStringLiteral("/backups/clinic-2026-03-01.db");
    }
    // A clinic with a backup beside it, both with that key (null: in the clear).
    void make(const QString &name, const FileKey &key)
    {
        QVERIFY(QDir().mkpath(folder(name) + QStringLiteral("/backups")));
        TestClinic t({.path = clinicIn(folder(name)), .key = key});
        t.signIn(QStringLiteral("administrator"));
        while (t.count("patient") < patients)
            t.patient(QStringLiteral("Moyo"), QStringLiteral("Ada"));
        QVERIFY(storage::backUp(t.database->writerConnection(), t.database->identity(),
                                backupIn(folder(name)), t.clock)
                    .has_value());
    }
    [[nodiscard]] QString copyOf(const QString &name) const
    {
        const QString to = folder(QStringLiteral("work"));
        QDir(to).removeRecursively();
        QDir().mkpath(to + QStringLiteral("/backups"));
        const QDir from(folder(name));
        for (const QFileInfo &file : from.entryInfoList(QDir::Files))
            QFile::copy(file.filePath(), to + u'/' + file.fileName());
        for (const QFileInfo &file :
             QDir(from.filePath(QStringLiteral("backups"))).entryInfoList(QDir::Files))
            QFile::copy(file.filePath(), to + QStringLiteral("/backups/") + file.fileName());
        return to;
    }
    // How many patients are there; -1 when it does not open or is not sound.
    int openedWith(const QString &path, const FileKey &key)
    {
        storage::Database::Options options;
        options.path = path;
        options.key = key;
        options.inlineExecutors = true;
        const auto database = storage::Database::open(options, m_clock);
        if (!database)
            return -1;
        const auto report = storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
        return report && report->isSound() ? int(report->patients) : -1;
    }

private Q_SLOTS:
    void init() { failOnAnyWarning(); }
    void initTestCase()
    {
        faultvfs::install();
        faultvfs::makeDefault();
        faultvfs::failFrom(0);
        make(QStringLiteral("plain"), {});
        make(QStringLiteral("sealed"), m_first);
    }

    void everyFailingAccess_data()
    {
        QTest::addColumn<QString>("from");
        QTest::newRow("for the first time") << QStringLiteral("plain");
        QTest::newRow("another key") << QStringLiteral("sealed");
    }
    void everyFailingAccess()
    {
        QFETCH(QString, from);
        const FileKey old = from == u"plain" ? FileKey() : m_first;
        QString work = copyOf(from);
        faultvfs::failFrom(0);
        must(storage::sealFile(clinicIn(work), {old, m_second}, m_second, m_clock));
        const qint64 all = faultvfs::accesses();
        QVERIFY(all > 500);
        int failed = 0;
        int keptOld = 0;
        // Each of the first and last ones, where files change hands, and some between.
        for (qint64 i = 1; i <= all; i += i < 8 || i > all - 24 ? 1 : qMax<qint64>(1, all / 20)) {
            work = copyOf(from);
            QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false")); // each failure is told
            faultvfs::failFrom(i);
            const auto done = storage::sealFile(clinicIn(work), {old, m_second}, m_second, m_clock);
            failed += !done;
            faultvfs::failFrom(0);
            const bool isNew =
                storage::sealedvfs::probe(clinicIn(work), m_second) == storage::sealedvfs::Content::Fits;
            keptOld += !isNew;
            const QString what = QStringLiteral("access %1 of %2").arg(i).arg(all);
            QVERIFY2(isNew || !done, qPrintable(what)); // nobody is told of a seal that is not there
            QVERIFY2(openedWith(clinicIn(work), isNew ? m_second : old) == patients, qPrintable(what));
            const auto again = storage::sealFile(clinicIn(work), {old, m_second}, m_second, m_clock);
            QLoggingCategory::setFilterRules({});
            QVERIFY2(again.has_value(), qPrintable(what));
            QVERIFY2(openedWith(clinicIn(work), m_second) == patients, qPrintable(what));
            QVERIFY2(openedWith(backupIn(work), m_second) == patients, qPrintable(what));
            QVERIFY2(!storage::isSealingUnfinished(clinicIn(work)), qPrintable(what));
            const auto left =
                QDir(work).entryList({QStringLiteral("*sealing*")}, QDir::Files) +
                QDir(work + QStringLiteral("/backups")).entryList({QStringLiteral("*sealing*")}, QDir::Files);
            QVERIFY2(left.isEmpty(), qPrintable(what + u' ' + left.join(u' ')));
        }
        qInfo("%d of %lld accesses failed, %d left the old seal", failed, (long long)all, keptOld);
        QVERIFY(failed > 15 && keptOld > 10);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstSealing, QCoreApplication>(argc, argv);
}

#include "tst_sealing.moc"
