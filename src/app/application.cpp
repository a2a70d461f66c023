// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "core/crypto.h"
#include "core/log.h"

#include <QDir>
#include <QStandardPaths>

namespace clinic::app {

QString profileFolder(const QString &profile)
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u'/' + profile;
}

Result<void> Application::start(const Options &options)
{
    if (!crypto::initialise())
        return fail(ErrorCode::Internal, {}, {}, QStringLiteral("libsodium"));
    const QString folder = options.folder.isEmpty() ? profileFolder(options.profile) : options.folder;
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::FileUnreadable);
    startLogging(folder + QStringLiteral("/logs"));
    storage::Database::Options open;
    open.path = folder + QStringLiteral("/clinic.db");
    auto database = storage::Database::open(open, m_clock);
    if (!database)
        return tl::unexpected(logged(database.error(), logApp()));
    m_database = std::move(*database);
    m_clinic = std::make_unique<services::Clinic>(*m_database, m_clock);
    m_workspace = std::make_unique<models::Workspace>(*m_clinic);
    m_theme = std::make_unique<gui::Theme>();
    m_theme->apply(QStringLiteral("system"), 100);
    m_windows = std::make_unique<gui::Windows>(*m_workspace, *m_theme, m_prompter,
                                               m_database->identity().isDemo ? QStringLiteral("production")
                                                                             : options.profile);
    return {};
}

} // namespace clinic::app
