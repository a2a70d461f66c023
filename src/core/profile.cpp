// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"

#include "core/preferences.h"

#include <QFile>
#include <QStandardPaths>

namespace clinic {

QList<Profile> allProfiles()
{
    return {Profile::Production, Profile::Testing, Profile::Development};
}

QString profileName(Profile profile)
{
    switch (profile) {
    case Profile::Production:
        return QStringLiteral("production");
    case Profile::Testing:
        return QStringLiteral("testing");
    case Profile::Development:
        return QStringLiteral("development");
    }
    return {};
}

std::optional<Profile> profileFromName(QStringView name)
{
    for (const Profile profile : allProfiles()) {
        if (profileName(profile) == name)
            return profile;
    }
    return std::nullopt;
}

QString profileFolder(Profile profile)
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u'/' + profileName(profile);
}

bool isProfileInUse(Profile profile)
{
    return QFile::exists(profileFolder(profile) + QStringLiteral("/clinic.db"));
}

Result<ProfileChoice> chosenProfile(const QString &commandLine)
{
    const std::pair<QString, QString> sources[] = {
        {commandLine, QStringLiteral("command line")},
        {qEnvironmentVariable("CLINICDESK_PROFILE"), QStringLiteral("environment")},
        {preference(QStringLiteral("profile")), QStringLiteral("profile use")}};
    for (const auto &[name, origin] : sources) {
        if (name.isEmpty())
            continue;
        const auto profile = profileFromName(name);
        if (!profile)
            return fail(ErrorCode::Invalid, QStringLiteral("profile"), {name});
        return ProfileChoice{*profile, origin};
    }
    return ProfileChoice{Profile::Production, QStringLiteral("default")};
}

Result<void> rememberProfile(Profile profile)
{
    return setPreference(QStringLiteral("profile"), profileName(profile));
}

bool testHooksAllowed()
{
    return qEnvironmentVariableIsSet("CLINICDESK_TEST") &&
           qEnvironmentVariable("CLINICDESK_PROFILE") == profileName(Profile::Testing);
}

} // namespace clinic
