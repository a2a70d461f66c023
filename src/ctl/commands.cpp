// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands.h"

#include "core/crypto.h"
#include "core/log.h"
#include "domain/setup/settings.h"
#include "models/errortext.h"
#include "secrets/passwordfile.h"
#include "services/admin/accounts.h"
#include "services/demo.h"
#include "services/patients/patients.h"
#include "services/setup/setup.h"
#include "storage/backup.h"
#include "storage/migrator.h"
#include "storage/removal.h"
#include "storage/sealedvfs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>
#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#endif

namespace clinic::ctl {
namespace {

constexpr const char *usage =
    R"(clinicdeskctl [--data DIR | --profile NAME] [--user NAME --password-file FILE [--second-factor CODE]] [--json] COMMAND

  init --hospital NAME --branch NAME --timezone ZONE --currency CODE --admin USER --password-file FILE
  import patients FILE [--report FILE.json] [--skipped FILE.csv] [--columns family=NAME,given=NAME,birth=NAME ...]
                         [--encoding NAME] [--dates day-first|month-first] [--two-digit-years later|earlier]
                         [--names given-first|family-first] [--sexes female=F,male=M|remarks]
                         a list of people (CSV, XLSX); what can be read in two ways is asked for, not guessed
  patients find TEXT
  export patients FILE.csv
  export person NUMBER FILE   what the clinic has about one person: FILE.json (FHIR R4), FILE.html, documents
  retention [--apply]    whom the hospital's rules would archive or anonymise; with --apply it is done
  user add NAME --role ROLE --new-password-file FILE | user role NAME ROLE | user reset NAME --new-password-file FILE
  backup FILE            a checked copy of the clinic, while it is open as well
  restore FILE [--dry-run]
                         a checked backup into a new folder (--data); dry-run: says what is in it and whether it can
  audit export FILE.csv  the events of this PC, signed (FILE.csv.sig)
  audit check FILE.csv   whether it is still what was signed
  seal                   a clinic from before files were sealed is sealed; a sealed one gets a new key
  recovery-key           makes a new recovery key and prints it; the one before opens nothing any more
  review                 who may do what, roles nobody has, people who are not there any more, versions of parts
  breach user NAME [--days N] [--everywhere]
                         what an account could reach, and what it looked at, changed or took out on this PC;
                         everywhere: on all PCs, as far as the server has heard
  breach pc              what this PC keeps, and who has signed in on it
  verify                 file, schema, triggers, orphans, search keys, audit chain, number series
  migrate                bring the clinic's file to this version (a backup is made first)
  config                 effective settings and where each comes from
  profile list           the folders of this PC's profiles, and which one is used
  profile use NAME       production, testing or development from now on
  copy --from NAME|DIR --to NAME|DIR
                         the clinic without anybody in it: names, numbers and texts invented or left out
  enrol CODE             connects this PC to a server; keys go to the keychain, or with --secrets-password-file
                         FILE into a sealed file beside the clinic
  sync                   exchanges with the server once
  sync export FILE       without a network: what waits here, in a file for the server
  sync carry FILE FILE2  on a PC that reaches the server: takes it there, the answers go to FILE2
  sync import FILE2      takes the answers in
  code [--branch CODE]   an enrolment code for another PC; with branches it keeps those alone
  replace-key            another key for the hospital's data on the server; PCs that are not accepted do not get
                         it, and what lies there is sealed anew
  bring FILE [--from-user NAME --from-password-file FILE2]
                         another clinic's file into this one; a sealed one with the password of somebody who
                         worked on it, or without a user with its recovery key
  demo [--seed N] [--patients N]

A sealed clinic opens with the key in the keychain (or in the file of --secrets-password-file), else by --user and
--password-file of somebody who worked on it, else by --recovery-key-file FILE.

Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 the clinic is open elsewhere, 5 not sound.)";

// The lines of the help about one command, or where to find all of them.
QString usageOf(const QString &command)
{
    QString lines;
    bool isAbout = false;
    for (const QString &line : QString::fromLatin1(usage).split(u'\n')) {
        if (line.isEmpty() || !line.startsWith(QStringLiteral("   ")))
            isAbout = !command.isEmpty() && line.startsWith(QStringLiteral("  ") + command + u' ');
        if (isAbout)
            lines += line + u'\n';
    }
    return lines.isEmpty() ? QStringLiteral("clinicdeskctl --help lists the commands.\n") : lines;
}

} // namespace

int Commands::run(const QStringList &arguments)
{
    m_parser.addOptions(
        {{QStringLiteral("data"), QStringLiteral("folder"), QStringLiteral("DIR")},
         {QStringLiteral("profile"), QStringLiteral("profile"), QStringLiteral("NAME")},
         {QStringLiteral("from"), QStringLiteral("profile or folder"), QStringLiteral("NAME")},
         {QStringLiteral("to"), QStringLiteral("profile or folder"), QStringLiteral("NAME")},
         {QStringLiteral("user"), QStringLiteral("user"), QStringLiteral("NAME")},
         {QStringLiteral("password-file"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("second-factor"), QStringLiteral("code"), QStringLiteral("CODE")},
         {QStringLiteral("new-password-file"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("secrets-password-file"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("from-user"), QStringLiteral("user"), QStringLiteral("NAME")},
         {QStringLiteral("from-password-file"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("recovery-key-file"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("json"), QStringLiteral("json")},
         {QStringLiteral("apply"), QStringLiteral("do it")},
         {QStringLiteral("dry-run"), QStringLiteral("only look")},
         {QStringLiteral("hospital"), QStringLiteral("name"), QStringLiteral("NAME")},
         {QStringLiteral("branch"), QStringLiteral("name"), QStringLiteral("NAME")},
         {QStringLiteral("timezone"), QStringLiteral("zone"), QStringLiteral("ZONE")},
         {QStringLiteral("currency"), QStringLiteral("code"), QStringLiteral("CODE")},
         {QStringLiteral("admin"), QStringLiteral("user"), QStringLiteral("USER")},
         {QStringLiteral("role"), QStringLiteral("role"), QStringLiteral("ROLE")},
         {QStringLiteral("days"), QStringLiteral("number"), QStringLiteral("N"), QStringLiteral("90")},
         {QStringLiteral("everywhere"), QStringLiteral("ask the server")},
         {QStringLiteral("report"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("skipped"), QStringLiteral("file"), QStringLiteral("FILE")},
         {QStringLiteral("columns"), QStringLiteral("columns"), QStringLiteral("LIST")},
         {QStringLiteral("encoding"), QStringLiteral("coding"), QStringLiteral("NAME")},
         {QStringLiteral("dates"), QStringLiteral("order"), QStringLiteral("ORDER")},
         {QStringLiteral("names"), QStringLiteral("order"), QStringLiteral("ORDER")},
         {QStringLiteral("sexes"), QStringLiteral("letters"), QStringLiteral("LETTERS")},
         {QStringLiteral("two-digit-years"), QStringLiteral("century"), QStringLiteral("WHICH")},
         {QStringLiteral("seed"), QStringLiteral("number"), QStringLiteral("N"), QStringLiteral("1")},
         {QStringLiteral("patients"), QStringLiteral("number"), QStringLiteral("N"), QStringLiteral("2000")},
         {QStringLiteral("help"), QStringLiteral("help")},
         {QStringLiteral("version"), QStringLiteral("version")}});
    if (!m_parser.parse(arguments)) {
        m_err << m_parser.errorText() << "\n" << usageOf({});
        return Usage;
    }
    if (m_parser.isSet(QStringLiteral("version"))) {
        m_out << "clinicdeskctl " << CLINIC_VERSION << "\n";
        return Ok;
    }
    const QStringList words = m_parser.positionalArguments();
    const QString first = words.value(0);
    const QString second = words.value(1);
    if (m_parser.isSet(QStringLiteral("help")) || first.isEmpty()) {
        (first.isEmpty() && !m_parser.isSet(QStringLiteral("help")) ? m_err : m_out) << usage << "\n";
        return m_parser.isSet(QStringLiteral("help")) ? Ok : Usage;
    }
    const auto profile = chosenProfile(m_parser.value(QStringLiteral("profile")));
    if (!profile)
        return failed(profile.error());
    m_profile = *profile;
    // An error's id is useful only with a program log.
    if (QFile::exists(file()))
        startLogging(folder() + QStringLiteral("/logs"), false, QStringLiteral("clinicdeskctl"));
    if (first == u"init")
        return initialise();
    if (first == u"import" && second == u"patients" && words.size() == 3)
        return importPatients(words[2]);
    if (first == u"patients" && second == u"find" && words.size() >= 3)
        return findPatients(words.mid(2).join(u' '));
    if (first == u"export" && second == u"patients" && words.size() == 3)
        return exportPatients(words[2]);
    if (first == u"export" && second == u"person" && words.size() == 4)
        return exportPerson(words[2], words[3]);
    if (first == u"retention" && words.size() == 1)
        return retention();
    if (first == u"user" && words.size() >= 3)
        return user(words.mid(1));
    if (first == u"backup" && words.size() == 2)
        return backup(second);
    if (first == u"restore" && words.size() == 2)
        return restore(second);
    if (first == u"verify")
        return verify();
    if (first == u"breach" && second == u"user" && words.size() == 3)
        return breachOfAccount(words[2]);
    if (first == u"breach" && second == u"pc" && words.size() == 2)
        return breachOfPc();
    if (first == u"review" && words.size() == 1)
        return review();
    if (first == u"migrate") {
        if (const auto opened = open(false); !opened)
            return failed(opened.error());
        print(QStringLiteral("The clinic's file is at version %1.").arg(storage::schemaVersion()),
              {{QStringLiteral("schema"), storage::schemaVersion()}});
        return Ok;
    }
    if (first == u"seal" && words.size() == 1)
        return seal();
    if (first == u"recovery-key" && words.size() == 1)
        return newRecoveryKey();
    if (first == u"audit" && second == u"export" && words.size() == 3)
        return exportAudit(words[2]);
    if (first == u"audit" && second == u"check" && words.size() == 3)
        return checkAudit(words[2]);
    if (first == u"demo")
        return demo();
    if (first == u"config")
        return config();
    if (first == u"profile" && second == u"list")
        return profiles();
    if (first == u"profile" && second == u"use" && words.size() == 3)
        return useProfile(words[2]);
    if (first == u"copy")
        return copy();
    if (first == u"bring" && words.size() == 2)
        return bring(second);
    if (first == u"enrol" && words.size() == 2)
        return enrol(second);
    if (first == u"sync" && words.size() == 1)
        return exchange();
    if (first == u"sync" && second == u"export" && words.size() == 3)
        return exportParcel(words[2]);
    if (first == u"sync" && second == u"import" && words.size() == 3)
        return importAnswers(words[2]);
    if (first == u"sync" && second == u"carry" && words.size() == 4)
        return carryParcel(words[2], words[3]);
    if (first == u"code" && words.size() == 1)
        return newCode();
    if (first == u"replace-key" && words.size() == 1)
        return replaceKey();
    m_err << "Unknown command: " << words.join(u' ') << "\n" << usageOf(first);
    return Usage;
}

QString Commands::folder() const
{
    if (m_parser.isSet(QStringLiteral("data")))
        return QDir(m_parser.value(QStringLiteral("data"))).absolutePath();
    return profileFolder(m_profile.profile);
}

int Commands::failed(const Error &error)
{
    const QString text = models::errorText(error);
    if (m_parser.isSet(QStringLiteral("json")))
        m_out << QJsonDocument(
                     QJsonObject{{QStringLiteral("error"), text}, {QStringLiteral("field"), error.field}})
                     .toJson(QJsonDocument::Compact)
              << "\n";
    m_err << text << "\n";
    if (const QString hint = wayOut(error); !hint.isEmpty())
        m_err << hint << "\n";
    switch (error.code) {
    case ErrorCode::InUse:
        return InUse;
    case ErrorCode::Forbidden:
    case ErrorCode::WrongPassword:
    case ErrorCode::WaitBeforeLogin:
    case ErrorCode::NotSignedIn:
    case ErrorCode::Inactive:
    case ErrorCode::SealedFile:
    case ErrorCode::WrongKey:
        return Refused;
    case ErrorCode::Damaged:
    case ErrorCode::NotADatabase:
    case ErrorCode::SealBroken:
    case ErrorCode::KeyFileChanged:
        return Unsound;
    default:
        return Failed;
    }
}

// What to type, for errors whose sentence speaks of a window.
QString Commands::wayOut(const Error &error) const
{
    switch (error.code) {
    case ErrorCode::NotSignedIn:
        if (!error.field.isEmpty() && m_parser.isSet(QStringLiteral("user")))
            return QStringLiteral("Give --%1 FILE.").arg(error.field);
        return QStringLiteral("Give --user NAME and --password-file FILE.");
    case ErrorCode::NotConnected:
        return QStringLiteral("Connect it with: clinicdeskctl enrol CODE");
    case ErrorCode::SealedFile:
        return m_parser.isSet(QStringLiteral("user"))
                   ? QString()
                   : QStringLiteral(
                         "Give --user NAME and --password-file FILE, or --recovery-key-file FILE.");
    case ErrorCode::SecretsUnavailable:
        return QStringLiteral("Without a keychain, give --secrets-password-file FILE.");
    case ErrorCode::WrongPassword:
    case ErrorCode::NotFound:
        if (m_database && m_database->identity().isEnrolled) {
            const auto users = storage::select<domain::AppUser>(m_database->writerConnection(), "LIMIT 1");
            if (users && users->isEmpty())
                return QStringLiteral("This PC has no users before its first exchange: clinicdeskctl sync");
        }
        return {};
    default:
        return {};
    }
}

void Commands::print(const QString &text, const QJsonObject &json)
{
    if (m_parser.isSet(QStringLiteral("json")))
        m_out << QJsonDocument(json).toJson(QJsonDocument::Compact) << "\n";
    else
        m_out << text << "\n";
}

Result<void> Commands::open(bool readOnly, Missing missing)
{
    storage::Database::Options options;
    options.path = file();
    options.inlineExecutors = true;
    options.readOnly = readOnly;
    m_hasBegun = !QFile::exists(options.path);
    if (m_hasBegun && missing == Missing::Fails)
        return fail(ErrorCode::FileMissing, {}, {options.path});
    if (m_hasBegun && !QDir().mkpath(folder()))
        return fail(ErrorCode::ReadOnly, {}, {folder()});
    auto found = findKey(options.path);
    if (!found)
        return fail(found);
    options.key = found->key();
    auto opened = storage::Database::open(options, m_clock);
    if (!opened)
        return fail(opened);
    m_database = std::move(*opened);
    m_clinic = std::make_unique<services::Clinic>(*m_database, m_clock);
    m_clinic->setKeyFile(found->takeKeyFile());
    return {};
}

// Removes the file that this run began and left without a clinic: it has no users and no data.
void Commands::abandon()
{
    if (!m_hasBegun || !m_clinic || m_clinic->isSetUp())
        return;
    m_clinic.reset();
    m_database.reset();
    storage::removeBegunFile(file());
}

Result<void> Commands::connected()
{
    return m_database->identity().isEnrolled ? Result<void>() : fail(ErrorCode::NotConnected);
}

Result<QString> Commands::password(const QString &option)
{
    if (m_parser.isSet(option))
        return secrets::passwordFromFile(m_parser.value(option));
#ifdef Q_OS_UNIX
    if (isatty(STDIN_FILENO)) {
        m_err << "Password: " << Qt::flush;
        termios before{};
        tcgetattr(STDIN_FILENO, &before);
        termios quiet = before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
        QTextStream in(stdin);
        const QString line = in.readLine();
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
        m_err << "\n";
        return line;
    }
#endif
    return fail(ErrorCode::NotSignedIn, option);
}

Result<void> Commands::signIn()
{
    services::SignIn intent;
    intent.login = m_parser.value(QStringLiteral("user"));
    if (intent.login.isEmpty())
        return fail(ErrorCode::NotSignedIn);
    intent.demo = m_clinic->isDemo() && intent.login.startsWith(QStringLiteral("demo-"));
    if (!intent.demo) {
        const auto secret = password(QStringLiteral("password-file"));
        if (!secret)
            return fail(secret);
        intent.password = *secret;
        intent.code = m_parser.value(QStringLiteral("second-factor"));
    }
    const auto answer = m_clinic->performNow(intent);
    if (!answer)
        return fail(answer);
    if (!answer->session.isSignedIn())
        return tl::unexpected(answer->refusal);
    m_clinic->setSession(answer->session);
    return {};
}

int Commands::initialise()
{
    QStringList missing;
    for (const char *option : {"hospital", "branch", "timezone", "currency", "admin"}) {
        if (m_parser.value(QString::fromLatin1(option)).trimmed().isEmpty())
            missing << QStringLiteral("--") + QString::fromLatin1(option);
    }
    if (!missing.isEmpty()) {
        m_err << "init needs " << missing.join(QStringLiteral(", ")) << ".\n"
              << usageOf(QStringLiteral("init"));
        return Usage;
    }
    const auto secret = password(QStringLiteral("password-file"));
    if (!secret && secret.error().code == ErrorCode::NotSignedIn) {
        m_err << "init needs --password-file.\n" << usageOf(QStringLiteral("init"));
        return Usage;
    }
    if (!secret)
        return failed(secret.error());
    if (const auto opened = open(false, Missing::Begins); !opened) {
        const ErrorCode why = opened.error().code; // a sealed file with another password is another clinic
        return failed(why == ErrorCode::SealedFile || why == ErrorCode::WrongPassword
                          ? Error(ErrorCode::Duplicate, QStringLiteral("hospital"))
                          : opened.error());
    }
    services::InitialiseHospital start;
    start.hospitalName = m_parser.value(QStringLiteral("hospital"));
    start.branchName = m_parser.value(QStringLiteral("branch"));
    start.timeZone = m_parser.value(QStringLiteral("timezone"));
    start.currency = m_parser.value(QStringLiteral("currency"));
    start.adminUserName = m_parser.value(QStringLiteral("admin"));
    start.adminPassword = *secret;
    m_clinic->setSession(services::Clinic::founderSession());
    const auto done = m_clinic->performNow(start);
    if (!done) {
        abandon();
        return failed(done.error());
    }
    print(QStringLiteral("%1 is ready in %2.\nRecovery key, to be kept on paper: %3")
              .arg(start.hospitalName, folder(), done->recoveryKey),
          {{QStringLiteral("folder"), folder()}, {QStringLiteral("recoveryKey"), done->recoveryKey}});
    return Ok;
}

int Commands::user(const QStringList &rest)
{
    if (const auto opened = open(false); !opened)
        return failed(opened.error());
    if (const auto signedIn = signIn(); !signedIn)
        return failed(signedIn.error());
    const QString verb = rest.value(0);
    const QString name = rest.value(1);
    const auto roles = m_clinic->answerNow(services::Roles{});
    const auto users = m_clinic->answerNow(services::Users{});
    if (!roles)
        return failed(roles.error());
    if (!users)
        return failed(users.error());
    const auto roleId = [&](const QString &code) {
        for (const auto &role : *roles) {
            if (role.role.code == code || role.role.name == code)
                return role.role.id;
        }
        return Id{};
    };
    const auto known = std::ranges::find_if(*users, [&](const auto &u) { return u.user.userName == name; });
    if (verb == u"add") {
        const auto secret = password(QStringLiteral("new-password-file"));
        if (!secret)
            return failed(secret.error());
        services::SaveUser intent;
        intent.user.userName = name;
        intent.password = *secret;
        const Id role = roleId(m_parser.value(QStringLiteral("role")));
        if (!role.isNull())
            intent.roles << role;
        if (const auto saved = m_clinic->performNow(intent); !saved)
            return failed(saved.error());
    } else if (verb == u"role" && known != users->end() && rest.size() == 3) {
        services::SaveUser intent;
        intent.user = known->user;
        const Id role = roleId(rest[2]);
        if (role.isNull())
            return failed(Error(ErrorCode::NotFound));
        intent.roles = {role};
        if (const auto saved = m_clinic->performNow(intent); !saved)
            return failed(saved.error());
    } else if (verb == u"reset" && known != users->end()) {
        const auto secret = password(QStringLiteral("new-password-file"));
        if (!secret)
            return failed(secret.error());
        if (const auto done = m_clinic->performNow(services::ResetPassword{known->user.id, *secret}); !done)
            return failed(done.error());
    } else {
        return failed(Error(ErrorCode::NotFound));
    }
    print(QStringLiteral("Done."), {{QStringLiteral("user"), name}});
    return Ok;
}

int Commands::demo()
{
    {
        storage::Database::Options options;
        options.path = file();
        options.inlineExecutors = true;
        options.synchronous = 0; // it can be made again from its seed
        if (!QDir().mkpath(folder()))
            return failed(Error(ErrorCode::ReadOnly, {}, {folder()}));
        auto opened = storage::Database::open(options, m_clock);
        if (!opened)
            return failed(opened.error());
        m_database = std::move(*opened);
        m_clinic = std::make_unique<services::Clinic>(*m_database, m_clock);
    }
    services::InitialiseHospital start;
    start.hospitalName = QStringLiteral("Hillside Clinic");
    start.branchName = QStringLiteral("Main");
    start.branchCode = QStringLiteral("HC");
    start.timeZone = QStringLiteral("Africa/Johannesburg");
    start.currency = QStringLiteral("ZAR");
    start.adminUserName = QStringLiteral("demo-admin");
    start.adminDisplayName = QStringLiteral("Administrator");
    // Never shown: users of a demo sign in without a password.
    start.adminPassword = QString::fromLatin1(crypto::randomBytes(24).toBase64());
    start.isDemo = true;
    m_clinic->setSession(services::Clinic::founderSession());
    if (const auto done = m_clinic->performNow(start); !done)
        return failed(done.error());
    if (const auto noted = m_clinic->performNow(services::NoteOutput{domain::IntentionId::LoadDemo, {}, {}});
        !noted)
        return failed(noted.error());
    services::DemoOptions options;
    options.seed = m_parser.value(QStringLiteral("seed")).toUInt();
    options.patients = m_parser.value(QStringLiteral("patients")).toInt();
    if (!m_parser.isSet(QStringLiteral("json")) && options.patients > 20'000) {
        options.progress = [this](int done, int of) {
            if (done % 18'000 == 0)
                m_err << done << " of " << of << "\n" << Qt::flush;
            return true;
        };
    }
    if (const auto filled = services::fillDemo(*m_database, m_clock, options); !filled)
        return failed(filled.error());
    print(QStringLiteral("A demo clinic with %1 invented patients is in %2.")
              .arg(options.patients)
              .arg(folder()),
          {{QStringLiteral("folder"), folder()}, {QStringLiteral("patients"), options.patients}});
    return Ok;
}

int Commands::config()
{
    if (const auto opened = open(true); !opened)
        return failed(opened.error());
    QJsonArray list;
    QString text;
    auto &c = m_database->writerConnection();
    // Folders are public; settings need the permission to change them.
    if (m_parser.isSet(QStringLiteral("user"))) {
        if (const auto session = visitor(*m_database, "settings.edit"); !session)
            return failed(session.error());
    }
    for (const auto &info : domain::allSettings()) {
        if (!m_parser.isSet(QStringLiteral("user")))
            break;
        QString value = QString::fromLatin1(info.defaultValue);
        QString origin = QStringLiteral("default");
        const auto stored = storage::select<domain::Setting>(c, "WHERE \"key\"=? AND scope='hospital'",
                                                             QString::fromLatin1(info.key));
        if (stored && !stored->isEmpty()) {
            value = stored->first().value;
            origin = QStringLiteral("hospital");
        }
        list << QJsonObject{{QStringLiteral("key"), QString::fromLatin1(info.key)},
                            {QStringLiteral("value"), value},
                            {QStringLiteral("origin"), origin}};
        text += QStringLiteral("%1 = %2 (%3)\n").arg(QString::fromLatin1(info.key), value, origin);
    }
    const QString origin =
        m_parser.isSet(QStringLiteral("data"))
            ? QStringLiteral("command line")
            : QStringLiteral("profile %1: %2").arg(profileName(m_profile.profile), m_profile.origin);
    const QString hospital = m_database->identity().hospital.toString();
    text.prepend(QStringLiteral("hospital = %1\n").arg(hospital));
    text.prepend(QStringLiteral("folder = %1 (%2)\n").arg(folder(), origin));
    print(text.chopped(1), {{QStringLiteral("hospital"), hospital},
                            {QStringLiteral("folder"), folder()},
                            {QStringLiteral("folderOrigin"), origin},
                            {QStringLiteral("settings"), list}});
    return Ok;
}

} // namespace clinic::ctl
