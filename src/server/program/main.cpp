// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privatememory.h"
#include "server/postgresstore.h"
#include "server/program/certificate.h"
#include "server/program/datafolder.h"
#include "server/program/gateway.h"
#include "server/program/httpserver.h"
#include "server/sqlitestore.h"
#include "sync/wire/enrolment.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTextStream>
#include <QTimeZone>
#include <condition_variable>
#include <mutex>
#include <thread>
#ifdef Q_OS_UNIX
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace clinic;
using namespace clinic::server;

namespace {

enum Exit { Fine = 0, Failed = 1, Usage = 2 };

int complain(const QString &sentence, int code = Failed)
{
    QTextStream(stderr) << "clinicdesk-server: " << sentence << '\n';
    return code;
}

// Embedded unless the environment or a file gives a connection string; never the command line, which every
// user of the machine can read.
Result<std::unique_ptr<Store>> openStore(const QString &database, const QString &postgresFile)
{
    QByteArray connection = qgetenv("CLINICDESK_POSTGRES");
    if (!postgresFile.isEmpty()) {
        QFile file(postgresFile);
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::FileUnreadable, {}, {}, postgresFile);
        connection = file.readAll().trimmed();
    }
    if (connection.isEmpty()) {
        auto store = SqliteStore::open(database);
        if (!store)
            return fail(store);
        return std::unique_ptr<Store>(std::move(*store));
    }
    auto store = PostgresStore::open(connection, 8);
    if (!store)
        return fail(store);
    return std::unique_ptr<Store>(std::move(*store));
}

QString describe(const Error &error)
{
    return error.detail.isEmpty() ? QStringLiteral("error %1 %2").arg(int(error.code)).arg(error.field)
                                  : error.detail;
}

struct Settings
{
    QDir data;
    QString listen;
    QString address;
    QString certificate;
    QString key;
    bool plain = false;
    double requestsPerSecond = 0;
    int connections = 0;
    int connectionsPerAddress = 0;
};

// As many connections as requested, or as the system's limit allows beside the server's own files.
size_t possibleConnections(size_t wanted)
{
#ifdef Q_OS_UNIX
    constexpr rlim_t ownFiles = 64;
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
        if (files.rlim_cur != RLIM_INFINITY)
            return std::min(wanted, size_t(std::max(files.rlim_cur, 2 * ownFiles) - ownFiles));
    }
#endif
    return wanted;
}

int serve(Service &service, const Store &store, const Settings &settings)
{
    HttpOptions options;
    const auto colon = settings.listen.lastIndexOf(u':');
    options.address = settings.listen.left(colon).remove(u'[').remove(u']').toStdString();
    options.port = settings.listen.mid(colon + 1).toUShort();
    options.requestsPerSecond = settings.requestsPerSecond;
    options.mostConnections = possibleConnections(size_t(settings.connections));
    // One address never gets all of a small number.
    options.mostConnectionsPerAddress = std::min(size_t(settings.connectionsPerAddress),
                                                 options.mostConnections - options.mostConnections / 4);
    if (!settings.plain) {
        options.certificateFile = settings.certificate.toStdString();
        options.keyFile = settings.key.toStdString();
    }
    HttpServer server(service, options);
    if (const std::string wrong = server.listen(); !wrong.empty())
        return complain(QString::fromStdString(wrong));
    QTextStream out(stdout);
    out << "ClinicDesk server " << CLINIC_VERSION << ", " << store.describe() << "\nlistening on "
        << (settings.plain ? "http://" : "https://") << QString::fromStdString(options.address) << ':'
        << server.port() << '\n';
    if (!settings.plain)
        out << "certificate " << certificateFingerprint(settings.certificate).toHex(':') << '\n';
    out.flush();
    // Deletes rows older than the horizon, a little at a time.
    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread housekeeper([&](const std::stop_token &stop) {
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            const auto goOn = [&] { return !stop.stop_requested(); };
            if (const auto done = service.compact(service.usualHorizon(), goOn); !done)
                complain(QStringLiteral("old news were not removed: ") + describe(done.error()));
            wake.wait_for(lock, stop, std::chrono::hours(6), [] { return false; });
        }
    });
    server.run();
    return Fine;
}

int tellCode(Service &service, const Settings &settings, const Service::NewCode &added, const char *what)
{
    sync::EnrolmentCode code{
        settings.address.split(u' ', Qt::SkipEmptyParts), added.hospital, service.publicKey(),
        settings.plain ? QByteArray() : certificateFingerprint(settings.certificate), added.secret};
    QTextStream(stdout) << what << ", good for seven days and one use:\n\n" << code.toText() << '\n';
    return Fine;
}

int addHospital(Service &service, const Settings &settings, const QString &name)
{
    const auto added = service.addHospital(name);
    return added ? tellCode(service, settings, *added, "Code for the first PC")
                 : complain(describe(added.error()));
}

int listHospitals(Service &service)
{
    const auto hospitals = service.hospitals();
    if (!hospitals)
        return complain(describe(hospitals.error()));
    for (const auto &hospital : *hospitals)
        QTextStream(stdout) << hospital.id.toString() << "  " << hospital.devices << " PCs  " << hospital.name
                            << (hospital.wasFollowed
                                    ? "  (its first PC brought its own id, which is listed too)"
                                    : "")
                            << '\n';
    return Fine;
}

// The account signed in to this machine.
QByteArray accountName()
{
#ifdef Q_OS_UNIX
    const QByteArray asked = qgetenv("SUDO_USER"); // who became root to do this
    if (!asked.isEmpty())
        return asked;
    if (const passwd *entry = getpwuid(getuid()))
        return entry->pw_name;
#endif
    const QByteArray name = qgetenv("USERNAME");
    return name.isEmpty() ? QByteArray("unknown") : name;
}

int listOperations(Service &service, const QString &hospital)
{
    const auto list = service.operations(Id::fromString(hospital));
    if (!list)
        return complain(describe(list.error()));
    QTextStream out(stdout);
    for (const auto &operation : *list)
        out << QDateTime::fromMSecsSinceEpoch(operation.at, QTimeZone::utc())
                   .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss'Z'"))
            << '\t' << operation.who << '\t' << operation.what << '\t' << operation.about << '\t'
            << operation.version << '\n';
    return Fine;
}

// For a hospital that lost every PC.
int addPaperCode(Service &service, const Settings &settings, const QString &hospital)
{
    const auto added = service.addPaperCode(Id::fromString(hospital));
    if (!added && added.error().code == ErrorCode::NotFound)
        return complain(QStringLiteral("no PC of this hospital has left its keys for a recovery key here"));
    return added ? tellCode(service, settings, *added,
                            "Code for a new PC, together with the recovery key on paper")
                 : complain(describe(added.error()));
}

int devices(Service &service, const QStringList &words)
{
    const Id hospital = Id::fromString(words.value(2));
    if (hospital.isNull())
        return complain(QStringLiteral("devices list|revoke|retire|lost|activate HOSPITAL [DEVICE]"), Usage);
    if (words.value(1) == u"list") {
        const auto list = service.devices(hospital);
        if (!list)
            return complain(describe(list.error()));
        QTextStream out(stdout);
        for (const auto &device : *list)
            out << device.id.toString() << '\t' << sync::deviceCode(device.number) << '\t'
                << QString::fromUtf8(device.name) << '\t' << QString::fromUtf8(device.state) << '\n';
        return Fine;
    }
    static const QHash<QString, QByteArray> states{{QStringLiteral("revoke"), "revoked"},
                                                   {QStringLiteral("retire"), "retired"},
                                                   {QStringLiteral("lost"), "lost"},
                                                   {QStringLiteral("activate"), "active"}};
    const Id device = Id::fromString(words.value(3));
    if (!states.contains(words.value(1)) || device.isNull())
        return complain(QStringLiteral("devices list|revoke|retire|lost|activate HOSPITAL [DEVICE]"), Usage);
    const auto done = service.setDeviceState(hospital, device, states.value(words.value(1)));
    return done ? Fine : complain(describe(done.error()));
}

int tellDone(const Result<void> &done, const QString &sentence)
{
    if (!done)
        return complain(describe(done.error()));
    QTextStream(stdout) << sentence << '\n';
    return Fine;
}

// Checks the copy, gives it a new epoch, and only then replaces the database.
int restore(const QString &copy, const QDir &data, const QString &database, bool makesAnother)
{
    const auto lock = lockFolder(data);
    if (!lock)
        return complain(describe(lock.error()));
    const auto key = signingKey(data, true, makesAnother);
    if (!key)
        return complain(describe(key.error()));
    const auto aside = restoreDatabase(copy, database, [&key](const QString &path) -> Result<void> {
        auto store = SqliteStore::open(path);
        if (!store)
            return fail(store);
        const SystemClock clock;
        Service service(**store, clock, *key);
        service.setOperator(accountName());
        return service.bumpEpochs();
    });
    if (!aside)
        return complain(describe(aside.error()));
    QTextStream(stdout) << "restored; PCs will send again what it lacks\n";
    if (!aside->isEmpty())
        QTextStream(stdout) << "what was there before is " << *aside << '\n';
    return Fine;
}

} // namespace

int main(int argc, char **argv)
{
    keepMemoryPrivate();
    QCoreApplication::setApplicationName(QStringLiteral("clinicdesk-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CLINIC_VERSION));
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "The meeting place of a hospital's PCs. Without a command it serves.\n\n"
        "  hospital add NAME                       a new hospital and the code of its first PC\n"
        "  hospital list                           their ids and names\n"
        "  hospital recover HOSPITAL               every PC is gone: a code for a new one, which needs the\n"
        "                                          recovery key on paper besides\n"
        "  operations HOSPITAL                     who did what to it at this machine, and when\n"
        "  devices list HOSPITAL                   its PCs\n"
        "  devices revoke|retire|lost|activate HOSPITAL DEVICE   lost: it is to remove what it has\n"
        "  backup FILE                             a copy while it runs (embedded database)\n"
        "  restore FILE                            puts a copy in its place while no server runs; PCs send "
        "what it\n"
        "                                          lacks; what was there stays beside it\n"
        "  compact                                 forgets news older than 120 days (it does so itself)\n"
        "  epoch                                   after a restore of PostgreSQL by its own means: a new "
        "history"));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&](const char *name, const char *help, const char *value,
                            const char *otherwise = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value),
                          QString::fromLatin1(otherwise)});
    };
    option("data", "Folder of database, keys and certificate.", "DIR");
    option("listen", "Where to listen.", "ADDRESS:PORT", "127.0.0.1:8443");
    option("address", "What PCs reach it by, in enrolment codes; several separated by spaces.", "URL");
    option("postgres-file",
           "A file with PostgreSQL's connection string (or CLINICDESK_POSTGRES); otherwise embedded.",
           "FILE");
    option("tls-certificate", "A certificate of an authority; otherwise one is made.", "FILE");
    option("tls-key", "Its key.", "FILE");
    option("requests-per-second", "Most requests of one address, after a burst of four times as many.", "N",
           "100");
    option("connections", "Most connections at once.", "N", "10000");
    option(
        "connections-per-address",
        "Most of them from one address, or one network of IPv6 (/64). Behind a proxy it counts for nobody.",
        "N", "1000");
    parser.addOption(
        {QStringLiteral("new-signing-key"),
         QStringLiteral("Makes another signing key where it is lost: every PC needs a new code.")});
    parser.addOption({QStringLiteral("plain-http"),
                      QStringLiteral("Without TLS: behind a proxy, on a loopback address.")});
    parser.process(app);
    if (!parser.isSet(QStringLiteral("data")))
        return complain(QStringLiteral("--data DIR is needed"), Usage);
    if (!crypto::initialise())
        return complain(QStringLiteral("the cryptographic library does not start"));

    Settings settings;
    settings.data = QDir(parser.value(QStringLiteral("data")));
    if (!settings.data.mkpath(QStringLiteral(".")))
        return complain(QStringLiteral("the folder cannot be made"));
    QFile::setPermissions(settings.data.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    settings.listen = parser.value(QStringLiteral("listen"));
    settings.plain = parser.isSet(QStringLiteral("plain-http"));
    settings.address = parser.value(QStringLiteral("address"));
    if (settings.address.isEmpty())
        settings.address =
            (settings.plain ? QStringLiteral("http://") : QStringLiteral("https://")) + settings.listen;
    settings.requestsPerSecond = parser.value(QStringLiteral("requests-per-second")).toDouble();
    settings.connections = parser.value(QStringLiteral("connections")).toInt();
    settings.connectionsPerAddress = parser.value(QStringLiteral("connections-per-address")).toInt();
    if (settings.requestsPerSecond <= 0 || settings.connections <= 0 || settings.connectionsPerAddress <= 0)
        return complain(
            QStringLiteral("--requests-per-second, --connections and --connections-per-address are "
                           "numbers above 0"),
            Usage);
    settings.certificate = parser.value(QStringLiteral("tls-certificate"));
    settings.key = parser.value(QStringLiteral("tls-key"));
    if (!settings.plain && settings.certificate.isEmpty()) {
        settings.certificate = settings.data.filePath(QStringLiteral("server.crt"));
        settings.key = settings.data.filePath(QStringLiteral("server.key"));
        if (!QFile::exists(settings.certificate) &&
            !makeCertificate(settings.certificate, settings.key, QStringLiteral("ClinicDesk server")))
            return complain(QStringLiteral("no certificate could be made in the data folder"));
    }
    const QString database = settings.data.filePath(QStringLiteral("server.db"));
    const QStringList words = parser.positionalArguments();
    const QString postgres = parser.value(QStringLiteral("postgres-file"));
    const bool isEmbedded = postgres.isEmpty() && qEnvironmentVariableIsEmpty("CLINICDESK_POSTGRES");
    if (isEmbedded) {
        if (auto finished = finishRestore(settings.data, database); !finished)
            return complain(describe(finished.error()));
    }
    if (words.value(0) == u"backup" && words.size() == 2)
        return tellDone(backUpDatabase(database, words[1]), QStringLiteral("saved ") + words[1]);
    const bool makesAnother = parser.isSet(QStringLiteral("new-signing-key"));
    if (words.value(0) == u"restore" && words.size() == 2) {
        if (!isEmbedded)
            return complain(QStringLiteral("restore PostgreSQL by its own means, then run epoch"));
        return restore(words[1], settings.data, database, makesAnother);
    }
    std::unique_ptr<FileLock> lock;
    if (words.isEmpty() && isEmbedded) {
        auto locked = lockFolder(settings.data);
        if (!locked)
            return complain(describe(locked.error()));
        lock = std::move(*locked);
    }
    auto store = openStore(database, postgres);
    if (!store)
        return complain(describe(store.error()));
    bool hasHospitals = false;
    const auto counted = (*store)->transact({}, [&hasHospitals](SqlSession &session) -> Result<void> {
        const auto hospitals = session.run("SELECT hospital_id FROM hospital LIMIT 1");
        hasHospitals = hospitals && !hospitals->isEmpty();
        return hospitals ? Result<void>() : fail(hospitals);
    });
    if (!counted)
        return complain(describe(counted.error()));
    const auto key = signingKey(settings.data, hasHospitals, makesAnother);
    if (!key)
        return complain(describe(key.error()));
    const SystemClock clock;
    std::unique_ptr<Gateway> gateway;
    if (const QString file = settings.data.filePath(QStringLiteral("gateway.json")); QFile::exists(file)) {
        auto read = Gateway::fromFile(file);
        if (!read)
            return complain(describe(read.error()));
        gateway = std::move(*read);
    }
    Service service(**store, clock, *key);
    service.setMessenger(gateway.get());
    if (!words.isEmpty())
        service.setOperator(accountName());
    if (words.isEmpty())
        return serve(service, **store, settings);
    if (words[0] == u"hospital" && words.value(1) == u"add" && words.size() == 3)
        return addHospital(service, settings, words[2]);
    if (words[0] == u"hospital" && words.value(1) == u"list" && words.size() == 2)
        return listHospitals(service);
    if (words[0] == u"hospital" && words.value(1) == u"recover" && words.size() == 3)
        return addPaperCode(service, settings, words[2]);
    if (words[0] == u"operations" && words.size() == 2)
        return listOperations(service, words[1]);
    if (words[0] == u"devices")
        return devices(service, words);
    if (words[0] == u"compact") {
        const auto gone = service.compact(service.usualHorizon());
        if (gone)
            QTextStream(stdout) << *gone << " rows of the log removed\n";
        return gone ? Fine : complain(describe(gone.error()));
    }
    if (words[0] == u"epoch")
        return tellDone(service.bumpEpochs(), QStringLiteral("restored; PCs will send again what it lacks"));
    return complain(QStringLiteral("unknown command, see --help"), Usage);
}
