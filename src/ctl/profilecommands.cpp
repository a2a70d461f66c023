// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commands.h"
#include "services/deidentify.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

// Several clinics on one PC: the choice, and copies between them.
namespace clinic::ctl {

int Commands::profiles()
{
    QJsonArray list;
    QString text;
    for (const Profile profile : allProfiles()) {
        const bool chosen = profile == m_profile.profile;
        list << QJsonObject{{QStringLiteral("profile"), profileName(profile)},
                            {QStringLiteral("folder"), profileFolder(profile)},
                            {QStringLiteral("used"), isProfileInUse(profile)},
                            {QStringLiteral("chosen"), chosen}};
        text += QStringLiteral("%1 %2  %3%4\n")
                    .arg(chosen ? QStringLiteral("*") : QStringLiteral(" "), profileName(profile),
                         profileFolder(profile),
                         isProfileInUse(profile) ? QString() : QStringLiteral("  (empty)"));
    }
    print(text.chopped(1),
          {{QStringLiteral("profiles"), list}, {QStringLiteral("origin"), m_profile.origin}});
    return Ok;
}

int Commands::useProfile(const QString &name)
{
    const auto profile = profileFromName(name);
    if (!profile)
        return failed(Error(ErrorCode::Invalid, QStringLiteral("profile"), {name}));
    if (const auto remembered = rememberProfile(*profile); !remembered)
        return failed(remembered.error());
    print(QStringLiteral("ClinicDesk starts with the %1 profile from now on.").arg(name),
          {{QStringLiteral("profile"), name}});
    return Ok;
}

int Commands::copy()
{
    const auto place = [&](const char *option) {
        const QString name = m_parser.value(QString::fromLatin1(option));
        const auto profile = profileFromName(name);
        return profile || name.isEmpty() ? (profile ? profileFolder(*profile) : QString())
                                         : QDir(name).absolutePath();
    };
    const QString from = place("from");
    const QString to = place("to");
    if (from.isEmpty() || to.isEmpty() || from == to) {
        m_err << "copy needs --from and --to, and they have to differ.\n";
        return Usage;
    }
    const QString original = from + QStringLiteral("/clinic.db");
    if (!QFile::exists(original))
        return failed(Error(ErrorCode::FileMissing, {}, {original}));
    auto keys = services::Opening::lookAtCopy(original, storedKeys(), m_clock);
    if (auto unlocked = unlock(keys); !unlocked)
        return failed(unlocked.error());
    const auto opened = [&](const QString &folder, bool readOnly, const FileKey &fileKey) {
        storage::Database::Options options;
        options.path = folder + QStringLiteral("/clinic.db");
        options.inlineExecutors = true;
        options.readOnly = readOnly;
        options.key = fileKey;
        return storage::Database::open(options, m_clock);
    };
    const auto source = openFor(domain::IntentionId::Restore,
                                [&](bool readOnly) { return opened(from, readOnly, keys.key()); });
    if (!source)
        return failed(source.error());
    if (!QDir().mkpath(to))
        return failed(Error(ErrorCode::ReadOnly, {}, {to}));
    const auto target = opened(to, false, {});
    if (!target)
        return failed(target.error());
    const auto rows = rowsOf(**source);
    if (!rows)
        return failed(rows.error());
    const auto tally = services::copyDeidentified(**rows, **target, m_clock);
    if (!tally)
        return failed(tally.error());
    print(QStringLiteral(
              "Copied without anybody in it: %1 patients, %2 appointments, %3 invoices. Sign in by role.")
                  .arg(tally->patients)
                  .arg(tally->appointments)
                  .arg(tally->invoices) +
              notNoted(),
          {{QStringLiteral("folder"), to},
           {QStringLiteral("patients"), tally->patients},
           {QStringLiteral("appointments"), tally->appointments},
           {QStringLiteral("invoices"), tally->invoices}});
    return Ok;
}

} // namespace clinic::ctl
