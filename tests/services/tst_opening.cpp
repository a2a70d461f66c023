// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/opening.h"

#include "core/filewriter.h"
#include "services/admin/accounts.h"
#include "services/admin/keyholders.h"
#include "storage/backup.h"
#include "storage/sealedvfs.h"
#include "storage/sealing.h"
#include "support/faultcalls.h"
#include "support/must.h"
#include "support/testclinic.h"
#include "support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace clinic;
using namespace clinic::test;
using faultcalls::Strike;
using services::Opening;

// A clinic and its backups open with the password and with the paper, and by the keychain where there is one,
// wherever a sealing or a change of key is cut off, and with either of the two key files.
class TstOpening : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    FakeClock m_clock;
    QString m_paper;
    static constexpr int patients = 25;
    const QString m_user = QStringLiteral("administrator");
    const QString m_password = QStringLiteral("correct horse");
    const QStringList m_backups{QStringLiteral("clinic-20200101-000000.db"),
                                QStringLiteral("clinic-20210101-000000.db")};

    [[nodiscard]] QString folder(const QString &name) const { return m_dir.filePath(name); }
    static QString clinicIn(const QString &folder) { return folder + QStringLiteral("/clinic.db"); }
    static QString keychainIn(const QString &folder) { return folder + QStringLiteral("/keychain"); }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QStringList copiesIn(const QString &folder) const
    {
        return {folder + QStringLiteral("/backups/") + m_backups[0],
                folder + QStringLiteral("/backups/") + m_backups[1]};
    }
    QString copyOf(const QString &from, const QString &name) const
    {
        const QString to = folder(name);
        QDir(to).removeRecursively();
        QDir().mkpath(to + QStringLiteral("/backups"));
        for (const QString &sub : {QString(), QStringLiteral("/backups")}) {
            for (const QFileInfo &file : QDir(folder(from) + sub).entryInfoList(QDir::Files | QDir::Hidden)) {
                if (!QFile::copy(file.filePath(), to + sub + u'/' + file.fileName()))
                    qFatal("cannot copy");
            }
        }
        return to;
    }
    // Of all changes to files every third, which takes minutes; CLINICDESK_EVERY_POINT=1 strikes at each.
    static int step() { return qEnvironmentVariableIsSet("CLINICDESK_EVERY_POINT") ? 1 : 3; }
    Result<Opening> opened(const QString &folder, bool byKeychain = false)
    {
        auto opening = Opening::look(clinicIn(folder),
                                     byKeychain ? contentOf(keychainIn(folder)) : QByteArray(), m_clock);
        if (opening && opening->stage() == Opening::Stage::NeedsPassword) {
            if (auto done = opening->openWithPassword(m_user, m_password); !done)
                return fail(done);
        }
        return opening;
    }
    // What `clinicdeskctl seal` does.
    Result<void> seal(const QString &folder, bool withKeychain)
    {
        auto opening = opened(folder, withKeychain);
        if (!opening)
            return fail(opening);
        const auto keep = [&](const QByteArray &keys) {
            return withKeychain && writeFile(keychainIn(folder), keys).has_value();
        };
        if (opening->stage() == Opening::Stage::NeedsSealing) {
            if (auto done = opening->seal(m_user, m_password, m_clock); !done)
                return done;
            static_cast<void>(keep(opening->toStore()));
        } else if (auto done = opening->renewKey(m_clock, keep); !done) {
            return done;
        }
        return opening->whatIsLeft();
    }
    // -1 when it does not open or is not sound.
    int patientsIn(const QString &folder, bool byKeychain)
    {
        auto opening = opened(folder, byKeychain);
        if (!opening)
            return -1;
        storage::Database::Options options;
        options.path = clinicIn(folder);
        options.key = opening->key();
        options.inlineExecutors = true;
        const auto database = storage::Database::open(options, m_clock);
        if (!database)
            return -2;
        const auto report = storage::checkDatabase((*database)->writerConnection(), (*database)->identity());
        return report && report->isSound() ? int(report->patients) : -3;
    }
    QString faultOfBackup(const QString &backup, bool restores)
    {
        Opening byPaper = Opening::lookAtCopy(backup, {}, m_clock);
        Opening byPassword = Opening::lookAtCopy(backup, {}, m_clock);
        if (byPassword.stage() == Opening::Stage::NeedsPassword) {
            if (!byPaper.openWithRecovery(m_paper))
                return QStringLiteral("not by paper");
            if (!byPassword.openWithPassword(m_user, m_password))
                return QStringLiteral("not by password");
        }
        if (storage::lookAtCheck(backup) == storage::CheckState::Differs)
            return QStringLiteral("check differs");
        if (!restores)
            return {};
        const QString to = folder(QStringLiteral("restored"));
        QDir(to).removeRecursively();
        QDir().mkpath(to);
        const auto report = storage::restore(backup, clinicIn(to), m_clock, byPassword.key());
        return report && report->patients == patients ? QString() : QStringLiteral("not restored");
    }
    // Empty: everything is there.
    QString faultOf(const QString &folder, bool withKeychain)
    {
        if (const int found = patientsIn(folder, withKeychain); found != patients)
            return QStringLiteral("clinic: %1").arg(found);
        if (const int found = withKeychain ? patientsIn(folder, false) : patients; found != patients)
            return QStringLiteral("clinic by password: %1").arg(found);
        return {};
    }
    QString faultOfBackups(const QString &folder)
    {
        const QStringList copies = copiesIn(folder);
        for (const QString &copy : copies) {
            if (const QString fault = faultOfBackup(copy, copy == copies.first()); !fault.isEmpty())
                return QFileInfo(copy).fileName() + QStringLiteral(": ") + fault;
        }
        return {};
    }
    static QStringList leftIn(const QString &folder)
    {
        QStringList left;
        QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            if (path.contains(QStringLiteral("sealing")) || path.contains(QStringLiteral("partial")) ||
                contentOf(path).contains("Quetzalcoatl"))
                left << it.fileName();
        }
        return left;
    }

private Q_SLOTS:
    void init()
    {
        // Qt warns of a lock file that a failing disk does not remove.
        if (qstrcmp(QTest::currentTestFunction(), "everyFailure") == 0)
            QTest::failOnWarning(
                QRegularExpression(QStringLiteral("^(?!\"?Could not remove our own lock file)")));
        else
            failOnAnyWarning();
        faultcalls::strikeAt(0);
        QLoggingCategory::setFilterRules({});
    }
    void initTestCase()
    {
        const QString plain = folder(QStringLiteral("plain"));
        QVERIFY(QDir().mkpath(plain + QStringLiteral("/backups")));
        {
            TestClinic t({.path = clinicIn(plain)});
            t.signIn(m_user);
            while (t.count("patient") < patients)
                t.patient(QStringLiteral("Quetzalcoatl"), QStringLiteral("Ada"));
            m_paper = must(t.clinic->performNow(services::MakeRecoveryKey{m_password}));
            for (const QString &copy : copiesIn(plain))
                must(storage::backUp(t.database->writerConnection(), t.database->identity(), copy, t.clock));
        }
        for (const bool withKeychain : {false, true}) {
            const QString name = withKeychain ? QStringLiteral("stored") : QStringLiteral("sealed");
            must(seal(copyOf(QStringLiteral("plain"), name), withKeychain));
            QCOMPARE(faultOf(folder(name), withKeychain) + faultOfBackups(folder(name)), QString());
            QCOMPARE(leftIn(folder(name)), QStringList());
        }
    }

    void everyKill_data()
    {
        QTest::addColumn<QString>("from");
        for (const char *from : {"plain", "sealed", "stored"})
            QTest::newRow(from) << QString::fromLatin1(from);
    }
    void everyKill()
    {
        QFETCH(QString, from);
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        const bool withKeychain = from == u"stored";
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false")); // what was cut off is told
        QString work = copyOf(from, QStringLiteral("work"));
        faultcalls::strikeAt(0);
        must(seal(work, withKeychain));
        const QList<qint64> points = faultcalls::turns();
        QVERIFY(points.size() > 60);
        QStringList lost;
        for (qsizetype i = 0; i < points.size(); i += step()) {
            const qint64 n = points[i];
            work = copyOf(from, QStringLiteral("work"));
            faultcalls::strikeAt(n, Strike::Kill);
            const bool ended = faultcalls::runsToItsEnd([&] { std::ignore = seal(work, withKeychain); });
            faultcalls::strikeAt(0);
            QVERIFY(!ended);
            // Backups as they lie there, then what the next start makes of everything, then one more key.
            QString fault = faultOfBackups(work);
            if (from != u"plain" && fault.isEmpty())
                fault = faultOf(work, withKeychain);
            if (const auto again = seal(work, withKeychain); !again)
                fault +=
                    QStringLiteral(" again: %1 %2").arg(int(again.error().code)).arg(again.error().detail);
            fault += faultOf(work, withKeychain) + faultOfBackups(work) + leftIn(work).join(u' ');
            if (!fault.isEmpty())
                lost << QStringLiteral("%1: %2").arg(n).arg(fault);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
        qInfo("every %d. of %lld points, nothing lost", step(), (long long)points.size());
    }

    // The disk fails or is full at that change, and the program goes on to its end.
    void everyFailure_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<bool>("isFull");
        for (const char *from : {"plain", "sealed"}) {
            QTest::addRow("%s, one fails", from) << QString::fromLatin1(from) << false;
            QTest::addRow("%s, no room", from) << QString::fromLatin1(from) << true;
        }
    }
    void everyFailure()
    {
        QFETCH(QString, from);
        QFETCH(bool, isFull);
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        QString work = copyOf(from, QStringLiteral("work"));
        faultcalls::strikeAt(0);
        must(seal(work, false));
        QStringList lost;
        int failed = 0;
        const QList<qint64> points = faultcalls::turns();
        for (qsizetype i = 0; i < points.size(); i += isFull ? 3 * step() : step()) {
            work = copyOf(from, QStringLiteral("work"));
            faultcalls::strikeAt(points[i], isFull ? Strike::Full : Strike::Once);
            const auto done = seal(work, false);
            faultcalls::strikeAt(0);
            failed += !done;
            QString fault = faultOfBackups(work);
            if (done) { // nobody is told of a key that something does not have
                for (const QString &copy : copiesIn(work)) {
                    if (storage::sealedvfs::isPlain(copy))
                        fault += QStringLiteral(" done, and plain");
                }
            }
            if (const auto again = seal(work, false); !again)
                fault +=
                    QStringLiteral(" again: %1 %2").arg(int(again.error().code)).arg(again.error().detail);
            fault += faultOf(work, false) + faultOfBackups(work) + leftIn(work).join(u' ');
            if (!fault.isEmpty())
                lost << QStringLiteral("%1: %2").arg(points[i]).arg(fault);
        }
        QVERIFY2(lost.isEmpty(), qPrintable(lost.join(u'\n')));
        QVERIFY(failed > 10 / step());
    }

    // A backup that cannot be read through keeps its keys, and is named.
    void aDamagedBackupKeepsItsKey()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        const QString work = copyOf(QStringLiteral("sealed"), QStringLiteral("work"));
        const QString damaged = copiesIn(work)[0];
        QByteArray bytes = contentOf(damaged);
        const QByteArray keys = contentOf(keyFileOf(damaged));
        bytes[10 * 4096 + 7] = char(bytes[10 * 4096 + 7] ^ 1);
        write(damaged, bytes);
        for (int round = 0; round < 2; ++round) {
            const auto done = seal(work, false);
            QVERIFY(!done);
            QCOMPARE(done.error().field, QStringLiteral("copies"));
            QCOMPARE(done.error().args, QStringList{m_backups[0]});
            QCOMPARE(contentOf(keyFileOf(damaged)), keys);
            Opening copy = Opening::lookAtCopy(damaged, {}, m_clock);
            QVERIFY(copy.openWithPassword(m_user, m_password));
            QCOMPARE(faultOfBackup(copiesIn(work)[1], true), QString());
        }
        QVERIFY(QFile::remove(damaged));
        must(seal(work, false));
        QCOMPARE(faultOf(work, false), QString());
    }

    // Each of the two is enough, and the other is made anew from it.
    void eitherKeyFileOpens()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        for (const bool first : {true, false}) {
            for (const QByteArray &damage :
                 {QByteArray(), QByteArray("{}"), QByteArray("flip"), QByteArray("cut"), QByteArray("gone"),
                  QByteArray("of another clinic")}) {
                const QString work = copyOf(QStringLiteral("sealed"), QStringLiteral("work"));
                const QString keys = keyFileOf(clinicIn(work));
                const QString name = first ? keys : secondCopyOf(keys);
                QByteArray bytes = contentOf(name);
                QVERIFY(bytes.size() > 500);
                if (damage == "gone")
                    QVERIFY(QFile::remove(name));
                else if (damage == "of another clinic")
                    write(name, contentOf(keyFileOf(clinicIn(folder(QStringLiteral("stored"))))));
                else if (damage == "cut")
                    write(name, bytes.left(bytes.size() / 2));
                else if (damage == "flip")
                    write(name, bytes.replace(bytes.indexOf("\"secret\": \"") + 30, 1, "#"));
                else
                    write(name, damage);
                QVERIFY2(opened(work).has_value(), damage.constData());
                QCOMPARE(contentOf(keys), contentOf(secondCopyOf(keys)));
                QVERIFY2(QFile::remove(first ? keys : secondCopyOf(keys)), damage.constData());
                auto byPaper = must(Opening::look(clinicIn(work), {}, m_clock));
                QVERIFY(byPaper.openWithRecovery(m_paper));
            }
        }
    }

    // What lies beside a backup was made from them; without one the sentence names what to do.
    void withoutBothKeyFiles()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        for (const QByteArray &damage :
             {QByteArray(), QByteArray("{\"format\":1,\"hold"), QByteArray("gone")}) {
            const QString work = copyOf(QStringLiteral("sealed"), QStringLiteral("work"));
            const QString keys = keyFileOf(clinicIn(work));
            const auto spoil = [&](const QString &path) {
                for (const QString &name : {path, secondCopyOf(path)}) {
                    QVERIFY(QFile::remove(name));
                    if (damage != "gone")
                        write(name, damage);
                }
            };
            spoil(keys);
            QCOMPARE(opened(work).has_value(), true);
            QCOMPARE(patientsIn(work, false), patients);
            QVERIFY(isKept(keys) && contentOf(keys) == contentOf(secondCopyOf(keys)));
            spoil(keys);
            for (const QString &copy : copiesIn(work)) {
                spoil(keyFileOf(copy));
                Opening cut = Opening::lookAtCopy(copy, {}, m_clock);
                const auto refused = cut.openWithPassword(m_user, m_password);
                QCOMPARE(refused.error().code, ErrorCode::KeyFileChanged);
                QCOMPARE(refused.error().args, QStringList{keyFileOf(copy)});
                QCOMPARE(refused.error().field, damage == "gone" ? QStringLiteral("missing") : QString());
            }
            const auto none = Opening::look(clinicIn(work), {}, m_clock);
            QCOMPARE(none.error().code, ErrorCode::KeyFileChanged);
            QCOMPARE(none.error().args, QStringList{keys});
        }
    }

    // Where a keychain has the key nothing needs the paper, and it stands for a right none the less: it has
    // to be the one of this file.
    void thePaperCountsBesideAKeychain()
    {
        const QString work = copyOf(QStringLiteral("sealed"), QStringLiteral("work"));
        const QByteArray kept = must(opened(work)).key().record();
        auto clinic = must(Opening::look(clinicIn(work), kept, m_clock));
        Opening copy = Opening::lookAtCopy(copiesIn(work).first(), kept, m_clock);
        for (Opening *opening : {&clinic, &copy}) {
            QCOMPARE(opening->stage(), Opening::Stage::Ready);
            for (const char *wrong : {"", "EFKN-BNMJ-KMSH-DQPG-6FUI-KWVE-5UY2-YNTO-I"}) {
                const auto refused = opening->openWithRecovery(QString::fromLatin1(wrong));
                QCOMPARE(refused.error().code, ErrorCode::WrongKey);
                QCOMPARE(opening->stage(), Opening::Stage::Ready);
            }
            must(opening->openWithRecovery(m_paper));
            QVERIFY(!opening->key().isNull());
        }
        // Without a key file there is no paper to it.
        for (const QString &name : {keyFileOf(copiesIn(work).first()), keyFileOf(clinicIn(work))})
            QVERIFY(QFile::remove(name) && QFile::remove(secondCopyOf(name)));
        Opening bare = Opening::lookAtCopy(copiesIn(work).first(), kept, m_clock);
        QCOMPARE(bare.openWithRecovery(m_paper).error().code, ErrorCode::KeyFileChanged);
    }

    // A paper that was not committed is none, and the one before still opens.
    void aFailedPaperLeavesTheOld()
    {
        if (!faultcalls::isSupported())
            QSKIP("stands in for the C library of Linux");
        QLoggingCategory::setFilterRules(QStringLiteral("clinic.*=false"));
        const auto opensWith = [&](const QString &work, const QString &paper) {
            auto opening = must(Opening::look(clinicIn(work), {}, m_clock));
            return opening.openWithRecovery(paper).has_value();
        };
        int failed = 0;
        for (qint64 n = 0; n < 40; ++n) {
            const QString work = copyOf(QStringLiteral("sealed"), QStringLiteral("work"));
            Result<QString> made = fail(ErrorCode::Internal);
            {
                auto opening = must(opened(work));
                storage::Database::Options options;
                options.path = clinicIn(work);
                options.key = opening.key();
                options.inlineExecutors = true;
                auto database = storage::Database::open(options, m_clock);
                QVERIFY(database.has_value());
                services::Clinic clinic(**database, m_clock);
                clinic.setKeyFile(opening.takeKeyFile());
                services::SignIn signIn;
                signIn.login = m_user;
                signIn.password = m_password;
                clinic.setSession(must(clinic.performNow(signIn)).session);
                faultcalls::strikeAt(n, Strike::Full);
                made = clinic.performNow(services::MakeRecoveryKey{m_password});
                faultcalls::strikeAt(0);
            }
            failed += !made;
            if (made) {
                QVERIFY(opensWith(work, *made));
                QVERIFY2(n > 0 || !opensWith(work, m_paper), QByteArray::number(n));
            } else {
                QVERIFY2(opensWith(work, m_paper), QByteArray::number(n));
            }
        }
        QVERIFY(failed > 5 && failed < 40);
    }
};

int main(int argc, char **argv)
{
    return test::run<TstOpening, QCoreApplication>(argc, argv);
}

#include "tst_opening.moc"
