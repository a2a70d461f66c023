// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/setup/settings.h"

#include "domain/patients/rules.h"

namespace clinic::domain {
namespace settingtables {

constexpr SettingInfo settings[] = {
    {setting::lockMinutes, "5", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Lock after minutes without use"), "1..240"},
    {setting::sessionHours, "12", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Sign in completely after hours"), "1..168"},
    {setting::offlineDays, "0", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Days without the server until only administrators may sign in; 0 = any"),
     "0..365"},
    {setting::passwordProves, "true", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting",
                       "Refunds, roles, exports: the own password is proof enough without a second factor"),
     "true|false"},
    {setting::slotMinutes, "15", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Minutes of a new appointment"), "5..240"},
    {setting::dayStart, "7", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "First hour of the calendar"), "0..23"},
    {setting::dayEnd, "19", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Last hour of the calendar"),
     "1..24"},
    {setting::paper, "A4", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Paper of documents"),
     "A4|Letter|A5|80mm"},
    {setting::theme, "system", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Theme"),
     "system|light|dark|contrast"},
    {setting::language, "", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Language")},
    {setting::fontPercent, "100", SettingScope::User, QT_TRANSLATE_NOOP("Setting", "Size of text in percent"),
     "70..300"},
    {setting::backupFolder, "", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Second place for daily backups")},
    {setting::backupKeep, "30", SettingScope::Hospital, QT_TRANSLATE_NOOP("Setting", "Daily backups kept"),
     "3..365"},
    {setting::calendarFilter, "", SettingScope::User,
     QT_TRANSLATE_NOOP("Setting", "Last filter of the calendar")},
    {setting::lists, "{}", SettingScope::User, QT_TRANSLATE_NOOP("Setting", "Columns of lists")},
    {setting::refundApproval, "true", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Refunds need a second person's approval"), "true|false"},
    {setting::documentsKept, "4096", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Documents kept on each PC, megabytes"), "100..1000000"},
    {setting::emergencyMinutes, "60", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Minutes a record opened in an emergency stays open"), "5..1440"},
    {setting::archiveYears, "0", SettingScope::Hospital,
     QT_TRANSLATE_NOOP("Setting", "Years without a visit until a patient is archived; 0 = never"), "0..100"},
    {setting::anonymiseYears, "0", SettingScope::Hospital,
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
        bool ok = false;
        const int number = value.toInt(&ok);
        if (!ok || number < allowed.left(dots).toInt() || number > allowed.mid(dots + 2).toInt())
            return fail(ErrorCode::OutOfRange, key, {allowed.left(dots), allowed.mid(dots + 2)});
        return QString::number(number);
    }
    if (!allowed.split(u'|').contains(value))
        return fail(ErrorCode::Invalid, key, {allowed});
    return value;
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
