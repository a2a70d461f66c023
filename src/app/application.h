// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/firstinstance.h"
#include "app/opener.h"
#include "core/clock.h"
#include "core/profile.h"
#include "gui/shell/windows.h"
#include "gui/widgets/prompts.h"

namespace clinic::app {

// Builds the program's objects in order and takes them down in reverse; again for another profile.
class Application : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString folder; // the clinic's folder; empty = the profile's own
        ProfileChoice profile{};
        QString secretsPasswordFile{}; // on a PC without a keychain; empty = the keychain
    };

    // Opens the clinic and its first window; asks for a password first where the file is sealed and no
    // keychain has its key. What cannot be opened is told in a sentence, and the program ends; so it does
    // when another one has the clinic open, which then shows itself.
    void start(const Options &options);

private:
    [[nodiscard]] Result<void> prepare(const Options &options);
    [[nodiscard]] Result<void> open(services::Opening &opening);
    void giveUp(const Error &error);
    void changeProfile(const QString &name);
    void takeDown();
    void removeEverything();
    [[nodiscard]] std::unique_ptr<secrets::SecretStore> secretStore(const QString &folder) const;

    std::unique_ptr<Clock> m_clock;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<services::Clinic> m_clinic;
    std::unique_ptr<secrets::SecretStore> m_secrets;
    std::unique_ptr<Opener> m_opener;
    std::unique_ptr<sync::Agent> m_agent;
    std::unique_ptr<models::Workspace> m_workspace;
    std::unique_ptr<gui::Theme> m_theme;
    gui::WindowPrompter m_prompter;
    std::unique_ptr<gui::Windows> m_windows;
    QString m_secretsPasswordFile;
    FirstInstance m_instance;
    Options m_options;
    QString m_folder;
    QString m_crash; // the report of a start that ended badly
};

// A critical message; the program ends when it is closed.
void showAndQuit(const Error &error);

} // namespace clinic::app
