// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>
#include <optional>

namespace clinic {

// Separate clinics on one PC, each with its own folder: what is tried out never touches what is real.
//   production   nothing extra; the log tells what happened, never about whom
//   testing      banner; a frozen clock (CLINICDESK_NOW) and the hooks of tests work here and nowhere else
//   development  banner; verbose log with every statement (never its values); widget gallery under Help
enum class Profile { Production, Testing, Development };

[[nodiscard]] QList<Profile> allProfiles();
[[nodiscard]] QString profileName(Profile profile);
[[nodiscard]] std::optional<Profile> profileFromName(QStringView name);
// Where that profile's clinic lies on this PC.
[[nodiscard]] QString profileFolder(Profile profile);
[[nodiscard]] bool isProfileInUse(Profile profile);

struct ProfileChoice
{
    Profile profile = Profile::Production;
    QString origin; // "command line", "environment", "profile use" or "default"; for `config` and About
};
// The command line counts before CLINICDESK_PROFILE, before what was chosen last, before production. Invalid
// for a name nobody knows.
[[nodiscard]] Result<ProfileChoice> chosenProfile(const QString &commandLine);
// For the next start, too.
[[nodiscard]] Result<void> rememberProfile(Profile profile);
// True in a test program, which runs in the testing profile only.
[[nodiscard]] bool testHooksAllowed();

} // namespace clinic
