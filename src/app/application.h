// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "gui/shell/windows.h"
#include "gui/widgets/prompts.h"

namespace clinic::app {

// Builds the program's objects in order and takes them down in reverse.
class Application
{
public:
    struct Options
    {
        QString folder; // the clinic's folder; empty = the profile's own
        QString profile = QStringLiteral("production");
    };

    // The sentence to show when the clinic cannot be opened.
    [[nodiscard]] Result<void> start(const Options &options);
    [[nodiscard]] gui::Windows &windows() { return *m_windows; }

private:
    SystemClock m_clock;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<services::Clinic> m_clinic;
    std::unique_ptr<models::Workspace> m_workspace;
    std::unique_ptr<gui::Theme> m_theme;
    gui::WindowPrompter m_prompter;
    std::unique_ptr<gui::Windows> m_windows;
};

// Where the clinic of a profile lies on this PC.
[[nodiscard]] QString profileFolder(const QString &profile);

} // namespace clinic::app
