// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <functional>

namespace clinic::app {

// One program per clinic and person: a second start brings the first one's window to the front instead of
// complaining.
class FirstInstance
{
public:
    // Listens for later starts on the same folder; raise runs for each.
    void announce(const QString &folder, std::function<void()> raise);
    // True when a program that runs on this folder was asked to show itself.
    [[nodiscard]] static bool raiseOther(const QString &folder);

private:
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace clinic::app
