// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "core/crashreport.h"
#include "core/crypto.h"
#include "core/log.h"
#include "models/errortext.h"
#include "secrets/keychain.h"
#include "secrets/sealedfile.h"
#include "storage/removal.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>

namespace clinic::app {
namespace {

// Stands where CLINICDESK_NOW put it, for trying things out and for tests of the whole program.
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

Result<void> Application::start(const Options &options)
{
    if (!crypto::initialise())
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("libsodium"));
    const Profile profile = options.profile.profile;
    const QString folder = options.folder.isEmpty() ? profileFolder(profile) : options.folder;
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::FileUnreadable);
    startLogging(folder + QStringLiteral("/logs"), profile == Profile::Development);
    const QString crash = startCrashReports(folder + QStringLiteral("/logs"));
    m_clock = clockOf(profile);
    storage::Database::Options open;
    open.path = folder + QStringLiteral("/clinic.db");
    auto database = storage::Database::open(open, *m_clock);
    if (!database) {
        m_wasRaised = database.error().code == ErrorCode::InUse && FirstInstance::raiseOther(folder);
        return tl::unexpected(logged(database.error(), logApp()));
    }
    m_instance.announce(folder, [this] {
        if (m_windows)
            m_windows->raise();
    });
    m_database = std::move(*database);
    m_clinic = std::make_unique<services::Clinic>(*m_database, *m_clock);
    m_workspace = std::make_unique<models::Workspace>(*m_clinic);
    if (!m_clinic->isDemo()) {
        m_secretsPasswordFile = options.secretsPasswordFile;
        m_secrets = secretStore(folder);
        m_agent = std::make_unique<sync::Agent>(*m_database, *m_clock, *m_secrets);
        m_workspace->connection.attach(m_agent.get());
        connect(m_agent.get(), &sync::Agent::removalOrdered, this, &Application::removeEverything,
                Qt::QueuedConnection);
        m_agent->start();
    }
    m_theme = std::make_unique<gui::Theme>();
    m_theme->apply(QStringLiteral("system"), 100);
    gui::ProfileOffer offer;
    offer.current = profileName(profile);
    offer.showsBanner = profile != Profile::Production;
    // A PC that was never given a second profile does not offer any.
    for (const Profile other : allProfiles()) {
        if (options.folder.isEmpty() && (other == profile || isProfileInUse(other)))
            offer.offered << profileName(other);
    }
    if (offer.offered.size() < 2)
        offer.offered.clear();
    m_windows = std::make_unique<gui::Windows>(*m_workspace, *m_theme, m_prompter, offer);
    connect(m_windows.get(), &gui::Windows::profileWanted, this, &Application::changeProfile,
            Qt::QueuedConnection);
    if (!crash.isEmpty()) {
        m_windows->setNotice(
            tr("ClinicDesk ended unexpectedly last time. What was saved is safe, and what was being "
               "typed waits on Today. A report without anybody's data is in %1.")
                .arg(crash));
    }
    return {};
}

std::unique_ptr<secrets::SecretStore> Application::secretStore(const QString &folder) const
{
    QFile file(m_secretsPasswordFile);
    if (!m_secretsPasswordFile.isEmpty() && file.open(QIODevice::ReadOnly)) {
        secrets::SealedFile::Opened opened{};
        auto sealed = secrets::SealedFile::open(folder + QStringLiteral("/secrets.sealed"),
                                                QString::fromUtf8(file.readAll()).trimmed(), {}, opened);
        if (sealed)
            return std::make_unique<secrets::SealedFile>(std::move(*sealed));
        qCWarning(logApp) << "the sealed file of secrets cannot be opened";
    }
    return std::make_unique<secrets::Keychain>(QStringLiteral("ClinicDesk ") + folder);
}

void Application::takeDown()
{
    m_windows.reset();
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
    const bool quits = QApplication::quitOnLastWindowClosed();
    QApplication::setQuitOnLastWindowClosed(false);
    takeDown();
    const auto started = start({{}, {*profile, QStringLiteral("login")}, m_secretsPasswordFile});
    QApplication::setQuitOnLastWindowClosed(quits);
    if (!started) {
        showAndQuit(started.error());
        return;
    }
    m_windows->open();
}

// The server's order: opening the file again carries it out, and says so.
void Application::removeEverything()
{
    if (!m_agent || sender() != m_agent.get())
        return; // another profile is open by now; the mark in the file waits for its next start
    const QString path = m_clinic->path();
    QApplication::setQuitOnLastWindowClosed(false);
    takeDown();
    m_clock = std::make_unique<SystemClock>();
    storage::Database::Options open;
    open.path = path;
    auto opened = storage::Database::open(open, *m_clock);
    if (opened) { // the mark could not be written: a full disk saves nobody
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
