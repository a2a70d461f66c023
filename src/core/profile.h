// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QStringList>
#include <optional>

namespace clinic {

// Separate clinics on one PC, each with its own folder: tests never touch production data.
//   production   nothing extra; the program log names no patients
//   testing      banner; a frozen clock (CLINICDESK_NOW) and test hooks work only here
//   development  banner; verbose log with every statement (never its values); widget gallery under Help
enum class Profile { Production, Testing, Development };

[[nodiscard]] QList<Profile> allProfiles();
[[nodiscard]] QString profileName(Profile profile);
[[nodiscard]] std::optional<Profile> profileFromName(QStringView name);
// The folder of that profile's clinic on this PC.
[[nodiscard]] QString profileFolder(Profile profile);
[[nodiscard]] bool isProfileInUse(Profile profile);

struct ProfileChoice
{
    Profile profile = Profile::Production;
    QString origin; // "command line", "environment", "profile use" or "default"; for `config` and About
};
// Precedence: the command line, CLINICDESK_PROFILE, the last choice, production. Invalid for an unknown
// name.
[[nodiscard]] Result<ProfileChoice> chosenProfile(const QString &commandLine);
// Also for the next start.
[[nodiscard]] Result<void> rememberProfile(Profile profile);
// True in a test program, which uses the testing profile only.
[[nodiscard]] bool testHooksAllowed();

} // namespace clinic
