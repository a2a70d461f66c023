// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include <QProcess>

#include <QCoreApplication>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>

using namespace clinic;

namespace {

// Which layer may include which (docs/architecture.md). A layer may always include itself.
const QHash<QString, QStringList> &layerTable()
{
    static const QHash<QString, QStringList> table{
        {QStringLiteral("core"), {}},
        {QStringLiteral("domain"), {QStringLiteral("core")}},
        {QStringLiteral("sync/merge"), {QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("sync/wire"), {QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("storage"),
         {QStringLiteral("sync/wire"), QStringLiteral("sync/merge"), QStringLiteral("domain"),
          QStringLiteral("core")}},
        {QStringLiteral("sync/engine"),
         {QStringLiteral("sync/wire"), QStringLiteral("sync/merge"), QStringLiteral("storage"),
          QStringLiteral("secrets"), QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("secrets"), {QStringLiteral("core")}},
        {QStringLiteral("server"),
         {QStringLiteral("sync/wire"), QStringLiteral("sync/merge"), QStringLiteral("domain"),
          QStringLiteral("core")}},
        {QStringLiteral("services"),
         {QStringLiteral("storage"), QStringLiteral("secrets"), QStringLiteral("sync/wire"),
          QStringLiteral("sync/merge"), QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("exchange"),
         {QStringLiteral("services"), QStringLiteral("storage"), QStringLiteral("domain"),
          QStringLiteral("core")}},
        {QStringLiteral("models"),
         {QStringLiteral("services"), QStringLiteral("exchange"), QStringLiteral("storage"),
          QStringLiteral("sync/engine"), QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("gui"), {QStringLiteral("models"), QStringLiteral("domain"), QStringLiteral("core")}},
        {QStringLiteral("preview"), {}},
        {QStringLiteral("app"), {QStringLiteral("*")}},
        {QStringLiteral("ctl"), {QStringLiteral("*")}},
    };
    return table;
}

// Longer than the limit (600 for .cpp, 300 for .h), each with its reason.
const QHash<QString, const char *> &longFiles()
{
    static const QHash<QString, const char *> table{};
    return table;
}

QString layerOf(const QString &path)
{
    for (const char *two : {"sync/wire", "sync/merge", "sync/engine"}) {
        if (path.startsWith(QLatin1StringView(two)))
            return QString::fromLatin1(two);
    }
    return path.section(u'/', 0, 0);
}

// The layers a file may not include but does.
QStringList offences(const QString &layer, const QString &text)
{
    static const QRegularExpression include(QStringLiteral("#include \"([^\"]+)\""));
    const QStringList allowed = layerTable().value(layer);
    QStringList bad;
    for (auto it = include.globalMatch(text); it.hasNext();) {
        const QString target = it.next().captured(1);
        if (!target.contains(u'/') || target.contains(QStringLiteral("/ui_")))
            continue; // generated
        const QString other = layerOf(target);
        if (other != layer && !allowed.contains(QStringLiteral("*")) && !allowed.contains(other))
            bad << target;
    }
    static const QRegularExpression widgets(QStringLiteral(
        "#include <(QWidget|QtWidgets|QMainWindow|QDialog|QLabel|QPushButton|QTableView|QMessageBox)"));
    if (layer != u"gui" && layer != u"app" && widgets.match(text).hasMatch())
        bad << QStringLiteral("Widgets");
    static const QRegularExpression sql(QStringLiteral("#include <(QSql\\w+|sqlite3\\.h)>"));
    if (layer != u"storage" && layer != u"server" && sql.match(text).hasMatch())
        bad << QStringLiteral("SQL");
    return bad;
}

QHash<QString, QString> sources(const QString &folder)
{
    QHash<QString, QString> out;
    const QString root = QStringLiteral(CLINIC_SOURCE_DIR) + u'/' + folder + u'/';
    QDirIterator it(root, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            out.insert(file.fileName().mid(root.size()), QString::fromUtf8(file.readAll()));
    }
    return out;
}

} // namespace

class TstHouse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // A test program started in any other profile ends at once.
    void testsRunInTheTestingProfileOnly()
    {
        QProcess other;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLINICDESK_PROFILE"), QStringLiteral("production"));
        other.setProcessEnvironment(environment);
        other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("layers")});
        QVERIFY(other.waitForFinished(20'000));
        QCOMPARE(other.exitCode(), 3);
    }

    void init() { test::failOnAnyWarning(); }

    // Code at an address nobody knows beforehand, tables of the loader closed before the first line runs,
    // nothing both writable and executable, and a stack that notices when it is overrun.
    void programsAreHardened()
    {
#ifdef Q_OS_LINUX
        for (const char *name : {"clinicdesk", "clinicdesk-preview", "clinicdeskctl", "clinicdesk-server"}) {
            QProcess readelf;
            readelf.start(QStringLiteral("readelf"),
                          {QStringLiteral("-hldsW"),
                           QStringLiteral(CLINIC_BINARY_DIR "/src/") + QLatin1StringView(name)});
            QVERIFY2(readelf.waitForFinished(60'000) && readelf.exitCode() == 0, name);
            const QString told = QString::fromUtf8(readelf.readAllStandardOutput());
            const auto line = [&told](const char *what) {
                const qsizetype at = told.indexOf(QLatin1StringView(what));
                return at < 0 ? QString() : told.mid(at, told.indexOf(u'\n', at) - at);
            };
            QVERIFY2(told.contains(u"DYN (Position-Independent Executable file)"), name);
            QVERIFY2(!line("GNU_RELRO").isEmpty(), name);
            QVERIFY2(told.contains(QRegularExpression(QStringLiteral("FLAGS.*NOW"))), name);
            QVERIFY2(line("GNU_STACK").contains(u" RW ") && !line("GNU_STACK").contains(u" RWE "), name);
            QVERIFY2(told.contains(u"__stack_chk_fail"), name);
        }
#else
        QSKIP("read from ELF headers");
#endif
    }

    void layersIncludeDownwardsOnly()
    {
        const auto files = sources(QStringLiteral("src"));
        QVERIFY(files.size() > 50);
        int includes = 0;
        for (auto it = files.begin(); it != files.end(); ++it) {
            const QString layer = layerOf(it.key());
            QVERIFY2(layerTable().contains(layer), qPrintable(it.key()));
            const QStringList bad = offences(layer, it.value());
            QVERIFY2(bad.isEmpty(), qPrintable(it.key() + QStringLiteral(" includes ") + bad.join(u' ')));
            includes += int(it.value().count(QStringLiteral("#include \"")));
        }
        QVERIFY(includes > 150);
        // A planted violation of each kind is seen.
        QCOMPARE(offences(QStringLiteral("domain"), QStringLiteral("#include \"storage/database.h\"")).size(),
                 1);
        QCOMPARE(offences(QStringLiteral("services"), QStringLiteral("#include <QMessageBox>")).size(), 1);
        QCOMPARE(offences(QStringLiteral("models"), QStringLiteral("#include <QSqlQuery>")).size(), 1);
    }

    void filesStayReadable()
    {
        const auto files = sources(QStringLiteral("src"));
        QStringList tooLong;
        for (auto it = files.begin(); it != files.end(); ++it) {
            const auto lines = it.value().count(u'\n');
            const auto limit = it.key().endsWith(u".h")                                ? 300
                               : it.key().contains(QStringLiteral("shell/mainwindow")) ? 500
                                                                                       : 600;
            if (lines > limit && !longFiles().contains(it.key()))
                tooLong << QStringLiteral("%1: %2").arg(it.key()).arg(lines);
        }
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(u' ')));
    }

    void everyFileSaysItsLicence()
    {
        int seen = 0;
        for (const char *folder : {"src", "tests", "resources"}) {
            QDirIterator it(QStringLiteral(CLINIC_SOURCE_DIR "/") + QString::fromLatin1(folder),
                            {QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.sql"),
                             QStringLiteral("CMakeLists.txt")},
                            QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray head = file.read(300);
                QVERIFY2(head.contains("SPDX-FileCopyrightText:") && head.contains("GPL-3.0-or-later"),
                         qPrintable(file.fileName()));
                ++seen;
            }
        }
        QVERIFY(seen > 80);
    }

    // On a full disk QSaveFile puts an empty file in the place of a whole one and calls it done; a QFile that
    // is opened for writing, copied or renamed is half there after a kill. core/filewriter stands for all of
    // them.
    void filesAreWrittenInOnePlace()
    {
        static const QRegularExpression banned(QStringLiteral(
            "QSaveFile|QTemporaryFile|QSettings|QFile::(copy|rename|link)|ofstream|\\bfopen\\(|O_CREAT|"
            "filesystem::(copy|rename)|setOutputFileName|QPdfWriter\\s+\\w+\\((?!&)|"
            "(?<!buffer\\.open\\()(QIODevice|QFile|QFileDevice|QIODeviceBase)::"
            "(WriteOnly|ReadWrite|Append|NewOnly|Truncate)"));
        // The log only grows; a crash report is written by a signal handler; a lock is empty.
        static const QSet<QString> apart{
            QStringLiteral("core/filewriter.cpp"), QStringLiteral("core/filewriter.h"),
            QStringLiteral("core/log.cpp"),        QStringLiteral("core/preferences.cpp"),
            QStringLiteral("core/preferences.h"),  QStringLiteral("core/crashreport.cpp"),
            QStringLiteral("core/filelock.cpp")};
        const auto files = sources(QStringLiteral("src"));
        for (const QString &file : apart)
            QVERIFY2(banned.match(files.value(file)).hasMatch(), qPrintable(file));
        for (auto it = files.begin(); it != files.end(); ++it) {
            const auto found = banned.match(it.value());
            if (!apart.contains(it.key()))
                QVERIFY2(!found.hasMatch(), qPrintable(it.key() + u' ' + found.captured()));
        }
        for (const char *planted :
             {"#include <QSaveFile>", "file.open(QIODevice::WriteOnly)", "QFile::copy(a, b)",
              "QPdfWriter pdf(path)", "std::filesystem::rename(a, b)",
              "file.open(QFile::ReadWrite | QFile::NewOnly)"})
            QVERIFY2(banned.match(QString::fromLatin1(planted)).hasMatch(), planted);
        QVERIFY(!banned.match(QStringLiteral("buffer.open(QIODevice::WriteOnly)")).hasMatch());
    }

    // Messages and stored rows are written by the one class that escapes: JSON that is put together from
    // pieces lets whoever names a piece write the rest of it.
    void jsonIsWrittenByTheWriterAlone()
    {
        static const QRegularExpression pieces(
            QStringLiteral("\"(\\\\\"|[^\"\\\\])*(\\\\\":|\\{\\\\\"|\\[\\{|,\\\\\")"));
        static const QRegularExpression lenient(QStringLiteral("fromHex\\(reader|fromBase64\\(reader|"
                                                               "fromBase64\\(inner"));
        const QSet<QString> others{QStringLiteral("sync/wire/jsonwriter.cpp"),
                                   QStringLiteral("sync/wire/token.cpp"), // the fixed header of every token
                                   QStringLiteral("server/program/figures.cpp")}; // Prometheus, no JSON
        const auto files = sources(QStringLiteral("src"));
        int seen = 0;
        for (auto it = files.begin(); it != files.end(); ++it) {
            const bool isWire = it.key().startsWith(u"sync/") || it.key().startsWith(u"server/");
            if (!isWire || others.contains(it.key()))
                continue;
            ++seen;
            const QStringList lines = it.value().split(u'\n');
            for (const QString &line : lines) {
                // SQL quotes names, and one condition looks for text inside stored JSON.
                if (line.contains(u"\\\"key\\\"") || line.contains(u"LIKE") || line.contains(u"%\\\"%1"))
                    continue;
                QVERIFY2(!pieces.match(line).hasMatch(), qPrintable(it.key() + line));
                QVERIFY2(!lenient.match(line).hasMatch(), qPrintable(it.key() + line));
            }
        }
        QVERIFY(seen > 60);
        QVERIFY(pieces.match(QStringLiteral("    out += \",\\\"paper\\\":\\\"\" + id;")).hasMatch());
        QVERIFY(pieces.match(QStringLiteral("    return \"{\\\"document\\\":\\\"\" + id;")).hasMatch());
        QVERIFY(!pieces.match(QStringLiteral("    writer.text(\"e\", row.entity);")).hasMatch());
    }

    // What a program has in memory, a crash writes nowhere.
    void everyProgramKeepsItsMemory()
    {
        const auto files = sources(QStringLiteral("src"));
        int programs = 0;
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (!it.value().contains(QStringLiteral("int main(")))
                continue;
            ++programs;
            QVERIFY2(it.value().contains(QStringLiteral("keepMemoryPrivate();")) ||
                         it.value().contains(QStringLiteral("closeDoors()")),
                     qPrintable(it.key()));
        }
        QCOMPARE(programs, 4);
    }

    // A password is compared only where a wrong one costs time.
    void passwordsAreTriedInFewPlaces()
    {
        static const QRegularExpression tries(
            QStringLiteral("passwordMatches\\(|openWithPassword\\(|keyFromPassword\\("));
        const QStringList known{
            QStringLiteral("core/crypto.cpp"), QStringLiteral("core/crypto.h"),
            QStringLiteral("secrets/keyfile.cpp"), QStringLiteral("secrets/keyfile.h"),
            QStringLiteral("secrets/sealedfile.cpp"), QStringLiteral("services/opening.cpp"),
            QStringLiteral("services/opening.h"), QStringLiteral("services/admin/accounts.cpp"),
            QStringLiteral("services/admin/approval.cpp"), QStringLiteral("services/admin/proof.cpp"),
            QStringLiteral("services/admin/standing.cpp"), QStringLiteral("services/admin/filerights.cpp"),
            // They ask services::Opening.
            QStringLiteral("services/setup/bringing.cpp"), QStringLiteral("app/opener.cpp"),
            QStringLiteral("ctl/sealcommands.cpp")};
        const auto files = sources(QStringLiteral("src"));
        QStringList others;
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (tries.match(it.value()).hasMatch() && !known.contains(it.key()))
                others << it.key();
        }
        QVERIFY2(others.isEmpty(), qPrintable(others.join(u' ')));
    }

    // Wall times become instants, and back, in core/walltime alone; days and times are typed into the
    // program's own fields.
    void oneWayBetweenWallAndInstant()
    {
        static const QRegularExpression wall(QStringLiteral(
            "\\.startOfDay\\(|QDate::currentDate|QTime::currentTime|QDateTime::currentDateTime\\(\\)|"
            "Qt::LocalTime|toLocalTime|midnight "
            "*\\+|fromMSecsSinceEpoch\\((?![^;]*(Qt::UTC|QTimeZone::utc\\(\\)))|"
            "QDateTime\\([^;]*[zZ]one\\b(?!::utc)"));
        static const QRegularExpression fields(
            QStringLiteral("\\b(QDateEdit|QTimeEdit|QDateTimeEdit|QSpinBox|QDoubleSpinBox)\\b"));
        const auto files = sources(QStringLiteral("src"));
        QStringList bad;
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (!it.key().startsWith(u"core/walltime") && wall.match(it.value()).hasMatch())
                bad << it.key() + QStringLiteral(": ") + wall.match(it.value()).captured().left(60);
            const bool isOurs = it.key().startsWith(u"gui/widgets/timefields") ||
                                it.key().startsWith(u"gui/widgets/typedday");
            if (!isOurs && fields.match(it.value()).hasMatch())
                bad << it.key() + QStringLiteral(": ") + fields.match(it.value()).captured();
        }
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
        for (const char *planted :
             {"day.startOfDay(zone)", "QDateTime(day, time, workspace.zone())", "midnight + minutes * 60'000",
              "QDateTime::fromMSecsSinceEpoch(ms, zone)", "QDateTime::fromMSecsSinceEpoch(ms)"})
            QVERIFY2(wall.match(QString::fromLatin1(planted)).hasMatch(), planted);
        QVERIFY(
            !wall.match(QStringLiteral("QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc())")).hasMatch());
        QVERIFY(fields.match(QStringLiteral("new QTimeEdit")).hasMatch());
    }

    // Ways of saying UTC that newer versions of Qt give up. One field of Qt 6.4 knows no other.
    void utcIsAZone()
    {
        static const QRegularExpression old(QStringLiteral("\\bQt::(UTC|OffsetFromUTC|TimeZone)\\b"));
        const auto files = sources(QStringLiteral("src"));
        QStringList bad;
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (it.key() != u"gui/widgets/timefields.cpp" && old.match(it.value()).hasMatch())
                bad << it.key();
        }
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u' ')));
        QVERIFY(old.match(files.value(QStringLiteral("gui/widgets/timefields.cpp"))).hasMatch());
        QVERIFY(old.match(QStringLiteral("fromMSecsSinceEpoch(ms, Qt::UTC)")).hasMatch());
        QVERIFY(!old.match(QStringLiteral("QTimeZone::utc()")).hasMatch());
    }

    // What differs between systems in how time goes on and how a file reaches the disk is written once.
    void systemsDifferInOnePlace()
    {
        static const QRegularExpression sync(
            QStringLiteral("\\b(fsync|fdatasync|F_FULLFSYNC|_commit|FlushFileBuffers)\\b"));
        static const QRegularExpression uptime(
            QStringLiteral("CLOCK_(UPTIME_RAW|MONOTONIC)|QueryUnbiasedInterruptTime|mach_absolute_time"));
        static const QRegularExpression names(QStringLiteral("toNativeSeparators|toStdWString"));
        const auto files = sources(QStringLiteral("src"));
        const QHash<QString, QSet<QString>> places{{sync.pattern(), {QStringLiteral("core/filewriter.cpp")}},
                                                   {uptime.pattern(), {QStringLiteral("core/clock.cpp")}},
                                                   {names.pattern(), {QStringLiteral("core/nativepath.h")}}};
        for (const QRegularExpression &each : {sync, uptime, names}) {
            QSet<QString> found;
            for (auto it = files.begin(); it != files.end(); ++it) {
                if (each.match(it.value()).hasMatch())
                    found << it.key();
            }
            QVERIFY2(found == places.value(each.pattern()),
                     qPrintable(QStringList(found.values()).join(u' ')));
        }
        QVERIFY(files.value(QStringLiteral("core/filewriter.cpp")).contains(u"F_FULLFSYNC"));
        QVERIFY(files.value(QStringLiteral("core/clock.cpp")).contains(u"CLOCK_UPTIME_RAW"));
    }

    // Whatever a permission, an intention or a setting offers, some code does: each intention is performed,
    // each permission is asked for by an intention that is performed or by name, each setting is read.
    void whatIsOfferedIsDone()
    {
        const auto files = sources(QStringLiteral("src"));
        QString others;  // every source that does something, the tables left out
        QString callers; // of the layers that ask the services for something
        QString services;
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (!it.key().startsWith(QStringLiteral("domain/access/")) &&
                it.key() != u"domain/setup/settings.h" && it.key() != u"domain/setup/settings.cpp")
                others += *it;
            const QString layer = layerOf(it.key());
            if (layer == u"services")
                services += *it;
            else if (layer != u"domain" && layer != u"server")
                callers += *it;
        }
        const auto all = [](const QString &text, const char *pattern) {
            QList<QRegularExpressionMatch> matches;
            for (auto it = QRegularExpression(QString::fromLatin1(pattern)).globalMatch(text); it.hasNext();)
                matches << it.next();
            return matches;
        };
        QStringList idle;
        QSet<QString> asked;
        const auto intentions = all(files.value(QStringLiteral("domain/access/intentions.cpp")),
                                    "\\{I::(\\w+),\\s+\"[^\"]+\",\\s+QT_TRANSLATE_NOOP\\([^)]*\\),\\s+"
                                    "(?:\"([^\"]+)\"|nullptr)");
        QVERIFY(intentions.size() > 60);
        QMultiHash<QString, QString> acts; // by intention, the names of what asks for it
        for (const auto &act : all(services, "struct (\\w+)\\s*\\{[^}]*?IntentionId::(\\w+);"))
            acts.insert(act.captured(2), act.captured(1));
        for (const auto &intention : intentions) {
            const QString name = intention.captured(1);
            QStringList ways = acts.values(name);
            for (QString &way : ways)
                way = QStringLiteral("\\b%1\\s*[{&>(]").arg(way);
            ways << QStringLiteral("\\b(IntentionId|I)::%1\\b").arg(name);
            if (callers.contains(QRegularExpression(ways.join(u'|'))) ||
                services.count(QRegularExpression(ways.last())) > acts.count(name))
                asked << intention.captured(2);
            else
                idle << name;
        }
        const auto permissions =
            all(files.value(QStringLiteral("domain/access/permissions.cpp")), "\\{\"([^\"]+)\",");
        QVERIFY(permissions.size() > 30);
        for (const auto &permission : permissions) {
            const QString name = permission.captured(1);
            if (!asked.contains(name) && !others.contains(u'"' + name + u'"'))
                idle << name;
        }
        const auto settings = all(files.value(QStringLiteral("domain/setup/settings.h")),
                                  "inline constexpr (?:const )?char \\*?(\\w+)(?:\\[\\])? =");
        QVERIFY(settings.size() > 15);
        for (const auto &setting : settings) {
            if (!others.contains(
                    QRegularExpression(QStringLiteral("setting::%1\\b").arg(setting.captured(1)))))
                idle << QStringLiteral("setting ") + setting.captured(1);
        }
        QCOMPARE(idle.join(u' '), QString());
    }

    void noStringConnectsAndNoNestedLoops()
    {
        static const QRegularExpression banned(
            QStringLiteral("\\bSIGNAL\\(|\\bSLOT\\(|processEvents|QEventLoop|\\.exec\\(\\)|->exec\\(\\)"));
        const auto files = sources(QStringLiteral("src"));
        for (auto it = files.begin(); it != files.end(); ++it) {
            if (it.key().startsWith(u"app/main") || it.key().startsWith(u"ctl/"))
                continue; // the one exec() of the program
            QVERIFY2(!banned.match(it.value()).hasMatch(), qPrintable(it.key()));
        }
        QVERIFY(banned.match(QStringLiteral("dialog.exec()")).hasMatch());
    }

    // A person's name is put together by domain::displayName() alone, and a date's stored form is shown to
    // nobody.
    void namesAndDatesAreWrittenInOnePlace()
    {
        static const QRegularExpression names(QStringLiteral("familyName \\+|\\+ (?:\\w+[.>-]+)?givenName"));
        static const QRegularExpression joined(QStringLiteral("_name[^;]{0,40}\\|\\| ', '"));
        static const QRegularExpression dates(QStringLiteral("toStored\\(\\)"));
        const auto files = sources(QStringLiteral("src"));
        for (auto it = files.begin(); it != files.end(); ++it) {
            QString text = it.value();
            // Folded for comparing, not shown; the definition itself.
            if (!it.key().startsWith(u"storage/") && !it.key().startsWith(u"services/patients/import") &&
                !it.key().startsWith(u"domain/patients/"))
                QVERIFY2(!names.match(text).hasMatch(), qPrintable(it.key()));
            QVERIFY2(!joined.match(it.value()).hasMatch(), qPrintable(it.key()));
            // Lists sort by it; FHIR takes the mark off in one function.
            text.remove(QStringLiteral("QVariant(h.birthDate.toStored())"));
            text.remove(QStringLiteral("date.toStored().remove(u'~')"));
            if (it.key().startsWith(u"gui/") || it.key().startsWith(u"exchange/") ||
                it.key().startsWith(u"models/") || it.key().startsWith(u"ctl/"))
                QVERIFY2(!dates.match(text).hasMatch(), qPrintable(it.key()));
        }
        QVERIFY(joined.match(QStringLiteral("coalesce(family_name,'') || ', '")).hasMatch());
        QVERIFY(names.match(QStringLiteral("hit.familyName + QStringLiteral(\", \")")).hasMatch());
    }
};

int main(int argc, char **argv)
{
    return test::run<TstHouse, QCoreApplication>(argc, argv);
}

#include "tst_house.moc"
