// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "core/crashreport.h"
#include "core/crypto.h"
#include "core/log.h"
#include "models/errortext.h"
#include "secrets/keychain.h"
#include "secrets/passwordfile.h"
#include "secrets/sealedfile.h"
#include "storage/removal.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QTimer>

namespace clinic::app {
namespace {

// Stays at CLINICDESK_NOW, for demonstrations and tests of the whole program.
class FrozenClock final : public Clock
{
public:
    explicit FrozenClock(qint64 ms) : m_ms(ms) {}
    [[nodiscard]] qint64 nowMs() const override { return m_ms; }
    [[nodiscard]] qint64 monotonicMs() const override { return SystemClock().monotonicMs(); }

private:
    qint64 m_ms;
};

std::unique_ptr<Clock> clockOf(Profile profile)
{
    const auto frozen = QDateTime::fromString(qEnvironmentVariable("CLINICDESK_NOW"), Qt::ISODate);
    if (profile == Profile::Testing && frozen.isValid())
        return std::make_unique<FrozenClock>(frozen.toMSecsSinceEpoch());
    return std::make_unique<SystemClock>();
}

} // namespace

void Application::start(const Options &options)
{
    if (auto prepared = prepare(options); !prepared)
        return giveUp(prepared.error());
    m_opener = std::make_unique<Opener>(m_folder + QStringLiteral("/clinic.db"), *m_secrets, *m_clock);
    connect(m_opener.get(), &Opener::failed, this, &Application::giveUp);
    // Enabled with the first window, because at this moment there is none.
    QApplication::setQuitOnLastWindowClosed(false);
    connect(m_opener.get(), &Opener::asked, this, [] { QApplication::setQuitOnLastWindowClosed(true); });
    connect(m_opener.get(), &Opener::found, this, [this] {
        if (auto opened = open(m_opener->opening()); !opened)
            return giveUp(opened.error());
        auto *window = m_windows->open();
        QApplication::setQuitOnLastWindowClosed(true);
        if (!m_opener->user().isEmpty())
            window->signIn(m_opener->user(), m_opener->password());
        // Not within its own signal, and it still waits for the keychain's answer.
        QTimer::singleShot(60'000, m_opener.get(), [this] { m_opener.reset(); });
    });
    m_opener->start();
}

Result<void> Application::prepare(const Options &options)
{
    if (!crypto::initialise())
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("libsodium"));
    m_options = options;
    const Profile profile = options.profile.profile;
    m_folder = options.folder.isEmpty() ? profileFolder(profile) : options.folder;
    if (!QDir().mkpath(m_folder))
        return fail(ErrorCode::ReadOnly, {}, {m_folder});
    startLogging(m_folder + QStringLiteral("/logs"), profile == Profile::Development);
    m_crash = startCrashReports(m_folder + QStringLiteral("/logs"));
    m_clock = clockOf(profile);
    m_secretsPasswordFile = options.secretsPasswordFile;
    m_secrets = secretStore(m_folder);
    m_theme = std::make_unique<gui::Theme>();
    m_theme->apply(QStringLiteral("system"), 100);
    return {};
}

Result<void> Application::open(services::Opening &opening)
{
    const Profile profile = m_options.profile.profile;
    storage::Database::Options open;
    open.path = m_folder + QStringLiteral("/clinic.db");
    open.key = opening.key();
    auto database = storage::Database::open(open, *m_clock);
    if (!database)
        return tl::unexpected(logged(database.error(), logApp()));
    m_instance.announce(m_folder, [this] {
        if (m_windows)
            m_windows->raise();
    });
    m_database = std::move(*database);
    m_clinic = std::make_unique<services::Clinic>(*m_database, *m_clock);
    m_clinic->setKeyFile(opening.takeKeyFile());
    m_workspace = std::make_unique<models::Workspace>(*m_clinic);
    if (!m_clinic->isDemo()) {
        m_agent = std::make_unique<sync::Agent>(*m_database, *m_clock, *m_secrets);
        m_workspace->connection.attach(m_agent.get());
        connect(m_agent.get(), &sync::Agent::removalOrdered, this, &Application::removeEverything,
                Qt::QueuedConnection);
        m_agent->start();
    }
    gui::ProfileOffer offer;
    offer.current = profileName(profile);
    offer.showsBanner = profile != Profile::Production;
    // Offers another profile only if one has been used on this PC.
    for (const Profile other : allProfiles()) {
        if (m_options.folder.isEmpty() && (other == profile || isProfileInUse(other)))
            offer.offered << profileName(other);
    }
    if (offer.offered.size() < 2)
        offer.offered.clear();
    m_windows = std::make_unique<gui::Windows>(*m_workspace, *m_theme, m_prompter, offer);
    connect(m_windows.get(), &gui::Windows::profileWanted, this, &Application::changeProfile,
            Qt::QueuedConnection);
    if (!m_crash.isEmpty()) {
        m_windows->setNotice(
            tr("ClinicDesk ended unexpectedly last time. What was saved is safe, and what was being "
               "typed waits on Today. A report without anybody's data is in %1.")
                .arg(m_crash));
    }
    return {};
}

void Application::giveUp(const Error &error)
{
    if (error.code == ErrorCode::InUse && FirstInstance::raiseOther(m_folder)) {
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return;
    }
    showAndQuit(error);
}

std::unique_ptr<secrets::SecretStore> Application::secretStore(const QString &folder) const
{
    if (const auto password = m_secretsPasswordFile.isEmpty()
                                  ? Result<QString>(fail(ErrorCode::FileMissing))
                                  : secrets::passwordFromFile(m_secretsPasswordFile)) {
        secrets::SealedFile::Opened opened{};
        auto sealed = secrets::SealedFile::open(folder + QStringLiteral("/secrets.sealed"), *password, {},
                                                opened, SystemClock());
        if (sealed)
            return std::make_unique<secrets::SealedFile>(std::move(*sealed));
        qCWarning(logApp) << "the sealed file of secrets cannot be opened";
    }
    return std::make_unique<secrets::Keychain>(QStringLiteral("ClinicDesk ") + folder);
}

void Application::takeDown()
{
    m_windows.reset();
    m_opener.reset();
    m_theme.reset();
    m_workspace.reset();
    m_agent.reset();
    m_secrets.reset();
    m_clinic.reset();
    m_database.reset();
    m_clock.reset();
}

void Application::changeProfile(const QString &name)
{
    const auto profile = profileFromName(name);
    if (!profile)
        return;
    QApplication::setQuitOnLastWindowClosed(false);
    takeDown();
    start({{}, {*profile, QStringLiteral("login")}, m_secretsPasswordFile});
}

// On the server's order: opening the file again carries it out, and reports it.
void Application::removeEverything()
{
    if (!m_agent || sender() != m_agent.get())
        return; // another profile is open now; the mark in the file waits for its next start
    const QString path = m_clinic->path();
    storage::Database::Options open;
    open.path = path;
    open.key = m_database->key();
    QApplication::setQuitOnLastWindowClosed(false);
    takeDown();
    m_clock = std::make_unique<SystemClock>();
    auto opened = storage::Database::open(open, *m_clock);
    if (opened) { // the mark could not be written, because the disk is full
        opened->reset();
        storage::removeClinicFiles(path);
    }
    showAndQuit(opened ? Error(ErrorCode::ReportedLost) : opened.error());
}

void showAndQuit(const Error &error)
{
    auto *box =
        new QMessageBox(QMessageBox::Critical, QStringLiteral("ClinicDesk"), models::errorText(error));
    box->setTextFormat(Qt::PlainText);
    QObject::connect(box, &QMessageBox::finished, qApp, [] { QApplication::exit(1); });
    box->open();
}

} // namespace clinic::app
