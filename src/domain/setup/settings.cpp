// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"

#include "core/digits.h"
#include "domain/patients/rules.h"

namespace clinic::domain {
namespace settingtables {

constexpr unsigned hospitalOnly = 1U << unsigned(SettingScope::Hospital);
constexpr unsigned hospitalOrBranch = hospitalOnly | (1U << unsigned(SettingScope::Branch));
constexpr unsigned ownOnly = 1U << unsigned(SettingScope::User);
constexpr unsigned anybody = hospitalOrBranch | ownOnly;

constexpr SettingInfo settings[] = {
    {setting::lockMinutes, "5", hospitalOrBranch,
     QT_TRANSLATE_NOOP("Setting", "Lock after minutes without use"), "1..240"},
    {setting::sessionHours, "12", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Sign in completely after hours"), "1..168"},
    {setting::offlineDays, "0", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Days without the server until only administrators may sign in; 0 = any"),
     "0..365"},
    {setting::passwordProves, "true", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting",
                       "Refunds, roles, exports: the own password is proof enough without a second factor"),
     "true|false"},
    {setting::slotMinutes, "15", anybody, QT_TRANSLATE_NOOP("Setting", "Minutes of a new appointment"),
     "5..240"},
    {setting::dayStart, "7", anybody, QT_TRANSLATE_NOOP("Setting", "First hour of the calendar"), "0..23"},
    {setting::dayEnd, "19", anybody, QT_TRANSLATE_NOOP("Setting", "Last hour of the calendar"), "1..24"},
    {setting::paper, "A4", anybody, QT_TRANSLATE_NOOP("Setting", "Paper of documents"), "A4|Letter|A5|80mm"},
    {setting::theme, "system", anybody, QT_TRANSLATE_NOOP("Setting", "Theme"), "system|light|dark|contrast"},
    {setting::language, "", anybody, QT_TRANSLATE_NOOP("Setting", "Language")},
    {setting::fontPercent, "100", ownOnly, QT_TRANSLATE_NOOP("Setting", "Size of text in percent"),
     "70..300"},
    {setting::backupFolder, "", hospitalOnly, QT_TRANSLATE_NOOP("Setting", "Second place for daily backups")},
    {setting::backupKeep, "30", hospitalOnly, QT_TRANSLATE_NOOP("Setting", "Daily backups kept"), "3..365"},
    {setting::calendarFilter, "", ownOnly, QT_TRANSLATE_NOOP("Setting", "Last filter of the calendar")},
    {setting::lists, "{}", ownOnly, QT_TRANSLATE_NOOP("Setting", "Columns of lists")},
    {setting::refundApproval, "true", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Refunds need a second person's approval"), "true|false"},
    {setting::documentsKept, "4096", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Documents kept on each PC, megabytes"), "100..1000000"},
    {setting::emergencyMinutes, "60", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Minutes a record opened in an emergency stays open"), "5..1440"},
    {setting::archiveYears, "0", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Years without a visit until a patient is archived; 0 = never"), "0..100"},
    {setting::anonymiseYears, "0", hospitalOnly,
     QT_TRANSLATE_NOOP("Setting", "Years without a visit until a patient is anonymised; 0 = never"),
     "0..100"},
};

} // namespace settingtables

std::span<const SettingInfo> allSettings()
{
    return settingtables::settings;
}

Result<QString> checkedSetting(const SettingInfo &info, const QString &typed)
{
    const QString key = QString::fromLatin1(info.key);
    auto clean = cleanText(typed, key, 2000);
    if (!clean)
        return clean;
    const QString value = clean->trimmed();
    if (!info.allowed)
        return value;
    const QString allowed = QString::fromLatin1(info.allowed);
    if (const auto dots = allowed.indexOf(QStringLiteral("..")); dots > 0) {
        const auto number = digits::whole(value);
        if (!number || *number < allowed.left(dots).toInt() || *number > allowed.mid(dots + 2).toInt())
            return fail(ErrorCode::OutOfRange, key, {allowed.left(dots), allowed.mid(dots + 2)});
        return QString::number(*number);
    }
    if (!allowed.split(u'|').contains(value))
        return fail(ErrorCode::Invalid, key, {allowed});
    return value;
}

bool mayBeSet(QStringView key, SettingScope scope)
{
    const SettingInfo *info = settingInfo(key);
    return info && info->allows(scope);
}

const SettingInfo *settingInfo(QStringView key)
{
    for (const auto &info : settingtables::settings) {
        if (key == QLatin1StringView(info.key))
            return &info;
    }
    return nullptr;
}

} // namespace clinic::domain
