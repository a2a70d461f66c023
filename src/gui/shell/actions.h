// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/shell/shell.h"

#include <QKeySequence>
#include <span>

namespace clinic::gui {

enum class Menu { File, Patients, Appointments, Billing, Admin, Help };

// Everything that can be started from the window: menu bar, side bar and command palette are made from this
// one list, and what a person may not do is in none of the three.
struct ActionInfo
{
    const char *id;
    const char *text;     // English with mnemonic; translated in context "Actions"
    const char *icon;     // name of the icon, or null
    const char *shortcut; // portable text, or null
    Menu menu;
    const char *permission;        // of the screen it opens; null = see intention, or anybody
    domain::IntentionId intention; // Count = none
    bool inSideBar;
    void (*run)(Shell &shell);
    Screen *(*factory)(Shell &shell); // for screens; null = run only
};

[[nodiscard]] std::span<const ActionInfo> allActions();
// May the signed-in person do this? The kiosk gets nothing of it.
[[nodiscard]] bool isOffered(const ActionInfo &action, const models::Workspace &workspace);
[[nodiscard]] QString actionText(const ActionInfo &action);

} // namespace clinic::gui
